"""The manifest: what a run has finished, so that a later one goes on from there, whatever ended the first.

Append-only. A line is written after its record is on the disk, never before: what a line claims is there. Records are
brought to the disk in groups, since each time costs milliseconds; a run that is killed loses the lines of the last
group, and its records are made again. A torn last line is cut off.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator

from artextract.batch.entry import Entry, entry_of, key_of
from artextract.batch.stream import send, unwritable
from artextract.inputs.wording import shown
from artextract.records import record

GROUP_ENTRIES = 128
GROUP_SECONDS = 0.5
"""How much may be finished without a line: so many inputs, or for so long."""


class Manifest:
    """A manifest that is being written. `sync` brings everything that was written before to the disk."""

    def __init__(self, path: str, sync: Callable[[], None]) -> None:
        self.path = path
        self._sync = sync
        self._waiting: list[bytes] = []
        self._since = 0.0
        self._size = 0  # with the lines that wait
        self._descriptor: int | None = None

    def start(self, anew: bool) -> None:
        """Open it, empty when `anew`, else after its last whole line. Raises OutputError."""
        try:
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0)
            self._descriptor = os.open(self.path, flags | (os.O_TRUNC if anew else 0), 0o666)
            self._size = whole_length(self.path)
            os.ftruncate(self._descriptor, self._size)
        except OSError as error:
            raise unwritable(shown(self.path), error) from None

    def add(self, entry: Entry) -> int:
        """An input is finished; where its line begins. Raises OutputError."""
        line = entry.line()
        at, self._size = self._size, self._size + len(line)
        self._waiting.append(line)
        now = time.monotonic()
        if len(self._waiting) == 1:
            self._since = now
        if len(self._waiting) >= GROUP_ENTRIES or now - self._since >= GROUP_SECONDS:
            self.commit()
        return at

    def commit(self) -> None:
        """Bring records to the disk, then their lines. Raises OutputError."""
        if not self._waiting or self._descriptor is None:
            return
        self._sync()
        lines, self._waiting = b"".join(self._waiting), []
        send(self._descriptor, lines, shown(self.path))
        try:
            os.fsync(self._descriptor)
        except OSError as error:
            raise unwritable(shown(self.path), error) from None

    def restart(self) -> None:
        """Forget all lines. Raises OutputError."""
        assert self._descriptor is not None
        try:
            os.ftruncate(self._descriptor, 0)
        except OSError as error:
            raise unwritable(shown(self.path), error) from None
        self._size = 0

    def close(self) -> None:
        """Commit what can be committed, and close."""
        if self._descriptor is not None:
            try:
                self.commit()
            finally:
                with contextlib.suppress(OSError):
                    os.close(self._descriptor)
                self._descriptor = None


def lines_of(path: str) -> Iterator[tuple[int, bytes, Entry]]:
    """Each whole line with its offset and its entry, up to the first that is torn or not ours."""
    at = 0
    with open(path, "rb") as file:
        for line in file:
            entry = entry_of(line)
            if entry is None:
                return
            yield at, line, entry
            at += len(line)


def whole_length(path: str) -> int:
    """How many bytes of a manifest are whole lines."""
    length = 0
    for at, line, _ in lines_of(path):
        length = at + len(line)
    return length


@record(frozen=True, slots=True)
class Known:
    """What an earlier run made of an input: its entry, where its record begins in a log, which line it was,
    and where that begins."""

    entry: Entry
    at: int
    number: int
    line: int


class Earlier:
    """The entries of earlier runs by input, found on the disk: a million of them take no memory.

    The last entry of an input counts. `records` is where the records of a log end that the lines speak of.
    """

    def __init__(self, path: str) -> None:
        import sqlite3

        self._table = sqlite3.connect("", isolation_level=None)  # a private file that vanishes with us
        self._table.execute("CREATE TABLE entry (key BLOB PRIMARY KEY, line, record, number) WITHOUT ROWID")
        self._table.execute("BEGIN")
        self.records = self.bodies = self.entries = 0
        self._file = open(path, "rb") if os.path.exists(path) else None  # noqa: SIM115 - closed by close()
        if self._file is not None:
            self._load(path)

    def _load(self, path: str) -> None:
        for at, _, entry in lines_of(path):
            row = (entry.key, at, self.records, self.entries)
            self._table.execute("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)", row)
            self.entries += 1
            self.records += entry.length
            if entry.spilled is not None:
                self.bodies = max(self.bodies, entry.spilled.at + entry.spilled.length)

    def find(self, path: str, member: str | None) -> Known | None:
        """What is known of an input; None where no run finished it."""
        row = self._table.execute("SELECT * FROM entry WHERE key = ?", (key_of(path, member),)).fetchone()
        if row is None or self._file is None:
            return None
        _, line, record, number = row
        self._file.seek(line)
        entry = entry_of(self._file.readline())
        return Known(entry, record, number, line) if entry is not None else None

    def close(self) -> None:
        self._table.close()
        if self._file is not None:
            self._file.close()
