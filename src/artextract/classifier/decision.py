"""From probabilities of blocks to the decision of the page: keep what maximises its expected F1."""

from __future__ import annotations

from collections.abc import Sequence


def choose_cut(probabilities: Sequence[int], lengths: Sequence[int]) -> int:
    """The threshold, in thousandths, at which keeping all blocks from it on gives the largest expected F1.

    `probabilities` are calibrated thousandths, `lengths` tokens. With blocks sorted by probability, keeping the first k
    has an expected F1 of about 2·Σp·n over kept / (Σn over kept + Σp·n over all): the plug-in form of Lipton, Elkan and
    Naryanaswamy (2014). Returns 1001 (nothing) for a page without blocks.
    """
    order = sorted(zip(probabilities, lengths, strict=True), reverse=True)
    relevant = sum(p * n for p, n in order)
    kept = hit = 0
    best, cut = -1.0, 1001
    for i, (p, n) in enumerate(order):
        kept += n
        hit += p * n
        if i + 1 < len(order) and order[i + 1][0] == p:
            continue
        score = 2 * hit / (1000 * kept + relevant) if kept else 0.0
        if score > best:
            best, cut = score, p
    return cut


def expected_f1(probabilities: Sequence[int], lengths: Sequence[int], cut: int) -> float:
    """The expected F1 of keeping all blocks with at least `cut` thousandths."""
    relevant = sum(p * n for p, n in zip(probabilities, lengths, strict=True))
    kept = sum(n for p, n in zip(probabilities, lengths, strict=True) if p >= cut)
    hit = sum(p * n for p, n in zip(probabilities, lengths, strict=True) if p >= cut)
    return 2 * hit / (1000 * kept + relevant) if kept else 0.0
