/** The room page: holds what the server last said and gives each region its part. It folds nothing. */
import { render } from "./dom.js";
import { loadWords, say, t } from "./words.js";
import { connect } from "./socket.js";
import { clock, header, titleOf } from "./header.js";
import { now } from "./now.js";
import { seats } from "./seats.js";
import { markSeen, talks, unreadEverywhere } from "./talks.js";
import { workspace } from "./workspace.js";
import { promises } from "./promises.js";
import { me } from "./me.js";
import { scores } from "./scores.js";
import { bar } from "./bar.js";
import { all, later, load, settled, whenLoaded } from "./later.js";

const line = (room) => room.kept("line") === "open" && later("line")?.line(room);
const REGIONS = { header, now, line, bar, table: seats, talk: talks, workspace, promises, me, scores };
const party = (part) => (room) => later("party")?.[part](room);
/** What stands in their place in games of other kinds. */
const OTHERWISE = { table: party("partyTable"), promises: party("rules"), me: party("partyMe"), scores: party("partyScores") };
/** Events of one's own words, that can be hidden. */
const WORDS = new Set(["said", "published", "agenda", "reserved"]);
const PAGE = 50;
const root = document.getElementById("room");
const boot = JSON.parse(document.getElementById("boot").textContent);
const store = keeper(`${root.dataset.code}:${boot.viewer}:`);
let offset = 0;
let drawing = null;
let follows = true;
let isReady = false;

const room = {
  code: root.dataset.code,
  viewer: boot.viewer,
  door: root.dataset.door,
  entries: [],
  more: false,
  people: { people: [], me: null, observers: 0 },
  connection: { state: "online", seconds: 0 },
  said: {},
  unsent: 0,
  ui: {},
  mayStart: root.dataset.mayStart === "yes",
  isWall: root.dataset.view === "projector",
  hasRoles: root.dataset.roles === "yes",
  get seatCodes() {
    return room.room.seats.map((chair) => chair.seat);
  },
  /** States, and who sits at the table without one. */
  get parties() {
    return [...room.seatCodes, ...room.room.third];
  },
  serverNow: () => Date.now() / 1000 + offset,
  draw,
  set: (patch) => {
    Object.assign(room.ui, patch);
    draw();
  },
  kept: (key) => store.getItem(key),
  keep: (key, value, redraw = true) => {
    if (value === null || value === "") store.removeItem(key);
    else store.setItem(key, value);
    if (redraw) draw();
  },
  ask: (question) => socket.ask(question),
  refusal: (refusal) => (refusal ? say("refusal", refusal) : t("ui.connecting")),
  /** Acts, and says in its region why not, if not. */
  send: async (region, decision, expect) => {
    room.said = { ...room.said, [region]: "" };
    room.unsent += 1;
    draw();
    const answer = await socket.act(decision, expect);
    room.unsent -= 1;
    if (!answer.ok) refused(region, decision, answer);
    draw();
    return answer;
  },
  start: () => room.send("lobby", { type: "start" }),
  /** Tells the server something that is no part of the game; resolves to whether it was heard. */
  post: async (path, fields) => (await room.tell(path, fields))?.ok === true,
  /** The same; resolves to the answer, or to null. */
  tell: async (path, fields) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append("csrfmiddlewaretoken", root.querySelector("[name=csrfmiddlewaretoken]").value);
    try {
      return await (await fetch(`/r/${room.code}/${path}/`, { method: "POST", body })).json();
    } catch {
      return null;
    }
  },
  older: async () => {
    const reply = await socket.ask({ type: "record", before: room.entries[0]?.n ?? 0, limit: PAGE });
    if (!reply.ok) return;
    const { entries, more } = reply.answer;
    room.entries = [...entries, ...room.entries];
    room.more = more ?? entries.length === PAGE;
    follows = false;
    draw();
  },
  /** Shows a panel on a phone; on a wide screen all of them stand side by side. */
  show: (panel) => {
    root.dataset.panel = panel;
    for (const tab of root.querySelectorAll("[data-tab]")) tab.setAttribute("aria-current", String(tab.dataset.tab === panel));
    draw();
  },
  follow: (element) => {
    element.addEventListener("scroll", () => {
      follows = element.scrollHeight - element.scrollTop - element.clientHeight < 40;
    });
    follows = true;
  },
};

const socket = connect({
  path: root.dataset.socket,
  store,
  on: {
    view: (message, ack) => {
      take(message);
      drawSoon(ack);
    },
    state: (state, seconds) => {
      room.connection = { state, seconds };
      draw();
      // In a conference the door knows where I sit now.
      if (state === "gone" && room.door) location.assign(room.door);
    },
    error: (refusal) => {
      room.said = { ...room.said, room: refusal ? room.refusal(refusal) : "" };
      draw();
    },
    /** Of what was still unsent when the page was opened anew. */
    decided: (decision, answer) => {
      room.unsent -= 1;
      if (!answer.ok) refused(decision.type === "say" ? "talk" : "room", decision, answer);
      draw();
    },
  },
});

room.unsent = socket.unsent;

function refused(region, decision, answer) {
  room.said = { ...room.said, [region]: room.refusal(answer.refusal) };
  load("unheard").then(({ giveBack }) => giveBack(room, decision), () => {});
}

