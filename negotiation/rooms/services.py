"""act, tick, Who, Answer: the one way to change a game, for people, bots, facilitators and the clock alike.

Each is one transaction on the room as it was read: what the clock owes comes first, then the decision. An answer is given
after the commit, and an act that was answered once gets the same answer for ever.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable
from functools import partial

import msgspec
from django.db import IntegrityError, OperationalError

from game import refusals, rounds, rules
from game.decisions import (
    Actor,
    AnyDecision,
    Extend,
    Facilitator,
    Pause,
    Resume,
    Rewind,
    SeatActor,
    SeatDecision,
    Start,
    ThirdParty,
)
from game.play import Play
from game.records import Seat
from game.refusals import Refused
from game.sections import Viewer
from negotiation.rooms import metrics, plays, rows
from negotiation.rooms.log import Writer, writing
from negotiation.rooms.masks import bit_of, viewer_of
from negotiation.rooms.models import Delegate, Room
from negotiation.rooms.refusals import Declined, Reason, Refusal, of_rules
from negotiation.rooms.rows import Asker, Known

logger = logging.getLogger(__name__)

HOSTED = (Start, Pause, Resume)
"""What the one who made a room without an account may decide beside the acts of the own seat.

And to give a phase a clock that has none: else one who went away without a word would hold all the others up. And who
plays against bots alone may take back.
"""

TRIES = 20
"""How often an act that others of the same room overtake is decided anew."""


class Who(msgspec.Struct, frozen=True):
    """Who acts. For a person `number` and `version` are checked in the act's own transaction."""

    seat: str = ""
    role: str = Delegate.Role.DELEGATE.value
    number: int | None = None
    version: int = 0
    is_host: bool = False

    @property
    def key(self) -> str:
        """Whose act ids these are."""
        return f"bot:{self.seat}" if self.number is None else str(self.number)

    def viewer(self, play: Play) -> Viewer:
        """Whose view this person has now."""
        return viewer_of(play, self.seat, self.role)


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """Committed, with the number of the newest entry that the actor may see; or refused, and nothing changed."""

    ok: bool
    n: int | None = None
    refusal: Refusal | None = None


def who(delegate: Delegate) -> Who:
    """Returns the delegate as an actor."""
    return Who(delegate.seat, delegate.role, delegate.number, delegate.version, delegate.is_host)


class Gone(Exception):
    """The person has left the room, was removed, or may do other things than before."""


def act(
    *,
    room_id: int,
    by: Who,
    decision: AnyDecision,
    act_id: str,
    epoch: int,
    expect: int | None = None,
    received_at: float | None = None,
) -> Answer:
    """Does what is asked, once, and returns the answer.

    `received_at` (UTC seconds) decides lateness. Raises `Gone` when the actor's rights are not what they were.
    """
    now = time.time() if received_at is None else received_at
    digest = hashlib.sha256(msgspec.json.encode([decision, epoch, expect])).hexdigest()
    asker = Asker(by.number, by.version, by.key, act_id)
    decide = partial(_decided, by=by, decision=decision, epoch=epoch, expect=expect)
    try:
        if (answer := _at_once(room_id, asker, digest, now, decide)) is not None:
            return answer
        for _ in range(TRIES):
            head, standing = rows.read_for(room_id, asker)
            if not standing.is_in:
                raise Gone
            if standing.known is not None:
                if standing.known.digest != digest:
                    raise Declined(Reason.ID_REUSED)
                return msgspec.json.decode(standing.known.answer, type=Answer)
            writer = Writer(room_id, head, now)
            answer = decide(writer)
            if writer.settle(asker, Known(digest, msgspec.json.encode(answer).decode())):
                return answer
        return Answer(ok=False, refusal=Refusal(Reason.BUSY.value))
    except Declined as declined:
        return Answer(ok=False, refusal=declined.refusal)
    except Room.DoesNotExist:
        raise Gone from None
    except OperationalError as error:
        return Answer(ok=False, refusal=Refusal(_failure_of(error).value))
    except IntegrityError:
        # Another process answered the same act while this one waited for the room. Sent again, it gets that answer.
        return Answer(ok=False, refusal=Refusal(Reason.BUSY.value))
    except Gone:
        raise
    except Exception:
        # The transaction is undone. The act's content may be a secret and stays out of the log of the server.
        logger.exception("An act of type %s failed in room %s.", type(decision).__name__, room_id)
        return Answer(ok=False, refusal=Refusal(Reason.FAULT.value))


