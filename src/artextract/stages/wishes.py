"""What the user asked for by hand: lines and elements to drop or to keep, whatever the other stages said of them.

Each wish is a rule with an id, so that explain and the report name it. Patterns come from the user, lines from
anybody: `line_patterns` refuses what could take for ever, and only the first 500 characters of a line are looked at.
Selectors of elements are resolved by the HTML reader (`readers.html_selected`), the one place that knows the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from artextract.errors import SettingsError
from artextract.model import Block, Document, Verdict
from artextract.patterns import ambiguous_loop
from artextract.settings import Settings

LONGEST_LINE = 500
"""Characters of a line that are looked at."""

OPEN_REPEATS = 3
"""Repeats without an end (`.*`, `\\w+`) that a pattern may have: each one more multiplies the time by the length."""

_OPEN = re.compile(r"(?<!\\)(?:\\\\)*(?:[*+]|\{\d*,\})")


def judge(document: Document, settings: Settings) -> Iterator[Verdict]:
    """Verdicts of the wishes; to keep counts more than to drop, a line more than its element."""
    reading = document.reading
    yield from _elements(document.blocks, reading.dropped_elements, "other", "wish.drop-element")
    yield from _elements(document.blocks, reading.kept_elements, "body", "wish.keep-element")
    yield from _lines(document.blocks, line_patterns(settings.drop_lines, "--drop-line"), "other", "wish.drop-line")
    yield from _lines(document.blocks, line_patterns(settings.keep_lines, "--keep-line"), "body", "wish.keep-line")


def _elements(blocks: Sequence[Block], numbers: frozenset[int], label: str, rule: str) -> Iterator[Verdict]:
    """Blocks in one of the elements. Each element is looked up once, however many blocks are in it."""
    if not numbers:
        return
    inside: dict[int, bool] = {}
    for block in blocks:
        trail = []
        found = False
        for element in block.element.ancestors() if block.element is not None else ():
            if element.number in inside:
                found = inside[element.number]
                break
            trail.append(element.number)
            if element.number in numbers:
                found = True
                break
        inside.update(dict.fromkeys(trail, found))
        if found and block.origin == "page":
            yield Verdict(block.index, label, rule, certain=True)


def _lines(blocks: Sequence[Block], patterns: Sequence[re.Pattern[str]], label: str, rule: str) -> Iterator[Verdict]:
    if not patterns:
        return
    for block in blocks:
        if block.origin != "page" or not block.text:
            continue
        spans = [(start, end) for start, end in _line_spans(block.text) if _hit(patterns, block.text[start:end])]
        if spans == [(0, len(block.text))]:
            yield Verdict(block.index, label, rule, certain=True)
        else:
            yield from (Verdict(block.index, label, rule, span=span, certain=True) for span in spans)


def _line_spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _hit(patterns: Sequence[re.Pattern[str]], line: str) -> bool:
    return any(pattern.search(line, 0, LONGEST_LINE) is not None for pattern in patterns)


@lru_cache(maxsize=64)
def line_patterns(patterns: tuple[str, ...], option: str) -> tuple[re.Pattern[str], ...]:
    """The patterns compiled. Raises SettingsError for one that is not valid or could take for ever."""
    return tuple(_compiled(pattern, option) for pattern in patterns)


def _compiled(pattern: str, option: str) -> re.Pattern[str]:
    try:
        found = re.compile(pattern)
        endless = ambiguous_loop(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise SettingsError(f"{option} {pattern!r}: no valid pattern ({error}); mend it") from None
    if endless:
        raise SettingsError(f"{option} {pattern!r}: repeats a part that repeats, such as (a+)+; it could take for ever")
    if len(_OPEN.findall(pattern)) > OPEN_REPEATS:
        raise SettingsError(f"{option} {pattern!r}: more than {OPEN_REPEATS} of * and +; give bounds such as .{{0,40}}")
    if found.search("") is not None:
        raise SettingsError(f"{option} {pattern!r}: matches an empty line; say what the line must hold")
    return found
