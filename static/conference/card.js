/** card: one table: where it stands, who sits there, what is wrong; people can be moved by keys or by dragging. */
import { h } from "../room/dom.js";
import { t } from "../room/words.js";
import { letters } from "../room/marks.js";
import { raised } from "../room/marks.js";
import { timeLeft } from "./clock.js";

const HOLDERS = ["people", "caretaker", "bot:bargainer", "bot:searcher", "bot:tft", "bot:hedger", "bot:inst", "bot:hawk"];

export function card(desk, table) {
  const { number, phase, round, rounds } = table;
  const rolls = phase !== "lobby" && phase !== "over";
  return [
    h("div", { class: "card-head" },
      h("label", { class: "pick" }, h("input", { type: "checkbox", id: `pick-${number}`, checked: desk.chosen.has(number), onchange: (event) => desk.choose(number, event.target.checked) }), h("strong", null, t("console.table", { n: number }))),
      h("span", { class: "phase" }, t(`phase.${phase}`), rolls && round > 0 && h("span", { class: "soft" }, ` ${t(rounds ? "ui.round_of" : "ui.round_hidden", { round, rounds })}`)),
      h("span", { class: "time" }, timeLeft(table, desk.now())),
    ),
    table.alerts.map((alert) => h("p", { class: "warn", key: alert.code }, "▲ ", t(`console.alert_${alert.code}`, alert))),
    table.troubles.map(({ number: who, name: named, what }) => h("p", { class: "warn", key: `trouble-${who}` }, "▲ ", h("strong", null, named), `: ${t(`trouble.${what}`)}`)),
    table.reports.map((one) => reported(desk, table, one)),
    h("ul", { class: "sitting" }, table.seats.map((chair) => h("li", { key: chair.seat, "data-seat": chair.seat, ...landing(desk, table, chair.seat) }, letters(chair.seat), " ", sitting(desk, table, chair), rolls && state(chair), rolls && nudge(desk, table, chair))), table.third.map(({ seat, people }) => h("li", { key: seat, "data-seat": seat }, letters(seat), " ", people.length ? people.map((person) => name(desk, table, person, seat)) : h("span", { class: "soft" }, t("console.free_third"))))),
    table.watching.length > 0 && h("p", { class: "soft" }, t("console.watching"), " ", table.watching.map((person) => name(desk, table, person))),
    rolls && h("p", { class: "soft facts" }, t(table.tension === null ? "console.facts_case" : "console.facts", { texts: table.texts, adopted: table.adopted, tension: table.tension, rung: table.rung })),
    h("p", { class: "links" }, h("a", { href: `/c/${desk.code}/tables/${number}/`, target: "_blank" }, t("console.open_room"), h("span", { class: "hidden-text" }, ` ${number}`)), rolls && takeOver(desk, table), rolls && show(desk, number)),
    desk.ui.person?.table === number && handling(desk, desk.ui.person),
  ];
}

function state({ done, holder, missed }) {
  const words = holder === "caretaker" ? t("console.caretaker") : done ? t("console.has_done") : t("console.is_at_it");
  return h("span", { class: done ? "soft good" : "soft" }, ` ${words}`, missed > 0 && ` ${t("console.missed", { count: missed })}`);
}

/** This table alone on the projector's page, or all of them again. */
function show(desk, number) {
  const isOn = desk.state.shown === number;
  return h("button", { type: "button", class: "quiet", id: `show-${number}`, "aria-pressed": String(isOn), onclick: () => desk.press({ type: "show", table: isOn ? 0 : number }) }, t("console.show"), h("span", { class: "hidden-text" }, ` ${number}`));
}

/** Sit down at a seat of this table oneself; leaving the room gives it back. */
function takeOver(desk, { number }) {
  const go = (event) => {
    if (!event.target.value) return;
    const form = document.getElementById("sit-form");
    form.action = `/c/${desk.code}/tables/${number}/sit/${event.target.value}/`;
    event.target.value = "";
    form.submit();
  };
  return h("select", { id: `sit-${number}`, "aria-label": t("console.sit"), value: "", onchange: go }, h("option", { value: "" }, t("console.sit")), [...desk.seats, ...desk.third].map((seat) => h("option", { value: seat }, t(`seat.${seat}`))));
}

