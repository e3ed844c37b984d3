"""Tables: which of them hold data, and the cells of those that do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from artextract.model import Cell

if TYPE_CHECKING:
    from artextract.readers.html_walk import Walker

Node = etree._Element

MOST_COLUMNS = 1_000  # a column span is clamped to it, as browsers do
MOST_ROWS = 65_534
_HEAVY = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "form", "nav", "article", "section", "iframe", "video"))
_PROSE = frozenset(("p", "div", "blockquote", "li", "dd"))
_CODE_CELLS = frozenset(("code", "rouge-code", "blob-code", "hljs-ln-code", "lntd", "crayon-code", "react-code-cell"))
_SKIPPED = frozenset(("script", "style", "template"))


class _Count:
    """What is counted of a table: a single pass over all tables of the page."""

    __slots__ = (
        "captioned",
        "cell",
        "cells",
        "chars",
        "code",
        "columns",
        "headers",
        "heavy",
        "images",
        "long",
        "nested",
        "prose",
        "row",
        "rows",
    )

    def __init__(self) -> None:
        self.rows = self.cells = self.columns = self.headers = self.row = 0
        self.nested = self.heavy = self.prose = self.images = self.chars = self.cell = self.long = 0
        self.captioned = False
        self.code = False

    def end_row(self) -> None:
        self.columns = max(self.columns, self.row)
        self.rows += self.row > 0
        self.row = 0


def roles_of_tables(root: Node) -> dict[Node, str]:
    """For each table of the page whether it holds `data` or `code`; "" for one that only lays things out."""
    found: dict[Node, str] = {}
    for table in list(root.iter("table")):
        if table not in found:
            _judge_tree(table, found)
    return found


def _judge_tree(outer: Node, found: dict[Node, str]) -> None:
    """Judges a table and all tables in it in one walk."""
    stack: list[_Count] = []
    for event, node in etree.iterwalk(outer, events=("start", "end")):
        tag = node.tag
        if event == "start":
            if tag == "table":
                if stack:
                    stack[-1].nested += 1
                stack.append(_Count())
                found[node] = ""
            _count(stack[-1], node, tag)
            continue
        if tag == "table":
            count = stack.pop()
            count.end_row()
            found[node] = "code" if count.code else "data" if _holds_data(node, count) else ""
        elif tag in ("td", "th"):
            stack[-1].long += stack[-1].cell > 300
            stack[-1].cell = 0
        if stack and node.tail:
            stack[-1].chars += len(node.tail)
            stack[-1].cell += len(node.tail)


def _count(count: _Count, node: Node, tag: str) -> None:
    if tag in ("td", "th"):
        count.cells += 1
        count.row += 1
        count.headers += tag == "th"
        if not count.code and (value := node.get("class")) is not None:
            count.code = not _CODE_CELLS.isdisjoint(value[:2_000].lower().split())
    elif tag == "tr":
        count.end_row()
    elif tag in ("caption", "thead"):
        count.captioned = True
    elif tag in _HEAVY:
        count.heavy += 1
    elif tag in _PROSE:
        count.prose += 1
    elif tag == "img":
        count.images += 1
    if tag not in _SKIPPED and node.text:
        size = len(node.text.strip())
        count.chars += size
        count.cell += size


def _holds_data(table: Node, count: _Count) -> bool:
    role = table.get("role")
    if role in ("presentation", "none") or count.nested or count.rows < 1 or count.columns < 2:
        return False
    if role in ("table", "grid"):
        return True
    marked = count.headers > 0 or count.captioned
    if count.heavy > (count.cells // 4 if marked else 0) or count.long > count.cells // 3:
        return False
    if marked:
        return count.rows >= 2 or count.headers < count.cells
    return count.rows >= 2 and count.prose <= count.cells * 2 and count.chars <= 200 * count.cells


class Grid:
    """The cells of a data table while it is read; spans are spread with a budget, so that they cost linear time."""

    __slots__ = ("budget", "cells", "column", "header", "held", "nested", "open", "row", "row_open", "spans", "start")

    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self.row = -1
        self.column = 0
        self.row_open = False
        self.open: Node | None = None
        self.start = 0
        self.held: dict[int, int] = {}  # column -> the first row in which it is free again
        self.budget = 200_000
        self.nested = 0

    def start_row(self, walker: Walker) -> None:
        """A new row: the open cell ends."""
        self.end_cell(walker)
        self.row_open = False

    def start_cell(self, walker: Walker, node: Node) -> None:
        """A new cell after a tab, or after a line feed if it is the first of its row."""
        self.end_cell(walker)
        walker.breaks = 0
        if not self.row_open:
            self.row += 1
            self.column = 0
            self.row_open = True
            walker.literal("\n" if self.row else "")
        else:
            walker.literal("\t")
        self._skip_held()
        self.open = node
        self.start = walker.length

    def end_cell(self, walker: Walker) -> None:
        """Ends the open cell, if there is one."""
        node, self.open = self.open, None
        if node is None:
            return
        colspan = _span(node.get("colspan"), MOST_COLUMNS)
        rowspan = _span(node.get("rowspan"), MOST_ROWS)
        cell = Cell(self.row, self.column, self.start, walker.length, node.tag == "th", colspan, rowspan)
        self.cells.append(cell)
        self._hold(cell)
        self.column += colspan
        walker.breaks = 0

    def _skip_held(self) -> None:
        held = self.held
        while held.get(self.column, 0) > self.row and self.budget > 0:
            self.column += 1
            self.budget -= 1

    def _hold(self, cell: Cell) -> None:
        if cell.rowspan > 1:
            for column in range(cell.column, cell.column + cell.colspan):
                self.budget -= 1
                if self.budget <= 0:
                    return
                self.held[column] = cell.row + cell.rowspan


def _span(value: str | None, most: int) -> int:
    if value is None or not value.isdecimal() or len(value) > 6:
        return 1
    return min(max(int(value), 1), most)
