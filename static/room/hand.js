/** hand: asking for the word of whoever runs the room; what about, nobody else reads. */
import { h } from "./dom.js";
import { t } from "./words.js";
import { raised } from "./marks.js";

export function hand(room) {
  const me = room.people.people.find((person) => person.id === room.people.me);
  if (!me) return null;
  const sign = [raised(), " "];
  if (me.hand) {
    return h("p", { class: "hand", id: "hand" }, sign, t("ui.hand_up"), " ", h("button", { type: "button", class: "quiet", id: "hand-down", onclick: () => room.post("hand", { down: 1 }) }, t("ui.hand_down")));
  }
  if (!room.ui.asking) {
    return h("p", { class: "hand" }, h("button", { type: "button", class: "quiet", id: "hand-raise", onclick: () => room.set({ asking: true }) }, sign, t("ui.hand_raise")));
  }
  const send = async (event) => {
    event.preventDefault();
    const heard = await room.post("hand", { question: event.target.elements.question.value });
    if (heard) room.keep("question", null, false);
    room.set(heard ? { asking: false, unheard: false } : { unheard: true });
  };
  return h(
    "form",
    { class: "say", id: "hand-form", onsubmit: send },
    h("label", { for: "question" }, t("ui.hand_question")),
    h("input", { id: "question", name: "question", maxlength: 200, autocomplete: "off", oncreate: (made) => { made.value = room.kept("question") ?? ""; made.focus(); }, oninput: (event) => room.keep("question", event.target.value, false) }),
    h("button", { type: "submit" }, t("ui.hand_send")),
    room.ui.unheard && h("output", { class: "refusal" }, t("ui.report_unheard")),
  );
}
