"""The examples in README.md and docs/ do what they show.

Blocks of a page run in order, in one folder that holds the bundled page. ```` ```console ````: `$ ` begins a command
(run by sh; what it says on standard error is part of what it shows), the lines under it are what comes out, with `…` for
anything on its line, and a line that is only `…` for any lines. ```` ```python ```` with `>>> ` is a doctest.
```` ```toml NAME ````, with any language, writes a file.
"""

from __future__ import annotations

import doctest
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from shell import environment, pattern_of

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs").glob("*.md"))
_FENCE = re.compile(r"^(```+)(\w+) ?(\S*)\n(.*?)^\1$", re.M | re.S)
_LINK = re.compile(r"\]\(([^)\s#:]+)(?:#[^)\s]*)?\)")


class Block(NamedTuple):
    """A fenced block: its language, the file that it is, if one is named, and its text."""

    language: str
    name: str
    text: str


def blocks(path: Path) -> Iterator[Block]:
    return (Block(*found[1:]) for found in _FENCE.findall(path.read_text("utf-8")))


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block with what it shows."""
    for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown


@pytest.mark.parametrize("path", [*PAGES, ROOT / "README.md"], ids=lambda path: str(path.relative_to(ROOT)))
def test_examples(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env, folder = environment(tmp_path / "bin"), tmp_path / "work"
    folder.mkdir()
    shutil.copy(ROOT / "examples/harbour-news.txt", folder)
    shutil.copytree(ROOT / "examples", folder / "examples")
    monkeypatch.chdir(folder)
    for block in blocks(path):
        if block.name:
            (folder / block.name).write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            for command, shown in commands(block.text):
                check(command, shown, folder, env)
        elif block.language == "python" and ">>> " in block.text:
            check_python(block.text, path)


def check(command: str, shown: str, folder: Path, env: dict[str, str]) -> None:
    """Run one command and compare what comes out with what is shown."""
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
    )
    found = done.stdout.decode("utf-8", "backslashreplace")
    if re.fullmatch(pattern_of(shown), found) is None:
        pytest.fail(f"$ {command}\nmust show\n{shown}\nbut shows\n{found}")


def check_python(text: str, path: Path) -> None:
    """Run one block as a doctest."""
    test = doctest.DocTestParser().get_doctest(text, {}, path.name, str(path), 0)
    report: list[str] = []
    assert not doctest.DocTestRunner().run(test, out=report.append).failed, "".join(report)


@pytest.mark.parametrize(
    "path", [*PAGES, ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=lambda path: str(path.relative_to(ROOT))
)
def test_links_lead_somewhere(path: Path) -> None:
    missing = [link for link in _LINK.findall(path.read_text("utf-8")) if not (path.parent / link).exists()]
    assert missing == []


def test_the_index_names_every_page() -> None:
    index = (ROOT / "docs/README.md").read_text("utf-8")
    assert [page.name for page in PAGES if f"({page.name})" not in index and page.name != "README.md"] == []


def test_the_reference_of_json_is_current() -> None:
    done = subprocess.run([sys.executable, ROOT / "tools/schema_page.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", [*PAGES, ROOT / "README.md"], ids=lambda path: str(path.relative_to(ROOT)))
def test_options_that_are_named_exist(path: Path) -> None:
    options = re.compile(r"(?<![\w-])--[a-z][a-z-]*[a-z]")
    shown = subprocess.run([sys.executable, "-m", "artextract", "--help"], capture_output=True, text=True, check=True)
    assert set(options.findall(path.read_text("utf-8"))) - set(options.findall(shown.stdout)) == set()
