"""The body as plain text: what the JSON's `text` holds.

Blocks are separated by an empty line, none inside lists and tables; list items stand one a line behind their own
marker, nested by two spaces; a table's rows one a line with tabs between cells; code as it is; formulas as TeX; the
mark of a footnote is `[n]`, and the notes stand at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from artextract.article import Article
from artextract.model import Block, Cell, Mark
from artextract.settings import Settings
from artextract.writers.kept import Kept, clean, join_ranges
from artextract.writers.layout import Level, Placed, after_marker
from artextract.writers.marks import marks_by_range
from artextract.writers.notes import Notes

_REWRITTEN = ("footnote", "formula")


def write(article: Article, settings: Settings) -> str:
    """The text as a file: with the title before it where `settings.title`; empty when there is no article."""
    text = article.text
    if settings.title and article.metadata.title and text:
        text = f"{clean(article.metadata.title)}\n\n{text}"
    return text + "\n" if text else ""


def body_text(article: Article) -> str:
    """The kept characters of `article`, rendered; without a line feed at the end."""
    notes = Notes(article.placed)
    out: list[str] = []
    previous: tuple[Level, ...] = ()
    note = 0
    for item in article.placed:
        text = block_text(item.kept, notes)
        if not text:
            continue
        levels = item.levels
        lead = ""
        if item.note is not None and item.note.number != note:
            note = item.note.number
            lead = f"[{notes.of_note(item.note)}] "
        if out:
            out.append("\n" if _same_list(previous, levels) and not lead else "\n\n")
        out.append(_in_levels(text, item, previous, lead) if levels else lead + text)
        previous = levels
    return clean("".join(out))


def _same_list(previous: tuple[Level, ...], levels: tuple[Level, ...]) -> bool:
    """Whether two blocks stand in the same outermost list."""
    if not previous or not levels:
        return False
    before = next((level.list_key for level in previous if level.kind == "item"), None)
    return before is not None and before == next((level.list_key for level in levels if level.kind == "item"), None)


def _in_levels(text: str, item: Placed, previous: tuple[Level, ...], lead: str) -> str:
    """The lines of a block indented to its depth; in front the markers of the items that begin with it."""
    items = [level for level in item.levels if level.kind == "item"]
    if not items:
        return lead + text
    before = {level.key for level in previous}
    depth = len(items) - 1
    first = "  " * (depth + 1)
    if items[-1].key not in before:
        marker = items[-1].marker
        first = "  " * depth + marker + after_marker(marker) + task_box(items[-1])
    if item.kept.block.kind == "code":
        return first.rstrip() + "\n" + text if first.strip() else text
    return lead + first + text.replace("\n", "\n" + "  " * (depth + 1))


def task_box(level: Level) -> str:
    """`[x] ` or `[ ] ` for an item of a task list."""
    checked = level.container.attribute("checked") if level.container is not None else None
    return "" if checked is None else "[x] " if checked == "1" else "[ ] "


def block_text(kept: Kept, notes: Notes) -> str:
    """The kept text of one block, not yet cleaned of control characters."""
    block, ranges = kept
    text = block.text
    if block.kind == "table":
        return table_text(block, ranges, notes)
    if block.kind == "code":
        return join_ranges(text, ranges, [text[s:e] for s, e in ranges]).strip("\n").rstrip()
    marks = [m for m in block.marks if m.kind in _REWRITTEN] if block.marks else []
    if not marks:
        joined = text if ranges[0] == (0, len(text)) else join_ranges(text, ranges, [text[s:e] for s, e in ranges])
        return joined.strip()
    marked = zip(ranges, marks_by_range(marks, ranges), strict=True)
    return join_ranges(text, ranges, [plain(block, here, s, e, notes) for (s, e), here in marked]).strip()


def plain(block: Block, marks: Sequence[Mark], start: int, end: int, notes: Notes) -> str:
    """`block.text[start:end]` with formulas as TeX and footnote marks as `[n]`; `marks` are only such marks."""
    out: list[str] = []
    at = start
    for mark in marks:
        if mark.start < at or mark.end > end:
            continue
        out.append(block.text[at : mark.start])
        out.append(f"[{notes.of_mark(block, mark)}]" if mark.kind == "footnote" else tex_of(block, mark))
        at = mark.end
    out.append(block.text[at:end])
    return "".join(out)


def tex_of(block: Block, mark: Mark) -> str:
    """The TeX of a formula, or what the page shows where it gives none."""
    return mark.target.strip() or block.text[mark.start : mark.end]


def table_text(block: Block, ranges: Sequence[tuple[int, int]], notes: Notes) -> str:
    """The kept cells, rows one a line; white space inside a cell is folded."""
    cells = list(kept_cells(block, ranges))
    pieces = [piece for _, parts in cells for piece in parts]
    marks = iter(marks_by_range([m for m in block.marks if m.kind in _REWRITTEN], pieces))
    rows: dict[int, list[str]] = {}
    for cell, parts in cells:
        text = " ".join(plain(block, next(marks), s, e, notes) for s, e in parts)
        rows.setdefault(cell.row, []).append(" ".join(text.split()))
    lines = ("\t".join(texts).rstrip() for texts in rows.values())
    return "\n".join(line for line in lines if line)


def cells_of(block: Block) -> Sequence[Cell]:
    """The cells of a table; those that its tabs and line feeds make where the reader gave none."""
    if block.cells:
        return block.cells
    cells: list[Cell] = []
    at = 0
    for row, line in enumerate(block.text.split("\n")):
        for column, text in enumerate(line.split("\t")):
            cells.append(Cell(row, column, at, at + len(text)))
            at += len(text) + 1
    return cells


def kept_cells(block: Block, ranges: Sequence[tuple[int, int]]) -> Iterator[tuple[Cell, list[tuple[int, int]]]]:
    """Each cell with the parts of it that are kept; linear, since both run forwards."""
    first = 0
    for cell in cells_of(block):
        while first < len(ranges) and ranges[first][1] <= cell.start:
            first += 1
        pieces = []
        at = first
        while at < len(ranges) and ranges[at][0] < cell.end:
            pieces.append((max(ranges[at][0], cell.start), min(ranges[at][1], cell.end)))
            at += 1
        yield cell, pieces
