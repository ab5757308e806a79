/** lineChart: values by round, one line a seat, labelled at its end, with the seat's mark as its points and a table beside. */
import { h } from "../room/dom.js";
import { plain, t } from "../room/words.js";
import { letters, shape } from "../room/marks.js";
import { chartFiles } from "./files.js";
import { wide } from "./wide.js";

const BOX = { left: 44, right: 124, top: 14, bottom: 30, width: 520, height: 260 };

/** `lines`: [{seat or name, values}]; `rounds`: the labels under the axis; `notes`: {index: sentence}. */
export function lineChart({ title, rounds, lines, notes = {}, digits = 0 }) {
  const all = lines.flatMap((line) => line.values);
  const ticks = scale(Math.min(...all), Math.max(...all));
  const [low, high] = [ticks[0], ticks.at(-1)];
  const x = (k) => BOX.left + ((BOX.width - BOX.left - BOX.right) * k) / Math.max(1, rounds.length - 1);
  const y = (value) => BOX.height - BOX.bottom - ((BOX.height - BOX.top - BOX.bottom) * (value - low)) / (high - low);
  return h(
    "figure",
    { class: "chart" },
    h("figcaption", null, h("h3", null, title)),
    h(
      "svg",
      { viewBox: `0 0 ${BOX.width} ${BOX.height}`, role: "img", "aria-label": title },
      ticks.map((tick) => [
        h("line", { x1: BOX.left, x2: BOX.width - BOX.right, y1: y(tick), y2: y(tick), class: "axis" }),
        h("text", { x: BOX.left - 8, y: y(tick) + 4, "text-anchor": "end", class: "tick" }, plain(tick, 0)),
      ]),
      rounds.map((label, k) => h("text", { x: x(k), y: BOX.height - 8, "text-anchor": "middle", class: "tick" }, label)),
      Object.keys(notes).map((k) => h("circle", { cx: x(Number(k)), cy: BOX.height - BOX.bottom, r: 4, class: "note" })),
      lines.map((line) => path(line, x, y)),
      labels(lines, y, x(rounds.length - 1)),
    ),
    chartFiles(title),
    Object.keys(notes).length > 0 && h("ul", { class: "notes" }, Object.entries(notes).map(([k, sentence]) => h("li", null, `${rounds[k]}: `, sentence))),
    numbers(title, rounds, lines, digits),
  );
}

function scale(low, high) {
  const spread = Math.max(high - low, 1);
  const step = [1, 2, 5, 10, 20, 25, 50, 100].find((one) => spread / one <= 5) ?? 200;
  const first = Math.floor(low / step) * step;
  const ticks = [first];
  while (ticks.at(-1) < high) ticks.push(ticks.at(-1) + step);
  if (ticks.length === 1) ticks.push(first + step);
  return ticks;
}

function path({ seat, values }, x, y) {
  const points = values.map((value, k) => `${x(k).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  return h(
    "g",
    { class: seat ? `seat-${seat}` : "" },
    h("polyline", { points, class: "line" }),
    seat && values.map((value, k) => shape(seat, Number(x(k).toFixed(1)), Number(y(value).toFixed(1)), 5)),
  );
}

/** The lines' names at their ends, pushed apart where they would touch. */
function labels(lines, y, x) {
  const ends = lines.map((line) => ({ name: line.name ?? t(`seat.${line.seat}`), y: y(line.values.at(-1)) })).sort((a, b) => a.y - b.y);
  ends.forEach((end, k) => {
    if (k > 0) end.y = Math.max(end.y, ends[k - 1].y + 15);
  });
  return ends.map((end) => h("text", { x: x + 10, y: end.y + 4, class: "label" }, end.name));
}

function numbers(title, rounds, lines, digits) {
  return h(
    "details",
    null,
    h("summary", null, t("debrief.chart_table")),
    wide(`${title}: ${t("debrief.chart_table")}`,
      h(
        "table",
        null,
        h("thead", null, h("tr", null, h("th", { scope: "col" }, t("ui.seat")), rounds.map((round) => h("th", { scope: "col", class: "num" }, round)))),
        h("tbody", null, lines.map((line) => h("tr", null, h("th", { scope: "row" }, line.seat ? letters(line.seat) : line.name), line.values.map((value) => h("td", { class: "num", "data-value": value }, plain(value, Math.max(1, digits))))))),
      ),
    ),
  );
}
