"""Which legacy encoding bytes are in, from the bytes alone, and whether a label that somebody gave can be true.

Only windows around what is not ASCII are looked at, so that a large file costs no more than a small one and a damaged
place is outvoted by the rest. Each candidate reads the windows; what its reading costs (`encoding_plausibility`) is
weighed against how rare the encoding is on the web.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from functools import cached_property

from artextract.encoding_decoders import MULTIBYTE, REPLACEMENT, decode_as, python_codec, single_byte_table
from artextract.encoding_plausibility import Classes, class_cost, likeness
from artextract.lazy import lazy_pattern
from artextract.records import record

RARITY: dict[str, float] = {
    "windows-1252": 0.0,
    "gb18030": 1.0,
    "windows-1251": 0.5,
    "windows-1250": 0.5,
    "shift_jis": 1.0,
    "euc-jp": 1.0,
    "euc-kr": 1.0,
    "big5": 1.0,
    "windows-1254": 0.8,
    "windows-1253": 0.8,
    "windows-1255": 0.8,
    "windows-1256": 0.8,
    "windows-1257": 1.0,
    "windows-874": 1.0,
    "iso-8859-2": 1.0,
    "iso-8859-15": 0.3,
    "iso-8859-7": 1.0,
    "koi8-r": 1.0,
    "koi8-u": 1.5,
    "windows-1258": 1.5,
    "iso-8859-5": 2.0,
    "iso-8859-6": 2.0,
    "iso-8859-8": 2.0,
    "iso-8859-13": 2.0,
    "ibm866": 2.0,
    "macintosh": 1.5,
    "x-mac-cyrillic": 3.0,
}
"""What is detected -> how much evidence it needs ahead of windows-1252 (nats): the rarer on the web, the more."""

_FOREIGN = lazy_pattern(rb"[\x80-\xff]")
_WORD = lazy_pattern(rb"[0-9@-~]?[\x80-\xff](?:[0-9@-~]?[\x80-\xff])*[0-9@-~]?")
"""Bytes above 0x7F with single ASCII bytes between (second halves in Big5, GBK, Shift_JIS) and one on either side."""


def first_foreign(data: bytes) -> int:
    """The offset of the first byte above 0x7F, or the length: twenty times as fast as the pattern over plain text."""
    try:
        data.decode("ascii")
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def foreign_part(data: bytes) -> bytes:
    """The input from shortly before its first byte above 0x7F to shortly after its last."""
    start = max(first_foreign(data) - _FAR, 0)
    end = len(data.rstrip(bytes(range(0x80)))) + _FAR
    return data[start:end] if start or end < len(data) else data


_PLACES = 8  # places over the input where words are gathered
_GATHERED = 400  # bytes of words gathered at each
_REACH = 32_768  # bytes looked at from each place on
_LONGEST = 400  # bytes of one word
_FAR = 4_000  # bytes behind a place in which the edge of a word is looked for


def foreign_words(data: bytes) -> bytes:
    """Words that hold bytes above 0x7F from up to `_PLACES` places over the whole input, joined by blanks."""
    first = _FOREIGN.search(data)
    if first is None:
        return b""
    start = first.start()
    span = len(data.rstrip(bytes(range(0x80)))) - start
    gathered: list[bytes] = []
    done = _gather(data, max(start - 1, 0), gathered)
    for place in range(1, _PLACES):
        found = _FOREIGN.search(data, max(done, start + span * place // _PLACES))
        if found is None:
            break
        at = _word_start(data, found.start(), done)
        if at is not None:
            done = _gather(data, at, gathered)
    return b" ".join(gathered).replace(b"\xef\xbb\xbf", b" ")


def _word_start(data: bytes, at: int, floor: int) -> int | None:
    """A place near `at` where a character surely begins: after a blank, tag or line end shortly before, else behind."""
    edges = (b"\n", b">", b" ")
    before = max(data.rfind(edge, max(at - _LONGEST, floor), at) for edge in edges)
    if before >= 0:
        return before + 1
    after = [found for edge in edges if (found := data.find(edge, at, at + _FAR)) >= 0]
    return min(after) + 1 if after else None


def _gather(data: bytes, at: int, gathered: list[bytes]) -> int:
    """Add words from `at` on until there are enough; the offset after the last one.

    Of a long word only the beginning is taken, and what follows is passed over: where it was cut is not known to be the
    edge of a character.
    """
    size, end = 0, at + _REACH
    while size < _GATHERED and (found := _WORD.search(data, at, end)) is not None:
        word = found.group()[:_LONGEST]
        gathered.append(word)
        size += len(word)
        at = found.end()
    return at


_TOO_FEW = 3  # foreign characters that say nothing
_NO_TEXT = 0.6  # mean cost of a reading that is no text


@record(frozen=True, slots=True)
class Guess:
    """An encoding, what reading the words in it costs (its rarity included), over how many foreign characters."""

    encoding: str
    cost: float
    mean: float
    chars: int


def _read(words: bytes, encoding: str) -> str:
    return words.decode(python_codec(encoding), "replace") if encoding in MULTIBYTE else decode_as(words, encoding)[0]


def guess(words: bytes, encoding: str, classes: Classes | None = None) -> Guess:
    """What it costs to read the words in an encoding."""
    found = likeness(_read(words, encoding), classes)
    return Guess(encoding, found.cost + RARITY.get(encoding, 4.0), found.mean, found.chars)


_BYTE_COSTS: dict[str, tuple[float, ...]] = {
    encoding: tuple(map(class_cost, single_byte_table(encoding))) for encoding in RARITY if encoding not in MULTIBYTE
}
"""For each single-byte encoding the least that each byte costs."""


def _least_cost(words: bytes, encoding: str, histogram: list[tuple[int, int]]) -> float:
    """A quick lower bound of `guess(words, encoding).cost`."""
    if encoding in MULTIBYTE:
        return RARITY[encoding] + class_cost(REPLACEMENT) * _read(words, encoding).count(REPLACEMENT)
    costs = _BYTE_COSTS[encoding]
    return RARITY[encoding] + sum(costs[byte] * count for byte, count in histogram)


def best_guess(words: bytes, classes: Classes | None = None) -> Guess:
    """The encoding that reads the words at the least cost."""
    histogram = list(Counter(words).items())
    bounds = sorted((_least_cost(words, encoding, histogram), encoding) for encoding in RARITY)
    best = guess(words, bounds[0][1], classes)
    for bound, encoding in bounds[1:]:
        if bound >= best.cost:
            break
        if encoding in MULTIBYTE or not _surely_multibyte(best):
            best = min(best, guess(words, encoding, classes), key=lambda found: found.cost)
    return best


def _surely_multibyte(best: Guess) -> bool:
    """Whether a reading is so good that no single-byte encoding needs to be tried: chance does not make ideographs."""
    return best.encoding in MULTIBYTE and best.mean < 0.25 and best.chars > 30


_SIBLINGS: dict[str, tuple[str, ...]] = {
    "windows-1252": ("iso-8859-15", "windows-1257"),
    "iso-8859-15": ("windows-1252",),
    "windows-1250": ("iso-8859-2",),
    "iso-8859-2": ("windows-1250",),
    "windows-1253": ("iso-8859-7",),
    "iso-8859-7": ("windows-1253",),
    "windows-1257": ("iso-8859-13",),
    "iso-8859-13": ("windows-1257",),
    "windows-1255": ("iso-8859-8",),
    "iso-8859-8": ("windows-1255",),
    "koi8-r": ("koi8-u",),
    "koi8-u": ("koi8-r",),
}
"""Encodings that differ in a few characters only: the whole input is searched for those."""


def telling_words(data: bytes, one: str, other: str) -> bytes:
    """Some of the words in which two single-byte encodings differ, joined by blanks; b"" if there are none."""
    pairs = zip(single_byte_table(one), single_byte_table(other), strict=True)
    differing = re.compile(b"[" + b"".join(b"\\x%02x" % byte for byte, (a, b) in enumerate(pairs) if a != b) + b"]")
    found = itertools.islice(differing.finditer(data), _TELLING)
    return b" ".join(_around(data, match.start()) for match in found)


def _around(data: bytes, at: int) -> bytes:
    """The part of a word around an offset, three bytes either way."""
    before = re.split(rb"[\x00-?]", data[max(at - 3, 0) : at])[-1]
    after = re.split(rb"[\x00-?]", data[at : at + 4])[0]
    return before + after


_TELLING = 60  # words that are enough to tell siblings apart
_VALID_SEQUENCE = 3.0  # what a valid sequence of UTF-8 says for UTF-8: legacy text makes them by chance only


class Evidence:
    """What the bytes of one input say of their encoding; worked out when it is first asked for."""

    def __init__(self, data: bytes) -> None:
        self.data = foreign_part(data)
        self._classes = Classes()

    @cached_property
    def words(self) -> bytes:
        """The words that are looked at."""
        return foreign_words(self.data)

    @cached_property
    def best(self) -> Guess:
        """The encoding that reads them at the least cost."""
        best = best_guess(self.words, self._classes)
        for sibling in _SIBLINGS.get(best.encoding, ()):
            telling = telling_words(self.data, best.encoding, sibling)
            if telling and guess(telling, sibling).cost < guess(telling, best.encoding).cost:
                return guess(self.words, sibling, self._classes)
        return best

    def believable(self, label: str, bonus: float = 0.0) -> bool:
        """Whether a label can be true: no other encoding reads the words so much better that it must be wrong.

        `bonus` is what else speaks for it, in nats.
        """
        if not self.words:
            return True
        claimed = guess(self.words, label, self._classes)
        cost = claimed.cost - RARITY.get(label, 4.0) - bonus
        if label == "utf-8":
            cost -= _VALID_SEQUENCE * (claimed.chars - self.words.decode("utf-8", "replace").count(REPLACEMENT))
        if claimed.mean < 0.1 and cost < 3.0:
            return True
        return self.best.encoding == label or cost < self.best.cost + max(3.0, 0.04 * cost)

    @property
    def certain(self) -> bool:
        """Whether the best reading looks like text, and windows-1252 is more than a guess."""
        enough = self.best.chars > _TOO_FEW or self.best.encoding != "windows-1252"
        return enough and self.best.mean < _NO_TEXT
