"""Repairs for markup whose end the parser does not reach: each takes the bytes and gives mended bytes, or None.

They run in order until the parser comes through, so each may assume that those before it did what they could.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from artextract.lazy import lazy_pattern
from artextract.model import Note
from artextract.settings import Settings

Repair = Callable[[bytes, Settings], tuple[bytes | None, Note]]

_RAW_TEXT = (b"script", b"style", b"textarea", b"title", b"iframe", b"noembed", b"noframes", b"xmp")
_AFTER_CODE = lazy_pattern(
    rb"<(?:/head|/style|body|div|p|h[1-6]|table|section|article|main|ul|ol|link|meta|nav|header|footer|img|a)[\s>]",
    re.I,
)
_NAME = lazy_pattern(rb"<(/?)([a-zA-Z][^\s/>]{0,100})")
_VOID = frozenset(
    b"area base br col embed hr img input link meta param source track wbr frame basefont keygen artextract-end".split()
)

_IMPLIED_END = frozenset(b"p li dt dd tr td th option optgroup".split())


def open_comment(data: bytes, settings: Settings) -> tuple[bytes | None, Note]:
    """A comment that never ends, ends at the next `>` (as browsers did before HTML 5)."""
    note = Note("cut-markup", "a comment without an end was ended at the next '>'")
    last = data.rfind(b"-->") + 3 if b"-->" in data else 0
    last = max(last - 5, 0)  # `<!-->` is a whole comment
    start = data.find(b"<!--", last)
    if start < 0:
        return None, note
    return data[:start] + data[start:].replace(b"<!--", b"<!__"), note


def open_raw_text(data: bytes, settings: Settings) -> tuple[bytes | None, Note]:
    """A script, style, title or text area without an end tag is ended where the next markup begins."""
    lowered = data.lower()
    note = Note("cut-markup", "an element of raw text without an end tag was ended where markup begins again")
    mended = None
    for name in _RAW_TEXT:
        start = _opening(lowered, name)
        if start is None or lowered.find(b"</" + name, start) >= 0:
            continue
        end = _end_of_raw_text(lowered, name, start)
        base = data if mended is None else mended
        mended = base[:end] + b"</" + name + b">" + base[end:]
        lowered = mended.lower()
    start = lowered.find(b"<plaintext")
    if start >= 0:
        base = data if mended is None else mended
        mended = base[:start] + b"<pre class=x" + base[start + len(b"<plaintext") :]
    return mended, note


def _opening(lowered: bytes, name: bytes) -> int | None:
    """Where the contents of the last element `name` begin."""
    start = lowered.rfind(b"<" + name)
    end = lowered.find(b">", start)
    return None if start < 0 or end < 0 else end + 1


def _end_of_raw_text(lowered: bytes, name: bytes, start: int) -> int:
    if name in (b"script", b"style"):
        match = _AFTER_CODE.search(lowered, start)
        return match.start() if match else len(lowered) - len(b"<artextract-end>")
    return lowered.find(b"<", start)  # our own last element, at least


def open_quote(data: bytes, settings: Settings) -> tuple[bytes | None, Note]:
    """An attribute value whose closing quote is missing: its opening quote is taken out.

    A quote that nothing closes is one; so is a value with a `<` in it that ends where a name follows at once, as in
    `<a class="x>text</a> <a href="y">`, where the first value ends at the quote of the second.
    """
    note = Note("cut-markup", "a quote without an end in a tag was taken out")
    broken = [tag.bad_quote for tag in tags(data) if tag.bad_quote is not None]
    if not broken:
        return None, note
    mended = bytearray(data)
    for position in broken:
        mended[position] = 0x20
    return bytes(mended), note


def too_deep(data: bytes, settings: Settings) -> tuple[bytes | None, Note]:
    """Elements nested deeper than the parser takes are flattened: their tags go, their text stays."""
    limit = min(settings.max_depth, 2048) - 48
    note = Note("too-deep", f"elements nested deeper than {limit} were flattened")
    pieces: list[bytes] = []
    last = 0
    open_names: list[bytes] = []
    for tag in tags(data):
        depth = _depth_after(open_names, tag)
        if depth > limit:
            pieces.append(data[last : tag.start])
            last = tag.end
    if not pieces:
        return None, note
    pieces.append(data[last:])
    return b" ".join(pieces), note


def _depth_after(open_names: list[bytes], tag: Tag) -> int:
    """Keeps the stack of open elements; the depth of the tag's element (0 for a void one, or a stray end tag)."""
    if tag.name in _VOID:
        return 0
    if not tag.closing:
        if tag.name in _IMPLIED_END and open_names and open_names[-1] == tag.name:
            open_names.pop()
        open_names.append(tag.name)
        return len(open_names)
    for back in range(1, min(4, len(open_names)) + 1):
        if open_names[-back] == tag.name:
            depth = len(open_names)
            del open_names[-back:]
            return depth
    return 0


