/** builder, openBuilder: a package in plain sentences with controls in the blanks; offers what `may` allows. */
import { h } from "./dom.js";
import { figure, has, list, say, t } from "./words.js";
import { clausePicker, withMembers } from "./clause.js";
import { difference } from "./changes.js";
import { terms } from "./terms.js";
import { treaty } from "./treaty.js";
import { verdict } from "./verdict.js";

const EMPTY = { duties: [], institution: null, side: false };
let checking = 0;

export function openBuilder(room, text = null) {
  const from = text ? { ...EMPTY, ...text.package } : EMPTY;
  save(room, { amends: text?.id ?? null, version: text?.version, package: structuredClone(from), brackets: text?.brackets ?? [], verdict: null });
  document.getElementById("builder")?.scrollIntoView({ block: "start" });
}

function save(room, state) {
  room.ui.builder = state;
  room.keep("builder", state && JSON.stringify({ ...state, verdict: null, last: null }));
  if (state) check(room);
  room.draw();
}

/** Asks the server, half a second after the last change, whether this may be tabled. */
function check(room) {
  clearTimeout(checking);
  checking = setTimeout(async () => {
    const state = room.ui.builder;
    if (!state || !isSomething(state.package)) return;
    const question = { type: "check", package: wire(room, state.package) };
    if (state.amends) question.amends = state.amends;
    const reply = await room.ask(question);
    if (room.ui.builder !== state) return;
    if (!reply.ok && !reply.refusal) return; // offline: asked again with the next change
    state.verdict = reply.ok
      ? { ok: true, ...reply.answer }
      : { ok: false, text: say("refusal", reply.refusal) };
    room.draw();
  }, 400);
}

const isSomething = (pack) => pack.duties.length > 0 || pack.institution !== null;

/** The package as it goes over the wire. */
function wire(room, pack) {
  const out = { sponsor: room.viewer === "CH" ? room.seatCodes[0] : room.viewer, duties: pack.duties };
  if (pack.side) out.side = true;
  if (pack.institution && !pack.side) out.institution = withMembers(room, pack.institution);
  return out;
}

export function builder(room) {
  const state = room.ui.builder;
  const { package: pack } = state;
  const change = (patch, gone = null) => {
    // Brackets follow what they stand around.
    const kept = gone === null ? state.brackets : state.brackets.filter((number) => number !== gone).map((number) => (number > gone ? number - 1 : number));
    save(room, { ...state, package: { ...pack, ...patch }, brackets: kept ?? [], verdict: null, last: state.verdict ?? state.last });
  };
  const chairs = room.viewer === "CH";
  const most = pack.side ? 2 : room.room.duties_per_package;
  const hindered = obstacle(room, state);
  const submit = async (event) => {
    event.preventDefault();
    const decision = chairs ? { type: "offer", package: wire(room, pack), brackets: state.brackets } : { type: "propose", package: wire(room, pack) };
    if (state.amends) decision.amends = state.amends;
    const answer = await room.send("texts", decision, chairs ? room.texts.offers : state.version);
    if (answer.ok) save(room, null);
  };
  return h(
    "form",
    { key: "builder", class: "builder", id: "builder", onsubmit: submit, "aria-labelledby": "builder-title" },
    h("h3", { id: "builder-title" }, state.amends ? t("ui.build_amend", { id: state.amends }) : t(chairs ? "ui.single_build" : "ui.build")),
    !state.amends && templates(room, change),
    h("ol", { class: "treaty blanks" }, pack.duties.map((duty, i) => row(room, pack, duty, i, change))),
    chairs && brackets(room, state),
    h(
      "div",
      { class: "buttons" },
      h("button", { type: "button", id: "b-add", disabled: pack.duties.length >= most, onclick: () => change({ duties: [...pack.duties, firstDuty(room)] }) }, t("ui.add_duty")),
      pack.duties.length >= most && h("span", { class: "soft" }, t("ui.duties_full", { most })),
    ),
    !pack.side && clausePicker(room, pack, change),
    room.room.side_deals && !chairs &&
      h("label", { class: "check" }, h("input", { type: "checkbox", id: "b-side", checked: pack.side, onchange: (event) => change({ side: event.target.checked, institution: null }) }), t("ui.is_side")),
    state.amends && changes(room, state, wire(room, pack)),
    h(
      "div",
      { class: "seal-bar" },
      hindered,
      givesWay(room, state),
      h("output", { id: "b-check", class: state.verdict?.ok === false && !hindered ? "refusal" : "verdict", "aria-busy": String(!state.verdict) }, verdict({ ...state, isHindered: Boolean(hindered), isEmpty: !isSomething(pack) })),
      h("button", { type: "submit", id: "b-table", class: "primary", disabled: !isSomething(pack) || Boolean(hindered) || state.verdict?.allowed === false }, t(chairs ? "ui.single_offer" : state.amends ? "ui.table_version" : "ui.table_it")),
      !chairs && h("button", { type: "button", id: "b-draft", class: "quiet", onclick: () => room.send("texts", { type: "draft", package: wire(room, pack) }) }, t("ui.keep_draft")),
      h("button", { type: "button", id: "b-close", class: "quiet", onclick: () => save(room, null) }, t("ui.build_close")),
    ),
  );
}

