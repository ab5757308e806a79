/** commands, answer: what one can type at the command line, and what is said to it. */
import { textOf } from "./dom.js";
import { groupOf, list, plain, say, signed, t } from "./words.js";
import { header } from "./header.js";
import { now } from "./now.js";
import { clause, sentence } from "./treaty.js";
import { happened, reason } from "./record.js";
import { weighed } from "./weight.js";
import { causeName, causesOf } from "./why.js";
import { orderOf, packageOf, Unread } from "./drafting.js";
import { reader } from "./reader.js";

/** By name: an example of it, whether it acts for a seat, and what it does; it returns one line or several. */
const COMMANDS = {
  help: { like: "help", does: () => Object.entries(COMMANDS).map(([name, { like }]) => `${like}: ${t(`command.${name}`)}`) },
  where: { like: "where", does: where },
  read: { like: "read 1a", does: readText },
  record: { like: "record 5", does: (room, rest) => recent(room, Number(rest) || 5) },
  seats: { like: "seats", does: seats },
  me: { like: "me", acts: true, does: mine },
  promises: { like: "promises", does: (room) => room.promises.duties.filter((one) => one.status === "in_force").map((one) => `${one.id} ${textOf(sentence(one.duty))}`) },
  may: { like: "may CN", acts: true, does: may },
  why: { like: "why", acts: true, does: why },
  say: { like: "say JP …", does: speak },
  check: { like: "check abstain CN patrol JP; pay JP CN 0.2 if 1; dialogue", acts: true, does: check },
  table: { like: "table abstain CN patrol JP; dialogue", acts: true, does: table },
  amend: { like: "amend 1a abstain CN patrol JP for 2", acts: true, does: amend },
  vote: { like: "vote 1a yes", acts: true, does: vote },
  sponsor: { like: "sponsor 1a", acts: true, does: (room, rest) => onText(room, rest, (text) => done(room, { type: "sponsor", text: text.id }, text.version)) },
  withdraw: { like: "withdraw 1a", acts: true, does: (room, rest) => onText(room, rest, (text) => done(room, { type: "withdraw", text: text.id })) },
  order: { like: "order hold exchange CN radar", acts: true, does: order },
  ready: { like: "ready", acts: true, does: (room) => done(room, { type: "ready", ready: true }, room.room.phase_no) },
  start: { like: "start", does: (room) => done(room, { type: "start" }) },
};

/** All of them, for who lists them. */
export const commands = () => COMMANDS;

/** Does what the line says and resolves to {ok, lines}: refusals come in the words of the rules. */
export async function answer(room, line) {
  const words = line.trim();
  const name = words.split(/\s+/)[0].toLowerCase();
  const command = COMMANDS[name];
  if (!command) return { ok: false, lines: [t("line.unknown", { found: name })] };
  if (command.acts && !room.own) return { ok: false, lines: [say("refusal", { code: "watching" })] };
  try {
    const told = await command.does(room, words.slice(name.length).trim());
    const { ok = true, lines } = Array.isArray(told) ? { lines: told } : told;
    return { ok, lines: lines.length ? lines : [t("line.nothing")] };
  } catch (error) {
    if (error instanceof Unread) return { ok: false, lines: [t("line.unread", { found: error.message })] };
    throw error;
  }
}

async function done(room, decision, expect, told = t("line.done")) {
  const { ok, refusal } = await room.send("line", decision, expect);
  return { ok, lines: [ok ? told : room.refusal(refusal)] };
}

function where(room) {
  return [textOf(header(room), " · "), textOf(now(room).slice(0, 2), " "), ...open(room).map((text) => summary(text))];
}

const open = ({ texts }) => texts.texts.filter((text) => text.status === "open");

const summary = ({ id, author }) => `${t("ui.text_n", { id })}, ${t("ui.tabled_by")} ${t(`seat.${author}`)}`;

function onText(room, rest, does) {
  const id = reader(rest).id();
  const text = room.texts.texts.find((one) => one.id === id);
  return text ? does(text) : { ok: false, lines: [say("refusal", { code: "unknown_text", params: { id } })] };
}

async function readText(room, rest) {
  if (!rest) return (await Promise.all(open(room).map((text) => readText(room, text.id)))).flat();
  return onText(room, rest, async (text) => {
    const { duties = [], institution } = text.package;
    const votes = text.voters.map((seat) => `${t(`seat.${seat}`)}: ${t(`choice.${text.votes[seat] ?? "none"}`)}`);
    const weight = room.own && text.status === "open" ? await room.ask({ type: "weigh", text: text.id }) : { ok: false };
    return [
      `${summary(text)} · ${t(`status.${text.status}`)}${text.reason ? ` · ${reason({ code: text.reason, params: text.reason_params })}` : ""}`,
      ...duties.map((duty, i) => `${i + 1}. ${textOf(sentence(duty))}`),
      ...(institution ? [`§ ${textOf(clause(institution, room.seatCodes))}`] : []),
      ...(Object.keys(text.votes).length ? [votes.join(" · ")] : []),
      ...(weight.ok ? [textOf(weighed(weight.answer))] : []),
    ];
  });
}

