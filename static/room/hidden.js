/** stock, secrets, letters: what is hidden, for whoever hides it and for the facilitator, and what is written to one alone. */
import { h } from "./dom.js";
import { plain, t } from "./words.js";
import { mark } from "./marks.js";
import { languageOf } from "./language.js";

/** What I hide, what it does for me, and how likely it is to be found. */
export function stock(own) {
  return h(
    "p",
    { class: "covert on" },
    h("strong", null, `${t("ui.hidden")} ${plain(own.hidden)}`),
    h("br"),
    t("ui.hidden_about", { S: plain(own.S_true), W: plain(own.W_true), chance: Math.round(own.found_chance * 100) }),
  );
}

/** What a seat hides, for the facilitator. */
export function secrets(own) {
  return h(
    "section",
    { key: own.seat, class: "secrets" },
    h("h3", null, mark(own.seat)),
    own.mandate && h("p", { class: "soft" }, `${t("ui.mandate")}: ${t(`mandate.${own.mandate.code}`)}`),
    h("p", { class: "soft" }, `${t("ui.hidden")} ${plain(own.hidden)} · ${t("ui.worth")} ${plain(own.W_true)}`),
    own.order && h("p", { class: "soft" }, `✓ ${t("ui.order_sealed", { version: own.order_version })}`),
  );
}

/** What is for me alone: the briefing of my office, and words of whoever runs the room. */
export function letters(room) {
  const { people } = room;
  return h("div", { class: "mandate", id: "letters" }, h("h3", null, t("ui.letters")), people.letters.map((letter, i) => h("p", { key: i }, letter.texts?.[languageOf(room, Object.keys(letter.texts))] ?? letter.text)));
}
