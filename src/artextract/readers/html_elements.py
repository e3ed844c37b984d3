"""What elements do: one handler for each tag that means something, in one table (`STARTS`)."""

from __future__ import annotations

from dataclasses import replace

from artextract.invisible import INVISIBLE_RE
from artextract.model import Container, ContainerKind, Kind, Mark, MarkKind
from artextract.readers import html_words
from artextract.readers.html_code import Listing, Rest, framed_listing, is_listing, listing_of, unwrapped_pre
from artextract.readers.html_embedded import is_linked_data
from artextract.readers.html_formulas import Formula, formula_of, image_formula, script_formula
from artextract.readers.html_images import embedded_address, image_of, stem_of
from artextract.readers.html_notes import LABEL, Notes
from artextract.readers.html_notes import Note as Footnote
from artextract.readers.html_tables import Grid
from artextract.readers.html_walk import BLOCK_TAGS, Action, Frame, Node, Start, Walker, cleaned
from artextract.readers.html_words import hides, text_of
from artextract.settings import Settings

_CONTENT = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre", "blockquote"))


MOST_LINKS = 8  # links around each other: only broken markup has more than one
MOST_REJECTED = 50  # elements that look like formulas and are none, before we stop looking (each look is a walk)


class PageWalker(Walker):
    """A walk that knows what classes mean."""

    def __init__(self, text: str, settings: Settings) -> None:
        super().__init__(text, settings)
        self.rejected = 0  # elements that looked like formulas and were none
        self.has_data_math = "data-math" in text

    def inline(self, node: Node) -> bool:
        """An element without a meaning of its own: its text flows on; if it is hidden, its text is a marker."""
        if node is self.deferred_root or not node.keys():
            return False
        value = node.get("class")
        flags = self.classes[value][0] if value else 0
        if flags:
            if flags & html_words.MATH and self.formula(node):
                return True
            if flags & html_words.LISTING and self.grid is None:
                return _listing(self, node, listing_of(node, by_element=True))
            if flags & html_words.SIDENOTE and (skip := _sidenote(self, node)) is not None:
                return skip
            if flags & (html_words.HIDDEN | html_words.ICON | html_words.BACK | html_words.EDIT):
                _hide(self, node)
                return False
        if self.has_data_math and node.get("data-math") is not None and self.formula(node):
            return True
        style = node.get("style")
        if (
            (style is not None and hides(style))
            or node.get("hidden") is not None
            or (node.get("aria-hidden") == "true" and _is_sign(node))
        ):
            _hide(self, node)
        return False

    def flagged(self, node: Node, flags: int) -> bool:
        """A plain block element whose classes say more: a formula, a listing, an admonition."""
        if flags & html_words.MATH and self.formula(node):
            return True
        if flags & html_words.LISTING:
            return _listing(self, node, listing_of(node, by_element=True))
        if flags & html_words.CODE_FRAME and (rest := framed_listing(node)) is not None:
            return _framed(self, node, rest)
        if flags & html_words.CALLOUT:
            _callout(self, node)
        elif flags & html_words.CALLOUT_TITLE:
            _special("caption")(self, node)
        return False

    def formula(self, node: Node) -> bool:
        """Reads a formula; False if the element is none."""
        if self.rejected > MOST_REJECTED:
            return False
        formula = formula_of(node)
        if formula is None:
            self.rejected += 1
            return False
        self.put_formula(node, formula)
        return True

    def put_formula(self, node: Node, formula: Formula) -> None:
        """A formula as a block of its own, or as a mark in the block at hand; its visible copy is a marker."""
        if self.in_marker:
            self.add_marker(" ".join(filter(None, (formula.own_text, formula.visible))), node)
            return
        tex = INVISIBLE_RE.sub("", formula.tex)
        if not tex:
            self.add_marker(formula.visible, node)
        elif formula.display and not self.soft:
            if self.open:
                self.flush()
            self.first, self.first_is_tail = node, False
            visible = INVISIBLE_RE.sub("", formula.visible)
            self.emit("formula", tex, (Mark(0, len(tex), "formula", tex),), marker=visible)
            self._reset()
        else:
            if self.breaks:
                self._break()
            self.verbatim(tex, node)
            self.marks.append((self.length - len(tex), self.length, "formula", tex, ""))
            self.add_marker(formula.visible, node)


