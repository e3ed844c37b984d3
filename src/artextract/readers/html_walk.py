"""One walk over the tree, in document order: elements become frames, runs of inline content become blocks.

The walk never recurses and looks at each node once. Elements with a meaning push a `Frame`; all others only pass their
text on. Whatever reads a whole subtree at once (a code listing, a formula) makes the walk skip it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate

from lxml import etree

from artextract.invisible import INVISIBLE_RE
from artextract.model import Block, Container, ContainerKind, Element, Kind, Mark, MarkKind, Note, Place
from artextract.readers import html_words
from artextract.readers.html_code import Listing, listing_of, unwrapped_pre
from artextract.readers.html_tables import Grid, data_tables
from artextract.readers.html_words import EMPTY, ClassNames
from artextract.settings import Settings

Node = etree._Element
LONGEST_HEADING = 400  # characters; more is an unclosed heading around prose
_HIDING_STYLE = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.I)


class Frame:
    """An open element that means something. `block` frames are those that blocks name as their elements."""

    __slots__ = (
        "block",
        "close",
        "containers",
        "depth",
        "element",
        "hidden",
        "names",
        "node",
        "number",
        "saved",
        "tag",
    )

    def __init__(self, node: Node, number: int, depth: int, close: Callable[[Walker, Frame], None]) -> None:
        self.node = node
        self.tag: str = node.tag
        self.number = number
        self.depth = depth
        self.close = close
        self.block = False
        self.hidden = False
        self.names: ClassNames = EMPTY
        self.element: Element | None = None
        self.containers: tuple[Container, ...] = ()
        self.saved: object = None


class OpenMark:
    """Inline markup that is not closed yet: where it starts in the block at hand."""

    __slots__ = ("kind", "start", "target", "title")

    def __init__(self, kind: MarkKind, start: int, target: str = "", title: str = "") -> None:
        self.kind: MarkKind = kind
        self.start = start
        self.target = target
        self.title = title


class Walker:
    """The state of one walk. `blocks` and `notes` are its results."""

    def __init__(self, text: str, settings: Settings) -> None:
        self.settings = settings
        self.blocks: list[Block] = []
        self.notes: list[Note] = []
        self.stack: list[Frame] = []
        self.top: Node | None = None
        self.number = 0
        self.depth = 0
        self.containers: tuple[Container, ...] = ()
        self.container_number = 0
        self.ordinals: list[int] = []
        self.classes: dict[str, ClassNames] = {}
        # the block at hand
        self.pieces: list[str] = []
        self.length = 0
        self.fresh = True  # no space is due before the next text
        self.space = False
        self.breaks = 0
        self.marks: list[Mark] = []
        self.open_marks: list[OpenMark] = []
        self.links = 0
        self.link_chars = 0
        self.after_link = False
        self.marker: list[str] = []
        self.marker_frame: Frame | None = None
        self.first: Node | None = None
        self.last: Node | None = None
        self.kind: Kind = "paragraph"
        self.level = 0
        self.item = False  # the next block is the first of a list item
        self.grid: Grid | None = None
        self.tables: dict[Node, bool] = {}
        self.in_marker = 0
        self.overflow: list[str] = []
        self.line = 1
        self.end = len(text)
        self.lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self.last_line = len(self.lines) - 1
        self.invisible = _may_hold_invisible(text)

    def walk(self, root: Node) -> None:
        """Reads the whole tree."""
        self.tables = data_tables(root)
        walk = etree.iterwalk(root, events=("start", "end"))
        starts = STARTS
        for event, node in walk:
            if event == "start":
                self.number += 1
                self.depth += 1
                if starts.get(node.tag, _inline)(self, node):
                    walk.skip_subtree()
                elif node.text:
                    self.add(node.text, node)
            else:
                self.depth -= 1
                if node is self.top:
                    self._pop()
                if node.tail:
                    self.add(node.tail, node)
        self.flush()
        self._finish()

    # -- text ---------------------------------------------------------------------------------------------------------

    def add(self, text: str, node: Node) -> None:
        """Text of the page goes into the block at hand, its white space folded."""
        words = text.split()
        if not words:
            self.space = True
            return
        folded = " ".join(words)
        if self.invisible:
            folded = INVISIBLE_RE.sub("", folded)
            if not folded or folded.isspace():
                self.space = True
                return
        if self.in_marker:
            self.marker.append(folded)
            if self.first is None:
                self.first = node
            return
        if self.breaks:
            self._break()
        if not self.fresh and (self.space or text[0].isspace()):
            folded = " " + folded
        if not self.pieces:
            self.first = node
        self.last = node
        self.pieces.append(folded)
        self.length += len(folded)
        self.fresh = self.after_link = False
        self.space = text[-1].isspace()
        if self.links:
            self.link_chars += len(folded) - folded.count(" ")

    def _break(self) -> None:
        """The `<br>` (or the edges of blocks in a cell) before the text that comes now."""
        breaks, self.breaks = self.breaks, 0
        if self.fresh:
            return
        if self.grid is not None:
            self.marks.append(Mark(self.length, self.length, "break"))
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
        if not self.fresh and self.space:
            self.literal(" ")
        if not self.pieces:
            self.first = node
        self.last = node
        self.pieces.append(text)
        self.length += len(text)
        self.fresh = self.space = self.after_link = False

    def add_marker(self, text: str) -> None:
        """Text that stands for structure."""
        if text := INVISIBLE_RE.sub("", text).strip():
            self.marker.append(text)

    def point(self, kind: MarkKind, target: str = "", title: str = "") -> None:
        """An empty mark at this point, the space before it made real."""
        if self.breaks:
            self._break()
        if self.space and not self.fresh:
            self.literal(" ")
        self.marks.append(Mark(self.length, self.length, kind, target, title))

    # -- blocks -------------------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Ends the block at hand, if there is one."""
        if self.pieces:
            self._emit_text()
        elif self.marks:
            self._emit_images()
        elif self.marker:
            self._emit_marker()
        if not self.in_marker:
            self.marker_frame = None
        self.fresh, self.space, self.breaks, self.after_link = True, False, 0, False

    def _emit_text(self) -> None:
        text = "".join(self.pieces).rstrip()
        self.pieces.clear()
        kind, level = self.kind, self.level
        if kind == "heading" and len(text) > LONGEST_HEADING:
            kind, level = "paragraph", 0
        elif kind == "paragraph" and self.item:
            kind = "list_item"
        self.emit(kind, text, marks=self._taken_marks(text), level=level)

    def _emit_images(self) -> None:
        marks, self.marks = self.marks, []
        for mark in marks:
            if mark.kind == "image":
                self.emit("image", "", marks=(mark, *self._links_around()))
        if self.marker:
            self._emit_marker()

    def _links_around(self) -> tuple[Mark, ...]:
        return tuple(Mark(0, 0, "link", o.target, o.title) for o in self.open_marks if o.kind == "link")

    def _emit_marker(self) -> None:
        """Text that was to be a marker, but there is no block around it: it is a hidden block of its own."""
        text = " ".join(self.marker)
        self.marker.clear()
        element = self._element()
        frame = self.marker_frame
        if frame is not None and element is not None:
            element = self._made(frame, element, hidden=True)
        self.emit("paragraph", text, element=element)

    def emit(
        self,
        kind: Kind,
        text: str,
        *,
        marker: str = "",
        marks: tuple[Mark, ...] = (),
        level: int = 0,
        element: Element | None = None,
        language: str = "",
        grid: Grid | None = None,
    ) -> None:
        """One more block, at the lines of the first and last node that gave it text."""
        if self.marker:
            marker = " ".join([*self.marker, marker]).strip()
            self.marker.clear()
        self.item = False
        index = len(self.blocks)
        if index >= self.settings.max_blocks:
            self.overflow.extend((text, marker))
            return
        block = Block(
            index=index,
            kind=kind,
            text=text,
            place=self._place(),
            marker=marker,
            level=level,
            link_chars=self.link_chars,
            element=element or self._element(),
            marks=marks,
            containers=self.containers,
            cells=() if grid is None else tuple(grid.cells),
            language=language,
        )
        self.blocks.append(block)
        self.first = self.last = None
        self.length = self.link_chars = 0

    def _taken_marks(self, text: str) -> tuple[Mark, ...]:
        """The marks of the block that ends here; those still open go on at the start of the next."""
        for mark in self.open_marks:
            if mark.start < len(text):
                self.marks.append(Mark(mark.start, len(text), mark.kind, mark.target, mark.title))
            mark.start = 0
        if not self.marks:
            return ()
        marks = [m for mark in self.marks if (m := _fitted(mark, text)) is not None]
        self.marks = []
        marks.sort(key=_by_start)
        return tuple(marks)

    def _place(self) -> Place:
        first = (self.first.sourceline or 1) if self.first is not None else self.line
        last = (self.last.sourceline or 1) if self.last is not None else first
        first = self.line = min(max(first, self.line), self.last_line)
        last = min(max(first, last), self.last_line)
        return Place(first, last, self.lines[first - 1], min(self.lines[last], self.end))

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

    def push(self, node: Node, close: Callable[[Walker, Frame], None]) -> Frame:
        """Opens a frame; `close` is called at the element's end, after the frame is taken off the stack."""
        frame = Frame(node, self.number, self.depth, close)
        self.stack.append(frame)
        self.top = node
        return frame

    def _pop(self) -> None:
        frame = self.stack[-1]
        frame.close(self, frame)
        self.stack.pop()
        self.top = self.stack[-1].node if self.stack else None

    def class_names(self, node: Node) -> ClassNames:
        value = node.get("class")
        if not value:
            return EMPTY
        names = self.classes.get(value)
        if names is None:
            names = self.classes[value] = ClassNames(value)
        return names

    def block(self, node: Node, close: Callable[[Walker, Frame], None] | None = None) -> Frame:
        """Opens a block element: what came before is a block of its own."""
        if self.grid is not None:
            self.breaks = self.breaks or 1
            return self.push(node, close or _close_soft)
        if self.pieces or self.marks or self.marker:
            self.flush()
        self.breaks = 0
        frame = self.push(node, close or _close_block)
        frame.block = True
        frame.names = self.class_names(node)
        frame.containers = self.containers
        return frame

    def contain(self, kind: ContainerKind, ordinal: int | None = None, *attributes: tuple[str, str]) -> None:
        """Blocks from here on are in one more container."""
        self.container_number += 1
        self.containers = (*self.containers, Container(kind, self.container_number, ordinal, attributes))

    def _element(self) -> Element | None:
        """The innermost block element, made with its ancestors when the first block below it needs it."""
        stack = self.stack
        at = len(stack) - 1
        missing: list[Frame] = []
        element: Element | None = None
        while at >= 0:
            frame = stack[at]
            if frame.block:
                if frame.element is not None:
                    element = frame.element
                    break
                missing.append(frame)
            at -= 1
        for frame in reversed(missing):
            element = frame.element = self._made(frame, element)
        return element

    def _made(self, frame: Frame, parent: Element | None, hidden: bool = False) -> Element:
        node = frame.node
        names = frame.names
        words = names.words
        for attribute in ("id", "role", "itemprop"):
            if value := node.get(attribute):
                words = words + html_words.words_of(value)
        hidden = hidden or (parent is not None and parent.hidden) or is_hidden(node, names)
        return Element(frame.tag, words, parent, frame.number, frame.tag + names.signature, hidden, frame.depth)


