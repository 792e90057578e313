// After a part of the page is swapped: focus goes to what changed, and the polite live
// region says what was done. A part that renews itself on a timer never takes the focus.
const TOAST_MS = 10_000;
const HEADING = '[id$="-h"][tabindex="-1"]';
let nextRow = null;

document.addEventListener("htmx:beforeSwap", (event) => {
  const row = event.detail.target?.closest?.("li, tr");
  nextRow = row?.nextElementSibling ?? row?.previousElementSibling ?? null;
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (!event.detail.requestConfig?.triggeringEvent) return;
  const target = document.getElementById(event.detail.target?.id) ?? event.detail.elt;
  const place = target.isConnected ? changed(target) : nextRow?.querySelector("a, button");
  place?.focus({ preventScroll: place.matches?.(HEADING) });
});

// The server names what was done in HX-Trigger: {"toast": {"words", "undo", "see"}}.
document.addEventListener("toast", (event) => say(event.detail));

function say({ words, undo, see }) {
  const shown = document.getElementById("toast-template").content.cloneNode(true);
  const toast = shown.querySelector(".toast");
  toast.querySelector("[data-words]").textContent = words;
  link(toast, "[data-undo]", undo);
  link(toast, "[data-see]", see);
  toast.querySelector("[data-close]").addEventListener("click", () => toast.remove());
  document.getElementById("toasts").append(toast);
  fade(toast);
}

// It stays while it is being read: under the pointer or holding the focus.
function fade(toast) {
  setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) fade(toast);
    else toast.remove();
  }, TOAST_MS);
}

function link(toast, selector, address) {
  const element = toast.querySelector(selector);
  if (!address) element.remove();
  else if (element.matches("form")) element.action = address;
  else element.href = address;
}

function changed(target) {
  return (
    target.querySelector("[data-error-summary]") ??
    target.querySelector('[role="alert"][tabindex="-1"]') ??
    target.querySelector(HEADING) ??
    target.querySelector("a, button, input, select, textarea") ??
    target
  );
}
