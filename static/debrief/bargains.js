/** bargains: every text ever tabled as a point, my worth across and theirs up, with its fate and who stood in its way. */
import { h } from "../room/dom.js";
import { list, phrase, say, signed, t, tone } from "../room/words.js";
import { letters, mark, marks } from "../room/marks.js";
import { sentence, treaty } from "../room/treaty.js";
import { chartFiles } from "./files.js";
import { wide } from "./wide.js";

const BOX = { left: 64, right: 22, top: 28, bottom: 54, width: 560, height: 440 };
const NEAR = 17; // points closer than this would cover each other

export function bargains(room) {
  const { bargains: all, left, untabled } = room.review.map;
  const seat = room.ui.mapSeat ?? (room.seatCodes.includes(room.viewer) ? room.viewer : room.seatCodes[0]);
  const partner = room.ui.mapPartner && room.ui.mapPartner !== seat ? room.ui.mapPartner : "";
  if (!all.length) return [h("h2", null, t("debrief.bargains")), h("p", null, t("debrief.bargains_none")), never(untabled)];
  const dots = all.map((one, k) => ({ ...one, k, name: naming(one, all), mine: one.worth[seat], theirs: partner ? one.worth[partner] : sum(one.worth) - one.worth[seat] }));
  const chosen = dots[room.ui.mapPoint ?? Math.max(0, dots.findIndex((one) => one.text === left?.text && one.version === left?.version))];
  const who = partner ? t(`seat.${partner}`) : t("debrief.bargains_others");
  return [
    h("h2", null, t("debrief.bargains")),
    h("p", { class: "verdict", id: "left" }, leftOver(left, all)),
    never(untabled),
    h("p", { class: "lead" }, t("debrief.bargains_about")),
    h(
      "div",
      { class: "choices" },
      chooser("map-seat", "debrief.bargains_mine", seat, room.seatCodes.map((one) => [one, t(`seat.${one}`)]), (value) => room.choose("bargains", { mapSeat: value })),
      chooser("map-partner", "debrief.bargains_theirs", partner, [["", t("debrief.bargains_others")], ...room.seatCodes.filter((one) => one !== seat).map((one) => [one, t(`seat.${one}`)])], (value) => room.choose("bargains", { mapPartner: value })),
    ),
    h("div", { class: "map" }, picture(room, dots, chosen, seat, who), detail(room, chosen)),
    table(dots, seat, who),
  ];
}

const sum = (worth) => Object.values(worth).reduce((a, b) => a + b, 0);

export function naming({ text, version }, all) {
  const several = all.some((one) => one.text === text && one.version !== version);
  return several ? t("debrief.bargains_version", { id: text, version }) : text;
}

function leftOver(left, all) {
  if (!left) return t("debrief.left_none");
  const { code, joint, losers, blockers } = left;
  const way = blockers.length ? phrase("debrief.bargains_blocked", { seats: h("span", null, marks(blockers)) }) : t("debrief.left_unreached");
  return [...phrase(`debrief.left_${code}`, { name: naming(left, all), joint: signed(joint), losers: h("span", null, marks(losers)) }), " ", way];
}

function never(untabled) {
  return untabled && h("p", { class: "lead", id: "untabled" }, phrase("debrief.untabled", { duty: h("span", null, sentence(untabled.duty)), joint: signed(untabled.joint), own: signed(untabled.own) }));
}

/** A labelled select; `options`: [[value, name]]. */
export function chooser(id, code, value, options, onchange) {
  return h(
    "p",
    null,
    h("label", { for: id }, t(code)),
    " ",
    h("select", { id, value, onchange: (event) => onchange(event.target.value) }, options.map(([key, name]) => h("option", { key, value: key }, name))),
  );
}

