"""The title of the page, without the site's name."""

from __future__ import annotations

from artextract.model import Document


def title_blocks(document: Document) -> tuple[int, ...]:
    """Indices of the blocks that are the title."""
    first = next((block.index for block in document.blocks if block.kind == "heading"), None)
    return () if first is None else (first,)
