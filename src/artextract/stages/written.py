"""Markdown with front matter: written as an article, or made of one by a program (this one). All of it is body."""

from __future__ import annotations

from collections.abc import Iterator

from artextract.model import Document, Verdict
from artextract.readers.text_front_matter import RULE
from artextract.settings import Settings
from artextract.stages import titles


def is_written(document: Document) -> bool:
    """Whether the document has front matter that says something of it."""
    return any(fact.rule == RULE for fact in document.reading.facts)


def judge(document: Document, settings: Settings) -> Iterator[Verdict]:
    """Label the front matter, and the title where it is the first heading."""
    first = next(iter(document.blocks), None)
    if first is not None and first.kind == "separator" and not first.text:
        yield Verdict(first.index, "other", "written.front-matter", certain=True)
    heading = next((block for block in document.blocks if block.text), None)
    if heading is not None and heading.kind == "heading":
        yield from (verdict for verdict in titles.judge(document, settings) if verdict.block == heading.index)
