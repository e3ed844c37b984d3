"""Decoders as browsers have them, on top of Python's codecs; none of them ever raises.

Python's tables follow the vendors' registrations, browsers the WHATWG Encoding Standard. The differences matter on real
pages: windows-125x leaves no byte undefined, gb18030 knows 0x80 as the euro sign, EUC-JP and ISO-2022-JP hold the
circled numbers and unit signs of NEC's row 13, Big5 holds ETEN's box drawing and the Hong Kong characters.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator

from artextract.lazy import lazy_pattern
from artextract.records import record

REPLACEMENT = "\ufffd"

_PYTHON_CODEC = {
    "utf-8": "utf_8",
    "utf-16le": "utf_16_le",
    "utf-16be": "utf_16_be",
    "utf-32le": "utf_32_le",
    "utf-32be": "utf_32_be",
    "ibm866": "cp866",
    "iso-8859-8-i": "iso8859_8",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "euc-jp": "euc_jp",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
}

MULTIBYTE: tuple[str, ...] = ("gb18030", "big5", "euc-jp", "shift_jis", "euc-kr")
"""The encodings with characters of one, two or more bytes that embed ASCII."""

WIDE: frozenset[str] = frozenset({"utf-16le", "utf-16be", "utf-32le", "utf-32be"})
"""The encodings in which ASCII is not one byte."""


def python_codec(name: str) -> str:
    """The codec of Python's that is nearest to an encoding of the standard."""
    if name in _PYTHON_CODEC:
        return _PYTHON_CODEC[name]
    if name.startswith("windows-"):
        return "cp" + name.removeprefix("windows-")
    return name.replace("iso-8859-", "iso8859_").replace("-", "_")


def decode_as(data: bytes, name: str) -> tuple[str, int]:
    """The text of bytes in an encoding, and how many U+FFFD stand for bytes that it does not know.

    `name` is a name (not a label) of `encoding_labels` or `utf-32le`, `utf-32be`. Linear in the input.

    >>> decode_as(b"caf\\xe9 \\x80", "windows-1252")
    ('café €', 0)
    >>> decode_as("①㎡".encode("cp932"), "shift_jis")
    ('①㎡', 0)
    """
    if name == "iso-2022-jp":
        text = "".join(_iso2022jp(data))
        return text, text.count(REPLACEMENT)
    if name in _REPAIRS:
        return _decode_multibyte(data, name)
    codec = python_codec(name)
    if name.startswith("utf-"):
        text = data.decode(codec, "replace")
        return text, text.count(REPLACEMENT) - (_genuine(data, codec) if REPLACEMENT in text else 0)
    table = single_byte_table(name)
    text = "\ufeff".join(codecs.charmap_decode(part, "replace", table)[0] for part in data.split(_MARK))
    return text, text.count(REPLACEMENT)


def _genuine(data: bytes, codec: str) -> int:
    """How many U+FFFD the bytes themselves spell: those that are there when undecodable bytes are left out."""
    return data.decode(codec, "ignore").count(REPLACEMENT)


def single_byte_table(name: str) -> str:
    """The 256 characters of a single-byte encoding; U+FFFD where it has none.

    windows-125x, windows-874 and macintosh map the bytes that the vendor leaves open in 0x80-0x9F to the C1 controls,
    as the standard does; koi8-u has the Belarusian letter at 0xAE and 0xBE.
    """
    table = list(bytes(range(256)).decode(python_codec(name), "replace"))
    if name.startswith("windows-"):
        for byte in range(0x80, 0xA0):
            if table[byte] == REPLACEMENT:
                table[byte] = chr(byte)
    if name == "koi8-u":
        table[0xAE], table[0xBE] = "\u045e", "\u040e"
    if name == "windows-1255":
        table[0xCA] = "\u05ba"
    return "".join(table)


# --- Multi-byte encodings -------------------------------------------------------------------------------------------

_PIECE = 1 << 12  # bytes decoded at once; a failing piece is the most that is ever decoded twice
_LONGEST_PIECE = 1 << 16
_MENDED = 100  # errors looked at in one piece; a piece with more is no damaged text but something else
_REALIGNED = 1 << 16  # bytes of damaged runs that are read again, in one input
_SAFE_BREAK = lazy_pattern(rb"[\n\r <>]")
"""Bytes that are never the second half of a character in any of the multi-byte encodings."""
_MARK = b"\xef\xbb\xbf"
_STRAY = lazy_pattern(rb"\xef\xbb\xbf")
_STRAY_IN_SJIS = lazy_pattern(rb"\xef\xbb\xbf|[\xfd-\xff]")
"""A byte order mark inside; bytes that are no part of any character, though Python's cp932 lets them pass."""


def _pieces(data: bytes) -> Iterator[bytes]:
    """The input in pieces of about `_PIECE` bytes that end at a byte which is never half a character."""
    start, size = 0, len(data)
    while start < size:
        end = start + _PIECE
        if end < size:
            found = _SAFE_BREAK.search(data, end, end + _LONGEST_PIECE)
            end = found.end() if found else min(end + _LONGEST_PIECE, size)
        yield data[start:end]
        start = end


def _decode_multibyte(data: bytes, name: str) -> tuple[str, int]:
    codec = python_codec(name)
    stray = _STRAY_IN_SJIS if name == "shift_jis" else _STRAY
    if stray.search(data) is None:
        try:
            return data.decode(codec), 0
        except UnicodeDecodeError:
            pass
    damaged = _Damaged(codec, _REPAIRS[name], stray)
    text = "".join(damaged.decode(piece) for piece in _pieces(data))
    return text, text.count(REPLACEMENT)


