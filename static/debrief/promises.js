/** promises: who kept its word and who broke it, what was found out and what never; true arms beside what all believed. */
import { h } from "../room/dom.js";
import { phrase, plain, t } from "../room/words.js";
import { mark } from "../room/marks.js";
import { naming } from "../room/reveal.js";
import { sentence } from "../room/treaty.js";
import { lineChart } from "./charts.js";
import { wide } from "./wide.js";

const WAYS = ["open", "quit", "found", "later", "never"];
const HONEST = 0.05; // points of arms that nobody would notice

export function promises(room) {
  return [h("h2", null, t("debrief.promises")), ...words(room.review.keeping), h("h3", null, t("debrief.arms_shown")), ...arms(room)];
}

function words({ breaches, tallies }) {
  if (!tallies.some((one) => one.made || WAYS.some((way) => one[way]))) return [h("p", null, t("debrief.promises_none"))];
  const columns = [["debrief.made", "made"], ["debrief.kept_rounds", "kept"], ...WAYS.map((way) => [`debrief.how_${way}`, way])];
  return [
    h("p", { class: "lead" }, t("debrief.promises_about")),
    listed(
      t("debrief.promises"),
      h("tr", null, h("th", { scope: "col" }, t("ui.seat")), columns.map(([code]) => h("th", { scope: "col", class: "num" }, t(code)))),
      tallies.map((one) => h("tr", { key: one.seat }, h("th", { scope: "row" }, mark(one.seat)), columns.map(([, key]) => h("td", { class: `num ${WAYS.includes(key) && one[key] ? "bad" : ""}` }, one[key] || "·")))),
    ),
    breaches.length ? h("ul", { class: "hiddenlist", id: "breaches" }, breaches.map(breach)) : h("p", null, t("debrief.breach_none")),
  ];
}

export function breach({ round, seat, id, duty, how, found }) {
  const blanks = { round: String(round), seat: mark(seat), what: naming(id), found: String(found ?? "") };
  return h("li", null, phrase(`debrief.breach_${how}`, blanks), duty && h("span", { class: "soft" }, " ", sentence({ ...duty, if: undefined })));
}

function listed(name, head, rows) {
  return wide(name, h("table", null, h("thead", null, head), h("tbody", null, rows)));
}

/** Arms by round as others saw them, and what was there in truth. */
function arms({ seatCodes, history, outcome }) {
  const worlds = [history.start, ...history.rounds.map((round) => round.after)];
  const rounds = [t("debrief.start"), ...history.rounds.map((round) => String(round.round))];
  const books = seatCodes.map((seat, i) => {
    const believed = worlds.map((world) => world.seats[i].A + world.seats[i].D);
    return { seat, believed, real: believed.map((points, k) => points + (k ? (outcome.hidden[k - 1]?.hidden[seat] ?? 0) : 0)) };
  });
  const hid = books.filter((book) => book.real.some((points, k) => points - book.believed[k] > HONEST));
  if (!hid.length) return [h("p", null, t("debrief.arms_shown_same"))];
  return [
    h("p", { class: "lead" }, t("debrief.arms_shown_about")),
    h("div", { class: "charts" }, hid.map(({ seat, believed, real }) => lineChart({ title: t(`seat.${seat}`), rounds, digits: 1, lines: [{ name: t("debrief.arms_believed"), values: believed }, { name: t("debrief.arms_true"), values: real }] }))),
    listed(
      t("debrief.arms_shown"),
      h("tr", null, h("th", { scope: "col" }, t("ui.seat")), rounds.map((name) => h("th", { scope: "col", class: "num" }, name))),
      books.map(({ seat, believed, real }) => h("tr", { key: seat }, h("th", { scope: "row" }, mark(seat)), real.map((points, k) => h("td", { class: "num" }, plain(believed[k]), points - believed[k] > HONEST && h("strong", { class: "bad" }, ` → ${plain(points)}`))))),
    ),
  ];
}
