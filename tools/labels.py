"""Labels for training: which share of each block's tokens stands in the gold text.

The tokens of all blocks, in order, are aligned with the tokens of the gold by their longest common subsequence, so that
a word counts only where its neighbours are in order too. Matches that stand alone are noise ("the" of a menu matches a
"the" of the body), so only runs count: at least three matched tokens in a row, or the whole block.

A page is left out of training where its gold is plainly wrong, by these rules and never by hand:

* the gold is empty (fewer than 8 tokens),
* less than 60 % of the gold's tokens are in the page's blocks at all (another page, or text that a script brought).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from artextract.scripts import tokens

MIN_GOLD_TOKENS = 8
MIN_COVERED = 0.6
MIN_RUN = 3
MAX_TOKENS = 60_000


@dataclass(frozen=True)
class Labels:
    """Per block: how many tokens it has, and how many of them are gold. `usable` is False for pages left out."""

    lengths: list[int]
    matched: list[int]
    gold_tokens: int
    covered: float
    usable: bool


def align(texts: list[str], gold: str) -> Labels:
    """Labels of the blocks `texts` of one page against its gold text."""
    block_tokens = [tokens(t) for t in texts]
    lengths = [len(t) for t in block_tokens]
    page = [t for ts in block_tokens for t in ts][:MAX_TOKENS]
    wanted = tokens(gold)[:MAX_TOKENS]
    covered = sum((Counter(page) & Counter(wanted)).values()) / max(1, len(wanted))
    usable = len(wanted) >= MIN_GOLD_TOKENS and covered >= MIN_COVERED
    hit = bytearray(len(page))
    if wanted and page:
        for block in LCSseq.opcodes(page, wanted):
            if block.tag == "equal":
                hit[block.src_start : block.src_end] = b"\1" * (block.src_end - block.src_start)
    matched, at = [], 0
    for n in lengths:
        matched.append(_in_runs(hit[at : at + n], n))
        at += n
    return Labels(lengths, matched, len(wanted), covered, usable)


def _in_runs(hits: bytearray, length: int) -> int:
    """How many of a block's matched tokens stand in runs of at least MIN_RUN (or fill the block)."""
    if len(hits) == length and all(hits):
        return length
    return sum(len(run) for run in bytes(hits).split(b"\0") if len(run) >= MIN_RUN)
