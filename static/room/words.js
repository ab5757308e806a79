/** loadWords, extend, groupOf, names, t, has, phrase, say, list, figure: the sentences of /words/ in the page's language, with their {blanks} filled in.
 *
 * {seat}; {seat:gen}, the name in a case; {count|round|rounds}, the word that goes with a number. As `game.words` does it.
 */
const GROUPS = {
  seat: "seat", to: "seat", by: "seat", seats: "seat", who: "seat", target: "seat", whom: "seat",
  measure: "measure", what: "measure", gate: "gate", kind: "kind", phase: "phase", wanted: "phase",
  offices: "office", institution: "institution", flashpoint: "flashpoint", status: "status", problem: "problem", culture: "culture_short", statement: "statement",
  thing: "thing", rule: "rule", move: "move_title",
};
const BLANK = /\{(\w+)(?::(\w+))?(?:\|([^{}]*))?\}/g;
const language = document.documentElement.lang || "en";
const plurals = new Intl.PluralRules(language);
let words = {};

export async function loadWords(address) {
  words = await (await fetch(address)).json();
}

/** Takes groups in the place of those of the same name. */
export const extend = (groups) => Object.assign(words, groups);

/** Every sentence of a group, by code. */
export const groupOf = (name) => words[name] ?? {};
export const names = () => Object.keys(words);

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
  return text.replace(BLANK, (blank, name, form, forms) => {
    if (!(name in params)) return blank;
    const shown = named(name, params[name], form);
    return forms === undefined ? shown : fitting(forms.split("|"), params[name], shown);
  });
}

/** The same with nodes in the blanks: returns a list of strings and nodes. */
export function phrase(code, params = {}) {
  const text = pattern(code) ?? code;
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(BLANK)) {
    const [blank, name, form, forms] = found;
    const value = params[name];
    const bent = form && value?.as ? value.as(form) : value;
    const shown = forms === undefined ? bent : fitting(forms.split("|"), value, value?.says ?? String(value));
    parts.push(text.slice(from, found.index), name in params ? shown : blank);
    from = found.index + blank.length;
  }
  parts.push(text.slice(from));
  return parts.filter((part) => part !== "");
}

/** The form that goes with a number, in the order one, few, many; in Korean the one that goes with the last sound. */
function fitting(forms, value, shown) {
  const at = language === "ko" ? Number(!endsClosed(shown, forms[0])) : place(value);
  return forms[Math.min(at, forms.length - 1)];
}

function place(value) {
  const number = Math.abs(Number(value));
  return Number.isNaN(number) ? 0 : ({ one: 0, few: 1, many: 2, other: language.startsWith("en") || language === "ru" ? 1 : 0 }[plurals.select(number)] ?? 0);
}

/** Whether a Korean word ends in a consonant; before (으)로 an ㄹ does not count. */
function endsClosed(shown, closedForm) {
  const last = [...shown].reverse().find((sign) => /[\p{L}\p{N}]/u.test(sign)) ?? "";
  const isL = last === "1" || last === "7" || last === "8" || (last >= "가" && last <= "힣" && (last.charCodeAt(0) - 0xac00) % 28 === 8);
  if (isL && closedForm.startsWith("으로")) return false;
  if (last >= "가" && last <= "힣") return (last.charCodeAt(0) - 0xac00) % 28 !== 0;
  return /[013678lmnr]/i.test(last);
}

/** What a {code, params} of the rules says, in the words of `group`. */
export function say(group, { code, params = {} }) {
  return has(`${group}.${code}`) ? t(`${group}.${code}`, params) : t(`${group}.unknown`, { code });
}

function named(name, value, form) {
  if (Array.isArray(value)) return list(value.map((one) => named(name, one, form)));
  const key = String(value);
  const group = name === "id" && has(`institution.${key}`) ? "institution" : GROUPS[name];
  if (group && form && has(`${group}_${form}.${key}`)) return t(`${group}_${form}.${key}`);
  return group && has(`${group}.${key}`) ? t(`${group}.${key}`) : key;
}

/** "A, B and C", in the page's language. */
export function list(items) {
  return new Intl.ListFormat(language).format(items);
}

/** A number with its sign: "+1.3", "−0.4", "0.0"; the point or comma is the language's. */
export function signed(value, digits = 1) {
  const text = plain(Math.abs(value), digits);
  if (Number(Math.abs(value).toFixed(digits)) === 0) return text;
  return (value < 0 ? "−" : "+") + text;
}

const numerals = new Map();

export function plain(value, digits = 1) {
  if (!numerals.has(digits)) numerals.set(digits, new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false }));
  return numerals.get(digits).format(Number(value.toFixed(digits))).replace("-", "−");
}

/** A number as short as it is: "0.2", in some languages "0,2". */
export function figure(value) {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 4, useGrouping: false }).format(value);
}

/** "good", "bad" or nothing: the class that goes with a sign. */
export function tone(value, digits = 1) {
  const rounded = Number(value.toFixed(digits));
  return rounded > 0 ? "good" : rounded < 0 ? "bad" : "";
}
