"""Where the lines of a page name people: bylines, credits, signatures, the first poster, a life at the end.

Each find is the field, the names, a fact with its place, and the name of the evidence; `people` weighs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from artextract.lazy import lazy_pattern
from artextract.metadata.credits import (
    LONGEST,
    Credit,
    agency_of,
    bracketed_name,
    lone_name,
    reporters_in,
    signature_of,
    signed_japanese,
    wechat_head,
)
from artextract.metadata.given_names import is_given_name
from artextract.metadata.names import names_in
from artextract.metadata.sites import rights_facts
from artextract.metadata.surroundings import Surroundings
from artextract.metadata.values import cleaned
from artextract.metadata.when import dates_in
from artextract.model import Block, Fact, Place

Written = tuple[str, tuple[str, ...], Fact, str]  # the field, the names, the fact, the evidence


def written_names(around: Surroundings) -> Iterator[Written]:
    """All finds: near the title, in labelled lines and at the end, in brackets, on forums, in a life of the author."""
    near = [find for index in around.near for find in _near_line(around, index)]
    yield from near
    yield from _reporters_together(near)
    for index in around.far:
        yield from _far_line(around, index)
    yield from _signatures(around)
    yield from _personal_site(around)
    yield from _starters(around)
    yield from _members(around)
    yield from _lives(around)


def _reporters_together(found: list[Written]) -> Iterator[Written]:
    """All reporters of several lines near the title as one list."""
    parts = [find for find in found if find[3] == "reporter.near"]
    if len(parts) > 1:
        names = tuple(dict.fromkeys(name for _, names, _, _ in parts for name in names))
        fact = parts[0][2]
        yield "authors", names, _fact("authors", names, fact.rule, fact.place, fact.raw), "reporter.near-all"


def _find(names: tuple[str, ...], rule: str, block: Block, raw: str, evidence: str) -> Written:
    return "authors", names, _fact("authors", names, rule, block.place, raw), evidence


def _fact(field: str, names: tuple[str, ...], rule: str, place: Place | None, raw: str) -> Fact:
    return Fact(field, ", ".join(names), rule, place, 0.5, cleaned(raw, LONGEST))


# -- near the title ----------------------------------------------------------------------------------------------------

_BYLINE = lazy_pattern(
    r"(?:(?:words|story|text|article|blog|posts?|review|written|posted|published|submitted|authored|reported|created"
    r"|contributed|started|asked)(?: (?:and|&) [a-z]{3,12})? )?by\b[:\s]"
    r"|(?:thread starter|original poster|topic starter|author|written by)\b[:\s]"
    r"|(?:von|par|por|da|door|av|af|autor|auteur|autore|автор|текст|tekst|γράφει|του|της|بقلم|كتب|كتبت)[:\s]",
    re.IGNORECASE,
)
_INNER_BYLINE = lazy_pattern(
    r"(?<![^\W_])(?:[Ww]ritten |[Pp]osted |[Pp]ublished |[Ss]tarted )?(?:by|By|BY):? (?=[A-Z\d])"
)
_POSTED = (
    "veröffentlicht|geschrieben|verfasst|publi[ée]e?|posté|écrit|rédigé|publicado|escrito|pubblicat[oa]|scritto|postato"
    "|gepubliceerd|geplaatst|opublikowan[eoya]|napisan[eoya]|dodan[eoya]|опубликован[оа]?|написан[оа]?|добавлен[оа]?"
    "|размещен[оа]?|δημοσιεύ[τθ]ηκε|γράφτηκε|نشرت?|كتبت?|skrevet|skrivet|publicera[dt]"
)
_BY_VERB = lazy_pattern(
    rf"(?:{_POSTED})(?![^\W_]).{{0,60}}?\s(?:von|par|por|da|di|door|przez|автором|από(?: τ[οη]ν?)?"
    rf"|بواسطة|av|af)\s(?=\w)",
    re.IGNORECASE,
)
"""A verb of publishing, perhaps a date, the word for "by": Publicado el 3 de mayo por …"""
_BY_POST = lazy_pattern(r"(?:by|von|par|por|da|di|przez|от|由|door|af|av)\s(\S.{0,38}?)\s»\s", re.IGNORECASE)
"""How a widespread forum software heads a post: by NAME » date."""
_GREEK_HER = lazy_pattern(r"(?:της|στην)\s", re.IGNORECASE)
_USER = lazy_pattern(r"(?:thread starter|started by|asked by|posted by|original poster|topic starter)\b", re.IGNORECASE)
_BARE_BY = lazy_pattern(
    r"(?:(?:written|posted|published|article|words|text|story|post)(?: and \w{3,12})? )?by\s?:?"
    r"|author(?:\(?s\)?)?\s?:?|words|text|von|par|por|di|автор:?|作者[:：]?",
    re.IGNORECASE,
)
_NO_AUTHOR = lazy_pattern(
    r"(?:medically |clinically |legally )?(?:reviewed|edited|fact.?checked|photo|illustrat|translated|sponsored)",
    re.IGNORECASE,
)
_EDITED = lazy_pattern(r"edited by:? ", re.IGNORECASE)
_ASKED = lazy_pattern(r"asked (?:on |by )?[A-Z\d]")
_LATE = 4  # blocks after the title from which "a cura di" names an editor, not an author
_WHERE = ((0, "before"), (4, "3"), (9, "8"))


def _near_line(around: Surroundings, index: int) -> Iterator[Written]:
    block = around.blocks[index]
    for line, credits in around.credits[index]:
        if wechat := wechat_head(line):
            yield _find((wechat[0],), "text.byline", block, line, "credit.near")
            continue
        found = list(_credited(line, credits, block.place, "near"))
        yield from found
        if any(field == "authors" for field, *_ in found) or len(line) > 160:
            continue
        late = around.distance(index) > _LATE
        if edited := _EDITED.match(line) or (_EDITED_AT_END.match(line) if late else None):
            names = names_in(line[edited.end() :])
            if names:
                yield "editors", names, _fact("editors", names, "text.byline", block.place, line), "byline.edited"
        elif not _NO_AUTHOR.match(line):
            for names, evidence in _bylines(around, index, line):
                yield _find(names, "text.byline", block, line, evidence)


def _bylines(around: Surroundings, index: int, line: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Names of a Latin, Greek, Cyrillic or Arabic byline near the title, with the name of the evidence."""
    distance = around.distance(index)
    where = next((name for limit, name in _WHERE if distance < limit), "far")
    before = around.blocks[index - 1].text.strip()[:60] if index else ""
    if post := _BY_POST.match(line):
        names, evidence = names_in(post[1], loose=True), f"byline.user-{where}"
    elif verb := _BY_VERB.search(line):
        names, evidence = names_in(line[verb.end() :], loose=True), f"byline.{where}"
    elif match := _BYLINE.match(line):
        user = _USER.match(line)
        names = names_in(line[match.end() :] if user else line, loose=True)
        names = tuple(map(_nominative, names)) if _GREEK_HER.match(line) else names
        evidence = f"byline.user-{where}" if user else f"byline.{where}"
    elif _BARE_BY.fullmatch(before):
        names, evidence = names_in(line, loose=True), f"byline.after-by-{where}"
    elif inner := _INNER_BYLINE.search(line):
        names, evidence = names_in(line[inner.end() :], loose=True), f"byline.inner-{where}"
    else:
        yield from _lone_names(around, index, line, where)
        return
    if names:
        yield names, evidence