Repair = Callable[[bytes], str]
"""Up to four bytes that Python's codec does not know -> the character browsers see there, or ""."""


@record(slots=True)
class _Damaged:
    """Decodes pieces of one input that hold errors; `budget` is what may still be read again, in bytes."""

    codec: str
    repair: Repair
    stray: re.Pattern[bytes]
    budget: int = _REALIGNED

    def decode(self, piece: bytes) -> str:
        """A piece, one error at a time; from its hundredth error on as Python does it."""
        parts: list[str] = []
        at = 0
        while at < len(piece):
            stray = self.stray.search(piece, at)
            bad = stray.start() if stray else len(piece)
            try:
                text = piece[at:bad].decode(self.codec)
                if stray is None:
                    return "".join((*parts, text))
            except UnicodeDecodeError as error:
                bad = at + error.start
            if len(parts) > 2 * _MENDED:
                return "".join((*parts, piece[at:].decode(self.codec, "replace")))
            text, at = self._around(piece, at, bad)
            parts.append(text)
        return "".join(parts)

    def _around(self, piece: bytes, at: int, bad: int) -> tuple[str, int]:
        """The text from `at` over the error at `bad`, and where to go on."""
        char, length = _mend(piece[bad : bad + 3], self.repair, self.stray)
        if char != REPLACEMENT:
            return piece[at:bad].decode(self.codec) + char, bad + length
        start = max(at, *(piece.rfind(edge, at, bad) + 1 for edge in (b"\n", b"\r", b" ", b"<", b">")))
        found = _SAFE_BREAK.search(piece, bad)
        end = found.start() if found else len(piece)
        if end - start > self.budget:
            return piece[at:bad].decode(self.codec) + REPLACEMENT, bad + 1
        self.budget -= end - start
        from artextract.encoding_realign import realigned

        return piece[at:start].decode(self.codec) + realigned(piece[start:end], self.codec, self.repair), end


def _mend(tail: bytes, repair: Repair, stray: re.Pattern[bytes]) -> tuple[str, int]:
    """The character at the start of bytes that the codec refused (or a mark inside), and how many bytes it takes."""
    if stray.match(tail):
        return REPLACEMENT, 1
    for length in (1, 2, 3):
        char = repair(tail[:length]) if len(tail) >= length else ""
        if char:
            return char, length
    return REPLACEMENT, 1


def _try(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return ""


def _mend_gb18030(tail: bytes) -> str:
    return "\u20ac" if tail == b"\x80" else ""


def _mend_big5(tail: bytes) -> str:
    return _try(tail, "cp950") if len(tail) == 2 else ""


def _mend_eucjp(tail: bytes) -> str:
    """NEC's row 13 and IBM's extensions, which Python's EUC-JP lacks, by way of Shift_JIS."""
    if len(tail) != 2 or tail[0] < 0xA1 or tail[1] < 0xA1:
        return ""
    return _try(sjis_pair(tail[0] - 0xA0, tail[1] - 0xA0), "cp932")


def _mend_nothing(tail: bytes) -> str:
    return ""


_REPAIRS: dict[str, Repair] = {
    "gb18030": _mend_gb18030,
    "big5": _mend_big5,
    "euc-jp": _mend_eucjp,
    "shift_jis": _mend_nothing,
    "euc-kr": _mend_nothing,
}


def sjis_pair(row: int, cell: int) -> bytes:
    """The Shift_JIS bytes of a place in JIS X 0208 (row and cell count from 1 to 94)."""
    lead = (row - 1) // 2 + (0x81 if row <= 62 else 0xC1)
    if row % 2 == 0:
        return bytes((lead, cell + 0x9E))
    return bytes((lead, cell + (0x3F if cell < 64 else 0x40)))


_ESCAPE = lazy_pattern(rb"\x1b(?:\([BJI]|\$[@B]|\$\([DOQ]|&@|\.[AF]|[($]{0,2}\Z)")
_BROKEN_ESCAPE = lazy_pattern(rb"\x1b?[\x80-\xff]\$[@B]")
_HIGH = bytes(b | 0x80 if 0x21 <= b <= 0x7E else b for b in range(256))


def _iso2022jp(data: bytes) -> Iterator[str]:
    """Runs between escapes: ASCII, JIS X 0201 katakana, JIS X 0208 and 0212 (read as EUC-JP with the high bit set)."""
    at, mode = 0, b""
    for escape in _ESCAPE.finditer(data):
        yield _iso2022jp_run(data[at : escape.start()], mode[1:])
        at, mode = escape.end(), escape.group()
    yield _iso2022jp_run(data[at:], mode[1:])


def _iso2022jp_run(run: bytes, mode: bytes) -> str:
    if mode == b"(I":
        return run.translate(_HIGH).decode("cp932", "replace")
    if not mode.startswith(b"$"):
        broken = _BROKEN_ESCAPE.search(run)
        if broken is not None:
            return (
                run[: broken.start()].decode("ascii", "replace")
                + REPLACEMENT
                + _iso2022jp_run(run[broken.end() :], b"$B")
            )
        return "\ufeff".join(part.decode("ascii", "replace") for part in run.split(_MARK))
    high = run.translate(_HIGH)
    if mode.startswith(b"$("):
        high = b"".join(b"\x8f" + high[i : i + 2] for i in range(0, len(high), 2))
    return _decode_multibyte(high, "euc-jp")[0]
