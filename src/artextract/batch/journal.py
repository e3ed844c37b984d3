"""What a run remembers: the records of earlier runs that still count, and the manifest that it writes itself."""

from __future__ import annotations

import os
from array import array
from collections import Counter
from dataclasses import replace

from artextract.batch.duplicates import Bodies
from artextract.batch.entry import Entry, Stamp, entry_of
from artextract.batch.identity import Identity, identity_of
from artextract.batch.manifest import Earlier, Known, Manifest
from artextract.batch.output import LastingSink
from artextract.batch.stream import send
from artextract.inputs.found import Input
from artextract.inputs.wording import shown
from artextract.records import record


@record(frozen=True, slots=True)
class Wish:
    """What earlier runs are to this one. `anew`: nothing, and their manifest is emptied."""

    resume: bool = False
    retry_failed: bool = False
    anew: bool = False


class Journal:
    """The manifest of a run and those of the runs before it, over one place for records."""

    def __init__(self, sink: LastingSink, wish: Wish, stamp: Stamp, bodies: Bodies | None) -> None:
        self.sink = sink
        self.stamp = stamp
        self.redone: Counter[str] = Counter()  # why records of earlier runs do not count
        self._wish = wish
        self._bodies = bodies
        self._manifest = Manifest(sink.manifest_path, self._sync)
        self._earlier: Earlier | None = None
        self._position = 0
        self._undisturbed = True
        sink.sort_manifest = self._sort
        self._lines = array("q")  # where the lines of this run's inputs begin, and 1 where there is a record

    def start(self) -> None:
        """Load what is there. Raises OutputError."""
        self._manifest.start(self._wish.anew)
        earlier = Earlier(self.sink.manifest_path)
        if self._bodies is not None:
            self._bodies.start(earlier.bodies)
        if not self.sink.fit(earlier.records):
            self.redone["its records are not there any more"] += earlier.entries
            self._manifest.restart()
            earlier.close()
        elif self._wish.resume:
            self._earlier = earlier
        else:
            earlier.close()

    def known(self, document: Input, stamp: Stamp, held: Identity | None) -> Known | None:
        """What an earlier run made of this very input by these very settings, if its record is still there.

        `held` is the input's identity where its bytes are at hand.
        """
        if self._earlier is None:
            return None
        known = self._earlier.find(document.path, document.member)
        if known is not None and not self._counts(document, known, stamp, held):
            known = None
        self._undisturbed = self._undisturbed and known is not None and known.number == self._position
        self._position += 1
        return known

    def _counts(self, document: Input, known: Known, stamp: Stamp, held: Identity | None) -> bool:
        entry = known.entry
        if entry.status == "failed" and (self._wish.retry_failed or entry.identity is None):
            return False
        if entry.stamp != stamp:
            self.redone["made by other settings, another version or model"] += 1
            return False
        if entry.identity is None or (held or identity_of(document.path, entry.identity.size)) != entry.identity:
            self.redone["changed since"] += 1
            return False
        return self._is_there(document, known)

    def _is_there(self, document: Input, known: Known) -> bool:
        entry = known.entry
        if entry.spilled is not None:
            end = entry.spilled.at + entry.spilled.length
            if self._bodies is None or end > self._bodies.size:
                return False
        if not entry.recorded:
            return entry.status == "failed" or self._undisturbed  # else it may be no duplicate any more
        return self.sink.has(document, known)

    def reuse(self, document: Input, known: Known) -> None:
        """A record of an earlier run counts, as it is."""
        if known.entry.recorded:
            self.sink.reuse(document, known)
        self._lines.extend((known.line, int(known.entry.recorded)))

    def add(self, entry: Entry) -> None:
        """An input is finished. Raises OutputError."""
        self._lines.extend((self._manifest.add(entry), int(entry.recorded)))

    def _sort(self, path: str, lengths: array[int]) -> None:
        """Write the manifest anew to `path`, with the lines that count only, in order.

        `lengths` are what the records have now.
        """
        self._manifest.commit()
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        left = iter(lengths)
        try:
            with open(self.sink.manifest_path, "rb") as lines:
                for at, recorded in zip(self._lines[::2], self._lines[1::2], strict=True):
                    lines.seek(at)
                    entry = entry_of(lines.readline())
                    assert entry is not None  # we have read or written it
                    entry = replace(entry, length=next(left)) if recorded else entry
                    send(descriptor, entry.line(), shown(path))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def commit(self) -> None:
        self._manifest.commit()

    def close(self) -> None:
        """Commit what can be committed. Raises OutputError."""
        if self._earlier is not None:
            self._earlier.close()
        self._manifest.close()

    def _sync(self) -> None:
        if self._bodies is not None:
            self._bodies.sync()
        self.sink.sync()
