"""The reader of Markdown: CommonMark's blocks with GFM's tables and task boxes, footnotes, front matter.

Lines come from text_lines as in plain text; here an indent means nesting, and a paragraph takes all lines that follow
it. Containers (quotes, items, footnotes) are read by taking off what they put before their lines and reading the rest
again, at most `MAX_DEPTH` deep. Syntax goes to the marker of the block it belongs to.
"""

from __future__ import annotations

import re
from dataclasses import field, replace
from itertools import pairwise

from artextract.lazy import lazy_pattern
from artextract.model import Cell, Container, Fact, Mark
from artextract.readers.text_drafts import Draft, Dump, code_from, fold, glue, lines_from
from artextract.readers.text_front_matter import front_matter_end, front_matter_facts
from artextract.readers.text_inline import Definitions, definition_label, parse_inline
from artextract.readers.text_lines import Line
from artextract.readers.text_starts import FENCE, HASH, PLAIN, QUOTE, may_start, start_of
from artextract.readers.text_tables import pipe_rows
from artextract.records import record

MAX_DEPTH = 32
CODE_INDENT = 4

_ITEM_RE = lazy_pattern(r"([-+*]|\d{1,9}[.)])(?:([ \t]{1,4})(?=\S)|([ \t]{5,})(?=\S)|$)")
_BOX_RE = lazy_pattern(r"\[([ xX])\][ \t]{1,9}(?=\S)")
_SETEXT_RE = lazy_pattern(r"(?:={2,}|-{2,})$")
_DOLLARS = "$$"
_THEMATIC_RE = lazy_pattern(r"([-_*])(?:[ \t]{0,9}\1){2,}$")
_ATX_RE = lazy_pattern(r"(#{1,6})(?:[ \t]{1,9}|$)")
_ATX_END_RE = lazy_pattern(r"(?:^|(?<=[ \t]))#{1,99}$")
_FENCE_RE = lazy_pattern(r"(`{3,}|~{3,})[ \t]{0,9}([^`\s]{0,60})")
_DEFINITION_RE = lazy_pattern(
    r"\[([^\[\]^][^\[\]]{0,199})\]:[ \t]{0,9}(?:<([^<>]{0,2000})>|(\S{1,2000}))"
    r"(?:[ \t]{1,9}(?:\"([^\"]{0,500})\"|'([^']{0,500})'|\(([^()]{0,500})\)))?$"
)
_FOOTNOTE_RE = lazy_pattern(r"\[\^([^\s\[\]]{1,80})\]:[ \t]{0,9}")
_ALERT_RE = lazy_pattern(r"\[!([A-Za-z]{1,20})\][+-]?(?:[ \t]{1,9}(\S.{0,200}))?$")


@record(frozen=True, slots=True)
class Frame:
    """What stands around the lines that are read: containers, the column at which content begins, how deep."""

    containers: tuple[Container, ...] = ()
    base: int = 0
    depth: int = 0

    def inside(self, base: int, *containers: Container) -> Frame:
        """The frame of what stands in more containers."""
        return Frame((*self.containers, *containers), base, self.depth + 1)


@record(slots=True, eq=False)
class Markdown:
    """One document while it is read."""

    dump: Dump
    definitions: Definitions = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    waiting: str = ""  # signs of a container that go to the marker of its first block
    comments: int = 0  # no comment that begins before this offset is alone on its lines

    def add(self, draft: Draft, frame: Frame) -> None:
        """Append a draft inside of a frame, with the signs that wait and those of its lines."""
        signs = [self.waiting, draft.marker, *(line.mark for line in draft.lines)]
        draft.marker = " ".join(" ".join(signs).split())
        draft.containers = frame.containers
        self.waiting = ""
        self.drafts.append(draft)


def markdown_drafts(lines: list[Line], dump: Dump) -> tuple[list[Draft], list[Fact]]:
    """The drafts of a Markdown document and the facts of its front matter."""
    reader = Markdown(dump)
    facts: list[Fact] = []
    behind = front_matter_end(lines)
    if behind:
        taken = lines[:behind]
        facts = front_matter_facts(taken)
        reader.add(Draft("separator", taken, "", fold(" ".join(line.text for line in taken))), Frame())
    body = lines[behind:]
    for line in body:
        line.kind = _kind(line.text)
    _define(body, reader)
    _read(body, reader, Frame())
    return reader.drafts, facts


