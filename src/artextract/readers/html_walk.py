"""One walk over the tree, in document order: runs of inline content become blocks.

The walk never recurses and looks at each node once. Plain block elements (`PLAIN`) only end the run at hand; elements
with a meaning have a handler (`html_elements.STARTS`) that may push a `Frame` to be closed at their end; all others let
their text flow on. Whatever reads a whole subtree at once (a code listing, a formula) makes the walk skip it. Elements
as the model knows them are made only above blocks, when the first block below them ends.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate, zip_longest
from typing import Any, cast

from lxml import etree

from artextract.invisible import INVISIBLE_RE
from artextract.model import Block, Cell, Container, ContainerKind, Element, Kind, Mark, MarkKind, Note, Place
from artextract.readers import html_words
from artextract.readers.html_formulas import marked_formulas
from artextract.readers.html_make import new_block, new_container, new_element, new_mark, new_place
from artextract.readers.html_tables import Grid
from artextract.readers.html_words import is_hidden, words_of
from artextract.settings import Settings

Node = etree._Element
Close = Callable[["Walker", "Frame"], None]
Start = Callable[["Walker", Node], bool]  # True: the walk skips the subtree
Action = Callable[["Walker", Node], "bool | None"]  # None: the element's own start follows
Span = tuple[int, int, MarkKind, str, str]  # a mark before its edges are trimmed

LONGEST_HEADING = 400  # characters; more is an unclosed heading around prose

PLAIN = html_words.name_set(
    "html body div p section article main header footer nav aside address center dl dd form fieldset legend dir menu "
    "hgroup search thead tbody tfoot textarea object noembed noframes xmp plaintext listing frameset canvas "
    "datalist output progress meter map summary dialog optgroup"
)
"""Block elements that mean nothing more than an end of the text at hand (unless a class says more)."""

BLOCK_TAGS = PLAIN | html_words.name_set(
    "blockquote figure h1 h2 h3 h4 h5 h6 ul ol li dt figcaption caption details pre button select table tr td th "
    "iframe video audio noscript title embed hr label"
)
"""Elements that blocks name as theirs."""


_BARE = html_words.name_set("p li td tr div span ul ol h1 h2 h3 h4 tbody dd dt body html")
"""Elements that often have no attribute: one look at all costs less than seven at each."""


class Frame:
    """An open element that does something at its end; inline markup also says where it starts in the block at hand."""

    __slots__ = ("close", "kind", "node", "saved", "start", "target", "title")

    def __init__(self, node: Node, close: Close, saved: Any = None) -> None:
        self.node = node
        self.close = close
        self.saved = saved
        self.kind: MarkKind = "link"
        self.start = 0
        self.target = ""
        self.title = ""


class Walker:
    """The state of one walk. `blocks` and `notes` are its results."""

    def __init__(self, text: str, settings: Settings) -> None:
        self.settings = settings
        self.blocks: list[Block] = []
        self.notes: list[Note] = []
        self.overflow: list[str] = []  # text beyond `max_blocks`
        self.stack: list[Frame] = []
        self.top: Node | None = None  # the element of the last frame
        self.containers: tuple[Container, ...] = ()
        self.container_number = 0
        self.ordinals: list[int] = []
        self.classes = html_words.ClassTable()
        self.odd_address = False  # a link's address holds markup
        self.elements: dict[Node, Element | None] = {}
        self.element_number = 0
        self.tables: dict[Node, str] = {}
        self.actions: dict[Node, Action] = {}  # what an earlier look at the page found: footnotes
        self.starts: dict[str, Start] = {}
        self.scripts: list[tuple[Node, int]] = []  # those that may hold a state, and the number of blocks before
        self.linked_data: list[tuple[Node, str, int]] = []  # JSON-LD with texts, the same
        self.deferred: list[tuple[Node, tuple[Container, ...]]] = []  # to be read after the block at hand
        self.reading_deferred = False
        self.deferred_root: Node | None = None
        self.label = ""  # of the footnote that begins here: what the page may write before its text
        self.grid: Grid | None = None  # the data table that is being read
        self.kind: Kind = "paragraph"
        self.level = 0
        self.item = False  # the next block is the first of a list item
        self.soft = False  # in a heading or a cell: block elements end nothing
        # the block at hand
        self.open = False  # it holds something
        self.pieces: list[str] = []
        self.length = 0
        self.fresh = True  # no space is due before the next text
        self.space = False
        self.breaks = 0
        self.after_link = False
        self.marks: list[Span] = []
        self.open_marks: list[Frame] = []
        self.links = 0
        self.link_chars = 0
        self.marker: list[str] = []
        self.in_marker = 0
        self.marker_node: Node | None = None
        self.last_image = ("", 0, 0)  # its stem, and where it stands: blocks before, length of the block at hand
        self.first: Node | None = None
        self.first_is_tail = False
        self.last: Node | None = None
        # places
        self.line = 1
        self.size = len(text)
        self.line_ends = list(accumulate(map(len, text.split("\n"))))  # without the line feeds before

    def walk(self, root: Node, starts: dict[str, Start]) -> None:
        """Reads the whole tree."""
        self.starts = starts
        self._read(root)
        self.flush()
        self._finish()

    def _read(self, root: Node) -> None:
        """Reads a subtree."""
        starts = self.starts
        walk = etree.iterwalk(root, events=("start", "end"))
        actions = self.actions
        add = self.add
        for event, node in walk:
            if event == "start":
                skip = actions[node](self, node) if actions and node in actions else None
                tag = node.tag
                if skip is not None:
                    pass
                elif tag in PLAIN:
                    skip = self._plain(node)
                elif tag in starts:
                    skip = starts[tag](self, node)
                else:
                    skip = self.inline(node)
                if skip:
                    walk.skip_subtree()
                elif text := node.text:
                    if text.isspace():
                        self.space = True
                    else:
                        add(text, node, False)
            else:
                if node is self.top:
                    self._pop()
                elif node.tag in PLAIN:
                    if self.soft:
                        self._soft_edge()
                    elif self.open:
                        self.flush()
                if node is root:
                    break
                if text := node.tail:
                    if text.isspace():
                        self.space = True
                    else:
                        add(text, node, True)

    # -- text ---------------------------------------------------------------------------------------------------------

    def add(self, text: str, node: Node, tail: bool) -> None:
        """Text of the page (not only white space) goes into the block at hand, its white space folded."""
        if self.in_marker:
            self.add_marker(" ".join(text.split()), node)
            return
        if self.breaks:
            self._break()
        folded = " ".join(text.split())
        if (self.space or text[0].isspace()) and not self.fresh:
            folded = " " + folded
        if not self.pieces:
            self.first, self.first_is_tail, self.open = node, tail, True
        self.last = node
        self.pieces.append(folded)
        self.length += len(folded)
        self.fresh = self.after_link = False
        self.space = text[-1].isspace()
        if self.links:
            seen = folded if folded.isascii() else INVISIBLE_RE.sub("", folded)
            self.link_chars += len(seen) - seen.count(" ")

    def _break(self) -> None:
        """The `<br>` (or the edges of blocks in a cell) before what comes now."""
        breaks, self.breaks = self.breaks, 0
        if self.fresh:
            return
        if self.grid is not None:
            self.marks.append((self.length, self.length, "break", "", ""))
            self.space = True
        elif breaks == 1 or self.kind == "heading":
            self.literal("\n")
        else:
            self.flush()

    def literal(self, text: str) -> None:
        """White space that stands for structure; no space is due after it."""
        self.pieces.append(text)
        self.length += len(text)
        self.fresh = True
        self.space = False

    def verbatim(self, text: str, node: Node) -> None:
        """Text as it is, in its place in the block at hand."""
        if self.breaks:
            self._break()
        if self.space and not self.fresh:
            self.literal(" ")
        if not self.pieces:
            self.first, self.first_is_tail, self.open = node, False, True
        self.last = node
        self.pieces.append(text)
        self.length += len(text)
        self.fresh = self.space = self.after_link = False

    def add_marker(self, text: str, node: Node) -> None:
        """Text that stands for structure."""
        if not text.isascii():
            text = INVISIBLE_RE.sub("", text)
        if not text or text.isspace():
            return
        if not self.open:
            self.first, self.first_is_tail, self.open = node, False, True
        self.marker.append(text)

    def point(self, kind: MarkKind, node: Node, target: str = "", title: str = "") -> None:
        """An empty mark at this point, the space before it made real."""
        if self.breaks:
            self._break()
        if self.space and not self.fresh:
            self.literal(" ")
        if not self.open:
            self.first, self.first_is_tail, self.open = node, False, True
        self.marks.append((self.length, self.length, kind, target, title))

    # -- blocks -------------------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Ends the block at hand, if there is one."""
        if self.pieces:
            self._emit_text()
        elif self.marks:
            self._emit_images()
        elif self.marker and not self.label:
            self._emit_marker()
        self._reset()
        if self.deferred and not self.reading_deferred and self.grid is None:
            self._read_deferred()

    def _read_deferred(self) -> None:
        """Notes in the middle of the text are blocks after it."""
        saved = (self.kind, self.level, self.item, self.soft, self.containers, self.open_marks, self.links, self.label)
        self.reading_deferred = True
        while self.deferred:
            node, self.containers = self.deferred.pop(0)
            self.kind, self.level, self.item, self.soft = "paragraph", 0, False, False
            self.open_marks, self.links = [], 0
            self.label = self.containers[-1].attribute("label") or ""
            self.deferred_root = node
            self._read(node)
            self.flush()
        self.reading_deferred, self.deferred_root = False, None
        self.kind, self.level, self.item, self.soft, self.containers, self.open_marks, self.links, self.label = saved

    def _reset(self) -> None:
        self.pieces.clear()
        self.length = self.breaks = self.link_chars = 0
        self.fresh = True
        self.open = self.space = self.after_link = False
        self.first = self.last = None
        for mark in self.open_marks:
            mark.start = 0

    def _emit_text(self) -> None:
        text = "".join(self.pieces).rstrip()
        marks = self._taken_marks(text) if self.marks or self.open_marks else ()
        if not text.isascii():
            text, marks, _ = cleaned(text, marks, ())
        if self.label:
            text, marks = self._without_label(text, marks)
        if "$" in text or "\\" in text:
            marks = marked_formulas(text, marks)
        if not text:
            self.emit_points(marks)
            return
        kind, level = self.kind, self.level
        if kind == "paragraph":
            if self.item:
                kind = "list_item"
            elif marks and _is_formula(text, marks):
                kind = "formula"
        elif kind == "heading" and len(text) > LONGEST_HEADING:
            kind, level = "paragraph", 0
        self.emit(kind, text, marks, level=level)

    def _without_label(self, text: str, marks: tuple[Mark, ...]) -> tuple[str, tuple[Mark, ...]]:
        """The text of a footnote whose own label goes to the marker."""
        label, self.label = self.label, ""
        size = len(text) - len(text.lstrip("[("))
        if size > 1 or not text.startswith(label, size):
            return text, marks
        size += len(label)
        if text[size : size + 1].isalnum() and label[-1].isdigit() == text[size].isdigit():
            return text, marks
        while size < len(text) and (text[size] in "]).:" or text[size].isspace()):
            size += 1
        self.marker.insert(0, text[:size].strip())
        kept = [replace(m, start=max(m.start - size, 0), end=m.end - size) for m in marks if m.end > size]
        return text[size:], tuple(kept)

    def _emit_images(self) -> None:
        marks, self.marks = self.marks, []
        self.emit_points(tuple(Mark(*mark) for mark in marks))
        if self.marker:
            self._emit_marker()

    def emit_points(self, marks: tuple[Mark, ...]) -> None:
        """A block without text for each image, with the link around it."""
        for mark, following in zip_longest(marks, marks[1:]):
            if mark.kind == "image":
                link = following if following is not None and following.kind == "link" else None
                self.emit("image", "", tuple(replace(m, start=0, end=0) for m in (mark, link) if m is not None))

    def _emit_marker(self) -> None:
        """Text that was to be a marker, but there is no block around it: it is a hidden block of its own."""
        text = " ".join(self.marker)
        self.marker.clear()
        node = self.marker_node
        element = None
        if node is not None:
            parent = node.getparent()
            element = self._made(node, None if parent is None else self.element_of(parent), hidden=True)
        self.emit("paragraph", text, element=element)

    def emit(
        self,
        kind: Kind,
        text: str,
        marks: tuple[Mark, ...] = (),
        *,
        marker: str = "",
        level: int = 0,
        element: Element | None = None,
        cells: tuple[Cell, ...] = (),
        language: str = "",
    ) -> None:
        """One more block, at the lines of the first and last node that gave it text."""
        if self.marker:
            marker = " ".join([*self.marker, marker]).strip()
            self.marker.clear()
        self.item = False
        blocks = self.blocks
        if len(blocks) >= self.settings.max_blocks:
            self.overflow.extend((text, marker))
            return
        if element is None:
            node = self.first
            if node is not None and self.first_is_tail:
                node = node.getparent()
            element = self.element_of(node)
        blocks.append(
            new_block(
                len(blocks),
                kind,
                text,
                self._place(),
                marker,
                level,
                self.link_chars,
                element,
                marks,
                self.containers,
                cells,
                language,
            )
        )

    def _taken_marks(self, text: str) -> tuple[Mark, ...]:
        """The marks of the block that ends here; those still open go on at the start of the next."""
        spans, self.marks = self.marks, []
        length = len(text)
        spans.extend((f.start, length, f.kind, f.target, f.title) for f in self.open_marks if f.start < length)
        marks = [mark for span in spans if (mark := _trimmed(span, text)) is not None]
        if len(marks) > 1:
            marks.sort(key=_order)
        return tuple(marks)

    def _place(self) -> Place:
        first, last = self.first, self.last
        ends = self.line_ends
        start = _line(first) if first is not None else self.line
        start = self.line = min(max(start, self.line), len(ends))
        end = start
        if last is not None and last is not first and (end := _line(last)) != start:
            end = min(max(start, end), len(ends))
        first_char = ends[start - 2] + start - 1 if start > 1 else 0
        return new_place(start, end, first_char, min(ends[end - 1] + end, self.size))

    def place_of(self, node: Node) -> Place:
        """The line of a node (not of its whole extent)."""
        line = min(_line(node), len(self.line_ends))
        start = self.line_ends[line - 2] + line - 1 if line > 1 else 0
        return new_place(line, line, start, min(self.line_ends[line - 1] + line, self.size))

    @property
    def swallowed(self) -> bool:
        """True if an attribute holds markup, as if its closing quote were missing."""
        return self.classes.odd or self.odd_address

    def _finish(self) -> None:
        """Blocks beyond the limit are merged into the last one."""
        if not self.overflow:
            return
        last = self.blocks[-1]
        text = "\n".join((last.text, *filter(None, self.overflow)))
        self.blocks[-1] = Block(last.index, "paragraph", text, last.place, last.marker, element=last.element)
        limit = self.settings.max_blocks
        self.notes.append(Note("too-many-blocks", f"the page has more than {limit} blocks; the rest is one block"))

    # -- elements -----------------------------------------------------------------------------------------------------

    def _plain(self, node: Node) -> bool:
        """The start of a plain block element."""
        if self.soft:
            self._soft_edge()
            return False
        if self.open:
            self.flush()
        value = node.get("class")
        if value and (flags := self.classes[value][0]):
            return self.flagged(node, flags)
        return False

    def flagged(self, node: Node, flags: int) -> bool:
        """A block element whose classes say more; set by `html_elements`."""
        return False

    def _soft_edge(self) -> None:
        if self.grid is not None:
            self.breaks = self.breaks or 1
        elif self.length > LONGEST_HEADING:
            self.flush()
        else:
            self.space = True

    def inline(self, node: Node) -> bool:
        """An element without a meaning of its own: its text flows on; set by `html_elements`."""
        return False

    def push(self, node: Node, close: Close, saved: Any = None) -> Frame:
        """Opens a frame; `close` is called at the element's end, when the frame is off the stack."""
        frame = Frame(node, close, saved)
        self.stack.append(frame)
        self.top = node
        return frame

    def _pop(self) -> None:
        """Closes all frames of the element that ends."""
        stack = self.stack
        node = self.top
        while stack and stack[-1].node is node:
            frame = stack.pop()
            frame.close(self, frame)
        self.top = stack[-1].node if stack else None

    def edge(self) -> None:
        """The edge of a block element: the text at hand ends (in a cell or heading, a break or a space is due)."""
        if self.soft:
            self._soft_edge()
        elif self.open:
            self.flush()

    def contain(self, kind: ContainerKind, ordinal: int | None = None, *attributes: tuple[str, str]) -> None:
        """Blocks from here on are in one more container."""
        self.container_number += 1
        self.containers = (*self.containers, new_container(kind, self.container_number, ordinal, attributes))

    def element_of(self, node: Node | None) -> Element | None:
        """The innermost block element at or above a node, made with its ancestors when first asked for."""
        made = self.elements
        trail: list[Node] = []
        element: Element | None = None
        while node is not None:
            if node in made:
                element = made[node]
                break
            trail.append(node)
            node = node.getparent()
        while trail:
            node = trail.pop()
            if node.tag in BLOCK_TAGS or "-" in node.tag:
                element = self._made(node, element)
            made[node] = element
        return element

    def _made(self, node: Node, parent: Element | None, hidden: bool = False) -> Element:
        self.element_number += 1
        tag = node.tag
        hidden = hidden or (parent is not None and parent.hidden)
        if tag in _BARE and not node.keys():
            return new_element(tag, (), parent, self.element_number, tag, hidden)
        value = node.get("class") or ""
        flags, words, signature = self.classes[value]
        for attribute in ("id", "role", "itemprop"):
            if more := node.get(attribute):
                words += words_of(more)
        if not hidden:
            hidden = node not in self.actions and is_hidden(node, flags)
        return new_element(tag, words, parent, self.element_number, tag + signature, hidden)


