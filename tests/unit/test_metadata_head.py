"""Facts of a page's markup: head, JSON-LD in every state of repair, microdata, elements at the heading."""

from __future__ import annotations

import json

import pytest
from lxml import html

from artextract.model import Fact, Page, Source
from artextract.readers.head import facts_of
from artextract.readers.jsonld import Graph, mended, parsed

ADDRESS = "https://www.example.org/news/bridge"


def read(markup: str, url: str | None = None) -> tuple[tuple[Fact, ...], Page]:
    return facts_of(html.document_fromstring(markup), Source("page.html", "text/html", markup, url=url))


def values(markup: str, field: str, url: str | None = None) -> list[tuple[str, str]]:
    return [(fact.rule, fact.value) for fact in read(markup, url)[0] if fact.field == field]


def page(head: str = "", body: str = "<h1>The bridge</h1>") -> str:
    return f"<!DOCTYPE html><html lang='en-GB'><head>{head}</head><body>{body}</body></html>"


def script(data: object) -> str:
    text = data if isinstance(data, str) else json.dumps(data)
    return f'<script type="application/ld+json">{text}</script>'


def test_meta_elements() -> None:
    head = """<title>The bridge | The Daily Example</title><meta property="og:title" content="The bridge">
      <meta name="author" content="Jane Roe"><meta property="article:published_time" content="2022-05-10T14:03:00Z">
      <meta property="og:site_name" content="The Daily Example"><meta name="keywords" content="bridges, town ,roads">
      <link rel="canonical" href="/news/bridge"><meta property="og:type" content="article">"""
    facts, what = read(page(head), ADDRESS)
    found = {(f.field, f.rule): f.value for f in facts}
    assert found["title", "title"] == "The bridge | The Daily Example"
    assert found["title", "meta.og-title"] == "The bridge"
    assert found["title", "h1"] == "The bridge"
    assert found["authors", "meta.author"] == "Jane Roe"
    assert found["date", "meta.published-time"] == "2022-05-10T14:03:00Z"
    assert found["url", "link.canonical"] == ADDRESS
    assert [f.value for f in facts if f.field == "tags"] == ["bridges", "town", "roads"]
    assert what.language == "en-GB" and "article" in what.types


def test_facts_have_lines() -> None:
    (fact,) = read("<html>\n<head>\n<meta name='author' content='Jane Roe'></head></html>")[0]
    assert fact.place is not None and fact.place.first_line == 3


def test_twitter_labels_in_other_languages() -> None:
    head = '<meta name="twitter:label1" content="Geschrieben von"><meta name="twitter:data1" content="Anna Müller">'
    assert values(page(head), "authors") == [("meta.twitter-data", "Anna Müller")]
    head = '<meta name="twitter:label1" content="Lesezeit"><meta name="twitter:data1" content="5 Minuten">'
    assert values(page(head), "authors") == []


def test_references_in_a_graph() -> None:
    graph = {
        "@graph": [
            {"@type": "Article", "headline": "The bridge", "author": {"@id": "#jane"}, "publisher": {"@id": "#org"}},
            {"@type": "Person", "@id": "#jane", "name": "Jane Roe"},
            {"@type": "Organization", "@id": "#org", "name": "The Daily Example"},
        ]
    }
    assert ("jsonld.author", "Jane Roe") in values(page(script(graph)), "authors")
    assert ("jsonld.publisher", "The Daily Example") in values(page(script(graph)), "site_name")


def test_lists_of_authors_and_organisations() -> None:
    data = {"@type": ["NewsArticle"], "author": [{"@type": "Person", "name": "Jane Roe"}, "John Doe",
            {"@type": "Organization", "name": "The Desk"}]}  # fmt: skip
    assert values(page(script(data)), "authors") == [
        ("jsonld.author", "Jane Roe"),
        ("jsonld.author", "John Doe"),
        ("jsonld.author-organization", "The Desk"),
    ]


def test_comments_and_reviews_are_not_the_page() -> None:
    data = {"@type": "Product", "name": "A kettle", "review": {"@type": "Review", "author": {"name": "A Buyer"},
            "datePublished": "2021-01-01"}}  # fmt: skip
    assert values(page(script(data)), "authors") == []
    assert values(page(script(data)), "date") == []


