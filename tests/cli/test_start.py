"""A start is lean: what a small text file and --help do not need is not imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CODE = "import sys; from artextract.cli import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"


@pytest.mark.parametrize("arguments", [["--help"], ["small.txt"]])
def test_heavy_libraries_are_not_imported(arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "small.txt").write_text("A small page.\n\nIt has a sentence, and that is all that there is in it.\n")
    command = [sys.executable, "-c", CODE, *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout
    assert {"lxml", "chardet", "rich", "ftfy", "tomllib"}.isdisjoint(done.stderr.split())
