// Forms: a second press while the first is under way does nothing, and the bar that saves
// says when something is typed and not yet saved. The form's token stays as it was drawn:
// a form that is sent again after a broken connection is still the same one to the server.
const UNDER_WAY = "data-under-way";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.hasAttribute(UNDER_WAY) || isRefused(event.submitter)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.setAttribute(UNDER_WAY, "");
  form.setAttribute("aria-busy", "true");
}, true);

// A button that cannot work now stays to be read; its sentence stands beside it.
document.addEventListener("click", (event) => {
  if (isRefused(event.target.closest?.("button"))) event.preventDefault();
});

document.addEventListener("htmx:afterRequest", (event) => ready(event.detail.elt));
document.addEventListener("input", (event) => unsaved(event.target.form, true));

// Coming back with the browser's own button finds the form as it was, ready again.
addEventListener("pageshow", () => document.querySelectorAll(`[${UNDER_WAY}]`).forEach(ready));

function isRefused(button) {
  return button?.getAttribute("aria-disabled") === "true";
}

function ready(element) {
  const form = element.closest?.("form");
  form?.removeAttribute(UNDER_WAY);
  form?.removeAttribute("aria-busy");
}

function unsaved(form, is) {
  form?.querySelectorAll("[data-unsaved]").forEach((note) => { note.hidden = !is; });
}
