"""What has lived through a full collection is spared, and looked at again when it is time."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from negotiation import garbage


class Knot:
    """Something that only a collection can free."""

    def __init__(self) -> None:
        self.self = self


@pytest.fixture
def sparing() -> Iterator[None]:
    garbage.spare()
    yield
    gc.callbacks.remove(garbage._spare_survivors)
    gc.unfreeze()


def test_survivors_are_spared_until_looked_at_again(sparing: None) -> None:
    knot = Knot()
    dead = weakref.ref(knot)
    gc.collect()
    assert gc.get_freeze_count() > 1000
    del knot
    gc.collect()
    assert dead() is not None, "it was not looked at, so it could not go"
    garbage.look_again()
    gc.collect()
    assert dead() is None


def test_what_is_younger_goes_as_ever(sparing: None) -> None:
    gc.collect()
    dead = weakref.ref(Knot())
    gc.collect()
    assert dead() is None


def test_it_is_done_once(sparing: None) -> None:
    garbage.spare()
    assert gc.callbacks.count(garbage._spare_survivors) == 1
