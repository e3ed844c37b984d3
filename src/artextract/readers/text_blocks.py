"""The rules that make drafts of a plain text's lines, in one table: what a line starts with -> who takes it.

Each rule gets the lines, the index of the first one it may take, and the drafts so far; it appends drafts and gives
back the index behind the last line that it took. None looks at a line more than a fixed number of times.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from artextract.lazy import lazy_pattern
from artextract.model import Container
from artextract.readers.text_code import take_code
from artextract.readers.text_drafts import Draft, Dump, fold, join
from artextract.readers.text_layout import SENTENCE_ENDS, Layout, extent, is_full
from artextract.readers.text_lines import Line
from artextract.readers.text_starts import (
    BULLET,
    FENCE,
    HASH,
    LONE_SIGNS,
    NUMBER,
    PIPE,
    PLAIN,
    QUOTE,
    RULE,
    start_of,
    take_item,
)
from artextract.readers.text_tables import take_columns, take_pipes, take_tabs
from artextract.scripts import width

Rule = Callable[[list[Line], int, list[Draft], Dump], int]

MAX_QUOTES = 32

_IMAGE_RE = lazy_pattern(r"\[[^\[\]\s]{1,150}\.(?:jpe?g|png|gif|webp|svg|bmp|ico|avif)\]$", re.IGNORECASE)
_FENCE_RE = lazy_pattern("(`{3,}|~{3,})[ \t]*([^\\s`~]{0,40})")
_QUOTE_RE = lazy_pattern("(?:>[ \t\xa0\u3000]?)+")


def drafts_of(lines: list[Line], dump: Dump) -> list[Draft]:
    """All drafts of the lines, without lists, headings and containers that need a look at neighbours."""
    found: list[Draft] = []
    index, end = 0, len(lines)
    while index < end:
        index = RULES[lines[index].kind](lines, index, found, dump)
    return found


def take_plain(lines: list[Line], index: int, found: list[Draft], dump: Dump) -> int:
    """A paragraph, with the wrapped lines below it; or a table drawn with tabs or spaces."""
    line, text = lines[index], lines[index].text
    if after := take_code(lines, index, found, dump):
        return after
    if "\t" in text or "  " in text or "|" in text or line.kind == PIPE:
        after = (
            take_tabs(lines, index, found, dump) or take_columns(lines, index, found) or take_pipes(lines, index, found)
        )
        if after:
            return after
    if len(text) == 1 and text in LONE_SIGNS:
        found.append(Draft("separator", [line], "", text))
        return index + 1
    if text[0] == "[" and _IMAGE_RE.match(text):
        found.append(Draft("image", [line], "", text))
        return index + 1
    after, layout = _wrapped(lines, index, dump)
    if after == index + 1:
        found.append(Draft("paragraph", [line], fold(text)))
        return after
    taken = lines[index:after]
    found.append(Draft("paragraph", taken, join(taken, text, layout)))
    return after


def _wrapped(lines: list[Line], index: int, dump: Dump) -> tuple[int, Layout]:
    """The index behind the paragraph that begins at `index`, and the layout by which its lines are joined."""
    layout = dump.layout
    end = len(lines)
    after = index + 1
    if not layout.wrap:
        return _wrapped_by_itself(lines, index, dump) if layout.short else (after, layout)
    while after < end and _continues(lines, index, after, layout):
        after += 1
    return after, layout


def _continues(lines: list[Line], first: int, index: int, layout: Layout) -> bool:
    """Whether the line at `index` goes on with the paragraph that begins at `first`."""
    line, above = lines[index], lines[index - 1]
    if line.blank or line.text == above.text or not is_full(above, line, layout):
        return False
    if line.indent != above.indent and not (index == first + 1 and 0 < above.indent - line.indent <= 8):
        return False
    return line.kind == PLAIN or (line.kind in (NUMBER, BULLET) and _is_inside_sentence(above, line))


def _breaks_off(above: Line, line: Line, layout: Layout) -> bool:
    """Whether a full line ends inside a sentence."""
    return is_full(above, line, layout) and above.text[-1] not in SENTENCE_ENDS and not line.text[0].isupper()


def _is_inside_sentence(above: Line, line: Line) -> bool:
    """Whether what looks like an item is rather the middle of a sentence that was wrapped before a number or a dash."""
    if above.text[-1] in SENTENCE_ENDS:
        return False
    start = take_item(line.text)
    return start.value != 1 if line.kind == NUMBER else start.sign == "-"


def _wrapped_by_itself(lines: list[Line], index: int, dump: Dump) -> tuple[int, Layout]:
    """A paragraph of two or more lines that were wrapped, in a dump that proves no width as a whole."""
    layout = dump.layout
    after = index + 1
    if lines[index].start < dump.loose:
        return after, layout
    while after < len(lines) and not lines[after].blank and lines[after].kind == PLAIN:
        if lines[after].indent != lines[index].indent:
            break
        after += 1
    run = lines[index:after]
    dump.loose = run[-1].end  # on failure no line of the run is looked at again
    if len(run) < 2:
        return index + 1, layout
    local = replace(layout, wrap=max(extent(line, layout.wide) for line in run))
    inside = [a.text[-1] not in SENTENCE_ENDS and b.text[0].islower() for a, b in pairwise(run)]
    wanted = (60, len(inside)) if len(run) == 2 else (50, (len(inside) + 1) // 2)
    if local.wrap < wanted[0] or sum(inside) < wanted[1]:
        return index + 1, layout
    if all(is_full(a, b, local) for a, b in pairwise(run)):
        return after, local
    return index + 1, layout


def take_list_item(lines: list[Line], index: int, found: list[Draft], dump: Dump) -> int:
    """An item with its wrapped lines; whether it is one is settled later (text_lists)."""
    line = lines[index]
    start = take_item(line.text)
    column = line.indent + start.width
    after = index + 1
    while after < len(lines) and _continues_item(lines, index, after, column, dump.layout):
        after += 1
    taken = lines[index:after]
    text = join(taken, start.rest, dump.layout)
    found.append(Draft("list_item", taken, text, start.sign, start=start))
    return after


def _continues_item(lines: list[Line], first: int, index: int, column: int, layout: Layout) -> bool:
    line, above = lines[index], lines[index - 1]
    if line.blank or line.kind != PLAIN:
        return False
    if line.indent == lines[first].indent:
        return is_full(above, line, layout)
    if line.indent < column - 1:
        return bool(layout.wrap) and line.indent >= layout.margin and _breaks_off(above, line, layout)
    if layout.wrap:
        return is_full(above, line, layout)
    return layout.short and above.text[-1] not in SENTENCE_ENDS and line.text[0].islower()


def take_rule(lines: list[Line], index: int, found: list[Draft], dump: Dump) -> int:
    """The line under a heading, or a separator."""
    line = lines[index]
    if line.text[0] == "+" and (table := take_pipes(lines, index, found)):
        return table
    above = found[-1] if found else None
    if above is not None and _underlines(line, above):
        above.kind, above.level = "heading", 1 if line.text[0] == "=" else 2
        above.marker = fold(f"{above.marker} {line.text}")
        above.lines = [*above.lines, line]
        _take_overline(found, line)
        return index + 1
    found.append(Draft("separator", [line], "", fold(line.text)))
    return index + 1


def _underlines(line: Line, above: Draft) -> bool:
    if line.blank or above.kind != "paragraph" or len(above.lines) > 1 or line.text[0] not in "=-~":
        return False
    if line.text.strip(line.text[0]) or line.indent != above.indent:
        return False
    size, title = len(line.text), width(above.text)
    return size <= title * 1.6 + 2 and (size * 2 >= title or line.text[0] == "=") and title <= 120


def _take_overline(found: list[Draft], under: Line) -> None:
    """A rule above the title, as long as the one below, belongs to the heading too."""
    if len(found) < 2 or found[-1].blank:
        return
    over = found[-2]
    if over.kind == "separator" and over.marker == under.text and over.lines[0].indent == under.indent:
        heading = found.pop()
        heading.lines = [*over.lines, *heading.lines]
        heading.marker = f"{over.marker} {heading.marker}"
        found[-1] = heading


def take_hash(lines: list[Line], index: int, found: list[Draft], dump: Dump) -> int:
    """A heading as Markdown writes it, where an empty line sets it off; else a line that starts with a sign."""
    line = lines[index]
    set_off = not found or line.blank or index + 1 == len(lines) or lines[index + 1].blank
    sign, _, rest = line.text.partition(" ")
    if not set_off or not rest or sign.strip("#"):
        return take_plain(lines, index, found, dump)
    found.append(Draft("heading", [line], fold(rest), sign, min(len(sign), 6)))
    return index + 1


def take_fence(lines: list[Line], index: int, found: list[Draft], dump: Dump) -> int:
    """Code between two fences; without a second one the fence is a line like others."""
    line = lines[index]
    match = _FENCE_RE.match(line.text)
    sign = match.group(1) if match is not None else line.text
    closing = dump.closing_fence(lines, index, sign)
    if closing is None:
        if not line.text.strip("~"):
            return take_rule(lines, index, found, dump)
        return take_plain(lines, index, found, dump)
    last = lines[closing]
    text = dump.verbatim(line.end, last.start - last.lead, line.indent)
    language = match.group(2) if match is not None else ""
    taken = lines[index : closing + 1]
    found.append(Draft("code", taken, text, fold(f"{line.text} {last.text}"), language=language))
    return closing + 1


def take_quote(lines: list[Line], index: int, found: list[Draft], dump: Dump) -> int:
    """Lines behind `>`: their content is read by the same rules, inside of quote containers."""
    if lines[index].text.startswith(">>> ") and (after := take_code(lines, index, found, dump)):
        return after
    after = index + 1
    while after < len(lines) and not lines[after].blank and lines[after].kind == QUOTE:
        after += 1
    inner, depths = _unquoted(lines[index:after])
    if not inner:
        quoted = lines[index:after]
        found.append(Draft("separator", quoted, "", " ".join(fold(line.text) for line in quoted)))
        return after
    containers: list[Container] = []
    begin = 0
    while begin < len(inner):
        end = begin + 1
        while end < len(inner) and depths[end] == depths[begin]:
            end += 1
        del containers[depths[begin] :]
        while len(containers) < depths[begin]:
            containers.append(Container("quote", next(dump.numbers)))
        for draft in drafts_of(inner[begin:end], dump):
            draft.quotes = draft.containers = tuple(containers)
            draft.marker = fold(f"{draft.marker} {' '.join(line.mark for line in draft.lines)}")
            found.append(draft)
        begin = end
    return after


def _unquoted(lines: list[Line]) -> tuple[list[Line], list[int]]:
    """The lines without their signs, which go to `mark`, and how deep each is quoted; empty ones lend their signs."""
    inner: list[Line] = []
    depths: list[int] = []
    marks: list[list[str]] = [[]]
    blank = lines[0].blank
    for line in lines:
        match = _QUOTE_RE.match(line.text)
        size = match.end() if match is not None else 0
        mark, text = fold(line.text[:size]), line.text[size:].lstrip()
        if text and inner:
            marks.append([])
        marks[-1].append(mark)
        if not text:
            blank += 1
            continue
        indent = line.indent + len(line.text) - len(text)
        kind = start_of(text, indent)
        inner.append(
            replace(line, text=text, blank=blank, indent=indent, kind=PLAIN if kind in (QUOTE, FENCE) else kind)
        )
        depths.append(min(mark.count(">"), MAX_QUOTES))
        blank = 0
    for line, signs in zip(inner, marks, strict=False):
        line.mark = " ".join(signs)
    return inner, depths


RULES: dict[str, Rule] = {
    PLAIN: take_plain,
    BULLET: take_list_item,
    NUMBER: take_list_item,
    RULE: take_rule,
    HASH: take_hash,
    FENCE: take_fence,
    QUOTE: take_quote,
    PIPE: take_plain,
}
