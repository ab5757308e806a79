/** seats: who is here and how they stand to each other, as a picture or as figures; the region's weather below. */
import { h } from "./dom.js";
import { signed, t } from "./words.js";
import { mark, raised } from "./marks.js";
import { later } from "./later.js";
import { ALLIED, network } from "./network.js";
import { roomRules } from "./ruling.js";

export function seats(room) {
  const inFigures = room.kept("region") === "figures";
  return [h("div", { class: "region-view" }, toggle(room, inFigures), inFigures ? later("figures")?.figures(room) : picture(room)), standing(room), weather(room), region(room)];
}

function toggle(room, inFigures) {
  const button = (id, isOn, value) => h("button", { type: "button", id, class: "quiet", "aria-pressed": String(isOn), onclick: () => room.keep("region", value) }, t(`ui.${id}`));
  return h("div", { class: "toggle", role: "group", "aria-label": t("ui.view_as") }, button("as_picture", !inFigures, null), button("as_figures", inFigures, "figures"));
}

function picture(room) {
  const ready = new Set(room.room.seats.filter((chair) => chair.ready).map((chair) => chair.seat));
  return network({ seatCodes: room.seatCodes, world: room.world, met: meetings(room), ready, mine: room.viewer, live: true });
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
    h("tbody", null, room.room.seats.map((chair, j) => row(room, chair, me, j)), room.room.third.map((seat) => third(room, seat, me))),
  );
}

/** Who sits at the table without a state. */
function third(room, seat, me) {
  const people = room.people.people.filter((person) => person.seat === seat);
  return h("tr", { key: seat, class: seat === room.viewer ? "mine" : null }, h("th", { scope: "row" }, mark(seat)), h("td", null, people.length ? here(people) : "–"), me >= 0 && h("td", { class: "num" }, "–"), me >= 0 && h("td", { class: "num" }, "–"));
}

function here(people) {
  const present = people.filter((person) => person.here);
  return present.length ? named(present) : t("ui.nobody_here");
}

/** Names in a row, each with its raised hand. */
const named = (people) => people.flatMap((person, i) => [i > 0 && ", ", person.name, person.program && h("span", { class: "soft" }, ` (${t("ui.program")})`), person.hand && [" ", raised(), h("span", { class: "hidden-text" }, ` ${t("ui.hand_is_up")}`)]]);

function row(room, chair, me, j) {
  const { trust, alliance } = room.world;
  const people = room.people.people.filter((person) => person.seat === chair.seat);
  const others = chair.holder.startsWith("bot:") ? t("ui.bot") : t(`holder.${chair.holder}`);
  const holder = people.length ? here(people) : others;
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
    world.camps !== null && [t("ui.camps"), signed(world.camps * 100, 0)],
    [t("ui.vitality"), `${Math.round(world.vitality * 100)} %`],
    room.seats.some((chair) => chair.seat === "KP") && [t("ui.un"), `${world.un} / 3`],
    [t("ui.ladder"), t("ui.ladder_at", { rung: world.rung, name: t(`rung.${world.rung}`) })],
  ];
  return [
    h("dl", { class: "weather" }, items.filter(Boolean).map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value)))),
    world.window && h("p", { class: "window" }, h("strong", null, `${t("ui.window")}: `), t(`window.${world.window}`)),
  ];
}

/** What the words and numbers mean. */
function region(room) {
  const { world } = room;
  return h(
    "details",
    { class: "region" },
    h("summary", null, t("ui.scores_mean")),
    h("p", null, t(`culture.${world.culture}`)),
    ladder(world.rung),
    ["climate", "camps", "vitality", "ladder", "tension"].map((name) => h("p", { class: "soft" }, t(`ui.${name}_about`))),
    h("h3", null, t("ui.room_rules")),
    roomRules(room),
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
