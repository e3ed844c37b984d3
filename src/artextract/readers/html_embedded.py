"""Text that only JSON holds: the article body of JSON-LD, answers and posts, and prose in a script's state.

Candidates are noted during the walk (a list of raw JSON texts and where they stand) and looked at after it, so that a
page without them pays nothing. What the page's own text holds already is left out: it would only be a second copy.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from artextract.invisible import INVISIBLE_RE
from artextract.lazy import lazy_pattern
from artextract.model import Block

SHORT_PAGE = 800  # non-space characters of the page's own text; only below that the state of scripts is looked at
LONGEST_JSON = 4_000_000  # characters
MOST_NODES = 300_000  # values of one JSON text that are looked at
MOST_TEXTS = 300
_BODIES = {"articleBody": 40, "reviewBody": 80, "text": 80, "description": 160}  # key -> fewest characters
_DESCRIBED = frozenset({"Product", "Recipe", "Event", "JobPosting", "VideoObject", "Course", "Book", "Movie", "Place"})
_BODY = lazy_pattern(r'"(?:articleBody|reviewBody)"\s{0,9}:\s{0,9}("(?:[^"\\]|\\.)*")', re.S)
_STATE = lazy_pattern(
    r"__(?:NEXT_DATA|INITIAL_STATE|PRELOADED_STATE|NUXT|APOLLO_STATE|DATA|STATE)__|_state\b|\bpageData\b"
)
_TAG = lazy_pattern(r"<(?:p|br|div|h[1-6]|ul|li|strong|em|a|span)[\s/>]", re.I)
_SENTENCE = lazy_pattern(r"[.!?…](?:\s|$)|[。！？]")
_SURROGATE = lazy_pattern("[\ud800-\udfff]")


def is_linked_data(data: str) -> bool:
    """True if JSON-LD may hold a body."""
    return any(key in data for key in ('"articleBody"', '"reviewBody"', '"text"', '"description"'))


def linked_texts(data: str) -> list[str]:
    """The texts that JSON-LD holds, in document order, each once."""
    return _each_once(_linked_texts(data[:LONGEST_JSON]))


def state_texts(data: str) -> list[str]:
    """The prose in a script's state, in document order, each once."""
    return _each_once(_state_texts(data[:LONGEST_JSON]))


def _each_once(texts: Iterator[str]) -> list[str]:
    found: dict[str, None] = {}
    for text in texts:
        text = _SURROGATE.sub("\ufffd", unescape(text) if "&" in text else text).strip()
        if text:
            found.setdefault(text)
        if len(found) >= MOST_TEXTS:
            break
    return list(found)


def _linked_texts(data: str) -> Iterator[str]:
    tree = _loaded(data)
    if tree is None:
        for match, _ in zip(_BODY.finditer(data), range(5), strict=False):
            value = _loaded(match[1])
            if isinstance(value, str):
                yield value
        return
    for owner, key, value in _strings(tree):
        fewest = _BODIES.get(key)
        if fewest is None or len(value) < fewest or (key == "description" and not _types(owner) & _DESCRIBED):
            continue
        if key == "text" and isinstance(owner.get("name"), str) and "Question" in _types(owner):
            yield owner["name"]
        yield value


def _types(owner: dict[str, Any]) -> set[str]:
    kind = owner.get("@type")
    return (
        {kind}
        if isinstance(kind, str)
        else {k for k in kind if isinstance(k, str)}
        if isinstance(kind, list)
        else set()
    )


def _state_texts(data: str) -> Iterator[str]:
    if not data.lstrip().startswith(("{", "[")) and _STATE.search(data, 0, 5_000) is None:
        return
    start = min((i for i in (data.find("{"), data.find("[")) if i >= 0), default=-1)
    if start < 0:
        return
    tree = _loaded(data[start:], partly=True)
    for _, _, value in _strings(tree):
        if len(value) > 200 and (_TAG.search(value) or len(_SENTENCE.findall(value)) >= 2):
            yield value


def _loaded(data: str, partly: bool = False) -> Any:
    """The JSON value, or None. `partly`: text after the first value does not matter."""
    try:
        if partly:
            return json.JSONDecoder(strict=False).raw_decode(data)[0]
        return json.loads(data, strict=False)
    except (ValueError, RecursionError):
        return None


def _strings(tree: Any) -> Iterator[tuple[dict[str, Any], str, str]]:
    """All strings in document order with their key and the object that holds them."""
    stack: list[tuple[dict[str, Any], str, Any]] = [({}, "", tree)]
    for _ in range(MOST_NODES):
        if not stack:
            return
        owner, key, value = stack.pop()
        if isinstance(value, str):
            yield owner, key, value
        elif isinstance(value, dict):
            stack.extend((value, str(k), v) for k, v in reversed(value.items()))
        elif isinstance(value, list):
            stack.extend((owner, key, v) for v in reversed(value))


class PageText:
    """The page's own text without white space, to look texts up in."""

    def __init__(self, blocks: list[Block]) -> None:
        self._folded = _folded(" ".join([block.text for block in blocks]))

    def __len__(self) -> int:
        return len(self._folded)

    def holds(self, text: str) -> bool:
        """True if most of ten probes of the text are in the page."""
        folded = _folded(_TAG_ANY.sub(" ", text))
        if len(folded) < 40:
            return folded in self._folded
        step = max((len(folded) - 30) // 10, 1)
        probes = [folded[i : i + 30] for i in range(0, len(folded) - 29, step)][:11]
        return sum(probe in self._folded for probe in probes) * 10 >= len(probes) * 7


_TAG_ANY = lazy_pattern(r"<[a-zA-Z/!][^<>]{0,1000}>")


def _folded(text: str) -> str:
    return "".join(INVISIBLE_RE.sub("", text).split())


def has_markup(text: str) -> bool:
    """True if a text is HTML."""
    return _TAG.search(text) is not None


def paragraphs(text: str) -> list[str]:
    """The paragraphs of plain text, white space folded."""
    lines = (" ".join(line.split()) for line in INVISIBLE_RE.sub("", text).splitlines())
    return [line for line in lines if line]
