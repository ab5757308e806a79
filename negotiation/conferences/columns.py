"""SHEETS, Column: every column of every exported sheet, with its type and what it means.

The exports write these columns in this order and no others, and the data dictionary is printed from here, so neither can
leave one out.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["integer", "number", "text", "yes/no", "time", "json"]


class Column(NamedTuple):
    """A column: its name, what stands in it, and what that means."""

    name: str
    kind: Kind
    about: str


TABLE = Column("table", "integer", "number of the table in the conference")
SEAT = Column("seat", "text", "code of the state")
ROUND = Column("round", "integer", "round of the game, from 1; 0 before the first")
PERSON = Column("participant", "integer", "number of the person in people.csv; empty for bots and the clock")
AT = Column("at", "time", "when, UTC")
TAKEN_BACK = Column("taken_back", "yes/no", "whether a rewind took it back later")

SHEETS: dict[str, tuple[Column, ...]] = {
    "people": (
        Column("participant", "integer", "number of the person in the conference"),
        Column("label", "text", "name as the facilitator knows it"),
        Column("alias", "text", "name as the others at the table read it"),
        Column("team", "text", "from the list of people"),
        Column("language", "text", "from the list of people"),
        Column("notes", "text", "from the list of people"),
        Column("experience", "integer", "from the list of people: how often played before"),
        TABLE,
        SEAT,
        Column("arrived_at", "time", "when the person first sat down, UTC; empty: never"),
        Column("dismissed_at", "time", "when a facilitator sent the person away, UTC"),
        Column("speeches", "integer", "words to all"),
        Column("private_speeches", "integer", "words to some"),
        Column("texts", "integer", "texts tabled, new versions included"),
        Column("sponsored", "integer", "texts of others supported"),
        Column("votes", "integer", "votes cast, changes included"),
        Column("orders", "integer", "orders sealed, changes included"),
        Column("acts", "integer", "all of these together"),
    ),
    "tables": (
        TABLE,
        Column("room", "text", "code of the room"),
        Column("treatment", "text", "what differed at this table by lot; empty: nothing"),
        Column("phase", "text", "where its game stands"),
        Column("rounds_played", "integer", "rounds resolved"),
        Column("rewinds", "integer", "how often a facilitator went back"),
        Column("agreements", "integer", "packages adopted"),
        Column("duties", "integer", "promises in them"),
        Column("sum_G", "number", "gains of all states together, in points; at the end only"),
        Column("C", "number", "culture of the region, 0 to 100 (Wendt); at the end only"),
        Column("rung", "integer", "step of the ladder from dialogue to peace; at the end only"),
        Column("arms", "number", "growth of arms over the start, as a share; at the end only"),
    ),
    "results": (
        TABLE,
        SEAT,
        Column("holder", "text", "people, a bot by name, or the caretaker"),
        Column("people", "text", "aliases of who sat there last"),
        Column("final", "yes/no", "whether the game is over; else the figures run"),
        Column("G", "number", "absolute gain, in points"),
        Column("R", "number", "relative gain against feared rivals, in points"),
        Column("U", "number", "utility: G weighed with R"),
        Column("TR", "number", "trust earned, in points"),
        Column("mandate", "number", "points of the secret mandate; at the end only"),
        Column("mandate_met", "yes/no", "whether it was met; at the end only"),
        Column("total", "number", "U, trust and mandate together; at the end only"),
        Column("without_trust", "number", "the same without trust; at the end only"),
    ),
    "rounds": (
        TABLE,
        ROUND,
        SEAT,
        Column("posture", "integer", "arms posture seen, -1 to 2"),
        Column("A", "number", "arms shown"),
        Column("D", "number", "defence"),
        Column("v", "number", "vulnerability"),
        Column("N", "number", "nationalism"),
        Column("E", "number", "economy"),
        Column("S", "number", "security shown"),
        Column("W", "number", "worth shown"),
        Column("G", "number", "running absolute gain"),
        Column("R", "number", "running relative gain"),
        Column("U", "number", "running utility"),
        Column("TR", "number", "running trust"),
    ),
    "trust": (
        TABLE,
        ROUND,
        Column("by", "text", "the state that trusts"),
        Column("in", "text", "the state that is trusted"),
        Column("trust", "number", "0 to 1"),
    ),
    "packages": (
        TABLE,
        ROUND,
        AT,
        Column("text", "text", "number of the text in its round"),
        Column("version", "integer", "version of the text, from 1"),
        Column("sponsor", "text", "the state that tabled it"),
        PERSON,
        Column("amends", "text", "the text that it is a version of, or a counter-text to"),
        Column("side", "yes/no", "whether it is a side deal"),
        Column("duties", "integer", "promises in it"),
        Column("institution", "text", "the institution that it founds"),
        Column("outcome", "text", "adopted, withdrawn, or the code of why it fell; empty: replaced, or still open"),
        Column("package", "json", "the whole text"),
        TAKEN_BACK,
    ),
    "votes": (
        TABLE,
        ROUND,
        AT,
        Column("text", "text", "number of the text in its round"),
        SEAT,
        PERSON,
        Column("choice", "text", "yes, no or abstain"),
        TAKEN_BACK,
    ),
    "talk": (
        TABLE,
        ROUND,
        Column("phase", "text", "phase of the round"),
        AT,
        Column("seat", "text", "who spoke; empty: the facilitator"),
        PERSON,
        Column("to", "text", "to whom, if not to all"),
        Column("text", "text", "the words; empty once erased"),
        TAKEN_BACK,
    ),
    "tenures": (
        TABLE,
        ROUND,
        Column("phase", "text", "phase of the round"),
        AT,
        SEAT,
        Column("holder", "text", "who holds the seat from then on: people, a bot by name, or the caretaker"),
        TAKEN_BACK,
    ),
    "phases": (
        TABLE,
        Column("epoch", "integer", "grows with each rewind and at the end"),
        Column("number", "integer", "number of the phase in the game"),
        ROUND,
        Column("phase", "text", "its name"),
        Column("began_at", "time", "UTC"),
        Column("ended_at", "time", "UTC; empty while it runs"),
        Column("seconds", "number", "how long it took, pauses included"),
        Column("planned_seconds", "number", "how long the clock gave it; empty without a clock"),
        TAKEN_BACK,
    ),
    "events": (
        TABLE,
        Column("n", "integer", "place in the room's log"),
        Column("epoch", "integer", "grows with each rewind and at the end"),
        AT,
        Column("type", "text", "what kind of event"),
        SEAT,
        PERSON,
        Column("event", "json", "the event as it is kept, without spoken words"),
        TAKEN_BACK,
    ),
    "answers": (
        Column("participant", "integer", "number of the person in people.csv"),
        Column("when", "text", "before or after the game"),
        Column("question", "text", "as it was asked"),
        Column("kind", "text", "consent, check, choice, scale, number or text"),
        Column("answer", "text", "as it was given"),
        Column("tries", "integer", "how often a check was tried until it was right"),
        AT,
    ),
    "notes": (
        AT,
        Column("who", "text", "account of the facilitator"),
        Column("what", "text", "what was done"),
        Column("tables", "text", "to which tables"),
        Column("detail", "json", "the act, what came of it, and the id of the press"),
    ),
    "dictionary": (
        Column("file", "text", "name of the file"),
        Column("column", "text", "name of the column"),
        Column("type", "text", "integer, number, text, yes/no, time (ISO 8601, UTC) or json"),
        Column("about", "text", "what it means"),
    ),
}