/** A message that somebody reported: hide it, or leave it. */
function reported(desk, table, { entry, seat, text, reason }) {
  const act = (type) => () => desk.press({ type, table: table.number, entry });
  return h("div", { class: "warn report", key: `report-${entry}`, role: "group", "aria-label": t("console.reported") },
    h("p", null, "▲ ", h("strong", null, t("console.reported")), ` ${seat ? t(`seat.${seat}`) : ""}: “${text}”`, reason && ` (${reason})`),
    h("div", { class: "toolbar" }, h("button", { type: "button", id: `hide-${table.number}-${entry}`, onclick: act("hide") }, t("console.hide")), h("button", { type: "button", class: "quiet", onclick: act("settle") }, t("console.settle"))));
}

/** A word to a seat that the others wait for. */
function nudge(desk, table, { seat, done, people }) {
  if (done || people.length === 0) return null;
  const say = () => desk.press({ type: "say", text: t("console.nudge_text"), to: [seat] }, [table]);
  return h("button", { type: "button", class: "quiet nudge", id: `nudge-${table.number}-${seat}`, onclick: say }, t("console.nudge"), h("span", { class: "hidden-text" }, ` ${t(`seat.${seat}`)}`));
}

function sitting(desk, table, chair) {
  const programs = chair.programs.map(({ number, name: named, here }) => h("span", { class: `program ${here ? "here" : "away"}`, key: `program-${number}` }, h("span", { class: "dot", "aria-hidden": "true" }, here ? "●" : "○"), ` ${named} (${t("ui.program")})`, h("span", { class: "hidden-text" }, ` (${t(`console.${here ? "here" : "away"}`)})`)));
  if (programs.length) return [programs, chair.people.map((person) => name(desk, table, person, chair.seat))];
  if (chair.people.length === 0) return h("span", { class: "soft" }, chair.holder === "vacant" ? t("console.free") : t(`holder.${chair.holder}`));
  return chair.people.map((person) => name(desk, table, person, chair.seat));
}

function name(desk, table, person, seat = "") {
  const is = person.here ? "here" : person.arrived ? "away" : "expected";
  return h(
    "button",
    {
      type: "button", class: `person ${is}`, key: person.number, id: `person-${person.number}`, draggable: "true", title: person.alias,
      ondragstart: (event) => event.dataTransfer.setData("text/plain", String(person.number)),
      onclick: () => desk.set({ person: { ...person, table: table.number, seat } }),
    },
    h("span", { class: "dot", "aria-hidden": "true" }, person.here ? "●" : person.arrived ? "○" : "·"),
    person.label,
    person.hand !== null && [" ", raised(), h("span", { class: "hidden-text" }, ` ${t("console.hand")}`)],
    h("span", { class: "hidden-text" }, ` (${t(`console.${is}`)})`),
  );
}

/** A seat takes a person who is let go over it: in place of nobody, or in exchange. */
function landing(desk, table, seat) {
  return {
    ondragover: (event) => event.preventDefault(),
    ondrop: (event) => {
      event.preventDefault();
      const person = Number(event.dataTransfer.getData("text/plain"));
      if (!person) return;
      const [other] = table.seats.find((chair) => chair.seat === seat).people;
      if (other?.number === person) return;
      handle(desk, person, other ? { type: "swap", person, other: other.number } : { type: "move", person, table: table.number, seat });
    },
  };
}

/** Presses what is to be done with a person; what is open of them closes once it is done, and not before: words may stand in it. */
async function handle(desk, number, act, tables) {
  const answer = await desk.press(act, tables);
  if (answer?.done && desk.ui.person?.number === number) desk.set({ person: null });
  return answer;
}

