"""Going on from earlier runs: whatever ended them, the output is that of an undisturbed run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from artextract.batch.entry import Copy, Entry, Spilled, Stamp, entry_of
from artextract.batch.identity import Identity, identity, identity_of
from artextract.batch.manifest import Earlier, Manifest, whole_length
from artextract.cli import main

STAMP = Stamp("settings", "version", "model")


def page(number: int) -> str:
    return "\n\n".join(
        f"Story {number} of the harbour, part {part}: it froze over in night {number * 7 + part}, and ferry {number} "
        f"stayed where it was until the wind of {number + part} turned on Friday morning, said master {number}."
        for part in range(4)
    )


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for number in range(8):
        (tmp_path / "in" / f"{number}.txt").write_text(page(number))
    (tmp_path / "in" / "5.txt").write_text(page(2))  # repeats 2
    return tmp_path


def extract(*arguments: str) -> int:
    """The command, in this process; signals are left as they are."""
    before = [(number, signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)]
    try:
        return main(["in", "-q", "-j", "1", *arguments])
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".artextract" not in path.parts
    }


def undisturbed(*arguments: str) -> bytes:
    assert extract("-f", "jsonl", "-o", "fresh.jsonl", "--overwrite", *arguments) in (0, 3)
    return Path("fresh.jsonl").read_bytes()


def cut_after(lines: int, records: int) -> None:
    """Make what a run leaves that was killed after so many lines of the manifest, and so many records."""
    manifest, out = Path("out.jsonl.manifest.jsonl"), Path("out.jsonl")
    whole = manifest.read_bytes().splitlines(keepends=True)
    manifest.write_bytes(b"".join(whole[:lines]) + (whole[lines][:40] if lines < len(whole) else b""))
    written = out.read_bytes().splitlines(keepends=True)
    torn = written[records][:30] if records < len(written) else b""
    Path("out.jsonl.part").write_bytes(b"".join(written[:records]) + torn)
    out.unlink()


@pytest.mark.parametrize(("lines", "records"), [(0, 0), (0, 3), (3, 3), (3, 5), (7, 7), (8, 8)])
def test_what_a_killed_run_left_is_gone_on_with(corpus: Path, lines: int, records: int) -> None:
    assert extract("-f", "jsonl", "-o", "out.jsonl") == 0
    want = Path("out.jsonl").read_bytes()
    cut_after(lines, records)
    assert extract("-f", "jsonl", "-o", "out.jsonl", "--resume", "--summary", "s.json") == 0
    assert Path("out.jsonl").read_bytes() == want
    assert not Path("out.jsonl.part").exists()
    assert json.loads(Path("s.json").read_text())["earlier"] == lines


def change(number: int) -> Callable[[], object]:
    return lambda: Path(f"in/{number}.txt").write_text(page(100 + number))


CHANGES: dict[str, Callable[[], object]] = {
    "nothing": lambda: None,
    "a new one at the start": lambda: Path("in/-1.txt").write_text(page(77)),
    "a new one at the end": lambda: Path("in/9.txt").write_text(page(78)),
    "a changed one": change(3),
    "the original of a duplicate changed": change(2),
    "the original of a duplicate gone": lambda: Path("in/2.txt").unlink(),
    "an earlier copy of an original": lambda: Path("in/1.txt").write_text(page(6)),
    "one gone": lambda: Path("in/0.txt").unlink(),
}


@pytest.mark.parametrize("duplicates", ["mark", "drop"])
@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changed_the_result_is_that_of_a_run_over_what_is_there(
    corpus: Path, what: str, duplicates: str
) -> None:
    more = ("--duplicates", duplicates)
    assert extract("-f", "jsonl", "-o", "out.jsonl", *more) == 0
    assert extract("-f", "json", "-d", "out", *more) == 0
    CHANGES[what]()
    want = undisturbed(*more)
    for _ in range(2):  # the second time all is there
        assert extract("-f", "jsonl", "-o", "out.jsonl", "--resume", *more) == 0
        assert Path("out.jsonl").read_bytes() == want
    assert extract("-f", "json", "-d", "out", "--resume", *more) == 0
    assert extract("-f", "json", "-d", "fresh", *more) == 0
    gone = {name for name in tree(Path("out")) if not Path(name.removesuffix(".json")).exists()}
    assert {name: data for name, data in tree(Path("out")).items() if name not in gone} == tree(Path("fresh"))


def test_other_settings_redo_all_and_say_so(corpus: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert extract("-f", "jsonl", "-o", "out.jsonl") == 0
    assert main(["in", "-f", "jsonl", "-o", "out.jsonl", "--resume", "--favor", "recall", "-j", "1"]) == 0
    assert "8 earlier records made by other settings, another version or model: redone" in capfd.readouterr().err
    assert Path("out.jsonl").read_bytes() == undisturbed("--favor", "recall")


def test_earlier_failures_count_until_they_are_retried(corpus: Path) -> None:
    Path("in/4.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    assert extract("-f", "jsonl", "-o", "out.jsonl") == 3
    assert extract("-f", "jsonl", "-o", "out.jsonl", "--resume", "--errors", "e", "--summary", "s") == 3
    assert json.loads(Path("e").read_text())["reason"] == "not-text"
    assert json.loads(Path("s").read_text())["earlier"] == 8
    assert extract("-f", "jsonl", "-o", "out.jsonl", "--retry-failed", "--summary", "s") == 3
    assert json.loads(Path("s").read_text())["earlier"] == 7
    Path("in/4.txt").write_text(page(4))
    assert extract("-f", "jsonl", "-o", "out.jsonl", "--resume") == 0
    assert Path("out.jsonl").read_bytes() == undisturbed()


def test_a_record_that_was_taken_away_is_made_again(corpus: Path) -> None:
    assert extract("-f", "text", "-d", "out") == 0
    want = tree(Path("out"))
    Path("out/in/3.txt.txt").unlink()
    Path("out/in/4.txt.txt").write_text("spoilt")
    assert extract("-f", "text", "-d", "out", "--resume") == 0
    assert tree(Path("out")) == want


@pytest.mark.parametrize("left", ["both", "log only", "file only"])
def test_a_run_killed_while_it_renames_is_gone_on_with(corpus: Path, left: str) -> None:
    assert extract("-f", "jsonl", "-o", "out.jsonl") == 0
    want = Path("out.jsonl").read_bytes()
    if left == "both":  # a finished file and the copy of it that was to be gone on with
        Path("out.jsonl.part").write_bytes(want)
    elif left == "log only":  # sorted, the manifest renamed, the log not yet
        Path("out.jsonl").rename("out.jsonl.part.sorted")
        Path("out.jsonl.part").write_bytes(b"out of order")
    assert extract("-f", "jsonl", "-o", "out.jsonl", "--resume", "--summary", "s") == 0
    assert Path("out.jsonl").read_bytes() == want
    assert json.loads(Path("s").read_text())["earlier"] == 8


@pytest.mark.parametrize("more", [["-f", "jsonl"], ["-o", "out.txt"], ["-f", "jsonl", "-o", "/dev/null"]])
def test_resuming_needs_a_place(corpus: Path, more: list[str]) -> None:
    assert main(["in/0.txt", "--resume", *more]) == 2


def test_a_file_that_is_not_ours_is_not_gone_on_with(corpus: Path) -> None:
    Path("out.jsonl").write_text("mine\n")
    assert extract("-f", "jsonl", "-o", "out.jsonl", "--resume") == 2
    assert Path("out.jsonl").read_text() == "mine\n"


def test_a_killed_run_is_whole_after_resuming(corpus: Path) -> None:
    """A small version of tools/kill_runs.py."""
    for number in range(10, 100):
        Path(f"in/{number}.txt").write_text(page(number % 90))
    want = undisturbed()
    command = [sys.executable, "-m", "artextract", "in", "-q", "-j", "2", "-f", "jsonl", "-o", "out.jsonl"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for number in (signal.SIGKILL, signal.SIGINT, signal.SIGKILL):
        process = subprocess.Popen([*command, "--resume"], env=environment)
        before = lines_there()
        while process.poll() is None and lines_there() < before + 10:
            time.sleep(0.005)
        process.send_signal(number)
        assert process.wait(timeout=60) in (0, 130, -signal.SIGKILL)
    assert subprocess.run([*command, "--resume"], env=environment).returncode == 0
    assert Path("out.jsonl").read_bytes() == want


def lines_there() -> int:
    part = Path("out.jsonl.part")
    return part.read_bytes().count(b"\n") if part.exists() else 0


def test_lines_survive_and_torn_ones_are_cut(tmp_path: Path) -> None:
    full = Entry(
        "caf\udce9/a.html",
        "000001-b",
        Identity(3, "abc"),
        STAMP,
        "article",
        counts={"chars": 7},
        recorded=True,
        length=9,
        copy=Copy(("b", None), 0.9),
        spilled=Spilled("sketch", 4, 5),
    )
    bare = Entry("b", None, Identity(0, "d"), STAMP, "failed", "timeout", "too long")
    assert [entry_of(entry.line()) for entry in (full, bare)] == [full, bare]
    path = tmp_path / "manifest"
    synced = []
    manifest = Manifest(str(path), lambda: synced.append(whole_length(str(path))))
    manifest.start(anew=True)
    assert [manifest.add(entry) for entry in (full, bare)] == [0, len(full.line())]
    manifest.close()
    assert synced[0] == 0  # records first
    whole = path.read_bytes()
    for torn in (b"{", full.line()[:-1], b"\0\0\0\n"):
        path.write_bytes(whole + torn)
        manifest.start(anew=False)
        manifest.close()
        assert path.read_bytes() == whole
    earlier = Earlier(str(path))
    known = earlier.find("caf\udce9/a.html", "000001-b")
    assert known is not None and (known.entry, known.at) == (full, 0)
    assert earlier.find("caf\udce9/a.html", None) is None
    assert (earlier.records, earlier.bodies) == (9, 9)
    earlier.close()


def test_identities_tell_contents_apart_and_never_wait(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"abc")
    assert identity_of(str(path)) == identity(b"abc") != identity(b"abd")
    assert identity_of(str(path), size=4) is None
    os.mkfifo(tmp_path / "pipe")
    assert identity_of(str(tmp_path / "pipe")) is None
    assert identity_of(str(tmp_path / "missing")) is None
