"""The choice, end to end: pages and dumps that we wrote, in the languages we claim, to their metadata."""

from __future__ import annotations

from typing import Any

import pytest

from artextract import extract
from artextract.model import Metadata

EN = "The council decided on Tuesday that the old bridge will be closed for a year, and that buses will take another way. "
DE = "Der Stadtrat hat am Dienstag beschlossen, dass die alte Brücke ein Jahr lang gesperrt wird und die Busse einen Umweg fahren. "
FR = "Le conseil a décidé mardi que le vieux pont sera fermé pendant un an et que les bus passeront par un autre chemin. "
ES = "El consejo decidió el martes que el viejo puente estará cerrado durante un año y que los autobuses irán por otro camino. "
PT = "O conselho decidiu na terça-feira que a velha ponte ficará fechada durante um ano e que os ônibus vão por outro caminho. "
IT = "Il consiglio ha deciso martedì che il vecchio ponte resterà chiuso per un anno e che gli autobus faranno un'altra strada. "
RU = "Совет решил во вторник, что старый мост будет закрыт на год и что автобусы поедут по другой дороге через город. "
PL = "Rada zdecydowała we wtorek, że stary most będzie zamknięty przez rok i że autobusy pojadą inną drogą przez miasto. "
EL = "Το συμβούλιο αποφάσισε την Τρίτη ότι η παλιά γέφυρα θα μείνει κλειστή για έναν χρόνο και τα λεωφορεία θα πάνε από αλλού. "
AR = "قرر المجلس يوم الثلاثاء أن يغلق الجسر القديم لمدة عام وأن تسلك الحافلات طريقا آخر عبر المدينة. "
ZH = "市议会星期二决定，旧桥将关闭一年进行维修，公共汽车改走另一条道路，居民对此表示理解，施工单位表示将按时完工。"
ZHT = "市議會星期二決定，舊橋將關閉一年進行維修，公共汽車改走另一條道路，居民對此表示理解，施工單位表示將按時完工。"
ZH_MORE = "施工期间，渡船每半小时开行一班，学生凭证免费乘坐，夜间另有两班，商户可以向街道办公室申请补助。"
JA = "市議会は火曜日、古い橋を一年間閉鎖して修理し、その間バスは別の道を通ることを決めた。住民からは理解の声が上がっている。"
KO = (
    "시의회는 화요일 오래된 다리를 일 년 동안 폐쇄하고 버스는 다른 길로 다니기로 결정했다. 주민들은 이해한다고 말했다. "
)