def _kind(text: str) -> str:
    kind = start_of(text, 0) if may_start(text) else PLAIN
    return kind if kind in (FENCE, QUOTE, HASH) else PLAIN


def _define(lines: list[Line], reader: Markdown) -> None:
    """Collect link definitions and the labels of footnotes; the first of a label counts."""
    for line in lines:
        if line.text[0] != "[":
            continue
        if (note := _FOOTNOTE_RE.match(line.text)) is not None:
            reader.definitions.setdefault("^" + definition_label(note.group(1)), ("", ""))
        elif (match := _DEFINITION_RE.match(line.text)) is not None:
            address = match.group(2) if match.group(2) is not None else match.group(3)
            title = match.group(4) or match.group(5) or match.group(6) or ""
            reader.definitions.setdefault(definition_label(match.group(1)), (address, title))


def _read(lines: list[Line], reader: Markdown, frame: Frame) -> None:
    """Read the lines inside of a frame."""
    index = 0
    while index < len(lines):
        index = _block(lines, index, reader, frame)


def _block(lines: list[Line], index: int, reader: Markdown, frame: Frame) -> int:
    """Read one block; the index behind its lines."""
    line = lines[index]
    if line.indent - frame.base >= CODE_INDENT:
        return _indented_code(lines, index, reader, frame)
    if line.kind == FENCE:
        return _fenced_code(lines, index, reader, frame)
    if line.kind == HASH or _ATX_RE.match(line.text):
        return _heading(lines, index, reader, frame)
    if _THEMATIC_RE.match(line.text):
        reader.add(Draft("separator", [line], "", fold(line.text)), frame)
        return index + 1
    if frame.depth < MAX_DEPTH:
        if line.kind == QUOTE:
            return _quote(lines, index, reader, frame)
        if line.text[0] in "-+*0123456789" and _ITEM_RE.match(line.text):
            return _list(lines, index, reader, frame)
    if line.text[0] == "$" and (after := _formula(lines, index, reader, frame)):
        return after
    if line.text[0] in "[<":
        after = _bracketed(lines, index, reader, frame)
        if after:
            return after
    if "|" in line.text and (rows := pipe_rows(lines, index, True)) is not None:
        reader.add(_table(lines[index : rows.after], rows.rows, rows.marker, reader), frame)
        return rows.after
    return _paragraph(lines, index, reader, frame)


def _indented_code(lines: list[Line], index: int, reader: Markdown, frame: Frame) -> int:
    after = index + 1
    while after < len(lines) and lines[after].indent - frame.base >= CODE_INDENT:
        after += 1
    taken = lines[index:after]
    reader.add(Draft("code", taken, lines_from(taken, frame.base + CODE_INDENT)), frame)
    return after


def _fenced_code(lines: list[Line], index: int, reader: Markdown, frame: Frame) -> int:
    """From a fence to one as long of the same sign, or to the end of the container."""
    line = lines[index]
    match = _FENCE_RE.match(line.text)
    assert match is not None
    sign = match.group(1)
    closing = next((at for at in range(index + 1, len(lines)) if _closes(lines[at], sign)), None)
    after = len(lines) if closing is None else closing + 1
    content = lines[index + 1 : after if closing is None else closing]
    taken = lines[index:after]
    marker = line.text if closing is None else f"{line.text} {lines[closing].text}"
    draft = Draft(
        "code", taken, code_from(content, line.indent, reader.dump.text), fold(marker), language=match.group(2)
    )
    reader.add(draft, frame)
    return after


def _formula(lines: list[Line], index: int, reader: Markdown, frame: Frame) -> int:
    """A formula between lines of `$$`; 0 if there is none."""
    if lines[index].text != _DOLLARS:
        return 0
    closing = next((at for at in range(index + 1, len(lines)) if lines[at].text == _DOLLARS), 0)
    if closing < index + 2:
        return 0
    text = "\n".join(line.text for line in lines[index + 1 : closing])
    mark = Mark(0, len(text), "formula", text)
    reader.add(Draft("formula", lines[index : closing + 1], text, f"{_DOLLARS} {_DOLLARS}", marks=(mark,)), frame)
    return closing + 1


def _closes(line: Line, sign: str) -> bool:
    return line.kind == FENCE and line.text.startswith(sign) and not line.text.strip(sign[0])


