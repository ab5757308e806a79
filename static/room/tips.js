/** offer, again: one short tip at the moment it is needed, for who has not played before; it stands below the sheets and covers nothing.
 *
 * This browser remembers what was read. After a whole game there are no more tips, unless somebody asks for them again.
 */
import { h } from "./dom.js";
import { t } from "./words.js";

const KEY = "tips";
/** Of trust, 0 to 1: what is less than two points of a hundred nobody would ask about. */
const FALL = 0.02;
/** A posture above all others: who has promised no limit. */
const NO_CAP = 2;
const mine = ({ texts, viewer }) => texts.texts.filter((text) => text.author === viewer);
const open = ({ texts }) => texts.texts.filter((text) => text.status === "open");

/** Who trusts me less than a round ago. */
function doubters({ viewer, seatCodes, history }) {
  const [before, after] = [history.rounds.at(-2)?.after ?? history.start, history.rounds.at(-1)?.after];
  const me = seatCodes.indexOf(viewer);
  return after ? seatCodes.filter((_, i) => i !== me && before.trust[i][me] - after.trust[i][me] > FALL) : [];
}

/** Each with its moment; the first whose moment is there is shown. `params` fills the blanks of its sentence. */
const TIPS = [
  { id: "trust", when: (room) => room.room.phase === "reveal" && doubters(room).length > 0, params: (room) => ({ seats: doubters(room) }) },
  // What was just signed binds now, and a limit of arms is the promise that can be broken without anybody seeing it.
  { id: "secret", when: (room) => room.room.phase === "orders" && room.own.cap < NO_CAP },
  { id: "forum", when: (room) => room.ui.builder && !room.ui.builder.package.side && room.may?.institutions.some((one) => one.gate === null) },
  { id: "table", when: (room) => room.room.phase === "talk" && room.may && !room.ui.builder && mine(room).length === 0, params: () => ({ build: t("ui.build") }) },
  {
    id: "sponsor", params: () => ({ sponsor: t("ui.sponsor"), amend: t("ui.amend") }),
    when: (room) => room.room.phase === "talk" && !room.ui.builder && open(room).some((text) => !text.sponsors.includes(room.viewer)),
  },
  { id: "vote", when: (room) => room.room.phase === "vote" && open(room).some((text) => text.voters.includes(room.viewer) && !(room.viewer in text.votes)) },
  { id: "order", when: (room) => room.room.phase === "orders" && !room.own.order },
];
/** What the lesson says in its own words. */
const TAUGHT = ["table", "vote", "order"];

const said = Object.assign(document.createElement("p"), { className: "hidden-text", id: "tip-said", role: "status" });
/** What is remembered where the browser keeps nothing. */
let memory = null;
let current = null;
let quiet = "";

function kept() {
  if (memory) return memory;
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") ?? {};
  } catch {
    return {};
  }
}

function keep(patch) {
  const now = { ...kept(), ...patch };
  try {
    localStorage.setItem(KEY, JSON.stringify(now));
    memory = null;
  } catch {
    memory = now; // Private windows keep nothing, and full ones nothing more: then it is remembered until the page goes.
  }
}

const listed = (name) => [kept()[name] ?? []].flat();
const has = (name, id) => listed(name).includes(id);
const add = (name, id) => has(name, id) || keep({ [name]: [...listed(name), id] });

const isOff = () => kept().off === true;

/** Shows all of them again, from the first. */
export function again(room) {
  keep({ off: false, asked: true, seen: [], spoken: [] });
  quiet = "";
  room.draw();
}

/** Makes the place for tips and lets the room draw it from now on. */
export function offer(room, regions) {
  const place = Object.assign(document.createElement("div"), { className: "tips" });
  place.dataset.region = "tips";
  document.querySelector("#room > .tabs").before(place, said);
  regions.tips = tips;
  room.draw();
}

function tips(room) {
  if (!room.own || room.game || isOff()) return null;
  if (room.room.phase === "over") return kept().asked ? null : keep({ off: true });
  const lesson = room.kept("coach");
  const due = TIPS.filter(({ when }) => when(room));
  if (lesson !== null && lesson !== "left") {
    for (const { id } of due) if (TAUGHT.includes(id)) add("seen", id);
    return null;
  }
  // Who did what a tip was about has no more need of it.
  if (current && !due.includes(current)) add("seen", current.id);
  current = due.includes(current) && !has("seen", current.id) ? current : (quiet !== moment(room) && due.find(({ id }) => !has("seen", id))) || null;
  return current && shown(room, current);
}

/** Says it aloud where pages are read aloud: once, when nothing else is being said, and gone when one comes by reading on. */
function speak(id, text) {
  if (has("spoken", id)) return;
  add("spoken", id);
  setTimeout(() => (said.textContent = text), 300);
  setTimeout(() => (said.textContent = ""), 12_000);
}

/** After one is read, the next waits until something else is going on. */
const moment = ({ room, ui }) => `${room.phase_no} ${Boolean(ui.builder)}`;

function shown(room, { id, params }) {
  const text = t(`tip.${id}`, params?.(room));
  speak(id, text);
  const away = (patch) => () => {
    add("seen", id);
    keep(patch);
    quiet = moment(room);
    room.draw();
  };
  return h(
    "section",
    { key: id, class: "tip", id: "tip", "data-tip": id, "aria-labelledby": "tip-title" },
    h("h2", { id: "tip-title" }, t("tip.title")),
    h("p", null, text),
    h("p", { class: "buttons" },
      h("button", { type: "button", id: "tip-known", onclick: away({}) }, t("tip.known")),
      h("button", { type: "button", id: "tip-off", class: "quiet", onclick: away({ off: true, asked: false }) }, t("tip.off"))),
  );
}
