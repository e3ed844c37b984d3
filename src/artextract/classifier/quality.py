"""How good an extraction probably is: the expected F1 of what was kept, by the classifier's probabilities."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from artextract.classifier.model_file import model_for
from artextract.model import Document, Ruling


def quality(document: Document, rulings: Sequence[Sequence[Ruling]]) -> float | None:
    """Expected F1 (0 to 1, three digits) of the kept text; None where no model judged the document.
    `rulings` are those of its blocks.

    The model's probabilities give the tokens that should have been kept and those of them that were; their F1 is
    mapped to the F1 that pages with the same figure reached out of fold (isotonic regression, stored with the model).
    """
    scores = {v.block: v.score for v in document.verdicts if v.rule.startswith("model.") and v.span is None}
    if not scores:
        return None
    model = model_for(document.source.media_type)
    kept = hit = relevant = 0.0
    for block, ranges in zip(document.blocks, rulings, strict=True):
        score = scores.get(block.index)
        if score is None:
            continue
        for ruling in ranges:
            mass = ruling.end - ruling.start
            if ruling.label == "body":
                kept += mass
                hit += score * mass
            if ruling.label != "duplicate":
                relevant += score * mass
    expected = 2 * hit / (kept + relevant) if kept else 0.0
    return round(interpolated(model.quality if model else (), 1000 * expected) / 1000, 3)


def interpolated(knots: Sequence[tuple[int, int]], x: float) -> float:
    """The piecewise linear function through the knots.

    >>> interpolated(((0, 0), (500, 400), (1000, 900)), 750)
    650.0
    >>> interpolated((), 750)
    750
    """
    if not knots:
        return x
    at = bisect_right(knots, (int(x), 10**9))
    if at == 0:
        return knots[0][1]
    if at == len(knots):
        return knots[-1][1]
    (x0, y0), (x1, y1) = knots[at - 1], knots[at]
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
