"""The trained classifier: which blocks are body, by features of text, layout, markup, neighbours and page.

One verdict for each block that has text: the label is `body`, or what the lexicon's likely rules called the block, or
`other`. `score` is the probability that the block is body. Certain verdicts of earlier stages stand. The rule ids are
`model.html-1` and `model.text-1`; the page's threshold is chosen by `decision.choose_cut`.
"""

from __future__ import annotations

from collections.abc import Iterator

from artextract.classifier.decision import nearer_the_lead, page_cut
from artextract.classifier.features import Columns, View, shared_columns, view_of
from artextract.classifier.markup import Tree, markup_columns
from artextract.classifier.model_file import Model, model_for
from artextract.classifier.pagetype import type_scores
from artextract.model import Document, Verdict
from artextract.settings import Settings

FAVOR = {"balanced": 0, "precision": 150, "recall": -150}
"""Thousandths added to the page's threshold."""


def judge(document: Document, settings: Settings) -> Iterator[Verdict]:
    """Verdicts on all blocks with text; none where the package holds no model."""
    html = document.source.media_type == "text/html"
    model = model_for(document.source.media_type)
    if model is None:
        return
    view = view_of(document, model.weights)
    if not view.units:
        return
    settled = {v.block for v in document.verdicts if v.certain and v.span is None}
    probabilities = [
        0 if block.index in settled else p
        for block, p in zip(view.units, _probabilities(view, model, html), strict=True)
    ]
    cut = page_cut(probabilities, lengths_of(view), html, not document.verdicts) + FAVOR[settings.favor]
    parts: dict[int, list[Verdict]] = {}
    for verdict in document.verdicts:
        if verdict.span is not None:
            parts.setdefault(verdict.block, []).append(verdict)
    for block, p, (label, _) in zip(view.units, probabilities, view.hits, strict=True):
        if block.index not in settled:
            yield Verdict(block.index, "body" if p >= cut else _dropped(label), model.name, p / 1000)
            if p >= cut:  # a credit at the end of a body paragraph stays a credit: the last verdict counts
                yield from parts.get(block.index, ())


def lengths_of(view: View) -> list[int]:
    """Tokens of each unit, about: words between spaces, and CJK characters each."""
    return [
        block.text.count(" ") + 1 + classes.count("c") + classes.count("f")
        for block, classes in zip(view.units, view.classes, strict=True)
    ]


def _dropped(label: str) -> str:
    return label if label not in ("", "body", "title") else "other"


def _probabilities(view: View, model: Model, html: bool) -> list[int]:
    """Thousandths for each unit; on articles less for what stands away from the lead."""
    columns = columns_of(view, html)
    found = model.forest.probabilities([columns[name] for name in model.forest.names])
    return nearer_the_lead(found, columns) if html else found


def columns_of(view: View, html: bool) -> Columns:
    """All features of the view's units."""
    columns = shared_columns(view)
    if html:
        columns.update(markup_columns(view, Tree(view), columns))
    columns.update(type_scores(view, columns))
    return columns
