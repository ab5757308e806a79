/** workspace: what this phase is for, as one sheet. */
import { h } from "./dom.js";
import { t } from "./words.js";
import { later } from "./later.js";

/** By phase: the module and what it draws. */
const SHEETS = {
  lobby: ["lobby", "lobby"], briefing: ["briefing", "briefing"], talk: ["packages", "packages"], vote: ["packages", "packages"],
  orders: ["orders", "orders"], reveal: ["reveal", "reveal"], over: ["lobby", "over"],
};
const KINDS = {
  scorable: { ...SHEETS, reveal: ["deal", "dealReveal"] },
  matrix: { ...SHEETS, talk: ["moves", "moveTalk"], orders: ["moves", "moveCard"], reveal: ["moves", "moveReveal"] },
};

export function workspace(room) {
  const [module, sheet] = (KINDS[room.game?.ruleset] ?? SHEETS)[room.room.phase];
  return [news(room), later(module)?.[sheet](room)];
}

/** News of this phase, where nobody can miss it; it stays in the record. */
function news({ entries, room }) {
  return entries
    .filter(({ at, event }) => event.type === "injected" && at >= room.began_at)
    .map(({ n, event }) => h("div", { key: `news-${n}`, class: "news" }, h("strong", null, t(event.capital ? "event.injected_capital" : "event.injected")), h("p", null, event.text)));
}
