"""Escaping text so that Markdown reads it back as the same text, and only where it must be escaped.

The rules are those of CommonMark 0.31 (sections 2.4 to 6.9), the GFM table and strikethrough extensions, and the
dollar signs of mathematics, which most Markdown programs know.
"""

from __future__ import annotations

import re

from artextract.lazy import lazy_pattern

_SPECIAL = lazy_pattern(r"[\\`*_\[\]<&~$!]")
_RUN = lazy_pattern(r"\\|`|\*+|_+|\[|\]|<|&|~+|\$+|!")
_ENTITY = lazy_pattern(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG_START = lazy_pattern(r"<[A-Za-z/!?]")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_MATH = lazy_pattern(r"\$[^\s$]")
_MATH_END = lazy_pattern(r"[^\s$]\$(?!\d)|\$\$")

_LINE_START = lazy_pattern(
    r"(?:(?P<number>[0-9]{1,9})(?=[.)](?:\s|\Z))"  # an ordered list: the point is escaped
    r"|(?=\#{1,6}(?:\s|\Z)"  # a heading
    r"|[-+*](?:\s|\Z)"  # a list, or a line of dashes with spaces
    r"|>"  # a quote
    r"|=+\s*\Z"  # a line under a heading
    r"|[-|:][-|:\ \t]*\Z"  # the same, a thematic break, the second row of a table
    r"|_[_\ \t]*\Z|\*[*\ \t]*\Z"  # a thematic break
    r"|~~~"  # a fence
    r"|\[[ xX]\]\s"  # a task box
    r"))",
)


def escape_text(text: str, before: str = "", after: str = "", in_link: bool = False, dollars: bool = False) -> str:
    """`text` with what Markdown would take for markup escaped; line starts are left to `escape_line`.

    `before` and `after` are the characters next to it in the output ("" at the ends); `in_link` is true inside of
    brackets, where any other bracket is escaped; `dollars` where other dollar signs stand in the same paragraph.

    >>> escape_text("a*b*c, snake_case, 2 * 3, AT&T &amp; <b>, x < y, [a](b)")
    'a\\\\*b\\\\*c, snake_case, 2 * 3, AT&T \\\\&amp; \\\\<b>, x < y, [a\\\\](b)'
    """
    if not _SPECIAL.search(text):
        return text
    whole = before + text + after
    offset = len(before)
    math = len(whole) if dollars else _math_reach(whole)
    out: list[str] = []
    at = offset
    for match in _RUN.finditer(whole, offset, offset + len(text)):
        if _must_escape(whole, match, in_link, math):
            out += (whole[at : match.start()], "\\", "\\".join(match[0]))
            at = match.end()
    out.append(whole[at : offset + len(text)])
    return "".join(out)


def _must_escape(whole: str, match: re.Match[str], in_link: bool, math: int) -> bool:
    run = match[0]
    before, after = whole[match.start() - 1 : match.start()], whole[match.end() : match.end() + 1]
    match run[0]:
        case "`":
            return True
        case "\\":
            return not after or after in _PUNCTUATION  # what a caller puts behind it may be punctuation
        case "*":
            return len(run) > 1 or not (_blank(before) and _blank(after))
        case "_":
            lone = len(run) == 1 and _blank(before) and _blank(after)
            return not lone and not (before.isalnum() and after.isalnum())
        case "[":
            return in_link or after == "^"
        case "]":
            return in_link or (after in ("(", "["))
        case "<":
            return _TAG_START.match(whole, match.start()) is not None
        case "&":
            return _ENTITY.match(whole, match.start()) is not None
        case "~":
            return len(run) > 1 or not _blank(before) or after == "~"
        case "$":
            return match.start() < math
        case _:  # an exclamation mark before a link would make an image of it
            return after == "["


def _blank(character: str) -> bool:
    return not character or character.isspace()


def _math_reach(text: str) -> int:
    """Up to where dollar signs must be escaped: none unless one can open and a later one close a formula."""
    if "$" not in text:
        return 0
    opening = _MATH.search(text)
    if opening is None and "$$" not in text:
        return 0
    start = opening.start() + 1 if opening is not None else 0
    return len(text) if _MATH_END.search(text, start) else 0


def escape_line(line: str) -> str:
    """A line of a paragraph that would begin a block (a list, a heading, a quote …) with its start escaped.

    >>> [escape_line(line) for line in ("1. May", "# 5", "- no", "--", "1.5", "#tag", "-5")]
    ['1\\\\. May', '\\\\# 5', '\\\\- no', '\\\\--', '1.5', '#tag', '-5']
    """
    match = _LINE_START.match(line)
    if match is None:
        return line
    return f"{line[: match.end()]}\\{line[match.end() :]}"


def code_span(text: str) -> str:
    """`text` as inline code, with as many backticks around it as it needs.

    >>> code_span("a`b"), code_span("`"), code_span("x")
    ('``a`b``', '`` ` ``', '`x`')
    """
    ticks = "`" * (longest_run(text, "`") + 1) if "`" in text else "`"
    if not text.strip(" "):
        return f"{ticks}{text}{ticks}"
    pad = " " if text[0] == "`" or text[-1] == "`" or (text[0] == text[-1] == " ") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def longest_run(text: str, character: str) -> int:
    """The length of the longest run of `character` in `text`."""
    return max((len(run) for run in re.findall(re.escape(character) + "+", text)), default=0)
