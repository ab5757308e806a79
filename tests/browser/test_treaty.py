"""The sentence of every form of promise, as the page writes it."""

from __future__ import annotations

import pytest

from tests.conftest import Visit

pytestmark = pytest.mark.browser

SENTENCES = {
    '{"by":"KR","and":["JP"],"kind":"pay","to":"KP","start":1,"stages":[0.1,0.4]}': (
        "Each of South Korea, Japan pays North Korea 0.1, 0.4 a round starting next round."
    ),
    '{"by":"US","kind":"relieve","to":"KP","stages":[0.5,1]}': (
        "United States lifts its share of the UN sanctions on North Korea in shares of 0.5, 1, round by round."
    ),
    '{"by":"KP","kind":"declare","what":"denuclearise"}': (
        "North Korea states that it will give up nuclear weapons and programmes."
    ),
    '{"by":"US","kind":"declare","what":"no_nuclear_threat","to":"KP"}': (
        "United States states to North Korea that it keeps no nuclear weapons on the peninsula "
        "and does not mean to attack."
    ),
    '{"by":"KR","kind":"cap","amount":0,"rounds":2}': (
        "South Korea keeps its arms posture at “Hold” or below for 2 rounds."
    ),
}

RENDER = """async (duties) => {
    const { loadWords } = await import("/static/room/words.js");
    const { sentence } = await import("/static/room/treaty.js");
    const { render } = await import("/static/room/dom.js");
    await loadWords("/words/en.json");
    return duties.map((duty) => {
        const shown = document.createElement("p");
        render(shown, ...sentence(JSON.parse(duty)));
        return shown.textContent;
    });
}"""


async def test_every_form_of_promise_is_a_sentence(visit: Visit, live_server_url: str) -> None:
    page = await visit(live_server_url)
    assert await page.evaluate(RENDER, list(SENTENCES)) == list(SENTENCES.values())
