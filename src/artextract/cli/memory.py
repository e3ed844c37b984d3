"""What a run keeps in mind: what earlier runs finished, and the documents that later ones may repeat."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

from artextract.batch.entry import Stamp
from artextract.batch.output import LastingSink, Sink
from artextract.batch.task import Order
from artextract.cli.given import PARQUET, Given, is_special
from artextract.version import __version__

if TYPE_CHECKING:
    from artextract.batch.duplicates import Originals
    from artextract.batch.journal import Journal


def lasting(wanted: Given) -> bool:
    """Whether a later run can go on from this one: it has a place of its own, and many documents or --resume."""
    batch = wanted.batch
    if wanted.only_report:
        return False
    if batch.output_dir is not None:
        return True
    if batch.output is None or batch.output.lower().endswith(PARQUET):
        return False
    return (wanted.many or batch.resume) and not is_special(batch.output)


class Memory:
    """The journal of a run and its table of originals, each where there is a use for it."""

    def __init__(self, wanted: Given, order: Order, sink: Sink) -> None:
        self.journal: Journal | None = None
        self.originals: Originals | None = None
        batch = wanted.batch
        kept = cast("LastingSink", sink) if lasting(wanted) else None
        if order.sketch:
            from artextract.batch.duplicates import Bodies, Originals

            place = kept.bodies_path if kept is not None else None
            self.originals = Originals(Bodies(place), batch.similarity)
        if kept is not None:
            from artextract.batch.journal import Journal, Wish

            wish = Wish(batch.resume, batch.retry_failed, anew=batch.output_dir is None and not batch.resume)
            bodies = self.originals.bodies if self.originals is not None else None
            self.journal = Journal(kept, wish, _stamp(wanted, order), bodies)

    @property
    def redone(self) -> Mapping[str, int]:
        """Why records of earlier runs did not count, and how many."""
        return self.journal.redone if self.journal is not None else {}

    def start(self) -> None:
        """Load what there is. Raises OutputError."""
        if self.journal is not None:
            self.journal.start()
        elif self.originals is not None:
            self.originals.bodies.start(0)

    def commit(self) -> None:
        """Bring all that is finished to the disk. Raises OutputError."""
        if self.journal is not None:
            self.journal.commit()

    def close(self) -> None:
        """The run is at its end. Raises OutputError."""
        try:
            if self.journal is not None:
                self.journal.close()
        finally:
            if self.originals is not None:
                self.originals.close()


def _stamp(wanted: Given, order: Order) -> Stamp:
    setup = {key: value for key, value in order.setup().items() if key not in ("counts", "identity", "profiles")}
    rest = (wanted.batch.duplicates, wanted.batch.similarity, wanted.many)
    return Stamp(_digest(json.dumps([setup, rest], sort_keys=True).encode()), __version__, _model())


def _model() -> str:
    """The digest of the models that come with this version, all of them: the type of an input is not known yet."""
    files = sorted((Path(__file__).parents[1] / "data").glob("model.*"))
    return _digest(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
