/** lenses, total, region: the result read three ways, then together, and what the region got and rivalry cost. */
import { h } from "../room/dom.js";
import { has, phrase, plain, signed, t, tone } from "../room/words.js";
import { mark } from "../room/marks.js";
import { wide } from "./wide.js";

const LENSES = [["gain", "G"], ["relative", "R"], ["trust", "TR"]];
const PLACES = ["first", "second", "third"];

export function lenses({ outcome }) {
  return [
    h("h2", null, t("debrief.lenses")),
    h("p", { class: "verdict" }, phrase("debrief.winners", Object.fromEntries(LENSES.map(([name, key]) => [name, mark(best(outcome.scores, key))])))),
    h("div", { class: "lenses" }, LENSES.map(([name, key]) => h("div", null, h("h3", null, t(`debrief.lens_${name}`)), h("p", { class: "soft" }, t(`debrief.lens_${name}_about`)), podium(outcome.scores, key)))),
  ];
}

const best = (scores, key) => scores.reduce((a, b) => (b[key] > a[key] ? b : a)).seat;

function podium(scores, key) {
  const sorted = [...scores].sort((a, b) => b[key] - a[key]);
  const most = Math.max(1, ...sorted.map((one) => Math.abs(one[key])));
  return h(
    "ol",
    { class: "podium" },
    sorted.map((one, k) =>
      h(
        "li",
        { key: one.seat },
        h("span", { class: "place" }, place(k)),
        mark(one.seat),
        h("span", { class: "value" }, signed(one[key])),
        bar(one[key] / most),
      ),
    ),
  );
}

const place = (k) => (k < PLACES.length ? t(`debrief.${PLACES[k]}`) : t("debrief.nth", { n: k + 1 }));

function bar(share) {
  const size = 50 * Math.abs(share);
  return h(
    "svg",
    { viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" },
    h("rect", { x: share < 0 ? 50 - size : 50, y: 1, width: Math.max(size, 0.5), height: 4, class: share < 0 ? "down" : "up" }),
    h("rect", { x: 49.8, y: 0, width: 0.4, height: 6, class: "zero" }),
  );
}

export function total(room) {
  const { scores, mandates } = room.outcome;
  const columns = [["ui.gain", "G"], ["ui.relative", "R"], ["ui.trust", "TR"], ["debrief.mandate", "mandate"], ["debrief.with_trust", "total"], ["debrief.without_trust", "without_trust"]];
  const ranked = (key) => [...scores].sort((a, b) => b[key] - a[key]);
  return [
    h("h2", null, t("debrief.total")),
    h("p", { class: "lead" }, t("debrief.total_about")),
    wide(t("debrief.total"),
      h(
        "table",
        { id: "totals" },
        h("thead", null, h("tr", null, h("th", { scope: "col" }, t("ui.seat")), columns.map(([name]) => h("th", { scope: "col", class: "num" }, t(name))))),
        h("tbody", null, ranked("total").map((one) => h("tr", { class: one.seat === room.viewer ? "mine" : null }, h("th", { scope: "row" }, mark(one.seat)), columns.map(([, key]) => h("td", { class: `num ${tone(one[key])}`, "data-value": one[key] }, signed(one[key])))))),
      ),
    ),
    h("div", { class: "places" }, [["with_trust", "total"], ["without_trust", "without_trust"]].map(([name, key]) => h("div", null, h("h3", null, t(`debrief.${name}`)), h("ol", null, ranked(key).map((one, k) => h("li", null, h("span", { class: "soft" }, `${place(k)} `), mark(one.seat))))))),
    Object.keys(mandates).length > 0 && h("h3", null, t("debrief.mandates")),
    h("div", { class: "mandates" }, Object.entries(mandates).map(([seat, one]) => mandate(seat, one))),
  ];
}

function mandate(seat, one) {
  return h("div", { key: seat }, h("p", null, mark(seat)), h("p", null, t(`mandate.${one.code}`)), h("p", { class: one.met ? "good" : "bad" }, one.met ? `✓ ${t("debrief.met")}` : `− ${t("debrief.unmet")}`));
}

const FORMATS = { rung: (value) => plain(value, 0), C: (value) => plain(value, 0), arms: (value) => `${signed(value * 100, 0)} %`, sum_G: (value) => signed(value) };

export function region({ outcome }) {
  // The mean of the tensions says less than each of them.
  const items = Object.entries(outcome.region).filter(([key]) => key !== "tau");
  return [
    h("h2", null, t("debrief.region")),
    h("p", { class: "verdict", id: "joint" }, joint(outcome)),
    outcome.price !== null && againstPar(outcome),
    h("dl", { class: "regionlist" }, items.map(([key, value]) => h("div", { key }, h("dt", null, figureName(key)), h("dd", null, (FORMATS[key] ?? ((one) => plain(one)))(value))))),
  ];
}

function joint({ price, par, region: { sum_G: sum } }) {
  if (price === null) return t("debrief.joint_unknown", { sum: signed(sum) });
  const usual = signed(Object.values(par).reduce((a, b) => a + b, 0));
  // What rounds to nothing is no price.
  if (Number(price.toFixed(1)) <= 0) return t("debrief.joint_over", { sum: signed(sum), par: usual, over: plain(Math.abs(price)) });
  return phrase("debrief.joint", { sum: signed(sum), par: usual, price: h("strong", null, plain(price)) });
}

function againstPar({ scores, par, price, region: { sum_G: sum } }) {
  const row = (name, gain, usual) => h("tr", null, h("th", { scope: "row" }, name), [gain, usual, gain - usual].map((value, k) => h("td", { class: `num ${k === 2 ? tone(value) : ""}`, "data-value": value }, signed(value))));
  return [
    h("p", { class: "lead" }, t("debrief.par_about")),
    wide(t("debrief.par"), h(
      "table",
      { id: "par" },
      h("thead", null, h("tr", null, ["ui.seat", "ui.gain", "debrief.par", "debrief.par_against"].map((name, k) => h("th", { scope: "col", class: k ? "num" : null }, t(name))))),
      h("tbody", null, scores.map((one) => row(mark(one.seat), one.G, par[one.seat])), row(t("debrief.par_sum"), sum, sum + price)),
    )),
  ];
}

function figureName(key) {
  const place = /^tau_(\w)$/.exec(key)?.[1];
  if (place) return `${t("debrief.region_tau")}: ${t(`flashpoint.${place}`)}`;
  return has(`debrief.region_${key}`) ? t(`debrief.region_${key}`) : key;
}
