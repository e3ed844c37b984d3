"""The text reader, case by case: what each shape of a dump becomes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from artextract.invisible import INVISIBLE, without_invisible
from artextract.model import Block, Reading, Source
from artextract.readers.text import read
from artextract.readers.text_places import part_place
from artextract.scripts import is_cjk, is_unspaced, tokens, width
from artextract.settings import DEFAULT

PROSE = "The council met again on Tuesday to speak about the old bridge, and nobody knew how the evening would end."


def reading(text: str, media_type: str = "text/plain") -> Reading:
    return read(Source("t", media_type, text), DEFAULT)


def blocks(text: str) -> tuple[Block, ...]:
    return reading(text).blocks


def shape(text: str) -> list[tuple[str, str, str]]:
    return [(b.kind, b.marker, b.text) for b in blocks(text)]


def texts(text: str) -> list[str]:
    return [b.text for b in blocks(text)]


# --- lines, places, white space -----------------------------------------------------------------------------------


def test_places_are_exact_whatever_the_line_ends() -> None:
    text = "\ufeffone\r\n\r\n \u3000two\u00a0\u00a0words \rthree\u2028four\x0cfive\n"
    found = [(b.text, text[b.place.start : b.place.end], b.place.first_line, b.blank_before) for b in blocks(text)]
    assert found == [
        ("one", "one", 1, 0),
        ("two words", "two\u00a0\u00a0words", 3, 1),
        ("three", "three", 4, 0),
        ("four", "four", 4, 0),
        ("five", "five", 4, 0),
    ]


def test_doubled_carriage_returns_make_no_empty_lines() -> None:
    assert [b.blank_before for b in blocks("one\r\r\ntwo\r\r\n\r\r\nthree")] == [0, 0, 1]


def test_indents_are_columns() -> None:
    assert [b.indent for b in blocks("a\n\n  b\n\n\tc\n\n\u3000\u3000d\n\n \te")] == [0, 2, 8, 4, 8]


def test_invisible_characters_vanish_and_joiners_stay() -> None:
    (block,) = blocks("co\u00adop\u200b \x1b[31mred\x00 \u202emi\u200cxed \U0001f469\u200d\U0001f52c")
    assert block.text == "coop [31mred mi\u200cxed \U0001f469\u200d\U0001f52c"
    assert not INVISIBLE.intersection(block.text)
    assert without_invisible("a\u200bb") == "ab"


@pytest.mark.parametrize(
    ("text", "part", "lines"),
    [
        ("一\n\n会上,部分代表 发言。(张瀚予)\n", "(张瀚予)", (3, 3)),
        ("- - a b\n- c", "- a", (1, 1)),
        ("Title\n-----\nx", "Title", (1, 1)),
        ("The train to the north leaves at nine from the second platform and\r\nnot so.", "not so", (2, 2)),
    ],
)
def test_a_part_of_a_block_has_its_own_place(text: str, part: str, lines: tuple[int, int]) -> None:
    block = next(b for b in blocks(text) if part in b.text)
    start = block.text.rindex(part)
    place = part_place(text, block, start, start + len(part))
    assert text[place.start : place.end] == part
    assert (place.first_line, place.last_line) == lines


@pytest.mark.parametrize("text", ["", " \n\t\u3000\r\n", "\u200b\ufeff\x00"])
def test_nothing_visible_is_no_block(text: str) -> None:
    assert blocks(text) == ()


def test_too_many_blocks_are_merged_with_a_note() -> None:
    text = "\n".join(f"line {n}" for n in range(10))
    found = read(Source("t", "text/plain", text), replace(DEFAULT, max_blocks=3))
    assert [b.text for b in found.blocks] == ["line 0", "line 1", " ".join(f"line {n}" for n in range(2, 10))]
    assert (found.blocks[2].place.first_line, found.blocks[2].place.last_line) == (3, 10)
    assert [n.code for n in found.notes] == ["too-many-blocks"]


# --- paragraphs and wrapped lines ---------------------------------------------------------------------------------

LYNX = """\
                                 The Old Bridge

   (BUTTON) Menu
     * Home
     * News and other things that happen in the town and that we think
       you should read
          + Sport
          + Weather
     * About

