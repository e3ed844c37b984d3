"""The laws of the HTML reader, over generated trees and over broken markup."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from artextract.invisible import without_invisible
from artextract.model import Block, Reading, Source
from artextract.readers.html import read
from artextract.readers.html_parse import parse, parse_with_quotes_mended
from artextract.settings import DEFAULT

UNTIMED = settings(deadline=None)
NO_BLOCKS = ("head", "script", "style", "template")

INLINE = ("b", "i", "a", "span", "code", "sup", "sub", "del", "mark", "ruby", "rt", "svg", "text", "my-element", "font")
BLOCKS = (
    "div",
    "p",
    "h1",
    "h3",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "td",
    "th",
    "caption",
    "thead",
    "blockquote",
    "figure",
    "figcaption",
    "pre",
    "section",
    "article",
    "nav",
    "details",
    "summary",
    "button",
    "label",
    "select",
    "option",
    "noscript",
    "iframe",
    "textarea",
    "form",
    "aside",
    "main",
    "math",
    "mrow",
    "annotation",
)
ATTRIBUTES = (
    "hidden",
    "style='display:none'",
    "class=sr-only",
    "aria-hidden=true",
    "class='katex'",
    "class='MathJax'",
    "href=#n1",
    "href=#r1",
    "href=http://x.y/",
    "id=n1",
    "id=r1",
    "class=footnote",
    "class=sidenote",
    "class=highlight",
    "class='language-js line'",
    "class=lineno",
    "class='admonition note'",
    "class=headerlink",
    "colspan=3",
    "rowspan=2",
    "start=3",
    "value=7",
    "role=presentation",
    "data-math='x^2'",
    "data-definition=n1",
    "encoding=application/x-tex",
    "class=CodeMirror-code",
    "class=code",
    "class=admonition-title",
    "reversed",
)
WORDS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["1", "[1]", "*", "#", "¶", "^", "1.", "two words", " ", "\n", "\t x", "字 節", "a\u00adb", "$x_1$"]
    ),
    st.sampled_from([r"\(a\)", r"\[b\]", "$$c$$", "line\nline\n", "&amp;", "&#27;", "&lt;p&gt;", "\u200b", "copy"]),
)
VOID = st.sampled_from(
    [
        "<br>",
        "<br><br>",
        "<hr>",
        "<img src=a.jpg alt=A>",
        "<img>",
        "<input type=checkbox checked>",
        "<wbr>",
        "<source>",
        "<script>var x</script>",
        "<style>p{}</style>",
        "<template>t</template>",
        "<script type='math/tex'>y</script>",
        "<!-- c -->",
        "<annotation encoding='application/x-tex'>z</annotation>",
        "<iframe src=//youtube.com/embed/a>",
    ]
)


@st.composite
def _elements(draw: st.DrawFn) -> str:
    tag = draw(st.sampled_from((*BLOCKS, *INLINE)))
    attributes = " ".join(draw(st.lists(st.sampled_from(ATTRIBUTES), max_size=2)))
    return f"<{tag} {attributes}>{draw(PAGES)}</{tag}>"


PAGES: st.SearchStrategy[str] = st.deferred(
    lambda: st.lists(st.one_of(WORDS, VOID, _elements()), max_size=5).map("".join)
)
SHARDS = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<div",
            ">",
            '<a href="',
            "'",
            '"',
            "=",
            "<!--",
            "-->",
            "</html>",
            "</body>",
            "<html>",
            "<head>",
            "<title>",
            "</title>",
            "<script>",
            "</script>",
            "<style>",
            "<table>",
            "<td>",
            "</td>",
            "</table>",
            "<li>",
            "<textarea>",
            "<plaintext>",
            "<xmp>",
            "<![CDATA[",
            "]]>",
            "<?php ",
            "&#0;",
            "&#x1b;",
            "&",
            "<",
            "\x00",
            "\x1b",
            "word ",
            "text\n",
            "<h1>",
            "<pre>",
            "<code>",
            "</pre>",
            "<body class=a>",
            "<noscript>",
            "<svg><title>",
            "é",
        ]
    ),
    max_size=40,
).map("".join)
MARKUP = st.one_of(PAGES, SHARDS, st.tuples(PAGES, SHARDS, PAGES).map("".join), st.text(max_size=200))


def shown(text: str) -> Counter[str]:
    """How often each character occurs that law 1 is about."""
    return Counter("".join(without_invisible(text).split()))


def text_nodes(root: etree._Element) -> str:
    """All text nodes that are to be in blocks: a count that knows nothing of the reader's walk."""
    found: list[str] = []
    stack: list[tuple[etree._Element, bool]] = [(root, False)]
    while stack:
        node, is_tail = stack.pop()
        if is_tail:
            found.append(node.tail or "")
            continue
        if node is not root:
            stack.append((node, True))
        if node.tag not in NO_BLOCKS:
            found.append(node.text or "")
            stack.extend((child, False) for child in reversed(node))
    return "".join(found)


