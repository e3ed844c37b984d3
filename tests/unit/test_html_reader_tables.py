"""Tables: spans, headers, captions, what stands in cells; tables that lay out a page, and those around code."""

from __future__ import annotations

import pytest
from pages import blocks, markdown, text


def test_a_table_with_caption_and_header() -> None:
    page = "<table><caption>Boats</caption><thead><tr><th>Name<th>m</thead><tr><td>Elsa<td>12</table>"
    assert markdown(page) == "Boats\n\n| Name | m |\n| --- | --- |\n| Elsa | 12 |"
    assert text(page) == "Boats\n\nName\tm\nElsa\t12"


def test_cells_stand_in_the_columns_that_spans_leave() -> None:
    page = (
        "<table><tr><th rowspan=2>Name<th colspan=2>Size<tr><th>Length<th>Width"
        "<tr><td>Elsa<td rowspan=2>12<td>3<tr><td>Mira<td>4</table>"
    )
    (table,) = blocks(page)
    assert [(c.row, c.column, table.text[c.start : c.end]) for c in table.cells] == [
        (0, 0, "Name"), (0, 1, "Size"), (1, 1, "Length"), (1, 2, "Width"),
        (2, 0, "Elsa"), (2, 1, "12"), (2, 2, "3"), (3, 0, "Mira"), (3, 2, "4"),
    ]  # fmt: skip
    assert markdown(page).split("\n")[2:] == ["|  | Length | Width |", "| Elsa | 12 | 3 |", "| Mira |  | 4 |"]


def test_a_span_over_all_columns_costs_no_more_than_its_cells() -> None:
    page = "<table>" + "<tr><th rowspan=65000 colspan=1000>a<td>b" * 300 + "</table>"
    assert sum(len(block.text) for block in blocks(page)) < 10_000


def test_lists_breaks_and_markup_in_cells() -> None:
    page = (
        "<table><tr><th>Name<th>Parts<tr><td><b>Elsa</b><td><ul><li>mast<li>keel</ul>"
        "<tr><td>a | b<td>one<br><a href=/x>two</a></table>"
    )
    assert markdown(page).split("\n")[2:] == ["| **Elsa** | mast<br>keel |", "| a \\| b | one<br>[two](/x) |"]


@pytest.mark.parametrize(
    "page",
    [
        "<table width=100%><tr><td><p>Left.</p></td><td><h2>Right</h2><p>Said.</p></td></tr></table>",
        "<table role=presentation><tr><td>Left.<td>Right<tr><td>Said.<td>x</table>",
        "<table><tr><td><table><tr><td>Left.</table><td>Right<tr><td>Said.</table>",
    ],
)
def test_tables_that_lay_out_are_unwrapped(page: str) -> None:
    found = blocks(page)
    assert all(block.kind != "table" for block in found)
    assert [block.text for block in found][:2] == ["Left.", "Right"]


def test_data_tables_in_a_layout_keep_their_grid() -> None:
    inner = "<table><tr><td>Ctrl+A<td>start<tr><td>Ctrl+E<td>end</table>"
    page = f"<table><tr><td><b>Moving</b>{inner}</td><td><b>Files</b>{inner.replace('Ctrl', 'Alt')}</td></tr></table>"
    assert [block.kind for block in blocks(page)] == ["paragraph", "table", "paragraph", "table"]


@pytest.mark.parametrize(
    "page",
    [
        "<table class=highlight><tr><td class=gutter><pre>1\n2</pre><td class=code><pre>a\n  b</pre></table>",
        "<div class=highlight><table class=lntable><tr><td class=lntd><pre><span class=lnt>1\n</span>"
        "<span class=lnt>2\n</span></pre><td class=lntd><pre>a\n  b</pre></table></div>",
        "<table><tr><td class='blob-num' data-line-number=1><td class=blob-code>a"
        "<tr><td class='blob-num' data-line-number=2><td class=blob-code>  b</table>",
        "<div class=syntaxhighlighter><table><tr><td class=gutter><div class=line>1</div><div class=line>2</div><td class=code>"
        "<div class=line><code>a</code></div><div class=line><code>&nbsp;&nbsp;</code><code>b</code></div></table></div>",
    ],
)
def test_tables_around_code_are_code(page: str) -> None:
    (listing,) = [block for block in blocks(page) if block.text]
    assert (listing.kind, listing.text.replace("\xa0", " ")) == ("code", "a\n  b")


def test_what_markdown_cannot_hold_is_an_html_table_with_all_its_text() -> None:
    cell = "<br>".join(f"line {n}" for n in range(20))
    page = f"<table><tr><th>A<th colspan=2>B &amp; C<tr><td>x<td>{cell}<td>&lt;y&gt;</table>"
    written = markdown(page)
    assert written.startswith('<table>\n<tr>\n<th>A</th>\n<th colspan="2">B &amp; C</th>\n</tr>')
    assert "line 19" in written and "<td>&lt;y&gt;</td>" in written
