"""What a site profile does to F1: pages of the bench grouped by domain, extracted without and with their site's profile.

    python tools/site_boilerplate.py BENCH SET {html,chrome,lynx} [--fewest 5] [--share 0.4]

Each domain with at least `--fewest` pages is a site. Prints one line a site, then the means over pages; of the other
pages nothing changes. Every page is in the sample that its own profile is learnt from, as in a batch.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from artextract import extract
from artextract.article import Article
from artextract.batch.learning import Votes, page_votes
from artextract.model import SiteProfile
from artextract.stages import site as stage


def scoring(bench: Path) -> Any:
    """The bench's own module of scores."""
    spec = importlib.util.spec_from_file_location("scoring", bench / "scoring.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sites(bench: Path, name: str, fewest: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The domains with enough pages."""
    found = defaultdict(list)
    gold = gzip.decompress((bench / "gold" / f"{name}.jsonl.gz").read_bytes()).decode()
    for row in map(json.loads, gold.split("\n")[:-1]):
        if row["domain"]:
            found[row["domain"]].append(row)
    yield from ((domain, rows) for domain, rows in sorted(found.items()) if len(rows) >= fewest)


def page(bench: Path, name: str, kind: str, row: dict[str, Any], profile: SiteProfile | None = None) -> Article:
    """The article of one page."""
    folder, suffix = (bench / "html" / name, ".html") if kind == "html" else (bench / "text" / name / kind, ".txt")
    data = gzip.decompress((folder / f"{row['id']}{suffix}.gz").read_bytes())
    return extract(data, name=f"page{suffix}", profile=profile)


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("set")
    parser.add_argument("kind", choices=("html", "chrome", "lynx"))
    parser.add_argument("--fewest", type=int, default=5)
    parser.add_argument("--share", type=float, default=stage.SHARE)
    parser.add_argument("--show", action="store_true", help="print what is dropped, longest first")
    given = parser.parse_args()
    stage.SHARE = given.share
    score = scoring(given.bench).token_f1
    before: list[float] = []
    after: list[float] = []
    for domain, rows in sites(given.bench, given.set, given.fewest):
        articles = [page(given.bench, given.set, given.kind, row) for row in rows]
        votes = Votes(domain)
        for article in articles:
            votes.add(**page_votes(article, domain))
        profile = votes.profile()
        without = [score(article.text, row["text"])[2] for article, row in zip(articles, rows, strict=True)]
        if profile is None:
            print(f"{domain:30} {len(rows):4} pages, nothing repeats")
            before += without
            after += without
            continue
        again = [judged(article, profile) for article in articles]
        with_it = [score(article.text, row["text"])[2] for article, row in zip(again, rows, strict=True)]
        before += without
        after += with_it
        print(
            f"{domain:30} {len(rows):4} pages {mean(without):.4f} -> {mean(with_it):.4f} ({len(profile.lines)} lines)"
        )
        if given.show:
            show(again)
    print(f"{given.set} {given.kind}: {len(before)} pages, F1 {mean(before):.4f} -> {mean(after):.4f}")


def judged(article: Article, profile: SiteProfile) -> Article:
    """The same article with the site's profile, without reading and judging all else again."""
    from artextract.stages import STAGES

    document = replace(article.document, profile=profile, verdicts=())
    for one in STAGES:
        document = document.judged(one(document, article.settings))
    return replace(article, document=document)


def show(articles: list[Article]) -> None:
    """The lines that were dropped."""
    dropped = {
        (article.document.blocks[v.block].text[slice(*(v.span or (0, None)))], v.score)
        for article in articles
        for v in article.document.verdicts
        if v.rule == stage.RULE
    }
    for text, share in sorted(dropped, key=lambda item: -len(item[0]))[:40]:
        print(f"      {share:.2f} {text[:150]!r}")


def mean(values: list[float]) -> float:
    """0 for none."""
    return sum(values) / len(values) if values else 0.0


if __name__ == "__main__":
    main()
