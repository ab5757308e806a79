/** timeLeft: what a table's clock says, in words or minutes and seconds. */
import { lasting } from "../room/time.js";
import { t } from "../room/words.js";

export function timeLeft({ phase, paused_at, deadline_at }, now) {
  if (phase === "lobby" || phase === "over") return "";
  if (paused_at !== null) return t("ui.paused");
  if (deadline_at === null) return t("ui.no_clock");
  const left = Math.max(0, Math.ceil(deadline_at - now));
  if (left >= 86_400) return t("console.days_left", { days: Math.round(left / 86_400) });
  return lasting(left);
}
