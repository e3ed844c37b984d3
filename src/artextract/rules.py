"""The lexicon: rules that know a line by its words, as data that carry their own examples.

One TOML file per language under `data/lexicon/`, where people read and write; `tools/build_lexicon.py` makes
`data/lexicon.json` of them, which is what is loaded (parsing and studying 400 patterns would cost more than a page).
A user's own rules come as TOML text in `Settings.rules` and are proved by their examples before they are used:

    [[rule]]
    id = "my.weather"
    label = "other"                    # any label but body and duplicate
    certainty = "likely"               # "certain": later stages do not overturn it
    where = "line"                     # or "page-top", "page-end", "block-end"
    pattern = 'weather in {word}: .{1,40}'
    max_chars = 120                    # longer lines are not looked at
    reason = "A weather line that the site puts on every page."
    hits = ["Weather in Oslo: 3 °C", "Weather in Rome: 21 °C"]
    misses = ["The weather in Oslo was fine.", "Weather permitting, we sail."]

`line`, `page-top` and `page-end` patterns must match a whole line, folded and without its ornaments (see
`artextract.patterns`); `block-end` patterns match what stands at the end of a block: a bracket after the last sentence,
or the words after the last sentence, brackets included. `{date}`, `{word}` … stand for the `[parts]` of `any.toml` and
of the file itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from artextract.errors import SettingsError
from artextract.model import LABELS
from artextract.patterns import (
    ambiguous_loop,
    compiled,
    exact_lines,
    fold,
    fold_pattern,
    needles,
    starts,
    tidy,
)
from artextract.settings import Settings

Certainty = Literal["certain", "likely"]
Where = Literal["line", "block-end", "page-top", "page-end", "stage"]

LANGUAGES = ("any", "zh", "en", "ja", "ko", "de", "fr", "es", "pt", "it", "ru", "pl", "el", "ar")
"""The languages of the lexicon, one file each; `any` is for lines without words."""

MAX_CHARS = 600
"""No rule looks at a longer line, whatever it says: it holds on hostile input to a bounded cost a line."""

_DATA = Path(__file__).parent / "data"
_CERTAINTIES = ("certain", "likely")
_PLACES = ("line", "block-end", "page-top", "page-end")
_LABELS = frozenset(LABELS) - {"body", "duplicate", "unused"}
_KEYS = frozenset(("id", "label", "certainty", "where", "pattern", "max_chars", "spelled", "reason", "hits", "misses"))
_ID = re.compile(r"[a-z][a-z0-9]*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+")
_PART = re.compile(r"\{([a-z_]{1,40})\}")
_SHARE = 0.1  # of the letters: what a language must hold for its rules to be loaded


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the lexicon, or (where = `stage`) a rule of a stage, which has no pattern but a reason.

    `pattern` is folded and complete; `spelled` is searched for in the line as it is written, for what folding hides:
    capital letters. The last three fields say what can be told of it without running it: all lines it
    matches when they are few, or the strings one of which begins, or is in, each line it matches.
    """

    id: str
    label: str
    reason: str
    certainty: Certainty = "likely"
    where: Where = "line"
    pattern: str = ""
    max_chars: int = 120
    spelled: str = ""
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    exact: tuple[str, ...] = field(default=(), repr=False)
    starts: tuple[str, ...] = field(default=(), repr=False)
    needles: tuple[str, ...] = field(default=(), repr=False)

    @property
    def certain(self) -> bool:
        return self.certainty == "certain"

    def matches(self, line: str, written: str) -> bool:
        """Whether the pattern matches a folded, tidy line whole; `written` is the line before it was folded."""
        if len(line) > self.max_chars:
            return False
        if not (line in self.exact if self.exact else compiled(self.pattern).fullmatch(line)):
            return False
        return not self.spelled or compiled(self.spelled).search(written) is not None


