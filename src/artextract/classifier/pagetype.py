"""What type a page is: article, forum, product, listing ... by words of its types, title, elements and its figures.

A linear model with one weight for each feature and type; the blocks get its scores as features, since what is body
differs: comments are furniture of an article and the body of a forum.
"""

from __future__ import annotations

from collections.abc import Iterable

from artextract.classifier.features import Columns, View
from artextract.scripts import tokens

PAGE_TYPES = ("article", "collection", "documentation", "forum", "listing", "product", "service")
MOST_WORDS = 1500  # distinct words of elements or short blocks that are looked at


def page_features(view: View, columns: Columns) -> list[str]:
    """The features that a page has, each once, sorted."""
    reading = view.document.reading
    found = {f"t {t.lower()[-40:]}" for t in reading.page.types}
    for fact in reading.facts:
        if fact.field == "title":
            found.update(f"h {word}" for word in tokens(fact.value[:120])[:16])
        elif fact.field == "url":
            found.update(f"u {word}" for word in tokens(fact.value.partition("://")[2].partition("/")[2][:120])[:16])
    found.update(f"r {label}" for label, _ in view.hits if label)
    found.update(_words(view))
    found.update(_figures(columns))
    return sorted(found)


def _words(view: View) -> Iterable[str]:
    """Words of the elements around blocks, or of short blocks where there are no elements."""
    words: set[str] = set()
    if any(block.element is not None for block in view.units):
        for element in {block.element for block in view.units if block.element is not None}:
            words.update(element.words)
            if element.parent is not None:
                words.update(element.parent.words)
        return [f"e {word}" for word in sorted(words)[:MOST_WORDS]]
    for block_words, mass in zip(view.words, view.mass, strict=True):
        if mass < 40:
            words.update(block_words)
    return [f"w {word}" for word in sorted(words)[:MOST_WORDS]]


_FIGURES = ("page-blocks", "page-mass", "page-mean-mass", "page-headings", "page-code", "article-tags")
_SHARES = ("page-long-share", "page-link-share", "page-list-share")


def _figures(columns: Columns) -> Iterable[str]:
    for name in _FIGURES:
        if name in columns:
            yield f"n {name} {columns[name][0].bit_length()}"
    for name in _SHARES:
        yield f"n {name} {columns[name][0] // 100}"
    for name in ("currency", "year", "quoted", "at-signs"):
        yield f"n {name} {sum(map(bool, columns[name])).bit_length()}"


def type_scores(view: View, columns: Columns) -> Columns:
    """For each type how far its score lies behind the best one, in hundredths of log-odds; the same for all blocks."""
    n = len(view.units)
    weights = view.weights.types
    scores = list(weights.get("", (0,) * len(PAGE_TYPES)))
    for feature in page_features(view, columns) if weights else ():
        for i, weight in enumerate(weights.get(feature, ())):
            scores[i] += weight
    best = max(scores)
    return {f"is-{name}": [max(-1500, score - best)] * n for name, score in zip(PAGE_TYPES, scores, strict=True)}