function recent(room, count) {
  const told = room.entries.filter(({ event }) => event.type === "said" || event.type === "published" || event.type === "injected" || groupOf("event")[event.type]);
  return told.slice(-count).map(({ event }) => (event.text && event.seat && event.type !== "voted" && !event.package ? `${t(`seat.${event.seat}`)}: ${event.text}` : event.type === "injected" ? event.text : happened(room, event)));
}

function seats(room) {
  const me = room.seatCodes.indexOf(room.viewer);
  const percent = (value) => `${Math.round(value * 100)} %`;
  return room.room.seats.map(({ seat, ready }, j) => {
    const trust = me >= 0 && me !== j ? [`${t("ui.trust_in_me")} ${percent(room.world.trust[j][me])}`, `${t("ui.my_trust")} ${percent(room.world.trust[me][j])}`] : [];
    return [t(`seat.${seat}`), ...trust, ...(ready ? [t("ui.is_ready")] : [])].join(" · ");
  });
}

function mine(room) {
  const own = room.world.seats.find((one) => one.seat === room.viewer);
  const figures = [["security", "S"], ["economy", "E"], ["worth", "W"]].map(([name, key]) => `${t(`ui.${name}`)} ${plain(own[key])}`);
  const { mandate } = room.own;
  return [figures.join(" · "), ...(mandate ? [`${t("ui.mandate")}: ${t(`mandate.${mandate.code}`)}`] : [])];
}

/** What may be ordered now, or what a state may promise. */
function may(room, rest) {
  const seat = rest && (reader(rest).one("seat", room.seatCodes) ?? "");
  if (room.room.phase === "orders" || !seat) {
    const costs = room.may.measures.map((one) => `${one.id}: ${t(`measure.${one.id}`)}, ${one.cost === 1 ? t("ui.cost_1") : t("ui.cost_n", { cost: one.cost })}${one.targets.length ? ` (${one.targets.join(" ")})` : ""}${one.barred ? ` ! ${t("ui.barred")}` : ""}`);
    const founded = room.may.institutions.filter((one) => one.gate === null).map((one) => `${one.id}: ${t(`institution.${one.id}`)}`);
    return [...costs, ...(room.room.phase === "talk" ? founded : [])];
  }
  return room.may.duties.filter((one) => one.by === seat).map((one) => [`${one.kind} ${seat}`, one.whats.join(" / "), one.targets.join(" "), one.amounts.join(" / ")].filter(Boolean).join(" · "));
}

async function why(room, rest) {
  const round = Number(rest) || room.world.round;
  if (!round) return [t("ui.why_none")];
  const reply = await room.ask({ type: "why", round });
  if (!reply.ok) return { ok: false, lines: [room.refusal(reply.refusal)] };
  const { before, after } = reply.answer;
  return [t("ui.why_of", { round }), `${t("ui.before")} ${plain(before)} · ${t("ui.after")} ${plain(after)}`, ...causesOf(reply.answer).map((cause) => `${signed(cause.change, 2)} ${causeName(cause)}`)];
}

/** To all, or to the seats whose codes stand before the words in capitals: "JP …", "JP+CN …". */
function speak(room, rest) {
  const [, codes, more] = /^([A-Z]{2}(?:\+[A-Z]{2})*)\s+(.*)$/s.exec(rest) ?? [null, "", rest];
  const to = codes.split("+").filter((seat) => room.parties.includes(seat));
  const text = to.length ? more : rest;
  return done(room, { type: "say", text, to }, undefined, to.length ? t("line.said_to", { seats: to }) : t("line.said"));
}

async function check(room, rest) {
  const reply = await room.ask({ type: "check", package: packageOf(room, rest) });
  if (!reply.ok) return { ok: false, lines: [room.refusal(reply.refusal)] };
  const { allowed, hindrance, forecast } = reply.answer;
  return [allowed ? t("ui.check_ok") : say("refusal", hindrance), ...(forecast ? [textOf(weighed(forecast))] : [])];
}

function table(room, rest) {
  return done(room, { type: "propose", package: packageOf(room, rest) });
}

function amend(room, rest) {
  return onText(room, rest, (text) => done(room, { type: "propose", amends: text.id, package: packageOf(room, rest.slice(text.id.length)) }, text.version));
}

function vote(room, rest) {
  const words = reader(rest);
  const id = words.id();
  const choice = words.one("choice", ["yes", "no", "abstain"]) ?? words.one("choice_button", ["yes", "no", "abstain"]);
  if (!choice) throw new Unread(words.rest || rest);
  return onText(room, id, (text) => done(room, { type: "vote", text: id, choice }, text.version));
}

async function order(room, rest) {
  if (!rest) return [t(room.own.order ? "ui.order_sealed" : "ui.order_none", { version: room.own.order_version }), t("ui.points", { used: room.own.promised_cost, most: room.may.points }), ...may(room, "")];
  const { order: wanted, isAbove } = orderOf(room, rest);
  if (isAbove) return { ok: false, lines: [t("line.covert", { posture: t(`posture.${room.own.cap}`) })] };
  return done(room, { type: "order", order: wanted }, room.own.order_version, `${t("line.done")} ${told(wanted)}`);
}

/** The order read back, so that one hears what was understood. */
function told({ posture, measures = [] }) {
  return list([t(`posture.${posture}`), ...measures.map(({ measure, target }) => `${t(`measure.${measure}`)}${target ? ` ${t("ui.toward_seat", { seat: target })}` : ""}`)]);
}

