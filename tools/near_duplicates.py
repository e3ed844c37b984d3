"""Precision and recall of near-duplicates, and what they cost.

    python tools/near_duplicates.py pairs BENCH [--texts 400]
    python tools/near_duplicates.py speed [--documents 100000]

`pairs`: gold bodies of the bench, each with versions of itself in which 0 to 30 % of the paragraphs are replaced by
paragraphs of other bodies of its language, in the same order or with a part moved. The truth is the Jaccard index of all
shingles; a claim for a pair below the threshold is a false one, none for a pair above it a miss. Other bodies stand
between, so that claims for strangers count as false ones, too.

`speed`: made documents of 400 words, every tenth a near-duplicate of an earlier one, sketched and judged in one process.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import time
from collections.abc import Iterator
from pathlib import Path

from artextract.batch.duplicates import SIMILAR, Bodies, Originals
from artextract.batch.entry import Copy, Spilled
from artextract.batch.sketch import jaccard, packed, shingles, sketch_of, tokens_of

SETS = ("wcxb-dev", "zh-dev", "magic-dev", "daniel-dev")


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    pairs = commands.add_parser("pairs")
    pairs.add_argument("bench", type=Path)
    pairs.add_argument("--texts", type=int, default=400)
    speed = commands.add_parser("speed")
    speed.add_argument("--documents", type=int, default=100_000)
    given = parser.parse_args()
    if given.command == "pairs":
        measure_pairs(given.bench, given.texts)
    else:
        measure_speed(given.documents)


def bodies(bench: Path, wanted: int) -> dict[str, list[list[str]]]:
    """Gold bodies with at least six paragraphs, as paragraphs, by script."""
    found: dict[str, list[list[str]]] = {"latin": [], "han": []}
    for name in SETS:
        for line in gzip.decompress((bench / "gold" / f"{name}.jsonl.gz").read_bytes()).decode().split("\n")[:-1]:
            text = json.loads(line)["text"] or ""
            parts = [part for part in text.split("\n") if part.strip()]
            han = sum("\u4e00" <= character <= "\u9fff" for character in text)
            if len(parts) >= 6 and len(text) >= 600:
                found["han" if han > len(text) / 3 else "latin"].append(parts)
    chance = random.Random(1)
    for texts in found.values():
        chance.shuffle(texts)
        del texts[wanted:]
    return found


def edited(parts: list[str], strangers: list[str], share: float, moved: bool, chance: random.Random) -> list[str]:
    """Paragraphs with a share of them replaced, and perhaps a part of the text moved to its front."""
    new = list(parts)
    for at in chance.sample(range(len(new)), round(share * len(new))):
        new[at] = chance.choice(strangers)
    cut = chance.randrange(1, len(new)) if moved else 0
    return [*new[cut:], *new[:cut]]


def measure_pairs(bench: Path, wanted: int) -> None:
    """One line for each script, order and share of edits."""
    chance = random.Random(2)
    total = [0, 0, 0]
    for script, texts in bodies(bench, wanted).items():
        strangers = [part for parts in texts for part in parts]
        for moved in (False, True):
            for share in (0.0, 0.05, 0.1, 0.15, 0.2, 0.3):
                counts = judged(texts, strangers, share, moved, chance)
                total = [one + other for one, other in zip(total, counts, strict=True)]
                order = "moved" if moved else "kept"
                print(f"{script:6} {len(texts):4} texts, {share:4.0%} edited, order {order:5}: {said(*counts)}")
    print(f"all: {said(*total)}")


def judged(
    texts: list[list[str]], strangers: list[str], share: float, moved: bool, chance: random.Random
) -> tuple[int, int, int]:
    """True claims, false claims, misses: all originals first, then one version of each."""
    originals = Originals(opened())
    right = wrong = missed = 0
    for number, parts in enumerate(texts):
        wrong += judge(originals, str(number), "\n".join(parts)) is not None and not repeats(texts, number)
    for number, parts in enumerate(texts):
        version = "\n".join(edited(parts, strangers, share, moved, chance))
        claim = judge(originals, f"v{number}", version)
        truth = jaccard(shingles(tokens_of("\n".join(parts))), shingles(tokens_of(version)))
        if claim is None:
            missed += truth >= SIMILAR
        elif truth >= SIMILAR:
            right += 1
        else:
            wrong += 1
    originals.close()
    return right, wrong, missed


def repeats(texts: list[list[str]], number: int) -> bool:
    """Whether a body of the bench truly repeats an earlier one."""
    own = shingles(tokens_of("\n".join(texts[number])))
    return any(jaccard(own, shingles(tokens_of("\n".join(texts[n])))) >= SIMILAR for n in range(number))


def opened() -> Bodies:
    """A place for bodies that vanishes."""
    found = Bodies(None)
    found.start(0)
    return found


def judge(originals: Originals, name: str, text: str) -> Copy | None:
    """Judge one text, as a batch does."""
    tokens = tokens_of(text)
    body = packed(tokens)
    return originals.judge((name, None), Spilled(sketch_of(tokens).text(), originals.bodies.append(body), len(body)))


def said(right: int, wrong: int, missed: int) -> str:
    """Precision and recall in words."""
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    return f"{right + missed:5} pairs at {SIMILAR}, precision {precision:.4f}, recall {recall:.4f}"


def measure_speed(number: int) -> None:
    """Time of sketching (in the workers of a batch) and of judging (in its one guard), and memory."""
    originals = Originals(opened())
    sketching = judging = 0.0
    claims = 0
    for name, text in made(number):
        start = time.process_time()
        tokens = tokens_of(text)
        sketch, body = sketch_of(tokens).text(), packed(tokens)
        middle = time.process_time()
        spilled = Spilled(sketch, originals.bodies.append(body), len(body))
        claims += originals.judge((name, None), spilled) is not None
        sketching += middle - start
        judging += time.process_time() - middle
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    each = 1000 / number
    print(f"{number:,} documents, {claims:,} repeat: sketching {sketching:.0f} s ({sketching * each:.2f} ms each),")
    print(f"judging {judging:.0f} s ({judging * each:.2f} ms each) of CPU; {peak:.0f} MB at most")


def made(number: int) -> Iterator[tuple[str, str]]:
    """Documents of 400 words out of 20,000; every tenth repeats one of the last hundred but for 20 words in a row."""
    chance = random.Random(3)
    words = [f"w{n:x}" for n in range(20_000)]
    last: list[list[str]] = []
    for n in range(number):
        if n % 10 == 9:
            text = list(chance.choice(last))
            at = chance.randrange(380)
            text[at : at + 20] = chance.choices(words, k=20)
        else:
            text = chance.choices(words, k=400)
            last = [*last[-99:], text]
        yield str(n), " ".join(text)


if __name__ == "__main__":
    main()
