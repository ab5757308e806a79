/** moves: a matrix game in the room: the card of moves, what they pay, and what was played. */
import { h } from "./dom.js";
import { plain, signed, t, tone } from "./words.js";
import { letters, mark } from "./marks.js";
import { firstBriefing } from "./briefing.js";

const points = (value) => plain(value, Number.isInteger(value) ? 0 : 1);

/** Talk: what is played for, and what was played so far; nothing is tabled. */
export function moveTalk(room) {
  return [firstBriefing(room), payoffs(room), played(room)];
}

/** The card of moves; the last one sealed holds. */
export function moveCard(room) {
  if (!room.own) return [h("p", { class: "soft" }, t("ui.order_watch")), payoffs(room), played(room)];
  const { order, order_version: version, order_digest: digest } = room.own;
  const chosen = room.ui.move?.at === `${room.room.round}.${version}` ? room.ui.move.id : order?.move ?? null;
  const pick = (id) => room.set({ move: { at: `${room.room.round}.${version}`, id } });
  const submit = async (event) => {
    event.preventDefault();
    return (await room.send("order", { type: "order", order: { move: chosen } }, version)).ok;
  };
  return [
    h(
      "form",
      { class: "order", id: "order", onsubmit: submit },
      h("p", { class: order ? "good sealed" : "soft sealed" }, order ? `✓ ${t("move.sealed", { move: order.move })}` : t("move.none")),
      h(
        "fieldset",
        { class: "postures" },
        h("legend", null, t("move.yours")),
        h(
          "div",
          { class: "choices moves" },
          room.game.matrix.moves.map((move) =>
            h(
              "label",
              { key: move.id, class: "choice" },
              h("input", { type: "radio", name: "move", id: `move-${move.id}`, value: move.id, checked: chosen === move.id, onchange: () => pick(move.id) }),
              h("span", null, h("strong", null, move.title), move.text && h("span", { class: "soft" }, move.text)),
            ),
          ),
        ),
      ),
      h("div", { class: "seal-bar" }, h("output", { class: "refusal" }, room.said.order ?? ""), h("button", { type: "submit", id: "seal", class: "primary", disabled: chosen === null }, t(order ? "ui.seal_again" : "move.seal"))),
      digest && h("p", { class: "soft digest" }, t("ui.order_digest", { digest: digest.slice(0, 16) })),
    ),
    payoffs(room),
    played(room),
  ];
}

/** What moves pay: to me by how many play what where that is all that counts, else every combination. */
export function payoffs({ game, seatCodes, viewer }, label = t("move.pays")) {
  const { moves, symmetric } = game.matrix;
  if (symmetric && moves.length === 2) return byNumber(game.matrix, seatCodes, label);
  const rows = combinations(moves.length, seatCodes.length);
  return wide(
    label,
    h("thead", null, h("tr", null, seatCodes.map((seat) => h("th", { scope: "col" }, mark(seat))), seatCodes.map((seat) => h("th", { scope: "col", class: "num" }, letters(seat))))),
    h("tbody", null, rows.map((row, k) => h("tr", { key: k }, row.map((move) => h("td", null, moves[move].title)), game.matrix.payoffs[k].map((value, i) => h("td", { class: `num${seatCodes[i] === viewer ? " own" : ""}` }, points(value)))))),
  );
}

function byNumber({ moves, payoffs: rows }, seatCodes, label) {
  const n = seatCodes.length;
  // The last seat turns fastest: with k of the last move, the row in which the last k seats play it.
  const paid = (k) => rows[2 ** k - 1];
  return wide(
    label,
    h("thead", null, h("tr", null, h("th", { scope: "col" }, t("move.if_play", { move: moves[1].title })), moves.map((move) => h("th", { scope: "col", class: "num" }, t("move.gets", { move: move.title }))))),
    h("tbody", null, Array.from({ length: n + 1 }, (_, k) => h("tr", { key: k }, h("th", { scope: "row" }, t("move.of", { count: k, all: n })), h("td", { class: "num" }, k < n ? points(paid(k)[0]) : "–"), h("td", { class: "num" }, k > 0 ? points(paid(k)[n - 1]) : "–")))),
  );
}

const combinations = (moves, seats) => Array.from({ length: moves ** seats }, (_, k) => Array.from({ length: seats }, (_, i) => Math.floor(k / moves ** (seats - 1 - i)) % moves));

/** Round by round, what all played and got, and the sums. */
export function played({ game, seatCodes, viewer }) {
  const { rounds, totals } = game.matrix;
  if (!rounds.length) return null;
  return wide(
    t("move.played"),
    h("thead", null, h("tr", null, h("th", { scope: "col" }, t("move.round")), seatCodes.map((seat) => h("th", { scope: "col", class: seat === viewer ? "own" : null }, letters(seat))))),
    h(
      "tbody",
      { id: "played" },
      rounds.map((round) => h("tr", { key: round.round }, h("th", { scope: "row" }, round.round), seatCodes.map((seat) => h("td", { class: seat === viewer ? "own" : null }, `${t(`move_title.${round.moves[seat]}`)} `, h("span", { class: tone(round.points[seat], 0) }, signed(round.points[seat], 0)))))),
      h("tr", { class: "sum" }, h("th", { scope: "row" }, t("move.sum")), seatCodes.map((seat) => h("td", { class: seat === viewer ? "own" : null }, h("strong", null, signed(totals[seat], 0))))),
    ),
  );
}

export function moveReveal(room) {
  const round = room.game.matrix.rounds.at(-1);
  return [
    h("h3", null, t("ui.reveal_title", { round: round?.round ?? 0 })),
    round && h("ol", { class: "deeds" }, room.seatCodes.map((seat) => h("li", { key: seat, class: tone(round.points[seat], 0) }, mark(seat), `: ${t(`move_title.${round.moves[seat]}`)}`, h("span", { class: "effect" }, signed(round.points[seat], 0))))),
    played(room),
  ];
}

const wide = (label, ...children) => h("div", { class: "wide", tabindex: 0, role: "region", "aria-label": label }, h("table", { class: "payoffs" }, h("caption", null, label), children));
