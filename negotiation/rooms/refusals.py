"""Reason, Refusal, Declined: why the server, rather than the rules, says no.

The rules' own refusals pass through unchanged; both travel as `{code, params}`, and the sentence for either is in
`game.words` under "refusal".
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec

from game.refusals import Refused


class Reason(StrEnum):
    """Every reason the server can give; the value is the code on the wire."""

    MALFORMED = "malformed"
    """The message is not in the form of docs/protocol.md."""
    TOO_LARGE = "too_large"
    UNKNOWN_TYPE = "unknown_type"
    BAD_CHARACTERS = "bad_characters"
    OLD_PROTOCOL = "old_protocol"
    """The page is older or newer than the server."""
    ID_REUSED = "id_reused"
    """The id of an act that was answered came again with another act."""
    STALE_EPOCH = "stale_epoch"
    """The game went back, or ended, since the sender looked."""
    TOO_FAST = "too_fast"
    WATCHING = "watching"
    """An observer acted."""
    MUTED = "muted"
    """A facilitator has taken the word from this person."""
    NOT_YOUR_OFFICE = "not_your_office"
    """Somebody else of the delegation, who is here, does this."""
    NOT_AGREED = "not_agreed"
    """Too few of the own delegation are for signing."""
    WORD_NOT_ALLOWED = "word_not_allowed"
    """The facilitator keeps a list of words."""
    BOT_SITS = "bot_sits"
    """The facilitator gave the seat to a bot."""
    NO_SUCH_ROUND = "no_such_round"
    BUSY = "busy"
    """The database was locked for too long."""
    STORAGE_FULL = "storage_full"
    FAULT = "fault"
    """A mistake of ours; the transaction was undone."""


class Refusal(msgspec.Struct, frozen=True):
    """A refusal as it travels."""

    code: str
    params: dict[str, Any] = {}


class Declined(Exception):
    """The server does not take the message; nothing changed."""

    def __init__(self, code: Reason, **params: Any) -> None:
        self.refusal = Refusal(code.value, params)
        super().__init__(code.value)


def of_rules(refused: Refused) -> Refusal:
    """Returns the rules' refusal in the form that travels."""
    return Refusal(refused.code.value, refused.params)
