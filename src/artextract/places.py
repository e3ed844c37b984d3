"""Exact places: which characters of the decoded input a block's text was read from.

The readers give lines; offsets are found only when somebody asks (`--blocks`, the report). The visible characters of
the input, in order, are held against the visible characters of the blocks, in order: since every character of the input
is in exactly one block (DESIGN, law 1), a block's text nearly always begins where the one before ended, but for the
markers between. A block whose characters do not stand together in the input (a note in the middle of its sentence, line
numbers between its lines) has no exact place.

Time is linear: windows are bounded by what was passed over, and far searches by a budget.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from artextract.invisible import without_invisible
from artextract.model import Block, Place, Source
from artextract.readers.html_characters import Characters, characters_of_markup, characters_of_text

_SLACK = 200  # visible characters that may be passed over without a reason
_FAR = 24  # visible characters of a text that is worth a search in all that follows
_SEARCHES = 64  # times the input's length that all far searches may read together


class Places:
    """Where the texts of a document's blocks stand in its decoded input."""

    def __init__(self, source: Source, blocks: Sequence[Block]) -> None:
        markup = "html" in source.media_type
        self._blocks = blocks
        self._text = source.text
        self._characters = characters_of_markup(source.text) if markup else characters_of_text(source.text)
        self._firsts = _align(self._characters, blocks, bounded=not markup)
        self._line_ends = list(accumulate(len(line) + 1 for line in source.text.split("\n")))
        self._markup = markup
        self._counted = (-1, 0, 0)  # a block, an offset in its text, and how many visible characters stand before

    def of(self, index: int, start: int = 0, end: int | None = None) -> Place | None:
        """The exact place of `blocks[index].text[start:end]`, or None.

        With tags taken out, references decoded and white space and invisible characters left out, the input from
        `start` to `end` of the place *is* the text.
        """
        block, first = self._blocks[index], self._firsts[index]
        size = len(_visible(block.text[start:end]))
        if first is None or not size:
            return None
        at = first + self._before(index, start)
        gaps = self._characters.gaps
        if bisect_right(gaps, at) < bisect_left(gaps, at + size):
            return None  # a script in the middle
        return self._place(block, at, size)

    def _before(self, index: int, offset: int) -> int:
        """Visible characters before an offset; counted on from the last one asked for."""
        block, at, count = self._counted
        if block != index or at > offset:
            at = count = 0
        count += len(_visible(self._blocks[index].text[at:offset]))
        self._counted = (index, offset, count)
        return count

    def between(self, first: Place, last: Place, text: str) -> Place:
        """The place from one to another; exact if nothing but `text` stands in it."""
        low = bisect_left(self._characters.starts, first.start)
        high = bisect_left(self._characters.starts, last.end)
        gaps = self._characters.gaps
        apart = bisect_right(gaps, low) < bisect_left(gaps, high)
        exact = not apart and self._characters.text[low:high] == _visible(text)
        return Place(first.first_line, last.last_line, first.start, last.end, exact)

    def _place(self, block: Block, at: int, size: int) -> Place:
        start, end = self._characters.starts[at], self._characters.end(at + size - 1)
        if not self._markup and (start, end) == (block.place.start, block.place.end):
            return block.place
        lines = self._line_ends
        return Place(bisect_right(lines, start) + 1, bisect_right(lines, end - 1) + 1, start, end, True)


def _visible(text: str) -> str:
    return without_invisible("".join(text.split())) if text else ""


def _align(characters: Characters, blocks: Sequence[Block], bounded: bool) -> list[int | None]:
    """For each block the index of its first visible character, or None.

    `bounded`: the places of the blocks are exact already (a text dump), and nothing is looked for outside of them.
    """
    found: list[int | None] = []
    text, starts = characters.text, characters.starts
    at = pending = 0  # the next character, and how many of blocks that were not found may come first
    budget = _SEARCHES * len(text) + 1
    for block in blocks:
        wanted = _visible(block.text)
        marker = len(_visible(block.marker))
        if block.origin != "page" or not wanted:
            found.append(None)
            pending += marker if block.origin == "page" else 0
            continue
        low = max(at, bisect_left(starts, block.place.start)) if block.place.start else at
        if bounded:
            first = text.find(wanted, low, bisect_left(starts, block.place.end))
        else:
            first = _near(text, wanted, low, pending if low == at else 0, marker)
            if first < 0 and len(wanted) >= _FAR and budget > 0:
                first = text.find(wanted, low)
                budget -= (first if first >= 0 else len(text)) - low
        if first < 0:
            found.append(None)
            pending += len(wanted) + marker
        else:
            found.append(first)
            at, pending = first + len(wanted), marker
    return found


def _near(text: str, wanted: str, at: int, pending: int, marker: int) -> int:
    """Where the text begins: best where it must if all before is accounted for, else soon behind."""
    for expected in (at, at + pending, at + pending + marker, at + marker):
        if text.startswith(wanted, expected):
            return expected
    return text.find(wanted, at, at + pending + marker + len(wanted) + _SLACK)
