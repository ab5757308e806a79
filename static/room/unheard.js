/** giveBack: words that were not taken, back where they are written. */
const given = new Map();

/** Puts refused words back, in their order and before what is new; other acts leave nothing to put back. */
export function giveBack(room, { type, text, to = [] }) {
  if (type !== "say" && type !== "publish") return;
  const key = `say-${to.join("+") || "plenary"}`;
  const now = room.kept(key) ?? "";
  const was = given.get(key) ?? "";
  const before = now.startsWith(was) ? was : "";
  const back = [before, text].filter(Boolean).join("\n");
  given.set(key, back);
  room.keep(key, [back, now.slice(before.length).replace(/^\n/, "")].filter(Boolean).join("\n"));
}
