"""Scripts and widths: which characters take two columns, which are written without spaces, what a token is.

Ranges are blocks of the Unicode Standard, chapter 18 (East Asia) and chapter 16 (Southeast Asia); widths follow UAX #11
(classes W and F). They are written out as character classes, so that one compiled pattern answers for a whole line.
"""

from __future__ import annotations

import re

HAN = "\u2e80-\u2fd5\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KANA = "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"
BOPOMOFO = "\u3105-\u312f\u31a0-\u31bf"
HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc"
WIDE_PUNCTUATION = "\u3001-\u3004\u3008-\u3020\u3030\u303d\u30fb\ufe10-\ufe1f\ufe30-\ufe6b\uff01-\uff65\uffe0-\uffe6"
SOUTHEAST_ASIA = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f"

CJK = HAN + KANA + BOPOMOFO + HANGUL
"""Inside of a character class: letters of Chinese, Japanese and Korean; each is a token of its own."""

UNSPACED = HAN + KANA + BOPOMOFO + WIDE_PUNCTUATION
"""Inside of a character class: Chinese and Japanese letters and punctuation, between which no space is written."""

WIDE = UNSPACED + HANGUL + "\u3000"
"""Inside of a character class: what takes two columns on a terminal."""

CJK_RE = re.compile(f"[{CJK}]")
UNSPACED_RE = re.compile(f"[{UNSPACED}]")
WIDE_RE = re.compile(f"[{WIDE}]")
_WIDE_RUN_RE = re.compile(f"[{WIDE}]+")
TOKEN_RE = re.compile(f"[{CJK}]|[^\\W{CJK}]+")


def is_cjk(character: str) -> bool:
    """Whether it is a letter of Chinese, Japanese or Korean.

    >>> [is_cjk(c) for c in "長ア한A。"]
    [True, True, True, False, False]
    """
    return CJK_RE.match(character) is not None


def is_unspaced(character: str) -> bool:
    """Whether it belongs to Chinese or Japanese, which put no space between words (Korean does).

    >>> [is_unspaced(c) for c in "長ア한A。"]
    [True, True, False, False, True]
    """
    return UNSPACED_RE.match(character) is not None


def tokens(text: str) -> list[str]:
    """Lower-cased tokens: each CJK letter alone, elsewhere runs of letters, digits and underscores.

    >>> tokens("Ein Haus, 长治ok 42")
    ['ein', 'haus', '长', '治', 'ok', '42']
    """
    return TOKEN_RE.findall(text.lower())


def width(text: str) -> int:
    """Columns that `text` takes on a terminal: two for East Asian wide characters, one for all others.

    >>> width("长治 ok")
    7
    """
    return len(text) if text.isascii() else 2 * len(text) - len(_WIDE_RUN_RE.sub("", text))
