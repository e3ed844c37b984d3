"""One document as plain data: each piece of the input with its label and why, the output with its structure, the facts.

Lists instead of objects and tables of rules and reasons keep a view small; `report.js` reads the same order.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from typing import Any

from artextract.article import Article
from artextract.model import Block, Fact, Mark
from artextract.places import Places
from artextract.writers.explain import FIELDS, Entry, Reasons, entries
from artextract.writers.kept import clean, glue
from artextract.writers.layout import Placed
from artextract.writers.marks import marks_by_range
from artextract.writers.text import kept_cells

SINGLE = 16_000_000
"""Characters of JSON that the view of a single document may have."""

IN_BATCH = 300_000
"""The same for one of a batch."""

LONG = 80
"""Characters of a dropped text whose evidence from the classifier is worked out in a batch, too."""

UNSURE = (0.25, 0.75)
"""Scores between which it is worked out for shorter ones, too."""

ASKED = 30
"""Texts of one document of a batch for which it is worked out at most: each costs about a millisecond."""

_LOST = 8  # candidates of a field that are shown
_MOST_MARKS = 400  # of one stretch of text
_SHOWN_MARKS = frozenset(
    (
        "strong",
        "emphasis",
        "code",
        "strike",
        "highlight",
        "superscript",
        "subscript",
        "link",
        "image",
        "formula",
        "footnote",
    )
)


def view(article: Article, path: str, member: str | None, most: int = SINGLE) -> str:
    """The view as JSON of at most about `most` characters; what did not fit is counted in `cut`."""
    source = article.document.source
    table = _Table()
    rows, cut = _within(_rows(article, table, thrifty=most < SINGLE), most * 0.55)
    output, output_cut = _within((_item(placed) for placed in article.placed), most * 0.35)
    found = {
        "path": clean(path),
        "member": clean(member) if member else None,
        "input": [source.media_type, source.encoding, source.encoding_from, source.bytes, len(source.text)],
        "language": article.metadata.language,
        "quality": article.quality,
        "chars": len(article.text),
        "facts": [_field(article, name) for name in FIELDS if _has(article, name)],
        "warnings": [[note.code, clean(note.text)] for note in article.notes],
        "names": table.names,
        "rows": rows,
        "output": output,
        "cut": [cut, output_cut],
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


class _Table:
    """Texts that occur often, by number."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        if text not in self._numbers:
            self._numbers[text] = len(self.names)
            self.names.append(text)
        return self._numbers[text]


def _within(items: Iterator[list[Any]], most: float) -> tuple[list[list[Any]], int]:
    """As many as have room, and how many have not."""
    taken: list[list[Any]] = []
    cut = size = 0
    for item in items:
        size += len(json.dumps(item, ensure_ascii=False))
        if size > most:
            cut += 1
        else:
            taken.append(item)
    return taken, cut


def _rows(article: Article, table: _Table, thrifty: bool) -> Iterator[list[Any]]:
    """`[block, first line, last line, start, end, kept, label, rule, score, evidence, kind, level, text,
    marker]`."""
    reasons = Reasons(article)
    left = ASKED
    places = Places(article.document.source, article.document.blocks)
    for entry in entries(article):
        verdict = entry.verdict
        chars = _chars(entry, places)
        asked = not (thrifty and _weighed(entry)) or (left > 0 and _worth(entry))
        left -= asked and _weighed(entry)
        yield [
            entry.block.index,
            *entry.lines,
            *chars,
            int(entry.kept),
            table.number(entry.label),
            table.number(verdict.rule if verdict is not None else "-"),
            round(verdict.score, 3) if verdict is not None else None,
            table.number(clean(reasons.of(verdict)) if asked else _NOT_ASKED),
            table.number(entry.block.kind),
            entry.block.level,
            clean(entry.text) or _point(entry.block),
            clean(entry.block.marker) if entry.block.text and not entry.start else "",
        ]


_NOT_ASKED = "the classifier's score (a report of this document alone says what weighed in it)"


def _weighed(entry: Entry) -> bool:
    """Whether the classifier decided; a rule's reason costs nothing."""
    return entry.verdict is not None and entry.verdict.rule.startswith("model.")


def _worth(entry: Entry) -> bool:
    """Whether somebody is likely to ask why: a long text was dropped, or the classifier was not sure."""
    score = 0.0 if entry.verdict is None else entry.verdict.score
    return UNSURE[0] < score < UNSURE[1] or (not entry.kept and len(entry.text) >= LONG)


