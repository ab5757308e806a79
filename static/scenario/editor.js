/** The editor of a scenario: says what is wrong as one writes, and how far the games among bots are. */
import { h, render } from "../room/dom.js";
import { loadWords, plain, signed, t } from "../room/words.js";

const form = document.getElementById("scenario");
const list = document.getElementById("mistakes");
const mended = document.getElementById("mended");
const trial = document.getElementById("trial");
let timer = null;
let asked = 0;

async function check(event) {
  const mine = (asked += 1);
  let found;
  try {
    found = await (await fetch(form.dataset.check, { method: "POST", body: new FormData(form) })).json();
  } catch {
    return; // saving says it all again
  }
  if (mine === asked) tell(found.mistakes, event.target.name);
}

/** Puts every mistake beside its field and into the list at the top; says aloud only what is wrong with the field just changed. */
function tell(mistakes, changed) {
  for (const said of form.querySelectorAll(".wrong")) said.remove();
  for (const one of form.querySelectorAll("[aria-invalid]")) {
    one.removeAttribute("aria-invalid");
    one.removeAttribute("aria-describedby");
  }
  for (const { field, said } of mistakes) mark(document.getElementById(field), field, said);
  // Where nothing was refused yet, what comes and goes above would only move the page away from whoever types.
  if ("failed" in list.dataset) {
    render(list.querySelector("ul"), mistakes.map(({ field, label, said }) => h("li", { key: field }, field && [h("a", { href: `#${field}` }, label), ": "], said)));
    list.hidden = mistakes.length === 0;
  }
  say(mistakes, changed);
}

function say(mistakes, changed) {
  const aloud = mistakes.find(({ field }) => field === changed)?.said ?? "";
  if (mended.textContent !== aloud) mended.textContent = aloud;
}

function mark(element, field, said) {
  if (!element) return;
  const id = `${field}_error`;
  const isGroup = element.type === "checkbox";
  const told = isGroup ? element.closest("[role=group]") : element;
  told.setAttribute("aria-describedby", id);
  element.setAttribute("aria-invalid", "true");
  const place = element.closest("td") ? "afterend" : "beforebegin";
  const note = document.createElement("p");
  Object.assign(note, { id, className: "wrong", textContent: said });
  told.insertAdjacentElement(place, note);
  element.closest("details")?.setAttribute("open", "");
}

async function look() {
  let tried;
  try {
    tried = await (await fetch(trial.dataset.tried)).json();
  } catch {
    setTimeout(look, 2000);
    return;
  }
  render(trial, shown(tried));
  if (tried.state === "running") setTimeout(look, 1000);
}

function shown({ state, done, plays, seats, culture, arms }) {
  if (state === "running") return [h("progress", { max: plays, value: done, "aria-label": `${done} / ${plays}` }), h("span", null, ` ${done} / ${plays}`)];
  if (state === "failed") return h("p", null, t("trial.failed"));
  if (state !== "done") return null;
  const figures = ({ seat, mean, sd, first }) => [t(`seat.${seat}`), plain(mean), `±${plain(sd)}`, `${Math.round(first * 100)} %`];
  return [
    h("table", { class: "list" },
      h("thead", null, row("th", ["seat", "mean", "sd", "first"].map((name) => t(`trial.${name}`)))),
      h("tbody", null, seats.map((one) => row("td", figures(one))))),
    h("p", { class: "soft" }, t("trial.end", { culture: plain(culture, 0), arms: signed(arms * 100, 0) })),
  ];
}

const row = (tag, cells) => h("tr", null, cells.map((text, i) => h(tag, { class: i ? "num" : null, scope: tag === "th" ? "col" : null }, text)));

form.addEventListener("input", (event) => {
  clearTimeout(timer);
  timer = setTimeout(check, 500, event);
});
// A link to a field leads into its folded part, too.
list.addEventListener("click", (event) => {
  const field = document.getElementById(event.target.closest("a")?.hash.slice(1) ?? "");
  if (!field) return;
  event.preventDefault();
  field.closest("details")?.setAttribute("open", "");
  field.focus();
});
await loadWords(form.dataset.words);
look();
