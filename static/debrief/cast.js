/** cast: who sat where in a public game, under no name or under names that are nobody's. */
import { h } from "../room/dom.js";
import { list, t } from "../room/words.js";
import { mark } from "../room/marks.js";

export function cast({ room, people }) {
  const named = (seat) => people.people.filter((person) => person.seat === seat).map((person) => (person.program ? `${person.name} (${t("ui.program")})` : person.name));
  return [h("h2", null, t("debrief.cast")), h("dl", { class: "regionlist" }, room.seats.map(({ seat, holder }) => h("div", { key: seat }, h("dt", null, mark(seat)), h("dd", null, holder === "people" && named(seat).length ? list(named(seat)) : t(`holder.${holder}`)))))];
}
