/** record: what was said and what happened, the newest at the bottom; older pages are asked for. */
import { h } from "./dom.js";
import { has, signed, t } from "./words.js";
import { letters, mark, marks } from "./marks.js";
import { treaty } from "./treaty.js";

export const SILENT = new Set(["readied", "drafted", "seated", "counselled", "hidden"]);

/** The entries of one talk: "plenary", or the others' codes joined by "+". */
export function entriesOf(room, thread) {
  return room.entries.filter(({ event }) => threadOf(room, event) === thread);
}

export function threadOf({ viewer, parties }, event) {
  if (event.type !== "said" || !event.to?.length || !event.seat || !parties.includes(viewer)) return "plenary";
  return parties.filter((seat) => seat !== viewer && (seat === event.seat || event.to.includes(seat))).join("+");
}

export function record(room, thread) {
  // A deal is voted on, and then nothing is opened.
  const isSilent = ({ type }) => SILENT.has(type) || (type === "resolved" && room.game?.deal);
  const shown = folded(entriesOf(room, thread).filter(({ event }) => !isSilent(event)));
  return [
    room.more && thread === "plenary" &&
      h("button", { type: "button", class: "quiet", id: "older", onclick: () => room.older() }, t("ui.older")),
    shown.length === 0 && h("p", { class: "soft empty" }, t(thread === "plenary" ? "ui.record_empty" : "ui.thread_empty")),
    h("ol", { class: "entries" }, shown.map((entry) => line(room, entry))),
  ];
}

/** All votes on a text as one entry, where the first of them stands; who voted twice is told by the last. */
function folded(entries) {
  const ballots = new Map();
  return entries.filter((entry) => {
    const { event } = entry;
    if (event.type !== "voted") return true;
    const known = ballots.get(event.text);
    const votes = known?.votes ?? new Map();
    votes.set(event.seat, event.choice);
    if (known) return false;
    ballots.set(event.text, Object.assign(entry, { votes }));
    return true;
  });
}

function ballot(n, { text }, votes, seatCodes) {
  const by = (choice) => seatCodes.filter((seat) => votes.get(seat) === choice);
  const groups = [["yes", "＋"], ["no", "−"], ["abstain", "○"]].filter(([choice]) => by(choice).length);
  return h(
    "li",
    { key: n, class: "fact" },
    t("ui.votes_on", { id: text }),
    groups.map(([choice, sign]) => h("span", { class: "ballot" }, `${sign} ${t(`choice.${choice}`)} `, marks(by(choice), letters, " "))),
  );
}

export function line(room, { n, event, votes }) {
  if (votes) return ballot(n, event, votes, room.seatCodes);
  if (event.type === "said") return said(room, n, event);
  if (event.type === "phase") {
    return h("li", { key: n, class: "turn" }, t(`event.phase`, { phase: event.phase }), event.round > 0 && ` · ${t("ui.round_hidden", { round: event.round })}`);
  }
  if (event.type === "injected") {
    return h("li", { key: n, class: "news" }, h("strong", null, t(event.capital ? "event.injected_capital" : "event.injected")), event.to?.length > 0 && [" · ", marks(event.to)], h("p", null, event.text));
  }
  if (event.type === "published") {
    return h("li", { key: n, class: "news bulletin" }, h("p", { class: "speaker" }, mark(event.seat), ` ${t("ui.publishes")}`, opener(room, n, event)), h("p", { class: "speech" }, spoken(event)), aside(room, n, event));
  }
  if (event.type === "proposed") {
    return h(
      "li",
      { key: n, class: "tabled" },
      h("p", null, happened(room, event)),
      treaty(event.package, room.seatCodes),
      h("a", { href: `#text-${event.text}`, onclick: () => room.show("now") }, t("ui.text_n", { id: event.text })),
    );
  }
  const own = event.type === "reserved" ? event : event.type === "agenda" && { ...event, seat: "CH" };
  return h("li", { key: n, class: "fact" }, happened(room, event), own && opener(room, n, own), own && aside(room, n, own));
}

