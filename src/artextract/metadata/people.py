"""Who wrote the page and who edited it: candidates from markup, bylines and credit lines.

A candidate is a whole list of names, as one rule gives it: that several rules give the same list is the best evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from artextract.metadata.ballot import Candidate
from artextract.metadata.credits import LONGEST, credits_in, each_line, lone_name, reporters_in, signature_of
from artextract.metadata.names import names_in
from artextract.metadata.surroundings import Surroundings
from artextract.metadata.values import cleaned, folded
from artextract.metadata.when import MAY_HOLD_DATE
from artextract.model import Fact, Place

LAST = 30  # short blocks at the end of the page that are read for credits

Named = tuple[str, tuple[str, ...], Fact]  # the evidence, the names, the fact

_ATTRIBUTES = ("meta.", "jsonld.")
_FIRST_ONLY = ("class.", "microdata.", "rel.", "link.")
_LAST_FIRST = frozenset({"meta.citation-author", "meta.dc-creator"})


def stated_names(facts: Sequence[Fact], field: str = "authors") -> Iterator[Named]:
    """The lists of names that markup states, each rule's whole list, and of elements the first alone."""
    by_rule: dict[str, list[tuple[tuple[str, ...], Fact]]] = {}
    for fact in facts:
        if fact.field == field:
            value = _turned(fact.value) if fact.rule in _LAST_FIRST else fact.value
            attribute = fact.rule.startswith(_ATTRIBUTES)
            names = names_in(value, prose=not attribute, loose=fact.rule != "class.byline")
            if names:
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


def _turned(value: str) -> str:
    """ "Roe, Jane" is Jane Roe."""
    last, comma, first = value.partition(", ")
    return f"{first} {last}" if comma and "," not in first and last and first else value


