"""Refusal, Refused: the closed list of reasons for which the rules say no.

A refusal is data, `{code, params}`; the sentence a player reads is looked up in the words of the
player's language. As an exception it speaks English, for the command line and for tests.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from game.words import say

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
    TOO_MANY_TEXTS = "too_many_texts"
    TOO_MANY_VERSIONS = "too_many_versions"
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
    SWITCHED_OFF = "switched_off"
    BAD_AMOUNT = "bad_amount"
    BAD_CONDITION = "bad_condition"
    EMPTY_CONDITION = "empty_condition"
    UNKNOWN_STATEMENT = "unknown_statement"
    NOT_OPEN = "not_open"
    SELF_TARGET = "self_target"
    MONEY_PUMP = "money_pump"
    REPEATED_OBLIGOR = "repeated_obligor"
    REPEATED_DUTY = "repeated_duty"
    ALREADY_PROMISED = "already_promised"
    UNKNOWN_INSTITUTION = "unknown_institution"
    INSTITUTION_GATE = "institution_gate"
    INSTITUTION_FORM = "institution_form"
    # games of other kinds
    NOT_IN_THIS_GAME = "not_in_this_game"
    DEAL_FORM = "deal_form"
    DEAL_FORBIDDEN = "deal_forbidden"
    UNKNOWN_MOVE = "unknown_move"
    # orders
    UNKNOWN_MEASURE = "unknown_measure"
    TARGET_NEEDED = "target_needed"
    TARGET_SUPERFLUOUS = "target_superfluous"
    REPEATED_MEASURE = "repeated_measure"
    TOO_DEAR = "too_dear"
    TOO_DEAR_PROMISED = "too_dear_promised"
    NOT_YOUR_DUTY = "not_your_duty"
    CANNOT_HIDE = "cannot_hide"
    # talk
    EMPTY_TEXT = "empty_text"
    BAD_ADDRESSEE = "bad_addressee"
    NO_TALK = "no_talk"
    PUBLIC_TALK_ONLY = "public_talk_only"
    SENTENCES_ONLY = "sentences_only"
    UNKNOWN_SENTENCE = "unknown_sentence"
    # third parties
    NO_SINGLE_TEXT = "no_single_text"
    UNKNOWN_PART = "unknown_part"
    # facilitator
    BAD_SECONDS = "bad_seconds"
    UNKNOWN_FLASHPOINT = "unknown_flashpoint"
    MOVED_ON = "moved_on"


class Refused(Exception):
    """Raised by the rules when a decision is not allowed; carries the code and what it is about."""

    def __init__(self, code: Refusal, **params: Any) -> None:
        self.code = code
        self.params: Params = params
        super().__init__(say(f"refusal.{code}", **params))
