"""Scripts and widths: which characters take two columns, which are written without spaces, what a token is.

Ranges are blocks of the Unicode Standard, chapter 18 (East Asia); widths follow UAX #11 (classes W and F). They are
written out as strings to be put into character classes. `re` takes some 4 ms to compile such a class, a good part of a
small run: the patterns here are compiled when the first East Asian character is met (`re` remembers them).
"""

from __future__ import annotations

import re

from artextract.lazy import lazy_pattern
from artextract.records import record

HAN = "\u2e80-\u2fd5\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KANA = "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"
BOPOMOFO = "\u3105-\u312f\u31a0-\u31bf"
HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc"

CJK = HAN + KANA + BOPOMOFO + HANGUL
"""Inside of a character class: letters of Chinese, Japanese and Korean; each is a token of its own."""

WIDE_RUN_RE = lazy_pattern("[^\0-\u10ff\u1160-\u2e7f]+")
"""A run of characters from the East Asian blocks and what comes behind them (emoji): nearly all take two columns."""

_WORD_RE = lazy_pattern(r"\w+")


@record(frozen=True, slots=True)
class LazyPattern:
    """A pattern of which every match begins with an East Asian character; compiled when one is there."""

    pattern: str

    def search(self, text: str, position: int = 0) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        if text.isascii() or WIDE_RUN_RE.search(text, position) is None:
            return None
        return re.compile(self.pattern).search(text, position)

    def match(self, text: str, position: int = 0) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        if text.isascii() or WIDE_RUN_RE.match(text, position) is None:
            return None
        return re.compile(self.pattern).match(text, position)

    def findall(self, text: str) -> list[str]:
        """As `re.Pattern.findall`, without groups."""
        if text.isascii() or WIDE_RUN_RE.search(text) is None:
            return []
        return re.compile(self.pattern).findall(text)


CJK_RE = LazyPattern(f"[{CJK}]")


def is_cjk(character: str) -> bool:
    """Whether it is a letter of Chinese, Japanese or Korean.

    >>> [is_cjk(c) for c in "長ア한A。"]
    [True, True, True, False, False]
    """
    return CJK_RE.match(character) is not None


def is_unspaced(character: str) -> bool:
    """Whether it belongs to Chinese or Japanese, which put no space between words (Korean does); punctuation counts.

    >>> [is_unspaced(c) for c in "長ア한A。　"]
    [True, True, False, False, True, False]
    """
    if character < "\u2e80":
        return False
    if character < "\ua000":
        return character != "\u3000" and not "\u3130" <= character <= "\u318f"
    return (
        "\uf900" <= character <= "\ufaff"
        or "\ufe30" <= character <= "\uff9f"
        or "\uffe0" <= character <= "\uffe6"
        or "\U00020000" <= character <= "\U0003ffff"
    )


def has_wide(text: str) -> bool:
    """Whether any character takes two columns."""
    return not text.isascii() and WIDE_RUN_RE.search(text) is not None


def tokens(text: str) -> list[str]:
    """Lower-cased tokens: each CJK letter alone, elsewhere runs of letters, digits and underscores.

    >>> tokens("Ein Haus, 长治ok 42")
    ['ein', 'haus', '长', '治', 'ok', '42']
    """
    lowered = text.lower()
    if not has_wide(lowered):
        return _WORD_RE.findall(lowered)
    return re.findall(f"[{CJK}]|[^\\W{CJK}]+", lowered)


def width(text: str) -> int:
    """Columns that `text` takes on a terminal: two for East Asian wide characters, one for all others.

    >>> width("长治 ok")
    7
    """
    return len(text) if text.isascii() else 2 * len(text) - len(WIDE_RUN_RE.sub("", text))
