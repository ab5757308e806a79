/** The console: all tables at once, asked for every second, and the buttons that act on those that are ticked. */
import { h, render } from "../room/dom.js";
import { newId } from "../room/socket.js";
import { loadWords, t } from "../room/words.js";
import { nameGame } from "../room/naming.js";
import { arrived } from "./arrived.js";
import { card } from "./card.js";
import { tools } from "./tools.js";
import { more } from "./more.js";

const root = document.getElementById("console");
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const EVERY = 1000;

const desk = {
  code: root.dataset.code,
  owns: "owns" in root.dataset, // made by whoever looks
  seats: JSON.parse(document.getElementById("seats").textContent),
  flashpoints: JSON.parse(document.getElementById("flashpoints").textContent),
  /** What a game of another kind calls its seats, and the bots that play it. */
  kind: JSON.parse(document.getElementById("kind").textContent),
  third: JSON.parse(document.getElementById("third").textContent),
  state: JSON.parse(document.getElementById("state").textContent),
  chosen: new Set(), // numbers of tables; none means all
  ui: {},
  offset: 0,
  now: () => Date.now() / 1000 + desk.offset,
  tables: () => desk.state.tables.filter(({ number }) => desk.chosen.size === 0 || desk.chosen.has(number)),
  set: (patch) => {
    Object.assign(desk.ui, patch);
    draw();
  },
  choose: (number, isChosen) => {
    if (isChosen) desk.chosen.add(number);
    else desk.chosen.delete(number);
    draw();
  },
  press,
  /** What was begun here, for after a reload or a log-in; a window that keeps nothing keeps nothing. */
  kept: (name) => attempt(() => sessionStorage.getItem(`${desk.code}:${name}`)) ?? "",
  keep: (name, text) => attempt(() => sessionStorage.setItem(`${desk.code}:${name}`, text)),
};

function attempt(use) {
  try {
    return use();
  } catch {
    return null;
  }
}

let digest = "";
let isOnline = true;

function draw() {
  const { state } = desk;
  render(part("count"), h("p", { class: "soft" }, arrived(state), !isOnline && h("strong", { class: "bad" }, ` ${t("console.offline")}`)), state.unplaced.length > 0 && h("p", { class: "soft" }, t("console.unplaced", { names: state.unplaced.map(({ label }) => label).join(", ") })));
  render(part("tools"), tools(desk));
  render(part("tables"), h("ul", { class: "cards" }, state.tables.map((table) => h("li", { key: table.number, class: table.alerts.length + table.troubles.length ? "card alert" : "card", id: `table-${table.number}` }, card(desk, table)))));
  render(part("more"), more(desk));
}

/** Asks for what is new, and says whether the server was heard. */
async function ask() {
  try {
    const response = await fetch(`${root.dataset.state}?seen=${digest}`);
    // The session has ended: the log-in leads back here.
    if (response.redirected) return location.assign(`/accounts/login/?next=${encodeURIComponent(location.pathname)}`);
    // The conference is deleted, or its owner has taken this helper out.
    if (response.status === 404) return location.reload();
    isOnline = response.ok;
    if (response.status === 200) {
      const found = await response.json();
      digest = found.digest;
      desk.offset = found.now - Date.now() / 1000;
      desk.state = found;
    }
  } catch {
    isOnline = false;
  }
  draw();
  return undefined;
}

/** The ids of presses whose answers were not heard. The server may have done them: the same again must do nothing twice. */
const unheard = new Map();
const AGAIN = 1000;

const WORDS = new Set(["say", "inject", "write"]);

/** The same words are the same press; anything else is so while its tables look as they did. Without tables nobody can tell. */
function likeness(act, tables) {
  if (WORDS.has(act.type)) return JSON.stringify(act);
  return tables.length > 0 && JSON.stringify([act, tables.map(({ number, epoch, phase_no, paused_at, deadline_at }) => [number, epoch, phase_no, paused_at, deadline_at])]);
}

/** Presses a button: `act` for the given tables, each as it is seen here. Says what came of it. */
async function press(act, tables = []) {
  const seen = tables.map(({ number, epoch, phase_no }) => ({ table: number, epoch, phase_no }));
  const like = likeness(act, tables);
  const id = unheard.get(like) ?? newId();
  const body = JSON.stringify({ id, act, tables: seen });
  // Before the way to the server: what is asked meanwhile must not be closed by an answer to something else.
  desk.set({ sure: null, dismiss: null });
  let answer = await send(body);
  if (answer === null) {
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
    answer = await send(body);
  }
  if (answer !== null) unheard.delete(like);
  else if (like) unheard.set(like, id);
  render(part("answer"), said(answer));
  await ask();
  return answer;
}

/** Returns the server's answer to a press; null where it was not heard. */
async function send(body) {
  try {
    const response = await fetch(root.dataset.press, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": root.querySelector("[name=csrfmiddlewaretoken]").value },
      body,
    });
    return await response.json();
  } catch {
    return null;
  }
}

function said(answer) {
  if (answer === null || answer.error) return h("p", { class: "refusal" }, answer?.error ?? t("console.unheard"));
  const refused = Object.entries(answer.refused ?? {});
  return [
    answer.done > 0 && h("p", { class: "done" }, t("console.done")),
    refused.map(([number, why]) => h("p", { class: "refusal" }, number === "0" ? why : `${t("console.table", { n: number })}: ${why}`)),
  ];
}

await loadWords(root.dataset.words);
nameGame({ parties: desk.kind.parties });
draw();
root.dataset.drawn = "yes";
setInterval(ask, EVERY);
ask();
