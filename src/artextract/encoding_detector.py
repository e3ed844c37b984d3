"""Which legacy encoding bytes are in, from the bytes alone, and whether a label that somebody gave can be true.

Only windows around what is not ASCII are looked at, so that a large file costs no more than a small one and a damaged
place is outvoted by the rest. Each candidate reads the windows; what its reading costs (`encoding_plausibility`) is
weighed against how rare the encoding is on the web.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from artextract.encoding_decoders import MULTIBYTE, REPLACEMENT, decode_as, python_codec, single_byte_table
from artextract.encoding_plausibility import class_cost, likeness

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
    "iso-8859-7": 1.5,
    "koi8-r": 1.0,
    "koi8-u": 1.5,
    "windows-1258": 1.5,
    "iso-8859-5": 2.0,
    "iso-8859-6": 2.0,
    "iso-8859-8": 2.0,
    "iso-8859-13": 2.0,
    "ibm866": 2.0,
    "macintosh": 1.5,
    "x-mac-cyrillic": 1.5,
}
"""What is detected -> how much evidence it needs ahead of windows-1252 (nats): the rarer on the web, the more."""

_FOREIGN = re.compile(rb"[\x80-\xff]")
_WORD = re.compile(rb"[0-9@-~]?[\x80-\xff](?:[0-9@-~]?[\x80-\xff])*[0-9@-~]?")
"""Bytes above 0x7F with single ASCII bytes between (second halves in Big5, GBK, Shift_JIS) and one on either side."""

_PLACES = 8  # places over the input where words are gathered
_GATHERED = 500  # bytes of words gathered at each
_REACH = 32_768  # bytes looked at from each place on
_LONGEST = 200  # bytes of one word


def foreign_words(data: bytes) -> bytes:
    """Words that hold bytes above 0x7F from up to `_PLACES` places over the whole input, joined by blanks."""
    first = _FOREIGN.search(data)
    if first is None:
        return b""
    start = first.start()
    span = len(data.rstrip(bytes(range(0x80)))) - start
    gathered: list[bytes] = []
    done = max(start - _LONGEST, 0)
    for place in range(_PLACES):
        found = _FOREIGN.search(data, max(done, start + span * place // _PLACES))
        if found is None:
            break
        done = _gather(data, _word_start(data, found.start(), done), gathered)
    return b" ".join(gathered).replace(b"\xef\xbb\xbf", b" ")


def _word_start(data: bytes, at: int, floor: int) -> int:
    """A place near `at` where a character surely begins: after the last blank, tag or line end within reach."""
    reach = max(at - _LONGEST, floor)
    cut = max(data.rfind(edge, reach, at) for edge in (b"\n", b">", b" "))
    return cut + 1 if cut >= 0 else max(at - 1, floor)


def _gather(data: bytes, at: int, gathered: list[bytes]) -> int:
    """Add words from `at` on until there are enough; the offset after the last one."""
    size, end = 0, at + _REACH
    while size < _GATHERED and (found := _WORD.search(data, at, end)) is not None:
        word = found.group()[:_LONGEST]
        gathered.append(word)
        size += len(word)
        at = found.start() + len(word)
    return at


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding and what reading the words in it costs, its rarity included; the mean is per foreign character."""

    encoding: str
    cost: float
    mean: float


def _read(words: bytes, encoding: str) -> str:
    return words.decode(python_codec(encoding), "replace") if encoding in MULTIBYTE else decode_as(words, encoding)[0]


def guess(words: bytes, encoding: str) -> Guess:
    """What it costs to read the words in an encoding."""
    found = likeness(_read(words, encoding))
    return Guess(encoding, found.cost + RARITY.get(encoding, 4.0), found.mean)


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


def best_guess(words: bytes) -> Guess:
    """The encoding that reads the words at the least cost."""
    histogram = list(Counter(words).items())
    bounds = sorted((_least_cost(words, encoding, histogram), encoding) for encoding in RARITY)
    best = guess(words, bounds[0][1])
    for bound, encoding in bounds[1:]:
        if bound >= best.cost:
            break
        best = min(best, guess(words, encoding), key=lambda found: found.cost)
    return best


def detect(data: bytes) -> str | None:
    """The encoding that the bytes speak for."""
    return best_guess(foreign_words(data)).encoding


def believable(data: bytes, label: str) -> bool:
    """Whether a label can be true: no other encoding reads the bytes so much better that the label must be wrong."""
    words = foreign_words(data)
    if not words:
        return True
    claimed = guess(words, label)
    cost = claimed.cost - RARITY.get(label, 4.0)
    if claimed.mean < 0.1 and cost < 3.0:
        return True
    best = best_guess(words)
    return best.encoding == label or cost < best.cost + 3.0 or claimed.mean < best.mean + 0.02
