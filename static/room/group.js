/** groupForm: whom a private talk of several is to be with. */
import { h } from "./dom.js";
import { t } from "./words.js";
import { letters } from "./marks.js";

export function groupForm(room) {
  const open = (event) => {
    event.preventDefault();
    const chosen = new FormData(event.target).getAll("seat");
    const thread = room.parties.filter((seat) => chosen.includes(seat)).join("+");
    if (thread) room.set({ thread, grouping: false, groups: [...(room.ui.groups ?? []), thread] });
  };
  return h(
    "form",
    { class: "grouping", id: "group-form", onsubmit: open },
    h(
      "fieldset",
      null,
      h("legend", null, t("ui.group_pick")),
      room.parties.filter((seat) => seat !== room.viewer).map((seat) =>
        h("label", null, h("input", { type: "checkbox", name: "seat", value: seat }), letters(seat)),
      ),
    ),
    h("button", { type: "submit" }, t("ui.group_open")),
  );
}
