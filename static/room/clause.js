/** clausePicker, withMembers: the institution of a package, its members, and why the others are closed. */
import { h } from "./dom.js";
import { t } from "./words.js";
import { letters } from "./marks.js";

/** The clause as it goes over the wire: all members need not be named. */
export function withMembers(room, institution) {
  const choice = room.may.institutions.find((one) => one.id === institution.id);
  const all = choice && institution.members?.length === choice.seats.length;
  const out = { id: institution.id };
  if (institution.id === "un_resolution") out.delta = institution.delta ?? 1;
  else if (institution.members?.length && !all) out.members = institution.members;
  return out;
}

export function clausePicker(room, pack, change) {
  const { institutions } = room.may;
  const open = institutions.filter((one) => one.gate === null);
  const shut = institutions.filter((one) => one.gate !== null);
  const chosen = pack.institution;
  const pick = (event) => change({ institution: event.target.value ? { id: event.target.value } : null });
  return h(
    "div",
    { class: "clause" },
    h("label", { for: "b-institution" }, t("ui.institution")),
    " ",
    h(
      "select",
      { id: "b-institution", value: chosen?.id ?? "", onchange: pick },
      h("option", { value: "" }, t("ui.institution_none")),
      open.map((one) => h("option", { value: one.id }, t(`institution.${one.id}`))),
      chosen && shut.some((one) => one.id === chosen.id) && h("option", { value: chosen.id }, t(`institution.${chosen.id}`)),
    ),
    chosen && h("p", { class: "soft" }, t(`institution_about.${chosen.id}`)),
    chosen && (chosen.id === "un_resolution" ? delta(chosen, change) : members(room, chosen, change)),
    shut.length > 0 &&
      h(
        "details",
        { class: "closed" },
        h("summary", null, t("ui.not_possible")),
        h("ul", null, shut.map((one) => h("li", { key: one.id }, h("strong", null, t(`institution.${one.id}`)), `: ${t(`gate.${one.gate}`, one.gate_params)}.`))),
      ),
  );
}

function delta(chosen, change) {
  return h(
    "select",
    { id: "b-delta", "aria-label": t("institution.un_resolution"), value: String(chosen.delta ?? 1), onchange: (event) => change({ institution: { ...chosen, delta: Number(event.target.value) } }) },
    h("option", { value: "1" }, t("ui.raise")),
    h("option", { value: "-1" }, t("ui.lower")),
  );
}

function members(room, chosen, change) {
  const choice = room.may.institutions.find((one) => one.id === chosen.id);
  const all = choice?.seats ?? room.seatCodes;
  const named = chosen.members?.length ? chosen.members : all;
  const toggle = (seat) => (event) =>
    change({ institution: { ...chosen, members: all.filter((one) => (one === seat ? event.target.checked : named.includes(one))) } });
  return h(
    "fieldset",
    { class: "chips" },
    h("legend", null, t("ui.members")),
    all.map((seat) => h("label", { key: seat, class: "chip" }, h("input", { type: "checkbox", id: `b-member-${seat}`, checked: named.includes(seat), onchange: toggle(seat) }), letters(seat))),
  );
}
