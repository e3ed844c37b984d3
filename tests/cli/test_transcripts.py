"""Runs the transcripts beside this file: the command line's contract, as documents."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from shell import environment, pattern_of

HERE = Path(__file__).parent
SECTION = re.compile(r"^--- (file|run|stdin|stdout|stderr|exit)\b ?(.*)$")


@dataclass
class Run:
    """One command and what must come of it."""

    command: str
    stdin: str = ""
    stdout: str = ""
    stderr: str = ""
    exit: int = 0


@dataclass
class Transcript:
    """A document's files and commands, in order."""

    steps: list[Run | tuple[str, bytes]] = field(default_factory=list)


def read(text: str) -> Transcript:
    """Parse a document: sections begin with `--- `, their text loses the empty line before the next section."""
    transcript = Transcript()
    for kind, argument, body in _sections(text):
        if kind == "file":
            name, _, escaped = argument.partition(" ")
            transcript.steps.append((name, _unescape(body) if escaped else body.encode()))
        elif kind == "run":
            transcript.steps.append(Run(argument))
        else:
            run = transcript.steps[-1]
            assert isinstance(run, Run), f"--- {kind} must follow --- run"
            setattr(run, kind, int(argument) if kind == "exit" else body)
    return transcript


def _sections(text: str) -> Iterator[tuple[str, str, str]]:
    kind, argument, lines = "", "", list[str]()
    for line in [*text.splitlines(), "--- exit 0"]:
        if (match := SECTION.match(line)) is None:
            lines.append(line)
            continue
        if kind:
            while lines and not lines[-1]:
                lines.pop()
            yield kind, argument, "".join(f"{one}\n" for one in lines)
        kind, argument, lines = match[1], match[2], []


def _unescape(text: str) -> bytes:
    return re.sub(rb"\\x([0-9a-f]{2})", lambda match: bytes([int(match[1], 16)]), text.encode())


@pytest.mark.parametrize("path", sorted(HERE.glob("*.txt")), ids=lambda path: path.stem)
def test_transcript(path: Path, tmp_path: Path) -> None:
    env = environment(tmp_path / "bin")
    folder = tmp_path / "work"
    folder.mkdir()
    for step in read(path.read_text("utf-8")).steps:
        if isinstance(step, tuple):
            file = folder / step[0]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(step[1])
        else:
            check(step, folder, env)


def check(run: Run, folder: Path, env: dict[str, str]) -> None:
    """Run one command and compare."""
    done = subprocess.run(
        ["sh", "-c", run.command], cwd=folder, env=env, input=run.stdin.encode(), capture_output=True, timeout=120
    )
    for name, expected, raw in (("stdout", run.stdout, done.stdout), ("stderr", run.stderr, done.stderr)):
        found = raw.decode("utf-8", "backslashreplace")
        if found and not found.endswith("\n"):
            found += "\n"
        if re.fullmatch(pattern_of(expected), found) is None:
            pytest.fail(f"$ {run.command}\n{name} must be\n{expected}\nbut is\n{found}\nexit {done.returncode}")
    assert done.returncode == run.exit, f"$ {run.command}: {done.stderr.decode()}"
