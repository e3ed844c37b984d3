"""A forest of integer trees: how the model is stored and evaluated.

Features, thresholds and leaves are integers and leaves are summed in a fixed order, so the compiled inner loop
(`_kernels.c`) and the one in plain Python give the same sums on every machine. A sum becomes a probability by an
integer table, not by `exp`, whose last digit differs between C libraries.
"""

from __future__ import annotations

import math
import sys
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import field

from artextract.records import record

try:
    from artextract.classifier._kernels import forest_sums as _compiled_sums  # type: ignore[import-not-found,unused-ignore]
except ImportError:  # no compiler at install time
    _compiled_sums = None

SCALE = 10_000  # a leaf of 1.0 in log-odds
_EDGES = tuple(round(SCALE * math.log(p / (2000 - p))) for p in range(1, 2000, 2))


@record(frozen=True, slots=True)
class Forest:
    """Trees in four int32 arrays; see `_kernels.c` for what they hold. `names` are the features, in column order."""

    names: tuple[str, ...]
    feature: array[int]
    threshold: array[int]
    right: array[int]
    roots: array[int]
    value: array[int] = field(default_factory=lambda: array("i"))  # expected log-odds at each node, for evidence only

    def sums(self, columns: list[list[int]]) -> list[int]:
        """For each row the sum of its leaves: log-odds in units of 1/SCALE."""
        rows = len(columns[0]) if columns else 0
        if _compiled_sums is not None:
            found: list[int] = _compiled_sums(columns, rows, self.feature, self.threshold, self.right, self.roots)
            return found
        return [self.sum_of_row([column[i] for column in columns]) for i in range(rows)]

    def sum_of_row(self, row: Sequence[int]) -> int:
        """The plain inner loop."""
        feature, threshold, right = self.feature, self.threshold, self.right
        total = 0
        for node in self.roots:
            while (column := feature[node]) >= 0:
                node = node + 1 if row[column] <= threshold[node] else right[node]
            total += threshold[node]
        return total

    def probabilities(self, columns: list[list[int]]) -> list[int]:
        """For each row its probability in thousandths."""
        return [permille(total) for total in self.sums(columns)]


def permille(log_odds: int) -> int:
    """Thousandths of probability for log-odds in units of 1/SCALE.

    >>> permille(0), permille(10_000), permille(-100_000)
    (500, 731, 0)
    """
    return bisect_right(_EDGES, log_odds)


def int32(data: bytes) -> array[int]:
    """An array of little-endian int32 values."""
    values = array("i")
    values.frombytes(data)
    if sys.byteorder == "big":
        values.byteswap()
    return values
