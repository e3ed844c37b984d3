"""What stands around a block decides where nothing else can: blocks without text, and headings left alone."""

from __future__ import annotations

from collections.abc import Iterator

from artextract.model import Block, Document, Verdict
from artextract.settings import Settings


def judge(document: Document, settings: Settings) -> Iterator[Verdict]:
    """Pictures and separators stay where text stays on both sides (or that they caption); empty sections go."""
    latest = document.latest()
    kept = [(v is None or v.label == "body") for v in latest]
    yield from _textless(document, kept)
    yield from _empty_sections(document, kept)


def _textless(document: Document, kept: list[bool]) -> Iterator[Verdict]:
    """Blocks without text between blocks that were dropped are dropped with them."""
    blocks = document.blocks
    before = _nearest(blocks, kept, range(len(blocks)))
    after = _nearest(blocks, kept, range(len(blocks) - 1, -1, -1))
    for block, left, right in zip(blocks, before, after, strict=True):
        if block.text or block.origin != "page":
            continue
        if not (left and right):
            yield Verdict(block.index, "other", "context.between-dropped")


def _nearest(blocks: tuple[Block, ...], kept: list[bool], order: range) -> list[bool]:
    """For each block whether the nearest one with text, in the direction that `order` comes from, is kept."""
    found = [False] * len(blocks)
    state = False
    for i in order:
        if blocks[i].text and blocks[i].origin == "page":
            state = kept[i]
        found[i] = state
    return found


def _empty_sections(document: Document, kept: list[bool]) -> Iterator[Verdict]:
    """A heading under which nothing was kept before the next heading of its level or higher goes too."""
    below: list[tuple[int, bool]] = []  # (level, something kept) of open sections, from the end of the page
    for block in reversed(document.blocks):
        if block.origin != "page" or not block.text:
            continue
        i = block.index
        if block.kind != "heading":
            if kept[i]:
                below = [(0, True)]
            continue
        filled = False
        while below and (below[-1][0] == 0 or below[-1][0] > block.level):
            filled = below.pop()[1] or filled
        if kept[i] and not filled:
            yield Verdict(i, "other", "context.empty-section")
        below.append((block.level, filled and kept[i]))
