/** The projector's page: how many have come, what is announced, where each table stands. Asks every 2 s. */
import { h, render } from "../room/dom.js";
import { loadWords, t } from "../room/words.js";
import { timeLeft } from "./clock.js";

const root = document.getElementById("screen");
const part = (name) => root.querySelector(`[data-part="${name}"]`);
let state = JSON.parse(document.getElementById("state").textContent);
let offset = 0;

function draw() {
  const running = state.tables.filter(({ phase }) => phase !== "lobby");
  root.dataset.running = running.length > 0 ? "yes" : "no";
  render(part("count"), h("p", { class: "count" }, t("console.arrived", { arrived: state.arrived, expected: state.expected })));
  render(part("announcement"), state.announcement && h("p", { class: "announcement" }, state.announcement));
  render(
    part("tables"),
    running.length > 0 && h("ul", { class: "boards" }, state.tables.map((table) => h("li", { key: table.number }, board(table)))),
  );
}

function board(table) {
  return [
    h("h2", null, t("console.table", { n: table.number })),
    h("p", { class: "phase" }, t(`phase.${table.phase}`), table.round > 0 && h("span", { class: "soft" }, ` ${t(table.rounds ? "ui.round_of" : "ui.round_hidden", { round: table.round, rounds: table.rounds })}`)),
    h("p", { class: table.deadline_at === null && table.paused_at === null ? "soft" : "time" }, timeLeft(table, Date.now() / 1000 + offset)),
  ];
}

async function ask() {
  try {
    const found = await (await fetch(root.dataset.state)).json();
    offset = found.now - Date.now() / 1000;
    state = found;
    draw();
  } catch {
    // The next question may be heard.
  }
  setTimeout(ask, 2000);
}

await loadWords(root.dataset.words);
draw();
setInterval(draw, 500);
ask();
