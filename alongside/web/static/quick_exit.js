// Quick exit: the link works alone; with this the page empties at once, the history
// forgets it, and Shift pressed three times does the same.
const WITHIN_MS = 1500;
let presses = [];

function leave(address) {
  document.title = "Weather";
  document.body.replaceChildren();
  sessionStorage.clear(); // htmx notes there which page one was on
  // The address locks the session on the server and leads on to the weather.
  location.replace(address);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-quick-exit]");
  if (!link) return;
  event.preventDefault();
  leave(link.href);
});

document.addEventListener("keydown", (event) => {
  if (event.repeat) return;
  if (event.key !== "Shift") {
    presses = [];
    return;
  }
  const now = performance.now();
  presses = [...presses.filter((at) => now - at < WITHIN_MS), now];
  const link = document.querySelector("a[data-quick-exit]");
  if (presses.length >= 3 && link) leave(link.href);
});
