"""The lexicon's judgement: lines that their words give away.

A block is looked at line by line (a `<br>` makes lines of one block). A line that no rule knows is cut at `|`, `·` and
the like, and is furniture when at least half of its parts are. A block whose every line is furniture is judged whole,
one with some such lines in part, and a credit at its end as just those characters. Tables, code, formulas and pictures
are left alone.

Where rules apply: `page-top` before the first long block or in the first third of the blocks, whichever reaches
further; `page-end` after the last long block or in the last third, likewise. A block is long from `LONG` characters on,
a Han or kana character or a Hangul syllable counting twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from artextract.lazy import lazy_pattern
from artextract.model import Block, Document, Verdict
from artextract.patterns import fold, tidy
from artextract.records import record
from artextract.rules import MAX_CHARS, Matcher, RuleSet, rules_for, suffix
from artextract.settings import Settings

LONG = 140
"""Characters from which a block is taken for a paragraph of prose."""

TAIL = 100
"""How many characters at the end of a block are searched for a credit."""

LIKELY = 0.7
"""The score of a verdict by a rule that is only likely."""

_JUDGED = frozenset(("heading", "paragraph", "list_item", "caption", "term", "separator"))
_CUT = lazy_pattern(r" ?\| ?| [·/] |·|\] ?\[| - ")
_SIGNS = lazy_pattern(r"[|·]| / |\] ?\[")
_DASHES = 3  # so many of them join the entries of a menu
_WORDS = lazy_pattern(r"(?:[\u3040-\ud7a3]{1,6} ){2,30}[\u3040-\ud7a3]{1,6}\Z")
_MAX_PARTS = 40
_MAX_PART = 60
_UNDER_HEAD = 12  # lines that one heading can announce
_SHORT = 100


@record(frozen=True, slots=True)
class Hit:
    """The rules that match `text[start:end]` of a block (None: all of it), the one that counts first."""

    rules: tuple[Matcher, ...]
    certain: bool
    span: tuple[int, int] | None = None


class _Line(NamedTuple):
    """One line of a block, as written; `whole` when the block has no other."""

    block: int
    start: int
    written: str
    whole: bool


def judge(document: Document, settings: Settings) -> Iterator[Verdict]:
    """The verdicts of the lexicon on a document, and those on lines under a heading such as "Related articles"."""
    found = find(document, settings)
    for index, hits in enumerate(found):
        for hit in hits:
            rule = hit.rules[0]
            score = 1.0 if hit.certain else LIKELY
            yield Verdict(index, rule.label, rule.id, score, span=hit.span, certain=hit.certain)
    for index in _under_heads(document, found) if "lexicon.under-head" not in settings.disable else ():
        yield Verdict(index, "related", "lexicon.under-head", LIKELY)


def hits(document: Document, settings: Settings) -> list[tuple[Matcher, ...]]:
    """For each block, all rules that match it or a part of it."""
    return [
        tuple(dict.fromkeys(rule for hit in block_hits for rule in hit.rules))
        for block_hits in find(document, settings)
    ]


def find(document: Document, settings: Settings) -> list[list[Hit]]:
    """For each block the places where rules match it."""
    rules = rules_for(document.languages or _by_script(document), settings)
    lines = list(_lines(document.blocks))
    known = _known_lines(lines, rules, _regions(document.blocks))
    found = _by_block(document.blocks, lines, known)
    _add_ends(document.blocks, rules, found)
    return found


def _lines(blocks: tuple[Block, ...]) -> Iterator[_Line]:
    for block in blocks:
        if block.kind not in _JUDGED or block.origin != "page":
            continue
        if "\n" not in block.text:
            if len(block.text) <= MAX_CHARS:
                yield _Line(block.index, 0, block.text, True)
            continue
        start = 0
        for part in block.text.split("\n"):
            if len(part) <= MAX_CHARS:
                yield _Line(block.index, start, part, False)
            start += len(part) + 1


_Regions = tuple[int, int]


def _regions(blocks: tuple[Block, ...]) -> _Regions:
    """Up to which block the top of the page reaches, and from which its end does."""
    long = [b.index for b in blocks if len(b.text) >= LONG // 2 and _weight(b.text) >= LONG]
    third = len(blocks) // 3
    first, last = (long[0], long[-1] + 1) if long else (len(blocks), 0)
    return max(first, third), min(last, len(blocks) - third)


def _weight(text: str) -> int:
    if len(text) >= LONG:
        return len(text)
    return len(text) + sum(1 for character in text if "\u3040" <= character <= "\ud7a3")


_Known = tuple[tuple[Matcher, ...], bool]
"""The rules of a line, the one that counts first, and whether they are certain."""


def _known_lines(lines: list[_Line], rules: RuleSet, regions: _Regions) -> list[_Known | None]:
    """What is known of each line."""
    texts = [tidy(text) for text in fold("\n".join([line.written for line in lines])).split("\n")]
    inside = rules.lines.inside(texts)
    return [
        _known(line, text, inside.get(number, ()), rules, regions)
        for number, (line, text) in enumerate(zip(lines, texts, strict=False))
    ]


def _known(
    line: _Line, text: str, inside: Iterable[tuple[Matcher, str]], rules: RuleSet, regions: _Regions
) -> _Known | None:
    """What is known of one line, folded and tidy as `text`: whole, as a menu, or by its parts."""

    def matching(part: str) -> tuple[Matcher, ...]:
        found = rules.lines.match(part, line.written, inside)
        return rules.ordered(m for m in found if _applies(m, line.block, regions)) if found else ()

    if found := matching(text):
        return found, found[0].certain
    if found := _menu(text, rules):
        return found, found[0].certain
    parts = _parts(text)
    return _sum([matching(tidy(part)) for part in parts]) if parts else None


def _applies(rule: Matcher, block: int, regions: _Regions) -> bool:
    if rule.where == "page-top":
        return block < regions[0]
    return rule.where != "page-end" or block >= regions[1]


def _parts(text: str) -> list[str]:
    """What a folded line falls into at its bars, dots and dashes, or short CJK words at spaces, when all are short."""
    if _SIGNS.search(text) or text.count(" - ") >= _DASHES:
        parts = [part for part in _CUT.split(text, maxsplit=_MAX_PARTS) if part.strip()]
    elif not text.isascii() and _WORDS.match(text):
        parts = text.split(" ")
    else:
        return []
    return parts if len(parts) > 1 and all(len(part) <= _MAX_PART for part in parts) else []


def _menu(text: str, rules: RuleSet) -> tuple[Matcher, ...]:
    """The rules of a line that is a row of entries, each of which would be furniture on a line of its own."""
    opener, space, _ = text.partition(" ")
    if (
        not space
        or "lexicon.menu" in rules.disabled
        or opener.rstrip(",;") not in rules.lines.openers
        or text.endswith(".")
    ):
        return ()
    words = text.split(" ", _MENU_WORDS)
    if len(words) > _MENU_WORDS:
        return ()
    exact, at = rules.lines.exact, 0
    entries: list[Matcher] = []
    while at < len(words):
        for length in (4, 3, 2, 1):
            found = exact.get(" ".join(words[at : at + length]).strip(",;"))
            if found:
                entries.append(found[0])
                break
        else:
            if words[at] not in _JOINTS:
                return ()
        at += length
    certain = all(m.certain for m in entries)
    if len(entries) < (2 if all(m.label in ("share", "legal") for m in entries) else _ENTRIES):
        return ()
    return (replace(entries[0], id="lexicon.menu", certain=certain), *rules.ordered(entries))


_ENTRIES = 3  # so many entries are a menu; two names of networks, two links to terms are enough
_MENU_WORDS = 60
_JOINTS = ("&", "/", "-", "+", ">")


def _sum(parts: list[tuple[Matcher, ...]]) -> _Known | None:
    """What the rules of a line's parts say of all of it: nothing, unless half of the parts are known."""
    known = [found for found in parts if found]
    if 2 * len(known) < len(parts):
        return None
    rules = tuple({m.id: m for found in known for m in found}.values())
    return rules, len(known) == len(parts) and all(found[0].certain for found in known)


