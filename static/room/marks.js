/** mark, shape, names: a seat is two letters, a colour and a shape, the same everywhere; never a flag. */
import { h } from "./dom.js";
import { has, t } from "./words.js";

const SHAPES = {
  CN: "circle", KP: "square", KR: "triangle", US: "diamond", JP: "pentagon", RU: "hexagon", CH: "square", PR: "diamond", TT: "circle",
};
const CORNERS = { square: [4, 45], triangle: [3, -90], diamond: [4, 0], pentagon: [5, -90], hexagon: [6, 0] };

function points(kind, x, y, radius) {
  const [count, turn] = CORNERS[kind];
  const size = radius * { square: 1.2, triangle: 1.25, diamond: 1.15, pentagon: 1.1, hexagon: 1.08 }[kind];
  return Array.from({ length: count }, (_, k) => {
    const angle = ((turn + (360 / count) * k) * Math.PI) / 180;
    return `${(x + size * Math.cos(angle)).toFixed(2)},${(y + size * Math.sin(angle)).toFixed(2)}`;
  }).join(" ");
}

/** The bare shape for a picture, centred at x, y. */
export function shape(seat, x, y, radius) {
  const kind = SHAPES[seat] ?? "circle";
  const attributes = { class: `shape seat-${seat}` };
  if (kind === "circle") return h("circle", { ...attributes, cx: x, cy: y, r: radius });
  return h("polygon", { ...attributes, points: points(kind, x, y + (kind === "triangle" ? radius * 0.2 : 0), radius) });
}

function picture(seat) {
  return h("svg", { viewBox: "0 0 16 16", "aria-hidden": "true", class: `seat-${seat}` }, shape(seat, 8, 8, 6.5));
}

/** Shape and name; a sentence may ask for the name in a case, and a word after it for how the name sounds. */
export function mark(seat, form = "") {
  const code = form && has(`seat_${form}.${seat}`) ? `seat_${form}.${seat}` : `seat.${seat}`;
  const node = h("span", { class: "mark" }, picture(seat), h("span", { class: "mark-name" }, t(code)));
  return Object.assign(node, { says: t(code), as: (other) => mark(seat, other) });
}

/** Shape and letters, for tight places; the name is read out. */
export function letters(seat) {
  return h("span", { class: "mark", title: t(`seat.${seat}`) }, picture(seat), h("span", { class: "mark-name" }, seat));
}

/** Marks in a row with a separator between them. */
export function marks(seats, one = mark, between = t("punctuation.comma")) {
  return seats.flatMap((seat, i) => (i ? [between, one(seat)] : [one(seat)]));
}

/** The sign of a raised hand: a question mark in a ring, for few phones lack that. */
export const raised = () => h("span", { class: "raised", "aria-hidden": "true" }, "?");
