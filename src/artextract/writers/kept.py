"""What is kept: the one place where verdicts become ranges of characters.

The text, Markdown and JSON writers render the ranges that `kept_blocks` gives, and explain calls kept what `is_kept`
calls kept, so that they cannot disagree (DESIGN, law 4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from artextract.lazy import lazy_pattern
from artextract.model import Block, Ruling
from artextract.scripts import is_unspaced
from artextract.settings import Settings

_RAW = lazy_pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Kept(NamedTuple):
    """A block of which something is kept: the ranges of its text, in order, apart and trimmed of white space.

    A block without text (an image, a separator) has the one range (0, 0).
    """

    block: Block
    ranges: tuple[tuple[int, int], ...]


def is_kept(label: str, settings: Settings) -> bool:
    """Whether a label's characters are part of the article."""
    return label == "body" or label in settings.keep


def kept_blocks(blocks: Iterable[Block], rulings: Iterable[Sequence[Ruling]], settings: Settings) -> list[Kept]:
    """The blocks that are kept wholly or in part; `rulings` are those of the blocks."""
    found: list[Kept] = []
    for block, ranges in zip(blocks, rulings, strict=True):
        if len(ranges) == 1:
            verdict = ranges[0].verdict
            if verdict is None or is_kept(verdict.label, settings):
                found.append(Kept(block, ((0, len(block.text)),)))
        elif kept := _kept_ranges(block.text, ranges, settings):
            found.append(Kept(block, kept))
    return found


def _kept_ranges(text: str, rulings: Sequence[Ruling], settings: Settings) -> tuple[tuple[int, int], ...]:
    """Neighbouring kept ranges joined, then trimmed; without those that hold white space only."""
    joined: list[tuple[int, int]] = []
    for ruling in rulings:
        if not is_kept(ruling.label, settings):
            continue
        if joined and joined[-1][1] == ruling.start:
            joined[-1] = (joined[-1][0], ruling.end)
        else:
            joined.append((ruling.start, ruling.end))
    trimmed = (_trim(text, start, end) for start, end in joined)
    return tuple((start, end) for start, end in trimmed if start < end)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def glue(text: str, end: int, start: int) -> str:
    """What stands between two kept ranges, `text[:end]` and `text[start:]`, when the characters between are left out.

    >>> glue("one [advert] two", 3, 13), glue("甲（乙）丙", 1, 4), glue("one[advert]two", 3, 11)
    (' ', '', ' ')
    """
    gap = text[end:start]
    if "\n" in gap:
        return "\n"
    if gap[:1].isspace() or gap[-1:].isspace():
        return " "
    return "" if is_unspaced(text[end - 1]) or is_unspaced(text[start]) else " "


def join_ranges(text: str, ranges: Sequence[tuple[int, int]], parts: Sequence[str]) -> str:
    """`parts`, the renderings of `ranges`, joined as the gaps between the ranges ask for."""
    joined = parts[0]
    for (_, end), (start, _), part in zip(ranges, ranges[1:], parts[1:], strict=False):
        joined += glue(text, end, start) + part
    return joined


def clean(text: str) -> str:
    """`text` without what no output may hold: control characters go, lone surrogates become U+FFFD.

    Control characters that are white space and the separators U+2028 and U+2029 become spaces, so that one line of
    output is one line to every program. Line feeds and tabs stay.

    >>> clean("a\\x1b[1m b\\x85c\\ud800")
    'a[1m b c\\ufffd'
    """
    if text.isprintable() or text.replace("\n", "").replace("\t", "").isprintable():  # quicker than the search
        return text
    return _RAW.sub(_replacement, text) if _RAW.search(text) else text


def _replacement(match: re.Match[str]) -> str:
    character = match[0]
    if character.isspace():
        return " "
    return "\ufffd" if character >= "\ud800" else ""
