"""The lexicon: rules that know a line by its words, as data that carry their own examples.

One TOML file per language under `data/lexicon/`, where people read and write. `tools/build_lexicon.py` makes two files
of them: `data/lexicon.json`, which is loaded line by line, a language a line (to parse and study 400 patterns would
cost more than a page), and `data/lexicon_rules.json`, with the reasons and examples, for those who ask.

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

import itertools
import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from artextract.errors import SettingsError
from artextract.lazy import lazy_pattern
from artextract.model import LABELS
from artextract.patterns import (
    ambiguous_loop,
    branches,
    compiled,
    exact_lines,
    fold,
    fold_pattern,
    head,
    needles,
    starts,
    tidy,
)
from artextract.records import record
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
_ID = lazy_pattern(r"[a-z][a-z0-9]*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+")
_PART = lazy_pattern(r"\{([a-z_]{1,40})\}")
_SHARE = 0.1  # of the letters: what a language must hold for its rules to be loaded


@record(frozen=True, slots=True)
class Rule:
    """One rule of the lexicon, or (where = `stage`) a rule of a stage, which has no pattern but a reason.

    `pattern` is folded and complete; `spelled` is searched for in the line as it is written, for what folding hides:
    capital letters, accents, punctuation.
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


@record(frozen=True, slots=True, eq=False)
class Matcher:
    """A rule made ready for matching: the lines of its pattern that could be spelled out, and the other alternatives.

    Each alternative is compiled when a line first begins with, or holds, what its matches must.
    """

    id: str
    label: str
    certain: bool
    where: Where
    max_chars: int
    spelled: str
    exact: tuple[str, ...] = field(default=(), repr=False)
    forms: tuple[Form, ...] = field(default=(), repr=False)

    def matches(self, pattern: str, line: str, written: str) -> bool:
        """Whether one of the rule's alternatives matches a folded, tidy line whole."""
        if len(line) > self.max_chars or compiled(pattern).fullmatch(line) is None:
            return False
        return self.allows(line, written)

    def allows(self, line: str, written: str) -> bool:
        """Whether a line of the right words is short enough, and written as `spelled` wants it."""
        return len(line) <= self.max_chars and (not self.spelled or compiled(self.spelled).search(written) is not None)


class Form(NamedTuple):
    """One alternative of a pattern. Every match begins with one of `starts`, or else holds one of `needles`."""

    pattern: str
    starts: tuple[str, ...]
    needles: tuple[str, ...]


_Pairs = tuple[tuple[Matcher, str], ...]
"""Matchers, each with the pattern to try."""


@record(frozen=True, slots=True)
class Table:
    """Rules, indexed by what a line must equal, begin with or hold for one of them to match."""

    exact: Mapping[str, tuple[Matcher, ...]]
    starts: Mapping[str, _Pairs]
    needles: tuple[tuple[str, _Pairs], ...]
    always: _Pairs
    openers: frozenset[str]  # the first words of `exact`

    def holding(self, line: str) -> list[tuple[Matcher, str]]:
        """What is worth trying because of the needles that one line holds."""
        return [pair for needle, pairs in self.needles if needle in line for pair in pairs]

    def inside(self, lines: Sequence[str]) -> dict[int, list[tuple[Matcher, str]]]:
        """For the lines that hold needles, by their numbers, what is worth trying.

        The time is that of finding each needle in all of the text, whatever the number of lines.
        """
        text = "\n".join(lines)
        characters = frozenset(text)
        begins = [0, *itertools.accumulate(len(line) + 1 for line in lines)]
        found: dict[int, list[tuple[Matcher, str]]] = {}
        for needle, pairs in self.needles:
            at = text.find(needle) if characters.issuperset(needle) else -1
            while at >= 0:
                number = bisect_right(begins, at) - 1
                found.setdefault(number, []).extend(pairs)
                at = text.find(needle, begins[number + 1])
        return found

    def match(self, line: str, written: str, inside: Iterable[tuple[Matcher, str]] = ()) -> list[Matcher]:
        """The rules that match a folded, tidy line, in no order; `inside` is what its needles make worth trying."""
        found = [m for m in self.exact.get(line, ()) if m.allows(line, written)]
        begin, first, size = self.starts.get, head(line), len(line)
        for pairs in (begin(first), begin(first[:3]), begin(first[:2]), begin(first[:1]), self.always, inside):
            for m, pattern in pairs or ():
                if size <= m.max_chars and m not in found and m.matches(pattern, line, written):
                    found.append(m)
        return found


@record(frozen=True, slots=True)
class RuleSet:
    """The rules for one document's languages; `rank` is the order in which they count: certain first, the user's first.

    `lines` is for whole lines, `ends` for the ends of blocks.
    """

    lines: Table
    ends: Table
    rank: Mapping[str, int]
    disabled: frozenset[str] = frozenset()

    def ordered(self, found: Iterable[Matcher]) -> tuple[Matcher, ...]:
        """What was found, each rule once, the one that counts first."""
        rules = {m.id: m for m in found}
        return tuple(sorted(rules.values(), key=lambda m: self.rank[m.id]))


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
    return (*_rules().values(), *stage_rules().values())


def rule(rule_id: str) -> Rule | None:
    """The built-in rule with this id, of the lexicon or of a stage."""
    return stage_rules().get(rule_id) or _rules().get(rule_id)


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
    """The rules of a TOML text, their patterns complete, but not proved."""
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


@lru_cache(maxsize=1)
def parts() -> Mapping[str, str]:
    """The named parts that every rules file can use in its patterns, from `any.toml`."""
    found: dict[str, str] = json.loads((_DATA / "lexicon_rules.json").read_text("utf-8"))["parts"]
    return found


