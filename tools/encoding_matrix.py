"""Run the made cases of decoding (tests/encodings) and name those that fail.

python tools/encoding_matrix.py [--sample N] [--match TEXT] [--show N]
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.encodings.matrix import Case, cases, passes, sample

KEYS = ("codec", "language", "shape", "declared", "length", "damage")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=0, help="only this many, drawn at random but always the same")
    parser.add_argument("--match", default="", help="only cases whose name holds this")
    parser.add_argument("--show", type=int, default=100, help="how many failures to name")
    options = parser.parse_args()
    chosen = [case for case in (sample(options.sample) if options.sample else cases()) if options.match in case.name]
    failed = [case for case in chosen if not passes(case)]
    report(chosen, failed, options.show)
    return 0 if len(failed) * 100 <= len(chosen) else 1


def report(chosen: list[Case], failed: list[Case], show: int) -> None:
    """Exact cases as a whole and by each dimension, then the failures."""
    print(f"{len(chosen) - len(failed)} of {len(chosen)} exact: {1 - len(failed) / max(len(chosen), 1):.4f}")
    for key in KEYS:
        total = Counter(getattr(case, key) for case in chosen)
        bad = Counter(getattr(case, key) for case in failed)
        print(f"  {key}: " + "  ".join(f"{value} {bad[value]}/{total[value]}" for value in total if bad[value]))
    for case in failed[:show]:
        print(f"    {case.name}")


if __name__ == "__main__":
    sys.exit(main())
