"""What an HTML page says of itself in its markup, as facts: head, JSON-LD, microdata, and elements at the heading.

Nothing is chosen here and nothing is parsed: a fact holds the words of the page, its rule says where they stood.
`metadata` reads names and dates out of them and decides. Elements outside the head are looked for near the main
heading only, and by attribute where the page has that attribute at all: a page has thousands of elements.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import field
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from artextract.lazy import lazy_pattern
from artextract.metadata.values import LONGEST, LONGEST_TITLE, cleaned, decoded
from artextract.model import Fact, Page, Place, Source
from artextract.readers.jsonld import ARTICLES, PAGES, Graph, Node, text_of, types_of
from artextract.records import record

META: dict[str, tuple[str, str]] = {
    "og:title": ("title", "meta.og-title"),
    "twitter:title": ("title", "meta.twitter-title"),
    "dc.title": ("title", "meta.dc-title"),
    "dcterms.title": ("title", "meta.dc-title"),
    "citation_title": ("title", "meta.citation-title"),
    "parsely-title": ("title", "meta.parsely-title"),
    "sailthru.title": ("title", "meta.sailthru-title"),
    "author": ("authors", "meta.author"),
    "article:author": ("authors", "meta.article-author"),
    "article:author_name": ("authors", "meta.article-author"),
    "og:article:author": ("authors", "meta.article-author"),
    "book:author": ("authors", "meta.article-author"),
    "dc.creator": ("authors", "meta.dc-creator"),
    "dcterms.creator": ("authors", "meta.dc-creator"),
    "citation_author": ("authors", "meta.citation-author"),
    "parsely-author": ("authors", "meta.parsely-author"),
    "sailthru.author": ("authors", "meta.sailthru-author"),
    "byl": ("authors", "meta.byl"),
    "article:published_time": ("date", "meta.published-time"),
    "og:article:published_time": ("date", "meta.published-time"),
    "article:published": ("date", "meta.published-time"),
    "og:published_time": ("date", "meta.published-time"),
    "date": ("date", "meta.date"),
    "pubdate": ("date", "meta.date"),
    "publishdate": ("date", "meta.date"),
    "publish_date": ("date", "meta.date"),
    "publish-date": ("date", "meta.date"),
    "published_date": ("date", "meta.date"),
    "published-date": ("date", "meta.date"),
    "publication_date": ("date", "meta.date"),
    "publicationdate": ("date", "meta.date"),
    "article.published": ("date", "meta.date"),
    "article_date_original": ("date", "meta.date"),
    "originalpublicationdate": ("date", "meta.date"),
    "cxenseparse:recs:publishtime": ("date", "meta.date"),
    "citation_date": ("date", "meta.citation-date"),
    "citation_publication_date": ("date", "meta.citation-date"),
    "citation_online_date": ("date", "meta.citation-date"),
    "dc.date": ("date", "meta.dc-date"),
    "dc.date.issued": ("date", "meta.dc-date"),
    "dc.date.created": ("date", "meta.dc-date"),
    "dcterms.date": ("date", "meta.dc-date"),
    "dcterms.issued": ("date", "meta.dc-date"),
    "dcterms.created": ("date", "meta.dc-date"),
    "parsely-pub-date": ("date", "meta.parsely-date"),
    "sailthru.date": ("date", "meta.sailthru-date"),
    "article:modified_time": ("date_modified", "meta.modified-time"),
    "og:updated_time": ("date_modified", "meta.updated-time"),
    "article:updated": ("date_modified", "meta.modified-time"),
    "last-modified": ("date_modified", "meta.last-modified"),
    "lastmod": ("date_modified", "meta.last-modified"),
    "dc.date.modified": ("date_modified", "meta.dc-modified"),
    "dcterms.modified": ("date_modified", "meta.dc-modified"),
    "og:site_name": ("site_name", "meta.og-site-name"),
    "application-name": ("site_name", "meta.application-name"),
    "apple-mobile-web-app-title": ("site_name", "meta.application-name"),
    "publisher": ("site_name", "meta.publisher"),
    "dc.publisher": ("site_name", "meta.publisher"),
    "dcterms.publisher": ("site_name", "meta.publisher"),
    "copyright": ("site_name", "meta.copyright"),
    "source": ("source_name", "meta.source"),
    "dc.source": ("source_name", "meta.source"),
    "original-source": ("source_name", "meta.source"),
    "og:url": ("url", "meta.og-url"),
    "twitter:url": ("url", "meta.twitter-url"),
    "citation_public_url": ("url", "meta.citation-url"),
    "og:image": ("image", "meta.og-image"),
    "og:image:url": ("image", "meta.og-image"),
    "og:image:secure_url": ("image", "meta.og-image"),
    "twitter:image": ("image", "meta.twitter-image"),
    "twitter:image:src": ("image", "meta.twitter-image"),
    "thumbnail": ("image", "meta.thumbnail"),
    "description": ("description", "meta.description"),
    "og:description": ("description", "meta.og-description"),
    "twitter:description": ("description", "meta.twitter-description"),
    "dc.description": ("description", "meta.dc-description"),
    "dcterms.description": ("description", "meta.dc-description"),
    "article:section": ("categories", "meta.section"),
    "og:article:section": ("categories", "meta.section"),
    "parsely-section": ("categories", "meta.section"),
    "section": ("categories", "meta.section"),
    "article:tag": ("tags", "meta.tag"),
    "og:article:tag": ("tags", "meta.tag"),
    "keywords": ("tags", "meta.keywords"),
    "news_keywords": ("tags", "meta.news-keywords"),
    "parsely-tags": ("tags", "meta.keywords"),
    "sailthru.tags": ("tags", "meta.keywords"),
    "og:locale": ("language", "meta.og-locale"),
    "content-language": ("language", "meta.content-language"),
    "dc.language": ("language", "meta.dc-language"),
    "dcterms.language": ("language", "meta.dc-language"),
}
"""`name`, `property` or `http-equiv` of a `<meta>`, in lower case, to the field it speaks of and its rule."""

ITEMPROP = {
    "headline": ("title", "microdata.headline"),
    "datepublished": ("date", "microdata.date-published"),
    "datecreated": ("date", "microdata.date-created"),
    "datemodified": ("date_modified", "microdata.date-modified"),
    "author": ("authors", "microdata.author"),
    "creator": ("authors", "microdata.author"),
    "editor": ("editors", "microdata.editor"),
    "articlesection": ("categories", "microdata.section"),
    "keywords": ("tags", "microdata.keywords"),
    "image": ("image", "microdata.image"),
    "publisher": ("site_name", "microdata.publisher"),
}
_ADDRESSES = frozenset({"url", "image"})
_WRITTEN_BY = (
    "written by|author|verfasst von|geschrieben von|écrit par|rédigé par|auteur|escrito por|autor|scritto da|autore"
    "|geschreven door|skriven av|skrevet av|napisane przez|автор|написано автором|作者|執筆者|작성자|yazan"
)

_AUTHOR_CLASS = lazy_pattern(r"(?:^|[\s_-])(?:by-?line|authors?|posted-?by|writer|reporter|creator|contributor)s?"
                           r"(?:$|[\s_-])|author-?name|byline|username|post-?author|entry-?author|article-?author|autor|auteur",
                           re.IGNORECASE)  # fmt: skip
_USER_CLASS = lazy_pattern(
    r"username|user-?name|poster|nickname|screen-?name|author-?name|display-?name", re.IGNORECASE
)
_NO_AUTHOR_CLASS = lazy_pattern(r"bio|avatar|image|photo|picture|social|follow|description|job|role|title|links?$"
                              r"|authori[sz]|box|about|count|likes|btn|button|icon", re.IGNORECASE)  # fmt: skip
_DATE_CLASS = lazy_pattern(r"(?:^|[\s_-])(?:date|dates|dateline|datetime|timestamp|published|posted|pubdate|postdate)"
                         r"(?:$|[\s_-])|(?:post|publish|published|entry|article|pub|meta)-?_?(?:date|time|on)|dateline"
                         r"|date-?(?:published|posted)", re.IGNORECASE)  # fmt: skip
_CATEGORY_CLASS = lazy_pattern(
    r"(?:^|\s)(?:(?:post|entry|article)[_-])?(?:category|categories|cat-links)(?:[_-](?:link|name|label))?(?:$|\s)"
)
_AWAY = lazy_pattern(r"(?:^|[\s_-])(?:comments?|commentlist|related|sidebar|recommend\w{0,5}|footer|nav|menu|widget"
                   r"|popular|trending|more-?stories|read-?next|review|reviews|carousel|latest|teaser|promo)(?:$|[\s_-])",
                   re.IGNORECASE)  # fmt: skip
_AWAY_TAGS = frozenset({"nav", "footer", "aside"})
_SAVED = lazy_pattern(r"<!--\s{0,9}saved from url=\(\d{1,9}\)(https?://[^\s<>\"']{1,2000})", re.IGNORECASE)

NEAR = 160  # elements after the heading that are looked at
NEAR_BEFORE = 40  # … and before it
UNWEIGHED = 0.5  # score of a fact: what speaks for it is weighed in `metadata`, beside the other candidates
MANY = 12  # facts of one rule at most


@record(slots=True)
class _Finds:
    """Facts gathered so far, at most `MANY` of one rule, none twice."""

    base: str
    facts: list[Fact] = field(default_factory=list)
    seen: set[tuple[str, str, str]] = field(default_factory=set)
    count: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)  # of class attributes, as `_kind_of_class` has them

    def add(self, name: str, rule: str, value: str, element: etree._Element | None = None) -> None:
        """One fact, if it says anything that this rule has not said before."""
        if name in _ADDRESSES:
            value = _absolute(value, self.base)
        key = (name, rule, value)
        if not value or key in self.seen or self.count.get(rule, 0) >= MANY:
            return
        self.seen.add(key)
        self.count[rule] = self.count.get(rule, 0) + 1
        self.facts.append(Fact(name, value, rule, _place(element), UNWEIGHED))


def _place(element: etree._Element | None) -> Place | None:
    line = None if element is None else element.sourceline
    return Place(line, line) if isinstance(line, int) and line else None


def _absolute(value: str, base: str) -> str:
    """A web address, made absolute where the page's own is known; "" for data:, javascript: and what is none."""
    value = value.strip()[:2_000]
    try:
        address = urljoin(base, value) if base else value
        urlsplit(address)
    except ValueError:
        return ""
    scheme, colon, _ = address.partition(":")
    if any(c.isspace() for c in address) or not address:
        return ""
    if colon and "/" not in scheme and scheme.lower() not in ("http", "https"):
        return ""
    return address


