/** replay: the game again, step by step: the table, the figures and the record move together, by hand or by themselves. */
import { h } from "../room/dom.js";
import { plain, signed, t, tone } from "../room/words.js";
import { letters, mark, marks } from "../room/marks.js";
import { network } from "../room/network.js";
import { SILENT, happened, line } from "../room/record.js";
import { sceneAt, steps } from "./history.js";
import { chartFiles } from "./files.js";
import { wide } from "./wide.js";

const PACE = 1300; // milliseconds for a short entry
const LONG = new Set(["proposed", "resolved", "injected", "published", "said"]);
const FATES = { open: "○", adopted: "✓", failed: "−", withdrawn: "↤" };
let timer = null;
let all = null;

export function replay(room) {
  all ??= steps(room, (event) => !SILENT.has(event.type) && !(event.type === "said" && event.to?.length));
  const k = Math.min(room.ui.replayAt ?? 0, all.length - 1);
  const step = all[k];
  const scene = sceneAt(all, k);
  const plays = Boolean(room.ui.replayPlays);
  return [
    h("h2", null, t("debrief.replay")),
    h("p", { class: "lead" }, t("debrief.replay_about")),
    player(room, k, plays),
    h("p", { class: "moment", id: "replay-says", "aria-live": plays ? "off" : "polite" }, h("strong", null, place(step)), " ", says(room, step)),
    h(
      "div",
      { class: "replay" },
      h("div", { class: "replay-table" }, network({ seatCodes: room.seatCodes, world: step.world, met: scene.met, mine: room.viewer, live: true }), chartFiles(`${t("debrief.replay")} ${k}`), texts(scene)),
      figures(room, step.world),
      reel(room, k),
    ),
  ];
}

const place = ({ k, round, phase }) => (k === 0 || round === 0 ? t("debrief.start") : `${t("ui.round_hidden", { round })} · ${t(`phase.${phase}`)}`);

function says(room, { entry, isVoid }) {
  if (!entry) return "";
  const { event } = entry;
  const sentence = event.type === "said" ? t("debrief.replay_spoke", { seat: event.seat ?? t("ui.facilitator") }) : event.type === "phase" ? "" : event.type === "injected" ? t("event.injected") : event.type === "published" ? `${t(`seat.${event.seat}`)} ${t("ui.publishes")}` : happened(room, event);
  return [sentence, isVoid && h("span", { class: "warn" }, ` (${t("debrief.replay_void")})`)];
}

/** The buttons and the slider. Whoever moves it by hand stops it from moving by itself. */
function player(room, k, plays) {
  const last = all.length - 1;
  const go = (to) => {
    stop(room);
    room.choose("replay", { replayAt: Math.max(0, Math.min(last, to)) });
  };
  const rounds = all.filter((step, i) => i > 0 && step.round > 0 && step.round !== all[i - 1].round && !step.isVoid);
  const now = k === last ? "end" : all[k].round;
  const jump = (id, label, to, isNow) => h("button", { key: id, type: "button", class: "jump", id: `replay-${id}`, "aria-current": isNow ? "step" : null, "aria-label": to > 0 && to < last ? t("ui.round_hidden", { round: label }) : null, onclick: () => go(to) }, label);
  return h(
    "div",
    { class: "player", role: "group", "aria-label": t("debrief.replay") },
    h("button", { type: "button", id: "replay-play", class: "primary", onclick: () => (plays ? stop(room, true) : start(room, k)) }, t(plays ? "debrief.replay_pause" : "debrief.replay_play")),
    h("button", { type: "button", id: "replay-back", disabled: k === 0, "aria-label": t("debrief.replay_back"), onclick: () => go(k - 1) }, "‹"),
    h("button", { type: "button", id: "replay-on", disabled: k === last, "aria-label": t("debrief.replay_on"), onclick: () => go(k + 1) }, "›"),
    h("label", { class: "hidden-text", for: "replay-at" }, t("debrief.replay_at")),
    h("input", { type: "range", id: "replay-at", min: 0, max: last, step: 1, value: k, "aria-valuetext": `${place(all[k])}, ${k} / ${last}`, oninput: (event) => go(Number(event.target.value)) }),
    h("output", { for: "replay-at" }, `${k} / ${last}`),
    h("div", { class: "jumps", role: "group", "aria-label": t("debrief.replay_rounds") }, jump("start", t("debrief.start"), 0, now === 0), rounds.map((step) => jump(String(step.round), String(step.round), step.k, now === step.round)), jump("end", t("debrief.replay_end"), last, now === "end")),
  );
}

