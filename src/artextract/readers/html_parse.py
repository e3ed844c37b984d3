"""Decoded markup -> a tree that holds all of it.

libxml2 stops, often without a word, at `</html>`, at an unclosed comment, quote or script, and at depth 2,048. A last
element of our own at the end of the markup tells whether the tree reaches the end; only where it does not, the markup
is repaired (`html_repair`) and parsed again. A page that is whole pays for one parse and a few searches.
"""

from __future__ import annotations

import re

from lxml import etree

from artextract.lazy import lazy_pattern
from artextract.model import Note
from artextract.readers.html_repair import REPAIRS, open_quote, without_swarms
from artextract.readers.html_words import name_set
from artextract.settings import Settings

SENTINEL = "artextract-end"
_SENTINEL_TAG = b"<artextract-end>"
_CONTROLS = bytes(c for c in (*range(0x20), 0x7F) if c not in b"\t\n\v\f\r\x1c\x1d\x1e\x1f")
_TO_SPACES = bytes.maketrans(b"\v\f\x1c\x1d\x1e\x1f", b" " * 6)
_SURROGATES = lazy_pattern("[\ud800-\udfff]")
_CLOSERS = lazy_pattern(rb"</(?:html|body)\b[^<>]{0,200}>", re.I)
_REFERENCE = lazy_pattern(rb"&#(?:0{0,20}(\d{1,7})|[xX]0{0,20}([0-9a-fA-F]{1,6}))(?![0-9a-fA-F]);?")
_STAYS = frozenset(("base", "link", "meta", "title"))  # as good there as in the body
_METADATA = name_set("base basefont bgsound link meta title noscript noframes script style template")
_CONTROL_POINTS = frozenset((*range(9), 11, *range(14, 32), 127, *range(0xD800, 0xE000)))


Parsed = tuple[etree._Element, tuple[Note, ...]]


def parse(text: str, settings: Settings) -> Parsed:
    """The root element of a page, and notes of what had to be repaired or was lost.

    Never raises for any text: a page without any element gives an empty `<html>`.
    """
    return _parsed(prepared(text), (), settings)


def parse_with_quotes_mended(text: str, settings: Settings) -> Parsed | None:
    """The same for a page whose attributes look as if they had swallowed text; None if no quote is to blame."""
    data, note = open_quote(prepared(text), settings)
    return None if data is None else _parsed(data, (note,), settings)


def _parsed(data: bytes, notes: tuple[Note, ...], settings: Settings) -> Parsed:
    """Parses, and repairs until the parser comes through to the end."""
    root, notes = _parsed_whole(data, notes, settings)
    _close_head(root)
    return root, notes


def _parsed_whole(data: bytes, notes: tuple[Note, ...], settings: Settings) -> Parsed:
    root = parse_bytes(data)
    if _whole(root):
        return root, notes
    for repair in REPAIRS:
        mended, note = repair(data, settings)
        if mended is None:
            continue
        data = mended
        root = parse_bytes(data)
        notes = (*notes, note)
        if _whole(root):
            return root, notes
    return root, (*notes, Note("cut-markup", "the parser stopped before the end of the page; the rest is lost"))


def prepared(text: str) -> bytes:
    """The bytes to parse: no surrogates, no control characters (raw or as references), no `</html>` in the middle.

    Line feeds stay where they are, so that the parser's line numbers hold.
    """
    try:
        data = text.encode()
    except UnicodeEncodeError:
        data = _SURROGATES.sub("\ufffd", text).encode()
    data = data.translate(_TO_SPACES, _CONTROLS)
    if b"&#" in data:
        data = _REFERENCE.sub(_without_control, data)
    return without_swarms(_CLOSERS.sub(_spaces, data)) + _SENTINEL_TAG


def _without_control(match: re.Match[bytes]) -> bytes:
    """A reference to a control character vanishes (libxml2 would make U+FFFD of it, or pass an escape on)."""
    decimal, hexadecimal = match.groups()
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return b" " if code in (11, 12, 28, 29, 30, 31) else b"" if code in _CONTROL_POINTS else match[0]


def _spaces(match: re.Match[bytes]) -> bytes:
    return b"\n" * match[0].count(b"\n") or b" "


def parse_bytes(data: bytes) -> etree._Element:
    """One parse, lenient, without comments and processing instructions (adjacent texts are joined)."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    return etree.Element("html") if root is None else root


def _close_head(root: etree._Element) -> None:
    """Moves out of the head what cannot stand in it: the body starts there (HTML Standard, 13.2.6.4.4).

    libxml2 knows that a `p` ends the head, but not that an `article` or any newer element does.
    """
    head = root.find("head")
    first = None if head is None else next((c for c in head if c.tag not in _METADATA and _has_text(c)), None)
    if head is None or first is None:
        return
    moved = [child for child in (first, *first.itersiblings()) if child.tag not in _STAYS]
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    moved[-1].tail, body.text = (moved[-1].tail or "") + (body.text or ""), None
    for at, child in enumerate(moved):
        body.insert(at, child)


def _has_text(node: etree._Element) -> bool:
    return any(text.strip() for text in node.itertext())


def _whole(root: etree._Element) -> bool:
    """True if our last element is there; it is taken out."""
    last = root
    while len(last):
        last = last[-1]
    parent = last.getparent()
    if last.tag != SENTINEL or parent is None:
        return False
    parent.remove(last)
    return True
