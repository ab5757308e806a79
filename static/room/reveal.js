/** reveal, deeds: a slow reading of what happened in a round, one deed a line, and what it did to me. */
import { h } from "./dom.js";
import { has, list, phrase, plain, signed, t, tone } from "./words.js";
import { mark } from "./marks.js";
import { sentence, treaty } from "./treaty.js";
import { askWhy, effects } from "./why.js";

export function reveal(room) {
  const round = room.history.rounds.at(-1);
  if (!round) return h("p", { class: "soft" }, t("ui.reveal_nothing"));
  const before = room.history.rounds.at(-2)?.after ?? room.history.start;
  return [
    h("h3", null, t("ui.reveal_title", { round: round.round })),
    round.adopted.length > 0 && h("div", { class: "signed" }, h("p", null, h("strong", null, t("ui.adopted_head"))), round.adopted.map((pack) => treaty(pack, room.seatCodes))),
    deeds(room, round, effects(room, round.round)),
    h("p", null, t("ui.climate_now", { culture: t(`culture.${round.after.culture}`) })),
    change(room, before, round.after),
    room.own && h("button", { type: "button", id: "why-all", onclick: () => (room.show("me"), askWhy(room, round.round)) }, t("ui.why_all")),
  ];
}

function change({ viewer }, before, after) {
  const worth = (world) => world.seats.find((one) => one.seat === viewer)?.W;
  const delta = worth(after) - worth(before);
  if (Number.isNaN(delta)) return null;
  return h("p", { class: `yourchange ${tone(delta, 2)}` }, t("ui.your_change", { change: signed(delta, 2) }), ` (${plain(worth(before))} → ${plain(worth(after))})`);
}

/** Every deed of a round as a list; `causes` says what each did to my worth. */
export function deeds(room, round, causes = []) {
  const lines = [...doneLines(room, round, effectOf(room, causes)), ...promiseLines(room, round), ...crisisLines(round)];
  return h("ol", { class: "deeds" }, lines.length ? lines.map(([tone_, nodes], k) => h("li", { key: k, class: tone_ }, nodes)) : h("li", null, t("ui.reveal_nothing")));
}

/** Finds what a deed did to me; a deed done twice in a round is counted at its first line. */
function effectOf({ viewer }, causes) {
  const left = [...causes];
  return (seat, measure) => {
    const fits = ({ code, params }) =>
      measure
        ? params.measure === measure && (params.seat ?? viewer) === seat && code !== "duty"
        : (code === "others_arms" && params.seat === seat) || (code === "own_posture" && seat === viewer);
    let sum = 0;
    for (const cause of left.filter(fits)) {
      sum += cause.change;
      left.splice(left.indexOf(cause), 1);
    }
    if (Math.abs(sum) < 0.005) return null;
    return h("span", { class: `effect ${tone(sum, 2)}` }, t("ui.effect", { change: signed(sum, 2) }));
  };
}

function doneLines({ seatCodes }, round, effect) {
  const lines = [];
  for (const seat of seatCodes) {
    const posture = round.posture[seat] ?? 0;
    if (posture !== 0) lines.push([posture > 0 ? "warn" : "good", phrase("ui.showed", { seat: mark(seat), posture: t(`posture.${posture}`) }).concat(effect(seat, null))]);
    for (const deed of round.deeds.filter((one) => one.seat === seat)) {
      const source = deed.source === "routine" ? "ui.did_routine" : deed.source === "duty" ? "ui.did_duty" : null;
      lines.push(["", [phrase("ui.did", { seat: mark(seat), did: h("span", null, did(deed)) }), source && h("span", { class: "soft" }, ` (${t(source)})`), effect(seat, deed.measure)]]);
    }
  }
  if (round.absent.length) lines.push(["soft", t("ui.was_absent", { seats: round.absent })]);
  return lines;
}

function did({ measure, target }) {
  if (!target) return t(`measure_did.${measure}`);
  const targeted = phrase(`measure_did_to.${measure}`, { to: mark(target) });
  return targeted.length > 1 ? targeted : t(`measure_did.${measure}`);
}

function promiseLines(room, round) {
  const lines = [];
  const what = (id) => naming(id);
  const text = (id) => {
    const known = room.promises.duties.find((one) => one.id === id);
    return known ? h("span", { class: "soft" }, " ", sentence({ ...known.duty, if: undefined })) : null;
  };
  for (const [seat, id] of round.stopped) lines.push(["bad", [...phrase("ui.stopped", { seat: mark(seat), what: what(id) }), text(id)]]);
  for (const [seat, id] of round.detected) {
    if (round.stopped.some(([one, other]) => one === seat && other === id)) continue;
    lines.push(["bad", id === "stock" ? phrase("ui.caught_stock", { seat: mark(seat) }) : [...phrase("ui.caught", { seat: mark(seat), what: what(id) }), text(id)]]);
  }
  if (round.kept.length) lines.push(["good", round.kept.length === 1 ? t("ui.one_kept") : t("ui.all_kept", { count: round.kept.length })]);
  for (const [seat, id] of round.quits) lines.push(["bad", phrase("ui.left", { seat: mark(seat), what: what(id) })]);
  if (round.lapsed.length) lines.push(["warn", t("ui.lapsed", { what: list(round.lapsed.map(what)) })]);
  if (round.expired.length) lines.push(["soft", t("ui.expired", { what: list(round.expired.map(what)) })]);
  return lines;
}

/** An institution by name, a promise by number. */
export function naming(id) {
  return has(`institution.${id}`) ? t(`institution.${id}`) : t("ui.promise_id", { id });
}

function crisisLines(round) {
  return round.crises.map(([place, severity]) => ["bad", `! ${t(`crisis.${severity}`, { flashpoint: place })}`]);
}

