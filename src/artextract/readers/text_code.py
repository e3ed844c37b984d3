"""Code that nobody fenced: a browser or lynx dumps `<pre>` as bare lines.

A line looks like code when it has what prose has not: a bracket or an operator at its end, a keyword of a programming
language with its punctuation, a call, an assignment, a prompt. A run of such lines, most of them alike and some of them
indented or many, is one block. Patterns run over at most `MAX_LINE` characters.
"""

from __future__ import annotations

import re

from artextract.lazy import lazy_pattern
from artextract.readers.text_drafts import Draft, Dump, lines_from
from artextract.readers.text_lines import Line
from artextract.readers.text_starts import FENCE

MAX_LINE = 300
MAX_GAP = 2  # empty lines inside

_START_RE = lazy_pattern(
    r"""[})\]]+[;,]?$|@\w{1,40}(?:[.(]|$)|\#(?:include\b|!)|//\s|/\*|\*/|\$\s\w|>>>\ \S|\.\.\.\s{1,8}\S|<\?
    | </?[a-z][\w-]{0,40}(?:\s[^<>]{0,200})?/?>
    | import\s[\w.{*]+(?:;|\s(?:as|from)\b|$) | from\s[\w.]+\simport\s
    | def\s\w+\( | class\s\w+\s?[:({] | function\s?\w*\(
    | (?:var|let|const|public|private|protected|static)\s[\w<>\[\]]+(?:\s\w+)?\s?[=;(] | return\s[^.]{1,80};$
    | (?:if|for|while|switch|elif|else\sif)\s?\(?[^?]{1,120}(?:\)|:|\{)$
    | (?:else|try|finally)\s?[:{]$ | (?:end|else|begin|fi|done);?$
    | (?:sudo|pip3?|npm|npx|git|apt-get|curl|docker|kubectl|mkdir|brew|yarn)\s[a-z.-]
    """,
    re.VERBOSE,
)
_END_RE = lazy_pattern(r"[{}]\s?[;,)]?$|\)(?:;|\s?\{)$|\s(?:&&|\|\||\\)$")
_CALL_RE = lazy_pattern(r"\w\([^()]{0,80}\)(?:;|$|\.\w)|\w\.\w+\(")
_ASSIGNMENT_RE = lazy_pattern(r"(?:^|\s)[\w.\[\]\"'$]{1,60}\s(?:[-+*/|&:]?=|==|!=|=>|->)\s[\w\"'\[({$.<-]|\$\w+=")
_PAIR_RE = lazy_pattern(r"\"[\w-]{1,40}\"\s?:\s")
_LAST = frozenset("{};,)&|\\")
_PROSE_RE = lazy_pattern(r"[A-Z][\w'’-]* (?:[^\s=]+ ){4,}[^\s=]*[.:!?]$")


def looks_like_code(text: str) -> bool:
    """Whether one line has the look of a program, a command or a data file.

    >>> [looks_like_code(t) for t in ("x = f(y)", "return 1;", "if (a) {", "We return (soon) to it;", "Price = value")]
    [True, True, True, False, True]
    """
    if len(text) > MAX_LINE:
        return False
    found = (
        _START_RE.match(text)
        or (text[-1] in _LAST and _END_RE.search(text, max(len(text) - 4, 0)))
        or ("(" in text and _CALL_RE.search(text))
        or (("=" in text or "->" in text) and _ASSIGNMENT_RE.search(text))
        or ('":' in text and _PAIR_RE.search(text))
    )
    return bool(found) and _PROSE_RE.match(text) is None


def take_code(lines: list[Line], index: int, found: list[Draft], dump: Dump) -> int:
    """A run of lines that look like code, as one block; 0 if there is none."""
    first = lines[index]
    if first.start < dump.prose or not looks_like_code(first.text):
        return 0
    after, alike, last = index + 1, 1, index
    while after < len(lines) and lines[after].blank <= MAX_GAP:
        line = lines[after]
        if looks_like_code(line.text):
            alike, last = alike + 1, after
        elif line.blank or not _may_stand_in_code(line, first) or after - last > 2:
            break
        after += 1
    taken = lines[index : last + 1]
    if not _is_code(taken, alike):
        dump.prose = lines[last].end
        return 0
    while last + 1 < len(lines) and _ends_code(lines[last + 1], first):
        last += 1
    taken = lines[index : last + 1]
    indent = min(line.indent for line in taken)
    quoted = any(line.mark for line in taken)
    text = lines_from(taken, indent) if quoted else dump.verbatim(first.start - first.lead, lines[last].end, indent)
    found.append(Draft("code", taken, text))
    return last + 1


def _may_stand_in_code(line: Line, first: Line) -> bool:
    return line.kind != FENCE and (line.indent > first.indent or len(line.text) <= 40)


def _ends_code(line: Line, first: Line) -> bool:
    """Whether a line right below code belongs to it: indented, short, and of few words."""
    return not line.blank and line.indent > first.indent and len(line.text) <= 60 and line.text.count(" ") <= 5


def _is_code(lines: list[Line], alike: int) -> bool:
    """Three lines that are alike; or two and an indentation."""
    if alike * 10 < len(lines) * 6:
        return False
    return alike >= 3 or (alike >= 2 and any(line.indent != lines[0].indent for line in lines))
