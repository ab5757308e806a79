/** verdict, winners, sums, picture, rounds, opened: the debrief of games of other kinds. */
import { h } from "../room/dom.js";
import { plain, signed, t, tone } from "../room/words.js";
import { letters, mark, marks } from "../room/marks.js";
import { dealList } from "../room/treaty.js";
import { played } from "../room/moves.js";
import { wide } from "./wide.js";

const ending = ({ game }) => game.ending;
const figure = (value) => plain(value, Number.isInteger(value) ? 0 : 1);
const gain = (value) => signed(value, Number.isInteger(value) ? 0 : 1);

export function verdict(room) {
  const { deal, matrix } = ending(room);
  if (matrix) {
    const { sum_G: sum } = room.outcome.region;
    const count = room.game.matrix.rounds.length;
    return h("p", { class: "verdict" }, t(count === 1 ? "case.verdict_round" : "case.verdict_matrix", { rounds: count, sum: gain(sum), least: gain(matrix.joint_least), most: gain(matrix.joint_most) }));
  }
  if (!deal.deal.length) return h("p", { class: "verdict" }, t("case.verdict_none"));
  return [h("p", { class: "verdict" }, t("case.verdict_deal", { round: room.history.rounds.length })), dealList(deal.deal)];
}

export function winners(room) {
  return [
    h("h2", null, t("case.winners")),
    h("p", { class: "lead" }, t("case.winners_about")),
    h(
      "dl",
      { class: "lensgrid" },
      ending(room).lenses.map((lens) =>
        h(
          "div",
          { key: lens.id, "data-lens": lens.id },
          h("dt", null, t(`case.lens_${lens.id}`)),
          h("dd", { class: "who" }, lens.best[0].seat ? marks(lens.best.map((place) => place.seat)) : t("case.table")),
          h("dd", { class: "value" }, lens.id === "spread" ? figure(lens.value) : gain(lens.value)),
          h("dd", { class: "soft" }, t(`case.lens_${lens.id}_about`)),
        ),
      ),
    ),
  ];
}

export function sums(room) {
  const { scores } = room.outcome;
  const { deal } = ending(room);
  const sorted = [...scores].sort((a, b) => b.G - a.G);
  const columns = deal
    ? [["case.points", ({ seat }) => (deal.deal.length ? figure(deal.values[seat]) : "–")], ["case.threshold", ({ seat }) => figure(deal.sheets[seat].threshold)], ["case.over", ({ G }) => gain(G)], ["ui.relative", ({ R }) => signed(R)]]
    : [["case.points", ({ G }) => gain(G)], ["ui.relative", ({ R }) => signed(R)]];
  return [
    h("h2", null, t("case.sums")),
    wide(t("case.sums"), h("table", { id: "totals" }, h("thead", null, h("tr", null, h("th", { scope: "col" }, t("deal.party")), columns.map(([name]) => h("th", { scope: "col", class: "num" }, t(name))))), h("tbody", null, sorted.map((one) => h("tr", { key: one.seat, class: one.seat === room.viewer ? "mine" : null }, h("th", { scope: "row" }, mark(one.seat)), columns.map(([name, show]) => h("td", { class: name === "case.over" ? `num ${tone(one.G)}` : "num" }, show(one)))))))),
  ];
}

const BOX = { width: 600, height: 340, left: 46, right: 14, top: 12, bottom: 34 };
const SINGLED = ["max_sum", "kalai_smorodinsky", "nash", "ours"];

