"""SECTIONS_OF: what version 3 of the rules was made for, as verdicts, and the sections of the proof of each version.

Each function is a sentence of ``docs/rules-3.md``. What was published of version 2 stays in `claims` and `inequalities`.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean

from game.bots import NAMES
from game.bots.prices import WANTED, priced
from game.claims import CHEATING_PLAYS, Experiment, Section, Study, Verdict, between, cheat
from game.inequalities import IN_WORDS, SECTIONS
from game.mandates import COUNT, mandate_code
from game.measure_worths import best_worths, trials
from game.scenario import FIRST_RULES
from game.simulation import Plan, mandates_met

STARTER = "cjk"
COOPERATIVE = ("tft", "inst", "bargainer", "mixed")
RIVALS = ("holdout", "tester")
MANDATE_PLAYS = 160
LEAST_BEHIND = 3.0
LEAST_DEAR = 6


def cheating_in_the_starter(study: Study) -> Iterator[Verdict]:
    """Arming in secret for one round is no fair coin in the starter: it pays in under 60 % and costs .25 on average."""
    got = cheat(Experiment(STARTER, "one", max(study.plays, CHEATING_PLAYS), study.rules))
    yield between(f"{STARTER}: cheating in one round pays, % of games", 0, 60, got["pays"])
    yield between(f"{STARTER}: cheating in one round: Total", -2, -0.25, got["Total"])


def signing_is_not_enough(study: Study) -> Iterator[Verdict]:
    """Who says yes to everything and orders nothing ends 3 points behind the best wherever there are co-operators."""
    for world, other in _cooperative(study):
        best = max(study.against(world, own, other)[0] for own in NAMES)
        behind = best - study.against(world, "yes_only", other)[0]
        yield between(f"{world}: yes_only trails the best among {other}", LEAST_BEHIND, 100, behind)


def nobody_leads_everywhere(study: Study) -> Iterator[Verdict]:
    """Each rival of the bargainer beats it in one world of co-operators and loses to it in another."""
    for rival in RIVALS:
        leads = [
            study.against(world, rival, other)[0] - study.against(world, "bargainer", other)[0]
            for world, other in _cooperative(study)
        ]
        yield between(f"{rival}: most points ahead of the bargainer", 0.2, 100, max(leads))
        yield between(f"{rival}: most points behind the bargainer", 0.2, 100, -min(leads))
    leaders = set()
    for world, other in _cooperative(study):
        totals = {own: study.against(world, own, other)[0] for own in NAMES}
        leaders.add(max(totals, key=totals.__getitem__))
    yield between("bots that lead in some world of co-operators", 2, len(NAMES), len(leaders))


def _cooperative(study: Study) -> list[tuple[str, str]]:
    return [(world, other) for world in study.published["worlds"] for other in COOPERATIVE]


def mandates_can_be_met_and_missed(study: Study) -> Iterator[Verdict]:
    """Each mandate is met in 15 to 80 of 100 games of a motley cast."""
    for world in study.published["worlds"]:
        chosen = study.load(world)
        plan = Plan(chosen, dict.fromkeys(chosen.seats, "motley"), max(study.plays, MANDATE_PLAYS))
        for seat, shares in mandates_met(plan, study.mapper).items():
            for number, share in zip(range(1, COUNT + 1), shares, strict=True):
                code = mandate_code(chosen, seat, number)
                yield between(f"{world}: {seat} meets {code}, % of games", 15, 80, 100 * share)


def everybody_has_something_to_sell(study: Study) -> Iterator[Verdict]:
    """Six promises or more have a price, and every seat can do something that another wants."""
    for world in study.published["worlds"]:
        chosen = study.load(world)
        found = priced(chosen, chosen.rounds)
        yield between(f"{world}: promises that have a price", LEAST_DEAR, 100, len(found.dear))
        for seat in chosen.seats:
            yield between(f"{world}: the best that {seat} can sell", WANTED, 100, found.sells[seat].worth)
            yield between(f"{world}: the best that {seat} can buy", WANTED, 100, found.buys[seat].worth)


def every_measure_has_its_use(study: Study) -> Iterator[Verdict]:
    """Each measure is worth something, if only 0, to some seat in some world."""
    every = [trial for world in study.published["worlds"] for trial in trials(world, study.rules)]
    for measure, worth in sorted(best_worths(every, study.mapper).items()):
        yield between(f"the most that {measure} is worth", 0, 100, worth)


def goodwill_above_the_ceiling_is_a_little_worth(study: Study) -> Iterator[Verdict]:
    """More kept promises than can be believed at once bring some trust, and less than those that can."""
    for world in study.published["worlds"]:
        TR = fmean(tally.TR for one in study.alike(world, "tft") for tally in one.scores)
        without = fmean(tally.TR for one in study.alike(world, "tft", mend=0.0) for tally in one.scores)
        yield between(f"{world}: trust by goodwill above the ceiling, points", 0.5, 6, TR - without)


TARGETS: dict[str, Section] = {
    "starter": lambda study: list(cheating_in_the_starter(study)),
    "signing": lambda study: list(signing_is_not_enough(study)),
    "rivals": lambda study: list(nobody_leads_everywhere(study)),
    "mandates": lambda study: list(mandates_can_be_met_and_missed(study)),
    "prices": lambda study: list(everybody_has_something_to_sell(study)),
    "measures": lambda study: list(every_measure_has_its_use(study)),
    "goodwill": lambda study: list(goodwill_above_the_ceiling_is_a_little_worth(study)),
}

SECTIONS_OF: dict[int, dict[str, Section]] = {
    FIRST_RULES: SECTIONS,
    3: {
        **SECTIONS,
        "words": lambda study: [verdict for relation in IN_WORDS for verdict in relation(study)],
        **TARGETS,
    },
}
"""The sections of ``prove``, by version and by the name that ``--only`` takes."""
