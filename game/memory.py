"""Memory: sections made before, taken again while all that they read of the play is the same object.

Plays share what did not change, so an event costs the sections that depend on it and no others. What a section depends on
is not written down anywhere: it is watched while the section is made.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from types import FunctionType, MethodType
from typing import Any, TypeVar, cast

from game.play import Play

T = TypeVar("T")

FIELDS = frozenset(Play.__struct_fields__)


class Memory:
    """The newest of each section of one game. `observation` alone says which of them a viewer gets."""

    def __init__(self) -> None:
        self._play: Play | None = None
        self._made: dict[Hashable, tuple[frozenset[str], Any]] = {}

    def section(self, key: Hashable, make: Callable[[Play], T], play: Play) -> T:
        """Return `make(play)`: the very object made before if nothing that it read has changed since."""
        if play is not self._play:
            self._turn_to(play)
        found = self._made.get(key)
        if found is not None:
            return cast(T, found[1])
        watched = Watched(play)
        made = make(cast(Play, watched))
        self._made[key] = (frozenset(watched.read), made)
        return made

    def _turn_to(self, play: Play) -> None:
        """Forgets what does not hold for that play."""
        before, self._play = self._play, play
        if before is not None:
            changed = {name for name in FIELDS if getattr(before, name) is not getattr(play, name)}
            self._made = {key: made for key, made in self._made.items() if made[0].isdisjoint(changed)}


class Watched:
    """Stands for a play, and keeps the name of every field that is read of it."""

    def __init__(self, play: Play) -> None:
        self.play = play
        self.read: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        if name in FIELDS:
            self.read.add(name)
            return getattr(self.play, name)
        # What a property or a method of the play reads, it reads through us.
        member = getattr(Play, name)
        if isinstance(member, property) and member.fget is not None:
            return member.fget(self)
        if isinstance(member, FunctionType):
            return MethodType(member, self)
        raise AttributeError(name)
