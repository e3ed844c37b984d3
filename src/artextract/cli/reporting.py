"""The report of a run: what it hears while documents are done, and its file at the end."""

from __future__ import annotations

import contextlib
import os

from artextract.batch.outcome import Outcome
from artextract.batch.stream import send
from artextract.errors import OutputError
from artextract.inputs.wording import reason, shown
from artextract.settings import BatchSettings


class Report:
    """Collects for --report. Raises SettingsError if what it is to be compared with cannot be read."""

    def __init__(self, batch: BatchSettings) -> None:
        from artextract.report.against import load
        from artextract.report.collect import Collector

        assert batch.report is not None
        self._path = batch.report
        self._against = batch.report_against
        self._before = load(self._against) if self._against is not None else None
        self._collector = Collector()

    def observe(self, outcome: Outcome) -> None:
        """One more document is done."""
        words = f"{outcome.code}: {outcome.message}" if outcome.status == "failed" else outcome.message
        copy = getattr(outcome, "copy", None)  # of an earlier document, where duplicates are looked for
        repeats = " ".join(filter(None, copy.of)) if copy is not None else ""
        self._collector.add(
            outcome.path, outcome.member, outcome.status, reason=words, said=outcome.report, repeats=repeats
        )

    def write(self) -> None:
        """Write the file, whole or not at all. Raises OutputError."""
        from artextract.report.page import page

        text = page(self._collector, self._before, shown(self._against or ""))
        path = os.path.realpath(self._path)
        part = f"{path}.part"
        try:
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
            try:
                send(descriptor, text.encode("utf-8", "replace"), shown(self._path))
            finally:
                os.close(descriptor)
            os.replace(part, path)
        except OSError as error:
            with contextlib.suppress(OSError):
                os.unlink(part)
            raise OutputError(f"cannot write {shown(self._path)}: {reason(error)}; give another name") from None
