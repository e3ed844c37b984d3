"""Stages: pure functions that judge blocks. The order stands in `STAGES`, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from artextract.model import Document, Verdict
from artextract.settings import Settings
from artextract.stages import classifier, context, embedded, lexicon, repeats, site, titles, wishes, written

Stage = Callable[[Document, Settings], Iterable[Verdict]]

STAGES: tuple[Stage, ...] = (
    lexicon.judge,
    classifier.judge,
    titles.judge,
    repeats.judge,
    embedded.judge,
    site.judge,
    context.judge,
    wishes.judge,
)
"""Applied from left to right; the last verdict on a character counts."""

WRITTEN: tuple[Stage, ...] = (written.judge, wishes.judge)
"""The same for Markdown with front matter, which is an article already."""


def stages_of(document: Document) -> tuple[Stage, ...]:
    """The stages that judge a document."""
    return WRITTEN if written.is_written(document) else STAGES
