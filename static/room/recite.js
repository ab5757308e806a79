/** reciteForm: the rulebook's sentences, each with its blank, where nothing else may be said. */
import { h } from "./dom.js";
import { groupOf, t } from "./words.js";

export function reciteForm(room, thread) {
  const to = thread === "plenary" ? [] : thread.split("+");
  const fills = {
    about: room.texts.texts.map(({ id }) => [id, t("ui.text_n", { id })]),
    whom: room.seatCodes.filter((seat) => seat !== room.viewer).map((seat) => [seat, t(`seat.${seat}`)]),
  };
  // A sentence about a text waits for a text.
  const usable = Object.entries(groupOf("sentence")).map(([name, words]) => [name, blankOf(words)]).filter(([, blank]) => !blank || fills[blank].length);
  const [chosen, blank] = usable.find(([name]) => name === room.ui.sentence) ?? usable[0];
  const submit = (event) => {
    event.preventDefault();
    const fill = event.target.elements.fill?.value;
    room.send("talk", { type: "recite", sentence: chosen, to, ...(blank && { [blank]: fill }) });
  };
  return h(
    "form",
    { class: "say", id: "recite-form", key: `recite-${thread}`, onsubmit: submit },
    h("label", { for: "sentence" }, to.length ? t("ui.write_to", { seats: to }) : t("ui.write_to_all")),
    h(
      "div",
      { class: "recite" },
      h("select", { id: "sentence", value: chosen, onchange: (event) => room.set({ sentence: event.target.value }) }, usable.map(([name, needs]) => h("option", { value: name }, t(`sentence.${name}`, { [needs || "none"]: "…" })))),
      blank && h("select", { name: "fill", id: "fill", key: blank, "aria-label": t(`ui.blank_${blank}`) }, fills[blank].map(([value, label]) => h("option", { value }, label))),
    ),
    h("button", { type: "submit" }, to.length ? t("ui.say_privately") : t("ui.say")),
    h("output", { class: "refusal" }, room.said.talk ?? ""),
  );
}

const blankOf = (words) => /\{(about|whom)\}/.exec(words)?.[1] ?? "";
