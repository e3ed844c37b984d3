"""The trained classifier: which blocks are body, by features of text, layout, markup, neighbours and page.

One verdict for each block that has text: the label is `body`, or what the lexicon's likely rules called the block, or
`other`. `score` is the probability that the block is body. Certain verdicts of earlier stages stand. The rule ids are
`model.html-1` and `model.text-1`; the page's threshold is chosen by `decision.choose_cut`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from artextract.classifier.decision import nearer_the_lead, page_cut
from artextract.classifier.features import Columns, View, shared_columns, view_of
from artextract.classifier.markup import Tree, markup_columns
from artextract.classifier.model_file import Model, model_for
from artextract.classifier.pagetype import type_scores
from artextract.model import Document, Verdict
from artextract.settings import Settings
from artextract.stages.repeats_stream import letters

FAVOR = {"balanced": 0, "precision": 150, "recall": -150}
"""Thousandths added to the page's threshold."""

CRAMMED_LEAST = 8  # units of a page that may hold a copy of itself on one line
CRAMMED_SHARE = 5  # such a line has at least this part of the page (1/5)
CRAMMED_PART = 12  # letters of a unit that is looked for in it
CRAMMED_WORK = (
    200_000_000  # letters to be passed over in the search (a tenth of a second); beyond it no copy is looked for
)


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
    found, columns = _asked(view, model, html)
    if html:
        return nearer_the_lead(found, columns)
    crammed = crammed_copy(view)
    if crammed is None:
        return found
    blocks = tuple(block for block in view.document.blocks if block is not view.units[crammed])
    without = replace(view.document, reading=replace(view.document.reading, blocks=blocks))
    others, _ = _asked(view_of(without, model.weights), model, html)
    return [*others[:crammed], found[crammed], *others[crammed:]]


def _asked(view: View, model: Model, html: bool) -> tuple[list[int], Columns]:
    columns = columns_of(view, html)
    return model.forest.probabilities([columns[name] for name in model.forest.names]), columns


def crammed_copy(view: View) -> int | None:
    """The place of a unit that says again, on one line, what many others say; None for none.

    Beside such a line, all others look like menus: long is what is not half of the page. They are judged without it;
    which of the copies goes is a later stage's business.
    """
    if len(view.units) < CRAMMED_LEAST:
        return None
    at = max(range(len(view.mass)), key=view.mass.__getitem__)
    if view.mass[at] * CRAMMED_SHARE < sum(view.mass):
        return None
    text = letters(view.units[at].text)
    if len(text) * len(view.units) > CRAMMED_WORK:
        return None
    parts = {letters(block.text) for i, block in enumerate(view.units) if i != at}
    found = sum(len(part) for part in parts if len(part) >= CRAMMED_PART and part in text)
    return at if 5 * found >= 2 * len(text) else None  # what its lines say twice counts once


def columns_of(view: View, html: bool) -> Columns:
    """All features of the view's units."""
    columns = shared_columns(view)
    if html:
        columns.update(markup_columns(view, Tree(view), columns))
    columns.update(type_scores(view, columns))
    return columns
