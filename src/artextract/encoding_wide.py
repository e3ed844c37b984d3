"""UTF-16 and UTF-32: recognised without a byte order mark, and read on after a byte too many or too few.

In text of any language every line end, blank and digit has a zero byte in UTF-16, and the other bytes of the small
scripts' blocks (3, 4, 5, 6, 14) are control characters too. So there are controls where 8-bit text has none; which way
round the bytes stand is decided by which reading looks like text.
"""

from __future__ import annotations

from artextract.encoding_decoders import REPLACEMENT, decode_as
from artextract.encoding_plausibility import is_common

_SAMPLE = 1_024  # bytes looked at in each of three places
_CONTROLS = bytes(b for b in range(0x20) if b not in b"\t\n\r\x0c\x1b")


def wide_encoding(data: bytes) -> str | None:
    """The UTF-16 or UTF-32 that bytes without a mark are in, or None."""
    if b"\0" not in data:
        return None
    samples = _samples(data)
    size = sum(map(len, samples))
    controls = size - sum(len(sample.translate(None, _CONTROLS)) for sample in samples)
    if controls * 50 < size:
        return None
    zeros = sum(sample.count(0) for sample in samples)
    names = ("utf-32le", "utf-32be") if zeros * 5 > size * 3 else ("utf-16le", "utf-16be")
    best = max(names, key=lambda name: _common_share(samples, name))
    return best if _common_share(samples, best) > 0.8 else None


def _samples(data: bytes) -> list[bytes]:
    """Up to three stretches that begin at whole characters."""
    if len(data) <= 3 * _SAMPLE:
        return [data]
    middle = len(data) // 2 // 4 * 4
    last = (len(data) - _SAMPLE) // 4 * 4
    return [data[:_SAMPLE], data[middle : middle + _SAMPLE], data[last : last + _SAMPLE]]


def _common_share(samples: list[bytes], name: str) -> float:
    text = "".join(decode_as(sample, name)[0] for sample in samples)
    return sum(map(is_common, text)) / max(len(text), 1)


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
    """The offset (even from `at`) of a byte that puts what follows out of step, or None.

    Only where the end of the input is out of step too: everything else stays as it is.
    """
    if (len(data) - at) % 2 == 0 and not _out_of_step(data[at:][-_BLOCK // 2 :], name):
        return None
    for start in range(at, len(data), _BLOCK):
        if _out_of_step(data[start : start + _BLOCK], name):
            return _shift_within(data, max(start - _BLOCK, at), start + _BLOCK, name)
    return None


def _out_of_step(block: bytes, name: str) -> bool:
    """Whether a block makes much more sense one byte later (or its second half does)."""
    half = len(block) // 4 * 2
    return any(
        len(part) > 8 and _common_share([part[1:]], name) > max(0.75, _common_share([part], name) + 0.3)
        for part in (block, block[half:])
    )


def _shift_within(data: bytes, start: int, end: int, name: str) -> int:
    """The even offset between `start` and `end` where going over to odd offsets makes the most of the text common."""
    before = [is_common(char) for char in _units(data[start:end], name)]
    after = [is_common(char) for char in _units(data[start + 1 : end + 1], name)]
    right = sum(after)
    best, found, left = -1, 0, 0
    for index in range(len(before)):
        if left + right > best:
            best, found = left + right, index
        left += before[index]
        right -= after[index] if index < len(after) else 0
    return start + 2 * found


def _units(data: bytes, name: str) -> list[str]:
    """The 16-bit units as characters, surrogates as U+FFFD."""
    order = "little" if name == "utf-16le" else "big"
    codes = (int.from_bytes(data[i : i + 2], order) for i in range(0, len(data) - 1, 2))  # type: ignore[arg-type]
    return [REPLACEMENT if 0xD800 <= code < 0xE000 else chr(code) for code in codes]
