"""Who wrote the page and who edited it: candidates from markup, bylines and credit lines.

A candidate is a whole list of names, as one rule gives it: that several rules give the same list is the best evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from artextract.metadata.ballot import Candidate
from artextract.metadata.credits import LONGEST, credits_in, each_line, lone_name, reporters_in, signature_of
from artextract.metadata.given_names import is_given_name
from artextract.metadata.names import names_in
from artextract.metadata.sites import rights_facts
from artextract.metadata.surroundings import Surroundings
from artextract.metadata.values import cleaned, folded
from artextract.metadata.when import dates_in
from artextract.model import Fact, Place

LAST = 30  # short blocks at the end of the page that are read for credits

Named = tuple[str, tuple[str, ...], Fact]  # the evidence, the names, the fact
Written = tuple[str, tuple[str, ...], Fact, str]  # the field, the names, the fact, the evidence

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
            names = names_in(value, prose=not attribute, loose=fact.rule != "class.byline")
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


def written_names(around: Surroundings) -> Iterator[Written]:
    """(field, names, fact, evidence) of bylines and credit lines near the title, labelled, or at the end."""
    read: set[int] = set()
    for index in around.near:
        read.add(index)
        yield from _near_line(around, index)
    for index in _labelled_or_last(around):
        if index not in read:
            yield from _far_line(around, index)
    yield from _signatures(around)
    yield from _personal_site(around)
    yield from _posters(around)
    yield from _lives(around)


_STARTER = re.compile(
    r"(?:thread starter|discussion starter|topic starter|started by|original poster|posted by|asked by)\s?:?\s(.{2,40})",
    re.IGNORECASE,
)
_STARTER_AFTER = re.compile(
    r"(.{2,30}?) (?:discussion starter|thread starter|original poster|said:|wrote:)", re.IGNORECASE
)
_MEMBER = re.compile(
    r"(?:registered|joined|join date|posts|messages|member since|reputation|likes|reaction score|points|inscrit"
    r"|beiträge|registriert|mitglied"
    r"|注册|帖子|积分|регистрация|сообщений|сообщения|inscription)\b.{0,40}|(?:new |junior |senior |full |active "
    r"|well-known |super )?member"
    r"|moderator|administrator",
    re.IGNORECASE,
)


def _posters(around: Surroundings) -> Iterator[Written]:
    """On a forum, who started the thread: said in words, or the first name above a member's figures."""
    short = [b for b in around.blocks if 0 < len(b.text) <= 80 and b.origin == "page"][:400]
    for block in short:
        if match := _STARTER.match(block.text):
            names = names_in(match[1], loose=True)
            if names:
                yield (
                    "authors",
                    names,
                    _fact("authors", names, "text.poster", block.place, block.text),
                    "poster.starter",
                )
                break
    for n, block in enumerate(short[:-2]):
        text = block.text
        if " " in text.strip() or len(text) > 30 or around.distance(block.index) < -2 or _MEMBER.fullmatch(text):
            continue
        if sum(_MEMBER.fullmatch(b.text) is not None for b in short[n + 1 : n + 7]) >= 2:
            names = names_in(text, loose=True)
            if names:
                yield "authors", names, _fact("authors", names, "text.poster", block.place, text), "poster.member"
                return


_LIFE = re.compile(
    r"(?:(?:About (?:the author:?\s)?|Meet "
    r"|Dr\.? )?)((?:[A-Z][\w.'’-]{1,20}\s){1,2}[A-Z][\w'’-]{1,20})(?:,? (?:[A-Z]{2,5}|PhD)\b,?)?"
    r" (?:is|was|has|writes|covers|works|lives|loves|joined|holds|specializes|graduated)\b"
)
_MORE_BY = re.compile(
    r"(?:View all posts by|Read more from|More (?:posts |articles |stories )?(?:by|from)|Latest posts by|About|Meet|Articles by|Posts by|All posts by) ((?:[A-Z][\w.'’-]{1,20}\s){1,2}[A-Z][\w'’-]{1,20})",
    re.IGNORECASE,
)


def _lives(around: Surroundings) -> Iterator[Written]:
    """Who is introduced: "Jane Roe is a writer …", "More from Jane Roe"."""
    seen: set[str] = set()
    for block in around.blocks[-150:]:
        text = block.text
        match = _LIFE.match(text) if len(text) > 60 else _MORE_BY.match(text)
        if match is None or around.distance(block.index) < 0 or len(seen) > 5:
            continue
        names = names_in(match[1])
        if len(names) == 1 and names[0] not in seen:
            seen.add(names[0])
            kind = "life" if len(text) > 60 else "more-by"
            writer = "-writer" if _ROLE_LINE.search(text[:200]) else ""
            yield "authors", names, _fact("authors", names, "text.life", block.place, text[:100]), f"{kind}{writer}"


def _personal_site(around: Surroundings) -> Iterator[Written]:
    """A site that is named after a person, as personal blogs are, or whose rights a person holds."""
    stated = [f for f in around.document.reading.facts if f.field == "site_name" and f.rule != "jsonld.publisher"]
    for fact in (*stated, *rights_facts(around)):
        name = fact.value.strip()
        if _LONE_NAME.fullmatch(name) and is_given_name(name.split()[0]):
            evidence = "rights.person" if fact.rule == "text.rights" else "site.person"
            yield "authors", (name,), _fact("authors", (name,), fact.rule, fact.place, fact.value), evidence


