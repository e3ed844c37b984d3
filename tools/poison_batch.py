"""A batch with ten poisoned documents: who survives, what is said, how long it takes.

    python tools/poison_batch.py BENCH [--documents 390] [--timeout 10] [--jobs 2]

Text dumps of the bench, and among them: os._exit, SIGSEGV, SIGKILL, an endless loop in native code, an allocation of
8 GB, a recursion, a line of 300 MB, an exception, a named pipe, and a file that vanishes before it is read. The poison is
in the worker's task of `tests/poisoned.py`, which the shipped command does not have. Ends with 1 if anything is not as
it must be.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import poisoned

OTHERS = {"line": "too-large", "pipe": "timeout", "gone": "unreadable"}


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--documents", type=int, default=390)
    parser.add_argument("--timeout", type=float, default=10.0)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="poison-") as folder:
        return measure(Path(folder), given)


def measure(folder: Path, given: argparse.Namespace) -> int:
    """Run without and with the poison, and compare."""
    pages = sorted((given.bench / "text" / "wcxb-dev" / "chrome").iterdir())[: given.documents]
    names = []
    for number, page in enumerate(pages):
        name = folder / "in" / f"{number:04d}.txt"
        name.parent.mkdir(exist_ok=True)
        name.write_bytes(gzip.decompress(page.read_bytes()))
        names.append(str(name))
    well = run(folder, names, given)
    bad = poison(folder)
    step = len(names) // (len(bad) + 1)
    mixed = list(names)
    for nth, (deed, path) in enumerate(bad.items()):
        mixed.insert((nth + 1) * (step + 1), path)
        assert deed
    ill = run(folder, mixed, given)
    reasons = {Path(row["path"]).stem: row["reason"] for row in ill["failures"]}
    wanted = {**poisoned.REASONS, **OTHERS}
    limits = sum(reason == "timeout" for reason in wanted.values()) * given.timeout
    print(f"without: exit {well['exit']}, {well['articles']} records, {well['seconds']:.1f} s")
    print(
        f"with: exit {ill['exit']}, {ill['articles']} records, {ill['seconds']:.1f} s, {limits:.0f} s of it time-outs"
    )
    print(
        f"ratio without the time-outs (they overlap with others' work): {(ill['seconds'] - limits) / well['seconds']:.2f}"
    )
    print(json.dumps(reasons, sort_keys=True))
    right = reasons == wanted and ill["exit"] == 3 and ill["records"] == well["records"]
    print("as it must be" if right else f"NOT as it must be: {wanted}")
    return 0 if right else 1


def poison(folder: Path) -> dict[str, str]:
    """The ten, by what they do."""
    place = folder / "bad"
    place.mkdir()
    for deed in poisoned.DEEDS:
        (place / f"{deed}.txt").write_text(f"POISON {deed}\n")
    with (place / "line.txt").open("wb") as file:
        for _ in range(300):
            file.write(b"long " * 200_000)
    os.mkfifo(place / "pipe.txt")
    names = [*poisoned.DEEDS, "line", "pipe", "gone"]
    return {name: str(place / f"{name}.txt") for name in names}


def run(folder: Path, names: list[str], given: argparse.Namespace) -> dict[str, object]:
    """One run over a list of names."""
    (folder / "names").write_text("\n".join(names))
    shutil.rmtree(folder / "out", ignore_errors=True)
    (folder / "out").mkdir()
    start = time.monotonic()
    out = folder / "out"
    command = [sys.executable, "-c", poisoned.program(), "--files-from", str(folder / "names"), "-q", "-f", "jsonl"]
    places = ["-o", str(out / "all.jsonl"), "--errors", str(out / "errors")]
    limits = ["--timeout", str(given.timeout), "--max-memory", "2G", "-j", str(given.jobs)]
    done = subprocess.run([*command, *places, *limits], stderr=subprocess.DEVNULL)
    seconds = time.monotonic() - start
    records = (folder / "out" / "all.jsonl").read_bytes()
    failures = [json.loads(line) for line in (folder / "out" / "errors").read_text().splitlines()]
    return {
        "exit": done.returncode,
        "seconds": seconds,
        "records": records,
        "articles": records.count(b"\n"),
        "failures": failures,
    }


if __name__ == "__main__":
    sys.exit(main())
