/** spiral: arms and the threat they were felt as, round by round, with the deeds that cost the others most. */
import { h } from "../room/dom.js";
import { list, phrase, signed, t } from "../room/words.js";
import { mark } from "../room/marks.js";
import { naming } from "../room/reveal.js";
import { lineChart } from "./charts.js";

const SMALLEST = 0.01; // points of worth; less is not worth a line

export function spiral(room) {
  const { history, seatCodes } = room;
  const worlds = [history.start, ...history.rounds.map((round) => round.after)];
  const rounds = [t("debrief.start"), ...history.rounds.map((round) => String(round.round))];
  const by = (value) => seatCodes.map((seat, i) => ({ seat, values: worlds.map((world) => value(world, i)) }));
  return [
    h("h2", null, t("debrief.spiral")),
    h("p", { class: "lead" }, t("debrief.spiral_about")),
    h(
      "div",
      { class: "charts" },
      lineChart({ title: t("debrief.chart_A"), rounds, lines: by((world, i) => world.seats[i].A + world.seats[i].D), notes: notes(history) }),
      lineChart({ title: t("debrief.chart_threat"), rounds, lines: by((world, i) => world.threat[i].reduce((a, b) => a + b, 0)) }),
    ),
    h("ol", { class: "turns", id: "turns" }, history.rounds.map(({ round }) => told(round, room.review.turns.filter((turn) => turn.round === round)))),
  ];
}

function told(round, turns) {
  return h(
    "li",
    { key: round },
    h("h3", null, t("ui.round_hidden", { round })),
    turns.length ? h("ul", { class: "deeds" }, turns.map((turn) => h("li", { class: "bad" }, deed(turn)))) : h("p", { class: "soft" }, t("debrief.spiral_none", { round })),
  );
}

function deed({ code, params, losses }) {
  const blanks = { ...params };
  if (params.seat) blanks.seat = mark(params.seat);
  if (params.measure) Object.assign(blanks, { measure: t(`measure.${params.measure}`), did: t(`measure_did.${params.measure}`) });
  if (params.institution) blanks.institution = t(`institution.${params.institution}`);
  if (params.flashpoint) blanks.flashpoint = t(`flashpoint.${params.flashpoint}`);
  if (params.id) blanks.id = naming(params.id);
  const hurt = Object.entries(losses).filter(([, points]) => points <= -SMALLEST).sort(([, a], [, b]) => a - b);
  return phrase("debrief.spiral_deed", {
    deed: h("span", null, phrase(`turn.${code}`, blanks)),
    losses: h("span", { class: "soft" }, list(hurt.map(([seat, points]) => `${t(`seat.${seat}`)} ${signed(points, 2)}`))),
  });
}

/** Who was caught and which crisis broke out, by the index of the round. */
function notes({ rounds }) {
  const found = {};
  rounds.forEach((round, k) => {
    const said = [
      ...round.detected.map(([seat, id]) => (id === "stock" ? t("ui.caught_stock", { seat }) : t("ui.caught", { seat, what: naming(id) }))),
      ...round.crises.map(([place, severity]) => t(`crisis.${severity}`, { flashpoint: place })),
    ];
    if (said.length) found[k + 1] = said.join(" ");
  });
  return found;
}
