"""Tasks for the guard's tests: they do what a document must never be able to do to a run."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from artextract.batch.frames import Message


def start(setup: Mapping[str, Any]) -> Callable[[Message], Message]:
    """A task that does what its request says; state is kept to show which child answered."""
    if setup.get("refuse"):
        raise ValueError("no such setup")
    state = {"answered": 0}

    def answer(request: Message) -> Message:
        state["answered"] += 1
        DEEDS[request.header["do"]](request)
        header = {"do": request.header["do"], "pid": os.getpid(), "nth": state["answered"], **setup}
        return Message(header, request.body * int(request.header.get("times", 1)))

    return answer


def _recurse(depth: int = 0) -> int:
    return _recurse(depth + 1) + 1


def _native_loop(_request: Message) -> None:
    ctypes.PyDLL(None).pause()  # holds the interpreter's lock, as an endless loop in C would


def _crash_unless_first(request: Message) -> None:
    flag = Path(request.header["flag"])
    if flag.exists():
        flag.unlink()
        os._exit(9)


def _chatter(_request: Message) -> None:
    print("printed by a library")
    os.write(1, b"written by native code")
    sys.stderr.write("a warning")


DEEDS: dict[str, Callable[[Message], object]] = {
    "well": lambda request: None,
    "exit": lambda request: os._exit(0),
    "sys-exit": lambda request: sys.exit(3),
    "segfault": lambda request: ctypes.string_at(0),
    "abort": lambda request: os.abort(),
    "kill": lambda request: os.kill(os.getpid(), signal.SIGKILL),
    "loop": lambda request: [None for _ in iter(int, 1)],
    "native-loop": _native_loop,
    "sleep": lambda request: time.sleep(request.header["seconds"]),
    "memory": lambda request: bytearray(8_000_000_000),
    "recursion": lambda request: _recurse(),
    "exception": lambda request: dict[str, int]()["a key\x1b[31m"],
    "close-pipe": lambda request: os.close(int(request.header.get("descriptor", 3))),
    "chatter": _chatter,
    "crash-once": _crash_unless_first,
}
