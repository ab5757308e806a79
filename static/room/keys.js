/** listen, open: single keys where nobody types, and the sheet that says them and turns them off. */
import { h, render } from "./dom.js";
import { t } from "./words.js";
import { commands } from "./commands.js";
import { load } from "./later.js";
import { again, offer } from "./tips.js";

const OFF = "keys-off";
/** By key: what it does, and the sentence for it. */
const KEYS = {
  "?": ["keys.sheet", open],
  "/": ["line.title", openLine],
  n: ["ui.now", (room) => go(room, "now")],
  t: ["ui.talk", (room) => go(room, "talk", "#say")],
  b: ["ui.table", (room) => go(room, "table")],
  p: ["ui.promises", (room) => go(room, "promises")],
  m: ["ui.my_state", (room) => go(room, "me")],
  r: ["keys.ready", () => document.getElementById("ready")?.focus()],
};

/** Also makes the place for tips among the `regions` that the room draws: both can wait until all else is there. */
export function listen(room, regions) {
  offer(room, regions);
  document.getElementById("room").dataset.keys = "yes";
  document.addEventListener("keydown", (event) => {
    const found = KEYS[event.key];
    if (!found || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.keyCode === 229 || isOff()) return;
    if (event.target.closest("input, select, textarea, dialog, [contenteditable]")) return;
    event.preventDefault();
    found[1](room);
  });
}

/** A choice of this browser, kept for every room. */
function isOff() {
  try {
    return localStorage.getItem(OFF) === "yes";
  } catch {
    return false;
  }
}

function turn(isOn) {
  try {
    localStorage.setItem(OFF, isOn ? "no" : "yes");
  } catch {
    // Private windows keep nothing: then the keys stay as they were.
  }
}

function go(room, panel, field) {
  room.show(panel);
  const section = document.querySelector(`[data-panel-name="${panel}"]`);
  section.tabIndex = -1;
  (section.querySelector(field ?? "none") ?? section).focus();
}

export async function openLine(room) {
  const before = document.activeElement;
  room.keep("line", "open");
  // Its module may still be on its way, however long that takes; the room is drawn before it comes to this.
  await load("line").catch(() => {});
  // Whoever has gone on to something else meanwhile stays there.
  if ([before, document.body].includes(document.activeElement)) document.getElementById("line")?.focus();
}

export function open(room) {
  const sheet = document.getElementById("keysheet");
  render(sheet, contents(room, sheet));
  sheet.showModal();
}

function contents(room, sheet) {
  return [
    h("h2", { id: "keysheet-title" }, t("keys.title")),
    h("label", { class: "check" }, h("input", { type: "checkbox", id: "keys-on", checked: !isOff(), onchange: (event) => turn(event.target.checked) }), t("keys.use")),
    h("dl", { class: "keylist" }, Object.entries(KEYS).map(([key, [code]]) => h("div", { key }, h("dt", null, h("kbd", null, key)), h("dd", null, t(code))))),
    h("h3", null, t("line.title")),
    h("p", { class: "soft" }, t("line.about")),
    h("dl", { class: "keylist wide" }, Object.entries(commands()).map(([name, { like }]) => h("div", { key: name }, h("dt", null, h("code", null, like)), h("dd", null, t(`command.${name}`))))),
    h(
      "p",
      { class: "buttons" },
      h("button", { type: "button", id: "line-open", class: "primary", onclick: () => (sheet.close(), openLine(room)) }, t("line.title")),
      room.own && !room.game && h("button", { type: "button", id: "tips-again", onclick: () => (sheet.close(), again(room)) }, t("tip.again")),
      h("button", { type: "button", id: "keysheet-close", onclick: () => sheet.close() }, t("ui.close")),
    ),
  ];
}
