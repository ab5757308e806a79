/** seats: who is here and how they stand to each other, as a picture and as tables; the region's weather below. */
import { h } from "./dom.js";
import { t } from "./words.js";
import { letters, mark, shape } from "./marks.js";

const CENTRE = { x: 160, y: 110 };
const DROP = 14; // a triangle stands lower than its circle
const ALLIED = 0.3;

export function seats(room) {
  return [picture(room), standing(room), weather(room), region(room)];
}

function places(codes) {
  const isSix = codes.length > 3;
  const [across, down, turn, drop] = isSix ? [122, 82, -120, 0] : [96, 72, -90, DROP];
  return codes.map((seat, k) => {
    const angle = ((turn + (360 / codes.length) * k) * Math.PI) / 180;
    return { seat, name: isSix ? seat : t(`seat.${seat}`), x: CENTRE.x + across * Math.cos(angle), y: CENTRE.y + drop + down * Math.sin(angle) };
  });
}

function picture(room) {
  const ready = new Set(room.room.seats.filter((chair) => chair.ready).map((chair) => chair.seat));
  return network({ seatCodes: room.seatCodes, world: room.world, met: meetings(room), ready, mine: room.viewer });
}

/** Seats as points; each half of a line is as thick as that side trusts; alliances are double lines. */
export function network({ seatCodes, world, met = new Set(), ready = new Set(), mine = "", caption = null }) {
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
    h("svg", { viewBox: "0 0 320 220", role: "img", "aria-label": t("ui.picture") }, lines, tension(world, seatCodes), spots.map((spot) => node(spot, mine, ready))),
    caption && h("figcaption", null, caption),
  );
}

function tension(world, seatCodes) {
  const all = Object.entries(world.tension);
  const y = CENTRE.y + (seatCodes.length > 3 ? 0 : DROP);
  return [
    h("rect", { x: CENTRE.x - 70, y: y - 2 - 9 * all.length, width: 140, height: 4 + 18 * all.length, class: "veil" }),
    all.map(([place, value], k) =>
      h("text", { x: CENTRE.x, y: y + 5 + (k - (all.length - 1) / 2) * 17, class: "tension" }, `${t(`flashpoint.${place}`)} ${Math.round(value)}`),
    ),
  ];
}

