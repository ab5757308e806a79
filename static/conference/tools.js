/** tools: what can be done at the ticked tables, or at all where none is ticked. What hurts is asked twice. */
import { h } from "../room/dom.js";
import { t } from "../room/words.js";

const HURTS = new Set(["advance", "rewind", "end"]);

export function tools(desk) {
  const { ui } = desk;
  const all = desk.chosen.size === 0;
  const tables = desk.tables();
  const waiting = tables.filter(({ phase }) => phase === "lobby");
  const running = tables.filter(({ phase }) => phase !== "lobby" && phase !== "over");
  const paused = running.filter((table) => table.paused_at !== null);
  const rolling = running.filter((table) => table.paused_at === null);
  const timed = running.filter((table) => table.deadline_at !== null);
  const button = (id, act, at, words = t(`console.${id}`)) =>
    h("button", { type: "button", id, disabled: at.length === 0, class: id === "start" && at.length ? "primary" : null, onclick: () => (HURTS.has(act.type) ? desk.set({ sure: { id, act } }) : desk.press(act, at)) }, words);
  return [
    h("p", { class: "chosen", id: "chosen" }, all ? t(tables.length === 1 ? "console.for_one" : "console.for_all", { count: tables.length }) : t("console.for_some", { tables: tables.map(({ number }) => number).join(", ") }),
      !all && h("button", { type: "button", class: "quiet", onclick: () => { desk.chosen.clear(); desk.set({}); } }, t("console.choose_all"))),
    h(
      "div",
      { class: "toolbar", role: "group", "aria-label": t("console.tools") },
      button("start", { type: "start" }, waiting.filter((table) => table.seats.some(({ people, programs }) => people.length + programs.length))),
      button("pause", { type: "pause" }, rolling),
      button("resume", { type: "resume" }, paused),
      button("extend", { type: "extend", seconds: 60 }, running),
      button("shorten", { type: "extend", seconds: -60 }, timed),
      button("advance", { type: "advance" }, running),
      back(desk, running),
      stage(desk, running.filter(({ phase }) => phase !== "reveal" && phase !== "briefing")),
      button("end", { type: "end" }, running),
    ),
    ui.sure && sure(desk, running),
    say(desk, tables),
  ];
}

/** Where one may go back to: the phases that all these tables have been in. */
function back(desk, running) {
  const phases = running.length ? running[0].phases.filter(([no, phase, round]) => running.every((table) => table.phases.some((one) => one[0] === no && one[1] === phase && one[2] === round))) : [];
  return h(
    "select",
    {
      id: "rewind", "aria-label": t("console.rewind"), disabled: phases.length === 0, value: "",
      onchange: (event) => {
        const no = Number(event.target.value);
        event.target.value = "";
        if (no) desk.set({ sure: { id: "rewind", act: { type: "rewind", phase_no: no } } });
      },
    },
    h("option", { value: "" }, t("console.rewind")),
    phases.toReversed().map(([no, phase, round]) => h("option", { value: String(no) }, round ? `${t("ui.round_hidden", { round })}, ${t(`phase.${phase}`)}` : t(`phase.${phase}`))),
  );
}

/** A window or a crisis, at once at all these tables. */
function stage(desk, tables) {
  if (!desk.flashpoints.length) return null; // a game without a region has no weather
  const windows = ["exchange", "trade", "thaw", "fear"].map((window) => [{ type: "open_window", window }, t("console.stage_window", { name: t(`window_short.${window}`) })]);
  const crises = desk.flashpoints.flatMap((flashpoint) => [1, 3, 5].map((severity) => [{ type: "stage_crisis", flashpoint, severity }, t("console.stage_crisis", { name: t(`flashpoint.${flashpoint}`), n: severity })]));
  const all = [...windows, ...crises];
  return h(
    "select",
    {
      id: "stage", "aria-label": t("console.stage"), disabled: tables.length === 0, value: "",
      onchange: (event) => {
        const chosen = all[Number(event.target.value)];
        event.target.value = "";
        if (chosen) desk.set({ sure: { id: "stage", act: chosen[0], at: tables } });
      },
    },
    h("option", { value: "" }, t("console.stage_none")),
    all.map(([, label], i) => h("option", { value: String(i) }, label)),
  );
}

function sure(desk, rolling) {
  const { id, act, at: running = rolling } = desk.ui.sure;
  return h(
    "div",
    { class: "sure", role: "alertdialog", "aria-label": t(`console.${id}`) },
    h("p", null, t(`console.sure_${id}`, { count: running.length })),
    h("button", { type: "button", class: "primary", id: "sure", oncreate: (made) => made.focus(), onclick: () => desk.press(act, running) }, t("console.yes")),
    h("button", { type: "button", id: "not-sure", onclick: () => desk.set({ sure: null }) }, t("console.no")),
  );
}

/** Words to the tables: a message in the facilitator's name, or news from the world. */
function say(desk, tables) {
  const send = async (event) => {
    event.preventDefault();
    const form = event.target;
    const text = form.elements.text.value.trim();
    if (!text) return;
    const seat = form.elements.to.value;
    const [type, capital] = form.elements.kind.value.split("+");
    const answer = await desk.press({ type, text, ...(seat && { to: [seat] }), ...(capital && { capital: true }) }, tables.filter(({ phase }) => phase !== "over"));
    if (answer && answer.done > 0) {
      form.elements.text.value = "";
      desk.keep("words", "");
    }
  };
  return h(
    "form",
    { class: "words", id: "words", onsubmit: send },
    h("label", null, t("console.as"), h("select", { name: "kind", id: "words-kind" }, ["say", "inject", "inject+capital"].map((kind) => h("option", { value: kind }, t(`console.kind_${kind.replace("+", "_")}`))))),
    h("label", null, t("console.to"), h("select", { name: "to", id: "words-to" }, h("option", { value: "" }, t("console.to_all")), [...desk.seats, ...desk.third].map((seat) => h("option", { value: seat }, t(`seat.${seat}`))))),
    h("label", { class: "wide" }, t("console.text"), h("input", { name: "text", id: "words-text", maxlength: 2000, autocomplete: "off", oncreate: (made) => (made.value = desk.kept("words")), oninput: (event) => desk.keep("words", event.target.value) })),
    h("button", { type: "submit", id: "words-send" }, t("console.send")),
  );
}