def _by_block(blocks: tuple[Block, ...], lines: list[_Line], known: list[_Known | None]) -> list[list[Hit]]:
    found: list[list[Hit]] = [[] for _ in blocks]
    for line, match in zip(lines, known, strict=False):
        if match is not None:
            span = None if line.whole else (line.start, line.start + len(line.written))
            found[line.block].append(Hit(match[0], match[1], span))
    for block in blocks:
        if len(found[block.index]) > 1:
            found[block.index] = _joined(block, found[block.index])
    return found


def _joined(block: Block, hits: list[Hit]) -> list[Hit]:
    """One hit on the whole block when its every line is known, else the hits as they are."""
    covered = sum(len(block.text[hit.span[0] : hit.span[1]].strip()) for hit in hits if hit.span)
    if covered < sum(len(line.strip()) for line in block.text.split("\n")):
        return hits
    rules = tuple(dict.fromkeys(rule for hit in hits for rule in hit.rules))
    return [Hit(rules, all(hit.certain for hit in hits))]


def _add_ends(blocks: tuple[Block, ...], rules: RuleSet, found: list[list[Hit]]) -> None:
    """Add the credits at the ends of blocks that are not known already."""
    waiting = [b for b in blocks if not found[b.index] and b.kind in _JUDGED and b.origin == "page" and b.text]
    tails = [(b, b.text[-TAIL:].replace("\n", " ")) for b in waiting]
    tails = [(block, tail) for block, tail in tails if _CREDITED.search(tail)]
    folded = fold("\n".join([tail for _, tail in tails])).split("\n")
    for (block, tail), text in zip(tails, folded, strict=False):
        if len(text) != len(tail):
            continue
        for begin in (suffix(text), 0 if len(block.text) <= TAIL else None):
            if begin is not None and (hit := _end(block, begin, tail, text, rules)):
                found[block.index].append(hit)
                break


