"""The command as a process: signals, terminals, what it imports, locales, names that are no UTF-8."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import artextract

PAGE = (
    "The harbour froze over in the night, and the ferries stayed where they were until the wind turned on Friday.\n\n"
    "Nobody in the town could remember a winter like it, said the harbour master, who has kept the log for years.\n"
)
ENVIRONMENT = {
    **{key: value for key, value in os.environ.items() if not key.startswith(("ARTEXTRACT_", "NO_COLOR"))},
    "PYTHONPATH": str(Path(artextract.__file__).parents[1]),
    "PYTHONSAFEPATH": "1",
    "TERM": "xterm",
}
COMMAND = [sys.executable, "-m", "artextract"]


def run(*arguments: str | bytes, folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command, run to its end with nothing to read."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        env={**ENVIRONMENT, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
    )


def eventually(condition: Callable[[], bool], seconds: float = 120.0) -> bool:
    """Whether a condition comes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@pytest.fixture
def stuck(tmp_path: Path) -> Path:
    """A folder with two pages and, between them in order, a pipe that nobody writes to."""
    (tmp_path / "a.txt").write_text(PAGE)
    (tmp_path / "z.txt").write_text(PAGE)
    os.mkfifo(tmp_path / "pipe")
    return tmp_path


def start_stuck(folder: Path, *more: str) -> subprocess.Popen[bytes]:
    """A batch that has written one record and hangs at the pipe, its workers running."""
    process = subprocess.Popen(
        [*COMMAND, "a.txt", "pipe", "z.txt", "-f", "jsonl", "-o", "out.jsonl", "-j", "2", *more],
        cwd=folder,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    part = folder / "out.jsonl.part"
    assert eventually(lambda: part.exists() and part.read_bytes().count(b"\n") == 1)
    return process


needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for children in /proc")


@needs_proc
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_batch_keeps_what_is_finished_and_leaves_no_process(
    stuck: Path, number: signal.Signals, code: int
) -> None:
    process = start_stuck(stuck)
    workers = children_of(process.pid)
    assert workers
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == code
    assert said.decode().endswith("; what is finished is in out.jsonl.part\n")
    records = (stuck / "out.jsonl.part").read_text("utf-8").splitlines()
    assert [json.loads(record)["input"]["path"] for record in records] == ["a.txt"]
    assert all(map(is_gone, workers))
    assert not (stuck / "out.jsonl").exists()


@needs_proc
def test_a_second_signal_stops_at_once(stuck: Path) -> None:
    process = start_stuck(stuck)
    workers = children_of(process.pid)
    process.send_signal(signal.SIGINT)
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 130
    process.communicate()
    assert eventually(lambda: all(map(is_gone, workers)))


@needs_proc
def test_a_killed_batch_leaves_no_worker(stuck: Path) -> None:
    process = start_stuck(stuck)
    workers = children_of(process.pid)
    process.kill()
    process.communicate(timeout=60)
    assert eventually(lambda: all(map(is_gone, workers)))


def test_what_hangs_fails_alone_at_its_time_limit(stuck: Path) -> None:
    done = run("a.txt", "pipe", "z.txt", "-f", "jsonl", "--timeout", "3", "--errors", "err", folder=stuck)
    assert done.returncode == 3
    assert [json.loads(line)["input"]["path"] for line in done.stdout.splitlines()] == ["a.txt", "z.txt"]
    failure = json.loads((stuck / "err").read_text("utf-8"))
    assert (failure["path"], failure["reason"]) == ("pipe", "timeout")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_single_input_is_interrupted_silently(stuck: Path, number: signal.Signals, code: int) -> None:
    process = subprocess.Popen(
        [*COMMAND, "pipe", "-o", "out.txt"],
        cwd=stuck,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert eventually((stuck / "out.txt.part").exists)
    process.send_signal(number)
    out, said = process.communicate(timeout=60)
    assert (process.returncode, out, said) == (code, b"", b"")
    assert sorted(path.name for path in stuck.iterdir()) == ["a.txt", "pipe", "z.txt"]


def on_a_terminal(*arguments: str, folder: Path, **environment: str) -> tuple[int, str]:
    """Run with a terminal for all three streams; exit code and what the terminal got."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=folder,
        env={**ENVIRONMENT, **environment},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    got = b""
    while select.select([ours], [], [], 60)[0]:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # Linux: the other side is closed
            break
        if not chunk:
            break
        got += chunk
    os.close(ours)
    return process.wait(timeout=60), got.decode().replace("\r\n", "\n")


def test_without_input_a_terminal_gets_short_help(tmp_path: Path) -> None:
    code, shown = on_a_terminal(folder=tmp_path)
    assert code == 2
    assert shown.startswith("artextract: no input; give files")
    assert "artextract page.html" in shown
    assert len(shown.splitlines()) < 15


@pytest.mark.parametrize("form", ["text", "markdown", "json", "jsonl", "explain"])
def test_a_page_cannot_steer_the_terminal(tmp_path: Path, form: str) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE.replace("night", "ni\x1b]0;owned\x07ght\x9b2J").encode())
    code, shown = on_a_terminal("page.txt", "-f", form, folder=tmp_path)
    assert code == 0
    assert "harbour" in shown
    ours = re.sub(r"\x1b\[[0-9;]*m", "", shown) if form == "explain" else shown  # the ledger's colours
    assert not {"\x1b", "\x07", "\x9b"} & set(ours)


def test_the_ledger_is_in_colour_where_colour_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE)
    explain = ("page.txt", "-f", "explain")
    assert "\x1b[" in on_a_terminal(*explain, folder=tmp_path)[1]
    assert "\x1b[" not in on_a_terminal(*explain, folder=tmp_path, NO_COLOR="1")[1]
    assert "\x1b[" not in on_a_terminal(*explain, folder=tmp_path, TERM="dumb")[1]
    assert "\x1b[" in on_a_terminal(*explain, "--color", "always", folder=tmp_path, NO_COLOR="1")[1]
    assert b"\x1b[" not in run(*explain, folder=tmp_path).stdout
    assert b"\x1b[" in run(*explain, "--color", "always", folder=tmp_path).stdout


def test_progress_is_drawn_on_a_terminal_only_and_taken_away(stuck: Path) -> None:
    arguments = ("a.txt", "pipe", "z.txt", "-d", "out", "--timeout", "2", "-j", "1")
    code, shown = on_a_terminal(*arguments, folder=stuck)
    assert code == 3
    assert "\r2 of 3 documents, 1 failed" in shown
    last = shown.rpartition("\x1b[K")[2]
    assert last.startswith("artextract: 2 articles (1 duplicate), 1 failed")
    code, shown = on_a_terminal(*arguments, "-q", "--overwrite", folder=stuck)
    assert "documents" not in shown


HEAVY = ("lxml", "chardet", "rich", "subprocess", "asyncio", "multiprocessing")


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["page.txt"], ["page.txt", "-f", "json"]])
def test_starting_imports_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "page.txt").write_text(PAGE)
    code = (
        "import sys; sys.argv[1:] = sys.argv[1:]\n"
        "from artextract.__main__ import main\n"
        "code = main()\n"
        f"sys.exit(code or sorted(set({HEAVY!r}) & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=tmp_path,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1", "tr_TR.UTF-8"])
def test_output_is_utf_8_whatever_the_locale(tmp_path: Path, locale: str) -> None:
    (tmp_path / "page.txt").write_text(PAGE.replace("harbour", "гавань 港 éİ"), "utf-8")
    settings = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run("page.txt", folder=tmp_path, **settings)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "гавань 港 éİ" in done.stdout.decode("utf-8")
    assert b"\r" not in done.stdout


def test_names_that_are_no_utf_8_are_read_and_shown_as_escapes(tmp_path: Path) -> None:
    name = b"caf\xe9 \x1b[1m.txt"
    (tmp_path / os.fsdecode(name)).write_text(PAGE)
    done = run(name, "-f", "jsonl", "--fields", "input", folder=tmp_path)
    assert json.loads(done.stdout)["input"]["path"].startswith("caf\\xe9 ")
    done = run(name, b"no\xe9\x1b", "-d", "out", folder=tmp_path)
    assert done.returncode == 3
    assert done.stderr.startswith(b"artextract: no\\xe9\\x1b: no such file")
    written = {os.fsencode(path.name) for path in (tmp_path / "out").iterdir()}
    assert written == {b".artextract", name + b".txt"}


def test_lone_surrogates_and_odd_characters_never_break_the_output(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(f"<p>{PAGE}<p>A lone &#xD800; half and &#27; more of it, in a sentence. {PAGE}")
    for form in ("text", "markdown", "json", "jsonl", "explain"):
        done = run("page.html", "-f", form, folder=tmp_path)
        assert (done.returncode, done.stderr) == (0, b"")
        done.stdout.decode("utf-8")


def test_no_traceback_reaches_the_user(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE)
    (tmp_path / "page.txt").chmod(0)
    attempts = [["page.txt"], ["page.txt", "-d", "page.txt"], ["\udcff" * 300], ["x" * 5000], ["a\0b"], ["--url"]]
    for arguments in attempts:
        if "\0" in arguments[0]:
            continue
        done = run(*arguments, folder=tmp_path)
        assert done.returncode in (0, 2, 3)
        assert b"Traceback" not in done.stderr
