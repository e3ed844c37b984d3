"""One line of a manifest: what became of one input, and by which settings, version, model and site profile."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from typing import Any

from artextract.batch.identity import Identity
from artextract.records import record

Original = tuple[str, str | None]
"""Path (as shown) and member of a document that another one repeats."""


@record(frozen=True, slots=True)
class Stamp:
    """Digests of all that a record depends on besides its input. Records with equal stamps were made alike."""

    settings: str
    version: str
    model: str
    profile: str | None = None


@record(frozen=True, slots=True)
class Copy:
    """The verdict that a document repeats an earlier one: which, and the Jaccard index of their shingles."""

    of: Original
    similarity: float


@record(frozen=True, slots=True)
class Spilled:
    """What is needed to compare a document with later ones: `sketch` as text, and where its folded body lies."""

    sketch: str
    at: int
    length: int


@record(frozen=True, slots=True)
class Entry:
    """The end of one input. `length` are the bytes of its record; `identity` None where it could not be read.

    `recorded` is False where there is no record: of a failure, of a duplicate that was dropped.
    """

    path: str  # as the operating system knows it
    member: str | None
    identity: Identity | None
    stamp: Stamp
    status: str
    code: str = ""
    message: str = ""
    counts: dict[str, Any] | None = None
    recorded: bool = False
    length: int = 0
    copy: Copy | None = None
    spilled: Spilled | None = None

    @property
    def key(self) -> bytes:
        """What tells inputs apart."""
        return key_of(self.path, self.member)

    def line(self) -> bytes:
        """As it stands in the manifest; ASCII, so that undecodable bytes of a name survive."""
        fields = asdict(self)
        identity, stamp = fields.pop("identity") or {}, fields.pop("stamp")
        found = {**fields, "size": identity.get("size"), "sha256": identity.get("sha256"), **stamp}
        return json.dumps(found, separators=(",", ":")).encode("ascii") + b"\n"


def key_of(path: str, member: str | None) -> bytes:
    """The key of an input: its path and member, as bytes."""
    return os.fsencode(path) + (b"\0" + os.fsencode(member) if member else b"")


def entry_of(line: bytes) -> Entry | None:
    """The entry of a line; None where it is torn or not ours."""
    if not line.endswith(b"\n"):
        return None
    try:
        found = json.loads(line)
        size, sha256, copy, spilled = (found.pop(key) for key in ("size", "sha256", "copy", "spilled"))
        stamp = Stamp(*(found.pop(key) for key in ("settings", "version", "model", "profile")))
        return Entry(
            **found,
            stamp=stamp,
            identity=Identity(size, sha256) if sha256 else None,
            copy=Copy((copy["of"][0], copy["of"][1]), copy["similarity"]) if copy else None,
            spilled=Spilled(**spilled) if spilled else None,
        )
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        return None
