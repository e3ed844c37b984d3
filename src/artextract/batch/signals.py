"""SIGINT and SIGTERM: stop taking new documents, keep what is finished, leave no process behind."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from types import FrameType

HARD_SECONDS = 8.0
"""After this long a run that was told to stop is ended even where it is stuck (a full pipe, a dead file system)."""


class Stopped(BaseException):
    """Raised where a signal must interrupt at once."""


class Stop:
    """Whether the run was told to stop, and by which signal."""

    def __init__(self) -> None:
        self.signal: int | None = None
        self.abrupt: Callable[[], None] = lambda: None  # what a second signal does before the process ends
        self._patient = False

    def __call__(self) -> bool:
        """Whether to stop."""
        return self.signal is not None

    @property
    def exit_code(self) -> int:
        """130 for SIGINT, 143 for SIGTERM, as shells count."""
        return 128 + (self.signal or 0)

    def install(self) -> None:
        """Take over SIGINT and SIGTERM (main thread only). A signal ignored from outside (nohup) stays ignored."""
        for number in (signal.SIGINT, signal.SIGTERM):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._handle)
        signal.signal(signal.SIGALRM, self._end_now)

    @contextlib.contextmanager
    def patient(self) -> Iterator[int]:
        """Within it a signal only sets the flag, and wakes who watches the descriptor that this yields."""
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        before = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        self._patient = True
        try:
            yield reader
        finally:
            self._patient = False
            signal.set_wakeup_fd(before)
            os.close(reader)
            os.close(writer)

    @contextlib.contextmanager
    def impatient(self) -> Iterator[None]:
        """Within it a signal raises `Stopped`, as around a read that may wait for ever."""
        was, self._patient = self._patient, False
        try:
            yield
        finally:
            self._patient = was

    def _handle(self, number: int, _frame: FrameType | None) -> None:
        if self.signal is not None:
            self._end_now(number, None)
        self.signal = number
        signal.setitimer(signal.ITIMER_REAL, HARD_SECONDS)
        if not self._patient:
            raise Stopped

    def _end_now(self, _number: int, _frame: FrameType | None) -> None:
        self.abrupt()
        os._exit(self.exit_code if self.signal is not None else 128 + signal.SIGTERM)

    def settled(self) -> None:
        """The run has ended in good order: no more alarms."""
        signal.setitimer(signal.ITIMER_REAL, 0)
