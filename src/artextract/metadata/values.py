"""What may be a metadata value: capped in length first, then cleaned of markup, controls and loose white space.

Everything here takes hostile strings, so every function cuts before it looks, and no pattern repeats without a bound.
"""

from __future__ import annotations

import re
import unicodedata

from artextract.invisible import without_invisible
from artextract.lazy import lazy_pattern

LONGEST = 1_000  # characters of one value that are looked at; descriptions are the longest that are meant
LONGEST_TITLE = 400
LONGEST_NAME = 80

_TAG = lazy_pattern(
    r"</?(?:p|br|b|i|em|strong|span|a|div|img|h[1-6]|ul|ol|li|sup|sub|font|u|small|wbr|time|mark|cite|q)"
    r"(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_REFERENCE = lazy_pattern(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8});")
_SURROGATE = lazy_pattern("[\ud800-\udfff]")


def cleaned(value: str, longest: int = LONGEST) -> str:
    """`value` on one line, without control characters, at most `longest` characters.

    >>> cleaned(" A\\u200b title\\x1b\\n on two  lines ")
    'A title on two lines'
    """
    text = without_invisible(value[: longest * 2])
    if not text.isascii():
        text = _SURROGATE.sub("\ufffd", text)
    return " ".join(text.split())[:longest].rstrip()


def decoded(value: str, longest: int = LONGEST) -> str:
    """Like `cleaned`, for strings that hold markup or character references of their own (JSON-LD, `content="…"`).

    >>> decoded("Fish &amp; <b>Chips</b>")
    'Fish & Chips'
    """
    text = value[: longest * 2]
    if "&" in text and _REFERENCE.search(text):
        from html import unescape  # its table of 2,231 names is seldom needed

        text = unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    return cleaned(text, longest)


def folded(value: str) -> str:
    """Letters and digits only, in compatibility form and lower case: two values that fold alike say the same.

    >>> folded("Ｔhe “Best” — of 2024!")
    'thebestof2024'
    """
    if not value.isascii():
        value = unicodedata.normalize("NFKC", value[: LONGEST * 2])
    return _SIGNS.sub("", value.lower())


_SIGNS = lazy_pattern(r"[\W_]+")