/** What stands in the way of tabling this, with what I can do about it: the amended text has moved on, or I have another one. */
function obstacle(room, state) {
  const open = room.texts.texts.filter((one) => one.status === "open");
  const text = open.find((one) => one.id === state.amends);
  const own = open.find((one) => one.author === room.viewer && !one.package.side && one.id !== state.amends);
  if (state.amends && !text) {
    return notice(t("ui.build_gone", { id: state.amends }), ["b-own", t("ui.build_own"), () => save(room, { ...state, amends: null, version: undefined, verdict: null })]);
  }
  if (text && text.version !== state.version) {
    const { id, version } = text;
    return notice(
      t("ui.build_behind", { id, version }),
      ["b-over", t("ui.build_over", { version }), () => save(room, { ...state, version, verdict: null })],
      ["b-again", t("ui.build_again", { version }), () => openBuilder(room, text)],
    );
  }
  if (own && !state.package.side && !isCounter(room, text)) {
    const { id, version } = own;
    return notice(t("ui.build_other", { id }), ["b-withdraw", t("ui.build_withdraw", { id }), () => room.send("texts", { type: "withdraw", text: id }, version)]);
  }
  return null;
}

/** A version of another's text takes the place of my own, while all may still be tabled. */
const isCounter = (room, text) => Boolean(text) && text.author !== room.viewer && room.room.phase === "talk";

/** My text that goes off the table once this is tabled, if any. */
function givesWay(room, state) {
  const open = room.texts.texts.filter((one) => one.status === "open");
  if (state.package.side || !isCounter(room, open.find((one) => one.id === state.amends))) return null;
  const own = open.find((one) => one.author === room.viewer && !one.package.side);
  return own ? h("p", { class: "soft", id: "b-gives-way" }, t("ui.build_gives_way", { id: own.id })) : null;
}

function notice(told, ...buttons) {
  const row = buttons.map(([id, label, act]) => h("button", { type: "button", id, onclick: act }, label));
  return h("div", { class: "obstacle", role: "alert" }, h("p", null, told), h("p", { class: "buttons" }, row));
}

/** What my version would change in the text it amends. */
function changes(room, { amends }, pack) {
  const text = room.texts.texts.find((one) => one.id === amends);
  const told = text && difference(pack, text.package);
  return told && h("div", { class: "changes" }, h("p", { class: "soft", role: "status" }, told), treaty(pack, room.seatCodes, text.package));
}

