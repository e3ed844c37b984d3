"""Dates are read as they are stated, in many languages; nothing is completed or guessed."""

from __future__ import annotations

import pytest

from artextract.metadata.when import dates_in, machine_date, short_dates_in, url_date

STATED = {
    "2022-05-10T14:03:00+08:00": "2022-05-10T14:03:00+08:00",
    "2022-05-10 14:03:20.123Z": "2022-05-10T14:03:20Z",
    "发布时间: 2022-05-10 | 来源: 长治日报": "2022-05-10",
    "2022年5月10日 星期二 下午2:03": "2022-05-10T14:03",
    "2022年5月10日(火) 14時03分": "2022-05-10T14:03",
    "二〇二二年五月十日": "2022-05-10",
    "二零一九年十二月三十一日": "2019-12-31",
    "令和4年5月10日": "2022-05-10",
    "平成元年1月8日": "1989-01-08",
    "民國111年5月10日": "2022-05-10",
    "２０２２年５月１０日": "2022-05-10",
    "2022. 5. 10. 오후 2:03": "2022-05-10T14:03",
    "입력 2022년 5월 10일 09:05": "2022-05-10T09:05",
    "May 10, 2022 at 2:03 pm": "2022-05-10T14:03",
    "Tuesday, May 10th, 2022": "2022-05-10",
    "12:30 am, May 10, 2022": "2022-05-10T00:30",
    "14:03, 10 May 2022": "2022-05-10T14:03",
    "10-May-2022": "2022-05-10",
    "10 MAY 2022": "2022-05-10",
    "Tue, 10 May 2022 14:03:00 +0800": "2022-05-10T14:03:00+08:00",
    "Tue May 10 14:03:00 CST 2022": "2022-05-10T14:03:00",
    "10. Mai 2022, 14:03 Uhr": "2022-05-10T14:03",
    "10. März 2022": "2022-03-10",
    "Publié le 1er août 2022 à 14h03": "2022-08-01T14:03",
    "10 de mayo de 2022 14:03": "2022-05-10T14:03",
    "28 DE JUNHO DE 2021 ÀS 10:30": "2021-06-28T10:30",
    "10 maggio 2022 alle 14:03": "2022-05-10T14:03",
    "10 мая 2022, 14:03": "2022-05-10T14:03",
    "21 травня 2022": "2022-05-21",
    "10 maja 2022, godz. 14:03": "2022-05-10T14:03",
    "3 października 2022 r.": "2022-10-03",
    "10 Μαΐου 2022, 14:03": "2022-05-10T14:03",
    "ΤΡΙΤΗ 10 ΜΑΪΟΥ 2022": "2022-05-10",
    "10 مايو 2022": "2022-05-10",
    "١٠ مايو ٢٠٢٢": "2022-05-10",
    "10 أيار/مايو 2022": "2022-05-10",
    "10 Mayıs 2022": "2022-05-10",
    "ngày 10 tháng 5 năm 2022": "2022-05-10",
    "10.05.2022 14:03": "2022-05-10T14:03",
    "25/10/2022": "2022-10-25",
    "10/25/2022 3:04 PM": "2022-10-25T15:04",
    "May 2022": "2022-05",
    "2022年5月": "2022-05",
}


@pytest.mark.parametrize("text", STATED)
def test_a_date_is_read_as_it_is_stated(text: str) -> None:
    assert [when.iso for when in dates_in(text)] == [STATED[text]]


@pytest.mark.parametrize(
    "text",
    [
        "2022-02-30",
        "2022-13-01",
        "version 1.2.2022.3",
        "call 0355-2113499",
        "晋ICP备06001850号",
        "信息网络传播视听节目许可证:0407189",
        "10:30 and 11:45",
        "the 2022 season",
        "Mayor 10, 2022 votes",
        "",
    ],
)
def test_no_date_is_made_of_other_figures(text: str) -> None:
    assert dates_in(text) == []


def test_an_ambiguous_date_needs_an_order() -> None:
    (when,) = dates_in("05/10/2022")
    assert when.read_as(None) is None
    dmy, mdy = when.read_as("dmy"), when.read_as("mdy")
    assert dmy is not None and mdy is not None
    assert (dmy.iso, mdy.iso) == ("2022-10-05", "2022-05-10")


def test_the_same_day_both_ways_is_not_ambiguous() -> None:
    (when,) = dates_in("10/10/2022")
    assert when.read_as(None) == when


def test_offsets_point_into_the_text() -> None:
    text = "Veröffentlicht am 10. Mai 2022, 14:03 Uhr von Anna"
    (when,) = dates_in(text)
    assert text[when.start : when.end] == "10. Mai 2022, 14:03"


def test_two_dates_in_one_line() -> None:
    found = dates_in("Published May 3, 2022 | Updated June 4, 2022")
    assert [when.day for when in found] == ["2022-05-03", "2022-06-04"]


def test_named_zones_are_offsets_only_where_they_are_one() -> None:
    assert dates_in("May 10, 2022 2:03 PM EST")[0].offset == "-05:00"
    assert dates_in("May 10, 2022 2:03 PM UTC")[0].offset == "Z"
    assert dates_in("May 10, 2022 2:03 PM CST")[0].offset == ""
    assert dates_in("21 Mar 2021 08:30 UTC+3")[0].offset == "+03:00"


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("20220510", "2022-05-10"),
        ("20220510140300", "2022-05-10T14:03:00"),
        ("2022-05", "2022-05"),
        ("2022", "2022"),
        ("2022-05-10T14:03Z", "2022-05-10T14:03Z"),
    ],
)
def test_strings_of_machines(value: str, iso: str) -> None:
    when = machine_date(value)
    assert when is not None and when.iso == iso


def test_seconds_since_1970_are_not_taken_for_a_date() -> None:
    assert machine_date("1652191380") is None


@pytest.mark.parametrize(
    ("url", "iso"),
    [
        ("https://example.org/2022/05/10/story", "2022-05-10"),
        ("https://example.org/news/20220510/story", "2022-05-10"),
        ("https://example.org/2022-05/10/c_1.htm", "2022-05-10"),
        ("https://example.org/2022/may/10/story", "2022-05-10"),
        ("https://example.org/2022/05/story", "2022-05"),
    ],
)
def test_dates_in_addresses(url: str, iso: str) -> None:
    when = url_date(url)
    assert when is not None and when.iso == iso


def test_addresses_without_a_date() -> None:
    assert url_date("https://example.org/item/2022") is None
    assert url_date("https://example.org/p/20221399") is None


def test_two_digit_years_are_a_separate_reading() -> None:
    assert dates_in("10.05.22") == []
    assert [when.day for when in short_dates_in("Stand: 10.05.22")] == ["2022-05-10"]


@pytest.mark.parametrize("sign", ["1 ", "2022-", "a", "1/", "May ", "2022年", "：", "二〇", "10 de ", "１"])
def test_hostile_lines_are_cut(sign: str) -> None:
    assert isinstance(dates_in(sign * 50_000), list)
    assert isinstance(short_dates_in(sign * 50_000), list)
