/** counsel: what my delegation says of signing a text, where it decides together. */
import { h } from "./dom.js";
import { t } from "./words.js";

export function counsel(room, text) {
  const members = room.people.people.filter((person) => person.seat === room.viewer && person.here);
  if (text.status !== "open" || !text.voters.includes(room.viewer) || members.length < 2) return null;
  const said = room.own.counsel[text.id] ?? {};
  const mine = said[room.people.me];
  const button = (choice) => h("button", { type: "button", "data-counsel": choice, "aria-pressed": String(mine === choice), onclick: () => room.send("texts", { type: "counsel", text: text.id, choice }) }, t(`ui.counsel_${choice}`));
  return h(
    "div",
    { class: "counsel", role: "group", "aria-label": t("ui.counsel") },
    h("p", { class: "soft" }, `${t("ui.counsel")} `, members.map((person) => `${person.name}: ${said[person.id] ? t(`choice.${said[person.id]}`) : t("choice.none")}`).join(" · ")),
    h("div", { class: "buttons" }, button("yes"), button("no")),
  );
}
