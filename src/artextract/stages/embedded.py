"""Text that only JSON-LD or a script holds: left out, unless the page shows no body of its own."""

from __future__ import annotations

from collections.abc import Iterator

from artextract.model import Document, Verdict
from artextract.settings import Settings

MISSING_BODY = 250  # characters: a page that keeps fewer lacks its body ...
MANIFOLD = 3  # ... if the embedded text is so many times as long


def judge(document: Document, settings: Settings) -> Iterator[Verdict]:
    """Drop embedded blocks (`embedded.unused`), or keep the richest of them (`embedded.body`)."""
    embedded = [b for b in document.blocks if b.origin == "embedded"]
    if not embedded:
        return
    kept = sum(
        ruling.end - ruling.start
        for block, rulings in zip(document.blocks, document.rulings(), strict=True)
        if block.origin == "page"
        for ruling in rulings
        if ruling.label == "body"
    )
    length = sum(len(b.text) for b in embedded)
    needed = kept < MISSING_BODY and length > MANIFOLD * kept
    for block in embedded:
        if needed:
            yield Verdict(block.index, "body", "embedded.body", certain=True)
        else:
            yield Verdict(block.index, "unused", "embedded.unused", certain=True)
