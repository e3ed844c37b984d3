"""The child's side of a guarded worker: one request after the other, until the pipe ends.

Started as `python -c "…; from artextract.batch.child import main; main()"` by `guard.py`. It knows nothing of
extraction: the first message names a task, `module:function`; calling that with the message's `setup` gives the
function that answers requests.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from artextract.batch import frames
from artextract.batch.frames import Message

Answer = Callable[[Message], Message]

ALLOCATIONS = 20_000
"""How many more objects there must be before the garbage collector looks for cycles (700 by default). A page makes some
tens of thousands, nearly all without cycles, and importing our modules as many: looking costs a tenth of either."""

ORPHAN_GRACE = 10
"""Seconds after the guard's deadline at which a child that nobody killed (its guard is gone) dies by itself."""


def main() -> None:
    """Serve requests from standard input until it ends. Replies go to what was standard output."""
    gc.set_threshold(ALLOCATIONS)
    replies = _private_output()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the guard decides when a child stops
    _die_with_the_guard()
    first = frames.read(0)
    if first is None:
        return
    try:
        _limit(first.header.get("max_memory"))
        answer = _task(first.header)
    except BaseException as error:
        frames.write(replies, Message({"cannot_start": describe(error)}))
        return
    frames.write(replies, Message({"ready": True}))
    _serve(answer, replies, first.header.get("timeout"))


def _private_output() -> int:
    """A descriptor of our own for replies; what a library prints goes nowhere and cannot break a message."""
    replies = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return replies


def _task(header: Mapping[str, Any]) -> Answer:
    module, _, function = header["task"].partition(":")
    answer: Answer = getattr(import_module(module), function)(header["setup"])
    return answer


def _serve(answer: Answer, replies: int, timeout: float | None) -> None:
    while (request := frames.read(0)) is not None:
        if timeout:
            signal.alarm(int(timeout) + ORPHAN_GRACE)  # default action: it ends even a loop in native code
        reply, healthy = answered(answer, request)
        signal.alarm(0)
        try:
            frames.write(replies, reply)
        except OSError:  # the guard is gone
            return
        if not healthy:
            return


def answered(answer: Answer, request: Message) -> tuple[Message, bool]:
    """The reply, and whether this process is still good for another one."""
    try:
        return answer(request), True
    except MemoryError:
        return Message({"fault": "memory"}), False
    except RecursionError as error:
        return Message({"fault": "recursion", "message": describe(error)}), True
    except (Exception, SystemExit) as error:
        return Message({"fault": "internal", "message": describe(error)}), not isinstance(error, SystemExit)


def describe(error: BaseException) -> str:
    """An unexpected exception in one line: its type, its message, and the innermost line of code it came from."""
    place = ""
    trace = error.__traceback__
    while trace is not None:
        place = f" at {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"
        trace = trace.tb_next
    try:
        said = " ".join(str(error)[:300].split())
    except Exception:  # a broken __str__ must not hide the first error
        said = ""
    return f"{type(error).__name__}{': ' if said else ''}{said}{place}"


def _limit(max_memory: int | None) -> None:
    """No core dumps; an address space of `max_memory` bytes, if one is given."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if max_memory is not None:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        allowed = max_memory if hard == resource.RLIM_INFINITY else min(max_memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))


def _die_with_the_guard() -> None:
    """On Linux: be killed when the guard dies, and be the first to go when memory runs out."""
    if not sys.platform.startswith("linux"):
        return
    guard = os.getppid()
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
        file.write("1000")
    with contextlib.suppress(Exception):
        import ctypes

        set_parent_death_signal = 1  # PR_SET_PDEATHSIG, prctl(2)
        ctypes.CDLL(None).prctl(set_parent_death_signal, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != guard:  # it died before the call
        os._exit(1)
