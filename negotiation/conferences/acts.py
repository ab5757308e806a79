"""do, Press, Answer: what a facilitator does to one, some or all tables, or to the conference itself.

A press says what it saw of each table; where the room has moved on since, by another facilitator or by the clock, that table
says so and nothing happens there. Every press is noted, with what came of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from game.decisions import Advance, End, Extend, FacilitatorDecision, Rewind, Say
from negotiation.conferences import creation, seating
from negotiation.conferences.access import only_owner, owns
from negotiation.conferences.models import Conference, Note, Participant, Table
from negotiation.conferences.seating import CannotArrive
from negotiation.languages.current import say
from negotiation.rooms import house, people, services
from negotiation.rooms.models import Delegate
from negotiation.rooms.services import Who

FACILITATOR = Who(role=Delegate.Role.FACILITATOR.value)
SEEN = (Advance, End, Extend, Rewind)
"""What is meant for the phase that was seen, and for no other."""

Reason = Annotated[str, msgspec.Meta(max_length=200)]


class Seen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table by its number, and where its game stood on the facilitator's screen."""

    table: int
    epoch: int
    phase_no: int


class Errand(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    """Base of what is done to the conference rather than in a game."""


class Announce(Errand, frozen=True, tag="announce"):
    """Writes on the projector's page; an empty text takes it away."""

    text: Annotated[str, msgspec.Meta(max_length=280)]


class Admit(Errand, frozen=True, tag="admit"):
    """Opens or closes the door."""

    is_open: bool


class ShowResults(Errand, frozen=True, tag="show_results"):
    """Lets players see the results of all tables, or no longer."""

    shown: bool


class Show(Errand, frozen=True, tag="show"):
    """Shows one table whole on the projector's page, or (0) where each of them stands."""

    table: int


class AddTable(Errand, frozen=True, tag="add_table"):
    """Adds a room."""


class Move(Errand, frozen=True, tag="move"):
    """Gives a person another place; an empty seat is the gallery."""

    person: int
    table: int
    seat: Annotated[str, msgspec.Meta(max_length=2)]


class Swap(Errand, frozen=True, tag="swap"):
    """Lets two people change places."""

    person: int
    other: int


class Dismiss(Errand, frozen=True, tag="dismiss"):
    """Sends a person away for good."""

    person: int
    reason: Reason = ""


class Mute(Errand, frozen=True, tag="mute"):
    """Takes the word from a person, or gives it back."""

    person: int
    muted: bool


class Write(Errand, frozen=True, tag="write"):
    """Brings words to one person alone."""

    person: int
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]


class LowerHand(Errand, frozen=True, tag="lower_hand"):
    """Takes somebody's hand down: the question is answered."""

    person: int


class Hide(Errand, frozen=True, tag="hide"):
    """Takes the words of an entry off all screens and out of the log; what they were is kept with the notes."""

    table: int
    entry: int


class Settle(Errand, frozen=True, tag="settle"):
    """Leaves a reported message as it is."""

    table: int
    entry: int


class Forbid(Errand, frozen=True, tag="forbid"):
    """Sets the words that nobody may say, one a line."""

    words: Annotated[str, msgspec.Meta(max_length=10_000)]


class Invite(Errand, frozen=True, tag="invite"):
    """Lets another account run the conference as well."""

    account: Annotated[str, msgspec.Meta(max_length=150)]


class Uninvite(Errand, frozen=True, tag="uninvite"):
    """Ends what another account may do here, also in the rooms; for the owner alone."""

    account: Annotated[str, msgspec.Meta(max_length=150)]


AnyErrand = (
    Announce
    | Admit
    | ShowResults
    | Show
    | AddTable
    | Move
    | Swap
    | Dismiss
    | Mute
    | Write
    | LowerHand
    | Hide
    | Settle
    | Forbid
    | Invite
    | Uninvite
)


