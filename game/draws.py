"""u01: every chance of a game as a number that anybody can recompute from the seed.

A draw has a name instead of a place in a stream, so that one seat's act never moves another's luck.
"""

from __future__ import annotations

from hashlib import sha256


def u01(*keys: object) -> float:
    """Return the draw named by `keys`, 0 or more and below 1.

    It is the first 8 bytes, big-endian, of SHA-256 of the keys joined by ``|``, over 2^64:
    ``u01(42, 2, "det", "CN")`` is .061546 (rules.md section 6).
    """
    return int.from_bytes(sha256("|".join(map(str, keys)).encode()).digest()[:8], "big") / 2**64
