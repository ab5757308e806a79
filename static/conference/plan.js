/** Shows, beside the form of a conference, which tables its people will make. */
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
  place.replaceChildren(...(plan.total ? [line("p", plan.total), list(plan.tables)] : []));
}

function list(tables) {
  const all = document.createElement("ul");
  all.append(...tables.map(({ count, seats }) => line("li", `${count} × ${seats.map(({ name, who }) => `${name}: ${who}`).join(", ")}`)));
  return all;
}

function line(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

for (const name of names) document.getElementById(`id_${name}`).addEventListener("input", show);
show();
