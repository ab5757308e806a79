/** lobby, briefing, over: what stands in the workspace before and after the talks. */
import { h } from "./dom.js";
import { has, t } from "./words.js";
import { mark } from "./marks.js";
import { mandate } from "./me.js";
import { roomRules } from "./ruling.js";

const HOLDERS = ["people", "bot:bargainer", "bot:holdout", "bot:tester", "bot:tft", "bot:hedger", "bot:inst", "bot:grit", "bot:hawk", "bot:cheat", "bot:random", "caretaker", "vacant"];

export function lobby(room) {
  const { code } = room;
  const address = `${location.host}/r/${code}/`;
  return [
    h(
      "div",
      { class: "joincode" },
      h("img", { src: `/r/${code}/qr.svg`, alt: t("ui.join_qr"), width: 132, height: 132 }),
      h("div", null, h("p", { class: "soft" }, t("ui.join_code")), h("p", { class: "code", id: "code" }, code), h("p", { class: "soft" }, t("ui.join_at", { address })), h("p", { class: "soft" }, t("ui.copy_hint"))),
    ),
    h("h3", null, t("ui.seats_title")),
    h("ul", { class: "seating" }, room.room.seats.map((chair) => h("li", { key: chair.seat, "data-seat": chair.seat }, mark(chair.seat), h("span", null, holder(room, chair)), appoint(room, chair)))),
    room.room.third.length > 0 && h("ul", { class: "seating" }, room.room.third.map((seat) => h("li", { key: seat }, mark(seat), h("span", null, room.people.people.filter((person) => person.seat === seat).map((person) => person.name).join(", ") || t("ui.free_third"))))),
    room.mayStart && h("button", { type: "button", class: "primary", id: "start", onclick: () => room.start() }, t("ui.start")),
    h("output", { class: "refusal" }, room.said.lobby ?? ""),
    room.own?.briefing && briefing(room),
  ];
}

function holder(room, chair) {
  const names = room.people.people.filter((person) => person.seat === chair.seat).map((person) => person.name);
  if (names.length) return names.join(", ");
  return chair.holder === "vacant" ? t("ui.free_bot") : t(`holder.${chair.holder}`);
}

/** For the facilitator: who holds a chair. */
export function appoint(room, chair) {
  if (room.viewer !== "facilitator") return null;
  const known = room.game ? ["people", ...room.game.bots.map((bot) => `bot:${bot}`), "caretaker", "vacant"] : HOLDERS;
  const holders = known.includes(chair.holder) ? known : [...known, chair.holder];
  return h(
    "select",
    {
      "aria-label": t("ui.appoint", { seat: chair.seat }), id: `appoint-${chair.seat}`, value: chair.holder,
      onchange: (event) => room.send("lobby", { type: "appoint", seat: chair.seat, holder: event.target.value }),
    },
    holders.map((one) => h("option", { value: one }, t(`holder.${one}`))),
  );
}

export function briefing(room) {
  if (!room.own) return h("p", { class: "soft" }, t("ui.briefing_wait"));
  const { text, picker } = inLanguage(room);
  return h(
    "div",
    { class: "briefing", id: "briefing" },
    h("h3", null, t("ui.briefing"), " · ", mark(room.viewer)),
    picker,
    text.trim().split(/\n\s*\n/).map((part) => h("p", null, part)),
    room.room.phase === "briefing" && mandate(room.own),
    h("details", { class: "rulebook" }, h("summary", null, t("ui.room_rules")), roomRules(room)),
    room.own.sources.length > 0 && h("details", { class: "rulebook" }, h("summary", null, t("ui.sources")), h("p", { class: "soft" }, t("ui.sources_about")), h("ul", { class: "soft" }, room.own.sources.map((source) => h("li", null, has(`source.${source}`) ? t(`source.${source}`) : source)))),
  );
}

/** The one of these languages that the reader chose, that the page is in, or that the browser asks for first; "" is as it was written. */
export function languageOf(room, known) {
  if (room.ui?.language !== undefined) return known.includes(room.ui.language) ? room.ui.language : "";
  for (const asked of [document.documentElement.lang, ...navigator.languages].map((one) => one.toLowerCase())) {
    if (asked.startsWith("en") && !known.includes("en")) return "";
    const found = known.find((name) => asked === name) ?? known.find((name) => asked.split("-")[0] === name.split("-")[0]);
    if (found) return found;
  }
  return "";
}

/** The briefing in the language of this browser where the scenario has it, and a choice of the others. */
function inLanguage(room) {
  const { briefing: original, briefings } = room.own;
  const known = Object.keys(briefings);
  if (!known.length) return { text: original, picker: null };
  const chosen = languageOf(room, known);
  const picker = h("p", null, h("select", { id: "briefing-language", "aria-label": t("ui.language"), value: chosen, onchange: (event) => room.set({ language: event.target.value }) }, ["", ...known].map((name) => h("option", { value: name }, name ? t(`language.${name}`) : t("ui.language_original")))));
  return { text: briefings[chosen] ?? original, picker };
}

/** The briefing in the first round: open until I close it or act; folded where a phase was given to reading it. */
export function firstBriefing(room) {
  const { own, viewer, entries } = room;
  if (!own || room.room.round > 1) return null;
  const acted = entries.some(({ event }) => ["proposed", "sponsored", "voted"].includes(event.type) && (event.seat ?? event.package?.sponsor) === viewer);
  const read = entries.some(({ event }) => event.type === "phase" && event.phase === "briefing");
  const isOpen = room.room.phase === "talk" && !acted && !read && room.kept("briefed") === null;
  return h(
    "details",
    { class: "first", id: "first-briefing", open: isOpen, ontoggle: (event) => !event.target.open && room.keep("briefed", "yes", false) },
    h("summary", null, t("ui.briefing")),
    own.mandate && h("p", { class: "soft" }, h("strong", null, `${t("ui.mandate")}: `), t(`mandate.${own.mandate.code}`)),
    briefing(room),
  );
}

export function over(room) {
  return h(
    "div",
    { class: "over" },
    h("h3", null, t("ui.over_title")),
    h("p", null, t("ui.over_about")),
    h("p", { class: "buttons" }, h("a", { class: "button primary", id: "debrief", href: `/r/${room.code}/debrief/` }, t("ui.debrief_open")), room.door ? h("a", { class: "button", id: "after", href: `${room.door}after/` }, t("ui.after_door")) : h("a", { href: "/" }, t("ui.play_again"))),
  );
}
