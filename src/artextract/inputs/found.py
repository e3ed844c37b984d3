"""What a search for documents comes upon."""

from __future__ import annotations

from dataclasses import field, fields
from typing import Any

from artextract.inputs.wording import shown
from artextract.records import record

STDIN = "-"


@record(frozen=True, slots=True)
class Input:
    """A document to read. `member` names it inside a container (`000001-name`), None where the file is the document.

    `path` is for the operating system (undecodable bytes as surrogates), as reached from the user's argument; `name`
    its place in the mirrored tree, its folders and itself, the root's base name first. `crowded` are the positions in
    it that a case-folding file system would merge with a neighbour's.
    """

    path: str
    name: tuple[str, ...]
    member: str | None = None
    crowded: tuple[int, ...] = ()

    @property
    def shown(self) -> str:
        """The path as records and messages give it."""
        return shown(self.path)


@record(frozen=True, slots=True)
class Content:
    """What a container holds for one document, and what it says of it.

    `data` is as it lies there: `codings` are the transfer and content codings still on it, outermost last, as HTTP
    names them. `name` is evidence of the type, `transport` a Content-Type header or charset label, `carried` the JSON
    object of the fields that the user wants along. `role` "text" or "html": `data` is UTF-8 made from text that was
    decoded elsewhere, of that type; "str": of either. Where `lenient`, data that is no text or empty is nothing to
    complain of: the container holds what it holds.
    """

    data: bytes = field(repr=False)
    name: str = ""
    url: str | None = None
    retrieved: str | None = None
    transport: str | None = None
    media_type: str | None = None
    codings: tuple[str, ...] = ()
    role: str = ""
    replaced: int = 0  # undecodable bytes of a container's own encoding
    carried: str = ""
    lenient: bool = False

    def header(self) -> dict[str, Any]:
        """All but the data, as JSON, without what is not set."""
        values = {key: getattr(self, key) for key in _KEYS}
        return {key: value for key, value in values.items() if value}


_KEYS = tuple(one.name for one in fields(Content) if one.name != "data")


@record(frozen=True, slots=True)
class Held:
    """A document whose bytes are at hand: a member of a container, or standard input."""

    input: Input
    content: Content


@record(frozen=True, slots=True)
class Unreadable:
    """A document, or a folder of them, that cannot be read, and why (`reason; what to do`)."""

    path: str
    message: str
    member: str | None = None
    code: str = "unreadable"

    @property
    def shown(self) -> str:
        """The path as records and messages give it."""
        return shown(self.path)


@record(frozen=True, slots=True)
class Skipped:
    """Something in a directory or a container that is not taken; `reason` is a word or two, for counting."""

    path: str
    reason: str
    member: str | None = None

    @property
    def shown(self) -> str:
        """The path as records and messages give it."""
        return shown(self.path) if self.member is None else f"{shown(self.path)}!/{self.member}"


Found = Input | Unreadable | Skipped
"""What a walk over paths yields."""

Met = Found | Held
"""What there is after containers were opened."""
