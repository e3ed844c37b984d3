"""JSON-LD of a page: read even where it is broken, its nodes, and the facts that they state.

A page's graph names its parts by `@id`; authors and publishers are often such references. Only nodes that describe the
page itself count: those at the top, in `@graph`, and the main entity; never reviews, comments or lists of other pages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import field
from typing import Any

from artextract.lazy import lazy_pattern
from artextract.records import record

LONGEST = 400_000  # characters of one script
MOST_NODES = 400

Node = dict[str, Any]

_ARTICLE_TYPES = (
    "article newsarticle blogposting techarticle report scholarlyarticle reportagenewsarticle opinionnewsarticle "
    "analysisnewsarticle reviewnewsarticle backgroundnewsarticle asknewsarticle review liveblogposting "
    "socialmediaposting discussionforumposting question recipe howto creativework medicalscholarlyarticle "
    "advertisercontentarticle satiricalarticle podcastepisode videoobject blog guide medicalwebpage"
)
_PAGE_TYPES = "webpage itempage aboutpage faqpage qapage collectionpage profilepage contactpage"
ARTICLES = frozenset(_ARTICLE_TYPES.split())
PAGES = frozenset(_PAGE_TYPES.split())
_FOLLOWED = ("@graph", "mainEntity", "mainEntityOfPage")

_WRAPPING = lazy_pattern(r"^\s{0,200}(?://)?\s{0,9}(?:<!--|<!\[CDATA\[|/\*\s?<!\[CDATA\[\s?\*/)")
_TAIL = lazy_pattern(r"(?://)?\s{0,9}(?:-->|\]\]>|/\*\s?\]\]>\s?\*/)?\s{0,200};?\s{0,200}\Z")


def types_of(node: Node) -> tuple[str, ...]:
    """The `@type` values of a node, without any prefix."""
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return tuple(v.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for v in values[:10] if isinstance(v, str))


@record(slots=True)
class Graph:
    """All nodes of a page's scripts: those that speak of the page, and all that have an `@id`."""

    nodes: list[Node] = field(default_factory=list)
    by_id: dict[str, Node] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Read one script's text into the graph."""
        for value in parsed(text):
            self._walk(value)

    def _walk(self, value: Any) -> None:
        """Collect nodes breadth first, so that outer nodes come before those within them."""
        queue: list[tuple[Any, bool]] = [(value, True)]
        for item, top in queue:
            if len(queue) > MOST_NODES * 10:
                return
            if isinstance(item, list):
                queue.extend((child, top) for child in item[:MOST_NODES])
            elif isinstance(item, dict):
                self._node(item, top)
                queue.extend((v, top and k in _FOLLOWED) for k, v in item.items() if isinstance(v, (dict, list)))

    def _node(self, item: Node, top: bool) -> None:
        name = item.get("@id")
        if isinstance(name, str) and len(item) > 1 and len(item) > len(self.by_id.get(name, ())):
            self.by_id[name] = item
        if top and "@type" in item and len(self.nodes) < MOST_NODES:
            self.nodes.append(item)

    def resolved(self, value: Any) -> Any:
        """What a reference `{"@id": …}` points to; anything else as it is."""
        if isinstance(value, dict) and "name" not in value:
            name = value.get("@id")
            return self.by_id.get(name, value) if isinstance(name, str) else value
        return value

    def values(self, node: Node, key: str) -> Iterator[Any]:
        """The values of one key, lists opened, references resolved, at most 50."""
        value = node.get(key)
        if isinstance(value, dict) and isinstance(value.get("@list"), list):
            value = value["@list"]
        for item in (value if isinstance(value, list) else [value])[:50]:
            if item is not None:
                yield self.resolved(item)

    def texts(self, node: Node, key: str) -> Iterator[str]:
        """The values of one key as text: strings, and the name, `@value` or url of objects."""
        for value in self.values(node, key):
            text = text_of(value)
            if text:
                yield text


def text_of(value: Any) -> str:
    """A string, or the name, value or address of an object; "" for all else."""
    if isinstance(value, dict):
        value = next((value[k] for k in ("name", "@value", "url", "contentUrl") if isinstance(value.get(k), str)), "")
    return value if isinstance(value, str) else ""


