/** orders: the secret order: posture, six cards then the rest, and what it costs; the covert switch only under a cap. */
import { h } from "./dom.js";
import { has, phrase, t } from "./words.js";
import { act, treaty } from "./treaty.js";
import { letters, mark, marks } from "./marks.js";
import { reason } from "./record.js";
import { leaving } from "./leaving.js";

const POSTURES = [-1, 0, 1, 2];
const NO_CAP = 2;

/** What stands in the form: kept since the last sealed order of this round, else that order, else the empty one. */
function form(room) {
  const { round } = room.room;
  const { cap, order, order_version } = room.own;
  const isCurrent = (state) => state?.round === round && state.version === order_version;
  if (!isCurrent(room.ui.order)) {
    const kept = JSON.parse(room.kept("order") ?? "null");
    room.ui.order = isCurrent(kept) ? kept : filled(room, order ?? {}, round);
  }
  const state = room.ui.order;
  // A cap that came after the draft must not make a covert order of it.
  return state.covert || state.posture <= cap ? state : { ...state, posture: cap };
}

function filled(room, order, round) {
  const cap = room.own.cap;
  const posture = order.posture ?? Math.min(0, cap);
  return {
    round, version: room.own.order_version, posture, covert: posture > cap, emphasis: order.emphasis ?? null,
    measures: (order.measures ?? []).map((one) => (one.target ? `${one.measure}>${one.target}` : one.measure)),
    suspend: order.suspend ?? false, stop: [...(order.stop ?? [])], quit: [...(order.quit ?? [])], hide: order.hide ?? false,
  };
}

/** Last round's order, but for breaking and leaving: who broke a promise once need not break the next. */
function again(room) {
  const { stop, quit, ...order } = room.own.last_order;
  const open = new Set(room.may.measures.map((one) => one.id));
  return { ...order, measures: (order.measures ?? []).filter((one) => open.has(one.measure)) };
}

function wire(state) {
  const order = { posture: state.posture };
  if (state.emphasis !== null) order.emphasis = state.emphasis;
  if (state.measures.length) {
    order.measures = state.measures.map((key) => {
      const [measure, target] = key.split(">");
      return target ? { measure, target } : { measure };
    });
  }
  for (const key of ["suspend", "hide"]) if (state[key]) order[key] = true;
  for (const key of ["stop", "quit"]) if (state[key].length) order[key] = state[key];
  return order;
}

export function orders(room) {
  if (!room.may || !room.own) return h("p", { class: "soft" }, t("ui.order_watch"));
  const state = form(room);
  const change = (patch) => {
    room.ui.order = { ...state, ...patch };
    room.keep("order", JSON.stringify(room.ui.order));
    room.draw();
  };
  const submit = async (event) => {
    event.preventDefault();
    const answer = await room.send("order", { type: "order", order: wire(state) }, room.own.order_version);
    return answer.ok;
  };
  const cards = room.may.measures.filter((one) => one.card);
  const rest = room.may.measures.filter((one) => !one.card);
  const used = room.own.promised_cost + state.measures.reduce((sum, key) => sum + costOf(room, key), 0);
  return h(
    "form",
    { class: "order", id: "order", onsubmit: submit },
    adopted(room),
    h("p", { class: room.own.order ? "good sealed" : "soft sealed" }, room.own.order ? `✓ ${t("ui.order_sealed", { version: room.own.order_version })}` : t("ui.order_none")),
    room.own.last_order && !room.own.order && h("p", { class: "buttons" }, h("button", { type: "button", id: "as-last", onclick: () => change(filled(room, again(room), state.round)) }, t("ui.as_last")), h("span", { class: "soft" }, t("ui.as_last_about"))),
    posture(room, state, change),
    routine(room, state, change),
    h("h3", null, t("ui.measures")),
    h("div", { class: "cards" }, cards.map((one) => card(room, state, one, change))),
    h("details", { class: "more", id: "more" }, h("summary", null, t("ui.more")), h("div", { class: "cards" }, rest.map((one) => card(room, state, one, change))), emphasis(room, state, change), hide(room, state, change)),
    leaving(room, state, change),
    h(
      "div",
      { class: "seal-bar" },
      h(
        "output",
        { id: "cost", class: used > room.may.points ? "refusal" : null },
        t(used > room.may.points ? "ui.points_over" : "ui.points", { used, most: room.may.points }),
        room.own.promised_cost > 0 && ` (${t("ui.points_promised", { points: room.own.promised_cost })})`,
      ),
      h("button", { type: "submit", class: "primary", id: "seal", disabled: used > room.may.points }, t(room.own.order ? "ui.seal_again" : "ui.seal")),
    ),
    h("output", { class: "refusal", id: "order-refusal" }, room.said.order ?? ""),
    room.own.order_digest && h("p", { class: "soft digest" }, t("ui.order_digest", { digest: room.own.order_digest.slice(0, 16) })),
  );
}

/** What was signed this round binds already. */
function adopted({ texts, seatCodes }) {
  const signed = texts.texts.filter((text) => text.status === "adopted");
  const fallen = texts.texts.filter((text) => text.status === "failed" && text.reason && text.reason !== "another_adopted");
  return [
    signed.length > 0 && h("div", { class: "signed" }, h("h3", null, t("ui.adopted_now")), signed.map((text) => treaty(text.package, seatCodes))),
    signed.length === 0 && h("p", { class: "soft" }, t("ui.adopted_none")),
    fallen.map((text) => h("p", { key: text.id, class: "soft" }, `${t("ui.text_n", { id: text.id })}. ${reason({ code: text.reason, params: text.reason_params })}`)),
  ];
}

const costOf = (room, key) => room.may.measures.find((one) => one.id === key.split(">")[0])?.cost ?? 0;

