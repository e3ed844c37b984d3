"""Inline Markdown: emphasis, links, images, code, footnote marks and inline HTML of one block.

After CommonMark 0.31, chapter 6, with GFM's strikethrough: `text` gets what is shown, `marker` every character of the
syntax, `marks` the ranges. Three passes, each linear: cut into tokens and match brackets; match the runs of `*`, `_`
and `~~`; render. Character references (`&amp;`) stay as they are written: what is conserved must be in the input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from artextract.lazy import lazy_pattern
from artextract.model import Mark, MarkKind
from artextract.records import record
from artextract.scripts import is_unspaced

MAX_SEARCH = 64  # openers that are asked for one closing run, brackets that are open
MAX_URL = 2_000
MAX_LABEL = 200

_SPECIAL_RE = lazy_pattern(
    r"\\[!-/:-@\[-`{-~]|`+|\$\$?|!\[|\[\^[^\s\[\]]{1,80}\]|[\[\]<]|\*+|_+|~~|(?<![\w/])https?://[^\s<>\[\]()|*`\\]{1,2000}"
)
_CHAR = r"(?:[^\s()<>\\]|\\.)"  # of an address; brackets come in pairs
_DESTINATION = (
    rf"(?:<([^<>\n]{{0,{MAX_URL}}})>|({_CHAR}{{0,{MAX_URL}}}(?:\({_CHAR}{{0,200}}\){_CHAR}{{0,500}}){{0,3}}))"
)
_TITLE = r"(?:\s{1,9}(?:\"((?:[^\"\\]|\\.){0,500})\"|'((?:[^'\\]|\\.){0,500})'|\(((?:[^()\\]|\\.){0,500})\)))?"
_TAIL_RE = lazy_pattern(rf"\(\s{{0,9}}{_DESTINATION}{_TITLE}\s{{0,9}}\)", re.DOTALL)
_REFERENCE_RE = lazy_pattern(r"\[([^\[\]]{0,200})\]")
_AUTOLINK_RE = lazy_pattern(
    rf"<(https?://[^\s<>]{{1,{MAX_URL}}}|mailto:[^\s<>]{{1,300}}|[\w.+-]{{1,64}}@[\w.-]{{1,250}})>"
)
_TAG_RE = lazy_pattern(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,30})((?:\s[^<>]{0,2000})?)/?>")
_ATTRIBUTE_RE = lazy_pattern(
    r"\b(src|href|alt|title)\s?=\s?(?:\"([^\"<>]{0,2000})\"|'([^'<>]{0,2000})')", re.IGNORECASE
)
_ESCAPE_RE = lazy_pattern(r"\\([!-/:-@\[-`{-~])")
_EMPHASIS_RE = lazy_pattern(r"[*`]+|~~")
_MATH_RE = lazy_pattern(r"\$(?=[^\s$])((?:[^$\\]|\\.){1,2000}?)(?<!\s)\$(?![0-9$])", re.DOTALL)
_DISPLAY_RE = lazy_pattern(r"\$\$((?:[^$\\]|\\.|\$(?!\$)){1,8000}?)\$\$", re.DOTALL)
_URL_END = ".,;:!?'\"_~"

_TAG_KINDS: dict[str, MarkKind] = {
    "sup": "superscript", "sub": "subscript", "mark": "highlight", "b": "strong", "strong": "strong", "i": "emphasis",
    "em": "emphasis", "del": "strike", "s": "strike", "code": "code", "kbd": "code", "samp": "code", "a": "link",
}  # fmt: skip

Definitions = dict[str, tuple[str, str]]
"""Folded label -> (address, title) of link reference definitions; footnotes as `^label` -> ("", "")."""


@record(slots=True)
class Inline:
    """What a block's source shows: its text, the marks over it, and the characters of the syntax."""

    text: str
    marks: tuple[Mark, ...] = ()
    marker: str = ""


@record(slots=True, eq=False)
class _Run:
    """A run of `*`, `_` or `~~`: its tokens are `first` to `first + count`, one character each."""

    sign: str
    first: int
    count: int
    opens: bool
    closes: bool
    size: int


@record(slots=True, eq=False)
class _Scan:
    """Tokens (what they say, whether they are syntax) and what is known of them."""

    source: str
    definitions: Definitions
    words: list[str] = field(default_factory=list)
    syntax: list[bool] = field(default_factory=list)
    spans: list[tuple[int, int, MarkKind, str, str]] = field(default_factory=list)  # over tokens
    runs: list[_Run] = field(default_factory=list)
    brackets: list[tuple[int, int, bool]] = field(default_factory=list)  # token, offset behind it, of an image
    tags: list[tuple[str, int, str]] = field(default_factory=list)  # open HTML tags
    ruby: int = -1  # token at which the characters of the next reading begin
    scopes: dict[int, bool] = field(default_factory=dict)  # token of a link's bracket -> whether it opens
    ticks: dict[int, list[int]] | None = None  # length -> offsets of runs of backticks, last first
    link_floor: int = -1  # brackets before this token cannot open a link: links do not nest
    comments: bool = True  # whether there may be a `-->` ahead

    def add(self, text: str, syntax: bool = False) -> int:
        self.words.append(text)
        self.syntax.append(syntax)
        return len(self.words) - 1


