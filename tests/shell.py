"""What the tests of documents share: the command line's transcripts, and the examples of the docs."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import artextract


def pattern_of(expected: str) -> str:
    """A regular expression for text in which `…` stands for anything on its line, a line of it alone for any lines."""
    lines = expected.splitlines(keepends=True)
    return "".join(r"(?:[^\n]*\n)*" if line == "…\n" else re.escape(line).replace("…", r"[^\n]*") for line in lines)


def environment(folder: Path) -> dict[str, str]:
    """An environment in which `artextract` is this one (a script in the new `folder`), without the tester's settings."""
    folder.mkdir()
    command = folder / "artextract"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m artextract "$@"\n')
    command.chmod(0o755)
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ARTEXTRACT_", "NO_COLOR"))}
    home = str(Path(artextract.__file__).parents[1])
    return {**kept, "PATH": f"{folder}{os.pathsep}{kept['PATH']}", "PYTHONPATH": home, "PYTHONSAFEPATH": "1"}