/** What can be done with one person and the seat, by keys alone. */
function handling(desk, person) {
  const press = (act, tables) => handle(desk, person.number, act, tables);
  const draft = `write-${person.number}`;
  const others = desk.state.tables.flatMap((table) => table.seats.flatMap((chair) => chair.people.filter(({ number }) => number !== person.number).map((one) => ({ ...one, at: `${table.number} ${chair.seat}` }))));
  const table = desk.state.tables.find(({ number }) => number === person.table);
  const move = (event) => {
    event.preventDefault();
    const { table: to, seat } = event.target.elements;
    press({ type: "move", person: person.number, table: Number(to.value), seat: seat.value });
  };
  const write = async (event) => {
    event.preventDefault();
    const text = event.target.elements.text.value.trim();
    const answer = text && (await press({ type: "write", person: person.number, text }));
    if (answer?.done && desk.kept(draft).trim() === text) desk.keep(draft, "");
  };
  return h(
    "div",
    { class: "handling", role: "group", "aria-label": person.label, id: "handling", key: draft },
    h("p", null, h("strong", null, person.label), " ", h("span", { class: "soft" }, person.alias)),
    person.hand !== null && h("p", { class: "warn" }, raised(), " ", person.hand || t("console.hand"), " ", h("button", { type: "button", id: "lower-hand", onclick: () => press({ type: "lower_hand", person: person.number }) }, t("console.lower_hand"))),
    h("form", { class: "words", onsubmit: write },
      h("label", { class: "wide" }, t("console.write"), h("input", { name: "text", id: "write-text", maxlength: 2000, autocomplete: "off", oncreate: (made) => (made.value = desk.kept(draft)), oninput: (event) => desk.keep(draft, event.target.value) })),
      h("button", { type: "submit", id: "write-send" }, t("console.send"))),
    h("form", { onsubmit: move },
      h("label", null, t("console.move_table"), h("select", { name: "table", id: "move-table", oncreate: (made) => made.focus() }, desk.state.tables.map(({ number }) => h("option", { value: String(number), selected: number === person.table }, String(number))))),
      h("label", null, t("console.move_seat"), h("select", { name: "seat", id: "move-seat" }, [...desk.seats, ...desk.third].map((seat) => h("option", { value: seat, selected: seat === person.seat }, t(`seat.${seat}`))), h("option", { value: "" }, t("console.gallery")))),
      h("button", { type: "submit", id: "move" }, t("console.move")),
    ),
    h("label", null, t("console.swap"),
      h("select", { id: "swap", value: "", onchange: (event) => event.target.value && press({ type: "swap", person: person.number, other: Number(event.target.value) }) },
        h("option", { value: "" }, "–"), others.map((one) => h("option", { value: String(one.number) }, `${one.at} ${one.label}`)))),
    desk.seats.includes(person.seat) && h("label", null, t("console.holder"),
      h("select", { id: "holder", value: table?.seats.find(({ seat }) => seat === person.seat)?.holder, onchange: (event) => press({ type: "appoint", seat: person.seat, holder: event.target.value }, [table]) },
        (desk.kind.bots.length ? ["people", "caretaker", ...desk.kind.bots.map((bot) => `bot:${bot}`)] : HOLDERS).map((holder) => h("option", { value: holder }, t(`holder.${holder}`))))),
    h("button", { type: "button", class: "quiet", id: "mute", onclick: () => press({ type: "mute", person: person.number, muted: !person.muted }) }, t(person.muted ? "console.unmute" : "console.mute")),
    h("button", { type: "button", class: "quiet", id: "dismiss", onclick: () => (desk.ui.dismiss === person.number ? press({ type: "dismiss", person: person.number }) : desk.set({ dismiss: person.number })) }, t(desk.ui.dismiss === person.number ? "console.dismiss_sure" : "console.dismiss")),
    h("button", { type: "button", class: "quiet", id: "handled", onclick: () => desk.set({ person: null, dismiss: null }) }, t("console.close")),
  );
}
