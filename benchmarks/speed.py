#!/usr/bin/env python3
"""Speed beside the peers: CPU a page and a text dump in one process, directory mode, start-up.

    python benchmarks/speed.py PAGES --peers VENV/bin/python
    python benchmarks/speed.py PAGES --limit 100 --rounds 3 --only pages      (or dumps, directories, starts)

PAGES is a folder of saved pages (.html or .html.gz). The tools take turns, page by page and run by run, so that
whatever else the machine does hits all of them alike: ratios hold, absolute figures are of this machine and hour. Peers
that the other interpreter does not have are left out; without --peers ours is measured alone.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

TOOLS: dict[str, str] = {
    "artextract text": "ours",
    "artextract json": "ours",
    "trafilatura text": "peer",
    "trafilatura json": "peer",
    "resiliparse text": "peer",
    "readability html": "peer",
    "justext text": "peer",
}
"""Tool -> whose interpreter runs it."""


# --- In the interpreter that is measured ------------------------------------------------------------------------------


def extractor(tool: str) -> Callable[[bytes], object]:
    """The function that a tool's worker times. Raises ImportError where it is not installed."""
    name, form = tool.split()
    return {
        "artextract": _artextract,
        "trafilatura": _trafilatura,
        "resiliparse": _resiliparse,
        "readability": _readability,
        "justext": _justext,
    }[name](form)


def _artextract(form: str) -> Callable[[bytes], object]:
    from artextract import extract

    if form == "text":
        return lambda data: extract(data).text
    return lambda data: json.dumps(extract(data).to_dict())


def _trafilatura(form: str) -> Callable[[bytes], object]:
    import trafilatura

    if form == "text":
        return lambda data: trafilatura.extract(data)
    return lambda data: trafilatura.extract(data, output_format="json", with_metadata=True)


def _resiliparse(form: str) -> Callable[[bytes], object]:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    return lambda data: extract_plain_text(bytes_to_str(data, detect_encoding(data)), main_content=True)


def _readability(form: str) -> Callable[[bytes], object]:
    from readability import Document

    return lambda data: Document(data).summary()


def _justext(form: str) -> Callable[[bytes], object]:
    import justext

    words = justext.get_stoplist("English")
    return lambda data: justext.justext(data, words)


def worker(tool: str) -> None:
    """For each path on standard input print the CPU milliseconds that its page took, or -1 where the tool failed."""
    work = extractor(tool)
    print("ready", flush=True)
    for line in sys.stdin:
        data = Path(line.rstrip("\n")).read_bytes()
        start = time.process_time()
        try:
            work(data)
            print((time.process_time() - start) * 1000, flush=True)
        except Exception:  # a peer's crash is its own figure
            print(-1, flush=True)


# --- In this interpreter ----------------------------------------------------------------------------------------------


