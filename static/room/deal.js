/** deal: a scorable game in the room: the builder with a choice per issue, what a deal is worth to me, what was agreed. */
import { h } from "./dom.js";
import { list, plain, say, signed, t, tone } from "./words.js";
import { mark, marks } from "./marks.js";
import { dealList } from "./treaty.js";

/** What a deal is worth to who has this sheet, in points. */
export const worth = (sheet, deal) => deal.reduce((sum, option, i) => sum + sheet.scores[i][Number(option.slice(1)) - 1], 0);

/** The line under a text: what it brings me, and whether that is better than none. */
export function dealWorth({ own }, { id, package: pack }) {
  if (!own?.sheet || !pack.deal?.length) return null;
  return h("p", { class: "weight", "data-weight": id }, told(own.sheet, pack.deal));
}

function told(sheet, deal) {
  const points = worth(sheet, deal);
  const over = points - sheet.threshold;
  return [h("strong", { class: tone(over) }, t("deal.worth", { points: plain(points, 0) })), ` · ${t(over < 0 ? "deal.below" : "deal.above", { over: plain(Math.abs(over), 0), threshold: plain(sheet.threshold, 0) })}`];
}

export function openDeal(room, text = null) {
  const deal = text?.package.deal ?? room.ui.lastDeal ?? first(room);
  save(room, { amends: text?.id ?? null, version: text?.version, deal });
  document.getElementById("builder")?.scrollIntoView({ block: "start" });
}

/** What a new deal begins with: what is best for me issue by issue, or for who has no scores the first of each. */
function first({ game, own }) {
  return game.deal.issues.map((issue, i) => {
    const row = own?.sheet?.scores[i];
    return issue.options[row ? row.indexOf(Math.max(...row)) : 0].id;
  });
}

function save(room, state) {
  room.ui.builder = state;
  room.keep("builder", state && JSON.stringify(state));
  if (state) room.ui.lastDeal = state.deal;
  room.draw();
}

/** The builder, or the button that opens it. */
export function dealBuilder(room) {
  const state = room.ui.builder?.deal ? room.ui.builder : null;
  const chairs = room.viewer === "CH";
  if (!state) {
    return h("p", { class: "buttons" }, h("button", { type: "button", id: "b-open", class: room.texts.texts.length ? "" : "primary", onclick: () => openDeal(room) }, t("deal.build")));
  }
  const submit = async (event) => {
    event.preventDefault();
    const decision = { type: chairs ? "offer" : "propose", package: { sponsor: chairs ? room.seatCodes[0] : room.viewer, deal: state.deal } };
    if (state.amends) decision.amends = state.amends;
    const answer = await room.send("texts", decision, chairs ? room.texts.offers : state.version);
    if (answer.ok) save(room, null);
    return answer.ok;
  };
  const text = room.texts.texts.find((one) => one.id === state.amends);
  return h(
    "form",
    { class: "builder", id: "builder", onsubmit: submit },
    h("h3", null, text ? t("ui.build_amend", { id: text.id }) : t("deal.build")),
    room.game.deal.issues.map((issue, i) => choice(room, state, issue, i)),
    forbidden(room, state.deal).map((rule) => h("p", { class: "bad", role: "alert" }, `− ${say("refusal", { code: "deal_forbidden", params: { rule: rule.rule, options: rule.options } })}`)),
    h(
      "div",
      { class: "seal-bar" },
      h("output", { id: "b-check" }, room.own?.sheet ? told(room.own.sheet, state.deal) : ""),
      h("button", { type: "submit", id: "b-table", class: "primary" }, t(chairs ? "ui.single_offer" : text ? "ui.table_version" : "ui.table_it")),
      h("button", { type: "button", id: "b-close", class: "quiet", onclick: () => save(room, null) }, t("ui.build_close")),
    ),
  );
}

/** The rules that the deal breaks, as the game names them; the server has the last word. */
const forbidden = ({ game }, deal) => game.deal.forbidden.filter((rule) => rule.options.every((option) => deal.includes(option)));

