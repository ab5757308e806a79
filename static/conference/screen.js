/** The projector's page: how many have come, what is announced, where each table stands. Asks every 2 s. */
import { h, render } from "../room/dom.js";
import { loadWords, t } from "../room/words.js";
import { nameGame } from "../room/naming.js";
import { letters, mark } from "../room/marks.js";
import { network } from "../room/network.js";
import { payoffs, played } from "../room/moves.js";
import { treaty } from "../room/treaty.js";
import { arrived } from "./arrived.js";
import { timeLeft } from "./clock.js";

const root = document.getElementById("screen");
const part = (name) => root.querySelector(`[data-part="${name}"]`);
let state = JSON.parse(document.getElementById("state").textContent);
let offset = 0;
let isOnline = true;

function draw() {
  const running = state.tables.filter(({ phase }) => phase !== "lobby");
  root.dataset.shown = state.shown ? "yes" : "no";
  root.dataset.running = running.length > 0 ? "yes" : "no";
  render(part("count"), h("p", { class: "count" }, arrived(state)));
  render(part("announcement"), !isOnline && h("p", { class: "offline" }, t("console.offline")), state.announcement && h("p", { class: "announcement" }, state.announcement));
  render(
    part("tables"),
    state.shown ? whole(state.shown) : running.length > 0 && h("ul", { class: "boards" }, state.tables.map((table) => h("li", { key: table.number }, board(table)))),
  );
}

function board(table) {
  return [
    h("h2", null, t("console.table", { n: table.number })),
    h("p", { class: "phase" }, t(`phase.${table.phase}`), table.round > 0 && h("span", { class: "soft" }, ` ${t(table.rounds ? "ui.round_of" : "ui.round_hidden", { round: table.round, rounds: table.rounds })}`)),
    h("p", { class: table.deadline_at === null && table.paused_at === null ? "soft" : "time" }, timeLeft(table, Date.now() / 1000 + offset)),
  ];
}

/** In games of other kinds: what moves pay and what was played, or who sits here. */
const insteadOfPicture = ({ game, seatCodes }) => (game.matrix ? [payoffs({ game, seatCodes }), played({ game, seatCodes })] : h("ul", null, seatCodes.map((seat) => h("li", { key: seat }, mark(seat)))));

/** One table, as large as it goes: the picture, the clock, what lies on it. */
function whole({ number, room, world, texts, game }) {
  nameGame(game);
  const seatCodes = room.seats.map(({ seat }) => seat);
  const ready = new Set(room.seats.filter((chair) => chair.ready).map(({ seat }) => seat));
  const shown = texts.texts.filter(({ status }) => status === "open" || status === "adopted");
  return h(
    "article",
    { class: "whole", key: `whole-${number}` },
    h("header", null, h("h2", null, t("console.table", { n: number })), h("p", { class: "phase" }, t(`phase.${room.phase}`), room.round > 0 && h("span", { class: "soft" }, ` ${t(room.rounds ? "ui.round_of" : "ui.round_hidden", { round: room.round, rounds: room.rounds })}`)), h("p", { class: "time" }, timeLeft(room, Date.now() / 1000 + offset))),
    h("div", { class: "whole-body" },
      h("div", { class: "picture-frame" }, game ? insteadOfPicture({ game, seatCodes }) : network({ seatCodes, world, met: new Set(), ready, mine: null, live: false })),
      h("div", null,
        shown.length === 0 && !game?.matrix && h("p", { class: "soft" }, t("ui.no_texts")),
        shown.map((text) => h("section", { key: text.id, class: `text ${text.status}` }, h("h3", null, t("ui.text_n", { id: text.id }), " · ", mark(text.author), text.status === "adopted" && h("span", { class: "good" }, ` ✓ ${t("status.adopted")}`)), treaty(text.package, seatCodes), h("p", null, Object.entries(text.votes).map(([seat, choice]) => [letters(seat), ` ${t(`choice.${choice}`)} `])))))),
  );
}

async function ask() {
  try {
    const response = await fetch(root.dataset.state);
    isOnline = response.ok;
    if (isOnline) {
      const found = await response.json();
      offset = found.now - Date.now() / 1000;
      state = found;
    }
  } catch {
    isOnline = false;
  }
  setTimeout(ask, 2000);
  draw();
}

await loadWords(root.dataset.words);
draw();
setInterval(draw, 500);
ask();
