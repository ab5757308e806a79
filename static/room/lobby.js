/** lobby, over: what stands in the workspace before and after the talks. */
import { h } from "./dom.js";
import { t } from "./words.js";
import { mark } from "./marks.js";
import { briefing } from "./briefing.js";
import { later } from "./later.js";

const HOLDERS = ["people", "bot:bargainer", "bot:searcher", "bot:holdout", "bot:tester", "bot:tft", "bot:hedger", "bot:inst", "bot:grit", "bot:hawk", "bot:cheat", "bot:random", "caretaker", "vacant"];

export function lobby(room) {
  const { code } = room;
  const address = `${location.host}/r/${code}/`;
  return [
    h(
      "div",
      { class: "joincode" },
      h("img", { src: `/r/${code}/qr.svg`, alt: t("ui.join_qr"), width: 132, height: 132 }),
      h("div", null, h("p", { class: "soft" }, t("ui.join_code")), h("p", { class: "code", id: "code" }, code), h("p", { class: "soft" }, t("ui.join_at", { address })), h("p", { class: "soft" }, t("ui.copy_hint"))),
    ),
    h("h3", null, t("ui.seats_title")),
    h("ul", { class: "seating" }, room.room.seats.map((chair) => h("li", { key: chair.seat, "data-seat": chair.seat }, mark(chair.seat), h("span", null, holder(room, chair)), appoint(room, chair)))),
    room.room.third.length > 0 && h("ul", { class: "seating" }, room.room.third.map((seat) => h("li", { key: seat }, mark(seat), h("span", null, named(room, seat) || t("ui.free_third"))))),
    room.mayStart && h("button", { type: "button", class: "primary", id: "start", onclick: () => room.start() }, t("ui.start")),
    h("output", { class: "refusal" }, room.said.lobby ?? ""),
    room.mayStart && [later("programs")?.troubles(room), later("programs")?.programs(room), later("programs")?.door(room)],
    room.own?.briefing && briefing(room),
  ];
}

function holder(room, chair) {
  const names = named(room, chair.seat);
  if (names) return names;
  return chair.holder === "vacant" ? t("ui.free_bot") : t(`holder.${chair.holder}`);
}

/** Who sits there, programs marked. */
const named = (room, seat) => room.people.people.filter((person) => person.seat === seat).map((person) => (person.program ? `${person.name} (${t("ui.program")})` : person.name)).join(", ");

/** For the facilitator: who holds a chair. */
export function appoint(room, chair) {
  if (room.viewer !== "facilitator") return null;
  const known = room.game ? ["people", ...room.game.bots.map((bot) => `bot:${bot}`), "caretaker", "vacant"] : HOLDERS;
  const holders = known.includes(chair.holder) ? known : [...known, chair.holder];
  return h(
    "select",
    {
      "aria-label": t("ui.appoint", { seat: chair.seat }), id: `appoint-${chair.seat}`, value: chair.holder,
      onchange: (event) => room.send("lobby", { type: "appoint", seat: chair.seat, holder: event.target.value }),
    },
    holders.map((one) => h("option", { value: one }, t(`holder.${one}`))),
  );
}

export function over(room) {
  return h(
    "div",
    { class: "over" },
    h("h3", null, t("ui.over_title")),
    h("p", null, t("ui.over_about")),
    h("p", { class: "buttons" }, h("a", { class: "button primary", id: "debrief", href: `/r/${room.code}/debrief/` }, t("ui.debrief_open")), room.door ? h("a", { class: "button", id: "after", href: `${room.door}after/` }, t("ui.after_door")) : h("a", { href: "/" }, t("ui.play_again"))),
  );
}
