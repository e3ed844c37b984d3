"""The patterns of --include and --exclude, as in .gitignore but without its exceptions."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase


def matches(name: Sequence[str], pattern: str) -> bool:
    """Whether a pattern matches a path below the directory, given as its parts.

    A pattern without `/` is for the last part alone; with it, for the whole path: `*` stays within a part, `**` stands
    for any number of parts.

    >>> [matches(("news", "2024", "a.html"), p) for p in ("*.html", "news/*.html", "news/**", "**/2024/*", "/a.html")]
    [True, False, True, True, False]
    """
    wanted = pattern.strip("/").split("/")
    if len(wanted) == 1 and not pattern.startswith("/"):
        return fnmatchcase(name[-1], wanted[0])
    return _match(name, wanted)


def _match(name: Sequence[str], wanted: Sequence[str]) -> bool:
    """Part by part, with the set of positions in `wanted` that are possible: linear, whatever the stars."""
    possible = _skip_stars({0}, wanted)
    for part in name:
        reached = {at for at in possible if at < len(wanted) and wanted[at] == "**"}
        reached |= {at + 1 for at in possible if at < len(wanted) and fnmatchcase(part, wanted[at])}
        possible = _skip_stars(reached, wanted)
    return len(wanted) in possible


def _skip_stars(positions: set[int], wanted: Sequence[str]) -> set[int]:
    found = set(positions)
    for at in positions:
        while at < len(wanted) and wanted[at] == "**":
            at += 1
            found.add(at)
    return found


def names_suffix(pattern: str, suffix: str) -> bool:
    """Whether a pattern spells out this suffix (`*.asp` does for `.asp`, `*` does not)."""
    return bool(suffix) and pattern.lower().endswith(suffix)
