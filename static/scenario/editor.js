/** The editor of a scenario: says what is wrong as one writes, and how far the games among bots are. */
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
  trial.replaceChildren(...shown(tried));
  if (tried.state === "running") setTimeout(look, 1000);
}

function shown({ state, done, plays, seats, culture, arms }) {
  if (state === "running") {
    const bar = made("progress", "");
    bar.max = plays;
    bar.value = done;
    bar.setAttribute("aria-label", `${done} / ${plays}`);
    return [bar, made("span", ` ${done} / ${plays}`)];
  }
  if (state === "failed") return [made("p", "The trial broke off. Play it again.")];
  if (state !== "done") return [];
  const table = made("table", "", "list");
  table.append(row("th", ["Seat", "Total, mean", "spread", "came first"]));
  for (const one of seats) table.append(row("td", [one.seat, one.mean.toFixed(1), `±${one.sd.toFixed(1)}`, `${Math.round(one.first * 100)} %`]));
  return [table, made("p", `Culture at the end ${culture.toFixed(0)} of 100; arms ${arms < 0 ? "−" : "+"}${Math.abs(arms * 100).toFixed(0)} %.`, "soft")];
}

function row(tag, cells) {
  const line = made("tr", "");
  line.append(...cells.map((text, i) => made(tag, text, i ? "num" : "")));
  return line;
}

function made(tag, text, name = "") {
  const one = document.createElement(tag);
  one.textContent = text;
  if (name) one.className = name;
  return one;
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(check, 300);
});
if (form.dataset.field) tell(problem.textContent, form.dataset.field);
look();
