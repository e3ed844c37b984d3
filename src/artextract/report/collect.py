"""What a report remembers of a run: figures of all documents, rows for the table, full views for a sample.

Memory is bounded however many documents come: figures are counts, rows and views are thinned to the ones most worth
looking at (failures, lowest quality, a random share chosen by a hash of the name).
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from artextract.article import Article
from artextract.report.view import IN_BATCH, SINGLE, view
from artextract.writers.kept import clean

FULL = 200
"""Documents up to which all have a full view; beyond, a sample of so many has."""

LOWEST = 120
"""Of the sample, those of the lowest quality; the others are random."""

MOST_ROWS = 20_000
"""Rows of the table."""

VIEWS_SIZE = 14_000_000
"""Characters of all views of a batch together, so that the page stays under 20 MB."""

QUALITY_EDGES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
SIZE_EDGES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000)  # bytes
TIME_EDGES = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)  # seconds


class Row(NamedTuple):
    """One document of the table. `view` is the JSON of its full view, where it has one."""

    order: int
    path: str
    member: str | None
    status: str
    reason: str = ""
    title: str = ""
    language: str = ""
    encoding: str = ""
    bytes: int = 0
    chars: int = 0
    dropped: int = 0
    quality: float | None = None
    seconds: float | None = None
    repeats: str = ""
    changed: int | None = None
    view: str | None = None

    @property
    def urgency(self) -> tuple[int, float, str]:
        """Failures first, then the lowest quality."""
        rank = 0 if self.status == "failed" else 1 if self.status == "empty" else 2
        return rank, 1.0 if self.quality is None else self.quality, self.lot

    @property
    def lot(self) -> str:
        """A number for drawing at random, the same in every run."""
        return hashlib.sha256(f"{self.path}\0{self.member}".encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(slots=True)
class Figures:
    """Counts over all documents."""

    documents: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    encodings: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)  # characters by label
    repeats: Counter[str] = field(default_factory=Counter)  # later copies by the document that they repeat
    kept: int = 0
    quality: Counter[int] = field(default_factory=Counter)
    sizes: Counter[int] = field(default_factory=Counter)
    times: Counter[int] = field(default_factory=Counter)

    def add(self, row: Row, said: dict[str, Any]) -> None:
        """Count one document."""
        self.documents += 1
        self.statuses[row.status] += 1
        if row.repeats:
            self.repeats[row.repeats] += 1
        if row.status == "failed":
            self.reasons[row.reason.partition(": ")[0]] += 1
        if not said:
            return  # a failure, or finished by an earlier run
        self.languages[row.language or "unknown"] += 1
        self.encodings[row.encoding] += 1
        self.warnings.update(said.get("warnings", ()))
        self.removed.update(said.get("removed", {}))
        self.kept += row.chars
        if row.quality is not None:
            self.quality[bisect_right(QUALITY_EDGES, row.quality)] += 1
        self.sizes[bisect_right(SIZE_EDGES, row.bytes)] += 1
        if row.seconds is not None:
            self.times[bisect_right(TIME_EDGES, row.seconds)] += 1


def said_of(article: Article, path: str, member: str | None, single: bool, seconds: float) -> dict[str, Any]:
    """What a worker says of a document for the report: plain data, ready for JSON."""
    from artextract.writers.json import removed

    source = article.document.source
    dropped = {label: found["chars"] for label, found in removed(article).items()}
    return {
        "title": clean(article.title or "")[:200],
        "language": article.metadata.language or "",
        "encoding": source.encoding,
        "bytes": source.bytes,
        "chars": len(article.text),
        "quality": article.quality,
        "seconds": round(seconds, 4),
        "removed": dropped,
        "warnings": [note.code for note in article.notes],
        "view": view(article, path, member, SINGLE if single else IN_BATCH),
    }


class Collector:
    """Takes documents in order; `rows` and `figures` are what the page shows."""

    def __init__(self) -> None:
        self.figures = Figures()
        self._rows: list[Row] = []
        self._views: dict[int, Row] = {}

    def add(
        self,
        path: str,
        member: str | None,
        status: str,
        *,
        reason: str = "",
        said: dict[str, Any] | None = None,
        repeats: str = "",
    ) -> None:
        """One more document: what `said_of` says of it; None for a failure, or one that an earlier run finished."""
        order = self.figures.documents
        path, member = clean(path), clean(member) if member else None
        found = said or {}
        row = Row(order, path, member, status, clean(reason), repeats=clean(repeats))
        if said is not None:
            names = ("title", "language", "encoding", "bytes", "chars", "quality", "seconds")
            row = row._replace(**{name: said[name] for name in names}, dropped=sum(said["removed"].values()))
        self.figures.add(row, found)
        self._rows.append(row)
        if said is not None:
            self._views[order] = row._replace(view=said["view"])
        self._thin()

    @property
    def sampled(self) -> bool:
        """Whether only a sample has full views."""
        return self.figures.documents > FULL

    def rows(self) -> list[Row]:
        """The rows of the table, in the order of the inputs, with the views of those that have one."""
        self._thin(final=True)
        views = self._fitting()
        return [views.get(row.order, row) for row in self._rows]

    def _thin(self, final: bool = False) -> None:
        if len(self._rows) > MOST_ROWS * (1 if final else 2):
            by_lot = sorted(self._rows, key=lambda row: row.lot)[: MOST_ROWS // 4]
            urgent = sorted(self._rows, key=lambda row: row.urgency)
            chosen = {row.order: row for row in by_lot}
            for row in urgent:
                if len(chosen) >= MOST_ROWS:
                    break
                chosen[row.order] = row
            self._rows = [chosen[order] for order in sorted(chosen)]
        if self.sampled and len(self._views) > FULL * (1 if final else 2):
            urgent = sorted(self._views.values(), key=lambda row: row.urgency)
            rest = sorted(urgent[LOWEST:], key=lambda row: row.lot)
            self._views = {row.order: row for row in (*urgent[:LOWEST], *rest[: FULL - LOWEST])}

    def _fitting(self) -> dict[int, Row]:
        """The views that the page has room for, the most urgent first. A single document's always fits."""
        room = VIEWS_SIZE if self.figures.documents > 1 else SINGLE * 2
        fitting: dict[int, Row] = {}
        for row in sorted(self._views.values(), key=lambda row: row.urgency):
            size = len((row.view or "").encode("utf-8", "replace"))
            if size <= room:
                room -= size
                fitting[row.order] = row
        return fitting


def parsed(row: Row) -> dict[str, Any] | None:
    """A row's view as data."""
    found: dict[str, Any] | None = json.loads(row.view) if row.view is not None else None
    return found