def _by_start(mark: Mark) -> tuple[int, int]:
    return mark.start, -mark.end


def _fitted(mark: Mark, text: str) -> Mark | None:
    """The mark without white space at its edges; None if nothing is left of it."""
    start, end = min(mark.start, len(text)), min(mark.end, len(text))
    if mark.start == mark.end:
        return mark if start == mark.start else Mark(start, start, mark.kind, mark.target, mark.title)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return None
    if start == mark.start and end == mark.end:
        return mark
    return Mark(start, end, mark.kind, mark.target, mark.title)


def is_hidden(node: Node, names: ClassNames) -> bool:
    """True if the markup itself says that nobody sees the element (style sheets are not read)."""
    if names.flags & html_words.HIDDEN or node.get("hidden") is not None or node.get("aria-hidden") == "true":
        return True
    style = node.get("style")
    return bool(style and _HIDING_STYLE.search(style[: html_words.LONGEST])) or node.tag in ("noscript", "title")


def _may_hold_invisible(text: str) -> bool:
    """True if a character of the table may turn up in a text node: raw, or as a reference."""
    return (
        "&#" in text
        or "&shy" in text
        or "&lrm" in text
        or "&rlm" in text
        or "&Zero" in text
        or (not text.isascii() and INVISIBLE_RE.search(text) is not None)
    )


