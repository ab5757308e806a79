/** The form for a room: shows what fits the chosen scenario, and says how long the game takes. Without it all is shown. */
const offers = JSON.parse(document.getElementById("offers").textContent);
const patterns = JSON.parse(document.getElementById("patterns").textContent);
const field = (name) => document.getElementById(`id_${name}`);
const clocks = [...field("preset").options];
const FOR_NEWCOMERS = "starter15";
const DAY = 1440;
let touched = document.querySelector(".errorlist") !== null;

const holders = new Map([...document.querySelectorAll('[name^="seat_"]')].map((select) => [select, [...select.options]]));
/** What only a game of a region can be set to. */
const OF_REGIONS = ["crises", "windows", "adoption", "ratification", "regime_k", "vary_k"];

function fit() {
  const { seats, clocks: fitting, gate, bots, names, region } = offers[field("scenario").value];
  for (const [select, options] of holders) {
    const seat = select.name.slice(-2);
    select.parentElement.hidden = !seats.includes(seat);
    const held = select.value;
    select.replaceChildren(...options.filter(({ value }) => value === "" || bots.includes(value)));
    select.value = bots.includes(held) ? held : "";
    if (names[seat]) select.parentElement.querySelector("label").textContent = names[seat];
  }
  for (const name of OF_REGIONS) {
    const of = field(name);
    if (of) (of.closest(".check") ?? of.parentElement).hidden = !region;
  }
  document.getElementById("vetoes").hidden = !region;
  for (const label of document.querySelectorAll("#vetoes [data-seat]")) {
    const sits = seats.includes(label.dataset.seat);
    label.hidden = !sits;
    if (!sits) label.querySelector("input").checked = false;
  }
  // Safari shows hidden options, so those that do not fit are taken out.
  const chosen = field("preset").value;
  field("preset").replaceChildren(...clocks.filter(({ value }) => value === "" || value in fitting));
  field("preset").value = chosen in fitting ? chosen : "";
  field("zhang").closest(".check").hidden = !gate;
  time();
}

function time() {
  const offer = offers[field("scenario").value];
  const clock = offer.clocks[field("preset").value];
  field("rounds").placeholder = clock?.rounds ?? offer.rounds;
  field("first_untimed").closest(".check").hidden = !clock;
  document.getElementById("timetable").textContent = clock ? sentence(clock) : patterns.none;
}

function sentence({ rounds: usual, once, round }) {
  const rounds = Number(field("rounds").value) || usual;
  const pattern = once === 0 ? "dates" : rounds === 1 ? "total_1" : "total";
  return fill(patterns[pattern], { total: duration(once + rounds * round), once: duration(once), rounds, round: duration(round) });
}

const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (blank, name) => values[name] ?? blank);

function duration(minutes) {
  if (minutes === DAY) return patterns.day;
  const [unit, size] = minutes > DAY ? ["days", DAY] : minutes > 180 ? ["hours", 60] : ["minutes", 1];
  const halves = Math.round((minutes / size) * 2);
  return fill(patterns[unit], { n: `${Math.floor(halves / 2) || (halves % 2 ? "" : 0)}${halves % 2 ? "½" : ""}` });
}

field("scenario").addEventListener("change", fit);
field("rounds").addEventListener("input", time);
field("first_untimed").addEventListener("change", () => (touched = true));
field("preset").addEventListener("change", () => {
  if (!touched) field("first_untimed").checked = field("preset").value === FOR_NEWCOMERS;
  time();
});
fit();
