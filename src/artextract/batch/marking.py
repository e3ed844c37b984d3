"""The keys `duplicate_of` and `similarity` of a JSON record, set after it was made."""

from __future__ import annotations

import json
from typing import Any

from artextract.batch.entry import Copy


def marked(record: bytes, was: Copy | None, now: Copy | None) -> bytes:
    """A JSON record with another verdict in it, whether it is indented or one line.

    Inside a JSON string a quotation mark is escaped, so that only a key can look like one; ours stands last.
    """
    for (key, old), (_, new) in zip(_values(was), _values(now), strict=True):
        for opener, form in ((f'"{key}":', _compact), (f'\n  "{key}": ', _indented)):
            before, after = (f"{opener}{form(value)}".encode("utf-8", "replace") for value in (old, new))
            head, found, tail = record.rpartition(before)
            if found:
                record = head + after + tail
                break
    return record


def _values(copy: Copy | None) -> tuple[tuple[str, Any], ...]:
    if copy is None:
        return ("duplicate_of", None), ("similarity", None)
    return ("duplicate_of", {"path": copy.of[0], "member": copy.of[1]}), ("similarity", copy.similarity)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _indented(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n  ")
