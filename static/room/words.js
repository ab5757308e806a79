/** loadWords, nameGame, t, has, phrase, say: the sentences of /words/en.json, with their {blanks} filled in. */
const GROUPS = {
  seat: "seat", to: "seat", by: "seat", seats: "seat", who: "seat", target: "seat", whom: "seat",
  measure: "measure", what: "measure", gate: "gate", kind: "kind", phase: "phase", wanted: "phase",
  offices: "office", institution: "institution", flashpoint: "flashpoint", status: "status", problem: "problem", culture: "culture_short", statement: "statement",
  thing: "thing", rule: "rule", move: "move_title",
};
let words = {};

export async function loadWords(address) {
  words = await (await fetch(address)).json();
}

/** Takes the names that a game of another kind gives to its seats, issues, options and moves. */
export function nameGame(game) {
  if (!game) return;
  words.seat = { ...words.seat, ...game.parties };
  const titled = (items) => Object.fromEntries(items.map(({ id, title }) => [id, title]));
  words.issue = titled(game.deal?.issues ?? []);
  words.option = titled((game.deal?.issues ?? []).flatMap((issue) => issue.options));
  words.move_title = titled(game.matrix?.moves ?? []);
}

/** Every sentence of a group, by code. */
export const groupOf = (name) => words[name] ?? {};

export function has(code) {
  return pattern(code) !== undefined;
}

function pattern(code) {
  const dot = code.indexOf(".");
  return words[code.slice(0, dot)]?.[code.slice(dot + 1)];
}

/** The sentence of "group.code"; a code without a sentence shows as itself. */
export function t(code, params = {}) {
  const text = pattern(code) ?? code.slice(code.indexOf(".") + 1);
  return text.replace(/\{(\w+)\}/g, (blank, name) => (name in params ? named(name, params[name]) : blank));
}

/** The same with nodes in the blanks: returns a list of strings and nodes. */
export function phrase(code, params = {}) {
  const text = pattern(code) ?? code;
  return text.split(/(\{\w+\})/).map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    return name !== undefined && name in params ? params[name] : part;
  });
}

/** What a {code, params} of the rules says, in the words of `group`. */
export function say(group, { code, params = {} }) {
  return has(`${group}.${code}`) ? t(`${group}.${code}`, params) : t(`${group}.unknown`, { code });
}

function named(name, value) {
  if (Array.isArray(value)) return list(value.map((one) => named(name, one)));
  const key = String(value);
  if (name === "id" && has(`institution.${key}`)) return t(`institution.${key}`);
  const group = GROUPS[name];
  return group && has(`${group}.${key}`) ? t(`${group}.${key}`) : key;
}

/** "A, B and C", in the page's language. */
export function list(items) {
  return new Intl.ListFormat(document.documentElement.lang || "en").format(items);
}

/** A number with its sign: "+1.3", "−0.4", "0.0". */
export function signed(value, digits = 1) {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return (value < 0 ? "−" : "+") + text;
}

export function plain(value, digits = 1) {
  return value.toFixed(digits).replace("-", "−");
}

/** "good", "bad" or nothing: the class that goes with a sign. */
export function tone(value, digits = 1) {
  const rounded = Number(value.toFixed(digits));
  return rounded > 0 ? "good" : rounded < 0 ? "bad" : "";
}
