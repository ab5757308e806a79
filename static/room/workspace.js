/** workspace: what this phase is for, as one sheet. */
import { h } from "./dom.js";
import { t } from "./words.js";
import { packages } from "./packages.js";
import { orders } from "./orders.js";
import { reveal } from "./reveal.js";
import { briefing, lobby, over } from "./lobby.js";
import { dealReveal } from "./deal.js";
import { moveCard, moveReveal, moveTalk } from "./moves.js";

const SHEETS = { lobby, briefing, talk: packages, vote: packages, orders, reveal, over };
const KINDS = { scorable: { ...SHEETS, reveal: dealReveal }, matrix: { ...SHEETS, talk: moveTalk, orders: moveCard, reveal: moveReveal } };

export function workspace(room) {
  return [news(room), (KINDS[room.game?.ruleset] ?? SHEETS)[room.room.phase](room)];
}

/** News of this phase, where nobody can miss it; it stays in the record. */
function news({ entries, room }) {
  return entries
    .filter(({ at, event }) => event.type === "injected" && at >= room.began_at)
    .map(({ n, event }) => h("div", { key: `news-${n}`, class: "news" }, h("strong", null, t(event.capital ? "event.injected_capital" : "event.injected")), h("p", null, event.text)));
}