class Press(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A button pressed: its own id, so that a resend does nothing twice, what is wanted, and of which tables."""

    id: Annotated[str, msgspec.Meta(min_length=8, max_length=24)]
    act: FacilitatorDecision | Say | AnyErrand
    tables: Annotated[tuple[Seen, ...], msgspec.Meta(max_length=500)] = ()


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What came of it: at how many tables it was done, and by table why not."""

    done: int
    refused: dict[int, str] = {}


def do(conference: Conference, user: User, press: Press) -> Answer:
    """Does what was pressed and notes it; an errand that was done under this id already is answered as it was then."""
    # Rooms know the ids of what was done in them, also where only some of them have done it.
    ends = f",{msgspec.json.encode(press.id).decode()}]"
    if isinstance(press.act, Errand) and (noted := conference.notes.filter(detail__endswith=ends).first()):
        return msgspec.json.decode(noted.detail, type=tuple[Any, Answer, str])[1]
    if isinstance(press.act, Uninvite) and not owns(conference, user):
        answer = Answer(0, {0: only_owner()})
    else:
        answer = _run(conference, press.act) if isinstance(press.act, Errand) else _decide(conference, press)
    Note.objects.create(
        conference=conference,
        who=user.get_username(),
        what=str(press.act.__struct_config__.tag),
        tables=[seen.table for seen in press.tables],
        detail=msgspec.json.encode([press.act, answer, press.id]).decode(),
    )
    return answer


def _decide(conference: Conference, press: Press) -> Answer:
    tables = {table.number: table for table in conference.tables.all()}
    done, refused = 0, {}
    for seen in press.tables:
        table = tables.get(seen.table)
        if table is None:
            refused[seen.table] = _("There is no such table.")
            continue
        answer = services.act(
            room_id=table.room_id,
            by=FACILITATOR,
            decision=press.act,  # type: ignore[arg-type]  # what is no errand is a decision
            act_id=f"{press.id}.{seen.table}",
            epoch=seen.epoch,
            expect=seen.phase_no if isinstance(press.act, SEEN) else None,
        )
        if answer.ok:
            done += 1
        else:
            assert answer.refusal is not None
            refused[seen.table] = say(f"refusal.{answer.refusal.code}", **answer.refusal.params)
    return Answer(done, refused)


def _run(conference: Conference, errand: Errand) -> Answer:
    try:
        _ERRANDS[type(errand)](conference, errand)
    except CannotArrive as cannot:
        return Answer(0, {0: str(cannot)})
    return Answer(1)


def _set(conference: Conference, **values: Any) -> None:
    Conference.objects.filter(pk=conference.pk).update(**values)


def _announce(conference: Conference, errand: Announce) -> None:
    _set(conference, announcement=errand.text.strip())


def _admit(conference: Conference, errand: Admit) -> None:
    _set(conference, is_open=errand.is_open)


def _show_results(conference: Conference, errand: ShowResults) -> None:
    _set(conference, results_open=errand.shown)


def _show(conference: Conference, errand: Show) -> None:
    _set(conference, shown=_table(conference, errand.table).number if errand.table else None)


def _add_table(conference: Conference, _: AddTable) -> None:
    creation.add_table(conference)


def _move(conference: Conference, errand: Move) -> None:
    seating.move(_person(conference, errand.person), _table(conference, errand.table), errand.seat)


def _swap(conference: Conference, errand: Swap) -> None:
    seating.swap(_person(conference, errand.person), _person(conference, errand.other))


def _dismiss(conference: Conference, errand: Dismiss) -> None:
    seating.dismiss(_person(conference, errand.person))


def _mute(conference: Conference, errand: Mute) -> None:
    people.mute(delegate=_delegate(conference, errand.person), muted=errand.muted)


def _write(conference: Conference, errand: Write) -> None:
    house.write(delegate=_delegate(conference, errand.person), text=errand.text)


def _lower_hand(conference: Conference, errand: LowerHand) -> None:
    house.lower_hand(delegate=_delegate(conference, errand.person))


def _hide(conference: Conference, errand: Hide) -> None:
    try:
        words = house.hide(room_id=_table(conference, errand.table).room_id, entry=errand.entry)
    except house.NothingThere:
        raise CannotArrive(_("There is no such message any more.")) from None
    Note.objects.create(
        conference=conference, who="", what="hidden", tables=[errand.table], detail=msgspec.json.encode(words).decode()
    )


def _settle(conference: Conference, errand: Settle) -> None:
    house.settle(room_id=_table(conference, errand.table).room_id, entry=errand.entry)


def _forbid(conference: Conference, errand: Forbid) -> None:
    words = house.words_of(errand.words.splitlines())
    _set(conference, forbidden=words)
    for table in conference.tables.all():
        house.forbid(room_id=table.room_id, words=words)


def _delegate(conference: Conference, number: int) -> Delegate:
    person = _person(conference, number)
    if person.delegate is None:
        raise CannotArrive(_("This person has not come yet."))
    return person.delegate


def _table(conference: Conference, number: int) -> Table:
    found = Table.objects.select_related("room").filter(conference=conference, number=number).first()
    if found is None:
        raise CannotArrive(_("There is no such table."))
    return found


def _invite(conference: Conference, errand: Invite) -> None:
    other = User.objects.filter(username=errand.account.strip(), is_active=True).first()
    if other is None:
        raise CannotArrive(_("Nobody here has an account of that name."))
    conference.facilitators.add(other)


def _uninvite(conference: Conference, errand: Uninvite) -> None:
    other = conference.facilitators.filter(username=errand.account).first()
    if other is None:
        raise CannotArrive(_("Nobody here has an account of that name."))
    conference.facilitators.remove(other)


def _person(conference: Conference, number: int) -> Participant:
    found = conference.participants.select_related("conference").filter(number=number, left_at=None).first()
    if found is None:
        raise CannotArrive(_("This person is not here any more."))
    return found


_ERRANDS: dict[type[Errand], Callable[[Conference, Any], None]] = {
    Announce: _announce,
    Admit: _admit,
    ShowResults: _show_results,
    Show: _show,
    AddTable: _add_table,
    Move: _move,
    Swap: _swap,
    Dismiss: _dismiss,
    Mute: _mute,
    Write: _write,
    LowerHand: _lower_hand,
    Hide: _hide,
    Settle: _settle,
    Forbid: _forbid,
    Invite: _invite,
    Uninvite: _uninvite,
}