def definition_label(text: str) -> str:
    """A label as definitions and references are compared."""
    return " ".join(text.split()).casefold()


def parse_inline(source: str, definitions: Definitions) -> Inline:
    """The inline content of one block; a line feed in `source` is a hard break.

    >>> parse_inline("*so* [it](u 't') is", {})
    Inline(text='so it is', marks=(Mark(start=0, end=2, kind='emphasis', target='', title=''), \
Mark(start=3, end=5, kind='link', target='u', title='t')), marker="* * [ ](u 't')")
    """
    if _SPECIAL_RE.search(source) is None:
        return Inline(source)
    scan = _Scan(source, definitions)
    at = 0
    while (match := _SPECIAL_RE.search(source, at)) is not None:
        if match.start() > at:
            scan.add(source[at : match.start()])
        at = _take(scan, match.group(), match.start())
    if at < len(source):
        scan.add(source[at:])
    _match_runs(scan)
    return _render(scan)


def _take(scan: _Scan, sign: str, at: int) -> int:
    """Make tokens of what starts with `sign` at offset `at`; the offset behind them."""
    first = sign[0]
    if first == "\\":
        scan.add("\\", True)
        scan.add(sign[1])
    elif first == "`":
        return _take_code(scan, sign, at)
    elif first == "$":
        return _take_math(scan, sign, at)
    elif first in "*_~":
        _take_run(scan, sign, at)
    elif sign == "]":
        return _take_close(scan, at)
    elif sign.startswith("[^"):
        _take_footnote(scan, sign)
    elif first in "[!":
        scan.brackets.append((scan.add(sign), at + len(sign), first == "!"))
        del scan.brackets[:-MAX_SEARCH]
    elif first == "<":
        return _take_angle(scan, at)
    else:
        return _take_url(scan, sign, at)
    return at + len(sign)


def _take_code(scan: _Scan, sign: str, at: int) -> int:
    """A code span: up to the next run of as many backticks; a run without a partner is text."""
    if scan.ticks is None:
        scan.ticks = {}
        for match in re.finditer("`+", scan.source):
            scan.ticks.setdefault(match.end() - match.start(), []).append(match.start())
        for places in scan.ticks.values():
            places.reverse()
    after = at + len(sign)
    places = scan.ticks.get(len(sign), [])
    while places and places[-1] < after:
        places.pop()
    if not places:
        scan.add(sign)
        return after
    end = places.pop()
    scan.add(sign, True)
    token = scan.add(scan.source[after:end].strip())
    scan.add(sign, True)
    scan.spans.append((token, token + 1, "code", "", ""))
    return end + len(sign)


def _take_math(scan: _Scan, sign: str, at: int) -> int:
    """A formula between dollar signs, as Pandoc tells it from prices: no space inside of them, no digit behind."""
    match = (_MATH_RE if len(sign) == 1 else _DISPLAY_RE).match(scan.source, at)
    if match is None or not match.group(1).strip():
        scan.add(sign)
        return at + len(sign)
    tex = " ".join(match.group(1).split())
    scan.add(sign, True)
    token = scan.add(tex)
    scan.add(sign, True)
    scan.spans.append((token, token + 1, "formula", tex, ""))
    return match.end()


def _take_run(scan: _Scan, sign: str, at: int) -> None:
    before = scan.source[at - 1 : at] or " "
    behind = scan.source[at + len(sign) : at + len(sign) + 1] or " "
    left = not behind.isspace() and (_is_word(behind) or not _is_word(before))
    right = not before.isspace() and (_is_word(before) or not _is_word(behind))
    opens, closes = left, right
    if sign[0] == "_":
        opens = left and not before.isalnum()
        closes = right and not behind.isalnum()
    first = len(scan.words)
    for character in sign:
        scan.add(character)
    scan.runs.append(_Run(sign[0], first, len(sign), opens, closes, len(sign)))


def _is_word(character: str) -> bool:
    """A letter or digit, but none of Chinese or Japanese: those put no space before emphasis."""
    return character.isalnum() and not is_unspaced(character)


def _take_footnote(scan: _Scan, sign: str) -> None:
    label = sign[2:-1]
    if "^" + definition_label(label) not in scan.definitions:
        scan.add(sign)
        return
    scan.add("[^", True)
    token = scan.add(label)
    scan.add("]", True)
    scan.spans.append((token, token + 1, "footnote", label, ""))


