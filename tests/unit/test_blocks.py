"""`blocks` of the JSON: kinds, headings, places, chunks."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from artextract import Settings, extract
from artextract.places import Places
from artextract.sentences import sentences

PAGE = """<!doctype html><html><head><title>Sea log</title></head><body><article><h1>Sea log</h1>
<p>The harbour froze over in the night, and the ferries stayed where they were until Friday&nbsp;morning. Nobody in the
town could remember a winter like it, said Dr. <b>Ito</b>, who has kept the log for thirty years &amp; more.</p>
<h2>Ice</h2><p>The ice was as thick as a hand. On Monday it broke, and the first boat left for the islands at noon.</p>
<h3>Thickness</h3><p>It was measured at the pier, by the lighthouse and in the inner basin, three times a day.</p>
<h2>After</h2><ul><li>The pier was mended by the town before the summer came.</li>
<li>The log was printed, and every school on the coast got a copy.</li></ul></article></body></html>"""


def records(**settings: object) -> list[dict[str, object]]:
    return extract(PAGE, Settings(blocks=True, **settings), name="page.html").to_dict()["blocks"]  # type: ignore[arg-type]


def test_headings_and_places() -> None:
    found = {str(record["text"])[:9]: record for record in records()}
    ice = found["The ice w"]
    assert ice["headings"][-1:] == ["Ice"] and ice["kind"] == "paragraph" and ice["exact"]
    assert found["It was me"]["headings"][-2:] == ["Ice", "Thickness"]
    assert found["The pier "]["headings"][-1:] == ["After"] and found["The pier "]["kind"] == "list_item"
    start, end = ice["chars"]
    assert (
        PAGE[start:end]
        == "The ice was as thick as a hand. On Monday it broke, and the first boat left for the islands at noon."
    )
    first = found["The harbo"]
    assert PAGE[first["chars"][0] : first["chars"][1]].endswith("&amp; more.") and first["lines"] == [2, 3]
    assert str(ice["path"]).endswith("article > p")


def test_the_key_is_there_only_when_asked_for_and_fits_the_schema() -> None:
    assert "blocks" not in extract(PAGE, name="page.html").to_dict()
    schema = json.loads((Path(__file__).parents[2] / "src/artextract/data/schema.json").read_text("utf-8"))
    for size in (None, 90):
        jsonschema.validate(
            extract(PAGE, Settings(blocks=True, max_block_chars=size), name="page.html").to_dict(), schema
        )


def test_chunks_stay_under_one_heading_and_cut_no_sentence() -> None:
    found = records(max_block_chars=120)
    assert all(len(str(r["text"])) <= 120 or len(list(sentences(str(r["text"])))) == 1 for r in found)
    assert any(str(r["text"]).startswith("Ice\n\nThe ice") for r in found)
    assert {tuple(r["headings"][-1:]) for r in found} >= {("Ice",), ("Thickness",), ("After",)}  # type: ignore[index]
    assert not any(str(r["text"]).endswith("Dr.") for r in found)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>a<!-- no <p --> b d</p><script>c</script><!-- > -->", "a b d"),
        ("<p title='>x'>a</p>", "a"),
        ("<p>1 &lt; 2 &amp;amp; 3 &copy 4</p>", "1 < 2 &amp; 3 © 4"),
        ("<title>x</title><p>a<b>b</b>&#8203;c&shy;d", "abcd"),
        ("<p><img alt='a>b'>word</p>", "word"),
        ("<p>one <br>two</p>x < y", "one\ntwo"),
        ("<style>p>b</style><template><p>word</p></template><p>word two</p>", "word two"),
    ],
)
def test_the_scan_sees_what_the_tree_sees(markup: str, text: str) -> None:
    article = extract(markup, name="page.html")
    places = Places(article.document.source, article.document.blocks)
    block = next(b for b in article.document.blocks if b.text == text)
    assert places.of(block.index) is not None


@pytest.mark.parametrize(
    "between",
    ["<script>x</script>", "<style>x</style>", "<template>x</template>", "< and", "<!-- > -->", "<b id='>'>x</b>"],
)
def test_a_text_with_a_script_in_it_has_no_exact_place(between: str) -> None:
    article = extract(f"<p>one {between} two</p>", name="page.html")
    places = Places(article.document.source, article.document.blocks)
    assert all(places.of(block.index) is None for block in article.document.blocks)


def test_a_text_that_is_interrupted_has_no_exact_place() -> None:
    markup = "<p>one <span style='display:none'>hidden words</span> two</p>"
    article = extract(markup, name="page.html")
    places = Places(article.document.source, article.document.blocks)
    for block in article.document.blocks:
        place = places.of(block.index)
        assert place is None or block.text.replace(" ", "") in markup[place.start : place.end].replace(" ", "")


def test_places_of_a_dump_are_those_of_the_reader() -> None:
    text = "Sea log\n=======\n\n* one thing that happened\n* another thing\n\nThe end of\nthe log, at last.\n"
    article = extract(text, name="page.txt")
    places = Places(article.document.source, article.document.blocks)
    for block in article.document.blocks:
        place = places.of(block.index)
        assert place is not None and "".join(text[place.start : place.end].split()) == "".join(block.text.split())


@pytest.mark.parametrize(
    "unit", [". ", "a.", '."', "....", "…", "。", "&amp;", "<", "<a =", '<a ="', "<!--", "<title>", "<xmp>"]
)
def test_hostile_runs_take_linear_time(unit: str) -> None:
    """Twenty thousand of each; a quadratic scan would take minutes (and the suite's own limit would end it)."""
    text = unit * 20_000
    assert sum(1 for _ in sentences(text)) >= 0
    article = extract("<p>words here</p>" + text, Settings(blocks=True, max_block_chars=100), name="page.html")
    assert isinstance(article.to_dict()["blocks"], list)
