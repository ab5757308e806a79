/** giveBack: words that were not taken, back where they are written. */
const given = new Map();

/** Puts refused words back, in their order and before what is new; other acts leave nothing to put back. */
export function giveBack(room, { type, text, to = [] }) {
  if (type !== "say" && type !== "publish") return;
  const key = `say-${to.join("+") || "plenary"}`;
  const now = room.kept(key) ?? "";
  const before = now.startsWith(given.get(key) ?? "") ? given.get(key) ?? "" : "";
  given.set(key, `${before}${text}\n`);
  room.keep(key, given.get(key) + now.slice(before.length));
}
