"""Table: a game held in the hand, for a REPL, a notebook or a test.

It keeps a play and its log, and carries out one decision at a time; the clock stands still unless it
is moved. Rooms of the server do the same with a database in between.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from game import history, observation, rules
from game.decisions import Actor, Appoint, Decision, Facilitator, SeatActor, Start, ThirdParty
from game.events import AnyEvent
from game.play import Play, Settings, begin
from game.records import THIRD_PARTIES, Seat
from game.scenario import NEWEST_RULES, load
from game.sections import Observation, Viewer


class Table:
    """One game. `play` is how it stands, `log` what has happened, `now` the instant in UTC seconds.

    Settings are those of `Settings`; a wrong one is a `TypeError`. The rules are the newest if none are chosen.
    """

    def __init__(
        self, scenario: str, *, seed: str, now: float = 0.0, rules: int = NEWEST_RULES, **settings: Any
    ) -> None:
        self.opening = begin(load(scenario, rules), Settings(scenario=scenario, rules=rules, **settings), seed)
        self.play: Play = self.opening
        self.log: list[AnyEvent] = []
        self.now = now

    @classmethod
    def of_people(cls, scenario: str, *, seed: str, **settings: Any) -> Table:
        """Return a table in its first phase, with people in every seat."""
        table = cls(scenario, seed=seed, **settings)
        for seat in table.play.scenario.seats:
            table.act("facilitator", Appoint(seat, "people"))
        table.act("facilitator", Start())
        return table

    def act(self, who: str, decision: Decision, *, expect: int | None = None, by: int | None = None) -> list[AnyEvent]:
        """Carry a decision out and return what happened; `who` is a seat, a third party or ``"facilitator"``.

        Raises `Refused`, and then nothing has changed.
        """
        actor: Actor = SeatActor(who, by)
        if who == "facilitator":
            actor = Facilitator(by)
        elif who in THIRD_PARTIES:
            actor = ThirdParty(who, by)
        return self.take(rules.decide(self.play, actor, decision, self.now, expect=expect))

    def take(self, events: Iterable[AnyEvent]) -> list[AnyEvent]:
        """Fold events and return them."""
        taken = list(events)
        self.play = history.replay(self.play, taken)
        self.log += taken
        return taken

    def undo(self, count: int = 1) -> None:
        """Take the last `count` events back; the log loses them."""
        del self.log[len(self.log) - count :]
        self.play = history.replay(self.opening, self.log)

    def observe(self, viewer: Viewer) -> Observation:
        """Return all that the viewer may know now."""
        return observation.observe(self.play, viewer)

    def scores(self) -> dict[Seat, float]:
        """Return the final totals by seat. Raises `ValueError` while the game goes on."""
        if self.play.ended is None:
            raise ValueError(f"the game is not over: it is in {self.play.phase} of round {self.play.round}")
        return {score.seat: score.total for score in self.play.ended.outcome.scores}