function start(room, k) {
  const from = k >= all.length - 1 ? 0 : k;
  room.choose("replay", { replayAt: from, replayPlays: true });
  later(room);
}

function later(room) {
  const here = all[room.ui.replayAt];
  timer = setTimeout(() => {
    const next = room.ui.replayAt + 1;
    const goesOn = next < all.length - 1;
    room.choose("replay", { replayAt: next, replayPlays: goesOn });
    if (goesOn) later(room);
  }, LONG.has(here.entry?.event.type) ? 2 * PACE : PACE);
}

function stop(room, isDrawn = false) {
  clearTimeout(timer);
  if (isDrawn) room.choose("replay", { replayPlays: false });
  else room.ui = { ...room.ui, replayPlays: false };
}

/** The texts of the round, who tabled each, and the votes so far. */
function texts({ texts: found }) {
  const by = (text, choice) => Object.keys(text.votes).filter((seat) => text.votes[seat] === choice);
  const votes = (text) => [["yes", "＋"], ["no", "−"], ["abstain", "○"]].filter(([choice]) => by(text, choice).length).map(([choice, sign]) => [` ${sign} `, marks(by(text, choice), letters, " ")]);
  return h("ul", { class: "replay-texts", "aria-label": t("debrief.replay_texts") }, found.map((text) => h("li", { key: text.id, class: text.fate === "adopted" ? "good" : text.fate === "open" ? "" : "soft" }, h("span", { "aria-hidden": "true" }, FATES[text.fate]), " ", h("strong", null, t("ui.text_n", { id: text.id })), " ", letters(text.by), h("span", { class: "hidden-text" }, ` ${t(`debrief.fate_${text.fate}`)}`), votes(text))));
}

function figures({ seatCodes }, world) {
  const cell = (value, shown) => h("td", { class: `num ${tone(value)}`, "data-value": value }, shown);
  return h(
    "div",
    { class: "replay-figures" },
    wide(t("debrief.replay"), h(
      "table",
      null,
      h("thead", null, h("tr", null, ["seat", "worth", "gain", "security", "arms"].map((name, k) => h("th", { scope: "col", class: k ? "num" : null }, t(`ui.${name}`))))),
      h("tbody", null, world.seats.map((one) =>
        h("tr", { key: one.seat }, h("th", { scope: "row" }, seatCodes.length > 3 ? letters(one.seat) : mark(one.seat)), h("td", { class: "num", "data-value": one.W }, plain(one.W)), cell(one.G, signed(one.G)), h("td", { class: "num", "data-value": one.S }, plain(one.S)), h("td", { class: "num", "data-value": one.A + one.D }, plain(one.A + one.D, 0))))),
    )),
    h("p", { class: "soft" }, `${t("ui.ladder")}: ${t("ui.ladder_at", { rung: world.rung, name: t(`rung.${world.rung}`) })}`),
  );
}

/** What had happened in the round by then, the newest at the bottom; each entry leads to its moment. */
function reel(room, k) {
  const until = all.slice(0, k + 1).filter((step) => step.entry && step.round === all[k].round);
  const toEnd = (element) => {
    element.scrollTop = element.scrollHeight;
  };
  return h(
    "div",
    { class: "reel", tabindex: 0, role: "region", "aria-label": t("debrief.replay_record") },
    h("ol", { class: "entries", key: `round-${all[k].round}` }, until.map((step) => ({ ...line(room, step.entry), key: step.k })).map((node, i, { length }) => (i === length - 1 ? { ...node, attributes: { ...node.attributes, "aria-current": "step", class: `${node.attributes.class ?? ""} now` } } : node))),
    h("span", { key: `at-${k}`, oncreate: (element) => toEnd(element.parentElement) }),
  );
}
