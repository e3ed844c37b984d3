"""Names are cleaned of what introduces them and of what follows; what is no name is none."""

from __future__ import annotations

import pytest

from artextract.metadata.bylines import written_names
from artextract.metadata.credits import credits_in, lone_name, reporters_in, signature_of
from artextract.metadata.names import names_in
from artextract.metadata.surroundings import Surroundings
from artextract.model import Block, Document, Place, Reading, Source

BYLINES = {
    "By Jane Roe": ["Jane Roe"],
    "Written by Jane Roe and John Doe": ["Jane Roe", "John Doe"],
    "By Jane Roe, John Doe, and Mary Major": ["Jane Roe", "John Doe", "Mary Major"],
    "By Dr. Jane Roe | Updated May 3, 2024": ["Dr. Jane Roe"],
    "by Jane Roe on May 3, 2024": ["Jane Roe"],
    "By Jane Roe, Senior Editor": ["Jane Roe"],
    "By Jane Roe, PhD, RD": ["Jane Roe"],
    "Jane Roe Senior Autos Reporter": ["Jane Roe"],
    "By Jane Roe • 5 min read": ["Jane Roe"],
    "By Jane Roe. Reviewed by John Doe, MD": ["Jane Roe"],
    "Jane Roe (JR)": ["Jane Roe"],
    "Paramita (Guha) Ghosh": ["Paramita (Guha) Ghosh"],
    "Sep 16 Written By Jon Norris": ["Jon Norris"],
    "View all posts by Jane Roe": ["Jane Roe"],
    "Von Anna Müller": ["Anna Müller"],
    "Par Marie Curie et Pierre Curie": ["Marie Curie", "Pierre Curie"],
    "Por María José Pérez": ["María José Pérez"],
    "Di Giulia Rossi": ["Giulia Rossi"],
    "Автор: Иван Петров": ["Иван Петров"],
    "Autor: Jan Kowalski": ["Jan Kowalski"],
    "بقلم محمد علي": ["محمد علي"],
}


@pytest.mark.parametrize("text", BYLINES)
def test_bylines(text: str) -> None:
    assert list(names_in(text)) == BYLINES[text]


@pytest.mark.parametrize(
    "text",
    ["https://www.facebook.com/jane", "5 min read", "Read more", "Updated May 3, 2024", "admin@example.org", "undefined",
     "Share this article", "page.head.extra.author", "Jun 2", "Sat", "Comments", "{{ author }}", "", "—"],
)  # fmt: skip
def test_no_names(text: str) -> None:
    assert names_in(text, loose=True) == ()


def test_organisations_keep_their_and() -> None:
    assert names_in("Center for Drug Evaluation and Research", prose=False) == (
        "Center for Drug Evaluation and Research",
    )
    assert names_in("Morgan & Morgan", prose=False) == ("Morgan & Morgan",)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("来源：长治日报 作者：张三 李四 责任编辑：王五", [("source_name", "长治日报"), ("authors", "张三", "李四"), ("editors", "王五")]),
        ("[编辑:张乐]", [("editors", "张乐")]),
        ("（ 责任编辑：魏喆 ）", [("editors", "魏喆")]),
        ("文/张三 图/李四", [("authors", "张三")]),
        ("作者：王五 责任编辑：赵六 校对：钱七", [("authors", "王五"), ("editors", "赵六")]),
        ("作者： 周思博 (Joel Spolsky)", [("authors", "周思博 (Joel Spolsky)")]),
        ("作者:zboygirl 阅读(1660) 评论(5)", [("authors", "zboygirl")]),
        ("2004-12-10 11:55:08 来源: 网易商业报道 发表评论", [("source_name", "网易商业报道")]),
        ("原标题:全市职业教育大会召开", [("original_title", "全市职业教育大会召开")]),
        ("執筆：山田太郎　編集：佐藤花子", [("authors", "山田太郎"), ("editors", "佐藤花子")]),
        ("글=홍길동 사진=김철수", [("authors", "홍길동")]),
        ("Quelle: dpa", [("source_name", "dpa")]),
        ("Редактор: Иван Петров", [("editors", "Иван Петров")]),
        ("摄影：李四", []),
        ("14:03: a line with no credit", []),
    ],
)  # fmt: skip
def test_credits(line: str, expected: list[tuple[str, ...]]) -> None:
    assert [(credit.role, *credit.values) for credit in credits_in(line)] == expected


