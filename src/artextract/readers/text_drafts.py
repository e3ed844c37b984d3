"""What the text readers build before blocks: drafts, and the joining of hard-wrapped lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from itertools import count, pairwise

from artextract.invisible import INVISIBLE_RE
from artextract.lazy import lazy_pattern
from artextract.model import Cell, Container, Kind, Mark
from artextract.readers.text_layout import Layout, extent
from artextract.readers.text_lines import Line
from artextract.readers.text_starts import FENCE, Start
from artextract.records import record
from artextract.scripts import is_unspaced

LONG = 1_000_000  # characters: the words of a longer line are not held all at once

_SPACE_RE = lazy_pattern(r"\s")


@record(slots=True, eq=False)
class Draft:
    """A block in the making: the lines it takes, and what will be its text and marker."""

    kind: Kind
    lines: list[Line]
    text: str
    marker: str = ""
    level: int = 0
    start: Start | None = None  # of a list item
    marks: tuple[Mark, ...] = ()
    cells: tuple[Cell, ...] = ()
    quotes: tuple[Container, ...] = ()  # that it stands in
    containers: tuple[Container, ...] = ()  # these and the lists
    language: str = ""
    link_chars: int = 0

    @property
    def indent(self) -> int:
        return self.lines[0].indent

    @property
    def blank(self) -> int:
        return self.lines[0].blank

    @property
    def column(self) -> int:
        """Where the text of an item begins."""
        return self.lines[0].indent + (self.start.width if self.start is not None else 0)


@record(slots=True, eq=False)
class Dump:
    """What all rules need to know: the whole text, its layout, and the numbers of containers."""

    text: str
    layout: Layout
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    unclosed: dict[str, int] = field(default_factory=dict)  # sign of a fence -> the length that found no partner
    prose: int = 0  # lines that begin before this offset are known to be no code
    loose: int = 0  # lines that begin before this offset are known not to be wrapped by themselves

    def closing_fence(self, lines: list[Line], index: int, sign: str) -> int | None:
        """The index of the fence that closes the one at `index`: as long, and nothing behind it."""
        size = min(len(sign), 8)
        if size >= self.unclosed.get(sign[0], 9):
            return None  # a shorter one found none: never search the rest twice
        for at in range(index + 1, len(lines)):
            text = lines[at].text
            if lines[at].kind == FENCE and text[0] == sign[0] and len(text) >= size and not text.strip(sign[0]):
                return at
        self.unclosed[sign[0]] = size
        return None

    def verbatim(self, start: int, end: int, indent: int) -> str:
        """The lines between two offsets, white space kept, less `indent` leading columns and empty lines around."""
        shown = INVISIBLE_RE.sub("", self.text[start:end]).splitlines()
        lines = [_dedent(line, indent) for line in shown]
        while lines and not lines[0]:
            del lines[0]
        while lines and not lines[-1]:
            lines.pop()
        return "\n".join(lines)


def _dedent(line: str, indent: int) -> str:
    lead = len(line) - len(line.lstrip(" \t"))
    return line[min(indent, lead) :].rstrip()


def lines_from(lines: list[Line], column: int) -> str:
    """Lines as they are from `column` on, without what a quote put before them; empty lines between them are kept."""
    pieces: list[str] = []
    for number, line in enumerate(lines):
        pieces.append("\n" * ((line.blank + 1) if number else 0) + " " * (line.indent - column) + line.text)
    return "".join(pieces)


def code_from(lines: list[Line], column: int, source: str) -> str:
    """The same for code in `source`: the tabs stay that stand behind `column`."""
    pieces: list[str] = []
    for number, line in enumerate(lines):
        whole = source[line.start - line.lead : line.end]
        written = whole[: -len(line.text)] if whole.endswith(line.text) else ""
        lead = written[column:] if "\t" in written[column:] and "\t" not in written[:column] else ""
        lead = lead or " " * (line.indent - column)
        pieces.append("\n" * ((line.blank + 1) if number else 0) + lead + line.text)
    return "".join(pieces)


def fold(text: str) -> str:
    """Runs of white space (no-break and ideographic spaces among them) become one space."""
    if len(text) <= LONG:
        return " ".join(text.split())
    pieces: list[str] = []
    begin = 0
    while begin < len(text):
        space = _SPACE_RE.search(text, begin + LONG)
        end = space.end() if space is not None else len(text)
        pieces.append(" ".join(text[begin:end].split()))
        begin = end
    return " ".join(filter(None, pieces))


def join(lines: list[Line], first: str, layout: Layout) -> str:
    """The text of wrapped lines; `first` is what the first line has to give."""
    if len(lines) == 1:
        return fold(first)
    pieces = [fold(first)]
    for above, line in pairwise(lines):
        pieces.append(_glue(above, line, layout))
        pieces.append(fold(line.text))
    return "".join(pieces).strip()


def _glue(above: Line, below: Line, layout: Layout) -> str:
    """What stood at the break: nothing inside Chinese and Japanese, nothing behind a hyphen, else a space."""
    if extent(above, layout.wide) >= layout.wrap and sum(map(is_unspaced, above.text[-16:])) >= 8:
        return ""  # no space in reach: the line was cut where it was full, be it in a number
    if above.text[-1] == "-" and above.text[-2:-1].isalnum() and below.text[0].isalpha():
        return ""
    return glue(above.text, below.text)


def glue(above: str, below: str) -> str:
    """What a line break between two texts stands for: nothing between Chinese or Japanese, else a space."""
    return "" if is_unspaced(above[-1]) and is_unspaced(below[0]) else " "
