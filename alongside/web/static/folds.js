// Menus and folds are <details>: Escape closes the one in use, and a menu also closes
// when one clicks elsewhere. A fold that is being typed in stays open.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details[data-menu][open]");
  const fold = menu ?? event.target.closest?.("details[open]");
  if (!fold || (!menu && event.target.matches("input, select, textarea"))) return;
  fold.open = false;
  if (fold.contains(document.activeElement)) fold.querySelector("summary").focus();
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("focusin", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
