"""Tables of a plain text: rows drawn with pipes or box signs, cells parted by tabs, columns aligned with spaces.

A table needs at least two rows (three for columns of spaces, which prose may have by chance) and two columns.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from artextract.model import Cell
from artextract.readers.text_drafts import Draft, Dump, fold
from artextract.readers.text_lines import Line
from artextract.readers.text_starts import PIPE, PLAIN, RULE
from artextract.scripts import WIDE_RE, width

MAX_CELL = 400  # characters; a longer one is a paragraph of a layout table
MAX_COLUMNS = 100
MIN_ALIGNED_ROWS = 3
MAX_ALIGNED_WIDTH = 400

_PIPE_RE = re.compile(r"(?<!\\)[|│┃║]")
_DELIMITER_RE = re.compile(r"[|│┃├└┌╔╠╚┼+─━═\-=:┤┐┘┬┴╣╦╩╬╗╝ \t]+$")
_FIELD_RE = re.compile(r"\S+(?:[ \u3000]\S+)*")

Rows = list[list[str]]


def take_tabs(lines: list[Line], index: int, found: list[Draft], dump: Dump) -> int:
    """Rows whose cells are parted by tabs, as browsers copy tables and as our own text output writes them."""
    after, rows = index, Rows()
    while after < len(lines) and (after == index or not lines[after].blank) and "\t" in lines[after].text:
        cells = _tabbed(lines[after], dump.text)
        if len(cells) > MAX_COLUMNS or max(map(len, cells)) > MAX_CELL:
            break
        rows.append(cells)
        after += 1
    if len(rows) < 2 or not _is_regular(rows):
        return index
    found.append(_table(lines[index:after], rows, "", False))
    return after


def _tabbed(line: Line, text: str) -> list[str]:
    """The cells of a row; tabs before the first visible character stand for empty cells."""
    empty = text.count("\t", line.start - line.lead, line.start)
    return [""] * empty + [fold(cell) for cell in line.text.split("\t")]


def _is_regular(rows: Rows) -> bool:
    """Whether most rows have as many cells as the widest, and each at least two that are filled."""
    most = max(map(len, rows))
    filled = all(sum(1 for cell in row if cell) >= 2 for row in rows)
    return filled and sum(len(row) == most for row in rows) * 10 >= len(rows) * 6


def take_pipes(lines: list[Line], index: int, found: list[Draft], dump: Dump) -> int:
    """Rows between pipes or box signs; without outer pipes only where a line of dashes follows the first row."""
    first = lines[index]
    if first.kind == PIPE:
        after = index + 1
        while after < len(lines) and not lines[after].blank and _is_row(lines[after]):
            after += 1
    elif index + 1 < len(lines) and _delimits(lines[index + 1]):
        after = index + 2
        while after < len(lines) and not lines[after].blank and "|" in lines[after].text:
            after += 1
    else:
        return index
    taken = lines[index:after]
    drawn = [_DELIMITER_RE.match(line.text) is not None for line in taken]
    rows = [_piped(line.text) for line, rule in zip(taken, drawn, strict=True) if not rule]
    if len(taken) < 2 or not rows or max(map(len, rows)) < 2 or max(map(len, rows)) > MAX_COLUMNS:
        return index
    marker = " ".join(_signs(line.text, rule) for line, rule in zip(taken, drawn, strict=True))
    header = not drawn[0] and len(drawn) > 1 and drawn[1]
    found.append(_table(taken, rows, marker.strip(), header))
    return after


def _is_row(line: Line) -> bool:
    return line.kind == PIPE or (line.kind == RULE and line.text[0] == "+")


def _delimits(line: Line) -> bool:
    return not line.blank and "|" in line.text and "-" in line.text and _DELIMITER_RE.match(line.text) is not None


def _piped(text: str) -> list[str]:
    cells = [fold(cell) for cell in _PIPE_RE.split(text)]
    begin = 1 if _PIPE_RE.match(text) else 0
    end = len(cells) - 1 if text[-1] in "|│┃║" and len(cells) > begin + 1 else len(cells)
    return cells[begin:end]


def _signs(text: str, rule: bool) -> str:
    return fold(text) if rule else "".join(_PIPE_RE.findall(text))


def take_columns(lines: list[Line], index: int, found: list[Draft], dump: Dump) -> int:
    """Rows whose columns are aligned with two or more spaces."""
    after = index
    while after < len(lines) and (after == index or not lines[after].blank) and _is_spread(lines[after]):
        after += 1
    if after - index < MIN_ALIGNED_ROWS:
        return index
    taken = lines[index:after]
    fields = [_fields(line) for line in taken]
    starts = _columns(fields)
    if len(starts) < 2 or len(starts) > MAX_COLUMNS:
        return index
    rows = [_aligned(row, starts) for row in fields]
    if not _is_regular([row for row in rows if row]) or len(rows) < MIN_ALIGNED_ROWS:
        return index
    found.append(_table(taken, rows, "", False))
    return after


def _is_spread(line: Line) -> bool:
    text = line.text
    return line.kind == PLAIN and "  " in text and "\t" not in text and len(text) <= MAX_ALIGNED_WIDTH


def _fields(line: Line) -> list[tuple[int, int, str]]:
    """(first column, column behind, text) of what stands between runs of two or more spaces."""
    text, found = line.text, []
    wide = WIDE_RE.search(text) is not None
    for match in _FIELD_RE.finditer(text):
        start = width(text[: match.start()]) if wide else match.start()
        size = width(match.group()) if wide else match.end() - match.start()
        found.append((line.indent + start, line.indent + start + size, match.group()))
    return found


def _columns(fields: list[list[tuple[int, int, str]]]) -> list[int]:
    """First columns of the table's columns: stretches that no row leaves two columns wide open."""
    spans = sorted((start, end) for row in fields for start, end, _ in row)
    starts, reached = [spans[0][0]], spans[0][1]
    for start, end in spans[1:]:
        if start >= reached + 2:
            starts.append(start)
        reached = max(reached, end)
    return starts


def _aligned(row: list[tuple[int, int, str]], starts: list[int]) -> list[str]:
    cells = [""] * len(starts)
    for start, _, text in row:
        at = bisect_right(starts, start) - 1
        cells[at] = f"{cells[at]} {fold(text)}".strip()
    return cells


def _table(lines: list[Line], rows: Rows, marker: str, header: bool) -> Draft:
    """The draft: cells joined by tabs and rows by line feeds, with the offsets of each cell."""
    pieces: list[str] = []
    cells: list[Cell] = []
    position = 0
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            cells.append(Cell(number, column, position, position + len(text), header and number == 0))
            position += len(text) + 1
        pieces.append("\t".join(row))
    return Draft("table", lines, "\n".join(pieces), marker, cells=tuple(cells))
