"""Which documents repeat an earlier one: exactly (equal tokens) or nearly (Jaccard index of their shingles).

Documents are judged one after the other in the order of the inputs; each is compared with the originals before it, so
that the first is the original and the result depends on nothing but the order. The index is a table on the disk. A
claim is made only after the shingles themselves were compared.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections import Counter

from artextract.batch.entry import Copy, Original, Spilled
from artextract.batch.sketch import Sketch, jaccard, shingles, sketch_from, unpacked
from artextract.batch.stream import send, unwritable

SIMILAR = 0.8
"""The Jaccard index from which a document is a near-duplicate, unless the user says otherwise."""

MOST_COMPARED = 16
"""Candidates whose shingles are compared: those that agree in most bands."""

CROWD = 256
"""Documents that are looked at in one band: the first. A band that more share tells nothing."""


class Bodies:
    """Folded bodies on the disk, one after the other; `path` None is a file that vanishes with us."""

    def __init__(self, path: str | None) -> None:
        self._path = path
        self._name = path or "the temporary folder"
        self._descriptor: int | None = None
        self.size = 0

    def start(self, keep: int) -> None:
        """Open it, cut to `keep` bytes (or to what there is). Raises OutputError."""
        try:
            if self._path is None:
                descriptor, path = tempfile.mkstemp(prefix="artextract-")
                os.unlink(path)
            else:
                descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            self.size = min(keep, os.fstat(descriptor).st_size)
            os.ftruncate(descriptor, self.size)
            os.lseek(descriptor, self.size, os.SEEK_SET)
            self._descriptor = descriptor
        except OSError as error:
            raise unwritable(self._name, error) from None

    def append(self, body: bytes) -> int:
        """Where the body begins. Raises OutputError."""
        assert self._descriptor is not None
        at = self.size
        send(self._descriptor, body, self._name)
        self.size += len(body)
        return at

    def tokens(self, spilled: Spilled) -> list[str]:
        """The tokens of a body."""
        assert self._descriptor is not None
        return unpacked(os.pread(self._descriptor, spilled.length, spilled.at))

    def sync(self) -> None:
        """Bring them to the disk."""
        if self._descriptor is not None and self._path is not None:
            try:
                os.fsync(self._descriptor)
            except OSError as error:
                raise unwritable(self._name, error) from None

    def close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class Originals:
    """The documents so far that repeat no earlier one."""

    def __init__(self, bodies: Bodies, similar: float = SIMILAR) -> None:
        self.bodies = bodies
        self.similar = similar
        self._table = sqlite3.connect("", isolation_level=None)  # a private file that vanishes with us
        self._table.execute("PRAGMA cache_size = -32000")  # kB
        self._table.execute("CREATE TABLE document (exact BLOB, path, member, at, length)")
        self._table.execute("CREATE INDEX exact ON document (exact)")
        self._table.execute("CREATE TABLE band (key, document, PRIMARY KEY (key, document)) WITHOUT ROWID")
        self._table.execute("BEGIN")

    def judge(self, document: Original, spilled: Spilled) -> Copy | None:
        """Whether a document repeats an original; one that does not is an original from now on."""
        sketch = sketch_from(spilled.sketch)
        copy = self._exact(sketch) or self._near(sketch, spilled)
        if copy is None:
            self._add(document, sketch, spilled)
        return copy

    def close(self) -> None:
        self._table.close()
        self.bodies.close()

    def _exact(self, sketch: Sketch) -> Copy | None:
        found = self._table.execute("SELECT path, member FROM document WHERE exact = ?", (sketch.exact,)).fetchone()
        return Copy((found[0], found[1]), 1.0) if found else None

    def _near(self, sketch: Sketch, spilled: Spilled) -> Copy | None:
        candidates = self._candidates(sketch)
        if not candidates:
            return None
        own = shingles(self.bodies.tokens(spilled))
        for number in sorted(candidates):
            path, member, at, length = self._table.execute(
                "SELECT path, member, at, length FROM document WHERE rowid = ?", (number,)
            ).fetchone()
            likeness = jaccard(own, shingles(self.bodies.tokens(Spilled("", at, length))))
            if likeness >= self.similar:
                return Copy((path, member), min(round(likeness, 4), 0.9999))
        return None

    def _candidates(self, sketch: Sketch) -> list[int]:
        """The originals that agree in most bands."""
        agreeing: Counter[int] = Counter()
        for key in sketch.bands:
            rows = self._table.execute("SELECT document FROM band WHERE key = ? LIMIT ?", (key, CROWD))
            agreeing.update(number for (number,) in rows)
        ranked = sorted(agreeing.items(), key=lambda item: (-item[1], item[0]))
        return [number for number, _ in ranked[:MOST_COMPARED]]

    def _add(self, document: Original, sketch: Sketch, spilled: Spilled) -> None:
        row = (sketch.exact, *document, spilled.at, spilled.length)
        number = self._table.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?)", row).lastrowid
        rows = [(key, number) for key in sketch.bands]
        self._table.executemany("INSERT OR IGNORE INTO band VALUES (?, ?)", rows)