/** Every deal as a dot: the joint score, and how the worst-off fares; theory's points and ours on top. */
export function picture(room) {
  const { deal } = ending(room);
  if (!deal) return null;
  const { dots } = deal.picture;
  const { analysis } = deal;
  const scale = (values, from, to) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return (value) => from + ((to - from) * (value - low)) / (high - low || 1);
  };
  const x = scale(dots.map((dot) => dot.joint), BOX.left, BOX.width - BOX.right);
  const y = scale([...dots.map((dot) => dot.least), 0], BOX.height - BOX.bottom, BOX.top);
  const ends = (key) => [Math.min(...dots.map((dot) => dot[key])), Math.max(...dots.map((dot) => dot[key]))];
  return [
    h("h2", null, t("case.picture")),
    h("p", { class: "lead" }, t("case.picture_about")),
    h(
      "svg",
      { viewBox: `0 0 ${BOX.width} ${BOX.height}`, class: "dealpicture", role: "img", "aria-label": t("case.counts", { ...analysis }) },
      h("line", { x1: BOX.left, x2: BOX.width - BOX.right, y1: y(0).toFixed(1), y2: y(0).toFixed(1), class: "zero" }),
      dots.map((dot, k) => h("circle", { key: k, cx: x(dot.joint).toFixed(1), cy: y(dot.least).toFixed(1), r: SINGLED.includes(dot.kind) ? 7 : 3, class: `dot ${dot.kind}` })),
      ends("joint").map((value, k) => h("text", { x: k ? BOX.width - BOX.right : BOX.left, y: BOX.height - 18, class: k ? "end" : "start" }, figure(value))),
      [...new Set([...ends("least"), 0])].map((value) => h("text", { x: BOX.left - 6, y: (y(value) + 4).toFixed(1), class: "end" }, gain(value))),
      h("text", { x: (BOX.left + BOX.width) / 2, y: BOX.height - 4, class: "middle" }, t("case.joint_axis")),
    ),
    h("ul", { class: "dotlegend" }, [...new Set(dots.map((dot) => dot.kind))].map((kind) => h("li", { key: kind }, h("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, h("circle", { cx: 8, cy: 8, r: SINGLED.includes(kind) ? 7 : 4, class: `dot ${kind}` })), t(`case.dot_${kind}`)))),
    h("p", null, t("case.counts", { ...analysis })),
    points(room),
  ];
}

/** The same in figures. */
function points(room) {
  const { analysis, deal, values } = ending(room).deal;
  const seats = room.seatCodes;
  const ours = deal.length ? [["ours", { deal, values: seats.map((seat) => values[seat]) }]] : [];
  const rows = [...["nash", "kalai_smorodinsky", "max_sum"].map((kind) => [kind, analysis[kind]]), ...ours].filter(([, point]) => point);
  return wide(
    t("case.points_of"),
    h(
      "table",
      { id: "points" },
      h("caption", null, t("case.points_of")),
      h("thead", null, h("tr", null, h("td"), h("th", { scope: "col" }, t("case.deal")), seats.map((seat) => h("th", { scope: "col", class: "num" }, letters(seat))), h("th", { scope: "col", class: "num" }, t("move.sum")))),
      h("tbody", null, rows.map(([kind, point]) => h("tr", { key: kind, class: kind === "ours" ? "mine" : null }, h("th", { scope: "row" }, t(`case.dot_${kind}`)), h("td", null, point.deal.join(" ")), point.values.map((value, i) => h("td", { class: `num ${value < ending(room).deal.sheets[seats[i]].threshold ? "bad" : ""}` }, figure(value))), h("td", { class: "num" }, figure(point.values.reduce((a, b) => a + b, 0)))))),
    ),
  );
}

/** What was played, or what was tabled and how it was voted on. */
export function rounds(room) {
  if (room.game.matrix) return [h("h2", null, t("case.rounds")), played(room)];
  const tabled = room.history.rounds.filter((round) => round.ballots.length);
  return tabled.length > 0 && [
    h("h2", null, t("case.rounds")),
    tabled.map((round) => [
      h("h3", null, t("ui.round_hidden", { round: round.round })),
      round.ballots.map((text) => h("p", { key: text.id }, h("strong", null, t("ui.text_n", { id: text.id })), " ", mark(text.author), ` ${text.package.deal.join(" ")} · ${t(`status.${text.status}`)} `, h("span", { class: "soft" }, Object.entries(text.votes).map(([seat, choice]) => [" ", letters(seat), ` ${{ yes: "＋", no: "−", abstain: "○" }[choice]}`])))),
    ]),
  ];
}

/** Every party's scores side by side. */
export function opened(room) {
  const { deal } = ending(room);
  if (!deal) return null;
  const seats = room.seatCodes;
  const chosen = new Set(deal.deal);
  return [
    h("h2", null, t("case.opened")),
    h("p", { class: "lead" }, t("case.opened_about")),
    wide(
      t("case.opened"),
      h(
        "table",
        { id: "sheets" },
        h("thead", null, h("tr", null, h("th", { scope: "col" }, t("case.option")), seats.map((seat) => h("th", { scope: "col", class: "num" }, mark(seat))))),
        h(
          "tbody",
          null,
          room.game.deal.issues.map((issue, i) => [
            h("tr", { key: issue.id }, h("th", { scope: "rowgroup", colspan: seats.length + 1, class: "issuehead" }, `${issue.id}. ${issue.title}`)),
            issue.options.map((option, k) => h("tr", { key: option.id, class: chosen.has(option.id) ? "mine" : null }, h("th", { scope: "row" }, `${option.id} ${option.title}`), seats.map((seat) => h("td", { class: "num" }, figure(deal.sheets[seat].scores[i][k]))))),
          ]),
          h("tr", { class: "sum" }, h("th", { scope: "row" }, t("case.threshold")), seats.map((seat) => h("td", { class: "num" }, figure(deal.sheets[seat].threshold)))),
        ),
      ),
    ),
  ];
}
