"""Law 6: extracting our own text output of an article gives it back.

    python tools/stability.py BENCH                          # every tenth page of each set, HTML and dumps
    python tools/stability.py BENCH --every 1 --worst 40     # all pages, the forty worst with their causes
    python tools/stability.py BENCH --title                  # with the title before the text, as `--title` writes it

Of each page the text is extracted, and that text again; the figure is the share of the first text's tokens (as the
bench's scorer counts them) that the second one still holds, in the mean over pages that have a text. A page's causes
are the rules that dropped the second time, with the tokens each one dropped.
"""

from __future__ import annotations

import argparse
import gzip
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from artextract import ArtextractError, Settings, extract
from artextract.article import Article
from artextract.writers import writer_for

FOLDERS = ("html/*", "text/*/*")
WANTED = 0.99


@dataclass(frozen=True)
class Outcome:
    """One page: the share of its text's tokens that a second extraction keeps, and what was dropped by which rule."""

    name: str
    kept: float
    dropped: tuple[tuple[str, str], ...]


def main() -> int:
    """Print a line for each folder, the mean, the rules that drop most, and the worst pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--every", type=int, default=10, help="take every Nth page")
    parser.add_argument("--folders", nargs="*", default=FOLDERS, help="glob patterns below BENCH")
    parser.add_argument("--title", action="store_true", help="write the title before the text")
    parser.add_argument("--worst", type=int, default=10)
    args = parser.parse_args()
    sys.path.insert(0, str(args.bench))
    settings = Settings(title=args.title)
    found: list[Outcome] = []
    for folder in sorted(path for pattern in args.folders for path in args.bench.glob(pattern) if path.is_dir()):
        files = sorted(folder.glob("*.gz"))[:: args.every]
        outcomes = [o for o in (outcome(path, settings) for path in files) if o is not None]
        if outcomes:
            print(f"{folder.relative_to(args.bench)!s:32} n={len(outcomes):4}  kept {mean(outcomes):.4f}", flush=True)
        found.extend(outcomes)
    if not found:
        print("no pages", file=sys.stderr)
        return 2
    report(found, args.worst)
    return 0 if mean(found) >= WANTED else 1


def outcome(path: Path, settings: Settings) -> Outcome | None:
    """What becomes of one page's text; None where it has no text."""
    name = path.name.removesuffix(".gz")
    try:
        text = rendered(extract(gzip.decompress(path.read_bytes()), settings, name=name))
        if not text.strip():
            return None
        again = extract(text.encode(), settings, name="text.txt")
    except ArtextractError as error:
        print(f"{path}: {error}", file=sys.stderr)
        return None
    return Outcome(f"{path.parent.name}/{name}", share_kept(text, rendered(again)), tuple(dropped(again)))


def rendered(article: Article) -> str:
    """What the text writer writes."""
    return writer_for("text")(article, article.settings)


def share_kept(before: str, after: str) -> float:
    """The share of the tokens of one text that another one holds, counted as often as they are there."""
    from scoring import tokens  # type: ignore[import-not-found]

    old, new = Counter(tokens(before)), Counter(tokens(after))
    return sum((old & new).values()) / max(1, sum(old.values()))


def dropped(article: Article) -> Iterator[tuple[str, str]]:
    """Rule and text of each range that is not in the article's text."""
    for block, rulings in zip(article.document.blocks, article.rulings, strict=True):
        for ruling in rulings:
            if ruling.verdict is not None and ruling.label != "body" and block.text:
                yield ruling.verdict.rule, block.text[ruling.start : ruling.end]


def mean(outcomes: list[Outcome]) -> float:
    """The mean share over pages."""
    return sum(o.kept for o in outcomes) / len(outcomes)


def report(found: list[Outcome], worst: int) -> None:
    """Print the mean, the rules by what the mean loses to them, and the worst pages with what they lost."""
    exact = sum(o.kept == 1 for o in found)
    print(f"all: n={len(found)}  kept {mean(found):.4f}  (wanted {WANTED})  pages kept whole {exact}")
    losses: Counter[str] = Counter()
    for page in found:
        sizes = Counter[str]()
        for rule, text in page.dropped:
            sizes[rule] += len(text)
        for rule, size in sizes.items():
            losses[rule] += round(1e6 * (1 - page.kept) * size / sum(sizes.values()))
    for rule, loss in losses.most_common(20):
        print(f"  {rule:32} {loss / len(found) / 1e4:.3f} % of tokens")
    for page in sorted(found, key=lambda o: o.kept)[:worst]:
        print(f"{page.kept:.3f} {page.name}")
        for rule, text in sorted(page.dropped, key=lambda pair: -len(pair[1]))[:4]:
            print(f"      {rule}: {' '.join(text.split())[:110]}")


if __name__ == "__main__":
    sys.exit(main())
