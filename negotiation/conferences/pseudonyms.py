"""pseudonym: names under which people sit who need not be known to one another."""

from __future__ import annotations

BIRDS = (
    "Avocet", "Bittern", "Bunting", "Bustard", "Cormorant", "Crane", "Cuckoo", "Curlew", "Dunlin", "Egret", "Falcon",
    "Finch", "Gannet", "Goose", "Grebe", "Grouse", "Gull", "Heron", "Hoopoe", "Ibis", "Jay", "Kestrel", "Kingfisher",
    "Lapwing", "Lark", "Magpie", "Merlin", "Oriole", "Osprey", "Owl", "Petrel", "Pipit", "Plover", "Quail", "Robin",
    "Sandpiper", "Shrike", "Siskin", "Snipe", "Sparrow", "Stork", "Swallow", "Swan", "Swift", "Teal", "Tern", "Thrush",
    "Wagtail", "Warbler", "Waxwing", "Wren",
)  # fmt: skip
"""Birds that live around the Yellow Sea and the Sea of Okhotsk; none of them is any state's emblem alone."""


def pseudonym(number: int) -> str:
    """Returns the name of participant `number` (from 1) of a conference; no two numbers share one."""
    # A step without a common divisor, so that neighbours on the roster are not neighbours in the alphabet.
    return f"{BIRDS[(number * 20) % len(BIRDS)]} {number}"
