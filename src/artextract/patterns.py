"""The form in which lines meet the lexicon's patterns, and what can be told of a pattern without running it.

Lines are compared folded: lower case, full-width forms as ASCII, no accents, one kind of quote and dash, traditional
Chinese characters of the lexicon as simplified ones. So `Σχόλια`, `ΣΧΟΛΙΑ` and `σχολια` meet one pattern, as do
`責任編輯：` and `责任编辑:`. Folding characters is one to one, which keeps offsets true; patterns are folded alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from artextract.lazy import lazy_pattern

_PLAIN = {
    "a": "áàâäãåăąā",
    "c": "çćčĉ",
    "d": "ďđ",
    "e": "éèêëęěėē",
    "g": "ğģ",
    "i": "íìîïıī",
    "l": "łľĺ",
    "n": "ñńňņ",
    "o": "óòôöõőøō",
    "r": "řŕ",
    "s": "śšşș",
    "t": "ťțţ",
    "u": "úùûüůűūų",
    "y": "ýÿ",
    "z": "źżž",
    "α": "ά",
    "ε": "έ",
    "η": "ή",
    "ι": "ίϊΐ",
    "ο": "ό",
    "υ": "ύϋΰ",
    "ω": "ώ",
    "σ": "ς",
    "е": "ё",
    "и": "й",
    "ا": "أإآٱ",
    "ي": "ى",
    "ه": "ة",
    " ": "\u00a0\u3000\u2002\u2003\u2009\u202f\t",
    "'": "\u2018\u2019\u201a`´",
    '"': "\u201c\u201d\u201e\u201f",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
    "|": "\uffe8\u2502\u2503\u2551\u2016\u250a¦\u4e28\u3021\u2758\u258f",
    ">": "›»≫→\u25b6\u25ba\u25b8\u203a\u276f",
    "<": "‹«≪←\u25c0\u25c4\u276e",
    "[": "【〔〖［",
    "]": "】〕〗］",
    ".": "。",
    "·": "•・●∙⋅‧\u00b7\uff65",
}
_SIMPLIFIED = (
    "發发時时間间責责編编輯辑關关閱阅讀读鏈链連连結结標标題题來来處处訊讯聞闻權权許许備备號号務务務务電电話话聯联係系繫系"
    "絡络們们廣广報报導导記记撰撰點点擊击瀏浏覽览評评論论留留樓楼層层載载轉转聲声網网頁页紙纸"
    "版版條条款款隱隐護护會会員员註注冊册錄录專专業业營营執执監监舉举違违規规戶户幫帮導导"
    "圖图片片體体選选擇择開开閉闭碼码掃扫維维軟软縮缩閉闭顯显隱隐歡欢迎迎訂订閱阅購购買买車车"
    "賣卖費费貨货財财經经國国際际內内臺台灣湾陸陆兩两熱热門门榜榜書书簽签籤签類类欄栏"
    "獨独傳传統统視视頻频學学華华東东蘋苹應应於于與与為为個个從从對对將将當当這这裡里後后還还無无"
    "見见說说請请讓让議议證证認认審审查查校校陳陈張张劉刘黃黄趙赵吳吴孫孙馬马楊杨許许鄧邓鄭郑馮冯"
    "韓韩蕭萧葉叶蘇苏盧卢蔣蒋賈贾鄒邹嚴严陸陆龍龙萬万錢钱湯汤賴赖龔龚譚谭魯鲁鐘钟鍾钟羅罗謝谢"
    "錯错誤误糾纠寫写詞词鍵键歷历史史節节優优惠惠價价錦锦級级郵邮箱箱簡简繁繁聽听機机動动態态"
    "據据實实現现場场產产項项計计劃划總总試试測测輸输園园藝艺術术醫医療疗藥药農农鄉乡麗丽樂乐"
    "遊游戲戏劇剧綜综賽赛隊队環环氣气車车險险銀银業业勞劳衛卫環环區区縣县廳厅屬属響响應应決决"
    "雜杂誌志週周刊刊欄栏輯辑設设換换貼贴壇坛鬧闹覺觉頭头條条寬宽側侧邊边順顺觀观嗎吗麼么裏里"
    "風风資资續续繼继誠诚檔档歸归檢检紹绍採采訪访攝摄譯译筆笔啟启臉脸贊赞讚赞數数則则預预獲获參参確确詳详該该僅仅"
    "謹谨紛纷團团協协習习辦办課课徵征稱称謀谋複复復复紀纪異异況况釋释圍围獎奖貴贵較较達达遠远運运過过還还"
    "進进適适選选遺遗邏逻閣阁陽阳陰阴雲云靜静韻韵頂顶順顺須须顧顾飛飞飲饮馆馆館馆驗验鮮鲜麥麦點点齊齐"
)


def _table() -> dict[str, str]:
    table = {form: plain for plain, forms in _PLAIN.items() for form in forms if form != plain}
    table |= {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {chr(base + digit): str(digit) for base in (0x660, 0x6F0) for digit in range(10)}
    pairs = zip(_SIMPLIFIED[::2], _SIMPLIFIED[1::2], strict=True)
    return table | {old: new for old, new in pairs if old != new}


HEAD = 4
"""Characters at the beginning of a line by which patterns are found."""

_HEADS = ((HEAD, 150), (3, 250), (2, 400), (1, 400))  # how many heads of how many characters are worth their room

_FOLD = _table()
_FOLDED = lazy_pattern(f"[{''.join(map(re.escape, _FOLD))}]")
_ORNAMENTS = " \t\n|*·■□◆◇▪○◎★☆✓✔×✕…-_=~\"';,:/\\<>^↑↓⇒●†‡§¶\u200b\ufe0f\ue000\uf0c9"
_BUTTON = "(button)"  # how lynx draws one
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_META = frozenset("\\.^$*+?{}[]()|-")


def fold(text: str) -> str:
    """The form of `text` that patterns are written for.

    >>> fold("【責任編輯：Müller】")
    '[责任编辑:muller]'
    """
    lower = text.lower()
    return lower if lower.isascii() else _FOLDED.sub(_plain, lower)


def _plain(match: re.Match[str]) -> str:
    return _FOLD[match[0]]


def tidy(line: str) -> str:
    """A folded line without the ornaments around it: bullets, arrows, quotes, brackets that enclose all of it.

    >>> tidy("> [编辑:张乐]"), tidy("comments (12)"), tidy("read more ...")
    ('编辑:张乐', 'comments (12)', 'read more')
    >>> tidy("(button) search (button) sign in")
    'search | sign in'
    """
    whole = line.strip()
    if _BUTTON in line:
        line = line.replace(_BUTTON, " | ")
        whole = _BUTTON
    line = line.strip(_ORNAMENTS)
    if line.endswith(".."):
        line = line.rstrip(". ")
    while line and line[0] in _CLOSING:
        closing = _CLOSING[line[0]]
        if line[-1] == closing:
            line = line[1:-1].strip(_ORNAMENTS)
        elif closing not in line:
            line = line[1:].strip(_ORNAMENTS)
        else:
            break
    return " ".join(line.split()) if "  " in line else line or whole


def fold_pattern(pattern: str) -> str:
    r"""A pattern, its characters folded; what becomes a metacharacter is escaped, escapes stay as they are.

    >>> fold_pattern("（責任）?編輯：\\S"), fold_pattern("Σχόλια")
    ('\\(责任\\)?编辑:\\S', 'σχολια')
    """
    return re.sub(r"\\.|\(\?P|[^\\]", _fold_match, pattern, flags=re.DOTALL)


def _fold_match(match: re.Match[str]) -> str:
    old = match.group()
    if old[0] == "\\" or len(old) > 1:
        return old
    new = fold(old)
    return f"\\{new}" if new != old and new in _META else new


@lru_cache(maxsize=4096)
def compiled(pattern: str) -> re.Pattern[str]:
    """The compiled pattern; one that is used is compiled once in a process."""
    return re.compile(pattern)


# What follows reads a pattern's parse tree as the standard library's own parser makes it: (operation, arguments) pairs.

_Tree = Sequence[tuple[Any, Any]]
_MANY = 4  # a repeat that can take more than this many rounds counts as a loop
_DIGITS = {ord(digit): "0" for digit in "123456789"}
_CLASS = 12  # a class with more members than this is not spelled out


class _Bounds(NamedTuple):
    """How far a pattern is spelled out: characters, strings, members of a class; whether 0 stands for all digits."""

    width: int
    limit: int
    members: int = _CLASS
    digits: bool = True


_SEPARATORS = _Bounds(1, 40, digits=False)


class _TooMany(Exception):
    """A pattern begins in more ways than it is worth spelling out."""


def _parse(pattern: str) -> _Tree:
    parser: Callable[[str], _Tree] = re._parser.parse  # type: ignore[attr-defined]
    return parser(pattern)


def branches(pattern: str) -> list[str]:
    """The alternatives of a pattern.

    >>> branches("(?:home|back(?: to|))|[a|b]c"), branches("(?:home|menu)")
    (['home', 'back(?: to|)', '[a|b]c'], ['home', 'menu'])
    """
    if _named(pattern):
        return [pattern]
    found = _split(pattern)
    if len(found) > 1:
        return [inner for branch in found for inner in branches(branch)]
    return branches(pattern[3:-1]) if pattern.startswith("(?:") and _closes_at_end(pattern) else found


def exact_lines(pattern: str, limit: int = 60) -> tuple[str, ...]:
    """All strings that a pattern matches when they are few, else ().

    >>> exact_lines("home(?: ?page)?|menu")
    ('home', 'home page', 'homepage', 'menu')
    """
    if _META.isdisjoint(pattern):
        return (pattern,)
    try:
        ended, cut = _grow(_parse(pattern), frozenset([""]), _Bounds(80, limit, digits=False))
    except _TooMany:
        return ()
    return () if cut else tuple(sorted(ended))


def head(line: str, width: int = HEAD) -> str:
    """The first characters of a folded line, all digits alike: what patterns are found by.

    >>> head("12 comments")
    '00 c'
    """
    begin = line[:width]
    return begin if begin.isalpha() else begin.translate(_DIGITS)


def starts(pattern: str) -> tuple[str, ...]:
    r"""The heads of at most `HEAD` characters with one of which every match begins; () when there is no telling.

    >>> starts(r"(?:by|von|\d{1,2}\.) .{1,9}")
    ('0. ', '00. ', 'by ', 'von ')
    """
    for width, limit in _HEADS:
        try:
            ended, cut = _grow(_parse(pattern), frozenset([""]), _Bounds(width, limit))
        except _TooMany:
            continue
        heads = {head(text) for text in ended | cut}
        return () if "" in heads else tuple(sorted(heads))
    return ()


def needles(pattern: str) -> tuple[str, ...]:
    """Strings one of which is in every match; () when there is no telling.

    >>> needles(".{0,40}(?:icp|公网)备.{0,9}")
    ('icp备', '公网备')
    """
    return tuple(sorted(_required(_parse(pattern)) or ()))


def _named(pattern: str) -> bool:
    """Whether a pattern has flags, or groups with a number or a name: such a one is not taken apart."""
    tokens = _TOKEN.findall(pattern)
    opened = [tokens[at + 1 : at + 3] for at, token in enumerate(tokens) if token == "("]
    return any(after[:1] != ["?"] or after[1:] in list(map(list, "PaiLmsux")) for after in opened)


def _split(pattern: str) -> list[str]:
    """Cut at the bars that stand in no group and no class."""
    found, depth = [""], 0
    for token in _TOKEN.findall(pattern):
        depth += (token == "(") - (token == ")")
        if token == "|" and not depth:
            found.append("")
        else:
            found[-1] += token
    return found


def _closes_at_end(pattern: str) -> bool:
    """Whether the group that a pattern begins with is all of it."""
    depth, length = 0, 0
    for token in _TOKEN.findall(pattern):
        depth += (token == "(") - (token == ")")
        length += len(token)
        if not depth:
            break
    return length == len(pattern)


_TOKEN = lazy_pattern(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)


def _grow(tree: _Tree, begun: frozenset[str], bounds: _Bounds) -> tuple[frozenset[str], frozenset[str]]:
    """Strings after `tree`, each from one in `begun`: those that went through it whole, and those cut off before."""
    cut: frozenset[str] = frozenset()
    for operation, argument in tree:
        begun, more = _step(str(operation), argument, begun, bounds)
        cut |= more | {text for text in begun if len(text) >= bounds.width}
        begun = frozenset(text for text in begun if len(text) < bounds.width)
        if len(begun) + len(cut) > bounds.limit:
            raise _TooMany
        if not begun:
            break
    return begun, cut


_Grown = tuple[frozenset[str], frozenset[str]]


def _step(name: str, argument: Any, begun: frozenset[str], bounds: _Bounds) -> _Grown:
    none: frozenset[str] = frozenset()
    if name == "LITERAL":
        return frozenset(text + chr(argument) for text in begun), none
    if name == "IN":
        members = _members(argument, bounds)
        return (frozenset(text + m for text in begun for m in members), none) if members else (none, begun)
    if name in ("AT", "ASSERT", "ASSERT_NOT"):
        return begun, none
    if name == "SUBPATTERN":
        return _grow(argument[-1], begun, bounds)
    if name == "ATOMIC_GROUP":
        return _grow(argument, begun, bounds)
    if name == "BRANCH":
        grown = [_grow(branch, begun, bounds) for branch in argument[1]]
        return none.union(*(g[0] for g in grown)), none.union(*(g[1] for g in grown))
    if name.endswith("REPEAT"):
        return _repeat(argument, begun, bounds)
    return none, begun


def _repeat(argument: Any, begun: frozenset[str], bounds: _Bounds) -> _Grown:
    least, most, body = argument
    cut: frozenset[str] = frozenset()
    for _ in range(least):
        begun, more = _grow(body, begun, bounds)
        cut |= more
        if not begun:
            return begun, cut
    if most == least:
        return begun, cut
    if most - least > 2 and not _single(body, bounds):
        return frozenset(), cut | begun
    every, last = begun, begun
    for _ in range(min(most - least, bounds.width)):
        last, more = _grow(body, last, bounds)
        every, cut = every | last, cut | more
        if not last:
            return every, cut
    return (every, cut) if most - least <= bounds.width else (frozenset(), cut | every)


def _single(body: _Tree, bounds: _Bounds) -> bool:
    """Whether one string stands for all that a part can take, as 0 does for the digits."""
    return len(body) == 1 and len(_fixed(str(body[0][0]), body[0][1], bounds)) == 1


def _members(items: Iterable[tuple[Any, Any]], bounds: _Bounds) -> tuple[str, ...]:
    """The characters of a class, or () when they are many. Folded lines have ASCII digits and plain spaces only."""
    found: list[str] = []
    for operation, argument in items:
        name = str(operation)
        if name == "LITERAL":
            found.append(chr(argument))
        elif name == "RANGE" and argument[1] - argument[0] < _CLASS:
            found.extend(map(chr, range(argument[0], argument[1] + 1)))
        elif name == "CATEGORY" and str(argument) == "CATEGORY_DIGIT" and bounds.digits:
            found.append("0")
        elif name == "CATEGORY" and str(argument) == "CATEGORY_SPACE":
            found.append(" ")
        else:
            return ()
    return tuple(found) if len(found) <= bounds.members else ()


def _required(tree: _Tree) -> frozenset[str] | None:
    """The strings, one of which every match of `tree` holds, that cost least."""
    best = min(map(_shortened, _requirements(tree)), key=_cost, default=None)
    return best if best and _cost(best) < _MOST_COST else None


def _requirements(tree: _Tree) -> Iterator[frozenset[str]]:
    for at, (operation, argument) in enumerate(tree):
        for width in (8, 5, 3, 2):
            try:
                ended, cut = _grow(tree[at:], frozenset([""]), _Bounds(width, 120, 3, digits=False))
            except _TooMany:
                continue
            yield ended | cut
        parts = [_required(branch) for branch in _inside(str(operation), argument)]
        if parts and all(parts) and not str(operation).startswith("ASSERT"):
            yield frozenset().union(*(part for part in parts if part))


def _shortened(strings: frozenset[str]) -> frozenset[str]:
    """The strings without those that hold another one: a line that holds them holds that one too."""
    kept: list[str] = []
    for text in sorted(strings, key=len):
        if not any(short in text for short in kept):
            kept.append(text)
    return frozenset(kept)


def _cost(strings: frozenset[str]) -> float:
    """How often lines may hold one of the strings, roughly, and what it takes to look for each of them."""
    return sum(_LOOK + _RARITY ** sum(map(_weight, text)) for text in strings)


def _weight(character: str) -> float:
    """How much a character tells, in Latin letters."""
    if "a" <= character <= "z":
        return 1
    if character in "@©ⓒ℗":
        return 4
    return 0.3 if character == " " else 2.5 if character >= "\u3040" else 1.3


_RARITY, _LOOK, _MOST_COST = 0.25, 0.002, 0.5


def ambiguous_loop(pattern: str) -> bool:
    """Whether a loop holds a part of changing length that the next round could also take: `(a+)+`, `(\\w+ ?)*`.

    So does one with two optional parts that could take the same character: `(?:a ?,? ?)+`. Such a pattern takes
    exponential time on a hostile line. `(?:, \\w+)*` is fine: a round begins with a comma, which
    the part before cannot take.
    """
    return _ambiguous(_parse(pattern))


def _ambiguous(tree: _Tree) -> bool:
    for operation, argument in tree:
        name = str(operation)
        if name.endswith("REPEAT"):
            _, most, body = argument
            if _ambiguous(body) or (most > _MANY and name != "POSSESSIVE_REPEAT" and _clashes(body)):
                return True
        elif any(_ambiguous(branch) for branch in _inside(name, argument)):
            return True
    return False


def _inside(name: str, argument: Any) -> Sequence[_Tree]:
    """The trees within an element other than a repeat."""
    if name == "SUBPATTERN":
        return [argument[-1]]
    if name == "BRANCH":
        branches: Sequence[_Tree] = argument[1]
        return branches
    return [argument[1]] if name in ("ASSERT", "ASSERT_NOT") else []


def _clashes(body: _Tree) -> bool:
    """Whether the body of a loop may change its length while no character of it surely sets rounds apart."""
    while len(body) == 1 and str(body[0][0]) == "SUBPATTERN":
        body = body[0][1][-1]
    if _twice_optional((*body, *body)):
        return True
    if not any(_varies(operation, argument) or _varies_within(operation, argument) for operation, argument in body):
        return False
    loops = [argument[2] for operation, argument in body if _varies(operation, argument)]
    inner = any(_varies_within(operation, argument) for operation, argument in body)
    separators = [found for element in body if (found := _opening(element))]
    return inner or not any(all(not _takes(loop, found) for loop in loops) for found in separators)


def _twice_optional(elements: _Tree) -> bool:
    """Whether one character could be taken by either of two optional elements with none between them that must be."""
    seen: set[str] = set()
    for operation, argument in elements:
        name = str(operation)
        if not name.endswith("REPEAT") or argument[0] > 0:
            seen = set()
            continue
        body = argument[2]
        if len(body) == 1 and (found := _fixed(str(body[0][0]), body[0][1], _SEPARATORS)):
            if seen.intersection(found):
                return True
            seen.update(found)
    return False


def _varies(operation: Any, argument: Any) -> bool:
    return str(operation).endswith("REPEAT") and argument[0] != argument[1] and argument[1] > 1


def _varies_within(operation: Any, argument: Any) -> bool:
    name = str(operation)
    if name == "SUBPATTERN":
        return any(_varies(o, a) or _varies_within(o, a) for o, a in argument[-1])
    if name == "BRANCH":
        return any(_varies(o, a) or _varies_within(o, a) for branch in argument[1] for o, a in branch)
    return False


def _opening(element: tuple[Any, Any]) -> frozenset[str]:
    """The characters with which an element begins that always takes some, when they are few."""
    try:
        ended, cut = _grow([element], frozenset([""]), _SEPARATORS)
    except _TooMany:
        return frozenset()
    return frozenset() if "" in ended | cut else ended | cut


def _fixed(name: str, argument: Any, bounds: _Bounds) -> tuple[str, ...]:
    """The characters that one element of a sequence stands for, when it always takes exactly one and they are few."""
    if name == "LITERAL":
        return (chr(argument),)
    return _members(argument, bounds) if name == "IN" else ()


def _takes(body: _Tree, characters: Iterable[str]) -> bool:
    """Whether what is repeated is more than one class of characters, or could be one of `characters`."""
    if len(body) != 1 or str(body[0][0]) not in ("IN", "LITERAL", "NOT_LITERAL"):
        return True
    operation, argument = body[0]
    name = str(operation)
    if name == "LITERAL":
        return chr(argument) in characters
    if name == "NOT_LITERAL":
        return any(ord(c) != argument for c in characters)
    return any(_in_class(argument, c) for c in characters)


def _in_class(items: Sequence[tuple[Any, Any]], character: str) -> bool:
    negated = str(items[0][0]) == "NEGATE"
    for operation, argument in items[1:] if negated else items:
        name = str(operation)
        if (
            (name == "LITERAL" and argument == ord(character))
            or (name == "RANGE" and argument[0] <= ord(character) <= argument[1])
            or (name == "CATEGORY" and _in_category(str(argument), character))
        ):
            return not negated
    return negated


def _in_category(category: str, character: str) -> bool:
    kinds = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}
    kind = next(pattern for name, pattern in kinds.items() if category.endswith(name))
    return (re.match(kind, character) is not None) != ("NOT" in category)
