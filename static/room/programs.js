/** programs, strangers, troubles, door: programs of strangers at a seat, each by a token that is shown once; and who hinders the others. */
import { h } from "./dom.js";
import { t } from "./words.js";
import { mark } from "./marks.js";

/** Seconds for which it is said that somebody hindered the others. */
const RECENT = 300;

/** For who runs the room: letting a program in, and ending its token. */
export function programs(room) {
  const { people } = room.people;
  const inside = people.filter((person) => person.program);
  const free = room.parties.filter((seat) => !people.some((person) => person.seat === seat));
  return h(
    "details",
    { class: "programs", id: "programs", "data-count": String(inside.length) },
    h("summary", null, t("ui.programs")),
    h("p", { class: "soft" }, t("ui.programs_about")),
    inside.length > 0 && h("ul", { class: "seating" }, inside.map((person) => row(room, person))),
    free.length > 0 && form(room, free),
    room.ui.token && shown(room),
    h("output", { class: "refusal", id: "program-said" }, room.ui.programSaid ?? ""),
  );
}

/** The same with who hinders the others, beside the talks. */
export function strangers(room) {
  if (["lobby", "over"].includes(room.room.phase)) return null;
  return h("section", { class: "bar strangers", "aria-label": t("ui.programs") }, troubles(room), programs(room), door(room));
}

/** For who runs the room: nobody new comes in while the door is shut. A conference has a door of its own. */
export function door(room) {
  const { shut } = room.people;
  if (room.door) return null;
  return h("button", { type: "button", class: "quiet", id: "door", "aria-pressed": String(Boolean(shut)), onclick: () => room.post("door", shut ? { open: "1" } : {}) }, t(shut ? "console.reopen" : "console.shut"));
}

/** Who sent too fast, or what was not theirs, of late; only who runs the room is told. */
export function troubles(room) {
  const recent = (room.people.troubles ?? []).filter(({ at }) => room.serverNow() - at < RECENT);
  if (recent.length === 0) return null;
  const name = (id) => room.people.people.find((person) => person.id === id)?.name ?? String(id);
  return h("ul", { class: "troubles", id: "troubles" }, recent.map(({ id, what }) => h("li", { key: id, class: "warn" }, "▲ ", h("strong", null, name(id)), `: ${t(`trouble.${what}`)}`)));
}

function row(room, { id, name, seat, here }) {
  return h(
    "li",
    { key: id },
    mark(seat),
    h("span", null, `${name}, `, h("span", { class: here ? "good" : "warn" }, t(here ? "ui.program_here" : "ui.program_away"))),
    h("button", { type: "button", class: "quiet", id: `program-end-${id}`, onclick: () => ask(room, { end: id }) }, t("ui.program_end"), h("span", { class: "hidden-text" }, ` ${name}`)),
  );
}

/** What was refused is told at its field; the sentence stands below the form. */
const told = (room, field) => room.ui.programField === field && { "aria-invalid": "true", "aria-describedby": "program-said" };

function form(room, free) {
  const submit = async (event) => {
    event.preventDefault();
    const { elements } = event.target;
    const seat = elements.seat.value;
    const answer = await ask(room, { seat, name: elements.name.value });
    if (answer?.ok) elements.name.value = "";
    room.set({ token: answer?.ok ? { seat, token: answer.token } : null });
  };
  return h(
    "form",
    { class: "program-form", id: "program-form", onsubmit: submit },
    h("label", null, t("ui.seat"), h("select", { name: "seat", id: "program-seat", ...told(room, "seat") }, free.map((seat) => h("option", { value: seat }, t(`seat.${seat}`))))),
    h("label", null, t("ui.program_name"), h("input", { name: "name", id: "program-name", maxlength: 40, required: true, autocomplete: "off", ...told(room, "name") })),
    h("button", { type: "submit", id: "program-make" }, t("ui.program_make")),
  );
}

function shown(room) {
  const { seat, token } = room.ui.token;
  return h(
    "div",
    { class: "token", role: "status" },
    h("p", null, t("ui.program_token", { seat })),
    h("p", null, h("code", { id: "program-token" }, token)),
    h("p", { class: "soft" }, t("ui.program_try"), " ", h("code", null, `TALKS_TOKEN=… python examples/bot.py ${location.origin}/ ${room.code}`)),
    h("button", { type: "button", class: "quiet", id: "program-kept", onclick: () => room.set({ token: null }) }, t("ui.program_kept")),
  );
}

/** Asks the server for a token, or for the end of one; says why not, if not. */
async function ask(room, fields) {
  const answer = await room.tell("program", fields);
  room.set({ programField: answer?.field ?? null, programSaid: answer?.ok ? "" : (answer?.error ?? t("ui.report_unheard")) });
  return answer;
}
