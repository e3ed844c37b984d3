"""Features of the second pass: what the first pass thinks of a block's surroundings.

Probabilities come as thousandths. The first pass sees one block and figures of its neighbours; the second sees which
of the neighbours, of the group with the same path, of the section and of the subtrees are likely to be body.
"""

from __future__ import annotations

from artextract.classifier.features import Column, Columns, View, _span_columns, shifted, windowed
from artextract.classifier.markup import Tree


def context_columns(view: View, first: Column) -> Columns:
    """All features of the second pass that come from the probabilities of the first."""
    mass = [m + 5 for m in view.mass]
    n = len(first)
    total = sum(mass) or 1
    weighted = [p * m for p, m in zip(first, mass, strict=True)]
    mean = sum(weighted) // total
    columns: Columns = {"p": first}
    for by in (-3, -2, -1, 1, 2, 3):
        columns[f"p@{by:+d}"] = shifted(first, by)
    for radius in (2, 5, 12):
        sums, weights = windowed(weighted, radius), windowed(mass, radius)
        columns[f"p~{radius}"] = [s // (w or 1) for s, w in zip(sums, weights, strict=True)]
    before = [0] * n
    for i in range(1, n):
        before[i] = before[i - 1] + mass[i - 1]
    columns.update(_span_columns("p-span", [(p - 400) * m for p, m in zip(first, mass, strict=True)], before, total))
    columns["p-page"] = [mean] * n
    columns["p-top"] = [max(first, default=0)] * n
    columns["p-rank"] = _rank(first)
    columns["p-section"] = _section(view, weighted, mass)
    columns["p-twin"] = _twin(view, first)
    columns["p-likely-share"] = [1000 * sum(m for p, m in zip(first, mass, strict=True) if p > 500) // total] * n
    return columns


def context_markup_columns(view: View, tree: Tree, first: Column) -> Columns:
    """Mean probability in the group with the same path and in the subtrees of the nearest ancestors."""
    mass = [m + 5 for m in view.mass]
    weighted = [p * m for p, m in zip(first, mass, strict=True)]
    groups = tree.groups()
    sums: dict[int, int] = {}
    weights: dict[int, int] = {}
    for group, w, m in zip(groups, weighted, mass, strict=True):
        sums[group] = sums.get(group, 0) + w
        weights[group] = weights.get(group, 0) + m
    columns: Columns = {"p-group": [sums[group] // weights[group] for group in groups]}
    mean = [w // m for w, m in zip(tree.totals(weighted), tree.totals(mass), strict=True)]
    mean.append(-1)
    for up in (0, 1, 2, 3, 5):
        columns[f"p-up{up}"] = [mean[at] for at in tree.above(up)]
    return columns


def _rank(first: Column) -> Column:
    """Place of a block among those of its page, by probability, in thousandths."""
    n = len(first)
    column = [0] * n
    for rank, i in enumerate(sorted(range(n), key=lambda i: (first[i], i))):
        column[i] = 1000 * rank // n
    return column


def _section(view: View, weighted: Column, mass: Column) -> Column:
    """Mean probability of the blocks under the same heading."""
    column: Column = []
    start = 0
    for i in range(1, len(mass) + 1):
        if i == len(mass) or view.units[i].kind == "heading":
            mean = sum(weighted[start:i]) // sum(mass[start:i])
            column.extend([mean] * (i - start))
            start = i
    return column


def _twin(view: View, first: Column) -> Column:
    """The probability of an earlier block with the same text, -1 where there is none."""
    seen: dict[str, int] = {}
    column: Column = []
    for block, p in zip(view.units, first, strict=True):
        column.append(seen.get(block.text, -1))
        seen[block.text] = max(p, seen.get(block.text, -1))
    return column
