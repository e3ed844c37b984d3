"""The title of the page: its heading, not the site's name, the section, or what search engines are told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from artextract.metadata.ballot import Candidate, best
from artextract.metadata.signals import WEIGHTS, trust
from artextract.metadata.values import LONGEST_TITLE, cleaned, folded
from artextract.model import Block, Document, Fact

_SEPARATOR = re.compile(r"\s{1,3}(?:[|·•–—»›«:/~-]|::|\|\||>|»|--|—+)\s{1,3}|(?<=[\u3040-\u9fff\uac00-\ud7af])\s?[_|｜\-–—]{1,2}\s?(?=[\u3040-\u9fff\uac00-\ud7af])")


def pieces(title: str) -> list[tuple[str, str]]:
    """Parts of a `<title>` that may be the page's own, each with the name of the cut.

    >>> pieces("A heading - with dash | News | The Site")
    ... # doctest: +NORMALIZE_WHITESPACE
    [('whole', 'A heading - with dash | News | The Site'), ('without-last', 'A heading - with dash | News'),
     ('without-two', 'A heading - with dash'), ('first', 'A heading'), ('without-first', 'with dash | News | The Site'),
     ('last', 'The Site')]
    """
    found = [("whole", title)]
    cuts = [match.span() for match in _SEPARATOR.finditer(title)][:12]
    if not cuts:
        return found
    found.append(("without-last", title[: cuts[-1][0]]))
    if len(cuts) > 2:
        found.append(("without-two", title[: cuts[-2][0]]))
    if len(cuts) > 1:
        found.append(("first", title[: cuts[0][0]]))
        found.append(("without-first", title[cuts[0][1] :]))
    found.append(("last", title[cuts[-1][1] :]))
    return [(name, piece.strip()) for name, piece in found if piece.strip()]


_WHOLE = {
    "h1": "h1",
    "jsonld.headline": "headline",
    "jsonld.name": "headline",
    "jsonld.page.headline": "page-name",
    "jsonld.page.name": "page-name",
    "jsonld.product-name": "product",
    "microdata.headline": "microdata",
    "meta.twitter-title": "twitter",
    "meta.dc-title": "citation",
    "meta.citation-title": "citation",
    "meta.parsely-title": "citation",
    "meta.sailthru-title": "citation",
}
_CUT = {"title": "title", "meta.og-title": "og", "meta.twitter-title": "twitter", "jsonld.page.name": "page-name"}


class _Box:
    """Candidates by their folded value."""

    def __init__(self) -> None:
        self.by_key: dict[str, Candidate] = {}

    def add(self, value: str, fact: Fact, *evidence: str) -> None:
        key = folded(value)
        if not key:
            return
        found = self.by_key.get(key)
        if found is None:
            found = self.by_key[key] = Candidate(value)
        found.facts.append(fact)
        found.evidence.update(evidence)


def markup_candidates(document: Document) -> list[Candidate]:
    """The titles that markup states, each value once, with their evidence."""
    facts = [f for f in document.reading.facts if f.field == "title"]
    box = _Box()
    headings = [f for f in facts if f.rule == "h1"]
    for fact in facts:
        if fact.rule in _WHOLE:
            box.add(fact.value, fact, _WHOLE[fact.rule])
        if fact.rule in _CUT:
            for name, piece in pieces(fact.value):
                box.add(piece, fact, f"{_CUT[fact.rule]}-{name}")
    for block in document.blocks:
        if block.kind == "heading" and block.level in (1, 2) and len(block.text) <= LONGEST_TITLE:
            key = folded(block.text)
            if key in box.by_key:
                box.by_key[key].evidence.add(f"heading-{block.level}")
    _agreement(box, facts, headings, document)
    return list(box.by_key.values())


def _agreement(box: _Box, facts: list[Fact], headings: list[Fact], document: Document) -> None:
    """What can be said of a candidate only beside the others."""
    sites = {folded(f.value) for f in document.reading.facts if f.field == "site_name"}
    og = [folded(f.value) for f in facts if f.rule == "meta.og-title"]
    titles = [folded(f.value) for f in facts if f.rule == "title"]
    headlines = [folded(f.value) for f in facts if f.rule == "jsonld.headline"]
    h1 = [folded(f.value) for f in headings]
    for key, candidate in box.by_key.items():
        e = candidate.evidence
        if key in sites:
            e.add("is-site")
        in_og, in_title = any(key in t for t in og), any(key in t for t in titles)
        if "h1" in e:
            e.add("h1-only" if len(h1) == 1 else "h1-many")
            if key == h1[0]: e.add("h1-first")
            e.add("h1-in-og" if in_og else "h1-not-og" if og else "h1-no-og")
            e.add("h1-in-title" if in_title else "h1-not-title")
            if not in_og and not in_title: e.add("h1-in-neither")
            if any(key in t for t in headlines): e.add("h1-in-headline")
        else:
            if not h1: e.add("no-h1")
            if any(t in key for t in h1): e.add("holds-h1")
            if any(key in t for t in h1): e.add("in-h1")
            if in_og and in_title: e.add("in-og-and-title")
        kinds = {x.split("-")[0] for x in e & _SOURCES}
        e.add(f"sources-{min(len(kinds), 4)}")
        n = len(candidate.value)
        if n > 110: e.add("long")
        if n < 12: e.add("short")
        if " " not in candidate.value: e.add("one-word")


_SOURCES = frozenset("h1 headline microdata product citation og-whole og-without-last og-first title-whole title-without-last title-first twitter page-name page-name-without-last".split())


def title_blocks(document: Document) -> tuple[int, ...]:
    """Indices of the blocks that are the title."""
    first = next((block.index for block in document.blocks if block.kind == "heading"), None)
    return () if first is None else (first,)