def study(found: Rule) -> Matcher:
    """A rule as a matcher: its alternatives, and what can be told of each without running it."""
    exact: set[str] = set()
    forms: list[Form] = []
    for branch in branches(found.pattern):
        if lines := exact_lines(branch):
            exact.update(lines)
        else:
            begin = starts(branch)
            forms.append(Form(branch, begin, () if begin else needles(branch)))
    certain = found.certainty == "certain"
    limits = found.where, found.max_chars, found.spelled
    return Matcher(found.id, found.label, certain, *limits, tuple(sorted(exact)), tuple(forms))


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
    found = _LAST_STOP.match(stripped, 0, max(0, len(stripped) - 2))
    return found.end() if found else None


_STOPS = (".", "!", "?", '"', "'", "…", "」", "』", ">")
"""After what, folded, a credit may follow: the end of a sentence or of a quotation."""

_LAST_STOP = lazy_pattern(r"(?s:.*)[.!?\"'…」』>](?=[^!-~])")
"""Up to the last end of a sentence: no point within an address or a number. Linear: it goes back once from the end."""


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
        return Rule(
            id=row["id"],
            label=row["label"],
            reason=row["reason"],
            certainty=row.get("certainty", "likely"),
            where=row.get("where", "line"),
            pattern=fold_pattern(_complete(row["pattern"], own)),
            max_chars=row.get("max_chars", 120),
            spelled=row.get("spelled", ""),
            hits=tuple(row["hits"]),
            misses=tuple(row["misses"]),
        )
    except (re.error, TypeError, KeyError, ValueError, OverflowError, RecursionError) as error:
        raise SettingsError(_complaint(toml_text, rule_id, f"its pattern or a field is not valid: {error}")) from None


def _complete(pattern: str, own: Mapping[str, str]) -> str:
    """The pattern with its `{parts}` put in; parts may hold parts."""
    for _ in range(4):
        if unknown := next((name for name in _PART.findall(pattern) if name not in own), None):
            raise ValueError(f"no part is named {unknown!r}")
        pattern = _PART.sub(lambda match: f"(?:{own[match[1]]})", pattern)
    return pattern


def _complaint(toml_text: str, rule_id: str, problem: str) -> str:
    lines = toml_text.splitlines()
    spelled = (f'"{rule_id}"', f"'{rule_id}'")
    number = next((n for n, line in enumerate(lines, 1) if line.lstrip()[:2] == "id" and line.find(spelled[0]) > 0), 0)
    number = number or next((n for n, line in enumerate(lines, 1) if any(s in line for s in spelled)), 1)
    return f"rules file, line {number}: rule {rule_id!r}: {problem}"


def _form_problems(found: Rule) -> list[str]:
    labels = frozenset(LABELS) if found.where == "stage" else _LABELS
    tests = [
        (_ID.fullmatch(found.id), "the id must look like 'my.weather': lower case, at least one dot"),
        (found.label in labels, f"the label {found.label!r} is none of {', '.join(sorted(labels))}"),
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
        return _whole(found, tidy(folded), text)
    start = suffix(folded)
    return _whole(found, folded.strip(), text) or (
        start is not None and _whole(found, folded[start:].strip(), text[start:])
    )


def _whole(found: Rule, line: str, written: str) -> bool:
    if len(line) > found.max_chars or not re.fullmatch(found.pattern, line):
        return False
    return not found.spelled or re.search(found.spelled, written) is not None


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, Rule]:
    """The rules of the lexicon as people read them; `lexicon.json` holds what matching needs."""
    rows = json.loads((_DATA / "lexicon_rules.json").read_text("utf-8"))["rules"]
    return {row[0]: Rule(*row[:8], *map(tuple, row[8:])) for row in rows}


@lru_cache(maxsize=len(LANGUAGES))
def _matchers(tag: str) -> tuple[Matcher, ...]:
    """The matchers of one language: one line of `lexicon.json`, so that the other languages need not be parsed."""
    with (_DATA / "lexicon.json").open(encoding="utf-8") as file:
        line = next(line for line in file if line.startswith(f'"{tag}":'))
    rows = json.loads(line.partition(":")[2].rstrip(",\n"))
    return tuple(Matcher(*[*row[:6], tuple(row[6]), tuple(Form(*form) for form in row[7])]) for row in rows)


@lru_cache(maxsize=64)
def _rule_set(tags: tuple[str, ...], own: str, disabled: tuple[str, ...]) -> RuleSet:
    mine = map(study, parse_rules(own) if own else ())
    every = [*mine, *(m for tag in tags for m in _matchers(tag))]
    taken = sorted((m for m in every if m.id not in disabled), key=lambda m: not m.certain)
    return RuleSet(
        lines=_table([m for m in taken if m.where != "block-end"]),
        ends=_table([m for m in taken if m.where == "block-end"]),
        rank={rule_id: n for n, rule_id in enumerate(dict.fromkeys(m.id for m in taken))},
        disabled=frozenset(disabled),
    )


def _table(matchers: Iterable[Matcher]) -> Table:
    exact: dict[str, tuple[Matcher, ...]] = {}
    begin: dict[str, _Pairs] = {}
    inside: dict[str, _Pairs] = {}
    always: list[tuple[Matcher, str]] = []
    for m in matchers:
        for line in m.exact:
            exact[line] = (*exact.get(line, ()), m)
        for pattern, heads, parts in m.forms:
            for key in heads:
                begin[key] = (*begin.get(key, ()), (m, pattern))
            for key in parts:
                inside[key] = (*inside.get(key, ()), (m, pattern))
            if not heads and not parts:
                always.append((m, pattern))
    openers = frozenset(line.partition(" ")[0] for line in exact)
    return Table(exact, begin, tuple(inside.items()), tuple(always), openers)
