/** packageOf, orderOf: a package and an order out of typed words; `Unread` is thrown with the words that nobody understands. */
import { reader } from "./reader.js";

const POSTURES = { "-1": -1, 0: 0, 1: 1, 2: 2 };
const KINDS = ["abstain", "do", "cap", "pay", "open", "relieve", "admit", "declare"];

export class Unread extends Error {}

/** "abstain CN patrol JP for 2; pay JP CN 0.2 if 1; dialogue"; "side" makes it a side deal. */
export function packageOf(room, line) {
  const { may, viewer, seatCodes } = room;
  const pack = { sponsor: viewer, duties: [] };
  const whats = [...new Set(may.duties.flatMap((one) => one.whats))];
  for (const part of line.split(/[;；]/).map((one) => one.trim()).filter(Boolean)) {
    const words = reader(part);
    const founded = words.one("institution", may.institutions.map((one) => one.id));
    if (founded) pack.institution = institutionOf(words, founded, seatCodes);
    else if (words.word("side")) pack.side = true;
    else pack.duties.push(dutyOf(words, seatCodes, whats));
  }
  return pack;
}

function institutionOf(words, id, seatCodes) {
  const out = { id };
  const members = [];
  while (words.rest) {
    words.skip();
    const seat = words.one("seat", seatCodes);
    if (seat) members.push(seat);
    else if (id === "un_resolution" && words.word("up")) out.delta = 1;
    else if (id === "un_resolution" && words.word("down")) out.delta = -1;
    else throw new Unread(words.rest);
  }
  if (id === "un_resolution") out.delta ??= 1;
  else if (members.length) out.members = members;
  return out;
}

/** The kind, who, what, to whom, how much, in any order in which who comes before to whom. */
function dutyOf(words, seatCodes, whats) {
  const duty = {};
  const amounts = [];
  while (words.rest) {
    words.skip();
    if (words.word("if")) duty.if = words.numbers();
    else if (words.word("for")) duty.rounds = words.number();
    else if (words.word("from")) duty.start = words.number();
    else if (words.word("and")) duty.and = [...(duty.and ?? []), words.one("seat", seatCodes) ?? fail(words)];
    else place(words, duty, amounts, seatCodes, whats);
  }
  if (amounts.length > 1) duty.stages = amounts;
  else if (amounts.length) [duty.amount] = amounts;
  return duty;
}

function place(words, duty, amounts, seatCodes, whats) {
  const kind = duty.kind ? null : words.one("kind", KINDS);
  if (kind) return void (duty.kind = kind);
  const seat = words.one("seat", seatCodes);
  if (seat) return void (duty[duty.by ? "to" : "by"] = seat);
  const posture = duty.kind === "cap" ? words.one("posture", Object.keys(POSTURES)) ?? words.one("posture_code", Object.keys(CODES)) : null;
  if (posture) return void amounts.push(POSTURES[posture] ?? CODES[posture]);
  const what = words.one(duty.kind === "declare" ? "statement" : "measure", whats) ?? words.one("measure_act", whats);
  if (what) return void (duty.what = what);
  const amount = words.number();
  if (amount === null) fail(words);
  return void amounts.push(amount);
}

function fail(words) {
  throw new Unread(words.rest);
}

const CODES = { brake: -1, hold: 0, build: 1, race: 2 };

/** "hold exchange CN radar suspend stop 1.1.1 quit dialogue"; a posture above one's promise needs the word "covert". */
export function orderOf(room, line) {
  const words = reader(line);
  const order = { posture: Math.min(0, room.own.cap) };
  const measures = [];
  const lists = { stop: [], quit: [] };
  const known = room.may.measures.map((one) => one.id);
  let isCovert = false;
  while (words.rest) {
    words.skip();
    const posture = words.one("posture", Object.keys(POSTURES)) ?? words.one("", Object.keys(CODES));
    const measure = posture === null ? words.one("measure", known) : null;
    if (posture !== null) order.posture = CODES[posture] ?? Number(posture);
    else if (measure) measures.push(aimed(room, words, measure));
    else if (words.word("suspend")) order.suspend = true;
    else if (words.word("hide")) order.hide = true;
    else if (words.word("covert")) isCovert = true;
    else if (words.word("stop")) lists.stop.push(words.id());
    else if (words.word("quit")) lists.quit.push(words.id());
    else fail(words);
  }
  if (measures.length) order.measures = measures;
  for (const [name, ids] of Object.entries(lists)) if (ids.length) order[name] = ids;
  return { order, isAbove: order.posture > room.own.cap && !isCovert };
}

function aimed(room, words, measure) {
  const { targets } = room.may.measures.find((one) => one.id === measure);
  const target = targets.length ? words.one("seat", targets) : null;
  return target ? { measure, target } : { measure };
}
