/** terms: the blanks of a promise that few need: who else promises it, from when it holds, and its stages. */
import { h } from "./dom.js";
import { figure, list, t } from "./words.js";
import { letters } from "./marks.js";

const STARTS = [0, 1, 2, 3, 4, 5];
const MOST_STAGES = 6;

/** The blanks behind "more"; `put` takes a change of the promise. */
export function terms({ room, duty, n, choice, put }) {
  const said = summary(duty);
  return h(
    "details",
    { class: "terms", id: `d${n}-more`, open: said.length > 0 },
    h("summary", null, said.length ? said.join("; ") : t("ui.terms")),
    h("div", { class: "termlist" }, others(room, duty, n, choice, put), start(duty, n, put), choice.stages.length > 0 && stages(duty, n, choice, put)),
  );
}

/** What is filled in here, so that it can be read while it is folded. */
function summary({ and = [], start: later = 0, stages: steps = [] }) {
  return [
    and.length > 0 && t("ui.terms_and", { seats: and }),
    later > 0 && (later === 1 ? t("duty.start_1") : t("duty.start", { rounds: later })),
    steps.length > 0 && t("ui.terms_stages", { list: list(steps.map(String)) }),
  ].filter(Boolean);
}

function others(room, duty, n, choice, put) {
  const chosen = duty.and ?? [];
  // Only who has it in its power; who is named already stays, to be taken out again.
  const able = (seat) => !duty.what || room.may.duties.some((one) => one.by === seat && one.kind === duty.kind && one.whats.includes(duty.what));
  const may = choice.others.filter((seat) => seat !== duty.to && (able(seat) || chosen.includes(seat)));
  if (!may.length) return null;
  const toggle = (seat) => (event) => put({ and: may.filter((one) => (one === seat ? event.target.checked : chosen.includes(one))) });
  return h(
    "fieldset",
    { class: "chips" },
    h("legend", null, t("ui.others")),
    may.map((seat) => h("label", { key: seat, class: "chip" }, h("input", { type: "checkbox", id: `d${n}-and-${seat}`, checked: chosen.includes(seat), onchange: toggle(seat) }), letters(seat))),
  );
}

function start(duty, n, put) {
  const known = [...new Set([...STARTS, duty.start ?? 0])];
  const name = (rounds) => (rounds === 0 ? t("ui.start_now") : rounds === 1 ? t("duty.start_1") : t("duty.start", { rounds }));
  return h(
    "p",
    { class: "field" },
    h("label", { for: `d${n}-start` }, t("ui.start_when")),
    " ",
    h("select", { id: `d${n}-start`, value: String(duty.start ?? 0), onchange: (event) => put({ start: Number(event.target.value) }) }, known.map((rounds) => h("option", { value: String(rounds) }, name(rounds)))),
  );
}

/** One amount a round, from its start on; after the last it is over. */
function stages(duty, n, choice, put) {
  const steps = duty.stages ?? [];
  const set = (k, amount) => put({ stages: steps.map((one, i) => (i === k ? amount : one)) });
  const known = (amount) => [...new Set([...choice.stages, amount])].sort((a, b) => a - b);
  return h(
    "fieldset",
    { class: "chips stages" },
    h("legend", null, t("ui.stages")),
    steps.map((amount, k) =>
      h(
        "select",
        { key: k, id: `d${n}-stage${k + 1}`, "aria-label": t("ui.stage_n", { number: k + 1 }), value: String(amount), onchange: (event) => set(k, Number(event.target.value)) },
        known(amount).map((one) => h("option", { value: String(one) }, figure(one))),
      ),
    ),
    h("button", { type: "button", id: `d${n}-stage-add`, disabled: steps.length >= MOST_STAGES, onclick: () => put({ stages: [...steps, steps.at(-1) ?? duty.amount ?? choice.stages[0]] }) }, t("ui.stage_add")),
    steps.length > 0 && h("button", { type: "button", class: "quiet", id: `d${n}-stage-less`, onclick: () => put({ stages: steps.slice(0, -1) }) }, t("ui.stage_less")),
  );
}