def _unique(names: Iterator[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(folded(name), name)
    return tuple(found.values())


_BYLINE = re.compile(
    r"(?:(?:words|story|text|article|blog|posts?|review|written|posted|published|submitted|authored|reported"
    r"|created|contributed"
    r"|started|asked)(?: (?:and|&) [a-z]{3,12})? )?by\b[:\s]|(?:thread starter|original poster|topic starter"
    r"|author|written by)\b[:\s]"
    r"|(?:von|par|por|da|door|av|af|autor|auteur|autore|автор|текст|tekst|γράφει|του|της|بقلم|كتب|كتبت)[:\s]",
    re.IGNORECASE,
)
_INNER_BYLINE = re.compile(
    r"(?<![^\W_])(?:[Ww]ritten |[Pp]osted |[Pp]ublished |[Ss]tarted )?(?:by|By|BY):? (?=[A-Z\d])"
)
_USER = re.compile(r"(?:thread starter|started by|asked by|posted by|original poster|topic starter)\b", re.IGNORECASE)
_LONE_NAME = re.compile(
    r"(?:[A-Z][\w.'’-]{0,20}|(?:de|van|von|der|da|di|la|le|bin|al)(?=\s))(?:\s(?:[A-Z][\w.'’-]{0,20}|de|van|von"
    r"|der|da|di|la|le|bin|al)){1,3}"
)
_BARE_BY = re.compile(
    r"(?:written |posted |published )?by:?|author:?|words|text|von|par|por|di|автор:?|作者[:：]?", re.IGNORECASE
)


def written_names(around: Surroundings) -> Iterator[tuple[str, tuple[str, ...], Fact, str]]:
    """(field, names, fact, evidence) of bylines and credit lines near the title, labelled, or at the end."""
    read: set[int] = set()
    for index in around.near:
        read.add(index)
        yield from _near_line(around, index)
    for index in _labelled_or_last(around):
        if index not in read:
            yield from _far_line(around, index)
    yield from _signatures(around)


def _labelled_or_last(around: Surroundings) -> Iterator[int]:
    """Short blocks that the lexicon calls bylines or credits, and those at the page's end."""
    short = [b.index for b in around.blocks if 0 < len(b.text) <= 200 and b.origin == "page"]
    late = set(short[-LAST:])
    for index in short:
        if index in late or around.label(index) in ("byline", "credit"):
            yield index


def _near_line(around: Surroundings, index: int) -> Iterator[tuple[str, tuple[str, ...], Fact, str]]:
    block = around.blocks[index]
    for line in each_line(block.text):
        found = list(_credited(line, block.place, "near"))
        yield from found
        if any(field == "authors" for field, *_ in found):
            continue
        names, evidence = _byline(around, index, line)
        if names:
            yield "authors", names, _fact("authors", names, "text.byline", block.place, line), evidence


def _byline(around: Surroundings, index: int, line: str) -> tuple[tuple[str, ...], str]:
    """The names of a Latin, Greek, Cyrillic or Arabic byline near the title, and the name of the evidence."""
    distance = around.distance(index)
    where = "before" if distance < 0 else "3" if distance <= 3 else "8" if distance <= 8 else "far"
    if len(line) <= 160 and (match := _BYLINE.match(line)):
        user = _USER.match(line)
        names = names_in(line[match.end() :] if user else line, loose=True)
        return names, f"byline.user-{where}" if user else f"byline.{where}"
    if len(line) <= 160 and (inner := _INNER_BYLINE.search(line)) and MAY_HOLD_DATE.search(line):
        return names_in(line[inner.end() :], loose=True), f"byline.inner-{where}"
    if index and _BARE_BY.fullmatch(around.blocks[index - 1].text.strip()[:30]):
        return names_in(line, loose=True), f"byline.after-by-{where}"
    if len(line) <= 60 and (names := _lone(around, index, line)):
        return names, f"byline.lone-{where}"
    return (), ""


def _lone(around: Surroundings, index: int, line: str) -> tuple[str, ...]:
    """A line that is nothing but a name, beside a dated line or directly under the title."""
    if name := lone_name(line):
        return (name,)
    if not _LONE_NAME.fullmatch(line.strip()):
        return ()
    beside = [around.blocks[i].text[:200] for i in (index - 1, index + 1) if 0 <= i < len(around.blocks)]
    if around.distance(index) == 1 or any(MAY_HOLD_DATE.search(text) for text in beside):
        return names_in(line)
    return ()


def _far_line(around: Surroundings, index: int) -> Iterator[tuple[str, tuple[str, ...], Fact, str]]:
    block = around.blocks[index]
    label = around.label(index)
    for line in each_line(block.text):
        found = list(_credited(line, block.place, "far"))
        yield from found
        if label == "byline" and not found and len(line) <= 120 and _BYLINE.match(line):
            names = names_in(line, loose=True)
            if names:
                yield "authors", names, _fact("authors", names, "text.byline", block.place, line), "byline.labelled"


def _credited(line: str, place: Place, where: str) -> Iterator[tuple[str, tuple[str, ...], Fact, str]]:
    """Credits with a label and a colon, and reporters without one where the line is short."""
    labelled = False
    for credit in credits_in(line):
        if credit.role in ("authors", "editors"):
            labelled = labelled or credit.role == "authors"
            fact = _fact(credit.role, credit.values, f"text.credit-{credit.role}", place, credit.raw)
            yield credit.role, credit.values, fact, f"credit.{where}"
    if not labelled and len(line) <= 60 and (names := reporters_in(line)):
        yield "authors", names, _fact("authors", names, "text.reporter", place, line), f"reporter.{where}"


def _signatures(around: Surroundings) -> Iterator[tuple[str, tuple[str, ...], Fact, str]]:
    """Names in brackets at the end of the body's last paragraphs, and reporters in its first one."""
    prose = [b for b in around.blocks if b.origin == "page" and len(b.text) > 20 and not around.is_copy(b.index)]
    for block in prose:
        names = signature_of(block.text)
        if names:
            yield (
                "authors",
                names,
                _fact("authors", names, "text.signature", block.place, block.text[-60:]),
                "signature",
            )
    opening = next((b for b in prose if len(b.text) > 60), None)
    if opening is not None and (names := reporters_in(opening.text[:60])):
        yield (
            "authors",
            names,
            _fact("authors", names, "text.reporter", opening.place, opening.text[:60]),
            "reporter.opening",
        )


def _fact(field: str, names: tuple[str, ...], rule: str, place: Place, raw: str) -> Fact:
    return Fact(field, ", ".join(names), rule, place, 0.5, cleaned(raw, LONGEST))


def candidates(around: Surroundings, field: str = "authors") -> list[Candidate]:
    """Each list of names that anything gives, with all that speaks for or against it."""
    facts = around.document.reading.facts
    found: dict[frozenset[str], Candidate] = {}
    marked: list[Named] = list(stated_names(facts, field))
    texts = [(e, names, fact) for f, names, fact, e in written_names(around) if f == field]
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
    _compare(found, marked, around)
    return list(found.values())


def _compare(found: dict[frozenset[str], Candidate], marked: list[Named], around: Surroundings) -> None:
    facts = around.document.reading.facts
    sites = {folded(f.value) for f in facts if f.field == "site_name"}
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
