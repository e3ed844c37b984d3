"""The page's title line is a title, not body: writers put it where the reader of the output wants it."""

from __future__ import annotations

from collections.abc import Iterator

from artextract.metadata.titles import title_blocks
from artextract.model import Document, Verdict
from artextract.scripts import width
from artextract.settings import Settings

LONGEST = 160  # characters of a title line, a CJK character counted twice
PROSE = 60  # the same of a sentence that is taken for prose
SENTENCE_ENDS = '.。!！?？…”"»」'


def judge(document: Document, settings: Settings) -> Iterator[Verdict]:
    """Label the blocks that hold the chosen title.

    In a text dump a title stands above its body: a line that says the title below prose that was kept is a heading of
    the body, unless it stands above that prose too. HTML says by its markup what the title is.
    """
    found = [i for i in title_blocks(document) if _may_be_title(document.blocks[i].text)]
    if document.source.media_type != "text/html" and found and found[0] > _first_prose(document):
        return
    for index in found:
        yield Verdict(index, "title", "title.heading", certain=True)


def _may_be_title(text: str) -> bool:
    return width(text) <= LONGEST and text[-1:] not in ".。：:;；，,"


def _first_prose(document: Document) -> int:
    """The index of the first block of prose that is body so far; the number of blocks where there is none."""
    for block, verdict in zip(document.blocks, document.latest(), strict=True):
        if (
            width(block.text) > PROSE
            and block.text[-1] in SENTENCE_ENDS
            and (verdict is None or verdict.label == "body")
        ):
            return block.index
    return len(document.blocks)
