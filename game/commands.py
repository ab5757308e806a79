"""COMMANDS: simulate, value, par, bench, prove and clauses for ``python -m game``.

They print; what they print is reckoned in `simulation`, `bots.values`, `par`, `bench` and `claims`.
"""

from __future__ import annotations

import argparse
import json
from typing import Any

import msgspec
from msgspec.structs import replace

from game import historical, par, scenario
from game.addition import added
from game.adoption import ADOPTION_RULES
from game.bench import plays_per_second, profile
from game.bots import NAMES
from game.bots.prices import DEAR, WANTED, Price, priced
from game.bots.values import gains, key_of, value_table
from game.case_commands import is_case, run_case
from game.claims import Study
from game.processes import processes
from game.records import Seat
from game.scenario import FIRST_RULES, NEWEST_RULES, Scenario
from game.script import play_script
from game.simulation import MIXES, Plan, SimulationError, cast_of, simulate, summary
from game.targets import SECTIONS_OF

MANY = 1000
"""Games from which one wants to know how far they are."""


def add_rules(parser: argparse.ArgumentParser, default: int = NEWEST_RULES) -> None:
    """Let a command be asked about another version of the rules."""
    parser.add_argument("--rules", type=int, default=default, help=f"version of the rules, default {default}")


def add_simulate(commands: Any) -> None:
    parser = commands.add_parser("simulate", help="let bots play many games")
    parser.add_argument("scenario", help="a name of `list`, or the path of a .toml or .json file")
    add_rules(parser)
    parser.add_argument("--bots", help=f"one for all, or CN=hawk,KP=grit,... of: {' '.join(NAMES)}")
    parser.add_argument("--mix", help=f"deal the other seats from: {' '.join(MIXES)}")
    parser.add_argument("--plays", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0, help="play i uses seed S+i")
    parser.add_argument("--rounds", type=int, help="default: the scenario's")
    parser.add_argument("--shadow", type=int, default=3, help="rounds of aftermath")
    parser.add_argument("--each", action="store_true", help="report every game as well (with --json)")
    parser.add_argument("--no-windows", action="store_true")
    parser.add_argument("--no-crises", action="store_true")
    parser.add_argument("--adoption", choices=tuple(ADOPTION_RULES), help="how texts are adopted")
    parser.add_argument("--vetoes", default="", help="seats with a veto where the rule knows one: CN,US")
    parser.add_argument("--ratification", action="store_true", help="let audiences at home refuse what was signed")
    parser.add_argument("--jobs", type=int, default=1, help="processes; the result does not depend on it")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_simulate)


def _simulate(arguments: argparse.Namespace) -> None:
    chosen = _switched(scenario.load(arguments.scenario, arguments.rules), arguments)
    for name, least, most in (("plays", 1, 1_000_000), ("rounds", 1, 20), ("shadow", 0, 20), ("jobs", 1, 256)):
        number = getattr(arguments, name)
        if number is not None and not least <= number <= most:
            raise SimulationError(f"--{name}: found {number}; allowed: {least} to {most}")
    if is_case(chosen):
        run_case(chosen, arguments)
        return
    plan = Plan(
        scenario=chosen,
        cast=cast_of(chosen, arguments.bots, arguments.mix),
        plays=arguments.plays,
        seed=arguments.seed,
        rounds=arguments.rounds,
        shadow=arguments.shadow,
        windows=not arguments.no_windows,
        crises=not arguments.no_crises,
        each=arguments.each,
    )
    with processes(arguments.jobs, "{} of {} parts" if arguments.plays >= MANY else "") as mapper:
        found = summary(plan, simulate(plan, mapper))
    if arguments.json:
        print(json.dumps(found))
        return
    print(f"{found['scenario']}: {found['plays']} plays, {' '.join(f'{s}={b}' for s, b in plan.cast.items())}")
    print("seat  " + "  ".join(f"{name:>14}" for name in ("G", "R", "U", "TR", "Total")))
    for seat, columns in found["seats"].items():
        cells = (f"{one['mean']:+7.2f} ±{one['sd']:5.2f}" for one in columns.values())
        print(f"{seat:4}  " + "  ".join(cells))
    shares = "  ".join(f"{name} {share:.0%}" for name, share in found["culture"].items())
    print(f"C {found['C']['mean']:.1f}   {shares}   arms {found['arms']['mean']:+.0%}   "
          f"rung {found['rung']['mean']:.1f}   war {found['crises']['war']:.0%}")  # fmt: skip
    if "ratified" in found:
        print(
            f"ratified {found['ratified']['share']:.0%} of {found['ratified']['carried']:.1f} texts voted through a game"
        )


def _switched(chosen: Scenario, arguments: argparse.Namespace) -> Scenario:
    vetoes = tuple(arguments.vetoes.split(",")) if arguments.vetoes else ()
    for seat in vetoes:
        if seat not in chosen.seats:
            raise SimulationError(f"--vetoes: found {seat!r}; allowed: {', '.join(chosen.seats)}")
    adoption = arguments.adoption or chosen.adoption
    return replace(
        chosen,
        adoption=adoption,
        vetoes=vetoes or chosen.vetoes,
        ratification=arguments.ratification or chosen.ratification,
    )