DUMPS: dict[str, tuple[str, dict[str, Any]]] = {
    "en": (
        f"Home\nNews\nSport\n\nOld bridge to close for a year\n\nBy Jane Roe\nMay 10, 2022 at 2:03 pm\n\n{EN * 2}\n\n{EN * 3}\n",
        {"title": "Old bridge to close for a year", "authors": ("Jane Roe",), "date": "2022-05-10T14:03", "language": "en"},
    ),
    "en-lone": (
        f"Skip to content\nMenu\n\nOld bridge to close for a year\nMegan Berry\n21 October 2025\n\n{EN * 3}\n\n{EN * 2}\n",
        {"title": "Old bridge to close for a year", "authors": ("Megan Berry",), "date": "2025-10-21"},
    ),
    "de": (
        f"Startseite > Lokales > Stadt\n\nAlte Brücke wird ein Jahr gesperrt\n\nVon Anna Müller\n10. Mai 2022, 14:03 Uhr\n\n"
        f"{DE * 3}\n\n{DE * 2}\n\nQuelle: dpa\n",
        {"title": "Alte Brücke wird ein Jahr gesperrt", "authors": ("Anna Müller",), "date": "2022-05-10T14:03",
         "source_name": "dpa", "language": "de"},
    ),
    "fr": (
        f"Accueil\nPolitique\n\nLe vieux pont fermé pendant un an\n\nPar Marie Durand\nPublié le 10 mai 2022 à 14h03\n\n{FR * 3}\n\n{FR * 2}\n",
        {"title": "Le vieux pont fermé pendant un an", "authors": ("Marie Durand",), "date": "2022-05-10T14:03", "language": "fr"},
    ),
    "es": (
        f"Portada\nDeportes\n\nEl viejo puente cierra por un año\n\nPor María Pérez\n10 de mayo de 2022\n\n{ES * 3}\n\n{ES * 2}\n",
        {"title": "El viejo puente cierra por un año", "authors": ("María Pérez",), "date": "2022-05-10", "language": "es"},
    ),
    "pt": (
        f"Início\nCidade\n\nVelha ponte fecha por um ano\n\nPor João Silva\n10 de maio de 2022\n\n{PT * 3}\n\n{PT * 2}\n",
        {"title": "Velha ponte fecha por um ano", "authors": ("João Silva",), "date": "2022-05-10", "language": "pt"},
    ),
    "it": (
        f"Home\nCronaca\n\nIl vecchio ponte chiude per un anno\n\nDi Giulia Rossi\n10 maggio 2022\n\n{IT * 3}\n\n{IT * 2}\n",
        {"title": "Il vecchio ponte chiude per un anno", "authors": ("Giulia Rossi",), "date": "2022-05-10", "language": "it"},
    ),
    "ru": (
        f"Главная\nНовости\n\nСтарый мост закроют на год\n\n10 мая 2022, 14:03\nАвтор: Иван Петров\n\n{RU * 3}\n\n{RU * 2}\n\nРедактор: Ольга Смирнова\n",
        {"title": "Старый мост закроют на год", "authors": ("Иван Петров",), "editors": ("Ольга Смирнова",),
         "date": "2022-05-10T14:03", "language": "ru"},
    ),
    "pl": (
        f"Strona główna\nMiasto\n\nStary most zamknięty na rok\n\nAutor: Jan Kowalski\n10 maja 2022\n\n{PL * 3}\n\n{PL * 2}\n",
        {"title": "Stary most zamknięty na rok", "authors": ("Jan Kowalski",), "date": "2022-05-10", "language": "pl"},
    ),
    "el": (
        f"Αρχική\nΚόσμος\n\nΚλείνει η παλιά γέφυρα\n\nΣυντάκτης: Νίκος Παππάς\n10 Μαΐου 2022, 14:03\n\n{EL * 3}\n\n{EL * 2}\n",
        {"title": "Κλείνει η παλιά γέφυρα", "authors": ("Νίκος Παππάς",), "date": "2022-05-10T14:03", "language": "el"},
    ),
    "ar": (
        f"الرئيسية\nأخبار\n\nإغلاق الجسر القديم لمدة عام\n\nبقلم: محمد علي\n١٠ مايو ٢٠٢٢\n\n{AR * 3}\n\n{AR * 2}\n\nالمصدر: وكالة الأنباء\n",
        {"title": "إغلاق الجسر القديم لمدة عام", "authors": ("محمد علي",), "date": "2022-05-10",
         "source_name": "وكالة الأنباء", "language": "ar"},
    ),
    "zh-credits": (
        f"当前位置：首页 > 新闻中心 > 本地新闻\n\n旧桥关闭一年\n\n2022-05-10 14:03　来源：江城日报　作者：张三\n\n{ZH * 2}\n\n{ZH_MORE * 2}\n\n责任编辑：李四\n",
        {"title": "旧桥关闭一年", "authors": ("张三",), "editors": ("李四",), "date": "2022-05-10T14:03",
         "source_name": "江城日报", "categories": ("新闻中心", "本地新闻"), "language": "zh-Hans"},
    ),
    "zh-reporter": (
        f"旧桥关闭一年进行维修\n2022年5月10日 08:30 来源：江城晚报\n\n{ZH * 2}\n\n{ZH_MORE * 2}\n\n本报记者 王建宏 张文攀\n[编辑：赵敏]\n",
        {"title": "旧桥关闭一年进行维修", "authors": ("王建宏", "张文攀"), "editors": ("赵敏",), "date": "2022-05-10T08:30",
         "source_name": "江城晚报"},
    ),
    "zh-signed": (
        f"旧桥关闭一年进行维修\n发布时间：2022-05-10\n\n{ZH * 2}\n\n{ZH_MORE * 2}（张瀚予）\n\n原标题：关于旧桥维修\n",
        {"title": "旧桥关闭一年进行维修", "authors": ("张瀚予",), "original_title": "关于旧桥维修", "date": "2022-05-10"},
    ),
    "zh-Hant": (
        f"首頁 > 地方新聞\n舊橋關閉一年進行維修\n記者 林美玲 台北報導\n2022年5月10日\n\n{ZHT * 2}\n\n{ZHT * 2}\n\n責任編輯：陳志明\n",
        {"title": "舊橋關閉一年進行維修", "authors": ("林美玲",), "editors": ("陳志明",), "date": "2022-05-10", "language": "zh-Hant"},
    ),
    "ja": (
        f"ホーム > 地域\n\n古い橋、一年間閉鎖へ\n\n2022年5月10日 14時03分\n執筆：山田太郎\n\n{JA * 2}\n\n{JA * 2}\n\n編集：佐藤花子\n",
        {"title": "古い橋、一年間閉鎖へ", "authors": ("山田太郎",), "editors": ("佐藤花子",), "date": "2022-05-10T14:03", "language": "ja"},
    ),
    "ko": (
        f"홈\n사회\n\n오래된 다리 일 년간 폐쇄\n\n홍길동 기자\n입력 2022년 5월 10일 14:03\n\n{KO * 3}\n\n{KO * 2}\n",
        {"title": "오래된 다리 일 년간 폐쇄", "authors": ("홍길동",), "date": "2022-05-10T14:03", "language": "ko"},
    ),
}  # fmt: skip