def _heading(lines: list[Line], index: int, reader: Markdown, frame: Frame) -> int:
    line = lines[index]
    match = _ATX_RE.match(line.text)
    sign = match.group(1) if match is not None else "#"
    rest = line.text[match.end() if match is not None else 1 :]
    end = _ATX_END_RE.search(rest)
    tail = end.group() if end is not None else ""
    inline = parse_inline(fold(rest[: len(rest) - len(tail)]), reader.definitions)
    draft = Draft("heading", [line], inline.text, f"{sign} {inline.marker} {tail}", len(sign), marks=inline.marks)
    reader.add(draft, frame)
    return index + 1


def _quote(lines: list[Line], index: int, reader: Markdown, frame: Frame) -> int:
    """Lines behind `>`, and those that lazily go on with the quote's last paragraph."""
    after = index + 1
    while after < len(lines) and not lines[after].blank:
        lazy = lines[after - 1].text.strip("> \t") and not _interrupts(lines[after])
        if lines[after].kind != QUOTE and not lazy:
            break
        after += 1
    inner = _unquoted(lines[index:after])
    quote = Container("quote", next(reader.dump.numbers))
    if inner and (alert := _ALERT_RE.match(inner[0].text)) is not None:
        title = parse_inline(fold(alert.group(2) or ""), reader.definitions)
        attributes = [("type", alert.group(1).lower()), *([("title", fold(title.text))] if title.text else [])]
        quote = Container("admonition", quote.number, attributes=tuple(attributes))
        sign = inner[0].text[: alert.start(2)] if alert.group(2) else inner[0].text
        reader.waiting = f"{reader.waiting} {inner[0].mark} {sign}"
        if title.text:
            line = replace(inner[0], mark="", text=alert.group(2))
            draft = Draft("caption", [line], title.text, title.marker, marks=title.marks)
            reader.add(draft, frame.inside(0, quote))
        inner = inner[1:]
        if not inner and title.text:
            return after
    if not inner:
        signs = " ".join(line.text for line in lines[index:after])
        reader.waiting = reader.waiting if quote.kind == "admonition" else f"{reader.waiting} {signs}"
        reader.add(Draft("paragraph", lines[index:after], ""), frame.inside(0, quote))
        return after
    _read(inner, reader, frame.inside(_base(inner), quote))
    return after


def _base(lines: list[Line]) -> int:
    return min(line.indent for line in lines)


def _unquoted(lines: list[Line]) -> list[Line]:
    """The lines without their first `>`; empty ones lend it to the line above (or to the first)."""
    inner: list[Line] = []
    marks: list[list[str]] = [[]]
    blank = lines[0].blank
    for line in lines:
        quoted = line.kind == QUOTE
        text = line.text[1:].lstrip() if quoted else line.text
        if text and inner:
            marks.append([])
        marks[-1] += [line.mark, ">"] if quoted else [line.mark]
        if not text:
            blank += 1
            continue
        indent = line.indent + len(line.text) - len(text)
        inner.append(replace(line, text=text, blank=blank, indent=indent, kind=_kind(text)))
        blank = 0
    for line, signs in zip(inner, marks, strict=False):
        line.mark = " ".join(filter(None, signs))
    return inner


def _list(lines: list[Line], index: int, reader: Markdown, frame: Frame) -> int:
    """All items of one list: the same bullet, or numbers with the same sign behind them."""
    match = _ITEM_RE.match(lines[index].text)
    assert match is not None
    sign = match.group(1)
    ordinal = int(sign[:-1]) if len(sign) > 1 else None
    attributes = (("ordered", "1"),) if ordinal is not None else ()
    list_ = Container("list", next(reader.dump.numbers), attributes=attributes)
    while match is not None and match.group(1)[-1] == sign[-1]:
        index = _item(lines, index, reader, frame, list_, ordinal)
        ordinal = None if ordinal is None else ordinal + 1
        if index >= len(lines) or not 0 <= lines[index].indent - frame.base < CODE_INDENT:
            break
        match = None if _THEMATIC_RE.match(lines[index].text) else _ITEM_RE.match(lines[index].text)
    return index


