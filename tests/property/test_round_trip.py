"""Our Markdown read again is the same article: over generated pages, and over pages of the bench where they are."""

from __future__ import annotations

import gzip
import html
import re
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pages import markdown, text

from artextract import Settings, extract
from artextract.writers import writer_for
from artextract.writers.markdown import body_markdown

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench"
PAGES = [
    *sorted((BENCH / "markdown").glob("*.html.gz"))[::6],
    *sorted((BENCH / "html" / "wcxb-dev").glob("*.html.gz"))[5::150],
    *sorted((BENCH / "html" / "zh-dev").glob("*.html.gz"))[::8],
]

WORDS = (
    *("ice", "lake", "Two words", "长治市", "。", "é", "snake_case", "2*3", "a*b*", "$5", "$x$", "x < y", "AT&T"),
    *("&lt;", "<b>", "[a](b)", "[^1]", "![i](j)", "`t`", "~~no~~", "1.", "12)", "- ", "# ", "> ", "| a |", "---"),
    *(
        "\\",
        "\\*",
        "http://e.org/_a_",
        "*",
        "_",
        "__init__",
        "===",
        "```",
        "[x] ",
        "（一）",
        "+",
        ":",
        "!",
        "</p>",
        "~",
    ),
)
LINE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
INLINE = st.recursive(
    LINE.map(html.escape),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(("b", "em", "del", "mark", "sup", "span", "u")), inner).map(
            lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"
        ),
        inner.map(lambda shown: f"<a href='/p?a=1&amp;b=(2)'>{shown}</a>"),
        LINE.map(lambda shown: f"<code>{html.escape(shown)}</code>"),
        st.lists(inner, min_size=2, max_size=3).map(" and ".join),
        st.just("<img src=/i.png alt='An [i]'>"),
        st.just("<ruby>雪<rt>ゆき</rt></ruby>"),
        st.just("<math alttext='x^2'><mi>x</mi></math>"),
    ),
    max_leaves=4,
)
PARAGRAPH = st.lists(INLINE, min_size=1, max_size=2).map(lambda lines: f"<p>{'<br>'.join(lines)}</p>")
CODE = st.lists(LINE, min_size=1, max_size=4).map(lambda lines: "<pre>" + html.escape("\n\t ".join(lines)) + "</pre>")
TABLE = st.lists(st.lists(INLINE, min_size=2, max_size=3), min_size=2, max_size=3).map(
    lambda rows: (
        "<table><thead>"
        + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
        + "</thead></table>"
    )
)
SIMPLE = st.one_of(PARAGRAPH, PARAGRAPH, CODE, st.just("<hr>"), st.just("<p><img src=/alone.png></p>"))


def _list(tag: str) -> st.SearchStrategy[str]:
    item = st.one_of(
        INLINE, st.tuples(INLINE, NESTED).map("".join), st.lists(NESTED, min_size=1, max_size=2).map("".join)
    )
    items = st.lists(item, min_size=1, max_size=3)
    return items.map(lambda found: f"<{tag}>{''.join(f'<li>{i}</li>' for i in found)}</{tag}>")


NESTED: st.SearchStrategy[str] = st.deferred(
    lambda: st.one_of(
        SIMPLE,
        _list("ul"),
        _list("ol start=3"),
        st.lists(SIMPLE, min_size=1, max_size=2).map(lambda inner: f"<blockquote>{''.join(inner)}</blockquote>"),
        SIMPLE.map(lambda inner: f"<div class='admonition tip'><p class=admonition-title>Tip</p>{inner}</div>"),
    )
)
HEADING = st.tuples(st.integers(1, 6), INLINE).map(lambda pair: f"<h{pair[0]}>{pair[1]}</h{pair[0]}>")
PAGE = st.lists(st.one_of(NESTED, NESTED, HEADING, TABLE), min_size=1, max_size=6).map(
    lambda parts: f"<html><body>{''.join(parts)}"
)
MARKER = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?", re.M)
NOTE = re.compile(r"^\s*\[\w{1,8}\]", re.M)


def folded(shown: str) -> str:
    """Without white space, list markers, and the labels of notes."""
    return "".join(NOTE.sub("", MARKER.sub("", shown)).split())


def stripped(written: str) -> list[str]:
    """The lines without white space at their ends: that of code and TeX may be lost."""
    return [line.strip() for line in written.split("\n")]


@settings(deadline=None, max_examples=300, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(PAGE)
def test_markdown_of_a_page_read_again_is_its_text(page: str) -> None:
    written = markdown(page)
    assert folded(text(written, "markdown")) == folded(text(page)), written


@pytest.mark.skipif(not PAGES, reason="the bench is not here")
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name[:40])
def test_markdown_of_an_article_is_kept_whole(path: Path) -> None:
    article = extract(gzip.decompress(path.read_bytes()), name=path.name.removesuffix(".gz"))
    again = extract(writer_for("markdown")(article, article.settings), Settings(input_type="markdown"))
    assert folded(again.text) == folded(article.text)
    lines, read_lines = stripped(body_markdown(article, headline=False)), stripped(again.markdown)
    assert len(lines) == len(read_lines)
    different = sum(one != other for one, other in zip(lines, read_lines, strict=True))
    assert different <= len(lines) // 100  # emphasis may end before a full stop or behind it
    given, read = article.to_dict(), again.to_dict()
    kept = ("title", "authors", "date", "site_name", "url", "image", "description", "categories", "tags")
    assert {key: read[key] for key in kept} == {key: given[key] for key in kept}