function picture(room, dots, chosen, seat, who) {
  const [x, y, xs, ys] = axes(dots);
  const spots = apart(dots.map((dot) => ({ dot, x: x(dot.mine), y: y(dot.theirs) })));
  const order = [...spots].sort((a, b) => a.x - b.x || b.y - a.y);
  const go = (step) => (event) => {
    const at = order.findIndex((spot) => spot.dot.k === chosen.k);
    choosePoint(room, order[(at + step + order.length) % order.length].dot.k, event);
  };
  const keys = { ArrowRight: go(1), ArrowDown: go(1), ArrowLeft: go(-1), ArrowUp: go(-1) };
  return h(
    "figure",
    { class: "chart" },
    h(
      "svg",
      { viewBox: `0 0 ${BOX.width} ${BOX.height}`, role: "listbox", "aria-label": t("debrief.bargains_picture", { seat, who }), id: "map", onkeydown: (event) => keys[event.key]?.(event) },
      h("rect", { x: x(0), y: BOX.top, width: BOX.width - BOX.right - x(0), height: y(0) - BOX.top, class: "both", "aria-hidden": "true" }),
      h("text", { x: BOX.width - BOX.right - 6, y: BOX.top + 20, "text-anchor": "end", class: "tick", "aria-hidden": "true" }, t("debrief.bargains_both")),
      grid(x, y, xs, ys),
      h("text", { x: BOX.width - BOX.right, y: BOX.height - 6, "text-anchor": "end", class: "tick", "aria-hidden": "true" }, t("debrief.bargains_across", { seat })),
      h("text", { x: 4, y: 16, class: "tick", "aria-hidden": "true" }, t("debrief.bargains_up", { who })),
      versions(spots),
      order.map((spot) => point(room, spot, spot.dot.k === chosen.k)),
    ),
    chartFiles(t("debrief.bargains")),
  );
}

function choosePoint(room, k, event) {
  event.preventDefault();
  room.choose("bargains", { mapPoint: k });
  document.getElementById(`point-${k}`)?.focus();
}

/** Scales of both axes with zero in sight, and their ticks. */
function axes(dots) {
  const span = (values) => {
    const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
    const step = [0.5, 1, 2, 5, 10, 20, 50].find((one) => (high - low) / one <= 5) ?? 100;
    const ticks = [];
    for (let at = Math.floor((low - step / 4) / step); at * step < high + step / 4 + step; at += 1) ticks.push(at * step);
    return ticks;
  };
  const [xs, ys] = [span(dots.map((dot) => dot.mine)), span(dots.map((dot) => dot.theirs))];
  const x = (value) => BOX.left + ((BOX.width - BOX.left - BOX.right) * (value - xs[0])) / (xs.at(-1) - xs[0]);
  const y = (value) => BOX.height - BOX.bottom - ((BOX.height - BOX.top - BOX.bottom) * (value - ys[0])) / (ys.at(-1) - ys[0]);
  return [x, y, xs, ys];
}

function grid(x, y, xs, ys) {
  const line = (value, attributes) => h("line", { ...attributes, class: value === 0 ? "axis nought" : "axis", "aria-hidden": "true" });
  const name = (value) => signed(value, Number.isInteger(value) ? 0 : 1);
  return [
    ...xs.map((value) => [line(value, { x1: x(value), x2: x(value), y1: BOX.top, y2: BOX.height - BOX.bottom }), h("text", { x: x(value), y: BOX.height - BOX.bottom + 20, "text-anchor": "middle", class: "tick", "aria-hidden": "true" }, name(value))]),
    ...ys.map((value) => [line(value, { x1: BOX.left, x2: BOX.width - BOX.right, y1: y(value), y2: y(value) }), h("text", { x: BOX.left - 8, y: y(value) + 4, "text-anchor": "end", class: "tick", "aria-hidden": "true" }, name(value))]),
  ];
}

/** Moves points that would cover each other aside, the later one down. */
function apart(spots) {
  spots.forEach((spot, k) => {
    for (let tries = 0; tries < 20; tries += 1) {
      if (!spots.slice(0, k).some((other) => Math.hypot(other.x - spot.x, other.y - spot.y) < NEAR)) break;
      spot.x += tries % 2 ? NEAR : 0;
      spot.y += tries % 2 ? -NEAR : NEAR;
    }
  });
  return spots;
}

