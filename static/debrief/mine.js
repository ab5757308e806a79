/** mine: one state's own page: what it gained and what moved it, its promises, its mandate, what others hid, what it could have had. */
import { h } from "../room/dom.js";
import { phrase, plain, signed, t } from "../room/words.js";
import { mark, marks } from "../room/marks.js";
import { duty } from "../room/promises.js";
import { sentence, treaty } from "../room/treaty.js";
import { causesOf, waterfall } from "../room/why.js";
import { lineChart } from "./charts.js";
import { breach } from "./promises.js";
import { naming } from "./bargains.js";
import { wide } from "./wide.js";

const WORTHWHILE = 0.1; // points; less is not worth a line
const MOST = 5;
const FOUND_OUT_BY_OTHERS = new Set(["found", "later", "never"]);

const scoreOf = ({ outcome, seat }) => outcome.scores.find((one) => one.seat === seat);

export function gain(room) {
  const { seat, seatCodes, outcome, history, moved } = room;
  const { G, R, TR, total } = scoreOf(room);
  const rank = 1 + outcome.scores.filter((one) => one.total > total).length;
  const i = seatCodes.indexOf(seat);
  const rounds = [t("debrief.start"), ...history.rounds.map((round) => String(round.round))];
  const shown = [history.start, ...history.rounds.map((round) => round.after)].map((world) => world.seats[i].W);
  const real = [shown[0], ...outcome.hidden.slice(0, history.rounds.length).map((round) => round.W_true[seat])];
  return [
    h("nav", { class: "views seats", "aria-label": t("ui.seat") }, seatCodes.map((one) => h("a", { key: one, href: `?view=mine&seat=${one}`, "aria-current": one === seat ? "page" : null }, mark(one)))),
    h("h2", null, phrase("debrief.mine_gain", { seat: mark(seat) })),
    h("p", { class: "verdict" }, t("debrief.mine_score", { gain: signed(G), relative: signed(R), trust: signed(TR), rank, count: seatCodes.length })),
    outcome.par[seat] !== undefined && h("p", { class: "lead" }, t("debrief.mine_par", { par: signed(outcome.par[seat]), against: signed(G - outcome.par[seat]) })),
    h("div", { class: "charts" }, lineChart({ title: t("debrief.chart_W"), rounds, digits: 1, lines: [{ seat, values: shown }, ...(real.some((value, k) => Math.abs(value - shown[k]) > 0.05) ? [{ name: t("debrief.arms_true"), values: real }] : [])] })),
    h("h3", null, t("debrief.mine_moved")),
    h("div", { class: "moves" }, moved.map((round) => h("div", { key: round.round }, h("h4", null, `${t("ui.round_hidden", { round: round.round })} (${signed(round.after - round.before, 2)})`), wide(`${t("debrief.mine_moved")} ${round.round}`, waterfall(round, causesOf(round)))))),
  ];
}

export function mandateOf({ outcome, seat }) {
  const mine = outcome.mandates[seat];
  if (!mine) return null;
  return [h("h2", null, t("debrief.mandate")), h("p", { class: "verdict" }, t(`mandate.${mine.code}`)), h("p", { class: mine.met ? "good" : "bad" }, mine.met ? `✓ ${t("debrief.met")}` : `− ${t("debrief.unmet")}`)];
}

export function word({ promises, review, seat }) {
  const by = promises.duties.filter((one) => one.duty.by === seat || one.duty.and?.includes(seat));
  const to = promises.duties.filter((one) => !by.includes(one) && one.duty.to === seat);
  const broken = review.keeping.breaches.filter((one) => one.seat === seat);
  const listed = (code, found) => [h("h3", null, t(code)), found.length ? h("ul", { class: "promises" }, found.map(duty)) : h("p", { class: "soft" }, t("debrief.mine_none"))];
  return [
    h("h2", null, t("debrief.mine_promises")),
    listed("debrief.mine_made", by),
    broken.length > 0 && h("ul", { class: "hiddenlist" }, broken.map(breach)),
    listed("debrief.mine_got", to),
  ];
}

/** What others hid, and under it what this state hid itself. */
export function unseen({ outcome, review, seat, seatCodes }) {
  const lines = (isMine) => outcome.hidden.flatMap((round) => seatCodes.filter((one) => (one === seat) === isMine && ((round.covert[one] ?? 0) > 0 || (round.hidden[one] ?? 0) > 0)).map((one) => h("li", null, phrase("debrief.hidden_line", { round: String(round.round), seat: mark(one), levels: String(round.covert[one] ?? 0), hidden: plain(round.hidden[one] ?? 0) }))));
  const list = (items) => (items.length ? h("ul", { class: "hiddenlist" }, items) : h("p", null, t("debrief.mine_none")));
  const cheats = review.keeping.breaches.filter((one) => one.seat !== seat && FOUND_OUT_BY_OTHERS.has(one.how)).map(breach);
  const mandates = Object.entries(outcome.mandates).filter(([one]) => one !== seat);
  return [
    h("h2", null, t("debrief.mine_unseen")),
    list([...cheats, ...lines(false)]),
    mandates.length > 0 && [h("h3", null, t("debrief.mandates")), h("div", { class: "mandates" }, mandates.map(([one, { code, met }]) => h("div", { key: one }, h("p", null, mark(one)), h("p", null, t(`mandate.${code}`)), h("p", { class: met ? "good" : "bad" }, met ? `✓ ${t("debrief.met")}` : `− ${t("debrief.unmet")}`))))],
    h("h3", null, t("debrief.mine_own_hidden")),
    list(lines(true)),
  ];
}

/** Texts that were worth something here and were not adopted, the best first; each in its best version. */
export function missed({ review, seat, seatCodes }) {
  const { bargains, untabled } = review.map;
  const adopted = new Set(bargains.filter((one) => one.status === "adopted").map((one) => one.text));
  const best = new Map();
  for (const one of bargains) {
    if (adopted.has(one.text) || one.worth[seat] < WORTHWHILE) continue;
    if (!best.has(one.text) || best.get(one.text).worth[seat] < one.worth[seat]) best.set(one.text, one);
  }
  const found = [...best.values()].sort((a, b) => b.worth[seat] - a.worth[seat]).slice(0, MOST);
  const sum = ({ worth }) => Object.values(worth).reduce((a, b) => a + b, 0);
  const isAbout = untabled && [untabled.duty.by, untabled.duty.to].includes(seat);
  return [
    h("h2", null, t("debrief.mine_missed")),
    h("p", { class: "lead" }, t("debrief.mine_missed_about")),
    !found.length && h("p", null, t("debrief.mine_missed_none")),
    h("ul", { class: "missed" }, found.map((one) => h(
      "li",
      { key: one.text },
      h("h3", null, t("debrief.mine_text", { name: naming(one, bargains), round: one.round, own: signed(one.worth[seat]), joint: signed(sum(one)) })),
      treaty(one.package, seatCodes),
      one.blockers.length > 0 && h("p", { class: "soft" }, phrase("debrief.bargains_blocked", { seats: h("span", null, marks(one.blockers)) })),
    ))),
    isAbout && h("p", { class: "lead" }, phrase("debrief.untabled", { duty: h("span", null, sentence(untabled.duty)), joint: signed(untabled.joint), own: signed(untabled.own) })),
  ];
}
