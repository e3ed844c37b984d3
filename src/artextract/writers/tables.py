"""Tables: as Markdown where its grid can hold them, as an HTML table where it cannot."""

from __future__ import annotations

import html
from collections.abc import Sequence

from artextract.model import Block, Cell
from artextract.writers.inline import Context, inline
from artextract.writers.kept import Kept, clean
from artextract.writers.marks import marks_by_range
from artextract.writers.text import kept_cells

_MAX_COLUMNS = 64
_MAX_CELL = 4_000  # characters
_MAX_BREAKS = 12  # line breaks in one cell
_MAX_EMPTY = 4  # cells of the grid for each cell that there is

_Pieces = Sequence[tuple[Cell, list[tuple[int, int]]]]


def table(kept: Kept, context: Context) -> list[str]:
    """The lines of a table, of which the first row is the header; none where no text is kept."""
    cells = list(kept_cells(kept.block, kept.ranges))
    if not any(parts for _, parts in cells):
        return []
    columns = max(cell.column + cell.colspan for cell, _ in cells)
    rows = max(cell.row for cell, _ in cells) + 1
    too_wide = columns > _MAX_COLUMNS or rows * columns > _MAX_EMPTY * len(cells) + 64
    text = _with_breaks(kept.block)
    if too_wide or any(_long(text, cell) for cell, _ in cells):
        return _html_table(text, cells)
    return _grid(kept, cells, context, columns)


def _with_breaks(block: Block) -> str:
    """The text of a table with line feeds for the spaces at its breaks."""
    text = list(block.text)
    for mark in block.marks:
        if mark.kind == "break" and mark.start < len(text) and text[mark.start] == " ":
            text[mark.start] = "\n"
    return "".join(text)


def _long(text: str, cell: Cell) -> bool:
    return cell.end - cell.start > _MAX_CELL or text.count("\n", cell.start, cell.end) > _MAX_BREAKS


def _grid(kept: Kept, cells: _Pieces, context: Context, columns: int) -> list[str]:
    """Markdown: a cell over several columns or rows stands in the first, the others are empty."""
    rows: dict[int, list[str]] = {}
    marks = iter(marks_by_range(kept.block.marks, [piece for _, parts in cells for piece in parts]))
    for cell, parts in cells:
        row = rows.setdefault(cell.row, [""] * columns)
        text = " ".join(inline(kept.block, s, e, next(marks), context).strip() for s, e in parts)
        row[cell.column] = _in_cell(text)
    lines = [f"| {' | '.join(row)} |" for row in rows.values() if any(row)]
    if not lines:
        return []
    return [lines[0], "|" + " --- |" * columns, *lines[1:]]


def _in_cell(text: str) -> str:
    """Inline Markdown on one line, with the pipes escaped that would end the cell."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "<br>".join(line for line in lines if line).replace("|", "\\|")


def _html_table(text: str, cells: _Pieces) -> list[str]:
    """The same as HTML, text only; no line is empty, since that would end it (CommonMark 4.6)."""
    lines = ["<table>"]
    row = -1
    for cell, parts in cells:
        if cell.row != row:
            lines += ["</tr>", "<tr>"] if row >= 0 else ["<tr>"]
            row = cell.row
        tag = "th" if cell.header else "td"
        spans = "".join(
            f' {name}="{count}"' for name, count in (("colspan", cell.colspan), ("rowspan", cell.rowspan)) if count > 1
        )
        content = html.escape(clean(" ".join(text[s:e].strip() for s, e in parts)), quote=False)
        broken = "<br>".join(line for line in map(str.strip, content.split("\n")) if line)
        lines.append(f"<{tag}{spans}>{broken}</{tag}>")
    return [*lines, "</tr>", "</table>"]
