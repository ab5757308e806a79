/** nameGame: a game of another kind in the page's language, and its names of seats, issues, options and moves among the words. */
import { extend, groupOf, names } from "./words.js";
import { languageOf } from "./language.js";

/** Changes the game that it is given; to be done again with each that the server sends. */
export function nameGame(game) {
  if (!game) return;
  const said = game.texts?.[languageOf({ ui: {} }, Object.keys(game.texts))] ?? {};
  const issues = game.deal?.issues ?? [];
  const rules = game.deal?.forbidden ?? [];
  const ruled = rules.map(({ rule }) => rule);
  put(said, "issue", issues);
  put(said, "option", issues.flatMap((issue) => issue.options));
  put(said, "rule", rules, "rule");
  put(said, "move", game.matrix?.moves ?? []);
  Object.assign(game.parties, said.parties);
  const titled = (items) => Object.fromEntries(items.map(({ id, title }) => [id, title]));
  extend({
    ...seats(game.parties, said),
    // A refusal names the rule as it was written.
    rule: { ...groupOf("rule"), ...Object.fromEntries(rules.map(({ rule }, k) => [ruled[k], rule])) },
    issue: titled(issues),
    option: titled(issues.flatMap((issue) => issue.options)),
    move_title: titled(game.matrix?.moves ?? []),
  });
}

/** Puts what is said of each item in the place of its title and text; rules go by their number. */
function put(said, kind, items, name = "title") {
  items.forEach((one, k) => {
    const id = one.id ?? k + 1;
    Object.assign(one, { [name]: said[`${kind}s`]?.[id] ?? one[name], text: said[`${kind}_texts`]?.[id] ?? one.text });
  });
}

/** The seats by the names of the parties; a party is no state, so the cases of a state's name are not its own. */
function seats(parties, said) {
  const found = { seat: { ...groupOf("seat"), ...parties } };
  for (const group of names().filter((one) => one.startsWith("seat_"))) {
    const others = Object.entries(groupOf(group)).filter(([seat]) => !(seat in parties));
    found[group] = { ...Object.fromEntries(others), ...said[group.replace("seat", "parties")] };
  }
  return found;
}