# -- what elements do: a handler gets the walker and the node, and says whether the walk skips the subtree -------------


def _inline(walker: Walker, node: Node) -> bool:
    """An element without a meaning of its own: its text flows on; if it is hidden, its text is a marker."""
    names = walker.class_names(node)
    if walker.in_marker:
        return False
    if names.flags & (html_words.HIDDEN | html_words.ICON) or _hides(node):
        _open_marker(walker, node, names)
    return False


def _hides(node: Node) -> bool:
    if node.get("hidden") is not None:
        return True
    style = node.get("style")
    if style and _HIDING_STYLE.search(style[: html_words.LONGEST]):
        return True
    return node.get("aria-hidden") == "true" and _is_sign(node)


def _is_sign(node: Node) -> bool:
    """True for an icon: at most two characters, none of them a letter or digit."""
    text = "".join(node.itertext()).strip()
    return len(text) <= 2 and not any(c.isalnum() for c in text)


def _open_marker(walker: Walker, node: Node, names: ClassNames) -> None:
    frame = walker.push(node, _close_marker)
    frame.names = names
    walker.marker_frame = frame
    walker.in_marker += 1


def _close_marker(walker: Walker, frame: Frame) -> None:
    walker.in_marker -= 1


def _block(walker: Walker, node: Node) -> bool:
    if walker.kind == "heading" and node.tag in ("div", "p") and walker.length < LONGEST_HEADING:
        walker.breaks = walker.breaks or (1 if walker.pieces else 0)
        return False
    walker.block(node)
    return False


