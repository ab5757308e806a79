/** me: my security, economy and worth with their past, "why?", the mandate, and what I hide. */
import { h } from "./dom.js";
import { plain, t } from "./words.js";
import { later } from "./later.js";

export function me(room) {
  const letters = room.people.letters?.length > 0 && later("hidden")?.letters(room);
  if (room.viewer === "facilitator") return Object.values(room.seatViews ?? {}).map((own) => later("hidden")?.secrets(own));
  const mine = room.world.seats.find((one) => one.seat === room.viewer);
  if (room.room.third.includes(room.viewer)) return [h("p", null, t(`ui.third_${room.viewer}`)), letters];
  if (!mine) return [h("p", { class: "soft" }, t("now.watch")), letters];
  const { own } = room;
  const office = room.people.people.find((person) => person.id === room.people.me)?.office;
  return [
    office && h("p", { class: "soft", id: "office" }, t(`office_about.${office}`)),
    letters,
    h(
      "dl",
      { class: "figures" },
      [["security", "S"], ["economy", "E"], ["worth", "W"]].map(([name, key]) =>
        h("div", { key }, h("dt", null, t(`ui.${name}`)), h("dd", null, h("output", { id: `me-${key}` }, plain(mine[key])), trend(series(room, room.viewer, key)))),
      ),
    ),
    h("p", { class: "soft" }, `${t("ui.nationalism")} ${plain(mine.N, 0)} · ${t("ui.arms")} ${plain(mine.A + mine.D, 0)}`),
    room.world.round ? later("why")?.why(room) : h("p", { class: "soft" }, t("ui.why_none")),
    own && [own.cap < 2 && h("p", null, t("ui.cap_now", { posture: t(`posture.${own.cap}`) })), own.hidden > 0 && later("hidden")?.stock(own), mandate(own), again(room)],
  ];
}

export function series(room, seat, key) {
  const worlds = [room.history.start, ...room.history.rounds.map((one) => one.after)];
  return worlds.map((world) => world.seats.find((one) => one.seat === seat)[key]);
}

/** A line as small as a word. The numbers stand beside it. */
export function trend(values) {
  if (values.length < 2) return null;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const spread = Math.max(high - low, 1);
  const middle = (low + high) / 2;
  const place = (value, k) => [3 + (54 * k) / (values.length - 1), 9 - ((value - middle) / spread) * 12];
  const points = values.map(place);
  const [x, y] = points.at(-1);
  return h(
    "svg",
    { viewBox: "0 0 60 18", class: "trend", "aria-hidden": "true" },
    h("polyline", { points: points.map((point) => point.map((one) => one.toFixed(1)).join(",")).join(" ") }),
    h("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: 2.4 }),
  );
}

export function mandate(own) {
  if (!own.mandate) return null;
  const { code, met, holds } = own.mandate;
  return h(
    "div",
    { class: "mandate", id: "mandate" },
    h("h3", null, t("ui.mandate")),
    h("p", null, t(`mandate.${code}`)),
    met === null && h("p", { class: "soft", id: "mandate-now" }, counted(own.mandate), t(holds ? "ui.mandate_holds" : "ui.mandate_open")),
    met !== null && h("p", { class: met ? "good" : "bad" }, met ? `✓ ${t("ui.mandate_met")}` : `− ${t("ui.mandate_unmet")}`),
  );
}

/** How much there is of what a mandate asks for: a gain as points of 100, or a number of deeds. */
function counted({ so_far: now, needed }) {
  if (now === null) return "";
  const digits = needed < 1 ? 1 : 0;
  const size = needed < 1 ? 100 : 1;
  return `${t("ui.mandate_so_far", { now: plain(now * size, digits), needed: plain(needed * size, digits) })} `;
}

/** The briefing, to read again once the first round is over. */
function again(room) {
  return room.room.round > 1 && h("details", null, h("summary", { class: "soft" }, t("ui.my_role")), later("briefing")?.briefing(room));
}
