/** weights, ranked: what the order of the states becomes if gain over rivals weighs more or less. Arithmetic on final figures. */
import { h } from "../room/dom.js";
import { plain, signed, t, tone } from "../room/words.js";
import { mark } from "../room/marks.js";
import { wide } from "./wide.js";

export const MOST = 1.5;

/** The scores reckoned anew with weight `k`, or each with its `own`, best first: U = G + k R; total = U + trust TR + mandate. */
export function ranked(scores, k, trust, own = {}) {
  return scores
    .map(({ seat, G, R, TR, mandate }) => ({ seat, U: G + (own[seat] ?? k) * R, TR, mandate }))
    .map(({ seat, U, TR, mandate }) => ({ seat, U, total: U + trust * TR + mandate }))
    .sort((a, b) => b.total - a.total);
}

export function weights(room) {
  const { weights: { k: played, trust, own } } = room.review;
  const isOwn = Object.keys(own).length > 0;
  const asPlayed = (room.ui.k ?? null) === null || (!isOwn && room.ui.k === played);
  const k = room.ui.k ?? played;
  const before = ranked(room.outcome.scores, played, trust, own).map((one) => one.seat);
  const after = ranked(room.outcome.scores, k, trust, asPlayed ? own : {});
  return [
    h("h2", null, t("debrief.weights")),
    h("p", { class: "lead", id: "weights-about" }, isOwn ? t("debrief.weights_own", { list: Object.entries(own).map(([seat, one]) => `${t(`seat.${seat}`)} ${plain(one)}`) }) : t("debrief.weights_about", { k: plain(played, 1) })),
    h(
      "p",
      { class: "slider" },
      h("label", { for: "k" }, t("debrief.weights_k")),
      h("input", { type: "range", id: "k", min: 0, max: MOST, step: 0.05, value: k, "aria-describedby": "weights-about", oninput: (event) => room.choose("weights", { k: Number(event.target.value) }) }),
      h("output", { for: "k" }, isOwn && asPlayed ? t("debrief.weights_each") : plain(k, 2)),
      h("button", { type: "button", id: "k-back", disabled: asPlayed, onclick: () => room.choose("weights", { k: null }) }, isOwn ? t("debrief.weights_back_own") : t("debrief.weights_back", { k: plain(played, 1) })),
    ),
    h("p", { role: "status", id: "k-says" }, says(before, after.map((one) => one.seat))),
    wide(t("debrief.weights"),
      h(
        "table",
        { id: "reweighed" },
        h("thead", null, h("tr", null, ["debrief.place", "ui.seat", "debrief.weights_u", "debrief.with_trust", "debrief.weights_moved"].map((code, n) => h("th", { scope: "col", class: n > 1 ? "num" : null }, t(code))))),
        h("tbody", null, after.map((one, n) => row(room, one, n, before.indexOf(one.seat) - n))),
      ),
    ),
  ];
}

function says(before, after) {
  const first = t(`seat.${after[0]}`);
  if (before.every((seat, n) => seat === after[n])) return t("debrief.weights_same", { seat: first });
  return t(before[0] === after[0] ? "debrief.weights_below" : "debrief.weights_other", { seat: first });
}

function row(room, { seat, U, total }, n, moved) {
  const arrow = moved > 0 ? `▲ ${moved}` : moved < 0 ? `▼ ${-moved}` : "·";
  return h(
    "tr",
    { key: seat, class: seat === room.viewer ? "mine" : null },
    h("td", null, n + 1),
    h("th", { scope: "row" }, mark(seat)),
    h("td", { class: "num", "data-value": U }, signed(U)),
    h("td", { class: `num ${tone(total)}`, "data-value": total }, signed(total)),
    h("td", { class: `num ${tone(moved, 0)}` }, arrow, moved !== 0 && h("span", { class: "hidden-text" }, t(moved > 0 ? "debrief.weights_up" : "debrief.weights_down"))),
  );
}
