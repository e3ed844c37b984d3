"""Candidates for one field, the evidence that speaks for each, and the choice between them.

A candidate is a value with the facts that state it. What speaks for or against it is a set of names (`h1`,
`agree.markup-and-text` …), and each name has a weight, fitted on pages with known answers
(`data/metadata_weights.json`, made by `tools/metadata_signals.py`). A candidate's score is the sum; its probability is
its share among all candidates and "none of them" (score 0). So agreement is evidence like any other, and a page may
have no title, author or date at all.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cache
from pathlib import Path

from artextract.model import Fact
from artextract.records import record

Weights = Mapping[str, float]

_TABLES = Path(__file__).parent.parent / "data" / "metadata_weights.json"


@record(slots=True)
class Candidate:
    """One value, the facts that state it, and the names of what speaks for or against it."""

    value: str
    facts: list[Fact] = field(default_factory=list)
    evidence: set[str] = field(default_factory=set)

    def score(self, weights: Weights) -> float:
        """The sum of its evidence, with the bias (the weight of ""); exact, whatever the order of the set (law 5)."""
        return weights.get("", 0.0) + math.fsum([weights.get(name, 0.0) for name in self.evidence])


_RARE: Mapping[str, Mapping[str, float]] = {
    "authors": {"signature": 2.5},
    "authors-dump": {"signature": 2.5},
}
"""A lone name in brackets after the last sentence of a Chinese body: 20 of 50 authors of Chinese news stand so."""


@cache
def weights_of(field_name: str) -> Weights:
    """The fitted weights of one field, and those of evidence that is too rare on the fitted pages to be weighed."""
    tables: dict[str, dict[str, float]] = json.loads(_TABLES.read_text("utf-8"))
    return {**_RARE.get(field_name, {}), **tables.get(field_name, {})}


def best(candidates: Iterable[Candidate], weights: Weights) -> tuple[Candidate, float] | None:
    """The candidate with the highest score and its probability; the first of equals. None where there is none."""
    scored = [(c.score(weights), c) for c in candidates]
    if not scored:
        return None
    top, chosen = max(scored, key=lambda pair: pair[0])
    total = sum([math.exp(score - top) for score, _ in scored]) + math.exp(min(-top, 50.0))
    return chosen, 1 / total
