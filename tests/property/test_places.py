"""Places: what stands between the offsets of an exact block is its text, over generated pages and the bench."""

from __future__ import annotations

import gzip
import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artextract import ArtextractError, Settings, extract
from artextract.decode import decode
from artextract.invisible import without_invisible
from artextract.places import Places
from artextract.readers import reader_for
from artextract.sentences import sentences
from artextract.writers.blocks import block_records

BENCH = Path(__file__).parents[3] / "shared" / "bench" / "html"
BUDGET = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])

_MARKUP = re.compile("<[^>]*>")


def shown(markup: str) -> str:
    """A slice of markup as the promise reads it: tags out, references decoded, white space and invisibles out."""
    text = unescape(_MARKUP.sub("", markup))
    return without_invisible("".join(text.split())).replace("\ufffd", "")


def folded(text: str) -> str:
    return without_invisible("".join(text.split())).replace("\ufffd", "")


words = st.lists(
    st.sampled_from(
        ["fog", "pier", "the", "The", "ferry", "会议", "節水", "Лодка", "مرفأ", "a&amp;b", "5&nbsp;km", "x&lt;y"]
    ),
    min_size=1,
)
prose = words.map(lambda parts: " ".join(parts) + ". ")
inline = st.sampled_from(
    ("<b>", "</b>", '<a href="?a=1&b>2">', "</a>", "<br>", "<!-- > -->", "&shy;", "&copy", " < ", "\n")
)
opening = st.sampled_from(
    ("<p>", "<div class='x>y'>", "</div>", "<li>", "<h2>", "</h2>", "<td>", "<table><tr><td>", "</table>", "<pre>")
)
furniture = st.sampled_from(
    (
        "<script>if (a<b) '</p>'</script>",
        "<style>p>a{}</style>",
        "<template>no</template>",
        "<textarea>a<b>c</textarea>",
    )
)
page = st.lists(st.one_of(prose, prose, inline, opening, furniture), min_size=1, max_size=40).map("".join)


@BUDGET
@given(page)
def test_exact_places_of_markup(markup: str) -> None:
    source = decode(
        f"<html><head><title>T</title></head><body>{markup}</body></html>", settings=Settings(), name="page.html"
    )
    blocks = reader_for("text/html")(source, Settings()).blocks
    places = Places(source, blocks)
    for block in blocks:
        place = places.of(block.index)
        if place is not None:
            assert folded(block.text) in shown(source.text[place.start : place.end])


@BUDGET
@given(page, st.integers(20, 200))
def test_chunks_hold_all_and_cut_no_sentence(markup: str, size: int) -> None:
    try:
        whole = extract(markup, Settings(blocks=True), name="page.html")
        packed = extract(markup, Settings(blocks=True, max_block_chars=size), name="page.html")
    except ArtextractError:
        return
    one_by_one, chunks = block_records(whole), block_records(packed)
    assert folded("".join(r["text"] for r in chunks)) == folded("".join(r["text"] for r in one_by_one))
    for record in chunks:
        if len(record["text"]) > size:
            unit = len(list(sentences(record["text"])))
            assert unit == 1 or record["kind"] in ("table", "code")
        if record["exact"]:
            start, end = record["chars"]
            assert folded(record["text"]) in shown(whole.document.source.text[start:end])


@pytest.mark.skipif(not BENCH.exists(), reason="the bench is not here")
def test_places_of_pages_of_the_bench() -> None:
    """Every fortieth page."""
    found = missed = 0
    for path in sorted(BENCH.glob("*/*.html.gz"))[::40]:
        source = decode(gzip.decompress(path.read_bytes()), Settings(), name="page.html")
        blocks = reader_for(source.media_type)(source, Settings()).blocks
        places = Places(source, blocks)
        for block in blocks:
            if block.origin != "page" or not folded(block.text):
                continue
            place = places.of(block.index)
            if place is None:
                missed += 1
                continue
            found += 1
            assert folded(block.text) in shown(source.text[place.start : place.end]), (path.name, block.index)
    assert missed <= 0.005 * (found + missed)
