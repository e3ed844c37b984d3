"""Frozen objects made fast.

A frozen dataclass sets each field through `object.__setattr__`: a block costs ten times what an open class costs, and
a page has a thousand of them (a third of all reading time). An instance of an open class with the same slots may become
an instance of the frozen one by a change of class; from then on it is as frozen as any.
"""

from __future__ import annotations

from typing import Any

from artextract.model import Block, Cell, Container, ContainerKind, Element, Kind, Mark, MarkKind, Place


class _Element:
    __slots__ = Element.__slots__


class _Place:
    __slots__ = Place.__slots__


class _Mark:
    __slots__ = Mark.__slots__


class _Container:
    __slots__ = Container.__slots__


class _Block:
    __slots__ = Block.__slots__


def new_element(
    tag: str, words: tuple[str, ...], parent: Element | None, number: int, signature: str, hidden: bool
) -> Element:
    """An element below `parent`, one deeper."""
    made: Any = _Element()
    made.tag = tag
    made.words = words
    made.parent = parent
    made.number = number
    made.signature = signature
    made.hidden = hidden
    made.depth = 0 if parent is None else parent.depth + 1
    made.__class__ = Element
    return made  # type: ignore[no-any-return]


def new_place(first_line: int, last_line: int, start: int, end: int) -> Place:
    """A place that is not exact."""
    made: Any = _Place()
    made.first_line = first_line
    made.last_line = last_line
    made.start = start
    made.end = end
    made.exact = False
    made.__class__ = Place
    return made  # type: ignore[no-any-return]


def new_mark(start: int, end: int, kind: MarkKind, target: str, title: str) -> Mark:
    """A mark."""
    made: Any = _Mark()
    made.start = start
    made.end = end
    made.kind = kind
    made.target = target
    made.title = title
    made.__class__ = Mark
    return made  # type: ignore[no-any-return]


def new_container(
    kind: ContainerKind, number: int, ordinal: int | None, attributes: tuple[tuple[str, str], ...]
) -> Container:
    """A container."""
    made: Any = _Container()
    made.kind = kind
    made.number = number
    made.ordinal = ordinal
    made.attributes = attributes
    made.__class__ = Container
    return made  # type: ignore[no-any-return]


def new_block(
    index: int,
    kind: Kind,
    text: str,
    place: Place,
    marker: str,
    level: int,
    link_chars: int,
    element: Element | None,
    marks: tuple[Mark, ...],
    containers: tuple[Container, ...],
    cells: tuple[Cell, ...],
    language: str,
) -> Block:
    """A block of the page."""
    made: Any = _Block()
    made.index = index
    made.kind = kind
    made.text = text
    made.place = place
    made.marker = marker
    made.level = level
    made.link_chars = link_chars
    made.element = element
    made.marks = marks
    made.containers = containers
    made.cells = cells
    made.language = language
    made.blank_before = 0
    made.indent = 0
    made.origin = "page"
    made.__class__ = Block
    return made  # type: ignore[no-any-return]
