"""`--fix-mojibake`: text that was misread before it was saved, read back.

ftfy (the optional extra `artextract[mojibake]`, imported on first use) mends UTF-8 that was read in a single-byte
encoding, once or several times, also where sound text stands beside it; its fixers of quotation marks, ligatures and
entities stay off, so only encodings are mended. It knows no East Asian misreadings: UTF-8 read as GBK or Shift_JIS is
read back here, as far as the bytes survived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate

from artextract.errors import SettingsError
from artextract.lazy import lazy_pattern
from artextract.model import Note, Place
from artextract.mojibake import MISREADINGS, Misreading, is_usual

MOST_PLACES = 20  # mended lines that are named one by one
_LONGEST = 4_000  # characters given to ftfy at once: its search for sequences is cut into pieces of this length
_PIECE = lazy_pattern(rf"[^\n]{{1,{_LONGEST}}}(?=\s|\Z)|[^\n]{{1,{_LONGEST}}}")
_MISSING = "--fix-mojibake needs ftfy: pip install 'artextract[mojibake]'"

Fix = Callable[[str], str]


def mended(text: str) -> tuple[str, tuple[Note, ...]]:
    """The text with its mojibake read back, and a note for each line that was (their places are in the new text).

    Raises `SettingsError` where ftfy is not installed. Lines stay lines.
    """
    fix = _fixer()
    if text.isascii():
        return text, ()
    east = [m for m in MISREADINGS if m.read in ("gb18030", "shift_jis") and any(s in text for s in m.signs)]
    lines = text.split("\n")
    changed = dict(_changes(lines, fix, east))
    if not changed:
        return text, ()
    new = [changed.get(number, line) for number, line in enumerate(lines)]
    return "\n".join(new), tuple(_notes(lines, new, sorted(changed)))


def _fixer() -> Fix:
    try:
        from ftfy import fix_encoding
    except ImportError:
        raise SettingsError(_MISSING) from None
    return fix_encoding


def _changes(lines: list[str], fix: Fix, east: list[Misreading]) -> Iterator[tuple[int, str]]:
    """(number, new line) of the lines that change."""
    for number, line in enumerate(lines):
        if line.isascii():
            continue
        new = _PIECE.sub(lambda piece: fix(piece.group()), line)
        for misreading in east:
            new = _read_back(new, misreading)
        if new != line:
            yield number, new.replace("\n", " ").replace("\r", "\r" if "\r" in line else " ")


_FOREIGN_RUN = lazy_pattern(r"[\x80-\U0010ffff](?:[ -~]?[\x80-\U0010ffff])*[ -~]?")
_LOST = lazy_pattern("\ufffd+")
_FEWEST = 3  # characters that a run must become to be believed


def _read_back(line: str, misreading: Misreading) -> str:
    return _FOREIGN_RUN.sub(lambda run: _run_read_back(run.group(), misreading), line)


def _run_read_back(run: str, misreading: Misreading) -> str:
    """A run of characters as it was meant, or as it is where that is not certain.

    Bytes that the misreading swallowed become U+FFFD: one in four characters at most.
    """
    from artextract.encoding_decoders import python_codec

    if not any(sign in run for sign in misreading.signs):
        return run
    codec = python_codec(misreading.read)
    raw = b"\xff".join(part.encode(codec, "replace") for part in run.split("\ufffd"))
    text = _LOST.sub("\ufffd", raw.decode(python_codec(misreading.meant), "replace"))
    lost = text.count("\ufffd")
    foreign = [char for char in text if char > "\x7f" and char != "\ufffd"]
    believed = len(foreign) >= max(_FEWEST, 3 * lost) and all(map(is_usual, foreign)) and len(text) < len(run)
    return text if believed else run


def _notes(old: list[str], new: list[str], numbers: list[int]) -> Iterator[Note]:
    starts = list(accumulate((len(line) + 1 for line in new), initial=0))
    for number in numbers[:MOST_PLACES]:
        at = next((i for i, (a, b) in enumerate(zip(old[number], new[number], strict=False)) if a != b), 0)
        place = Place(number + 1, number + 1, starts[number] + at, starts[number + 1] - 1, exact=True)
        before, after = old[number][at : at + 20], new[number][at : at + 12]
        yield Note("mojibake-mended", f"line {number + 1}: {after!r} stood there as {before!r}", place)
    if len(numbers) > MOST_PLACES:
        yield Note("mojibake-mended", f"and {len(numbers) - MOST_PLACES:,} more lines")
