/** party: in games of other kinds who is here, what I hold in secret, and how the points stand. */
import { h } from "./dom.js";
import { signed, t, tone } from "./words.js";
import { mark } from "./marks.js";
import { roomRules } from "./ruling.js";
import { briefing } from "./briefing.js";
import { issues, sheet } from "./deal.js";
import { payoffs } from "./moves.js";

/** Who is here. */
export function partyTable(room) {
  const people = (seat) => room.people.people.filter((person) => person.seat === seat);
  const here = (seat) => people(seat).filter((person) => person.here).map((person) => (person.program ? `${person.name} (${t("ui.program")})` : person.name)).join(", ") || t("ui.nobody_here");
  const row = (seat, chair) =>
    h(
      "tr",
      { key: seat, class: seat === room.viewer ? "mine" : null },
      h("th", { scope: "row" }, mark(seat), room.game.deal?.vetoes.includes(seat) && h("span", { class: "soft" }, ` · ${t("deal.has_veto")}`)),
      h("td", null, people(seat).length ? here(seat) : chair?.holder.startsWith("bot:") ? t("ui.bot") : chair ? t(`holder.${chair.holder}`) : "–", chair?.ready && h("span", { class: "good" }, " ✓", h("span", { class: "hidden-text" }, t("ui.is_ready")))),
    );
  return [
    h("table", { class: "standing" }, h("caption", { class: "hidden-text" }, t("ui.here")), h("thead", null, h("tr", null, h("th", { scope: "col" }, t("deal.party")), h("th", { scope: "col" }, t("ui.held_by")))), h("tbody", null, room.room.seats.map((chair) => row(chair.seat, chair)), room.room.third.map((seat) => row(seat, null)))),
    h("details", { class: "region" }, h("summary", null, t("ui.room_rules")), roomRules(room)),
  ];
}

/** What is mine alone. */
export function partyMe(room) {
  if (room.viewer === "facilitator") return Object.values(room.seatViews ?? {}).map((own) => h("details", { key: own.seat, class: "secrets" }, h("summary", null, mark(own.seat)), sheet(room, own), own.order?.move && h("p", { class: "soft" }, `✓ ${t("move.sealed", { move: own.order.move })}`)));
  if (!room.own) return [h("p", { class: "soft" }, room.room.third.includes(room.viewer) ? t(`ui.third_${room.viewer}`) : t("now.watch")), letters(room)];
  return [letters(room), sheet(room), room.room.round > 1 && h("details", null, h("summary", { class: "soft" }, t("ui.briefing")), briefing(room))];
}

function letters({ people }) {
  return people.letters?.length > 0 && h("div", { class: "mandate", id: "letters" }, h("h3", null, t("ui.letters")), people.letters.map((letter, i) => h("p", { key: i }, letter.text)));
}

/** Points so far, where everybody may know them. */
export function partyScores({ game, world, viewer }) {
  if (!game.matrix) return null;
  const LENSES = [["gain", "G"], ["relative", "R"]];
  return h(
    "table",
    { class: "scores", id: "score-table" },
    h("caption", { class: "soft" }, t("move.scores_about")),
    h("thead", null, h("tr", null, h("th", { scope: "col" }, t("deal.party")), LENSES.map(([name]) => h("th", { scope: "col", class: "num" }, t(`ui.${name}`))))),
    h("tbody", null, world.seats.map((one) => h("tr", { key: one.seat, class: one.seat === viewer ? "mine" : null }, h("th", { scope: "row" }, mark(one.seat)), LENSES.map(([, key]) => h("td", { class: `num ${tone(one[key])}` }, signed(one[key])))))),
  );
}

/** What everybody knows of the game. */
export const rules = (room) => (room.game.deal ? issues(room) : payoffs(room, t("move.table")));
