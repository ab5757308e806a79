"""Choices: what a seat can do and see, as a finite list and as numbers, for programs that learn.

A game of texts and orders has no finite list of moves; this is one, documented by `names`, the same for every seat of a scenario:
others are counted in seat order from the own seat's point of view ("other 1" is the first that is not oneself). Everything is made
of a `View`, so nothing that a seat may not know is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from game.addition import added
from game.bots.bargainer import Bargainer
from game.bots.bot import HARSH_MEASURE, POSTURES, Bot
from game.bots.founder import Founder
from game.bots.searcher import may_be_tabled
from game.bots.situation import AGENDA
from game.bots.values import value_table
from game.catalogue import POINTS
from game.coming import cap_of, is_barred, promised_cost
from game.orders import check
from game.records import Duty, InstitutionClause, Order, OrderedMeasure, Package, Seat
from game.refusals import Refused
from game.scenario import Scenario
from game.view import View
from game.world import trust

Step = Literal["table", "vote", "order"]
STEPS: tuple[Step, ...] = ("table", "vote", "order")
PLANS = ("nothing", "exchange", "visit", "harsh", "radar", "missile_defence")
"""What an order does beside arming: nothing; an exchange with the main rival; a visit; a blow at the main rival; better sensors; a shield."""
WITH_ANOTHER = ("restrain", "disarm", "buy", "sell")
"""Bargains with one other: both give up their routine; both cap arms at 0; I pay .2 for the other's cap; the other pays .2 for mine."""
AS_BOT = ("founder", "bargainer", "bold")
"""What a bot would table in this place; the bold one is a bargainer that takes the others to sign at a loss of 1.6 points."""
BOLD = -1.6
PRICE = 0.2
WINDOWS = ("exchange", "trade", "thaw", "fear")
BOUND = 10.0
"""No number that is seen is larger, or smaller than its negative."""


