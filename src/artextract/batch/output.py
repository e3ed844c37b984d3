"""Where records go: a stream, one file under a temporary name, or a folder that mirrors the input.

Every sink leaves whole records only, whatever ends the run.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from array import array
from collections.abc import Callable
from typing import Protocol

from artextract.batch.manifest import Known
from artextract.batch.names import output_name
from artextract.batch.stream import send, unwritable
from artextract.errors import OutputError
from artextract.inputs.found import Input
from artextract.inputs.wording import shown

PART = ".part"
OWN_FOLDER = ".artextract"
"""The folder in DIR that holds what a later run needs."""

MANY_FILES = 8


class Sink(Protocol):
    """A place for records. What `start` makes, `finish` or `abandon` puts in order, whenever the run ends."""

    def start(self) -> None:
        """Open or make what records go to. Raises OutputError."""

    def refusal(self, document: Input) -> str | None:
        """Why this document's record cannot be taken (`reason; what to do`), before any work is done for it."""

    def write(self, document: Input, record: bytes) -> int:
        """Take one record; the bytes that it takes there. Raises OutputError, ReaderLeftError."""

    def finish(self) -> None:
        """All records are written. Raises OutputError."""

    def abandon(self) -> str | None:
        """The run ends early: keep what is whole, and say where it is (None: nowhere special)."""


class LastingSink(Sink, Protocol):
    """A place for records that a later run can go on with."""

    manifest_path: str
    bodies_path: str
    sort_manifest: Callable[[str, array[int]], None]  # to a path, with the records' lengths; set by the journal

    def fit(self, records: int) -> bool:
        """Make what is there fit its manifest, which speaks of so many bytes; False where it cannot be made to."""

    def has(self, document: Input, known: Known) -> bool:
        """Whether the record of an earlier run is there."""

    def reuse(self, document: Input, known: Known) -> None:
        """The record of an earlier run counts at this place in the order."""

    def read(self, document: Input, known: Known) -> bytes:
        """The record of an earlier run. Raises OutputError."""

    def discard(self, document: Input) -> None:
        """The record of an earlier run counts no more."""

    def sync(self) -> None:
        """Bring what was written to the disk. Raises OutputError."""


class NoSink:
    """Nowhere: only the report of the run is wanted."""

    def start(self) -> None:
        return

    def refusal(self, document: Input) -> str | None:
        return None

    def write(self, document: Input, record: bytes) -> int:
        return 0

    def finish(self) -> None:
        return

    def abandon(self) -> str | None:
        return None


class StreamSink:
    """Standard output, or a file that cannot be renamed (a pipe, a device)."""

    def __init__(self, descriptor: int, name: str, terminal: bool = False, between: bytes = b"") -> None:
        self._descriptor = descriptor
        self._name = name
        self._terminal = terminal
        self._between = between  # two records
        self._begun = False

    def start(self) -> None:
        return

    def refusal(self, document: Input) -> str | None:
        return None

    def write(self, document: Input, record: bytes) -> int:
        record = self._between + record if self._begun else record
        self._begun = True
        send(self._descriptor, harmless(record) if self._terminal else record, self._name)
        return len(record)

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
    """One file for one document, written as `FILE.part` and renamed at the end; early ends leave nothing."""

    def __init__(self, path: str) -> None:
        self.path = os.path.realpath(path)  # a link stays a link to what is written
        self._name = shown(path)
        self._part = self.path + PART
        self._descriptor: int | None = None

    def start(self) -> None:
        self._descriptor = -1
        try:
            self._descriptor = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        except OSError as error:
            raise unwritable(self._name, error) from None

    def refusal(self, document: Input) -> str | None:
        return None

    def write(self, document: Input, record: bytes) -> int:
        assert self._descriptor is not None
        send(self._descriptor, record, self._name)
        return len(record)

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
        self._fresh: list[str] = []
        self.sort_manifest: Callable[[str, array[int]], None] = lambda path, lengths: None  # files have no order
        self.manifest_path = os.path.join(folder, OWN_FOLDER, "manifest.jsonl")
        self.bodies_path = os.path.join(folder, OWN_FOLDER, "bodies")

    def start(self) -> None:
        try:
            os.makedirs(os.path.join(self._folder, OWN_FOLDER), exist_ok=True)
        except OSError as error:
            raise unwritable(shown(self._folder), error) from None

    def fit(self, records: int) -> bool:
        return True

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

    def has(self, document: Input, known: Known) -> bool:
        try:
            status = os.lstat(self.path_of(document))
        except OSError:
            return False
        return stat.S_ISREG(status.st_mode) and status.st_size == known.entry.length

    def reuse(self, document: Input, known: Known) -> None:
        return

    def read(self, document: Input, known: Known) -> bytes:
        path = self.path_of(document)
        try:
            with open(path, "rb") as file:
                return file.read()
        except OSError as error:
            raise unwritable(shown(path), error) from None

    def discard(self, document: Input) -> None:
        """Take away what an earlier run wrote of a document that has no record any more."""
        with contextlib.suppress(OSError):
            os.unlink(self.path_of(document))

    def write(self, document: Input, record: bytes) -> int:
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
        self._fresh.append(path)
        return len(record)

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

    def sync(self) -> None:
        """Bring the files to the disk: few of them one by one, many by one call for everything (it takes less)."""
        fresh, self._fresh = self._fresh, []
        if len(fresh) > MANY_FILES and sys.platform.startswith("linux"):
            os.sync()  # Linux waits for the end of it, sync(2)
            return
        for path in (*fresh, *dict.fromkeys(map(os.path.dirname, fresh))):
            try:
                descriptor = os.open(path, os.O_RDONLY)
                try:
                    os.fsync(descriptor)
                finally:
                    os.close(descriptor)
            except OSError as error:
                raise unwritable(shown(path), error) from None

    def finish(self) -> None:
        return

    def abandon(self) -> str | None:
        return None
