"""The title line of a text dump: no markup says which line it is, but where it stands does, and what it says.

A heading comes before the body, after menus; a byline or a date follows it; its words come again in the body; it often
stands twice, the first time at the end of a breadcrumb.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from artextract.lazy import lazy_pattern
from artextract.metadata.ballot import Candidate
from artextract.metadata.surroundings import LONG, weight
from artextract.metadata.values import folded
from artextract.metadata.when import dates_in, may_hold_date
from artextract.model import Block, Document, Fact, Verdict
from artextract.scripts import CJK_RE

LONGEST = 220  # characters of a title line
SCANNED = 500  # blocks from the top that are looked at
MOST = 40  # candidates that are weighed: the title was not among the first 24 of one dump in ten

_BY = lazy_pattern(
    r"(?:(?:written|posted|published|words|story|medically|fact|started|asked|reviewed|thread)\b.{0,20}\b(?:by"
    r"|starter)\b|by )"
    r"|(?:von|par|por|di|da|door|av|автор|作者|文|记者|記者|글)\b|.{0,60}[|·•] ?by ",
    re.IGNORECASE,
)
_CRUMB = lazy_pattern(
    r".{1,60}\S ?(?:>|»|›|→|::|/) ?\S.{0,80}(?:>|»|›|→|/)|(?:home|首页|当前位置|您的位置|startseite|accueil)\b",
    re.IGNORECASE,
)
_JUNK = lazy_pattern(r"[\[#(©{<]|https?:|iframe")
_FURNITURE_WORDS = (
    "home|menu|search|login|log|subscribe|share|navigation|contact|about|news|blog|skip|toggle|close|open"
    "|comments|related|breadcrumb|sign|cart|account|help|print|email"
)
_FURNITURE = frozenset(_FURNITURE_WORDS.split("|"))
_STOP = lazy_pattern(r"[.。…;；]['\"”’)»]?\Z")
_WORD = lazy_pattern(r"[^\W_]{4,30}")
_BAD_LABELS = ("navigation", "share", "legal", "pager", "advertisement", "breadcrumb", "dateline", "byline", "credit")


class _Lines:
    """What is counted once for a document."""

    def __init__(self, document: Document) -> None:
        self.blocks = [b for b in document.blocks[:SCANNED] if b.origin == "page"]
        self.count = len(self.blocks)
        self.weights = [weight(b.text[:600]) for b in self.blocks]
        self.keys = [b.text.strip().lower() if len(b.text) <= LONGEST else "" for b in self.blocks]
        self.times = Counter(self.keys)
        self.prose = [w >= LONG and b.kind == "paragraph" for w, b in zip(self.weights, self.blocks, strict=True)]
        verdicts: list[Verdict | None] = document.latest() if document.verdicts else [None] * len(document.blocks)
        self.chances = [_chance(verdicts[b.index]) for b in self.blocks]
        self.start, self.end = self._body()
        self.words, self.samples = self._topic()
        self.labels = [v.label if (v := verdicts[b.index]) else "" for b in self.blocks]
        heads = [i for i, b in enumerate(self.blocks) if b.kind == "heading"]
        self.rank = {i: n for n, i in enumerate(heads)}
        self.prose_before = [0]
        for is_prose in self.prose:
            self.prose_before.append(self.prose_before[-1] + is_prose)
        self.notes: dict[int, tuple[bool, bool]] = {}

    def marks(self, i: int) -> tuple[bool, bool]:
        """Whether a line holds a date, and whether it begins as a byline does."""
        found = self.notes.get(i)
        if found is None:
            text = self.blocks[i].text
            label = self.labels[i]
            short = len(text) <= 160
            dated = short and (label == "dateline" or bool(dates_in(text)))
            found = self.notes[i] = (dated, short and (label == "byline" or _BY.match(text) is not None))
        return found

    def noted(self, first: int, last: int, which: int) -> bool:
        """Whether any line of [first, last) holds a date (0) or is a byline (1)."""
        return any(self.marks(j)[which] for j in range(max(0, first), min(last, self.count)))

    def _body(self) -> tuple[int, int]:
        """The best-scoring run of blocks: where the body is. Each is worth its weight, more if it was judged body."""
        best, span, start, current = 0.0, (0, 0), 0, 0.0
        for i, (w, block) in enumerate(zip(self.weights, self.blocks, strict=True)):
            if current <= 0:
                current, start = 0.0, i
            chance = self.chances[i]
            if chance >= 0:
                current += (chance - 0.35) * min(w + 20, 400)
            else:
                current += min(w, 400) - (80 if block.kind == "list_item" and w < 80 else 60)
            if current > best:
                best, span = current, (start, i)
        return span

    def _topic(self) -> tuple[Counter[str], int]:
        """In how many of the body's paragraphs each of its words occurs."""
        found: Counter[str] = Counter()
        paragraphs = [
            b
            for b, w in zip(self.blocks[self.start : self.end + 1], self.weights[self.start :], strict=False)
            if w >= 80
        ]
        for block in paragraphs[:30]:
            found.update(set(_terms(block.text[:600])))
        return found, len(paragraphs)


