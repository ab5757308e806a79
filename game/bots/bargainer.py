"""Bargainer, Cheat: buying what one wants with what the other wants.

The bargainer holds beliefs about what each other state would accept and learns them from the votes that
everybody saw; its packages are logs rolled in the manner of Raiffa, *The Art and Science of Negotiation*
(1982), and its limits are reservation values ("worth of no agreement", Fisher & Ury 1981).
"""

from __future__ import annotations

import random
from math import ceil

from msgspec.structs import replace

from game.bots.bot import POSTURES, Bot, Posture, next_institution, round_of
from game.bots.founder import HEATED
from game.bots.situation import Situation, situation
from game.bots.values import ValueTable
from game.clauses import parts
from game.decisions import Choice
from game.records import Duty, InstitutionClause, Order, Package, Seat
from game.view import Ballot, View

FIRST_GUESS = -0.3
WORTH_ASKING = 0.3
PAYMENT = 0.2
MOST_PAID = 0.6
PAID_SEATS: tuple[Seat, ...] = ("KP", "RU", "KR")
"""Who asks richer states for money."""
SHARP_EYES = 0.9


class Bargainer(Bot):
    """Asks for what is worth most to it and pays with what costs it least, in duties or in money.

    Starts from the next institution; for each thing it wants it adds promises of its own until the one who
    must give is believed to accept. Haggling beats goodwill: alone among the bots it gains from all.
    """

    learns = True
    least = 0.1

    def __init__(self) -> None:
        super().__init__()
        self.beliefs: dict[Seat, float] = {}

    def forget(self) -> None:
        self.beliefs = {}

    def learn(self, view: View, ballot: Ballot) -> None:
        """Move the belief about each other voter: a yes to little lowers it, a no to much raises it."""
        table = self.table(view)
        worth, left = table.package(ballot.package), table.left(round_of(ballot))
        for i, (seat, choice) in enumerate(zip(view.scenario.seats, ballot.votes, strict=True)):
            if seat == view.seat or choice is None or choice == "abstain":
                continue
            reserve, x = self.beliefs.get(seat, FIRST_GUESS), left * worth[i]
            if choice == "no":
                self.beliefs[seat] = min(2.0, max(reserve, x) + 0.25)
            elif x < reserve + 0.5:
                self.beliefs[seat] = max(-3.0, min(reserve, x) - 0.25)

    def vote(self, view: View, ballot: Ballot, rng: random.Random) -> Choice:
        return "yes" if not self.provoked(view) and self.value(view, ballot.package) >= self.least else "no"

    def propose(self, view: View) -> Package | None:
        i, worth = view.scenario.index[view.seat], self.table(view).institutions
        id_ = next_institution(situation(view), {id_ for id_, points in worth.items() if points[i] > 0})
        clause = None if id_ is None else InstitutionClause(id_)
        package = _Haggle(self, view).package(Package(view.seat, institution=clause))
        return package if self.value(view, package) > self.least else None

    def order(self, view: View, rng: random.Random) -> Order:
        if self.provoked(view):
            return self.answer(view)
        i = view.scenario.index[view.seat]
        rival = self.rival(view)
        wishes: list[tuple[str, Seat | None]] = []
        if view.seat == "RU" and not _must_act(view):
            shares = view.scenario.s[i]
            wishes.append(("energy_project", view.scenario.seats[max(range(len(shares)), key=shares.__getitem__)]))
        if view.world.v[i] < SHARP_EYES:
            wishes.append(("radar", None))
        wishes.append(("exchange", rival))
        if view.world.N[i] > HEATED:
            wishes.append(("curb", None))
        return Order(posture=self.posture(view, 1), emphasis=0.0, measures=self.affordable(view, wishes))


class Cheat(Bargainer):
    """A bargainer that arms in secret two steps above whatever cap it has signed.

    The state whose promises are the cheapest way to disarm others: why Jervis (1978) and Kydd (2005) ask
    what makes a promise believable. Detection makes it dear (rules.md section 9).
    """

    def order(self, view: View, rng: random.Random) -> Order:
        order, cap = super().order(view, rng), self.cap(view)
        if cap >= 2:
            return order
        posture: Posture = POSTURES[min(2, cap + 2)]
        return replace(order, posture=posture)


def _must_act(view: View) -> bool:
    """Tell whether the seat has promised a measure in every round."""
    return any(duty.by == view.seat and duty.kind == "do" for duty in _duties(view))


def _duties(view: View) -> list[Duty]:
    promised = [part for package in view.adopted for duty in package.duties for part in parts(duty)]
    return [*(held.duty for held in view.world.duties), *promised]


