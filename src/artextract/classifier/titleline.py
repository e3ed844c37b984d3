"""Which unit probably is the page's title line: a guess for the features, made before metadata are chosen.

HTML: the first heading that stands in a title of the markup, the highest level first; else a longer line that does,
else the first h1. Text: the heading nearest above the first
dateline or byline; else the last heading before the first prose.
"""

from __future__ import annotations

from collections.abc import Sequence

from artextract.model import Block, Document

REACH = 8  # units between a title and its dateline, or the prose below it
LONG_TITLE = 15  # letters and digits of a title that is not a heading
LEAST = 6  # letters and digits of a title


def title_line(document: Document, units: Sequence[Block], labels: Sequence[str], mass: Sequence[int]) -> int:
    """The place of the title line among the units, -1 where there seems to be none."""
    heads = [i for i, block in enumerate(units) if block.kind == "heading"]
    if document.source.media_type == "text/html":
        return _in_markup(document, units, heads)
    dated = next((i for i, label in enumerate(labels) if label in ("dateline", "byline")), -1)
    if dated >= 0:
        near = [i for i in heads if dated - REACH <= i < dated]
        if near:
            return near[-1]
    prose = next((i for i, m in enumerate(mass) if m >= 160), -1)
    near = [i for i in heads if prose - REACH <= i < prose]
    return near[-1] if near else -1


def _in_markup(document: Document, units: Sequence[Block], heads: list[int]) -> int:
    titles = [_folded(fact.value) for fact in document.reading.facts if fact.field == "title"]
    for level in (1, 2, 3):
        for i in heads:
            if units[i].level == level:
                text = _folded(units[i].text)
                if len(text) >= LEAST and any(text in title for title in titles):
                    return i
    for i, block in enumerate(units):
        if block.kind != "heading" and LONG_TITLE <= len(block.text) <= 200:
            text = _folded(block.text)
            if len(text) >= LONG_TITLE and any(text in title for title in titles):
                return i
    return next((i for i in heads if units[i].level == 1), -1)


def _folded(text: str) -> str:
    return "".join([c for c in text[:400].lower() if c.isalnum()])