function templates(room, change) {
  const pick = (event) => {
    const chosen = room.may.templates.find((one) => one.id === event.target.value);
    change(chosen ? structuredClone({ ...EMPTY, ...chosen.package }) : EMPTY);
  };
  return h(
    "p",
    { class: "field" },
    h("label", { for: "b-template" }, t("ui.templates")),
    " ",
    h(
      "select",
      { id: "b-template", onchange: pick },
      h("option", { value: "" }, t("ui.blank")),
      room.may.templates.map((one) =>
        h("option", { value: one.id, disabled: one.gate !== null }, t(`template.${one.id}`), one.gate && ` (${t(`gate.${one.gate}`)})`),
      ),
    ),
  );
}

/** Which parts of the chair's text are not agreed. */
function brackets(room, state) {
  const { duties, institution } = state.package;
  const parts = [...duties.map((_, i) => i + 1), ...(institution ? [0] : [])];
  const toggle = (number) => save(room, { ...state, brackets: state.brackets.includes(number) ? state.brackets.filter((one) => one !== number) : [...state.brackets, number] });
  return parts.length > 0 && h(
    "fieldset",
    { class: "chips", id: "b-brackets" },
    h("legend", null, t("ui.brackets")),
    parts.map((number) => h("label", { key: number, class: "chip" }, h("input", { type: "checkbox", checked: state.brackets.includes(number), onchange: () => toggle(number) }), number ? t("ui.promise_n", { number }) : "§")),
  );
}

/** The package without a promise; what waited for it waits for it no more. */
export function without(pack, i) {
  const n = i + 1;
  const duties = pack.duties.filter((_, k) => k !== i).map((one) => {
    const kept = one.if?.filter((number) => number !== n).map((number) => (number > n ? number - 1 : number));
    const { if: _, ...rest } = one;
    return kept?.length ? { ...rest, if: kept } : rest;
  });
  return { ...pack, duties };
}

const choiceOf = (room, duty) => room.may.duties.find((one) => one.by === duty.by && one.kind === duty.kind);

function firstDuty(room) {
  const { duties } = room.may;
  const rival = duties.find((one) => one.by !== room.viewer) ?? duties[0];
  return fitted(room, { by: rival.by, kind: rival.kind });
}

/** The duty with every blank that its kind has, and none that it has not. */
function fitted(room, duty) {
  const choice = choiceOf(room, duty) ?? room.may.duties.find((one) => one.by === duty.by);
  const out = { by: choice.by, kind: choice.kind };
  if (choice.whats.length) out.what = choice.whats.includes(duty.what) ? duty.what : choice.whats[0];
  const mayName = choice.target !== "no" && choice.targets.length > 0;
  if (mayName && choice.targets.includes(duty.to)) out.to = duty.to;
  else if (choice.target === "must" || (duty.kind === "do" && has(`measure_act_to.${out.what}`))) {
    out.to = choice.targets.find((seat) => seat === room.viewer) ?? choice.targets[0];
  }
  if (choice.amounts.length) out.amount = choice.amounts.includes(duty.amount) ? duty.amount : middle(choice);
  const others = (duty.and ?? []).filter((seat) => choice.others.includes(seat) && seat !== out.to);
  if (others.length) out.and = others;
  if (duty.start) out.start = duty.start;
  if (choice.stages.length && duty.stages?.length) {
    out.stages = duty.stages;
    delete out.amount;
  } else if (duty.rounds) out.rounds = duty.rounds;
  if (duty.if?.length) out.if = duty.if;
  return out;
}

/** Whether the sentence has a blank for another state: where it must, or where it changes what is promised. */
function isAimed(choice, duty) {
  if (!choice || choice.target === "no" || !choice.targets.length) return false;
  return choice.target === "must" || Boolean(duty.to) || has(`measure_act_to.${duty.what}`);
}

const middle = ({ amounts }) => (amounts.includes(0) ? 0 : amounts[Math.min(1, amounts.length - 1)]);

