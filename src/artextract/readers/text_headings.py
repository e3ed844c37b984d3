"""Headings of a plain text, by what stands around a short line.

Signs are taken elsewhere (`#`, lines of === or ---). Here: in a dump with a left margin, lines that stand left of it or
are centred (lynx, man pages); elsewhere a short line between empty lines, without an end of sentence, above a
paragraph that is longer.
"""

from __future__ import annotations

from artextract.lazy import lazy_pattern
from artextract.readers.text_drafts import Draft, Dump
from artextract.scripts import width

MAX_WIDTH = 90  # columns
MIN_BODY = 80  # columns of the paragraph under a heading
CENTRED = 12  # columns right of the margin

_NOT_TITLE_RE = lazy_pattern(
    r"[\[（(【<©|•·\"“'‘*_]"  # brackets, signs and quotes open other things
    r"|[^:：]{1,20}[:：]."  # a key and its value
    r"|(?i:by|von|par|por|di|da|od|автор)\s"
    r"|[\d\s./:,年月日-]+$"
)
_NO_END = frozenset('.,;:。，；：、!！…|>»-—)）]】"”')
_NUMBER_RE = lazy_pattern(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+\S")
_LETTER_RE = lazy_pattern(r"[^\W\d_]")


def mark_headings(drafts: list[Draft], dump: Dump) -> None:
    """Turn paragraphs into headings."""
    layout = dump.layout
    below: Draft | None = None
    for draft in reversed(drafts):
        if draft.kind == "paragraph" and (below is None or below.blank) and not draft.containers:
            level = _outdented_level(draft, dump) if layout.outdented else _set_off_level(draft, below)
            if level:
                draft.kind, draft.level = "heading", level
        below = draft


def _outdented_level(draft: Draft, dump: Dump) -> int:
    """The level of a heading in a dump with a left margin; 0 for none. lynx centres h1 and writes h2 at the edge."""
    layout = dump.layout
    if len(draft.lines) > 4 or not _LETTER_RE.search(draft.text) or draft.text[-1] in ",，、;；":
        return 0
    line = draft.lines[0]
    if line.indent < layout.margin:
        return 2
    right = (layout.wrap or 80) - line.length
    centred = line.indent >= layout.margin + CENTRED and abs(line.indent - layout.margin - right) <= 8
    return 1 if centred and (line.blank or line.number == 1) and len(draft.lines) == 1 else 0


def _set_off_level(draft: Draft, below: Draft | None) -> int:
    """The level of a short line between empty ones above a paragraph; 0 for none."""
    text = draft.text
    if below is None or len(draft.lines) > 1 or len(text) > MAX_WIDTH or text[-1] in _NO_END:
        return 0
    if not draft.blank and draft.lines[0].number > 1:
        return 0
    if not (below.kind == "heading" or (below.kind == "paragraph" and width(below.text[:MIN_BODY]) >= MIN_BODY)):
        return 0
    if (below.kind == "paragraph" and len(below.text) <= len(text)) or width(text) > MAX_WIDTH:
        return 0
    if _NOT_TITLE_RE.match(text) or not _LETTER_RE.search(text):
        return 0
    number = _NUMBER_RE.match(text)
    return min(number.group(1).count(".") + 2, 6) if number else 2
