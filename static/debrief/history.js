/** steps, sceneAt: a game as it went, entry by entry, with the region as it stood after each; what was taken back is marked. */

/** One step for the beginning and one for each entry that changes or says something; `k` is its place. */
export function steps({ entries, history }, isShown) {
  const marks = taken(entries);
  const found = [{ k: 0, entry: null, round: 0, phase: "lobby", world: history.start, since: 0 }];
  let [round, phase, world, since] = [0, "lobby", history.start, 0];
  for (const [i, entry] of entries.entries()) {
    const { event } = entry;
    const isVoid = marks.has(i);
    if (!isVoid && event.type === "phase") [round, phase, since] = [event.round, event.phase, found.length];
    if (!isVoid && event.type === "resolved") world = history.rounds[event.round - 1]?.after ?? world;
    if (isShown(event)) found.push({ k: found.length, entry: { n: entry.n, at: entry.at, event }, round, phase, world, since, isVoid });
  }
  return found;
}

/** The places of entries that count no more, because the game went back past them. */
function taken(entries) {
  const gone = new Set();
  entries.forEach(({ event }, i) => {
    if (event.type !== "rewound") return;
    let from = i;
    while (from > 0 && !(entries[from].event.type === "phase" && entries[from].event.no === event.to && !gone.has(from))) from -= 1;
    for (let k = from + 1; k < i; k += 1) gone.add(k);
  });
  return gone;
}

/** What lies on the table after a step: who met, and each text of the round with its votes and its fate. */
export function sceneAt(all, k) {
  const step = all[k];
  const met = new Set();
  const texts = new Map();
  for (const { entry, round, since, isVoid, k: at } of all.slice(0, k + 1)) {
    if (!entry || isVoid || round !== step.round) continue;
    const { event } = entry;
    if (event.type === "met" && since === step.since && at >= since) for (const a of event.seats) for (const b of event.seats) met.add(a + b);
    if (event.type === "proposed") texts.set(event.text, { id: event.text, by: event.package.sponsor, votes: {}, fate: "open" });
    const text = texts.get(event.text);
    if (!text) continue;
    if (event.type === "voted") text.votes = { ...text.votes, [event.seat]: event.choice };
    if (["adopted", "failed", "withdrawn"].includes(event.type)) text.fate = event.type;
  }
  return { met, texts: [...texts.values()] };
}
