"""The writers on documents made by hand: text, Markdown, JSON, explain."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from pages import markdown

from artextract import extract
from artextract.article import Article
from artextract.model import (
    Block,
    Cell,
    Container,
    Document,
    Element,
    Fact,
    Mark,
    Metadata,
    Note,
    Page,
    Place,
    Reading,
    Source,
    Verdict,
)
from artextract.settings import Settings
from artextract.writers import WRITERS, writer_for
from artextract.writers.explain import ledger_lines, ledger_records
from artextract.writers.json import KEYS, dumps_line, schema_text, to_dict, word_count


def block(kind: Any, text: str = "", **fields: Any) -> Block:
    return Block(fields.pop("index", 0), kind, text, fields.pop("place", Place(1, 1)), **fields)


def article(*blocks: Block, verdicts: tuple[Verdict, ...] = (), **fields: Any) -> Article:
    """An article of `blocks`, numbered in order; `fields` are those of Metadata, and url, page, settings, notes."""
    places = (Place(i + 1, i + 1, i, i + 1, True) for i in range(len(blocks)))
    numbered = tuple(replace(b, index=i, place=p) for i, (b, p) in enumerate(zip(blocks, places, strict=True)))
    source = Source("dir/a.html", "text/html", "", url=fields.pop("base", None), sha256="0" * 64)
    reading = Reading(numbered, page=fields.pop("page", Page()), notes=fields.pop("notes", ()))
    settings = fields.pop("settings", Settings())
    return Article(Document(source, reading, verdicts), Metadata(**fields), settings)


def items(*ordinals: int | None, number: int = 1, outer: tuple[Container, ...] = ()) -> list[tuple[Container, ...]]:
    """The containers of the items of one list."""
    ordered = (("ordered", "1"),) if ordinals[0] is not None else ()
    parent = Container("list", number, attributes=ordered)
    return [(*outer, parent, Container("item", number * 100 + i, o)) for i, o in enumerate(ordinals)]


# -- text ----------------------------------------------------------------------------------------------------------


def test_text_separates_blocks_and_keeps_code_as_it_is() -> None:
    code = block("code", "def f():\n\n    return 1\n")
    made = article(block("heading", "Harbour", level=2), block("paragraph", "It froze."), code)
    assert made.text == "Harbour\n\nIt froze.\n\ndef f():\n\n    return 1"


def test_text_nests_lists_by_two_spaces_with_their_own_markers() -> None:
    first, second = items(4, 5)
    inner = items(None, None, number=2, outer=second)
    made = article(
        block("list_item", "four", containers=first),
        block("list_item", "five", containers=second),
        block("list_item", "bullet", containers=inner[0]),
        block("paragraph", "more of it", containers=inner[0]),
        block("list_item", "another\nline", containers=inner[1]),
        block("paragraph", "After."),
    )
    expected = "4. four\n5. five\n  - bullet\n    more of it\n  - another\n    line\n\nAfter."
    assert made.text == expected


def test_text_of_a_dump_keeps_its_numbers_and_turns_bullets_into_dashes() -> None:
    rows = (("•", "one", 0), ("·", "two", 2), ("（一）", "three", 0), ("3)", "four", 0))
    made = article(*(block("list_item", text, marker=marker, indent=indent) for marker, text, indent in rows))
    assert made.text == "- one\n  - two\n（一）three\n3) four"


def test_text_of_a_table_has_one_row_a_line() -> None:
    cells = (Cell(0, 0, 0, 4, True), Cell(0, 1, 5, 8, True), Cell(1, 0, 9, 13), Cell(1, 1, 14, 18))
    made = article(block("table", "Port\tIce\nRiga\t4 cm", cells=cells))
    assert made.text == "Port\tIce\nRiga\t4 cm"


def test_notes_stand_at_the_end_and_formulas_are_tex() -> None:
    note = (Container("footnote", 9, attributes=(("id", "fn1"),)),)
    marks = (Mark(5, 6, "footnote", "#fn1"), Mark(15, 18, "formula", "E=mc^2"))
    made = article(
        block("paragraph", "Sense1 follows mc2 here", marks=marks),
        block("paragraph", "Seen twice.", containers=note, marker="1."),
        block("paragraph", "The last words."),
    )
    assert made.text == "Sense[1] follows E=mc^2 here\n\nThe last words.\n\n[1] Seen twice."
    assert made.markdown == "Sense[^1] follows $E=mc^2$ here\n\nThe last words.\n\n[^1]: Seen twice."


def test_a_dropped_range_leaves_no_hole() -> None:
    text = "The ice is thick. (Advertisement) Nobody sails.（张瀚予）"
    drop = tuple(
        Verdict(0, "other", "t.rule", span=(text.index(part), text.index(part) + len(part)))
        for part in ("(Advertisement)", "（张瀚予）")
    )
    assert article(block("paragraph", text), verdicts=drop).text == "The ice is thick. Nobody sails."


def test_labels_to_keep_are_kept() -> None:
    blocks = (block("paragraph", "Body."), block("paragraph", "First!"))
    verdicts = (Verdict(1, "comment", "t.rule"),)
    assert article(*blocks, verdicts=verdicts).text == "Body."
    assert article(*blocks, verdicts=verdicts, settings=Settings(keep=("comment",))).text == "Body.\n\nFirst!"


def test_no_output_holds_controls_or_lone_surrogates() -> None:
    made = article(
        block("paragraph", "a\x1b[31mb\x00\x85c\ud800\u2028d"),
        block("code", "x\x9b1\x07"),
        title="T\x1b]0;x\x07",
        notes=(Note("mojibake", "\x1b"),),
        settings=Settings(title=True),
    )
    for name in WRITERS:
        written = writer_for(name)(made, made.settings)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", written), name
    assert made.text == "a[31mb c\ufffd d\n\nx1"


# -- Markdown ------------------------------------------------------------------------------------------------------


def test_markdown_of_plain_structure() -> None:
    quote = (Container("quote", 5),)
    made = article(
        block("heading", "Ice # 1 #", level=2),
        block("paragraph", "One\ntwo"),
        block("separator", marker="* * *"),
        block("paragraph", "Quoted", containers=quote),
        block("paragraph", "again", containers=quote),
        block("code", "```\nx", language="C++ <b>"),
        block("formula", "x^2\n\n+1"),
    )
    assert made.markdown == (
        "## Ice # 1 \\#\n\nOne  \ntwo\n\n---\n\n> Quoted\n>\n> again\n\n~~~C++b\n```\nx\n~~~\n\n$$\nx^2\n+1\n$$"
    )


def test_markdown_lists_open_and_close_by_their_neighbours() -> None:
    first, second = items(3, 4)
    inner = items(None, number=2, outer=first)
    other = items(None, number=7)
    made = article(
        block("list_item", "three", containers=first),
        block("list_item", "inner", containers=inner[0]),
        block("code", "x\n\ny", containers=inner[0]),
        block("list_item", "four", containers=second),
        block("list_item", "other list", containers=other[0]),
        block("list_item", "quoted", containers=(*items(None, number=8)[0], Container("quote", 99))),
    )
    assert made.markdown == (
        "3. three\n   - inner\n\n     ```\n     x\n\n     y\n     ```\n\n4. four\n\n- other list\n\n* > quoted"
    )


def test_task_boxes_and_markers_unknown_to_markdown() -> None:
    done = Container("item", 2, attributes=(("checked", "1"),))
    made = article(
        block("list_item", "done", containers=(Container("list", 1), done)),
        block("paragraph", "."),
        block("list_item", "甲", marker="（一）"),
    )
    assert made.markdown == "- [x] done\n\n.\n\n- （一）甲"
    assert made.text == "- [x] done\n\n.\n\n（一）甲"


def test_a_link_from_a_picture_to_itself_is_no_link() -> None:
    marks = (Mark(0, 0, "image", "/small/ship.png?w=200"), Mark(0, 0, "link", "https://e.org/big/ship.png"))
    assert article(block("image", marks=marks)).markdown == "![](/small/ship.png?w=200)"


def test_an_image_in_text_may_stand_there_again() -> None:
    marks = (Mark(3, 3, "image", "/f.png", "E"), Mark(12, 12, "image", "/f.png", "E"))
    one, two = block("paragraph", "an eq stands", marks=marks[:1]), block("paragraph", "E: is again.", marks=marks[1:])
    assert article(one, two, block("image", marks=(Mark(0, 0, "image", "/f.png"),))).markdown == (
        "an ![E](/f.png) eq stands\n\nE: is again.![E](/f.png)"
    )


def test_the_title_of_an_admonition_is_its_first_line() -> None:
    around = (Container("admonition", 3, attributes=(("type", "tip"), ("title", "Thin *ice*"))),)
    title, text = block("caption", "Thin *ice*", containers=around), block("paragraph", "Stay off.", containers=around)
    made = article(title, text, block("paragraph", "Now.", containers=around))
    assert made.markdown == "> [!tip] Thin \\*ice\\*\n> Stay off.\n>\n> Now."
    assert made.text == "Thin *ice*\n\nStay off.\n\nNow."
    assert article(title, block("code", "x", containers=around)).markdown == (
        "> [!tip] Thin \\*ice\\*\n>\n> ```\n> x\n> ```"
    )


def test_admonitions_are_call_outs() -> None:
    around = (Container("admonition", 3, attributes=(("type", "Warning"), ("title", "Thin *ice*"))),)
    made = article(block("paragraph", "Stay off.", containers=around), block("code", "x", containers=around))
    assert made.markdown == "> [!warning] Thin \\*ice\\*\n> Stay off.\n>\n> ```\n> x\n> ```"


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://e.org/x", "[here](https://e.org/x)"),
        ("/b?c=d#e", "[here](https://e.org/b?c=d#e)"),
        ("b c", "[here](https://e.org/dir/b%20c)"),
        ("#top", "[here](https://e.org/dir/page#top)"),
        ("//cdn.e.org/x", "[here](https://cdn.e.org/x)"),
        ("mailto:a@e.org", "[here](mailto:a@e.org)"),
        ("/wiki/A_(b)", "[here](https://e.org/wiki/A_(b))"),
        ("/a)b", "[here](https://e.org/a\\)b)"),
        ("?a=1&lt;=2", "[here](https://e.org/dir/page?a=1&amp;lt;=2)"),
        ("javascript:alert(1)", "here"),
        ("java\nscript:alert(1)", "here"),
        ("\x01 JavaScript:alert(1)", "here"),
        ("data:text/html,x", "here"),
        ("vbscript:x", "here"),
        ("http://[broken", "[here](http://[broken)"),
        ("", "here"),
    ],
)
def test_links_are_absolute_and_harmless(target: str, expected: str) -> None:
    text = block("paragraph", "Look here", marks=(Mark(5, 9, "link", target),))
    assert article(text, base="https://e.org/dir/page").markdown == f"Look {expected}"


def test_the_base_element_counts_before_the_page_address() -> None:
    text = block("paragraph", "here", marks=(Mark(0, 4, "link", "x"),))
    made = article(text, base="https://e.org/dir/page", page=Page(base_url="/other/"))
    assert made.markdown == "[here](https://e.org/other/x)"
    assert article(text, url="https://e.org/canonical").markdown == "[here](https://e.org/x)"


def test_images_are_shown_once_and_never_as_data() -> None:
    picture = (Mark(0, 0, "image", "/a.png", "A [ship]"), Mark(0, 0, "link", "/big"))
    made = article(
        block("image", marks=picture),
        block(
            "paragraph", "Text ", marks=(Mark(5, 5, "image", "/a.png"), Mark(5, 5, "image", "data:image/png;base64,AA"))
        ),
        block("image", marks=(Mark(0, 0, "image", "/b.png"),)),
        base="https://e.org/",
    )
    assert made.markdown == (
        "[![A \\[ship\\]](https://e.org/a.png)](https://e.org/big)\n\nText\n\n![](https://e.org/b.png)"
    )
    without = Article(made.document, made.metadata, Settings(images=False, links=False))
    assert without.markdown == "Text"


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("你好。世界", (Mark(0, 3, "strong"),), "**你好**。世界"),
        ("a (b)c", (Mark(2, 5, "emphasis"),), "a <em>(b)</em>c"),
        ("one two", (Mark(0, 4, "strong"), Mark(4, 7, "emphasis")), "**one** *two*"),
        ("ab", (Mark(0, 1, "strong"), Mark(1, 2, "strong")), "**ab**"),
        ("ab", (Mark(0, 1, "strong"), Mark(1, 2, "emphasis")), "**a**<em>b</em>"),
        ("ab c", (Mark(0, 2, "strong"), Mark(1, 4, "emphasis")), "**a<em>b</em>** c"),
        ("x`y`", (Mark(0, 4, "code"),), "`` x`y` ``"),
        ("H2O", (Mark(1, 2, "subscript"),), "H<sub>2</sub>O"),
        ("gone", (Mark(0, 4, "strike"),), "~~gone~~"),
        ("x", (Mark(0, 1, "link", "/a"), Mark(0, 1, "code")), "[`x`](/a)"),
    ],
)
def test_inline_markup(text: str, marks: tuple[Mark, ...], expected: str) -> None:
    assert article(block("paragraph", text, marks=marks)).markdown == expected


def test_dollars_are_escaped_where_a_formula_stands_in_the_same_paragraph() -> None:
    page = "<p>It costs $5, <b>a$</b> and <math alttext='x^2'><mi>x</mi></math>.</p><p>Only $5.</p>"
    assert markdown(page) == "It costs \\$5, **a\\$** and $x^2$.\n\nOnly $5."


def test_tables_escape_pipes_and_spread_spans() -> None:
    cells = (Cell(0, 0, 0, 4, True, colspan=2), Cell(1, 0, 5, 8), Cell(1, 1, 9, 14))
    marks = (Mark(5, 8, "code"), Mark(11, 11, "break"))
    made = article(block("table", "wide\na|b\tc1 d2", cells=cells, marks=marks))
    assert made.markdown == "| wide |  |\n| --- | --- |\n| `a\\|b` | c1<br>d2 |"


def test_what_markdown_cannot_hold_becomes_an_html_table() -> None:
    many = "\t".join(f"c<{i}>" for i in range(70))
    made = article(block("table", many))
    assert made.markdown.startswith("<table>\n<tr>\n<td>c&lt;0&gt;</td>\n")
    assert made.markdown.endswith("</tr>\n</table>")
    assert "\n\n" not in made.markdown


def test_the_title_is_not_repeated_as_first_heading() -> None:
    body = (block("heading", "The  Ice!", level=1), block("paragraph", "Text."))
    made = article(*body, title="The Ice")
    assert made.markdown == "Text."
    write = writer_for("markdown")
    assert write(made, Settings(front_matter=False)) == "# The Ice\n\nText.\n"
    assert write(made, Settings()) == '---\ntitle: "The Ice"\n---\n\nText.\n'
    assert write(made, Settings(title=True)) == '---\ntitle: "The Ice"\n---\n\n# The Ice\n\nText.\n'


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        ("<title>A first year of bees</title>", True),
        ("<title>Feeding in spring | Bee Notes</title>", False),
        ("<title>Feeding in Spring</title>", False),
        ("<title>Bee notes</title><meta property='og:title' content='Feeding in spring'>", False),
        ("", False),
    ],
)
def test_a_headline_stays_in_markdown_where_the_head_calls_the_page_something_else(head: str, shown: bool) -> None:
    prose = "Thin syrup goes on the hive as soon as the first willows are in flower and the bees are out by noon. "
    page = f"<html><head>{head}</head><body><article><h1>Feeding in spring</h1><p>{prose * 2}<p>{prose * 3}</article>"
    made = extract(page, name="bees.html")
    assert made.markdown.startswith("# Feeding in spring\n\nThin syrup") is shown
    assert made.text.startswith("Thin syrup")
    if made.title == "Feeding in spring":
        assert "\n# Feeding" not in writer_for("markdown")(made, Settings())
        assert writer_for("markdown")(made, Settings(front_matter=False)).count("# Feeding in spring") == 1


def test_no_title_breaks_out_of_the_front_matter() -> None:
    made = article(block("paragraph", "x"), title='a"\n---\nadmin: \x85true\u2028\ufeff\\', authors=("A: b", "- c"))
    head = writer_for("markdown")(made, made.settings).split("\n")
    assert head[:4] == ["---", 'title: "a\\"\\n---\\nadmin:  true \\ufeff\\\\"', 'authors: ["A: b", "- c"]', "---"]


# -- JSON ----------------------------------------------------------------------------------------------------------


def test_json_has_all_keys_in_order_and_the_schema_takes_it() -> None:
    made = article(
        block("heading", "T", level=1),
        block("paragraph", "Body of it."),
        block("paragraph", "Share"),
        verdicts=(Verdict(0, "title", "t.a"), Verdict(2, "share", "t.b")),
        title="T",
        date="2022-05-10",
        language="zh-Hans",
        notes=(Note("too-deep", "x"),),
    )
    record = to_dict(made, "a/b.html", None)
    assert tuple(record) == KEYS == tuple(json.loads(schema_text())["required"])
    jsonschema.validate(record, json.loads(schema_text()))
    assert record["removed"] == {"share": {"blocks": 1, "chars": 5}, "title": {"blocks": 1, "chars": 1}}
    assert (record["text"], record["char_count"], record["word_count"]) == ("Body of it.", 11, 3)
    assert (record["original_title"], record["authors"], record["input"]["path"]) == (None, [], "a/b.html")


def test_fields_choose_keys_without_changing_their_order() -> None:
    made = article(block("paragraph", "Body."), title="T", settings=Settings(fields=("text", "title")))
    assert list(to_dict(made).items()) == [("title", "T"), ("text", "Body.")]


def test_a_line_of_json_is_one_line_to_every_program() -> None:
    line = dumps_line({"text": "a\nb\x85c\u2028d\u2029"})
    assert line.splitlines() == [line[:-1]]
    assert json.loads(line) == {"text": "a\nb\x85c\u2028d\u2029"}


def test_words() -> None:
    assert [word_count(text) for text in ("", "one two's 3", "长治 ok", "カナ。々", "한국어 글")] == [0, 4, 3, 3, 2]


# -- explain -------------------------------------------------------------------------------------------------------


def explained() -> Article:
    won = Fact("title", "The Ice", "meta.og-title", Place(1, 1), 0.9)
    lost = Fact("title", "Ice | Site", "meta.title", Place(1, 1), 0.7)
    return article(
        block("paragraph", "The ice\tis \x1b[31mthick."),
        block("paragraph", "Nobody sails. (AP)"),
        block("paragraph", "The ice is thick."),
        block("separator", marker="***"),
        verdicts=(
            Verdict(1, "credit", "t.unknown", 0.75, span=(14, 18)),
            Verdict(2, "duplicate", "repeats.unknown", copy_of=0),
        ),
        title="The Ice",
        chosen=(won,),
        facts=(won, lost),
    )


def test_the_plain_ledger() -> None:
    lines = explained().explain().splitlines()
    assert "# title: The Ice  [meta.og-title 0.90, line 1]" in lines
    assert "#   not: Ice | Site  [meta.title 0.70, line 1]" in lines
    at = lines.index("lines\tkept\tlabel\trule\tscore\tevidence\ttext")
    assert [line.split("\t") for line in lines[at + 1 :]] == [
        ["1", "kept", "body", "-", "-", "-", "The ice\\tis \\x1b[31mthick."],
        ["2[0:14]", "kept", "body", "-", "-", "-", "Nobody sails. "],
        ["2[14:18]", "dropped", "credit", "t.unknown", "0.75", "-", "(AP)"],
        ["3", "dropped", "duplicate", "repeats.unknown", "1.00", "repeats block 0 (line 1)", "The ice is thick."],
        ["4", "kept", "body", "-", "-", "-", "***"],
    ]


def test_the_ledger_as_json_lines() -> None:
    rows = [json.loads(line) for line in ledger_lines(explained(), "a.html", "1 b").splitlines()]
    assert rows == list(ledger_records(explained(), "a.html", "1 b"))
    assert rows[2] == {
        "path": "a.html",
        "member": "1 b",
        "block": 1,
        "kind": "paragraph",
        "lines": [2, 2],
        "chars": [1, 2],
        "span": [14, 18],
        "kept": False,
        "label": "credit",
        "rule": "t.unknown",
        "score": 0.75,
        "evidence": None,
        "text": "(AP)",
    }


def test_every_format_has_a_writer() -> None:
    made = article(block("paragraph", "Body.", element=Element("p")), title="T")
    for name in ("text", "markdown", "json", "jsonl", "explain"):
        assert writer_for(name)(made, made.settings).endswith("\n")
    assert writer_for("text")(article(), Settings()) == ""
    with pytest.raises(KeyError):
        writer_for("pdf")
