"""The bytes of a WARC file as its reader needs them: it looks ahead, takes what proved right, goes on after damage.

Of a gzip file each record is a member of its own. Bytes never run on from one record into a member that begins
another, and after a damaged member the next one is looked for.
"""

from __future__ import annotations

from typing import Any

from artextract.inputs.codecs import CHUNK, GZIP
from artextract.inputs.streams import FIRST_PIECE, PIECE, Budget, Readable, Window

RECORD = b"WARC/"
KEPT = 4 * CHUNK
"""Compressed bytes of a member that are kept, to look for the next member in them if this one proves damaged."""


class Feed:
    """Decompressed bytes ahead of the reader.

    They end for good (`ended`), at damage (`damage` tells which; `recover` goes on behind it), or at a `border`: the
    next record begins there, and `cross` goes on.
    """

    def __init__(self, source: Readable) -> None:
        self._source = source
        self._held = bytearray()
        self._at = 0
        self.damage: str | None = None
        self.torn = False  # the damage is in a member that bytes came from already: its last record is in doubt
        self.border = False

    def fill(self, size: int) -> int:
        """Make up to `size` bytes available; how many of them there are."""
        while len(self._held) - self._at < size:
            part = self._more()
            if not part:
                break
            self._held += part
        return min(size, len(self._held) - self._at)

    def _more(self) -> bytes:
        return self._source.read(CHUNK // 4)

    def at(self, offset: int, size: int) -> bytes:
        """Bytes from an offset on, not taken; fewer at an end."""
        self.fill(offset + size)
        return bytes(self._held[self._at + offset : self._at + offset + size])

    def find(self, needle: bytes, start: int, end: int) -> int:
        """Where `needle` stands among the next `end` bytes; -1 if it does not."""
        self.fill(end)
        found = self._held.find(needle, self._at + start, self._at + end)
        return found - self._at if found >= 0 else -1

    def skip(self, size: int) -> None:
        """Pass over bytes that are there."""
        self._at += size
        if self._at > CHUNK or self._at >= len(self._held):
            del self._held[: self._at]
            self._at = 0

    def cross(self) -> None:
        """Go on with the record behind the border."""
        self.border = False

    def recover(self) -> bool:
        """Go on behind the damage; False where nothing more is found."""
        return False


class GzipFeed(Feed):
    """The members of a gzip file, one after the other."""

    def __init__(self, source: Window, budget: Budget) -> None:
        super().__init__(source)
        self._window = source  # stands at the start of the member in hand, or `KEPT` bytes or so behind it
        self._budget = budget
        self._member: Any = GZIP.start()
        self._fed = 0  # bytes of the window that the member was given
        self._size = FIRST_PIECE  # pieces grow: a file may hold a million tiny members
        self._fresh = True  # nothing came out of it yet
        self._beyond = b""  # the first bytes of the record behind the border

    def _more(self) -> bytes:
        while self.damage is None and not self.border:
            if self._beyond:
                part, self._beyond = self._beyond, b""
                return part
            if self._member.eof:
                if not self._next_member():
                    return b""
                continue
            part = self._inflated()
            if part and self._fresh and self._begins_another(part):
                self._beyond, self.border = part, True
                part = b""
            if part:
                self._fresh = False
                return part
            self._fresh = self._fresh and not self.border
        return b""

    def _begins_another(self, part: bytes) -> bool:
        return part.startswith(RECORD) and len(self._held) > self._at

    def _inflated(self) -> bytes:
        """Some of the member's bytes; it may be none."""
        piece = self._member.unconsumed_tail
        if not piece:
            if self._fed > KEPT:
                self._window.skip(self._fed)
                self._fed = 0
            piece = self._window.at(self._fed, self._size)
            self._size = min(2 * self._size, PIECE)
            self._fed += len(piece)
            if not piece:
                self.damage, self.torn = "its gzip data is cut off", not self._fresh
                return b""
        try:
            part: bytes = self._member.decompress(piece, CHUNK)
        except GZIP.errors() as error:
            self.damage, self.torn = f"its gzip data is damaged ({error})", not self._fresh
            return b""
        if self._member.eof:
            self._window.skip(self._fed - len(self._member.unused_data))
            self._fed = 0
        self._budget.spend(len(part))
        return part

    def _next_member(self) -> bool:
        head = self._window.ahead(len(GZIP.magic))
        if not head:
            return False
        if head[0] == 0:  # padding
            ahead = self._window.ahead(PIECE)
            self._window.skip(len(ahead) - len(ahead.lstrip(b"\0")))
            return True
        if not head.startswith(GZIP.magic):
            self.damage = "bytes that are no gzip data stand between its records"
            return False
        self._start()
        return True

    def _start(self) -> None:
        self._member, self._fed, self._size, self._fresh = GZIP.start(), 0, FIRST_PIECE, True

    def recover(self) -> bool:
        """Look for the next member that begins a record."""
        self._window.skip(1)
        while len(ahead := self._window.ahead(PIECE)) >= len(GZIP.magic):
            found = ahead.find(GZIP.magic)
            if found < 0:
                self._window.skip(len(ahead) - len(GZIP.magic) + 1)
                continue
            self._window.skip(found)
            if self._begins_record():
                self._start()
                self.damage, self.torn = None, False
                return True
            self._window.skip(1)
        return False

    def _begins_record(self) -> bool:
        try:
            found = GZIP.start().decompress(self._window.ahead(4096), 64)
        except GZIP.errors():
            return False
        return bool(found.startswith(RECORD))
