#!/usr/bin/env python3
"""What each signal of the metadata is worth: measured on pages with known answers, and fitted to weights.

    tools/metadata_signals.py collect candidates.jsonl        # run the pipeline over the bench, keep all candidates
    tools/metadata_signals.py collect candidates.jsonl --dumps-only
    tools/metadata_signals.py fit candidates.jsonl            # cross-validate by domain, write the weights (numpy)
    tools/metadata_signals.py table candidates.jsonl          # coverage and precision of each signal: docs/metadata.md

A candidate's evidence is a set of names; the model is a conditional logit over the candidates of a page and "none of
them": score = sum of weights. Weights are drawn to `PRIORS` where the pages say little, so that signals of languages
that the bench hardly holds (a name in brackets at the end of a Chinese article) keep the weight we know they deserve.
daniel-dev is never used here.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "src" / "artextract" / "data" / "metadata_weights.json"
DOCUMENT = ROOT / "docs" / "metadata.md"
SETS = ("wcxb-dev", "zh-dev", "wcxb-dev/chrome", "wcxb-dev/lynx", "zh-dev/chrome", "zh-dev/lynx", "magic-dev/chrome",
        "magic-dev/lynx", "magic-forum-dev/chrome", "magic-forum-dev/lynx")  # fmt: skip
SILVER = ("zh-dev", "magic-dev", "magic-forum-dev")  # no gold titles: what the markup of the page says where it is sure
SURE_TITLE = 0.6

_CREDITS = {"credit.near": 3.0, "credit.far": 2.5, "reporter.near": 3.0, "reporter.near-all": 0.5, "reporter.far": 2.5, "reporter.opening": 2.0,
            "signature": 3.0, "byline.name-3": 2.0, "byline.name-before": 1.0, "byline.name-8": 1.0}  # fmt: skip
_UPDATES = {"text.published": 1.0, "text.other-day": -1.0, "text.updated": -0.5, "coarse": -1.0}
PRIORS: dict[str, dict[str, float]] = {
    "authors": {**_CREDITS, "is-site": -1.0, "jsonld.author-organization": -0.5},
    "authors-dump": _CREDITS,
    "date": {**_UPDATES, "modified": -0.5},
    "date-dump": _UPDATES,
    "title": {"is-site": -1.0},
    "title-line": {"date-after.3": 1.0, "date-after.7": 0.5, "by-after.3": 0.5, "ends-in-stop": -1.0},
}
STRENGTH = {"authors": 2.0, "authors-dump": 2.0, "date": 2.0, "date-dump": 2.0, "title": 4.0, "title-line": 2.0}


# -- gold ---------------------------------------------------------------------------------------------------------------


def fold(text: str | None) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text or "").lower() if c.isalnum())


def names(value: str | None) -> frozenset[str]:
    """A gold author's names, split as the bench's scorer splits them."""
    return frozenset(fold(x) for x in re.split(r"[,;、，]| and ", value or "") if fold(x))


def day(date: str | None) -> str:
    match = re.match(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?!\d)", date or "")
    return "-".join(x.zfill(2) for x in match.groups() if x) if match else ""


def answer(field: str, gold: dict[str, Any]) -> Any:
    """The gold of a field in the form in which candidates are compared; false where there is none."""
    if field.startswith("title"):
        return fold(gold.get("title"))
    if field.startswith("date"):
        return day(gold.get("date"))
    text = gold.get("author") or ""
    # Chinese lists are written with spaces, which the scorer does not split.
    return frozenset(fold(x) for x in text.split()) if re.fullmatch(r"[\u4e00-\u9fff ]+", text) else names(text)


def said(field: str, value: str) -> Any:
    if field.startswith("title"):
        return fold(value)
    return day(value) if field.startswith("date") else frozenset(fold(x) for x in value.split("\n"))


# -- collect ------------------------------------------------------------------------------------------------------------


def pages(bench: Path, name: str) -> Iterator[tuple[str, str, bytes]]:
    """(id, file name, bytes) of one set."""
    folder, suffix = (bench / "text" / name, ".txt") if "/" in name else (bench / "html" / name, ".html")
    for path in sorted(folder.glob(f"*{suffix}.gz")):
        identity = path.name.removesuffix(suffix + ".gz")
        yield identity, identity + suffix, gzip.decompress(path.read_bytes())


def collect(bench: Path, output: Path, sets: tuple[str, ...]) -> None:
    """Write one JSON line for each page and field: its candidates with their evidence, and the gold."""
    with output.open("w", encoding="utf-8") as file:
        for name in sets:
            gold = load_gold(bench, name.split("/")[0])
            if "/" in name and name.split("/")[0] in SILVER:
                add_silver(bench, name.split("/")[0], gold)
            for identity, file_name, data in pages(bench, name):
                for field, found in candidates(data, file_name):
                    right = answer(field, gold[identity])
                    rows = [[c.value, bool(right) and said(field, c.value) == right, sorted(c.evidence)] for c in found]
                    domain = gold[identity].get("domain") or identity
                    row = {
                        "set": name,
                        "id": identity,
                        "domain": domain,
                        "field": field,
                        "gold": bool(right),
                        "rows": rows,
                    }
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
            print(name, file=sys.stderr)


def add_silver(bench: Path, name: str, gold: dict[str, dict[str, Any]]) -> None:
    """Titles for the dumps of pages whose gold has none: the title that the page's own markup states."""
    from artextract.metadata.ballot import best, weights_of

    for identity, file_name, data in pages(bench, name):
        for field, found in candidates(data, file_name):
            chosen = best(found, weights_of("title")) if field == "title" else None
            if chosen and chosen[1] >= SURE_TITLE:
                gold[identity]["title"] = chosen[0].value


