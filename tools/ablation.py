"""What each stage and each family of rules is worth: the sets' F1 with it and without it, on a sample.

    python tools/ablation.py BENCH                                   # every part, every twentieth page
    python tools/ablation.py BENCH --parts repeats lexicon.share --every 5 --tracks html/wcxb-dev

Parts: `titles`, `repeats`, `context`, `lexicon` (all of it), `lexicon.LABEL` (the rules of one label), `away` (the
classifier's discount for what stands away from the lead). A figure is the mean token F1 over the sample, and the change
when the part is left out: what is below zero earns its place. Trees are not trained anew without the part, so the
change of a lexicon family is what its certain rules and its features are worth to the shipped model.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from dataclasses import replace
from pathlib import Path

from artextract import ArtextractError, Settings
from artextract.article import Article
from artextract.decode import decode
from artextract.language import languages_of
from artextract.metadata import choose
from artextract.model import Document
from artextract.readers import reader_for
from artextract.stages import STAGES, classifier, context, lexicon, repeats, titles

TRACKS = ("html/wcxb-dev", "html/magic-dev", "html/zh-dev", "html/daniel-dev", "text/wcxb-dev/chrome")
DROPPED = {"titles": titles.judge, "repeats": repeats.judge, "context": context.judge, "lexicon": lexicon.judge}
AWAY = classifier.AWAY
_RULES = Path(classifier.__file__).parents[1] / "data" / "lexicon"


def families() -> dict[str, tuple[str, ...]]:
    """`lexicon.LABEL` -> the ids of its rules."""
    import tomllib

    found: dict[str, list[str]] = {}
    for path in sorted(_RULES.glob("*.toml")):
        for rule in tomllib.loads(path.read_text(encoding="utf-8"))["rule"]:
            found.setdefault(f"lexicon.{rule['label']}", []).append(rule["id"])
    return {name: tuple(ids) for name, ids in found.items()}


def main() -> None:
    """Print a line for each track and part."""
    rules = families()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--parts", nargs="*", choices=[*DROPPED, "away", *rules], default=[*DROPPED, "away", *rules])
    parser.add_argument("--tracks", nargs="*", default=TRACKS)
    parser.add_argument("--every", type=int, default=20)
    args = parser.parse_args()
    sys.path.insert(0, str(args.bench))
    for track in args.tracks:
        golds = gold_of(args.bench, track.split("/")[1])
        files = sorted((args.bench / track).glob("*.gz"))[:: args.every]
        full = scores(files, golds, "", ())
        print(f"{track:24} n={len(full):4} F1 {sum(full) / max(1, len(full)):.4f}", flush=True)
        for part in args.parts:
            less = scores(files, golds, part, rules.get(part, ()))
            change = [b - a for a, b in zip(full, less, strict=True)]
            pages = sum(c != 0 for c in change)
            print(f"    without {part:22} {sum(change) / max(1, len(change)):+.5f}  pages changed {pages}", flush=True)


def gold_of(bench: Path, name: str) -> dict[str, str]:
    """The gold texts of a set by page id."""
    with gzip.open(bench / "gold" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {record["id"]: record["text"] or "" for record in map(json.loads, lines)}


def scores(files: list[Path], golds: dict[str, str], part: str, disabled: tuple[str, ...]) -> list[float]:
    """The token F1 of each page without one part."""
    from scoring import token_f1  # type: ignore[import-not-found]

    classifier.AWAY = 1000 if part == "away" else AWAY
    settings = replace(Settings(), disable=disabled)
    return [
        token_f1(text_of(path, part, settings), golds[path.name.removesuffix(".gz").rsplit(".", 1)[0]])[2]
        for path in files
    ]


def text_of(path: Path, part: str, settings: Settings) -> str:
    """The article's text, as `extract` makes it, without one stage."""
    try:
        source = decode(gzip.decompress(path.read_bytes()), settings, name=path.name.removesuffix(".gz"))
    except ArtextractError:
        return ""
    reading = reader_for(source.media_type)(source, settings)
    document = Document(source, reading, languages=languages_of(reading))
    for stage in STAGES:
        if stage is not DROPPED.get(part):
            document = document.judged(stage(document, settings))
    return Article(document, choose(document, settings), settings).text


if __name__ == "__main__":
    main()