def _chance(verdict: Verdict | None) -> float:
    """How likely a block is body: what the classifier says, 0 for what a certain rule drops, -1 where nobody knows."""
    if verdict is None:
        return -1.0
    if verdict.rule.startswith("model."):
        return verdict.score
    return 0.0 if verdict.label != "body" else 1.0


def _terms(text: str) -> Iterator[str]:
    """Words of four letters or more; pairs of characters where text is Chinese or Japanese."""
    if not text.isascii() and CJK_RE.search(text):
        yield from (text[i : i + 2] for i in range(len(text) - 1) if CJK_RE.match(text, i))
    else:
        yield from _WORD.findall(text.lower())


def line_candidates(document: Document) -> list[Candidate]:
    """The lines of a dump that may be its title, with their evidence."""
    lines = _Lines(document)
    found: dict[str, Candidate] = {}
    for i in _indices(lines):
        block = lines.blocks[i]
        key = folded(block.text)
        fact = Fact("title", block.text, "text.title-line", block.place)
        names = _evidence(lines, i, block)
        if key not in found:
            found[key] = Candidate(block.text, [fact], names)
        else:
            found[key].facts.append(fact)
            found[key].evidence |= names
    return list(found.values())


def _indices(lines: _Lines) -> list[int]:
    """Blocks that can be a title at all, the `MOST` most likely ones at a glance, in order."""
    ranked: list[tuple[float, int]] = []
    below = 0  # how near a dated line or a byline stands below
    for i in range(lines.count - 1, -1, -1):
        block = lines.blocks[i]
        if _possible(lines, i, block):
            rank = abs(i - lines.start) - (15 if block.kind == "heading" else 0) - (20 if below else 0)
            rank -= 10 if len(block.text) > 20 and lines.times[lines.keys[i]] > 1 else 0
            ranked.append((rank + (10 if lines.weights[i] < 15 else 0), i))
        telling = len(block.text) <= 160 and (lines.labels[i] in ("dateline", "byline") or may_hold_date(block.text))
        below = 4 if telling else max(0, below - 1)
    return sorted(i for _, i in sorted(ranked)[:MOST])


def _possible(lines: _Lines, i: int, block: Block) -> bool:
    if (
        not 2 <= len(block.text) <= LONGEST
        or not lines.keys[i]
        or block.kind not in ("heading", "paragraph", "list_item")
    ):
        return False
    if lines.labels[i] in _BAD_LABELS or i > max(lines.end, lines.start + 20):
        return False
    if _JUNK.match(lines.keys[i]) or "(button)" in lines.keys[i]:
        return False
    if block.kind == "list_item":
        return lines.times[lines.keys[i]] > 1
    return block.kind == "heading" or i <= lines.start + 10


