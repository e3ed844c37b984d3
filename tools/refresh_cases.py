"""Write the expected files of fixture cases: `python tools/refresh_cases.py [CASE ...]`, new ones only by default.

Read what it wrote before you commit it: an expected file is a promise, not a photograph.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from cases import cases, expected


def main(names: list[str]) -> None:
    for case in cases():
        if case.name in names or (not names and not (case / "expected.txt").exists()):
            for name, text in expected(case).items():
                (case / name).write_text(text, encoding="utf-8")
            print(case.name)


if __name__ == "__main__":
    main(sys.argv[1:])
