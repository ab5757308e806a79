"""What comes over the wire is read once, within bounds, or answered with what is wrong with it."""

from __future__ import annotations

import json

import pytest

from game import words
from game.decisions import Say
from negotiation.rooms import protocol
from negotiation.rooms.limits import Bucket, Guesses
from negotiation.rooms.protocol import ActMessage, Hello, Unreadable
from negotiation.rooms.refusals import Reason

ID = "0123456789abcdef"


def act(**decision: object) -> str:
    return json.dumps({"type": "act", "id": ID, "epoch": 0, "decision": decision})


def test_a_message_is_read_into_its_type() -> None:
    assert protocol.decode('{"type":"hello","protocol":1}') == Hello(protocol=1)
    assert protocol.decode(act(type="say", text="안녕")) == ActMessage(ID, 0, Say("안녕"))


UNREADABLE = {
    "nothing": ("", "malformed"),
    "half a brace": ("{", "malformed"),
    "a list": ("[]", "malformed"),
    "a number": ("7", "malformed"),
    "depth": ("[" * 10_000, "malformed"),
    "a very long number": ('{"type":"ack","n":' + "9" * 5000 + "}", "malformed"),
    "a number out of range": ('{"type":"ack","n":9007199254740993}', "malformed"),
    "no number": ('{"type":"ack","n":NaN}', "malformed"),
    "an unknown type": ('{"type":"cheat"}', "unknown_type"),
    "a type that is no text": ('{"type":7}', "malformed"),
    "an unknown field": ('{"type":"ack","n":1,"seat":"CN"}', "malformed"),
    "an unknown decision": (act(type="win"), "malformed"),
    "a decision with a seat": (act(type="ready", seat="CN"), "malformed"),
    "too much text": (act(type="say", text="x" * 2001), "malformed"),
    "too many bytes": (act(type="say", text="x" * 17_000), "too_large"),
    "NUL": (act(type="say", text="a\x00b"), "bad_characters"),
    "an escape": (act(type="say", text="a\x1bb"), "bad_characters"),
    "half a surrogate pair": ('{"type":"act","id":"' + ID + '","epoch":0,"decision":{"type":"say","text":"\\ud800"}}', "malformed"),
    "half a surrogate pair, raw": (act(type="say", text="a").replace("a\"}", "\ud800\"}"), "bad_characters"),
    "an id with a line feed": (act(type="ready").replace(ID, ID + "\\n"), "malformed"),
    "a holder with a line feed": (act(type="appoint", seat="CN", holder="people\n"), "malformed"),
    "a text with a line feed": (act(type="withdraw", text="1a\n"), "malformed"),
    "a seat with a line feed": (act(type="say", text="a", to=["CN\n"]), "malformed"),
    "a short id": (act(type="ready").replace(ID, "1"), "malformed"),
    "binary": (None, "malformed"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "code"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_answered_with_a_code(text: str | None, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        protocol.decode(text)
    assert caught.value.refusal.code == code


def test_a_bad_act_is_answered_under_its_own_id() -> None:
    half = act(type="say", text="We agree \ud83d")
    raw = half.replace("\\ud83d", "\ud83d")
    deep = act(type="propose", package=None).replace("null", "[" * 10_000)
    for text in (act(type="win"), act(type="say", text="x" * 17_000), act(type="say", text="\x00"), half, raw, deep):
        with pytest.raises(Unreadable) as caught:
            protocol.decode(text)
        assert (caught.value.id, caught.value.kind) == (ID, "act")


def test_words_that_look_like_an_id_are_none() -> None:
    said = act(type="say", text='"id":"ffffffffffffffff" "type":"ask" \ud83d')
    for text, own in ((said, ID), (said.replace(f'"id": "{ID}", ', ""), None)):
        with pytest.raises(Unreadable) as caught:
            protocol.decode(text)
        assert caught.value.id == own


def test_line_feeds_and_every_script_may_be_spoken() -> None:
    for text in ("one\ntwo\tthree", "平和 평화 和平", "👩‍👩‍👧", "“quotes” <b>&amp;"):
        assert protocol.decode(act(type="say", text=text)) == ActMessage(ID, 0, Say(text))


def test_every_reason_of_the_server_has_a_sentence() -> None:
    assert {reason.value for reason in Reason} <= set(words.load()["refusal"])


def test_a_bucket_lets_a_burst_through_and_then_its_rate() -> None:
    bucket = Bucket(rate=5, burst=20)
    assert [bucket.wait(0.0) for _ in range(20)] == [0.0] * 20
    assert bucket.wait(0.0) == pytest.approx(0.2)
    assert bucket.wait(0.2) == 0.0
    assert bucket.wait(0.2) > 0


def test_wrong_codes_are_slowed_by_address_and_together() -> None:
    guesses = Guesses()
    assert [guesses.wait("mallory", 0.0) for _ in range(10)] == [0.0] * 10
    assert guesses.wait("mallory", 0.0) > 0
    assert guesses.wait("alice", 0.0) == 0
    engaged = [guesses.wait(f"address {i}", 0.0) for i in range(70)]
    assert any(engaged)
