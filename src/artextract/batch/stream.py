"""Writing all of something to a descriptor, with the two ways in which that can end early."""

from __future__ import annotations

import os

from artextract.errors import OutputError
from artextract.inputs.wording import reason


class ReaderLeftError(Exception):
    """Who read our standard output has gone (`| head`): nothing more is wanted."""


def send(descriptor: int, data: bytes, name: str) -> None:
    """Write all of `data`. Raises OutputError, ReaderLeftError."""
    view = memoryview(data)
    try:
        while view:
            view = view[os.write(descriptor, view) :]
    except BrokenPipeError:
        raise ReaderLeftError from None
    except OSError as error:
        raise unwritable(name, error) from None


def unwritable(name: str, error: OSError) -> OutputError:
    """The error that a failed write or open is."""
    return OutputError(f"cannot write {name}: {reason(error)}; what is finished is whole")
