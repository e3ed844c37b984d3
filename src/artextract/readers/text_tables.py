"""Tables of a plain text: rows drawn with pipes or box signs, cells parted by tabs, columns aligned with spaces.

A table needs at least two rows (three for columns of spaces, which prose may have by chance) and two columns.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from artextract.lazy import lazy_pattern
from artextract.model import Cell
from artextract.readers.text_drafts import Draft, Dump, fold
from artextract.readers.text_lines import Line
from artextract.readers.text_starts import PIPE, PLAIN, RULE
from artextract.scripts import has_wide, width

MAX_CELL = 400  # characters; a longer one is a paragraph of a layout table
MAX_COLUMNS = 100
MAX_CELLS = 20_000  # of a table; a larger one has its text only, whose tabs tell its cells apart
MAX_LONE_CELL = 60  # characters of the only filled cell of a row
MIN_ALIGNED_ROWS = 3
MAX_ALIGNED_WIDTH = 400

_PIPE_RE = lazy_pattern(r"(?<!\\)[|│┃║]")
_BAR_RE = lazy_pattern(r"(?<!\\)\|")  # the only one that Markdown knows
_DELIMITER_RE = lazy_pattern(r"[|│┃├└┌╔╠╚┼+─━═\-=:┤┐┘┬┴╣╦╩╬╗╝ \t]+$")
_FIELD_RE = lazy_pattern(r"\S+(?:[ \u3000]\S+)*")

Rows = list[list[str]]
Span = tuple[int, int]  # first column, column behind
Field = tuple[int, int, str]  # with its text


def take_tabs(lines: list[Line], index: int, found: list[Draft], dump: Dump) -> int:
    """Rows whose cells are parted by tabs, as browsers copy tables and as our own text output writes them.

    The table goes on while rows have at most the cells of the first, and most of them as many. A row of one cell may
    stand between others. Gives back 0 if there is no table.
    """
    after, rows, regular = index, Rows(), 0
    while after < len(lines) and (after == index or not lines[after].blank):
        cells = _tabbed(lines[after], dump.text)
        same = not rows or len(cells) == len(rows[0])
        if not _is_tabled(cells, bool(rows)) or (rows and len(cells) > len(rows[0])):
            break
        if (regular + same) * 10 < (len(rows) + 1) * 6:
            break
        rows.append(cells)
        regular += same
        after += 1
    while rows and len(rows[-1]) == 1:
        rows.pop()
        after -= 1
    if len(rows) < 2:
        return 0
    found.append(_table(lines[index:after], rows, "", False))
    return after


def _tabbed(line: Line, text: str) -> list[str]:
    """The cells of a row; tabs before the first visible character stand for empty cells."""
    empty = text.count("\t", line.start - line.lead, line.start)
    return [""] * min(empty, MAX_COLUMNS) + [fold(cell) for cell in line.text.split("\t", MAX_COLUMNS)]


def _is_tabled(cells: list[str], further: bool) -> bool:
    """Whether it can be a row: two filled cells, or one where the table has begun."""
    filled = sum(map(bool, cells))
    if len(cells) > MAX_COLUMNS or max(map(len, cells)) > MAX_CELL:
        return False
    return filled >= 2 or (further and sum(map(len, cells)) <= MAX_LONE_CELL)


def take_pipes(lines: list[Line], index: int, found: list[Draft]) -> int:
    """Rows between pipes or box signs; 0 if there is no table."""
    drawn = pipe_rows(lines, index, False)
    if drawn is None:
        return 0
    found.append(_table(lines[index : drawn.after], drawn.rows, drawn.marker, drawn.header))
    return drawn.after


class Drawn(NamedTuple):
    """A table drawn with pipes: index behind its lines, rows, all its signs, whether the first row is a head."""

    after: int
    rows: Rows
    marker: str
    header: bool


def pipe_rows(lines: list[Line], index: int, markdown: bool) -> Drawn | None:
    """The rows of a drawn table that begins at `index`.

    A table without outer pipes, and every one in Markdown, needs a line of dashes below its first row.
    """
    first = lines[index]
    if markdown and not (index + 1 < len(lines) and _delimits(lines[index + 1])):
        return None
    if first.kind == PIPE or (first.kind == RULE and index + 1 < len(lines) and lines[index + 1].kind == PIPE):
        framed = True
    elif index + 1 < len(lines) and _delimits(lines[index + 1]):
        framed = False
    else:
        return None
    after, rows, drawn = index, Rows(), list[bool]()
    sign, least = (_BAR_RE, 1) if markdown else (_PIPE_RE, 2)
    while after < len(lines) and (after == index or (not lines[after].blank and _is_row(lines[after], framed))):
        text = lines[after].text
        drawn.append(after == index + 1 if markdown else _DELIMITER_RE.match(text) is not None)
        cells = [] if drawn[-1] else _piped(text, sign)
        if (len(drawn) > 2 and not rows) or (cells and not least <= len(cells) <= MAX_COLUMNS):
            break
        if cells:
            rows.append(cells)
        after += 1
    taken = lines[index:after]
    if len(taken) < 2 or not rows:
        return None
    marker = " ".join(_signs(line.text, rule, sign) for line, rule in zip(taken, drawn, strict=False))
    return Drawn(after, rows, marker.strip(), _has_header(drawn))


def _has_header(drawn: list[bool]) -> bool:
    """Whether a rule stands behind the first row and nowhere else between rows (`drawn` tells rules from rows)."""
    inner = drawn[1:] if drawn[0] else drawn
    return len(inner) > 1 and inner[1] and not any(inner[2:-1])


def _is_row(line: Line, framed: bool) -> bool:
    if framed:
        return line.kind == PIPE or (line.kind == RULE and line.text[0] == "+")
    return "|" in line.text


def _delimits(line: Line) -> bool:
    return not line.blank and "|" in line.text and "-" in line.text and _DELIMITER_RE.match(line.text) is not None


def _piped(text: str, sign: re.Pattern[str]) -> list[str]:
    cells = [fold(cell) for cell in sign.split(text)]
    begin = 1 if sign.match(text) else 0
    end = len(cells) - 1 if sign.search(text, len(text) - 1) and len(cells) > begin + 1 else len(cells)
    return cells[begin:end]


def _signs(text: str, rule: bool, sign: re.Pattern[str]) -> str:
    return fold(text) if rule else "".join(sign.findall(text))


def take_columns(lines: list[Line], index: int, found: list[Draft]) -> int:
    """Rows whose columns are aligned with two or more spaces; 0 if there is no table.

    The table goes on while a gap of two columns is left that no row fills.
    """
    after, columns, fields = index, list[Span](), list[list[Field]]()
    while after < len(lines) and (after == index or not lines[after].blank) and _is_spread(lines[after]):
        row = _fields(lines[after])
        merged = _merge(columns, row)
        if not 2 <= len(merged) <= MAX_COLUMNS or len(merged) * 2 < len(columns):
            break
        columns = merged
        fields.append(row)
        after += 1
    if len(fields) < MIN_ALIGNED_ROWS:
        return 0
    starts = [start for start, _ in columns]
    found.append(_table(lines[index:after], [_aligned(row, starts) for row in fields], "", False))
    return after


def _is_spread(line: Line) -> bool:
    text = line.text
    return line.kind == PLAIN and "  " in text and "\t" not in text and len(text) <= MAX_ALIGNED_WIDTH


def _fields(line: Line) -> list[Field]:
    """What stands between runs of two or more spaces."""
    text, found = line.text, list[Field]()
    wide = has_wide(text)
    for match in _FIELD_RE.finditer(text):
        start = width(text[: match.start()]) if wide else match.start()
        size = width(match.group()) if wide else match.end() - match.start()
        found.append((line.indent + start, line.indent + start + size, match.group()))
    return found


def _merge(columns: list[Span], row: list[Field]) -> list[Span]:
    """The stretches that the rows so far and this one fill; those less than two columns apart are one."""
    spans = sorted([*columns, *((start, end) for start, end, _ in row)])
    merged = [spans[0]]
    for start, end in spans[1:]:
        if start >= merged[-1][1] + 2:
            merged.append((start, end))
        else:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
    return merged


def _aligned(row: list[Field], starts: list[int]) -> list[str]:
    cells = [""] * len(starts)
    for start, _, text in row:
        at = bisect_right(starts, start) - 1
        cells[at] = f"{cells[at]} {fold(text)}".strip()
    return cells


def _table(lines: list[Line], rows: Rows, marker: str, header: bool) -> Draft:
    """The draft: cells joined by tabs and rows by line feeds, with the offsets of each cell."""
    if sum(map(len, rows)) > MAX_CELLS:
        return Draft("table", lines, "\n".join(map("\t".join, rows)), marker)
    pieces: list[str] = []
    cells: list[Cell] = []
    position = 0
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            cells.append(Cell(number, column, position, position + len(text), header and number == 0))
            position += len(text) + 1
        pieces.append("\t".join(row))
    return Draft("table", lines, "\n".join(pieces), marker, cells=tuple(cells))