function node({ seat, name, x, y }, mine, ready) {
  const below = y > CENTRE.y + 20;
  return h(
    "g",
    null,
    h("circle", { cx: x, cy: y, r: 16, class: seat === mine ? "chair mine" : "chair" }),
    shape(seat, x, y, 8),
    h("text", { x, y: below ? y + 31 : y - 22, class: "seatname" }, `${name}${ready.has(seat) ? " ✓" : ""}`),
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

function meetings({ entries, room }) {
  const pairs = new Set();
  for (const { at, event } of entries) {
    if (event.type !== "met" || at < room.began_at) continue;
    for (const a of event.seats) for (const b of event.seats) pairs.add(a + b);
  }
  return pairs;
}

function standing(room) {
  const me = room.seatCodes.indexOf(room.viewer);
  return h(
    "table",
    { class: "standing" },
    h("caption", { class: "hidden-text" }, t("ui.here")),
    h(
      "thead",
      null,
      h(
        "tr",
        null,
        h("th", { scope: "col" }, t("ui.seat")),
        h("th", { scope: "col" }, t("ui.held_by")),
        me >= 0 && h("th", { scope: "col", class: "num" }, t("ui.trust_in_me")),
        me >= 0 && h("th", { scope: "col", class: "num" }, t("ui.my_trust")),
      ),
    ),
    h("tbody", null, room.room.seats.map((chair, j) => row(room, chair, me, j))),
  );
}

function row(room, chair, me, j) {
  const { trust, alliance } = room.world;
  const people = room.people.people.filter((person) => person.seat === chair.seat);
  const names = people.filter((person) => person.here).map((person) => person.name);
  const others = chair.holder.startsWith("bot:") ? t("ui.bot") : t(`holder.${chair.holder}`);
  const holder = people.length ? names.join(", ") || t("ui.nobody_here") : others;
  const percent = (value) => `${Math.round(value * 100)} %`;
  const isOther = me >= 0 && me !== j;
  return h(
    "tr",
    { key: chair.seat, class: me === j ? "mine" : null },
    h("th", { scope: "row" }, mark(chair.seat)),
    h(
      "td",
      null,
      holder,
      isOther && alliance[me][j] >= ALLIED && h("span", { class: "soft" }, ` · ${t("ui.allied")}`),
      chair.ready && h("span", { class: "good" }, " ✓", h("span", { class: "hidden-text" }, t("ui.is_ready"))),
    ),
    me >= 0 && h("td", { class: "num" }, isOther ? percent(trust[j][me]) : "–"),
    me >= 0 && h("td", { class: "num" }, isOther ? percent(trust[me][j]) : "–"),
  );
}

function weather({ world, room }) {
  const items = [
    [t("ui.climate"), `${t(`culture_short.${world.culture}`)} (${Math.round(world.C)})`],
    [t("ui.vitality"), `${Math.round(world.vitality * 100)} %`],
    room.seats.some((chair) => chair.seat === "KP") && [t("ui.un"), `${world.un} / 3`],
    [t("ui.ladder"), t("ui.ladder_at", { rung: world.rung, name: t(`rung.${world.rung}`) })],
  ];
  return [
    h("dl", { class: "weather" }, items.filter(Boolean).map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value)))),
    world.window && h("p", { class: "window" }, h("strong", null, `${t("ui.window")}: `), t(`window.${world.window}`)),
  ];
}

/** All that the picture shows, in words and numbers. */
function region(room) {
  const { world, entries } = room;
  const met = entries.filter(({ at, event }) => event.type === "met" && at >= room.room.began_at);
  return h(
    "details",
    { class: "region" },
    h("summary", null, t("ui.as_table")),
    h("p", null, t(`culture.${world.culture}`)),
    ladder(world.rung),
    everyPair(room),
    h("ul", null, Object.entries(world.tension).map(([place, value]) => h("li", { key: place }, `${t("ui.calm")}: ${t(`flashpoint.${place}`)} ${Math.round(value)}`))),
    ["climate", "vitality", "ladder", "tension"].map((name) => h("p", { class: "soft" }, t(`ui.${name}_about`))),
    met.map(({ n, event }) => h("p", { key: n }, t("event.met", { seats: event.seats }))),
  );
}

function ladder(rung) {
  return h(
    "ol",
    { class: "ladder" },
    [1, 2, 3, 4, 5, 6].map((step) =>
      h(
        "li",
        { class: step <= rung ? "stands" : null, "aria-current": step === rung ? "step" : null },
        h("span", { "aria-hidden": "true" }, step <= rung ? "▪" : "▫"),
        ` ${t(`rung.${step}`)}`,
        step <= rung && h("span", { class: "hidden-text" }, " ✓"),
      ),
    ),
  );
}

function everyPair({ world, seatCodes }) {
  return h(
    "table",
    { class: "matrix" },
    h("caption", { class: "soft" }, t("ui.who_trusts")),
    h("thead", null, h("tr", null, h("td"), seatCodes.map((seat) => h("th", { scope: "col", class: "num" }, letters(seat))))),
    h(
      "tbody",
      null,
      seatCodes.map((seat, i) =>
        h(
          "tr",
          null,
          h("th", { scope: "row" }, letters(seat)),
          seatCodes.map((_, j) =>
            h(
              "td",
              { class: "num" },
              i === j ? "·" : Math.round(world.trust[i][j] * 100),
              i !== j && world.alliance[i][j] >= ALLIED && h("span", { class: "soft" }, ` ${t("ui.allied")}`),
            ),
          ),
        ),
      ),
    ),
  );
}