def add_value(commands: Any) -> None:
    parser = commands.add_parser("value", help="say what each duty, template and institution is worth to whom")
    parser.add_argument("scenario", help="a name of `list`, or the path of a .toml or .json file")
    add_rules(parser)
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_value)


def region(name: str, rules: int) -> Scenario:
    """Return a scenario whose region moves. Raises `ScenarioError` and, for a game of another kind, `SimulationError`."""
    chosen = scenario.load(name, rules)
    if is_case(chosen):
        raise SimulationError(f"{name}: found a game of the kind {chosen.ruleset!r}; allowed: security_dilemma")
    return chosen


def _value(arguments: argparse.Namespace) -> None:
    chosen = region(arguments.scenario, arguments.rules)
    items = value_items(chosen)
    if arguments.json:
        print(json.dumps({"scenario": chosen.id, "rounds": chosen.rounds, "items": items, **trading(chosen)}))
        return
    print(f"{'change of U over the whole game':34}" + "".join(f"{seat:>7}" for seat in chosen.seats))
    for item in items:
        print(f"{item['id']:34}" + "".join(f"{points:+7.2f}" for points in item["U"].values()))
    found = trading(chosen)
    print(
        f"\n{len(found['dear'])} promises, payments apart, cost their obligor {DEAR} or more and give another {WANTED:g} or more"
    )
    for seat in chosen.seats:
        sold, bought = found["sells"][seat], found["buys"][seat]
        print(f"{seat} can sell {sold['id']} ({sold['own']:+.2f}; {sold['wanted_by']} {sold['worth']:+.2f})"
              f" and wants {bought['id']} ({bought['worth']:+.2f}; {bought['own']:+.2f})")  # fmt: skip


def trading(chosen: Scenario) -> dict[str, Any]:
    """Return which promises have a price, and what each seat can best sell and buy."""
    found = priced(chosen, chosen.rounds)

    def told(price: Price) -> dict[str, Any]:
        return {"id": _named(*key_of(price.duty)), "own": price.own, "wanted_by": price.wanted_by, "worth": price.worth}

    return {
        "dear": [told(price) for price in found.dear],
        "sells": {seat: told(price) for seat, price in found.sells.items()},
        "buys": {seat: told(price) for seat, price in found.buys.items()},
    }


def _named(by: Seat, kind: str, what: str | None, to: Seat | None, amount: float | None) -> str:
    return " ".join(part for part in (by, kind, what, to, None if amount is None else f"{amount:g}") if part)


def value_items(chosen: Scenario) -> list[dict[str, Any]]:
    """Return the value table as `value` prints it; a payment's is per 1.0 of the economy a round."""
    table = value_table(chosen, chosen.rounds)

    def item(id_: str, kind: str, by: Seat | None, to: Seat | None, worth: tuple[float, ...]) -> dict[str, Any]:
        named = dict(zip(chosen.seats, worth, strict=True))
        return {"id": id_, "kind": kind, "obligor": by, "target": to, "U": named}

    items = []
    for (by, kind, what, to, amount), worth in table.duties.items():
        amount = 1.0 if kind == "pay" else amount
        items.append(item(_named(by, kind, what, to, amount), "duty", by, to, worth))
    for template in chosen.templates:
        worth = gains(chosen, chosen.rounds, template.package(chosen.seats[0]))
        items.append(item(template.id, "template", None, None, worth))
    items += [item(id_, "institution", None, None, worth) for id_, worth in table.institutions.items()]
    return items


def add_par(commands: Any) -> None:
    parser = commands.add_parser(
        "par", help="say what games usually bring; without a scenario, write the file that ships it"
    )
    parser.add_argument("scenario", nargs="?", help="a name of `list`, or the path of a .toml or .json file")
    add_rules(parser)
    parser.add_argument("--rounds", type=int, help="default: the scenario's")
    parser.add_argument("--plays", type=int, default=par.PLAYS)
    parser.add_argument("--seed", type=int, default=par.SEED, help="play i uses seed S+i")
    parser.add_argument("--jobs", type=int, default=1, help="processes; the result does not depend on it")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_par)