def _is_sign(node: Node) -> bool:
    """True for an icon: at most two characters, none of them a letter or digit."""
    text = text_of(node).strip() if len(node) < 4 else "long"
    return len(text) <= 2 and not any(c.isalnum() for c in text)


def _hide(walker: Walker, node: Node) -> None:
    if walker.grid is None and any(child.tag in _CONTENT for child in node):
        return  # blocks of their own, which know that they are hidden
    walker.push(node, _close_hidden)
    walker.marker_node = node
    walker.in_marker += 1


def _close_hidden(walker: Walker, frame: Frame) -> None:
    walker.in_marker -= 1


def _block(walker: Walker, node: Node) -> bool:
    """A block element that is a block in headings too, or is not `PLAIN` for its other meanings."""
    walker.edge()
    walker.push(node, _close_block, walker.containers)
    return False


def _close_block(walker: Walker, frame: Frame) -> None:
    walker.edge()
    walker.containers = frame.saved


def _skip(walker: Walker, node: Node) -> bool:
    return True


def _hidden_block(walker: Walker, node: Node) -> bool:
    """A title in the body (a second page within the page, or an image's title)."""
    parent = node.getparent()
    if parent is not None and parent.tag not in BLOCK_TAGS:
        _hide(walker, node)
        return False
    return _block(walker, node)


# -- headings, terms, captions --------------------------------------------------------------------------------------


def _special(kind: Kind, level: int = 0) -> Start:
    """A block whose contents are of one kind."""

    def start(walker: Walker, node: Node) -> bool:
        walker.edge()
        if walker.grid is not None:
            walker.push(node, _close_soft)
            return False
        walker.push(node, _close_special, (walker.kind, walker.level, walker.item, walker.soft, walker.containers))
        walker.kind, walker.level, walker.item = kind, level, False
        walker.soft = kind == "heading"
        return False

    return start


def _close_special(walker: Walker, frame: Frame) -> None:
    if walker.open:
        walker.flush()
    walker.kind, walker.level, walker.item, walker.soft, walker.containers = frame.saved


def _close_soft(walker: Walker, frame: Frame) -> None:
    walker.edge()


# -- lists ------------------------------------------------------------------------------------------------------------


def _list(walker: Walker, node: Node) -> bool:
    _open_block(walker, node, _close_list)
    if walker.grid is not None:
        walker.ordinals.append(1)
        return False
    ordered = node.tag == "ol"
    first = _integer(node.get("start"), 1)
    if ordered and node.get("reversed") is not None and node.get("start") is None:
        first = sum(1 for child in node if child.tag == "li")
    walker.ordinals.append(first)
    walker.contain("list", None, *([("ordered", "1")] if ordered else []))
    return False


def _open_block(walker: Walker, node: Node, close: object) -> None:
    """A block element that is a block of its own even within a heading, but not in a cell."""
    if walker.open and walker.grid is None:
        walker.flush()
    elif walker.grid is not None:
        walker.edge()
    saved = (walker.kind, walker.level, walker.item, walker.soft, walker.containers)
    walker.push(node, close, saved)  # type: ignore[arg-type]
    if walker.grid is None:
        walker.kind, walker.level, walker.item, walker.soft = "paragraph", 0, False, False


def _close_open_block(walker: Walker, frame: Frame) -> None:
    if walker.grid is not None:
        walker.edge()
    elif walker.open:
        walker.flush()
    walker.kind, walker.level, _, walker.soft, walker.containers = frame.saved
    walker.item = False


def _close_list(walker: Walker, frame: Frame) -> None:
    walker.ordinals.pop()
    _close_open_block(walker, frame)


def _item(walker: Walker, node: Node) -> bool:
    _open_block(walker, node, _close_open_block)
    if walker.grid is not None:
        return False
    if not (walker.containers and walker.containers[-1].kind == "list"):
        walker.contain("list")
    ordinal = _ordinal(walker, node)
    walker.item = True
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


