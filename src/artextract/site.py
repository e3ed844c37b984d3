"""Lines that repeat across a site: how a line is folded and hashed, and how a profile is kept in a file.

A profile tells of hashes only, salted with the site's name, so that it can be handed on without the pages' words.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator

from artextract.errors import SettingsError
from artextract.model import Block, SiteProfile

FORM = "artextract-site-profile/1"
"""What a file of profiles says that it is."""

LONGEST = 2_000
"""Characters of a line that are looked at."""

JUDGED = frozenset(("heading", "paragraph", "list_item", "caption", "term", "separator"))
"""Kinds of blocks whose lines can be furniture of a site."""


def fold(line: str) -> str:
    """A line as it is compared: case, width and white space do not count. Numbers do: "Memory: 8 GB" is content.

    >>> fold(" All Comments｜SHARE ")
    'all comments|share'
    """
    return " ".join(unicodedata.normalize("NFKC", line[:LONGEST]).casefold().split())


def hash_of(folded: str, site: str) -> str:
    """The salted hash of a folded line: 16 hexadecimal digits."""
    salted = f"{site}\n{folded}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(salted, digest_size=8).hexdigest()


def lines_of(block: Block) -> Iterator[tuple[int, int, str]]:
    """The lines of a block that hold a letter: begin, end, and folded."""
    if block.kind not in JUDGED or block.origin != "page":
        return
    start = 0
    for line in block.text.split("\n"):
        if any(map(str.isalpha, line)):
            yield start, start + len(line), fold(line)
        start += len(line) + 1


def hashes_of(blocks: Iterable[Block], site: str) -> set[str]:
    """The hashes of all lines of a page."""
    return {hash_of(folded, site) for block in blocks for _, _, folded in lines_of(block)}


def packed(profile: SiteProfile) -> dict[str, object]:
    """A profile as it stands in a file."""
    return {"site": profile.site, "pages": profile.pages, "lines": dict(profile.lines)}


def profile_of(fields: object) -> SiteProfile:
    """The profile that `packed` made. Raises SettingsError."""
    try:
        lines = sorted((str(line), float(share)) for line, share in fields["lines"].items())  # type: ignore[index]
        return SiteProfile(str(fields["site"]), int(fields["pages"]), tuple(lines))  # type: ignore[index]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise SettingsError("no site profile of ours; learn it again with --site-boilerplate") from None


def profiles_text(profiles: Iterable[SiteProfile]) -> str:
    """Profiles as the content of a file."""
    ordered = sorted(profiles, key=lambda profile: profile.site)
    return json.dumps({"form": FORM, "profiles": [packed(p) for p in ordered]}, indent=1, ensure_ascii=False) + "\n"


def profiles_from(text: str) -> list[SiteProfile]:
    """The profiles of a file. Raises SettingsError."""
    try:
        content = json.loads(text)
        rows = content["profiles"] if content["form"] == FORM else None
    except (ValueError, KeyError, TypeError):
        rows = None
    if not isinstance(rows, list) or not rows:
        raise SettingsError("no site profile of ours; learn it again with --site-boilerplate")
    return [profile_of(row) for row in rows]
