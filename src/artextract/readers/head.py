"""What an HTML page says of itself in its markup: head, JSON-LD, microdata and a few elements, as facts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from artextract.model import Fact, Page, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

LONGEST = 1000  # characters of one value that are looked at

_META = {
    "og:title": "title",
    "twitter:title": "title",
    "author": "authors",
    "article:published_time": "date",
    "article:modified_time": "date_modified",
    "og:site_name": "site_name",
    "og:url": "url",
    "og:image": "image",
    "description": "description",
    "og:description": "description",
    "keywords": "tags",
}


def facts_of(tree: _Element, source: Source) -> tuple[tuple[Fact, ...], Page]:
    """All facts of the markup, in document order, and what the page says of itself as a whole."""
    facts: list[Fact] = []
    types: list[str] = []
    for element in tree.iter("title", "meta", "link", "script"):
        tag = element.tag
        if tag == "title" and not any(f.rule == "title" for f in facts):
            _add(facts, "title", "".join(element.itertext()), "title")
        elif tag == "meta":
            key = (element.get("property") or element.get("name") or "").strip().lower()
            if key in _META:
                _add(facts, _META[key], element.get("content") or "", f"meta.{key}")
        elif tag == "link" and "canonical" in (element.get("rel") or "").lower():
            _add(facts, "url", element.get("href") or "", "link.canonical")
        elif tag == "script" and (element.get("type") or "").strip().lower() == "application/ld+json":
            _json_ld(facts, types, element.text or "")
    base = next(tree.iter("base"), None)
    page = Page(
        language=tree.get("lang") or None, base_url=None if base is None else base.get("href"), types=tuple(types)
    )
    return tuple(facts), page


def _add(facts: list[Fact], field: str, value: str, rule: str) -> None:
    value = " ".join(value[:LONGEST].split())
    if value:
        facts.append(Fact(field, value, rule, score=0.5))


def _json_ld(facts: list[Fact], types: list[str], text: str) -> None:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    queue: list[Any] = [data]
    while queue:
        item = queue.pop(0)
        if isinstance(item, list):
            queue.extend(item[:100])
        elif isinstance(item, dict):
            if isinstance(item.get("@type"), str):
                types.append(item["@type"])
            queue.extend(item.get("@graph") or [] if isinstance(item.get("@graph"), list) else [])
            for key, field in (("headline", "title"), ("datePublished", "date"), ("dateModified", "date_modified")):
                if isinstance(item.get(key), str):
                    _add(facts, field, item[key], f"jsonld.{key}")
            authors = item.get("author")
            for author in authors if isinstance(authors, list) else [authors]:
                name = author.get("name") if isinstance(author, dict) else author
                if isinstance(name, str):
                    _add(facts, "authors", name, "jsonld.author")