/** A line from each version of a text to the next: how the haggling moved it. */
function versions(spots) {
  return spots.flatMap((spot) => {
    const next = spots.find(({ dot }) => dot.text === spot.dot.text && dot.version === spot.dot.version + 1);
    return next ? [h("line", { x1: spot.x, y1: spot.y, x2: next.x, y2: next.y, class: "haggled", "aria-hidden": "true" })] : [];
  });
}

const GLYPHS = {
  adopted: (x, y) => h("circle", { cx: x, cy: y, r: 6 }),
  failed: (x, y) => h("path", { d: `M${x - 5},${y - 5} l10,10 m0,-10 l-10,10` }),
  withdrawn: (x, y) => h("rect", { x: x - 5, y: y - 5, width: 10, height: 10 }),
  replaced: (x, y) => h("circle", { cx: x, cy: y, r: 4 }),
  open: (x, y) => h("circle", { cx: x, cy: y, r: 6 }),
};

function point(room, { dot, x, y }, isChosen) {
  return h(
    "g",
    {
      key: dot.k, id: `point-${dot.k}`, class: `bargain ${dot.status}`, role: "option", tabindex: isChosen ? 0 : -1, "aria-selected": String(isChosen),
      "aria-label": t("debrief.bargains_point", { name: dot.name, fate: t(`debrief.fate_${dot.status}`), mine: signed(dot.mine), theirs: signed(dot.theirs) }),
      onclick: (event) => choosePoint(room, dot.k, event),
    },
    h("circle", { cx: x, cy: y, r: 12, class: "halo" }),
    GLYPHS[dot.status](x, y),
    h("text", { x: x + 11, y: y - 7, class: "label" }, dot.text),
  );
}

function detail(room, { name, status, round, author, blockers, pivots, package: pack, worth, votes, reason, reason_params: params }) {
  const fate = t(`debrief.fate_${status}`);
  return h(
    "div",
    { class: "mapdetail", id: "map-detail", role: "status" },
    h("h3", null, t("debrief.bargains_title", { name, fate, round })),
    h("p", null, `${t("debrief.bargains_author")} `, mark(author)),
    treaty(pack, room.seatCodes),
    h("p", { class: "soft" }, list(room.seatCodes.map((seat) => `${t(`seat.${seat}`)}: ${t(`choice.${votes[seat] ?? "none"}`)}`))),
    reason && h("p", null, say("fall", { code: reason, params })),
    blockers.length > 0 && h("p", null, phrase("debrief.bargains_blocked", { seats: h("span", null, marks(blockers)) })),
    pivots.length > 0 && h("p", { class: "warn" }, phrase("debrief.bargains_pivot", { seats: h("span", null, marks(pivots)) })),
    h("h4", null, t("debrief.bargains_worths")),
    h("ul", { class: "worths" }, room.seatCodes.map((seat) => h("li", { key: seat }, mark(seat), " ", h("span", { class: tone(worth[seat]) }, signed(worth[seat]))))),
  );
}

function table(dots, seat, who) {
  const columns = [["debrief.bargains_text"], ["debrief.round"], ["debrief.bargains_author"], ["debrief.bargains_fate"], [null, `${t("debrief.bargains_mine")} ${t(`seat.${seat}`)}`, "num"], [null, `${t("debrief.bargains_mine")} ${who}`, "num"], ["debrief.bargains_way"]];
  const row = (dot) => [h("th", { scope: "row" }, dot.name), h("td", null, dot.round), h("td", null, mark(dot.author)), h("td", null, t(`debrief.fate_${dot.status}`)), h("td", { class: `num ${tone(dot.mine)}`, "data-value": dot.mine }, signed(dot.mine)), h("td", { class: `num ${tone(dot.theirs)}`, "data-value": dot.theirs }, signed(dot.theirs)), h("td", null, marks(dot.blockers, letters))];
  return h(
    "details",
    { id: "map-table" },
    h("summary", null, t("debrief.bargains_table")),
    wide(t("debrief.bargains_table"),
      h("table", null, h("thead", null, h("tr", null, columns.map(([code, name, kind]) => h("th", { scope: "col", class: kind }, name ?? t(code))))), h("tbody", null, dots.map((dot) => h("tr", { key: dot.k }, row(dot))))),
    ),
  );
}
