"""The characters that may vanish between an input and its blocks: the one exception to the law of conservation.

Everything here shows nothing and says nothing by itself: soft hyphens (a place where a word may break), byte order
marks and zero-width spaces, the marks that steer bidirectional text, NUL and the C0 and C1 control characters that are
not white space. Terminal escapes are among them, so that no input can drive a terminal. Zero-width joiner (U+200D) and
non-joiner (U+200C) are *not* here: Persian, the scripts of India and emoji sequences are misspelt without them.

White space is not here either: it is folded, not dropped.
"""

from __future__ import annotations

import re

from artextract.lazy import lazy_pattern

INVISIBLE: frozenset[str] = frozenset(
    chr(code)
    for first, last in (
        (0x00, 0x08),  # C0 controls; TAB to CR and FS to US are white space to Unicode
        (0x0E, 0x1B),
        (0x7F, 0x84),  # DEL and C1 controls; NEL is a line end
        (0x86, 0x9F),
        (0xAD, 0xAD),  # soft hyphen
        (0x61C, 0x61C),  # Arabic letter mark
        (0x180E, 0x180E),  # Mongolian vowel separator
        (0x200B, 0x200B),  # zero-width space
        (0x200E, 0x200F),  # left-to-right and right-to-left marks
        (0x202A, 0x202E),  # bidi embeddings and overrides
        (0x2060, 0x2064),  # word joiner, invisible operators
        (0x2066, 0x206F),  # bidi isolates, deprecated format characters
        (0xFEFF, 0xFEFF),  # byte order mark, zero-width no-break space
        (0xFFF9, 0xFFFB),  # interlinear annotation
    )
    for code in range(first, last + 1)
)
"""Characters that a reader leaves out of `Block.text` and `Block.marker`."""

INVISIBLE_RE: re.Pattern[str] = lazy_pattern("[" + "".join(map(re.escape, sorted(INVISIBLE))) + "]+")
"""A run of them, to search for and to cut out."""

_LONG = 1_000_000  # characters: `sub` would hold the pieces between a million matches all at once


def without_invisible(text: str) -> str:
    """`text` without the characters of the table.

    >>> without_invisible("co\\u00adop\\u200b\\x1b[1m")
    'coop[1m'
    """
    if INVISIBLE_RE.search(text) is None:
        return text
    if len(text) > _LONG:
        return text.translate(dict.fromkeys(map(ord, INVISIBLE)))
    return INVISIBLE_RE.sub("", text)
