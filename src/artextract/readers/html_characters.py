"""The visible characters of a page, each with its offset in the markup: our own linear scan.

lxml keeps no offsets. Who wants to cite a place of a page (`--blocks`, the report) pays for one more pass over the
markup, which follows the tokenizer of HTML (https://html.spec.whatwg.org/multipage/parsing.html#tokenization) as far as
telling text from markup goes: tags with quoted attributes, comments, raw text, character references. It makes no tree;
`artextract.places` aligns what it finds with the blocks that the tree gave.
"""

from __future__ import annotations

import re
from array import array
from functools import cache
from html import unescape

from artextract.invisible import INVISIBLE, INVISIBLE_RE
from artextract.lazy import lazy_pattern

_WORD = lazy_pattern(r"\S+")
_RAW = frozenset(("script", "style", "iframe", "noembed", "noframes", "xmp"))
_SILENT = frozenset(("script", "style"))
_REFERRING = frozenset(("textarea", "title"))  # references are decoded in them, tags are not


@cache
def _tag() -> re.Pattern[str]:
    """A whole tag: quotes count only behind `=`. One match looks at nothing twice."""
    return re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)(?:[^>=]++|=(?>\s*+(?:"[^"]*+"|'[^']*+')|))*+>""")


_MOST_FAILURES = 20
"""Tags that nothing ends, each of which costs a look at all that follows; then a tag ends at the next `<` or `>`."""


@cache
def _plain_tag() -> re.Pattern[str]:
    return re.compile(r"<(/?)([a-zA-Z][^\s/<>]*+)[^<>]*+>")


@cache
def _reference() -> re.Pattern[str]:
    """A character reference, with or without its semicolon (as `html.unescape` reads them)."""
    return re.compile(r"&(?:#[0-9]{1,10};?|#[xX][0-9a-fA-F]{1,8};?|[a-zA-Z][a-zA-Z0-9]{1,31};?)")


class Characters:
    """Visible characters in order (`text`: no white space, nothing invisible) and where each begins.

    `gaps` are where scripts, style sheets and templates stand, and what a simple way of taking tags out (`<[^>]*>`)
    would be wrong about: a `<` that is text, a `>` within a tag or a comment. Who cites a place needs no parser then.
    `starts` are code point offsets in the input; a character that a reference stands for ends at `ends[index]`, any
    other one behind its start.
    """

    __slots__ = ("ends", "gaps", "starts", "text")

    def __init__(self) -> None:
        self.text = ""
        self.gaps: list[int] = []  # indexes before which something stands that is more than plain tags
        self.starts = array("L")
        self.ends: dict[int, int] = {}

    def end(self, index: int) -> int:
        """Where the character ends in the input."""
        return self.ends.get(index) or self.starts[index] + 1


class _Scan:
    """The state of one scan."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.found = Characters()
        self.pieces: list[str] = []
        self.size = 0
        self.silent = 0  # depth of <template>
        self.endless: set[str] = set()  # elements of raw text that nothing closes from here on
        self.failures = 0  # tags that nothing ends

    def done(self) -> Characters:
        self.found.text = "".join(self.pieces)
        return self.found

    def plain(self, start: int, end: int) -> None:
        """Text without references."""
        for match in _WORD.finditer(self.source, start, end):
            word, at = match[0], match.start()
            if word.isprintable():
                self.pieces.append(word)
                self.found.starts.extend(range(at, at + len(word)))
                self.size += len(word)
            else:
                self._odd(word, at)

    def _odd(self, word: str, at: int) -> None:
        for offset, character in enumerate(word, at):
            if character not in INVISIBLE:
                self.pieces.append("\ufffd" if "\ud800" <= character <= "\udfff" else character)
                self.found.starts.append(offset)
                self.size += 1

    def text(self, start: int, end: int) -> None:
        """Text with references."""
        if self.silent:
            return
        if self.source.find("&", start, end) < 0:
            self.plain(start, end)
            return
        at = start
        for match in _reference().finditer(self.source, start, end):
            self.plain(at, match.start())
            at = match.end()
            self._referred(match[0], match.start(), at)
        self.plain(at, end)

    def _referred(self, reference: str, start: int, end: int) -> None:
        said = unescape(reference)
        if said == reference:
            self.plain(start, end)
            return
        if said == "\ufffd" and reference[1] == "#":
            said = ""  # the reader leaves out references to control characters
        for character in INVISIBLE_RE.sub("", "".join(said.split())):
            self.pieces.append(character)
            self.found.starts.append(start)
            self.found.ends[self.size] = end
            self.size += 1


def characters_of_markup(source: str) -> Characters:
    """The visible characters of all text of a page but scripts, styles, templates and comments, in order."""
    scan = _Scan(source)
    at = 0
    while (start := source.find("<", at)) >= 0:
        scan.text(at, start)
        markup = _markup(scan, start)
        if markup is None:  # a `<` that is text
            scan.plain(start, start + 1)
            scan.found.gaps.append(scan.size)
            at = start + 1
        else:
            if source.find(">", start, markup[0] - 1) >= 0:
                scan.found.gaps.append(scan.size)
            at = _behind(scan, *markup)
    scan.text(at, len(source))
    return scan.done()


def characters_of_text(source: str) -> Characters:
    """The same for a text dump: all visible characters."""
    scan = _Scan(source)
    scan.plain(0, len(source))
    return scan.done()


def _markup(scan: _Scan, start: int) -> tuple[int, str] | None:
    """Where the markup at `start` ends, and the name of the element that it opens (`/name`: closes, "": neither)."""
    source = scan.source
    following = source[start + 1 : start + 2]
    if following == "!" and source.startswith("--", start + 2):
        return _comment(source, start), ""
    if following in ("!", "?") or (following == "/" and not source[start + 2 : start + 3].isalpha()):
        end = source.find(">", start)
        return (end + 1 if end >= 0 else len(source)), ""
    if not (following.isalpha() or following == "/"):
        return None
    match = _tag().match(source, start) if scan.failures < _MOST_FAILURES else _plain_tag().match(source, start)
    if match is None:
        scan.failures += 1
        return None
    return match.end(), match[1] + match[2].lower()


def _comment(source: str, start: int) -> int:
    """The end of a comment; one that nothing closes ends at the next `>`, as the reader mends it."""
    if source.startswith((">", "->"), start + 4):
        return source.index(">", start) + 1
    end = source.find("-->", start + 4)
    if end >= 0:
        return end + 3
    end = source.find(">", start)
    return end + 1 if end >= 0 else len(source)


def _behind(scan: _Scan, end: int, name: str) -> int:
    """Where text goes on behind a tag: behind the end of an element of raw text, else at once."""
    if name == "template":
        scan.silent += 1
        scan.found.gaps.append(scan.size)
    elif name == "/template":
        scan.silent = max(scan.silent - 1, 0)
    if name not in _RAW and name not in _REFERRING:
        return end
    close = _closing(name).search(scan.source, end) if name not in scan.endless else None
    if close is None:
        scan.endless.add(name)
        return end
    if name in _SILENT or scan.source.find("<", end, close.start()) >= 0:
        scan.found.gaps.append(scan.size)  # what looks like a tag in raw text is none: such text is left out, too
    elif name in _REFERRING:
        scan.text(end, close.start())
    elif not scan.silent:
        scan.plain(end, close.start())
    return close.start()


@cache
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.I)
