"""Models of others by themselves, at their limits and out of their bounds; their published figures are in test_validation."""

from __future__ import annotations

import pytest

from game.arms import richardson
from game.scoring import critical_discount


def test_figures_of_different_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="one and the same for all"):
        richardson((1, 2), ((0,),), (1,), (1,), 0.5)


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
