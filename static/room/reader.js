/** reader: takes names off a typed line, one after another; a name may be a code of the rules or its word on this page. */
import { has, t } from "./words.js";

/** Lower case, single blanks, and no underlines, so that "Long-range radar" is found as it is said and as it is written. */
const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[_\s-]+/g, " ").trim();

const isWord = (sign) => /[\p{L}\p{N}]/u.test(sign);

export function reader(line) {
  let rest = plain(line);
  const take = (name) => {
    if (!name || !rest.startsWith(name)) return false;
    const next = rest[name.length];
    // Words of Latin, Cyrillic and Hangul end at a blank; Chinese and Japanese ones need none.
    return next === undefined || !isWord(next) || !isWord(name.at(-1)) || /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(name.at(-1));
  };
  const drop = (length) => {
    rest = rest.slice(length).trim();
  };
  return {
    get rest() {
      return rest;
    },
    /** The longest of these codes, or of their words in `group`, that comes next; null where none does. */
    one(group, codes) {
      const known = codes.flatMap((code) => [[code, plain(code)], [code, has(`${group}.${code}`) ? plain(t(`${group}.${code}`)) : ""]]);
      const found = known.filter(([, name]) => take(name)).sort((a, b) => b[1].length - a[1].length)[0];
      if (!found) return null;
      drop(found[1].length);
      return found[0];
    },
    /** A keyword, as it stands. */
    word(word) {
      if (!take(word)) return false;
      drop(word.length);
      return true;
    },
    number() {
      const found = /^-?\d+(?:[.,]\d+)?(?![\d.])/.exec(rest);
      if (!found) return null;
      drop(found[0].length);
      return Number(found[0].replace(",", "."));
    },
    /** "1" or "1, 2" or "1 and 2". */
    numbers() {
      const found = /^\d+(?:\s*(?:,|and|\+)\s*\d+)*/.exec(rest)?.[0] ?? "";
      drop(found.length);
      return found.split(/\D+/).filter(Boolean).map(Number);
    },
    /** The next sign or signs up to a blank, such as "1a" or "1.1.1". */
    id() {
      const found = /^\S+/.exec(rest)?.[0] ?? "";
      drop(found.length);
      return found;
    },
    /** Signs that part words and mean nothing. */
    skip() {
      const found = /^[,:.+&]+\s*/.exec(rest)?.[0] ?? "";
      drop(found.length);
    },
  };
}