def _close_block(walker: Walker, frame: Frame) -> None:
    if walker.pieces or walker.marks or walker.marker:
        walker.flush()
    walker.breaks = 0
    walker.fresh = True
    walker.space = False
    walker.containers = frame.containers


def _close_soft(walker: Walker, frame: Frame) -> None:
    walker.breaks = walker.breaks or 1


def _skip(walker: Walker, node: Node) -> bool:
    return True


def _heading(walker: Walker, node: Node) -> bool:
    frame = walker.block(node, _close_heading)
    frame.saved = (walker.kind, walker.level, walker.item)
    if walker.grid is None:
        walker.kind, walker.level, walker.item = "heading", int(node.tag[1]), False
    return False


def _close_heading(walker: Walker, frame: Frame) -> None:
    (_close_block if frame.block else _close_soft)(walker, frame)
    walker.kind, walker.level, walker.item = frame.saved  # type: ignore[misc]


def _special(kind: Kind) -> Callable[[Walker, Node], bool]:
    """A block whose contents are of one kind."""

    def start(walker: Walker, node: Node) -> bool:
        frame = walker.block(node, _close_heading)
        frame.saved = (walker.kind, walker.level, walker.item)
        if walker.grid is None:
            walker.kind, walker.level, walker.item = kind, 0, False
        return False

    return start


def _list(walker: Walker, node: Node) -> bool:
    frame = walker.block(node, _close_list)
    if walker.grid is not None:
        walker.ordinals.append(1)
        return False
    ordered = node.tag == "ol"
    first = _integer(node.get("start"), 1)
    if ordered and node.get("reversed") is not None and node.get("start") is None:
        first = sum(1 for child in node if child.tag == "li")
    walker.ordinals.append(first)
    frame.saved = (walker.kind, walker.level, walker.item)
    walker.kind, walker.level, walker.item = "paragraph", 0, False
    walker.contain("list", None, *([("ordered", "1")] if ordered else []))
    return False


def _close_list(walker: Walker, frame: Frame) -> None:
    walker.ordinals.pop()
    if not frame.block:
        return _close_soft(walker, frame)
    _close_block(walker, frame)
    walker.kind, walker.level, walker.item = frame.saved  # type: ignore[misc]
    return None


def _item(walker: Walker, node: Node) -> bool:
    frame = walker.block(node, _close_item)
    if walker.grid is not None:
        return False
    if not (walker.containers and walker.containers[-1].kind == "list"):
        walker.contain("list")
    ordinal = _ordinal(walker, node)
    frame.saved = (walker.kind, walker.level, walker.item)
    walker.kind, walker.level, walker.item = "paragraph", 0, True
    walker.contain("item", ordinal, *_identity(node))
    return False