class Worker:
    """A tool in a process of its own that answers one page at a time."""

    def __init__(self, tool: str, python: str) -> None:
        self.tool = tool
        self.milliseconds: dict[Path, list[float]] = {}
        self._process = subprocess.Popen(
            [python, __file__, "--worker", tool],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._requests, self._replies = self._process.stdin, self._process.stdout
        self.available = self._replies.readline() == "ready\n"

    def page(self, path: Path, count: bool) -> None:
        """Extract one page; `count` is False for warming up."""
        self._requests.write(f"{path}\n")
        self._requests.flush()
        milliseconds = float(self._replies.readline())
        if count and milliseconds >= 0:
            self.milliseconds.setdefault(path, []).append(milliseconds)

    def medians(self) -> dict[Path, float]:
        """For each page the median over the rounds."""
        return {path: statistics.median(times) for path, times in self.milliseconds.items()}

    def close(self) -> None:
        self._requests.close()
        self._process.wait()


def measure_pages(pages: list[Path], pythons: dict[str, str], rounds: int) -> None:
    """CPU a page, tools in turn on each page."""
    workers = [Worker(tool, pythons[whose]) for tool, whose in TOOLS.items() if whose in pythons]
    present = [one for one in workers if one.available]
    for one in present:
        for page in pages[:5]:
            one.page(page, count=False)
    for _ in range(rounds):
        for page in pages:
            for one in present:
                one.page(page, count=True)
    for one in workers:
        one.close()
    print(
        f"CPU ms a page, {len(pages)} pages, {rounds} rounds         mean  median   ours/theirs: median, of the means"
    )
    ours = {one.tool.split()[1]: one.medians() for one in present if "artextract" in one.tool}
    for one in present:
        theirs = one.medians()
        mine = ours.get(one.tool.split()[1], ours["text"])
        ratio = statistics.median(mine[page] / theirs[page] for page in theirs if page in mine and theirs[page])
        means = statistics.fmean(mine.values()) / statistics.fmean(theirs.values())
        mean, median = statistics.fmean(theirs.values()), statistics.median(theirs.values())
        print(f"  {one.tool:36} {mean:9.2f} {median:7.2f}   {ratio:19.2f} {means:13.2f}")


DUMP = 10_000  # characters of a text dump


def measure_dumps(pages: list[Path], pythons: dict[str, str], rounds: int, folder: Path) -> None:
    """CPU a text dump of 10 kB: the lines of a page's text; pages with less are left out. No peer takes text."""
    from lxml import html

    dumps = []
    for page in pages:
        root = html.fromstring(page.read_bytes() or b"<p>")
        for node in [*root.iter("script", "style")]:
            node.text = None
        lines = [" ".join(line.split()) for line in "\n".join(root.itertext()).splitlines()]
        text = "\n".join(line for line in lines if line)[:DUMP]
        if len(text) == DUMP:
            dumps.append(folder / f"{page.stem}.txt")
            dumps[-1].write_text(text, "utf-8")
    worker = Worker("artextract text", pythons["ours"])
    for count in (False, *[True] * rounds):
        for dump in dumps:
            worker.page(dump, count)
    worker.close()
    found = worker.medians().values()
    print(f"CPU ms a text dump of {DUMP:,} characters, {len(dumps)} dumps, after warming up on them")
    print(f"  mean {statistics.fmean(found):.2f}, median {statistics.median(found):.2f}")


def timed(command: list[str]) -> tuple[float, float]:
    """Wall and CPU seconds (children included) of a command."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0  # it was waited for already
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime


def in_turn(commands: dict[str, Callable[[], list[str]]], rounds: int) -> dict[str, tuple[float, float]]:
    """The median wall and CPU seconds of commands that take turns."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            found[name].append(timed(command()))
    return {
        name: (statistics.median(wall for wall, _ in runs), statistics.median(cpu for _, cpu in runs))
        for name, runs in found.items()
    }


def measure_directories(pages: list[Path], pythons: dict[str, str], rounds: int, folder: Path) -> None:
    """Directory mode with one and with two processes."""
    number = iter(range(10_000))
    source = pages[0].parent

    def ours(jobs: int) -> Callable[[], list[str]]:
        return lambda: [
            *(pythons["ours"], "-m", "artextract", "-q", "-j", str(jobs), str(source), "-f", "jsonl"),
            *("-o", str(folder / f"{next(number)}.jsonl"), "--duplicates", "ignore"),
        ]

    def theirs(jobs: int, form: str) -> Callable[[], list[str]]:
        code = "import sys; from trafilatura.cli import main; main()"
        return lambda: [
            *(pythons["peer"], "-c", code, "--input-dir", str(source), "--output-dir", str(folder / str(next(number)))),
            *("--parallel", str(jobs), *(["--json", "--with-metadata"] if form == "json" else [])),
        ]

    commands = {"artextract jsonl -j 1": ours(1), "artextract jsonl -j 2": ours(2)}
    if "peer" in pythons:
        commands |= {f"trafilatura {form} --parallel {n}": theirs(n, form) for form in ("text", "json") for n in (1, 2)}
    pairs = [f"artextract jsonl -j 2 / trafilatura {form} --parallel 2" for form in ("text", "json")]
    table(f"directory of {len(pages)} pages, medians of {rounds}", in_turn(commands, rounds), len(pages), pairs)


def measure_starts(pages: list[Path], pythons: dict[str, str], rounds: int, folder: Path) -> None:
    """What a single call costs before and around its work."""
    small = folder / "small.txt"
    small.write_text("A small page.\n\nIt has a sentence or two, and that is all there is to be extracted from it.\n")
    ours = [pythons["ours"], "-m", "artextract"]
    commands: dict[str, Callable[[], list[str]]] = {
        "bare interpreter": lambda: [pythons["ours"], "-c", "pass"],
        "artextract --help": lambda: [*ours, "--help"],
        "artextract small.txt": lambda: [*ours, str(small)],
        "artextract page.html": lambda: [*ours, str(pages[0])],
    }
    if "peer" in pythons:
        code = f"import trafilatura; trafilatura.extract(open({str(pages[0])!r}, 'rb').read())"
        commands["trafilatura page.html"] = lambda: [pythons["peer"], "-c", code]
    pairs = ["artextract small.txt / trafilatura page.html", "artextract page.html / trafilatura page.html"]
    table(f"start-up, medians of {rounds}", in_turn(commands, rounds), 1, pairs)


def table(title: str, figures: dict[str, tuple[float, float]], documents: int, pairs: Iterable[str] = ()) -> None:
    """Wall and CPU of each; for `pairs`, "ours / theirs", the ratios of both."""
    print(f"{title:48}  wall s   CPU s  CPU ms a document")
    for name, (wall, cpu) in figures.items():
        print(f"  {name:46} {wall:7.2f} {cpu:7.2f} {cpu / documents * 1000:9.1f}")
    for pair in pairs:
        ours, theirs = pair.split(" / ")
        if ours in figures and theirs in figures:
            wall, cpu = (mine / his for mine, his in zip(figures[ours], figures[theirs], strict=True))
            print(f"  {pair:60} wall {wall:.2f}, CPU {cpu:.2f}")


def unpacked(source: Path, limit: int, folder: Path) -> list[Path]:
    """The pages as plain files in a folder of their own; an even sample, so that no site stands for all."""
    found = sorted(path for path in source.iterdir() if path.name.endswith((".html", ".html.gz", ".htm")))
    step = max(1, len(found) // limit)
    folder.mkdir()
    pages = []
    for path in found[::step][:limit]:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        pages.append(folder / path.name.removesuffix(".gz"))
        pages[-1].write_bytes(data)
    return pages


def main(arguments: Iterable[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--peers", metavar="PYTHON", help="an interpreter that has trafilatura and the others")
    parser.add_argument("--limit", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=("pages", "dumps", "directories", "starts"))
    options = parser.parse_args(list(arguments))
    pythons = {"ours": sys.executable} | ({"peer": options.peers} if options.peers else {})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = unpacked(options.pages, options.limit, folder / "pages")
        if options.only in (None, "pages"):
            measure_pages(pages, pythons, options.rounds)
        if options.only in (None, "dumps"):
            measure_dumps(pages, pythons, options.rounds, folder)
        if options.only in (None, "directories"):
            measure_directories(pages, pythons, options.rounds, folder)
        if options.only in (None, "starts"):
            measure_starts(pages, pythons, max(5, options.rounds), folder)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--worker"]:
        worker(sys.argv[2])
    else:
        main(sys.argv[1:])