def _item(lines: list[Line], index: int, reader: Markdown, frame: Frame, list_: Container, ordinal: int | None) -> int:
    """One item: what stands behind its sign, and all lines that are indented as far."""
    line = lines[index]
    sign, box, rest, column = _taken_item(line)
    after = index + 1
    while after < len(lines) and _is_inside(lines, after, column):
        after += 1
    attributes = (("checked", "0" if box[1:2] == " " else "1"),) if box else ()
    item = Container("item", next(reader.dump.numbers), ordinal, attributes)
    inside = frame.inside(column, list_, item)
    reader.waiting = f"{reader.waiting} {sign} {box}".strip()
    inner, before = lines[index + 1 : after], len(reader.drafts)
    if rest:
        deeper = line.indent + len(line.text) - len(rest) - column if not box else 0
        indent = column + (CODE_INDENT if deeper >= CODE_INDENT else 0)
        inner = [replace(line, text=rest, indent=indent, kind=_kind(rest)), *inner]
    else:
        reader.add(Draft("list_item", [replace(line, text="")], ""), inside)
    _read(inner, reader, inside)
    _lead(reader, before, sign)
    return after


def _taken_item(line: Line) -> tuple[str, str, str, int]:
    """The sign of an item, its task box, the rest of its line, and the column at which its content begins."""
    match = _ITEM_RE.match(line.text)
    assert match is not None
    sign = match.group(1)
    column = line.indent + len(sign) + (len(match.group(2) or "") or 1)
    rest = line.text[len(sign) :].lstrip()
    box = _BOX_RE.match(rest)
    if box is None:
        return sign, "", rest, column
    return sign, box.group().rstrip(), rest[box.end() :], column


def _lead(reader: Markdown, before: int, sign: str) -> None:
    """The first paragraph of an item is its `list_item`; its marker starts with the sign."""
    if len(reader.drafts) > before and reader.drafts[before].kind == "paragraph":
        first = reader.drafts[before]
        if first.marker.startswith(sign):
            first.kind = "list_item"


def _is_inside(lines: list[Line], index: int, column: int) -> bool:
    """Whether a line belongs to the item whose content begins at `column`, or lazily goes on with its paragraph."""
    line = lines[index]
    if line.indent >= column:
        return True
    if line.blank or lines[index - 1].kind != PLAIN:
        return False
    return not _interrupts(line) and not _ITEM_RE.match(line.text)


def _interrupts(line: Line) -> bool:
    """Whether a line ends the paragraph above it."""
    text = line.text
    if line.kind != PLAIN or text[0] == "#":
        return line.kind != PLAIN or _ATX_RE.match(text) is not None
    if text[0] in "-+*_0123456789":
        match = _ITEM_RE.match(text)
        if match is not None and match.end() < len(text):
            return len(match.group(1)) == 1 or match.group(1)[:-1] == "1"
        return _THEMATIC_RE.match(text) is not None
    return False


def _bracketed(lines: list[Line], index: int, reader: Markdown, frame: Frame) -> int:
    """A definition, a footnote or a comment; 0 if it is none of them."""
    line = lines[index]
    note = _FOOTNOTE_RE.match(line.text)
    if note is not None and frame.depth < MAX_DEPTH:
        return _footnote(lines, index, reader, frame, note)
    if _DEFINITION_RE.match(line.text):
        after = index + 1
        while after < len(lines) and _DEFINITION_RE.match(lines[after].text):
            after += 1
        taken = lines[index:after]
        reader.add(Draft("paragraph", taken, "", fold(" ".join(line.text for line in taken))), frame)
        return after
    if line.text.startswith("<!--") and line.start >= reader.comments:
        return _comment(lines, index, reader, frame)
    return 0


def _comment(lines: list[Line], index: int, reader: Markdown, frame: Frame) -> int:
    """A comment that is alone on its lines."""
    closing = next((at for at in range(index, len(lines)) if "-->" in lines[at].text), None)
    if closing is None or not lines[closing].text.endswith("-->"):
        reader.comments = lines[-1 if closing is None else closing].end  # never search the same lines again
        return 0
    taken = lines[index : closing + 1]
    reader.add(Draft("paragraph", taken, "", fold(" ".join(line.text for line in taken))), frame)
    return closing + 1


