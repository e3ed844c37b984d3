"""How often each rule of the lexicon is right: of the lines it hits, the share that the gold text does not hold.

Run it over the bench: `python tools/rule_precision.py BENCH [--sets zh-dev …] [--limit 200] [--examples 2]`. A line
is inside the gold when it equals a line of it, or, from four tokens on, when its tokens stand there in a row or most of
its trigrams do. Shorter lines are only compared with whole lines: "Home" occurs in any prose.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from artextract.decode import decode
from artextract.language import languages_of
from artextract.model import Document
from artextract.readers import reader_for
from artextract.settings import DEFAULT
from artextract.stages import lexicon

SETS = ("wcxb-dev", "zh-dev", "magic-dev", "magic-forum-dev", "daniel-dev")
_CJK = "\u1100-\u11ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_TOKEN = re.compile(f"[{_CJK}]|[^\\W{_CJK}]+")


@dataclass
class Tally:
    """What one rule hit: pages by domain that have a hit outside, or inside, the gold, and some lines inside it."""

    outside: int = 0
    inside: int = 0
    domains: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.outside / (self.outside + self.inside)


class Gold:
    """The gold text of one page, ready to be asked whether it holds a line."""

    def __init__(self, text: str) -> None:
        lines = [tokens(line) for line in text.split("\n")]
        self.lines = {" ".join(line) for line in lines}
        self.text = f" {' '.join(token for line in lines for token in line)} "

    def holds(self, line: str) -> bool:
        """Whether the line, or most of it, is part of the gold."""
        found = tokens(line)
        joined = " ".join(found)
        if joined in self.lines:
            return True
        if len(found) < 4:
            return False
        if f" {joined} " in self.text:
            return True
        grams = [f" {' '.join(found[i : i + 3])} " for i in range(len(found) - 2)]
        return 2 * sum(gram in self.text for gram in grams) > len(grams)


def tokens(text: str) -> list[str]:
    """Each CJK character alone; elsewhere lower-cased words."""
    return _TOKEN.findall(text.lower())


def documents(bench: Path, name: str, limit: int) -> Iterator[tuple[str, Gold, Document]]:
    """(domain, gold, document) of the pages of one set, as browser dump, lynx dump and HTML."""
    with gzip.open(bench / f"gold/{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    for row in rows[:: max(1, len(rows) // limit)] if limit else rows:
        for path in _inputs(bench, name, row["id"]) if row["text"] else []:
            if data := gzip.decompress(path.read_bytes()).strip():
                yield row["domain"], Gold(row["text"]), read(data, path)


def _inputs(bench: Path, name: str, page: str) -> list[Path]:
    dumps = [bench / f"text/{name}/{renderer}/{page}.txt.gz" for renderer in ("chrome", "lynx")]
    return [path for path in dumps if path.exists()] or [bench / f"html/{name}/{page}.html.gz"]


def read(data: bytes, path: Path) -> Document:
    """The document of one saved page, before any stage has judged it."""
    source = decode(data, DEFAULT, name=path.name.removesuffix(".gz"), url=None)
    reading = reader_for(source.media_type)(source, DEFAULT)
    return Document(source, reading, languages=languages_of(reading))


def count(tallies: dict[str, Tally], domain: str, gold: Gold, document: Document) -> None:
    """Add what the rules hit in one document."""
    for verdict in lexicon.judge(document, DEFAULT):
        tally = tallies[verdict.rule]
        block = document.blocks[verdict.block]
        start, end = verdict.span or (0, len(block.text))
        text = block.text[start:end]
        if not tokens(text):
            continue
        tally.domains.add(domain)
        if gold.holds(text):
            tally.inside += 1
            tally.wrong.append(text)
        else:
            tally.outside += 1


def report(tallies: dict[str, Tally], examples: int) -> Iterator[str]:
    """One line a rule, the worst first, with lines of the gold that it would drop."""
    for rule, tally in sorted(tallies.items(), key=lambda item: item[1].precision if item[1].domains else 1):
        if tally.domains:
            hits = tally.outside + tally.inside
            yield f"{tally.precision:.3f} {hits:6} hits {len(tally.domains):4} domains  {rule}"
            step = max(1, len(tally.wrong) // max(1, examples))
            yield from (f"        {line[:110]}" for line in tally.wrong[::step][:examples])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bench", type=Path)
    parser.add_argument("--sets", nargs="*", default=SETS)
    parser.add_argument("--limit", type=int, default=0, help="pages of each set (0: all)")
    parser.add_argument("--examples", type=int, default=2)
    options: Any = parser.parse_args()
    tallies: dict[str, Tally] = defaultdict(Tally)
    for name in options.sets:
        for domain, gold, document in documents(options.bench, name, options.limit):
            count(tallies, domain, gold, document)
    for line in report(tallies, options.examples):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
