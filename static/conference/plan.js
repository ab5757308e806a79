/** Shows, beside the form of a conference, which tables its people will make. */
import { h, render } from "../room/dom.js";

const form = document.getElementById("create-conference");
const place = document.getElementById("plan");
const names = ["scenario", "people", "per_seat", "odd"];
let asked = 0;

async function show() {
  const query = new URLSearchParams(names.map((name) => [name, document.getElementById(`id_${name}`).value]));
  const mine = (asked += 1);
  let plan;
  try {
    plan = await (await fetch(`${form.dataset.plan}?${query}`)).json();
  } catch {
    return; // without it the plan is seen on the console
  }
  if (mine !== asked) return;
  const kinds = plan.tables.map(({ count, seats }) => h("li", null, `${count} × ${seats.map(({ name, who }) => `${name}: ${who}`).join(", ")}`));
  render(place, plan.total && [h("p", null, plan.total), h("ul", null, kinds)]);
}

for (const name of names) document.getElementById(`id_${name}`).addEventListener("input", show);
show();
