"""Golden playthroughs: a game as text, step by step, with what every viewer learns at each step.

A change of the rules shows as a difference of these files, to be read in review.
``python -m tests.game.playthrough`` writes them anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from game import history
from game.decisions import Draft, GiveOrder, Inject, Propose, Say, Sponsor, Vote
from game.events import encoder
from game.observation import FACILITATOR, OBSERVER, observe, visible
from game.records import Duty, InstitutionClause, Order, OrderedMeasure, Package
from tests.game.bot_room import bot_game
from tests.game.cast import BARGAIN, CN_HOLDS_BACK, Room, people_at

FOLDER = Path(__file__).parent / "playthroughs"


def text_of(room: Room) -> str:
    """Return the game as text: each event, and per viewer the event and the changed places of its observation."""
    lines = [f"{room.opening.scenario.title}, seed {room.opening.seed}"]
    viewers = (*room.opening.scenario.seats, OBSERVER, FACILITATOR)
    seen = {viewer: dict(_leaves(observe(room.opening, viewer))) for viewer in viewers}
    play = room.opening
    for number, event in enumerate(room.log, 1):
        play = history.apply(play, event)
        raw = encoder.encode(event).decode()
        lines += ["", f"[{number}] {type(event).__name__} {raw if len(raw) < 400 else raw[:400] + '...'}"]
        changes: dict[str, list[str]] = {}
        for viewer in viewers:
            shown = visible(event, viewer)
            told = [f"event {'-' if shown is None else msgspec.json.encode(shown).decode()}"]
            now = dict(_leaves(observe(play, viewer)))
            before = seen[viewer]
            told += [
                f"{path}: {before.get(path, '')} -> {now.get(path, '')}"
                for path in sorted(before.keys() | now.keys())
                if before.get(path) != now.get(path)
            ]
            seen[viewer] = now
            changes.setdefault("\n".join(f"    {line}" for line in told), []).append(viewer)
        for told_to, who in changes.items():
            lines += [f"  {' '.join(who)}", told_to]
    return "\n".join(lines) + "\n"


def _leaves(observation: Any) -> Iterator[tuple[str, str]]:
    yield from _walk(msgspec.to_builtins(observation), "")


def _walk(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            if key not in ("viewer", "start", "briefing", "may"):  # what never changes, or follows from the rest
                yield from _walk(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list | tuple) and value and isinstance(value[0], dict):
        for i, inner in enumerate(value):
            name = inner.get("seat", i) if "figures" not in path else i
            yield from _walk(inner, f"{path}[{name}]")
    elif isinstance(value, list | tuple):
        yield path, "[" + ", ".join(_short(item) for item in value) + "]"
    else:
        yield path, _short(value)


def _short(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_short(item) for item in value) + "]"
    return str(value)


def starter(rules: int) -> Room:
    """Two rounds of the starter with everything in them: a bargain, a counter-text, a secret word, a secret build-up."""
    room = people_at(rounds=2, rules=rules)
    room.act("CN", Say("We would rather trade than patrol."))
    room.act("JP", Say("What would it cost?", to=("CN",)))
    room.act("JP", Draft(BARGAIN))
    room.act("JP", Propose(BARGAIN))
    cap = Package(sponsor="KR", duties=(CN_HOLDS_BACK, Duty(by="CN", kind="cap", amount=0)))
    room.act("KR", Propose(cap, amends="1a"))
    room.act("CN", Sponsor("1b"))
    room.until("vote")
    for seat in ("CN", "JP", "KR"):
        for text in room.play.open_texts():
            if room.play.phase == "vote":
                room.act(seat, Vote(text.id, "yes" if text.id == "1b" else "abstain"))
    room.act("CN", GiveOrder(Order(posture=2, emphasis=0.8, measures=(OrderedMeasure("visit"),))))
    room.act("JP", GiveOrder(Order(posture=1, measures=(OrderedMeasure("missile_defence"),))))
    room.act("KR", GiveOrder(Order(suspend=True, measures=(OrderedMeasure("exchange", "CN"),))))
    room.until("talk")
    room.act("facilitator", Inject("A fishing boat was seized.", ("KR",)))
    room.act("KR", Propose(Package(sponsor="KR", institution=InstitutionClause("dialogue"))))
    room.until("vote")
    room.act("CN", Vote("2a", "no"))
    room.act("JP", Vote("2a", "yes"))
    room.order(CN=Order(posture=2, stop=("1.1.1",)))
    room.until("over")
    return room


def deal() -> Room:
    """A scorable game: a deal, a counter-deal, a secret word, a first vote that fails and a second that ends the talks."""
    room = people_at("fisheries", rounds=2)
    room.act("RU", Propose(Package(sponsor="RU", deal=("A2", "B1", "C1", "D1", "E4"))))
    room.act("CN", Say("What would you take for the patrols?", to=("RU",)))
    room.act("JP", Propose(Package(sponsor="JP", deal=("A3", "B1", "C3", "D2", "E4")), amends="1a"))
    room.until("vote")
    for seat, choice in (("CN", "no"), ("JP", "no"), ("KR", "no"), ("RU", "yes")):
        for text in room.play.open_texts():
            room.act(seat, Vote(text.id, choice))
    room.until("talk")
    room.act("CN", Propose(Package(sponsor="CN", deal=("A3", "B2", "C3", "D2", "E4"))))
    room.until("vote")
    for seat, choice in (("JP", "yes"), ("KR", "yes"), ("RU", "no")):
        room.act(seat, Vote("2a", choice))
    room.until("over")
    return room


def moves() -> Room:
    """A matrix game: kindness, a betrayal, and a seat that seals nothing."""
    room = people_at("prisoners", rounds=2)
    room.until("orders")
    room.act("CN", GiveOrder(Order(move="hold")))
    room.act("JP", GiveOrder(Order(move="press")))
    room.until("orders")
    room.act("CN", GiveOrder(Order(move="press")))
    room.until("over")
    return room


PLAYTHROUGHS: dict[str, Callable[[], Room]] = {
    "cjk_people": lambda: starter(2),
    "cjk_bots": lambda: bot_game("cjk", 11, rounds=2, rules=2),
    "thaad2017_bots": lambda: bot_game("thaad2017", 5, rounds=1, rules=2),
    "cjk_people_3": lambda: starter(3),
    "camps2023_bots_3": lambda: bot_game("camps2023", 5, rounds=1, rules=3),
    "fisheries_people_3": deal,
    "prisoners_people_3": moves,
}

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, play in PLAYTHROUGHS.items():
        (FOLDER / f"{name}.txt").write_text(text_of(play()), "utf-8")
