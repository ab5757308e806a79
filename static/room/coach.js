/** coach: one hint at a time over a round at a real table. A step is done when the game says so; any can be skipped. */
import { h } from "./dom.js";
import { t } from "./words.js";

const PHASES = ["lobby", "briefing", "talk", "vote", "orders", "reveal", "over"];
const past = ({ room }, phase) => room.round > 1 || PHASES.indexOf(room.phase) > PHASES.indexOf(phase);
const mine = ({ texts, viewer }) => texts.texts.some((text) => text.author === viewer);
const unsigned = ({ texts, viewer }) => texts.texts.some((text) => text.status === "open" && text.voters.includes(viewer) && !(viewer in text.votes));

/** What each step waits for; `panel` is where it is done. One without `done` goes on by its button. */
const STEPS = [
  { id: "read", panel: "now" },
  { id: "table", panel: "now", done: (room) => mine(room) || past(room, "talk") },
  { id: "vote", panel: "now", done: (room) => past(room, "talk") },
  { id: "sign", panel: "now", done: (room) => past(room, "vote") || (room.room.phase === "vote" && !unsigned(room)) },
  { id: "order", panel: "now", done: (room) => past(room, "orders") },
  { id: "why", panel: "me", done: (room) => Boolean(room.ui.why?.answer) || room.room.round > 1 },
  { id: "done", panel: "now" },
];

export function coach(room) {
  if (room.kept("coach") === "left" || room.viewer === "observer") return null;
  let at = Number(room.kept("coach") ?? 0);
  while (STEPS[at].done?.(room)) at += 1;
  if (at !== Number(room.kept("coach") ?? 0)) room.keep("coach", String(at), false);
  const { id } = STEPS[at];
  if (id === "done") tell(room);
  const step = (to) => room.keep("coach", to);
  return h(
    "section",
    { class: "coach", "aria-labelledby": "coach-title" },
    h("h2", { id: "coach-title" }, t("coach.title"), " ", h("span", { class: "soft" }, t("coach.step", { n: at + 1, all: STEPS.length }))),
    h("p", { id: "coach", role: "status" }, t(`coach.${id}`)),
    id === "read" && h("p", { class: "soft" }, t("coach.back_hint", { take_back: t("ui.take_back") })),
    h(
      "p",
      { class: "buttons" },
      id === "done" ? ways(room, step) : h("button", { type: "button", id: "coach-next", class: id === "read" ? "primary" : "quiet", onclick: () => step(String(at + 1)) }, t(id === "read" ? "coach.next" : "coach.skip")),
      id !== "done" && h("button", { type: "button", id: "coach-leave", class: "quiet", onclick: () => step("left") }, t("coach.leave")),
    ),
  );
}

function ways(room, step) {
  const next = room.kept("coach-next");
  return [
    next && h("a", { class: "button primary", id: "coach-away", href: next }, t("coach.away")),
    h("a", { class: next ? "button" : "button primary", id: "coach-check", href: `/learn/check/${next ? `?next=${encodeURIComponent(next)}` : ""}` }, t("coach.check")),
    h("button", { type: "button", id: "coach-on", onclick: () => step("left") }, t("coach.on")),
  ];
}

/** Says to the server, which looks for itself, that a round was played. */
function tell(room) {
  if (room.kept("coach-told")) return;
  room.keep("coach-told", "yes", false);
  room.post("lesson", {}).then((heard) => heard || room.keep("coach-told", null, false));
}

/** Begins the lesson where the address asks for it, and keeps it over a reload. Returns the region, or nothing. */
export function coaching(room) {
  const asked = new URLSearchParams(location.search);
  if (asked.has("lesson") && room.kept("coach") === null) {
    room.keep("coach", "0", false);
    // A link to this page may come from anywhere; what it leads on to is a page of this site or none.
    const next = asked.get("next") ?? "";
    room.keep("coach-next", /^\/(?![/\\])/.test(next) ? next : null, false);
  }
  return room.kept("coach") === null ? {} : { coach };
}
