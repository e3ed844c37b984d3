"""The messages between a guard and its child: lengths, a JSON header, a body of bytes."""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from artextract.records import record

LENGTHS = struct.Struct(">II")  # of the header and of the body, in bytes
CHUNK = 1 << 20


@record(frozen=True, slots=True)
class Message:
    """A request or a reply. The header is small and JSON; the body is whatever it is."""

    header: Mapping[str, Any]
    body: bytes = b""

    def packed(self) -> bytes:
        """The message as it goes through a pipe. (ASCII JSON, so that undecodable bytes of a name survive.)"""
        header = json.dumps(self.header, separators=(",", ":")).encode("ascii")
        return LENGTHS.pack(len(header), len(self.body)) + header + self.body


def write(descriptor: int, message: Message) -> None:
    """Send one message, however often the pipe is full. Raises OSError when the other side is gone."""
    view = memoryview(message.packed())
    while view:
        view = view[os.write(descriptor, view) :]


def read(descriptor: int) -> Message | None:
    """Receive one message, waiting for it; None at the end of the pipe (also in the middle of a message)."""
    lengths = _exactly(descriptor, LENGTHS.size)
    if lengths is None:
        return None
    header_length, body_length = LENGTHS.unpack(lengths)
    content = _exactly(descriptor, header_length + body_length)
    if content is None:
        return None
    return Message(json.loads(content[:header_length]), content[header_length:])


def _exactly(descriptor: int, length: int) -> bytes | None:
    parts: list[bytes] = []
    missing = length
    while missing:
        part = os.read(descriptor, min(missing, CHUNK))
        if not part:
            return None
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


@record(slots=True)
class Inbox:
    """What has come through a pipe so far, for a side that must not wait."""

    waiting: bytearray = field(default_factory=bytearray)

    def take(self, chunk: bytes) -> Iterator[Message]:
        """Add a chunk; yield each message that is complete now."""
        self.waiting += chunk
        while len(self.waiting) >= LENGTHS.size:
            header_length, body_length = LENGTHS.unpack_from(self.waiting)
            start, end = LENGTHS.size + header_length, LENGTHS.size + header_length + body_length
            if len(self.waiting) < end:
                return
            header = json.loads(self.waiting[LENGTHS.size : start])
            body = bytes(self.waiting[start:end])
            del self.waiting[:end]
            yield Message(header, body)