def parsed(text: str) -> list[Any]:
    """The JSON values of a script: as it stands, unwrapped, several in a row, or mended; [] where nothing helps."""
    text = text[:LONGEST].strip()
    if not text:
        return []
    for attempt in (_whole, _sequence, _repaired):
        try:
            found = attempt(text)
        except (ValueError, RecursionError):
            continue
        if found:
            return found
    return []


def _whole(text: str) -> list[Any]:
    return [json.loads(text, strict=False)]


def _sequence(text: str) -> list[Any]:
    """Values one after the other, in comments or CDATA, with a semicolon at the end."""
    text = _WRAPPING.sub("", text, count=1)
    decoder = json.JSONDecoder(strict=False)
    found: list[Any] = []
    position = _next_value(text, 0)
    while position is not None and len(found) < 50:
        value, position = decoder.raw_decode(text, position)
        found.append(value)
        position = _next_value(text, position)
    return found


def _next_value(text: str, position: int) -> int | None:
    """Where the next object or list begins, if only signs stand before it."""
    while position < len(text) and text[position] in " \t\r\n,;":
        position += 1
    return position if position < len(text) and text[position] in "{[" else None


def _repaired(text: str) -> list[Any]:
    return [json.loads(mended(text), strict=False)]


_TOKEN = lazy_pattern(r'\s+|//[^\n]*|/\*|"|[{}\[\],:]|[^\s"{}\[\],:/]+|/')
_CLOSES = lazy_pattern(r'\s{0,200}(?:[:}\]]|\Z|,\s{0,200}["{\[}\]\d\-tfn/]|\n\s{0,200}")')


def mended(text: str) -> str:
    """JSON with quotes inside strings escaped, commas put in or taken out, comments dropped and brackets closed.

    >>> mended('{"a": "say "yes" now", "b": [1, 2,],} // end')
    '{"a":"say \\\\"yes\\\\" now","b":[1,2]}'
    >>> mended('{"a": "x"\\n"b": {"c": "cut off')
    '{"a":"x","b":{"c":"cut off"}}'
    """
    out: list[str] = []
    open_brackets: list[str] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            break
        token = match[0]
        position = match.end()
        if token == '"':
            token, position = _string(text, position)
        elif token == "/*":
            position = _after_comment(text, position)
            continue
        elif token.isspace() or token.startswith("//") or token in "/;":
            continue
        _place(token, out, open_brackets)
    _drop_comma(out)
    return "".join(out) + "".join(reversed(open_brackets))


def _after_comment(text: str, position: int) -> int:
    end = text.find("*/", position)
    return len(text) if end < 0 else end + 2


def _place(token: str, out: list[str], open_brackets: list[str]) -> None:
    """Append a token, mending what stands before it."""
    if token in "}]":
        _drop_comma(out)
        if not open_brackets:
            return
        open_brackets.pop()
    elif token == ",":
        if not out or out[-1] in ("{", "[", ",", ":"):
            return
    elif token != ":":
        if out and out[-1] not in ("{", "[", ",", ":"):
            out.append(",")
        if token in "{[":
            open_brackets.append("}" if token == "{" else "]")
    out.append(token)


def _drop_comma(out: list[str]) -> None:
    if out and out[-1] == ",":
        out.pop()


def _string(text: str, position: int) -> tuple[str, int]:
    """The string that begins at `position` as valid JSON, and where it ends: the first quote that can close it."""
    parts: list[str] = ['"']
    start = position
    while True:
        quote = text.find('"', position)
        if quote < 0:
            parts.append(_escaped(text[start:]))
            return "".join([*parts, '"']), len(text)
        position = quote + 1
        if _is_escaped(text, quote):
            continue
        if _CLOSES.match(text, position):
            parts.append(_escaped(text[start:quote]))
            return "".join([*parts, '"']), position
        parts.append(text[start:quote] + '\\"')
        start = position


def _is_escaped(text: str, quote: int) -> bool:
    """Whether an odd number of backslashes stands before it (more than 20 are not counted)."""
    count = 0
    while count < 20 and quote - count > 0 and text[quote - count - 1] == "\\":
        count += 1
    return count % 2 == 1


def _escaped(text: str) -> str:
    """Without a backslash at its end that would escape the quote we add."""
    return text[:-1] if text.endswith("\\") and _is_escaped(text, len(text)) else text