def check(metadata: Metadata, expected: dict[str, Any]) -> None:
    assert {name: getattr(metadata, name) for name in expected} == expected


@pytest.mark.parametrize("case", DUMPS)
def test_dumps(case: str) -> None:
    text, expected = DUMPS[case]
    check(extract(text, name="dump.txt").metadata, expected)


def html_page(head: str, body: str, language: str = "en") -> bytes:
    return f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()


def article(*paragraphs: str, top: str = "") -> str:
    return (
        f"<article><h1>Old bridge to close for a year</h1>{top}"
        + "".join(f"<p>{p}</p>" for p in paragraphs)
        + "</article>"
    )


HEAD = '<title>Old bridge to close for a year | The Daily Example</title><meta property="og:site_name" content="The Daily Example">'


def test_the_heading_is_the_title_and_the_site_is_not() -> None:
    metadata = extract(html_page(HEAD, article(EN * 2, EN * 3)), name="p.html").metadata
    check(
        metadata,
        {"title": "Old bridge to close for a year", "site_name": "The Daily Example", "authors": (), "date": None},
    )


def test_a_dash_inside_the_heading_stays() -> None:
    head = "<title>The bridge - a long story - Daily Example</title>"
    body = f"<h1>The bridge - a long story</h1><p>{EN * 3}</p><p>{EN * 2}</p>"
    assert extract(html_page(head, body), name="p.html").metadata.title == "The bridge - a long story"


def test_markup_and_visible_date_agree_and_the_time_is_kept() -> None:
    head = (
        HEAD
        + '<meta property="article:published_time" content="2022-05-10T14:03:00+02:00"><meta property="og:type" content="article">'
    )
    top = "<p class='byline'>By Jane Roe | May 10, 2022</p>"
    metadata = extract(html_page(head, article(EN * 2, EN * 3, top=top)), name="p.html").metadata
    check(metadata, {"date": "2022-05-10T14:03:00+02:00", "authors": ("Jane Roe",)})


def test_published_and_modified_are_told_apart() -> None:
    top = "<p>By Jane Roe</p><p>Published May 3, 2022</p><p>Updated June 4, 2022</p>"
    metadata = extract(html_page(HEAD, article(EN * 2, EN * 3, top=top)), name="p.html").metadata
    check(metadata, {"date": "2022-05-03", "date_modified": "2022-06-04", "date_raw": "May 3, 2022"})


@pytest.mark.parametrize(("language", "expected"), [("en-US", "2022-05-10"), ("en-GB", "2022-10-05"), ("en", None)])
def test_an_ambiguous_date_is_decided_by_the_locale(language: str, expected: str | None) -> None:
    top = "<p>By Jane Roe</p><p>Published 05/10/2022</p>"
    page = html_page(HEAD, article(EN * 2, EN * 3, top=top), language)
    assert extract(page, name="p.html").metadata.date == expected


def test_an_ambiguous_date_is_decided_by_other_dates() -> None:
    top = "<p>By Jane Roe</p><p>Published 05/10/2022</p>"
    other = "<ul><li><a href='/a'>Market day</a> 25/09/2022</li></ul>"
    page = html_page(HEAD, article(EN * 2, EN * 3, top=top) + other)
    assert extract(page, name="p.html").metadata.date == "2022-10-05"


def test_a_copyright_year_is_no_date() -> None:
    body = article(EN * 2, EN * 3) + "<footer>© 2019 The Daily Example. All rights reserved.</footer>"
    assert extract(html_page(HEAD, body), name="p.html").metadata.date is None


def test_the_same_answer_twice_and_facts_name_their_place() -> None:
    text, _ = DUMPS["zh-credits"]
    first, second = extract(text).metadata, extract(text).metadata
    assert first == second
    chosen = {fact.field: fact for fact in first.chosen}
    place = chosen["authors"].place
    assert place is not None and "作者" in text.split("\n")[place.first_line - 1]
    assert {"title", "authors", "date", "editors", "source_name"} <= set(chosen)


@pytest.mark.parametrize("text", ["x", "2022-05-10\n" * 3000, "By Jane Roe\n" * 3000, "作者：张三\n" * 3000,
                                  "a > b > c\n" * 3000, "© 2022 x\n" * 3000, "Title\n\n" + "word " * 40_000])  # fmt: skip
def test_odd_dumps(text: str) -> None:
    assert isinstance(extract(text).metadata, Metadata)
