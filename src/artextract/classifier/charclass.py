"""Character classes: a text turned into a string of one-letter classes, so that counting is `str.count`.

One `str.translate` over a whole page and a few counts per block take the place of a dozen regular expressions.
"""

from __future__ import annotations

import unicodedata

FUNCTION_HAN = frozenset("的了是在和不有这這中为為与與也就都而及以于於之其他她它们們我你但被把从從到对對上下将將")
"""Chinese characters that do a function word's work; hiragana and frequent Korean endings count as such too."""

FUNCTION_HANGUL = frozenset("다는은이가을를에의도로고한하")

_TERMINALS = ".!?。！？…؟।॥։;；．｡"
_COMMAS = ",、，،､"
_COLONS = ":："
_SEPARATORS = "|»›>/·•«‹→←▸►▶｜＞／～~*#_=+\\^<"
_CURRENCY = "$€£¥₹₽元"
_QUOTES = "()[]{}\"'“”‘’„«»「」『』（）【】《》〈〉-–—"


class _Classes(dict[int, str]):
    """Code point -> class; what is not in the table yet is looked up once per instance."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _class_of(chr(code))
        return found


def _class_of(c: str) -> str:
    """a/A letters with case, c/f CJK content and function, l other letters, d digits, punctuation as itself."""
    if "\u3400" <= c <= "\u9fff" or c >= "\U00020000":
        return "f" if c in FUNCTION_HAN else "c"
    if "\uac00" <= c <= "\ud7a3":
        return "f" if c in FUNCTION_HANGUL else "c"
    if "\u3041" <= c <= "\u309f":
        return "f"
    if "\u30a0" < c <= "\u30ff" and c != "・":
        return "c"
    for members, name in ((_TERMINALS, "."), (_COMMAS, ","), (_COLONS, ":"), (_CURRENCY, "$"), (_QUOTES, "q")):
        if c in members:
            return name
    if c in _SEPARATORS:
        return "|"
    if c == "@" or c == "©":
        return c
    category = unicodedata.category(c)
    if category[0] == "L":
        return {"Lu": "A", "Lt": "A", "Ll": "a"}.get(category, "l")
    if category[0] == "M":
        return "l"
    if category[0] == "N":
        return "d"
    return " " if c.isspace() else "o"


_ASCII = tuple((code, _class_of(chr(code))) for code in range(0x250))


def class_strings(texts: list[str]) -> list[str]:
    """For each text a string of equal length with the class of each character.

    >>> class_strings(["Um 9 Uhr: «ja», 的确。", "x@y"])
    ['Aa d Aaa: qaaq, fc.', 'a@a']
    """
    table = _table()
    ascii_texts = [text for text in texts if text.isascii()]  # str.translate is ten times as fast for these
    if len(ascii_texts) == len(texts):
        return _translated(texts, table)
    plain = iter(_translated(ascii_texts, table))
    other = iter(_translated([text for text in texts if not text.isascii()], table))
    return [next(plain) if text.isascii() else next(other) for text in texts]


def _translated(texts: list[str], table: _Classes) -> list[str]:
    return "\n".join(texts).translate(table).split("\n") if texts else []


def _table() -> _Classes:
    table = _Classes(_ASCII)
    table[10] = "\n"
    return table
