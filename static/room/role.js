/** role: the role sheet of my state: its history in neutral words, what it says it wants and cannot accept, and the sources. Asked for once. */
import { h } from "./dom.js";
import { t } from "./words.js";

const TEXTS = [["history", "role_history"], ["wants", "role_wants"], ["red_lines", "role_red_lines"]];
const { code, roles } = document.getElementById("room").dataset;
let sheets = null;

async function ask() {
  if (!roles) return;
  try {
    const reply = await fetch(`/r/${code}/roles.json`);
    sheets = reply.ok ? await reply.json() : null;
  } catch {
    // Offline: asked again at the next look.
  }
}

export function role(room) {
  if (!sheets) ask().then(() => sheets && room.draw());
  if (!sheets) return h("p", { class: "soft" }, t("ui.role_wait"));
  const mine = sheets[room.viewer];
  if (!mine) return null;
  return h(
    "div",
    { class: "role", id: "role" },
    TEXTS.filter(([name]) => mine[name]).map(([name, title]) => [h("h4", { key: name }, t(`ui.${title}`)), h("p", null, mine[name])]),
    mine.sources.length > 0 && [h("h4", { key: "sources" }, t("ui.role_sources")), h("ul", { class: "soft", lang: "en" }, mine.sources.map((source) => h("li", { key: source }, source)))],
    h("p", null, h("a", { href: `/r/${code}/roles/`, target: "_blank" }, t("ui.role_all"))),
  );
}

// The module has come when its sheets have, so that nothing jumps where it is shown.
await ask();
