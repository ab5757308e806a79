/** ruling, roomRules: how a text is adopted here, and what else this room has chosen, in plain sentences. */
import { h } from "./dom.js";
import { plain, t } from "./words.js";

/** The rule of adoption: how many yes, how many noes, who has a veto, and what comes after the vote. */
export function ruling({ adoption, slack, yes_needed: needed, vetoes, ratification, seats }) {
  if (adoption === "counted") return [t("ruling.yes", { needed, all: seats.length }), vetoes.length > 0 && t("ruling.must", { seats: vetoes }), t("ruling.first_deal")].filter(Boolean);
  return [
    needed > 0 ? t("ruling.yes", { needed, all: seats.length }) : t(`ruling.noes_${slack}`),
    vetoes.length > 0 && t(vetoes.length > 1 ? "ruling.vetoes" : "ruling.veto", { seats: vetoes }),
    needed > 0 && adoption === "qualified" && t("ruling.abstain"),
    t("ruling.consent"),
    ratification && t("ruling.ratified"),
  ].filter(Boolean);
}

/** How likely my own audience is to ratify a text that binds me. */
export function athome({ own }, { id }) {
  const share = own?.ratification?.[id];
  return share === undefined ? null : h("p", { class: "soft" }, t("ruling.home", { percent: Math.round(share * 100) }));
}

/** What is special about this room, for the briefing; the ruling comes first. */
export function roomRules({ room, game }) {
  if (game) return h("ul", { class: "rules" }, (game.deal ? ruling(room) : [t("ruling.moves", { move: game.matrix.idle })]).map((line) => h("li", null, line)), room.first_untimed && h("li", null, t("ruling.untimed")));
  const [one, ...rest] = room.rivalry;
  const same = rest.every((k) => k === one);
  return h(
    "ul",
    { class: "rules" },
    ruling(room).map((line) => h("li", null, line)),
    h("li", null, t("ruling.duties", { most: room.duties_per_package })),
    h("li", null, t("ruling.first")),
    room.first_untimed && h("li", null, t("ruling.untimed")),
    room.zhang && h("li", null, t("ruling.zhang")),
    h("li", null, same ? t("ruling.k", { k: plain(one) }) : t("ruling.k_own", { list: room.seats.map(({ seat }, i) => `${t(`seat.${seat}`)} ${plain(room.rivalry[i])}`) })),
    room.names !== "both" && h("li", null, t("ruling.names", { usage: t(`usage.${room.names}`) })),
  );
}
