"""Only what changed: a run held against an earlier report, ledger or JSON Lines of articles.

Pieces are told by their text: a piece is new where the earlier run had none with its text, changed where it was judged
otherwise. Articles (`-f jsonl`) tell only what was kept.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from artextract.errors import SettingsError
from artextract.report.collect import Row

_BLOCK = re.compile(r'<script type="application/json" id="view-\d+">([^<]*+)</script>')
_KEPT, _LABEL, _TEXT = 5, 6, 12  # positions in a view's rows

Key = tuple[str, str | None]


class Before(NamedTuple):
    """One document as it was: its pieces with how each was judged (`kept, body`), or only the lines that were kept."""

    pieces: dict[str, Counter[str]] | None
    lines: frozenset[str]


def load(path: str) -> dict[Key, Before]:
    """What an earlier run said, by document. Raises SettingsError for what cannot be read or is none."""
    try:
        text = Path(path).read_text("utf-8")
    except OSError as error:
        raise SettingsError(f"--report-against {path}: {error.strerror}; check the name") from None
    except UnicodeDecodeError:
        raise SettingsError(f"--report-against {path}: not UTF-8; give a report or JSON Lines") from None
    found = _of_report(text) if text.lstrip().lower().startswith("<!doctype") else _of_lines(text)
    if not found:
        raise SettingsError(f"--report-against {path}: no document in it; give a report, or -f jsonl or explain .jsonl")
    return found


def _of_report(text: str) -> dict[Key, Before]:
    found: dict[Key, Before] = {}
    for match in _BLOCK.finditer(text):
        view = json.loads(match[1])
        pieces: dict[str, Counter[str]] = {}
        for row in view["rows"]:
            judged = _judged(bool(row[_KEPT]), view["names"][row[_LABEL]])
            pieces.setdefault(_folded(row[_TEXT]), Counter())[judged] += 1
        found[view["path"], view["member"]] = Before(pieces, frozenset())
    return found


def _of_lines(text: str) -> dict[Key, Before]:
    ledgers: dict[Key, dict[str, Counter[str]]] = {}
    key: Key
    found: dict[Key, Before] = {}
    for record in _records(text):
        if "rule" in record and "label" in record:
            key = (str(record.get("path")), record.get("member"))
            pieces = ledgers.setdefault(key, {})
            pieces.setdefault(_folded(record["text"]), Counter())[_judged(record["kept"], record["label"])] += 1
        elif isinstance(record.get("text"), str) and isinstance(record.get("input"), dict):
            lines = frozenset(line for text in record["text"].split("\n") for line in _with_and_without_marker(text))
            key = (str(record["input"].get("path")), record["input"].get("member"))
            found[key] = Before(None, lines)
    return found | {key: Before(pieces, frozenset()) for key, pieces in ledgers.items()}


def _records(text: str) -> Iterator[dict[str, Any]]:
    for line in text.split("\n"):
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict):
            yield record


def _judged(kept: bool, label: str) -> str:
    return f"{'kept' if kept else 'dropped'}, {label}"


def _folded(text: str) -> str:
    return " ".join(text.split())


def compared(row: Row, before: Mapping[Key, Before]) -> Row:
    """The row with the number of pieces that changed, and its view with what each was before."""
    earlier = before.get((row.path, row.member))
    if row.view is None or earlier is None:
        return row
    view = json.loads(row.view)
    changed = 0
    left = {text: Counter(judged) for text, judged in (earlier.pieces or {}).items()}
    kept = frozenset(line for piece in view["rows"] if piece[_KEPT] for line in _lines_of(piece[_TEXT]))
    for piece in view["rows"]:
        was = _was(piece, view["names"], left) if earlier.pieces is not None else _was_kept(piece, kept, earlier.lines)
        if was:
            piece.append(was)
            changed += 1
    return row._replace(changed=changed, view=json.dumps(view, ensure_ascii=False, separators=(",", ":")))


def _lines_of(text: str) -> list[str]:
    return [line for line in map(_folded, text.split("\n")) if line]


def _was_kept(piece: list[Any], kept: frozenset[str], before: frozenset[str]) -> str:
    """Whether the piece was kept, where only kept lines are known; "" if it is as it was.

    A dropped piece whose lines are kept elsewhere (the second copy of a body) says nothing.
    """
    lines = _lines_of(piece[_TEXT])
    if not lines or (not piece[_KEPT] and kept.issuperset(lines)):
        return ""
    was_kept = before.issuperset(lines)
    return "" if was_kept == bool(piece[_KEPT]) else "kept" if was_kept else "not kept"


def _was(piece: list[Any], names: list[str], left: dict[str, Counter[str]]) -> str:
    """How the piece was judged before; "" if it is as it was."""
    judged = left.get(_folded(piece[_TEXT]))
    if not judged:
        return "no such piece"
    now = _judged(bool(piece[_KEPT]), names[piece[_LABEL]])
    was = now if judged[now] else next(iter(judged))
    judged[was] -= 1
    if not judged[was]:
        del judged[was]
    return "" if was == now else was


_MARKER = re.compile(r"(?:-|\d{1,4}[.)]|\[\d{1,4}\]) ")


def _with_and_without_marker(text: str) -> Iterator[str]:
    """A line of an article's text; lists and notes have their markers in it, pieces have not."""
    line = _folded(text)
    if line:
        yield line
    if match := _MARKER.match(line):
        yield line[match.end() :]
