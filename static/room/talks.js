/** talks: the table's talk and private talks with any seats, each with its own draft and unread count. */
import { h } from "./dom.js";
import { t } from "./words.js";
import { letters, marks } from "./marks.js";
import { entriesOf, record, threadOf } from "./record.js";
import { later } from "./later.js";

export function talks(room) {
  const mine = room.parties.includes(room.viewer);
  const { talk } = room.room;
  const inPrivate = mine && (talk === "full" || talk === "sentences");
  const thread = inPrivate ? room.ui.thread ?? "plenary" : "plenary";
  return [
    (room.texts.agenda || room.viewer === "CH") && later("chair")?.agenda(room),
    talk !== "full" && h("p", { class: "soft", id: "talk-mode" }, t(`ui.talk_${talk}`)),
    inPrivate && tabs(room, thread),
    inPrivate && room.ui.grouping && later("group")?.groupForm(room),
    h(
      "div",
      { class: "record", id: "record", key: `record-${thread}`, tabindex: 0, role: "log", "aria-label": t("ui.record"), oncreate: (el) => room.follow(el) },
      record(room, thread),
    ),
    mine && talk === "none" ? null : mine && talk === "sentences" ? later("recite")?.reciteForm(room, thread) : mine || room.viewer === "facilitator" ? sayForm(room, thread) : !room.isWall && h("p", { class: "soft" }, t("ui.watch_talk")),
    // Questions are read at the console of a conference; in a room by itself nobody would see them.
    room.door && room.viewer !== "facilitator" && later("hand")?.hand(room),
  ];
}

/** Every talk this seat has: the table, each other seat, and the groups that have spoken. */
function threads(room) {
  const others = room.parties.filter((seat) => seat !== room.viewer);
  const groups = room.entries.map(({ event }) => threadOf(room, event)).filter((key) => key.includes("+"));
  return [...new Set(["plenary", ...others, ...groups, ...(room.ui.groups ?? [])])];
}

export function unread(room, thread) {
  const seen = room.ui.seen?.[thread] ?? room.ui.seenFrom;
  return entriesOf(room, thread).filter(
    ({ n, event }) => n > seen && (event.type === "injected" || event.type === "published" || (event.type === "said" && event.seat !== room.viewer)),
  ).length;
}

export function unreadEverywhere(room) {
  return threads(room).reduce((sum, thread) => sum + unread(room, thread), 0);
}

/** Notes that what stands in the open talk has been read. */
export function markSeen(room) {
  const thread = room.ui.thread ?? "plenary";
  const last = room.entries.at(-1)?.n ?? 0;
  room.ui.seen = { ...room.ui.seen, [thread]: last };
}

function tabs(room, current) {
  return h(
    "div",
    { class: "threads", role: "group", "aria-label": t("ui.talk") },
    threads(room).map((thread) => {
      const count = thread === current ? 0 : unread(room, thread);
      return h(
        "button",
        {
          key: thread, type: "button", class: "thread", "data-thread": thread, "aria-pressed": String(thread === current),
          onclick: () => room.set({ thread, grouping: false }),
        },
        thread === "plenary" ? t("ui.all_seats") : marks(thread.split("+"), letters, "+"),
        count > 0 && h("span", { class: "count" }, count, h("span", { class: "hidden-text" }, ` ${t("ui.unread", { count })}`)),
      );
    }),
    room.parties.length > 2 &&
      h("button", { key: "+", type: "button", class: "thread", id: "group", "aria-expanded": String(Boolean(room.ui.grouping)), onclick: () => room.set({ grouping: !room.ui.grouping }) }, "+", h("span", { class: "hidden-text" }, t("ui.group"))),
  );
}

/** Whether only bots would hear it. */
function isDeaf({ room, viewer }, to) {
  if (to.some((seat) => room.third.includes(seat)) || (!to.length && room.third.length)) return false;
  const heard = room.seats.filter((chair) => chair.seat !== viewer && (!to.length || to.includes(chair.seat)));
  return heard.length > 0 && heard.every((chair) => chair.holder.startsWith("bot:"));
}

function sayForm(room, thread) {
  const to = thread === "plenary" ? [] : thread.split("+");
  const key = `say-${thread}`;
  const publishes = !to.length && (room.viewer === "PR" || room.viewer === "TT");
  const submit = (event) => {
    event.preventDefault();
    const text = room.kept(key) ?? "";
    if (!text.trim()) return;
    room.keep(key, null);
    room.send("talk", event.submitter?.id === "publish" ? { type: "publish", text } : { type: "say", text, to });
  };
  const label = to.length ? t("ui.write_to", { seats: to }) : t("ui.write_to_all");
  return h(
    "form",
    { class: "say", id: "say-form", key, onsubmit: submit },
    h("label", { for: "say" }, label),
    isDeaf(room, to) && h("p", { class: "soft" }, t("ui.bots_deaf")),
    h("textarea", {
      id: "say", rows: 2, maxlength: 2000, value: room.kept(key) ?? "",
      oninput: (event) => room.keep(key, event.target.value, false),
      onkeydown: (event) => {
        // 229: the key that ends a composition, of which Safari tells after its end.
        if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
        event.preventDefault();
        event.target.form.requestSubmit();
      },
    }),
    h("button", { type: "submit", "aria-label": to.length ? label : null }, to.length ? t("ui.say_privately") : t("ui.say")),
    publishes && h("button", { type: "submit", id: "publish", class: "primary" }, t(`ui.publish_${room.viewer}`)),
    h("output", { class: "refusal" }, room.said.talk ?? ""),
  );
}
