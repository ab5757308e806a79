/** connect: one socket to the room. It comes back by itself, and an act is resent until it is decided.
 *
 * Words go one after the other, each when the one before is decided: so they stay in order, however fast they were typed.
 *
 * Plain http on a school's network is not a secure origin: no crypto.randomUUID there, so ids are
 * made from getRandomValues.
 */
const RESEND_AFTER = 3_000;
const SILENT_FOR_TOO_LONG = 25_000;
const ACK_AFTER = { messages: 8, characters: 24_000, ms: 5_000 };
const WAITS = [0.5, 1, 2, 3, 5, 8];
/** Refusals that decide nothing: the same act may be taken a little later. */
const NOT_YET = new Set(["too_fast", "busy", "storage_full"]);
const WORDS = new Set(["say", "publish", "recite"]);
const FINAL = { 4001: "gone", 4009: "too_many_tabs" };

export function connect({ path, store, on }) {
  const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`;
  const acts = new Map(); // id -> {message, resolve, due}
  const asks = new Map(); // id -> resolve
  let socket = null;
  let isOpen = false; // greeted, so that acts may follow
  let position = { epoch: null, last: 0, viewer: null };
  let failures = 0;
  let heardAt = Date.now();
  let retry = null;
  let isFinal = false;
  let drawn = { n: 0, messages: 0, characters: 0, timer: null };

  for (const message of JSON.parse(store.getItem("acts") ?? "[]")) {
    acts.set(message.id, { message, resolve: (answer) => on.decided(message.decision, answer), due: 0 });
  }

  function open() {
    clearTimeout(retry);
    retry = null;
    if (isFinal || (socket && socket.readyState <= 1)) return;
    socket = new WebSocket(address);
    heardAt = Date.now();
    const mine = socket;
    mine.onopen = () => send({ type: "hello", protocol: 1, ...position });
    mine.onmessage = ({ data }) => mine === socket && hear(JSON.parse(data), data.length);
    mine.onclose = ({ code }) => mine === socket && closed(code);
  }

  function closed(code) {
    isOpen = false;
    for (const resolve of asks.values()) resolve({ ok: false, refusal: null });
    asks.clear();
    isFinal = code in FINAL;
    const seconds = WAITS[Math.min(failures, WAITS.length - 1)] * (0.8 + 0.4 * Math.random());
    failures += 1;
    on.state(isFinal ? FINAL[code] : "offline", Math.ceil(seconds));
    if (!isFinal) retry = setTimeout(open, seconds * 1000);
  }

  function hear(message, characters) {
    heardAt = Date.now();
    switch (message.type) {
      case "welcome":
      case "update": {
        if (message.type === "update" && position.epoch !== null && message.epoch !== position.epoch) return restart();
        position = { epoch: message.epoch, last: message.n, viewer: message.viewer ?? position.viewer };
        failures = 0;
        const isBack = !isOpen;
        isOpen = true;
        on.view(message, () => draw(message.n, characters));
        if (isBack) {
          on.state("online", 0);
          for (const act of acts.values()) act.due = Math.min(act.due, act.notBefore ?? 0);
          deliver();
        }
        return undefined;
      }
      case "answer": {
        const act = acts.get(message.id);
        const { code, params } = message.refusal ?? {};
        if (act && NOT_YET.has(code)) {
          act.due = act.notBefore = Date.now() + (params.seconds ?? 2) * 1000;
          return code === "too_fast" || on.error(message.refusal);
        }
        if (act?.notBefore) on.error(null);
        acts.delete(message.id);
        remember();
        deliver();
        return act?.resolve(message);
      }
      case "reply":
        asks.get(message.id)?.(message);
        return asks.delete(message.id);
      case "beat":
        return send({ type: "beat", n: message.n, digests: message.digests });
      case "error":
        return on.error(message.refusal);
      default:
        return undefined;
    }
  }

  /** Not every message is worth an ack; the server waits for one after sixteen, and never for more than 15 s. */
  function draw(n, characters) {
    drawn = { ...drawn, n, messages: drawn.messages + 1, characters: drawn.characters + characters };
    if (drawn.messages >= ACK_AFTER.messages || drawn.characters >= ACK_AFTER.characters) acknowledge();
    else drawn.timer ??= setTimeout(acknowledge, ACK_AFTER.ms);
  }

  function acknowledge() {
    clearTimeout(drawn.timer);
    send({ type: "ack", n: drawn.n });
    drawn = { n: drawn.n, messages: 0, characters: 0, timer: null };
  }

  function restart() {
    // Another epoch: what we hold is not the prefix of what comes. Ask for the whole view.
    position = { epoch: null, last: 0, viewer: null };
    const old = socket;
    socket = null;
    isOpen = false;
    old.close();
    open();
  }

  function send(message) {
    // Half a sign, as some keyboards leave it, could be read by nobody.
    if (socket?.readyState === 1) socket.send(JSON.stringify(message, (_, value) => value?.toWellFormed?.() ?? value));
  }

  /** Sends what is due. */
  function deliver() {
    let isSaying = false;
    for (const act of acts.values()) {
      const waits = WORDS.has(act.message.decision.type) && isSaying;
      isSaying ||= WORDS.has(act.message.decision.type);
      if (!isOpen || waits || act.due > Date.now()) continue;
      act.due = Date.now() + RESEND_AFTER;
      send(act.message);
    }
  }

  function remember() {
    store.setItem("acts", JSON.stringify([...acts.values()].map((act) => act.message)));
  }

  setInterval(() => {
    const now = Date.now();
    deliver();
    if (socket?.readyState <= 1 && now - heardAt > SILENT_FOR_TOO_LONG) {
      const old = socket;
      socket = null;
      old.close();
      closed(1006);
    }
  }, 1_000);
  window.addEventListener("online", open);
  document.addEventListener("visibilitychange", () => document.hidden || open());

  return {
    open,
    unsent: acts.size,
    /** Starts from what the page brought along. */
    begin: (message) => {
      position = { epoch: message.epoch, last: message.n, viewer: message.viewer };
    },
    /** Resolves to the answer; may be called offline, then it is sent on return. */
    act: (decision, expect) =>
      new Promise((resolve) => {
        const message = { type: "act", id: newId(), epoch: position.epoch, decision };
        if (expect !== undefined) message.expect = expect;
        acts.set(message.id, { message, resolve, due: 0 });
        remember();
        deliver();
      }),
    ask: (question) =>
      new Promise((resolve) => {
        if (!isOpen) return resolve({ ok: false, refusal: null });
        const id = newId();
        asks.set(id, resolve);
        return send({ type: "ask", id, question });
      }),
  };
}

/** An id that nobody else makes: 24 hexadecimal digits. */
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