def _checkbox(walker: Walker, node: Node) -> bool:
    """A task's box at the start of a list item is an attribute of the item."""
    if (node.get("type") or "").lower() != "checkbox" or not walker.item or walker.pieces:
        return False
    if not (walker.containers and walker.containers[-1].kind == "item"):
        return False
    last = walker.containers[-1]
    checked = "0" if node.get("checked") is None else "1"
    item = type(last)(last.kind, last.number, last.ordinal, (*last.attributes, ("checked", checked)))
    walker.containers = (*walker.containers[:-1], item)
    return False


# -- containers -------------------------------------------------------------------------------------------------------


def _container(kind: ContainerKind) -> Start:
    def start(walker: Walker, node: Node) -> bool:
        _open_block(walker, node, _close_container)
        if walker.grid is None:
            walker.item = walker.stack[-1].saved[2]
            names = node.get("class")
            if kind == "quote" and names and walker.classes[names][0] & html_words.CALLOUT:
                walker.contain("admonition", None, *_callout_attributes(node))
            else:
                walker.contain(kind)
        return False

    return start


def _close_container(walker: Walker, frame: Frame) -> None:
    item = walker.item
    _close_open_block(walker, frame)
    walker.item = item and frame.saved[2]


def _callout(walker: Walker, node: Node) -> None:
    walker.push(node, _close_block, walker.containers)
    walker.contain("admonition", None, *_callout_attributes(node))


_CALLOUTS = html_words.name_set(
    "note tip info warning danger important caution hint success question failure bug example quote abstract attention "
    "error seealso todo summary"
)


def _callout_attributes(node: Node) -> tuple[tuple[str, str], ...]:
    """The type (`data-callout`, a class) and the title of an admonition."""
    words = html_words.words_of(node.get("class") or "")
    kind = node.get("data-callout") or next((word for word in words if word in _CALLOUTS), "note")
    title = next((d for d in _few(node) if d.get("class") and _is_title(d)), None)
    if title is None:
        return (("type", kind.lower()[:30]),)
    return ("type", kind.lower()[:30]), ("title", " ".join(text_of(title).split())[:200])


def _few(node: Node) -> list[Node]:
    """The first few descendants."""
    return [descendant for descendant, _ in zip(node.iterdescendants(), range(8), strict=False)]


def _is_title(node: Node) -> bool:
    return bool(html_words.flags_of(node.get("class") or "") & html_words.CALLOUT_TITLE)


# -- inline markup ----------------------------------------------------------------------------------------------------


def _mark(kind: MarkKind) -> Start:
    """Inline markup without an address."""

    def start(walker: Walker, node: Node) -> bool:
        if walker.inline(node):
            return True
        if not walker.in_marker and not any(f.kind == kind for f in walker.open_marks):
            _open_mark(walker, node, kind)
        return False

    return start


def _open_mark(walker: Walker, node: Node, kind: MarkKind, target: str = "", title: str = "") -> None:
    frame = walker.push(node, _close_mark)
    frame.kind, frame.start, frame.target, frame.title = kind, walker.length, target, title
    walker.open_marks.append(frame)


def _close_mark(walker: Walker, frame: Frame) -> None:
    walker.open_marks.pop()
    if frame.start < walker.length:
        walker.marks.append((frame.start, walker.length, frame.kind, frame.target, frame.title))


def _link(walker: Walker, node: Node) -> bool:
    if walker.in_marker:
        return False
    if walker.kind == "heading" and _is_permalink(node):
        _hide(walker, node)
        return False
    if walker.inline(node):
        return True
    href = node.get("href")
    if href is None or walker.in_marker:
        return False
    if "<" in href:
        walker.odd_address = True
    if walker.after_link:
        walker.space = True
    if walker.links > MOST_LINKS:
        return False
    frame = walker.push(node, _close_link)
    frame.start, frame.target, frame.title = walker.length, href.strip(), node.get("title") or ""
    walker.open_marks.append(frame)
    walker.links += 1
    return False


def _close_link(walker: Walker, frame: Frame) -> None:
    walker.links -= 1
    walker.open_marks.pop()
    if frame.start < walker.length:
        walker.marks.append((frame.start, walker.length, "link", frame.target, frame.title))
        walker.after_link = True


