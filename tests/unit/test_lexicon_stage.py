"""The lexicon's stage: which lines it judges, what of them, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from artextract.model import Block, Document, Kind, Place, Reading, Source, Verdict
from artextract.settings import DEFAULT, Settings
from artextract.stages.lexicon import hits, judge

PROSE = "The council met on Tuesday to decide whether the old bridge should be repaired or replaced by a new one, " * 2
CHINESE = "会议深入学习贯彻有关职业教育的重要论述,总结工作,交流经验,安排部署当前和今后一个时期的重点工作。" * 2
ZH = (("zh-Hans", 1.0),)
EN = (("en", 1.0),)


def test_a_news_page_is_taken_apart() -> None:
    lines = {
        "发布时间: 2022-05-10 | 来源: 长治日报": "dateline",
        "分享到:": "share",
        CHINESE: None,
        "原标题:全市职业教育大会召开": "credit",
        "[编辑:张乐]": "credit",
        "关于我们 | 联系电话:0355-2113499 投稿邮箱:jz9909 @ 163.com": "other",
        "本网站由黄河新闻网版权所有 晋ICP备06001850号": "legal",
        "增值电信业务经营许可证:晋B2-20060016": "legal",
        "广告经营许可注册:1401001304387": "legal",
        "信息网络传播视听节目许可证:0407189": "legal",
        "晋公网安备14010602060069": "legal",
        "黄河新闻网 > 长治频道 > 今日头条": "breadcrumb",
    }
    verdicts = _judged(_document([*lines], ZH))
    assert {text: _label(verdicts, n) for n, text in enumerate(lines)} == lines
    assert [v.rule for v in verdicts if not v.certain] == ["zh.breadcrumb-home"]


def test_the_same_page_in_traditional_characters() -> None:
    lines = [
        "發布時間：2022-05-10",
        "分享到：",
        "責任編輯：張樂",
        "版權所有 不得轉載",
        "延伸閱讀",
        "目前位置：首頁 > 新聞",
    ]
    labels = ["dateline", "share", "credit", "legal", "related", "breadcrumb"]
    verdicts = _judged(_document(lines, (("zh-Hant", 1.0),)))
    assert [_label(verdicts, n) for n in range(len(lines))] == labels


def test_a_name_at_the_end_of_a_paragraph_is_a_span() -> None:
    text = CHINESE + "(张瀚予)"
    (verdict,) = _judged(_document([text], ZH))
    assert (verdict.label, verdict.rule, verdict.span) == ("byline", "zh.end-name", (len(CHINESE), len(text)))


def test_an_agency_at_the_end_of_a_paragraph_is_a_span() -> None:
    text = f"{PROSE.strip()[:-1]}. (Reuters)"
    (verdict,) = _judged(_document([text], EN))
    assert verdict.span is not None and text[slice(*verdict.span)] == "(Reuters)"
    assert verdict.certain


def test_a_credit_that_is_all_of_a_block_is_judged_whole() -> None:
    (verdict,) = _judged(_document(["（记者 张三）"], ZH))
    assert (verdict.label, verdict.span) == ("byline", None)


def test_a_bracket_within_the_last_sentence_stays() -> None:
    assert _judged(_document(["双方签署了协议（草案）。", "法律通过了(张瀚予因故缺席)。"], ZH)) == []


def test_lines_of_one_block_are_judged_apart() -> None:
    text = f"Published on May 9, 2022\n{PROSE.strip()}\nShare on Facebook"
    verdicts = _judged(_document([text], EN))
    assert [(v.label, text[slice(*v.span)] if v.span else None) for v in verdicts] == [
        ("dateline", "Published on May 9, 2022"),
        ("share", "Share on Facebook"),
    ]


def test_a_block_whose_every_line_is_known_is_judged_whole() -> None:
    (verdict,) = _judged(_document(["Share on Facebook\nPrivacy Policy"], EN))
    assert verdict.span is None and verdict.certain


def test_a_line_is_furniture_when_half_of_its_parts_are() -> None:
    lines = ["About us | Contact | Jane", "Oslo | Rome | Contact", "【打印】【关闭】"]
    verdicts = _judged(_document(lines, (("en", 0.5), ("zh", 0.5))))
    assert [(v.block, v.label, v.certain) for v in verdicts] == [(0, "navigation", False), (2, "other", True)]


def test_a_row_of_menu_entries_is_one() -> None:
    verdicts = _judged(
        _document(["Home News Sports Opinion Video", "News sports a new opinion.", "Facebook Twitter"], EN)
    )
    assert [(v.block, v.rule, v.label) for v in verdicts] == [
        (0, "lexicon.menu", "navigation"),
        (2, "lexicon.menu", "share"),
    ]


def test_items_under_a_head_of_links_are_links() -> None:
    blocks = [
        _block(0, "相关链接"),
        _block(1, "长治市教育工作座谈会召开", kind="list_item"),
        _block(2, CHINESE),
        _block(3, "一个列表项", kind="list_item"),
    ]
    verdicts = _judged(_of(blocks, ZH))
    assert [(v.block, v.rule, v.certain) for v in verdicts] == [
        (0, "zh.related-head", True),
        (1, "lexicon.under-head", False),
    ]


def test_what_is_code_a_table_or_embedded_is_left_alone() -> None:
    kinds: tuple[Kind, ...] = ("code", "table", "formula")
    blocks = [_block(n, "Share on Facebook", kind=kind) for n, kind in enumerate(kinds)]
    blocks.append(replace(_block(3, "Share on Facebook"), origin="embedded"))
    assert _judged(_of(blocks, EN)) == []


def test_rules_for_the_foot_of_a_page_hold_there_only() -> None:
    foot = "主办：长治市教育局"
    verdicts = _judged(_document([foot, CHINESE, CHINESE, foot], ZH))
    assert [v.block for v in verdicts if v.rule == "zh.statement"] == [3]


def test_prose_is_left_alone() -> None:
    lines = [
        "By the time they arrived, the shop had closed.",
        "Share prices fell sharply on Monday.",
        "Copyright law protects an author's work for seventy years.",
        "Home was far away.",
        "分享会上,代表们谈了各自的做法。",
        "Teilen wollten sie das Erbe nicht.",
        PROSE,
        CHINESE,
        "x" * 5000,
        "",
    ]
    assert _judged(_document(lines, (("en", 0.5), ("zh", 0.3), ("de", 0.2)))) == []


def test_capitals_tell_a_byline_from_a_phrase() -> None:
    verdicts = _judged(_document(["By Jane Doe", "By sea and land", "By Jane Doe | May 9, 2022"], EN))
    assert [(v.block, v.label) for v in verdicts] == [(0, "byline"), (2, "byline")]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("シェアする", "share"),
        ("댓글 12", "comment"),
        ("Поделиться", "share"),
        ("Σχόλια", "comment"),
        ("شارك", "share"),
    ],
)
def test_without_known_languages_the_scripts_say_what_to_load(text: str, label: str) -> None:
    (verdict,) = _judged(_document([text], ()))
    assert verdict.label == label


def test_latin_pages_of_unknown_language_get_the_western_languages() -> None:
    verdicts = _judged(_document(["Datenschutzerklärung", "Politique de confidentialité", "Strona główna"], ()))
    assert [v.label for v in verdicts] == ["legal", "legal", "navigation"]


def test_letters_that_grow_when_folded_do_no_harm() -> None:
    verdicts = _judged(_document(["İİİİ", "Share on Facebook", "İstanbul’da kaldı. (Reuters)"], EN))
    assert [(v.block, v.label) for v in verdicts] == [(1, "share")]


def test_settings_switch_rules_off_and_bring_others() -> None:
    document = _document(["Share on Facebook", "Home News Sports", "Weather in Oslo: 3"], EN)
    own = (
        '[[rule]]\nid = "my.weather"\nlabel = "other"\npattern = "weather in .{1,40}"\nreason = "Weather on every page."\n'
        'hits = ["Weather in Rome", "Weather in Bonn: 3"]\nmisses = ["Fine weather.", "Weathered wood"]\n'
    )
    verdicts = _judged(document, Settings(disable=("en.share", "lexicon.menu"), rules=own))
    assert [(v.block, v.rule) for v in verdicts] == [(2, "my.weather")]


def test_all_rules_that_match_are_given_as_features() -> None:
    found = hits(_document(["Advertisement", PROSE, "© 2022 Example. All rights reserved."], EN), DEFAULT)
    assert [tuple(m.id for m in rules) for rules in found] == [
        ("en.advertisement",),
        (),
        ("en.copyright", "any.copyright"),
    ]


def _judged(document: Document, settings: Settings = DEFAULT) -> list[Verdict]:
    return list(judge(document, settings))


def _label(verdicts: list[Verdict], block: int) -> str | None:
    return next((v.label for v in verdicts if v.block == block and v.span is None), None)


def _document(lines: list[str], languages: tuple[tuple[str, float], ...]) -> Document:
    return _of([_block(n, line) for n, line in enumerate(lines)], languages)


def _of(blocks: list[Block], languages: tuple[tuple[str, float], ...]) -> Document:
    return Document(Source("page", "text/plain", ""), Reading(tuple(blocks)), languages=languages)


def _block(index: int, text: str, kind: Kind = "paragraph") -> Block:
    return Block(index, kind, text, Place(index + 1, index + 1))
