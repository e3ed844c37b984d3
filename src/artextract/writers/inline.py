"""Inline Markdown: a range of a block's text with its marks.

The marks become a list of tokens (text, fixed markup, and the opening and closing delimiters of emphasis); when the
neighbours of every delimiter are known, those that CommonMark would not read as emphasis (section 6.2: left- and
right-flanking) become HTML tags instead, and the text between is escaped.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import field

from artextract.model import Block, Mark
from artextract.records import record
from artextract.writers.escape import code_span, escape_text
from artextract.writers.kept import clean
from artextract.writers.links import Addresses
from artextract.writers.notes import Notes

_DELIMITERS = {"strong": ("**", "strong"), "emphasis": ("*", "em"), "strike": ("~~", "del")}
_TAGS = {"superscript": "sup", "subscript": "sub", "highlight": "mark", "ruby": "ruby"}
_PASSES = 4  # of the decision about delimiters; what is not settled then becomes tags
_LEAVES = frozenset(("code", "formula", "footnote"))
_RANK = {"link": 0, "strong": 1, "emphasis": 2, "strike": 3, "highlight": 4, "code": 9, "formula": 9, "footnote": 9}


@record(slots=True)
class Context:
    """What inline Markdown depends on besides the block.

    `seen` holds the addresses of images that were shown, and whether the first time was in text.
    """

    notes: Notes
    addresses: Addresses
    links: bool = True
    images: bool = True
    seen: dict[str, bool] = field(default_factory=dict)


@record(slots=True)
class _Token:
    kind: str  # text, raw, code, open, close
    text: str
    mark: str = ""  # of a delimiter: strong, emphasis, strike
    pair: int = -1  # of an opening delimiter: the index of its closing one
    in_link: bool = False


def inline(block: Block, start: int, end: int, marks: Sequence[Mark], context: Context) -> str:
    """`block.text[start:end]` as inline Markdown; line feeds of the text stay (a hard break is the caller's business).

    `marks` are those that touch the range, in order of their start.
    """
    if not marks:
        return _escaped_start(escape_text(clean(block.text[start:end])))
    tokens = _Tokens(block, context).build(start, end, marks)
    _decide_delimiters(tokens)
    written = _write(tokens)
    return _escaped_start(written) if tokens and tokens[0].kind == "text" else written


def _escaped_start(text: str) -> str:
    """Text that would be read as the definition of a link (`[a]: b`) or of a note with its start escaped."""
    return "\\" + text if text.startswith("[") and "]:" in text else text


class _Tokens:
    """Turns nested or crossing marks into tokens; a mark that crosses the end of one around it is cut there."""

    def __init__(self, block: Block, context: Context) -> None:
        self._block = block
        self._context = context
        self._out: list[_Token] = []
        self._open: list[tuple[int, Mark, int, str]] = []  # end, mark, index of the opening token, closing markup
        self._at = 0
        self._images: set[str] = set()

    def build(self, start: int, end: int, marks: Sequence[Mark]) -> list[_Token]:
        self._at = start
        for mark, link in _with_links(marks):
            first, last = max(mark.start, start), min(mark.end, end)
            if mark.kind in ("image", "break") or (mark.kind == "footnote" and mark.start == mark.end):
                if first >= self._at:
                    self._point(mark, first, link)
            elif first < last:
                self._add(mark, first, last)
        self._close(end)
        self._text(end)
        for token in self._out:
            if token.kind == "code":
                token.kind, token.text = "raw", code_span(" ".join(token.text.split("\n")))
        return self._out

    def _add(self, mark: Mark, start: int, end: int) -> None:
        """One mark over [start, end)."""
        self._close(start)
        if self._open:
            end = min(end, self._open[-1][0])
        text = self._block.text
        start = max(start, self._at)
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start >= end or (mark.kind == "link" and not self._context.links):
            return
        kinds = [outer.kind for _, outer, _, _ in self._open]
        if mark.kind in _LEAVES:
            self._text(start)
            self._leaf(mark, start, end)
        elif mark.kind not in kinds:
            self._begin(mark, start, end)

    def _leaf(self, mark: Mark, start: int, end: int) -> None:
        text = clean(self._block.text[start:end])
        match mark.kind:
            case "code":
                self._code(text, start)
            case "formula":
                self._raw(_math(clean(mark.target).strip() or text))
            case _ if self._context.notes.has(mark):
                self._raw(f"[^{self._context.notes.of_mark(self._block, mark)}]")
            case _:
                self._raw(f"\\[{escape_text(self._context.notes.of_mark(self._block, mark), in_link=True)}\\]")
        self._at = end

    def _code(self, text: str, start: int) -> None:
        """Inline code; what follows directly on other code is one span with it (their backticks would merge)."""
        if self._out and self._out[-1].kind == "code" and self._at == start:
            self._out[-1].text += text
        else:
            self._out.append(_Token("code", text))

    def _begin(self, mark: Mark, start: int, end: int) -> None:
        """Open a mark that may hold others."""
        if mark.kind == "link":
            address = self._context.addresses.link(mark.target)
            if not address:
                return
            opening, closing = "[", f"]({address})"
        elif mark.kind in _DELIMITERS:
            start, end = _without_punctuation(self._block.text, start, end)
            opening = closing = _DELIMITERS[mark.kind][0]
        elif mark.kind in _TAGS:
            tag = _TAGS[mark.kind]
            reading = f"<rt>{escape_text(clean(mark.target))}</rt>" if tag == "ruby" else ""
            opening, closing = f"<{tag}>", f"{reading}</{tag}>"
        else:
            return
        self._text(start)
        if self._continues(mark.kind, start):
            self._out.pop()
            index = next(i for i in range(len(self._out) - 1, -1, -1) if self._out[i].pair == len(self._out))
        else:
            index = len(self._out)
            delimiter = mark.kind in _DELIMITERS
            self._out.append(_Token("open" if delimiter else "raw", opening, mark.kind if delimiter else ""))
        self._open.append((end, mark, index, closing))

    def _continues(self, kind: str, start: int) -> bool:
        """Whether emphasis of the same kind has just ended here: then it goes on instead."""
        last = self._out[-1] if self._out else None
        return last is not None and last.kind == "close" and last.mark == kind and self._at == start

    def _close(self, position: int) -> None:
        """Close what ends at or before `position`."""
        while self._open and self._open[-1][0] <= position:
            end, mark, index, closing = self._open[-1]
            self._text(end)
            self._open.pop()
            if mark.kind in _DELIMITERS:
                self._out[index].pair = len(self._out)
                self._out.append(_Token("close", closing, mark.kind))
            else:
                self._raw(closing)

    def _text(self, end: int) -> None:
        """Text up to `end`."""
        if end <= self._at:
            return
        text = clean(self._block.text[self._at : end])
        in_link = any(mark.kind == "link" for _, mark, _, _ in self._open)
        last = self._out[-1] if self._out else None
        if last is not None and last.kind == "text" and last.in_link == in_link:
            last.text += text
        else:
            self._out.append(_Token("text", text, in_link=in_link))
        self._at = end

    def _raw(self, markup: str) -> None:
        self._out.append(_Token("raw", markup))

    def _point(self, mark: Mark, position: int, link: Mark | None) -> None:
        """An image, a note without a sign, or a line break in a cell (elsewhere the text holds a line feed)."""
        around = [outer for end, outer, _, _ in self._open if end >= position and outer.kind == "link"]
        inside = any(link is not None and outer.target == link.target for outer in around)
        self._close(position - 1 if inside else position)
        if mark.kind == "image":
            self._image(mark, position, None if inside else link)
        elif mark.kind == "footnote":
            if self._context.notes.has(mark):
                self._text(position)
                self._raw(f"[^{self._context.notes.of_mark(self._block, mark)}]")
        elif self._block.kind == "table":
            self._text(position)
            self._raw("\n")

    def _image(self, mark: Mark, position: int, link: Mark | None) -> None:
        """An image in the text; a space after it, which the reader folded into the one before."""
        if mark.target in self._images:
            return
        self._images.add(mark.target)
        if written := image(mark, self._context, in_text=True):
            self._text(position)
            text = self._block.text
            before, after = text[position - 1 : position], text[position : position + 1]
            address = self._context.addresses.link(link.target) if link is not None and self._context.links else ""
            linked = f"[{written}]({address})" if address else written
            self._raw(linked + (" " if _blank(before) and not _blank(after) else ""))


def _with_links(marks: Sequence[Mark]) -> Iterator[tuple[Mark, Mark | None]]:
    """The marks in the order in which they begin; with an image the empty mark behind it, the link that it stands in.

    An image that is not part of the link that begins there stands before it.
    """
    pairs: list[tuple[Mark, Mark | None]] = []
    for mark in marks:
        last = pairs[-1] if pairs else None
        if mark.kind == "link" and mark.start == mark.end and last is not None and last[0].kind == "image":
            pairs[-1] = (last[0], mark) if last[0].start == mark.start else last
        else:
            pairs.append((mark, None))
    links = {(mark.start, mark.target) for mark in marks if mark.kind == "link" and mark.start < mark.end}

    def begins(pair: tuple[Mark, Mark | None]) -> tuple[int, float, int]:
        mark, link = pair
        before = mark.kind == "image" and (link is None or (mark.start, link.target) not in links)
        return mark.start, -math.inf if before else -mark.end, _RANK.get(mark.kind, 5)

    return iter(sorted(pairs, key=begins))


def _blank(character: str) -> bool:
    return not character or character.isspace()


def image(mark: Mark, context: Context, in_text: bool = False) -> str:
    """`![alt](src)`, or "" for one that was shown before, has no address that could be shown, or is not wanted.

    What stands only in text (a formula, a flag) may stand there again.
    """
    if not context.images:
        return ""
    address = context.addresses.image(mark.target)
    if not address or not (context.seen.get(address, True) if in_text else address not in context.seen):
        return ""
    context.seen.setdefault(address, in_text)
    return f"![{escape_text(' '.join(clean(mark.title).split()), in_link=True)}]({address})"


def _math(tex: str) -> str:
    return f"${' '.join(tex.split())}$"


def _without_punctuation(text: str, start: int, end: int) -> tuple[int, int]:
    """Emphasis without the punctuation at its edges that would keep Markdown from seeing it.

    In `**你好。**世界` the second delimiter stands between punctuation and a letter: it closes nothing. With the full
    stop outside it does.
    """
    first, last = start, end
    if end < len(text) and _letter(text[end]):
        while last > first and last > end - 4 and not _letter(text[last - 1]):
            last -= 1
    if start > 0 and _letter(text[start - 1]):
        while first < last and first < start + 4 and not _letter(text[first]):
            first += 1
    return (first, last) if first < last and _letter(text[first]) and _letter(text[last - 1]) else (start, end)


def _letter(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character)[0] not in "PS"


def _decide_delimiters(tokens: list[_Token]) -> None:
    """Turn emphasis that Markdown would not see into tags, until nothing changes; a tag may spoil its neighbours."""
    pairs = _pairs(tokens)
    for _ in range(_PASSES):
        spoilt = 0
        for opening, closing, inside in reversed(pairs):
            if tokens[opening].kind == "open" and not _seen_as_emphasis(tokens, opening, closing, inside):
                _as_tags(tokens, opening, closing)
                spoilt += 1
        if not spoilt:
            return
    for opening, closing, _inside in pairs:
        _as_tags(tokens, opening, closing)


def _pairs(tokens: list[_Token]) -> list[tuple[int, int, bool]]:
    """Opening and closing delimiter of all emphasis, and whether it is inside of other with the same character.

    Emphasis that opens in one run with what is around it (`***`) is not inside.
    """
    pairs: list[tuple[int, int, bool]] = []
    around: list[int] = []
    for i, token in enumerate(tokens):
        while around and tokens[around[-1]].pair < i:
            around.pop()
        if token.kind == "open":
            run = i
            while run and tokens[run - 1].kind == "open":
                run -= 1
            pairs.append((i, token.pair, any(tokens[o].text[0] == token.text[0] and o < run for o in around)))
            around.append(i)
    return pairs


def _as_tags(tokens: list[_Token], opening: int, closing: int) -> None:
    if tokens[opening].kind == "open":
        tag = _DELIMITERS[tokens[opening].mark][1]
        tokens[opening].kind = tokens[closing].kind = "raw"
        tokens[opening].text, tokens[closing].text = f"<{tag}>", f"</{tag}>"


def _seen_as_emphasis(tokens: list[_Token], opening: int, closing: int, inside: bool) -> bool:
    """Whether both delimiters flank as they must (CommonMark 6.2), whatever counts as punctuation."""
    before, after = _around(tokens, opening)
    if before is None or after is None or not _flanks(after, before):
        return False
    if inside and not _only_opens(before, after):
        return False
    before, after = _around(tokens, closing)
    return before is not None and after is not None and _flanks(before, after)


def _only_opens(before: str, after: str) -> bool:
    """Whether a delimiter between these can open emphasis and by no means close what is open around it."""
    return not before or before.isspace() or (_certainly_punctuation(before) and _letter(after))


def _certainly_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] == "P" or character in "$+<=>^`|~"


def _around(tokens: list[_Token], index: int) -> tuple[str | None, str | None]:
    """The characters around the run of delimiters at `index`; None where runs that open and close would merge."""
    kind, character = tokens[index].kind, tokens[index].text[0]
    found: list[str | None] = []
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(tokens) and tokens[at].kind == kind and tokens[at].text[0] == character:
            at += step
        if not 0 <= at < len(tokens):
            found.append("")
        elif tokens[at].kind in ("open", "close") and tokens[at].text[0] == character:
            found.append(None)
        else:
            found.append(tokens[at].text[-1 if step < 0 else 0])
    return found[0], found[1]


def _flanks(inner: str, outer: str) -> bool:
    """Whether a delimiter with `inner` on the side of its text and `outer` on the other flanks the text."""
    if not inner or inner.isspace():
        return False
    return _letter(inner) or not outer or outer.isspace() or _certainly_punctuation(outer)


def _write(tokens: list[_Token]) -> str:
    out: list[str] = []
    dollars = sum("$" in token.text for token in tokens) > 1
    for i, token in enumerate(tokens):
        if token.kind != "text":
            out.append(token.text)
            continue
        before = out[-1][-1:] if out else ""
        after = tokens[i + 1].text[:1] if i + 1 < len(tokens) else ""
        text = escape_text(token.text, before, after, token.in_link, dollars)
        if before == "]" and text.startswith(":"):
            text = "\\" + text
        out.append(text)
    return "".join(out)
