/** verdict: whether a draft may be tabled, and what it would change for me if all kept it; says what the last change did. */
import { h } from "./dom.js";
import { signed, t, tone } from "./words.js";
import { weighed } from "./weight.js";

const SMALL = 0.05;

export function verdict({ verdict: found, last, isEmpty, package: pack }) {
  if (isEmpty) return t("ui.check_empty");
  if (!found) return last?.ok ? [t("ui.check_wait"), " ", h("span", { class: "stale" }, weighed(last.forecast))] : t("ui.check_wait");
  if (!found.ok) return found.text;
  return [t("ui.check_ok"), " ", h("span", { class: "forecast" }, weighed(found.forecast)), moved(found, last), hollow(pack.duties).map((line) => h("strong", { class: "bad hollow" }, ` ${line}`))];
}

/** Promises that run out while they still wait: what they wait for is seen kept at the end of a round, and the rounds count on. */
function hollow(duties) {
  const wait = (duty) => (duty.if?.length ? 1 + Math.max(...duty.if.map((n) => (duties[n - 1] && n - 1 < duties.indexOf(duty) ? wait(duties[n - 1]) : 0))) : 0);
  return duties.map((duty, i) => [duty, i + 1, wait(duty)]).filter(([duty, , waits]) => waits > 0 && duty.rounds && duty.rounds <= waits)
    .map(([, number, waits]) => t("ui.hollow", { number, least: waits + 1 }));
}

function moved(found, last) {
  const change = last?.ok ? found.forecast.W - last.forecast.W : 0;
  return Math.abs(change) >= SMALL && h("span", { class: `moved ${tone(change)}` }, ` ${t("ui.forecast_moved", { change: signed(change) })}`);
}
