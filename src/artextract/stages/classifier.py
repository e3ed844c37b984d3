"""The trained classifier: which blocks are body, by features of text, layout, markup, neighbours and page.

One verdict for each block that has text: the label is `body`, or what the lexicon's likely rules called the block, or
`other`. `score` is the probability that the block is body. Certain verdicts of earlier stages stand. The rule ids are
`model.html-1` and `model.text-1`; the page's threshold is chosen by `decision.choose_cut`.
"""

from __future__ import annotations

from collections.abc import Iterator

from artextract.classifier.context import context_columns, context_markup_columns
from artextract.classifier.decision import choose_cut
from artextract.classifier.features import View, shared_columns, view_of
from artextract.classifier.markup import Tree, markup_columns
from artextract.classifier.model_file import Model, model_for
from artextract.classifier.pagetype import type_scores
from artextract.model import Document, Verdict
from artextract.settings import Settings

FAVOR = {"balanced": 0, "precision": 150, "recall": -150}
"""Thousandths added to the page's threshold."""


PLAIN_MEAN, PLAIN_LEAST = 650, 120
"""Thousandths: the mean and the least probability of a text without furniture."""

AWAY = 400
"""On a page that its type model calls an article, probabilities outside of the element that holds the lead are taken
times this, in thousandths: training pages have few short articles among long news rolls. It is worth +0.04 token F1 on
daniel-dev and +0.008 on magic-dev, and costs the articles of wcxb-dev nothing; at 250 those lose 0.02."""


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
    cut = _cut_of(probabilities, lengths_of(view), html) + FAVOR[settings.favor]
    parts: dict[int, list[Verdict]] = {}
    for verdict in document.verdicts:
        if verdict.span is not None:
            parts.setdefault(verdict.block, []).append(verdict)
    for block, p, (label, _) in zip(view.units, probabilities, view.hits, strict=True):
        if block.index not in settled:
            yield Verdict(block.index, "body" if p >= cut else _dropped(label), model.name, p / 1000)
            if p >= cut:  # a credit at the end of a body paragraph stays a credit: the last verdict counts
                yield from parts.get(block.index, ())


def _cut_of(probabilities: list[int], lengths: list[int], html: bool) -> int:
    """The page's threshold; 0 for a text without furniture, which is kept whole.

    A page has lines that surely are no body; a text that was extracted or typed has none, and losing its weakest line
    would help nobody (law 6).
    """
    if not html and probabilities:
        mean = sum([p * n for p, n in zip(probabilities, lengths, strict=True)]) // sum(lengths)
        if mean >= PLAIN_MEAN and min(probabilities) >= PLAIN_LEAST:
            return 0
    return choose_cut(probabilities, lengths)


def lengths_of(view: View) -> list[int]:
    """Tokens of each unit, about: words between spaces, and CJK characters each."""
    return [
        block.text.count(" ") + 1 + classes.count("c") + classes.count("f")
        for block, classes in zip(view.units, view.classes, strict=True)
    ]


def _dropped(label: str) -> str:
    return label if label not in ("", "body", "title") else "other"


def _probabilities(view: View, model: Model, html: bool) -> list[int]:
    """Thousandths for each unit, from the last pass; on articles less for what stands away from the lead."""
    tables = tables_of(view, model, html)
    found = model.forests[-1].probabilities(tables[-1])
    if not html:
        return found
    columns = dict(zip(model.forests[0].names, tables[0], strict=True))
    if columns["is-article"][0] < 0 or max(columns["lead-level"]) < 0:
        return found
    return [p * AWAY // 1000 if level > 0 else p for p, level in zip(found, columns["lead-level"], strict=True)]


def tables_of(view: View, model: Model, html: bool) -> list[list[list[int]]]:
    """The columns that each pass gets, by the names in the model."""
    columns = shared_columns(view)
    tree = Tree(view) if html else None
    if tree is not None:
        columns.update(markup_columns(view, tree, columns))
    columns.update(type_scores(view, columns))
    table = [columns[name] for name in model.forests[0].names]
    if len(model.forests) == 1:
        return [table]
    first = model.forests[0].probabilities(table)
    columns.update(context_columns(view, first))
    if tree is not None:
        columns.update(context_markup_columns(view, tree, first))
    return [table, [columns[name] for name in model.forests[1].names]]
