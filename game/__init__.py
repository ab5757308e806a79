"""The rules of the talks: a pure kernel without I/O, clock or global randomness.

Owns every rule, formula and secret of a game. Must not know Django, sockets, the time of day or
chance: the instant `now`, the `seed` and all ids are arguments.
"""
