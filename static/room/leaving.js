/** leaving: which of one's own promises to break this round, openly, or to leave at its end. */
import { h } from "./dom.js";
import { t } from "./words.js";
import { sentence } from "./treaty.js";

export function leaving(room, state, change) {
  const me = room.viewer;
  const mine = room.promises.duties.filter((one) => one.duty.by === me && (one.status === "in_force" || one.status === "suspended"));
  const joined = room.promises.institutions.filter((one) => one.in_force && one.members.includes(me));
  const box = (name, id) => {
    const toggle = (event) => change({ [name]: event.target.checked ? [...state[name], id] : state[name].filter((one) => one !== id) });
    return h(
      "label",
      { class: "check" },
      h("input", { type: "checkbox", id: `${name}-${id}`, checked: state[name].includes(id), onchange: toggle }),
      t(`ui.${name}`),
    );
  };
  return h(
    "details",
    { class: "leaving", id: "leaving" },
    h("summary", null, t("ui.leave")),
    mine.length > 0 && h("p", { class: "soft" }, t("ui.stop_about")),
    mine.length + joined.length === 0 && h("p", { class: "soft" }, t("ui.leave_none")),
    h(
      "ul",
      null,
      mine.map((one) =>
        h("li", { key: one.id }, h("p", { class: "clauseline" }, sentence(one.duty)), one.status === "in_force" && box("stop", one.id), box("quit", one.id)),
      ),
      joined.map((one) => h("li", { key: one.id }, h("p", { class: "clauseline" }, t(`institution.${one.id}`)), box("quit", one.id))),
    ),
  );
}
