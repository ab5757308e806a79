"""The golden playthroughs are as they were; a rule that changed them has to be read in review."""

from __future__ import annotations

import pytest

from tests.game.playthrough import FOLDER, PLAYTHROUGHS, text_of


@pytest.mark.parametrize("name", PLAYTHROUGHS)
def test_the_playthrough_is_as_it_was(name: str) -> None:
    golden = (FOLDER / f"{name}.txt").read_text("utf-8")
    assert text_of(PLAYTHROUGHS[name]()) == golden, "if this is meant: python -m tests.game.playthrough"
