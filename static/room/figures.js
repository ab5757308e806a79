/** figures: all that the picture of the region shows, as tables. */
import { h } from "./dom.js";
import { plain, signed, t, tone } from "./words.js";
import { letters, marks } from "./marks.js";
import { ALLIED } from "./network.js";

export function figures(room) {
  const { world, entries } = room;
  const met = entries.filter(({ at, event }) => event.type === "met" && at >= room.room.began_at);
  return h(
    "div",
    { class: "figurelist", id: "figures" },
    gains(room),
    everyPair(room),
    h("ul", { class: "soft" }, Object.entries(world.tension).map(([place, value]) => h("li", { key: place }, `${t("ui.calm")}: ${t(`flashpoint.${place}`)} ${Math.round(value)}. ${t(`flashpoint_about.${place}`)}`))),
    met.map(({ n, event }) => h("p", { key: n, class: "soft" }, t("event.met", { seats: event.seats }))),
  );
}

/** How each stands so far, who is ready, and whose ally it is. */
function gains({ world, room, seatCodes }) {
  return h(
    "table",
    { class: "matrix" },
    h("thead", null, h("tr", null, ["seat", "gain", "worth"].map((name, k) => h("th", { scope: "col", class: k ? "num" : null }, t(`ui.${name}`))), h("th", { scope: "col" }, t("ui.ready")), h("th", { scope: "col" }, t("ui.allied_with")))),
    h(
      "tbody",
      null,
      world.seats.map((one, i) =>
        h(
          "tr",
          { key: one.seat },
          h("th", { scope: "row" }, letters(one.seat)),
          h("td", { class: `num ${tone(one.G)}` }, signed(one.G)),
          h("td", { class: "num" }, plain(one.W)),
          h("td", null, room.seats[i].ready ? "✓" : "–"),
          h("td", null, allies(world, seatCodes, i)),
        ),
      ),
    ),
  );
}

function allies({ alliance }, seatCodes, i) {
  const found = seatCodes.filter((_, j) => j !== i && alliance[i][j] >= ALLIED);
  return found.length ? marks(found, letters, " ") : "–";
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
            ),
          ),
        ),
      ),
    ),
  );
}
