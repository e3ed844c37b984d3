"""What the site repeats on page after page is furniture, even where one page alone does not show it.

The table of such lines comes from outside (`extract(…, profile=…)`). Only what is kept so far is judged. Short lines
that stand among lines of this page's own ("Ingredients" and "Method" in every recipe) are its structure and stay; they
go where they border on what was dropped before, or on an end of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from artextract.model import Block, Document, Ruling, Verdict
from artextract.settings import Settings
from artextract.site import hash_of, lines_of

RULE = "site.repeated"

LONG = 60
"""Characters from which a repeated line is a sentence of the site's, wherever it stands."""

SHARE = 0.6
"""The share of a site's pages that must have a long line."""

SHORT_SHARE = 0.9
"""The share that must have a short one: labels that many pages have ("Description") belong to their bodies."""


def judge(document: Document, settings: Settings) -> Iterator[Verdict]:
    """Verdicts on kept lines that stand on many pages of the site; `score` is the share of pages."""
    profile = document.profile
    if profile is None or RULE in settings.disable:
        return
    table = dict(profile.lines)
    kept = [_is_kept(rulings) for rulings in document.rulings()]
    found = [list(_repeated(block, table, profile.site)) if kept[block.index] else [] for block in document.blocks]
    whole = [bool(lines) and _is_whole(block, lines) for block, lines in zip(document.blocks, found, strict=True)]
    inside = _inside(kept, whole)
    for block in document.blocks:
        lines = found[block.index]
        if lines and (not inside[block.index] or any(end - start >= LONG for start, end, _ in lines)):
            yield from _verdicts(block, lines, whole[block.index])


def _is_kept(rulings: Iterable[Ruling]) -> bool:
    return any(ruling.label == "body" for ruling in rulings)


_Line = tuple[int, int, float]  # begin, end, share of pages


def _repeated(block: Block, table: Mapping[str, float], site: str) -> Iterator[_Line]:
    for start, end, folded in lines_of(block):
        share = table.get(hash_of(folded, site), 0.0)
        if share >= (SHARE if end - start >= LONG else SHORT_SHARE):
            yield start, end, share


def _is_whole(block: Block, lines: list[_Line]) -> bool:
    """Whether every line of a block repeats."""
    return len(lines) == sum(1 for _ in lines_of(block))


def _inside(kept: list[bool], repeated: list[bool]) -> list[bool]:
    """For each block whether its run of repeated blocks lies between two kept ones that are not repeated."""
    inside = [not again for again in repeated]
    begin = 0
    while begin < len(kept):
        end = begin + 1
        if repeated[begin]:
            while end < len(kept) and repeated[end]:
                end += 1
            if begin > 0 and end < len(kept) and kept[begin - 1] and kept[end]:
                inside[begin:end] = [True] * (end - begin)
        begin = end
    return inside


def _verdicts(block: Block, lines: list[_Line], whole: bool) -> Iterator[Verdict]:
    """One verdict on the block when its every line repeats, else one on each line."""
    if whole:
        yield Verdict(block.index, "other", RULE, min(share for _, _, share in lines), certain=True)
        return
    for start, end, share in lines:
        yield Verdict(block.index, "other", RULE, share, span=(start, end), certain=True)
