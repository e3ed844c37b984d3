"""One input in two encodings: a UTF-8 page with a tail in GBK, a GBK page with an include in UTF-8.

The stretches between tags and line ends are judged one by one. One that does not fit the main encoding is decoded in
another only where that is certain: it fits without an error, there is enough of it, and it reads like text. All else
stays as the main encoding has it, with U+FFFD.
"""

from __future__ import annotations

import string
from collections.abc import Iterator

from artextract.encoding_decoders import MULTIBYTE, REPLACEMENT, decode_as, python_codec
from artextract.encoding_detector import best_guess, first_foreign, foreign_words
from artextract.encoding_plausibility import likeness
from artextract.lazy import lazy_pattern
from artextract.records import record

_STRETCH = lazy_pattern(rb"[^\n<>]+|[\n<>]+")
_UTF8_RUN = lazy_pattern(rb"(?:[\xe1-\xef][\x80-\xbf]{2}){3}")  # nine bytes that ideographs of GBK hardly ever make
_UTF8_PAIRS = lazy_pattern(rb"(?:(?:[\xc3-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2})[\x00-\x7f]{0,40}){2}")
"""Two sequences of UTF-8 near each other: letters of single-byte encodings hardly ever make them."""
_CERTAIN = 0.35  # what a reading may cost per character
_FEWEST = 6  # bytes above 0x7F that a part in another encoding has at least


@record(frozen=True, slots=True)
class Mixed:
    """The text, the U+FFFD in it, and the encoding of the parts that are not in the main one."""

    text: str
    replaced: int
    other: str
    parts: int


def mixed_utf8(raw: bytes) -> Mixed | None:
    """UTF-8 with stretches in a legacy encoding; None where no such stretch is certain."""
    foreign = [stretch for stretch in _stretches(raw) if _is_foreign(stretch)]
    together = b"\n".join(foreign)
    if _high_bytes(together) < _FEWEST:
        return None
    best = best_guess(foreign_words(together))
    if best.mean > _CERTAIN or not (best.encoding in MULTIBYTE or _is_enough(together)):
        return None
    return _joined(raw, "utf-8", best.encoding, frozenset(foreign))


def _stretches(raw: bytes) -> Iterator[bytes]:
    return (match.group() for match in _STRETCH.finditer(raw))


def _is_foreign(stretch: bytes) -> bool:
    """Whether a stretch is no UTF-8 with a damaged place but something else: more of it is bad than good."""
    if stretch.isascii():
        return False
    try:
        stretch.decode()
    except UnicodeDecodeError:
        text = stretch.decode("utf-8", "replace")
        bad = text.count(REPLACEMENT)
        return bad > len(text) - len(text.encode("ascii", "ignore")) - bad
    return False


def _is_enough(foreign: bytes) -> bool:
    """Whether single-byte text is more than a few stray bytes: letters stand among ASCII ones, or there are many."""
    high = _high_bytes(foreign)
    letters = len(foreign) - len(foreign.translate(None, string.ascii_letters.encode()))
    return letters > 2 * high or high > 4 * _FEWEST


def _high_bytes(data: bytes) -> int:
    return len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))


def _joined(raw: bytes, main: str, other: str, foreign: frozenset[bytes]) -> Mixed | None:
    """All stretches decoded, those of `foreign` in the other encoding where they fit without an error."""
    texts: list[str] = []
    pending: list[bytes] = []  # stretches of the main encoding, decoded together
    replaced = parts = 0
    for stretch in _stretches(raw):
        text, bad = decode_as(stretch, other) if stretch in foreign else ("", 1)
        if bad:
            pending.append(stretch)
            continue
        before, lost = decode_as(b"".join(pending), main)
        texts += (before, text)
        replaced += lost
        parts += 1
        pending.clear()
    before, lost = decode_as(b"".join(pending), main)
    return Mixed("".join((*texts, before)), replaced + lost, other, parts) if parts else None


def mixed_legacy(raw: bytes, main: str) -> Mixed | None:
    """A legacy encoding with stretches in UTF-8; None where no such stretch is certain."""
    telling = _UTF8_RUN if main in MULTIBYTE else _UTF8_PAIRS
    if telling.search(raw, first_foreign(raw)) is None:
        return None
    foreign = frozenset(stretch for stretch in _stretches(raw) if telling.search(stretch) and _is_utf8(stretch))
    longest = sorted(foreign, key=lambda stretch: (-len(stretch), stretch))
    sample = b"\n".join(longest[:_SAMPLED])[:_SAMPLE]
    as_utf8, as_main = sample.decode("utf-8", "replace"), sample.decode(python_codec(main), "replace")
    if not foreign or likeness(as_utf8).cost + 3.0 > likeness(as_main).cost:
        return None
    return _joined(raw, main, "utf-8", foreign)


_SAMPLED, _SAMPLE = 20, 4_000  # stretches and bytes of them that are read both ways


def _is_utf8(stretch: bytes) -> bool:
    try:
        stretch.decode()
    except UnicodeDecodeError:
        return False
    return True
