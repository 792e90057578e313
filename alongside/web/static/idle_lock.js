// After 15 minutes without use the page locks; a note at 14 offers to stay. The clock is
// read, not counted, so a computer that slept locks on waking. Tabs tell one another of use.
const settings = document.body.dataset;
const LOCK_MS = Number(settings.lockAfter ?? 900) * 1000;
const NOTE_MS = LOCK_MS - Math.min(60_000, LOCK_MS / 2);
const tabs = new BroadcastChannel("use");
let lastUse = Date.now();
let note = null;
let locking = false;

tabs.addEventListener("message", (event) => used(event.data));
for (const kind of ["keydown", "pointerdown", "wheel", "touchstart"]) {
  addEventListener(kind, () => { if (!note) used(Date.now(), true); }, { passive: true });
}
addEventListener("visibilitychange", look);
setInterval(look, Math.min(1000, LOCK_MS / 10));

function used(at, tell = false) {
  // Saying so once a second is enough for the other tabs.
  if (tell && at - lastUse > 1000) tabs.postMessage(at);
  lastUse = Math.max(lastUse, at);
  if (note && Date.now() - lastUse < NOTE_MS) {
    note.remove();
    note = null;
  }
}

function look() {
  const unused = Date.now() - lastUse;
  if (locking) return;
  if (unused >= LOCK_MS) lock();
  else if (unused >= NOTE_MS && !note) warn();
}

// The focus stays where it is: somebody may be in the middle of a word.
function warn() {
  note = document.getElementById("idle-note").content.firstElementChild.cloneNode(true);
  note.querySelector("[data-stay]").addEventListener("click", () => used(Date.now(), true));
  document.body.append(note);
}

function lock() {
  locking = true;
  note?.remove();
  const cover = document.getElementById("idle-locked").content.firstElementChild.cloneNode(true);
  for (const element of document.body.children) element.hidden = true;
  document.title = document.body.dataset.lockedTitle;
  document.body.append(cover);
  leave(cover);
}

async function leave(cover) {
  try {
    // drafts.js answers with what it is sending. It is asked and not imported, because
    // static files are served under hashed names and would be loaded twice.
    const kept = [];
    document.dispatchEvent(new CustomEvent("keep-drafts", { detail: kept }));
    await Promise.all(kept);
    document.querySelector("form[data-lock]").requestSubmit();
  } catch {
    // The text is only here: stay, covered, and try again until there is a connection.
    cover.querySelector("[data-waiting]").hidden = false;
    setTimeout(leave, 5000, cover);
  }
}