def _labelled_or_last(around: Surroundings) -> Iterator[int]:
    """Short blocks that the lexicon calls bylines or credits, and those at the page's end."""
    short = [b.index for b in around.blocks if 0 < len(b.text) <= 200 and b.origin == "page"]
    late = set(short[-LAST:])
    for index in short:
        if index in late or around.label(index) in ("byline", "credit"):
            yield index


def _near_line(around: Surroundings, index: int) -> Iterator[Written]:
    block = around.blocks[index]
    for line in each_line(block.text):
        found = list(_credited(line, block.place, "near"))
        yield from found
        if any(field == "authors" for field, *_ in found):
            continue
        for names, evidence in _bylines(around, index, line):
            yield "authors", names, _fact("authors", names, "text.byline", block.place, line), evidence


_SEGMENTS = re.compile(r"\s?[|•·●▪◦｜]\s?|\s[/–—-]\s|\t")
_WHERE = ((0, "before"), (4, "3"), (9, "8"))


def _bylines(around: Surroundings, index: int, line: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Names of a Latin, Greek, Cyrillic or Arabic byline near the title, with the name of the evidence."""
    if len(line) > 160 or _NO_AUTHOR.match(line):
        return
    distance = around.distance(index)
    where = next((name for limit, name in _WHERE if distance < limit), "far")
    before = around.blocks[index - 1].text.strip()[:60] if index else ""
    inner = _INNER_BYLINE.search(line)
    if match := _BYLINE.match(line):
        user = _USER.match(line)
        names = names_in(line[match.end() :] if user else line, loose=True)
        evidence = f"byline.user-{where}" if user else f"byline.{where}"
    elif _BARE_BY.fullmatch(before):
        names, evidence = names_in(line, loose=True), f"byline.after-by-{where}"
    elif _ASKED.match(before):
        names, evidence = names_in(line, loose=True), "byline.after-asked"
    elif inner:
        names, evidence = names_in(line[inner.end() :], loose=True), f"byline.inner-{where}"
    else:
        yield from _lone_names(around, index, line, where)
        return
    if names:
        yield names, evidence


_NO_AUTHOR = re.compile(
    r"(?:medically |clinically |legally )?(?:reviewed|edited|fact.?checked|photo|illustrat|translated|sponsored)",
    re.IGNORECASE,
)
_ASKED = re.compile(r"asked (?:on |by )?[A-Z\d]")


def _lone_names(around: Surroundings, index: int, line: str, where: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """A line, or a part of a line between signs, that is nothing but a name."""
    if name := lone_name(line):
        yield (name,), f"byline.lone-{where}"
        return
    dates = dates_in(line)
    bare = line[: dates[0].start] + " | " + line[dates[0].end :] if dates else line
    parts = [part.strip(" ,.") for part in _SEGMENTS.split(bare)][:6]
    for part in parts:
        part = _IN_SECTION.sub("", part)
        if not _LONE_NAME.fullmatch(part) or len(part) > 50 or not (names := names_in(part)):
            continue
        given = "given-" if is_given_name(part.split()[0]) else ""
        dated = dates or _beside_date(around, index)
        company = "dated" if dated else "role" if _beside_role(around, index) else "bare"
        if given or company != "bare" or around.keys.count(folded(part)) > 1:
            yield names, f"byline.lone-{given}{company}-{where}"
            return


_IN_SECTION = re.compile(r"\sin [A-Z].{2,40}\Z")
_ROLE_LINE = re.compile(
    r"(?:.{0,40}\b)?(?:editor|writer|reporter|contributor|author|journalist|founder|manager|director|consultant"
    r"|correspondent|engineer"
    r"|specialist|expert|analyst|officer|producer|redakteur|journaliste|redactor)\b.{0,40}",
    re.IGNORECASE,
)


def _neighbours(around: Surroundings, index: int) -> list[str]:
    return [around.blocks[i].text[:200] for i in (index - 1, index + 1) if 0 <= i < len(around.blocks)]


def _beside_date(around: Surroundings, index: int) -> bool:
    return any(len(text) < 100 and dates_in(text) for text in _neighbours(around, index))


def _beside_role(around: Surroundings, index: int) -> bool:
    return any(len(text) < 80 and _ROLE_LINE.fullmatch(text) for text in _neighbours(around, index))


def _far_line(around: Surroundings, index: int) -> Iterator[Written]:
    block = around.blocks[index]
    label = around.label(index)
    for line in each_line(block.text):
        found = list(_credited(line, block.place, "far"))
        yield from found
        if label == "byline" and not found and len(line) <= 120 and _BYLINE.match(line):
            names = names_in(line, loose=True)
            if names:
                yield "authors", names, _fact("authors", names, "text.byline", block.place, line), "byline.labelled"


def _credited(line: str, place: Place, where: str) -> Iterator[Written]:
    """Credits with a label and a colon, and reporters without one where the line is short."""
    labelled = False
    for credit in credits_in(line):
        if credit.role in ("authors", "editors"):
            labelled = labelled or credit.role == "authors"
            fact = _fact(credit.role, credit.values, f"text.credit-{credit.role}", place, credit.raw)
            yield credit.role, credit.values, fact, f"credit.{where}"
    if not labelled and len(line) <= 60 and (names := reporters_in(line)):
        yield "authors", names, _fact("authors", names, "text.reporter", place, line), f"reporter.{where}"


def _signatures(around: Surroundings) -> Iterator[Written]:
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


def _fact(field: str, names: tuple[str, ...], rule: str, place: Place | None, raw: str) -> Fact:
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
