"""MANDATE_CODES: the names of the tests in `mandates`, apart so that scenario files can be checked."""

from __future__ import annotations

MANDATE_CODES: tuple[str, ...] = (
    "no_new_shield", "quiet_strait", "patron",
    "tested_deterrent", "bread", "face_to_face",
    "normal_country", "abductees", "quiet_sea",
    "balance", "inter_korean_deal", "shield",
    "eastern_partner", "thaw", "less_encirclement",
    "denuclearise_first", "keep_ready", "honest_broker",
    "calm_sea", "no_shield_no_ties", "korean_trust",
    "own_programme", "no_patrols", "chinese_market",
    "trade_pact", "trusted_by_both", "honest_host",
    "fed", "northern_trust", "own_exercises", "eastern_trust", "korean_market",
)  # fmt: skip