class Choices:
    """The moves of one scenario by number, and what a seat sees as a row of numbers."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        others = range(1, len(scenario.seats))
        texts = [f"institution {id_}" for id_ in AGENDA]
        texts += [f"{what} with other {k}" for k in others for what in WITH_ANOTHER]
        texts += [f"as the {bot}" for bot in AS_BOT]
        orders = [f"posture {posture}, {plan}" for posture in POSTURES for plan in PLANS]
        self.names: tuple[str, ...] = (
            "table nothing", *(f"table {text}" for text in texts), "vote no", "vote yes", *(f"order {one}" for one in orders),
        )  # fmt: skip
        """What each number does."""
        self.no = 1 + len(texts)
        self.yes = self.no + 1
        self._first_order = self.yes + 1

    def mask(self, view: View, step: Step) -> list[bool]:
        """Return which moves may be made now; one of them always may."""
        allowed = [False] * len(self.names)
        if step == "table":
            allowed[0] = True
            for k, package in enumerate(self._texts(view), 1):
                allowed[k] = package is not None and may_be_tabled(view, package)
        elif step == "vote":
            allowed[self.no] = allowed[self.yes] = True
        else:
            for k in range(self._first_order, len(self.names)):
                allowed[k] = _may_be_ordered(view, self.order(view, k))
        return allowed

    def package(self, view: View, move: int) -> Package | None:
        """Return the text that a move tables; None for silence, and where there is no such text now."""
        return self._texts(view)[move - 1] if 1 <= move < self.no else None

    def order(self, view: View, move: int) -> Order:
        """Return the order that a move gives. A posture above one's cap is cheating, and allowed."""
        posture, plan = divmod(move - self._first_order, len(PLANS))
        wanted = self._plan(view, PLANS[plan])
        return Order(posture=tuple(POSTURES.values())[posture], measures=(wanted,) if wanted else ())

    def _plan(self, view: View, plan: str) -> OrderedMeasure | None:
        if plan == "nothing":
            return None
        measure = HARSH_MEASURE[view.seat] if plan == "harsh" else plan
        row = self.scenario.omega[self.scenario.index[view.seat]]
        rival = self.scenario.seats[max(range(len(row)), key=row.__getitem__)]
        return OrderedMeasure(measure, rival if self.scenario.measures[measure].targeted else None)

    def _texts(self, view: View) -> list[Package | None]:
        me = view.seat
        found: list[Package | None] = [Package(me, institution=InstitutionClause(id_)) for id_ in AGENDA]
        for other in self._others(me):
            found += [
                self._restraint(me, other),
                _caps(me, other),
                _sale(me, seller=other, payer=me),
                _sale(me, seller=me, payer=other),
            ]
        bold = Bargainer()
        bots: tuple[Bot, ...] = (Founder(), Bargainer(), bold)
        for bot in bots:
            bot.recall(view)
            if bot is bold:
                bold.beliefs = {seat: min(BOLD, bold.beliefs.get(seat, BOLD)) for seat in self._others(me)}
            found.append(bot.offer(view))
        return found

    def _restraint(self, me: Seat, other: Seat) -> Package | None:
        routines = [(seat, self.scenario.routine[self.scenario.index[seat]]) for seat in (me, other)]
        duties = tuple(Duty(seat, "abstain", what=routine.measure) for seat, routine in routines if routine is not None)
        return Package(me, duties=duties) if duties else None

    def _others(self, me: Seat) -> list[Seat]:
        return [seat for seat in self.scenario.seats if seat != me]

    def features(self, view: View, step: Step, pending: Package | None = None) -> list[float]:
        """Return what the seat sees as numbers from -10 to 10, as many in every situation; `feature_names` says which is which."""
        return [min(BOUND, max(-BOUND, value)) for value in (value for _, value in self._seen(view, step, pending))]

    def feature_names(self, view: View) -> list[str]:
        """Return the names of the features, in their order."""
        return [name for name, _ in self._seen(view, "table", None)]

    def _seen(self, view: View, step: Step, pending: Package | None) -> list[tuple[str, float]]:
        s, w, me = self.scenario, view.world, self.scenario.index[view.seat]
        rounds = view.rounds or s.rounds
        seen: list[tuple[str, float]] = [(f"step {one}", float(one == step)) for one in STEPS]
        seen += [
            ("round", view.round / 10), ("rounds left", (rounds - view.round + 1) / 10), ("culture", w.C / 100),
            ("vitality", w.V), ("sanctions", w.un / 3), ("ladder", w.rung / 6), ("tension", added(w.tau) / len(w.tau) / 100),
            ("own cap", cap_of(s, w, view.seat, view.adopted) / 2),
            ("points left", (POINTS - promised_cost(s, w, view.seat, view.adopted)) / POINTS),
        ]  # fmt: skip
        seen += [(f"window {one}", float(w.window == one)) for one in WINDOWS]
        standing = {held.id for held in w.institutions}
        seen += [(f"in force {id_}", float(id_ in standing)) for id_ in AGENDA]
        T = trust(w)
        for k, i in enumerate((me, *s.others[me])):
            posture = view.report.posture[i] if view.report else 0
            name = f"other {k}" if k else "own"
            seen += [
                (f"{name} offence", w.A[i] / s.M0[i]), (f"{name} defence", w.D[i] / s.M0[i]), (f"{name} sensors", w.v[i]),
                (f"{name} nationalism", w.N[i] / 100), (f"{name} economy", w.E[i] / 100), (f"{name} security", w.S[i] / 100),
                (f"{name} gain", w.gain[i] / 50), (f"{name} breaches", w.breaches[i] / 5),
                (f"{name} posture", posture / 2), (f"{name} trusts me", T[i][me] if k else 0.0),
                (f"{name} has my trust", T[me][i] if k else 0.0),
            ]  # fmt: skip
        return (
            seen
            + self._text(view, "pending", (pending,) if pending else ())
            + self._text(view, "adopted", view.adopted)
        )

    def _text(self, view: View, name: str, packages: Sequence[Package]) -> list[tuple[str, float]]:
        """Return what packages hold, and what they are worth to each seat by the value table, in tens of points."""
        s, me = self.scenario, self.scenario.index[view.seat]
        table = value_table(s, view.rounds or s.rounds)
        worths = [table.package(package) for package in packages]
        founded = {package.institution.id for package in packages if package.institution}
        seen = [(f"{name} {id_}", float(id_ in founded)) for id_ in AGENDA]
        seen.append((f"{name} promises", added(len(package.duties) for package in packages) / 6))
        for k, i in enumerate((me, *s.others[me])):
            who = f"other {k}" if k else "me"
            seen.append((f"{name} by {who}", float(any(package.sponsor == s.seats[i] for package in packages))))
            seen.append((f"{name} worth to {who}", table.left(view.round) * added(worth[i] for worth in worths) / 10))
        return seen


def _caps(me: Seat, other: Seat) -> Package:
    return Package(me, duties=(Duty(me, "cap", amount=0), Duty(other, "cap", amount=0)))


def _sale(me: Seat, *, seller: Seat, payer: Seat) -> Package:
    """Return the sale of a cap, tabled by me, who am one of the two."""
    return Package(me, duties=(Duty(payer, "pay", to=seller, amount=PRICE), Duty(seller, "cap", amount=0)))


def _may_be_ordered(view: View, order: Order) -> bool:
    for one in order.measures:
        if one.measure in view.scenario.without:
            return False
        if is_barred(view.scenario, view.world, view.seat, one.measure, one.target, adopted=view.adopted):
            return False
    try:
        check(view.scenario, view.world, view.seat, order, view.adopted)
    except Refused:
        return False
    return True
