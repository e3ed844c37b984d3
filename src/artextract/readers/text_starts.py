"""What a line starts with: a bullet, a number, a rule, a quote sign, a fence, a heading sign, a pipe, or nothing.

The answer is one word (`LineKind`), found from the first character and, for few lines, one pattern. Whether a bullet or
a number really makes a list item is decided later, from its neighbours (see text_lists).
"""

from __future__ import annotations

import re

from artextract.lazy import lazy_pattern
from artextract.records import record

PLAIN, BULLET, NUMBER, RULE, QUOTE, FENCE, HASH, PIPE = "", "bullet", "number", "rule", "quote", "fence", "hash", "pipe"

_SPACE = "[ \t\xa0\u2002\u2003\u3000]"
_HAN_DIGIT = "一二三四五六七八九十百〇零"
_STRONG_BULLETS = "•‣⁃∙◦▪▸▹►▻➤➢❖⦁·・●"
_WEAK_BULLETS = "○◆◇■□★☆※→✓✔☑▶"
LONE_SIGNS = frozenset("-*+|>/<,.:;_=~" + _STRONG_BULLETS + _WEAK_BULLETS + "›»«‹—–")
"""A line that is only one of these parts what stands around it."""

_BULLETS = frozenset("-*+" + _STRONG_BULLETS + _WEAK_BULLETS)
_RULES = "-_=*~#+—─━═–"

_START_RE = lazy_pattern(
    "(?P<fence>`{3,}[^`]*$|~{3,}[^~`]*$)"
    f"|(?P<rule>([{_RULES}])(?:{_SPACE}{{0,8}}\\3){{2,}}$|[-_=*~+—─━═–]{{6,}}$)"
    f"|(?P<hash>\\#{{1,6}}{_SPACE})"
    f"|(?P<quote>>)"
    "|(?P<pipe>[|│┃┌├└╔╠╚║])"
    f"|(?P<bullet>[-*+]{_SPACE}|[{_STRONG_BULLETS}{_WEAK_BULLETS}].)"
    f"|(?P<number>\\d{{1,3}}(?:[.)](?=[^!-\u02ff]|$)|[、．）])"  # a space, or a letter that is not Latin
    f"|[(（](?:\\d{{1,3}}|[{_HAN_DIGIT}]{{1,4}}|[a-zA-Z])[)）]|[{_HAN_DIGIT}]{{1,4}}[、．]|[①-⒛㈠-㈩❶-❿➀-➓]"
    f"|(?:[a-zA-Z]|[ivxIVX]{{2,5}})[.)]{_SPACE})"
)
_ENCLOSED = frozenset(
    chr(c) for first, last in ((0x2460, 0x249B), (0x3220, 0x3229), (0x2776, 0x2793)) for c in range(first, last + 1)
)
_FIRST = _RULES + "`>|│┃┌├└╔╠╚║" + _STRONG_BULLETS + _WEAK_BULLETS + "0123456789(（" + _HAN_DIGIT

may_start = lazy_pattern(
    "[" + "".join(map(re.escape, [*_FIRST, *sorted(_ENCLOSED)])) + "]|[a-zA-Z][.)]|[ivxIVX]{2,5}[.)]|[o@=] "
).match
"""A quick look: what it does not match is `PLAIN`."""


def start_of(text: str, indent: int) -> str:
    """The kind of start of a stripped line.

    >>> [start_of(t, 0) for t in ("· 长治", "1. One", "(2) Two", "一、三", "-----", "> so", "# H", "5月9日", "-5 C")]
    ['bullet', 'number', 'number', 'number', 'rule', 'quote', 'hash', '', '']
    """
    match = _START_RE.match(text)
    if match is not None:
        return match.lastgroup or PLAIN
    if indent >= 5 and text[:2] in ("o ", "@ ", "= "):  # the deeper bullets of lynx
        return BULLET
    return PLAIN


@record(slots=True, eq=False)
class Start:
    """The taken-apart start of an item: `sign` as written, `family` and `value` to find its siblings."""

    sign: str
    rest: str
    family: str
    value: int | None
    weak: bool  # an item only with a sibling
    width: int  # columns of the sign and the space behind it


def take_item(text: str) -> Start:
    """Take the bullet or the number off a line whose kind is `BULLET` or `NUMBER`.

    >>> take_item("（三） 方法")
    Start(sign='（三）', rest='方法', family='(一)', value=3, weak=True, width=7)
    """
    first = text[0]
    if first in _BULLETS or first in "o@=":
        rest = text[1:].lstrip()
        return Start(first, rest, first, None, first in _WEAK_BULLETS or first in "o@=", len(text) - len(rest))
    match = _START_RE.match(text)
    size = match.end() if match is not None else 1
    sign, rest = text[:size].rstrip(), text[size:].lstrip()
    family, value = _number(sign)
    wide = 0 if sign.isascii() else sum(c > "\u2e7f" for c in sign)
    return Start(sign, rest, family, value, True, len(text) - len(rest) + wide)


_ROMAN = {"i": 1, "v": 5, "x": 10}
_HAN_VALUES = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0}


def _number(sign: str) -> tuple[str, int]:
    """Family (the sign with a stand-in for the number) and value of an ordered sign."""
    core = sign.strip("().、．（）")
    frame = "(" if sign[0] in "(（" else ""
    close = ")" if sign[-1] in ")）" else "." if sign[-1] in ".．" else "、" if sign[-1] == "、" else ""
    if core.isdecimal():
        return f"{frame}1{close}", int(core)
    if len(core) == 1 and core in _ENCLOSED:
        return "①", _enclosed_value(core)
    if core.isascii():
        if len(core) > 1:
            return f"{frame}i{close}", _roman_value(core.lower())
        return f"{frame}a{close}", ord(core.lower()) - 96
    return f"{frame}一{close}", _han_value(core)


def _enclosed_value(sign: str) -> int:
    code = ord(sign)
    for first, last in ((0x2460, 0x2473), (0x2474, 0x2487), (0x2488, 0x249B), (0x3220, 0x3229), (0x2776, 0x277F)):
        if first <= code <= last:
            return code - first + 1
    return (code - 0x2780) % 10 + 1


def _roman_value(digits: str) -> int:
    values = [_ROMAN[c] for c in digits]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def _han_value(digits: str) -> int:
    """Up to 999: `十二` 12, `二十` 20, `一百` 100; a row of digits is read by place."""
    if not any(c in "十百" for c in digits):
        return int("".join(str(_HAN_VALUES[c]) for c in digits))
    total, digit = 0, 0
    for c in digits:
        if c in "十百":
            total += (digit or 1) * (10 if c == "十" else 100)
            digit = 0
        else:
            digit = _HAN_VALUES[c]
    return total + digit