def _line(node: Node) -> int:
    """The line where an element's start tag ends (65,535 for all beyond)."""
    return cast(int, node.sourceline) or 1


def _is_formula(text: str, marks: tuple[Mark, ...]) -> bool:
    """True if one formula is all that the block holds."""
    return any(m.kind == "formula" and m.start == 0 and m.end == len(text) for m in marks[:3])


def _order(mark: Mark) -> tuple[int, int]:
    return mark.start, -mark.end


def _trimmed(span: Span, text: str) -> Mark | None:
    """The mark without white space at its edges; None if nothing is left of it."""
    start, end, kind, target, title = span
    length = len(text)
    if start == end:
        start = end = min(start, length)
        return new_mark(start, end, kind, target, title)
    if end > length:
        end = length
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return new_mark(start, end, kind, target, title) if start < end else None


def cleaned(
    text: str, marks: tuple[Mark, ...], cells: tuple[Cell, ...]
) -> tuple[str, tuple[Mark, ...], tuple[Cell, ...]]:
    """The text without invisible characters, and what points into it."""
    if INVISIBLE_RE.search(text) is None:
        return text, marks, cells
    gone = [i for match in INVISIBLE_RE.finditer(text) for i in range(match.start(), match.end())]
    text = INVISIBLE_RE.sub("", text)
    rest = text.strip()
    lead = len(text) - len(text.lstrip()) if rest and not cells else 0

    def moved(offset: int) -> int:
        return min(max(offset - bisect_left(gone, offset) - lead, 0), len(rest) if not cells else len(text))

    marks = tuple(
        replace(m, start=moved(m.start), end=moved(m.end))
        for m in marks
        if m.start == m.end or moved(m.start) < moved(m.end)
    )
    cells = tuple(replace(c, start=moved(c.start), end=moved(c.end)) for c in cells)
    return text if cells else rest, marks, cells
