/** difference: what a new version of a text changed, in a sentence. */
import { isSame, text } from "./difference.js";
import { list, t } from "./words.js";

const PARTS = ["and", "amount", "stages", "start", "rounds", "if"];

/** "Promise 2 changed, promise 3 added, 1 promise dropped." or null where nothing did. */
export function difference(pack, previous) {
  if (!previous) return null;
  const settled = (pack.deal ?? []).filter((option, i) => previous.deal?.[i] && previous.deal[i] !== option);
  const [now, old] = [pack.duties ?? [], previous.duties ?? []];
  const numbers = (keep) => now.flatMap((duty, i) => (keep(duty, old.find((one) => isSame(one, duty))) ? [String(i + 1)] : []));
  const changed = numbers((duty, was) => was && PARTS.some((key) => text(duty[key]) !== text(was[key])));
  const fresh = numbers((duty, was) => !was);
  const gone = old.filter((one) => !now.some((duty) => isSame(one, duty))).length;
  const said = [
    changed.length > 0 && t("ui.diff_n_changed", { numbers: list(changed) }),
    fresh.length > 0 && t("ui.diff_n_added", { numbers: list(fresh) }),
    gone > 0 && t(gone === 1 ? "ui.diff_one_dropped" : "ui.diff_n_dropped", { count: gone }),
    settled.length > 0 && t("ui.diff_n_settled", { issues: list(settled.map((option) => option[0])) }),
    founding(pack.institution, previous.institution),
  ].filter(Boolean);
  return said.length ? `${t("ui.diff")} ${said.join("; ")}.` : null;
}

function founding(now, was) {
  if (text(now) === text(was)) return null;
  const name = ({ id }) => ({ institution: id });
  if (!was) return t("ui.diff_found", name(now));
  return t(now && now.id === was.id ? "ui.diff_found_changed" : "ui.diff_found_gone", name(was));
}
