/** delegations: who did what where several shared a seat; told to those who shared it, and to whoever ran the room. */
import { h } from "../room/dom.js";
import { t } from "../room/words.js";
import { mark } from "../room/marks.js";
import { wide } from "./wide.js";

const KINDS = [["talk", ["said", "published"]], ["texts", ["proposed", "sponsored", "drafted"]], ["votes", ["voted", "counselled"]], ["orders", ["ordered"]]];

export function delegations({ people, entries, viewer, seatCodes }) {
  const shared = seatCodes
    .filter((seat) => viewer === "facilitator" || seat === viewer)
    .map((seat) => [seat, people.people.filter((person) => person.seat === seat)])
    .filter(([, members]) => members.length > 1);
  if (!shared.length) return null;
  const count = (person, types) => entries.filter(({ event }) => event.by === person.id && types.includes(event.type)).length;
  return [
    h("h2", null, t("debrief.delegations")),
    h("p", { class: "soft" }, t("debrief.delegations_about")),
    wide(t("debrief.delegations"), h("table", { id: "delegations" },
      h("thead", null, h("tr", null, h("th", { scope: "col" }, t("ui.seat")), h("th", { scope: "col" }, t("debrief.member")), KINDS.map(([name]) => h("th", { scope: "col", class: "num" }, t(`debrief.did_${name}`))))),
      h("tbody", null, shared.flatMap(([seat, members]) => members.map((person) => h("tr", { key: person.id }, h("td", null, mark(seat)), h("th", { scope: "row" }, person.name), KINDS.map(([, types]) => h("td", { class: "num" }, String(count(person, types)))))))))),
  ];
}