def _at_once(room_id: int, asker: Asker, digest: str, now: float, decide: Callable[[Writer], Answer]) -> Answer | None:
    """Decides on the room as this process knows it, and commits if that is how it stands: one way to the database.

    None where nothing came of it: refused, overtaken, answered before, or without the right. Then the database is asked.
    """
    newest = plays.newest(room_id)
    if newest is None:
        return None
    writer = Writer(room_id, newest.head, now)
    answer = decide(writer)
    if not answer.ok or not writer.has_news:
        return None
    try:
        return answer if writer.settle(asker, Known(digest, msgspec.json.encode(answer).decode())) else None
    except IntegrityError:
        return None


def _decided(writer: Writer, by: Who, decision: AnyDecision, epoch: int, expect: int | None) -> Answer:
    """Records what is due and then the decision's events, or says why not."""
    _fire(writer)
    try:
        if epoch != writer.play.epoch:
            raise Declined(Reason.STALE_EPOCH, epoch=writer.play.epoch)
        actor = actor_for(by, decision, writer.play)
        writer.record(rules.decide(writer.play, actor, decision, writer.now, expect=expect))
    except Refused as refused:
        return Answer(ok=False, refusal=of_rules(refused))
    except Declined as declined:
        return Answer(ok=False, refusal=declined.refusal)
    return Answer(
        ok=True, n=writer.counts[bit_of(writer.play.scenario.seats, by.viewer(writer.play), writer.play.settings.third)]
    )


def actor_for(by: Who, decision: AnyDecision, play: Play) -> Actor:
    """Returns as whom the person decides this; the message never says so. Raises `Declined` for those who watch."""
    sets_clock = isinstance(decision, Extend) and play.deadline_at is None
    takes_back = isinstance(decision, Rewind) and is_alone(play, by.seat)
    may_host = by.is_host and (sets_clock or takes_back or isinstance(decision, HOSTED))
    if by.role == Delegate.Role.FACILITATOR or may_host:
        return Facilitator(by.number)
    if not by.seat:
        raise Declined(Reason.WATCHING)
    if by.seat in play.settings.third:
        return ThirdParty(by.seat, by.number)
    holder = play.holder(by.seat)
    if by.number is not None and holder.startswith("bot:") and isinstance(decision, SeatDecision):
        raise Declined(Reason.BOT_SITS, seat=by.seat)
    if by.number is None and play.paused_at is not None:
        # People may talk on while a room is paused; a bot that was in the middle of a turn is cut off here.
        raise Refused(refusals.Refusal.PAUSED)
    return SeatActor(by.seat, by.number)


def is_alone(play: Play, seat: Seat) -> bool:
    """Tells whether nobody but the person at `seat` plays: then going back takes nothing from anybody."""
    return not play.settings.third and all(
        held == seat for held, holder in zip(play.scenario.seats, play.holders, strict=True) if holder == "people"
    )


def tick(*, room_id: int, now: float) -> bool:
    """Fires what the clock owes the room, once, whoever else tries; returns whether there was anything."""
    with writing(room_id, now) as writer:
        return _fire(writer)


def _fire(writer: Writer) -> bool:
    """Records what the clock owes; returns whether it was anything."""
    deadline_at, events = writer.play.deadline_at, rounds.due(writer.play, writer.now)
    if events and deadline_at is not None:
        metrics.LATENESS.observe(writer.now - deadline_at)
    writer.record(events)
    return bool(events)


def _failure_of(error: OperationalError) -> Reason:
    return Reason.STORAGE_FULL if "full" in str(error) else Reason.BUSY
