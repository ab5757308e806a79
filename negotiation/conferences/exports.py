"""sheets, written, archive: everything a conference left, as sheets that open anywhere and compute nothing.

All that happened in the games is read from the rooms' logs once; the columns are those of `columns`.
"""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec

from game import events as e
from game.observation import observe
from game.play import Play
from negotiation.conferences.columns import SHEETS
from negotiation.conferences.models import Conference, Note, Participant, Reply, Table
from negotiation.rooms import chain, exports, plays
from negotiation.rooms.models import Delegate, Entry
from negotiation.rooms.people import digest_of

Row = dict[str, Any]
Sheets = dict[str, list[Row]]

LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell may begin that a spreadsheet would compute; also in the wide forms that some of them take."""


def sheets(conference: Conference) -> Sheets:
    """Returns the rows of every sheet."""
    found: Sheets = {name: [] for name in SHEETS}
    people = list(conference.participants.select_related("table", "conference").order_by("number"))
    person_of = _delegates(people)
    acts: dict[int, Counter[str]] = defaultdict(Counter)
    for table in conference.tables.select_related("room").order_by("number"):
        reader = _Reader(table, person_of.get(table.room_id, {}), found, acts)
        reader.read()
    found["people"] = [_person(one, acts[one.number]) for one in people]
    found["notes"] = [
        {
            "at": _time(note.at.timestamp()),
            "who": note.who,
            "what": note.what,
            "tables": " ".join(map(str, note.tables)),
            "detail": note.detail,
        }
        for note in Note.objects.filter(conference=conference).order_by("pk")
    ]
    found["answers"] = [
        {
            "participant": reply.participant.number,
            "when": reply.question.when,
            "question": reply.question.text,
            "kind": reply.question.kind,
            "answer": reply.value,
            "tries": reply.tries,
            "at": _time(reply.at.timestamp()),
        }
        for reply in Reply.objects.filter(question__conference=conference)
        .select_related("question", "participant")
        .order_by("participant__number", "question__when", "question__pk")
    ]
    found["dictionary"] = [
        {"file": f"{name}.csv", "column": column.name, "type": column.kind, "about": column.about}
        for name, columns in SHEETS.items()
        for column in columns
    ]
    return found


def written(name: str, rows: Iterable[Row]) -> bytes:
    """Returns a sheet as CSV in UTF-8, with the mark by which spreadsheets know it."""
    file = io.StringIO()
    table = csv.DictWriter(file, [column.name for column in SHEETS[name]])
    table.writeheader()
    table.writerows({key: safe(value) for key, value in row.items()} for row in rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def archive(conference: Conference) -> bytes:
    """Returns all sheets, and the whole log of each room, as one ZIP."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, rows in sheets(conference).items():
            bundle.writestr(f"{name}.csv", written(name, rows))
        for table in conference.tables.select_related("room").order_by("number"):
            log = exports.game_log(table.room, plays.fold(table.room), "facilitator")
            bundle.writestr(f"logs/table-{table.number}.json", msgspec.json.format(msgspec.json.encode(log), indent=1))
    return file.getvalue()


def safe(value: Any) -> Any:
    """Returns a value as it may stand in a cell: what a spreadsheet would compute begins with an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and value.startswith(LIVE):
        return f"'{value}"
    return value


def _time(instant: float) -> str:
    return datetime.datetime.fromtimestamp(instant, datetime.UTC).isoformat(timespec="milliseconds")


def _delegates(people: list[Participant]) -> dict[int, dict[int, int]]:
    """Returns, by room and by number of the delegate there, the participant's number; also for places that were left."""
    # By the secret of each place: names may be those of others, who came later or run the conference.
    whose = {digest_of(token): person.number for person in people for token in person.seat_tokens}
    found: dict[int, dict[int, int]] = defaultdict(dict)
    conferences = {person.conference_id for person in people}
    rows = Delegate.objects.filter(room__table__conference__in=conferences)
    for room, number, digest in rows.values_list("room_id", "number", "token_digest"):
        if digest in whose:
            found[room][number] = whose[digest]
    return found


