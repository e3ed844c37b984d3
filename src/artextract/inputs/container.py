"""A container that is being read: what its readers need to know, and what they make of a member.

A reader yields names and bytes; it never knows what an article is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from artextract.inputs.found import Content, Held, Input, Met, Skipped, Unreadable
from artextract.inputs.streams import Budget
from artextract.lazy import lazy_pattern
from artextract.records import record
from artextract.settings import Settings

MAX_NESTING = 4
"""Containers within containers that are opened."""

LONGEST_SLUG = 80  # characters

_SLUG = lazy_pattern(r"[^\w.~+-]+")


@record(frozen=True, slots=True)
class Container:
    """Where members come from. `name` is the container's own, as evidence; `depth` how many others it lies in."""

    input: Input
    settings: Settings
    budget: Budget
    name: str = ""
    depth: int = 0
    exclude: tuple[str, ...] = ()
    include: tuple[str, ...] = ()

    @property
    def limit(self) -> int:
        """Bytes that a member may have."""
        return self.settings.max_input_bytes

    def member(self, ordinal: int, name: str = "") -> Input:
        """The input that a member is; `ordinal` counts all there is in the container, from 1."""
        own = self.input
        label = f"{ordinal:06d}-{name}" if name else f"{ordinal:06d}"
        member = label if own.member is None else f"{own.member}!/{label}"
        folder = (*own.name[:-1], f"{own.name[-1]}.d")
        return Input(own.path, (*folder, f"{ordinal:06d}-{slug(name) or 'record'}"), member, own.crowded)

    def held(self, ordinal: int, name: str, content: Content) -> Held:
        """A member as a document."""
        return Held(self.member(ordinal, name), content)

    def skipped(self, ordinal: int, name: str, reason: str) -> Skipped:
        """A member that is not taken."""
        return Skipped(self.input.path, reason, self.member(ordinal, name).member)

    def failed(self, ordinal: int, name: str, message: str, code: str = "unreadable") -> Unreadable:
        """A member that cannot be read."""
        return Unreadable(self.input.path, message, self.member(ordinal, name).member, code)

    def too_large(self, ordinal: int, name: str, size: int | None = None) -> Unreadable:
        """A member over the limit."""
        found = "more bytes than" if size is None else f"{size:,} bytes are more than"
        message = f"{found} the limit of {self.limit:,}; raise --max-input-bytes"
        return self.failed(ordinal, name, message, "too-large")

    def broken(self, message: str, code: str = "damaged") -> Unreadable:
        """The container itself is at fault."""
        return Unreadable(self.input.path, message, self.input.member, code)

    def inner(self, ordinal: int, name: str) -> Container:
        """A member that is a container, too."""
        base = name.replace("\\", "/").rpartition("/")[2]
        return replace(self, input=self.member(ordinal, name), name=base, depth=self.depth + 1)


def slug(name: str) -> str:
    """A name that any file system takes, made of letters, digits and a few marks of a member's name.

    >>> slug("https://example.org/news/a.html?id=7"), slug("../../etc/passwd"), slug("新闻/1.html")
    ('example.org-news-a.html-id-7', 'etc-passwd', '新闻-1.html')
    """
    text = name.partition("://")[2] or name
    return _SLUG.sub("-", text[:400]).strip("-.")[:LONGEST_SLUG].strip("-.")


Members = Iterator[Met]
"""What readers of containers yield."""
