"""Make `data/lexicon.json` and `data/stage_rules.json` of the TOML files that people write.

Run it after each change of a rule: `python tools/build_lexicon.py`. With `--check` it writes nothing and exits 1 when
the files are not current or a rule does not live up to its examples.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from artextract.rules import LANGUAGES, Rule, check, read_rules, row_of

DATA = Path(__file__).parent.parent / "src/artextract/data"


def lexicon() -> dict[str, Any]:
    """What `lexicon.json` holds: the common parts, and the rules of each language as rows."""
    common = _parts("any")
    rules = {tag: [row_of(rule) for rule in rules_of(tag)] for tag in LANGUAGES}
    return {"parts": common, "rules": rules}


def rules_of(tag: str) -> tuple[Rule, ...]:
    """The rules of one language's TOML file."""
    path = DATA / f"lexicon/{tag}.toml"
    return read_rules(path.read_text("utf-8"), _parts("any")) if path.exists() else ()


def stage_rules() -> list[list[str]]:
    """What `stage_rules.json` holds: id, label and reason of each rule of a stage."""
    table = tomllib.loads((DATA / "stage_rules.toml").read_text("utf-8"))
    return [[row["id"], row["label"], row["reason"]] for row in table["rule"]]


def problems() -> list[str]:
    """What is wrong with the rules, one line each."""
    found = [f"{rule.id}: {problem}" for tag in LANGUAGES for rule in rules_of(tag) for problem in check(rule)]
    found += [f"{rule.id}: not of {tag}" for tag in LANGUAGES for rule in rules_of(tag) if rule.id.split(".")[0] != tag]
    rows = stage_rules()
    found += [f"{r[0]}: occurs twice" for n, r in enumerate(rows) if r[0] in [other[0] for other in rows[:n]]]
    return found + [f"{r[0]}: {p}" for r in rows for p in check(Rule(r[0], r[1], r[2], where="stage"))]


def rendered(data: Any) -> str:
    """JSON, one row a line, so that differences can be read."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace('],["', '],\n["').replace(':[["', ':[\n["') + "\n"


def main() -> int:
    found = problems()
    for problem in found:
        print(problem, file=sys.stderr)
    files = {DATA / "lexicon.json": rendered(lexicon()), DATA / "stage_rules.json": rendered(stage_rules())}
    stale = [path for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path.name} is not current: run tools/build_lexicon.py", file=sys.stderr)
        return 1 if found or stale else 0
    for path in stale:
        path.write_text(files[path], "utf-8")
    return 1 if found else 0


def _parts(tag: str) -> dict[str, str]:
    parts: dict[str, str] = tomllib.loads((DATA / f"lexicon/{tag}.toml").read_text("utf-8")).get("parts", {})
    return parts


if __name__ == "__main__":
    sys.exit(main())