def _person(person: Participant, done: Counter[str]) -> Row:
    return {
        "participant": person.number,
        "label": person.label,
        "alias": person.alias,
        "team": person.team,
        "language": person.language,
        "notes": person.notes,
        "experience": person.experience,
        "table": person.table.number if person.table else None,
        "seat": person.seat,
        "arrived_at": _time(person.arrived_at.timestamp()) if person.arrived_at else None,
        "dismissed_at": _time(person.left_at.timestamp()) if person.left_at else None,
        **{kind: done[kind] for kind in ACTS},
        "acts": done.total(),
    }


ACTS = ("speeches", "private_speeches", "texts", "sponsored", "votes", "orders")


class _Reader:
    """Reads the log of one table, from its first entry to its last, into the sheets."""

    def __init__(self, table: Table, person_of: dict[int, int], found: Sheets, acts: dict[int, Counter[str]]) -> None:
        self.table, self.person_of, self.found, self.acts = table, person_of, found, acts
        self.play: Play = plays.fold(table.room)
        self.phase: Row | None = None
        self.open: dict[str, Row] = {}
        self.since: list[tuple[int, Row]] = []
        """Every row so far with the phase that it belongs to, so that a rewind can mark it."""
        self.no = 0

    def read(self) -> None:
        rewinds = 0
        for entry in Entry.objects.filter(room=self.table.room, n__lte=self.table.room.n).order_by("n"):
            event = chain.event_of(entry)
            if isinstance(event, e.Rewound):
                rewinds += 1
            self._take(entry, event)
        self._close(rewinds)

    def _add(self, sheet: str, row: Row) -> Row:
        row = {"table": self.table.number, **row, "taken_back": False}
        self.found[sheet].append(row)
        self.since.append((self.no, row))
        return row

    def _did(self, person: int | None, kind: str) -> None:
        if person is not None:
            self.acts[person][kind] += 1

    def _take(self, entry: Entry, event: e.AnyEvent) -> None:
        at = _time(entry.at)
        round_, phase = (self.phase["round"], self.phase["phase"]) if self.phase else (0, "lobby")
        person = self.person_of.get(getattr(event, "by", None) or -1)
        match event:
            case e.PhaseBegan():
                self._phase(entry, event)
            case e.Rewound():
                self._rewound(event)
            case e.Ended():
                self._end_phase(entry.at)
                self.phase = None
            case e.Seated():
                self._add(
                    "tenures", {"round": round_, "phase": phase, "at": at, "seat": event.seat, "holder": event.holder}
                )
            case e.Published():
                self._did(person, "speeches")
                row = {"round": round_, "phase": phase, "at": at, "seat": event.seat, "participant": person}
                self._add("talk", row | {"to": "", "text": event.text})
            case e.Said():
                self._did(person, "private_speeches" if event.to else "speeches")
                row = {"round": round_, "phase": phase, "at": at, "seat": event.seat, "participant": person}
                self._add("talk", row | {"to": " ".join(event.to), "text": event.text})
            case e.Injected():
                row = {"round": round_, "phase": phase, "at": at, "seat": None, "participant": None}
                self._add("talk", row | {"to": " ".join(event.to), "text": event.text})
            case e.Proposed():
                self._did(person, "texts")
                self._tabled(event, round_, at, person)
            case e.Sponsored():
                self._did(person, "sponsored")
            case e.Voted():
                self._did(person, "votes")
                row = {"round": round_, "at": at, "text": event.text, "seat": event.seat, "participant": person}
                self._add("votes", row | {"choice": event.choice})
            case e.Ordered():
                self._did(person, "orders")
            case e.Adopted() | e.Failed() | e.Withdrawn():
                if tabled := self.open.pop(event.text, None):
                    kind = type(event).__name__.lower()
                    tabled["outcome"] = event.code if isinstance(event, e.Failed) else kind
        row = {"n": entry.n, "epoch": entry.epoch, "at": at, "type": entry.kind}
        row |= {"seat": getattr(event, "seat", None), "participant": person, "event": entry.body}
        self._add("events", row)

    def _tabled(self, event: e.Proposed, round_: int, at: str, person: int | None) -> None:
        package = event.package
        self.open[event.text] = self._add(
            "packages",
            {
                "round": round_,
                "at": at,
                "text": event.text,
                "version": event.version,
                "sponsor": package.sponsor,
                "participant": person,
                "amends": event.amends,
                "side": package.side,
                "duties": len(package.duties),
                "institution": package.institution.id if package.institution else None,
                "outcome": None,
                "package": msgspec.json.encode(package).decode(),
            },
        )

    def _phase(self, entry: Entry, event: e.PhaseBegan) -> None:
        self._end_phase(event.at)
        self.no = event.no
        if event.phase == "talk":
            self.open = {}
        self._begin(event, {"epoch": entry.epoch, "number": event.no, "round": event.round, "phase": event.phase})

    def _begin(self, event: e.PhaseBegan | e.Rewound, row: Row) -> None:
        planned = None if event.deadline_at is None else round(event.deadline_at - event.at, 3)
        row |= {"began_at": _time(event.at), "ended_at": None, "seconds": None, "planned_seconds": planned}
        self.phase = self._add("phases", row)
        self.began_at = event.at

    def _end_phase(self, at: float) -> None:
        if self.phase is not None:
            self.phase |= {"ended_at": _time(at), "seconds": round(at - self.began_at, 3)}

    def _rewound(self, event: e.Rewound) -> None:
        self._end_phase(event.at)
        for no, taken in self.since:
            if no >= event.to:
                taken["taken_back"] = True
        self.since = [(no, kept) for no, kept in self.since if no < event.to]
        mark = self.play.marks[event.to] if event.to < len(self.play.marks) else self.play
        self.no, self.open = event.to, {}
        self._begin(event, {"epoch": event.epoch, "number": event.to, "round": mark.round, "phase": mark.phase})

    def _close(self, rewinds: int) -> None:
        """Adds what the play says at the head of the log."""
        play, number = self.play, self.table.number
        seen = observe(play, "facilitator")
        outcome = seen.outcome
        adopted = [package for done in play.played for package in done.adopted] + list(play.adopted)
        region = outcome.region if outcome else {}
        self.found["tables"].append(
            {
                "table": number,
                "room": self.table.room.code,
                "treatment": self.table.treatment,
                "phase": play.phase,
                "rounds_played": len(play.played),
                "rewinds": rewinds,
                "agreements": len(adopted),
                "duties": sum(len(package.duties) for package in adopted),
                "sum_G": region.get("sum_G"),
                "C": region.get("C"),
                "rung": int(region["rung"]) if "rung" in region else None,
                "arms": region.get("arms"),
            }
        )
        sitting: dict[str, list[str]] = defaultdict(list)
        for seat, alias in self.table.participants.exclude(seat="").values_list("seat", "alias"):
            sitting[seat].append(alias)
        running = {one.seat: msgspec.to_builtins(one) for one in seen.world.seats}
        final = {one.seat: msgspec.to_builtins(one) for one in outcome.scores} if outcome else {}
        for seat, holder in zip(play.scenario.seats, play.holders, strict=True):
            figures = final.get(seat) or {key: running[seat][key] for key in ("G", "R", "U", "TR")}
            met = outcome.mandates[seat].met if outcome and seat in outcome.mandates else None
            row = {"table": number, "seat": seat, "holder": holder, "people": ", ".join(sitting[seat])}
            self.found["results"].append(row | {"final": bool(outcome)} | figures | {"mandate_met": met})
        for world in [seen.history.start, *(done.after for done in seen.history.rounds)]:
            posture = next((done.posture for done in seen.history.rounds if done.round == world.round), {})
            self._world(world, posture)
        for sheet in ("rounds", "trust"):
            self.found[sheet].sort(key=lambda row: (row["table"], row["round"]))

    def _world(self, world: Any, posture: dict[str, int]) -> None:
        seats = self.play.scenario.seats
        for one in world.seats:
            row = {"table": self.table.number, "round": world.round, "posture": posture.get(one.seat)}
            self.found["rounds"].append(row | msgspec.to_builtins(one))
        for i, by in enumerate(seats):
            self.found["trust"].extend(
                {"table": self.table.number, "round": world.round, "by": by, "in": seats[j], "trust": world.trust[i][j]}
                for j in range(len(seats))
                if j != i
            )