def _footnote(lines: list[Line], index: int, reader: Markdown, frame: Frame, note: re.Match[str]) -> int:
    """`[^1]: text` and the indented lines below."""
    line = lines[index]
    after = index + 1
    while after < len(lines) and (
        lines[after].indent - frame.base >= 2 or not (lines[after].blank or _opens(lines[after]))
    ):
        after += 1
    container = Container("footnote", next(reader.dump.numbers), attributes=(("id", note.group(1)),))
    rest = line.text[note.end() :]
    reader.waiting = f"{reader.waiting} {note.group().rstrip()}"
    inner = lines[index + 1 : after]
    column = _base(inner) if inner else line.indent
    inside = frame.inside(column, container)
    if rest:
        inner = [replace(line, text=rest, indent=column, kind=_kind(rest)), *inner]
    else:
        reader.add(Draft("paragraph", [line], ""), inside)
    _read(inner, reader, inside)
    return after


def _opens(line: Line) -> bool:
    return _interrupts(line) or _FOOTNOTE_RE.match(line.text) is not None


def _paragraph(lines: list[Line], index: int, reader: Markdown, frame: Frame) -> int:
    """A paragraph, or a heading where a line of === or --- follows."""
    after = index + 1
    while after < len(lines) and not lines[after].blank:
        line = lines[after]
        if line.indent - frame.base < CODE_INDENT and _SETEXT_RE.match(line.text):
            _add_text(lines[index:after], line, reader, frame)
            return after + 1
        if _interrupts(line) or ("|" in line.text and pipe_rows(lines, after, True) is not None):
            break
        after += 1
    _add_text(lines[index:after], None, reader, frame)
    return after


def _add_text(lines: list[Line], under: Line | None, reader: Markdown, frame: Frame) -> None:
    """The lines of a paragraph; of a heading if there is one of === or --- under them."""
    source, signs = _joined(lines, reader.dump)
    inline = parse_inline(source, reader.definitions)
    draft = Draft("paragraph", lines, inline.text, f"{inline.marker} {signs}", marks=inline.marks)
    if under is not None:
        draft.kind, draft.level = "heading", 1 if under.text[0] == "=" else 2
        draft.lines, draft.marker = [*lines, under], f"{draft.marker} {under.text}"
    elif not inline.text and [mark.kind for mark in inline.marks] in (["image"], ["image", "link"]):
        draft.kind = "image"
    draft.link_chars = _link_chars(inline.text, inline.marks)
    reader.add(draft, frame)


def _joined(lines: list[Line], dump: Dump) -> tuple[str, str]:
    """The source of a paragraph, hard breaks as line feeds; and the backslashes that made them."""
    pieces = [fold(lines[0].text)]
    signs: list[str] = []
    for above, line in pairwise(lines):
        broken = above.text.endswith("\\") and not above.text.endswith("\\\\")
        if broken and not dump.text.startswith((" ", "\t"), above.end):
            pieces[-1] = pieces[-1][:-1].rstrip()
            signs.append("\\")
            pieces.append("\n")
        elif dump.text.startswith("  ", above.end):
            pieces.append("\n")
        else:
            pieces.append(glue(above.text, line.text))
        pieces.append(fold(line.text))
    parts = (part.strip() for part in "".join(pieces).split("\n"))
    return "\n".join(filter(None, parts)), " ".join(signs)


def _link_chars(text: str, marks: tuple[Mark, ...]) -> int:
    links = [text[m.start : m.end] for m in marks if m.kind == "link"]
    return sum(len(link) - link.count(" ") - link.count("\n") for link in links)


def _table(lines: list[Line], rows: list[list[str]], marker: str, reader: Markdown) -> Draft:
    """A table whose cells are read as inline Markdown."""
    pieces: list[str] = []
    cells: list[Cell] = []
    marks: list[Mark] = []
    signs: list[str] = [marker]
    position = 0
    for number, row in enumerate(rows):
        texts: list[str] = []
        for column, source in enumerate(row):
            inline = parse_inline(source.replace("\\|", "|"), reader.definitions)  # in code too (GFM 4.10)
            signs.append("\\" * source.count("\\|"))
            text = inline.text.replace("\n", " ")
            marks += [replace(m, start=m.start + position, end=m.end + position) for m in inline.marks]
            marks += [Mark(position + at, position + at, "break") for at, c in enumerate(inline.text) if c == "\n"]
            signs.append(inline.marker)
            cells.append(Cell(number, column, position, position + len(text), number == 0))
            position += len(text) + 1
            texts.append(text)
        pieces.append("\t".join(texts))
    text = "\n".join(pieces)
    draft = Draft("table", lines, text, " ".join(filter(None, signs)), cells=tuple(cells), marks=tuple(marks))
    draft.link_chars = _link_chars(text, draft.marks)
    return draft
