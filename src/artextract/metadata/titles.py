"""The title of the page: its heading, not the site's name, the section, or what search engines are told.

Where there is markup, the candidates are what it states and the parts of it; a dump has only lines, and its title is
told by where it stands and what follows it.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from artextract.lazy import lazy_pattern
from artextract.metadata.ballot import Candidate, best, weights_of
from artextract.metadata.front_matter import stated
from artextract.metadata.title_lines import line_candidates
from artextract.metadata.values import LONGEST_TITLE, folded
from artextract.model import Document, Fact

SURE = {"title": 0.25, "title-line": 0.2}  # the least probability of a title that is given
RULE = "title.heading"  # of the verdict that labels the chosen title's blocks

_SEPARATOR = lazy_pattern(
    r"\s{1,3}(?:[|·•–—»›«:/~-]|::|\|\||>|--)\s{1,3}"
    r"|(?<=[\u3040-\u9fff\uac00-\ud7af])\s?[_|｜–—-]{1,2}\s?(?=[\u3040-\u9fff\uac00-\ud7af])"
    r"|(?<=\S)_(?=[\u4e00-\u9fff])"
)


def pieces(title: str) -> list[tuple[str, str]]:
    """Parts of a `<title>` that may be the page's own, each with the name of the cut.

    >>> pieces("A heading - with dash | The Site")
    ... # doctest: +NORMALIZE_WHITESPACE
    [('whole', 'A heading - with dash | The Site'), ('without-last', 'A heading - with dash'), ('first', 'A heading'),
     ('without-first', 'with dash | The Site'), ('last', 'The Site')]
    """
    cuts = [match.span() for match in _SEPARATOR.finditer(title)][:12]
    found = [("whole", title)]
    if cuts:
        found.append(("without-last", title[: cuts[-1][0]]))
        if len(cuts) > 2:
            found.append(("without-two", title[: cuts[-2][0]]))
        if len(cuts) > 1:
            found.append(("first", title[: cuts[0][0]]))
            found.append(("without-first", title[cuts[0][1] :]))
        found.append(("last", title[cuts[-1][1] :]))
    return [(name, piece.strip()) for name, piece in found if piece.strip()]


# Rules whose whole value is a candidate, and the name of that evidence; and rules whose parts are.
_WHOLE = {
    "h1": "h1",
    "jsonld.headline": "headline",
    "jsonld.name": "headline",
    "jsonld.page.headline": "page-name",
    "jsonld.product-name": "product",
    "microdata.headline": "microdata",
    "meta.dc-title": "citation",
    "meta.citation-title": "citation",
    "meta.parsely-title": "citation",
    "meta.sailthru-title": "citation",
}
_CUT = {"title": "title", "meta.og-title": "og", "meta.twitter-title": "twitter", "jsonld.page.name": "page-name"}
_SOURCES = (
    "h1",
    "headline",
    "microdata",
    "citation",
    "og-whole",
    "og-without-last",
    "title-whole",
    "title-without-last",
)
_H1_ORNAMENT = lazy_pattern(r"\s?[¶#§🔗]\Z|\A(?:Thread|Topic|Title|Subject|主题|标题)\s?[:：]\s?")


def markup_candidates(document: Document) -> list[Candidate]:
    """The titles that markup states, each value once, with their evidence."""
    facts = [f for f in document.reading.facts if f.field == "title"]
    found: dict[str, Candidate] = {}
    for fact in facts:
        if fact.rule in _WHOLE:
            _add(found, _H1_ORNAMENT.sub("", fact.value), fact, _WHOLE[fact.rule])
        if fact.rule in _CUT:
            for name, piece in pieces(fact.value):
                _add(found, piece, fact, f"{_CUT[fact.rule]}-{name}")
    if found:
        _compare(found, facts)
        _sites(found, facts, document)
        _address(found, document)
        _shape(found, document)
    return list(found.values())


def _add(found: dict[str, Candidate], value: str, fact: Fact, evidence: str) -> None:
    key = folded(value)
    if not key:
        return
    candidate = found.get(key)
    if candidate is None:
        candidate = found[key] = Candidate(value)
    candidate.facts.append(fact if fact.value == value else replace(fact, value=value, raw=fact.value))
    candidate.evidence.add(evidence)


def _compare(found: dict[str, Candidate], facts: list[Fact]) -> None:
    """What can be said of a candidate only beside the others: one inside another, and how many agree."""
    keys: dict[str, list[str]] = {}
    for fact in facts:
        keys.setdefault(fact.rule, []).append(folded(_H1_ORNAMENT.sub("", fact.value)))
    og, titles, headlines, h1 = (keys.get(r, []) for r in ("meta.og-title", "title", "jsonld.headline", "h1"))
    for key, candidate in found.items():
        names = candidate.evidence
        in_og, in_title = any(key in t for t in og), any(key in t for t in titles)
        if "h1" in names:
            names.add("h1.only" if len(h1) == 1 else "h1.first" if key == h1[0] else "h1.later")
            names.add("h1.in-og" if in_og else "h1.not-in-og" if og else "h1.no-og")
            names.add("h1.in-title" if in_title else "h1.not-in-title")
            if not in_og and not in_title:
                names.add("h1.in-neither")
            if any(key in t for t in headlines):
                names.add("h1.in-headline")
        else:
            names.update(_beside_h1(key, h1))
            if in_og and in_title:
                names.add("in-og-and-title")
        names.add(f"sources.{min(4, sum(s in names for s in _SOURCES))}")


def _beside_h1(key: str, h1: list[str]) -> set[str]:
    """How a candidate that is no h1 stands to those that are."""
    if not h1:
        return {"no-h1"}
    names = set()
    if any(t in key for t in h1 if t):
        names.add("holds-h1")
    if any(key in t for t in h1):
        names.add("in-h1")
    return names


def _sites(found: dict[str, Candidate], facts: list[Fact], document: Document) -> None:
    """Whether a candidate is the site's name, still carries it, or is what is left without it."""
    names = _site_keys(document)
    for candidate in found.values():
        if _is_site(folded(candidate.value), names):
            candidate.evidence.add("is-site")
    for fact in facts:
        kind = _CUT.get(fact.rule)
        if kind not in ("title", "og"):
            continue
        own = _without_site(fact.value, names)
        whole, bare = found.get(folded(fact.value)), found.get(folded(own))
        if own == fact.value:
            if whole:
                whole.evidence.add(f"{kind}.no-site-in-it")
            continue
        if whole:
            whole.evidence.add(f"{kind}.with-site")
        if bare:
            bare.evidence.add(f"{kind}.without-site")


