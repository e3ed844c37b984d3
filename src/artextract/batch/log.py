"""One file that grows record by record and can be gone on with: `FILE.part` is a log, `FILE` its records in order.

An undisturbed run appends in the order of the inputs, and the log is renamed at its end. Where records were made again
or inputs have come or gone, the log holds them out of order, or ones that no longer count: then it is written anew in
order, and the manifest with it, before it is renamed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from array import array
from collections.abc import Callable

from artextract.batch.manifest import Known
from artextract.batch.names import BODIES, MANIFEST
from artextract.batch.output import PART
from artextract.batch.stream import send, unwritable
from artextract.errors import OutputError
from artextract.inputs.found import Input
from artextract.inputs.wording import shown

SORTED = ".sorted"


class LogSink:
    """JSON Lines or ledgers in one file. `between` stands between two records."""

    def __init__(self, path: str, between: bytes, resume: bool) -> None:
        self.path = os.path.realpath(path)  # a link stays a link to what is written
        self.manifest_path = self.path + MANIFEST
        self.bodies_path = self.path + BODIES
        self._name = shown(path)
        self._between = between
        self._resume = resume
        self._part = self.path + PART
        self._descriptor: int | None = None
        self._size = 0
        self._sequence = array("Q")  # begin, length of the records that count, in order
        self.sort_manifest: Callable[[str, array[int]], None] = lambda path, lengths: None

    # --- The log ---

    def start(self) -> None:
        """Open the log: empty, or as an earlier run left it."""
        try:
            if self._resume:
                self._restore()
            flags = os.O_RDWR | os.O_CREAT | (0 if self._resume else os.O_TRUNC)
            self._descriptor = os.open(self._part, flags, 0o666)
            self._size = os.fstat(self._descriptor).st_size
        except OSError as error:
            raise unwritable(self._name, error) from None

    def _restore(self) -> None:
        """Finish or forget what a killed run was renaming; make the log of a finished file."""
        if os.path.exists(self._part + SORTED) and not os.path.exists(self.manifest_path + SORTED):
            os.replace(self._part + SORTED, self._part)
        if not os.path.exists(self._part) and os.path.exists(self.path):
            shutil.copyfile(self.path, self._part + SORTED + "~")
            os.replace(self._part + SORTED + "~", self._part)
        for leftover in (self._part + SORTED, self.manifest_path + SORTED):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(leftover)

    def fit(self, records: int) -> bool:
        """Cut the log to what its manifest speaks of; False where it is shorter, and is emptied."""
        assert self._descriptor is not None
        fits = self._size >= records
        self._size = records if fits else 0
        os.ftruncate(self._descriptor, self._size)
        os.lseek(self._descriptor, self._size, os.SEEK_SET)
        return fits

    def refusal(self, document: Input) -> str | None:
        return None

    def write(self, document: Input, record: bytes) -> int:
        """Append a record; its length in the log."""
        assert self._descriptor is not None
        if self._sequence:
            record = self._between + record
        try:
            send(self._descriptor, record, self._name)
        except OutputError:
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, self._size)
            raise
        self._sequence.extend((self._size, len(record)))
        self._size += len(record)
        return len(record)

    def has(self, document: Input, known: Known) -> bool:
        return known.at + known.entry.length <= self._size

    def reuse(self, document: Input, known: Known) -> None:
        """A record of an earlier run counts at this place."""
        self._sequence.extend((known.at, known.entry.length))

    def discard(self, document: Input) -> None:
        return  # it is left out where the log is put in order

    def read(self, document: Input, known: Known) -> bytes:
        """A record of an earlier run."""
        return self._record(known.at, known.entry.length)

    def _record(self, at: int, length: int) -> bytes:
        assert self._descriptor is not None
        record = os.pread(self._descriptor, length, at)
        return record.removeprefix(self._between) if self._between else record

    def sync(self) -> None:
        """Bring the log to the disk."""
        assert self._descriptor is not None
        try:
            os.fsync(self._descriptor)
        except OSError as error:
            raise unwritable(self._name, error) from None

    # --- The end ---

    def finish(self) -> None:
        """Put the records in order and give the file its own name."""
        assert self._descriptor is not None
        try:
            if not self._in_order():
                self._sort()
            os.fsync(self._descriptor)
            os.close(self._descriptor)
            os.replace(self._part, self.path)
        except OSError as error:
            raise unwritable(self._name, error) from None

    def _in_order(self) -> bool:
        end = 0
        for at, length in zip(self._sequence[::2], self._sequence[1::2], strict=True):
            if at != end:
                return False
            end += length
        return end == self._size

    def _sort(self) -> None:
        """Write log and manifest anew in order. Killed at any point, one of the two pairs is whole."""
        assert self._descriptor is not None
        descriptor = os.open(self._part + SORTED, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o666)
        lengths = array("Q")
        for number, (at, length) in enumerate(zip(self._sequence[::2], self._sequence[1::2], strict=True)):
            record = self._record(at, length)
            record = self._between + record if number else record
            send(descriptor, record, self._name)
            lengths.append(len(record))
        os.fsync(descriptor)
        self.sort_manifest(self.manifest_path + SORTED, lengths)
        os.replace(self.manifest_path + SORTED, self.manifest_path)
        os.replace(self._part + SORTED, self._part)
        os.close(self._descriptor)
        self._descriptor = descriptor

    def abandon(self) -> str | None:
        """What is finished stays in the log."""
        if self._descriptor is None:
            return None
        with contextlib.suppress(OSError):
            os.close(self._descriptor)
        if self._size:
            return self._name + PART
        with contextlib.suppress(OSError):
            os.unlink(self._part)
            if os.path.getsize(self.manifest_path) == 0:  # nothing to go on from
                os.unlink(self.manifest_path)
                os.unlink(self.bodies_path)
        return None
