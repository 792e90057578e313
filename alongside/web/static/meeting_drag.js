// Dragging a meeting to another day is a shortcut to its form "Move": it sends that form.
// Without a pointer, or without script, the form is one link away.
let dragged = null;

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-move]") ?? null;
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", ""); // a name must not reach another program
});

document.addEventListener("dragover", (event) => {
  const day = dragged && event.target.closest?.("[data-day]");
  mark(day);
  if (day) event.preventDefault(); // a drop is allowed here
});

document.addEventListener("drop", (event) => {
  const day = dragged && event.target.closest?.("[data-day]");
  if (!day || day.contains(dragged)) return;
  event.preventDefault();
  const form = document.getElementById("drag-move");
  if (!day.dataset.meeting) {
    const detail = { words: form.dataset.refusal };
    document.dispatchEvent(new CustomEvent("toast", { detail })); // swaps.js shows it
    return;
  }
  form.action = dragged.dataset.move;
  form.elements.meeting.value = day.dataset.meeting;
  form.requestSubmit();
});

document.addEventListener("dragend", () => {
  dragged = null;
  mark(null);
});

function mark(day) {
  for (const marked of document.querySelectorAll(".is-over")) {
    if (marked !== day) marked.classList.remove("is-over");
  }
  day?.classList.toggle("is-over", Boolean(day.dataset.meeting));
}