def _chars(entry: Entry, places: Places) -> tuple[int | None, int | None]:
    place = places.of(entry.block.index, entry.start, entry.end)
    return (None, None) if place is None else (place.start, place.end)


def _point(block: Block) -> str:
    """What stands for a block without text."""
    image = next((mark for mark in block.marks if mark.kind == "image"), None)
    return "" if image is None else clean(f"[{image.title or image.target}]")


def _item(placed: Placed) -> list[Any]:
    """`[block, kind, level, depth, marker, quoted, note, content]`: content is spans, or rows of cells of spans."""
    block, ranges = placed.kept
    items = [level for level in placed.levels if level.kind == "item"]
    quoted = sum(level.kind != "item" for level in placed.levels)
    content: list[Any]
    if block.kind == "table":
        cells = list(kept_cells(block, ranges))
        found = iter(_marked(block, [part for _, parts in cells for part in parts]))
        rows: dict[int, list[Any]] = {}
        for cell, parts in cells:
            spans = [span for _ in parts for span in next(found)]
            rows.setdefault(cell.row, []).append([int(cell.header), spans])
        content = list(rows.values())
    else:
        content = []
        for (start, _), (_, end), spans in zip(ranges, (ranges[0], *ranges), _marked(block, ranges), strict=False):
            content += [*([[glue(block.text, end, start)]] if content else []), *spans]
    marker = clean(items[-1].marker) if items and block.kind == "list_item" else ""
    return [block.index, block.kind, block.level, len(items), marker, quoted, int(placed.note is not None), content]


def _marked(block: Block, ranges: Sequence[tuple[int, int]]) -> list[list[list[Any]]]:
    """For each range its spans; linear in ranges and marks together."""
    marks = marks_by_range([mark for mark in block.marks if mark.kind in _SHOWN_MARKS], ranges)
    return [list(_spans(block, *span, here)) for span, here in zip(ranges, marks, strict=True)]


def _spans(block: Block, start: int, end: int, found: Sequence[Mark]) -> Iterator[list[Any]]:
    """`[text]`, `[text, marks]` or `[text, marks, address]` for each stretch under the same marks."""
    pictures = [mark for mark in found if mark.kind == "image"]
    marks = [mark for mark in found if mark.start < mark.end]
    if len(marks) + len(pictures) > _MOST_MARKS:  # to cut at each edge costs marks times edges
        marks, pictures = [], []
    points = [edge for mark in (*marks, *pictures) for edge in (mark.start, mark.end)]
    edges = sorted({start, end, *(min(max(edge, start), end) for edge in points)})
    for low, high in itertools.pairwise([*edges, end]):
        yield from (_picture(mark) for mark in pictures if mark.start == low)
        if low < high:
            here = [mark for mark in marks if mark.start <= low and mark.end >= high]
            yield _span(clean(block.text[low:high]), here)


def _picture(mark: Mark) -> list[Any]:
    return [clean(mark.title or mark.target[:500]), "image", clean(mark.target[:500])]


def _span(text: str, marks: list[Mark]) -> list[Any]:
    if not marks:
        return [text]
    link = next((mark.target for mark in marks if mark.kind == "link"), "")
    formula = next((mark.target.strip() for mark in marks if mark.kind == "formula"), "")
    text = clean(formula) or text
    kinds = " ".join(dict.fromkeys(mark.kind for mark in marks))
    return [text, kinds, clean(link[:500])] if link else [text, kinds]


def _has(article: Article, name: str) -> bool:
    return bool(getattr(article.metadata, name)) or any(fact.field == name for fact in article.metadata.facts)


def _field(article: Article, name: str) -> list[Any]:
    """`[field, value, where it was read, candidates that lost]`."""
    metadata = article.metadata
    value = getattr(metadata, name)
    shown = " / ".join(value) if isinstance(value, tuple) else value or ""
    values = value if isinstance(value, tuple) else ()
    facts = [fact for fact in metadata.facts if fact.field == name]
    chosen = [fact for fact in metadata.chosen if fact.field == name] or [f for f in facts if f.value in values]
    lost = [fact for fact in facts if fact not in chosen]
    return [name, clean(shown), [_fact(fact) for fact in chosen], [_fact(fact) for fact in lost[:_LOST]]]


def _fact(fact: Fact) -> list[Any]:
    line = fact.place.first_line if fact.place is not None else None
    return [clean(fact.value[:300]), fact.rule, round(fact.score, 3), line]
