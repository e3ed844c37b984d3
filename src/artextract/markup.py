"""Whether a text is HTML, by how much of it is markup.

A dump of a tutorial *mentions* tags, an HTML page *consists* of them: so not the presence of a tag counts but where the
first one stands, and how evenly tags cover the lines. All searches are linear.
"""

from __future__ import annotations

import re

from artextract.lazy import lazy_pattern
from artextract.records import record

_BLOCK_NAMES = (
    "p|div|br|li|ul|ol|dl|dt|dd|table|tbody|thead|tr|td|th|h1|h2|h3|h4|h5|h6|article|section|main|header|footer|nav|"
    "aside|blockquote|pre|hr|center|form|figure|body|head|html|title|meta|link|script|style|frameset|frame|iframe"
)
_INLINE_NAMES = (
    "a|abbr|b|big|button|cite|code|del|em|font|i|img|input|ins|label|noscript|option|picture|q|s|select|small|source|"
    "span|strong|sub|sup|svg|textarea|tt|u|video|audio|figcaption|details|summary|template|base"
)
_TAG = lazy_pattern(rf"<(/?)(?:({_BLOCK_NAMES})|{_INLINE_NAMES})(?=[\s/>])", re.I)
_UNKNOWN_TAG = lazy_pattern(r"<[a-z][a-z0-9:_-]{0,40}(?=\s{1,40}[a-z:_-]{1,40}\s?=)", re.I)
_DOCUMENT = lazy_pattern(r"<(?:!doctype\s{1,9}html|html[\s>]|head[\s>]|body[\s>])", re.I)
_LINE_DOCUMENT = lazy_pattern(rf"(?<![^\n>]){_DOCUMENT.pattern}", re.I)

_HEAD = 65_536  # characters looked at from the start
_TAIL = 16_384  # and before the end
_PREAMBLE = 4_096  # characters of headers or garbage that may stand before a document
_DENSE = 250  # characters of text for one block tag, at most


def looks_like_html(text: str) -> bool | None:
    """Whether a text is HTML (True), is not (False), or could be either (None: let the name decide).

    >>> looks_like_html("<!-- x --><p>Hello <b>world</b></p>"), looks_like_html("I <3 you; use the <div> element.")
    (True, False)
    """
    if "<" not in text:
        return False
    start = _skip_prolog(text)
    if is_document(text, start):
        return True
    if text.startswith(("{", "["), start):
        return False  # JSON may hold any markup in its strings
    first = _TAG.match(text, start) or _UNKNOWN_TAG.match(text, start)
    if first is not None:
        return _is_fragment(text, first)
    document = _LINE_DOCUMENT.search(text, start, start + max(_PREAMBLE, len(text) // 8))
    if document is not None and _tag_figures(text[document.start() :]).lines_share > 0.3:
        return True
    return _covered_with_tags(_tag_figures(text))


def is_document(text: str, start: int | None = None) -> bool:
    """Whether a text begins (at `start`, behind what may stand before) as a whole HTML document does."""
    return _DOCUMENT.match(text, _skip_prolog(text) if start is None else start) is not None


def _skip_prolog(text: str) -> int:
    """Where the first thing stands that is not white space, a BOM, a comment or an XML declaration."""
    at = 0
    while at < len(text):
        char = text[at]
        if char.isspace() or char in "\ufeff\ufffd\0":
            at += 1
        elif text.startswith(("<!--", "<?"), at):
            closing = "-->" if text.startswith("<!--", at) else ">"
            end = text.find(closing, at + 2)
            if end < 0:
                return at
            at = end + len(closing)
        else:
            return at
    return at


def _is_fragment(text: str, first: re.Match[str]) -> bool | None:
    """A text that begins with a tag: HTML if the tag belongs into a head, is closed at the very end, or more follow.

    A tutorial's title may begin with a tag too ("<table>: the table element").
    """
    name = text[first.start() + 1 : first.end()].lower()
    closing = f"</{name}>"
    if name in ("title", "meta", "link", "script", "style") and _closed_soon(text, first.end(), closing):
        return True
    if text[-_PREAMBLE:].rstrip().lower().endswith(closing):
        return True
    figures = _tag_figures(text)
    if figures.count < 2:
        return None if "=" in text[first.end() : first.end() + 40].partition(">")[0] else False
    return True if figures.lines_share > 0.35 and figures.closing else None


def _closed_soon(text: str, at: int, closing: str) -> bool:
    """Whether a tag whose name ends at `at` has attributes or its end tag follows."""
    return "=" in text[at : at + 200].partition(">")[0] or closing in text[at : at + _HEAD].lower() or closing in text


@record(frozen=True, slots=True)
class _Tags:
    """Tags at the start and the end of a text: all, of blocks, closing; characters; the share of lines with a tag."""

    count: int
    blocks: int
    closing: int
    chars: int
    lines_share: float


def _tag_figures(text: str) -> _Tags:
    part = text if len(text) <= _HEAD + _TAIL else text[:_HEAD] + "\n" + text[-_TAIL:]
    lines = [line for line in part.split("\n") if line and not line.isspace()]
    count = blocks = closing = tagged = 0
    for line in lines:
        found = [(bool(m[1]), m[2] is not None) for m in _TAG.finditer(line)] if "<" in line else []
        count += len(found)
        closing += sum(closes for closes, _ in found)
        blocks += sum(is_block for _, is_block in found)
        tagged += bool(found)
    return _Tags(count, blocks, closing, len(part), tagged / max(len(lines), 1))


def _covered_with_tags(tags: _Tags) -> bool | None:
    """Text first, tags later: HTML only where block tags, many of them closing ones, run through all lines."""
    if tags.blocks < 3 or tags.closing * 4 < tags.count or tags.blocks * _DENSE < tags.chars:
        return False
    return True if tags.lines_share > 0.6 and tags.blocks > 10 else None