_PERMALINK_SIGNS = frozenset(("#", "¶", "§", "🔗", "∞", "link", "permalink", "anchor", ""))


def _is_permalink(node: Node) -> bool:
    """A sign in a heading that links to the heading itself."""
    href = node.get("href")
    if href is None or "#" not in href or len(node) > 3:
        return False
    text = text_of(node).strip().lower()
    if text in _PERMALINK_SIGNS:
        return True
    flags = html_words.flags_of(node.get("class") or "")
    return bool(flags & html_words.PERMALINK) and text.startswith(("permalink", "link to", "direct link", "anchor"))


def _br(walker: Walker, node: Node) -> bool:
    if not walker.in_marker:
        walker.breaks += 1
    return False


def _hr(walker: Walker, node: Node) -> bool:
    if walker.grid is not None:
        walker.breaks = 1
        return False
    if walker.open:
        walker.flush()
    walker.first, walker.first_is_tail = node, False
    walker.emit("separator", "")
    walker._reset()
    return False


def _image(walker: Walker, node: Node) -> bool:
    if walker.in_marker or (image := image_of(node)) is None:
        return False
    formula = image_formula(node, *image)
    if formula is not None:
        assert isinstance(walker, PageWalker)
        walker.put_formula(node, formula)
    elif not _is_copy(walker, node, image):
        walker.point("image", node, *image)
        if walker.links and (link := next((f for f in reversed(walker.open_marks) if f.kind == "link"), None)):
            walker.marks.append((walker.length, walker.length, "link", link.target, link.title))
    return False


def _is_copy(walker: Walker, node: Node, image: tuple[str, str]) -> bool:
    """True for a second copy of the image just before: another size, the full picture of a light box.

    The copy of a script's image in `<noscript>` takes its place.
    """
    stem = stem_of(image[0])
    if not stem or stem != walker.last_image[0]:
        walker.last_image = (stem, len(walker.blocks), walker.length)
        return False
    _, block, length = walker.last_image
    if (len(walker.blocks), walker.length) == (block, length) and walker.marks:
        return True
    if len(walker.blocks) != block + 1 or walker.blocks[-1].kind != "image" or walker.pieces:
        return False
    last = walker.blocks[-1]
    if _is_in_noscript(node) and not last.text:
        shown = Mark(0, 0, "image", image[0], image[1] or last.marks[0].title)
        walker.blocks[-1] = replace(last, marks=(shown, *last.marks[1:]))
    return True


def _is_in_noscript(node: Node) -> bool:
    parent = node.getparent()
    return parent is not None and parent.tag == "noscript"


def _embedded(walker: Walker, node: Node) -> bool:
    """A frame or player: an image whose address is the embedded page's; its fallback text is hidden."""
    walker.edge()
    address = embedded_address(node)
    if address and not walker.in_marker:
        walker.point("image", node, address, node.get("title") or "")
        walker.edge()
    walker.push(node, _close_block, walker.containers)
    return False


def _svg(walker: Walker, node: Node) -> bool:
    """A drawing: its words stand apart from the text around it. Most drawings are icons without any."""
    walker.space = True
    if not text_of(node).strip():
        return True
    walker.push(node, _close_drawing)
    return False


def _close_drawing(walker: Walker, frame: Frame) -> None:
    walker.space = True


def _hidden(walker: Walker, node: Node) -> bool:
    _hide(walker, node)
    return False


# -- code, formulas ---------------------------------------------------------------------------------------------------


def _pre(walker: Walker, node: Node) -> bool:
    if walker.grid is not None:
        walker.edge()
        _open_mark(walker, node, "code")
        walker.stack[-1].close = _close_code_in_cell
        return False
    if unwrapped_pre(node):
        return _block(walker, node)
    if walker.open:
        walker.flush()
    return _listing(walker, node, listing_of(node))


def _close_code_in_cell(walker: Walker, frame: Frame) -> None:
    _close_mark(walker, frame)
    walker.edge()


def _code(walker: Walker, node: Node) -> bool:
    """Inline code, unless its contents or its surroundings show a listing."""
    if walker.grid is None and not walker.in_marker and not walker.soft and is_listing(node):
        if walker.open:
            walker.flush()
        return _listing(walker, node, listing_of(node))
    return _mark_code(walker, node)


