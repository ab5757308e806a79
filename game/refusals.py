"""Refusal, Refused: the closed list of reasons for which the rules say no.

A refusal is data, `{code, params}`; the sentence a player reads is chosen from the code in the
player's language. `SENTENCES` holds the English ones, for the command line, logs and tests.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

Params = dict[str, Any]


class Refusal(StrEnum):
    """Every reason the rules can give; the value is the code on the wire."""

    # who and when
    NOT_YOURS = "not_yours"
    NOT_NOW = "not_now"
    PAUSED = "paused"
    NOT_PAUSED = "not_paused"
    OVER = "over"
    STALE = "stale"
    SEAT_EMPTY = "seat_empty"
    UNKNOWN_SEAT = "unknown_seat"
    UNKNOWN_HOLDER = "unknown_holder"
    NOTHING_TO_REWIND = "nothing_to_rewind"
    # texts
    UNKNOWN_TEXT = "unknown_text"
    TEXT_CLOSED = "text_closed"
    ONE_MAIN_TEXT = "one_main_text"
    TOO_MANY_SIDE_DEALS = "too_many_side_deals"
    NO_SIDE_DEALS = "no_side_deals"
    ALREADY_SPONSOR = "already_sponsor"
    STILL_ALIVE = "still_alive"
    NO_VOTE = "no_vote"
    ABSTENTION_ONLY = "abstention_only"
    # clauses
    EMPTY_PACKAGE = "empty_package"
    TOO_MANY_DUTIES = "too_many_duties"
    SIDE_DEAL_FORM = "side_deal_form"
    DUTY_FORM = "duty_form"
    BAD_AMOUNT = "bad_amount"
    BAD_CONDITION = "bad_condition"
    NOT_OPEN = "not_open"
    SELF_TARGET = "self_target"
    MONEY_PUMP = "money_pump"
    REPEATED_DUTY = "repeated_duty"
    ALREADY_PROMISED = "already_promised"
    UNKNOWN_INSTITUTION = "unknown_institution"
    INSTITUTION_GATE = "institution_gate"
    INSTITUTION_FORM = "institution_form"
    # orders
    UNKNOWN_MEASURE = "unknown_measure"
    TARGET_NEEDED = "target_needed"
    TARGET_SUPERFLUOUS = "target_superfluous"
    REPEATED_MEASURE = "repeated_measure"
    TOO_DEAR = "too_dear"
    NOT_YOUR_DUTY = "not_your_duty"
    CANNOT_HIDE = "cannot_hide"
    # talk
    EMPTY_TEXT = "empty_text"
    BAD_ADDRESSEE = "bad_addressee"
    # facilitator
    BAD_SECONDS = "bad_seconds"


SENTENCES: dict[Refusal, str] = {
    Refusal.NOT_YOURS: "Only {who} may do this.",
    Refusal.NOT_NOW: "This cannot be done during {phase}. Wait for {wanted}.",
    Refusal.PAUSED: "The room is paused. Wait until the facilitator resumes it.",
    Refusal.NOT_PAUSED: "The room is not paused.",
    Refusal.OVER: "The game is over. Read the debrief.",
    Refusal.STALE: "This changed while you were writing. Look at the new version, then act again.",
    Refusal.SEAT_EMPTY: "Nobody sits for {seat}. Choose a seat that is held.",
    Refusal.UNKNOWN_SEAT: "{seat} does not take part. The seats are {seats}.",
    Refusal.UNKNOWN_HOLDER: "{holder} cannot hold a seat. Choose one of {holders}.",
    Refusal.NOTHING_TO_REWIND: "There is no phase {phase_no} to go back to.",
    Refusal.UNKNOWN_TEXT: "There is no text {id} on the table this round.",
    Refusal.TEXT_CLOSED: "Text {id} is closed: it was {status}.",
    Refusal.ONE_MAIN_TEXT: "You already have text {id} on the table. Amend or withdraw it first.",
    Refusal.TOO_MANY_SIDE_DEALS: "{seat} may be in at most one new side deal a round.",
    Refusal.NO_SIDE_DEALS: "This scenario has no side deals. Table it as a package for all.",
    Refusal.ALREADY_SPONSOR: "You already sponsor text {id}.",
    Refusal.STILL_ALIVE: "Text {id} can still pass. It may be amended once it has failed.",
    Refusal.NO_VOTE: "You have no vote on text {id}.",
    Refusal.ABSTENTION_ONLY: "A caretaker may only abstain.",
    Refusal.EMPTY_PACKAGE: "A package needs at least one duty or an institution.",
    Refusal.TOO_MANY_DUTIES: "A package holds at most {most} duties here; this one has {count}.",
    Refusal.SIDE_DEAL_FORM: "A side deal has one or two duties among at most three seats and no institution.",
    Refusal.DUTY_FORM: "Duty {number} ({kind}): {problem}.",
    Refusal.BAD_AMOUNT: "Duty {number} ({kind}): {found} is not allowed; choose {allowed}.",
    Refusal.BAD_CONDITION: "Duty {number}: its condition names duty {found}; name earlier duties of this package.",
    Refusal.NOT_OPEN: "{measure} is not open to {seat}.",
    Refusal.SELF_TARGET: "{seat} cannot be its own target.",
    Refusal.MONEY_PUMP: "Duty {number}: {seat} and {to} would pay each other.",
    Refusal.REPEATED_DUTY: "Duty {number} says the same as duty {earlier}.",
    Refusal.ALREADY_PROMISED: "Duty {number} is already in force as {id}.",
    Refusal.UNKNOWN_INSTITUTION: "There is no institution {id} here.",
    Refusal.INSTITUTION_GATE: "{id} cannot be founded now: {gate}.",
    Refusal.INSTITUTION_FORM: "{id}: {problem}.",
    Refusal.UNKNOWN_MEASURE: "There is no measure {measure}.",
    Refusal.TARGET_NEEDED: "{measure} needs a target: another seat.",
    Refusal.TARGET_SUPERFLUOUS: "{measure} takes no target.",
    Refusal.REPEATED_MEASURE: "{measure} is ordered twice at the same target.",
    Refusal.TOO_DEAR: "These measures cost {cost} points of {most}. Take one away.",
    Refusal.NOT_YOUR_DUTY: "{id} is not a duty or institution of yours in force.",
    Refusal.CANNOT_HIDE: "Only KP under the denuclearisation institution can hide warheads.",
    Refusal.EMPTY_TEXT: "Write something first.",
    Refusal.BAD_ADDRESSEE: "Address other seats of this room; found {found}.",
    Refusal.BAD_SECONDS: "Give whole seconds from {least} to {most}; found {found}.",
}


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """Raised by the rules when a decision is not allowed; carries the code and what it is about."""

    def __init__(self, code: Refusal, **params: Any) -> None:
        self.code = code
        self.params: Params = params
        super().__init__(sentence(code, params))


def sentence(code: Refusal, params: Params) -> str:
    """Return the English sentence of a refusal; a missing parameter shows as its name."""
    return SENTENCES[code].format_map(_Blanks(params))


class _Blanks(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