def _take_close(scan: _Scan, at: int) -> int:
    """`]`: the end of a link or an image if an address or a known label follows."""
    if not scan.brackets:
        scan.add("]")
        return at + 1
    opener, inside, image = scan.brackets.pop()
    found = _target(scan, inside, at) if image or opener > scan.link_floor else None
    if found is None:
        scan.add("]")
        return at + 1
    end, address, title = found
    scan.syntax[opener] = True
    closer = scan.add(scan.source[at:end], True)
    if image:
        _make_image(scan, opener, closer, address)
    else:
        _link_images(scan, opener, address, title)
        scan.spans.append((opener + 1, closer, "link", address, title))
        scan.scopes[opener], scan.scopes[closer] = True, False
        scan.link_floor = opener
    return end


def _link_images(scan: _Scan, opener: int, address: str, title: str) -> None:
    """Behind the mark of each image in a link an empty one of the link, as in HTML."""
    for at in range(len(scan.spans) - 1, max(len(scan.spans) - MAX_SEARCH, 0) - 1, -1):
        start, _, kind, _, _ = scan.spans[at]
        if start <= opener:
            return
        if kind == "image":
            scan.spans.insert(at + 1, (start, start, "link", address, title))


def _target(scan: _Scan, inside: int, at: int) -> tuple[int, str, str] | None:
    """(offset behind, address, title) of what follows the `]` at offset `at`."""
    tail = _TAIL_RE.match(scan.source, at + 1)
    if tail is not None:
        address = tail.group(1) if tail.group(1) is not None else tail.group(2)
        return tail.end(), _unescape(address), _unescape(next((t for t in tail.groups()[2:] if t), ""))
    own = scan.source[inside:at] if at - inside <= MAX_LABEL else ""
    reference = _REFERENCE_RE.match(scan.source, at + 1)
    choices = [(own, at + 1)] if reference is None else [(reference.group(1) or own, reference.end()), (own, at + 1)]
    for name, end in choices:
        known = scan.definitions.get(definition_label(name)) if name else None
        if known is not None:
            return end, *known
    return None


def _unescape(text: str) -> str:
    return _ESCAPE_RE.sub(r"\1", text) if "\\" in text else text


def _make_image(scan: _Scan, opener: int, closer: int, address: str) -> None:
    """The alternative text is no text of the page: its tokens become syntax."""
    alternative = "".join(
        word for word, syntax in zip(scan.words[opener + 1 : closer], scan.syntax[opener + 1 : closer], strict=True)
        if not syntax
    )  # fmt: skip
    for token in range(opener + 1, closer):
        scan.syntax[token] = True
    while scan.runs and scan.runs[-1].first > opener:
        scan.runs.pop()
    while scan.spans and scan.spans[-1][0] > opener:
        scan.spans.pop()
    scan.spans.append((closer, closer, "image", address, " ".join(_EMPHASIS_RE.sub("", alternative).split())))


def _take_angle(scan: _Scan, at: int) -> int:
    source = scan.source
    if (match := _AUTOLINK_RE.match(source, at)) is not None:
        address = match.group(1)
        scan.add("<", True)
        token = scan.add(address)
        scan.add(">", True)
        target = f"mailto:{address}" if "@" in address and ":" not in address else address
        scan.spans.append((token, token + 1, "link", target, ""))
        return match.end()
    if (match := _TAG_RE.match(source, at)) is not None:
        _take_tag(scan, match)
        return match.end()
    if scan.comments and source.startswith("<!--", at):
        end = source.find("-->", at + 4)
        if end >= 0:
            scan.add(source[at : end + 3], True)
            return end + 3
        scan.comments = False
    scan.add("<")
    return at + 1


def _take_tag(scan: _Scan, match: re.Match[str]) -> None:
    token = scan.add(match.group(), True)
    name = match.group(2).lower()
    attributes = {m.group(1).lower(): m.group(2) or m.group(3) or "" for m in _ATTRIBUTE_RE.finditer(match.group(3))}
    if name == "br":
        scan.add("\n")
    elif name == "img":
        scan.spans.append((token, token, "image", attributes.get("src", ""), attributes.get("alt", "")))
    elif name in ("ruby", "rt"):
        _take_ruby(scan, name, bool(match.group(1)), token)
    elif name in _TAG_KINDS and not match.group(1):
        scan.tags.append((name, token, attributes.get("href", "")))
        del scan.tags[:-MAX_SEARCH]
    elif name in _TAG_KINDS and any(open_tag[0] == name for open_tag in scan.tags):
        while (open_tag := scan.tags.pop())[0] != name:
            pass
        if name != "a" or open_tag[2]:
            scan.spans.append((open_tag[1] + 1, token, _TAG_KINDS[name], open_tag[2], ""))