def _evidence(lines: _Lines, i: int, block: Block) -> set[str]:
    names = {f"kind.{block.kind}"}
    names.update(_place(lines, i))
    names.update(_around(lines, i))
    names.update(_words_of(lines, i, block.text))
    if block.kind == "heading":
        names.add(f"heading.level-{min(block.level, 4)}")
        names.add(f"heading.number-{min(4, lines.rank[i])}")
    return names


def _place(lines: _Lines, i: int) -> Iterator[str]:
    """Where it stands to the body and the page."""
    offset = i - lines.start
    yield (
        f"body.{offset}"
        if -6 <= offset <= 3
        else "body.before-12"
        if -12 < offset < 0
        else "body.far-before"
        if offset < 0
        else "body.in"
    )
    yield f"prose-before.{min(4, lines.prose_before[i])}"
    following = next((j - i for j in range(i + 1, min(lines.count, i + 70)) if lines.prose[j]), 0)
    yield f"to-prose.{int(math.log2(following)) if following else 'none'}"
    yield f"prose-after.{min(4, sum(lines.prose[i + 1 : i + 9]))}"
    yield f"prose-just-before.{min(2, sum(lines.prose[max(0, i - 8) : i]))}"
    if i < 3:
        yield f"line.{i}"


def _around(lines: _Lines, i: int) -> Iterator[str]:
    """What stands before and after it."""
    if lines.noted(i + 1, i + 4, 0):
        yield "date-after.3"
    if lines.noted(i + 1, i + 8, 0):
        yield "date-after.7"
    if lines.noted(i + 1, i + 4, 1):
        yield "by-after.3"
    if lines.noted(i + 1, i + 8, 1):
        yield "by-after.7"
    if lines.noted(i - 1, i, 0):
        yield "date-before"
    if i and _CRUMB.match(lines.blocks[i - 1].text[:300]):
        yield "breadcrumb-before"
    key = lines.keys[i]
    if any(k.endswith(key) for k in lines.keys[max(0, i - 6) : i] if k):
        yield "ends-a-line-before"
    if lines.times[key] > 1:
        yield "again-later" if key in lines.keys[i + 1 :] else "again-before"
    w = lines.weights[i]
    if all(x < w for x in lines.weights[max(0, i - 8) : i]):
        yield "longest-of-8"
    if all(x < w for x in lines.weights[max(0, i - 20) : i]):
        yield "longest-of-20"
    if lines.blocks[i].blank_before:
        yield "blank-before"
    if i + 1 < lines.count and lines.blocks[i + 1].blank_before:
        yield "blank-after"
    if i and lines.blocks[i - 1].kind == "list_item":
        yield "item-before"


def _words_of(lines: _Lines, i: int, text: str) -> Iterator[str]:
    """Its length, shape and words, and how often the body has them."""
    count = len(text.split())
    cjk = not text.isascii() and CJK_RE.search(text) is not None
    yield f"weight.{min(8, int(lines.weights[i] / 15))}"
    if not cjk:
        yield f"words.{min(7, count // 2)}"
        yield f"capitals.{int(3 * sum(w[:1].isupper() for w in text.split()) / max(1, count))}"
    if _STOP.search(text[-4:]):
        yield "ends-in-stop"
    elif text[-1] in "?？!！":
        yield "ends-in-question"
    elif text[-1] in ":：,，":
        yield "ends-in-colon"
    if text.isupper():
        yield "upper"
    if lines.marks(i)[0]:
        yield "dated"
    if lines.marks(i)[1]:
        yield "by"
    if _CRUMB.match(text):
        yield "breadcrumb"
    if not _FURNITURE.isdisjoint(text.lower().split()):
        yield "furniture"
    terms = list(dict.fromkeys(_terms(text)))[:40]
    if not terms or not lines.samples:
        yield "topic.unknown"
        return
    counts = sorted((lines.words[t] for t in terms), reverse=True)
    yield f"topic.sum-{min(9, sum(min(c, 6) for c in counts[:6]) // 2)}"
    yield f"topic.mean-{min(5, int(2 * sum(math.log2(1 + c) for c in counts) / len(counts)))}"
    yield f"topic.hits-{min(5, sum(c > 0 for c in counts))}"
