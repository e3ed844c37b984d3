"""What an input was when it was read: its size and the SHA-256 of its bytes as they lie there."""

from __future__ import annotations

import hashlib
import os
import stat

from artextract.records import record

CHUNK = 1 << 20


@record(frozen=True, slots=True)
class Identity:
    """Two inputs with equal identities hold the same bytes."""

    size: int
    sha256: str


def identity(data: bytes) -> Identity:
    """The identity of bytes in memory."""
    return Identity(len(data), hashlib.sha256(data).hexdigest())


def identity_of(path: str, size: int | None = None) -> Identity | None:
    """The identity of a file; None where there is no regular file to read, or not one of `size` bytes.

    Never waits: pipes and devices are not opened.
    """
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode) or (size is not None and status.st_size != size):
            return None
        with open(path, "rb", buffering=0) as file:
            return _summed(file.fileno())
    except (OSError, ValueError):
        return None


def _summed(descriptor: int) -> Identity:
    digest, size = hashlib.sha256(), 0
    while part := os.read(descriptor, CHUNK):
        digest.update(part)
        size += len(part)
    return Identity(size, digest.hexdigest())
