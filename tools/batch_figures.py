"""Figures of batch mode: two workers over one, memory over many documents, pages per second beside trafilatura.

    python tools/batch_figures.py scale BENCH [--documents 200]
    python tools/batch_figures.py memory [--documents 1000 20000]
    python tools/batch_figures.py beside BENCH --python PYTHON-WITH-TRAFILATURA [--documents 200]

Wall-clock times mean something on an idle machine only; CPU seconds (of the command and all its workers) stand beside
them. Memory is the sum of the resident sets of the command and its workers, sampled (Linux).
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("scale", "beside"):
        one = commands.add_parser(name)
        one.add_argument("bench", type=Path)
        one.add_argument("--documents", type=int, default=200)
        one.add_argument("--python", default=sys.executable)
    memory = commands.add_parser("memory")
    memory.add_argument("--documents", type=int, nargs="+", default=[1_000, 20_000])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="figures-") as place:
        folder = Path(place)
        if given.command == "memory":
            for number in given.documents:
                seconds, cpu, peak = measured(ours(made(folder / str(number), number), folder / f"{number}.jsonl", 2))
                print(f"{number:,} small documents: {seconds:.1f} s, {cpu:.1f} s CPU, {peak / 1e6:.0f} MB at most")
        else:
            pages(given.bench, folder / "in", given.documents)
            (scale if given.command == "scale" else beside)(folder, given)


def scale(folder: Path, given: argparse.Namespace) -> None:
    """One worker, two workers."""
    for jobs in (1, 2, 1, 2):
        seconds, cpu, _ = measured(ours(folder / "in", folder / "out.jsonl", jobs))
        print(f"-j {jobs}: {seconds:.1f} s, {given.documents / seconds:.1f} pages a second, {cpu:.1f} s CPU")


def beside(folder: Path, given: argparse.Namespace) -> None:
    """Ours and trafilatura's directory modes, in turns."""
    theirs = [given.python, "-m", "trafilatura.cli", "--input-dir", str(folder / "in"), "--parallel", "2"]
    for turn in range(2):
        for name, command in (
            ("artextract", ours(folder / "in", folder / "out.jsonl", 2)),
            ("trafilatura", [*theirs, "--output-dir", str(folder / f"theirs{turn}")]),
        ):
            seconds, cpu, _ = measured(command)
            print(f"{name:12} {seconds:.1f} s, {given.documents / seconds:.1f} pages a second, {cpu:.1f} s CPU")


def ours(source: Path, target: Path, jobs: int) -> list[str]:
    """Our command over a folder."""
    command = [sys.executable, "-m", "artextract", str(source), "-q", "-j", str(jobs)]
    return [*command, "-f", "jsonl", "-o", str(target), "--overwrite"]


def pages(bench: Path, target: Path, number: int) -> None:
    """HTML pages of the bench, unpacked."""
    target.mkdir()
    for page in sorted((bench / "html" / "wcxb-dev").iterdir())[:number]:
        (target / page.name.removesuffix(".gz")).write_bytes(gzip.decompress(page.read_bytes()))


def made(target: Path, number: int) -> Path:
    """Small text dumps."""
    target.mkdir()
    chance = random.Random(5)
    words = [f"{a}{b}" for a in ("har", "fer", "win", "mor", "log") for b in ("bour", "ry", "ter", "ning", "book")]
    for n in range(number):
        lines = [" ".join(chance.choices(words, k=30)).capitalize() + f", {n}." for _ in range(4)]
        (target / f"{n:06d}.txt").write_text("\n\n".join(lines))
    return target


def measured(command: list[str]) -> tuple[float, float, int]:
    """Wall-clock and CPU seconds of a command with its workers, and the most resident bytes that were seen."""
    before = os.times()
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        peak = max(peak, resident(process.pid))
        time.sleep(0.1)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.monotonic() - start, cpu, peak


def resident(pid: int) -> int:
    """Resident bytes of a process and its children; pages that they share count for each."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        sizes = [int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in (pid, *children)]
    except (OSError, IndexError):
        return 0
    return sum(sizes) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
