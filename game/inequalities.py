"""SECTIONS, IN_WORDS: what the simulation showed that is no figure but a relation, and all sections together.

Each function is one sentence of the published results, as verdicts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import fmean

from game.claims import (
    Section,
    Study,
    Verdict,
    between,
    cheating,
    one_against_others,
    opening_positions,
    windows,
    worlds_alike,
    worths,
)
from game.perception import culture_name

COOPERATORS = ("tft", "bargainer", "mixed", "hedger")
"""Those among whom it pays to talk; the hedger counts as one here."""


def _worlds(study: Study) -> list[str]:
    return list(study.published["worlds"])


def _bots(study: Study) -> list[str]:
    """Return the bots that the published figures are about."""
    return list(study.published["against"]["cjk"])


def without_agreement_all_lose(study: Study) -> Iterator[Verdict]:
    """Without agreement every seat ends below zero, in a Hobbesian region; so among hawks."""
    for world in _worlds(study):
        for bot in ("passive", "hawk"):
            games = study.alike(world, bot)
            share = fmean(culture_name(one.C[-1]) == "Hobbesian" for one in games)
            yield between(f"{world}: all {bot}: always Hobbesian", 1, 1, share)
        games = study.alike(world, "passive")
        best = max(fmean(one.scores[i].G for one in games) for i in range(len(study.load(world).seats)))
        yield between(f"{world}: all passive: even the best seat loses", -100, 0, best)


def hardly_anybody_reaches_kantian(study: Study) -> Iterator[Verdict]:
    """Nobody reaches Kantian in the scenario's rounds, but for 2 % of the patient peacemakers of 2003."""
    for world in _worlds(study):
        for bot in study.published["alike"]:
            most = 0.08 if (world, bot) == ("six2003", "grit") else 0.0
            share = fmean(culture_name(one.C[-1]) == "Kantian" for one in study.alike(world, bot))
            yield between(f"{world}: all {bot}: Kantian share", 0, most, share)


def haggling_beats_goodwill(study: Study) -> Iterator[Verdict]:
    """Bargainers earn 1.2 to 3.4 times the G of founders, though their culture is no higher."""
    for world in _worlds(study):
        haggled, willed = study.alike(world, "bargainer"), study.alike(world, "inst")
        ratio = fmean(t.G for one in haggled for t in one.scores) / fmean(t.G for one in willed for t in one.scores)
        yield between(f"{world}: G of bargainers over G of founders", 1.2, 3.4, ratio, 0.3)
        higher = fmean(one.C[-1] for one in haggled) - fmean(one.C[-1] for one in willed)
        most = study.published.get("culture_of_haggling", 2)  # not of version 2, where it is no higher
        yield between(f"{world}: C of bargainers less C of founders", -5, most, higher, 0.5)


def it_is_not_enough_to_sign(study: Study) -> Iterator[Verdict]:
    """Saying yes to everything and ordering nothing trails the best bot."""
    ranges = study.published["yes_only_trails"]
    for world in _worlds(study):
        behind = {
            other: max(study.against(world, own, other)[0] for own in _bots(study))
            - study.against(world, "yes_only", other)[0]
            for other in (*COOPERATORS, "hawk")
        }
        least, most = ranges[world]
        for other in COOPERATORS:
            yield between(f"{world}: yes_only trails the best among {other}", least, most, behind[other], 0.6)
        least, most = ranges["hawks"]
        yield between(f"{world}: yes_only trails the best among hawk", least, most, behind["hawk"], 0.6)


def founders_are_like_tit_for_tat(study: Study) -> Iterator[Verdict]:
    """It makes next to no difference to anybody but hawk, tester and random whether the others are inst or tft."""
    for world in _worlds(study):
        for own in _bots(study):
            if own not in ("hawk", "random", "tester"):
                apart = study.against(world, own, "inst")[0] - study.against(world, own, "tft")[0]
                yield between(f"{world}: {own} among inst less among tft", -0.1, 0.1, apart, 0.15)


def the_hawk_wins_relatively(study: Study) -> Iterator[Verdict]:
    """Among tft the hawk has the best R of all but the cheat and the holdout, and the worst G; not so in 2023."""
    for world in _worlds(study):
        G = {own: study.against(world, own, "tft")[1] for own in _bots(study)}
        R = {own: study.against(world, own, "tft")[2] for own in _bots(study)}
        rest = [own for own in _bots(study) if own not in ("hawk", "cheat", "holdout")]
        yield between(f"{world}: G of the hawk among tft less the next worst", -100, 0, G["hawk"] - min(
            G[own] for own in _bots(study) if own != "hawk"
        ))  # fmt: skip
        if world == "camps2023":
            yield between(f"{world}: R of the bargainer less R of the hawk", 0, 100, R["bargainer"] - R["hawk"])
            continue
        yield between(f"{world}: R of the hawk among tft", 3.2, 4.3, R["hawk"], 0.5)
        yield between(f"{world}: R of the hawk among tft less the next best", 0, 100, R["hawk"] - max(
            R[own] for own in rest
        ))  # fmt: skip


def the_bargainer_leads(study: Study) -> Iterator[Verdict]:
    """The bargainer leads wherever there is somebody to deal with; among hawks the hedger does."""
    for world in _worlds(study):
        for other in COOPERATORS:
            totals = {own: study.against(world, own, other)[0] for own in _bots(study)}
            most = 4.8 if other == "hedger" else 2.0
            lead = totals["bargainer"] - totals["hedger"]
            yield between(f"{world}: bargainer leads hedger among {other}", 0.8, most, lead, 0.6)
            # In the starter the cheat hardly ever signs a cap, and is the bargainer's equal.
            behind = max(totals.values()) - totals["bargainer"]
            yield between(f"{world}: bargainer is best among {other}", 0, 0.15, behind)
        totals = {own: study.against(world, own, "hawk")[0] for own in _bots(study)}
        yield between(f"{world}: hedger is best among hawk", 0, 0, max(totals.values()) - totals["hedger"])


IN_WORDS: tuple[Callable[[Study], Iterator[Verdict]], ...] = (
    without_agreement_all_lose,
    hardly_anybody_reaches_kantian,
    haggling_beats_goodwill,
    founders_are_like_tit_for_tat,
    the_hawk_wins_relatively,
)
"""The relations that hold under every version of the rules."""
OF_VERSION_2 = (it_is_not_enough_to_sign, the_bargainer_leads)


def in_words(study: Study) -> list[Verdict]:
    """The relations, one after the other."""
    return [verdict for relation in (*IN_WORDS, *OF_VERSION_2) for verdict in relation(study)]


SECTIONS: dict[str, Section] = {
    "start": opening_positions,
    "worth": worths,
    "alike": worlds_alike,
    "against": one_against_others,
    "windows": windows,
    "cheating": cheating,
    "words": in_words,
}
"""Every section of the published results, by the name that ``prove --only`` takes."""
