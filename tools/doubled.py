"""Measure the stage of repeated bodies on the bench, with the scorer's own definition of repeated and lost.

    python tools/doubled.py BENCH                     # doubled dumps: repeated, lost, F1 with and without the copy
    python tools/doubled.py BENCH --once              # dumps and pages whose body is there once: what is dropped there
    python tools/doubled.py BENCH --once --track html --sets wcxb-dev --show

With `--stages gold` everything before this stage is played by the gold: a block is kept if its letters are in the gold
text. That measures this stage alone; the default runs the stages that stand before it in the pipeline.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from artextract.decode import decode
from artextract.language import languages_of
from artextract.model import Document, Verdict
from artextract.readers import reader_for
from artextract.settings import DEFAULT
from artextract.stages import STAGES, Stage, repeats

VARIANTS = ("exact", "one-line", "credit", "first-half", "body-first")


@dataclass(frozen=True)
class Page:
    """One bench page: where it is, its bytes' file, and the gold text."""

    set: str
    variant: str
    id: str
    file: Path
    gold: str


def fold(text: str) -> str:
    """As the bench's scorer folds: letters and digits of the NFKC form, lower case."""
    return "".join(c for c in unicodedata.normalize("NFKC", text or "").lower() if c.isalnum())


def gold_of(bench: Path, name: str) -> dict[str, Any]:
    """The gold records of a set by id."""
    with gzip.open(bench / "gold" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {record["id"]: record for record in map(json.loads, lines)}


def stages_of(choice: str) -> tuple[Stage, ...]:
    """The stages that come before the one measured."""
    if choice == "none" or choice == "gold":
        return ()
    return STAGES[: STAGES.index(repeats.judge)] if repeats.judge in STAGES else STAGES


def later_stages(choice: str) -> tuple[Stage, ...]:
    """The stages that come after the one measured."""
    if choice != "real" or repeats.judge not in STAGES:
        return ()
    return STAGES[STAGES.index(repeats.judge) + 1 :]


def judged(page: Page, stages: str) -> Document:
    """The document of a page with the verdicts of the stages before this one."""
    suffix = ".html" if page.file.name.endswith(".html.gz") else ".txt"
    source = decode(gzip.decompress(page.file.read_bytes()), DEFAULT, name=page.id + suffix)
    reading = reader_for(source.media_type)(source, DEFAULT)
    document = Document(source, reading, languages=languages_of(reading))
    if stages == "gold":
        return document.judged(by_gold(document, page.gold))
    for stage in stages_of(stages):
        document = document.judged(stage(document, DEFAULT))
    return document


def by_gold(document: Document, gold: str) -> Iterator[Verdict]:
    """Verdicts `other` on the blocks whose letters are not in the gold."""
    known = fold(gold)
    for block in document.blocks:
        folded = fold(block.text)
        if folded and folded not in known and not in_parts(block.text, known):
            yield Verdict(block.index, "other", "gold")


def in_parts(text: str, known: str) -> bool:
    """Whether most of a block's sentences are in the gold: one line may hold what the gold has in several."""
    parts = [fold(p) for p in text.replace("。", "。\n").replace(". ", ".\n").split("\n")]
    size = sum(map(len, parts))
    return size > 60 and sum(len(p) for p in parts if p in known) > 0.6 * size


def kept_text(document: Document) -> str:
    """What is body, blocks on lines of their own."""
    lines = []
    for block, rulings in zip(document.blocks, document.rulings(), strict=True):
        line = "".join(block.text[r.start : r.end] for r in rulings if r.label == "body")
        if line:
            lines.append(f"{block.marker} {line}" if block.kind == "list_item" else line)
    return "\n\n".join(lines)


def finished(document: Document, stages: str, with_stage: bool) -> Document:
    """The document after this stage (if asked for) and the ones behind it."""
    if with_stage:
        document = document.judged(repeats.judge(document, DEFAULT))
    for stage in later_stages(stages):
        document = document.judged(stage(document, DEFAULT))
    return document


def pages(args: argparse.Namespace, track: str, variant: str, name: str) -> list[Page]:
    """The pages of one set in one rendering, every nth of them if there are more than the limit."""
    gold = gold_of(args.bench, name)
    folder = args.bench / "html" / name if track == "html" else args.bench / track / name / variant
    files = sorted(folder.glob("*.gz"))
    if args.limit and len(files) > args.limit:
        files = files[:: len(files) // args.limit][: args.limit]
    found = [Page(name, variant, f.name.split(".")[0], f, gold[f.name.split(".")[0]]["text"] or "") for f in files]
    return [page for page in found if gzip.decompress(page.file.read_bytes()).strip()]


def measure_doubled(args: argparse.Namespace) -> None:
    """Print a line a set and variant, and the sums."""
    from scoring import token_f1  # type: ignore[import-not-found]

    total: dict[str, int] = defaultdict(int)
    for name in args.sets:
        singles: dict[str, str] = {}
        for variant in args.variants:
            sums: dict[str, float] = defaultdict(float)
            for page in pages(args, "doubled", variant, name):
                if page.id not in singles:
                    plain = Page(
                        name, "chrome", page.id, args.bench / "text" / name / "chrome" / page.file.name, page.gold
                    )
                    singles[page.id] = once_text(plain, args.stages)
                text = kept_text(finished(judged(page, args.stages), args.stages, not args.without))
                repeated, lost, paragraphs = counts(page, text, singles[page.id], args.show)
                for key, value in (("paragraphs", paragraphs), ("repeated", repeated), ("lost", lost), ("pages", 1)):
                    sums[key] += value
                    total[key] += value
                sums["f1"] += token_f1(text, page.gold)[2]
                sums["single"] += token_f1(singles[page.id], page.gold)[2]
            n = max(1, sums["pages"])
            figures = f"paragraphs {sums['paragraphs']:5.0f} repeated {sums['repeated']:4.0f} lost {sums['lost']:4.0f}"
            f1 = f"F1 {sums['f1'] / n:.4f} without the copy {sums['single'] / n:.4f}"
            print(f"{name + '/' + variant:28} n={n:4.0f} {figures}  {f1}")
    n = max(1, total["paragraphs"])
    print(f"pooled: repeated {100 * total['repeated'] / n:.2f} %  lost {100 * total['lost'] / n:.2f} %  of {n}")


def once_text(page: Page, stages: str) -> str:
    """What comes out of the dump without the second copy."""
    if not gzip.decompress(page.file.read_bytes()).strip():
        return ""
    return kept_text(finished(judged(page, stages), stages, True))


def counts(page: Page, text: str, single: str, show: bool) -> tuple[int, int, int]:
    """Repeated, lost and all gold paragraphs of one doubled dump, as `score.py` counts them."""
    source = fold(gzip.decompress(page.file.read_bytes()).decode())
    gold, out, once = fold(page.gold), fold(text), fold(single)
    repeated = lost = paragraphs = 0
    for key in sorted({fold(line) for line in page.gold.split("\n")}):
        if len(key) < 20 or key not in source:
            continue
        paragraphs += 1
        more = max(0, out.count(key) - max(1, gold.count(key), once.count(key)))
        gone = key in once and key not in out
        repeated += more
        lost += gone
        if show and (more or gone):
            print("   ", page.set, page.variant, page.id, "repeated" if more else "lost", key[:100])
    return repeated, lost, paragraphs


def measure_once(args: argparse.Namespace) -> None:
    """Print what is dropped on pages whose body is there once, and the change of the mean F1."""
    from scoring import token_f1

    for name in args.sets:
        for rendering in ("",) if args.track == "html" else ("chrome", "lynx"):
            change = 0.0
            before = 0.0
            touched = 0
            all_pages = pages(args, args.track, rendering, name)
            for page in all_pages:
                document = judged(page, args.stages)
                old, new = finished(document, args.stages, False), finished(document, args.stages, True)
                a = token_f1(kept_text(old), page.gold)[2]
                b = a
                if len(new.verdicts) != len(old.verdicts) or new.verdicts != old.verdicts:
                    b = token_f1(kept_text(new), page.gold)[2]
                    touched += 1
                    if args.show:
                        show_drops(page, new, b - a)
                before += a
                change += b - a
            n = max(1, len(all_pages))
            figures = f"touched {touched:3}  F1 {before / n:.4f} change {change / n:+.5f}"
            print(f"{name}/{rendering or 'html':10} n={n:4} {figures}")


def show_drops(page: Page, document: Document, change: float) -> None:
    """Print the verdicts of this stage on one page."""
    gold = fold(page.gold)
    print(f"## {page.set} {page.variant} {page.id} {change:+.4f}")
    for verdict in document.verdicts:
        if verdict.rule.startswith("repeat."):
            text = document.blocks[verdict.block].text
            text = text if verdict.span is None else text[slice(*verdict.span)]
            text = " ".join(text.split())
            times = gold.count(fold(text))
            print(f"   {verdict.rule[7:]:8} {verdict.block:5} of {verdict.copy_of}  in gold {times}  {text[:110]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--once", action="store_true", help="pages whose body is there once")
    parser.add_argument("--track", choices=["text", "html"], default="text")
    parser.add_argument(
        "--sets", type=lambda s: s.split(","), default=["zh-dev", "magic-dev", "magic-forum-dev", "wcxb-dev"]
    )
    parser.add_argument("--variants", type=lambda s: s.split(","), default=VARIANTS)
    parser.add_argument("--stages", choices=["real", "gold", "none"], default="real")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--without", action="store_true", help="doubled dumps without this stage")
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    sys.path.insert(0, str(args.bench))
    (measure_once if args.once else measure_doubled)(args)


if __name__ == "__main__":
    main()
