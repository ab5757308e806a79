"""Non-interference over the wire: not a byte that others are sent depends on what a seat does in secret.

`TWINS=300 python -m pytest tests/rooms/test_twins.py` plays so many pairs; a run of all tests plays a few. That the
comparison sees something is shown by twelve planted leaks.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from game import events, observation
from game.play import Play
from negotiation.rooms import inside, masks, services, sight
from negotiation.rooms.log import Line
from negotiation.rooms.models import Room
from tests.rooms.twins import secrets_of, streams

pytestmark = pytest.mark.slow

PAIRS = int(os.environ.get("TWINS", "4"))
TITLE = re.compile(rb'"title":"[^"]*"')


async def differences(seed: int) -> list[str]:
    """Plays a pair and returns where the streams part."""
    one, other = secrets_of(random.Random(seed))
    first, second = await streams(seed, one), await streams(seed, other)
    return [
        f"{name}, step {i}: {parting(str(a), str(b))}"
        for name in first
        for i, (a, b) in enumerate(zip(first[name], second[name], strict=True))
        if a != b
    ]


def parting(one: str, other: str) -> str:
    """Returns the surroundings of the first difference."""
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    return f"...{one[max(0, at - 80) : at + 80]} / {other[at : at + 80]}"


@pytest.mark.parametrize("seed", range(PAIRS))
async def test_a_secret_moves_no_byte_of_what_others_are_sent(seed: int) -> None:
    assert (await differences(seed))[:3] == []


async def test_the_same_twin_twice_is_the_same(fresh: None) -> None:
    one, _ = secrets_of(random.Random(1))
    assert (await streams(1, one, ()) == await streams(1, one, ())) is True


async def test_who_is_entitled_sees_the_difference(fresh: None) -> None:
    one, other = secrets_of(random.Random(1))
    assert (await streams(1, one, ()))["bob"] != (await streams(1, other, ()))["bob"]


Patch = pytest.MonkeyPatch
Told = Callable[[Play, list[Line]], object]


def tells(told: Told) -> Callable[[Patch], None]:
    """Returns a leak by which the title of every view is something that depends on the play and on lines hidden from it."""

    def plant(patch: Patch) -> None:
        hear, look = sight.Sight.hear, sight.Sight.look

        def whispers(self: Any) -> bool:
            leak = msgspec.json.encode(str(told(self.play, getattr(self, "hidden", []))))
            raw = TITLE.sub(b'"title":' + leak, self.sections["room"].raw, count=1)
            return bool(self._take({"room": (raw, sight.digest_of(raw))}))

        def hears(self: Any, lines: Any) -> bool:
            known = list(lines)
            self.hidden = [*getattr(self, "hidden", []), *(line for line in known if not line.mask >> self.bit & 1)]
            heard = hear(self, known)
            return whispers(self) or heard

        def looks(self: Any, play: Play, **options: Any) -> bool:
            self.play = play
            seen = look(self, play, **options)
            return whispers(self) or seen

        patch.setattr(sight.Sight, "hear", hears)
        patch.setattr(sight.Sight, "look", looks)

    return plant


def number_all_lines(patch: Patch) -> None:
    entry = sight.Press.entry

    def numbered(self: Any, line: Line, n: int, viewer: str) -> bytes:
        return entry(self, line._replace(at=float(line.n)), n, viewer)

    patch.setattr(sight.Press, "entry", numbered)


def let_observers_listen(patch: Patch) -> None:
    may_know = observation.may_know

    def knows(event: events.Event, viewer: str) -> bool:
        return may_know(event, viewer) or (viewer == "observer" and isinstance(event, events.Said))

    patch.setattr(observation, "may_know", knows)
    patch.setattr(masks, "may_know", knows)


def print_the_whole_log_into_the_page(patch: Patch) -> None:
    first_view = inside.first_view

    def whole(room: Room, play: Play, viewer: str, number: int, page: int) -> Any:
        everything = first_view(room, play, "facilitator", number, page)["entries"]
        return first_view(room, play, viewer, number, page) | {"entries": everything}

    patch.setattr(inside, "first_view", whole)


def say_in_a_refusal_how_long_the_log_is(patch: Patch) -> None:
    act = services.act

    def acts(*, room_id: int, **options: Any) -> services.Answer:
        answer = act(room_id=room_id, **options)
        if answer.refusal is not None:
            answer.refusal.params["n"] = Room.objects.get(pk=room_id).n
        return answer

    patch.setattr(services, "act", acts)


def answer_with_the_number_of_all_entries(patch: Patch) -> None:
    bit_of = services.bit_of
    patch.setattr(services, "bit_of", lambda seats, viewer, third: bit_of(seats, "facilitator", third))


def spoken(lines: list[Line]) -> list[Line]:
    return [line for line in lines if isinstance(line.event, events.Said)]


def kind_of(line: Line) -> str:
    return str(line.event.__struct_config__.tag)


LEAKS: dict[str, Callable[[Patch], None]] = {
    "global sequence": number_all_lines,
    "unread count": tells(lambda _, hidden: len(spoken(hidden))),
    "error text": say_in_a_refusal_how_long_the_log_is,
    "digest over everything": tells(lambda play, _: sight.digest_of(repr((play.orders, play.drafts)).encode())),
    "score cache key": tells(lambda play, _: [sealed and sealed.order.posture for sealed in play.orders]),
    "who is typing": tells(lambda _, hidden: kind_of(hidden[-1]) if hidden else ""),
    "log in the page": print_the_whole_log_into_the_page,
    "observer hears": let_observers_listen,
    "order of last change": tells(lambda _, hidden: list(dict.fromkeys(kind_of(line) for line in reversed(hidden)))),
    "padding": tells(lambda _, hidden: " " * sum(len(line.event.text) for line in spoken(hidden))),
    "tally before the close": tells(lambda play, _: sum(sealed.version for sealed in play.orders if sealed)),
    "number of entries": answer_with_the_number_of_all_entries,
}


@pytest.mark.parametrize("leak", LEAKS)
async def test_a_planted_leak_is_seen(leak: str, monkeypatch: Patch) -> None:
    # By the comparison alone: each stands in a field that the wire has, and nothing else may stumble over it.
    LEAKS[leak](monkeypatch)
    for seed in range(4):
        if await differences(seed):
            return
    raise AssertionError("nobody saw the leak")
