"""Laws of the stage of repeated bodies: nothing that is there once is lost, and what is there twice stays once."""

from __future__ import annotations

import itertools
import random

import pytest

pytest.importorskip("hypothesis")

from hypothesis import given, settings
from hypothesis import strategies as st

from artextract.model import Block, Document, Place, Reading, Source, Verdict
from artextract.settings import DEFAULT
from artextract.stages import repeats
from artextract.stages.repeats_match import chains
from artextract.stages.repeats_stream import Ranges, letters, stream_of

LATIN = "bcdfghklmnprstvw"
VOWELS = "aeiou"
HAN = "山水人口手目日月木火土金石田力工上下中大小天地門車馬魚鳥風雨雪花草米竹絲羊耳舌足身言貝走赤青黑白"


def sentence(seed: int, wide: bool) -> str:
    """A sentence of 70 to 160 letters, or 28 to 64 wide characters, different for each seed."""
    rng = random.Random(seed)
    if wide:
        clauses = ["".join(rng.choices(HAN, k=rng.randint(7, 16))) for _ in range(4)]
        return ",".join(clauses) + "。"
    words = ["".join(rng.choice(LATIN) + rng.choice(VOWELS) for _ in range(rng.randint(1, 5))) for _ in range(24)]
    return " ".join(words).capitalize() + "."


def document(lines: list[str], dropped: set[int] = frozenset()) -> Document:  # type: ignore[assignment]
    blocks = tuple(Block(i, "paragraph", line, Place(i + 1, i + 1)) for i, line in enumerate(lines))
    verdicts = tuple(Verdict(i, "navigation", "structure.test") for i in sorted(dropped))
    return Document(Source("test", "text/plain", "\n".join(lines)), Reading(blocks), verdicts)


def judged(doc: Document) -> Document:
    return doc.judged(repeats.judge(doc, DEFAULT))


def kept_letters(doc: Document) -> str:
    return "".join(
        letters(block.text[r.start : r.end])
        for block, rulings in zip(doc.blocks, doc.rulings(), strict=True)
        for r in rulings
        if r.label == "body"
    )


seeds = st.integers(0, 10**6)
articles = st.builds(
    lambda base, n, wide: [sentence(base * 100 + i, wide) for i in range(n)], seeds, st.integers(3, 12), st.booleans()
)
pools = st.builds(
    lambda base, picks, wide: [sentence(base * 100 + i, wide) for i in picks],
    seeds,
    st.lists(st.integers(0, 7), max_size=40),
    st.booleans(),
)


@settings(deadline=None)
@given(pools, st.sets(st.integers(0, 39), max_size=10))
def test_no_sentence_is_lost(lines: list[str], dropped: set[int]) -> None:
    before = document(lines, {i for i in dropped if i < len(lines)})
    after = kept_letters(judged(before))
    was_kept = kept_letters(before)
    for line in set(lines):
        if letters(line) in was_kept:
            assert letters(line) in after


@settings(deadline=None)
@given(pools)
def test_no_sentence_of_joined_lines_is_lost(lines: list[str]) -> None:
    joined = [" ".join(lines[i : i + 3]) for i in range(0, len(lines), 3)]
    after = kept_letters(judged(document(joined)))
    assert all(letters(line) in after for line in set(lines))


@settings(deadline=None)
@given(articles, st.integers(1, 4), st.booleans())
def test_a_second_copy_in_other_lines_goes(article: list[str], per_line: int, first: bool) -> None:
    copy = [" ".join(article[i : i + per_line]) for i in range(0, len(article), per_line)]
    lines = [*copy, "Menu", *article] if first else [*article, "Menu", *copy]
    after = kept_letters(judged(document(lines, {lines.index("Menu")})))
    assert after == letters(" ".join(article))


@settings(deadline=None)
@given(articles, st.integers(2, 12))
def test_a_copy_that_breaks_off_goes(article: list[str], sentences: int) -> None:
    lines = [*article, "Menu", *article[:sentences]]
    after = kept_letters(judged(document(lines, {len(article)})))
    assert after == letters(" ".join(article)) or sentences * 2.5 <= len(article)


@settings(deadline=None)
@given(articles)
def test_an_article_that_is_there_once_is_left_alone(article: list[str]) -> None:
    assert not list(repeats.judge(document(article), DEFAULT))


@settings(deadline=None)
@given(st.lists(st.text(max_size=60), max_size=30))
def test_verdicts_are_well_formed_and_stable(texts: list[str]) -> None:
    doc = document([*texts, *texts, "".join(texts)])
    found = list(repeats.judge(doc, DEFAULT))
    assert found == list(repeats.judge(doc, DEFAULT))
    for verdict in found:
        assert verdict.label == "duplicate"
        assert verdict.copy_of is not None
        assert verdict.copy_of != verdict.block or verdict.span is not None
        start, end = verdict.span or (0, 1)
        assert 0 <= start < end <= max(1, len(doc.blocks[verdict.block].text))


@settings(deadline=None)
@given(st.text(alphabet="ab ", max_size=300), st.integers(1, 3))
def test_matches_are_true(text: str, times: int) -> None:
    stream = stream_of(document([text] * times).blocks)
    for chain in chains(stream.text, stream.anchors):
        for match in chain:
            assert match.first_end <= match.second
            assert stream.text[match.first : match.first_end] == stream.text[match.second : match.second_end]
        for a, b in itertools.pairwise(chain):
            assert a.first_end <= b.first
            assert a.second_end <= b.second


ranges = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda r: (min(r), max(r))), max_size=8)


@settings(deadline=None)
@given(ranges, st.integers(0, 40), st.integers(0, 40))
def test_ranges_are_sets(parts: list[tuple[int, int]], start: int, end: int) -> None:
    members = {i for x, y in parts for i in range(x, y)}
    found = Ranges(parts)
    assert found.size == len(members)
    assert found.count(start, end) == len([i for i in members if start <= i < end])
    assert {i for x, y in found.gaps(start, end) for i in range(x, y)} == set(range(start, end)) - members