def load_gold(bench: Path, name: str) -> dict[str, dict[str, Any]]:
    with gzip.open(bench / "gold" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return {d["id"]: d for d in map(json.loads, file)}


def candidates(data: bytes, name: str) -> Iterator[tuple[str, list[Any]]]:
    """(table, candidates) of the fields of one page, after all stages but those that need a title."""
    from artextract.decode import decode
    from artextract.errors import ArtextractError
    from artextract.language import languages_of
    from artextract.metadata import dates, people, titles
    from artextract.metadata.bylines import written_names
    from artextract.metadata.surroundings import Surroundings
    from artextract.model import Document
    from artextract.readers import reader_for
    from artextract.settings import DEFAULT
    from artextract.stages import classifier, lexicon

    try:
        source = decode(data, DEFAULT, name=name, url=None)
        reading = reader_for(source.media_type)(source, DEFAULT)
    except ArtextractError:
        return
    document = Document(source, reading, languages=languages_of(reading))
    for stage in (lexicon.judge, classifier.judge):
        document = document.judged(stage(document, DEFAULT))
    found, table = titles.candidates(document)
    yield table, found
    title = titles.choose_title(document)
    around = Surroundings(document, titles.blocks_equal(document, title.value) if title else ())
    dump = "" if reading.facts else "-dump"
    yield "date" + dump, dates.candidates(around, dates.dated_lines(around))
    yield "authors" + dump, people.candidates(around, list(written_names(around)))


# -- fit ----------------------------------------------------------------------------------------------------------------

Row = dict[str, Any]


def load(path: Path) -> dict[str, list[Row]]:
    """The collected pages by table."""
    found: dict[str, list[Row]] = defaultdict(list)
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            found[row["field"]].append(row)
    return found


def fit(path: Path, tables: list[str]) -> None:
    """Cross-validate each table, print its figures, and write the weights fitted on all pages."""
    weights = json.loads(WEIGHTS.read_text("utf-8")) if WEIGHTS.exists() else {}
    for table, rows in sorted(load(path).items()):
        if tables and table not in tables:
            continue
        known = {row["set"] for row in rows if row["gold"]}
        # Every page has a title: without gold it is unknown. Sets without any gold for a field say nothing of it.
        rows = [row for row in rows if row["gold"] or (row["set"] in known and not table.startswith("title"))]
        validate(table, rows)
        fitted = logit(rows, PRIORS.get(table, {}), STRENGTH[table])
        weights[table] = {k: round(v, 2) for k, v in sorted(fitted.items()) if k == "" or abs(v) >= 0.03}
    text = json.dumps(weights, indent=1, ensure_ascii=False, sort_keys=True)
    WEIGHTS.write_text(text + "\n", encoding="utf-8")


def fold_of(row: Row, folds: int = 5) -> int:
    return int(hashlib.md5(row["domain"].encode()).hexdigest(), 16) % folds


def validate(table: str, rows: list[Row]) -> None:
    """Print, for each set and threshold, precision, recall and F1 on pages whose domain was not fitted."""
    results: dict[str, list[tuple[bool, float, bool]]] = defaultdict(list)
    for number in range(5):
        fitted = logit([r for r in rows if fold_of(r) != number], PRIORS.get(table, {}), STRENGTH[table])
        for row in rows:
            if fold_of(row) == number:
                chance, right = chosen(row, fitted)
                results[row["set"]].append((row["gold"], chance, right))
    for name, found in sorted(results.items()):
        known = sum(g for g, _, _ in found)
        possible = sum(any(r for _, r, _ in row["rows"]) for row in rows if row["set"] == name)
        print(f"{table:14} {name:18} gold {known} of {len(found)}, right value among the candidates {possible}")
        for threshold in (0.1, 0.2, 0.3, 0.4, 0.5):
            given = [(g, r) for g, c, r in found if c >= threshold]
            with_gold = sum(g for g, _ in given)
            hits = sum(r for _, r in given)
            p, r = hits / max(1, with_gold), hits / max(1, known)
            extra = (len(given) - with_gold) / max(1, len(found) - known)
            print(
                f"    at {threshold}: P {p:.3f}  R {r:.3f}  F1 {2 * p * r / max(1e-9, p + r):.3f}  without gold {extra:.3f}"
            )


def chosen(row: Row, weights: dict[str, float]) -> tuple[float, bool]:
    """The probability of the best candidate, and whether it is right."""
    import math

    if not row["rows"]:
        return 0.0, False
    scores = [weights[""] + sum(weights.get(n, 0.0) for n in evidence) for _, _, evidence in row["rows"]]
    top = max(scores)
    total = sum(math.exp(s - top) for s in scores) + math.exp(-top)
    return 1 / total, bool(row["rows"][scores.index(top)][1])


def logit(rows: list[Row], prior: dict[str, float], strength: float, steps: int = 150) -> dict[str, float]:
    """Weights that make the right candidates likely (of several, any), or none of them where none is right."""
    import numpy as np
    import scipy.sparse as sparse

    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        for _, _, evidence in row["rows"]:
            for name in evidence:
                counts[name] += 1
    columns = {name: n for n, name in enumerate(sorted(n for n, c in counts.items() if c >= 5 or n in prior))}
    bias = len(columns)
    line, column, page, label = [], [], [], []
    for number, row in enumerate(rows):
        for _, right, evidence in row["rows"]:
            line.append(len(label))
            column.append(bias)
            for name in evidence:
                if name in columns:
                    line.append(len(label))
                    column.append(columns[name])
            page.append(number)
            label.append(float(right))
    x = sparse.csr_matrix((np.ones(len(line)), (line, column)), shape=(len(label), bias + 1))
    y, group, count = np.array(label), np.array(page), len(rows)
    known = np.zeros(count)
    np.maximum.at(known, group, y)
    start = np.array([prior.get(name, 0.0) for name in columns] + [0.0])
    pull = np.append(np.full(bias, strength), 0.01)
    w, first, second = start.copy(), np.zeros(bias + 1), np.zeros(bias + 1)
    for step in range(1, steps + 1):
        e = np.exp(np.clip(x @ w, -30, 30))
        total = np.ones(count)
        np.add.at(total, group, e)
        p = e / total[group]
        right_mass = np.zeros(count)
        np.add.at(right_mass, group, p * y)
        target = np.where(known[group] > 0, p * y / np.maximum(right_mass[group], 1e-12), 0)
        gradient = x.T @ (p - target) + pull * (w - start)
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        w -= 0.1 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    fitted = {name: float(w[n]) for name, n in columns.items()}
    return {**{n: v for n, v in prior.items() if n not in fitted}, **fitted, "": float(w[bias])}


# -- table --------------------------------------------------------------------------------------------------------------

MARKS = ("<!-- signals: begin (made by tools/metadata_signals.py) -->", "<!-- signals: end -->")


def table(path: Path) -> None:
    """Write coverage and precision of each signal into docs/metadata.md; tables that the file says nothing of stay."""
    weights = json.loads(WEIGHTS.read_text("utf-8"))
    text = DOCUMENT.read_text("utf-8")
    head, rest = text.split(MARKS[0])
    old, tail = rest.split(MARKS[1])
    parts = {part.split("`")[0]: f"### `{part.strip()}\n" for part in old.split("### `")[1:]}
    for name, rows in load(path).items():
        rows = [r for r in rows if r["gold"] and r["set"].startswith("wcxb-dev")]
        if rows:
            parts[name] = _section(name, rows, weights.get(name, {}))
    body = "\n".join(parts[name] for name in sorted(parts))
    DOCUMENT.write_text(f"{head}{MARKS[0]}\n\n{body}\n{MARKS[1]}{tail}", encoding="utf-8")


def _section(name: str, rows: list[Row], weights: dict[str, float]) -> str:
    lines = [
        f"### `{name}`: {len(rows)} pages with gold",
        "",
        "| signal | coverage | precision | weight |",
        "|---|---|---|---|",
    ]
    said_on: dict[str, int] = defaultdict(int)
    right_on: dict[str, int] = defaultdict(int)
    for row in rows:
        seen: dict[str, bool] = {}
        for _, right, evidence in row["rows"]:
            for signal in evidence:
                seen[signal] = seen.get(signal, False) or right
        for signal, right in seen.items():
            said_on[signal] += 1
            right_on[signal] += right
    for signal in sorted(said_on, key=lambda s: (-right_on[s] / said_on[s], s)):
        if said_on[signal] >= 5:
            precision = right_on[signal] / said_on[signal]
            lines.append(
                f"| `{signal}` | {said_on[signal] / len(rows):.2f} | {precision:.3f} | {weights.get(signal, 0):+.2f} |"
            )
    return "\n".join(lines) + "\n"


def main() -> None:
    sys.path.insert(0, str(ROOT / "src"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["collect", "fit", "table"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--bench", type=Path, default=ROOT.parent / "shared" / "bench")
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--tables", default="", help="fit only these, separated by commas")
    args = parser.parse_args()
    run: dict[str, Callable[[], None]] = {
        "collect": lambda: collect(args.bench, args.file, tuple(args.sets.split(","))),
        "fit": lambda: fit(args.file, [t for t in args.tables.split(",") if t]),
        "table": lambda: table(args.file),
    }
    run[args.command]()


if __name__ == "__main__":
    main()
