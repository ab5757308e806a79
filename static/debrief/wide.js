/** wide: a box that scrolls by itself, so that what is wider than a phone widens no page; its table can be saved. */
import { h } from "../room/dom.js";
import { tableFiles } from "./files.js";

export const wide = (label, ...children) => [h("div", { class: "wide", tabindex: 0, role: "region", "aria-label": label }, children), tableFiles(label)];
