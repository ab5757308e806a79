/** pager: one section of the debrief after another, for a wall; by buttons, by keys, by the clicker of a lecturer. */
import { h } from "../room/dom.js";
import { t } from "../room/words.js";

const sections = () => [...document.querySelectorAll("#debrief > section")].filter((one) => one.firstElementChild);
const BACK = new Set(["ArrowLeft", "PageUp"]);
const ON = new Set(["ArrowRight", "PageDown"]);

export function pager(room) {
  const all = sections();
  const at = Math.max(0, all.findIndex((one) => one.dataset.part === room.ui.page));
  all.forEach((one, k) => {
    one.hidden = k !== at;
  });
  const go = (k) => turn(room, all[k]);
  return [
    h("button", { type: "button", id: "page-back", disabled: at === 0, onclick: () => go(at - 1) }, `‹ ${t("debrief.page_back")}`),
    h("p", { role: "status", id: "page-at" }, `${at + 1} / ${all.length} · `, h("strong", null, all[at].querySelector("h2")?.textContent ?? "")),
    h("button", { type: "button", id: "page-on", class: "primary", disabled: at === all.length - 1, onclick: () => go(at + 1) }, `${t("debrief.page_on")} ›`),
  ];
}

function turn(room, section) {
  if (!section) return;
  history.replaceState(null, "", `#${section.dataset.part}`);
  room.choose("pager", { page: section.dataset.part });
  scrollTo(0, 0);
}

/** Turns pages by keys; what is longer than the wall is scrolled to its end first. Keys that a control needs are its own. */
export function listen(room) {
  room.ui = { ...room.ui, page: location.hash.slice(1) };
  document.addEventListener("keydown", (event) => {
    const isPage = event.key.startsWith("Page");
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target.closest("input, select, textarea, [role=listbox], .wide, .reel") && !isPage) return;
    const all = sections();
    const at = all.findIndex((one) => !one.hidden);
    const left = document.documentElement.scrollHeight - innerHeight - scrollY;
    if (isPage && (event.key === "PageDown" ? left > 8 : scrollY > 8)) return;
    const to = BACK.has(event.key) ? at - 1 : ON.has(event.key) ? at + 1 : event.key === "Home" ? 0 : event.key === "End" ? all.length - 1 : null;
    if (to === null) return;
    event.preventDefault();
    turn(room, all[to]);
  });
}