class _Haggle:
    """One search for a package: what is wanted, tried one by one, each paid for until it seems acceptable."""

    def __init__(self, bot: Bargainer, view: View) -> None:
        self.seat = view.seat
        self.seats = view.scenario.seats
        self.me = view.scenario.index[view.seat]
        self.view = view
        self.scene: Situation = situation(view)
        self.table: ValueTable = bot.table(view)
        self.left = self.table.left(view.round)
        self.room = view.scenario.duties_per_package
        self.beliefs = bot.beliefs

    def package(self, start: Package) -> Package:
        best, worth = start, self._value(start, self.me)
        for want in self._wants():
            if want.kind == "pay" and any(duty.kind == "pay" and duty.to == want.by for duty in best.duties):
                continue  # nobody pays and is paid by the same seat
            trial = self._try(best, want)
            if trial is None:
                continue
            gain = self._value(trial, self.me)
            if gain > worth and self._all_accept(trial):
                best, worth = trial, gain
        return best

    def _try(self, package: Package, want: Duty) -> Package | None:
        """Return the package with `want` and what it takes to pay for it, or None if there is no room."""
        if len(package.duties) >= self.room:
            return None
        giver = self.view.scenario.index[want.by]
        trial = replace(package, duties=(*package.duties, want))
        for offer in self._offers(trial, giver):
            if self._short(trial, giver) <= 0 or len(trial.duties) >= self.room:
                break
            trial = replace(trial, duties=(*trial.duties, offer))
        gap = self._short(trial, giver)
        if gap > 0 and len(trial.duties) < self.room:
            payment = self._payment(trial, giver, gap)
            if payment is not None:
                trial = replace(trial, duties=(*trial.duties, payment))
        return trial

    def _wants(self) -> list[Duty]:
        """What others could do that is worth asking for, best first (ties: seat order, then kind)."""
        found = []
        for j in self.view.scenario.others[self.me]:
            for duty in (*self._promises(j), *self._payments_to_me(j)):
                worth = self._worth(duty, self.me)
                if worth >= WORTH_ASKING:
                    found.append((worth, duty))
        found.sort(key=lambda one: -one[0])
        return [duty for _, duty in found]

    def _promises(self, j: int) -> list[Duty]:
        """What seat j could promise about its own arms and sanctions, and has not yet."""
        seat, scenario = self.seats[j], self.view.scenario
        routine = scenario.routine[j]
        duties = []
        if routine is not None:
            duties.append(Duty(seat, "abstain", what=routine.measure))
        if scenario.prog[j] > 0:
            duties.append(Duty(seat, "abstain", what="programme"))
        duties.append(Duty(seat, "cap", amount=0))
        if seat != "KP" and "KP" in self.seats:
            duties.append(Duty(seat, "relieve", to="KP"))
        return [duty for duty in duties if (seat, duty.kind, duty.what) not in self.scene.promised]

    def _payments_to_me(self, j: int) -> list[Duty]:
        payer, gdp = self.seats[j], self.view.scenario.gdp
        if self.seat not in PAID_SEATS or payer == "KP" or gdp[j] <= gdp[self.me]:
            return []
        if (payer, self.seat) in self.scene.paid or (self.seat, payer) in self.scene.paid:
            return []
        return [Duty(payer, "pay", to=self.seat, amount=PAYMENT)]

    def _offers(self, trial: Package, j: int) -> list[Duty]:
        """Own promises that seat j likes and the package lacks, those that please it most for their cost first."""
        offers = [duty for duty in self._promises(self.me) if duty not in trial.duties and self._worth(duty, j) > 0]
        return sorted(offers, key=lambda duty: self._worth(duty, self.me) - self._worth(duty, j))

    def _payment(self, trial: Package, j: int, gap: float) -> Duty | None:
        """Money that closes seat j's gap, if it takes no more than .6 a round."""
        payee = self.seats[j]
        pays_me = (payee, self.seat) in self.scene.paid
        for duty in trial.duties:
            if duty.kind == "pay" and {duty.by, duty.to} == {self.seat, payee}:
                pays_me = True
        if self.seat == "KP" or pays_me:
            return None
        rate = self._worth(Duty(self.seat, "pay", to=payee, amount=1.0), j) * self.left
        if rate <= 0:
            return None
        amount = ceil(10 * gap / rate) / 10
        return Duty(self.seat, "pay", to=payee, amount=amount) if amount <= MOST_PAID else None

    def _worth(self, duty: Duty, i: int) -> float:
        """Worth of a duty to seat i over a whole game."""
        worth = self.table.duty(duty)
        if worth is None:
            return 0.0
        return worth[i] * (duty.amount or 0.0) if duty.kind == "pay" else worth[i]

    def _value(self, package: Package, i: int) -> float:
        return self.left * self.table.package(package)[i]

    def _short(self, package: Package, j: int) -> float:
        """Return what seat j's worth of the package is believed to lack, 0 or less if nothing."""
        return self.beliefs.get(self.seats[j], FIRST_GUESS) - self._value(package, j)

    def _all_accept(self, package: Package) -> bool:
        givers = {self.view.scenario.index[duty.by] for duty in package.duties} - {self.me}
        return all(self._short(package, j) <= 0 for j in givers)
