"""How a dump as a whole is laid out: whether somebody broke its lines at a fixed width, and where its left margin is.

A text that was wrapped greedily at W columns shows it: a line of a paragraph is as long as it can be, so that the first
word of the next line would not have fitted. Among lines nearly as long as the longest, nine of ten that have a
successor pass that test where text was wrapped, and about a quarter where lines end by themselves (browser dumps).
Some programs count an East Asian character as one column (lynx as Debian builds it), others as two: both are tried.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import pairwise

from artextract.readers.text_lines import Line
from artextract.readers.text_starts import PLAIN
from artextract.records import record
from artextract.scripts import has_wide, is_unspaced, width

MIN_WRAP, MAX_WRAP = 30, 200
MIN_WRAP_EAST = 20  # characters, where each takes two columns
MAX_WIDE_WRAP = 100  # columns, where East Asian characters take two
SHORT = 110
LOOKED_AT = 1_500  # lines at the beginning that are measured
CANDIDATES = 12
LONGEST_WORD = 24  # a longer first word (an address) says nothing about the line above it
MIN_FULL = 3  # full lines that make a wrapped text
MIN_FULL_NARROW, USUAL_WRAP = 10, 50  # … one narrower than usual, except in East Asian characters
MIN_SHARE = 0.6
SLACK = 0.75  # of the width: a line may end there before a no-break space, which a dump does not show
CLEAR_SHARE = 0.95
CLEAR_MIXED, MIN_MIXED, MIN_MIXED_WRAP = 0.85, 8, 60  # where some paragraphs were not wrapped (those with links)
BEYOND = 8  # columns by which headings of lynx are wider; a longer line was not wrapped
MIN_FLOW = 0.25  # of the full lines break off inside a sentence
LYNX_MARGIN, LYNX_WRAP, LYNX_LONGEST = 3, 74, 80  # `lynx -dump` at its 80 columns
NEARLY = 0.7  # of the width: the lines that are asked

SENTENCE_ENDS = frozenset(".!?:;。！？：；…")


@record(frozen=True, slots=True)
class Layout:
    """`wrap`: the width at which lines were broken, 0 for never; `wide`: East Asian characters counted twice."""

    wrap: int = 0
    wide: bool = False
    margin: int = 0  # the indent of most plain lines
    outdented: bool = False  # few lines stand left of the margin: headings
    short: bool = False  # no line is longer than wrapped ones are


def measure(lines: list[Line]) -> Layout:
    """The layout of a dump, from its first lines."""
    sample = lines[:LOOKED_AT]
    wide_text = any(has_wide(line.text) for line in sample[:400])
    wrap, share, wide = *_wrap(sample, False, MIN_WRAP_EAST if wide_text else MIN_WRAP), False
    if wide_text and share < CLEAR_SHARE:
        wrap_wide, share_wide = _wrap(sample, True, MIN_WRAP)
        if share_wide > share and wrap_wide <= MAX_WIDE_WRAP:
            wrap, wide = wrap_wide, True
    margin, outdented = _margin(sample)
    longest = max((line.length for line in sample), default=0)
    if not wrap and margin == LYNX_MARGIN and outdented and longest <= LYNX_LONGEST:
        wrap = LYNX_WRAP
    return Layout(wrap, wide, margin, outdented, longest <= SHORT)


def extent(line: Line, wide: bool) -> int:
    """Columns from the left edge to the line's end."""
    return line.indent + width(line.text) if wide else line.length


def first_word(text: str) -> int:
    """Characters of the first word (one in Chinese and Japanese), at most `LONGEST_WORD`."""
    word = text[:LONGEST_WORD].split(None, 1)[0]
    if word.isascii():
        return len(word)
    return next((at for at, character in enumerate(word) if is_unspaced(character)), len(word)) or 1


def is_full(line: Line, below: Line, layout: Layout) -> bool:
    """Whether the first word of `below` would not have fitted on `line`."""
    if not layout.wrap:
        return False
    size = extent(line, layout.wide)
    if not layout.wrap <= size * 2 <= 2 * (layout.wrap + BEYOND):
        return False
    if size + _need(below.text, layout.wide) > layout.wrap:
        return True
    if size < SLACK * layout.wrap or line.text[-1] in SENTENCE_ENDS:
        return False
    return below.text[0].islower() or (first_run(below.text) + size > layout.wrap)


def first_run(text: str) -> int:
    """Characters up to the first space, for East Asian text: programs that wrap prefer to break there."""
    return len(text.split(None, 1)[0]) if is_unspaced(text[0]) else 0


def _need(text: str, wide: bool) -> int:
    """Columns that the first word of `text` needs behind a space (none before an East Asian character)."""
    if is_unspaced(text[0]):
        return 2 if wide else 1
    return 1 + first_word(text)


def _pairs(lines: list[Line], wide: bool) -> list[tuple[int, int, bool]]:
    """(length, length with the first word of the next line, flow) of lines whose next line continues without a break.

    Flow: the line breaks off in the middle of a sentence, as far as punctuation and capitals tell.
    """
    pairs = []
    for line, below in pairwise(lines):
        if below.blank or below.kind != PLAIN or not MIN_WRAP_EAST <= line.end - line.start <= MAX_WRAP:
            continue
        size = extent(line, wide)
        if size <= MAX_WRAP and (size >= MIN_WRAP or width(line.text) * 2 > 3 * len(line.text)):
            flow = line.text[-1] not in SENTENCE_ENDS and not below.text[0].isupper()
            pairs.append((size, size + _need(below.text, wide), flow))
    return pairs


def _wrap(lines: list[Line], wide: bool, least: int) -> tuple[int, float]:
    """The width that the lines prove, and the share of asked lines that prove it; (0, 0.0) for none."""
    pairs = _pairs(lines, wide)
    if len(pairs) < MIN_FULL:
        return 0, 0.0
    pairs.sort()
    sizes = [pair[0] for pair in pairs]
    every = sorted(extent(line, wide) if line.length <= MAX_WRAP else MAX_WRAP + 1 for line in lines)
    best = (0, 0.0)
    for candidate in sorted(set(sizes), reverse=True)[:CANDIDATES]:
        if candidate < least:
            break
        low, high = bisect_left(sizes, int(NEARLY * candidate)), bisect_right(sizes, candidate)
        flows = [flow for _, need, flow in pairs[low:high] if need > candidate]
        share = len(flows) / (high - low)
        longer = len(every) - bisect_right(every, candidate)
        enough = MIN_FULL if candidate >= USUAL_WRAP or least < MIN_WRAP else MIN_FULL_NARROW
        proven = len(flows) >= enough and share >= MIN_SHARE and sum(flows) >= MIN_FLOW * len(flows)
        few_longer = longer * 4 <= len(flows) or (
            not best[0] and candidate >= MIN_MIXED_WRAP and share >= CLEAR_MIXED and MIN_MIXED <= len(flows) >= longer
        )
        if proven and few_longer and share > best[1] + 0.05:
            best = (candidate, share)
    return best


def _margin(lines: list[Line]) -> tuple[int, bool]:
    """The commonest indent of plain lines, and whether only few lines stand left of it."""
    indents = Counter(line.indent for line in lines if line.kind == PLAIN)
    if not indents:
        return 0, False
    margin, count = indents.most_common(1)[0]
    total = sum(indents.values())
    left = sum(n for indent, n in indents.items() if indent < margin)
    outdented = 1 <= margin <= 8 and count * 10 >= total * 4 and left * 10 <= total * 3 and total >= 8
    return (margin, outdented) if outdented else (min(margin, min(indents)), False)