def test_the_article_that_the_title_names() -> None:
    data = [{"@type": "Article", "headline": "Another story", "datePublished": "2020-01-01"},
            {"@type": "Article", "headline": "The bridge", "datePublished": "2022-05-10"}]  # fmt: skip
    markup = page("<title>The bridge</title>" + script(data))
    assert values(markup, "date") == [("jsonld.date-published", "2022-05-10")]


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "Article", "headline": "He said "yes" at last", "author": "Jane Roe"}',
        '{"@type": "Article", "headline": "The bridge",\n "author": "Jane Roe",}',
        '{"@type": "Article"\n "headline": "The bridge"\n "author": "Jane Roe"}',
        '<!-- {"@type": "Article", "author": "Jane Roe"} -->',
        '//<![CDATA[\n{"@type": "Article", "author": "Jane Roe"}\n//]]>',
        '{"@type": "Article", "author": "Jane Roe"};',
        '{"@type": "Organization"}{"@type": "Article", "author": "Jane Roe"}',
        '{"@type": "Article", "description": "two\nlines", "author": "Jane Roe"}',
        '{"@type": "Article", "author": "Jane Roe", "articleBody": "cut off here',
        '/* data */ {"@type": "Article", /* who */ "author": "Jane Roe"}',
    ],
)
def test_broken_json_is_mended(text: str) -> None:
    assert ("jsonld.author", "Jane Roe") in values(page(script(text)), "authors")


@pytest.mark.parametrize("text", ["", "null", "not json", "[" * 5000, '{"a":' * 5000, '"', "{" * 100_000, '{"a": NaN}',
                                  '{"n": ' + "9" * 5000 + "}", '{"a": "\\ud800"}', "/*" * 50_000, '"a" ' * 50_000])  # fmt: skip
def test_hostile_json_is_harmless(text: str) -> None:
    assert isinstance(parsed(text), list)
    assert isinstance(mended(text[:10_000]), str)
    graph = Graph()
    graph.add(text)
    assert isinstance(read(page(script(text)))[0], tuple)


def test_entities_are_decoded_once() -> None:
    data = {"@type": "Article", "headline": "Fish &amp; <b>Chips</b>"}
    assert ("jsonld.headline", "Fish & Chips") in values(page(script(data)), "title")
    assert ("h1", "The <b> tag") in values(page(body="<h1>The &lt;b&gt; tag</h1>"), "title")


def test_controls_and_length_are_cut() -> None:
    head = f'<meta name="author" content="Jane\u200b Roe{" x" * 5000}">'
    ((_, value),) = values(page(head), "authors")
    assert value.startswith("Jane Roe x") and len(value) <= 1000


def test_microdata() -> None:
    body = """<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">The bridge</h1>
      <span itemprop="author" itemscope><span itemprop="name">Jane Roe</span></span>
      <time itemprop="datePublished" datetime="2022-05-10">10 May</time>
      <div itemprop="comment"><span itemprop="author">A Reader</span></div></article>"""
    markup = page(body=body)
    assert ("microdata.author", "Jane Roe") in values(markup, "authors")
    assert not any(value == "A Reader" for _, value in values(markup, "authors"))
    assert ("microdata.date-published", "2022-05-10") in values(markup, "date")
    assert "NewsArticle" in read(markup)[1].types


def test_elements_at_the_heading() -> None:
    body = """<header><h1>The bridge</h1><div class="meta"><span class="byline">By Jane Roe</span>
      <span class="post-date">10 May 2022</span></div></header><p>Text</p>
      <aside class="related"><span class="byline">By John Doe</span></aside>
      <a rel="author" href="/jane">Jane Roe</a><a href="/author/jane/">Jane Roe</a>"""
    markup = page(body=body)
    authors = values(markup, "authors")
    assert ("class.byline", "By Jane Roe") in authors
    assert ("rel.author", "Jane Roe") in authors and ("link.author", "Jane Roe") in authors
    assert not any("John" in value for _, value in authors)
    assert ("class.date-after", "10 May 2022") in values(markup, "date")


def test_elements_that_meet_without_a_space_are_kept_apart() -> None:
    body = '<h1>The bridge</h1><div class="byline"><a>Jane Roe</a><span>May 3, 2022</span></div>'
    assert values(page(body=body), "authors") == [("class.byline", "Jane Roe | May 3, 2022")]


def test_times() -> None:
    body = '<h1>The bridge</h1><time datetime="2022-05-10T14:03">Tuesday</time><time class="updated">11 May 2022</time>'
    assert values(page(body=body), "date") == [("time.after", "2022-05-10T14:03")]
    assert values(page(body=body), "date_modified") == [("time.modified", "11 May 2022")]


def test_saved_from() -> None:
    markup = f"<!-- saved from url=(0036){ADDRESS} --><html><body><p>x</p></body></html>"
    assert values(markup, "url") == [("comment.saved-from", ADDRESS)]


@pytest.mark.parametrize("value", ["javascript:alert(1)", "data:image/png;base64,AAAA", "", "http://[broken", "a b"])
def test_addresses_that_are_none(value: str) -> None:
    assert values(page(f'<meta property="og:image" content="{value}">'), "image") == []


def test_a_page_without_a_head() -> None:
    assert read("<p>just text</p>")[0] == ()
