/** agenda, singleText: what a chair wants talked about and offers to all, and what the seats have against it. */
import { h } from "./dom.js";
import { list, t } from "./words.js";
import { mark } from "./marks.js";
import { clause, dealList, sentence } from "./treaty.js";
import { openBuilder, without } from "./builder.js";
import { dealWorth, openDeal } from "./deal.js";

/** The points of the agenda; the chair writes them here. */
export function agenda(room) {
  const { agenda: text } = room.texts;
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  const write = async (event) => {
    event.preventDefault();
    const answer = await room.send("agenda", { type: "agenda", text: event.target.elements.agenda.value });
    if (answer.ok) room.keep("agenda", null, false);
  };
  return [
    lines.length > 0 && h("div", { class: "agenda", id: "agenda" }, h("h3", null, t("ui.agenda")), h("ol", null, lines.map((line) => h("li", null, line)))),
    room.viewer === "CH" && h(
      "details",
      { class: "agenda-form", id: "agenda-form" },
      h("summary", null, t("ui.agenda_write")),
      h(
        "form",
        { onsubmit: write },
        h("label", { for: "agenda-text" }, t("ui.agenda_lines")),
        h("textarea", { id: "agenda-text", name: "agenda", rows: 4, maxlength: 1000, oncreate: (made) => (made.value = room.kept("agenda") ?? text), oninput: (event) => room.keep("agenda", event.target.value, false) }),
        h("button", { type: "submit" }, t("ui.agenda_set")),
        h("output", { class: "refusal" }, room.said.agenda ?? ""),
      ),
    ),
  ];
}

/** The chair's text: parts that are not agreed stand in brackets, and reservations beside what they are about. */
export function singleText(room) {
  const { single } = room.texts;
  if (!single) return null;
  const { duties = [], institution } = single.package;
  const part = (number, nodes) => {
    const open = single.brackets.includes(number);
    return h(
      "li",
      { key: number, value: number || null, class: number ? null : "founds", "data-part": number },
      open && h("strong", { class: "bracket", "aria-hidden": "true" }, "["), open && h("span", { class: "hidden-text" }, `${t("ui.not_agreed")} `),
      nodes,
      open && h("strong", { class: "bracket", "aria-hidden": "true" }, "]"),
      reservations(room, single, number),
    );
  };
  return h(
    "article",
    { class: "text single", id: "single", key: "single" },
    h("header", null, h("h3", null, t("ui.single")), h("p", { class: "soft" }, t("ui.version_n", { version: single.version }), " · ", mark("CH")), h("p", { class: "status" }, single.brackets.length ? t("ui.brackets_n", { count: single.brackets.length }) : t("ui.brackets_none"))),
    single.package.deal?.length ? [dealList(single.package.deal), dealWorth(room, { id: "single", ...single })] : h("ol", { class: "treaty" }, duties.map((duty, i) => part(i + 1, sentence(duty))), institution && part(0, clause(institution, room.seatCodes))),
    h("output", { class: "refusal" }, room.said.single ?? ""),
    buttons(room, single),
  );
}

function reservations(room, single, number) {
  const noted = single.reservations.filter((one) => one.part === number);
  const mine = noted.find((one) => one.seat === room.viewer);
  const isOpen = room.ui.reserving === number;
  const send = async (event) => {
    event.preventDefault();
    const answer = await room.send("single", { type: "reserve", part: number, text: event.target.elements.reservation.value }, single.version);
    if (!answer.ok) return;
    room.keep(`reserve-${number}`, null, false);
    room.set({ reserving: null });
  };
  return [
    noted.map((one) => h("p", { class: "reservation", key: one.seat }, mark(one.seat), ` ${one.text}`)),
    room.own && h("button", { type: "button", class: "quiet small", id: `reserve-${number}`, "aria-expanded": String(isOpen), onclick: () => room.set({ reserving: isOpen ? null : number }) }, t(mine ? "ui.reserve_change" : "ui.reserve"), h("span", { class: "hidden-text" }, ` ${number || "§"}`)),
    isOpen && room.own && h("form", { class: "reserve-form", onsubmit: send },
      h("label", null, t("ui.reserve_text"), h("input", { name: "reservation", maxlength: 400, autocomplete: "off", oncreate: (made) => { made.value = room.kept(`reserve-${number}`) ?? mine?.text ?? ""; made.focus(); }, oninput: (event) => room.keep(`reserve-${number}`, event.target.value, false) })),
      h("button", { type: "submit" }, t("ui.reserve_send"))),
  ];
}

function buttons(room, single) {
  const mayTable = Boolean(room.own) && room.room.phase === "talk" && !room.texts.texts.some((text) => text.status === "open" && text.author === room.viewer && !text.package.side);
  const agreed = single.brackets.toSorted((a, b) => b - a).reduce((pack, number) => (number ? without(pack, number - 1) : { ...pack, institution: null }), { duties: [], institution: null, ...single.package });
  return h(
    "p",
    { class: "buttons" },
    mayTable && h("button", { type: "button", id: "single-table", onclick: () => (room.game?.deal ? openDeal : openBuilder)(room, { id: null, package: agreed }) }, t(single.brackets.length ? "ui.single_table_agreed" : "ui.single_table")),
    room.viewer === "CH" && h("button", { type: "button", id: "single-change", onclick: () => (room.game?.deal ? openDeal : openBuilder)(room, { id: null, package: single.package, brackets: single.brackets }) }, t("ui.single_change")),
    room.viewer === "CH" && h("button", { type: "button", class: "quiet", id: "single-back", onclick: () => room.send("single", { type: "offer" }, room.texts.offers) }, t("ui.single_back")),
    single.brackets.length > 0 && mayTable && h("span", { class: "soft" }, t("ui.single_left_out", { parts: list(single.brackets.map((number) => (number ? String(number) : "§"))) })),
  );
}