_mark_code = _mark("code")


def _listing(walker: Walker, node: Node, listing: Listing) -> bool:
    """A code listing as one block."""
    if walker.open:
        walker.flush()
    text, _, _ = cleaned(listing.text, (), ()) if not listing.text.isascii() else (listing.text, (), ())
    marker = INVISIBLE_RE.sub("", listing.marker)
    if not text.strip() and not marker:
        return True
    walker.first, walker.first_is_tail, walker.last = node, False, listing.last
    if text.strip():
        walker.emit("code", text, marker=marker, language=listing.language)
    else:
        walker.emit("paragraph", marker)
    walker._reset()
    return True


def _framed(walker: Walker, node: Node, rest: Rest) -> bool:
    """A listing with a frame around it: what the frame says is the listing's marker."""
    listing = rest.listing
    marker = " ".join(filter(None, (listing.marker, rest.text)))
    return _listing(walker, node, Listing(listing.text, marker, listing.language, listing.last))


def _math(walker: Walker, node: Node) -> bool:
    assert isinstance(walker, PageWalker)
    return walker.formula(node)


def _script(walker: Walker, node: Node) -> bool:
    kind = node.get("type")
    if kind is None:
        walker.scripts.append((node, len(walker.blocks)))
    elif kind.startswith("math/"):
        if (formula := script_formula(node)) is not None:
            assert isinstance(walker, PageWalker)
            walker.put_formula(node, formula)
    elif kind.endswith("json"):
        walker.scripts.append((node, len(walker.blocks)))
        if "ld+json" in kind and (data := node.text) and is_linked_data(data):
            walker.linked_data.append((node, data, len(walker.blocks)))
    return True


def _head(walker: Walker, node: Node) -> bool:
    """Nothing in a head is a block, but its scripts may hold text."""
    for script in node.iter("script"):
        _script(walker, script)
    return True


# -- controls ---------------------------------------------------------------------------------------------------------


def _button(walker: Walker, node: Node) -> bool:
    """A control is a block of its own, but in headings and cells."""
    if walker.in_marker or walker.soft:
        return False
    return _block(walker, node)


def _label(walker: Walker, node: Node) -> bool:
    """A label is a block of its own if it says something (style sheets make note numbers of empty ones)."""
    return False if len(node) == 0 and not (node.text or "").strip() else _block(walker, node)


def _option(walker: Walker, node: Node) -> bool:
    walker.breaks = walker.breaks or 1
    return False


# -- footnotes --------------------------------------------------------------------------------------------------------


def actions_of(notes: Notes) -> dict[Node, Action]:
    """What the walk does at the elements of footnotes."""
    actions: dict[Node, Action] = dict.fromkeys(notes.back, _label_or_link_back)
    for node, identity in notes.references.items():
        actions[node] = _note_reference(identity)
    for note in notes.notes:
        shared: list[Container] = []
        for index, element in enumerate(note.elements):
            if element in notes.back:
                continue
            if note.inline:
                actions[element] = _inline_note(note)
                if (block := element.getparent()) is not None and block not in actions:
                    actions[block] = _scope
            else:
                actions[element] = _note_block(note, shared, note.label if not index and note.labelled else "")
    return actions


def _label_or_link_back(walker: Walker, node: Node) -> bool | None:
    """A footnote's link back to its reference, or its label: no text."""
    text = INVISIBLE_RE.sub("", " ".join(text_of(node).split()))
    if node.tag == "a" and (walker.pieces or walker.in_marker):
        walker.add_marker(text, node)
    elif text:
        if walker.pieces or walker.marks:
            walker.edge()
        walker.marker.append(text)  # of the block that follows
    return True


def _note_reference(identity: str) -> Action:
    def action(walker: Walker, node: Node) -> bool | None:
        if walker.in_marker:
            return None
        text = INVISIBLE_RE.sub("", " ".join(text_of(node).split()))
        if text:
            walker.verbatim(text, node)
        elif not walker.open:
            return True
        walker.marks.append((walker.length - len(text), walker.length, "footnote", identity, ""))
        return True

    return action


