/** added, dropped: what a new version changed, in words as well as in ink: few screen readers speak of ink. */
import { h } from "./dom.js";
import { t } from "./words.js";

export const isSame = (a, b) => a.by === b.by && a.kind === b.kind && a.what === b.what && a.to === b.to;
export const text = (value) => JSON.stringify(value ?? null);

export const added = (...nodes) => h("ins", null, h("span", { class: "hidden-text" }, `${t("ui.diff_added")} `), ...nodes);
export const dropped = (...nodes) => h("del", null, h("span", { class: "hidden-text" }, `${t("ui.diff_dropped")} `), ...nodes);
