/** sentence, treaty: promises and packages as numbered sentences; what changed is struck and underlined. */
import { h } from "./dom.js";
import { figure, list, phrase, t } from "./words.js";
import { mark, marks } from "./marks.js";
import { added, dropped, isSame, text } from "./difference.js";

/** One promise as nodes; `before` is the same promise in the version it amends, null when it is new. */
export function sentence(duty, before = duty) {
  const changed = (show, key) => {
    const now = show(duty[key]);
    if (!before || text(before[key]) === text(duty[key])) return [now];
    const was = show(before[key]);
    return [was && dropped(was), was && now && " ", now && added(now)];
  };
  const nodes = [...core(duty, changed)];
  for (const [show, key] of [...(duty.kind === "relieve" ? [[lifted, "stages"]] : []), [beginning, "start"], [length, "rounds"], [condition, "if"]]) {
    const part = changed(show, key).filter(Boolean);
    if (part.length) nodes.push(t("punctuation.between"), ...part);
  }
  return [...nodes, t("punctuation.stop")];
}

/** Who promises, as plain words: what follows may depend on how they sound. */
function named({ by, and }) {
  const names = list([by, ...(and ?? [])].map((seat) => t(`seat.${seat}`)));
  return and?.length ? t("duty.each", { names }) : names;
}

function core(duty, changed) {
  const by = Object.assign(h("span", null, changed((and) => (and?.length ? phrase("duty.each", { names: marks([duty.by, ...and]) }) : mark(duty.by)), "and")), { says: named(duty) });
  const to = duty.to ? mark(duty.to) : null;
  switch (duty.kind) {
    case "abstain":
    case "do": {
      const code = `duty.${duty.kind}`;
      return phrase(code, { by, act: h("span", null, act(duty.what, duty.to, to)) });
    }
    case "declare":
      return phrase(to ? "duty.declare_to" : "duty.declare", { by, to: to ?? "", statement: h("span", null, changed((what) => t(`statement.${what}`), "what")) });
    case "cap":
      return phrase("duty.cap", { by, posture: h("span", null, changed((amount) => t(`posture.${amount ?? 0}`), "amount")) });
    case "pay":
      return phrase("duty.pay", { by, to, amount: h("span", null, changed((amount) => (duty.stages?.length ? "" : figure(amount)), "amount"), changed(steps, "stages")) });
    default:
      return phrase(to && duty.kind === "admit" ? "duty.admit_to" : `duty.${duty.kind}`, { by, to: to ?? "" });
  }
}

/** "hold military exercises", "send aid to ▲ Japan". */
export function act(measure, to, node) {
  if (!to) return [t(`measure_act.${measure}`)];
  const targeted = phrase(`measure_act_to.${measure}`, { to: node });
  return targeted.length > 1 ? targeted : [t(`measure_act.${measure}`), " ", ...phrase("duty.toward", { to: node })];
}

const steps = (stages) => (stages?.length ? stages.map(figure).join(t("punctuation.comma")) : "");

const lifted = (stages) => (stages?.length ? t("duty.stages", { amounts: steps(stages) }) : "");

function beginning(rounds) {
  if (!rounds) return "";
  return rounds === 1 ? t("duty.start_1") : t("duty.start", { rounds });
}

function length(rounds) {
  if (!rounds) return "";
  return rounds === 1 ? t("duty.rounds_1") : t("duty.rounds", { rounds });
}

function condition(numbers) {
  if (!numbers?.length) return "";
  return t(numbers.length > 1 ? "duty.if_many" : "duty.if", { numbers: list(numbers.map(String)) });
}

/** The institution clause as nodes; `seats` are all seats of the room. */
export function clause(institution, seats) {
  if (institution.id === "un_resolution") return [t(institution.delta > 0 ? "clause.un_up" : "clause.un_down"), t("punctuation.stop")];
  const members = institution.members?.length ? institution.members : null;
  return [
    ...phrase("clause.found", {
      institution: h("strong", null, t(`institution.${institution.id}`)),
      members: h("span", null, members && members.length < seats.length ? marks(members) : t("ui.members_all")),
    }),
    t("punctuation.stop"),
  ];
}

/** A package as an ordered list; with `previous`, what changed is marked. */
export function treaty(pack, seats, previous = null) {
  if (pack.deal?.length) return dealList(pack.deal, previous?.deal);
  const old = previous?.duties ?? [];
  const duties = pack.duties ?? [];
  const before = (duty) => (previous ? old.find((one) => isSame(one, duty)) : duty);
  const gone = old.filter((one) => !duties.some((duty) => isSame(one, duty)));
  const items = duties.map((duty, i) => {
    const was = before(duty);
    return h("li", { value: i + 1 }, was ? sentence(duty, was) : added(sentence(duty)));
  });
  for (const duty of gone) items.push(h("li", { class: "gone" }, dropped(sentence(duty))));
  const found = pack.institution;
  const wasFound = previous?.institution;
  const changed = previous && text(found) !== text(wasFound);
  if (changed && wasFound) items.push(h("li", { class: "gone" }, dropped(clause(wasFound, seats))));
  if (found) items.push(h("li", { class: "founds" }, changed ? added(clause(found, seats)) : clause(found, seats)));
  return h("ol", { class: "treaty" }, items);
}

/** A deal as a list, an issue a line; with `previous`, what changed is marked. */
export function dealList(deal, previous = null) {
  return h(
    "ol",
    { class: "treaty deal" },
    deal.map((option, i) => {
      const was = previous?.[i];
      const name = (id) => `${id} ${t(`option.${id}`)}`;
      return h("li", { key: option[0] }, h("span", { class: "soft" }, `${t(`issue.${option[0]}`)}: `), was && was !== option ? [dropped(name(was)), " ", added(name(option))] : name(option));
    }),
  );
}
