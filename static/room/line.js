/** line: the command line: one field, and what was said to the last lines, which a screen reader reads as they come. */
import { h } from "./dom.js";
import { t } from "./words.js";
import { answer } from "./commands.js";

const SHOWN = 4;

export function line(room) {
  const told = room.ui.told ?? [];
  return h(
    "section",
    { class: "line", "aria-labelledby": "line-title" },
    h("h2", { id: "line-title", class: "hidden-text" }, t("line.title")),
    h("div", { class: "told", id: "told", role: "log", "aria-live": "polite", "aria-label": t("line.answers"), tabindex: told.length ? 0 : null }, told.map((one) => h("div", { key: one.n, class: one.ok ? null : "bad" }, h("p", { class: "soft", "aria-hidden": "true" }, `› ${one.line}`), one.lines.map((text) => h("p", null, text))))),
    h(
      "form",
      { id: "line-form", onsubmit: (event) => submit(room, event) },
      h("label", { for: "line" }, t("line.title")),
      h("input", {
        id: "line", autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: 2100, value: room.kept("line-text") ?? "", "aria-describedby": "line-hint",
        oninput: (event) => room.keep("line-text", event.target.value, false), onkeydown: (event) => recall(room, event),
      }),
      h("button", { type: "submit" }, t("line.send")),
      h("button", { type: "button", class: "quiet", id: "line-close", onclick: () => room.keep("line", null) }, t("ui.close")),
      h("p", { class: "soft", id: "line-hint" }, t("line.hint")),
    ),
  );
}

async function submit(room, event) {
  event.preventDefault();
  const typed = (room.kept("line-text") ?? "").trim();
  if (!typed) return;
  room.keep("line-text", null);
  const { ok, lines } = await answer(room, typed);
  // What was refused comes back to be mended, unless something new is being typed.
  if (!ok && !room.kept("line-text")) room.keep("line-text", typed, false);
  const before = room.ui.told ?? [];
  room.set({ told: [...before, { n: (before.at(-1)?.n ?? 0) + 1, line: typed, ok, lines }].slice(-SHOWN) });
  const box = document.getElementById("told");
  if (box) box.scrollTop = box.scrollHeight;
}

/** The arrow up brings the last line back. */
function recall(room, event) {
  const last = room.ui.told?.at(-1)?.line;
  if (event.key !== "ArrowUp" || event.target.value || !last) return;
  event.preventDefault();
  room.keep("line-text", last);
}
