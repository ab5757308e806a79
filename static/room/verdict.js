/** verdict: whether a draft may be tabled, and what it would change for me if all kept it; says what the last change did. */
import { h } from "./dom.js";
import { say, signed, t, tone } from "./words.js";
import { weighed } from "./weight.js";

const SMALL = 0.05;

export function verdict({ verdict: found, last, isEmpty, isHindered }) {
  if (isEmpty) return t("ui.check_empty");
  if (!found) return last?.ok ? [t("ui.check_wait"), " ", h("span", { class: "stale" }, last.forecast && weighed(last.forecast))] : t("ui.check_wait");
  if (!found.ok) return isHindered ? null : found.text;
  // The obstacle, where there is one, is told beside this, with what can be done about it.
  const answer = found.allowed ? t(found.forecast ? "ui.check_ok" : "ui.single_ok") : isHindered ? null : say("refusal", found.hindrance);
  return [answer, " ", found.forecast && h("span", { class: "forecast" }, weighed(found.forecast)), moved(found, last), warnings(found.hollow).map((line) => h("strong", { class: "bad hollow" }, ` ${line}`))];
}

/** Promises that would never be in force, and what would mend it. */
const warnings = (hollow) => hollow.map(({ number, least }) => t(least === null ? "ui.hollow_condition" : "ui.hollow", { number, least }));

function moved(found, last) {
  const change = last?.ok && last.forecast && found.forecast ? found.forecast.W - last.forecast.W : 0;
  return Math.abs(change) >= SMALL && h("span", { class: `moved ${tone(change)}` }, ` ${t("ui.forecast_moved", { change: signed(change) })}`);
}
