"""Features of blocks: integers by which the trees decide. One module for training and for use.

Columns, not rows: a feature is a list with one integer per unit (a block that has text), since list comprehensions
over columns are the fastest thing that plain Python does. Shares are in thousandths, lengths in "mass": the characters
of words, with a CJK character counted as 2.5 letters, so that a number means the same in every script.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from itertools import accumulate, pairwise

from artextract.classifier.charclass import class_strings
from artextract.classifier.titleline import title_line
from artextract.classifier.weights import Weights
from artextract.language import FUNCTION_WORDS
from artextract.model import LABELS, Block, Document
from artextract.records import record
from artextract.scripts import tokens

try:
    from artextract.classifier._kernels import windowed as _compiled_windowed  # type: ignore[import-not-found,unused-ignore]
except ImportError:  # no compiler at install time
    _compiled_windowed = None

Column = list[int]
Columns = dict[str, Column]

LONG_MASS = 120  # of a block that is taken for prose
USUAL_SHARE = 400  # function words per thousand in prose, after scaling
LEAST_SHARE = 60  # prose with fewer is not prose, or in a language whose function words we do not know
CJK_MASS = 5  # half letters per CJK character
KINDS = ("paragraph", "heading", "list_item", "table", "code", "formula", "caption", "term", "image", "separator")
LONGEST_WORDS = 400  # words of one block that are looked up
CJK_CHARACTERS = 60  # characters of a block with CJK text of which pairs are looked up


@record(frozen=True, slots=True)
class View:
    """A document as the features see it: its units, and what several features share."""

    document: Document
    units: tuple[Block, ...]
    hits: list[tuple[str, bool]]  # per unit: label of the strongest lexicon rule ("" for none), and whether certain
    classes: list[str]
    words: list[list[str]]
    mass: Column
    weights: Weights
    title: int  # place of the unit that probably is the title line, -1 for none


def view_of(document: Document, weights: Weights) -> View:
    """The units of a document with what features need of them."""
    units = tuple(b for b in document.blocks if b.text and b.origin == "page")
    labels: dict[int, tuple[str, bool]] = {}
    for verdict in document.verdicts:
        if verdict.span is None and not labels.get(verdict.block, ("", False))[1]:
            labels[verdict.block] = (verdict.label, verdict.certain)
    classes = class_strings([b.text.replace("\n", " ") for b in units])
    words = [words_of(b.text, "c" in c or "f" in c) for b, c in zip(units, classes, strict=True)]
    mass = [
        (2 * (c.count("a") + c.count("A") + c.count("l") + c.count("d")) + CJK_MASS * (c.count("c") + c.count("f")))
        // 2
        for c in classes
    ]
    hits = [labels.get(b.index, ("", False)) for b in units]
    title = title_line(document, units, [label for label, _ in hits], mass)
    if title >= 0:
        hits[title] = ("title", True)
    return View(document, units, hits, classes, words, mass, weights, title)


def words_of(text: str, cjk: bool = False) -> list[str]:
    """Lower-cased words between white space; of a text with CJK characters the pairs of neighbours in its beginning.

    >>> words_of("Alle Rechte"), words_of("责任编辑", cjk=True)
    (['alle', 'rechte'], ['责任', '任编', '编辑'])
    """
    if cjk:
        start = text[:CJK_CHARACTERS].lower()
        return [a + b for a, b in pairwise(start) if a != " " != b]
    return text[:4000].lower().split(None, LONGEST_WORDS)


def shared_columns(view: View) -> Columns:
    """The features that a text dump has too: of the text, the layout, the neighbours and the page."""
    columns = text_columns(view)
    columns.update(layout_columns(view, columns))
    columns.update(neighbour_columns(columns))
    columns.update(page_columns(view, columns))
    return columns


def text_columns(view: View) -> Columns:
    """What a block's own characters say."""
    units, classes, mass = view.units, view.classes, view.mass
    n_words = [b.text.count(" ") + 1 for b in units]
    cjk = [c.count("c") + c.count("f") for c in classes]
    length = [max(1, len(c)) for c in classes]
    upper = [c.count("A") for c in classes]
    terminal = [c.count(".") for c in classes]
    function = view.weights.function_words
    known = [sum(map(function.__contains__, w)) for w in view.words]
    lexicon = {label: i + 1 for i, label in enumerate(LABELS)}
    folded = [" ".join(w)[:200] for w in view.words]
    seen = Counter(folded)
    return {
        "mass": [m if m < 3000 else 3000 for m in mass],
        "words": [min(w + c, 600) for w, c in zip(n_words, cjk, strict=True)],
        "word-length": [10 * m // (w + c or 1) for m, w, c in zip(mass, n_words, cjk, strict=True)],
        "terminals": [t if t < 40 else 40 for t in terminal],
        "commas": [min(c.count(","), 40) for c in classes],
        "digit-share": [1000 * c.count("d") // n for c, n in zip(classes, length, strict=True)],
        "upper-share": [1000 * u // n for u, n in zip(upper, length, strict=True)],
        "title-words": [
            1000 * (c.count(" A") + c.startswith("A")) // (w or 1) for c, w in zip(classes, n_words, strict=True)
        ],
        "function-share": _function_shares(view, known, n_words, cjk),
        "last": [".:,|q@dAaclf$".find(c[-1:]) for c in classes],
        "first": ["Aadcfl|q.o$@".find(c[:1]) for c in classes],
        "symbol-share": [
            1000 * (c.count("|") + c.count("o") + c.count("q")) // n for c, n in zip(classes, length, strict=True)
        ],
        "separators": [min(c.count("|"), 9) for c in classes],
        "colons": [min(c.count(":"), 9) for c in classes],
        "at-signs": [c.count("@") + 2 * c.count("©") for c in classes],
        "currency": [min(c.count("$"), 5) for c in classes],
        "year": [int("dddd" in c) for c in classes],
        "cjk-share": [1000 * k // n for k, n in zip(cjk, length, strict=True)],
        "sentence-mass": [min(2000, m // (t + 1)) for m, t in zip(mass, terminal, strict=True)],
        "link-share": [1000 * b.link_chars // n for b, n in zip(units, length, strict=True)],
        "kind": [KINDS.index(b.kind) for b in units],
        "level": [b.level for b in units],
        "list-depth": [sum(c.kind == "list" for c in b.containers) if b.containers else 0 for b in units],
        "quoted": [sum(c.kind == "quote" for c in b.containers) if b.containers else 0 for b in units],
        "cells": [min(99, len(b.cells)) for b in units],
        "rule": [lexicon.get(label, 0) for label, _ in view.hits],
        "rule-certain": [int(certain) for _, certain in view.hits],
        "repeats": [min(9, seen[f] - 1) for f in folded],
        "repeats-earlier": _earlier(folded),
        "word-odds": [_clamp(view.weights.odds_of_words(w), 900) for w in view.words],
        "title-overlap": _title_overlap(view),
    }


def _function_shares(view: View, known: Column, n_words: Column, cjk: Column) -> Column:
    """Function words per thousand, scaled so that the page's long blocks have 400 in the mean.

    Languages differ (English 400, Russian 200, Chinese characters 150), and of some we know more function words than of
    others; what tells prose from menus is the share compared with the page's own prose.
    """
    shares = [
        (1000 * k + 2500 * c.count("f")) // (w + n or 1)
        for k, c, w, n in zip(known, view.classes, n_words, cjk, strict=True)
    ]
    long = [(m, s) for m, s in zip(view.mass, shares, strict=True) if m >= LONG_MASS]
    usual = sum([m * s for m, s in long]) // (sum([m for m, _ in long]) or 1) if long else USUAL_SHARE
    usual = max(usual, LEAST_SHARE)
    return [min(1000, USUAL_SHARE * s // usual) for s in shares]


def _clamp(value: int, bound: int) -> int:
    return max(-bound, min(bound, value))


def _earlier(folded: list[str]) -> Column:
    """How often the same text stands earlier in the page, up to 9."""
    seen: dict[str, int] = {}
    column = []
    for text in folded:
        n = seen.get(text, 0)
        column.append(min(n, 9))
        seen[text] = n + 1
    return column


def _title_overlap(view: View) -> Column:
    """Thousandths of a block's tokens (the first hundred) that are in the page's title, less function words."""
    titles = [f.value[:300] for f in view.document.reading.facts if f.field == "title"][:6]
    if not titles:
        titles = [b.text[:300] for b in view.units if b.kind == "heading"][:2]
    wanted = {t for title in titles for t in tokens(title)} - view.weights.function_words
    if not wanted:
        return [0] * len(view.units)
    contains = wanted.__contains__
    found = []
    for words, cls, block in zip(view.words, view.classes, view.units, strict=True):
        parts = tokens(block.text[:200]) if "c" in cls or "f" in cls else words[:60]
        found.append(1000 * sum(map(contains, parts)) // (len(parts) or 1))
    return found


def layout_columns(view: View, own: Columns) -> Columns:
    """Where a block stands: in the page, under which heading, in which run, in or out of the best span."""
    units, mass = view.units, view.mass
    n = len(units)
    total = sum(mass) or 1
    before = [0, *accumulate(mass)][:n]
    free = [m * (1000 - s) // 1000 if s < 1000 else 0 for m, s in zip(mass, own["link-share"], strict=True)]
    short = [m < 60 for m in mass]
    linked = [s > 500 for s in own["link-share"]]
    blank = [min(b.blank_before, 5) if b.blank_before else 0 for b in units]
    columns: Columns = {
        "position": [1000 * i // n for i in range(n)],
        "index": [*range(min(n, 400)), *[400] * max(0, n - 400)],
        "from-end": [*[400] * max(0, n - 400), *range(min(n, 400) - 1, -1, -1)],
        "mass-before": [1000 * b // total for b in before],
        "blank-before": blank,
        "blank-after": [*blank[1:], 5][:n],
        "indent": [min(b.indent, 40) if b.indent else 0 for b in units],
        "short-run": _runs(short),
        "link-run": _runs(linked),
        "list-run": _runs([b.kind == "list_item" for b in units]),
        "same-shape-run": _shape_runs(view),
    }
    for name, gain in (("35", 35), ("80", 80)):
        values = [m - gain for m in free]
        columns.update(_span_columns(f"span{name}", values, before, total))
    weighted = [
        f * (300 + s) // 400 - 40 + 10 * min(t, 4)
        for f, s, t in zip(free, own["function-share"], own["terminals"], strict=True)
    ]
    columns.update(_span_columns("prose", weighted, before, total))
    columns.update(_heading_columns(view, free))
    columns.update(_title_columns(view, before))
    return columns


def _title_columns(view: View, before: Column) -> Columns:
    """Blocks and text between a block and the page's title line, negative before it; far away where there is none."""
    n = len(view.units)
    at = view.title
    if at < 0:
        return {"title-distance": [999] * n, "title-mass": [9999] * n}
    start = before[at]
    return {
        "title-distance": [max(-200, min(200, i - at)) for i in range(n)],
        "title-mass": [max(-9000, min(9000, b - start)) for b in before],
    }


def _runs(flags: Sequence[bool]) -> Column:
    """For each place the length of the run of equal flags around it, negative where the flag is off, up to 50."""
    column: Column = []
    start = 0
    for i in range(1, len(flags) + 1):
        if i == len(flags) or flags[i] != flags[start]:
            length = min(50, i - start)
            column.extend([length if flags[start] else -length] * (i - start))
            start = i
    return column


def _shape_runs(view: View) -> Column:
    """Run of blocks of one kind and about one length: cards, menus, tables of lines."""
    shapes = [(b.kind, m.bit_length()) for b, m in zip(view.units, view.mass, strict=True)]
    column: Column = []
    start = 0
    for i in range(1, len(shapes) + 1):
        if i == len(shapes) or shapes[i] != shapes[start]:
            column.extend([min(50, i - start)] * (i - start))
            start = i
    return column


def best_span(values: Sequence[int]) -> tuple[int, int]:
    """The half-open range with the largest sum (Kadane's algorithm; Bentley 1984); (0, 0) where nothing is positive.

    >>> best_span([-1, 3, -1, 4, -9, 2])
    (1, 4)
    """
    best = current = start = 0
    span = (0, 0)
    for i, value in enumerate(values):
        current += value
        if current <= 0:
            current, start = 0, i + 1
        elif current > best:
            best, span = current, (start, i + 1)
    return span


def _span_columns(name: str, values: Sequence[int], before: Column, total: int) -> Columns:
    """In or out of the best span: 0 inside, else the distance in blocks; where inside; the span's share of the page."""
    start, end = best_span(values)
    n = len(values)
    mass = (before[end] if end < n else total) - (before[start] if start < n else total) if n else 0
    size = max(1, end - start)
    return {
        name: [max(-99, i - start) if i < start else min(99, i - end + 1) if i >= end else 0 for i in range(n)],
        f"{name}-within": [1000 * (i - start) // size if start <= i < end else -1 for i in range(n)],
        f"{name}-share": [1000 * mass // total] * n,
    }


def _heading_columns(view: View, free: Column) -> Columns:
    """The nearest heading above: how far, which level, what the lexicon calls it, how much text its section has."""
    units, hits = view.units, view.hits
    lexicon = {label: i + 1 for i, label in enumerate(LABELS)}
    heads = [i for i, b in enumerate(units) if b.kind == "heading"]
    distance, level, rule, section, odds = [], [], [], [], []
    bounds = [0, *heads, len(units)]
    for start, end in pairwise(bounds):
        head = units[start] if start < len(units) and units[start].kind == "heading" else None
        text = min(9999, sum(free[start:end]))
        hit = lexicon.get(hits[start][0], 0) if head else 0
        score = _clamp(view.weights.odds_of_words(view.words[start]), 900) if head else 0
        for i in range(start, end):
            distance.append(min(99, i - start) if head else 99)
            level.append(head.level if head else 0)
            rule.append(hit)
            section.append(text)
            odds.append(score)
    until = [0] * len(units)
    following = len(units)
    for i in range(len(units) - 1, -1, -1):
        until[i] = min(99, following - i)
        if units[i].kind == "heading":
            following = i
    return {
        "heading-distance": distance,
        "heading-level": level,
        "heading-rule": rule,
        "heading-odds": odds,
        "section-mass": section,
        "heading-ahead": until,
    }


def shifted(column: Column, by: int, default: int = -1) -> Column:
    """The column of the neighbour `by` places ahead (negative: behind)."""
    n = len(column)
    if by > 0:
        return [*column[by:], *[default] * min(by, n)]
    return [*[default] * min(-by, n), *column[: max(0, n + by)]]


def windowed(column: Column, radius: int) -> Column:
    """The mean over the places up to `radius` away, itself included, rounded down."""
    if _compiled_windowed is not None:
        with suppress(OverflowError):
            found: Column = _compiled_windowed(column, radius)
            return found
    return plain_windowed(column, radius)


def plain_windowed(column: Column, radius: int) -> Column:
    """The same in plain Python."""
    n = len(column)
    sums = [0, *accumulate(column)]
    width = 2 * radius + 1
    inner = [(high - low) // width for low, high in zip(sums, sums[width:], strict=False)]
    if not inner:
        return [_mean(sums, i - radius, i + radius + 1) for i in range(n)]
    head = [_mean(sums, 0, i + radius + 1) for i in range(radius)]
    return [*head, *inner, *[_mean(sums, i - radius, n) for i in range(n - radius, n)]]


def _mean(sums: Column, low: int, high: int) -> int:
    low, high = max(0, low), min(len(sums) - 1, high)
    return (sums[high] - sums[low]) // (high - low)


NEIGHBOURS = ("mass", "link-share", "terminals", "function-share", "rule", "kind", "word-odds")
WINDOWS = ("mass", "link-share", "terminals", "function-share", "word-odds", "title-words")


def neighbour_columns(own: Columns) -> Columns:
    """The same figures of the blocks before and after, and means over windows."""
    columns: Columns = {}
    for name in NEIGHBOURS:
        for by in (-2, -1, 1, 2):
            columns[f"{name}@{by:+d}"] = shifted(own[name], by)
    for name in WINDOWS:
        for radius in (2, 5):
            columns[f"{name}~{radius}"] = windowed(own[name], radius)
    columns["mass~12"] = windowed(own["mass"], 12)
    columns["word-odds~12"] = windowed(own["word-odds"], 12)
    return columns


def page_columns(view: View, own: Columns) -> Columns:
    """Figures of the page as a whole, the same for every block."""
    n = len(view.units)
    total = sum(view.mass)
    long_mass = sum(m for m in view.mass if m >= 120)
    links = sum(m * min(1000, s) // 1000 for m, s in zip(view.mass, own["link-share"], strict=True))
    kinds = Counter(b.kind for b in view.units)
    figures = {
        "page-blocks": min(n, 3000),
        "page-mass": min(total, 100_000),
        "page-long-share": 1000 * long_mass // (total or 1),
        "page-link-share": 1000 * links // (total or 1),
        "page-headings": min(99, kinds["heading"]),
        "page-list-share": 1000 * kinds["list_item"] // (n or 1),
        "page-mean-mass": total // (n or 1),
        "page-cjk": 1000 * sum(c.count("c") for c in view.classes) // (sum(map(len, view.classes)) or 1),
        "page-code": min(20, kinds["code"]),
        "page-odds": sum(own["word-odds"]) // (n or 1),
    }
    return {name: [value] * n for name, value in figures.items()}


_MORE_FUNCTION_WORDS = {
    "ru": "и в не на что с по как это он из от за для его но к о же у мы был при также она они их то был были было а",
    "uk": "і в не на що з та до у як це він від за для його але й про є ми був при також вона вони",
    "el": "και το η ο να του της τα την στο με που για από των στη τον θα είναι σε τις οι δεν στην ένα μια ότι αυτό",
    "ar": "في من على إلى أن عن التي الذي هذا هذه مع كان لا ما بعد و قد بين كما أو ذلك لم كل هو هي",
    "fa": "و در به از که این را با است برای آن یک خود تا کرد بر هم",
    "he": "של את על לא הוא זה עם כי גם היא אל או אם כל יש מה",
}


def function_words() -> frozenset[str]:
    """The function words of all languages that we know, in one set."""
    lists = (*FUNCTION_WORDS.values(), *_MORE_FUNCTION_WORDS.values())
    return frozenset(word for words in lists for word in words.split())
