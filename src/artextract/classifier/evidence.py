"""Why the trees decided as they did, in words: the features that moved a block's score most.

Each step from a node to its child moves the expected log-odds by a known amount, which is credited to the feature that
the node asked for; what all trees credit to a feature is its weight in the decision (Saabas, 2014, "Interpreting random
forests"). It is computed on demand, by running the classifier's features once more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from artextract.classifier.forest import Forest
from artextract.model import Document, Verdict

SHOWN = 3  # features named per block
LEAST = 1500  # log-odds (1/10,000) below which a feature is not worth a word

_PHRASES = {
    "mass": "length",
    "words": "number of words",
    "word-length": "length of its words",
    "terminals": "ends of sentences",
    "commas": "commas",
    "digit-share": "share of digits",
    "upper-share": "share of capitals",
    "title-words": "share of words with a capital",
    "function-share": "share of function words",
    "last": "its last character",
    "first": "its first character",
    "symbol-share": "share of symbols",
    "separators": "separators such as | and »",
    "colons": "colons",
    "at-signs": "@ and © signs",
    "currency": "prices",
    "year": "numbers like a year",
    "cjk-share": "share of CJK characters",
    "sentence-mass": "length of its sentences",
    "link-share": "share of its text in links",
    "kind": "the kind of block",
    "level": "its heading level",
    "list-depth": "its place in a list",
    "quoted": "its place in a quote",
    "cells": "table cells",
    "rule": "what the lexicon says of it",
    "rule-certain": "what the lexicon says of it",
    "repeats": "the same text elsewhere on the page",
    "repeats-earlier": "the same text earlier on the page",
    "word-odds": "words that stand more often in furniture or in bodies",
    "title-overlap": "words shared with the title",
    "position": "place in the page",
    "index": "blocks before it",
    "from-end": "blocks after it",
    "mass-before": "text before it",
    "blank-before": "blank lines before it",
    "blank-after": "blank lines after it",
    "indent": "indentation",
    "short-run": "run of short or of long blocks",
    "link-run": "run of linked blocks",
    "list-run": "run of list items",
    "same-shape-run": "run of blocks alike",
    "span35": "distance to the longest stretch of text",
    "span80": "distance to the longest stretch of long blocks",
    "prose": "distance to the best stretch of prose",
    "heading-distance": "distance to the heading above",
    "heading-level": "level of the heading above",
    "heading-rule": "what the lexicon says of the heading above",
    "heading-odds": "words of the heading above",
    "section-mass": "text under the same heading",
    "heading-ahead": "distance to the next heading",
    "title-distance": "distance to the title",
    "title-mass": "text between it and the title",
    "title-level": "distance to the title in the tree",
    "lead-level": "distance in the tree to the first prose below the title",
    "lead-group": "the same path as the first prose below the title",
    "lead-share": "share of the element around the first prose below the title",
    "lead-gap": "distance from the title to the first prose below it",
    "lead-distance": "distance to the first prose below the title",
    "near-odds": "tags, classes and ids of its elements",
    "far-odds": "tags, classes and ids of the elements further out",
    "depth": "depth in the tree",
    "hidden": "whether it is hidden",
    "siblings": "siblings alike",
    "group-size": "blocks with the same path",
    "group-share": "text of the blocks with the same path",
    "group-mean": "length of the blocks with the same path",
    "group-links": "links in the blocks with the same path",
    "group-function": "function words in the blocks with the same path",
    "group-spread": "spread of the blocks with the same path",
    "group-odds": "words of the blocks with the same path",
    "anchor-inside": "whether it is in the element around the main text",
    "anchor-level": "distance to the element around the main text",
    "anchor-share": "share of the element around the main text",
    "article-tags": "number of <article> elements",
}

_UP = {"share": "text", "links": "links", "blocks": "blocks", "score": "prose"}


class Evidence:
    """The features that weighed most, for any block that the classifier judged: worked out when it is asked for.

    The look at one block costs about a millisecond, and the report of a batch asks for a few only. `document` may hold
    later verdicts; only those from before the classifier are looked at.
    """

    def __init__(self, document: Document) -> None:
        self._document = document

    def get(self, block: int) -> str:
        """The words for a block; "" for one that the classifier did not judge."""
        row = self._rows.get(block)
        if row is None or self._forest is None:
            return ""
        return _in_words(contributions(self._forest, row), row, self._forest)

    @cached_property
    def _forest(self) -> Forest | None:
        from artextract.classifier.model_file import model_for

        model = model_for(self._document.source.media_type)
        return None if model is None else model.forest

    @cached_property
    def _rows(self) -> dict[int, tuple[int, ...]]:
        """Block index -> its features."""
        from artextract.classifier.features import view_of
        from artextract.classifier.model_file import model_for
        from artextract.stages.classifier import columns_of

        document = self._document
        html = document.source.media_type == "text/html"
        model = model_for(document.source.media_type)
        if model is None:
            return {}
        view = view_of(replace(document, verdicts=tuple(_before(document.verdicts))), model.weights)
        if not view.units:
            return {}
        columns = columns_of(view, html)
        rows = zip(*[columns[name] for name in model.forest.names], strict=True)
        return {block.index: row for block, row in zip(view.units, rows, strict=True)}


def _before(verdicts: Iterable[Verdict]) -> Iterable[Verdict]:
    for verdict in verdicts:
        if verdict.rule.startswith("model."):
            return
        yield verdict


def contributions(forest: Forest, row: tuple[int, ...]) -> list[tuple[int, int]]:
    """(log-odds in units of 1/SCALE, column) of each feature that was asked for, the weightiest first."""
    found: dict[int, int] = {}
    feature, threshold, right, value = forest.feature, forest.threshold, forest.right, forest.value
    for node in forest.roots:
        while (column := feature[node]) >= 0:
            child = node + 1 if row[column] <= threshold[node] else right[node]
            found[column] = found.get(column, 0) + value[child] - value[node]
            node = child
    return sorted(((weight, column) for column, weight in found.items()), key=lambda item: (-abs(item[0]), item[1]))


def _in_words(weights: list[tuple[int, int]], row: tuple[int, ...], forest: Forest) -> str:
    """The weightiest features, with the way they moved the block: `+` to the body, `-` away from it."""
    said: dict[str, str] = {}
    for weight, column in weights:
        if abs(weight) < LEAST or len(said) == SHOWN:
            break
        words = phrase(forest.names[column])
        said.setdefault(words, f"{'+' if weight > 0 else '-'} {words}")
    return ", ".join(said.values())


def phrase(name: str) -> str:
    """A feature's name in words.

    >>> phrase("link-share@-1"), phrase("mass~5"), phrase("up2-links")
    ('share of its text in links (block before)', 'length (around it)', 'links in the element 2 levels up')
    """
    base, neighbour, by = name.partition("@")
    if neighbour:
        where = {"-1": "block before", "+1": "block after"}.get(
            by
        ) or f"{by[1:]} blocks {'before' if by < '-' else 'after'}"
        return f"{phrase(base)} ({where})"
    base, window, _ = name.partition("~")
    if window:
        return f"{phrase(base)} (around it)"
    if name in _PHRASES:
        return _PHRASES[name]
    if name.startswith("up"):
        level, _, what = name[2:].partition("-")
        return f"{_UP.get(what, what)} in the element {level} levels up"
    if name.startswith("to-"):
        return f"<{name[3:]}> around it"
    if name.startswith("is-"):
        return "the type of the page"
    if name.startswith("type-"):
        return "what the page calls itself"
    if name.startswith("page-"):
        return f"the page as a whole ({name[5:].replace('-', ' ')})"
    base, _, _ = name.rpartition("-")
    return phrase(base) if base else name
