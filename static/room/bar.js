/** bar: what whoever runs or made the room can do. */
import { h } from "./dom.js";
import { t } from "./words.js";
import { later } from "./later.js";

const MINUTE = 60;
/** So many who watch are no class: whoever made the room may want to shut its door. */
const CROWD = 40;

export function bar(room) {
  const { people, troubles, observers, shut } = room.people;
  const concerns = room.mayStart && (room.viewer === "facilitator" || troubles || shut || observers >= CROWD || people.some((one) => one.program));
  return [room.viewer === "facilitator" ? later("run")?.run(room) : host(room), concerns && later("programs")?.strangers(room)];
}

/** Who made a room without an account may stop its clock, or set one where a phase has none and somebody went away. */
function host(room) {
  const { phase, paused_at, deadline_at, seats, phase_no } = room.room;
  if (!room.mayStart || phase === "lobby" || phase === "over") return null;
  if (room.room.third.length === 0 && seats.every(({ seat, holder }) => holder !== "people" || seat === room.viewer)) return takeBack(room, phase_no);
  if (paused_at === null && deadline_at === null && !seats.find((chair) => chair.seat === room.viewer)?.ready) return null;
  const type = paused_at !== null ? "resume" : deadline_at !== null ? "pause" : "clock";
  const decision = type === "clock" ? { type: "extend", seconds: 2 * MINUTE } : { type };
  return h(
    "section",
    { class: "bar", "aria-labelledby": "bar-title" },
    h("h2", { id: "bar-title", class: "hidden-text" }, t("ui.bar")),
    h("button", { type: "button", id: `bar-${type}`, onclick: () => room.send("bar", decision) }, t(`ui.${type}`)),
    h("output", { class: "refusal" }, room.said.bar ?? ""),
  );
}

/** Who plays against bots alone may go back a phase, as often as wanted; with a clock also pause. */
function takeBack(room, phase_no) {
  const { paused_at, deadline_at } = room.room;
  if (phase_no < 2 && deadline_at === null && paused_at === null) return null;
  const button = (id, decision) => h("button", { type: "button", id: `bar-${id}`, class: "quiet", onclick: () => room.send("bar", decision) }, t(`ui.${id}`));
  return h(
    "section",
    { class: "bar", "aria-labelledby": "bar-title" },
    h("h2", { id: "bar-title", class: "hidden-text" }, t("ui.bar")),
    phase_no > 1 && button("take_back", { type: "rewind", phase_no: phase_no - 1 }),
    paused_at !== null ? button("resume", { type: "resume" }) : deadline_at !== null && button("pause", { type: "pause" }),
    h("output", { class: "refusal" }, room.said.bar ?? ""),
  );
}
