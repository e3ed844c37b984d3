"""The metadata of 120 pages and dumps in fourteen languages against what they state: each field has a floor."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from metadata_pages import FIELDS, Score, pages, scores

FLOOR = 0.95
_scores = cache(scores)


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_is_right(field: str) -> None:
    score: Score = _scores()[field]
    assert score.f1 >= FLOOR, "\n".join([f"{field}: F1 {score.f1:.3f}", *score.misses])


def test_the_pages_are_many_and_of_every_language() -> None:
    found = list(pages())
    languages = [stated["language"] for _, _, stated in found]
    assert len(found) >= 120
    assert {language: languages.count(language) for language in set(languages) if languages.count(language) < 5} == {}
    assert len(set(languages)) == 14
    assert sum(path.suffix == ".txt" for _, path, _ in found) >= 40


def test_the_pages_state_times_offsets_and_original_titles() -> None:
    dates = [stated["date"] for _, _, stated in pages() if stated.get("date")]
    assert sum("T" in date for date in dates) >= 60
    assert sum(date.endswith("Z") or "+" in date or date[-6:-5] == "-" for date in dates) >= 15
    assert sum(bool(stated.get("original_title")) for _, _, stated in pages()) >= 2
