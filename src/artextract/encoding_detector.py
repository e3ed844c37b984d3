"""Which legacy encoding bytes are in, from the bytes alone, and whether a label that somebody gave can be true.

Only windows around what is not ASCII are looked at, so that a large file costs no more than a small one and a damaged
place is outvoted by the rest. Each candidate reads the windows; what its reading costs (`encoding_plausibility`) is
weighed against how rare the encoding is on the web.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from artextract.encoding_decoders import decode_as
from artextract.encoding_plausibility import likeness

RARITY: dict[str, float] = {
    "windows-1252": 0.0,
    "gb18030": 1.0,
    "windows-1251": 1.0,
    "windows-1250": 1.0,
    "shift_jis": 1.5,
    "euc-jp": 1.5,
    "euc-kr": 1.5,
    "big5": 1.5,
    "windows-1254": 1.5,
    "windows-1253": 1.5,
    "windows-1255": 1.5,
    "windows-1256": 1.5,
    "windows-1257": 2.0,
    "windows-874": 2.0,
    "iso-8859-2": 1.5,
    "iso-8859-7": 2.0,
    "koi8-r": 2.0,
    "koi8-u": 2.5,
    "windows-1258": 2.5,
    "iso-8859-15": 1.0,
    "iso-8859-5": 3.0,
    "iso-8859-6": 3.0,
    "iso-8859-8": 3.0,
    "iso-8859-13": 3.0,
    "ibm866": 3.0,
    "macintosh": 3.0,
    "x-mac-cyrillic": 4.0,
}
"""What is detected -> how much evidence it needs ahead of windows-1252 (nats): the rarer on the web, the more."""

_RUN = re.compile(rb"[\x80-\xff]")
_WINDOW = 1_500  # bytes
_WINDOWS = 6


def foreign_windows(data: bytes) -> list[bytes]:
    """Up to `_WINDOWS` stretches that hold bytes above 0x7F, spread over the whole input and cut at lines or tags."""
    first = _RUN.search(data)
    if first is None:
        return []
    end = len(data.rstrip(bytes(range(0x80))))
    span = end - first.start()
    windows: list[bytes] = []
    at = first.start()
    for number in range(_WINDOWS):
        found = _RUN.search(data, max(first.start() + span * number // _WINDOWS, at), end)
        if found is None:
            break
        start, stop = _window(data, max(found.start(), at), at)
        windows.append(data[start:stop])
        at = stop
    return windows


def _window(data: bytes, at: int, floor: int) -> tuple[int, int]:
    """From a line or tag end shortly before `at` (not before `floor`) to one about `_WINDOW` bytes later."""
    reach = max(at - 300, floor)
    start = max((data.rfind(edge, reach, at) for edge in (b"\n", b">", b" ")), default=-1)
    start = start + 1 if start >= 0 else at
    stop = min(start + _WINDOW, len(data))
    cut = max(data.rfind(edge, at, stop) for edge in (b"\n", b"<", b" "))
    return start, cut if cut > at and stop < len(data) else stop


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding and what reading the windows in it costs, its rarity included."""

    encoding: str
    cost: float
    mean: float


def guesses(windows: list[bytes], encodings: dict[str, float] = RARITY) -> list[Guess]:
    """The encodings by what they cost, cheapest first."""
    found = [_guess(windows, encoding, rarity) for encoding, rarity in encodings.items()]
    return sorted(found, key=lambda guess: guess.cost)


def _guess(windows: list[bytes], encoding: str, rarity: float) -> Guess:
    found = likeness("\n".join(decode_as(window, encoding)[0] for window in windows))
    return Guess(encoding, found.cost + rarity, found.mean)


def detect(data: bytes) -> str | None:
    """The encoding that the bytes speak for; None when nothing fits."""
    ranked = guesses(foreign_windows(data))
    return ranked[0].encoding


def believable(data: bytes, label: str) -> bool:
    """Whether a label can be true: no other encoding reads the bytes so much better that the label must be wrong."""
    windows = foreign_windows(data)
    if not windows:
        return True
    claimed = _guess(windows, label, 0.0)
    if claimed.mean < 0.1:
        return True
    best = guesses(windows)[0]
    return best.encoding == label or claimed.cost < best.cost + 4.0 or claimed.mean < best.mean + 0.1