def _site_keys(document: Document) -> set[str]:
    """Folded names of the site: as facts state them, and as its addresses have them."""
    names = {folded(f.value) for f in document.reading.facts if f.field == "site_name"}
    addresses = [f.value for f in document.reading.facts if f.field == "url"] + [document.source.url or ""]
    for address in addresses[:8]:
        try:
            host = urlsplit(address).hostname or ""
        except ValueError:
            continue
        names.add(folded(host.removeprefix("www.")))
        names.update(folded(part) for part in host.split(".")[:-1] if len(part) > 3 and part != "blog")
    return {name for name in names if name}


def _is_site(key: str, names: set[str]) -> bool:
    """Whether a folded piece is one of the names, or as good as one."""
    if not key:
        return False
    return any(
        key == n or (min(len(n), len(key)) > 4 and (n in key or key in n) and len(key) < 1.6 * len(n)) for n in names
    )


def _without_site(title: str, names: set[str]) -> str:
    """A title without pieces at its ends that name the site."""
    cuts = [match.span() for match in _SEPARATOR.finditer(title)][:12]
    edges = [0, *(edge for cut in cuts for edge in cut), len(title)]
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    while len(spans) > 1 and _is_site(folded(title[slice(*spans[-1])]), names):
        spans.pop()
    while len(spans) > 1 and _is_site(folded(title[slice(*spans[0])]), names):
        spans.pop(0)
    return title[spans[0][0] : spans[-1][1]].strip()


_WORD = lazy_pattern(r"[^\W_]{3,40}|\d")


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def _address(found: dict[str, Candidate], document: Document) -> None:
    """How much of a candidate's words stands in the last part of the page's address, which was made from a title."""
    facts = document.reading.facts
    address = next((f.value for f in facts if f.rule in ("link.canonical", "meta.og-url")), document.source.url or "")
    slug = _words(address.rstrip("/").rsplit("/", 1)[-1].replace("-", " ")[:200]) if address.count("/") > 3 else set()
    if len(slug) < 2:
        return
    shares = {}
    for key, candidate in found.items():
        words = _words(candidate.value)
        shares[key] = len(words & slug) / max(1, len(words | slug))
    top = max(shares.values())
    for key, share in shares.items():
        found[key].evidence.add(f"address.{int(share * 4)}")
        if share == top > 0:
            found[key].evidence.add("address.best")


_YEAR = lazy_pattern(r"(?<!\d)20[0-3]\d(?!\d)")