def test_reporters_without_a_colon() -> None:
    assert reporters_in("光明日报记者 王建宏 张文攀") == ("王建宏", "张文攀")
    assert reporters_in("本报讯（记者 张三 通讯员 李四）") == ("张三", "李四")
    assert reporters_in("홍길동 기자 hong@example.com") == ("홍길동",)
    assert reporters_in("记者从市政府获悉，新桥已经通车。") == ()


def test_signatures() -> None:
    assert signature_of("会上,部分代表发言。(张瀚予)") == ("张瀚予",)
    assert signature_of("上海报道。（姚峰 上海报道）") == ("姚峰",)
    assert signature_of("详见附件（下）") == ()
    assert signature_of("他说完就走了（笑）") == ()


def test_a_line_that_is_a_name() -> None:
    assert lone_name("□ 葛灵丹") == "葛灵丹"
    assert lone_name("今日头条") is None


def around(*lines: str, title: int = 0) -> Surroundings:
    blocks = tuple(Block(i, "paragraph", line, Place(i + 1, i + 1)) for i, line in enumerate(lines))
    return Surroundings(Document(Source("x", "text/plain", "\n".join(lines)), Reading(blocks)), (title,))


def found(*lines: str, title: int = 0) -> list[tuple[str, tuple[str, ...]]]:
    return [(field, names) for field, names, _, _ in written_names(around(*lines, title=title))]


PROSE = "A long paragraph that tells what happened, who was there, and why it matters to the people of the town. " * 2


def test_a_name_alone_beside_a_date() -> None:
    assert ("authors", ("Megan Berry",)) in found("A heading of the page", "Megan Berry", "21 October 2025", PROSE)


def test_a_name_between_signs() -> None:
    assert ("authors", ("Mahua Das",)) in found("A heading", "Dec 26, 2025 • Mahua Das in Project Management", PROSE)


def test_by_on_a_line_of_its_own() -> None:
    assert ("authors", ("Eduard Kovacs",)) in found("A heading", "By", "Eduard Kovacs", "| November 3, 2025", PROSE)


def test_a_menu_entry_is_no_name() -> None:
    assert found("A heading", "Home Page", "Contact Us", PROSE) == []


def test_an_editor_is_no_author() -> None:
    assert found("A heading", "Edited by Marie White", PROSE) == [("editors", ("Marie White",))]


def test_a_forum_post_above_figures() -> None:
    lines = ("Which bridge is it?", "chunix64", "Member", "Registered: 2024-01-27", "Posts: 98", PROSE)
    assert ("authors", ("chunix64",)) in found(*lines)


def test_a_life_at_the_end() -> None:
    life = "Jane Roe is a freelance writer who lives in the north with her family, two dogs and many books."
    assert ("authors", ("Jane Roe",)) in found("A heading", PROSE, life)


def test_places_are_kept() -> None:
    (find,) = [w for w in written_names(around("A heading", PROSE, "By Nobody", "[编辑:张乐]")) if w[0] == "editors"]
    assert find[2].place == Place(4, 4)
    assert find[2].raw == "编辑:张乐]"


@pytest.mark.parametrize("sign", ["By ", "a ", "作者：", "记者", "（", "Jane Roe, ", "and ", "|", "(", "by Jane "])
def test_hostile_lines(sign: str) -> None:
    line = sign * 20_000
    assert isinstance(names_in(line), tuple)
    assert isinstance(credits_in(line), list)
    assert isinstance(reporters_in(line), tuple)
    assert isinstance(signature_of(line), tuple)
