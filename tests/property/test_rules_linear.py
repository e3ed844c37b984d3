"""Patterns stay bounded on hostile lines: no loop without an end, no two ways to take the same characters."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artextract.model import Block, Document, Place, Reading, Source, Verdict
from artextract.patterns import ambiguous_loop, fold, fold_pattern, tidy
from artextract.rules import LANGUAGES, MAX_CHARS, Rule, all_rules, rules_for, suffix
from artextract.settings import DEFAULT
from artextract.stages.lexicon import judge

RULES = [r for r in all_rules() if r.where != "stage"]
EVERY = tuple((tag, 0.2) for tag in LANGUAGES)
_ENDLESS = re.compile(r"(?<!\\)(?:\\\\)*[*+](?!\+)|\{\d+,\}")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\.")


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_every_loop_ends(rule: Rule) -> None:
    for pattern in (rule.pattern, rule.spelled):
        bare = _CLASS.sub("x", pattern).replace("}+", "}")
        assert not _ENDLESS.search(bare) or pattern == rule.spelled
        assert not ambiguous_loop(pattern)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_hostile_lines_are_answered(rule: Rule) -> None:
    """Lines as long as the rule looks at, made of its own hits: a pattern with two ways to go would not come back."""
    longest = rule.max_chars
    for hit in rule.hits:
        for piece in (fold(hit), fold(hit) + " ", fold(hit)[: len(hit) // 2] + " ", fold(hit)[:1], fold(hit)[-2:]):
            line = (piece * (longest // max(1, len(piece)) + 1))[:longest]
            re.fullmatch(rule.pattern, line[:-1] + "\0")


@pytest.mark.parametrize(
    "character", ["a", " ", "1", "(", "张", "の", "©", ">", "|", "-", ".", "'", "а", "د", "가", "\u0301"]
)
def test_long_lines_are_not_looked_at(character: str) -> None:
    assert _judged([character * 50_000, f"{character} " * 25_000, f"word{character}" * 10_000]) == []
    assert _judged([f"Share on Facebook {character * MAX_CHARS}"]) == []


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=12))
def test_any_text_is_judged_within_its_bounds(lines: list[str]) -> None:
    """No text raises; verdicts name blocks and characters that exist, and rules that are known."""
    known = {r.id for r in all_rules()}
    for verdict in _judged(lines):
        text = lines[verdict.block]
        start, end = verdict.span or (0, len(text))
        assert 0 <= start < end <= len(text)
        assert verdict.rule in known


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(RULES), st.data())
def test_the_index_hides_no_match(rule: Rule, data: st.DataObject) -> None:
    """A line that a rule's pattern matches is found by its head or its needles, whatever is changed in it."""
    hit = data.draw(st.sampled_from(rule.hits))
    at = data.draw(st.integers(0, len(hit)))
    text = (
        hit[:at]
        + data.draw(st.sampled_from(["", " ", "1", "a", "|", ":", "中"]))
        + hit[at + data.draw(st.booleans()) :]
    )
    if rule.where == "block-end":
        start = suffix(fold(text)) or 0
        line, written, table = fold(text)[start:].strip(), text[start:], "ends"
    else:
        line, written, table = tidy(fold(text)), text, "lines"
    rules = rules_for(((rule.id.partition(".")[0], 1.0),), DEFAULT)
    index = getattr(rules, table)
    found = {m.id for m in index.match(line, written, index.holding(line))}
    assert (rule.id in found) == _matches(rule, line, written)


@given(st.text(max_size=60))
def test_folding_is_done_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert tidy(tidy(fold(text))) in (tidy(fold(text)), tidy(tidy(tidy(fold(text)))))


@given(st.text(alphabet="aÄ（）。：έ責\\d", max_size=20))
def test_a_folded_pattern_says_nothing_new(text: str) -> None:
    """Folding a pattern escapes what becomes a metacharacter: a literal text still matches its folded self."""
    assert re.fullmatch(fold_pattern(re.escape(text).replace("\\（", "（")), fold(text)) or "\\" in text


def _matches(rule: Rule, line: str, written: str) -> bool:
    if len(line) > rule.max_chars or not re.fullmatch(rule.pattern, line):
        return False
    return not rule.spelled or re.search(rule.spelled, written) is not None


def _judged(lines: list[str]) -> list[Verdict]:
    blocks = tuple(Block(n, "paragraph", line, Place(n + 1, n + 1)) for n, line in enumerate(lines))
    return list(judge(Document(Source("page", "text/plain", ""), Reading(blocks), languages=EVERY), DEFAULT))