function take({ type, now: at, sections, entries, more, viewer }) {
  offset = at - Date.now() / 1000;
  if (type === "welcome") {
    // A bot took my chair, or gave it back: what I was about to write belongs to another view.
    if (room.viewer !== viewer) room.ui = { seenFrom: room.ui.seenFrom };
    room.viewer = viewer;
    room.entries = entries;
    room.more = more;
  } else {
    const last = room.entries.at(-1)?.n ?? 0;
    room.entries = [...room.entries, ...entries.filter((entry) => entry.n > last)];
  }
  for (const { event } of entries) if (event.type === "hidden") room.entries = unsaid(room.entries, event);
  const { seats: seatViews, ...rest } = sections;
  if (seatViews) room.seatViews = seatViews;
  const before = room.room;
  nameGame?.(rest.game);
  Object.assign(room, rest);
  if (before && before.phase_no !== room.room.phase_no) phaseChanged(before);
}

/** The entries without the words that the facilitator hid. */
function unsaid(entries, hidden) {
  const isIt = ({ at, event }) => at === hidden.at && WORDS.has(event.type) && (event.type === "agenda" ? "CH" : event.seat ?? null) === (hidden.seat ?? null);
  return entries.map((entry) => (isIt(entry) ? { ...entry, event: { ...entry.event, text: "", sentence: undefined } } : entry));
}

function phaseChanged(before) {
  room.said = {};
  if (room.ui.builder && room.room.round !== before.round) room.ui.builder = null;
  room.ui.why = null;
  room.ui.ending = false;
  // On a phone the phase's work comes to the front, unless somebody is writing just now.
  const busy = document.activeElement?.matches("textarea, input, select");
  if (busy) return;
  room.show("now");
  for (const scroller of root.querySelectorAll(".columns, .middle")) scroller.scrollTop = 0;
}

/** Draws once for all that the server said in this turn; `then` runs when it is drawn. */
const after = [];
function drawSoon(then) {
  after.push(then);
  drawing ??= setTimeout(() => {
    drawing = null;
    draw();
    for (const one of after.splice(0)) one();
  }, 0);
}

/** Draws at once: what somebody types after a click must land where the click led. */
function draw() {
  if (!room.room || !isReady) return;
  if (isTalkShown()) markSeen(room);
  const held = document.activeElement;
  root.dataset.phase = room.room.phase;
  root.dataset.viewer = room.viewer;
  root.dataset.kind = room.game?.ruleset ?? "";
  for (const name of Object.keys(REGIONS)) {
    try {
      render(root.querySelector(`[data-region="${name}"]`), regionOf(name)(room));
    } catch (error) {
      console.error(name, error); // one region that fails does not take the others with it
    }
  }
  // What had the focus may be gone with its phase: whoever goes by keys begins at the work, not at the top of the page.
  if (!held.isConnected && document.activeElement === document.body) root.querySelector("#work-title").focus({ preventScroll: true });
  const count = unreadEverywhere(room);
  render(root.querySelector("#tab-talk-count"), count > 0 && `(${count})`);
  const record = root.querySelector("#record");
  if (record && follows) record.scrollTop = record.scrollHeight;
  document.title = `${titleOf(room)} · ${t(`phase.${room.room.phase}`)}`;
}

/** What is drawn in a region: in games of other kinds some have another. */
const regionOf = (name) => (room.game && OTHERWISE[name]) || REGIONS[name];

/** Fetches what this phase shows before anything is drawn: nothing jumps afterwards. */
async function ready() {
  for (let look = 0; look < 4; look += 1) {
    for (const name of Object.keys(REGIONS)) regionOf(name)(room);
    if (!(await settled())) break;
  }
  isReady = true;
  whenLoaded(draw);
}

function isTalkShown() {
  const panel = root.querySelector('[data-panel-name="talk"]');
  return !document.hidden && panel.offsetParent !== null;
}

function keeper(prefix) {
  // A browser that keeps nothing for us (private mode, full) costs drafts, not the game.
  const memory = new Map();
  const safely = (use, fallback) => {
    try {
      return use();
    } catch {
      return fallback();
    }
  };
  return {
    getItem: (key) => safely(() => sessionStorage.getItem(prefix + key), () => memory.get(key) ?? null),
    setItem: (key, value) => safely(() => sessionStorage.setItem(prefix + key, value), () => memory.set(key, value)),
    removeItem: (key) => safely(() => sessionStorage.removeItem(prefix + key), () => memory.delete(key)),
  };
}

await loadWords(root.dataset.words);
const nameGame = boot.sections.game && (await load("naming")).nameGame;
take(boot);
room.ui.seenFrom = room.entries.at(-1)?.n ?? 0;
room.ui.builder = JSON.parse(room.kept("builder") ?? "null");
if (new URLSearchParams(location.search).has("lesson") || room.kept("coach") !== null) Object.assign(REGIONS, (await load("coach")).coaching(room));
for (const tab of root.querySelectorAll("[data-tab]")) tab.addEventListener("click", () => room.show(tab.dataset.tab));
socket.begin(boot);
await ready();
draw();
socket.open();
setInterval(() => render(root.querySelector("#clock"), clock(room)), 500);
root.dataset.drawn = "yes";
performance.mark("drawn");
for (const opener of root.querySelectorAll(".keys-open")) opener.addEventListener("click", async () => (await load("keys")).open(room));
root.querySelector("#line-show").addEventListener("click", async () => (await load("keys")).openLine(room));
// What the first view could do without, once the browser has nothing better to do.
(window.requestIdleCallback ?? setTimeout)(async () => {
  (await load("keys")).listen(room, REGIONS);
  all();
});