def _nominative(name: str) -> str:
    """A Greek woman's first name out of the genitive that stands in a byline (Της Μαρίας is Μαρία)."""
    first, space, rest = name.partition(" ")
    return first.removesuffix("ς") + space + rest if first.endswith(("ης", "ας", "ής", "άς")) else name


_SEGMENTS = lazy_pattern(r"\s?[|•·●▪◦｜]\s?|\s[/–—-]\s|\t")
_DATED_BY = lazy_pattern(r"(?<![^\W_])by ([a-z][\w.-]{2,30})(?![\w.-])")
_PARTICLE = r"(?:de|van|von|der|den|da|di|la|le|bin|al|del)"
_LONE_NAME = lazy_pattern(
    rf"(?:[A-Z][\w.'’-]{{0,20}}|{_PARTICLE}(?=\s))(?:\s(?:[A-Z][\w.'’-]{{0,20}}|{_PARTICLE})){{1,3}}"
)
_AND = lazy_pattern(r",? and |, | & ")
_IN_SECTION = lazy_pattern(r"\sin [A-Z].{2,40}\Z")
_ROLE_WORD = lazy_pattern(
    r"\b(?:editor|writer|reporter|contributor|author|journalist|founder|manager|director|consultant|correspondent"
    r"|engineer|specialist|expert|analyst|officer|producer|redakteur|redakteurin|journaliste|redactora?)\b",
    re.IGNORECASE,
)


