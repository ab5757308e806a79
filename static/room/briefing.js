/** briefing, firstBriefing: what a delegation wants and fears, its mandate, the rules of the room and the sources of its figures. */
import { h } from "./dom.js";
import { has, t } from "./words.js";
import { mark } from "./marks.js";
import { languageOf } from "./language.js";
import { later } from "./later.js";
import { mandate } from "./me.js";
import { roomRules } from "./ruling.js";

export function briefing(room) {
  if (!room.own) return h("p", { class: "soft" }, t("ui.briefing_wait"));
  const { text, picker } = inLanguage(room);
  return h(
    "div",
    { class: "briefing", id: "briefing" },
    h("h3", null, t("ui.briefing"), " · ", mark(room.viewer)),
    picker,
    room.room.is_short && h("p", { class: "soft" }, t("ui.briefing_short", { rounds: room.room.rounds })),
    text.trim().split(/\n\s*\n/).map((part) => h("p", null, part)),
    room.room.phase === "briefing" && mandate(room.own),
    room.hasRoles && roleSheet(room),
    h("details", { class: "rulebook" }, h("summary", null, t("ui.room_rules")), roomRules(room)),
    room.own.sources.length > 0 && h("details", { class: "rulebook" }, h("summary", null, t("ui.sources")), h("p", { class: "soft" }, t("ui.sources_about")), h("ul", { class: "soft" }, room.own.sources.map((source) => h("li", null, has(`source.${source}`) ? t(`source.${source}`) : source)))),
  );
}

/** The role sheet: laid out where a phase is given to reading, else fetched once somebody opens it. */
function roleSheet(room) {
  if (room.room.phase === "briefing") return later("role")?.role(room);
  return h("details", { class: "rulebook", id: "role-more", ontoggle: (event) => event.target.open && !room.ui.role && room.set({ role: true }) }, h("summary", null, t("ui.role_sheet")), room.ui.role && later("role")?.role(room));
}

/** The briefing in the language of this browser where the scenario has it, and a choice of the others. */
function inLanguage(room) {
  const { briefing: original, briefings } = room.own;
  const known = Object.keys(briefings);
  if (!known.length) return { text: original, picker: null };
  const chosen = languageOf(room, known);
  const picker = h("p", { class: "soft" }, h("label", { for: "briefing-language" }, t("ui.language")), " ", h("select", { id: "briefing-language", value: chosen, onchange: (event) => room.set({ language: event.target.value }) }, ["", ...known].map((name) => h("option", { value: name }, name ? t(`language.${name}`) : t("ui.language_original")))));
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
