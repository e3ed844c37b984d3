"""The lines of a text dump: where each begins and ends, what it starts with, how far it is indented.

Only lines that show something become a `Line`; empty ones are counted in the `blank` of the next. Line ends are those
of `str.splitlines` (LF, CR, CR LF, VT, FF, FS to RS, NEL, U+2028, U+2029); numbers count LF, CR and CR LF only, as
editors do. Everything here is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from artextract.invisible import INVISIBLE, INVISIBLE_RE
from artextract.lazy import lazy_pattern
from artextract.readers.text_starts import PLAIN, may_start, start_of
from artextract.records import record

SEGMENT = 250_000  # characters that are split into lines at a time: bounds the memory of millions of short lines

_SPACE = (  # all that `str.isspace` holds true of
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
_NOT_SEEN = _SPACE + "".join(sorted(INVISIBLE))
_LEAD_RE = lazy_pattern("[" + re.escape(_NOT_SEEN) + "]*")
_LINE_END_RE = lazy_pattern("\r{0,3}\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
LINE_END_RE = lazy_pattern("\r{0,3}\n|\r")
"""The line ends that numbers count."""

_UNCOUNTED_END_RE = lazy_pattern("[\v\f\x1c-\x1e\x85\u2028\u2029]")


@record(slots=True, eq=False)
class Line:
    """One line that shows something.

    `start` and `end` are offsets in the decoded text of its first character and after its last; `lead` is how many
    characters stand before `start` on the line. `text` is the line without space around it and without invisible
    characters; inside, space is as it was. `mark` are the characters before `text` that a container took (`>`).
    """

    number: int
    start: int
    end: int
    lead: int
    indent: int  # columns
    blank: int  # empty lines above it
    text: str
    kind: str  # what it starts with; see text_starts
    mark: str = ""

    @property
    def length(self) -> int:
        """Code points from the left edge to its last character."""
        return self.lead + self.end - self.start


def segments(text: str, size: int = SEGMENT) -> Iterator[tuple[int, int]]:
    """Cut the text behind line ends into pieces of about `size` characters."""
    begin, length = 0, len(text)
    while begin < length:
        found = _LINE_END_RE.search(text, begin + size) if length - begin > size else None
        end = found.end() if found else length
        yield begin, end
        begin = end


class LineSplitter:
    """Splits segment after segment and remembers the line number and the empty lines at the seam.

    `tab`: columns between tab stops, 8 on terminals, 4 in Markdown.
    """

    def __init__(self, text: str, tab: int = 8) -> None:
        self.text = text
        self.tab = tab
        self.number = 1
        self.blank = 0
        self.dirty = INVISIBLE_RE.search(text) is not None
        self.uncounted = _UNCOUNTED_END_RE.search(text) is not None
        self.stuttering = "\r\r\n" in text

    def lines(self, begin: int, end: int) -> list[Line]:
        """The lines of one segment."""
        found: list[Line] = []
        number, blank, position = self.number, self.blank, begin
        for raw in self._split(begin, end):
            body = raw.strip()
            if body and self.dirty:
                body = INVISIBLE_RE.sub("", body).strip()
            if body:
                bare = raw.lstrip(" ")
                indent = lead = len(raw) - len(bare)
                size = len(body)
                if bare[0] != body[0] or self.dirty:
                    lead, size, indent = _extent(raw, self.tab)
                start = position + lead
                kind = start_of(body, indent) if may_start(body) else PLAIN
                found.append(Line(number, start, start + size, lead, indent, blank, body, kind))
                blank = 0
            else:
                blank += 1
            position += len(raw)
            if not self.uncounted or raw[-1] in "\r\n":
                number += 1
        self.number, self.blank = number, blank
        return found

    def _split(self, begin: int, end: int) -> list[str]:
        piece = self.text if begin == 0 and end == len(self.text) else self.text[begin:end]
        if not self.stuttering:
            return piece.splitlines(keepends=True)
        cuts = [0, *(m.end() for m in _LINE_END_RE.finditer(piece)), len(piece)]
        return [piece[a:b] for a, b in pairwise(cuts) if a < b]


def _extent(raw: str, tab: int) -> tuple[int, int, int]:
    """Characters before the first visible one, from there to the last, and the columns before it."""
    match = _LEAD_RE.match(raw)
    lead = match.end() if match else 0
    return lead, len(raw.rstrip(_NOT_SEEN)) - lead, _columns(raw[:lead], tab) if lead else 0


def _columns(space: str, tab: int) -> int:
    """Columns of leading white space: a tab goes to the next multiple of `tab`, an ideographic space takes two."""
    shown = INVISIBLE_RE.sub("", space)
    return len(shown.expandtabs(tab)) + shown.count("\u3000")
