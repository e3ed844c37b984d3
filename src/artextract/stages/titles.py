"""The page's title line is a title, not body: writers put it where the reader of the output wants it."""

from __future__ import annotations

from collections.abc import Iterator

from artextract.metadata.titles import title_blocks
from artextract.model import Document, Verdict
from artextract.settings import Settings


def judge(document: Document, settings: Settings) -> Iterator[Verdict]:
    """Label the blocks that hold the chosen title."""
    for index in title_blocks(document):
        yield Verdict(index, "title", "title.heading", certain=True)
