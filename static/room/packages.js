/** packages: the texts on the table as treaties: sponsors in the margin, votes as signatures. */
import { h } from "./dom.js";
import { t } from "./words.js";
import { letters, mark, marks } from "./marks.js";
import { treaty } from "./treaty.js";
import { reason } from "./record.js";
import { later, load } from "./later.js";
import { athome, ruling } from "./ruling.js";

export function packages(room) {
  const { texts } = room.texts;
  const canDraft = Boolean(room.may) && (room.room.phase === "talk" || room.ui.builder?.amends);
  const drafting = room.game?.deal ? later("deal")?.dealBuilder(room) : room.ui.builder ? later("builder")?.builder(room) : opener(room);
  const draft = canDraft && drafting;
  const amended = draft && texts.find((text) => text.id === room.ui.builder?.amends);
  return [
    room.own && room.room.round <= 1 && later("briefing")?.firstBriefing(room),
    room.texts.single && later("chair")?.singleText(room),
    room.room.rounds === room.room.round && h("p", { class: "soft", id: "last-round" }, t("ui.last_round")),
    texts.length === 0 && !room.ui.builder && h("p", { class: "soft empty" }, t("ui.no_texts")),
    texts.length > (room.room.phase === "vote" ? 0 : 1) && h("p", { class: "soft" }, t("ui.count_order", { seat: chair(room) }), room.room.phase === "vote" && ` ${t("ui.vote_amend")}`),
    texts.length > 0 && h("p", { class: "soft ruling", id: "ruling" }, ruling(room.room).join(" ")),
    texts.map((text) => [sheet(room, text), text === amended && draft]),
    h("output", { class: "refusal", id: "texts-refusal" }, room.said.texts ?? ""),
    !amended && draft,
  ];
}

/** Whose text is counted first: the chair goes round by round. */
const chair = ({ room, seatCodes }) => seatCodes[Math.max(0, room.round - 1) % seatCodes.length];

function sheet(room, text) {
  const isOpen = text.status === "open";
  const waits = awaits(room, text);
  const body = [
    treaty(text.package, room.seatCodes, text.previous),
    isOpen && about(text.package),
    text.previous && h("p", { class: "soft changes" }, `${later("changes")?.difference(text.package, text.previous) ?? ""} ${t("ui.changes")}`),
  ];
  return h(
    "article",
    { key: text.id, id: `text-${text.id}`, class: `text ${text.status}${waits ? " waits" : ""}`, "data-text": text.id, "data-author": text.author, "data-status": text.status },
    h(
      "header",
      null,
      h("h3", null, t("ui.text_n", { id: text.id })),
      h(
        "p",
        { class: "soft" },
        text.version > 1 && `${t("ui.version_n", { version: text.version })} · `,
        text.package.side && `${t("ui.side_deal")} · `,
        text.amends && `${t("ui.amends", { id: text.amends })} · `,
        `${t("ui.tabled_by")} `,
        mark(text.author),
      ),
      h("p", { class: "status" }, isOpen ? waits && t("ui.vote_missing") : t(`status.${text.status}`)),
    ),
    isOpen || text.status === "adopted" ? body : null,
    text.reason && h("p", { class: "bad" }, `− ${reason({ code: text.reason, params: text.reason_params })}`),
    isOpen && (room.game?.deal ? later("deal")?.dealWorth(room, text) : later("weight")?.weight(room, text)),
    isOpen && later("weight")?.sinking(room.texts.texts, text).map((line) => h("p", { class: "sinks" }, `⚠ ${line}`)),
    isOpen || text.status === "adopted" ? [margin(text), signatures(text)] : h("details", null, h("summary", null, t("ui.text_closed")), body, margin(text), signatures(text)),
    isOpen && text.lost ? h("p", { class: "bad" }, `− ${t("ui.lost")}`) : isOpen && consent(room, text),
    isOpen && athome(room, text),
    room.own && room.room.internal_vote && later("counsel")?.counsel(room, text),
    room.own && buttons(room, text),
  );
}

/** Whether the text waits for my vote. */
function awaits({ viewer, room }, { status, voters, votes }) {
  return room.phase === "vote" && status === "open" && voters.includes(viewer) && !(viewer in votes);
}

/** What the institution of a text does, in one line. */
function about({ institution }) {
  return institution && h("p", { class: "soft" }, h("strong", null, t(`institution.${institution.id}`)), `: ${t(`institution_about.${institution.id}`)}`);
}

