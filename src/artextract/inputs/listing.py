"""The names in a list: --files-from."""

from __future__ import annotations

import os
from collections.abc import Iterator

from artextract.errors import InputError
from artextract.inputs.found import STDIN
from artextract.inputs.wording import reason


def listed(path: str, nul: bool) -> Iterator[str]:
    r"""The names in a file or on standard input, one a line or NUL-separated; empty ones are left out.

    Bytes are kept as they are (names are bytes on disk); a carriage return before a line feed is not part of a name.
    Raises InputError where the list cannot be read.
    """
    end = b"\0" if nul else b"\n"
    try:
        with open(0 if path == STDIN else path, "rb", closefd=path != STDIN) as file:
            rest = b""
            while chunk := file.read(1 << 16):
                *names, rest = (rest + chunk).split(end)
                yield from (os.fsdecode(name) for name in map(_clean if not nul else bytes, names) if name)
            if last := rest if nul else _clean(rest):
                yield os.fsdecode(last)
    except OSError as error:
        raise InputError(f"{reason(error)}; check the list of --files-from") from None


def _clean(name: bytes) -> bytes:
    return name.removesuffix(b"\r")