def _ordinal(walker: Walker, node: Node) -> int | None:
    if not walker.ordinals or walker.containers[-1].attribute("ordered") is None:
        return None
    ordinal = _integer(node.get("value"), walker.ordinals[-1])
    parent = node.getparent()
    down = parent is not None and parent.get("reversed") is not None
    walker.ordinals[-1] = ordinal + (-1 if down else 1)
    return ordinal


def _close_item(walker: Walker, frame: Frame) -> None:
    if not frame.block:
        return _close_soft(walker, frame)
    _close_block(walker, frame)
    walker.kind, walker.level, _ = frame.saved  # type: ignore[misc]
    walker.item = False
    return None


def _identity(node: Node) -> tuple[tuple[str, str], ...]:
    identity = node.get("id")
    return (("id", identity),) if identity else ()


def _integer(value: str | None, default: int) -> int:
    if value is None or len(value) > 9:
        return default
    try:
        return int(value)
    except ValueError:
        return default


def _container(kind: ContainerKind) -> Callable[[Walker, Node], bool]:
    def start(walker: Walker, node: Node) -> bool:
        walker.block(node)
        if walker.grid is None:
            walker.contain(kind)
        return False

    return start


def _mark(kind: MarkKind) -> Callable[[Walker, Node], bool]:
    """Inline markup without an address."""

    def start(walker: Walker, node: Node) -> bool:
        _inline(walker, node)
        if not walker.in_marker:
            walker.push(node, _close_mark)
            walker.open_marks.append(OpenMark(kind, walker.length))
        return False

    return start


def _close_mark(walker: Walker, frame: Frame) -> None:
    mark = walker.open_marks.pop()
    if mark.start < walker.length and walker.pieces:
        walker.marks.append(Mark(mark.start, walker.length, mark.kind, mark.target, mark.title))


def _link(walker: Walker, node: Node) -> bool:
    names = walker.class_names(node)
    if walker.in_marker:
        return False
    if walker.kind == "heading" and _is_permalink(node, names):
        _open_marker(walker, node, names)
        return False
    _inline(walker, node)
    if walker.in_marker:
        return False
    href = node.get("href")
    if href is None:
        return False
    if walker.after_link:
        walker.space = True
    walker.push(node, _close_link)
    walker.open_marks.append(OpenMark("link", walker.length, href.strip(), node.get("title") or ""))
    walker.links += 1
    return False


def _close_link(walker: Walker, frame: Frame) -> None:
    walker.links -= 1
    _close_mark(walker, frame)
    walker.after_link = True


_PERMALINK_SIGNS = frozenset(("#", "¶", "§", "🔗", "∞", "↩", "link", "permalink", "anchor", ""))


def _is_permalink(node: Node, names: ClassNames) -> bool:
    """A sign in a heading that links to the heading itself."""
    href = node.get("href")
    if href is None or "#" not in href:
        return False
    text = "".join(node.itertext()).strip()
    if text.lower() in _PERMALINK_SIGNS:
        return True
    return bool(names.flags & html_words.PERMALINK) and text.lower().startswith(("permalink", "link to", "direct link"))


def _br(walker: Walker, node: Node) -> bool:
    if walker.grid is not None and walker.grid.open is None:
        return False
    walker.breaks += 1
    return False


def _hr(walker: Walker, node: Node) -> bool:
    if walker.grid is not None:
        walker.breaks = 1
        return False
    walker.flush()
    walker.first = node
    walker.emit("separator", "")
    return False


def _image(walker: Walker, node: Node) -> bool:
    if walker.in_marker:
        return False
    if source := node.get("src"):
        if walker.first is None:
            walker.first = node
        walker.point("image", source.strip(), node.get("alt") or "")
    return False


def _pre(walker: Walker, node: Node) -> bool:
    if walker.grid is not None:
        walker.breaks = walker.breaks or 1
        walker.push(node, _close_soft)
        return False
    if unwrapped_pre(node):
        walker.block(node)
        return False
    walker.block(node)
    emit_listing(walker, node, listing_of(node, walker.class_names))
    return True


