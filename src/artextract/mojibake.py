"""Text that was decoded wrongly before it was saved: UTF-8 read as windows-1252 ("Ã©" for "é"), as GBK, and so on.

Only recognised here, so that a warning can say so. A few pairs of characters give each wrong reading away; where one of
them occurs, the words around are read back: encoded as they were misread, decoded as they were meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from artextract.lazy import lazy_pattern
from artextract.model import Note, Place
from artextract.records import record


@record(frozen=True, slots=True)
class Misreading:
    """Bytes in `meant` that somebody read as `read`; `signs` are what frequent characters become by that."""

    meant: str
    read: str
    signs: tuple[str, ...]


MISREADINGS: tuple[Misreading, ...] = (
    Misreading("utf-8", "windows-1252", ("Ã", "â€", "Â", "Ð", "Ø§", "ä¸", "çš", "ã€", "ï¼", "ì\x9d", "Î±")),
    Misreading("utf-8", "windows-1251", ("Р°", "Рѕ", "вЂ", "Г©", "Гј")),
    Misreading("utf-8", "gb18030", ("锛", "銆", "涓", "鏄", "茅")),
    Misreading("utf-8", "shift_jis", ("縺", "繝")),
    Misreading("utf-8", "macintosh", ("√©", "√±", "‚Äô", "√º")),
    Misreading("gb18030", "windows-1252", ("µÄ", "£¬", "¡£")),
)

LOST: tuple[tuple[str, str], ...] = (
    ("锟斤拷", "what U+FFFD becomes when UTF-8 is read as GBK"),
    ("ï¿½", "what U+FFFD becomes when UTF-8 is read as windows-1252"),
    ("占쏙옙", "what U+FFFD becomes when UTF-8 is read as EUC-KR"),
)
"""What is left of characters that were lost before: cannot be mended by anybody."""

_AROUND = 60  # characters read back on either side of a sign
_LOOKED_AT = 40  # occurrences of a sign that are read back
_FOREIGN_RUN = lazy_pattern(r"[\x80-\U0010ffff]+")
_ENOUGH = 3  # mended characters; two strange ones are no evidence


def mojibake_note(text: str) -> Note | None:
    """A warning that names the misreading and its first place, or None. Linear, and quick where there is none."""
    if text.isascii():
        return None
    for misreading in MISREADINGS:
        if any(_holds(text, sign) for sign in misreading.signs) and (found := _misread(text, misreading)) is not None:
            at, wrong, right = found
            reason = f"{_NAMES[misreading.meant]} that was read as {misreading.read}: {wrong!r} for {right!r}"
            return _note(text, at, wrong, reason)
    for sign, reason in LOST:
        if _holds(text, sign):
            at = text.find(sign)
            return _note(text, at, sign, f"{sign!r}, {reason}: characters that are lost")
    return None


def _holds(text: str, sign: str) -> bool:
    """`sign in text`, fifty times as fast where one of its characters is missing (those are looked for singly).

    Last character first: CPython looks for its low byte, and that of the Cyrillic Р is the blank's.
    """
    return all(char in text for char in reversed(sign)) and sign in text


_NAMES = {"utf-8": "UTF-8", "gb18030": "GBK"}


def _note(text: str, at: int, wrong: str, reason: str) -> Note:
    line = text.count("\n", 0, at) + 1
    place = Place(line, line, at, at + len(wrong), exact=True)
    return Note("mojibake", f"the text holds {reason}", place)


def _misread(text: str, misreading: Misreading) -> tuple[int, str, str] | None:
    """The offset of the first misread run, the run and what was meant, if enough is misread."""
    mended = 0
    first: tuple[int, str, str] | None = None
    for at, run in _runs(text, misreading.signs):
        right = _read_back(run, misreading)
        if right:
            mended += len(right)
            first = first or (at, run[:20], right[:20])
            if mended >= _ENOUGH:
                return first
    return None


def _runs(text: str, signs: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Runs of characters that are not ASCII around the signs' first occurrences, with their offsets."""
    seen = 0
    for sign in signs:
        at = text.find(sign)
        for _ in range(_LOOKED_AT):
            if at < 0:
                break
            if at >= seen:
                yield from ((m.start(), m.group()) for m in _FOREIGN_RUN.finditer(text, at, at + _AROUND))
            seen = max(seen, at + _AROUND)
            at = text.find(sign, at + _AROUND)


def _read_back(run: str, misreading: Misreading) -> str:
    """What a run was meant to be; "" where it cannot have been misread so.

    A run may begin or end with characters of its own (a quotation mark, half of what the cut left): then nearly all
    of it must read back.
    """
    from artextract.encoding_decoders import python_codec

    raw = _encoded(run, misreading.read)
    text = raw.decode(python_codec(misreading.meant), "ignore")
    foreign = [char for char in text if char > "\x7f"]
    if not foreign or len(text.encode(python_codec(misreading.meant))) * 10 < len(raw) * 7:
        return ""
    return text if all(map(is_usual, foreign)) and len(text) < len(run) else ""


def _encoded(run: str, encoding: str) -> bytes:
    from artextract.encoding_decoders import python_codec, single_byte_table

    if encoding in ("gb18030", "shift_jis"):
        return run.encode(python_codec(encoding), "ignore")
    table = {char: byte for byte, char in enumerate(single_byte_table(encoding))}
    return bytes(table[char] for char in run if char in table)


def is_usual(char: str) -> bool:
    """Whether a mended character is one that texts have: no rare alphabets, which chance makes of punctuation."""
    return (
        "\xa0" <= char < "\u0180"
        or "\u0386" <= char < "\u0500"
        or "\u05d0" <= char < "\u0700"
        or "\u0e00" <= char < "\u0e80"
        or "\u2010" <= char < "\u2040"
        or "\u3000" <= char < "\u3100"
        or "\u4e00" <= char < "\ua000"
        or "\uac00" <= char < "\ud7a4"
        or "\uff00" <= char < "\uff61"
        or char in "€™→•"
    )
