"""Footnotes: which links and numbers refer to a note, and which elements hold the notes.

Found before the walk, from pairs: a short link (`1`, `[2]`, `*`) to an id further down, whose element reads like a
note (it links back, its id or class says so, it starts with the same label); then raised numbers without links, whose
notes are blocks that start with the same raised or bold number. The result is a table of what the walk does at the
elements concerned. A page without such links pays for one pass over its `a` and `sup` elements.
"""

from __future__ import annotations

import re
from dataclasses import field

from lxml import etree

from artextract.lazy import lazy_pattern
from artextract.readers.html_words import name_set, names_of, text_of
from artextract.records import record

Node = etree._Element

LABEL = lazy_pattern(r"[\[(]?\s?(?:note |n\. ?)?(\d{1,3}|[a-z]{1,2}|[ivxlc]{1,6}|[*†‡§¶⁎∗#]{1,4})\s?[\])]?[.:]?", re.I)
_NUMBER = lazy_pattern(r"[\[(]?(\d{1,3})[\])]?[.:]?")
_NOTE_ID = lazy_pattern(
    r"(?:^|[-_:.])(?:_?s?d?ftn|fn|foot|footnote|footnotes|note|cite_note|endnote|edn|_edn|easy-footnote|bottom)"
    r"(?=[-_:.\d]|[a-z]{0,3}\d|$|[a-z0-9]{8})",
    re.I,
)
_BACK = frozenset(("↩", "↩︎", "↑", "^", "⤴", "⏎", "↵", "back", "return", "↶", "⬆", "🔙"))
_NOTE_WORDS = ("footnote", "endnote", "reference", "cite_note", "fn", "ftn", "sidenote")
_BLOCKS = name_set("li p div dd td aside section tr blockquote h4 h5 h6")
_SCOPES = name_set("body html article main table tbody tr header footer nav")
_ON_FOLLOWING = name_set("ul ol blockquote pre table")
_MOST_PAIRS = 3_000


@record(slots=True)
class Note:
    """A footnote: its id, its label as the page shows it, and the elements that hold it, in order."""

    id: str
    label: str
    elements: list[Node] = field(default_factory=list)
    inline: bool = False  # the element is inline, and the note ends where the next one starts
    labelled: bool = True  # the page writes the label at the note's start