MOST_ATTRIBUTES = 1_000
_LONG_TAG = 8_000  # bytes without a `>`: only there can a tag have so many attributes
_ATTRIBUTE = lazy_pattern(rb"""[^\s=>"'/]{1,1000}(?:\s{0,20}=\s{0,20}(?:"[^"]*"|'[^']*'|[^\s>"']{0,9000}))?[\s/]*""")


def without_swarms(data: bytes) -> bytes:
    """Tags with more than a thousand attributes keep the first thousand: libxml2 takes quadratic time for them.

    Stretches without `>` are found by leaps of their length, which costs next to nothing on an ordinary page.
    """
    pieces: list[bytes] = []
    last = position = 0
    while position + _LONG_TAG < len(data):
        found = data.rfind(b">", position, position + _LONG_TAG)
        if found >= 0:
            position = found + 1
            continue
        end = data.find(b">", position + _LONG_TAG)
        end = len(data) if end < 0 else end
        match = _NAME.search(data, position, end)
        if match is not None and (cut := _past_attributes(data, match.end(), end)) is not None:
            pieces.append(data[last:cut])
            last = end
        position = end
    return data if not pieces else b"".join([*pieces, data[last:]])


def _past_attributes(data: bytes, position: int, end: int) -> int | None:
    """Where attribute number 1,001 begins; None if there are not so many."""
    for _ in range(MOST_ATTRIBUTES):
        while position < end and data[position : position + 1].isspace():
            position += 1
        match = _ATTRIBUTE.match(data, position, end)
        if match is None:
            return None
        position = match.end()
    return position if position < end else None


REPAIRS: tuple[Repair, ...] = (open_comment, open_raw_text, open_quote, open_quote, open_raw_text, too_deep)
"""In order; one repair may bring another fault to light."""


class Tag:
    """A tag in the markup: `data[start:end]`; `bad_quote` is the offset of a quote that nothing closes."""

    __slots__ = ("bad_quote", "closing", "end", "name", "start")

    def __init__(self, name: bytes, start: int, end: int, closing: bool, bad_quote: int | None) -> None:
        self.name = name
        self.start = start
        self.end = end
        self.closing = closing
        self.bad_quote = bad_quote


_STOP = lazy_pattern(rb"[\"'>]")
_RAW = frozenset(_RAW_TEXT)


def tags(data: bytes) -> Iterator[Tag]:
    """All tags in order, comments and raw text skipped, in linear time."""
    position = 0
    unclosed: set[bytes] = set()  # quotes and end tags that do not occur any more
    while (position := data.find(b"<", position)) >= 0:
        if data.startswith(b"<!--", position):
            end = data.find(b"-->", position + 2)
            position = len(data) if end < 0 else end + 3
            continue
        match = _NAME.match(data, position)
        if match is None:
            position += 1
            continue
        end, bad_quote = _end_of_tag(data, match.end(), unclosed)
        name, closing = match[2].lower(), bool(match[1])
        yield Tag(name, position, end, closing, bad_quote)
        position = end
        if name in _RAW and not closing:
            close = None if name in unclosed else _find_close(data, name, end)
            if close is None:
                unclosed.add(name)
            position = end if close is None else close


def _end_of_tag(data: bytes, position: int, unclosed: set[bytes]) -> tuple[int, int | None]:
    bad_quote = None
    while (stop := _STOP.search(data, position)) is not None:
        position = stop.end()
        if stop[0] == b">":
            return position, bad_quote
        if data[max(0, stop.start() - 20) : stop.start()].rstrip()[-1:] != b"=":
            continue
        end = -1 if stop[0] in unclosed else data.find(stop[0], position)
        if end < 0:
            unclosed.add(stop[0])
            bad_quote = stop.start()
        elif data.find(b"<", position, end) >= 0 and data[end + 1 : end + 2].isalnum():
            bad_quote = stop.start()
            close = data.find(b">", position)
            return (len(data) if close < 0 else close + 1), bad_quote
        else:
            position = end + 1
    return len(data), bad_quote


def _find_close(data: bytes, name: bytes, start: int) -> int | None:
    match = re.compile(b"</" + name, re.I).search(data, start)
    return None if match is None else match.start()