function row(room, pack, duty, i, change) {
  const n = i + 1;
  const choice = choiceOf(room, duty);
  const put = (patch) => change({ duties: pack.duties.map((one, k) => (k === i ? fitted(room, { ...one, ...patch }) : one)) });
  const remove = () => change(without(pack, i), n);
  const select = (name, label, value, options, patch) =>
    h(
      "select",
      { id: `d${n}-${name}`, "aria-label": `${t("ui.promise_n", { number: n })}: ${label}`, value, onchange: (event) => put(patch(event.target.value)) },
      options.map(([key, text]) => h("option", { value: key }, text)),
    );
  const unique = (items) => [...new Set(items)];
  const bys = unique(room.may.duties.map((one) => one.by));
  const kinds = unique(room.may.duties.filter((one) => one.by === duty.by).map((one) => one.kind));
  const anyone = choice?.target === "may" ? [["", t("ui.toward_anyone")]] : [];
  const verb = duty.kind === "abstain" || duty.kind === "do";
  const states = duty.kind === "declare";
  const amountText = (amount) => (duty.kind === "cap" ? `“${t(`posture.${amount}`)}”` : figure(amount));
  return h(
    "li",
    { key: i, value: n, "data-duty": n },
    select("by", t("ui.who"), duty.by, bys.map((seat) => [seat, t(`seat.${seat}`)]), (by) => ({ by })),
    " ",
    select("kind", t("ui.promises_what"), duty.kind, kinds.map((kind) => [kind, t(`kind.${kind}`)]), (kind) => ({ kind })),
    verb && [" ", select("what", t("ui.what"), duty.what, (choice?.whats ?? []).map((what) => [what, t(`measure_act.${what}`)]), (what) => ({ what }))],
    states && [" ", select("what", t("ui.what"), duty.what, choice.whats.map((what) => [what, t(`statement.${what}`)]), (what) => ({ what }))],
    isAimed(choice, duty) && [
      verb ? ` ${t("ui.toward").toLowerCase()} ` : " ",
      select("to", t("ui.toward"), duty.to ?? "", [...anyone, ...choice.targets.filter((seat) => seat !== duty.by).map((seat) => [seat, t(`seat.${seat}`)])], (to) => ({ to: to || undefined })),
    ],
    choice?.amounts.length > 0 && !duty.stages?.length && [" ", select("amount", t("ui.amount"), String(duty.amount), choice.amounts.map((amount) => [String(amount), amountText(amount)]), (amount) => ({ amount: Number(amount) }))],
    " ",
    !duty.stages?.length && select("rounds", t("ui.how_long"), String(duty.rounds ?? ""), lengths(duty), (rounds) => ({ rounds: Number(rounds) || undefined })),
    i > 0 && [" ", select("if", t("ui.condition"), (duty.if ?? []).join(","), conditions(i, duty), (value) => ({ if: value ? value.split(",").map(Number) : undefined }))],
    " ",
    h("button", { type: "button", class: "quiet remove", id: `d${n}-remove`, "aria-label": t("ui.remove", { number: n }), onclick: remove }, "×"),
    choice && terms({ room, duty, n, choice, put }),
  );
}

function lengths(duty) {
  const numbers = [...new Set([1, 2, 3, 4, 5, ...(duty.rounds ? [duty.rounds] : [])])];
  return [["", t("ui.until_end")], ...numbers.map((n) => [String(n), n === 1 ? t("ui.for_round") : t("ui.for_rounds", { rounds: n })])];
}

function conditions(i, duty) {
  const earlier = Array.from({ length: i }, (_, k) => [k + 1]);
  const sets = [[], ...earlier, ...(i > 1 ? [earlier.flat()] : []), ...(duty.if?.length ? [duty.if] : [])];
  const named = (numbers) => (numbers.length ? t(numbers.length > 1 ? "duty.if_many" : "duty.if", { numbers: list(numbers.map(String)) }) : t("ui.unconditional"));
  return [...new Map(sets.map((numbers) => [numbers.join(","), named(numbers)]))];
}

