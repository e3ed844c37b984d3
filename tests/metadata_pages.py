"""Pages whose metadata is known: `tests/fixtures/metadata/<language>-<nn>.html|txt` and the fixture cases.

What a page states is written in `<language>.toml`, one table a page, by hand and before the tool saw it; a field that is
not named there must stay empty. Names are compared without regard to case, since pages print bylines in capitals.

`python tests/metadata_pages.py` prints the figures of each field and what is missed or wrong.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from artextract import extract

FIXTURES = Path(__file__).parent / "fixtures"
PAGES = FIXTURES / "metadata"
FIELDS = (
    "title",
    "original_title",
    "authors",
    "editors",
    "date",
    "date_modified",
    "site_name",
    "source_name",
    "categories",
    "language",
)
"""What is measured; `tags` and `url` are too few here."""


@dataclass
class Score:
    """Right values, given values, values of the gold; and lines that name each miss."""

    right: int = 0
    given: int = 0
    gold: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.given + self.gold) if self.given + self.gold else 1.0


def pages() -> Iterator[tuple[str, Path, dict[str, Any]]]:
    """(name, input, what it states) of all pages."""
    for table in sorted(PAGES.glob("*.toml")):
        for name, stated in tomllib.loads(table.read_text(encoding="utf-8")).items():
            (path,) = (p for p in (PAGES / f"{name}.html", PAGES / f"{name}.txt") if p.exists())
            yield name, path, {"language": table.stem, **stated}
    for path in sorted(FIXTURES.glob("*/input.*")):
        stated = json.loads((path.parent / "expected.json").read_text(encoding="utf-8"))
        yield path.parent.name, path, stated


def _values(value: Any) -> set[str]:
    values = value if isinstance(value, list) else [value]
    return {str(v).casefold() for v in values if v}


def scores() -> dict[str, Score]:
    """The score of each field over all pages."""
    found = {name: Score() for name in FIELDS}
    for name, path, stated in pages():
        record = extract(path.read_bytes(), name=path.name).to_dict()
        for key, score in found.items():
            given, gold = _values(record[key]), _values(stated.get(key))
            score.right += len(given & gold)
            score.given += len(given)
            score.gold += len(gold)
            if given != gold:
                score.misses.append(f"{name} {key}: {record[key]!r} for {stated.get(key)!r}")
    return found


if __name__ == "__main__":
    for key, score in scores().items():
        print(f"{key:15} F1 {score.f1:.3f}  right {score.right}  given {score.given}  gold {score.gold}")
        for miss in score.misses:
            print("   ", miss)
