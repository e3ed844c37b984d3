"""A worker's task for tests: as the shipped one, but a page that begins with `POISON deed` does that deed.

Tests and tools run `program()`, which is the command with this task in place of its own (`artextract.batch.run.TASK`);
the shipped tool has no option for it.
"""

from __future__ import annotations

import ctypes
import os
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from artextract.batch.frames import Message
from artextract.batch.task import extraction

MARK = b"POISON "


def start(setup: Mapping[str, Any]) -> Callable[[Message], Message]:
    """The shipped task, with a look at the page before."""
    well = extraction(setup)

    def answer(request: Message) -> Message:
        deed = _deed(request.header["path"])
        if deed:
            DEEDS[deed]()
        return well(request)

    return answer


def _deed(path: str) -> str:
    """What a page asks for; nothing of a page that is none, or is not there."""
    if not Path(path).is_file():
        return ""
    with Path(path).open("rb") as file:
        head = file.read(60)
    return head.split()[1].decode() if head.startswith(MARK) else ""


def _recurse(depth: int = 0) -> int:
    return _recurse(depth + 1) + 1


def _fail() -> None:
    raise KeyError("a poison")


DEEDS: dict[str, Callable[[], object]] = {
    "exit": lambda: os._exit(3),
    "segfault": lambda: ctypes.string_at(0),
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "native-loop": lambda: ctypes.PyDLL(None).pause(),  # holds the interpreter's lock, as a loop in C would
    "memory": lambda: bytearray(8_000_000_000),
    "recursion": _recurse,
    "exception": _fail,
}

REASONS = {
    "exit": "crash",
    "segfault": "crash",
    "kill": "crash",
    "native-loop": "timeout",
    "memory": "memory",
    "recursion": "recursion",
    "exception": "internal",
}
"""The reason that the errors file must give for each."""

RUN = """
import sys
sys.path.insert(0, {folder!r})
import artextract.batch.run as run
run.TASK = "poisoned:start"
from artextract.cli import main
sys.exit(main(sys.argv[1:]))
"""
"""A program that is the command, with this task."""


def program() -> str:
    """What to give to `python -c`."""
    return RUN.format(folder=str(Path(__file__).parent))
