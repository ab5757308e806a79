/** now: the one sentence that says what this phase wants, and the button that says "I am done". */
import { h } from "./dom.js";
import { has, t } from "./words.js";

const LABELS = { talk: "ui.ready_talk", vote: "ui.ready_vote", orders: "ui.ready_orders", reveal: "ui.ready_go" };

export function now(room) {
  const { viewer, connection } = room;
  const mine = room.room.seats.find((chair) => chair.seat === viewer);
  return [
    connection.state !== "online" && h("p", { class: "offline", role: "status" }, offline(connection), room.unsent > 0 && ` ${t("ui.unsent", { count: room.unsent })}`),
    h("p", { class: "nowline", id: "now", role: "status" }, wanted(room, mine)),
    mine && readyButton(room, mine),
    room.said.room && h("output", { class: "refusal" }, room.said.room),
  ];
}

function offline({ state, seconds }) {
  if (state === "offline") return t("ui.offline", { seconds });
  return t(`ui.${state}`);
}

function wanted(room, mine) {
  const { phase, paused_at, seats } = room.room;
  if (paused_at !== null) return t("now.paused");
  if (phase === "over") return t("now.over");
  if (phase === "lobby") {
    const here = seats.filter((chair) => chair.holder !== "vacant").length;
    const taken = t("now.lobby", { count: here, all: seats.length });
    return room.mayStart ? t("now.lobby_start") : `${taken} ${t("now.lobby_wait")}`;
  }
  if (!mine && room.viewer === "facilitator") {
    const late = waitingFor(seats, null);
    return t(late.length ? "now.run_waiting" : "now.run", { seats: late });
  }
  if (room.room.third.includes(room.viewer)) return t(`now.third_${room.viewer}`);
  if (room.isWall) return [phase !== "orders" && t(`phase_about.${phase}`), waitingFor(seats, null).length > 0 && ` ${t("now.wall", { seats: waitingFor(seats, null) })}`];
  if (!mine) return t(lostSeat(room) ? "now.bot_sits" : "now.watch");
  if (mine.ready && phase !== "orders") return t("now.ready_done", { seats: waitingFor(seats, room.viewer) });
  const open = room.texts.texts.filter((text) => text.status === "open");
  if (phase === "talk") {
    if (!open.length) return t(has(`now.talk_${room.game?.ruleset}`) ? `now.talk_${room.game.ruleset}` : "now.talk_none");
    return t(open.some((text) => text.author === room.viewer) ? "now.talk_mine" : "now.talk_some", { count: open.length });
  }
  if (phase === "vote") {
    const count = unsigned(room, room.viewer);
    if (count) return t("now.vote_some", { count });
    const late = seats.filter((chair) => chair.holder !== "caretaker" && unsigned(room, chair.seat)).map((chair) => chair.seat);
    return t(late.length ? "now.vote_waiting" : "now.vote_done", { seats: late });
  }
  if (phase === "orders") {
    if (!room.own?.order) return t("now.orders_some");
    const late = waitingFor(seats, room.viewer);
    return t(late.length ? "now.orders_waiting" : "now.orders_done", { seats: late });
  }
  return t(has(`now.${phase}_${room.game?.ruleset}`) ? `now.${phase}_${room.game.ruleset}` : `now.${phase}`);
}

/** Whether the facilitator has put a bot into my chair: then I see what observers see. */
export function lostSeat({ people, room }) {
  const seat = people.people.find((person) => person.id === people.me)?.seat;
  return Boolean(seat) && room.seats.some((chair) => chair.seat === seat && chair.holder.startsWith("bot:"));
}

/** How many open texts wait for the vote of that seat. */
function unsigned({ texts }, seat) {
  return texts.texts.filter((text) => text.status === "open" && text.voters.includes(seat) && !(seat in text.votes)).length;
}

function waitingFor(seats, me) {
  const late = seats.filter((chair) => !chair.ready && chair.seat !== me && chair.holder !== "caretaker");
  return late.map((chair) => chair.seat);
}

function readyButton(room, mine) {
  const { phase, paused_at } = room.room;
  if (phase === "lobby" || phase === "over" || paused_at !== null) return null;
  if (mine.ready && phase === "orders" && room.own?.order) return null;
  const moves = { talk: "ui.ready_moves", orders: "ui.ready_idle" };
  const usual = (room.game?.matrix && moves[phase]) ?? LABELS[phase] ?? "ui.ready";
  const label = mine.ready ? "ui.not_ready" : usual;
  const isPlain = mine.ready || phase === "orders" || (phase === "vote" && unsigned(room, room.viewer) > 0);
  return h(
    "button",
    {
      type: "button", id: "ready", class: isPlain ? "" : "primary", "aria-pressed": String(mine.ready),
      // The second click of a double click falls on the next phase's button: it must not end that phase too.
      onclick: ({ detail }) => detail > 1 || room.send("room", { type: "ready", ready: !mine.ready }, room.room.phase_no),
    },
    t(label, { move: room.game?.matrix?.idle }),
  );
}
