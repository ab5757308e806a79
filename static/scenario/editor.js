/** The editor of a scenario: says what is wrong as one writes, and how far the games among bots are. */
import { h, render } from "../room/dom.js";
import { loadWords, plain, signed, t } from "../room/words.js";

const form = document.getElementById("scenario");
const problem = document.getElementById("problem");
const trial = document.getElementById("trial");
let timer = null;
let asked = 0;

async function check() {
  const mine = (asked += 1);
  let found;
  try {
    found = await (await fetch(form.dataset.check, { method: "POST", body: new FormData(form) })).json();
  } catch {
    return; // saving says it all again
  }
  if (mine === asked) tell(found.problem, found.field);
}

function tell(text, field) {
  problem.textContent = text;
  problem.hidden = !text;
  for (const one of form.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
  const wrong = field && form.elements.namedItem(field);
  if (wrong instanceof HTMLElement) {
    wrong.setAttribute("aria-invalid", "true");
    wrong.closest("details")?.setAttribute("open", "");
  }
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

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(check, 300);
});
if (form.dataset.field) tell(problem.textContent, form.dataset.field);
await loadWords(form.dataset.words);
look();
