"""Stages: pure functions that judge blocks. The order stands in `STAGES`, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from artextract.model import Document, Verdict
from artextract.settings import Settings
from artextract.stages import classifier, context, embedded, lexicon, repeats, site, titles

Stage = Callable[[Document, Settings], Iterable[Verdict]]

STAGES: tuple[Stage, ...] = (
    lexicon.judge,
    classifier.judge,
    titles.judge,
    repeats.judge,
    embedded.judge,
    site.judge,
    context.judge,
)
"""Applied from left to right; the last verdict on a character counts."""
