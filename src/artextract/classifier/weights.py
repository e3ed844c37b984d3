"""Word weights: log-odds of words for body against boilerplate, in hundredths, from the model's data file."""

from __future__ import annotations

from dataclasses import field
from itertools import repeat

from artextract.records import record


@record(frozen=True, slots=True)
class Weights:
    """Integer log-odds (hundredths) of a block's words and of the words of its elements' tags, classes and ids."""

    words: dict[str, int] = field(default_factory=dict)
    near: dict[str, int] = field(default_factory=dict)
    far: dict[str, int] = field(default_factory=dict)
    function_words: frozenset[str] = frozenset()
    types: dict[str, tuple[int, ...]] = field(default_factory=dict)  # page feature -> one weight for each page type

    def odds_of_words(self, words: list[str]) -> int:
        """The sum over a block's words."""
        return sum(map(self.words.get, words, repeat(0)))