function said(room, n, event) {
  const person = room.people.people.find((one) => one.id === event.by);
  const isPrivate = event.to?.length > 0 && !room.parties.includes(room.viewer);
  if (isBlocked(room, event)) {
    return h("li", { key: n, class: "said soft" }, t("ui.blocked_said", { seat: event.seat }), " ", h("button", { type: "button", class: "quiet small", onclick: () => block(room, event.seat, false) }, t("ui.unblock")));
  }
  return h(
    "li",
    { key: n, class: event.seat === room.viewer ? "said own" : "said" },
    h(
      "p",
      { class: "speaker" },
      event.seat ? mark(event.seat) : h("strong", null, t("ui.facilitator")),
      person && h("span", { class: "soft" }, ` ${person.name}`, person.program && ` (${t("ui.program")})`),
      isPrivate && [" → ", marks(event.to)],
      event.about && h("span", { class: "soft" }, ` · ${t("ui.text_n", { id: event.about })}`),
      opener(room, n, event),
    ),
    h("p", { class: event.text || event.sentence ? "speech" : "speech soft" }, spoken(event)),
    aside(room, n, event),
  );
}

/** The words, those of the rulebook in the reader's language; what was hidden or erased says so. */
function spoken({ text, sentence, about, whom }) {
  if (sentence?.startsWith("bot_")) return t(`bot.${sentence.slice(4)}`, { id: about, seat: whom });
  if (sentence) return t(`sentence.${sentence}`, { about, whom });
  return text || t("ui.words_gone");
}

/** Opens what I can do about others' words. */
function opener(room, n, { type, seat, text }) {
  if (!room.post || !seat || seat === room.viewer || room.viewer === "facilitator" || !text) return null;
  if (type !== "said" && !room.door) return null;
  const isOpen = room.ui.aside === n;
  return h("button", { type: "button", class: "quiet small aside-opener", "aria-expanded": String(isOpen), onclick: () => room.set({ aside: isOpen ? null : n }) }, "…", h("span", { class: "hidden-text" }, t("ui.aside")));
}

/** Bringing others' words before the facilitator, or seeing no more of that seat's. */
function aside(room, n, { type, seat }) {
  const told = room.ui.reported?.[n];
  const send = async (submitted) => {
    submitted.preventDefault();
    const heard = await room.post("report", { n, reason: submitted.target.elements.reason.value });
    room.set({ reported: { ...room.ui.reported, [n]: heard ? "ui.reported" : "ui.report_unheard" }, aside: null });
  };
  return [
    told && h("p", { class: "soft", role: "status" }, t(told)),
    room.ui.aside === n && h("form", { class: "aside-form", onsubmit: send },
      room.door && h("label", null, t("ui.report_why"), h("input", { name: "reason", maxlength: 200, autocomplete: "off" })),
      room.door && h("button", { type: "submit" }, t("ui.report")),
      type === "said" && h("button", { type: "button", class: "quiet", onclick: () => block(room, seat, true) }, t("ui.block", { seat }))),
  ];
}

const blocked = (room) => JSON.parse(room.kept("blocked") ?? "[]");
const isBlocked = (room, { seat }) => Boolean(seat) && blocked(room).includes(seat);

function block(room, seat, isOn) {
  const others = blocked(room).filter((one) => one !== seat);
  room.set({ aside: null });
  room.keep("blocked", JSON.stringify(isOn ? [...others, seat] : others));
}

export function reason({ code, params }) {
  return has(`fall.${code}`) ? t(`fall.${code}`, params) : "";
}

/** Whether the game was ended before its last round was played. */
const isCut = ({ history, room }) => history.rounds.length < room.rounds;

/** One event as one sentence. */
export function happened(room, event) {
  const seat = event.seat ?? event.package?.sponsor;
  const params = { ...event, id: event.text, seat };
  if (event.type === "proposed" && event.amends) return t("event.proposed_counter", { ...params, other: event.amends });
  if (event.type === "proposed" && event.version > 1) return t("event.proposed_again", params);
  if (event.type === "ordered" && room.viewer !== seat) return t("event.ordered_by", params);
  if (event.type === "voted") return t("event.voted", { ...params, choice: t(`choice.${event.choice}`) });
  if (event.type === "failed") return t("event.failed", { ...params, reason: reason(event) });
  if (event.type === "window") return t("event.window", { window: t(`window_short.${event.window}`) });
  if (event.type === "agenda" && !event.text) return t("event.agenda_gone");
  if (event.type === "offered" && !event.package) return t("event.offered_back");
  if (event.type === "reserved") return t(event.text ? "event.reserved" : "event.unreserved", { seat, part: event.part || "§", words: event.text });
  if (event.type === "paused" && event.reason === "downtime") return t("event.paused_downtime");
  if (event.type === "ended" && isCut(room)) return t("event.ended_early", { round: room.room.round, rounds: room.room.rounds });
  if (event.type === "extended") return t("event.extended", { seconds: signed(event.seconds, 0) });
  if (event.type === "resolved") return t("event.resolved", { round: event.round ?? room.world.round });
  return t(`event.${event.type}`, params);
}