def _par(arguments: argparse.Namespace) -> None:
    for name, least, most in (("plays", 1, 100_000), ("rounds", 1, 20), ("jobs", 1, 256)):
        number = getattr(arguments, name)
        if number is not None and not least <= number <= most:
            raise SimulationError(f"--{name}: found {number}; allowed: {least} to {most}")
    options = {"plays": arguments.plays, "seed": arguments.seed}
    with processes(arguments.jobs) as mapper:
        if arguments.scenario is None:
            every = [scenario.load(name, arguments.rules) for name in scenario.names()]
            for line in par.written(every, **options, mapper=mapper):
                print(line, flush=True)
            return
        chosen = region(arguments.scenario, arguments.rules)
        found = par.reckon(chosen, arguments.rounds or chosen.rounds, **options, mapper=mapper)
    if arguments.json:
        named = dict(zip(chosen.seats, found.G, strict=True))
        print(
            json.dumps({"scenario": chosen.id, "rounds": found.rounds, **options, "G": named, "sum_G": added(found.G)})
        )
        return
    print(f"{chosen.id}, {found.rounds} rounds, {arguments.plays} plays: sum {added(found.G):+.2f}")
    print("  ".join(f"{seat} {gain:+.2f}" for seat, gain in zip(chosen.seats, found.G, strict=True)))


def add_bench(commands: Any) -> None:
    parser = commands.add_parser("bench", help="measure complete six-seat games a second, on one core")
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument(
        "--profile", type=int, metavar="PLAYS", help="show instead where the time of so many games goes"
    )
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_bench)


def _bench(arguments: argparse.Namespace) -> None:
    if arguments.profile is not None:
        _profile(max(1, arguments.profile), as_json=arguments.json)
        return
    speed = plays_per_second(arguments.seconds)
    print(json.dumps({"plays_per_second": speed}) if arguments.json else f"{speed:.0f} plays a second")


def _profile(plays: int, *, as_json: bool) -> None:
    shares = profile(plays)
    if as_json:
        print(msgspec.json.encode(shares).decode())
        return
    print(f"{'own':>6} {'all':>6} {'calls a game':>12}  function")
    for one in shares:
        print(f"{one.own:6.1%} {one.all:6.1%} {one.calls:12.1f}  {one.name}")


def add_prove(commands: Any) -> None:
    parser = commands.add_parser("prove", help="check the published figures of the simulation one by one (slow)")
    parser.add_argument("--plays", type=int, default=60, help="plays a seat and cell")
    parser.add_argument("--jobs", type=int, default=1)
    add_rules(parser, FIRST_RULES)
    parser.add_argument("--only", choices=tuple(SECTIONS_OF[NEWEST_RULES]), help="one section of the claims")
    parser.add_argument("--all", action="store_true", help="print what is within, too")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_prove)


def _prove(arguments: argparse.Namespace) -> None:
    if not 1 <= arguments.plays <= 100_000:
        raise SimulationError(f"--plays: found {arguments.plays}; allowed: 1 to 100000")
    known = SECTIONS_OF.get(arguments.rules)
    if known is None:
        raise SimulationError(f"--rules: found {arguments.rules}; allowed: {', '.join(map(str, SECTIONS_OF))}")
    if arguments.only and arguments.only not in known:
        raise SimulationError(f"--only: found {arguments.only!r}; allowed: {', '.join(known)}")
    with processes(arguments.jobs) as mapper:
        study = Study(arguments.plays, mapper, arguments.rules)
        found = [verdict for name in ((arguments.only,) if arguments.only else known) for verdict in known[name](study)]
    failed = [verdict for verdict in found if not verdict.within]
    if arguments.json:
        rows = [
            {"claim": one.claim, "expected": one.expected, "got": one.got, "tolerance": one.tolerance,
             "within": one.within}
            for one in found
        ]  # fmt: skip
        print(json.dumps({"plays": arguments.plays, "claims": rows, "failed": len(failed)}))
    else:
        for one in found if arguments.all else failed:
            print(f"{'ok ' if one.within else 'OUT'} {one.claim:58} expected {one.expected:>9}  got {one.got:+8.3f}")
        print(f"{len(found) - len(failed)} of {len(found)} claims hold at {arguments.plays} plays a seat and cell")
    if failed:
        raise SystemExit(1)


def add_clauses(commands: Any) -> None:
    parser = commands.add_parser("clauses", help="what the six parties agreed in 2005 to 2007, and what became of it")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--script", action="store_true", help="print it as a script for `run`")
    form.add_argument("--json", action="store_true")
    parser.set_defaults(run=_clauses)


def _clauses(arguments: argparse.Namespace) -> None:
    if arguments.script:
        print(msgspec.json.format(msgspec.json.encode(historical.script())).decode())
        return
    found = historical.compliance(play_script(historical.script()))
    if arguments.json:
        told = [{"clause": clause, "played": found[clause.id]} for clause in historical.record().clauses]
        print(msgspec.json.encode({"documents": historical.record().documents, "clauses": told}).decode())
        return
    for clause in historical.record().clauses:
        print(f"{historical.record().documents[clause.document].date} {clause.clause}: {clause.text}")
        for parts in found[clause.id]:
            for id_, marks in parts.items():
                print(f"    {id_:9} {', '.join(f'{round_} {mark}' for round_, mark in marks)}")
        print(f"    {clause.told}")


COMMANDS = (add_simulate, add_value, add_par, add_bench, add_prove, add_clauses)