A heading at the edge, so long that it takes the whole of a line and then
some more

   The council met again on Tuesday to speak about the old bridge, and
   nobody knew how the evening would end. It had rained for three days,
   and the river stood higher than anybody could remember.

   By Ann Other
   10 May 2022
   [bridge.jpg]

   A second paragraph is here, and it is just as long as the first one,
   which helps to see where they end.
   ____________________ (BUTTON) Search
"""


def test_a_lynx_dump_is_put_together() -> None:
    found = [(b.kind, b.text) for b in blocks(LYNX)]
    assert found == [
        ("heading", "The Old Bridge"),
        ("paragraph", "(BUTTON) Menu"),
        ("list_item", "Home"),
        ("list_item", "News and other things that happen in the town and that we think you should read"),
        ("list_item", "Sport"),
        ("list_item", "Weather"),
        ("list_item", "About"),
        ("heading", "A heading at the edge, so long that it takes the whole of a line and then some more"),
        (
            "paragraph",
            "The council met again on Tuesday to speak about the old bridge, and nobody knew how the evening would "
            "end. "
            "It had rained for three days, and the river stood higher than anybody could remember.",
        ),
        ("paragraph", "By Ann Other"),
        ("paragraph", "10 May 2022"),
        ("image", ""),
        (
            "paragraph",
            "A second paragraph is here, and it is just as long as the first one, which helps to see where they end.",
        ),
        ("paragraph", "____________________ (BUTTON) Search"),
    ]


def test_nested_lists_of_lynx_have_containers() -> None:
    home, news, sport, weather, about = blocks(LYNX)[2:7]
    list_, item = news.containers
    assert home.containers[0] == list_ == about.containers[0]
    assert home.containers[1] != item
    assert sport.containers[:2] == (list_, item) == weather.containers[:2]
    assert sport.containers[2] == weather.containers[2]
    assert [c.kind for c in sport.containers] == ["list", "item", "list", "item"]


MAIL = """\
Dear all,

thank you for coming on Tuesday. We have talked about the bridge for
so long that I would like to write down what we said, before it is
forgotten again:

- the bridge stays where it is, and it will be painted in the colour
  that the children chose
- no lorries on Sundays
(2) is not a list here, and this line is long enough to be broken up
(3) but who can say.

With kind regards to everybody who was there and to those who could
not come, yours

