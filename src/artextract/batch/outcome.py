"""What became of each input, and how often."""

from __future__ import annotations

from collections import Counter
from dataclasses import field
from typing import Any, Literal

from artextract.batch.entry import Copy, Entry
from artextract.batch.faults import Fault
from artextract.batch.frames import Message
from artextract.batch.identity import Identity
from artextract.records import record

Status = Literal["article", "empty", "failed", "skipped"]


@record(frozen=True, slots=True)
class Outcome:
    """The end of one input: a record (perhaps of a page without an article), or a failure with its code and reason."""

    path: str
    member: str | None
    status: Status
    record: bytes = b""
    code: str = ""
    message: str = ""
    counts: dict[str, Any] | None = None
    identity: Identity | None = None
    sketch: str = ""  # of its body, and the body folded and packed: to find duplicates
    body: bytes = b""
    copy: Copy | None = None
    earlier: bool = False  # finished by an earlier run
    report: dict[str, Any] | None = None  # what the worker says for --report

    def failure(self) -> dict[str, str | None]:
        """As it stands in the errors file."""
        return {"path": self.path, "member": self.member, "reason": self.code, "message": self.message}


def outcome_of(path: str, member: str | None, reply: Message | Fault) -> Outcome:
    """The outcome that a reply of a worker means."""
    if isinstance(reply, Fault):
        return Outcome(path, member, "failed", code=reply.code, message=reply.message)
    header = reply.header
    size = header.get("record", len(reply.body))
    raw = header.get("identity")
    return Outcome(
        path,
        member,
        header["status"],
        record=reply.body[:size],
        code=header.get("code", ""),
        message=header.get("message", ""),
        counts=header.get("counts"),
        report=header.get("report"),
        identity=Identity(*raw) if raw else None,
        sketch=header.get("sketch", ""),
        body=reply.body[size:],
    )


def known_outcome(path: str, entry: Entry) -> Outcome:
    """The outcome that the line of an earlier run tells of."""
    status: Status = "article" if entry.status == "article" else "empty" if entry.status == "empty" else "failed"
    return Outcome(
        path,
        entry.member,
        status,
        code=entry.code,
        message=entry.message,
        counts=entry.counts,
        identity=entry.identity,
        copy=entry.copy,
        earlier=True,
    )


@record(slots=True)
class Tally:
    """Counts over a run. `inputs` = articles + empty + failed; what was skipped is beside them."""

    articles: int = 0
    empty: int = 0
    failed: int = 0
    duplicates: int = 0  # among the articles
    earlier: int = 0  # of all, finished by earlier runs
    reasons: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    kept_chars: int = 0
    removed_blocks: Counter[str] = field(default_factory=Counter)
    removed_chars: Counter[str] = field(default_factory=Counter)

    @property
    def inputs(self) -> int:
        return self.articles + self.empty + self.failed

    def add(self, outcome: Outcome) -> None:
        """Count one outcome."""
        if outcome.status == "skipped":  # a container's record that proved to hold no text
            self.skipped[outcome.message] += 1
        elif outcome.status == "failed":
            self.failed += 1
            self.reasons[outcome.code] += 1
        elif outcome.status == "empty":
            self.empty += 1
        else:
            self.articles += 1
        self.duplicates += outcome.copy is not None
        self.earlier += outcome.earlier
        if outcome.counts is not None:
            self._add_counts(outcome.counts)

    def _add_counts(self, counts: dict[str, Any]) -> None:
        self.kept_chars += counts["chars"]
        self.warnings.update(counts["warnings"])
        for label, found in counts["removed"].items():
            self.removed_blocks[label] += found["blocks"]
            self.removed_chars[label] += found["chars"]

    def summary(self) -> dict[str, Any]:
        """Counts by outcome, reason and label, ready for JSON."""
        return {
            "inputs": self.inputs,
            "articles": self.articles,
            "empty": self.empty,
            "failed": self.failed,
            "duplicates": self.duplicates,
            "earlier": self.earlier,
            "reasons": dict(sorted(self.reasons.items())),
            "skipped": dict(sorted(self.skipped.items())),
            "warnings": dict(sorted(self.warnings.items())),
            "kept_chars": self.kept_chars,
            "removed": {
                label: {"blocks": blocks, "chars": self.removed_chars[label]}
                for label, blocks in sorted(self.removed_blocks.items())
            },
        }