_CREDITED = lazy_pattern(r"[)\]）］】〕]\s{0,3}$|[.!?。！？…\"'”’」』»](?=[^!-~]).{2,}", re.DOTALL)
"""Ends of blocks that are worth a look: a bracket, or words after the end of a sentence."""


def _end(block: Block, begin: int, tail: str, folded: str, rules: RuleSet) -> Hit | None:
    bare = folded[begin:].strip()
    matched = rules.ends.match(bare, tail[begin:], rules.ends.holding(bare)) if bare else ()
    if not matched:
        return None
    ordered = rules.ordered(matched)
    start = len(block.text) - len(tail) + begin
    start += len(block.text[start:]) - len(block.text[start:].lstrip())
    return Hit(ordered, ordered[0].certain, (start, len(block.text)) if start else None)


def _under_heads(document: Document, found: list[list[Hit]]) -> Iterator[int]:
    """Short blocks that no rule knows, right under a line that announces links to other pages."""
    left = 0
    for block, block_hits in zip(document.blocks, found, strict=True):
        if block_hits:
            head = block_hits[0].span is None and block_hits[0].rules[0].id.endswith("related-head")
            left = _UNDER_HEAD if head else 0
        elif left and block.origin == "page":
            left = left - 1 if _announced(block) else 0
            if left:
                yield block.index


def _announced(block: Block) -> bool:
    """Whether a block looks like a link to another page: a list item or mostly link, short, no sentence."""
    if not block.text or len(block.text) > _SHORT:
        return False
    linked = 2 * block.link_chars > len(block.text)
    return block.kind == "list_item" or (linked and block.kind in ("paragraph", "heading"))


_SCRIPTS = (
    ("ja", lazy_pattern("[\u3040-\u30ff]")),
    ("ko", lazy_pattern("[\uac00-\ud7a3]")),
    ("zh", lazy_pattern("[\u4e00-\u9fff]")),
    ("ru", lazy_pattern("[\u0400-\u04ff]")),
    ("el", lazy_pattern("[\u0370-\u03ff]")),
    ("ar", lazy_pattern("[\u0600-\u06ff]")),
)


def _by_script(document: Document) -> tuple[tuple[str, float], ...]:
    """Languages that could be meant where nobody could tell which: those of the scripts in the text."""
    text = "\n".join(block.text for block in document.blocks[:400])
    found = tuple((tag, 1.0) for tag, pattern in _SCRIPTS if pattern.search(text))
    return found or tuple((tag, 1.0) for tag in ("de", "fr", "es", "pt", "it", "pl"))
