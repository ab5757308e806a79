"""The checker of histories finds each kind of fault, and none in an honest history."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest

from tests.faults.history import Heard, History, Kept, Sent, check


def honest() -> History:
    """Two people who talk through a phase and its vote, as an honest server writes it down."""
    phase = {"type": "phase", "phase": "vote", "no": 2, "deadline_at": 100.0}
    said = {"type": "said", "seat": "CN", "text": "one"}
    private = {"type": "said", "seat": "CN", "text": "two ~CN.JP~", "to": ["JP"]}
    voted = {"type": "voted", "text": "1a", "seat": "JP", "choice": "yes"}
    ordered = {"type": "ordered", "seat": "JP", "version": 1}
    return History(
        sent=[
            Sent("R", "CN", "a" * 16, "one", [{"ok": True, "n": 2}]),
            Sent("R", "CN", "b" * 16, "two ~CN.JP~", [{"ok": True, "n": 3}, {"ok": True, "n": 3}]),
            Sent("R", "KR", "c" * 16, "never", [{"ok": False, "refusal": {"code": "too_fast"}}]),
        ],
        heard=[
            *(Heard("R", viewer, 0, 1, phase) for viewer in ("CN", "JP", "KR")),
            *(Heard("R", viewer, 0, 2, said) for viewer in ("CN", "JP", "KR", "KR")),
            *(Heard("R", viewer, 0, 3, private) for viewer in ("CN", "JP")),
            *(Heard("R", viewer, 0, n, voted) for viewer, n in (("CN", 4), ("JP", 4), ("KR", 3))),
            Heard("R", "JP", 0, 5, ordered),
        ],
        kept=[
            Kept("R", 1, 0, 50.0, phase),
            Kept("R", 2, 0, 51.0, said, "one"),
            Kept("R", 3, 0, 52.0, private, "two ~CN.JP~"),
            Kept("R", 4, 0, 100.9, voted),
            Kept("R", 5, 0, 100.9, ordered),
        ],
        frames=[("R", "JP", '{"text":"two ~CN.JP~"}'), ("R", "KR", '{"text":"one"}')],
        views=[("R", "CN", {"room": {"phase": "vote"}, "people": 1}), ("R", "CN", {"room": {"phase": "vote"}})],
    )


def lose(history: History) -> None:
    del history.kept[1]


def repeat(history: History) -> None:
    history.kept.append(history.kept[1]._replace(n=6))


def answer_anew(history: History) -> None:
    history.sent[1].answers.append({"ok": True, "n": 4})


def invent(history: History) -> None:
    history.heard.append(Heard("R", "KR", 0, 4, {"type": "said", "seat": "CN", "text": "nobody said it"}))


def contradict(history: History) -> None:
    history.heard.append(history.heard[3]._replace(event={"type": "said", "seat": "JP", "text": "one"}))


def go_stale(history: History) -> None:
    history.views[0] = ("R", "CN", {"room": {"phase": "talk"}})


def skip(history: History) -> None:
    history.heard = [one for one in history.heard if (one.viewer, one.n) != ("KR", 2)]


def whisper_aloud(history: History) -> None:
    history.frames.append(("R", "KR", '{"why":"two ~CN.JP~"}'))


def open_order(history: History) -> None:
    history.heard.append(history.heard[-1]._replace(viewer="KR", n=4))


def dawdle(history: History) -> None:
    history.kept[3] = history.kept[3]._replace(at=101.1)


def begin_again(history: History) -> None:
    history.kept.append(history.kept[0]._replace(n=6))


def ignore(history: History) -> None:
    history.sent[0].answers.clear()


def fall_asleep(history: History) -> None:
    history.overdue.append("R")


def test_an_honest_history_has_no_fault() -> None:
    assert check(honest()) == []


@pytest.mark.parametrize(
    ("plant", "kind"),
    [
        (lose, "lost"),
        (repeat, "twice"),
        (answer_anew, "twice"),
        (invent, "phantom"),
        (contradict, "diverged"),
        (go_stale, "diverged"),
        (skip, "skipped"),
        (whisper_aloud, "leaked"),
        (open_order, "leaked"),
        (dawdle, "late"),
        (begin_again, "double"),
        (ignore, "stuck"),
        (fall_asleep, "stuck"),
    ],
)
def test_each_planted_fault_is_found(plant: Callable[[History], None], kind: str) -> None:
    history = copy.deepcopy(honest())
    plant(history)
    assert kind in {fault.kind for fault in check(history)}
