"""Why there is no reply, in words."""

from __future__ import annotations

import signal
from typing import Any

from artextract.batch.frames import Message
from artextract.errors import ArtextractError
from artextract.records import record


class CannotStartError(ArtextractError):
    """A worker ended or hung before it was ready: no document is to blame."""


@record(frozen=True, slots=True)
class Fault:
    """Why there is no reply: a code (`timeout`, `crash`, `memory`, `recursion` …) and what to tell the user."""

    code: str
    message: str


@record(frozen=True, slots=True)
class Settled:
    """Stands for a request that need not be made: what became of the input is known."""

    outcome: Any


def crash(status: int) -> Fault:
    """The fault of a child that ended in the middle of a request."""
    if status < 0:
        names = {int(number): number.name for number in signal.Signals}
        how = names.get(-status, f"signal {-status}")
        return Fault("crash", f"crashed its worker ({how}); leave it out, and report it")
    return Fault("crash", f"made its worker exit ({status}); leave it out, and report it")


def late(timeout: float | None) -> Fault:
    """The fault of a request that took too long."""
    return Fault("timeout", f"took longer than {timeout:g} seconds; give it more with --timeout")


def fault_of(reply: Message, max_memory: int | None) -> Fault | None:
    """The fault that a worker reports of itself, in words."""
    code = reply.header.get("fault")
    if code is None:
        return None
    if code == "memory":
        limit = f"--max-memory {max_memory}" if max_memory else "there is"
        return Fault("memory", f"needs more memory than {limit}; raise the limit or leave it out")
    if code == "recursion":
        return Fault("recursion", f"is nested too deeply ({reply.header.get('message', '')}); report it")
    return Fault("internal", f"internal error ({reply.header.get('message', '')}); report it")
