"""Where in DIR a document's output goes. A name is made from the document's path alone; nothing leaves DIR."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable

from artextract.inputs.found import Input
from artextract.inputs.walk import base_name

SUFFIXES = {"text": ".txt", "markdown": ".md", "json": ".json", "jsonl": ".jsonl", "explain": ".explain"}
"""What each format adds to a document's name."""

MANIFEST = ".manifest.jsonl"
"""What the manifest of a file adds to its name."""

BODIES = ".bodies"
"""What the file of folded bodies, for finding duplicates, adds to it."""

LONGEST = 250
"""Bytes of a name: file systems take 255, and `.part` is added while a file is written."""

HASH_DIGITS = 12


def output_name(document: Input, suffix: str) -> tuple[str, ...]:
    """The parts of the output's path below DIR.

    >>> output_name(Input("in/news/a.html", ("in", "news", "a.html")), ".json")
    ('in', 'news', 'a.html.json')
    """
    last = len(document.name) - 1
    return tuple(
        _part(document.name[: at + 1], suffix if at == last else "", crowded=at in document.crowded)
        for at in range(last + 1)
    )


def _part(path: tuple[str, ...], suffix: str, crowded: bool) -> str:
    """One part of a name: as it is, or cut and told apart by a hash of the path that leads to it."""
    name = path[-1]
    if name in ("", ".", "..") or "/" in name or "\0" in name:
        raise ValueError(f"not a name: {name!r}")
    if not crowded and len(os.fsencode(name + suffix)) <= LONGEST:
        return name + suffix
    mark = hashlib.sha256(os.fsencode("/".join(path))).hexdigest()[:HASH_DIGITS]
    room = LONGEST - len(mark) - len(suffix) - 1
    kept = os.fsencode(name)[:room].decode("utf-8", "ignore")
    return f"{kept}~{mark}{suffix}"


def same_root(paths: Iterable[str], suffix: str) -> tuple[str, str] | None:
    """Two arguments whose outputs would have one name, or None."""
    seen: dict[str, str] = {}
    for path in paths:
        name = base_name(path) + ("" if os.path.isdir(path) else suffix)
        if name in seen:
            return seen[name], path
        seen[name] = path
    return None
