"""Kills a batch at random moments, resumes it, and compares the output with that of an undisturbed run, byte for byte.

    python tools/kill_runs.py [--documents 3000] [--kills 50] [--jobs 2] [--form {jsonl,dir}] [--seed 1]

The documents are made: small, every tenth a near-duplicate of an earlier one. A third of the kills is kill -9 of the
parent, a third kill -9 of a worker (the run goes on to its next kill), a third SIGINT. Ends with 1 if anything differs,
or if a process is left behind.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

KINDS = ("parent", "worker", "interrupt")


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=3_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--form", choices=("jsonl", "dir"), default="jsonl")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kill-") as folder:
        return killed(Path(folder), given)


def killed(folder: Path, given: argparse.Namespace) -> int:
    """One undisturbed run, one that is killed again and again."""
    chance = random.Random(given.seed)
    make(folder / "in", given.documents, chance)
    start = time.monotonic()
    subprocess.run(command(folder, "want", given), check=True)
    whole = time.monotonic() - start
    print(f"{given.documents} documents, undisturbed: {whole:.1f} s", flush=True)
    left = 0
    dealt = dict.fromkeys(KINDS, 0)
    finished = 0
    for nth in range(given.kills):
        kind = KINDS[nth % len(KINDS)]
        process = subprocess.Popen([*command(folder, "got", given), "--resume"])
        time.sleep(0.3 + chance.random() * 2 * whole / given.kills)
        workers = children(process.pid)
        dealt[kind] += strike(process, kind, workers, chance)
        if kind == "worker":
            time.sleep(chance.random())
            process.kill()
        finished += process.wait(timeout=120) == 0
        left += sum(not gone(worker) for worker in workers)
    done = subprocess.run([*command(folder, "got", given), "--resume"])
    same = tree(folder, "want") == tree(folder, "got")
    print(f"kills {dealt}, {finished} runs were faster than their kill, {left} processes left behind")
    print("equal, byte for byte" if same else "NOT equal")
    return 0 if same and not left and done.returncode == 0 else 1


def make(folder: Path, number: int, chance: random.Random) -> None:
    """Small documents, each of a dozen sentences."""
    folder.mkdir()
    words = [a + b for a in ("har", "fer", "win", "mor", "log", "ste") for b in ("bour", "ry", "ter", "ning", "book")]
    texts: list[list[str]] = []
    for n in range(number):
        if n % 10 == 9:
            text = [*chance.choice(texts)[:-1], f"And so it ended for the {n}th time, said the master."]
        else:
            text = [f"In the {n}th night the {' '.join(chance.choices(words, k=14))} froze over." for _ in range(12)]
        texts.append(text)
        body = "\n\n".join(" ".join(text[at : at + 3]) for at in range(0, 12, 3))
        (folder / f"{n:05d}.txt").write_text(body)


def command(folder: Path, name: str, given: argparse.Namespace) -> list[str]:
    """The command over the documents."""
    place = ["-f", "json", "-d", str(folder / name)]
    if given.form == "jsonl":
        place = ["-f", "jsonl", "-o", str(folder / f"{name}.jsonl")]
    return [sys.executable, "-m", "artextract", str(folder / "in"), "-q", "-j", str(given.jobs), *place]


def strike(process: subprocess.Popen[bytes], kind: str, workers: list[int], chance: random.Random) -> bool:
    """Kill what is to be killed; whether there was anything to kill."""
    if process.poll() is not None:
        return False
    if kind == "parent":
        process.kill()
    elif kind == "interrupt":
        process.send_signal(signal.SIGINT)
    elif workers:
        try:
            os.kill(chance.choice(workers), signal.SIGKILL)
        except ProcessLookupError:
            return False
    return True


def children(pid: int) -> list[int]:
    """The worker processes of a run (Linux)."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def gone(pid: int) -> bool:
    """Whether a process ends within two seconds."""
    for _ in range(100):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.02)
    return False


def tree(folder: Path, name: str) -> dict[str, bytes]:
    """The output, without what is the tool's own."""
    if (folder / f"{name}.jsonl").exists():
        return {"all": (folder / f"{name}.jsonl").read_bytes()}
    found = (path for path in (folder / name).rglob("*") if path.is_file() and ".artextract" not in path.parts)
    return {str(path.relative_to(folder / name)): path.read_bytes() for path in found}


if __name__ == "__main__":
    sys.exit(main())
