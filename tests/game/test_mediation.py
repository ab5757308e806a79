"""Who sits at the table without a state: what a chair, the press and a second track may do, and what nobody else may."""

from __future__ import annotations

import msgspec
import pytest

from game import history, rules
from game.decisions import (
    Advance,
    Counsel,
    Facilitator,
    Inject,
    Offer,
    OpenWindow,
    Propose,
    Publish,
    Recite,
    Reserve,
    Rewind,
    Say,
    SeatActor,
    SetAgenda,
    Sponsor,
    StageCrisis,
    ThirdParty,
    Vote,
)
from game.events import AnyEvent, Said, decoder, encoder
from game.observation import observe, visible, why
from game.play import Reservation, SingleText
from game.records import Duty, InstitutionClause, Package
from game.refusals import Refused
from game.sentences import SENTENCES
from game.table import Table
from game.words import load

CHAIR, PRESS = ThirdParty("CH", 7), ThirdParty("PR", 8)
CALM = Duty(by="CN", kind="abstain", what="patrol", to="JP")
PAID = Duty(by="JP", kind="pay", to="CN", amount=0.2)
TEXT = Package(sponsor="JP", duties=(CALM, PAID), institution=InstitutionClause("dialogue"))


def table(**settings: object) -> Table:
    return Table.of_people("cjk", seed="x", **({"third": ("CH", "PR")} | settings))


def act(game: Table, actor: object, decision: object, expect: int | None = None) -> list[AnyEvent]:
    events = rules.decide(game.play, actor, decision, game.now, expect=expect)  # type: ignore[arg-type]
    return game.take(events)


def refusal(game: Table, actor: object, decision: object, expect: int | None = None) -> str:
    with pytest.raises(Refused) as refused:
        rules.decide(game.play, actor, decision, game.now, expect=expect)  # type: ignore[arg-type]
    return refused.value.code.value


def test_a_chair_offers_a_text_whose_brackets_and_reservations_go_one_by_one() -> None:
    game = table()
    act(game, CHAIR, SetAgenda("Patrols\nFish"))
    act(game, CHAIR, Offer(TEXT, brackets=(2, 0, 2)), 0)
    seen = observe(game.play, "observer").texts
    assert seen.agenda == "Patrols\nFish"
    assert seen.single is not None
    assert (seen.single.version, seen.single.brackets) == (1, (0, 2))
    game.act("JP", Reserve(2, "Too dear."), expect=1)
    game.act("KR", Reserve(1, "We are not asked."))
    game.act("JP", Reserve(0, "Where?"))
    assert [(one.seat, one.part) for one in game.play.single.reservations] == [("JP", 2), ("KR", 1), ("JP", 0)]  # type: ignore[union-attr]

    # What stays as it was keeps its reservations, wherever it now stands; what was changed is open again.
    cheaper = msgspec.structs.replace(PAID, amount=0.1)
    act(game, CHAIR, Offer(msgspec.structs.replace(TEXT, duties=(cheaper, CALM)), brackets=()), 1)
    assert [(one.seat, one.part) for one in game.play.single.reservations] == [("KR", 2), ("JP", 0)]  # type: ignore[union-attr]
    game.act("KR", Reserve(2, ""))
    assert [(one.seat, one.part) for one in game.play.single.reservations] == [("JP", 0)]  # type: ignore[union-attr]
    assert refusal(game, CHAIR, Offer(TEXT), 1) == "stale"

    # It becomes a text on the table when a seat tables it, and by nothing else.
    assert game.play.texts == ()
    assert refusal(game, CHAIR, Propose(TEXT)) == "not_yours"
    game.act("KR", Propose(game.play.single.package))  # type: ignore[union-attr]
    assert game.play.texts[0].author == "KR"
    act(game, CHAIR, Offer(None), 2)
    assert game.play.single is None


def test_what_third_parties_may_not_do_is_refused() -> None:
    game = table()
    assert refusal(game, PRESS, Offer(TEXT)) == "not_yours"
    assert refusal(game, PRESS, SetAgenda("x")) == "not_yours"
    assert refusal(game, CHAIR, Publish("x")) == "not_yours"
    assert refusal(game, PRESS, Publish(" \n")) == "empty_text"
    assert refusal(game, ThirdParty("TT"), Publish("x")) == "unknown_seat"
    assert refusal(game, CHAIR, Vote("1a", "yes")) == "not_yours"
    assert refusal(game, Facilitator(), Publish("x")) == "not_yours"
    assert refusal(game, CHAIR, Offer(Package(sponsor="CN"))) == "empty_package"
    assert refusal(game, CHAIR, Offer(TEXT, brackets=(3,))) == "unknown_part"
    with pytest.raises(Refused, match="Chair"):
        game.act("KR", Offer(TEXT))
    with pytest.raises(Refused, match="no text now"):
        game.act("KR", Reserve(1, "x"))
    act(game, CHAIR, Offer(TEXT))
    with pytest.raises(Refused, match="its parts are 0, 1, 2"):
        game.act("KR", Reserve(3, "x"))


