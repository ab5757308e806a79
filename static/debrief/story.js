/** charts, trust, timeline, hidden: how it went, round by round. */
import { h } from "../room/dom.js";
import { phrase, plain, signed, t, tone } from "../room/words.js";
import { letters, mark, marks } from "../room/marks.js";
import { network } from "../room/network.js";
import { deeds } from "../room/reveal.js";
import { act, treaty } from "../room/treaty.js";
import { lineChart } from "./charts.js";
import { chartFiles } from "./files.js";
import { wide } from "./wide.js";

const worlds = ({ history }) => [history.start, ...history.rounds.map((round) => round.after)];
const roundNames = ({ history }) => [t("debrief.start"), ...history.rounds.map((round) => String(round.round))];

export function charts(room) {
  const { seatCodes, outcome } = room;
  const by = (value) => seatCodes.map((seat, i) => ({ seat, values: worlds(room).map((world) => value(world.seats[i])) }));
  const rounds = roundNames(room);
  const places = Object.keys(room.world.tension);
  const tension = places.map((place) => ({ name: t(`flashpoint.${place}`), values: worlds(room).map((world) => world.tension[place]) }));
  const played = outcome.hidden.slice(0, room.history.rounds.length);
  const real = seatCodes.map((seat) => ({ seat, values: [room.history.start.seats.find((one) => one.seat === seat).W, ...played.map((round) => round.W_true[seat])] }));
  const camps = worlds(room).map((world) => world.camps);
  return [
    h("h2", null, t("debrief.charts")),
    h(
      "div",
      { class: "charts" },
      lineChart({ title: t("debrief.chart_S"), rounds, lines: by((one) => one.S) }),
      lineChart({ title: t("debrief.chart_tension"), rounds, lines: tension }),
      camps.every((one) => one !== null) && lineChart({ title: t("debrief.chart_camps"), rounds, lines: [{ name: t("ui.camps"), values: camps.map((one) => one * 100) }] }),
      played.length > 0 && lineChart({ title: t("debrief.chart_true"), rounds: rounds.slice(0, played.length + 1), lines: real }),
    ),
  ];
}

export function trust(room) {
  const { seatCodes } = room;
  const [first, last] = [worlds(room)[0], worlds(room).at(-1)];
  return [
    h("h2", null, t("debrief.trust_title")),
    h("div", { class: "network" }, worlds(room).map((world, k) => ({ world, caption: `${k ? t("ui.round_hidden", { round: k }) : t("debrief.start")}: ${t(`culture_short.${world.culture}`)} (${Math.round(world.C)})` })).map(({ world, caption }, k) => h("div", { key: k }, network({ seatCodes, world, caption }), chartFiles(caption)))),
    h("p", { class: "lead" }, t("debrief.trust_about")),
    wide(t("debrief.trust_title"),
      h(
        "table",
        { class: "matrix" },
        h("thead", null, h("tr", null, h("td"), seatCodes.map((seat) => h("th", { scope: "col", class: "num" }, letters(seat))))),
        h("tbody", null, seatCodes.map((seat, i) => h("tr", null, h("th", { scope: "row" }, mark(seat)), seatCodes.map((_, j) => h("td", { class: "num" }, i === j ? "·" : change(first.trust[i][j], last.trust[i][j])))))),
      ),
    ),
  ];
}

function change(from, to) {
  const difference = Math.round(to * 100) - Math.round(from * 100);
  return [h("small", null, `${Math.round(from * 100)} → `), h("strong", null, Math.round(to * 100)), " ", h("span", { class: tone(difference, 0) }, `(${signed(difference, 0)})`)];
}

export function timeline(room) {
  return [
    h("h2", null, t("debrief.timeline")),
    room.history.rounds.map((round) => [
      h("h3", null, t("ui.round_hidden", { round: round.round })),
      round.adopted.map((pack) => treaty(pack, room.seatCodes)),
      deeds(room, round),
    ]),
  ];
}

export function hidden(room) {
  const { outcome, seatCodes } = room;
  const lines = outcome.hidden.flatMap((round) =>
    seatCodes.filter((seat) => (round.covert[seat] ?? 0) > 0 || (round.hidden[seat] ?? 0) > 0).map((seat) =>
      h("li", null, phrase("debrief.hidden_line", { round: String(round.round), seat: mark(seat), levels: String(round.covert[seat] ?? 0), hidden: plain(round.hidden[seat] ?? 0) })),
    ),
  );
  return [
    h("h2", null, t("debrief.hidden")),
    lines.length ? h("ul", { class: "hiddenlist" }, lines) : h("p", null, t("debrief.hidden_none")),
    h("details", null, h("summary", null, t("debrief.hidden_orders")), outcome.hidden.filter((round) => Object.keys(round.orders).length).map((round) => ordersOf(round))),
    outcome.seed && h("p", { class: "soft" }, t("debrief.seed", { seed: outcome.seed })),
  ];
}

function ordersOf(round) {
  return [
    h("h3", null, t("ui.round_hidden", { round: round.round })),
    h(
      "ul",
      null,
      Object.entries(round.orders).map(([seat, order]) =>
        h(
          "li",
          null,
          mark(seat),
          `: ${order.posture === undefined || order.posture === null ? "" : `“${t(`posture.${order.posture}`)}”`} `,
          (order.measures ?? []).map((one, k) => [k ? ", " : "", ...act(one.measure, one.target, one.target && marks([one.target]))]),
        ),
      ),
    ),
  ];
}