function choice(room, state, issue, i) {
  const row = room.own?.sheet?.scores[i];
  const put = (id) => save(room, { ...state, deal: state.deal.map((option, k) => (k === i ? id : option)) });
  return h(
    "fieldset",
    { key: issue.id, class: "issue", "data-issue": issue.id },
    h("legend", null, `${issue.id}. ${issue.title}`),
    issue.text && h("p", { class: "soft" }, issue.text),
    issue.options.map((option, k) =>
      h(
        "label",
        { key: option.id, class: "choice" },
        h("input", { type: "radio", name: `issue-${issue.id}`, id: `pick-${option.id}`, value: option.id, checked: state.deal[i] === option.id, onchange: () => put(option.id) }),
        h("span", null, h("strong", null, `${option.id} ${option.title}`), option.text && h("span", { class: "soft" }, option.text), row && h("span", { class: "points" }, t("deal.points", { points: plain(row[k], 0) }))),
      ),
    ),
  );
}

/** My secret scores, option by option, and what no agreement is worth to me. */
export function sheet(room, own = room.own) {
  if (!own?.sheet) return null;
  const { scores, threshold } = own.sheet;
  return h(
    "div",
    { class: "mandate sheetbox", id: `sheet-${own.seat}` },
    h("h3", null, t("deal.sheet")),
    h("p", null, t("deal.threshold", { threshold: plain(threshold, 0) })),
    h("p", { class: "soft" }, t("deal.sheet_about")),
    room.game.deal.issues.map((issue, i) =>
      h(
        "table",
        { key: issue.id, class: "sheet-scores" },
        h("caption", null, `${issue.id}. ${issue.title}`),
        h("tbody", null, issue.options.map((option, k) => h("tr", { key: option.id }, h("th", { scope: "row" }, `${option.id} ${option.title}`), h("td", { class: "num" }, plain(scores[i][k], 0))))),
      ),
    ),
  );
}

/** The issues, and which options may not stand together: what everybody knows. */
export function issues({ game, seatCodes }) {
  const { issues: every, least, vetoes, forbidden: rules } = game.deal;
  return [
    h("p", { class: "soft" }, `${t("ruling.yes", { needed: least, all: seatCodes.length })} ${vetoes.length ? t("ruling.must", { seats: vetoes }) : ""}`),
    h("ul", { class: "promises" }, every.map((issue) => h("li", { key: issue.id }, h("p", null, h("strong", null, `${issue.id}. ${issue.title}`)), issue.text && h("p", { class: "soft" }, issue.text), h("p", { class: "soft" }, list(issue.options.map((option) => `${option.id} ${option.title}`)))))),
    rules.length > 0 && h("ul", { class: "promises" }, rules.map((rule) => h("li", { key: rule.rule }, h("p", null, `${rule.options.join(" + ")}: ${rule.rule}`), rule.text && h("p", { class: "soft" }, rule.text)))),
  ];
}

/** What the vote came to. */
export function dealReveal(room) {
  const round = room.history.rounds.at(-1);
  const adopted = round?.ballots.find((text) => text.status === "adopted");
  if (!round?.ballots.length) return h("p", null, t("deal.nothing_tabled"));
  return [
    h("h3", null, t(adopted ? "deal.passed" : "deal.fell_all")),
    adopted && h("div", { class: "signed" }, dealList(adopted.package.deal), dealWorth(room, adopted)),
    round.ballots.filter((text) => text !== adopted).map((text) => h("div", { key: text.id }, h("p", null, h("strong", null, t("ui.text_n", { id: text.id })), " ", mark(text.author), " ", h("span", { class: "soft" }, text.reason ? say("fall", { code: text.reason, params: text.reason_params }) : t(`status.${text.status}`))), votes(text))),
    !adopted && h("p", { class: "soft" }, t(room.room.round < (room.room.rounds ?? Infinity) ? "deal.again" : "deal.last")),
  ];
}

function votes({ votes: cast, voters }) {
  const by = (choice) => voters.filter((seat) => cast[seat] === choice);
  return h("p", { class: "soft" }, [["yes", "＋"], ["no", "−"], ["abstain", "○"]].filter(([choice]) => by(choice).length).flatMap(([choice, sign]) => [h("span", { class: "ballot" }, `${sign} ${t(`choice.${choice}`)} `, marks(by(choice)))]));
}

/** Points over the threshold, as a signed figure. */
export const overThreshold = (points, sheetOf) => signed(points - sheetOf.threshold, 0);