@dataclass(frozen=True, slots=True)
class Table:
    """Rules, indexed by what a line must equal, begin with or hold for one of them to match."""

    exact: Mapping[str, tuple[Rule, ...]]
    starts: Mapping[str, tuple[Rule, ...]]
    needles: tuple[tuple[str, tuple[Rule, ...]], ...]
    always: tuple[Rule, ...]

    def present(self, text: str) -> tuple[tuple[str, tuple[Rule, ...]], ...]:
        """The needles that `text`, all lines of a document, holds at all."""
        characters = frozenset(text)
        return tuple(pair for pair in self.needles if characters.issuperset(pair[0]) and pair[0] in text)

    def match(self, line: str, written: str, present: Iterable[tuple[str, tuple[Rule, ...]]]) -> list[Rule]:
        """The rules that match a folded line, in no order; `present` are the needles worth looking for."""
        found: list[Rule] = [rule for rule in self.exact.get(line, ()) if rule.matches(line, written)]
        begin = self.starts.get
        for rules in (begin(line[:3]), begin(line[:2]), begin(line[:1]), self.always):
            if rules:
                found += [rule for rule in rules if rule.matches(line, written)]
        for needle, rules in present:
            if needle in line:
                found += [rule for rule in rules if rule not in found and rule.matches(line, written)]
        return found


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules for one document's languages, in the order in which they count: certain first, the user's own first."""

    rules: tuple[Rule, ...]
    lines: Table
    ends: Table
    rank: Mapping[str, int]

    def first(self, rules: Iterable[Rule]) -> Rule:
        """The one of `rules` that counts."""
        return min(rules, key=lambda rule: self.rank[rule.id])


def rules_for(languages: Iterable[tuple[str, float]], settings: Settings) -> RuleSet:
    """The rules of `any`, English, each language with over a tenth of the letters, and the user's own.

    `languages` are (BCP 47 tag, share) pairs as in `Document.languages`. Raises SettingsError for a user's rule that
    is not valid.
    """
    wanted = [tag.partition("-")[0].lower() for tag, share in languages if share >= _SHARE]
    loaded = tuple(dict.fromkeys(tag for tag in [*wanted, "en", "any"] if tag in LANGUAGES))
    return _rule_set(loaded, settings.rules, settings.disable)


def all_rules() -> tuple[Rule, ...]:
    """Every rule of the lexicon, language by language, then those of the stages."""
    return (*(rule for tag in LANGUAGES for rule in _lexicon()[tag]), *stage_rules().values())


def rule(rule_id: str) -> Rule | None:
    """The built-in rule with this id, of the lexicon or of a stage."""
    found = stage_rules().get(rule_id)
    if found is None:
        found = next((r for r in _lexicon().get(rule_id.partition(".")[0], ()) if r.id == rule_id), None)
    return found


@lru_cache(maxsize=1)
def stage_rules() -> Mapping[str, Rule]:
    """The rules of the stages by id: their labels and reasons, from `data/stage_rules.json`."""
    rows = json.loads((_DATA / "stage_rules.json").read_text("utf-8"))
    return {row[0]: Rule(id=row[0], label=row[1], reason=row[2], where="stage") for row in rows}


def parse_rules(toml_text: str) -> tuple[Rule, ...]:
    """The rules of a TOML text, each proved by its examples.

    Raises SettingsError that names the line, the rule and what is wrong with it.
    """
    rules = read_rules(toml_text, parts())
    for found in rules:
        if problems := check(found):
            raise SettingsError(_complaint(toml_text, found.id, problems[0]))
    return rules


def check(found: Rule) -> list[str]:
    """What is wrong with a rule of the lexicon: its fields, its pattern, examples that it does not live up to."""
    problems = _form_problems(found)
    if found.where != "stage" and not problems:
        problems = _pattern_problems(found)
    if found.where != "stage" and not problems:
        problems = [f"does not match its hit {text!r}" for text in found.hits if not _example(found, text)]
        problems += [f"matches its miss {text!r}" for text in found.misses if _example(found, text)]
    return problems


def read_rules(toml_text: str, common: Mapping[str, str]) -> tuple[Rule, ...]:
    """The rules of a TOML text, their patterns complete and studied but not proved."""
    table = _toml(toml_text)
    own = {**common, **table.get("parts", {})}
    rows = table.get("rule", [])
    if not isinstance(rows, list) or set(table) - {"parts", "rule"}:
        raise SettingsError("rules file: it may hold [parts] and [[rule]] tables only")
    found = tuple(_read(toml_text, row, own) for row in rows)
    seen: set[str] = set()
    for r in found:
        if r.id in seen:
            raise SettingsError(_complaint(toml_text, r.id, "the id occurs twice"))
        seen.add(r.id)
    return found


def parts() -> Mapping[str, str]:
    """The named parts that every rules file can use in its patterns, from `any.toml`."""
    found: dict[str, str] = _load()["parts"]
    return found


def row_of(found: Rule) -> list[Any]:
    """A rule as one row of the JSON file, studied."""
    return [
        *(
            found.id,
            found.label,
            found.reason,
            found.certainty,
            found.where,
            found.pattern,
            found.max_chars,
            found.spelled,
        ),
        *(list(values) for values in (found.hits, found.misses, found.exact, found.starts, found.needles)),
    ]


def suffix(text: str) -> int | None:
    """Where in the folded end of a block that begins at which `block-end` rules look.

    It is the last bracket, when it comes after the end of a sentence, or else the words after the last sentence.

    >>> suffix("代表发言.(张瀚予)"), suffix("he said. reporting by ann lee"), suffix("the end")
    (5, 8, None)
    """
    stripped = text.rstrip()
    opening = {")": "(", "]": "["}.get(stripped[-1:], "")
    at = stripped.rfind(opening, 0, -1) if opening else -1
    if at > 0 and stripped[:at].rstrip()[-1:] in _STOPS:
        return at
    at = max(_last(stripped, stop) for stop in _STOPS)
    return at + 1 if 0 < at < len(stripped) - 2 else None


def _last(text: str, stop: str) -> int:
    """Where the last `stop` is that ends a sentence: not the last character, not within an address or a number."""
    at = text.rfind(stop, 0, -1)
    while at > 0 and text[at + 1].isascii() and text[at + 1] != " ":
        at = text.rfind(stop, 0, at)
    return at


_STOPS = (".", "!", "?", '"', "'", "…", "」", "』", ">")
"""After what, folded, a credit may follow: the end of a sentence or of a quotation."""


def _toml(text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"rules file: not valid TOML: {error}") from None


def _read(toml_text: str, row: Any, own: Mapping[str, str]) -> Rule:
    if not isinstance(row, dict) or not isinstance(row.get("id"), str):
        raise SettingsError("rules file: each [[rule]] needs an id such as 'my.weather'")
    rule_id = row["id"]
    if unknown := set(row) - _KEYS:
        raise SettingsError(_complaint(toml_text, rule_id, f"unknown key {min(unknown)!r}"))
    if missing := {"label", "pattern", "reason", "hits", "misses"} - set(row):
        raise SettingsError(_complaint(toml_text, rule_id, f"{min(missing)!r} is missing"))
    try:
        pattern = fold_pattern(_complete(row["pattern"], own))
        return _studied(row, pattern)
    except (re.error, TypeError, KeyError, ValueError, OverflowError, RecursionError) as error:
        raise SettingsError(_complaint(toml_text, rule_id, f"its pattern or a field is not valid: {error}")) from None


def _complete(pattern: str, own: Mapping[str, str]) -> str:
    """The pattern with its `{parts}` put in; parts may hold parts."""
    for _ in range(4):
        pattern = _PART.sub(lambda match: f"(?:{own[match.group(1)]})", pattern)
    return pattern


def _studied(row: Mapping[str, Any], pattern: str) -> Rule:
    exact = exact_lines(pattern)
    begin = () if exact else starts(pattern)
    return Rule(
        id=row["id"],
        label=row["label"],
        reason=row["reason"],
        certainty=row.get("certainty", "likely"),
        where=row.get("where", "line"),
        pattern=pattern,
        max_chars=row.get("max_chars", 120),
        spelled=row.get("spelled", ""),
        hits=tuple(row["hits"]),
        misses=tuple(row["misses"]),
        exact=exact,
        starts=begin,
        needles=() if exact or begin else needles(pattern),
    )


def _complaint(toml_text: str, rule_id: str, problem: str) -> str:
    lines = toml_text.splitlines()
    spelled = (f'"{rule_id}"', f"'{rule_id}'")
    number = next((n for n, line in enumerate(lines, 1) if line.lstrip()[:2] == "id" and line.find(spelled[0]) > 0), 0)
    number = number or next((n for n, line in enumerate(lines, 1) if any(s in line for s in spelled)), 1)
    return f"rules file, line {number}: rule {rule_id!r}: {problem}"


def _form_problems(found: Rule) -> list[str]:
    tests = [
        (_ID.fullmatch(found.id), "the id must look like 'my.weather': lower case, at least one dot"),
        (found.label in _LABELS, f"the label {found.label!r} is none of {', '.join(sorted(_LABELS))}"),
        (found.certainty in _CERTAINTIES, "certainty is 'certain' or 'likely'"),
        (found.where in (*_PLACES, "stage"), f"where is one of {', '.join(_PLACES)}"),
        (isinstance(found.reason, str) and len(found.reason) >= 20, "the reason must be a sentence"),
        (type(found.max_chars) is int and 1 <= found.max_chars <= MAX_CHARS, f"max_chars is 1 to {MAX_CHARS}"),
        (all(isinstance(text, str) for text in (*found.hits, *found.misses)), "hits and misses are lists of texts"),
        (
            found.where == "stage" or (len(found.hits) >= 2 and len(found.misses) >= 2),
            "it needs two hits and two misses at least",
        ),
    ]
    return [problem for passed, problem in tests if not passed]


def _pattern_problems(found: Rule) -> list[str]:
    try:
        re.compile(found.pattern)
        re.compile(found.spelled)
    except (re.error, OverflowError, RecursionError) as error:
        return [f"the pattern is not valid: {error}"]
    if ambiguous_loop(found.pattern) or ambiguous_loop(found.spelled):
        return ["the pattern repeats a part whose length changes, such as (a+)+: it could take for ever"]
    if re.fullmatch(found.pattern, ""):
        return ["the pattern matches an empty line"]
    return []


def _example(found: Rule, text: str) -> bool:
    folded = fold(text)
    if found.where != "block-end":
        return found.matches(tidy(folded), text)
    start = suffix(folded)
    return found.matches(folded.strip(), text) or (
        start is not None and found.matches(folded[start:].strip(), text[start:])
    )


@lru_cache(maxsize=1)
def _load() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((_DATA / "lexicon.json").read_text("utf-8"))
    return loaded


@lru_cache(maxsize=1)
def _lexicon() -> Mapping[str, tuple[Rule, ...]]:
    return {tag: tuple(map(_from_row, rows)) for tag, rows in _load()["rules"].items()}


def _from_row(row: list[Any]) -> Rule:
    return Rule(*row[:8], *map(tuple, row[8:]))


@lru_cache(maxsize=64)
def _rule_set(tags: tuple[str, ...], own: str, disabled: tuple[str, ...]) -> RuleSet:
    lexicon = _lexicon()
    rules = [*(parse_rules(own) if own else ()), *(r for tag in tags for r in lexicon[tag])]
    taken = sorted((r for r in rules if r.id not in disabled), key=lambda r: not r.certain)
    rank: dict[str, int] = {}
    for r in taken:
        rank.setdefault(r.id, len(rank))
    return RuleSet(
        rules=tuple(taken),
        lines=_table([r for r in taken if r.where != "block-end"]),
        ends=_table([r for r in taken if r.where == "block-end"]),
        rank=rank,
    )


def _table(rules: Iterable[Rule]) -> Table:
    exact: dict[str, tuple[Rule, ...]] = {}
    begin: dict[str, tuple[Rule, ...]] = {}
    inside: dict[str, tuple[Rule, ...]] = {}
    always: list[Rule] = []
    for r in rules:
        index, keys = (exact, r.exact) if r.exact else (begin, r.starts) if r.starts else (inside, r.needles)
        for key in keys:
            index[key] = (*index.get(key, ()), r)
        if not keys:
            always.append(r)
    return Table(exact, begin, tuple(inside.items()), tuple(always))
