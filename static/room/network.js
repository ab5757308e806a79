/** network: the region as a live picture: who stands how, who trusts whom, who is allied, ready, tense; its facts stand in `seats` too. */
import { h } from "./dom.js";
import { signed, t, tone } from "./words.js";
import { shape } from "./marks.js";

const CENTRE = { x: 160, y: 110 };
const DROP = 14; // a triangle stands lower than its circle
const TENSE = 60;
export const ALLIED = 0.3;

function places(codes) {
  const isSix = codes.length > 3;
  const [across, down, turn, drop] = isSix ? [122, 82, -120, 0] : [96, 72, -90, DROP];
  return codes.map((seat, k) => {
    const angle = ((turn + (360 / codes.length) * k) * Math.PI) / 180;
    return { seat, name: isSix ? seat : t(`seat.${seat}`), x: CENTRE.x + across * Math.cos(angle), y: CENTRE.y + drop + down * Math.sin(angle) };
  });
}

/** Seats as points; each half of a line is as thick as that side trusts; alliances are double lines. `live` adds what moves. */
export function network({ seatCodes, world, met = new Set(), ready = new Set(), mine = "", caption = null, live = false }) {
  const spots = places(seatCodes);
  const lines = [];
  spots.forEach((a, i) =>
    spots.slice(i + 1).forEach((b, k) => {
      const j = i + 1 + k;
      const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
      lines.push(half(a, middle, world.trust[i][j]), half(b, middle, world.trust[j][i]));
      if (world.alliance[i][j] >= ALLIED) lines.push(...double(a, b));
      if (met.has(`${a.seat}${b.seat}`)) lines.push(h("circle", { cx: middle.x, cy: middle.y, r: 4, class: "met" }));
    }),
  );
  return h(
    "figure",
    { class: "picture" },
    h("svg", { viewBox: live ? "0 -20 320 242" : "0 0 320 220", role: "img", "aria-label": t("ui.picture") }, lines, tension(world, seatCodes), live && weather(world), spots.map((spot, i) => node(spot, mine, ready, live && world.round > 0 && world.seats[i].G))),
    caption && h("figcaption", null, caption),
  );
}

function tension(world, seatCodes) {
  const all = Object.entries(world.tension);
  const y = CENTRE.y + (seatCodes.length > 3 ? 0 : DROP);
  return [
    h("rect", { x: CENTRE.x - 84, y: y - 2 - 9 * all.length, width: 168, height: 4 + 18 * all.length, class: "veil" }),
    all.map(([place, value], k) =>
      h("text", { x: CENTRE.x, y: y + 5 + (k - (all.length - 1) / 2) * 17, class: value >= TENSE ? "tension hot" : "tension" }, `${t(`flashpoint.${place}`)} ${Math.round(value)}${value >= TENSE ? " !" : ""}`),
    ),
  ];
}

/** The climate in one corner, what is open in the other. */
function weather(world) {
  return [
    h("text", { x: 2, y: -8, class: "climate" }, `${t("ui.climate")}: ${t(`culture_short.${world.culture}`)} (${Math.round(world.C)})`),
    world.window && h("text", { x: 318, y: -8, class: "climate open" }, t("ui.window_now", { window: t(`window_short.${world.window}`) })),
  ];
}

/** A chair: its mark, its name, whether it is ready, and what it has gained so far. */
function node({ seat, name, x, y }, mine, ready, gain) {
  const below = y > CENTRE.y + 20;
  return h(
    "g",
    null,
    h("circle", { cx: x, cy: y, r: 16, class: seat === mine ? "chair mine" : "chair" }),
    shape(seat, x, y, 8),
    h(
      "text",
      { x, y: below ? y + 31 : y - 22, class: "seatname" },
      `${name}${ready.has(seat) ? " ✓" : ""}`,
      typeof gain === "number" && h("tspan", { class: `gain ${tone(gain)}`, dx: 4 }, signed(gain)),
    ),
  );
}

function half(from, to, trust) {
  return h("line", {
    x1: from.x.toFixed(1), y1: from.y.toFixed(1), x2: to.x.toFixed(1), y2: to.y.toFixed(1),
    class: "trustline", "stroke-width": (0.6 + 9 * trust * trust).toFixed(2),
  });
}

function double(a, b) {
  const size = Math.hypot(b.x - a.x, b.y - a.y);
  const [dx, dy] = [(-(b.y - a.y) / size) * 6, ((b.x - a.x) / size) * 6];
  return [1, -1].map((side) =>
    h("line", {
      x1: (a.x + side * dx).toFixed(1), y1: (a.y + side * dy).toFixed(1),
      x2: (b.x + side * dx).toFixed(1), y2: (b.y + side * dy).toFixed(1), class: "allyline",
    }),
  );
}
