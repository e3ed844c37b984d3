"""How far each rule is to be trusted."""

from __future__ import annotations

WEIGHTS: dict[str, dict[str, float]] = {}


def trust(field: str, rule: str) -> float:
    """The share of pages on which a rule's value was right; 0.5 where it was never measured."""
    return 0.5
