/** whatif: the game from some round on with bots in chosen seats, as the server plays it, beside the game as it went. */
import { h } from "../room/dom.js";
import { list, phrase, plain, signed, t, tone } from "../room/words.js";
import { mark, marks } from "../room/marks.js";
import { treaty } from "../room/treaty.js";
import { chooser } from "./bargains.js";
import { wide } from "./wide.js";

export function whatif(room) {
  const rounds = room.history.rounds.map(({ round }) => [String(round), String(round)]);
  if (!rounds.length) return [];
  const { whatIfRound = rounds[0][0], whatIfBots = {}, whatIfAnswer, whatIfState } = room.ui;
  const bots = [["", t("debrief.whatif_as_played")], ...room.review.bots.map((bot) => [bot, t(`holder.bot:${bot}`)])];
  const choose = (seat) => (value) => room.choose("whatif", { whatIfBots: { ...room.ui.whatIfBots, [seat]: value } });
  return [
    h("h2", null, t("debrief.whatif")),
    h("p", { class: "lead" }, t("debrief.whatif_about")),
    h(
      "form",
      { id: "whatif", onsubmit: (event) => ask(room, event, whatIfRound) },
      h(
        "div",
        { class: "choices" },
        chooser("whatif-round", "debrief.whatif_from", whatIfRound, rounds, (value) => room.choose("whatif", { whatIfRound: value })),
        room.seatCodes.map((seat) => chooser(`whatif-${seat}`, `seat.${seat}`, whatIfBots[seat] ?? "", bots, choose(seat))),
      ),
      h("p", null, h("button", { class: "primary", id: "whatif-go", disabled: whatIfState === "wait" }, t("debrief.whatif_go"))),
    ),
    h("div", { role: "status", id: "whatif-says" }, whatIfState === "wait" && t("debrief.whatif_wait"), whatIfState === "failed" && t("debrief.whatif_failed"), whatIfState === "done" && h("p", { class: "verdict" }, title(whatIfAnswer))),
    whatIfState === "done" && [scores(room, whatIfAnswer), whatIfAnswer.rounds.map((round) => told(room, round))],
  ];
}

async function ask(room, event, round) {
  event.preventDefault();
  const chosen = Object.entries(room.ui.whatIfBots ?? {}).filter(([, bot]) => bot);
  room.choose("whatif", { whatIfState: "wait" });
  let answer = null;
  try {
    const reply = await fetch(`${room.whatIf}?${new URLSearchParams([["round", round], ...chosen])}`, { headers: { Accept: "application/json" } });
    if (reply.ok && !reply.redirected) answer = await reply.json();
  } catch {
    answer = null; // a server out of reach is as good as one that is busy
  }
  room.choose("whatif", answer ? { whatIfState: "done", whatIfAnswer: answer } : { whatIfState: "failed" });
}

function title({ round, bots }) {
  const who = Object.entries(bots).map(([seat, bot]) => t("debrief.whatif_pair", { seat, bot: t(`holder.bot:${bot}`) }));
  return t("debrief.whatif_result", { round, who: who.length ? list(who) : t("debrief.whatif_nobody") });
}

function scores(room, { then, now, region_then: before, region_now: after }) {
  const columns = ["whatif_gain_then", "whatif_gain_now", "whatif_change", "whatif_then", "whatif_now", "whatif_change"];
  const cells = (pairs) => pairs.flatMap(([a, b]) => (a === null ? [h("td"), h("td"), h("td")] : [h("td", { class: "num" }, signed(a)), h("td", { class: "num" }, signed(b)), h("td", { class: `num ${tone(b - a)}` }, signed(b - a))]));
  return wide(t("debrief.whatif"),
    h(
      "table",
      { id: "whatif-scores" },
      h("thead", null, h("tr", null, h("th", { scope: "col" }, t("ui.seat")), columns.map((code) => h("th", { scope: "col", class: "num" }, t(`debrief.${code}`))))),
      h(
        "tbody",
        null,
        then.map((one, i) => h("tr", { key: one.seat, class: one.seat === room.viewer ? "mine" : null }, h("th", { scope: "row" }, mark(one.seat)), cells([[one.G, now[i].G], [one.total, now[i].total]]))),
        h("tr", { key: "all" }, h("th", { scope: "row" }, t("debrief.whatif_all")), cells([[before.sum_G, after.sum_G], [null, null]])),
      ),
    ),
  );
}

function told(room, { round, adopted_then: then, adopted_now: now, C_then, C_now, bent }) {
  const side = (code, packs) => h("div", null, h("h4", null, t(code)), packs.length ? packs.map((pack) => treaty(pack, room.seatCodes)) : h("p", { class: "soft" }, t("debrief.whatif_nothing")));
  const isSame = JSON.stringify(then) === JSON.stringify(now);
  return h(
    "div",
    { key: round, class: "whatif-round" },
    h("h3", null, t("debrief.whatif_round", { round, then: plain(C_then, 0), now: plain(C_now, 0) })),
    isSame ? h("p", { class: "soft" }, t("debrief.whatif_same")) : h("div", { class: "places" }, side("debrief.whatif_adopted_then", then), side("debrief.whatif_adopted_now", now)),
    bent.length > 0 && h("p", { class: "soft" }, phrase("debrief.whatif_bent", { seats: h("span", null, marks(bent)) })),
  );
}