def emit_listing(walker: Walker, node: Node, listing: Listing) -> None:
    """A code listing as one block."""
    text = INVISIBLE_RE.sub("", listing.text) if walker.invisible else listing.text
    marker = INVISIBLE_RE.sub("", listing.marker)
    if not text.strip() and not marker:
        return
    walker.first = node
    walker.last = node
    if not text.strip():
        walker.emit("paragraph", marker)
    else:
        walker.emit("code", text, marker=marker, language=listing.language)


def _button(walker: Walker, node: Node) -> bool:
    """A control is a block of its own, but in headings and cells."""
    if walker.kind == "heading" or walker.grid is not None:
        return False
    walker.block(node)
    return False


def _option(walker: Walker, node: Node) -> bool:
    walker.breaks = walker.breaks or 1
    return False


def _table(walker: Walker, node: Node) -> bool:
    if walker.grid is not None:
        walker.block(node)
        return False
    data = walker.tables.get(node, False)
    frame = walker.block(node, _close_table if data else _close_block)
    frame.saved = None
    if data:
        walker.grid = Grid()
        walker.first = walker.last = node
    return False


def _close_table(walker: Walker, frame: Frame) -> None:
    grid, walker.grid = walker.grid, None
    assert grid is not None
    grid.end_cell(walker)
    text = "".join(walker.pieces)
    walker.pieces.clear()
    if text.strip():
        marks = walker._taken_marks(text)
        walker.emit("table", text, marks=marks, grid=grid)
    elif walker.marks:
        walker._emit_images()
    walker.length = 0
    _close_block(walker, frame)


def _row(walker: Walker, node: Node) -> bool:
    if walker.grid is None or walker.grid.nested:
        return _block(walker, node)
    walker.grid.start_row(walker)
    return False


def _cell(walker: Walker, node: Node) -> bool:
    if walker.grid is None or walker.grid.nested:
        return _block(walker, node)
    walker.grid.start_cell(walker, node)
    walker.push(node, _close_cell)
    return False


def _close_cell(walker: Walker, frame: Frame) -> None:
    if walker.grid is not None:
        walker.grid.end_cell(walker)


def _caption(walker: Walker, node: Node) -> bool:
    """A table's caption is a block before it (the first thing in the table), else text of the cell."""
    grid = walker.grid
    if grid is None or grid.cells or grid.open is not None or walker.pieces:
        return _SPECIAL_CAPTION(walker, node)
    walker.grid = None
    frame = walker.block(node, _close_caption)
    frame.saved = (grid, walker.kind, walker.level, walker.item)
    walker.kind, walker.level, walker.item = "caption", 0, False
    return False


def _close_caption(walker: Walker, frame: Frame) -> None:
    _close_block(walker, frame)
    walker.grid, walker.kind, walker.level, walker.item = frame.saved  # type: ignore[misc]


_SPECIAL_CAPTION = _special("caption")

_BLOCKS = (
    "html body div p section article main header footer nav aside address center dl dd form fieldset legend dir menu "
    "hgroup summary search title thead tbody tfoot select textarea label iframe video audio object noembed noframes "
    "xmp plaintext listing frameset noscript canvas optgroup datalist output progress meter map"
)

STARTS: dict[str, Callable[[Walker, Node], bool]] = {
    **dict.fromkeys(_BLOCKS.split(), _block),
    **dict.fromkeys(("script", "style", "template", "head"), _skip),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("ul", "ol"), _list),
    "li": _item,
    "dt": _special("term"),
    "figcaption": _SPECIAL_CAPTION,
    "caption": _caption,
    "blockquote": _container("quote"),
    "figure": _container("figure"),
    "details": _container("details"),
    **dict.fromkeys(("strong", "b"), _mark("strong")),
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), _mark("emphasis")),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), _mark("code")),
    **dict.fromkeys(("del", "s", "strike"), _mark("strike")),
    "mark": _mark("highlight"),
    "sup": _mark("superscript"),
    "sub": _mark("subscript"),
    "a": _link,
    "br": _br,
    "hr": _hr,
    "img": _image,
    "pre": _pre,
    "button": _button,
    "option": _option,
    "table": _table,
    "tr": _row,
    **dict.fromkeys(("td", "th"), _cell),
}
"""Tag -> what its start does. All other elements are inline."""
