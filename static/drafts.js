/** drafts: what was typed into a long form is kept in this window until the server has taken it: over a reload, a lost line, a log-in.
 *
 * A draft goes when its sending led to another page that is neither a refusal nor the log-in.
 */
const PREFIX = "draft:";
const FEW = 2;
const store = window.sessionStorage;
const page = location.pathname + location.search;

const keyOf = (form) => `${PREFIX}${location.pathname}|${form.id || form.getAttribute("action") || "form"}`;

/** What a person fills in; no secret and no file. */
const fields = (form) => [...form.elements].filter((one) => one.name && !["hidden", "password", "file", "submit", "button"].includes(one.type));

/** Worth keeping: where something is written, or more than a few boxes are ticked. */
const isLong = (form) => !form.querySelector("[type=password]") && (form.querySelector("textarea") !== null || fields(form).length > FEW);

const forms = () => [...document.querySelectorAll("main form[method=post]")].filter(isLong);

function read(key) {
  try {
    return JSON.parse(store.getItem(key));
  } catch {
    return null;
  }
}

function keep(form, isSent = false) {
  const values = fields(form).map((one) => [one.name, one.type === "checkbox" || one.type === "radio" ? [one.value, one.checked] : one.value]);
  try {
    store.setItem(keyOf(form), JSON.stringify({ page, isSent, values }));
  } catch {
    // A window that keeps nothing for us costs the draft, not the form.
  }
}

/** Puts the draft into the form; returns whether anything was otherwise. */
function fill(form, { values }) {
  const left = [...values];
  const changed = [];
  for (const one of fields(form)) {
    const isBox = one.type === "checkbox" || one.type === "radio";
    const at = left.findIndex(([name, value]) => name === one.name && (!isBox || value[0] === one.value));
    if (at < 0) continue;
    const [[, value]] = left.splice(at, 1);
    if (isBox ? one.checked === value[1] : one.value === value) continue;
    if (isBox) [, one.checked] = value;
    else one.value = value;
    changed.push(one);
  }
  for (const one of changed) {
    one.dispatchEvent(new Event("input", { bubbles: true }));
    one.dispatchEvent(new Event("change", { bubbles: true }));
    one.closest("details")?.setAttribute("open", "");
  }
  return changed.length > 0;
}

function tell(form) {
  const note = document.getElementById("draft-note").content.cloneNode(true);
  note.querySelector("button").addEventListener("click", () => {
    store.removeItem(keyOf(form));
    location.reload();
  });
  form.before(note);
}

/** Goes through the drafts that were sent off from the page before this one. */
function settle() {
  // What the server takes it answers with another address.
  const [{ redirectCount = 0 } = {}] = performance.getEntriesByType("navigation");
  const isRefused = document.querySelector("main .errorlist, main [role=alert]:not([hidden]), [data-failed]") !== null;
  const login = document.querySelector("form input[name=next]");
  for (const key of Object.keys(store).filter((one) => one.startsWith(PREFIX))) {
    const draft = read(key);
    if (!draft?.isSent) continue;
    if (login) login.value = draft.page;
    if (login || isRefused || redirectCount === 0) store.setItem(key, JSON.stringify({ ...draft, isSent: false }));
    else store.removeItem(key);
  }
  return isRefused;
}

function begin() {
  const isRefused = settle();
  // Who sent a form that came back begins where it is to be mended: at the field, or where there are several at the list of them.
  if (isRefused) {
    const list = document.querySelector("main .mistakes[data-failed]");
    const field = document.querySelector("main [aria-invalid=true]");
    (list?.querySelector("li + li") ? list : (field ?? list))?.focus();
  }
  for (const form of forms()) {
    const draft = read(keyOf(form));
    // A form that comes back refused holds what was sent.
    if (draft && !isRefused && fill(form, draft)) tell(form);
    form.addEventListener("input", () => keep(form));
    form.addEventListener("change", () => keep(form));
    form.addEventListener("submit", () => keep(form, true));
  }
}

try {
  begin();
} catch (error) {
  console.info("drafts are not kept here", error); // storage is off
}
