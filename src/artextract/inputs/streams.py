"""Bytes that are read once, from the front: files, what is inside compressed ones, and a limit on how they grow."""

from __future__ import annotations

import os
from dataclasses import field
from typing import Protocol

from artextract.errors import InputError
from artextract.inputs.codecs import CHUNK, Codec
from artextract.records import record

MAX_RATIO = 300
"""How many times its own size a container may hold. Archives of pages that are much alike come to about 100; zeros
reach 1,000 (gzip) to 1,000,000 (bzip2)."""

FREE_BYTES = 200_000_000
"""What may be unpacked before the ratio is looked at."""


PIECE = CHUNK // 16
FIRST_PIECE = 512
"""Compressed bytes that are handed over at once: the least and the most."""


class Readable(Protocol):
    """A source of bytes."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, at least one unless it has ended."""


@record(slots=True)
class Budget:
    """How much may come out of one container and all that lie in it, against what was read of the file itself."""

    consumed: int = 0
    spent: int = 0

    def spend(self, size: int) -> None:
        """Count what was unpacked. Raises InputError where it grows beyond all measure."""
        self.spent += size
        if self.spent > FREE_BYTES and self.spent > MAX_RATIO * max(1, self.consumed):
            raise InputError(
                f"unpacks to more than {MAX_RATIO} times its size, as bombs do; the rest was left out; "
                "unpack it yourself if you trust it"
            )


@record(slots=True)
class FileStream:
    """A file from the front, after `head`, which was read before."""

    descriptor: int
    budget: Budget
    head: bytes = b""

    def read(self, size: int, /) -> bytes:
        if self.head:
            part, self.head = self.head[:size], self.head[size:]
        else:
            part = os.read(self.descriptor, min(size, CHUNK))
        self.budget.consumed += len(part)
        return part


@record(slots=True)
class BytesStream:
    """Bytes in memory: a container that lay in another one."""

    data: bytes = field(repr=False)
    at: int = 0

    def read(self, size: int, /) -> bytes:
        part = self.data[self.at : self.at + size]
        self.at += len(part)
        return part


class Inflated:
    """What is inside compressed data, stream after stream.

    Data that is damaged or cut ends where it breaks, and `problem` says so; zeros after the last stream are padding,
    other bytes there a problem, too.
    """

    def __init__(self, source: Readable, codec: Codec, budget: Budget) -> None:
        self._window = source if isinstance(source, Window) else Window(source)
        self._codec = codec
        self._budget = budget
        self._stream = codec.start()
        self._size = FIRST_PIECE
        self._pending = 0  # bytes of the window that the stream was given
        self._ended = False
        self.problem: str | None = None

    def read(self, size: int, /) -> bytes:
        while not self._ended:
            part = self._step(min(size, CHUNK))
            if part:
                self._budget.spend(len(part))
                return part
        return b""

    def _step(self, size: int) -> bytes:
        """Some bytes, or b"" where there are none yet."""
        if self._stream.eof and not self._next_stream():
            return b""
        piece = getattr(self._stream, "unconsumed_tail", b"")
        asked = not piece and getattr(self._stream, "needs_input", True)
        if asked:
            piece = self._next_piece()
        try:
            part: bytes = self._stream.decompress(piece, size)
        except self._codec.errors() as error:
            self._end(f"damaged ({error})")
            return b""
        if self._stream.eof:
            self._window.skip(self._pending - len(self._stream.unused_data))
            self._pending = 0
        elif asked and not piece and not part:
            self._end("cut off")
        return part

    def _next_piece(self) -> bytes:
        """Pieces grow, since what follows a stream's end is given again: a file may hold a million tiny streams."""
        self._window.skip(self._pending)
        piece = self._window.ahead(self._size)
        self._pending, self._size = len(piece), min(2 * self._size, PIECE)
        return piece

    def _next_stream(self) -> bool:
        self._skip_padding()
        head = self._window.ahead(16)
        if not head or not (self._codec.magic and head.startswith(self._codec.magic)):
            self._end("followed by other bytes" if head else None)
            return False
        self._stream, self._size = self._codec.start(), FIRST_PIECE
        return True

    def _skip_padding(self) -> None:
        """Pass over zeros, as tapes and some tools leave them."""
        while self._window.ahead(1) == b"\0":
            ahead = self._window.ahead(PIECE)
            self._window.skip(len(ahead) - len(ahead.lstrip(b"\0")))

    def _end(self, problem: str | None) -> None:
        self._ended = True
        if problem is not None:
            self.problem = f"its {self._codec.name} data is {problem}; what it held up to there was read"


class Window:
    """A stream with a view ahead: bytes can be looked at before they are taken."""

    def __init__(self, source: Readable) -> None:
        self._source = source
        self._held = bytearray()
        self._at = 0
        self.ended = False

    def ahead(self, size: int) -> bytes:
        """The next `size` bytes, fewer at the end, without taking them."""
        self._fill(size)
        return bytes(self._held[self._at : self._at + size])

    def at(self, offset: int, size: int) -> bytes:
        """The `size` bytes from an offset on, fewer at the end, without taking them."""
        self._fill(offset + size)
        return bytes(self._held[self._at + offset : self._at + offset + size])

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, so that a window can stand for its source."""
        if len(self._held) == self._at and not self._fill(1):
            return b""
        return self.take(min(size, len(self._held) - self._at))

    def take(self, size: int) -> bytes:
        """The next `size` bytes, fewer at the end."""
        self._fill(size)
        part = bytes(self._held[self._at : self._at + size])
        self._advance(len(part))
        return part

    def skip(self, size: int) -> int:
        """Pass over `size` bytes; how many there were."""
        passed = 0
        while passed < size:
            here = min(size - passed, len(self._held) - self._at)
            if not here:
                if not self._fill(1):
                    break
                continue
            self._advance(here)
            passed += here
        return passed

    def line(self, limit: int) -> tuple[bytes, bool]:
        """The next line with its line feed, and whether that is all of it: one over `limit` is cut, its rest skipped.

        b"" is the end.
        """
        found = self._find_line_feed(limit)
        if found >= 0:
            return self.take(found + 1), True
        whole = len(self._held) - self._at <= limit
        part = self.take(limit)
        if not whole:
            self._skip_line()
        return part, whole

    def _find_line_feed(self, limit: int) -> int:
        """Where the next line feed is, from here; -1 where none is within `limit`."""
        looked = 0
        while True:
            found = self._held.find(b"\n", self._at + looked, self._at + limit)
            if found >= 0:
                return found - self._at
            looked = len(self._held) - self._at
            if looked > limit or not self._fill(looked + 1):
                return -1

    def _skip_line(self) -> None:
        while True:
            found = self._held.find(b"\n", self._at)
            if found >= 0:
                self._advance(found + 1 - self._at)
                return
            self._advance(len(self._held) - self._at)
            if not self._fill(1):
                return

    def _advance(self, size: int) -> None:
        self._at += size
        if self._at > CHUNK or self._at == len(self._held):
            del self._held[: self._at]
            self._at = 0

    def _fill(self, size: int) -> bool:
        """Make `size` bytes available, if there are as many."""
        while len(self._held) - self._at < size and not self.ended:
            part = self._source.read(CHUNK // 4)
            self.ended = not part
            self._held += part
        return len(self._held) - self._at >= size
