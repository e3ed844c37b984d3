"""Repeated bodies: what is a copy, which copy stays, and what only looks like one."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from artextract.model import Block, Container, Document, Kind, Place, Reading, Source, Verdict
from artextract.settings import DEFAULT, Settings
from artextract.stages import repeats
from artextract.stages.repeats_match import chains
from artextract.stages.repeats_stream import Ranges, letters, repeated_size, stream_of

TITLE = "Harbour bridge closes for six weeks of repairs"
BODY = [
    "The old harbour bridge will be closed to all traffic from Monday morning, the town council said on Thursday.",
    "Engineers found cracks in two of the eleven bearings during a routine inspection in March.",
    "Buses on the lines 4 and 17 will take the long way round by the paper mill, which adds about twelve minutes.",
    "Shopkeepers on the east bank are worried. “We live from people who walk past,” said Ottilie Brandt, a baker.",
    "The repairs cost 2.4 million and are paid for by the county, not by the town.",
    "A ferry for cyclists and people on foot runs every twenty minutes between six in the morning and nine at night.",
]
MENU = ["Home", "News", "Weather", "Sport", "Contact", "Subscribe"]
FOOTER = ["About us", "Imprint", "Privacy", "© 2024 Harbour Gazette", "All rights reserved"]

ZH_TITLE = "山区小学迎来第一座图书馆"
ZH_BODY = [
    "本报讯 昨天上午,云岭乡中心小学的图书馆正式启用,三百多名学生第一次在自己的学校里借到了书。",
    "这座两层小楼由旧粮仓改建而成,一楼是阅览室,二楼是活动室,共有藏书一万二千册。",
    "校长李春梅介绍说,改建工程历时九个月,村民们义务出工,搬运砖石,修好了通往学校的小路。",
    "“以前最远的孩子要走两个小时山路去县城看书。”她说,“现在他们放学以后就能读书了。”",
    "图书馆周末也向村民开放,县文化馆将定期派人前来指导。",
]


def document(lines: Sequence[str | tuple[Kind, str]], verdicts: Iterable[Verdict] = ()) -> Document:
    """A document with one block a line; lines are paragraphs unless they say what else they are."""
    blocks = []
    for i, line in enumerate(lines):
        kind, text = ("paragraph", line) if isinstance(line, str) else line
        blocks.append(Block(i, kind, text, Place(i + 1, i + 1)))
    return Document(
        Source("test", "text/plain", "\n".join(b.text for b in blocks)), Reading(tuple(blocks)), tuple(verdicts)
    )


def judged(lines: Sequence[str | tuple[Kind, str]], verdicts: Iterable[Verdict] = ()) -> Document:
    before = document(lines, verdicts)
    return before.judged(repeats.judge(before, DEFAULT))


def kept(doc: Document) -> list[str]:
    """The body, a string for each block that keeps some of its text."""
    texts = []
    for block, rulings in zip(doc.blocks, doc.rulings(), strict=True):
        text = "".join(block.text[r.start : r.end] for r in rulings if r.label == "body").strip()
        if text:
            texts.append(text)
    return texts


def rules(doc: Document) -> set[str]:
    return {v.rule for v in doc.verdicts if v.label == "duplicate"}


def dropped(lines: Iterable[int], label: str = "navigation") -> list[Verdict]:
    """Verdicts of an earlier stage that dropped these blocks."""
    return [Verdict(i, label, "structure.test") for i in lines]  # type: ignore[arg-type]


def assert_untouched(lines: Sequence[str | tuple[Kind, str]], verdicts: Iterable[Verdict] = ()) -> None:
    doc = judged(lines, verdicts)
    assert not rules(doc), [v for v in doc.verdicts if v.rule.startswith("repeat.")]


# --- copies


def test_second_copy_is_dropped_whatever_lies_between() -> None:
    lines = [TITLE, *BODY, *FOOTER, TITLE, *BODY]
    doc = judged(lines, dropped(range(7, 12)))
    assert kept(doc) == [TITLE, *BODY]
    assert rules(doc) == {"repeat.exact", "repeat.frame"} or rules(doc) == {"repeat.exact"}


def test_copy_of_names_the_block_that_is_repeated() -> None:
    doc = judged([TITLE, *BODY, TITLE, *BODY])
    copies = {v.block: v.copy_of for v in doc.verdicts}
    assert copies == {i + 7: i for i in range(7)}


def test_chinese_copy_is_dropped() -> None:
    lines = [ZH_TITLE, "2024-03-11 来源:云岭日报", *ZH_BODY, "版权所有", "首页 > 教育", ZH_TITLE, *ZH_BODY]
    doc = judged(lines, dropped([1, 7, 8]))
    assert kept(doc) == [ZH_TITLE, *ZH_BODY]


def test_first_copy_goes_when_the_second_follows_the_metadata() -> None:
    lines = [*BODY, *MENU, TITLE, "By Ada Lund", "4 May 2024", *BODY, *FOOTER]
    roles = [Verdict(12, "title", "title.test"), Verdict(13, "byline", "test"), Verdict(14, "dateline", "test")]
    doc = judged(lines, [*dropped([*range(6, 12), *range(21, 26)]), *roles])
    assert kept(doc) == BODY
    assert {v.block for v in doc.verdicts if v.label == "duplicate"} == set(range(6))


def test_first_copy_stays_when_nothing_speaks_for_the_second() -> None:
    doc = judged([*BODY, *MENU, *BODY], dropped(range(6, 12)))
    assert kept(doc) == BODY
    assert {v.block for v in doc.verdicts if v.label == "duplicate"} == set(range(12, 18))


@pytest.mark.parametrize("separator", [" ", ""])
def test_copy_on_one_line(separator: str) -> None:
    doc = judged([TITLE, *BODY, *FOOTER, separator.join(BODY)], dropped(range(7, 12)))
    assert kept(doc) == [TITLE, *BODY]
    zh = judged([ZH_TITLE, *ZH_BODY, "版权所有", separator.join(ZH_BODY)], dropped([6]))
    assert kept(zh) == [ZH_TITLE, *ZH_BODY]


def test_one_line_copy_first_gives_way_to_the_one_in_paragraphs() -> None:
    doc = judged([" ".join(BODY), *MENU, *BODY], dropped(range(1, 7)))
    assert kept(doc) == BODY


def test_copy_broken_in_other_lines() -> None:
    words = " ".join(BODY).split()
    wrapped = [" ".join(words[i : i + 9]) for i in range(0, len(words), 9)]
    doc = judged([TITLE, *BODY, *FOOTER, *wrapped], dropped(range(7, 12)))
    assert kept(doc) == [TITLE, *BODY]


@pytest.mark.parametrize("paragraphs", [2, 3, 4])
def test_copy_that_breaks_off(paragraphs: int) -> None:
    half = [*BODY[:paragraphs], BODY[paragraphs][:40]]
    doc = judged([TITLE, *BODY, *FOOTER, TITLE, *half], dropped(range(7, 12)))
    assert kept(doc) == [TITLE, *BODY]


def test_teaser_before_the_full_text() -> None:
    teaser = [BODY[0], BODY[1][:60] + "…"]
    doc = judged([TITLE, *teaser, "Read more", *BODY], dropped([3]))
    assert kept(doc) == [TITLE, *BODY]


def test_lead_that_stands_above_the_text_again() -> None:
    doc = judged([TITLE, BODY[0], "4 May 2024", *BODY], dropped([2]))
    assert kept(doc) == [TITLE, *BODY]
    assert rules(doc) == {"repeat.exact"}
    assert [v.block for v in doc.verdicts if v.label == "duplicate"] == [1]


def test_copies_that_differ_in_quotes_spaces_and_widths() -> None:
    changed = [
        line.replace("“", '"').replace("”", '"').replace(" ", "\u00a0 ", 3).replace(",", "，").replace("2.4", "２.４")
        for line in BODY
    ]
    doc = judged([TITLE, *BODY, *FOOTER, *changed], dropped(range(7, 12)))
    assert kept(doc) == [TITLE, *BODY]
    wide = [line.replace(",", "，").replace("“", "「").replace("”", "」") for line in ZH_BODY]
    assert wide != ZH_BODY
    assert kept(judged([ZH_TITLE, *wide, "版权所有", *ZH_BODY], dropped([6]))) == [ZH_TITLE, *wide]


@pytest.mark.parametrize("credit", ["(Ada Lund)", " Editor: Ada Lund", "责任编辑:张乐"])
def test_credit_glued_to_the_copy_goes_with_it(credit: str) -> None:
    doc = judged([TITLE, *BODY, *FOOTER, *BODY[:-1], BODY[-1] + credit], dropped(range(7, 12)))
    assert kept(doc) == [TITLE, *BODY]
    assert "repeat.near" in rules(doc)


def test_credit_lines_after_both_copies() -> None:
    lines = [ZH_TITLE, *ZH_BODY, "原标题:云岭小学的图书馆", "版权所有", ZH_TITLE, *ZH_BODY, "原标题:云岭小学的图书馆"]
    doc = judged(lines, [*dropped([7]), Verdict(6, "credit", "zh.test")])
    assert kept(doc) == [ZH_TITLE, *ZH_BODY]


def test_lines_that_only_one_copy_has() -> None:
    with_captions = [BODY[0], "Advertisement", *BODY[1:3], "The bridge in 1931", *BODY[3:]]
    doc = judged([TITLE, *with_captions, *FOOTER, *BODY], dropped(range(9, 14)))
    assert kept(doc) == [TITLE, *with_captions]
    # the clean copy first: nothing is lost, and the lines of the other one stay where they are
    doc = judged([*BODY, *FOOTER, TITLE, *with_captions], dropped(range(6, 11)))
    assert kept(doc) == [TITLE, *with_captions]


def test_the_more_complete_copy_stays() -> None:
    doc = judged([TITLE, *BODY[:4], *FOOTER, *BODY], dropped(range(5, 10)))
    assert kept(doc) == [TITLE, *BODY]


def test_the_union_loses_no_paragraph() -> None:
    first = [*BODY[:2], *BODY[3:]]
    second = [*BODY[:4], *BODY[5:]]
    doc = judged([TITLE, *first, *FOOTER, *second], dropped(range(6, 11)))
    found = kept(doc)
    assert sorted(found) == sorted([TITLE, *BODY])


def test_a_sentence_that_only_the_one_line_copy_has_is_kept() -> None:
    extra = "Nobody was hurt when a piece of railing fell into the water last autumn."
    one_line = " ".join([*BODY[:3], extra, *BODY[3:]])
    doc = judged([TITLE, *BODY, *FOOTER, one_line], dropped(range(7, 12)))
    assert kept(doc) == [TITLE, one_line]
    # where the copy in paragraphs has something of its own too, both are kept, each once
    own = "The harbour master has asked the owners of tall ships to wait until the repairs are finished."
    more = "He will send a pilot to those who cannot wait, and nobody has to pay for that."
    doc = judged([TITLE, *BODY, own, more, *FOOTER, one_line], dropped(range(9, 14)))
    assert kept(doc) == [TITLE, *BODY, own, more, extra]
    assert "repeat.partial" in rules(doc)


def test_three_copies() -> None:
    doc = judged([TITLE, *BODY, *FOOTER, *BODY, *FOOTER, *BODY], dropped([*range(7, 12), *range(18, 23)]))
    assert kept(doc) == [TITLE, *BODY]


@pytest.mark.parametrize(
    "paragraph",
    [
        "The reading room of the town library stays closed on Mondays until the end of the summer holidays.",
        "县图书馆的阅览室在暑假结束以前每逢星期一都不开放,请各位读者互相转告。",
    ],
)
def test_an_article_of_one_paragraph(paragraph: str) -> None:
    doc = judged([TITLE, paragraph, *FOOTER, TITLE, paragraph], dropped(range(2, 7)))
    assert kept(doc) == [TITLE, paragraph]


def test_both_copies_in_one_block() -> None:
    text = " ".join(BODY)
    doc = judged([TITLE, text + " " + text])
    assert kept(doc) == [TITLE, text]


# --- with the verdicts of other stages


def test_nothing_happens_where_the_other_copy_is_dropped_already() -> None:
    lines = [TITLE, *BODY, *FOOTER, *BODY]
    assert_untouched(lines, dropped(range(7, 18)))
    assert_untouched(lines, dropped(range(1, 12)))


def test_the_copy_that_was_kept_stays() -> None:
    doc = judged([TITLE, *BODY, *FOOTER, *BODY], dropped([1, 2, 3, *range(7, 12)]))
    assert kept(doc) == [TITLE, *BODY]


def test_a_paragraph_dropped_in_the_copy_that_stays_is_restored() -> None:
    lines = [TITLE, *BODY, "4 May", "We will keep you informed about the state of the work.", *FOOTER, *BODY]
    doc = judged(lines, dropped([3, 7, *range(9, 14)], "other"))
    assert kept(doc) == [TITLE, *BODY, lines[8]]
    assert [v.block for v in doc.verdicts if v.rule == "repeat.restored"] == [3]


def test_what_a_certain_rule_dropped_is_not_restored() -> None:
    lines = [TITLE, *BODY, "We will keep you informed about the state of the work.", *FOOTER, *BODY]
    certain = Verdict(3, "legal", "en.test", certain=True)
    doc = judged(lines, [*dropped(range(8, 13)), certain])
    assert BODY[2] not in kept(doc)


def test_leftovers_of_a_dropped_copy_go_too() -> None:
    """Other stages dropped the second copy but for one paragraph."""
    doc = judged([TITLE, *BODY, *FOOTER, *BODY], dropped([*range(7, 14), *range(15, 18)]))
    assert kept(doc) == [TITLE, *BODY]


def test_embedded_text_that_is_unused_is_no_copy() -> None:
    lines = [TITLE, *BODY, " ".join(BODY)]
    assert_untouched(lines, [Verdict(7, "unused", "embedded.unused")])
    doc = document(lines)
    embedded = replace(doc.blocks[7], origin="embedded")
    assert not list(repeats.judge(replace(doc, reading=Reading((*doc.blocks[:7], embedded))), DEFAULT))


def test_labels_that_are_kept_on_request_count_as_kept() -> None:
    lines = [TITLE, *BODY, *BODY]
    comments = [Verdict(i, "comment", "test") for i in range(7, 13)]
    before = document(lines, comments)
    assert not list(repeats.judge(before, DEFAULT))
    found = list(repeats.judge(before, Settings(keep=("comment",))))
    assert {v.block for v in found} == set(range(7, 13))


def test_a_rule_can_be_switched_off() -> None:
    before = document([TITLE, *BODY, "Menu", *BODY[:-1], BODY[-1] + " (Ada Lund)"], dropped([7]))
    found = repeats.judge(before, Settings(disable=("repeat.exact",)))
    assert [v.rule for v in found] == ["repeat.near"]


# --- what repeats without being a copy

CHORUS = [
    "Oh carry me over the water",
    "Oh carry me over the foam",
    "The lamp in the window is burning",
    "And somebody waits for me home",
]
VERSES = [
    [
        "I went to the market on Friday",
        "With nothing to sell but my shoes",
        "The baker he gave me a penny",
        "For singing him some of the news",
    ],
    [
        "The winter came over the mountain",
        "The river was hard as a stone",
        "I asked for a bed at the miller's",
        "He showed me the road all alone",
    ],
    [
        "Now April has opened the harbour",
        "And boats are as many as birds",
        "I have not a penny for passage",
        "I pay for my place with my words",
    ],
]


def test_chorus_of_a_song() -> None:
    verse_by_verse = [line for verse in VERSES for line in (*verse, *CHORUS)]
    assert_untouched(["The Ferry Song", *verse_by_verse])
    assert_untouched(["The Ferry Song", *["\n".join(part) for verse in VERSES for part in (verse, CHORUS)]])
    assert_untouched(["The Ferry Song", *VERSES[0], *CHORUS, *VERSES[1], *CHORUS])


def test_refrain_of_a_speech() -> None:
    refrain = "We did not come this far to turn around at the last hill, and we will not turn around today."
    lines = [part for paragraph in BODY for part in (paragraph + " " + paragraph[::-1], refrain)]
    assert_untouched(lines)


def test_quoted_sentence() -> None:
    pull_quote = "“We live from people who walk past,” said Ottilie Brandt, a baker on the east bank of the river."
    lines = [TITLE, *BODY[:3], pull_quote, *BODY[4:5], "Others agree. " + pull_quote, BODY[5]]
    assert_untouched(lines)


def test_forum_quote_in_a_container() -> None:
    post = " ".join(BODY[:3])
    answer = (
        "I would rather they built a new one a mile upstream, where the road does not have to bend around the mill."
    )
    doc = document(["Bridge closed?", post, "Otto", post, answer], dropped([2]))
    quote = (Container("quote", 1),)
    blocks = list(doc.blocks)
    blocks[3] = Block(3, "paragraph", post, Place(4, 4), containers=quote)
    quoted = Document(doc.source, Reading(tuple(blocks)), doc.verdicts)
    assert not list(repeats.judge(quoted, DEFAULT))


@pytest.mark.parametrize(
    "cue", ["Ottilie wrote:", "Originally posted by ferryman", "Zitat:", "ferryman 发表于 2024-3-1"]
)
def test_forum_quote_in_a_dump(cue: str) -> None:
    post = " ".join(BODY[:3])
    answer = (
        "I would rather they built a new one a mile upstream, where the road does not have to bend around the mill."
    )
    assert_untouched(["Bridge closed?", post, "Otto", cue, post, answer, answer[::-1], BODY[5], BODY[4]], dropped([2]))


def test_same_card_twice() -> None:
    cards = [
        f"{place}: two rooms, a kitchen and a view over the {water}, from {price} a night"
        for place, water, price in [
            ("Alder House", "harbour", 80),
            ("Birch House", "river", 65),
            ("Cedar House", "mill pond", 90),
            ("Elm House", "estuary", 72),
            ("Fir House", "old docks", 110),
            ("Hazel House", "canal", 95),
        ]
    ]
    assert_untouched(["Places to stay", *cards, cards[2], *BODY])


def test_terms_for_several_countries() -> None:
    terms = (
        "Receive a tenth off your order of {} or more. The offer is valid until the end of the month in all our shops, "
        "cannot be combined with others, may not be used for gift cards, and may be ended at any time. "
        "Goods that are sent back are refunded at the price that was paid for them."
    )
    lines = [
        line
        for c, sum_ in [("UK", "£40"), ("US", "$55"), ("EU", "€50"), ("CA", "$70")]
        for line in (c, terms.format(sum_))
    ]
    assert_untouched(["Terms of our offers", *lines])


def test_boilerplate_of_every_entry_in_a_reference() -> None:
    note = "Returns an error if the connection was closed before the reply had been read to its end."
    entries = [
        line
        for name in ("open", "read", "write", "seek", "flush", "close")
        for line in (name, f"The function {name} works on the handle that was given to it, {name[::-1] * 9}.", note)
    ]
    assert_untouched(["Reference", *entries])


def test_equal_rows_of_a_table() -> None:
    rows = "\n".join(
        ["Monday\t9:00\tYoga with Anna in the small hall\t12", "Tuesday\t10:00\tChoir in the large hall\t9"] * 20
    )
    assert_untouched(["Courses", ("table", rows), *BODY])
    listing = "\n".join(["def handle(request, response, settings):", "    return response.render(request)"] * 12)
    assert_untouched(["Example", ("code", listing), *BODY])


def test_table_header_that_repeats() -> None:
    header = "Station\tDeparture on weekdays\tDeparture on Sundays\tPlatform\tNotes for cyclists"
    tables: list[tuple[Kind, str]] = [
        ("table", f"{header}\n{name}\t{i}:05\t{i}:35\t{i}\tnone") for i, name in enumerate(MENU, 5)
    ]
    assert_untouched(["Timetable", *tables, *BODY])


def test_questions_in_a_table_of_contents() -> None:
    questions = [
        "How long will the harbour bridge be closed to cars and buses?",
        "Which way do the buses on the lines 4 and 17 take?",
        "Who pays for the repairs of the two broken bearings?",
        "Can I cross the river with a bicycle on a Sunday morning?",
        "Where do I find out whether the ferry runs in a storm?",
    ]
    answers = [f"{body} {body[::-1]}" for body in BODY]
    lines = ["Questions", *questions, *[line for q, a in zip(questions, answers, strict=False) for line in (q, a)]]
    assert_untouched(lines)


def test_listing_with_equal_rows() -> None:
    rows = [
        line for i in range(60) for line in (f"Item {i % 7}", "In stock, sent within two working days", "Add to basket")
    ]
    assert_untouched(["All items", *rows])


def test_traditional_and_simplified_are_different_text() -> None:
    traditional = "本報訊 昨天上午,雲嶺鄉中心小學的圖書館正式啟用,三百多名學生第一次在自己的學校裡借到了書。"
    assert_untouched([ZH_TITLE, ZH_BODY[0], traditional])


def test_plain_article_has_no_verdicts() -> None:
    assert_untouched([TITLE, *BODY])
    assert_untouched([ZH_TITLE, *ZH_BODY])
    assert_untouched([])
    assert_untouched(["", "…", "-"])


# --- size


def pseudo_words(n: int, seed: int) -> list[str]:
    return [f"w{zlib.crc32(f'{seed}/{i}'.encode()):08x}" for i in range(n)]


def test_many_near_equal_lines_are_no_copy() -> None:
    lines = [f"2024-05-04 12:00:{i:06d} worker finished the request without an error in 12 ms" for i in range(20_000)]
    assert_untouched(lines)


def test_many_equal_lines_are_no_copy() -> None:
    assert_untouched(["worker finished the request without an error in 12 milliseconds"] * 20_000)


def test_a_long_document_twice() -> None:
    words = pseudo_words(60_000, 1)
    paragraphs = [" ".join(words[i : i + 60]) + "." for i in range(0, len(words), 60)]
    doc = judged([*paragraphs, *paragraphs])
    assert kept(doc) == paragraphs


def test_a_run_without_any_break() -> None:
    assert_untouched(["a" * 200_000])
    assert_untouched(["x1" * 50_000, "x1" * 50_000, "y" * 10])


# --- the parts


def test_letters_fold_what_does_not_matter() -> None:
    assert letters("“Ｄon’t” — stop，now!") == letters('"Don\'t" - stop, NOW')
    assert letters("İstanbul") == "İstanbul"


def test_chains_keep_the_order() -> None:
    blocks = document([*BODY, *MENU, *BODY]).blocks
    stream = stream_of(blocks)
    first, *_ = chains(stream.text, stream.anchors)
    assert first[0].first == 0
    assert sum(m.length for m in first) == len(letters(" ".join(BODY)))
    for match in first:
        assert stream.text[match.first : match.first_end] == stream.text[match.second : match.second_end]


def test_repeated_size_sees_copies_and_passes_over_plain_text() -> None:
    assert repeated_size("\n".join([*BODY, " ".join(BODY)]))[0] > 500
    assert repeated_size("\n".join([*ZH_BODY, *ZH_BODY]))[0] > 500
    size, before = repeated_size("\n".join([*BODY, BODY[3]]))
    assert 45 <= size <= 2 * len(BODY[3])
    assert 100 <= before <= len(" ".join(BODY[:4]))
    for text in ("\n".join(BODY), "\n".join(ZH_BODY), ""):
        assert repeated_size(text) == (0, 0)


def test_ranges() -> None:
    ranges = Ranges([(5, 8), (0, 3), (7, 10), (20, 20)])
    assert ranges.ranges == [(0, 3), (5, 10)]
    assert ranges.size == 8
    assert [ranges.count(a, b) for a, b in [(0, 10), (2, 6), (3, 5), (9, 30), (4, 2)]] == [8, 2, 0, 1, 0]
    assert list(ranges.gaps(1, 12)) == [(3, 5), (10, 12)]
    assert Ranges([]).count(0, 9) == 0
