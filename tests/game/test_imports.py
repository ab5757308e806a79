"""Games in the form of LLM-Deliberation: what is read out of a folder, and where a mistake in it is said to be."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from game.__main__ import main
from game.imports import llm_deliberation
from game.scenario import ScenarioError, load

CONFIG = """The Dyke Board, dyke, p1, greedy, none
Eel Fishers,eels,player,cooperative,none
Town "Low", town ,p2,cooperative,none"""
SCORES = {"dyke": "10, 4, 0\n0, 8\n 9", "eels": "0,6,9\n7,0\n7 ", "town": "3, 5, 4\n2, 6\n8"}
STORY = """A dyke is to be moved, and three parties talk about it.

Issue A: "How far"
A1 "Not at all": it stays.
A2: The "Dyke Board" moves it ten metres. It pays.
A3 "All the way"
 - Issue B: The sluice.
    - B1: open in spring ==> eels pass
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "dyke"
    (made / "scores_files").mkdir(parents=True)
    (made / "config.txt").write_text(CONFIG, "utf-8")
    (made / "global_instructions.txt").write_text(STORY, "utf-8")
    for name, text in SCORES.items():
        (made / "scores_files" / f"{name}.txt").write_text(text, "utf-8")
    return made


def test_a_folder_becomes_a_scenario_with_its_own_names(folder: Path) -> None:
    file = folder.parent / "dyke.toml"
    assert main(["import", "llm-deliberation", str(folder), "--to", str(file)]) == 0
    scenario = load(str(file))
    assert scenario.parties == {"CN": "The Dyke Board", "KP": "Eel Fishers", "JP": 'Town "Low"'}
    game = scenario.scorable
    assert game is not None
    assert [issue.title for issue in game.issues] == ["How far", "The sluice"]
    assert [option.title for option in game.issues[0].options] == [
        "Not at all",
        "The Dyke Board moves it ten metres",
        "All the way",
    ]
    assert [option.title for option in game.issues[1].options] == ["open in spring", "B2"]
    assert (game.least, game.vetoes, game.thresholds()) == (2, ("CN", "JP"), (9.0, 7.0, 8.0))
    assert game.worths(("A2", "B2")) == (12.0, 6.0, 11.0)


def test_the_analysis_counts_what_can_be_counted_by_hand(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Six deals: A1B1 10,7,5; A1B2 18,0,9; A2B1 4,13,7; A2B2 12,6,11; A3B1 0,16,6; A3B2 8,9,10."""
    assert main(["analyse", str(folder), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["deals"], found["passing"], found["unanimous"]) == (6, 2, 0)
    assert found["acceptable"] == {"The Dyke Board": 3, "Eel Fishers": 4, 'Town "Low"': 3}
    assert found["pareto"] == 6
    assert found["nash"] is None
    assert found["kalai_smorodinsky"] is None
    assert found["max_sum"] == {"deal": ["A2", "B2"], "values": [12, 6, 11], "sum": 29}


Spoil = Callable[[Path], object]


def put(name: str, text: str) -> Spoil:
    return lambda folder: (folder / name).write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (put("config.txt", CONFIG.replace("dyke, p1,", "dyke p1,")), "config.txt: line 1, column 4: found 4 columns"),
        (put("config.txt", CONFIG + "\n,x,player,a,b"), "config.txt: line 4, column 1: found ''"),
        (put("config.txt", ""), "config.txt: line 1, column 1: found 0 parties"),
        (put("config.txt", CONFIG + "\nEel Fishers,eels,player,a,b"), "line 4, column 1: found 'Eel Fishers'"),
        (
            put("scores_files/eels.txt", "0,6,nine\n7,0\n7"),
            "eels.txt: line 1, column 3: found 'nine'; allowed: a number",
        ),
        (put("scores_files/eels.txt", "0,6,nan\n7,0\n7"), "eels.txt: line 1, column 3: found 'nan'"),
        (put("scores_files/eels.txt", "0,6,9\n7,0,1\n7"), "eels.txt: line 2, column 3: found 3 columns; allowed: 2"),
        (put("scores_files/eels.txt", "0,6\n7,0\n7"), "eels.txt: line 1, column 3: found 2 columns; allowed: 3"),
        (put("scores_files/eels.txt", "0,6,9\n7"), "eels.txt: line 2, column 1: found 1 issues; allowed: 2"),
        (put("scores_files/eels.txt", "0,6,9\n7,0\n7,7"), "eels.txt: line 3, column 2: found 2 columns; allowed: 1"),
        (lambda folder: (folder / "scores_files" / "eels.txt").unlink(), "config.txt: line 2, column 2: found 'eels'"),
        (put("config.txt", CONFIG.splitlines()[0] + "\n" + CONFIG.splitlines()[1]), "line 3, column 1: found nothing"),
        (lambda folder: (folder / "config.txt").unlink(), "config.txt: line 1, column 1: found no such file"),
    ],
)
def test_a_mistake_names_file_line_and_column(
    folder: Path, spoil: Spoil, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder)
    with pytest.raises(ScenarioError) as error:
        llm_deliberation(folder)
    assert said in str(error.value)
    assert main(["import", "llm-deliberation", str(folder)]) == 2
    assert said in capsys.readouterr().err


def test_a_region_has_nothing_to_analyse(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyse", "cjk"]) == 2
    assert "allowed: scorable" in capsys.readouterr().err