def read_html(markup: str, **changes: int) -> Reading:
    return read(Source("t", "text/html", markup), replace(DEFAULT, **changes))  # type: ignore[arg-type]


def page_blocks(reading: Reading) -> list[Block]:
    return [block for block in reading.blocks if block.origin == "page"]


@UNTIMED
@given(MARKUP)
@example("<h2 id=a>T<a class=headerlink href=#a>¶</a></h2><p>x<sup>1</sup></p><p><sup>1</sup> note")
@example("<table><caption>c<tr><td>a<table><tr><td>b</table><td><pre>x</pre><p>y</table>")
@example("<div class=katex>a<annotation encoding='application/x-tex'>b</annotation>c</div>")
@example("<p>a<span class=sidenote>a note in the text<span class=sidenote>and one more in it</span></span>b")
@example("<select><option>a<option>b</select><button>c</button><h1><button>d</button></h1>")
def test_conservation(markup: str) -> None:
    """Law 1: every character of the text nodes is in one block, once; only TeX may come from elsewhere."""
    reading = read_html(markup)
    blocks = page_blocks(reading)
    got = shown("".join(block.text + block.marker for block in blocks))
    formulas = shown("".join(m.target for block in blocks for m in block.marks if m.kind == "formula"))
    trees = [parse(markup, DEFAULT), parse_with_quotes_mended(markup, DEFAULT)]  # which one was read is not told
    wanted = [shown(text_nodes(tree[0])) for tree in trees if tree is not None]
    assert any(not w - got and not (got - w) - formulas for w in wanted)


@UNTIMED
@given(MARKUP)
def test_order_and_shape(markup: str) -> None:
    """Law 2, and what every block promises: its index, marks and cells within its text, link characters counted."""
    reading = read_html(markup)
    start = 0
    for index, block in enumerate(reading.blocks):
        assert block.index == index
        assert all(0 <= m.start <= m.end <= len(block.text) for m in block.marks)
        assert all(0 <= c.start <= c.end <= len(block.text) for c in block.cells)
        assert 0 <= block.link_chars <= len("".join(block.text.split()))
        assert not any(c in block.text for c in "\x00\x1b\u00ad")
        assert (block.level > 0) == (block.kind == "heading")
        if block.origin == "page":
            assert start <= block.place.start <= block.place.end <= len(markup)
            assert 1 <= block.place.first_line <= block.place.last_line <= markup.count("\n") + 1
            start = block.place.start


@UNTIMED
@given(MARKUP)
def test_purity(markup: str) -> None:
    """Law 5: the same markup, the same blocks (elements compared by their paths)."""

    def told(reading: Reading) -> list[tuple[object, ...]]:
        return [
            (b.kind, b.text, b.marker, b.marks, b.containers, b.cells, b.place, b.element and b.element.path)
            for b in reading.blocks
        ]

    assert told(read_html(markup)) == told(read_html(markup))


@UNTIMED
@given(PAGES, st.integers(1, 3))
def test_limit_of_blocks(markup: str, most: int) -> None:
    """`max_blocks` bites without a loss: the rest is in the last block, with a note."""
    whole, limited = read_html(markup), read_html(markup, max_blocks=most)
    assert len(limited.blocks) <= most
    texts = [shown("".join(b.text + b.marker for b in page_blocks(r))) for r in (whole, limited)]
    assert not texts[0] - texts[1]
    assert (len(page_blocks(whole)) <= most) or any(note.code == "too-many-blocks" for note in limited.notes)