def _shape(found: dict[str, Candidate], document: Document) -> None:
    """Its length, its words, how the first h1 shares them, and the kind of page."""
    titles = [_words(c.value) for c in found.values() if "title-whole" in c.evidence]
    neither = any("h1.in-neither" in c.evidence for c in found.values())
    page = _page_kind(document) if neither else set()
    headings = {
        folded(b.text): b.level for b in document.blocks if b.kind == "heading" and len(b.text) <= LONGEST_TITLE
    }
    for key, candidate in found.items():
        names = candidate.evidence
        names.add(f"words.{min(6, len(candidate.value.split()) // 3)}")
        if len(candidate.value) < 12:
            names.add("short")
        if candidate.value[-1] in ".!":
            names.add("sentence")
        if _YEAR.search(candidate.value):
            names.add("year")
        if key in headings:
            names.add(f"heading.{min(3, headings[key])}")
            if "no-h1" in names:
                names.add("no-h1.heading-first" if key == next(iter(headings)) else "no-h1.heading")
        if "h1" in names and titles:
            words = _words(candidate.value)
            names.add(f"h1.shares-{int(4 * len(words & titles[0]) / max(1, len(words)))}")
        side = "h1" if "h1" in names else "cut"
        names.update(f"{side}:{kind}" for kind in page)


def _page_kind(document: Document) -> set[str]:
    """What the markup says of the kind of page, for the toss-up between a heading and a `<title>` that differ."""
    types = {t.lower() for t in document.reading.page.types}
    facts = document.reading.facts
    kinds = set()
    if types & {"article", "newsarticle", "blogposting", "techarticle", "discussionforumposting", "qapage", "recipe"}:
        kinds.add("article")
    elif "website" in types:
        kinds.add("website")
    if "product" in types:
        kinds.add("product")
    if any(f.field == "authors" for f in facts):
        kinds.add("author")
    if any(f.field == "date" for f in facts):
        kinds.add("date")
    return kinds


def candidates(document: Document) -> tuple[list[Candidate], str]:
    """All candidates for the title, and the name of their table of weights."""
    marked = markup_candidates(document)
    if marked:
        return marked, "title"
    return line_candidates(document), "title-line"


def choose_title(document: Document) -> Candidate | None:
    """The title's candidate, None where nothing is sure enough.

    Front matter names it, or the heading that Markdown begins with. A dump's title line is not searched for again
    where the title's stage has labelled it.
    """
    if named := stated(document, "title"):
        return Candidate(named[0].value, named[:1])
    if document.source.media_type == "text/markdown":
        first = next((block for block in document.blocks if block.text), None)
        if first is not None and (first.kind, first.level) == ("heading", 1) and len(first.text) <= LONGEST_TITLE:
            return Candidate(first.text, [Fact("title", first.text, "markdown.heading", first.place)])
    if not any(fact.field == "title" for fact in document.reading.facts):
        line = next((document.blocks[v.block] for v in document.verdicts if v.rule == RULE), None)
        if line is not None:
            return Candidate(line.text, [Fact("title", line.text, "text.title-line", line.place)])
    found, table = candidates(document)
    chosen = best(found, weights_of(table))
    return chosen[0] if chosen and chosen[1] >= SURE[table] else None


def named_otherwise(document: Document, headline: str) -> bool:
    """Whether the page's head has a title, and none that is `headline`, with or without the name of its site.

    Then the headline may be that of a section only ("Next steps" on a page called "A first year of bees").
    """
    key = folded(headline)
    stated = [f for f in document.reading.facts if f.field == "title" and (f.rule in _CUT or f.rule in _WHOLE)]
    names = [f.value for f in stated if f.rule != "h1"]
    return bool(names) and all(folded(piece) != key for name in names for _, piece in pieces(name))


def title_blocks(document: Document) -> tuple[int, ...]:
    """Indices of the blocks that hold the chosen title and nothing else, in order."""
    chosen = choose_title(document)
    if chosen is None:
        return ()
    return blocks_equal(document, chosen.value)


def blocks_equal(document: Document, title: str) -> tuple[int, ...]:
    """Indices of the page's blocks that say what `title` says and nothing else; of many, the first four."""
    key = folded(title)
    least, most = len(key) // 2, len(title) * 2 + 20  # compatibility forms may be shorter than what they fold to
    found = [b.index for b in document.blocks if least <= len(b.text) < most and b.origin == "page"]
    return tuple([i for i in found if folded(document.blocks[i].text) == key][:4]) if key else ()
