"""UTF-16 and UTF-32: recognised without a byte order mark, and read on after a byte too many or too few.

In text of any language every line end, blank and digit has a zero byte in UTF-16, and the other bytes of the small
scripts' blocks (3, 4, 5, 6, 14) are control characters too. So there are controls where 8-bit text has none; which way
round the bytes stand is decided by which reading looks like text.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from itertools import accumulate

from artextract.encoding_decoders import REPLACEMENT, decode_as
from artextract.encoding_plausibility import commonness, is_broken

_SAMPLE = 1_024  # bytes looked at in each of three places
_CONTROLS = bytes(b for b in range(0x20) if b not in b"\t\n\r\x0c\x1b")


def wide_encoding(data: bytes) -> str | None:
    """The UTF-16 or UTF-32 that bytes without a mark are in, or None."""
    if b"\0" not in data:
        return None
    samples = _samples(data)
    size = sum(map(len, samples))
    if not size:
        return None
    controls = size - sum(len(sample.translate(None, _CONTROLS)) for sample in samples)
    if controls * 50 < size:
        return None
    zeros = sum(sample.count(0) for sample in samples)
    names = ("utf-32le", "utf-32be") if zeros * 5 > size * 3 else ("utf-16le", "utf-16be")
    shares = [[_common_share(sample, name) for name in names] for sample in samples]
    likely = sum(map(max, shares)) / len(samples)
    if likely < 0.5 or (likely < 0.75 and max(shares[0]) < 0.85):
        return None
    return names[0] if shares[0][0] >= shares[0][1] else names[1]  # a byte too many turns the order round from there on


def _samples(data: bytes) -> list[bytes]:
    """Three stretches that begin at whole characters (if none was lost)."""
    third = len(data) // 3 // 4 * 4
    last = max(len(data) - _SAMPLE, 2 * third) // 4 * 4
    found = (data[start : start + min(_SAMPLE, third or len(data))] for start in (0, third, last))
    return [sample for sample in found if len(sample) > 1]


def _common_share(sample: bytes, name: str) -> float:
    text = decode_as(sample, name)[0]
    return sum(map(commonness, text)) / max(len(text), 1)


def is_noise(text: str) -> bool:
    """Whether what was read behind a byte order mark is no text: too many unassigned characters and half pairs."""
    middle = len(text) // 2
    sample = text if len(text) <= 3 * _SAMPLE else text[:_SAMPLE] + text[middle : middle + _SAMPLE] + text[-_SAMPLE:]
    return sum(map(is_broken, sample)) * 20 > len(sample) + 20


def decode_wide(data: bytes, name: str) -> tuple[str, int]:
    """The text and the U+FFFD in it, aligned again where a byte was lost or slipped in (UTF-16 only)."""
    if not name.startswith("utf-16"):
        return decode_as(data, name)
    parts: list[str] = []
    replaced = 0
    for piece, odd in _aligned(data, name):
        text, bad = decode_as(piece, name)
        parts.append(text + REPLACEMENT * odd)
        replaced += bad + odd
    return "".join(parts), replaced


_BLOCK = 2_048  # bytes judged at once when looking for a shift
_SHIFTS = 16  # shifts that are mended; a file with more is no text that slipped


def _aligned(data: bytes, name: str) -> list[tuple[bytes, bool]]:
    """Stretches in which characters begin at even offsets, each with whether a stray byte follows it."""
    pieces: list[tuple[bytes, bool]] = []
    at = 0
    while len(pieces) < _SHIFTS and (shift := _next_shift(data, at, name)) is not None:
        pieces.append((data[at:shift], True))
        at = shift + 1
    return [*pieces, (data[at:], False)]


def _next_shift(data: bytes, at: int, name: str) -> int | None:
    """The offset (even from `at`) of a byte that puts all that follows out of step, or None.

    The end of the input tells whether there is one, bisection where it is: before it blocks are in step, after it not.
    """
    blocks = range(at, len(data), _BLOCK)
    if not blocks or not _slips(data, blocks[max(len(blocks) - 2, 0)], len(data), name):
        return None
    first = bisect_left(blocks, True, key=lambda start: _slips(data, start, start + _BLOCK, name))
    start = blocks[max(min(first, len(blocks) - 1) - 1, 0)]
    return _best_shift(data, start, start + 2 * _BLOCK, name)[0]


def _slips(data: bytes, start: int, end: int, name: str) -> bool:
    """Whether a stretch makes much more sense when it is read one byte later from some place on."""
    return _best_shift(data, start, end, name)[1] >= 6


def _best_shift(data: bytes, start: int, end: int, name: str) -> tuple[int, float]:
    """The even offset where going over to odd offsets gains the most common characters, and how many it gains."""
    before = [commonness(char) for char in _units(data[start:end], name)]
    after = [commonness(char) for char in _units(data[start + 1 : end + 1], name)]
    after += [0.0] * (len(before) - len(after))
    gains = list(accumulate((a - b for a, b in zip(reversed(after), reversed(before), strict=False)), initial=0))
    most = max(gains)
    return start + 2 * (len(gains) - 1 - gains.index(most)), most


def _units(data: bytes, name: str) -> list[str]:
    """The 16-bit units as characters, surrogates as U+FFFD."""
    units = array("H", data[: len(data) // 2 * 2])
    if (name == "utf-16le") != (sys.byteorder == "little"):
        units.byteswap()
    return [REPLACEMENT if 0xD800 <= unit < 0xE000 else chr(unit) for unit in units]
