"""Front matter of Markdown: the lines between two `---` at the very beginning, as facts.

A small part of YAML is understood: `key: value`, values in quotes, lists in brackets or one item a line. That is what
people and programs write there; a value in another form is left alone.
"""

from __future__ import annotations

import re

from artextract.lazy import lazy_pattern
from artextract.model import Fact, Place
from artextract.readers.text_lines import Line

MAX_LINES = 300
RULE = "front-matter"
TRUST = 0.95

FIELDS = {
    "title": "title", "headline": "title", "original_title": "original_title",
    "author": "authors", "authors": "authors", "by": "authors", "byline": "authors", "editor": "editors",
    "editors": "editors", "date": "date", "published": "date", "publishdate": "date", "pubdate": "date",
    "date_published": "date", "date_raw": "date_raw", "created": "date", "updated": "date_modified",
    "modified": "date_modified", "lastmod": "date_modified", "date_modified": "date_modified",
    "site": "site_name", "site_name": "site_name", "sitename": "site_name", "source_name": "source_name",
    "url": "url", "canonical": "url", "permalink": "url", "image": "image", "cover": "image",
    "description": "description", "summary": "description", "excerpt": "description", "lang": "language",
    "language": "language", "category": "categories", "categories": "categories", "section": "categories",
    "tag": "tags", "tags": "tags", "keywords": "tags",
}  # fmt: skip
"""Key, in lower case with underscores, to the field of the metadata."""

_MANY = frozenset({"authors", "editors", "categories", "tags"})
_KEY_RE = lazy_pattern(r"([A-Za-z][\w -]{0,40}):(?:[ \t]{1,9}|$)")
_ITEM_RE = lazy_pattern(r"-[ \t]{1,9}")
_VALUE_RE = lazy_pattern(
    r"[ \t]{0,9}(?:\"((?:[^\"\\]|\\.){0,2000})\"|'((?:[^']|''){0,2000})'|([^,\[\]\"'\s][^,\[\]]{0,2000}))"
)
_ESCAPE_RE = lazy_pattern(r"\\(?:u([0-9a-fA-F]{4})|(.))")


def front_matter_end(lines: list[Line]) -> int:
    """The index behind the closing `---`, or 0 if there is no front matter."""
    if not lines or lines[0].text != "---" or lines[0].number != 1 or lines[0].indent:
        return 0
    keys = 0
    for index, line in enumerate(lines[1:MAX_LINES], 1):
        if line.text in ("---", "...") and not line.indent:
            return index + 1 if keys else 0
        if _KEY_RE.match(line.text) and not line.indent:
            keys += 1
        elif not (line.indent or _ITEM_RE.match(line.text) or line.text[0] in "#]}"):
            return 0
    return 0


def front_matter_facts(lines: list[Line]) -> list[Fact]:
    """One fact for each value under a known key."""
    facts: list[Fact] = []
    name = ""
    for line in lines[1:-1]:
        key = None if line.indent else _KEY_RE.match(line.text)
        if key is not None:
            name = FIELDS.get(key.group(1).strip().lower().replace("-", "_").replace(" ", "_"), "")
            text = line.text[key.end() :]
        else:
            item = _ITEM_RE.match(line.text)
            text = line.text[item.end() :] if item is not None and name in _MANY else ""
        if name and text.strip():
            place = Place(line.number, line.number, line.start, line.end, True)
            facts += [Fact(name, value, RULE, place, TRUST, text.strip()) for value in _values(text.strip(), name)]
    return facts


def _values(text: str, name: str) -> list[str]:
    """The values of one line: several only where the field holds several and the line is a list."""
    if text[0] in "|>{&*!#":
        return []
    if text[0] == "[" and text[-1] == "]" and name in _MANY:
        found = [_plain(match) for match in _VALUE_RE.finditer(text[1:-1])]
    elif text[0] in "\"'":
        match = _VALUE_RE.match(text)
        found = [_plain(match)] if match is not None else []
    else:
        found = [text]
    return [" ".join(value.split()) for value in found if value.strip() and value.strip().lower() not in ("null", "~")]


def _plain(match: re.Match[str]) -> str:
    double, single, bare = match.groups()
    if double is not None:
        return _ESCAPE_RE.sub(lambda m: chr(int(m.group(1), 16)) if m.group(1) else m.group(2), double)
    return single.replace("''", "'") if single is not None else bare.strip()