@record(slots=True)
class Notes:
    """What there is to do: `references` (element -> id), `notes`, `back` (links back and bare labels)."""

    references: dict[Node, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    back: set[Node] = field(default_factory=set)


def notes_of(root: Node, text: str) -> Notes | None:
    """The footnotes of a page (its root and its markup); None if it has none."""
    links = [a for a in root.iter("a") if "#" in (a.get("href") or "")]
    found = Notes()
    pairs = [pair for a in links if len(a) < 4 and (pair := _reference(a)) is not None][:_MOST_PAIRS]
    if pairs:
        _linked(root, links, pairs, found)
    if "data-definition" in text:
        _defined(root, found)
    raised = [sup for sup in root.iter("sup") if sup not in found.references]
    if raised:
        _loose(raised, found)
    return found if found.notes else None


# -- linked notes -----------------------------------------------------------------------------------------------------


@record(slots=True)
class _Pair:
    link: Node
    target: str
    label: str


def _reference(a: Node) -> _Pair | None:
    """A link that may refer to a note."""
    href = a.get("href") or ""
    before, _, fragment = href.partition("#")
    if not fragment or (before and not _NOTE_ID.search(fragment)):
        return None
    text = text_of(a).strip() if len(a) < 4 else ""
    match = LABEL.fullmatch(text) if len(text) < 12 else None
    return None if match is None else _Pair(a, fragment, match[1])


def _linked(root: Node, links: list[Node], pairs: list[_Pair], found: Notes) -> None:
    places = _Places(root)
    back_to = _links_back(links)
    labels: dict[str, str] = {}
    notes: dict[str, Note] = {}
    claimed: dict[Node, str] = {}
    for pair in pairs:
        note = notes.get(pair.target)
        if note is None and pair.target not in labels:
            labels[pair.target] = pair.label
            note = _note_for(pair, places, back_to, pairs)
            if note is not None and claimed.setdefault(note.elements[0], pair.target) == pair.target:
                notes[pair.target] = note
            else:
                note = None
        if note is not None and places.before(pair.link, note.elements[0]):
            found.references[_raised(pair.link)] = note.id
    kept = set(found.references.values())
    found.notes = [note for note in notes.values() if note.id in kept]
    found.notes.sort(key=lambda note: places.order.get(note.elements[0], 0))
    _mark_back(found, links)
    _extend_headings(found)


class _Places:
    """Where ids are, and which of two elements comes first."""

    def __init__(self, root: Node) -> None:
        self.order: dict[Node, int] = {}
        self.ids: dict[str, Node] = {}
        for number, node in enumerate(root.iter(etree.Element)):
            self.order[node] = number
            for name in (node.get("id"), node.get("name") if node.tag == "a" else None):
                if name:
                    self.ids.setdefault(name, node)

    def before(self, first: Node, second: Node) -> bool:
        return self.order[first] < self.order[second]


def _links_back(links: list[Node]) -> dict[str, list[Node]]:
    """Fragment -> the links to it."""
    back: dict[str, list[Node]] = {}
    for a in links:
        back.setdefault((a.get("href") or "").partition("#")[2], []).append(a)
    return back


def _note_for(pair: _Pair, places: _Places, back_to: dict[str, list[Node]], pairs: list[_Pair]) -> Note | None:
    """The note that a link refers to, if its target reads like one."""
    target = places.ids.get(pair.target)
    if target is None:
        target = _by_link_back(pair, back_to)
        if target is None:
            return None
    block = _block_of(target)
    if block is None or not places.before(pair.link, target) or pair.link in set(block.iterdescendants("a")):
        return None
    inline = target is not block and not _is_at_start(target, block)
    if inline and not _follows_break(target):
        return None
    own = text_of(target).strip() if target is not block and len(target) < 4 else ""
    labelled = bool(own) or block.tag != "li"
    if not _reads_like_a_note(pair, target, block, own, back_to):
        return None
    return Note(pair.target, pair.label, [target if inline else block], inline, labelled)


def _by_link_back(pair: _Pair, back_to: dict[str, list[Node]]) -> Node | None:
    """Word's notes have no ids, but `_ftn1` is linked back to by `_ftnref1`."""
    if "ftn" not in pair.target:
        return None
    back = back_to.get(pair.target.replace("ftn", "ftnref", 1))
    return back[0] if back else None


def _block_of(target: Node) -> Node | None:
    """The block that holds a note: the target, or the nearest block around it that is no scope of the page."""
    node: Node | None = target
    for _ in range(6):
        if node is None or node.tag in _SCOPES:
            return None
        if node.tag in _BLOCKS:
            return node
        node = node.getparent()
    return None


def _is_at_start(target: Node, block: Node) -> bool:
    """True if no text stands between the start of the block and the target."""
    node = target
    while node is not block:
        parent = node.getparent()
        if parent is None or (parent.text and parent.text.strip()):
            return False
        before = node.getprevious()
        while before is not None:
            if (before.tail and before.tail.strip()) or text_of(before).strip():
                return False
            before = before.getprevious()
        node = parent
    return True


def _follows_break(target: Node) -> bool:
    before = target.getprevious()
    return before is not None and before.tag == "br" and not (before.tail or "").strip()


def _reads_like_a_note(pair: _Pair, target: Node, block: Node, own: str, back_to: dict[str, list[Node]]) -> bool:
    match = LABEL.fullmatch(own) if own else None
    if match is not None and match[1] == pair.label:
        return True
    if block.tag in ("h4", "h5", "h6"):
        return False
    if _NOTE_ID.search(pair.target) or _has_note_words(pair.link) or _has_note_words(block):
        return True
    if _links_to(block, _ids_around(pair.link), back_to):
        return True
    if block.tag == "li" and block.getparent() is not None and block.getparent().tag == "ol":  # type: ignore[union-attr]
        return _ordinal(block) == pair.label and _is_under_notes(block)
    text = _first_text(block)
    return text.startswith((f"[{pair.label}]", f"{pair.label}. ", f"({pair.label})")) and _is_under_notes(block)


def _has_note_words(node: Node) -> bool:
    """True if the classes of the node, its parent or grandparent speak of notes."""
    current: Node | None = node
    for _ in range(3):
        if current is None:
            return False
        for name in names_of(current):
            if name in ("fn", "ftn", "note") or any(word in name for word in _NOTE_WORDS[:3]):
                return True
        current = current.getparent()
    return False


def _ids_around(link: Node) -> list[str]:
    ids: list[str] = []
    node: Node | None = link
    for _ in range(3):
        if node is None:
            break
        ids.extend(value for value in (node.get("id"), node.get("name")) if value)
        node = node.getparent()
    return ids


def _links_to(block: Node, ids: list[str], back_to: dict[str, list[Node]]) -> bool:
    for identity in ids:
        for a in back_to.get(identity, [])[:5]:
            node: Node | None = a
            for _ in range(12):
                if node is None:
                    break
                if node is block:
                    return True
                node = node.getparent()
    return False


def _ordinal(item: Node) -> str:
    parent = item.getparent()
    if parent is None:
        return ""
    number = 0
    for child in parent:
        number += child.tag == "li"
        if child is item or number > 999:
            break
    return str(number)


_NOTES_HEADING = lazy_pattern(r"\s{0,9}(?:foot|end)?(?:notes?|references?|sources|bibliography|citations)\b", re.I)


def _is_under_notes(block: Node) -> bool:
    """True if the nearest heading before the list or block speaks of notes."""
    node: Node | None = block
    for _ in range(4):
        if node is None:
            return False
        before = node.getprevious()
        for _ in range(200):
            if before is None:
                break
            if before.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                return _NOTES_HEADING.match(text_of(before)) is not None
            before = before.getprevious()
        node = node.getparent()
    return False


def _first_text(block: Node) -> str:
    return text_of(block).strip()[:40]


def _raised(link: Node) -> Node:
    """The outermost inline element that holds nothing but the reference."""
    node = link
    for _ in range(3):
        parent = node.getparent()
        if parent is None or parent.tag not in ("sup", "span", "small", "cite") or len(parent) != 1:
            break
        if (parent.text and parent.text.strip()) or (node.tail and node.tail.strip()):
            break
        node = parent
    return node


def _mark_back(found: Notes, links: list[Node]) -> None:
    """Links in a note that lead back to its reference are no text of it."""
    inside = {note.elements[0] for note in found.notes}
    scopes = {note.elements[0].getparent() for note in found.notes if note.inline}
    for a in links:
        if a in found.references or _raised(a) in found.references:
            continue
        text = text_of(a).strip().rstrip("\ufe0e\ufe0f").lower() if len(a) < 4 else ""
        if len(text) < 8 and (text in _BACK or not text or LABEL.fullmatch(text)) and _is_inside(a, inside, scopes):
            found.back.add(a)


def _is_inside(a: Node, inside: set[Node], scopes: set[Node | None]) -> bool:
    node: Node | None = a
    for _ in range(8):
        if node is None:
            return False
        if node in inside:
            return node is not a
        if node in scopes:
            return True
        node = node.getparent()
    return False


def _extend_headings(found: Notes) -> None:
    """A note under a heading that is only its label goes on to the next such heading."""
    starts = {note.elements[0] for note in found.notes}
    for note in found.notes:
        heading = note.elements[0]
        if heading.tag not in ("h4", "h5", "h6"):
            continue
        found.back.add(heading)
        note.labelled = False
        following = heading.getnext()
        while following is not None and following not in starts and following.tag not in ("hr", "h1", "h2", "h3"):
            note.elements.append(following)
            following = following.getnext()


def _defined(root: Node, found: Notes) -> None:
    """Signs that name the element of their note in an attribute."""
    signs = {value: node for node in root.iter("span", "sup", "a") if (value := node.get("data-definition"))}
    for node in root.iter("aside", "div", "span", "p") if signs else ():
        if (sign := signs.pop(node.get("id") or "", None)) is not None:
            label = text_of(sign).strip()
            found.references[sign] = node.get("id") or ""
            found.notes.append(Note(node.get("id") or "", label, [node], labelled=False))


# -- raised numbers without links -------------------------------------------------------------------------------------


def _loose(raised: list[Node], found: Notes) -> None:
    """Raised numbers whose notes are blocks that start with the same number."""
    references: dict[str, list[Node]] = {}
    starts: dict[str, Node] = {}
    for sup in raised:
        match = _NUMBER.fullmatch(text_of(sup).strip()) if len(sup) < 3 else None
        if match is None or next(sup.iter("a"), None) is not None:
            continue
        block = _block_started_by(sup)
        if block is None:
            references.setdefault(match[1], []).append(sup)
        elif match[1] in references:
            starts.setdefault(match[1], block)
    if references and not starts:
        starts = _bold_starts(references)
    numbers = [number for number in references if number in starts]
    if not numbers or len(numbers) * 2 < len(references):
        return
    taken = {note.elements[0] for note in found.notes}
    for number in numbers:
        if starts[number] in taken:
            continue
        identity = f"note-{number}"
        found.notes.append(Note(identity, number, [starts[number]]))
        for sup in references[number]:
            found.references[sup] = identity
    _extend_loose(found, set(starts.values()))


def _block_started_by(node: Node) -> Node | None:
    """The paragraph that starts with this element."""
    parent = node.getparent()
    if parent is None or parent.tag not in ("p", "div", "li", "dd", "td", "span"):
        return None
    if node.getprevious() is not None or (parent.text and parent.text.strip()) or not (node.tail or "").strip():
        return None
    return parent if parent.tag != "span" else None


def _bold_starts(references: dict[str, list[Node]]) -> dict[str, Node]:
    """Paragraphs that start with a bold number, after the last reference."""
    last = next(reversed(references.values()))[-1]
    starts: dict[str, Node] = {}
    top = last.getroottree().getroot()
    seen = False
    for node in top.iter("sup", "strong", "b"):
        seen = seen or node is last
        if not seen or node.tag == "sup":
            continue
        text = text_of(node).strip()
        match = _NUMBER.fullmatch(text) if len(text) < 8 else None
        block = None if match is None else _block_started_by(node)
        if match is not None and block is not None and match[1] in references:
            starts.setdefault(match[1], block)
    return starts


def _extend_loose(found: Notes, starts: set[Node]) -> None:
    """A note goes on over the blocks up to the next note of the same parent; the last one over a list or quote."""
    for note in found.notes:
        first = note.elements[0]
        if first not in starts or names_of(first) & {"footnote"}:
            continue
        following: list[Node] = []
        node = first.getnext()
        while node is not None and node not in starts and node.tag not in ("h1", "h2", "h3", "h4", "hr"):
            following.append(node)
            node = node.getnext()
        if node is None or node not in starts:
            following = [f for i, f in enumerate(following) if i < 1 and f.tag in _ON_FOLLOWING]
        note.elements.extend(following[:50])
