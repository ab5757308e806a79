"""seal, digest: proof, without a secret told too early, that an order was not changed afterwards.

At once the seat gets its digest, at resolution everybody gets all digests, and after the game everybody
gets orders and nonces, so anyone can check them with any SHA-256 tool.
"""

from __future__ import annotations

import hashlib

import msgspec

from game.records import Order, Seat


def seal(seed: str, round_: int, seat: Seat, version: int, order: Order) -> tuple[str, str]:
    """Return the nonce and the digest of an order, both in hexadecimal.

    The nonce comes from the room's secret seed: without one, a reader could find a short order by
    trying all of them.
    """
    nonce = hashlib.sha256(f"{seed}|nonce|{round_}|{seat}|{version}".encode()).hexdigest()[:32]
    return nonce, digest(nonce, order)


def digest(nonce: str, order: Order) -> str:
    """Return SHA-256 of the nonce, a newline and the order's JSON."""
    return hashlib.sha256(f"{nonce}\n".encode() + msgspec.json.encode(order)).hexdigest()
