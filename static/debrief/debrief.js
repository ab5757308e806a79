/** The debrief page: draws from what the page brought along, and a part again when its reader chooses. */
import { h, render } from "../room/dom.js";
import { titleOf } from "../room/header.js";
import { loadWords, t } from "../room/words.js";
import { nameGame } from "../room/naming.js";
import { record } from "../room/record.js";
import { bargains } from "./bargains.js";
import { promises } from "./promises.js";
import { delegations } from "./delegations.js";
import { lenses, region, total } from "./results.js";
import { spiral } from "./spiral.js";
import { weights } from "./weights.js";
import { whatif } from "./whatif.js";
import { opened, picture, rounds, sums, verdict, winners } from "./cases.js";
import { replay } from "./replay.js";
import { listen, pager } from "./projector.js";
import { cast } from "./cast.js";
import { gain, mandateOf, missed, unseen, word } from "./mine.js";
import { download, json } from "./files.js";
import { charts, hidden, timeline, trust } from "./story.js";

const root = document.getElementById("debrief");
const brought = (name) => JSON.parse(document.getElementById(name)?.textContent ?? "null");
const boot = brought("boot");
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
  review: brought("review"),
  seat: root.dataset.seat,
  moved: brought("moved"),
  ui: {},
  /** Takes a choice of the reader and draws that part again. */
  choose: (part, choice) => {
    room.ui = { ...room.ui, ...choice };
    draw(part);
  },
};

const title = () => [h("p", null, `${root.dataset.view === "public" ? "" : `${titleOf(room)} · `}${t("debrief.question")}`)];
const story = () => [h("h2", null, t("debrief.record")), h("details", null, h("summary", null, t("debrief.record_more")), h("div", null, record(room, "plenary")))];
const questions = ({ review }) => [h("h2", null, t("debrief.questions")), h("ol", { class: "questions" }, review.questions.map(({ code, params }) => h("li", { key: code }, t(`question.${code}`, params))))];

const OF_REGIONS = {
  title, cast, lenses, total, region, replay, weights, spiral, charts, trust, bargains, promises, timeline, hidden, whatif, delegations, record: story, questions,
  mine_gain: gain, mine_promises: word, mine_mandate: mandateOf, mine_hidden: unseen, mine_missed: missed, pager,
};
/** Games of other kinds. */
const OF_CASES = { title, cast, verdict, winners, sums, picture, rounds, opened, delegations, record: story, pager };
const PARTS = room.game ? OF_CASES : OF_REGIONS;

function draw(name) {
  const part = root.querySelector(`[data-part="${name}"]`);
  if (part) render(part, PARTS[name](room));
}

/** Paper shows all that is folded. */
function unfold() {
  const folded = [...root.querySelectorAll("details:not([open])")];
  for (const one of folded) one.open = true;
  addEventListener("afterprint", () => folded.forEach((one) => (one.open = false)), { once: true });
}

document.getElementById("print")?.addEventListener("click", () => print());
document.getElementById("embed")?.addEventListener("focus", (event) => event.target.select());
document.getElementById("all-json")?.addEventListener("click", () => download(json({ room: room.room, history: room.history, promises: room.promises, outcome: room.outcome, review: room.review }), "figures.json"));
addEventListener("beforeprint", unfold);

if (room.outcome) {
  if (root.dataset.view === "projector") listen(room);
  Object.keys(PARTS).forEach(draw);
} else {
  render(root.querySelector('[data-part="title"]'), h("p", null, t("debrief.no_outcome")));
}
if (root.dataset.view === "paper") unfold();
root.dataset.drawn = "yes";
