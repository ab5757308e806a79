/** scores: absolute gain, relative gain and trust so far, side by side, and what each means. */
import { h } from "./dom.js";
import { signed, t, tone } from "./words.js";
import { mark } from "./marks.js";

const LENSES = [["gain", "G"], ["relative", "R"], ["trust", "TR"]];

export function scores({ world, viewer }) {
  return [
    h(
      "table",
      { class: "scores", id: "score-table" },
      h("caption", { class: "soft" }, t("ui.scores_about")),
      h("thead", null, h("tr", null, h("th", { scope: "col" }, t("ui.seat")), LENSES.map(([name]) => h("th", { scope: "col", class: "num" }, t(`ui.${name}`))))),
      h(
        "tbody",
        null,
        world.seats.map((one) =>
          h(
            "tr",
            { key: one.seat, class: one.seat === viewer ? "mine" : null },
            h("th", { scope: "row" }, mark(one.seat)),
            LENSES.map(([, key]) => h("td", { class: `num ${tone(one[key])}` }, signed(one[key]))),
          ),
        ),
      ),
    ),
    h("details", null, h("summary", null, t("ui.scores_mean")), ["security", "economy", "worth", "nationalism", "arms", "gain", "relative", "trust"].map((name) => h("p", { class: "soft" }, t(`ui.${name}_about`)))),
  ];
}
