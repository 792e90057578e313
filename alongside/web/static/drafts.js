// What is typed in a form with data-draft is sent to the server while one types, and put
// back when the page is opened again. Nothing is ever kept in the browser.
//
// A page has one draft. POST <draft_url>: draft_path, which form_token draws into the form,
// and the typed fields; none drop the draft. The answer is the sentence to show ("Kept as
// a draft 9:46 am"), or 204.
const PAUSE_MS = 1200;
const waiting = new Map(); // form -> timer
const onItsWay = new Map(); // form -> what stops the request

document.addEventListener("input", (event) => later(event.target.form));
document.addEventListener("change", (event) => later(event.target.form));
document.addEventListener("submit", (event) => {
  onItsWay.get(event.target)?.abort(); // else it could arrive after what was saved
  forget(event.target);
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) keepAll().catch(() => {});
});
// The lock asks before it falls, and waits for what is added here.
document.addEventListener("keep-drafts", (event) => event.detail.push(keepAll()));
putBack();

// Send what has not been sent; rejects when the server cannot be reached.
async function keepAll() {
  await Promise.all([...waiting.keys()].map(keep));
}

function later(form) {
  if (form?.dataset.draft === undefined) return;
  clearTimeout(waiting.get(form));
  // A failed try is not the end: the next key, the lock or leaving tries again.
  waiting.set(form, setTimeout(() => keep(form).catch(() => {}), PAUSE_MS));
}

async function keep(form) {
  const asked = waiting.get(form);
  const words = await send(form, typedIn(form));
  if (waiting.get(form) === asked) forget(form); // else more was typed meanwhile
  form.querySelectorAll("[data-draft-state]").forEach((note) => { note.textContent = words; });
}

function forget(form) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
}

async function send(form, fields) {
  const { csrf, address } = where();
  const body = new URLSearchParams(fields);
  body.set("draft_path", form.elements.draft_path?.value ?? location.pathname);
  const stop = new AbortController();
  onItsWay.set(form, stop);
  const answer = await fetch(address, {
    method: "POST", body, signal: stop.signal, headers: { "X-CSRFToken": csrf },
    keepalive: body.toString().length < 60_000, // what a browser lets outlive the page
  });
  if (!answer.ok) throw new Error(`The draft was not kept: ${answer.status}`);
  return answer.status === 204 ? "" : answer.text();
}

function where() {
  const headers = JSON.parse(document.body.getAttribute("hx-headers"));
  return { csrf: headers["X-CSRFToken"], address: document.body.dataset.draftUrl };
}

function typedIn(form) {
  const typed = controls(form).map((control) => control.name);
  return [...new FormData(form)].filter(([name, value]) => typed.includes(name) && value !== "");
}

// Tokens belong to the form as it is drawn now; passwords and files are never kept.
function controls(form) {
  return [...form.elements].filter(
    (control) => control.name && !["hidden", "password", "file", "submit", "button"].includes(control.type),
  );
}

function putBack() {
  const kept = JSON.parse(document.getElementById("kept-draft")?.textContent ?? "null");
  if (!kept) return;
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const names = new Set(controls(form).map((control) => control.name));
    if (Object.keys(kept).every((name) => names.has(name)) && differs(form, kept)) fill(form, kept);
  }
}

function differs(form, kept) {
  const flat = Object.entries(kept).flatMap(([name, values]) => values.map((value) => `${name}=${value}`));
  const typed = typedIn(form).map(([name, value]) => `${name}=${value}`);
  return JSON.stringify(flat.filter((pair) => !pair.endsWith("=")).sort()) !== JSON.stringify(typed.sort());
}

function fill(form, kept) {
  const left = structuredClone(kept);
  for (const control of controls(form)) {
    const values = kept[control.name] ?? [];
    if (["radio", "checkbox"].includes(control.type)) control.checked = values.includes(control.value);
    else if (control.type === "select-multiple") {
      for (const option of control.options) option.selected = values.includes(option.value);
    } else if (values.length) control.value = left[control.name].shift() ?? "";
  }
  form.prepend(noteAbout(form));
}

function noteAbout(form) {
  const note = document.getElementById("draft-note").content.firstElementChild.cloneNode(true);
  note.querySelector("[data-discard]").addEventListener("click", () => {
    form.reset();
    forget(form);
    send(form, []).catch(() => {});
    note.remove();
    controls(form)[0]?.focus();
  });
  return note;
}
