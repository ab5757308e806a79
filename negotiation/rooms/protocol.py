"""Hello, ActMessage, Ask, Ack, Beat, decode: what a client may send, and nothing else.

The types hold the bounds; `docs/protocol.md` says what each message means. What cannot be read raises `Unreadable` with
the id of the message where one could be found, so that the sender gets an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any

import msgspec

from game.decisions import AnyDecision
from game.records import Identifier, Order, Package, Record, Seat
from negotiation.rooms.limits import MESSAGE_BYTES
from negotiation.rooms.refusals import Declined, Reason

VERSION = 1

Count = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
Digests = dict[Annotated[str, msgspec.Meta(max_length=20)], Annotated[str, msgspec.Meta(max_length=64)]]
MessageId = Annotated[str, msgspec.Meta(pattern="^[0-9a-zA-Z_-]{16,40}$(?!\\n)")]


class Hello(Record, frozen=True, tag_field="type", tag="hello"):
    """Resume after entry `last` of epoch `epoch`, or get everything.

    `viewer` is that of the last welcome: numbers are of one viewer, and who lost a seat to a bot meanwhile has others.
    """

    protocol: int
    epoch: Count | None = None
    last: Count = 0
    viewer: str | None = None


class ActMessage(Record, frozen=True, tag_field="type", tag="act"):
    """Do something; `id` makes a resend harmless."""

    id: MessageId
    epoch: Count
    decision: AnyDecision
    expect: Count | None = None


class Why(Record, frozen=True, tag_field="type", tag="why"):
    """The causes of the change of a seat's worth in a round."""

    round: Annotated[int, msgspec.Meta(ge=1, le=20)]
    seat: Seat | None = None


class Check(Record, frozen=True, tag_field="type", tag="check"):
    """May this be tabled, and if not, why."""

    package: Package
    amends: Identifier | None = None


class Weigh(Record, frozen=True, tag_field="type", tag="weigh"):
    """What a text on the table would change for me if all kept it."""

    text: Identifier


class Cost(Record, frozen=True, tag_field="type", tag="cost"):
    """What an order costs, and whether it may be given."""

    order: Order


class RecordPage(Record, frozen=True, tag_field="type", tag="record"):
    """Older entries of the record: the `limit` ones before number `before`."""

    before: Count
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 50


Question = Why | Check | Weigh | Cost | RecordPage


class Ask(Record, frozen=True, tag_field="type", tag="ask"):
    """Ask without changing anything."""

    id: MessageId
    question: Question


class Ack(Record, frozen=True, tag_field="type", tag="ack"):
    """Everything up to `n` has been drawn."""

    n: Count


class Beat(Record, frozen=True, tag_field="type", tag="beat"):
    """The echo of the last beat."""

    n: Count
    digests: Digests = msgspec.field(default_factory=dict)


Message = Hello | ActMessage | Ask | Ack | Beat
KNOWN = ("hello", "act", "ask", "ack", "beat")

# The union is given as a value, of which the type checker sees no type.
_decoder: msgspec.json.Decoder[Message] = msgspec.json.Decoder(Message)

# Line feed and tab are part of prose. The rest of Unicode's controls, and halves of surrogate pairs, are refused: one
# database takes NUL and the other does not, and neither takes half a pair.
_unshowable = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


# As they are written in a message that is no JSON. Inside of a text the quotation marks are escaped.
_kind = re.compile(r'"type"\s?:\s?"(act|ask)"')
_id = re.compile(r'"id"\s?:\s?"([0-9a-zA-Z_-]{16,40})"')


class _Envelope(msgspec.Struct):
    type: str
    id: MessageId | None = None


class Unreadable(Declined):
    """The message breaks the form; `id` and `kind` are what it carries of them."""

    def __init__(self, text: str | None, code: Reason, **params: Any) -> None:
        super().__init__(code, **params)
        envelope = _envelope(text)
        self.id = envelope.id if envelope else None
        self.kind = envelope.type if envelope else ""


def decode(text: str | None) -> Message:
    """Returns the message. Raises `Unreadable` with what to do."""
    if text is None:
        raise Unreadable(None, Reason.MALFORMED, problem="it is binary")
    try:
        raw = text.encode()
        if len(raw) > MESSAGE_BYTES:
            raise Unreadable(text, Reason.TOO_LARGE, size=len(raw), most=MESSAGE_BYTES)
        message = _decoder.decode(raw)
    except UnicodeError:
        raise Unreadable(text, Reason.BAD_CHARACTERS) from None
    except RecursionError:
        raise Unreadable(None, Reason.MALFORMED, problem="it is nested too deeply") from None
    except msgspec.MsgspecError as error:
        envelope = _envelope(text)
        if envelope is not None and envelope.type not in KNOWN:
            raise Unreadable(text, Reason.UNKNOWN_TYPE, found=envelope.type[:20], known=", ".join(KNOWN)) from None
        raise Unreadable(text, Reason.MALFORMED, problem=str(error)) from None
    # What is in none of its strings as written can be there by an escape alone.
    is_suspect = "\\" in text or _unshowable.search(text)
    if is_suspect and not is_showable(message):
        raise Unreadable(text, Reason.BAD_CHARACTERS)
    return message


def is_showable(message: msgspec.Struct) -> bool:
    """Tells whether every text of the message can be shown and kept."""
    return not any(_unshowable.search(string) for string in _strings(msgspec.to_builtins(message)))


def _envelope(text: str | None) -> _Envelope | None:
    try:
        return msgspec.json.decode(text or "", type=_Envelope)
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        # Whoever gets no answer under the id sends the same again, for ever.
        kind, id_ = (written.search((text or "")[:MESSAGE_BYTES]) for written in (_kind, _id))
        return _Envelope(kind[1], id_[1]) if kind and id_ else None


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(key)
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)


def encode(message: dict[str, Any]) -> str:
    """Returns a message as text."""
    return msgspec.json.encode(message).decode()