def test_a_chair_shuttles_and_others_learn_that_they_met_but_not_what_was_said() -> None:
    game = table()
    game.act("CN", Say("Tell them that we could.", to=("CH",)))
    told = act(game, CHAIR, Say("Tokyo could, too.", to=("CN",)))
    assert [type(event).__name__ for event in told] == ["Said"]
    said = [event for event in game.log if isinstance(event, Said)]
    for viewer, sees in (("CN", True), ("CH", True), ("JP", False), ("PR", False), ("observer", False)):
        assert all((visible(event, viewer) is not None) == sees for event in said), viewer
    assert ("CN", "CH") in game.play.met
    assert refusal(game, CHAIR, Say("x", to=("CH",))) == "bad_addressee"
    assert refusal(game, CHAIR, Say("x", to=("TT",))) == "bad_addressee"
    public = table(talk="public")
    assert refusal(public, CHAIR, Say("x", to=("CN",))) == "public_talk_only"


def test_which_member_of_a_delegation_acted_is_its_own_business() -> None:
    game = table()
    act(game, CHAIR, Offer(TEXT))
    deeds = [
        *game.act("JP", Say("Good morning."), by=4),
        *game.act("JP", Reserve(0, "Where?"), by=4),
        *game.act("JP", Propose(TEXT), by=4),
        *game.act("KR", Sponsor("1a"), by=5),
        *act(game, PRESS, Publish("Talks begin.")),
    ]
    game.act("facilitator", Advance())
    deeds += game.act("KR", Vote("1a", "no"), by=5)
    named = [event for event in deeds if hasattr(event, "by")]
    assert {type(event).__name__ for event in named} == {
        "Said",
        "Reserved",
        "Proposed",
        "Sponsored",
        "Published",
        "Voted",
    }
    for event in named:
        own = {4: "JP", 5: "KR", 8: "PR"}[event.by]
        for viewer in ("CN", "JP", "KR", "PR", "CH", "observer", "facilitator"):
            seen = visible(event, viewer)
            assert seen is not None
            assert seen.by == (event.by if viewer in (own, "facilitator") else None), (event, viewer)  # type: ignore[attr-defined]


def test_a_text_bears_so_many_reservations_and_no_more() -> None:
    game = table()
    full = tuple(Reservation("CN", part, "x") for part in range(60))
    game.play = msgspec.structs.replace(game.play, single=SingleText(1, TEXT, reservations=full))
    assert refusal(game, SeatActor("JP"), Reserve(1, "Where?")) == "too_many_texts"
    game.act("CN", Reserve(1, "Said otherwise."))
    game.act("CN", Reserve(2, ""))
    game.act("JP", Reserve(1, "Where?"))


def test_capitals_instruct_only_their_own() -> None:
    game = table()
    assert refusal(game, Facilitator(), Inject("Hold out.", capital=True)) == "bad_addressee"
    (event,) = act(game, Facilitator(), Inject("Hold out.", ("KR",), capital=True))
    assert visible(event, "KR") is not None
    assert visible(event, "JP") is None


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_sentence_of_the_rulebook_has_words_and_its_blank(sentence: str) -> None:
    words = load()["sentence"][sentence]
    blank = SENTENCES[sentence]
    assert [name for name in ("about", "whom") if f"{{{name}}}" in words] == ([blank] if blank else [])
    game = table(talk_in={"talk": "sentences"})
    game.act("JP", Propose(TEXT))
    fills = {"about": "1a"} if blank == "about" else {"whom": "CN"} if blank == "whom" else {}
    (event,) = game.act("KR", Recite(sentence, **fills))
    assert isinstance(event, Said)
    assert "{" not in event.text
    assert event.sentence == sentence
    wrong = {"whom": "CN"} if blank == "about" else {"about": "1a"}
    with pytest.raises(Refused, match="no sentence"):
        game.act("KR", Recite(sentence, **wrong))
    with pytest.raises(Refused, match="only sentences"):
        game.act("KR", Say("Hello"))


@pytest.mark.parametrize(("mode", "code"), [("none", "no_talk"), ("sentences", "sentences_only")])
def test_where_nobody_may_use_words_of_their_own_nobody_does_so_by_another_way(mode: str, code: str) -> None:
    game = table(talk=mode)
    act(game, CHAIR, Offer(TEXT))
    assert refusal(game, PRESS, Publish("x")) == code
    assert refusal(game, CHAIR, SetAgenda("x")) == code
    act(game, CHAIR, SetAgenda(" "))
    assert refusal(game, SeatActor("JP"), Reserve(1, "x")) == code
    assert act(game, SeatActor("JP"), Reserve(1, "")) == []