function posture(room, state, change) {
  const { cap, found_chance } = room.own;
  const capped = cap < NO_CAP;
  const isCovert = state.posture > cap;
  return h(
    "fieldset",
    { class: "postures" },
    h("legend", null, t("ui.posture"), capped && h("span", { class: "soft" }, ` · ${t("ui.posture_cap", { posture: t(`posture.${cap}`) })}`)),
    h(
      "div",
      { class: "choices" },
      POSTURES.map((value) =>
        h(
          "label",
          { key: value, class: `choice${value > cap ? " above" : ""}` },
          h("input", {
            type: "radio", name: "posture", id: `posture-${value}`, value, checked: state.posture === value,
            disabled: value > cap && !state.covert, onchange: () => change({ posture: value }),
          }),
          h("span", null, h("strong", null, t(`posture.${value}`)), h("span", { class: "soft" }, t(`posture_about.${value}`))),
        ),
      ),
    ),
    capped &&
      h(
        "div",
        { class: `covert${state.covert ? " on" : ""}` },
        h(
          "label",
          { class: "check" },
          h("input", {
            type: "checkbox", role: "switch", id: "covert", checked: state.covert,
            onchange: (event) => change({ covert: event.target.checked, posture: event.target.checked ? state.posture : Math.min(state.posture, cap) }),
          }),
          h("strong", null, t("ui.covert")),
        ),
        isCovert &&
          h("p", { id: "covert-says" }, t("ui.covert_about", { shown: t(`posture.${cap}`), real: t(`posture.${state.posture}`), chance: Math.round(found_chance * 100) })),
      ),
  );
}

function routine(room, state, change) {
  const own = room.may.routine;
  if (!own) return null;
  return h(
    "fieldset",
    { class: "routine" },
    h("legend", null, t("ui.routine")),
    room.may.routine_barred
      ? h("p", { class: "soft" }, t("ui.routine_barred"))
      : [
          h("p", null, phrase("ui.routine_about", { seat: mark(room.viewer), act: h("span", null, act(own.measure, own.target, own.target && mark(own.target))) })),
          h("label", { class: "check" }, h("input", { type: "checkbox", id: "suspend", checked: state.suspend, onchange: (event) => change({ suspend: event.target.checked }) }), t("ui.suspend")),
        ],
  );
}

function card(room, state, one, change) {
  const keys = one.targets.length ? one.targets.map((seat) => `${one.id}>${seat}`) : [one.id];
  const isOn = keys.some((key) => state.measures.includes(key));
  const toggle = (key) => (event) =>
    change({ measures: event.target.checked ? [...state.measures, key] : state.measures.filter((other) => other !== key) });
  return h(
    "fieldset",
    { key: one.id, class: `card${isOn ? " on" : ""}`, "data-measure": one.id },
    h("legend", null, t(`measure.${one.id}`), h("span", { class: "soft" }, ` ${one.cost === 1 ? t("ui.cost_1") : t("ui.cost_n", { cost: one.cost })}`)),
    h("p", null, has(`measure_mine.${one.id}`) && t(`measure_mine.${one.id}`)),
    h("p", { class: "soft" }, has(`measure_theirs.${one.id}`) && t(`measure_theirs.${one.id}`)),
    reading(one),
    one.barred && h("p", { class: "bad" }, `! ${t("ui.barred")}`),
    h(
      "div",
      { class: "chips" },
      keys.map((key) => {
        const target = key.split(">")[1];
        return h(
          "label",
          { key, class: "chip" },
          h("input", { type: "checkbox", id: `m-${key.replace(">", "-")}`, checked: state.measures.includes(key), onchange: toggle(key), "aria-label": `${t(`measure.${one.id}`)}${target ? ` ${t("ui.toward_seat", { seat: target })}` : ""}` }),
          target ? letters(target) : t("ui.no_target"),
        );
      }),
    ),
  );
}

/** Who is likely to read the measure as meant for it, and how: scope and evidence in words. */
function reading({ evidence, readers, targets }) {
  const size = Math.abs(evidence);
  const how = t(`reading.${evidence < 0 ? "hostile" : "friendly"}_${size < 0.35 ? 1 : size < 0.75 ? 2 : 3}`);
  const sign = (evidence < 0 ? "−" : "＋").repeat(size < 0.35 ? 1 : size < 0.75 ? 2 : 3);
  const line = targets.length ? t("ui.read_target", { how }) : readers.length ? phrase("ui.read_by", { how, seats: marks(readers, letters, " ") }) : t("ui.read_nobody");
  return h("p", { class: "reading" }, (targets.length > 0 || readers.length > 0) && h("span", { class: evidence < 0 ? "bad" : "good", "aria-hidden": "true" }, `${sign} `), line);
}

function emphasis(room, state, change) {
  if (room.room.scenario === "cjk") return null;
  const options = [["", "usual"], ["0.2", "defence"], ["0.5", "mixed"], ["0.8", "offence"]];
  return h(
    "p",
    { class: "field" },
    h("label", { for: "emphasis" }, t("ui.emphasis")),
    " ",
    h(
      "select",
      { id: "emphasis", value: state.emphasis === null ? "" : String(state.emphasis), onchange: (event) => change({ emphasis: event.target.value === "" ? null : Number(event.target.value) }) },
      options.map(([value, code]) => h("option", { value }, t(`ui.emphasis_${code}`))),
    ),
  );
}

function hide(room, state, change) {
  const isBound = room.promises.institutions.some((one) => one.id === "denuke" && one.in_force && one.members.includes("KP"));
  if (room.viewer !== "KP" || !isBound) return null;
  return h("label", { class: "check covert" }, h("input", { type: "checkbox", id: "hide", checked: state.hide, onchange: (event) => change({ hide: event.target.checked }) }), t("ui.hide"));
}
