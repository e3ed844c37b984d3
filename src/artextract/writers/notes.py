"""Footnotes: which number stands at a mark, and which note it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from artextract.model import Block, Container, Mark
from artextract.writers.layout import Placed


class Notes:
    """The labels of the notes that are kept: the page's own numbers where it has them, else the next free ones."""

    def __init__(self, placed: Iterable[Placed]) -> None:
        self._labels: dict[str, str] = {}
        self._used: set[str] = set()
        self._kept: dict[str, str] = {}
        for item in placed:
            for mark in _marks_in(item):
                self._label(_name(mark.target), mark_text(item.kept.block, mark))
            if item.note is not None:
                self._kept[_note_name(item.note)] = item.note.attribute("label") or ""
        for name, own in self._kept.items():
            self._label(name, own)

    def _label(self, name: str, own: str) -> None:
        if not name or name in self._labels:
            return
        label = own if own.isalnum() and len(own) <= 8 and own not in self._used else self._next()
        self._labels[name] = label
        self._used.add(label)

    def _next(self) -> str:
        number = len(self._used) + 1
        while str(number) in self._used:
            number += 1
        return str(number)

    def of_mark(self, block: Block, mark: Mark) -> str:
        """The label at a mark: its note's, or what the page shows."""
        return self._labels.get(_name(mark.target)) or mark_text(block, mark)

    def of_note(self, note: Container) -> str:
        """The label of a note."""
        return self._labels.get(_note_name(note), "")

    def has(self, mark: Mark) -> bool:
        """Whether the note of a mark is kept."""
        return _name(mark.target) in self._kept


def mark_text(block: Block, mark: Mark) -> str:
    """What the page shows at the mark, without brackets: `1` of `[1]`."""
    return block.text[mark.start : mark.end].strip(" \t\n[](){}【】〔〕（）^↑:.")


def _marks_in(item: Placed) -> Iterator[Mark]:
    for mark in item.kept.block.marks:
        if mark.kind == "footnote" and any(s <= mark.start and mark.end <= e for s, e in item.kept.ranges):
            yield mark


def _name(target: str) -> str:
    return target.lstrip("#")


def _note_name(note: Container) -> str:
    return _name(note.attribute("id") or f"note {note.number}")
