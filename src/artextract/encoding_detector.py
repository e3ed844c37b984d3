"""Which legacy encoding bytes are in, from the bytes alone: windows around what is not ASCII, put to the vote."""

from __future__ import annotations

import re
from collections import defaultdict

_CANDIDATES = {
    "big5hkscs": "big5",
    "cp932": "shift_jis",
    "cp949": "euc-kr",
    "euc_jis_2004": "euc-jp",
    "gb18030": "gb18030",
    "cp874": "windows-874",
    "cp1250": "windows-1250",
    "cp1251": "windows-1251",
    "cp1252": "windows-1252",
    "cp1253": "windows-1253",
    "cp1254": "windows-1254",
    "cp1255": "windows-1255",
    "cp1256": "windows-1256",
    "cp1257": "windows-1257",
    "cp1258": "windows-1258",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "iso8859-2": "iso-8859-2",
    "iso8859-5": "iso-8859-5",
    "iso8859-6": "iso-8859-6",
    "iso8859-7": "iso-8859-7",
    "iso8859-8": "iso-8859-8",
    "iso8859-13": "iso-8859-13",
    "iso8859-15": "iso-8859-15",
    "mac-cyrillic": "x-mac-cyrillic",
    "mac-roman": "macintosh",
    "cp866": "ibm866",
}
"""chardet's names of the encodings that the web has -> the standard's. EBCDIC and DOS pages are left out."""

_RUN = re.compile(rb"[^\x00-\x7f]")
_WINDOW = 2_000  # bytes given to chardet at once
_WINDOWS = 5
_FOREIGN = 16_384  # foreign text gathered at most, with what stands around it


def foreign_windows(data: bytes) -> list[bytes]:
    """Up to `_WINDOWS` stretches of lines that hold bytes above 0x7F, spread over the whole input."""
    first = _RUN.search(data)
    if first is None:
        return []
    last = _last_foreign(data)
    span = last + 1 - first.start()
    if span <= _WINDOW:
        return [_window(data, first.start())]
    windows: list[bytes] = []
    at = 0
    for number in range(_WINDOWS):
        found = _RUN.search(data, max(first.start() + span * number // _WINDOWS, at))
        if found is None:
            break
        window = _window(data, found.start())
        at = found.start() + len(window)
        windows.append(window)
    return windows


def _last_foreign(data: bytes) -> int:
    """The offset of the last byte above 0x7F: found by stripping ASCII off the end."""
    return len(data.rstrip(bytes(range(0x80)))) - 1


def _window(data: bytes, at: int) -> bytes:
    """About `_WINDOW` bytes from the start of the line or tag before `at` (within reach) to a line or tag end."""
    start = max(at - 200, 0)
    cut = max(data.rfind(edge, start, at) for edge in (b"\n", b">"))
    start = cut + 1 if cut >= 0 else at
    end = min(start + _WINDOW, len(data))
    cut = max(data.rfind(edge, at, end) for edge in (b"\n", b"<", b" "))
    return data[start : cut if cut > at and end < len(data) else end]


def detect(data: bytes) -> str | None:
    """The encoding that most windows speak for, weighted by chardet's confidence; None when nothing fits."""
    from chardet import detect_all

    votes: dict[str, float] = defaultdict(float)
    for window in foreign_windows(data):
        for guess in detect_all(window, ignore_threshold=True, compat_names=False, include_encodings=list(_CANDIDATES)):
            name = _CANDIDATES.get(guess["encoding"] or "")
            if name is not None:
                votes[name] += guess["confidence"]
    return max(votes, key=lambda name: votes[name]) if votes else None
