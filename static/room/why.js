/** why: every change of my worth as a sentence and a small waterfall: before, each cause, after. */
import { h } from "./dom.js";
import { has, plain, signed, t, tone } from "./words.js";

const SMALL = 0.05;

export function why(room) {
  const round = room.world.round;
  const open = room.ui.why;
  if (!round) return h("p", { class: "soft" }, t("ui.why_none"));
  const toggle = () => (open ? room.set({ why: null }) : askWhy(room, round));
  return [
    h("button", { type: "button", id: "why", "aria-expanded": String(Boolean(open)), onclick: toggle }, t("ui.why")),
    open && h("div", { class: "whybox", id: "why-box", role: "status" }, open.answer ? answer(open) : open.refused ?? t("ui.why_wait")),
  ];
}

export async function askWhy(room, round) {
  room.set({ why: { round } });
  const reply = await room.ask({ type: "why", round });
  room.set({ why: reply.ok ? { round, answer: reply.answer } : { round, refused: room.refusal(reply.refusal) } });
}

/** What each deed of a round did to my worth, once the server has said; asks for it the first time. */
export function effects(room, round) {
  const known = room.ui.effects;
  if (known?.round === round) return known.causes;
  if (!room.own) return [];
  room.ui.effects = { round, causes: [] };
  room.ask({ type: "why", round }).then((reply) => {
    if (reply.ok) room.set({ effects: { round, causes: reply.answer.causes } });
    else room.ui.effects = null;
  });
  return [];
}

/** Causes by size, the crumbs together. */
export function causesOf(answer) {
  const causes = [...answer.causes].sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
  const crumbs = causes.filter((cause) => Math.abs(cause.change) < SMALL);
  const rest = crumbs.reduce((sum, cause) => sum + cause.change, 0);
  const shown = causes.filter((cause) => Math.abs(cause.change) >= SMALL);
  return crumbs.length ? [...shown, { code: "rest", params: {}, change: rest }] : shown;
}

export function causeName({ code, params }) {
  const key = `cause.${code}`;
  return has(key) ? t(key, params ?? {}) : [code, ...Object.values(params ?? {})].join(" ");
}

function answer({ round, answer: given }) {
  const causes = causesOf(given);
  const change = given.after - given.before;
  const first = causes.find((cause) => Math.sign(cause.change) === Math.sign(change)) ?? causes[0];
  const code = Math.abs(change) < SMALL || !first ? "ui.why_same" : change > 0 ? "ui.why_sentence_up" : "ui.why_sentence_down";
  return [
    h("h3", null, t("ui.why_of", { round })),
    h("p", null, t(code, { change: plain(Math.abs(change)), cause: first ? causeName(first) : "" })),
    waterfall(given, causes),
  ];
}

export function waterfall({ before, after }, causes) {
  const steps = [before];
  for (const cause of causes) steps.push(steps.at(-1) + cause.change);
  const low = Math.min(...steps, after);
  const high = Math.max(...steps, after);
  const x = (value) => 4 + (92 * (value - low)) / Math.max(high - low, 0.5);
  const bar = (from, to, name) => {
    const left = Math.min(x(from), x(to));
    return h("svg", { viewBox: "0 0 100 12", preserveAspectRatio: "none", "aria-hidden": "true" }, h("rect", { x: left.toFixed(2), y: 2, width: Math.max(1, Math.abs(x(to) - x(from))).toFixed(2), height: 8, class: name }));
  };
  const row = (label, value, picture, name) =>
    h("tr", null, h("th", { scope: "row" }, label), h("td", { class: "bar" }, picture), h("td", { class: `num ${name}` }, value));
  return h(
    "table",
    { class: "waterfall" },
    h(
      "tbody",
      null,
      row(t("ui.before"), plain(before), bar(low, before, "level"), ""),
      causes.map((cause, k) => row(causeName(cause), signed(cause.change, 2), bar(steps[k], steps[k + 1], cause.change < 0 ? "down" : "up"), tone(cause.change, 2))),
      row(t("ui.after"), plain(after), bar(low, after, "level"), ""),
    ),
  );
}