def test_the_mode_of_talk_changes_with_the_phase() -> None:
    game = table(talk="public", talk_in={"talk": "none"})
    with pytest.raises(Refused, match="do not talk"):
        game.act("KR", Say("Hello"))
    assert observe(game.play, "KR").room.talk == "none"
    for seat in game.play.scenario.seats:
        from game.decisions import Ready

        game.act(seat, Ready())
    assert game.play.phase == "orders"
    game.act("KR", Say("Hello"))
    assert observe(game.play, "KR").room.talk == "public"


def test_what_a_delegation_says_inside_stays_there_and_goes_with_the_version() -> None:
    game = table(internal_vote=True)
    game.act("JP", Propose(TEXT))
    game.act("KR", Counsel("1a", "yes"), by=3)
    game.act("KR", Counsel("1a", "no"), by=4)
    own = observe(game.play, "KR").own
    assert own is not None
    assert own.counsel == {"1a": {"3": "yes", "4": "no"}}
    for viewer in ("JP", "observer", "CH"):
        assert b'"4":"no"' not in msgspec.json.encode(observe(game.play, viewer))
    assert all(visible(event, "JP") is None for event in game.log if type(event).__name__ == "Counselled")
    game.act("JP", Propose(msgspec.structs.replace(TEXT, institution=None), amends="1a"), expect=1)
    assert observe(game.play, "KR").own.counsel == {}  # type: ignore[union-attr]


def test_all_of_it_is_taken_back_by_a_rewind_and_replays() -> None:
    game = table(internal_vote=True)
    act(game, CHAIR, SetAgenda("Fish"))
    act(game, CHAIR, Offer(TEXT, (1,)))
    game.act("JP", Reserve(1, "No."))
    act(game, PRESS, Publish("Talks begin."))
    again = history.replay(game.opening, [decoder.decode(encoder.encode(event)) for event in game.log])
    assert again == game.play
    act(game, Facilitator(), Rewind(1))
    assert (game.play.agenda, game.play.single) == ("", None)


def test_only_a_chair_is_told_what_it_may_offer() -> None:
    play = table().play
    may = observe(play, "CH").may
    assert may is not None
    assert may.duties
    assert (may.points, may.measures, may.routine) == (0, (), None)
    assert observe(play, "PR").may is None
    assert observe(play, "CH").own is None


def played_round(game: Table) -> None:
    for _ in range(8):
        if game.play.phase == "reveal":
            return
        act(game, Facilitator(), Advance())
    raise AssertionError(game.play.phase)


def test_a_window_opened_by_hand_holds_for_the_round_and_explains_itself() -> None:
    game, plain = table(crises=False), table(crises=False)
    act(game, Facilitator(), OpenWindow("thaw"))
    assert observe(game.play, "observer").world.window == "thaw"
    for one in (game, plain):
        one.act("JP", Propose(TEXT))
        act(one, Facilitator(), Advance())
        for seat in one.play.scenario.seats:
            one.act(seat, Vote("1a", "yes"))
        played_round(one)
    assert game.play.played[0].resolved.report.window == "thaw"
    assert plain.play.played[0].resolved.report.window is None
    assert game.play.world != plain.play.world
    assert game.play.world.window == plain.play.world.window, "the next round's window is the scenario's"
    for seat in game.play.scenario.seats:
        i = game.play.index(seat)
        change = game.play.world.W[i] - game.play.marks[0].world.W[i]
        assert sum(cause.W for cause in why(game.play, seat, 1)) == pytest.approx(change, abs=1e-9)


def test_a_staged_crisis_breaks_out_once_and_explains_itself() -> None:
    game = table(crises=False)
    act(game, Facilitator(), StageCrisis("E", 3))
    assert refusal(game, Facilitator(), StageCrisis("K", 3)) == "unknown_flashpoint"
    assert refusal(game, CHAIR, StageCrisis("E", 3)) == "not_yours"
    played_round(game)
    assert game.play.played[0].resolved.report.crises == (("E", 3),)
    assert refusal(game, Facilitator(), StageCrisis("E", 3)) == "not_now"
    for seat in game.play.scenario.seats:
        i = game.play.index(seat)
        change = game.play.world.W[i] - game.play.marks[0].world.W[i]
        assert sum(cause.W for cause in why(game.play, seat, 1)) == pytest.approx(change, abs=1e-9)
    assert any(cause.code == "crisis" for cause in why(game.play, "JP", 1))
    act(game, Facilitator(), Advance())
    played_round(game)
    assert game.play.played[1].resolved.report.crises == ()
    act(game, Facilitator(), Rewind(1))
    assert game.play.staged == {}
    again = history.replay(game.opening, [decoder.decode(encoder.encode(event)) for event in game.log])
    assert again == game.play
