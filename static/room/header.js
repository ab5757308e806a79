/** header: where the game stands, the clock, who I am. */
import { h } from "./dom.js";
import { lasting } from "./time.js";
import { t } from "./words.js";
import { mark } from "./marks.js";
import { languageOf } from "./language.js";

export function header(room) {
  const { phase, round, rounds } = room.room;
  const rolling = ["talk", "vote", "orders", "reveal"].includes(phase);
  return [
    h("h1", null, h("span", { class: "seal", "aria-hidden": "true" }), titleOf(room)),
    rolling && h("p", { class: "round" }, t(rounds ? "ui.round_of" : "ui.round_hidden", { round, rounds })),
    h("p", { class: "phase" }, t(`phase.${phase}`)),
    h("p", { class: "clock", id: "clock", role: "timer" }, clock(room)),
    h("p", { class: "whoami" }, whoami(room)),
  ];
}

/** The name of the scenario in the reader's language. */
export function titleOf(room) {
  const { title, titles } = room.room;
  return titles[languageOf(room, Object.keys(titles))] ?? title;
}

function whoami({ viewer }) {
  if (viewer === "observer" || viewer === "facilitator") return t(`ui.${viewer}`);
  return [t("ui.you_are"), " ", mark(viewer)];
}

/** What the clock says now; redrawn each second without touching anything else. */
export function clock({ room, serverNow }) {
  if (room.paused_at !== null) return t("ui.paused");
  if (room.deadline_at === null) return room.phase === "lobby" || room.phase === "over" ? "" : t(isFirst(room) ? "ui.no_clock_first" : "ui.no_clock");
  const left = Math.max(0, Math.ceil(room.deadline_at - serverNow()));
  const total = Math.max(1, room.deadline_at - room.began_at);
  if (left >= BY_DATE) return t("ui.until_date", { date: dated(room.deadline_at) });
  return [
    h("span", { class: left <= 15 ? "time urgent" : "time" }, lasting(left)),
    h(
      "svg",
      { viewBox: "0 0 60 6", class: "timebar", "aria-hidden": "true" },
      h("rect", { x: 0, y: 2, width: 60, height: 2, class: "rest" }),
      h("rect", { x: 0, y: 1, width: (60 * Math.min(1, left / total)).toFixed(1), height: 4, class: "left" }),
    ),
  ];
}

/** A deadline that is hours away is a date, in the reader's own zone. */
const BY_DATE = 3 * 3600;

function dated(instant) {
  const form = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZoneName: "short" };
  return new Intl.DateTimeFormat(document.documentElement.lang || undefined, form).format(new Date(instant * 1000));
}

/** In round 1 of some rooms talk and orders run without a clock. */
const isFirst = (room) => room.first_untimed && room.round === 1;