def _note_block(note: Footnote, shared: list[Container], label: str) -> Action:
    """An element of a note: its blocks are in the note's container, not in the list of notes."""

    def action(walker: Walker, node: Node) -> bool | None:
        if walker.grid is not None:
            return None
        walker.edge()
        saved = (walker.kind, walker.level, walker.item, walker.soft, walker.containers)
        walker.push(node, _close_note, saved)
        if not shared:
            shared.append(_note_container(walker, note))
        outer = [c for c in walker.containers if c.kind not in ("list", "item", "footnote")]
        walker.containers = (*outer, shared[0])
        walker.label = label
        walker.item = False
        return False if node.tag == "li" else None

    return action


def _close_note(walker: Walker, frame: Frame) -> None:
    if walker.pieces or walker.marks or walker.deferred:  # a link back alone is a marker of the block that follows
        walker.flush()
    walker.label = ""
    _close_special(walker, frame)


def _note_container(walker: Walker, note: Footnote) -> Container:
    walker.container_number += 1
    return Container("footnote", walker.container_number, None, (("id", note.id), ("label", note.label)))


def _sidenote(walker: Walker, node: Node) -> bool | None:
    """A note in the middle of the text: read after the block; None if it is no note."""
    if walker.in_marker or walker.grid is not None or not walker.pieces or walker.reading_deferred:
        return None
    text = " ".join(text_of(node).split())
    before = walker.pieces[-1].strip()
    label = before if LABEL.fullmatch(before) else ""
    if len(text) < 8 or "footnotemark" in text[:20] or any(m[2] == "footnote" for m in walker.marks[-3:]):
        walker.add_marker(text, node)  # the same as a note that a link leads to
        return True
    note = Footnote(f"sidenote-{walker.container_number + 1}", label.strip("[]().:"))
    outer = [c for c in walker.containers if c.kind not in ("list", "item", "footnote")]
    walker.deferred.append((node, (*outer, _note_container(walker, note))))
    start = walker.length - len(label)
    walker.marks = [m for m in walker.marks if m[0] < start or m[2] != "superscript"]
    walker.marks.append((start, walker.length, "footnote", note.id, ""))
    return True


def _inline_note(note: Footnote) -> Action:
    """A note that begins in the middle of a paragraph, after a line break."""

    def action(walker: Walker, node: Node) -> bool | None:
        if walker.grid is not None:
            return None
        walker.edge()
        outer = [c for c in walker.containers if c.kind != "footnote"]
        walker.containers = (*outer, _note_container(walker, note))
        walker.label = note.label
        return None

    return action


def _scope(walker: Walker, node: Node) -> bool | None:
    """The paragraph that holds several notes: they end with it."""
    walker.edge()
    walker.push(node, _close_block, walker.containers)
    return None


# -- tables -----------------------------------------------------------------------------------------------------------


def _table(walker: Walker, node: Node) -> bool:
    if walker.grid is not None:
        walker.grid.nested += 1
        walker.edge()
        walker.push(node, _close_nested)
        return False
    role = walker.tables.get(node)
    if role == "code":
        return _listing(walker, node, listing_of(node, by_element=True))
    _open_block(walker, node, _close_table if role == "data" else _close_open_block)
    if role == "data":
        walker.grid = Grid()
        walker.soft = True
        walker.first, walker.first_is_tail, walker.open = node, False, True
    return False


def _close_nested(walker: Walker, frame: Frame) -> None:
    if walker.grid is not None:
        walker.grid.nested -= 1
    walker.edge()


def _close_table(walker: Walker, frame: Frame) -> None:
    grid, walker.grid = walker.grid, None
    assert grid is not None
    grid.end_cell(walker)
    text = "".join(walker.pieces)
    if text.strip():
        marks = walker._taken_marks(text)
        if text.isascii():
            cells = tuple(grid.cells)
        else:
            text, marks, cells = cleaned(text, marks, tuple(grid.cells))
        walker.first, walker.first_is_tail = frame.node, False
        walker.emit("table", text, marks, cells=cells)
        walker._reset()
    else:
        walker.pieces.clear()
    _close_open_block(walker, frame)


