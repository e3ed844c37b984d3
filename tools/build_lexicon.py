"""Make the JSON files of rules in `data/` of the TOML files that people write.

Run it after each change of a rule: `python tools/build_lexicon.py`. With `--check` it writes nothing and exits 1 when
the files are not current or a rule does not live up to its examples.
"""

from __future__ import annotations

import json
import sys
import tomllib
from dataclasses import astuple
from functools import cache
from pathlib import Path
from typing import Any

from artextract.rules import LANGUAGES, Matcher, Rule, check, read_rules, study

DATA = Path(__file__).parent.parent / "src/artextract/data"


def lexicon() -> str:
    """`lexicon.json`: the matchers of each language, one language a line, since they are read line by line."""
    lines = [f'"{tag}":{_json([_row(study(rule)) for rule in rules_of(tag)])}' for tag in LANGUAGES]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def lexicon_rules() -> str:
    """`lexicon_rules.json`: the common parts, and each rule with its reason and examples, one a line."""
    rows = ",\n".join(_json(_row(rule)) for tag in LANGUAGES for rule in rules_of(tag))
    return f'{{"parts":{_json(_parts("any"))},\n"rules":[\n{rows}\n]}}\n'


def _row(item: Rule | Matcher) -> list[Any]:
    return list(astuple(item))


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


@cache
def rules_of(tag: str) -> tuple[Rule, ...]:
    """The rules of one language's TOML file."""
    path = DATA / f"lexicon/{tag}.toml"
    return read_rules(path.read_text("utf-8"), _parts("any")) if path.exists() else ()


def stage_rules() -> list[list[str]]:
    """The id, label and reason of each rule of a stage."""
    table = tomllib.loads((DATA / "stage_rules.toml").read_text("utf-8"))
    return [[row["id"], row["label"], row["reason"]] for row in table["rule"]]


def stage_rules_json() -> str:
    """`stage_rules.json`: the rules of the stages, one a line."""
    return "[\n" + ",\n".join(map(_json, stage_rules())) + "\n]\n"


def problems() -> list[str]:
    """What is wrong with the rules, one line each."""
    found = [f"{rule.id}: {problem}" for tag in LANGUAGES for rule in rules_of(tag) for problem in check(rule)]
    found += [f"{rule.id}: not of {tag}" for tag in LANGUAGES for rule in rules_of(tag) if rule.id.split(".")[0] != tag]
    rows = stage_rules()
    found += [f"{r[0]}: occurs twice" for n, r in enumerate(rows) if r[0] in [other[0] for other in rows[:n]]]
    return found + [f"{r[0]}: {p}" for r in rows for p in check(Rule(r[0], r[1], r[2], where="stage"))]


def files() -> dict[Path, str]:
    """What the generated files should hold."""
    made = {"lexicon": lexicon, "lexicon_rules": lexicon_rules, "stage_rules": stage_rules_json}
    return {DATA / f"{name}.json": make() for name, make in made.items()}


def main() -> int:
    found = problems()
    for problem in found:
        print(problem, file=sys.stderr)
    stale = {p: text for p, text in files().items() if not p.exists() or p.read_text("utf-8") != text}
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path.name} is not current: run tools/build_lexicon.py", file=sys.stderr)
        return 1 if found or stale else 0
    for path, text in stale.items():
        path.write_text(text, "utf-8")
    return 1 if found else 0


def _parts(tag: str) -> dict[str, str]:
    parts: dict[str, str] = tomllib.loads((DATA / f"lexicon/{tag}.toml").read_text("utf-8")).get("parts", {})
    return parts


if __name__ == "__main__":
    sys.exit(main())