def _lone_names(around: Surroundings, index: int, line: str, where: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """A line, or a part of a line between signs, that is nothing but a name."""
    if name := lone_name(line):
        yield (name,), f"byline.name-{where}"
        return
    dates = dates_in(line)
    if dates and (name := bracketed_name(line)):
        yield (name,), f"byline.name-{where}"
        return
    if dates and (user := _DATED_BY.search(line)):
        yield (user[1],), f"byline.user-{where}"
        return
    if not any(c.isupper() for c in line):
        return
    bare = line[: dates[0].start] + " | " + line[dates[0].end :] if dates else line
    for part in [part.strip(" ,.") for part in _SEGMENTS.split(bare)][:6]:
        part = _IN_SECTION.sub("", part)
        if len(part) > 120 or not all(_LONE_NAME.fullmatch(p) for p in _AND.split(part)):
            continue
        if not (names := names_in(part)):
            continue
        given = "given-" if is_given_name(part.split()[0]) else ""
        company = "dated" if dates or _beside_date(around, index) else "role" if _beside_role(around, index) else "bare"
        if given or company != "bare" or around.times(part) > 1:
            yield names, f"byline.lone-{given}{company}-{where}"
            return


def _neighbours(around: Surroundings, index: int) -> list[str]:
    return [around.blocks[i].text for i in (index - 1, index + 1) if 0 <= i < len(around.blocks)]


def _beside_date(around: Surroundings, index: int) -> bool:
    return any(len(text) < 100 and dates_in(text) for text in _neighbours(around, index))


def _beside_role(around: Surroundings, index: int) -> bool:
    return any(len(text) < 80 and _ROLE_WORD.search(text) for text in _neighbours(around, index))


# -- elsewhere ---------------------------------------------------------------------------------------------------------


_EDITED_AT_END = lazy_pattern(r"(?:edited by|a cura di|edición de|bearbeitet von|edição de)\s", re.IGNORECASE)


def _far_line(around: Surroundings, index: int) -> Iterator[Written]:
    block = around.blocks[index]
    if len(block.text) <= 60 and (edited := _EDITED_AT_END.match(block.text)):
        names = names_in(block.text[edited.end() :])
        if names and around.distance(index) > 0:
            yield "editors", names, _fact("editors", names, "text.byline", block.place, block.text), "byline.edited"
    for line, credits in around.credits[index]:
        found = list(_credited(line, credits, block.place, "far"))
        yield from found
        if around.labels[index] == "byline" and not found and len(line) <= 120 and _BYLINE.match(line):
            names = names_in(line, loose=True)
            if names:
                yield _find(names, "text.byline", block, line, "byline.labelled")


def _credited(line: str, credits: list[Credit], place: Place, where: str) -> Iterator[Written]:
    """Credits with a label and a colon, and reporters without one where the line is short."""
    labelled = False
    for credit in credits:
        if credit.role in ("authors", "editors"):
            labelled = labelled or credit.role == "authors"
            fact = _fact(credit.role, credit.values, f"text.credit-{credit.role}", place, credit.raw)
            yield credit.role, credit.values, fact, f"credit.{where}"
    if not labelled and len(line) <= 60 and not line.isascii() and (names := reporters_in(line)):
        yield "authors", names, _fact("authors", names, "text.reporter", place, line), f"reporter.{where}"


def _signatures(around: Surroundings) -> Iterator[Written]:
    """Names in brackets at the end of the body's paragraphs, and reporters in its first one."""
    opening = True
    for block in around.blocks:
        text = block.text
        if len(text) <= 20 or text.isascii() or around.is_copy(block.index):
            if len(text) > 6 and text[-1] in ")）" and (names := signed_japanese(text)):
                yield _find(names, "text.signature", block, text, "signature")
            continue
        if text[-1] in ")）】] " and (names := signature_of(text)):
            yield _find(names, "text.signature", block, text[-60:], "signature")
        if opening and len(text) > 60:
            opening = False
            if (agency := agency_of(text)) and agency.values:
                yield _find(agency.values, "text.reporter", block, agency.raw, "reporter.opening")
            if names := reporters_in(text[:60]):
                yield _find(names, "text.reporter", block, text[:60], "reporter.opening")


def _personal_site(around: Surroundings) -> Iterator[Written]:
    """A site that is named after a person, as personal blogs are, or whose rights a person holds."""
    stated = [f for f in around.document.reading.facts if f.field == "site_name" and f.rule != "jsonld.publisher"]
    for fact in (*stated, *rights_facts(around)):
        name = fact.value.strip()
        if _LONE_NAME.fullmatch(name) and is_given_name(name.split()[0]):
            evidence = "rights.person" if fact.rule == "text.rights" else "site.person"
            yield "authors", (name,), _fact("authors", (name,), fact.rule, fact.place, fact.value), evidence


_STARTER = lazy_pattern(
    r"(?:thread starter|discussion starter|topic starter|started by|original poster|posted by"
    r"|asked by)\s?:?\s(.{2,40})",
    re.IGNORECASE,
)
_MEMBER = lazy_pattern(
    r"(?:registered|joined|join date|posts|messages|member since|reputation|likes|reaction score|points|inscrit"
    r"|beiträge|registriert|mitglied|注册|注冊|註冊|帖子|积分|積分|文章|регистрация|сообщений|сообщения|inscription"
    r"|mensagens|mensajes|registado|registrado|messaggi|iscritto|posty|dołączył|rejestracja|μηνύματα|المشاركات)\b.{0,40}"
    r"|(?:membro|miembro|membre|membro attivo|użytkownik|участник|μέλος|عضو)(?: .{0,15})?|(?:new "
    r"|junior |senior |full |active |well-known |super )?member|moderator|administrator",
    re.IGNORECASE,
)
FORUM = 250  # short blocks from the top in which a thread's first post begins


_STARTER_AFTER = lazy_pattern(r"(\S{2,30}) (?:discussion|thread|topic) starter", re.IGNORECASE)


def _starters(around: Surroundings) -> Iterator[Written]:
    """Who is said to have started a thread, or to have asked."""
    asked = False
    for block in around.short[:FORUM]:
        text = block.text
        match = _STARTER.match(text) if text[:1] in "TtDdSsOoPpAa" else None
        match = match or (_STARTER_AFTER.fullmatch(text) if text.endswith("tarter") else None)
        if names := names_in(match[1] if match else text, loose=True) if match or asked else ():
            yield _find(names, "text.poster", block, text, "poster.starter" if match else "poster.asked")
            return
        asked = _ASKED.match(text) is not None


def _members(around: Surroundings) -> Iterator[Written]:
    """The first single word above two lines of a member's figures: who wrote a thread's first post."""
    lines = [(block, line.strip()) for block in around.short[:FORUM] for line in block.text.split("\n")[:9]]
    figures = [i for i, (_, line) in enumerate(lines) if len(line) <= 60 and _MEMBER.fullmatch(line)]
    for first, second in pairwise(figures):
        if second - first > 5 or around.distance(lines[first][0].index) < -2:
            continue
        for block, text in reversed(lines[max(0, first - 4) : first]):
            if " " not in text and len(text) <= 30 and (names := names_in(text, loose=True)):
                yield _find(names, "text.poster", block, text, "poster.member")
                return


_NAME = r"((?:[A-Z][\w.'’-]{1,20}\s){1,2}[A-Z][\w'’-]{1,20})"
_LIFE = lazy_pattern(
    rf"(?:About (?:the author:?\s)?|Meet |Dr\.? )?{_NAME}(?:,? (?:[A-Z]{{2,5}}|PhD)\b,?)?"
    r" (?:is|was|has|writes|covers|works|lives|loves|joined|holds|specializes|graduated)\b"
)
_MORE_BY = lazy_pattern(
    r"(?:[Vv]iew all posts by|[Rr]ead [Mm]ore [Ff]rom|[Mm]ore (?:[Pp]osts |[Aa]rticles |[Ss]tories )?(?:[Bb]y"
    r"|[Ff]rom)"
    rf"|[Ll]atest [Pp]osts [Bb]y|[Aa]bout|[Mm]eet|(?:[Aa]rticles|(?:[Aa]ll )?[Pp]osts) [Bb]y) {_NAME}"
)
_LIVES = 150  # blocks from the end in which an author is introduced


def _lives(around: Surroundings) -> Iterator[Written]:
    """Who is introduced: "Jane Roe is a writer …", "More from Jane Roe"."""
    seen: set[str] = set()
    for block in around.blocks[-_LIVES:]:
        text = block.text
        if not text[:1].isupper():
            continue
        match = _LIFE.match(text) if len(text) > 60 else _MORE_BY.match(text)
        if match is None or len(seen) > 5 or around.distance(block.index) < 0:
            continue
        names = names_in(match[1])
        if len(names) == 1 and names[0] not in seen:
            seen.add(names[0])
            kind = "life" if len(text) > 60 else "more-by"
            writer = "-writer" if _ROLE_WORD.search(text[:200]) else ""
            yield _find(names, "text.life", block, text[:100], kind + writer)
