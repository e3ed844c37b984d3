"""What a search for documents comes upon."""

from __future__ import annotations

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
class Unreadable:
    """A document, or a folder of them, that cannot be read, and why (`reason; what to do`)."""

    path: str
    message: str

    @property
    def shown(self) -> str:
        """The path as records and messages give it."""
        return shown(self.path)


@record(frozen=True, slots=True)
class Skipped:
    """Something in a directory that is not taken; `reason` is a word or two, for counting."""

    path: str
    reason: str

    @property
    def shown(self) -> str:
        """The path as records and messages give it."""
        return shown(self.path)


Found = Input | Unreadable | Skipped
