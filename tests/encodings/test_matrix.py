"""A fixed sample of the made cases; `tools/encoding_matrix.py` runs all of them."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from matrix import CODECS, cases, passes, sample

SAMPLE = 700


def test_at_least_99_in_100_made_inputs_decode_exactly() -> None:
    failed = [case.name for case in sample(SAMPLE) if not passes(case)]
    assert len(failed) * 100 <= SAMPLE, failed


def test_nothing_is_lost_where_bytes_are_sound_and_the_label_is_right_or_missing() -> None:
    sound = [case for case in cases() if case.damage == "none" and case.declared != "wrong"]
    failed = [case.name for case in sound[::12] if not passes(case)]
    assert failed == []


def test_every_language_we_claim_has_a_text_of_its_own() -> None:
    claimed = {"en", "zh-Hans", "zh-Hant", "ja", "ko", "de", "fr", "es", "pt", "it", "ru", "pl", "el", "ar"}
    assert claimed <= {language for languages in CODECS.values() for language in languages}
    assert len(CODECS) >= 25