def _row(walker: Walker, node: Node) -> bool:
    grid = walker.grid
    if grid is None:
        return _block(walker, node)
    if grid.nested:
        walker.edge()
    else:
        grid.start_row(walker)
    return False


def _cell(walker: Walker, node: Node) -> bool:
    grid = walker.grid
    if grid is None:
        return _block(walker, node)
    if grid.nested:
        walker.space = True
        return False
    grid.start_cell(walker, node)
    walker.push(node, _close_cell)
    return False


def _close_cell(walker: Walker, frame: Frame) -> None:
    if walker.grid is not None:
        walker.grid.end_cell(walker)


def _caption(walker: Walker, node: Node) -> bool:
    """A table's caption is a block before it if it is the first thing in the table, else text of the table."""
    grid = walker.grid
    if grid is None or grid.row >= 0 or walker.pieces:
        return _figcaption(walker, node)
    saved = (grid, walker.kind, walker.level, walker.item, walker.soft, walker.first)
    walker.grid, walker.soft, walker.kind, walker.item, walker.open = None, False, "caption", False, False
    walker.push(node, _close_caption, saved)
    return False


def _close_caption(walker: Walker, frame: Frame) -> None:
    if walker.open:
        walker.flush()
    walker.grid, walker.kind, walker.level, walker.item, walker.soft, walker.first = frame.saved
    walker.open = True


_figcaption = _special("caption")


# -- ruby -------------------------------------------------------------------------------------------------------------


def _ruby(walker: Walker, node: Node) -> bool:
    """Characters with their reading above: the characters are the text."""
    if walker.inline(node):
        return True
    walker.push(node, _close_ruby, walker.length)
    return False


def _close_ruby(walker: Walker, frame: Frame) -> None:
    return None


def _reading(walker: Walker, node: Node) -> bool:
    """A reading is a marker, and a mark on the characters before it."""
    frame = next((f for f in reversed(walker.stack[-3:]) if f.node.tag == "ruby"), None)
    if frame is not None and not walker.in_marker and frame.saved < walker.length and walker.pieces:
        reading = INVISIBLE_RE.sub("", " ".join(text_of(node).split()))
        walker.marks.append((frame.saved, walker.length, "ruby", reading, ""))
        frame.saved = walker.length
    _hide(walker, node)
    return False


def _parenthesis(walker: Walker, node: Node) -> bool:
    """What browsers without ruby show around a reading."""
    _hide(walker, node)
    return False


def _starts() -> dict[str, Start]:
    starts: dict[str, Start] = {
        "head": _head,
        "title": _hidden_block,
        "li": _item,
        "dt": _special("term"),
        "figcaption": _figcaption,
        "caption": _caption,
        "blockquote": _container("quote"),
        "figure": _container("figure"),
        "details": _container("details"),
        "mark": _mark("highlight"),
        "sup": _mark("superscript"),
        "sub": _mark("subscript"),
        "a": _link,
        "ruby": _ruby,
        "rt": _reading,
        "rp": _parenthesis,
        "br": _br,
        "hr": _hr,
        "img": _image,
        "amp-img": _image,
        "svg": _svg,
        "desc": _hidden,
        "pre": _pre,
        "code": _code,
        "math": _math,
        "mjx-container": _math,
        "script": _script,
        "input": _checkbox,
        "option": _option,
        "label": _label,
        "table": _table,
        "tr": _row,
        "td": _cell,
        "th": _cell,
    }
    groups: list[tuple[str, Start]] = [
        ("style template", _skip),
        ("noscript select", _block),
        ("button", _button),
        ("ul ol", _list),
        ("strong b", _mark("strong")),
        ("em i", _mark("emphasis")),
        ("tt", _mark_code),
        ("del s strike", _mark("strike")),
        ("iframe video audio embed", _embedded),
    ]
    for tags, start in groups:
        starts.update(dict.fromkeys(tags.split(), start))
    for level in range(1, 7):
        starts[f"h{level}"] = _heading(level)
    return starts


def _heading(level: int) -> Start:
    return _special("heading", level)


STARTS = _starts()
"""Tag -> what its start does. All other elements but the plain blocks are inline."""