def facts_of(tree: etree._Element, source: Source) -> tuple[tuple[Fact, ...], Page]:
    """All facts of the markup, and what the page says of itself as a whole. `tree` is the root element."""
    base = next((e.get("href") for e in itertools.islice(tree.iter("base"), 3) if e.get("href")), None)
    finds = _Finds(urljoin(source.url or "", base or "") if source.url else (base or ""))
    types: list[str] = []
    language = _language(tree)
    if saved := _SAVED.search(source.text[:4_000]):
        finds.add("url", "comment.saved-from", saved[1])
    graph = Graph()
    scripted = _head(tree, finds, graph, types)
    _json_ld(graph, finds, types)
    if "itemprop" in source.text:
        _microdata(tree, finds, types)
    _headings(tree, finds)
    _author_links(tree, finds)
    _crumbs(tree, finds)
    return tuple(finds.facts), Page(language, base, tuple(dict.fromkeys(types)), scripted)


def _language(tree: etree._Element) -> str | None:
    for element in itertools.islice(tree.iter("html"), 2):
        tag = (
            element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang") or element.get("xml:lang")
        )
        if tag and tag.strip():
            return cleaned(tag, 35)
    return None


# -- head ------------------------------------------------------------------------------------------------------------


def _head(tree: etree._Element, finds: _Finds, graph: Graph, types: list[str]) -> bool:
    """Facts of `<title>`, `<meta>` and `<link>`; scripts go to the graph. Whether a script could build a body."""
    labels: dict[str, str] = {}
    scripted = titled = False
    for element in tree.iter("title", "meta", "link", "script"):
        tag = element.tag
        if tag == "meta":
            _meta(element, finds, types, labels)
        elif tag == "script":
            kind = (element.get("type") or "").lower()
            if "ld+json" in kind:
                graph.add(element.text or "")
            else:
                scripted = True
        elif tag == "link":
            _link(element, finds)
        elif not titled and not _within_svg(element):
            titled = True
            finds.add("title", "title", cleaned(text_within(element), LONGEST_TITLE), element)
    return scripted


