/** The debrief page: draws from what the page brought along, and a part again when its reader chooses. */
import { h, render } from "../room/dom.js";
import { titleOf } from "../room/header.js";
import { loadWords, nameGame, t } from "../room/words.js";
import { record } from "../room/record.js";
import { bargains } from "./bargains.js";
import { promises } from "./promises.js";
import { delegations } from "./delegations.js";
import { lenses, region, total } from "./results.js";
import { spiral } from "./spiral.js";
import { weights } from "./weights.js";
import { whatif } from "./whatif.js";
import { opened, picture, rounds, sums, verdict, winners } from "./cases.js";
import { charts, hidden, timeline, trust } from "./story.js";

const root = document.getElementById("debrief");
const boot = JSON.parse(document.getElementById("boot").textContent);
await loadWords(root.dataset.words);
nameGame(boot.sections.game);

const room = {
  ...boot.sections,
  viewer: boot.viewer,
  entries: boot.entries,
  more: false,
  code: root.dataset.code,
  whatIf: root.dataset.whatIf,
  seatCodes: boot.sections.room.seats.map((chair) => chair.seat),
  parties: [...boot.sections.room.seats.map((chair) => chair.seat), ...boot.sections.room.third],
  show: () => {},
  kept: () => null,
  review: JSON.parse(document.getElementById("review").textContent),
  ui: {},
  /** Takes a choice of the reader and draws that part again. */
  choose: (part, choice) => {
    room.ui = { ...room.ui, ...choice };
    draw(part);
  },
};

const title = () => [h("p", null, `${titleOf(room)} · ${t("debrief.question")}`)];
const story = () => [h("h2", null, t("debrief.record")), h("details", null, h("summary", null, t("debrief.record_more")), h("div", null, record(room, "plenary")))];
const questions = ({ review }) => [h("h2", null, t("debrief.questions")), h("ol", { class: "questions" }, review.questions.map(({ code, params }) => h("li", { key: code }, t(`question.${code}`, params))))];

const OF_REGIONS = { title, lenses, total, region, weights, spiral, charts, trust, bargains, promises, timeline, hidden, whatif, delegations, record: story, questions };
/** Games of other kinds. */
const OF_CASES = { title, verdict, winners, sums, picture, rounds, opened, delegations, record: story };
const PARTS = room.game ? OF_CASES : OF_REGIONS;

function draw(name) {
  render(root.querySelector(`[data-part="${name}"]`), PARTS[name](room));
}

if (room.outcome) {
  Object.keys(PARTS).forEach(draw);
} else {
  render(root.querySelector('[data-part="title"]'), h("p", null, t("debrief.no_outcome")));
}
root.dataset.drawn = "yes";
