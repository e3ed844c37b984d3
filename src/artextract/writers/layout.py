"""Where a kept block stands: the lists, quotes and notes around it, the same for text and for Markdown.

A reader says it in `Block.containers`. Text dumps may have bullets without containers; lists are then built here from
neighbouring items and their indents. Whatever only groups blocks for the page's design (a list whose items hold
headings) is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from artextract.lazy import lazy_pattern
from artextract.model import Block, Container
from artextract.scripts import is_unspaced
from artextract.writers.kept import Kept

MAX_LEVELS = 8
"""Levels of nesting that are shown; deeper ones are flattened (CommonMark parsers stop somewhere, output grows)."""


class Level(NamedTuple):
    """One thing around a block: an item of a list, a quote or an admonition.

    `key` is equal for blocks in the same item (quote); `list_key` for items of the same list. `marker` is an item's
    own: `-`, `3.`, `（一）`.
    """

    kind: str
    key: int
    list_key: int = 0
    marker: str = ""
    container: Container | None = None


class Placed(NamedTuple):
    """A kept block with the levels around it, outermost first, and the note it belongs to."""

    kept: Kept
    levels: tuple[Level, ...]
    note: Container | None


def place(kept: Sequence[Kept]) -> list[Placed]:
    """Each kept block with its levels, the blocks of notes last."""
    design = _design_lists(kept)
    dump = _DumpLists()
    body: list[Placed] = []
    notes: list[Placed] = []
    last: tuple[Container, ...] | None = None  # neighbours mostly share the very same tuple
    note: Container | None = None
    levels: tuple[Level, ...] = ()
    for item in kept:
        block = item.block
        containers = block.containers
        if containers is not last or block.element is None:
            last = containers
            note = next((c for c in containers if c.kind == "footnote"), None) if containers else None
            levels = tuple(islice(_levels(block, design), MAX_LEVELS)) if containers else ()
        if block.kind != "list_item" or any(level.kind == "item" for level in levels):
            dump.leave()
            placed = Placed(item, levels, note)
        else:
            placed = Placed(item, (*levels, *dump.levels(block)), note)
        (body if note is None else notes).append(placed)
    return body + notes if notes else body


def _design_lists(kept: Sequence[Kept]) -> frozenset[int]:
    """Numbers of the lists of which an item holds a heading: cards, posts, sections of a page."""
    return frozenset(
        container.number
        for item in kept
        if item.block.kind == "heading"
        for container in item.block.containers
        if container.kind == "list"
    )


def _levels(block: Block, design: frozenset[int]) -> Iterator[Level]:
    """The levels that the reader saw around `block`; inside a note only those that stand inside of it."""
    containers = block.containers
    inside = next((i + 1 for i, c in enumerate(containers) if c.kind == "footnote"), 0)
    parent: Container | None = None
    for container in containers[inside:]:
        if container.kind == "list":
            parent = container
        elif container.kind == "item" and parent is not None and parent.number not in design:
            yield Level("item", container.number, parent.number, _item_marker(block, parent, container), container)
        elif container.kind in ("quote", "admonition"):
            yield Level(container.kind, container.number, container=container)


def _item_marker(block: Block, parent: Container, item: Container) -> str:
    innermost = next((c for c in reversed(block.containers) if c.kind == "item"), None)
    if block.element is None and block.marker and block.kind == "list_item" and item is innermost:
        return own_marker(block.marker)
    return "-" if item.ordinal is None else f"{item.ordinal}."


def own_marker(marker: str) -> str:
    """A list item's own number as it is written, or `-` for every bullet.

    Text browsers draw the bullets of inner lists as `o`.

    >>> own_marker("•"), own_marker("3)"), own_marker("（一）"), own_marker("o"), own_marker("")
    ('-', '3)', '（一）', '-', '-')
    """
    first = marker.split(None, 1)[0] if marker and not marker.isspace() else ""
    return first if first != "o" and any(c.isalnum() for c in first) else "-"


def after_marker(marker: str) -> str:
    """The space between a marker and its text: none after the wide punctuation of Chinese and Japanese."""
    return "" if is_unspaced(marker[-1]) else " "


class _DumpLists:
    """Lists of a text dump: neighbouring items, deeper where they are indented further."""

    def __init__(self) -> None:
        self._open: list[tuple[int, Level]] = []
        self._count = 0

    def leave(self) -> None:
        """Close all lists: a block that is no item stands between."""
        if self._open:
            self._open = []

    def levels(self, block: Block) -> tuple[Level, ...]:
        """The levels of the next item."""
        while self._open and self._open[-1][0] > block.indent:
            closed = self._open.pop()
            if not self._open:  # an item further left than the first: the same list goes on
                self._open.append((block.indent, closed[1]))
        same = self._open.pop()[1].list_key if self._open and self._open[-1][0] == block.indent else None
        self._count -= 2
        list_key = self._count - 1 if same is None else same
        if len(self._open) < MAX_LEVELS:
            self._open.append((block.indent, Level("item", self._count, list_key, own_marker(block.marker))))
        return tuple(level for _, level in self._open)


LEADING_NUMBER = lazy_pattern(r"(\d{1,9})([.)])\Z")
"""The markers that Markdown knows for ordered lists."""
