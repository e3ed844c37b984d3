"""The laws of the text reader, over arbitrary text and over generated dumps."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from artextract.invisible import without_invisible
from artextract.model import Block, Reading, Source
from artextract.readers.text import read
from artextract.readers.text_places import part_place
from artextract.settings import DEFAULT

PIECES = st.sampled_from(
    [
        *"\n\n\n\n\t \u3000\xa0|>-*#`~=_+.:;([<",
        *("\r\n", "\r", "\u2028", "\x0c", "\x85", "\u200b", "\u00ad", "\x1b[1m", "\x00", "\ufeff", "\U0001f600"),
        *("- ", "* ", "1. ", "2. ", "(3) ", "一、", "（二）", "① ", "• ", "·", "o ", "   ", "        "),
        *("> ", ">> ", "> > ", "```\n", "~~~py\n", "# ", "## ", "---\n", "=====\n", "| a | b |\n", "|---|---|\n"),
        *("a\tb\n", "\tc\n", "x   y   z\n", "+---+\n", "[logo.png]\n", '[x]: http://a.b/c "t"\n', "[^1]: note\n"),
        *(
            "[a](b)",
            "![i](j)",
            "**",
            "*",
            "_",
            "`",
            "~~",
            "<b>",
            "<!-- c -->",
            "\\",
            "&amp;",
            "http://a.b/c",
            "<a@b.c>",
        ),
        *("word", "Some words of prose, as they come", "会议指出，长治市高度重视", "x = f(y);", "if (a) {", "}"),
        *("Ünïcödé", "한국어 문장", "ไทย", "עברית", "e\u0301", "title: x\n", "- [x] done\n"),
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join))
UNTIMED = settings(deadline=None)
MEDIA = ("text/plain", "text/markdown")


def shown(text: str) -> str:
    """The characters that law 1 is about."""
    return "".join(without_invisible(text).split())


def read_text(text: str, media_type: str = "text/plain", **changes: int) -> Reading:
    return read(Source("t", media_type, text), replace(DEFAULT, **changes))  # type: ignore[arg-type]


def holds(block: Block) -> str:
    return shown(block.text + block.marker)


@pytest.mark.parametrize("media_type", MEDIA)
@given(text=TEXTS)
@example(text="> - a\n> 1. b\n>\n>> c")
@example(text="a\r\r\n\x0bb\x85c")
@UNTIMED
def test_every_character_is_in_one_block(media_type: str, text: str) -> None:
    blocks = read_text(text, media_type).blocks
    assert Counter("".join(map(holds, blocks))) == Counter(shown(text))


@pytest.mark.parametrize("media_type", MEDIA)
@given(text=TEXTS)
@UNTIMED
def test_places_go_forward_and_hold_their_blocks(media_type: str, text: str) -> None:
    end = line = 0
    for number, block in enumerate(read_text(text, media_type).blocks):
        place = block.place
        assert block.index == number and place.exact
        assert end <= place.start < place.end <= len(text)
        assert line <= place.first_line <= place.last_line
        inside = Counter(shown(text[place.start : place.end]))
        assert not Counter(shown(block.text)) - inside
        end, line = place.end, place.first_line


def unified(text: str) -> str:
    """The text with line feeds at the ends of its lines; some programs write a line end twice (CR CR LF)."""
    return re.sub("\r{0,3}\n|\r", "\n", text)


@given(text=TEXTS)
@UNTIMED
def test_lines_are_those_an_editor_counts(text: str) -> None:
    lines = unified(text).split("\n")
    for block in read_text(text).blocks:
        place = block.place
        assert place.first_line == unified(text[: place.start]).count("\n") + 1
        assert place.last_line <= len(lines)
        first = shown(block.text)[:1]
        assert not first or first in "".join(lines[place.first_line - 1 : place.last_line])


@given(text=TEXTS, cut=st.tuples(st.integers(0, 40), st.integers(0, 40)))
@UNTIMED
def test_parts_of_blocks_are_where_they_say(text: str, cut: tuple[int, int]) -> None:
    for block in read_text(text).blocks:
        start, end = min(cut), min(max(cut), len(block.text))
        place = part_place(text, block, start, end)
        assert block.place.start <= place.start < place.end <= block.place.end
        assert block.place.first_line <= place.first_line <= place.last_line <= block.place.last_line
        assert not Counter(shown(block.text[start:end])) - Counter(shown(text[place.start : place.end]))


@pytest.mark.parametrize("media_type", MEDIA)
@given(text=TEXTS)
@UNTIMED
def test_marks_cells_and_white_space_are_in_shape(media_type: str, text: str) -> None:
    for block in read_text(text, media_type).blocks:
        assert all(0 <= m.start <= m.end <= len(block.text) for m in block.marks)
        if block.kind == "table":
            cells = {(c.row, c.column): block.text[c.start : c.end] for c in block.cells}
            rows = block.text.split("\n")
            assert cells == {(r, c): cell for r, row in enumerate(rows) for c, cell in enumerate(row.split("\t"))}
        elif block.kind != "code":
            assert all(line == " ".join(line.split()) for line in block.text.split("\n"))
        assert block.marker == " ".join(block.marker.split())


@pytest.mark.parametrize("media_type", MEDIA)
@given(text=TEXTS)
@UNTIMED
def test_containers_nest(media_type: str, text: str) -> None:
    seen: set[int] = set()
    current: list[int] = []
    for block in read_text(text, media_type).blocks:
        numbers = [c.number for c in block.containers]
        common = 0
        while common < min(len(numbers), len(current)) and numbers[common] == current[common]:
            common += 1
        fresh = numbers[common:]
        assert not seen.intersection(fresh)  # a container that was left is never entered again
        seen.update(fresh)
        current = numbers


@given(text=TEXTS, limit=st.integers(1, 4))
@UNTIMED
def test_blocks_beyond_the_limit_are_merged(text: str, limit: int) -> None:
    whole, few = read_text(text), read_text(text, max_blocks=limit)
    if len(whole.blocks) <= limit:
        assert few == whole
        return
    assert len(few.blocks) == limit
    assert [n.code for n in few.notes] == ["too-many-blocks"]
    assert Counter("".join(map(holds, few.blocks))) == Counter(shown(text))


@pytest.mark.parametrize("media_type", MEDIA)
@given(text=st.text(alphabet="ab .,\n漢字、。", max_size=200))
@UNTIMED
def test_line_ends_do_not_matter(media_type: str, text: str) -> None:
    plain = [(b.kind, b.text, b.marker) for b in read_text(text, media_type).blocks]
    for end in ("\r\n", "\r"):
        assert [(b.kind, b.text, b.marker) for b in read_text(text.replace("\n", end), media_type).blocks] == plain


WORDS = {
    "en": "the of meeting river Paris under 2022 bridge, and slowly walked home. again with old friends",
    "de": "die Straße über gestern, war ein Tag im Oktober. und Donaudampfschifffahrt heute so lange wie",
    "el": "ημέρα του καλή, στην Αθήνα με και χθες. νέα πόλη",
    "ko": "오늘 서울에서 열린 회의는, 매우 길었다. 그리고 다시",
}


@st.composite
def wrapped_paragraphs(draw: st.DrawFn) -> tuple[list[str], str]:
    """Paragraphs, and a dump of them that was wrapped greedily at some width and indented by some margin."""
    random = Random(draw(st.integers(0, 2**32)))
    words = WORDS[draw(st.sampled_from(sorted(WORDS)))].split()
    width = draw(st.integers(55, 85))
    margin = draw(st.sampled_from([0, 0, 2, 3, 4]))
    paragraphs = [[random.choice(words) for _ in range(random.randint(40, 120))] for _ in range(random.randint(3, 6))]
    dump: list[str] = []
    for paragraph in paragraphs:
        line = " " * margin + paragraph[0]
        for word in paragraph[1:]:
            if len(line) + 1 + len(word) > width:
                dump.append(line)
                line = " " * margin + word
            else:
                line += " " + word
        dump += [line, ""]
    return [" ".join(p) for p in paragraphs], "\n".join(dump)


@given(wrapped_paragraphs())
@settings(UNTIMED, max_examples=60)
def test_wrapped_paragraphs_are_joined(case: tuple[list[str], str]) -> None:
    paragraphs, dump = case
    assert [b.text for b in read_text(dump).blocks] == paragraphs


@st.composite
def wrapped_chinese(draw: st.DrawFn) -> tuple[list[str], str]:
    """Chinese paragraphs cut at a width, each begun with two ideographic spaces, with or without empty lines."""
    width = draw(st.integers(30, 40))
    gap = draw(st.sampled_from(["\n", "\n\n"]))
    random = Random(draw(st.integers(0, 2**32)))
    letters = "会议指出长治市高度重视职业教育发展建设现代化体系"
    paragraphs = [
        "".join(random.choices(letters, k=random.randint(90, 200))) + "。" for _ in range(random.randint(3, 6))
    ]
    pieces = []
    for paragraph in paragraphs:
        padded = "\u3000\u3000" + paragraph
        pieces.append("\n".join(padded[i : i + width] for i in range(0, len(padded), width)))
    return paragraphs, gap.join(pieces)


@given(wrapped_chinese())
@settings(UNTIMED, max_examples=60)
def test_wrapped_chinese_is_joined_without_spaces(case: tuple[list[str], str]) -> None:
    paragraphs, dump = case
    assert [b.text for b in read_text(dump).blocks] == paragraphs


SHORT_LINES = st.lists(
    st.sampled_from(
        ["Home", "About us", "Contact", "新闻", "体育", "Sign in", "Latest news from Paris", "12 May 2022"]
    ),
    min_size=1,
    max_size=40,
)
LONG = "The council met again on Tuesday to speak about the bridge, and nobody knew how it would end for the old town. "


@given(SHORT_LINES, st.integers(2, 5))
@UNTIMED
def test_short_lines_of_a_browser_dump_stay_apart(lines: list[str], times: int) -> None:
    dump = "\n".join([*lines, "", LONG * times, "", *lines])
    texts = [b.text for b in read_text(dump).blocks]
    assert texts == [*lines, (LONG * times).strip(), *lines]


SENTENCES = st.lists(
    st.sampled_from([*WORDS["en"].split(), *WORDS["de"].split(), "长治市职业教育大会召开。"]), min_size=3, max_size=60
)
PARAGRAPHS = SENTENCES.map(lambda words: "Then " + " ".join(words) + " it ended.")


@st.composite
def own_output(draw: st.DrawFn) -> tuple[list[str], str]:
    """What the text writer makes of paragraphs, lists and tables; and the texts of their blocks."""
    texts: list[str] = []
    pieces: list[str] = []
    for shape in draw(st.lists(st.sampled_from(["paragraph", "bullets", "numbers", "table"]), min_size=1, max_size=6)):
        parts = draw(st.lists(PARAGRAPHS, min_size=2, max_size=4))
        if shape == "paragraph":
            texts += parts
            pieces += parts
        elif shape == "table":
            rows = "\n".join(f"{p[:20].strip()}\t{n}" for n, p in enumerate(parts))
            texts.append(rows)
            pieces.append(rows)
        else:
            texts += parts
            signs = [f"{n}. " if shape == "numbers" else "- " for n in range(1, 9)]
            depth = draw(st.lists(st.sampled_from(["", "  "]), min_size=4, max_size=4))
            depth = ["", *depth[1:]] if shape == "bullets" else [""] * 4
            pieces.append("\n".join(d + s + p for d, s, p in zip(depth, signs, parts, strict=False)))
    return texts, "\n\n".join(pieces)


@given(own_output())
@UNTIMED
def test_our_own_text_gives_the_same_blocks(case: tuple[list[str], str]) -> None:
    texts, output = case
    assert [b.text for b in read_text(output).blocks] == texts
