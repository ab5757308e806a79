/** later, load, settled, all: modules that a first view can do without; each comes when it is first asked for, the rest when all is quiet. */
const LOADERS = {
  briefing: () => import("./briefing.js"),
  builder: () => import("./builder.js"),
  chair: () => import("./chair.js"),
  changes: () => import("./changes.js"),
  coach: () => import("./coach.js"),
  counsel: () => import("./counsel.js"),
  deal: () => import("./deal.js"),
  figures: () => import("./figures.js"),
  group: () => import("./group.js"),
  hand: () => import("./hand.js"),
  hidden: () => import("./hidden.js"),
  keys: () => import("./keys.js"),
  line: () => import("./line.js"),
  lobby: () => import("./lobby.js"),
  moves: () => import("./moves.js"),
  naming: () => import("./naming.js"),
  orders: () => import("./orders.js"),
  packages: () => import("./packages.js"),
  party: () => import("./party.js"),
  programs: () => import("./programs.js"),
  recite: () => import("./recite.js"),
  reveal: () => import("./reveal.js"),
  role: () => import("./role.js"),
  run: () => import("./run.js"),
  unheard: () => import("./unheard.js"),
  weight: () => import("./weight.js"),
  why: () => import("./why.js"),
};
const asked = new Map();
const loaded = new Map();
let redraw = () => {};

/** Says what to do when a module that was missing has come. */
export function whenLoaded(draw) {
  redraw = draw;
}

export function load(name) {
  if (!asked.has(name)) {
    const coming = LOADERS[name]().then((module) => (loaded.set(name, module), module));
    asked.set(name, coming);
    coming.catch(() => asked.delete(name)); // offline: asked for again at the next look
  }
  return asked.get(name);
}

/** The module if it is here; if not, it is on its way, and the room is drawn again when it comes. */
export function later(name) {
  if (!loaded.has(name)) load(name).then(redraw, () => {});
  return loaded.get(name);
}

/** Waits for all that was asked for so far; resolves to whether there was anything to wait for. */
export async function settled() {
  const missing = [...asked].filter(([name]) => !loaded.has(name)).map(([, coming]) => coming);
  await Promise.allSettled(missing);
  return missing.length > 0;
}

/** Fetches the rest, so that a phase that begins without a network finds its modules here. */
export function all() {
  for (const name of Object.keys(LOADERS)) load(name).catch(() => {});
}
