/** run: what the facilitator can do: stop and move the clock, go back, bring news, seat somebody. */
import { h } from "./dom.js";
import { t } from "./words.js";
import { appoint } from "./lobby.js";

const MINUTE = 60;

export function run(room) {
  const { phase, paused_at, phase_no, seats, deadline_at } = room.room;
  const rolling = phase !== "lobby" && phase !== "over";
  const button = (id, decision, label = id) =>
    h("button", { type: "button", id: `bar-${id}`, onclick: () => room.send("bar", decision) }, t(`ui.${label}`));
  return h(
    "section",
    { class: "bar", "aria-labelledby": "bar-title" },
    h("h2", { id: "bar-title", class: "hidden-text" }, t("ui.bar")),
    h(
      "div",
      { class: "buttons" },
      rolling && (paused_at === null ? button("pause", { type: "pause" }) : button("resume", { type: "resume" })),
      rolling && deadline_at !== null && button("extend", { type: "extend", seconds: MINUTE }),
      rolling && deadline_at !== null && button("shorten", { type: "extend", seconds: -MINUTE }),
      rolling && button("advance", { type: "advance" }),
      rolling && button("rewind", { type: "rewind", phase_no }),
      rolling && phase_no > 1 && button("rewind-last", { type: "rewind", phase_no: phase_no - 1 }, "rewind_last"),
      rolling && end(room),
    ),
    h("output", { class: "refusal" }, room.said.bar ?? ""),
    phase !== "over" && h("details", { class: "inject" }, h("summary", null, t("ui.inject_send")), injectForm(room)),
    rolling && h("details", null, h("summary", null, t("ui.seats_title")), h("ul", { class: "seating" }, seats.map((chair) => h("li", { key: chair.seat }, t(`seat.${chair.seat}`), " ", appoint(room, chair))))),
  );
}

function end(room) {
  const sure = room.ui.ending;
  return h("button", { type: "button", id: "bar-end", onclick: () => (sure ? room.send("bar", { type: "end" }) : room.set({ ending: true })) }, t(sure ? "ui.sure" : "ui.end"));
}

function injectForm(room) {
  const submit = async (event) => {
    event.preventDefault();
    const data = new FormData(event.target);
    const text = String(data.get("text")).trim();
    const form = event.target;
    const answer = await room.send("bar", { type: "inject", text, to: data.getAll("to"), capital: data.has("capital") });
    if (!answer.ok) return;
    form.reset();
    room.keep("inject", null, false);
  };
  return h(
    "form",
    { id: "inject-form", onsubmit: submit },
    h("fieldset", { class: "chips" }, h("legend", null, t("ui.inject")), room.seatCodes.map((seat) => h("label", { key: seat, class: "chip" }, h("input", { type: "checkbox", name: "to", value: seat }), t(`seat.${seat}`))), h("span", { class: "soft" }, t("ui.inject_all"))),
    h("label", { class: "check" }, h("input", { type: "checkbox", name: "capital" }), t("ui.inject_capital")),
    h("label", { for: "inject-text" }, t("ui.inject_text")),
    h("textarea", { id: "inject-text", name: "text", rows: 2, maxlength: 2000, required: true, oncreate: (made) => (made.value = room.kept("inject") ?? ""), oninput: (event) => room.keep("inject", event.target.value, false) }),
    h("button", { type: "submit" }, t("ui.inject_send")),
  );
}
