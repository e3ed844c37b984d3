"""A document's text folded to letters and digits, and the way back from a place in it to a block and its characters."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, compress, groupby, pairwise

from artextract.lazy import lazy_pattern
from artextract.model import Block
from artextract.records import record
from artextract.stages.repeats_match import WIDE

Range = tuple[int, int]
"""Half-open: first position and the one behind the last."""

_WORD = lazy_pattern(r"[^\W_]+")
_WIDE_RUN = lazy_pattern(f"[{WIDE}-\U0010ffff]+")
_FULL_WIDTH = lazy_pattern("[\uff10-\uff19\uff41-\uff5a]")
_HALF_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF41, 0xFF5B))}

_ANCHOR_LENGTHS = (6, 3, 1)  # letters of the words at which keys begin; the first that gives enough of them
_CLAUSE_LENGTH = 3  # the same for a run of wide characters
_INDIC, _EXTENDED_LATIN = "\u0900", "\u1e00"
_ANCHOR_SPACING = 60  # enough = one in so many characters
_WIDE_WEIGHT = 2.5  # what a wide character says, in letters


def folded(text: str) -> str:
    """Lower case, full-width letters and digits made half-width; the length stays the same.

    >>> folded("ＡＢ１ Straße İ")
    'ab1 straße İ'
    """
    low = text.lower()
    if len(low) != len(text):  # "İ" has a lower case of two characters
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.translate(_HALF_WIDTH) if not low.isascii() and _FULL_WIDTH.search(low) else low


def letters(text: str) -> str:
    """The letters and digits of `text`, folded, without all else.

    >>> letters("“Ｄon’t”，said 长治。")
    'dontsaid长治'
    """
    return "".join(_WORD.findall(folded(text)))


def offsets(text: str) -> list[int]:
    """For each letter of `text`, in the order of `letters(text)`, its offset.

    >>> offsets("a, bc")
    [0, 3, 4]
    """
    return [i for run in _WORD.finditer(folded(text)) for i in range(run.start(), run.end())]


def repeated_size(text: str) -> tuple[int, int]:
    """A quick look at what repeats in `text`: how many letters, and after how many the first of it begins.

    It counts successive groups of long words (of clauses, where no spaces are written) that occur twice, if together
    they are a sentence; case and the punctuation at words have to agree. (0, 0) where nothing repeats.
    """
    words = text.split()
    if len(words) * 9 < len(text):
        long = [w for w in _WORD.findall(text) if len(w) > _CLAUSE_LENGTH]
        size, start = _repeated(list(pairwise(long)), 20)
        return int(size * _WIDE_WEIGHT), int(start * _WIDE_WEIGHT)
    long = [w for w in words if len(w) > 3]
    return _repeated(list(zip(long, long[1:], long[2:], long[3:], strict=False)), 45)


def _repeated(groups: list[tuple[str, ...]], least: int) -> tuple[int, int]:
    """Characters of runs of successive groups that occur twice and hold `least` or more; those before the first run."""
    if len(set(groups)) == len(groups):
        return 0, 0
    seen: set[tuple[str, ...]] = set()
    twice: set[tuple[str, ...]] = set()
    for group in groups:
        (twice if group in seen else seen).add(group)
    size = position = 0
    first = -1
    for again, run in groupby(groups, twice.__contains__):
        members = list(run)
        length = sum([len(group[0]) for group in members])
        whole = length + sum(map(len, members[-1][1:]))
        if again and whole >= least:
            size += whole
            first = position if first < 0 else first
        position += length
    return size, max(first, 0)


@record(frozen=True, slots=True)
class Stream:
    """`text` are the folded letters of `blocks`, one after the other; the letters of `blocks[i]` begin at `starts[i]`.

    `starts` has one more entry, the end. `anchors` are the positions at which long words begin: they depend on the
    words alone, so two copies have them at the same places whatever their line breaks are. `weight` is what a
    character of this document says, in letters: 1 where all are narrow, 2.5 where all are wide.
    """

    text: str
    blocks: tuple[Block, ...]
    starts: Sequence[int]
    anchors: Sequence[int]
    weight: float

    def at(self, position: int) -> int:
        """Which of `blocks` holds the letter at `position`."""
        return bisect_right(self.starts, position) - 1

    def range_of(self, i: int) -> Range:
        return self.starts[i], self.starts[i + 1]

    def around(self, start: int, end: int) -> range:
        """The blocks that hold letters of [start, end)."""
        return range(self.at(start), self.at(end - 1) + 1)

    def positions(self, i: int, span: Range) -> Range:
        """Where the letters of the characters `span` of `blocks[i]` are."""
        text = self.blocks[i].text
        start = self.starts[i] + len(letters(text[: span[0]]))
        return start, start + len(letters(text[span[0] : span[1]]))


def stream_of(blocks: Sequence[Block]) -> Stream:
    """Fold and join the texts of `blocks`."""
    runs = [_WORD.findall(folded(b.text)) for b in blocks]
    parts = ["".join(r) for r in runs]
    starts = array("l", accumulate(map(len, parts), initial=0))
    text = "".join(parts)
    wide = 0 if text.isascii() else sum(map(len, _WIDE_RUN.findall(text)))
    weight = 1 + (_WIDE_WEIGHT - 1) * wide / max(1, len(text))
    return Stream(text, tuple(blocks), starts, _anchors(runs, text), weight)


def _anchors(runs: list[list[str]], text: str) -> Sequence[int]:
    """Where keys begin: at words of some length, the shorter the fewer long ones there are."""
    words = list(chain.from_iterable(runs))
    lengths = list(map(len, words))
    starts = list(accumulate(lengths, initial=0))
    latin = text.isascii() or max(text, default="") < _INDIC
    found: list[int] = []
    for least in _ANCHOR_LENGTHS:
        long: Iterable[bool] = map(least.__le__, lengths)
        if not latin:
            long = (is_long or (w[0] >= _INDIC and _is_anchor(w)) for w, is_long in zip(words, long, strict=True))
        found = list(compress(starts, long))
        if len(found) * _ANCHOR_SPACING >= len(text):
            break
    return array("l", found)


def _is_anchor(run: str) -> bool:
    """Whether a key begins at a short run: a clause of wide characters, some of the parts of an Indic word.

    The scripts of India and South-East Asia write vowels as marks, which are no letters: their words are many runs.
    """
    first = run[0]
    return len(run) >= _CLAUSE_LENGTH if first >= WIDE else first < _EXTENDED_LATIN and ord(first) % 4 == 0


class Ranges:
    """A set of positions, as sorted ranges, that counts how many of them lie in a given range."""

    def __init__(self, ranges: Iterable[Range]) -> None:
        self.ranges: list[Range] = _merged(ranges)
        self._starts = [start for start, _ in self.ranges]
        self._before = list(accumulate((end - start for start, end in self.ranges), initial=0))

    @property
    def size(self) -> int:
        return self._before[-1]

    def count(self, start: int, end: int) -> int:
        """How many positions of [start, end) belong to the set."""
        return self._up_to(end) - self._up_to(start) if end > start else 0

    def gaps(self, start: int, end: int) -> Iterator[Range]:
        """The parts of [start, end) that do not belong to the set."""
        i = max(0, bisect_right(self._starts, start) - 1)
        while i < len(self.ranges) and self.ranges[i][0] < end:
            first, last = self.ranges[i]
            if max(first, start) < last:
                if first > start:
                    yield start, first
                start = last
            i += 1
        if start < end:
            yield start, end

    def _up_to(self, position: int) -> int:
        i = bisect_right(self._starts, position) - 1
        return 0 if i < 0 else self._before[i] + min(position, self.ranges[i][1]) - self.ranges[i][0]


def _merged(ranges: Iterable[Range]) -> list[Range]:
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged
