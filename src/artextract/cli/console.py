"""What is said on standard error: one line each, harmless to a terminal, and nothing that could fail the run."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from artextract.batch.outcome import Outcome, Tally
    from artextract.inputs.found import Skipped

QUIET_SECONDS = 1.0
"""Work that takes no longer shows no progress."""

REFRESH_SECONDS = 0.1


def safe(text: str) -> str:
    r"""Text that no terminal obeys: control, format and unknown characters as escapes, on one line.

    >>> print(safe("a\x1b[31m\nb \u202e caf\udce9"))
    a\x1b[31m\x0ab \u202e caf\xe9
    """
    return text if text.isprintable() else "".join(c if c.isprintable() else _escaped(ord(c)) for c in text)


def _escaped(code: int) -> str:
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a name that is no UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def write(text: str) -> None:
    """To standard error as UTF-8; if nobody can hear it, so be it."""
    with contextlib.suppress(OSError):
        os.write(2, text.encode("utf-8", "backslashreplace"))


def say(message: str) -> None:
    """One line of ours."""
    write(f"artextract: {safe(message)}\n")


class Console:
    """Tells the user what happens: failures always, the rest unless quiet; progress where a terminal shows it."""

    def __init__(self, quiet: bool, verbose: bool, many: bool, total: int | None = None) -> None:
        self._quiet = quiet
        self._verbose = verbose
        self._many = many
        self._total = f" of {total:,}" if total is not None else ""
        self._live = many and not quiet and os.isatty(2) and os.environ.get("TERM") != "dumb"
        self._start = time.monotonic()
        self._next = self._start + QUIET_SECONDS
        self._shown = False

    def line(self, message: str) -> None:
        """A message beside the progress line."""
        self.clear()
        say(message)

    def failed(self, outcome: Outcome) -> None:
        """An input failed: always said."""
        self.line(f"{_place(outcome)}: {outcome.message}")

    def empty(self, outcome: Outcome) -> None:
        """An input holds no article: said of a single one, or when the user wants to know much."""
        if self._verbose or not (self._many or self._quiet):
            why = outcome.message or "no article found; --format explain tells what was dropped and why"
            self.line(f"{_place(outcome)}: {why}")

    def skipped(self, found: Skipped) -> None:
        """Something in a directory was not taken."""
        if self._verbose:
            self.line(f"{found.shown}: skipped ({found.reason})")

    def progress(self, tally: Tally) -> None:
        """Draw the progress line again, if it is time."""
        if not self._live or (now := time.monotonic()) < self._next:
            return
        self._next = now + REFRESH_SECONDS
        rate = tally.inputs / (now - self._start)
        failed = f", {tally.failed:,} failed" if tally.failed else ""
        write(f"\r{tally.inputs:,}{self._total} documents{failed}, {rate:.0f} a second\x1b[K")
        self._shown = True

    def clear(self) -> None:
        """Take the progress line away."""
        if self._shown:
            write("\r\x1b[K")
            self._shown = False

    def redone(self, reasons: Mapping[str, int]) -> None:
        """Records of earlier runs that did not count, and why."""
        self.clear()
        for reason, times in () if self._quiet else sorted(reasons.items()):
            say(f"{times:,} earlier record{'' if times == 1 else 's'} {reason}: redone")

    def finished(self, tally: Tally) -> None:
        """The last line of a batch: what became of everything."""
        self.clear()
        if self._many and not self._quiet:
            say(counts(tally))


def _place(outcome: Outcome) -> str:
    return f"{outcome.path}!/{outcome.member}" if outcome.member else outcome.path


def counts(tally: Tally) -> str:
    """What became of everything, in one line."""
    said = [f"{tally.articles:,} article{'' if tally.articles == 1 else 's'}"]
    if tally.duplicates:
        said[0] += f" ({tally.duplicates:,} duplicate{'' if tally.duplicates == 1 else 's'})"
    if tally.empty:
        said.append(f"{tally.empty:,} without an article")
    if tally.failed:
        said.append(f"{tally.failed:,} failed")
    if tally.skipped:
        why = ", ".join(f"{reason} {times:,}" for reason, times in sorted(tally.skipped.items()))
        said.append(f"{sum(tally.skipped.values()):,} skipped ({why})")
    if tally.earlier:
        said.append(f"{tally.earlier:,} of all by an earlier run")
    return ", ".join(said)
