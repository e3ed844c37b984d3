"""Quality has a floor: a fixed, stratified sample of the bench must score what it scored, less half a point.

Pages are chosen by the hash of their names, so the sample is the same everywhere. The shipped model has seen most
pages of the training sets: for those this is a regression test and no more (`tools/crossval.py` makes honest figures).
`python tests/test_floor.py` prints what the sample scores now, in the form of `floors.json`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from artextract import ArtextractError, extract

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.005
SAMPLE = {  # (folder below the bench, set) -> pages
    ("html", "wcxb-dev"): 105,
    ("html", "daniel-dev"): 60,
    ("html", "magic-dev"): 15,
    ("html", "magic-forum-dev"): 10,
    ("html", "zh-dev"): 10,
    ("text", "wcxb-dev/chrome"): 42,
    ("text", "wcxb-dev/lynx"): 28,
    ("text", "magic-dev/chrome"): 10,
    ("text", "zh-dev/chrome"): 10,
    ("text", "magic-forum-dev/lynx"): 10,
}

pytestmark = pytest.mark.skipif(not BENCH.exists(), reason="the bench is not beside the repository")


def gold_of(name: str) -> dict[str, dict[str, Any]]:
    with gzip.open(BENCH / "gold" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {record["id"]: record for record in map(json.loads, lines)}


def chosen(gold: dict[str, dict[str, Any]], most: int) -> list[str]:
    """Page ids: round by round one of each stratum (type and language), in the order of their hashes."""
    strata: dict[tuple[Any, Any], list[str]] = defaultdict(list)
    for i in sorted(gold, key=lambda i: hashlib.sha256(i.encode()).digest()):
        strata[gold[i].get("type"), gold[i].get("language")].append(i)
    rounds = [pages[k] for k in range(most) for _, pages in sorted(strata.items(), key=str) if k < len(pages)]
    return rounds[:most]


def scores() -> dict[str, float]:
    """The mean token F1 of each part of the sample."""
    sys.path.insert(0, str(BENCH))
    from scoring import token_f1

    found = {}
    for (folder, name), most in SAMPLE.items():
        gold = gold_of(name.partition("/")[0])
        suffix = ".html" if folder == "html" else ".txt"
        values = []
        for i in chosen(gold, most):
            data = gzip.decompress((BENCH / folder / name / f"{i}{suffix}.gz").read_bytes())
            try:
                text = extract(data, name=i + suffix).text
            except ArtextractError:
                text = ""
            values.append(token_f1(text, gold[i]["text"])[2])
        found[f"{folder}/{name}"] = round(sum(values) / len(values), 4)
    return found


def test_no_part_of_the_sample_falls_below_its_floor() -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    reached = scores()
    assert reached.keys() == floors.keys()
    fallen = {part: (reached[part], floors[part]) for part in floors if reached[part] < floors[part] - SLACK}
    assert not fallen, f"reached, floor: {fallen}"


if __name__ == "__main__":
    print(json.dumps(scores(), indent=1))
