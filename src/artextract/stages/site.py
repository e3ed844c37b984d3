"""What the site repeats on page after page is furniture, even where one page alone does not show it.

The table of such lines comes from outside (`extract(…, profile=…)`). Only what is kept so far is judged. A heading that
announces something of this page's own ("Ingredients", "Method" on every recipe) stays: what follows it is not repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from artextract.model import Block, Document, Ruling, Verdict
from artextract.settings import Settings
from artextract.site import hash_of, lines_of

RULE = "site.repeated"

SHARE = 0.4
"""The share of a site's pages that must have a line."""


def judge(document: Document, settings: Settings) -> Iterator[Verdict]:
    """Verdicts on kept lines that stand on many pages of the site; `score` is the share of pages."""
    profile = document.profile
    if profile is None or RULE in settings.disable:
        return
    table = dict(profile.lines)
    kept = [_is_kept(rulings) for rulings in document.rulings()]
    found = [list(_repeated(block, table, profile.site)) if kept[block.index] else [] for block in document.blocks]
    for block in document.blocks:
        if found[block.index] and not (block.kind == "heading" and _announces(block.index, kept, found)):
            yield from _verdicts(block, found[block.index])


def _is_kept(rulings: Iterable[Ruling]) -> bool:
    return any(ruling.label == "body" for ruling in rulings)


_Line = tuple[int, int, float]  # begin, end, share of pages


def _repeated(block: Block, table: Mapping[str, float], site: str) -> Iterator[_Line]:
    for start, end, folded in lines_of(block):
        share = table.get(hash_of(folded, site), 0.0)
        if share >= SHARE:
            yield start, end, share


def _announces(index: int, kept: list[bool], found: list[list[_Line]]) -> bool:
    """Whether what follows a heading is kept and no repetition."""
    return index + 1 < len(kept) and kept[index + 1] and not found[index + 1]


def _verdicts(block: Block, lines: list[_Line]) -> Iterator[Verdict]:
    """One verdict on the block when its every line repeats, else one on each line."""
    if len(lines) == sum(1 for _ in lines_of(block)):
        yield Verdict(block.index, "other", RULE, min(share for _, _, share in lines), certain=True)
        return
    for start, end, share in lines:
        yield Verdict(block.index, "other", RULE, share, span=(start, end), certain=True)
