"""Small parts of the page, each asked alone: a far deadline, the rule of the vote, the order under another k."""

from __future__ import annotations

import pytest

from tests.conftest import Visit

pytestmark = pytest.mark.browser

DEADLINE = """async (seconds) => {
    const { loadWords } = await import("/static/room/words.js");
    const { clock } = await import("/static/room/header.js");
    const { render } = await import("/static/room/dom.js");
    await loadWords("/words/en.json");
    const now = Date.UTC(2026, 10, 24, 3, 0) / 1000;
    const room = { phase: "talk", round: 1, first_untimed: false, paused_at: null, began_at: now, deadline_at: now + seconds };
    const shown = document.createElement("p");
    render(shown, clock({ room, serverNow: () => now }));
    return shown.textContent;
}"""

RULING = """async (room) => {
    const { loadWords } = await import("/static/room/words.js");
    const { ruling } = await import("/static/room/ruling.js");
    await loadWords("/words/en.json");
    return ruling({ seats: Array(6), vetoes: [], yes_needed: 0, ratification: false, ...room }).join(" ");
}"""

RANKED = """async (own) => {
    const { ranked } = await import("/static/debrief/weights.js");
    const scores = [{ seat: "CN", G: 1, R: 2, TR: 0, mandate: 0 }, { seat: "JP", G: 2.2, R: 0, TR: 0, mandate: 0 }];
    return ranked(scores, 0.5, 0.1, own).map((one) => `${one.seat} ${one.total.toFixed(1)}`);
}"""


async def test_a_far_deadline_is_a_date_in_the_readers_own_zone(visit: Visit, live_server_url: str) -> None:
    tokyo = await visit(live_server_url, timezone_id="Asia/Tokyo", locale="en-GB")
    kyiv = await visit(live_server_url, timezone_id="Europe/Kyiv", locale="en-GB")
    day = 86_400
    for page, zone in ((tokyo, "12:00"), (kyiv, "05:00")):
        shown = await page.evaluate(DEADLINE, day)
        assert "25" in shown
        assert zone in shown
    assert await tokyo.evaluate(DEADLINE, 90) == "1:30"


async def test_the_rule_of_the_vote_is_said_in_plain_sentences(visit: Visit, live_server_url: str) -> None:
    page = await visit(live_server_url)
    assert await page.evaluate(RULING, {"adoption": "minus_one", "slack": 1}) == (
        "A text survives one no, but not two. Nobody is bound without its own yes."
    )
    strict = {"adoption": "qualified", "slack": 6, "yes_needed": 4, "vetoes": ["CN", "US"], "ratification": True}
    said = await page.evaluate(RULING, strict)
    assert said.startswith("A text needs 4 yes of 6. A no of China and United States is a veto: one is enough.")
    assert "asks its audience at home" in said


async def test_a_debrief_weighs_each_state_by_its_own_k_where_the_room_did(visit: Visit, live_server_url: str) -> None:
    page = await visit(live_server_url)
    assert await page.evaluate(RANKED, {}) == ["JP 2.2", "CN 2.0"]
    assert await page.evaluate(RANKED, {"CN": 0.7, "JP": 0.5}) == ["CN 2.4", "JP 2.2"]