Ann
"""


def test_a_mail_wrapped_at_seventy_columns_is_put_together() -> None:
    found = texts(MAIL)
    assert found[1].startswith("thank you for coming on Tuesday. We") and found[1].endswith("forgotten again:")
    assert found[2] == "the bridge stays where it is, and it will be painted in the colour that the children chose"
    assert found[3] == "no lorries on Sundays"
    assert found[-2].endswith("those who could not come, yours")
    assert (found[0], found[-1]) == ("Dear all,", "Ann")


CHINESE = (
    "通知称，统调燃煤发电机组超发电价由原来的提高至0.338元每千瓦时，两天之后的一月六日公告表示根据近日收到的国家发改委文件，"
    "上海江苏浙江的超发电价将分别提高至每兆瓦时二百八十元。由于超发电价的提高可以上溯到去年，一位人士表现得极为兴奋。"
)


@pytest.mark.parametrize(
    ("size", "margin", "lead"), [(25, "", "　　"), (25, "   ", "　　"), (60, "   ", ""), (26, "", "")]
)
def test_chinese_lines_are_joined_without_spaces(size: int, margin: str, lead: str) -> None:
    padded = lead + CHINESE * 2
    dump = "\n".join(margin + padded[i : i + size] for i in range(0, len(padded), size))
    assert texts(dump) == [CHINESE * 2]


def test_lines_wrapped_by_columns_may_differ_in_characters() -> None:
    lines = [
        "ある日の暮方の事である。一人の下人が、2つの門の下で雨を",
        "待っていた。広い門の下には、この男のほかに誰もいない。",
        "ただ、所々丹塗の剥げた、大きな円柱に、a cricketが一匹と",
        "まっている。",
    ]
    assert texts("\n".join(lines)) == ["".join(lines)]


def test_first_line_indents_part_paragraphs() -> None:
    dump = (
        "    It was late when the train left the station of the little town,\n"
        "and nobody was on the platform but a man with a lamp who looked at\n"
        "his watch and shook his head at what he saw there.\n"
        "    The next day it rained, and the man with the lamp had gone away\n"
        "to see his sister, who lived behind the hills in a house with a red\n"
        "door and a dog.\n"
    )
    assert [t[:6] for t in texts(dump)] == ["It was", "The ne"]


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("a well-", "known man", "a well-known man"),
        ("一二三", "四五", "一二三四五"),
        ("서울에서", "열린", "서울에서 열린"),
    ],
)
def test_what_a_break_stands_for(above: str, below: str, joined: str) -> None:
    filler = "".join(f"to see how the lines of this paragraph{n} go on until the very end of it\n" for n in "abc")
    width_ = 69 - len(above) if above == "一二三" else 69
    lead = "x" * (width_ - len(above) - 1) + " " + above
    assert joined in texts(f"{filler}{lead}\n{below} and so on it goes from here to there\n")[0]


def test_short_lines_of_a_browser_dump_are_blocks_of_their_own() -> None:
    dump = "Home\nAbout us\nSign in\n10 May 2022 | Ann Other\nShare this\n\n" + PROSE * 3 + "\n\nMore news\nWeather\n"
    assert texts(dump)[:5] == ["Home", "About us", "Sign in", "10 May 2022 | Ann Other", "Share this"]
    assert texts(dump)[-2:] == ["More news", "Weather"]


def test_list_of_titles_of_like_length_is_not_joined() -> None:
    titles = [
        "Green Striped Summer Blouse With Long Sleeves And Buttons Size 16 New",
        "Black White Cotton Tunic Top With Pockets For Women Size 12 Nearly New",
        "Halterneck Top In Blue And Green With Fine Stripes For Summer Size 22",
        "Olive Green Off White Floral Tie Neck Blouse For The Office In Size 10",
        "Vintage Style Top From The Nineties With A Floral Print Size 10 Unworn",
        "Three Pack Of Seamless Stretch Vests In Black White Grey In All Sizes",
    ]
    assert texts("\n".join(titles)) == titles


def test_two_wrapped_lines_of_a_short_note_are_joined() -> None:
    assert texts("The train to the north leaves at nine from the second platform and\nnot from the first.\n") == [
        "The train to the north leaves at nine from the second platform and not from the first."
    ]


def test_a_key_and_its_value_stay_one_line() -> None:
    dump = "发布时间: 2022-05-10   |  来源: 长治日报\nAuthor: Ann Other\n"
    assert shape(dump) == [
        ("paragraph", "", "发布时间: 2022-05-10 | 来源: 长治日报"),
        ("paragraph", "", "Author: Ann Other"),
    ]


def test_one_long_line_is_one_paragraph() -> None:
    assert len(blocks(PROSE * 10_000)) == 1


# --- headings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dump", "level", "marker", "title"),
    [
        (f"What the council said\n\n{PROSE}\n", 2, "", "What the council said"),
        (f"2.1 What the council said\n\n{PROSE}\n", 3, "", "2.1 What the council said"),
        (f"会议强调什么\n\n{'会议强调,全市上下要深刻认识到发展现代职业教育。' * 3}\n", 2, "", "会议强调什么"),
        (f"The Bridge\n==========\n{PROSE}\n", 1, "==========", "The Bridge"),
        (f"The Bridge\n----------\n{PROSE}\n", 2, "----------", "The Bridge"),
        (f"==========\nThe Bridge\n==========\n{PROSE}\n", 1, "========== ==========", "The Bridge"),
        (f"## The Bridge\n\n{PROSE}\n", 2, "##", "The Bridge"),
    ],
)
def test_headings(dump: str, level: int, marker: str, title: str) -> None:
    first, second = blocks(dump)
    assert (first.kind, first.level, first.marker, first.text) == ("heading", level, marker, title)
    assert second.kind == "paragraph"


@pytest.mark.parametrize(
    "line",
    ["He said no.", "Date: 10 May", "2022-05-10", "By Ann Other", "[bridge]", "“Never”", "分享到:", PROSE, "***x"],
)
def test_lines_that_are_no_headings(line: str) -> None:
    assert blocks(f"{line}\n\n{PROSE}\n")[0].kind == "paragraph"


# --- lists --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "signs", "ordinals"),
    [
        (["- a", "- b"], ["-", "-"], [None, None]),
        (["· 长治", "·教育"], ["·", "·"], [None, None]),
        (["•\u00a0one", "• two"], ["•", "•"], [None, None]),
        (["1. a", "2. b", "3. c"], ["1.", "2.", "3."], [1, 2, 3]),
        (["9) a", "10) b"], ["9)", "10)"], [9, 10]),
        (["1.加强", "2.提高"], ["1.", "2."], [1, 2]),
        (["（一）甲", "（二）乙"], ["（一）", "（二）"], [1, 2]),
        (["九、甲", "十、乙", "十一、丙"], ["九、", "十、", "十一、"], [9, 10, 11]),
        (["① x", "② y"], ["①", "②"], [1, 2]),
        (["a) x", "b) y"], ["a)", "b)"], [1, 2]),
        (["(i) x", "(ii) y"], None, None),
        (["■ 一", "■ 二"], ["■", "■"], [None, None]),
    ],
)
def test_signs_of_items(lines: list[str], signs: list[str] | None, ordinals: list[int | None] | None) -> None:
    found = blocks("\n".join(lines))
    if signs is None or ordinals is None:
        assert [b.text for b in found] == lines
        return
    assert [b.kind for b in found] == ["list_item"] * len(lines)
    assert [b.marker for b in found] == signs
    assert [b.containers[-1].ordinal for b in found] == ordinals
    assert len({b.containers[0].number for b in found}) == 1
    assert found[0].containers[0].attribute("ordered") == (None if ordinals[0] is None else "1")


@pytest.mark.parametrize(
    "line", ["1. FC Köln won", "5月9日,大会召开", "■ 概要", "A. Smith was there", "-5 degrees", "3.5 m"]
)
def test_one_number_alone_makes_no_item(line: str) -> None:
    assert shape(line) == [("paragraph", "", line)]


def test_numbered_sections_with_paragraphs_between_are_no_list() -> None:
    dump = f"一、总体要求\n\n{'会议' * 60}。\n\n二、主要任务\n\n{'会议' * 60}。\n"
    assert [b.kind for b in blocks(dump)] == ["heading", "paragraph", "heading", "paragraph"]


def test_own_list_output_nests_by_two_spaces() -> None:
    found = blocks("- a\n- b\n  - c\n    1. d\n    2. e\n  more of b\n- f\n")
    assert [b.text for b in found] == ["a", "b", "c", "d", "e", "more of b", "f"]
    assert [sum(c.kind == "item" for c in b.containers) for b in found] == [1, 1, 2, 3, 3, 1, 1]
    assert found[5].containers == found[1].containers


def test_numbers_that_were_left_out_do_not_part_a_list() -> None:
    assert len({b.containers[0].number for b in blocks("1. a\n2. b\n5. c\n")}) == 1


# --- separators, tables, code, quotes -----------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["-----", "____________", "* * *", "=====", "————————", "~~~~~~~", "•", "|", ">"])
def test_separators_are_markers(line: str) -> None:
    found = shape(f"{PROSE}\n\n{line}\n\n{PROSE}")
    assert found[1] == ("separator", line, "")


@pytest.mark.parametrize("line", ["--", "……", "...", "-_-", "C++"])
def test_what_is_no_separator(line: str) -> None:
    assert shape(line) == [("paragraph", "", line)]


@pytest.mark.parametrize(
    ("dump", "marker", "text"),
    [
        ("Name\tAge\nAnn\t5\nBob\t\nCid\t7\n", "", "Name\tAge\nAnn\t5\nBob\nCid\t7"),
        ("\tMon\tTue\nAnn\t1\t2\n", "", "\tMon\tTue\nAnn\t1\t2"),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n", "||| |---|---| |||", "a\tb\n1\t2"),
        ("a | b\n--|--\n1 | 2\n", "| --|-- |", "a\tb\n1\t2"),
        ("+---+--+\n| a |b |\n+---+--+\n| 1 |2 |\n+---+--+\n", "+---+--+ ||| +---+--+ ||| +---+--+", "a\tb\n1\t2"),
        ("┌──┬──┐\n│a │b │\n├──┼──┤\n│1 │2 │\n└──┴──┘\n", "┌──┬──┐ │││ ├──┼──┤ │││ └──┴──┘", "a\tb\n1\t2"),
        ("City   Folk\nRome    2,8\nParis   2,1\n", "", "City\tFolk\nRome\t2,8\nParis\t2,1"),
    ],
)  # fmt: skip
def test_tables(dump: str, marker: str, text: str) -> None:
    (table,) = blocks(dump)
    assert (table.kind, table.marker, table.text) == ("table", marker, text)
    assert [table.text[c.start : c.end] for c in table.cells if c.row == 0] == text.split("\n")[0].split("\t")


@pytest.mark.parametrize(
    "dump",
    [
        "首页|新闻|体育\n首页|新闻|体育\n",
        "One sentence.  Another one here.\nAnd a third.  And the fourth one.\nSo it goes.  It is over now.\n",
        "a\tb\n",
    ],
)
def test_lines_that_are_no_tables(dump: str) -> None:
    assert all(b.kind == "paragraph" for b in blocks(dump))


def test_fenced_code_is_verbatim() -> None:
    dump = "Look:\n\n```python\ndef f(x):\n\n\treturn  x\n```\nend"
    assert shape(dump)[1] == ("code", "```python ```", "def f(x):\n\n\treturn  x")
    assert blocks(dump)[1].language == "python"


def test_a_fence_without_its_partner_is_a_line() -> None:
    assert texts("```\na\nb") == ["```", "a", "b"]


def test_bare_code_of_a_browser_dump_is_one_block() -> None:
    code = "const a = fetch(url);\n\na.then((r) => {\n  console.log(r.ok);\n});"
    found = shape(f"Try this:\n\n{code}\n\n{PROSE}\n")
    assert found == [("paragraph", "", "Try this:"), ("code", "", code), ("paragraph", "", PROSE)]


@pytest.mark.parametrize(
    "line", ["We use the f(x) of old; it is (so to say) good.", "The price (see below) is high;", "She said: no, never"]
)
def test_prose_is_no_code(line: str) -> None:
    assert [b.kind for b in blocks("\n".join([line] * 4))] == ["paragraph"] * 4


def test_quotes_are_containers() -> None:
    found = blocks("Ann wrote:\n> one\n>\n> - two\n>> three\n> if (a) {\n>   b();\n> }\n")
    assert [(b.kind, b.text, b.marker) for b in found] == [
        ("paragraph", "Ann wrote:", ""),
        ("paragraph", "one", "> >"),
        ("list_item", "two", "- >"),
        ("paragraph", "three", ">>"),
        ("code", "if (a) {\n  b();\n}", "> > >"),
    ]
    assert [sum(c.kind == "quote" for c in b.containers) for b in found] == [0, 1, 1, 2, 1]


# --- our own output -----------------------------------------------------------------------------------------------


def test_prose_is_kept_whole() -> None:
    paragraphs = [PROSE, "“No,” he said.", "It rained.", PROSE * 4, "And then?", "5月9日,大会召开。会议指出:要重视。"]
    assert texts("\n\n".join(paragraphs)) == paragraphs


# --- Markdown -----------------------------------------------------------------------------------------------------


def md(text: str) -> list[tuple[str, str, str]]:
    return [(b.kind, b.marker, b.text) for b in reading(text, "text/markdown").blocks]


def marks(text: str) -> list[tuple[str, str, str, str]]:
    (block,) = reading(text, "text/markdown").blocks
    return [(m.kind, block.text[m.start : m.end], m.target, m.title) for m in block.marks]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("# A *b* ##", [("heading", "# * * ##", "A b")]),
        ("A\n===\nb", [("heading", "===", "A"), ("paragraph", "", "b")]),
        ("one\ntwo\n\nthree", [("paragraph", "", "one two"), ("paragraph", "", "three")]),
        ("一二\n三四", [("paragraph", "", "一二三四")]),
        ("one  \ntwo\\\nthree", [("paragraph", "\\", "one\ntwo\nthree")]),
        ("- a\n  b\n- c", [("list_item", "-", "a b"), ("list_item", "-", "c")]),
        ("- a\n\n  b", [("list_item", "-", "a"), ("paragraph", "", "b")]),
        ("1) a\n1) b", [("list_item", "1)", "a"), ("list_item", "1)", "b")]),
        ("- [x] a\n- [ ] b", [("list_item", "- [x]", "a"), ("list_item", "- [ ]", "b")]),
        ("-\n- a", [("list_item", "-", ""), ("list_item", "-", "a")]),
        ("```py\nx\n\n  y\n```", [("code", "```py ```", "x\n\n  y")]),
        ("~~~\nx\n", [("code", "~~~", "x")]),
        ("    a\n\n      b", [("code", "", "a\n\n  b")]),
        ("a\n    b", [("paragraph", "", "a b")]),
        ("> a\nb\n>> c", [("paragraph", ">", "a b"), ("paragraph", "> >", "c")]),
        ("* * *", [("separator", "* * *", "")]),
        ("|a|b|\n|-|:-:|\n|`c`|\\*|", [("table", "||| |-|:-:| ||| ` ` \\", "a\tb\nc\t*")]),
        ("a\n- b\n2. c", [("paragraph", "", "a"), ("list_item", "-", "b"), ("list_item", "2.", "c")]),
        ("<!-- a\n\nb -->\nc", [("paragraph", "<!-- a b -->", ""), ("paragraph", "", "c")]),
        ("![a](b.png)", [("image", "![ a ](b.png)", "")]),
        ("• a\n一、b", [("paragraph", "", "• a 一、b")]),
    ],
)
def test_markdown_blocks(source: str, found: list[tuple[str, str, str]]) -> None:
    assert md(source) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("**a *b***", [("strong", "a b", "", ""), ("emphasis", "b", "", "")]),
        ("a_b_c __d__", [("strong", "d", "", "")]),
        ("**粗体。**后", [("strong", "粗体。", "", "")]),
        ("~~a~~ `b*c*`", [("strike", "a", "", ""), ("code", "b*c*", "", "")]),
        ("[a *b*](u 'T')", [("link", "a b", "u", "T"), ("emphasis", "b", "", "")]),
        ("[a](b(c)d) <https://e.f>", [("link", "a", "b(c)d", ""), ("link", "https://e.f", "https://e.f", "")]),
        ("see https://a.b/c.", [("link", "https://a.b/c", "https://a.b/c", "")]),
        ("x ![alt *t*](i.png) y", [("image", "", "i.png", "alt t")]),
        ("H<sub>2</sub>O<br>x", [("subscript", "2", "", "")]),
        ("\\*a\\* *b", []),
    ],
)
def test_markdown_marks(source: str, found: list[tuple[str, str, str, str]]) -> None:
    assert marks(source) == found


def test_markdown_references_and_footnotes() -> None:
    source = "A [b][r] and [r] and note[^n].\n\n[r]: /u 'T'\n\n[^n]: Said\n    so.\n"
    text, definition, note = reading(source, "text/markdown").blocks
    assert [(m.kind, m.target, m.title) for m in text.marks] == [
        ("link", "/u", "T"), ("link", "/u", "T"), ("footnote", "n", "")
    ]  # fmt: skip
    assert (text.text, definition.text, note.text) == ("A b and r and noten.", "", "Said so.")
    assert text.link_chars == 2
    assert (note.containers[0].kind, note.containers[0].attribute("id")) == ("footnote", "n")


def test_markdown_lists_nest_and_count() -> None:
    found = reading("3. a\n   - [x] b\n\n     c\n4. d\n", "text/markdown").blocks
    assert [[c.kind for c in b.containers] for b in found] == [["list", "item"] * n for n in (1, 2, 2, 1)]
    assert [b.containers[1].ordinal for b in found] == [3, 3, 3, 4]
    assert found[1].containers[3].attribute("checked") == "1"


def test_markdown_call_outs() -> None:
    title, block = reading("> [!NOTE] Mind\n> the gap", "text/markdown").blocks
    (container,) = block.containers
    assert (title.kind, title.text, title.marker) == ("caption", "Mind", "> [!NOTE]")
    assert (block.text, container.kind, title.containers) == ("the gap", "admonition", block.containers)
    assert (container.attribute("type"), container.attribute("title")) == ("note", "Mind")


def test_front_matter_becomes_facts() -> None:
    source = '---\ntitle: "A \\"b\\""\nauthors: [Ann, \'Bob C\']\ntags:\n  - x\n  - y\ndate: 2022\nfoo: bar\n---\n# A\n'
    found = reading(source, "text/markdown")
    assert [(f.field, f.value) for f in found.facts] == [
        ("title", 'A "b"'), ("authors", "Ann"), ("authors", "Bob C"), ("tags", "x"), ("tags", "y"), ("date", "2022"),
    ]  # fmt: skip
    assert [b.text for b in found.blocks] == ["", "A"]
    assert all(f.place is not None and f.raw in source[f.place.start : f.place.end] for f in found.facts)


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert md("---\nSome prose here.\n\n---\n")[0] == ("separator", "---", "")


# --- scripts ------------------------------------------------------------------------------------------------------


def test_scripts() -> None:
    assert tokens("長治 Straße_1, カナ。한국 e\u0301") == ["長", "治", "straße_1", "カ", "ナ", "한", "국", "e"]
    assert [is_cjk(c) for c in "長한ー。a"] == [True, True, True, False, False]
    assert [is_unspaced(c) for c in "長한ー。a"] == [True, False, True, True, False]
    assert (width("ab"), width("長a。"), width("ü…")) == (2, 5, 2)


def test_markdown_formulas() -> None:
    inline, price, display = reading("a $x^2$ b\n\n$5 and $6, \\$y\\$\n\n$$\nx\n= y\n$$\n", "text/markdown").blocks
    assert (inline.text, [(m.kind, m.target) for m in inline.marks]) == ("a x^2 b", [("formula", "x^2")])
    assert (price.text, price.marks) == ("$5 and $6, $y$", ())
    assert (display.kind, display.text, display.marker) == ("formula", "x\n= y", "$$ $$")


def test_markdown_images_stand_in_their_links() -> None:
    alone, within = reading("[![Gate](/g.jpg)](/gate)\n\n[the ![G](/g.jpg)](/gate)\n", "text/markdown").blocks
    assert alone.kind == "image"
    assert [(m.kind, m.target) for m in alone.marks] == [("image", "/g.jpg"), ("link", "/gate")]
    assert [(m.start, m.end, m.kind) for m in within.marks] == [(0, 3, "link"), (3, 3, "image"), (3, 3, "link")]


def test_markdown_readings_tabs_and_cells() -> None:
    ruby, code, table = reading(
        "<ruby>雪<rt>ゆき</rt></ruby>国\n\n```c\n\tint a;\n```\n\n| a │ b | `c\\|d` |\n| --- | --- |\n| x<br>y | z |\n",
        "text/markdown",
    ).blocks
    assert (ruby.text, [(m.kind, m.target) for m in ruby.marks]) == ("雪国", [("ruby", "ゆき")])
    assert code.text == "\tint a;"
    assert table.text == "a │ b\tc|d\nx y\tz"
    assert ("break", 11) in [(m.kind, m.start) for m in table.marks]
