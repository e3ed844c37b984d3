"""The guard's side of one worker process: start it, send it a request, watch the clock, bury it.

A child is started, not forked, so that it shares nothing with the guard but two pipes. Whatever a page does to it, the
guard sees only three things: a reply, the end of the pipe, or a deadline that passed.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import field
from typing import IO, Any

from artextract.batch import frames
from artextract.batch.faults import CannotStartError
from artextract.batch.frames import Inbox, Message
from artextract.records import record

START_SECONDS = 60.0
"""How long a child may take to start and import what it needs before it counts as one that cannot start."""


@record(frozen=True, slots=True)
class Plan:
    """What every child of a run is given: the task `module:function`, its setup (JSON), and the limits per request."""

    task: str
    setup: Mapping[str, Any] = field(default_factory=dict)
    timeout: float | None = None  # seconds
    max_memory: int | None = None  # bytes of address space
    requests_per_child: int = 2_000  # then a fresh one takes over: native libraries leak and fragment

    def greeting(self) -> Message:
        """The first message that a child gets."""
        return Message({"task": self.task, "setup": self.setup, "timeout": self.timeout, "max_memory": self.max_memory})


class Child:
    """One worker process and the request it is at."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.done = 0  # requests answered
        self.busy = False
        self.ready = False
        self.deadline = time.monotonic() + START_SECONDS
        self._inbox = Inbox()
        self._process = _start()
        self._requests: IO[bytes] = _pipe(self._process.stdin)
        self._replies: IO[bytes] = _pipe(self._process.stdout)
        self._write(plan.greeting())

    @property
    def descriptor(self) -> int:
        """The pipe to watch."""
        return self._replies.fileno()

    @property
    def worn(self) -> bool:
        return self.done >= self.plan.requests_per_child

    def send(self, request: Message) -> None:
        """Hand over a request. The clock starts now, or when the child is ready."""
        self.busy = True
        if self.ready:
            self._start_clock()
        self._write(request)

    def receive(self) -> Message | None:
        """Read what is there: a complete reply, or None when it is not complete yet. Raises EOFError at the end."""
        chunk = os.read(self.descriptor, frames.CHUNK)
        if not chunk:
            raise EOFError
        for message in self._inbox.take(chunk):
            if self.ready:
                self.busy = False
                self.done += 1
                return message
            self._greeted(message)
        return None

    def _greeted(self, message: Message) -> None:
        if "cannot_start" in message.header:
            raise CannotStartError(str(message.header["cannot_start"]))
        self.ready = True
        self._start_clock()

    def _start_clock(self) -> None:
        limit = self.plan.timeout
        self.deadline = time.monotonic() + limit if limit else float("inf")

    def _write(self, message: Message) -> None:
        with contextlib.suppress(OSError):  # a child that is gone is seen at the other pipe
            frames.write(self._requests.fileno(), message)

    def kill(self) -> None:
        """End the process at once, without waiting for it."""
        self._process.kill()

    def end(self) -> int:
        """Kill the process if it still runs, wait for it, close the pipes; its exit status (negative: the signal)."""
        self._process.kill()
        status = self._process.wait()
        self._requests.close()
        self._replies.close()
        return status

    def buried(self) -> int:
        """The exit status of a process that closed its pipe by itself."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=1.0)
        return self.end()


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # both were asked for
    return stream


def _start() -> subprocess.Popen[bytes]:
    """A fresh interpreter that finds modules where this one does, in a process group of its own (Ctrl-C spares it)."""
    bootstrap = f"import sys; sys.path[:] = {sys.path!a}; from artextract.batch.child import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", bootstrap],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        process_group=0,
    )
