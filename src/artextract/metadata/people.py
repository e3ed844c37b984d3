"""Who wrote the page and who edited it: candidates from markup and from what `bylines` finds in its lines.

A candidate is a whole list of names, as one rule gives it: that several rules give the same list is the best evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from artextract.lazy import lazy_pattern
from artextract.metadata.ballot import Candidate
from artextract.metadata.bylines import Written
from artextract.metadata.names import names_in
from artextract.metadata.surroundings import Surroundings
from artextract.metadata.titles import pieces
from artextract.metadata.values import folded
from artextract.model import Fact

Named = tuple[str, tuple[str, ...], Fact]  # the evidence, the names, the fact

_ATTRIBUTES = ("meta.", "jsonld.")
_FIRST_ONLY = ("class.", "microdata.", "rel.", "link.")
_LAST_FIRST = frozenset({"meta.citation-author", "meta.dc-creator"})


def stated_names(facts: Sequence[Fact], field: str = "authors") -> Iterator[Named]:
    """The lists of names that markup states, each rule's whole list, and of elements the first alone."""
    by_rule: dict[str, list[tuple[tuple[str, ...], Fact]]] = {}
    sites = [f.value for f in facts if f.field == "site_name" and len(f.value) > 3]
    for fact in facts:
        if fact.field == field:
            value = _turned(fact.value) if fact.rule in _LAST_FIRST else fact.value
            attribute = fact.rule.startswith(_ATTRIBUTES)
            names = _spaced_name(fact) or names_in(value, prose=not attribute, loose=fact.rule != "class.byline")
            if names := _without_site(names, sites):
                by_rule.setdefault(fact.rule, []).append((names, fact))
    for rule, found in by_rule.items():
        first, fact = found[0]
        together = _unique(name for names, _ in found for name in names)
        if rule.startswith(_FIRST_ONLY):
            yield f"{rule}.first", first, fact
            if len(together) > len(first):
                yield f"{rule}.all", together[:12], fact
        else:
            yield rule, together, fact


def _without_site(names: tuple[str, ...], sites: Sequence[str]) -> tuple[str, ...]:
    """Names without the site's own glued to their end: "Jane Roe DAILY NEWS"."""
    return tuple(
        next((n[: -len(s)].strip() for s in sites if len(n) > len(s) + 3 and n.lower().endswith(" " + s.lower())), n)
        for n in names
    )


_SPACED = lazy_pattern(r"[\u3040-\u9fff々]{1,4}[ \u3000][\u3040-\u9fff々]{1,4}")


def _spaced_name(fact: Fact) -> tuple[str, ...]:
    """A Japanese name with a space inside, where the rule gives one person a value."""
    value = fact.value.strip()
    return (value,) if fact.rule.startswith("jsonld.") and _SPACED.fullmatch(value) else ()


def _turned(value: str) -> str:
    """ "Roe, Jane" is Jane Roe."""
    last, comma, first = value.partition(", ")
    return f"{first} {last}" if comma and "," not in first and last and first else value


def _unique(names: Iterator[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(folded(name), name)
    return tuple(found.values())


def candidates(around: Surroundings, written: Sequence[Written]) -> list[Candidate]:
    """Each list of names that anything gives, with all that speaks for or against it."""
    facts = around.document.reading.facts
    found: dict[frozenset[str], Candidate] = {}
    marked: list[Named] = list(stated_names(facts))
    texts: list[Named] = [(evidence, names, fact) for field, names, fact, evidence in written if field == "authors"]
    seen: set[str] = set()
    for evidence, names, fact in (*marked, *texts):
        key = frozenset(folded(name) for name in names)
        candidate = found.get(key)
        if candidate is None:
            candidate = found[key] = Candidate("\n".join(names))
        candidate.facts.append(
            fact
            if fact.value == ", ".join(names)
            else replace(fact, value=", ".join(names), raw=fact.raw or fact.value)
        )
        candidate.evidence.add(evidence)
        if evidence not in seen:
            seen.add(evidence)
            if fact.rule.startswith("text."):
                candidate.evidence.add(f"first:{evidence}")
    _compare(found, around)
    return list(found.values())


def _compare(found: dict[frozenset[str], Candidate], around: Surroundings) -> None:
    facts = around.document.reading.facts
    sites = {folded(f.value) for f in facts if f.field == "site_name"}
    sites |= {folded(piece) for f in facts if f.rule == "title" for name, piece in pieces(f.value) if name == "last"}
    types = {t.lower() for t in around.document.reading.page.types}
    page: set[str] = set()
    if types & {"article", "newsarticle", "blogposting", "techarticle"}:
        page.add("page.article")
    if types & {"discussionforumposting", "qapage", "question"}:
        page.add("page.forum")
    if not facts:
        page.add("page.dump")
    if any(f.field == "date" for f in facts):
        page.add("page.dated")
    for key, candidate in found.items():
        names = candidate.evidence
        rules = {e for e in names if not e.startswith("first:")}
        kinds = {e.split(".")[0] for e in rules}
        names.add(f"agree.{min(4, len(kinds))}")
        names.add(f"count.{min(4, len(key))}")
        if key & sites:
            names.add("is-site")
        if any(key < other for other in found):
            names.add("part-of-another")
        if any(other < key for other in found):
            names.add("holds-another")
        if "\n" not in candidate.value and " " not in candidate.value:
            names.add("one-word")
        names |= page


def editors(around: Surroundings, written: Sequence[Written]) -> tuple[tuple[str, ...], list[Fact]]:
    """The editors' names, of the markup or else of the lines, and the facts they were read from."""
    found: dict[str, str] = {}
    facts: list[Fact] = []
    stated = [(names, fact) for _, names, fact in stated_names(around.document.reading.facts, "editors")]
    for names, fact in stated or [(names, fact) for field, names, fact, _ in written if field == "editors"]:
        facts.append(fact)
        for name in names:
            found.setdefault(folded(name), name)
    return tuple(found.values()), facts