/** Whose yes it takes, and what it means for me to stay out. */
function consent({ viewer, seatCodes, room, people }, { needed, invited, sponsors, package: pack, votes }) {
  const { institution } = pack;
  const mayStayOut = room.phase === "vote" && institution && institution.id !== "un_resolution" && seatCodes.includes(viewer) && !needed.includes(viewer)
    && votes[viewer] !== "yes" && !sponsors.includes(viewer) && invited.includes(viewer);
  const missing = needed.filter((seat) => votes[seat] !== "yes" && !sponsors.includes(seat));
  const mine = missing.includes(viewer);
  const away = missing.filter((seat) => room.seats.some((chair) => chair.seat === seat && chair.holder === "people") && !people.people.some((person) => person.seat === seat && person.here));
  const lines = [
    needed.length > 0 && (room.phase !== "vote" ? t("ui.needs", { seats: needed }) : missing.length === 0 ? t("ui.needs_all") : !mine && t("ui.needs_still", { seats: missing })),
    away.length > 0 && t("ui.needs_away", { seats: away }),
    invited.length > 0 && invited.length < seatCodes.length && t("ui.needs_two", { institution: institution.id, seats: invited }),
    pack.side && t("ui.vote_side"),
    mayStayOut && t("ui.needs_not_you", { institution: institution.id }),
  ].filter(Boolean);
  return [room.phase === "vote" && mine && h("p", { class: "warn" }, `! ${t("ui.needs_mine")}`), lines.length > 0 && h("p", { class: "soft" }, lines.join(" "))];
}

function margin(text) {
  const others = text.sponsors.filter((seat) => seat !== text.author);
  return others.length > 0 && h("p", { class: "sponsors soft" }, `${t("ui.sponsors")}: `, marks(others, letters, " "));
}

function signatures(text) {
  if (!Object.keys(text.votes).length && text.status === "open") return null;
  return h(
    "ul",
    { class: "signatures", "aria-label": t("ui.signatures") },
    text.voters.map((seat) => {
      const choice = text.votes[seat];
      return h("li", { key: seat, class: choice ?? "none" }, mark(seat), h("span", { class: "ink" }, signature(choice)));
    }),
  );
}

function signature(choice) {
  if (!choice) return t("choice.none");
  return `${{ yes: "＋", no: "−", abstain: "○" }[choice]} ${t(`choice.${choice}`)}`;
}

function buttons(room, text) {
  const { phase, paused_at } = room.room;
  const me = room.viewer;
  const act = (decision) => () => room.send("texts", { ...decision, text: text.id }, text.version);
  const isOpen = text.status === "open";
  const votes = isOpen && text.voters.includes(me) && (phase === "vote" || (phase === "talk" && text.package.side));
  const list = [];
  if (votes) {
    list.push(
      h(
        "div",
        { class: "vote", role: "group", "aria-label": t("ui.your_vote", { id: text.id }) },
        ["yes", "no", "abstain"].map((choice) =>
          h(
            "button",
            { type: "button", "data-vote": choice, "aria-pressed": String(text.votes[me] === choice), onclick: act({ type: "vote", choice }) },
            choice === "yes" && h("span", { class: "sealmark", "aria-hidden": "true" }),
            t(`choice_button.${choice}`),
          ),
        ),
      ),
    );
  }
  if (isOpen && phase === "talk" && !text.sponsors.includes(me)) {
    list.push(h("button", { type: "button", "data-act": "sponsor", onclick: act({ type: "sponsor" }) }, t("ui.sponsor")));
  }
  if ((isOpen && phase === "talk") || (isOpen && text.lost && phase === "vote")) {
    list.push(
      h("button", { type: "button", "data-act": "amend", onclick: () => (room.game?.deal ? load("deal").then((deal) => deal.openDeal(room, text)) : build(room, text)) }, t(text.author === me ? "ui.amend_new" : "ui.amend")),
    );
  }
  if (isOpen && text.author === me) {
    list.push(h("button", { type: "button", class: "quiet", "data-act": "withdraw", onclick: () => room.send("texts", { type: "withdraw", text: text.id }) }, t("ui.withdraw")));
  }
  return list.length > 0 && paused_at === null && h("div", { class: "buttons" }, list);
}

/** Opens the builder on a text, or on an empty sheet. */
async function build(room, text = null) {
  (await load("builder")).openBuilder(room, text);
}

function opener(room) {
  const draft = room.own?.draft;
  return h(
    "p",
    { class: "buttons" },
    h("button", { type: "button", id: "b-open", class: room.texts.texts.length ? "" : "primary", onclick: () => build(room) }, t(room.viewer === "CH" ? "ui.single_build" : "ui.build")),
    draft && h("span", { class: "soft" }, t("ui.team_draft")),
    draft && h("button", { type: "button", class: "quiet", onclick: () => build(room, { package: draft, id: null }) }, t("ui.team_draft_load")),
  );
}
