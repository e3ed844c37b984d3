"""The fixture cases: a page that we wrote, and what the tool must make of it.

A case is a folder `tests/fixtures/<case>/` with

* `input.*`: the page (`.txt`, `.html`; bytes in the encoding that its name says, as `input.big5.html`),
* `expected.txt`: the body, as the text format gives it,
* `expected.json`: the metadata and a few more keys of the JSON object (never figures that a model gives),
* `expected.ledger`: a row for each block: lines, kept or dropped, label, family of the rule.

`tools/refresh_cases.py` writes the expected files of new cases; whoever runs it reads what it wrote.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from artextract import Article, extract
from artextract.writers.explain import entries

FIXTURES = Path(__file__).parent / "fixtures"
KEYS = (
    "title",
    "original_title",
    "authors",
    "editors",
    "date",
    "date_modified",
    "date_raw",
    "site_name",
    "source_name",
    "url",
    "image",
    "description",
    "language",
    "categories",
    "tags",
)
INPUT_KEYS = ("media_type", "encoding", "encoding_from", "replaced")


def cases(root: Path = FIXTURES) -> list[Path]:
    """The folders of all cases, sorted."""
    return sorted(path.parent for path in root.glob("*/input.*"))


def page(case: Path) -> Path:
    """The input file of a case."""
    (found,) = case.glob("input.*")
    return found


def article_of(case: Path) -> Article:
    """The case's page, extracted with default settings."""
    path = page(case)
    return extract(path.read_bytes(), name=path.name)


def facts_of(article: Article) -> dict[str, Any]:
    """What `expected.json` holds."""
    record = article.to_dict()
    found = {key: record[key] for key in KEYS}
    found["input"] = {key: record["input"][key] for key in INPUT_KEYS}
    found["warnings"] = [warning["code"] for warning in record["warnings"]]
    return found


def ledger_of(article: Article) -> str:
    """What `expected.ledger` holds: one row a block (or judged part of it)."""
    rows = []
    for entry in entries(article):
        first, last = entry.lines
        family = entry.verdict.rule.split(".")[0] if entry.verdict else "-"
        lines = str(first) if first == last else f"{first}-{last}"
        row = (lines, "kept" if entry.kept else "dropped", entry.label, family, entry.text[:24].replace("\n", " "))
        rows.append("\t".join(row).rstrip())
    return "\n".join(rows) + "\n"


def expected(case: Path) -> dict[str, str]:
    """File name -> contents, as the tool gives them now."""
    article = article_of(case)
    return {
        "expected.txt": article.text + "\n",
        "expected.json": json.dumps(facts_of(article), ensure_ascii=False, indent=1) + "\n",
        "expected.ledger": ledger_of(article),
    }
