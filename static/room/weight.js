/** weight: what a text on the table would change for me if all kept it; asked of the server once a version and phase. */
import { h } from "./dom.js";
import { phrase, signed, t, tone } from "./words.js";

/** My assessed position: worth, and what it is made of. */
export function weighed({ rounds, W, S, E }) {
  const figure = (value) => h("strong", { class: tone(value) }, signed(value));
  return phrase("ui.forecast", { rounds: String(rounds), worth: figure(W), security: figure(S), economy: figure(E) });
}

/** The line under an open text; empty until the server has said. */
export function weight(room, text) {
  if (!room.own || room.room.phase === "over") return null;
  const found = known(room, `${text.id}.${text.version}`);
  if (found === undefined) ask(room, text);
  return found && h("p", { class: "weight", "data-weight": text.id }, weighed(found));
}

const known = (room, key) => (room.ui.weights?.at === moment(room) ? room.ui.weights.by[key] : undefined);

/** Weights of another moment count no more: what was signed since is part of the world now. */
const moment = ({ room, texts }) => `${room.epoch}.${room.phase_no}.${texts.texts.filter((text) => text.status === "adopted").length}`;

function ask(room, text) {
  const at = moment(room);
  if (room.ui.weights?.at !== at) room.ui.weights = { at, by: {} };
  const { by } = room.ui.weights;
  const key = `${text.id}.${text.version}`;
  by[key] = null; // asked
  room.ask({ type: "weigh", text: text.id }).then((reply) => {
    if (reply.ok) by[key] = reply.answer;
    else delete by[key];
    if (reply.ok) room.draw();
  });
}

/** What signing a side deal would sink, and which side deals would sink this text. */
export function sinking(texts, text) {
  const by = texts.filter((other) => other.sinks.includes(text.id)).map(({ id }) => id);
  return [text.sinks.length > 0 && t("ui.sinks", { ids: text.sinks }), by.length > 0 && t("ui.sunk_by", { ids: by })].filter(Boolean);
}