def _within_svg(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag not in ("head", "html", "body")


def _meta(element: etree._Element, finds: _Finds, types: list[str], labels: dict[str, str]) -> None:
    content = element.get("content")
    if not content:
        return
    for attribute in ("property", "name", "http-equiv"):
        key = (element.get(attribute) or "").strip().lower()
        if not key:
            continue
        if key in META:
            name, rule = META[key]
            _meta_values(name, rule, content, element, finds)
        elif key == "og:type":
            types.append(cleaned(content, 40))
        elif key.startswith(("twitter:label", "twitter:data")):
            _label(key, content, element, finds, labels)


def _meta_values(name: str, rule: str, content: str, element: etree._Element, finds: _Finds) -> None:
    if name == "tags" and rule != "meta.tag":
        for value in re.split(r"[,;，、；]", decoded(content)):
            finds.add(name, rule, value.strip(), element)
    else:
        finds.add(name, rule, decoded(content), element)


def _label(key: str, content: str, element: etree._Element, finds: _Finds, labels: dict[str, str]) -> None:
    """`twitter:label1` says what `twitter:data1` is: "Written by", in the site's language."""
    labels[key] = decoded(content, 200)
    number = key[-1]
    label, value = labels.get(f"twitter:label{number}", ""), labels.get(f"twitter:data{number}", "")
    if value and label.lower().rstrip(": ") in _WRITTEN_BY.split("|"):
        finds.add("authors", "meta.twitter-data", value, element)


def _link(element: etree._Element, finds: _Finds) -> None:
    relation = (element.get("rel") or "").lower().split()
    if "canonical" in relation:
        finds.add("url", "link.canonical", element.get("href") or "", element)
    elif "image_src" in relation:
        finds.add("image", "link.image-src", element.get("href") or "", element)


# -- JSON-LD ---------------------------------------------------------------------------------------------------------


def _json_ld(graph: Graph, finds: _Finds, types: list[str]) -> None:
    articles = [node for node in graph.nodes if _is(node, ARTICLES)]
    for node in graph.nodes[:100]:
        types.extend(types_of(node))
    main = _main_article(articles, finds)
    if main is not None:
        _article_node(main, "jsonld", graph, finds)
    for node in graph.nodes[:100]:
        kinds = {t.lower() for t in types_of(node)}
        if node is not main and kinds & PAGES:
            _article_node(node, "jsonld.page", graph, finds)
        elif "product" in kinds:
            finds.add("title", "jsonld.product-name", decoded(text_of(node.get("name")), LONGEST_TITLE))
        elif "website" in kinds:
            finds.add("site_name", "jsonld.website", decoded(text_of(node.get("name")), 200))
        elif "breadcrumblist" in kinds:
            _breadcrumb(node, finds)


def _is(node: Node, kinds: frozenset[str]) -> bool:
    return any(t.lower() in kinds for t in types_of(node))


def _main_article(articles: list[Node], finds: _Finds) -> Node | None:
    """The node that speaks of this page: the only one, or that whose headline the page's titles hold."""
    if len(articles) < 2:
        return articles[0] if articles else None
    titles = " ".join(f.value for f in finds.facts if f.field == "title")
    named = (
        n for n in articles if (headline := decoded(text_of(n.get("headline")), LONGEST_TITLE)) and headline in titles
    )
    return next(named, articles[0])


_TEXTS = (
    ("headline", "title", "headline"),
    ("datePublished", "date", "date-published"),
    ("dateCreated", "date", "date-created"),
    ("uploadDate", "date", "date-created"),
    ("dateModified", "date_modified", "date-modified"),
    ("description", "description", "description"),
    ("articleSection", "categories", "section"),
    ("image", "image", "image"),
    ("thumbnailUrl", "image", "image"),
    ("url", "url", "url"),
    ("mainEntityOfPage", "url", "url"),
    ("inLanguage", "language", "language"),
)


def _article_node(node: Node, prefix: str, graph: Graph, finds: _Finds) -> None:
    """The facts of one article or page node; rules begin with `prefix`."""
    for key, name, rule in _TEXTS:
        for text in itertools.islice(graph.texts(node, key), 5):
            finds.add(name, f"{prefix}.{rule}", text if name in _ADDRESSES else decoded(text))
    if not node.get("headline"):
        finds.add("title", f"{prefix}.name", decoded(text_of(node.get("name")), LONGEST_TITLE))
    for key in ("author", "creator"):
        for value in graph.values(node, key):
            finds.add("authors", f"{prefix}.author{_person_kind(value)}", decoded(text_of(value), 300))
    for text in graph.texts(node, "editor"):
        finds.add("editors", f"{prefix}.editor", decoded(text, 300))
    for text in graph.texts(node, "publisher"):
        finds.add("site_name", f"{prefix}.publisher", decoded(text, 200))
    for text in graph.texts(node, "sourceOrganization"):
        finds.add("source_name", f"{prefix}.source", decoded(text, 200))
    for text in graph.texts(node, "keywords"):
        for tag in re.split(r"[,;，、；]", decoded(text)):
            finds.add("tags", f"{prefix}.keywords", tag.strip())


def _person_kind(value: Any) -> str:
    """ "" for a person or a mere name; "-organization" where the author is one."""
    kinds = {t.lower() for t in types_of(value)} if isinstance(value, dict) else set()
    return "-organization" if any(k.endswith(("organization", "corporation")) for k in kinds) else ""


def _breadcrumb(node: Node, finds: _Finds) -> None:
    """The names of a breadcrumb's items, from wide to narrow, as facts in that order."""
    items = node.get("itemListElement")
    for item in (items if isinstance(items, list) else [items])[:12]:
        if isinstance(item, dict):
            name = text_of(item.get("name")) or text_of(item.get("item"))
            finds.add("categories", "jsonld.breadcrumb", "" if "://" in name else decoded(name, 100))


# -- microdata -------------------------------------------------------------------------------------------------------

_ITEMS = etree.XPath("//*[@itemprop or @itemtype]")


def _microdata(tree: etree._Element, finds: _Finds, types: list[str]) -> None:
    for element in _elements(_ITEMS(tree))[:600]:
        kind = element.get("itemtype")
        if kind:
            types.append(cleaned(kind.rstrip("/").rsplit("/", 1)[-1], 40))
        for prop in (element.get("itemprop") or "").lower().split()[:4]:
            if prop in ITEMPROP and not _is_away(element):
                name, rule = ITEMPROP[prop]
                finds.add(name, rule, _item_value(element, name), element)


def _elements(result: object) -> list[etree._Element]:
    return [e for e in result if isinstance(e, etree._Element)] if isinstance(result, list) else []


def _item_value(element: etree._Element, name: str) -> str:
    """The value of a microdata property: its attribute, the name inside it, or its text."""
    for attribute in ("content", "datetime"):
        if element.get(attribute):
            return decoded(element.get(attribute) or "")
    if name in _ADDRESSES:
        return element.get("src") or element.get("href") or ""
    inner = next((e for e in element.iterdescendants() if "name" in (e.get("itemprop") or "").split()), None)
    if inner is not None:
        return decoded(inner.get("content") or text_within(inner))
    return cleaned(text_within(element))


# -- elements at the heading -----------------------------------------------------------------------------------------


def text_within(element: etree._Element, longest: int = LONGEST, *, joint: str = "") -> str:
    """The text below an element, not of scripts and styles, cut at `longest` characters.

    `joint` is put where two elements meet without a space: "Jane Roe" and "May 3" are shown apart, by style alone.
    """
    parts: list[str] = []
    size = 0
    for node in element.iter():
        silent = not isinstance(node.tag, str) or node.tag in ("script", "style", "template")
        tail = node.tail if node is not element else None
        for text in (None if silent else node.text, tail):
            if text:
                glued = parts and not (parts[-1][-1:].isspace() or text[:1].isspace())
                parts.append((joint or (" " if node.tag in _BLOCKS else "")) + text if glued else text)
                size += len(text)
        if size > longest:
            break
    return "".join(parts)[:longest]


_BLOCKS = frozenset({"br", "div", "p", "li", "ul", "h2", "h3", "h4", "td", "tr"})


def _is_away(element: etree._Element) -> bool:
    """Whether it stands in a comment, a sidebar, a list of other articles or the page's furniture."""
    for ancestor in itertools.islice(element.iterancestors(), 40):
        if ancestor.tag in _AWAY_TAGS:
            return True
        if ancestor.tag in ("body", "html", "main", "article"):
            return False
        name = ancestor.get("class")
        if name and _AWAY.search(name[:300]):
            return True
        prop = ancestor.get("itemprop")
        if prop and prop.lower() in ("comment", "review", "reviews"):
            return True
    return False


def _headings(tree: etree._Element, finds: _Finds) -> None:
    """The main headings, and what stands around the first of them."""
    first = None
    for heading in itertools.islice(tree.iter("h1"), 8):
        text = cleaned(text_within(heading), LONGEST_TITLE)
        if text:
            finds.add("title", "h1", text, heading)
            first = heading if first is None else first
    if first is None:
        times = itertools.islice(tree.iter("time"), 4)
        for element in times:
            _time(element, "first", finds)
        return
    for element in _before(first):
        _nearby(element, "before", finds)
    for element in itertools.islice(_after(first), NEAR):
        _nearby(element, "after", finds)


def _after(heading: etree._Element) -> Iterator[etree._Element]:
    """Elements after the heading, in document order."""
    for level in itertools.chain((heading,), heading.iterancestors()):
        for sibling in level.itersiblings():
            yield from sibling.iter()


def _before(heading: etree._Element) -> Iterator[etree._Element]:
    """Elements shortly before the heading: within a few small siblings of it and of its parents."""
    levels = itertools.islice(itertools.chain((heading,), heading.iterancestors()), 3)
    for level in levels:
        for sibling in itertools.islice(level.itersiblings(preceding=True), 2):
            yield from itertools.islice(sibling.iter(), NEAR_BEFORE // 4)


def _nearby(element: etree._Element, where: str, finds: _Finds) -> None:
    """What an element near the heading says by its tag, class, rel or address."""
    tag = element.tag
    if not isinstance(tag, str):
        return
    if tag == "time":
        _time(element, where, finds)
        return
    names = element.get("class")
    if not names:
        return
    kind = finds.kinds.get(names)
    if kind is None:
        kind = finds.kinds[names] = _kind_of_class(names[:300])
    if kind == "username":
        _short(element, "authors", "class.username", 60, finds)
    elif kind == "byline":
        _short(element, "authors", "class.byline", 120, finds)
    elif kind == "category":
        _short(element, "categories", "class.category", 60, finds)
    elif kind == "date":
        value = element.get("datetime") or element.get("title")
        if value and any(c.isdigit() for c in value[:60]):
            finds.add("date", "class.date-title", cleaned(value, 60), element)
        _short(element, "date", f"class.date-{where}", 120, finds)


_TELLING = ("author", "auteur", "autor", "by", "user", "writer", "reporter", "creator", "contribut", "poster", "nick",
            "screen", "display", "date", "publish", "posted", "time", "on", "categ", "cat-")  # fmt: skip


def _kind_of_class(names: str) -> str:
    """What an element with these class names holds: `username`, `byline`, `date`, or "" for anything else."""
    lowered = names.lower()
    if not any(word in lowered for word in _TELLING):
        return ""
    if _AUTHOR_CLASS.search(lowered) and not _NO_AUTHOR_CLASS.search(lowered):
        return "username" if _USER_CLASS.search(lowered) else "byline"
    if _USER_CLASS.search(lowered):
        return "username"
    if _CATEGORY_CLASS.search(lowered):
        return "category"
    return "date" if _DATE_CLASS.search(lowered) else ""


def _short(element: etree._Element, name: str, rule: str, longest: int, finds: _Finds) -> None:
    """A fact of the element's text, if that is short enough to be a name or a date, and it is not away."""
    text = cleaned(text_within(element, longest + 200, joint=" | "))
    if 1 < len(text) <= longest and not _is_away(element):
        finds.add(name, rule, text, element)


def _time(element: etree._Element, where: str, finds: _Finds) -> None:
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()[:300]
    value = element.get("datetime") or element.get("title") or text_within(element, 100)
    if _is_away(element):
        return
    if "updated" in names or "modified" in names:
        finds.add("date_modified", "time.modified", cleaned(value, 100), element)
    elif not any(f.rule.startswith("time.after") for f in finds.facts):
        finds.add("date", f"time.{where}", cleaned(value, 100), element)
    else:
        finds.add("date", "time.later", cleaned(value, 100), element)


_ROOT = lazy_pattern(r"(?:https?://[^/?#\s]{3,80})?/?(?:index\.(?:html?|php))?", re.IGNORECASE)


_SITE_NAME = lazy_pattern(
    r"(?:site|blog)[_-]?(?:title|name|header|logo)|(?:^|\s)(?:masthead|logo-text|brand-name)(?:$|\s)"
)


def _is_site_name(element: etree._Element) -> bool:
    """Whether a link to the front page is called the site's name by its class or id, or its parents'."""
    near = itertools.islice(itertools.chain((element,), element.iterancestors()), 3)
    return any(_SITE_NAME.search(f"{e.get('class') or ''} {e.get('id') or ''}".lower()[:200]) for e in near)


def _author_links(tree: etree._Element, finds: _Finds) -> None:
    """Links with `rel=author`, and links to an author's page, anywhere outside of lists of other articles."""
    home = False
    for element in tree.iter("a"):
        href = element.get("href")
        if href is None:
            continue
        if not home and _ROOT.fullmatch(href):
            text = cleaned(text_within(element, 200))
            if home := 2 < len(text) <= 40 and text[0].isalpha() and _is_site_name(element):
                finds.add("site_name", "link.home", text, element)
        if "/author" in href and ("/author/" in href or "/authors/" in href) and element.get("rel") != "author":
            _short(element, "authors", "link.author", 80, finds)
        elif element.get("rel") == "author":
            _short(element, "authors", "rel.author", 100, finds)
        elif "category" in (element.get("rel") or ""):
            _short(element, "categories", "rel.category", 60, finds)


_CRUMBS = etree.XPath(
    "(//*[contains(@class, 'readcrumb') or contains(@id, 'readcrumb') or contains(@class, 'crumbs')])[1]"
)
_CRUMB_EDGE = " \t\n>/»›→|·\u2022:"


def _crumbs(tree: etree._Element, finds: _Finds) -> None:
    """The items of the first element that calls itself a breadcrumb: its list items, else its links."""
    for element in _elements(_CRUMBS(tree)):
        items = list(itertools.islice(element.iter("li"), 10)) or list(itertools.islice(element.iter("a"), 10))
        texts = [cleaned(text_within(item, 120)).strip(_CRUMB_EDGE) for item in items]
        if 1 < len(texts) < 10 and all(len(text) <= 80 for text in texts):
            for item, text in zip(items, texts, strict=True):
                finds.add("categories", "class.breadcrumb", text, item)
