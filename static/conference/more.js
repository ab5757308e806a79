/** more: the door, the projector's line, more tables, other facilitators, and what was done. */
import { h } from "../room/dom.js";
import { t } from "../room/words.js";

export function more(desk) {
  const { state } = desk;
  const write = (type, name) => async (event) => {
    event.preventDefault();
    const field = event.target.elements[name];
    const answer = await desk.press({ type, [name]: field.value });
    if (answer?.done && type === "invite") field.value = "";
  };
  return h(
    "details",
    { class: "more", id: "more" },
    h("summary", null, t("console.more")),
    h("div", { class: "toolbar" },
      h("button", { type: "button", id: "admit", "aria-pressed": String(!state.is_open), onclick: () => desk.press({ type: "admit", is_open: !state.is_open }) }, t(state.is_open ? "console.shut" : "console.reopen")),
      h("button", { type: "button", id: "add-table", onclick: () => desk.press({ type: "add_table" }) }, t("console.add_table")),
      h("button", { type: "button", id: "show-results", "aria-pressed": String(state.results_open), onclick: () => desk.press({ type: "show_results", shown: !state.results_open }) }, t(state.results_open ? "console.hide_results" : "console.show_results")),
    ),
    h("form", { class: "words", id: "announce", onsubmit: write("announce", "text") },
      h("label", { class: "wide" }, t("console.announce"), h("input", { name: "text", id: "announce-text", maxlength: 280, placeholder: state.announcement, autocomplete: "off" })),
      h("button", { type: "submit" }, t("console.send"))),
    h("form", { class: "words", id: "forbid", onsubmit: write("forbid", "words") },
      h("label", { class: "wide" }, t("console.forbid"), h("textarea", { name: "words", id: "forbid-words", rows: 2, maxlength: 10_000, oncreate: (made) => (made.value = state.forbidden.join("\n")) })),
      h("button", { type: "submit" }, t("console.forbid_send"))),
    h("form", { class: "words", id: "invite", onsubmit: write("invite", "account") },
      h("label", { class: "wide" }, t("console.invite"), h("input", { name: "account", id: "invite-account", maxlength: 150, autocomplete: "off" })),
      h("button", { type: "submit" }, t("console.invite_send"))),
    state.helpers.length > 0 && h("ul", { class: "helping", id: "helpers" }, state.helpers.map((account) => h("li", { key: account }, desk.owns ? h("button", { type: "button", onclick: () => desk.press({ type: "uninvite", account }) }, t("console.uninvite", { account })) : account))),
    state.notes.length > 0 && [h("h2", null, t("console.notes")), h("ol", { class: "soft notes" }, state.notes.map((note) => h("li", { key: `${note.at}` }, `${clock(note.at)} ${note.who}: ${t(`console.note_${note.what}`)}`, note.tables.length > 0 && ` (${note.tables.join(", ")})`)))],
  );
}

const clock = (at) => new Intl.DateTimeFormat(document.documentElement.lang || undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(new Date(at * 1000));