def _take_ruby(scan: _Scan, name: str, closes: bool, token: int) -> None:
    """A reading is no text; it is a mark on the characters before it."""
    if name == "ruby":
        scan.ruby = -1 if closes else token + 1
    elif not closes:
        scan.tags.append((name, token, ""))
    elif scan.ruby >= 0 and scan.tags and scan.tags[-1][0] == name:
        opened = scan.tags.pop()[1]
        reading = "".join(scan.words[opened + 1 : token])
        for at in range(opened + 1, token):
            scan.syntax[at] = True
        scan.spans.append((scan.ruby, opened, "ruby", reading, ""))
        scan.ruby = token + 1


def _take_url(scan: _Scan, sign: str, at: int) -> int:
    """A bare address, less the punctuation behind it (GFM 6.9)."""
    address = sign.rstrip(_URL_END)
    token = scan.add(address)
    escaped = scan.source.startswith("\\", at + len(sign))  # then it goes on, and was no link where it was written
    if len(address) > len("https://") and not scan.brackets and not escaped:
        scan.spans.append((token, token + 1, "link", address, ""))
    return at + len(address)


def _match_runs(scan: _Scan) -> None:
    """Pair the runs of `*`, `_` and `~~`; those inside of a link among themselves."""
    openers: list[_Run | None] = []  # None: the edge of a link
    for run in _in_order(scan):
        if isinstance(run, bool):
            if run:
                openers.append(None)
            else:
                while openers and openers.pop() is not None:
                    pass
            continue
        if run.closes:
            _close(scan, run, openers)
        if run.opens and run.count:
            openers.append(run)


def _in_order(scan: _Scan) -> Iterator[_Run | bool]:
    """Runs, and the edges of links (True for an opening one), by their tokens."""
    events: list[tuple[int, _Run | bool]] = [(run.first, run) for run in scan.runs]
    events += scan.scopes.items()
    events.sort(key=lambda event: event[0])
    return (event for _, event in events)


def _close(scan: _Scan, run: _Run, openers: list[_Run | None]) -> None:
    while run.count and (place := _opener_of(run, openers)) is not None:
        opener = openers[place]
        assert opener is not None
        used = 2 if run.sign == "~" or (opener.count >= 2 and run.count >= 2) else 1
        opener.count -= used
        inner = opener.first + opener.count
        kind: MarkKind = "strike" if run.sign == "~" else "strong" if used == 2 else "emphasis"
        scan.spans.append((inner + used, run.first, kind, "", ""))
        for token in (*range(inner, inner + used), *range(run.first, run.first + used)):
            scan.syntax[token] = True
        run.first += used
        run.count -= used
        del openers[place + (1 if opener.count else 0) :]


def _opener_of(run: _Run, openers: list[_Run | None]) -> int | None:
    """The nearest opener that fits (CommonMark 6.2, rules 9 and 10 on multiples of three)."""
    for place in range(len(openers) - 1, max(len(openers) - MAX_SEARCH, 0) - 1, -1):
        opener = openers[place]
        if opener is None:
            return None
        if opener.sign != run.sign:
            continue
        both = opener.closes or run.opens
        if both and (opener.size + run.size) % 3 == 0 and (opener.size % 3 or run.size % 3):
            continue
        return place
    return None


def _render(scan: _Scan) -> Inline:
    """Put the text together; a space that would stand first, last or behind another one is left out."""
    pieces: list[str] = []
    marker: list[str] = []
    offsets: list[int] = []
    length, last = 0, "\n"
    for word, syntax in zip(scan.words, scan.syntax, strict=True):
        offsets.append(length)
        if syntax:
            marker.append(word)
            continue
        if last.isspace():
            word = word.lstrip(" \n" if last == "\n" else " ")
        if word[:1] == "\n" and last == " ":
            pieces[-1] = pieces[-1][:-1]
            length -= 1
        if word:
            pieces.append(word)
            length += len(word)
            last = word[-1]
    offsets.append(length)
    text = "".join(pieces).rstrip()
    marks = (_mark(text, offsets[a], offsets[b], kind, target, title) for a, b, kind, target, title in scan.spans)
    shown: list[Mark] = []
    for mark in marks:
        behind_image = bool(shown) and shown[-1].kind == "image" and (shown[-1].start, mark.kind) == (mark.end, "link")
        if mark.end > mark.start or mark.kind == "image" or behind_image:
            shown.append(mark)
    return Inline(text, tuple(sorted(shown, key=lambda m: (m.start, -m.end))), " ".join(" ".join(marker).split()))


def _mark(text: str, start: int, end: int, kind: MarkKind, target: str, title: str) -> Mark:
    """A mark that begins and ends with what is shown."""
    end = min(end, len(text))
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Mark(min(start, end), end, kind, target, title)
