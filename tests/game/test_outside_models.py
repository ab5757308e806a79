"""Models of others by themselves: Richardson's arms race, Snidal's relative gains; figures worked out outside of this program."""

from __future__ import annotations

import pytest

from game.arms import growth, richardson
from game.scoring import critical_discount

K = ((0, 0.30, 0.10), (0.25, 0, 0.15), (0.05, 0.20, 0))
FATIGUE, GRIEVANCE = (0.6, 0.5, 0.4), (1, 2, 0.5)
EQUILIBRIUM = (7.991968, 10.200803, 7.349398)


def after(steps: int) -> tuple[float, ...]:
    x: tuple[float, ...] = (5, 1, 3)
    for _ in range(steps):
        x = richardson(x, K, FATIGUE, GRIEVANCE, 0.5)
    return x


@pytest.mark.parametrize(
    ("steps", "expected"),
    [(1, (4.3, 2.6, 2.875)), (2, (4.04375, 3.703125, 2.9175)), (10, (5.389196, 7.163008, 4.548291)), (200, EQUILIBRIUM)],
)  # fmt: skip
def test_three_states_arm_as_richardson_has_it(steps: int, expected: tuple[float, ...]) -> None:
    assert after(steps) == pytest.approx(expected, abs=3e-6)


def test_a_system_that_settles_shrinks_and_one_that_races_grows() -> None:
    assert growth(K, FATIGUE) == pytest.approx(-0.142655, abs=1e-6)
    assert growth(((0, 0.5), (0.4, 0)), (0.6, 0.6)) == pytest.approx(-0.152786, abs=1e-6)
    assert growth(((0, 0.7), (0.6, 0)), (0.6, 0.6)) == pytest.approx(0.048074, abs=1e-6)


def test_two_states_that_race_are_where_the_source_has_them() -> None:
    x: tuple[float, ...] = (1, 1)
    for _ in range(20):
        x = richardson(x, ((0, 0.7), (0.6, 0)), (0.6, 0.6), (1, 1), 0.5)
    assert x == pytest.approx((14.796423, 13.758264), abs=3e-6)


def test_figures_of_different_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="one and the same for all"):
        richardson((1, 2), ((0,),), (1,), (1,), 0.5)


SNIDAL = {
    2: ((0.5, 0.692308, 0.777778, 0.857143), (0.692308, 0.777778, 0.857143)),
    3: ((0.5, 0.652174, 0.733333, 0.818182), (0.600000, 0.647059, 0.692308)),
    6: ((0.5, 0.622642, 0.696970, 0.782609), (0.540984, 0.560976, 0.580645)),
    100: ((0.5, 0.601208, 0.668342, 0.751880), (0.502103, 0.503153, 0.504202)),
}


@pytest.mark.parametrize("n", SNIDAL)
def test_relative_gains_hinder_cooperation_the_less_the_more_states_there_are(n: int) -> None:
    everybody, one = SNIDAL[n]
    assert [critical_discount(n, k) for k in (0, 0.5, 1, 2)] == pytest.approx(everybody, abs=1e-6)
    assert [critical_discount(n, k, scope="dyad") for k in (0.5, 1, 2)] == pytest.approx(one, abs=1e-6)


def test_the_premium_of_many_vanishes_toward_one_and_stays_toward_all() -> None:
    assert critical_discount(10**9, 1, scope="dyad") == pytest.approx(0.5, abs=1e-6)
    assert critical_discount(10**9, 1) == pytest.approx((2 + 2) / (4 + 2), abs=1e-6)


@pytest.mark.parametrize(("delta", "pays"), [(-1e-9, True), (1e-9, False)])
def test_deviating_pays_just_below_the_critical_weight(delta: float, pays: bool) -> None:
    n, k, (temptation, reward, punishment, sucker) = 6, 0.5, (5, 3, 1, 0)
    weight = critical_discount(n, k) + delta
    # To deviate once brings T from each; of the others each has R from all but one and S from that one. Then all have P.
    once = temptation + k * (temptation - ((n - 2) * reward + sucker) / (n - 1))
    assert ((1 - weight) * once + weight * punishment > reward) is pays


def test_what_is_no_dilemma_is_refused() -> None:
    with pytest.raises(ValueError, match="T > R > P > S"):
        critical_discount(6, 0.5, payoffs=(3, 5, 1, 0))
