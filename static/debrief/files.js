/** chartFiles, tableFiles: small buttons that save what stands right before them: a picture as SVG or PNG, a table as CSV or JSON. */
import { h } from "../room/dom.js";
import { t } from "../room/words.js";
import { pngOf, svgOf } from "./drawing.js";

export const chartFiles = (label) => buttons(label, [["SVG", (chart) => svgOf(chart.matches("svg") ? chart : chart.querySelector("svg"))], ["PNG", (chart) => pngOf(chart.matches("svg") ? chart : chart.querySelector("svg"))]]);
export const tableFiles = (label) => buttons(label, [["CSV", (box) => csv(rows(box.querySelector("table")))], ["JSON", (box) => json(named(rows(box.querySelector("table"))))]]);

function buttons(label, kinds) {
  const save = (kind, make) => async (event) => download(await make(event.currentTarget.parentElement.previousElementSibling), `${label}.${kind.toLowerCase()}`);
  return h("p", { class: "save" }, kinds.map(([kind, make]) => h("button", { key: kind, type: "button", class: "quiet small", "aria-label": t("debrief.save_as", { kind, what: label }), onclick: save(kind, make) }, kind)));
}

/** Hands a file to the browser under a name without signs that a file system minds. */
export function download(blob, name) {
  const link = document.createElement("a");
  const [, stem, kind] = /^(.*)\.(\w+)$/.exec(name);
  link.href = URL.createObjectURL(blob);
  link.download = `${document.getElementById("debrief").dataset.code}-${stem.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "")}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export const json = (value) => new Blob([`${JSON.stringify(value, null, 1)}\n`], { type: "application/json" });

/** The cells of a table, numbers as they are and not as they were rounded for the page where the page says so. */
export function rows(table) {
  return [...table.rows].map((row) => [...row.cells].map((cell) => {
    if (cell.dataset.value !== undefined) return Number(cell.dataset.value);
    const text = cell.textContent.trim().replaceAll("−", "-");
    return /^[+-]?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(",", ".")) : text;
  }));
}

/** Rows as objects under the names of their columns. */
function named([head, ...body]) {
  return body.map((row) => Object.fromEntries(row.map((cell, k) => [head[k] || String(k), cell])));
}

/** The mark at the beginning tells spreadsheets which letters these are; no cell is a formula. */
function csv(cells) {
  const quoted = (cell) => {
    const text = typeof cell === "string" && /^[=+\-@\t]/.test(cell) ? `'${cell}` : String(cell);
    return /[",\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return new Blob([`\ufeff${cells.map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`], { type: "text/csv" });
}
