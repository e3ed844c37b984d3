"""Metadata: candidates from the markup and from the lines of the page, and one choice per field.

Every candidate stays in `Metadata.facts`, the chosen ones are in `Metadata.chosen` too; where nothing is sure enough,
the field is None. Title, authors and date are decided by weighed evidence (`ballot`), the rest by an order of rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from artextract.language import main_language
from artextract.metadata import dates, front_matter, people, sites
from artextract.metadata.ballot import Candidate, best, weights_of
from artextract.metadata.bylines import written_names
from artextract.metadata.surroundings import Surroundings
from artextract.metadata.titles import blocks_equal, choose_title
from artextract.metadata.values import folded
from artextract.metadata.when import machine_date
from artextract.model import Document, Fact, Metadata
from artextract.settings import Settings

SURE = {"authors": 0.15, "authors-dump": 0.2, "date": 0.2, "date-dump": 0.2}  # the least probability of what is given

ALL = 0.97  # share of the page's letters from which its language is that of its body, unasked

URL_ORDER = (
    "link.canonical",
    "meta.og-url",
    "jsonld.url",
    "jsonld.page.url",
    "comment.saved-from",
    "meta.twitter-url",
    "meta.citation-url",
)
IMAGE_ORDER = (
    "meta.og-image",
    "jsonld.image",
    "meta.twitter-image",
    "jsonld.page.image",
    "microdata.image",
    "link.image-src",
    "meta.thumbnail",
)
DESCRIPTION_ORDER = (
    "meta.og-description",
    "meta.description",
    "jsonld.description",
    "meta.twitter-description",
    "jsonld.page.description",
    "meta.dc-description",
)


def choose(document: Document, settings: Settings) -> Metadata:
    """One value per field, or none; all candidates stand in `facts`."""
    title = choose_title(document)
    titled = blocks_equal(document, title.value) if title else ()
    around = Surroundings(document, titled)
    written, lines = list(written_names(around)), dates.dated_lines(around)
    authors = _sure(around, people.candidates(around, written), "authors")
    editors, edited = people.editors(around, written)
    date = _sure(around, dates.candidates(around, lines), "date")
    found = _others(around, title.value if title else None)
    site = sites.first_by_rule([f for f in found if f.field == "site_name"], sites.SITE_ORDER)
    url = _by_order(found, "url", URL_ORDER)
    image = _by_order(found, "image", IMAGE_ORDER)
    description = _by_order(found, "description", DESCRIPTION_ORDER)
    source = next((f for f in found if f.field == "source_name"), None)
    original = next((f for f in found if f.field == "original_title"), None)
    day, modified = _days(date, around, lines)
    categories = _sections(found, site, title.value if title else None)
    winners = [c.facts[0] for c in (title, authors) if c] + edited
    winners += [f for f in (day, modified, site, url, image, description, source, original) if f]
    found += [f for _, _, f, _ in written] + [d.fact for d in lines]
    metadata = Metadata(
        title=title.value if title else None,
        original_title=original.value if original else None,
        authors=tuple(authors.value.split("\n")) if authors else (),
        editors=editors,
        date=day.value if day else None,
        date_modified=modified.value if modified else None,
        date_raw=(day.raw or None) if day else None,
        site_name=site.value if site else None,
        source_name=source.value if source else None,
        url=url.value if url else document.source.url,
        image=image.value if image else None,
        description=description.value if description else None,
        language=_body_language(document),
        categories=categories,
        tags=_tags(found),
        chosen=tuple(winners),
        facts=tuple(found),
    )
    return front_matter.preferred(metadata, document)


def _sure(around: Surroundings, candidates: list[Candidate], field: str) -> Candidate | None:
    table = field if around.document.reading.facts else f"{field}-dump"
    chosen = best(candidates, weights_of(table))
    return chosen[0] if chosen and chosen[1] >= SURE[table] else None


def _others(around: Surroundings, title: str | None) -> list[Fact]:
    """The facts of the markup, and those that lines of the page give to the fields that no vote decides."""
    found = list(around.document.reading.facts)
    found.extend(sites.crumb_facts(around, title))
    found.extend(sites.rights_facts(around))
    found.extend(sites.outlet_facts(around))
    found.extend(sites.agency_facts(around))
    found.extend(sites.masthead_facts(around, title))
    tail = sites.tail_of_titles(around.document, title)
    if tail:
        found.append(Fact("site_name", tail, "title.tail"))
    return found


def _by_order(found: list[Fact], field: str, order: tuple[str, ...]) -> Fact | None:
    return sites.first_by_rule([f for f in found if f.field == field], order)


def _days(date: Candidate | None, around: Surroundings, lines: list[dates.Dated]) -> tuple[Fact | None, Fact | None]:
    """The facts of publication (the most exact statement of the chosen day) and of the last change after it."""
    day = None
    if date is not None:
        read = [(when, f) for f in date.facts if (when := machine_date(f.raw or f.value)) and when.day == date.value]
        day = max(
            (replace(f, value=when.iso, raw=f.raw or f.value) for when, f in read),
            key=lambda f: len(f.value),
            default=replace(date.facts[0], value=date.value, raw=date.facts[0].raw or date.facts[0].value),
        )
    changed: list[Fact] = []
    for fact in around.document.reading.facts:
        if fact.field == "date_modified" and (when := machine_date(fact.value)) and not when.other:
            changed.append(replace(fact, value=when.iso, raw=fact.value))
    changed.extend(d.fact for d in lines if d.fact.field == "date_modified")
    after = [f for f in changed if day is None or f.value[:10] >= day.value[:10]]
    return day, after[0] if after else None


def _sections(found: list[Fact], site: Fact | None, title: str | None) -> tuple[str, ...]:
    """The breadcrumb without its home and the page itself; else the section that markup names."""
    for rule in (
        "jsonld.breadcrumb",
        "text.breadcrumb",
        "class.breadcrumb",
        "meta.section",
        "jsonld.section",
        "microdata.section",
        "class.category",
        "rel.category",
    ):
        values = [f.value for f in found if f.field == "categories" and f.rule == rule]
        own = [
            v
            for v in values
            if folded(v) not in sites._HOME and not _same(v, title) and not (site and _same(v, site.value))
        ]
        if own and not (rule == "rel.category" and len(own) > 4):
            return tuple(dict.fromkeys(own))
    return ()


def _same(value: str, other: str | None) -> bool:
    return other is not None and folded(value) == folded(other)


def _tags(found: Iterable[Fact]) -> tuple[str, ...]:
    for rules in (
        ("meta.tag",),
        ("jsonld.keywords",),
        ("meta.news-keywords",),
        ("meta.keywords", "microdata.keywords", "jsonld.page.keywords"),
    ):
        values = [f.value for f in found if f.field == "tags" and f.rule in rules]
        if values:
            unique: dict[str, str] = {}
            for value in values:
                unique.setdefault(folded(value), value)
            return tuple(unique.values())
    return ()


def _body_language(document: Document) -> str | None:
    """The language of the kept text; of the whole page where nothing is kept."""
    if document.languages and document.languages[0][1] >= ALL:
        return document.languages[0][0]
    body = [
        block.text[r.start : r.end]
        for block, ranges in zip(document.blocks, document.rulings(), strict=True)
        for r in ranges
        if r.label == "body"
    ]
    return main_language("\n".join(body)) or (document.languages[0][0] if document.languages and not body else None)
