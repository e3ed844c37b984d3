"""What stands around a block decides where nothing else can: blocks without text."""

from __future__ import annotations

from collections.abc import Iterator

from artextract.model import Block, Document, Verdict
from artextract.settings import Settings


def judge(document: Document, settings: Settings) -> Iterator[Verdict]:
    """Pictures and separators stay where text stays on both sides (or that they caption)."""
    latest = document.latest()
    kept = [(v is None or v.label == "body") for v in latest]
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
