"""The laws of the design, over arbitrary bytes and over generated pages, through the whole pipeline."""

from __future__ import annotations

import itertools
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artextract import ArtextractError, Article, Settings, extract
from artextract.invisible import without_invisible
from artextract.rules import rule
from artextract.writers.explain import entries

BUDGET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

SENTENCES = (
    "The ferry left before the fog had lifted, and nobody on the pier saw it go.",
    "Am Morgen lag das Boot noch da, am Abend war es fort.",
    "会议指出，要坚持节约用水，完善管网，保障群众生活。",
    "Лодку нашли через неделю у дальнего берега, пустую и сухую.",
    "港は朝から霧に包まれ、船はしばらく動けなかった。",
)
FURNITURE = (
    "Home | News | Sport",
    "Share on Facebook",
    "© 2020 Somebody",
    "责任编辑：某某",
    "Read more",
    "上一篇 下一篇",
    "Menu",
)

prose = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join)
line = st.one_of(prose, st.sampled_from(FURNITURE), st.text(max_size=60))
dump = st.lists(line, max_size=25).map("\n\n".join)
tag = st.sampled_from(
    ("p", "div", "li", "h2", "td", "span", "blockquote", "pre", "nav", "footer", "article", "a", "button")
)


@st.composite
def markup(draw: st.DrawFn) -> str:
    """A page of nested and badly nested elements."""
    parts = ["<html><head><title>", draw(st.text(max_size=20)), "</title></head><body>"]
    for _ in range(draw(st.integers(0, 25))):
        name = draw(tag)
        parts.append(draw(st.sampled_from((f"<{name}>", f"<{name} class='menu'>", f"</{name}>", "<br>", "<!-- x -->"))))
        parts.append(draw(line).replace("<", "&lt;").replace("&#", "&amp;#"))
    return "".join(parts)


def folded(text: str) -> Counter[str]:
    return Counter(without_invisible("".join(text.split())))


def held(article: Article) -> Counter[str]:
    """The characters of all page blocks."""
    found: Counter[str] = Counter()
    for block in article.document.blocks:
        if block.origin == "page":
            found += folded(block.text) + folded(block.marker)
    return found


def check(article: Article) -> None:
    """Laws 2, 3 and 4 on one article."""
    blocks = article.document.blocks
    places = [(b.place.first_line, b.place.start) for b in blocks if b.origin == "page"]
    assert places == sorted(places)
    for block, rulings in zip(blocks, article.rulings, strict=True):
        edges = [r.start for r in rulings] + [rulings[-1].end]
        assert edges[0] == 0 and edges[-1] == len(block.text)
        assert all(r.end == after.start for r, after in itertools.pairwise(rulings))
        for ruling in rulings:
            if ruling.label != "body":
                assert ruling.verdict is not None
                assert ruling.verdict.rule.startswith("model.") or rule(ruling.verdict.rule), ruling.verdict.rule
    kept: Counter[str] = Counter()
    for entry in entries(article):
        if entry.kept:
            kept += folded(entry.block.text[entry.start : entry.end])
    missing = kept - folded(article.text)
    assert not {c: n for c, n in missing.items() if c.isalnum()}


@BUDGET
@given(dump)
def test_a_dump(text: str) -> None:
    try:
        article = extract(text, name="page.txt")
    except ArtextractError:
        return
    if article.document.source.media_type == "text/plain":
        assert held(article) == folded(article.document.source.text)
    check(article)


@BUDGET
@given(markup())
def test_markup(text: str) -> None:
    try:
        article = extract(text, name="page.html")
    except ArtextractError:
        return
    check(article)


@BUDGET
@given(
    st.one_of(
        st.binary(max_size=400),
        dump.map(lambda t: t.encode("utf-8", "replace")),
        markup().map(lambda t: t.encode("utf-16", "replace")),
    )
)
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    for name in ("page.txt", "page.html", None):
        try:
            article = extract(data, name=name)
        except ArtextractError as error:
            assert "\n" not in str(error)
            continue
        article.to_dict()
        article.explain()


@BUDGET
@given(dump, dump)
def test_the_same_page_gives_the_same_result_whatever_came_before(one: str, two: str) -> None:
    def result(text: str) -> object:
        try:
            return extract(text, name="a.txt").to_dict()
        except ArtextractError as error:
            return str(error)

    first = result(one)
    result(two)
    assert result(one) == first


WHO = ("the carpenter", "an old sailor", "my neighbour", "the teacher", "a young doctor", "her brother", "the baker")
DID = ("carried", "mended", "forgot", "painted", "sold", "counted", "described", "found", "buried")
WHAT = ("the blue boat", "three letters", "a broken clock", "the garden wall", "his only coat", "every window")
WHEN = ("before the rain came", "in the winter of that year", "while nobody was looking", "after the market closed")
WHERE = ("behind the mill", "on the north shore", "under the stairs", "near the old station", "at the edge of the wood")
sentence = st.tuples(*map(st.sampled_from, (WHO, DID, WHAT, WHERE, WHEN))).map(
    lambda parts: " ".join(parts).capitalize() + "."
)
paragraph = st.lists(sentence, min_size=4, max_size=7, unique=True).map(" ".join)


@BUDGET
@given(st.lists(paragraph, min_size=4, max_size=9, unique=True))
def test_plain_prose_is_kept_whole_and_stable(paragraphs: list[str]) -> None:
    """Law 6: a dump of plain prose without furniture is kept whole, and so is what came of it."""
    text = "\n\n".join(paragraphs)
    article = extract(text, name="a.txt")
    assert article.text == text
    assert extract(article.text, name="a.txt").text == article.text


def test_settings_are_part_of_the_fingerprint() -> None:
    assert Settings().digest != Settings(favor="recall").digest
    assert Settings().digest == Settings().digest
