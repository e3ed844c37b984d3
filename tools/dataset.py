"""Pages of the bench as judged documents with labels: what training and cross-validation start from."""

from __future__ import annotations

import gzip
import hashlib
import json
import pickle
import random
import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from artextract.classifier import document_before
from artextract.decode import decode
from artextract.errors import ArtextractError
from artextract.model import Document
from artextract.settings import Settings
from labels import Labels, align

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
TRAINING_SETS = ("wcxb-dev", "zh-dev", "magic-dev", "magic-forum-dev")
RENDERERS = ("chrome", "lynx")
FOLDS = 5


@dataclass(frozen=True)
class Page:
    """One rendering of one bench page. `track` is `html`, `chrome`, `lynx` or `noise`."""

    set: str
    id: str
    track: str
    kind: str
    domain: str
    gold: str
    document: Document
    labels: Labels
    foreign: bool = False  # a second copy, met as if its language were unknown

    @property
    def fold(self) -> int:
        return fold_of(self.domain)


def fold_of(domain: str) -> int:
    """The fold of a domain: by its name alone, so that all renderings of a page share one."""
    return int.from_bytes(hashlib.sha256(domain.encode()).digest()[:4], "big") % FOLDS


def gold_of(name: str) -> dict[str, dict[str, str]]:
    """The gold records of a set by page id."""
    with gzip.open(BENCH / "gold" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {record["id"]: record for record in map(json.loads, lines)}


def pages(tracks: tuple[str, ...], sets: tuple[str, ...] = TRAINING_SETS, limit: int = 0, jobs: int = 2) -> list[Page]:
    """All pages of the sets in these tracks, read and judged by the stages before the classifier."""
    tasks = list(_tasks(tracks, sets, limit))
    with ProcessPoolExecutor(jobs) as pool:
        packed = pool.map(_load, tasks, chunksize=20)
        return [pickle.loads(p) for p in packed if p is not None]


def _tasks(
    tracks: tuple[str, ...], sets: tuple[str, ...], limit: int
) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    for name in sets:
        gold = gold_of(name)
        for i in sorted(gold)[: limit or None]:
            for track in tracks:
                if _file(name, i, track).exists():
                    yield name, i, track, gold[i]


def _file(name: str, i: str, track: str) -> Path:
    if track == "html":
        return BENCH / "html" / name / f"{i}.html.gz"
    return BENCH / "text" / name / ("chrome" if track == "noise" else track) / f"{i}.txt.gz"


def _load(task: tuple[str, str, str, dict[str, str]]) -> bytes | None:
    name, i, track, gold = task
    data: bytes | str = gzip.decompress(_file(name, i, track).read_bytes())
    wanted = gold["text"] or ""
    if track == "noise":
        data, again = noisy(data.decode("utf-8", "replace"), f"{name}/{i}", wanted)
        wanted = f"{wanted}\n{again}"
    suffix = ".html" if track == "html" else ".txt"
    try:
        settings = Settings(input_type="html" if track == "html" else "text")
        document = document_before(decode(data, settings, name=i + suffix), settings)
    except ArtextractError:
        return None
    texts = [b.text for b in document.blocks if b.text and b.origin == "page"]
    labels = align(texts, wanted)
    page = Page(name, i, track, gold["type"], gold.get("domain") or f"{name}/{i}", gold["text"] or "", document, labels)
    return pickle.dumps(page)


def noisy(text: str, seed: str, body: str) -> tuple[str, str]:
    """A dump as another renderer might have made it: blank lines lost, lines wrapped or joined, bullets, tabs.

    One in four holds its body a second time, at its end or its start, which is given back too (else ""): both copies
    are body to the classifier, and the stage that finds repeats drops one.
    """
    rng = random.Random(seed)
    lines = text.split("\n")
    way = rng.randrange(5)
    again = body if rng.random() < 0.25 else ""
    if again:
        lines = [*lines, "", *again.split("\n")] if rng.random() < 0.7 else [*again.split("\n"), "", *lines]
    if way == 0:  # no blank lines at all
        lines = [line for line in lines if line.strip()]
    elif way == 1:  # hard wraps
        width = rng.choice((72, 80, 100))
        lines = [part for line in lines for part in (_wrapped(line, width) or [""])]
    elif way == 2:  # a blank line after each line
        lines = [part for line in lines if line.strip() for part in (line, "")]
    elif way == 3:  # short neighbours joined, as inline elements are
        lines = _joined(lines, rng)
    else:  # indentation and bullets
        lines = [rng.choice(("", "  ", "\t", "* ")) + line if len(line) < 60 else line for line in lines]
    return "\n".join(lines), again


def _wrapped(line: str, width: int) -> list[str]:
    parts, current = [], ""
    for word in re.split(r"(?<=\s)", line):
        if current and len(current) + len(word) > width:
            parts.append(current.rstrip())
            current = ""
        current += word
    return [*parts, current] if current else parts


def _joined(lines: list[str], rng: random.Random) -> list[str]:
    out: list[str] = []
    for line in lines:
        if out and line.strip() and out[-1].strip() and len(line) < 30 and len(out[-1]) < 60 and rng.random() < 0.4:
            out[-1] += rng.choice((" ", " | ", "  ")) + line
        else:
            out.append(line)
    return out
