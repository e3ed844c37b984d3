"""Where records go: a stream, one file under a temporary name, or a folder that mirrors the input.

Every sink leaves whole records only, whatever ends the run.
"""

from __future__ import annotations

import contextlib
import os
import stat
from typing import Protocol

from artextract.batch.names import output_name
from artextract.batch.stream import send, unwritable
from artextract.errors import OutputError
from artextract.inputs.found import Input
from artextract.inputs.wording import shown

PART = ".part"


class Sink(Protocol):
    """A place for records. What `start` makes, `finish` or `abandon` puts in order, whenever the run ends."""

    def start(self) -> None:
        """Open or make what records go to. Raises OutputError."""

    def refusal(self, document: Input) -> str | None:
        """Why this document's record cannot be taken (`reason; what to do`), before any work is done for it."""

    def write(self, document: Input, record: bytes) -> None:
        """Take one record. Raises OutputError, ReaderLeftError."""

    def finish(self) -> None:
        """All records are written. Raises OutputError."""

    def abandon(self) -> str | None:
        """The run ends early: keep what is whole, and say where it is (None: nowhere special)."""


class NoSink:
    """Nowhere: only the report of the run is wanted."""

    def start(self) -> None:
        return

    def refusal(self, document: Input) -> str | None:
        return None

    def write(self, document: Input, record: bytes) -> None:
        return

    def finish(self) -> None:
        return

    def abandon(self) -> str | None:
        return None


class StreamSink:
    """Standard output, or a file that cannot be renamed (a pipe, a device)."""

    def __init__(self, descriptor: int, name: str, terminal: bool = False) -> None:
        self._descriptor = descriptor
        self._name = name
        self._terminal = terminal

    def start(self) -> None:
        return

    def refusal(self, document: Input) -> str | None:
        return None

    def write(self, document: Input, record: bytes) -> None:
        send(self._descriptor, harmless(record) if self._terminal else record, self._name)

    def finish(self) -> None:
        return

    def abandon(self) -> str | None:
        return None


def harmless(record: bytes) -> bytes:
    r"""A record for a terminal: control characters that could steer it are shown as `\u001b`.

    >>> harmless(b"a\x1b[2Jb\n")
    b'a\\u001b[2Jb\n'
    """
    text = record.decode("utf-8", "replace")
    steering = {c: f"\\u{c:04x}" for c in (*range(0x20), *range(0x7F, 0xA0)) if c not in (0x09, 0x0A)}
    return text.translate(steering).encode()


class FileSink:
    """One file, written as `FILE.part` and renamed at the end.

    When a run ends early, a `streaming` one (JSON Lines, ledgers) keeps the records that are whole; any other vanishes.
    """

    def __init__(self, path: str, streaming: bool) -> None:
        self.path = os.path.realpath(path)  # a link stays a link to what is written
        self._name = shown(path)
        self._streaming = streaming
        self._part = self.path + PART
        self._size = 0
        self._descriptor: int | None = None

    def start(self) -> None:
        self._descriptor = -1
        try:
            self._descriptor = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        except OSError as error:
            raise unwritable(self._name, error) from None

    def refusal(self, document: Input) -> str | None:
        return None

    def write(self, document: Input, record: bytes) -> None:
        assert self._descriptor is not None
        try:
            send(self._descriptor, record, self._name)
        except OutputError:
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, self._size)
            raise
        self._size += len(record)

    def finish(self) -> None:
        """Rename the file to its own name."""
        assert self._descriptor is not None
        try:
            os.fsync(self._descriptor)
            os.close(self._descriptor)
            os.replace(self._part, self.path)
        except OSError as error:
            raise unwritable(self._name, error) from None

    def abandon(self) -> str | None:
        if self._descriptor is None:
            return None
        with contextlib.suppress(OSError):
            os.close(self._descriptor)
        if self._streaming and self._size:
            return self._name + PART
        with contextlib.suppress(OSError):
            os.unlink(self._part)
        return None


class FolderSink:
    """One file per document below a folder, in the tree of the inputs."""

    def __init__(self, folder: str, suffix: str, overwrite: bool) -> None:
        self._folder = folder
        self._suffix = suffix
        self._overwrite = overwrite
        self._made: set[str] = set()

    def start(self) -> None:
        try:
            os.makedirs(self._folder, exist_ok=True)
        except OSError as error:
            raise unwritable(shown(self._folder), error) from None

    def path_of(self, document: Input) -> str:
        """Where a document's record goes."""
        return os.path.join(self._folder, *output_name(document, self._suffix))

    def refusal(self, document: Input) -> str | None:
        path = self.path_of(document)
        try:
            mode = os.lstat(path).st_mode
        except OSError:
            return None
        if stat.S_ISDIR(mode):
            return f"its output {shown(path)} is a folder; move that away"
        return None if self._overwrite else f"its output {shown(path)} exists; --overwrite replaces it"

    def write(self, document: Input, record: bytes) -> None:
        parts = output_name(document, self._suffix)
        path = os.path.join(self._make(parts[:-1]), parts[-1])
        part = path + PART
        try:
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o666)
            try:
                send(descriptor, record, shown(path))
            finally:
                os.close(descriptor)
            os.replace(part, path)
        except (OSError, OutputError) as error:
            with contextlib.suppress(OSError):
                os.unlink(part)
            raise error if isinstance(error, OutputError) else unwritable(shown(path), error) from None

    def _make(self, parts: tuple[str, ...]) -> str:
        """The folder for a record. A link inside DIR is not followed: it could lead out of it."""
        folder = self._folder
        for part in parts:
            folder = os.path.join(folder, part)
            if folder in self._made:
                continue
            try:
                with contextlib.suppress(FileExistsError):
                    os.mkdir(folder)
                if not stat.S_ISDIR(os.lstat(folder).st_mode):
                    raise OutputError(f"cannot write {shown(folder)}: no folder, or a link; move it away")
            except OSError as error:
                raise unwritable(shown(folder), error) from None
            self._made.add(folder)
        return folder

    def finish(self) -> None:
        return

    def abandon(self) -> str | None:
        return None
