"""Dates and times in text: read as far as they are stated, in the forms of many languages, never completed.

All patterns are bounded and run on short pieces only. A numeric date whose day and month could be swapped says so
(`other`); who knows the page's locale decides, or leaves it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from artextract.lazy import lazy_pattern
from artextract.metadata.months import month_of
from artextract.records import record

LONGEST = 400  # characters of one text that are searched

Order = Literal["dmy", "mdy"]


@record(frozen=True, slots=True)
class When:
    """A date as it is stated in `text[start:end]`: ISO 8601 at its own precision.

    `other` is the second reading of a numeric date such as 05/10/2022, where `day` is the one with the day first.
    """

    day: str
    start: int
    end: int
    clock: str = ""  # "14:03" or "14:03:20"
    offset: str = ""  # "+08:00", "Z"
    other: str = ""

    @property
    def iso(self) -> str:
        """`2022-05-10T14:03+08:00`, as much of it as was found.

        >>> When("2022-05-10", 0, 10, "14:03").iso
        '2022-05-10T14:03'
        """
        return f"{self.day}T{self.clock}{self.offset}" if self.clock and len(self.day) == 10 else self.day

    def read_as(self, order: Order | None) -> When | None:
        """This date with its day and month in the given order; None where it is ambiguous and the order unknown."""
        if not self.other:
            return self
        if order is None:
            return None
        return replace(self, day=self.day if order == "dmy" else self.other, other="")


# Digits of other scripts and full-width signs, one for one, so that offsets stay.
_PLAIN_SIGNS = str.maketrans(
    {
        **{chr(zero + n): str(n) for zero in (0x660, 0x6F0, 0x966, 0xFF10) for n in range(10)},
        "：": ":", "／": "/", "．": ".", "－": "-", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "，": ",",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u3000": " ", "（": "(", "）": ")",
    }
)  # fmt: skip

_YEAR = r"((?:19|20)\d\d)"
_FOUR_DIGITS = lazy_pattern(r"(?:19|20)\d\d")
_MAY_HOLD_DATE = lazy_pattern(
    r"(?:19|20)\d\d|[٢۲][٠۰][٠-٩۰-۹]{2}|[１２][０９][０-９]{2}|[令平昭民][和成國国]|[一二][九〇零○０]|[期間日][:：]\s?1[01]\d[-/.]"
)
_YMD = lazy_pattern(
    rf"(?<![\d.]){_YEAR} ?(?:[-/.]|年|년) ?(\d{{1,2}}) ?(?:[-/.]|月|월) ?(\d{{1,2}})(?!\d)(?: ?[日號号일])?"
)
_YM = lazy_pattern(rf"(?<!\d){_YEAR} ?(?:年|년) ?(\d{{1,2}}) ?[月월]")
_DMY = lazy_pattern(rf"(?<![\d/.:-])(\d{{1,2}})([-/.]) ?(\d{{1,2}})\2 ?{_YEAR}(?!\d|[-/.]\d)")
_SHORT = lazy_pattern(r"(?<![\d/.:-])(\d{1,2})([/.-])(\d{1,2})\2(\d\d)(?!\d|[-/.:]\d)")
_MAY_BE_SHORT = lazy_pattern(r"\d[/.-]\d{1,2}[/.-]\d\d")
_JOIN = r"(?:(?:de|del|of|di|do|the|el|du|des|den)\s|d['’])?"
_DAY_MONTH = lazy_pattern(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|ère|[ºª°.ης]"
    rf"|-?го)?[\s,/.-]{{0,3}}{_JOIN}([^\W\d_]{{3,12}}(?: [^\W\d_]{{4,6}})?)"
    rf"(?:\s?/\s?[^\W\d_]{{3,8}})?[\s,/.-]{{1,3}}{_JOIN}{_YEAR}(?!\d)",
    re.IGNORECASE,
)
_MONTH_DAY = lazy_pattern(
    r"(?:(?<![^\W_])|(?<=[a-z])(?=[A-Z][a-z]{2,9} ))([^\W\d_]{3,12})\.?[\s-]{1,3}(\d{1,2})(?:st|nd|rd|th)?"
    rf"(?:\s?[,.]\s?|[\s-])\s?(?:of\s)?{_YEAR}(?!\d)"
)
_YEAR_MONTH_DAY = lazy_pattern(rf"(?<!\d){_YEAR}[.,]?[\s-]{{1,2}}([^\W\d_]{{3,12}})\.?[\s-]{{1,2}}(\d{{1,2}})(?!\d)")
_MONTH_YEAR = lazy_pattern(rf"(?<![^\W_])([^\W\d_]{{3,12}})\.?,?\s{{1,2}}(?:de\s|of\s|del\s)?{_YEAR}(?!\d)")
_VIETNAMESE = lazy_pattern(rf"(?<!\d)(\d{{1,2}})\s(?:tháng|Tháng)\s(\d{{1,2}})(?:,|\snăm)?\s{_YEAR}(?!\d)")
_ERA = lazy_pattern(
    r"(令和|平成|昭和|民國|民国) ?(元|\d{1,3}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日"
    r"|([RH])(\d{1,2})\.(\d{1,2})\.(\d{1,2})(?!\d)"
)
_ERA_START = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_MINGUO = lazy_pattern(
    r"民國 ?([〇○零一二三四五六七八九]{3}"
    r"|[一二三四五六七八九]?十[一二三四五六七八九]?)年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_MINGUO_SHORT = lazy_pattern(r"[期間日]: ?(1[01]\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
"""A labelled date whose year counts from 1911, as Taiwan's offices write it: 日期：108-09-26."""
_NUMERALS = lazy_pattern(
    r"([一二][〇○零Ｏ一二三四五六七八九]{3})年(?:([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?)?"
)
_NUMERAL = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "Ｏ": 0}
_C_STYLE = lazy_pattern(  # Tue May 10 14:03:00 CST 2022, Tue May 10 2022 14:03:00 GMT+0800
    rf"(?<![^\W_])([A-Z][a-z]{{2}}) {{1,2}}(\d{{1,2}}) (\d\d:\d\d:\d\d) (?:([A-Z]{{3,4}}) )?{_YEAR}(?!\d)"
)
_COMPACT = lazy_pattern(rf"(?<!\d){_YEAR}(0[1-9]|1[0-2])([0-2]\d|3[01])(?:T?([0-2]\d)([0-5]\d)([0-5]\d)?)?(?!\d)")
_MACHINE_MONTH = lazy_pattern(rf"\s{{0,3}}{_YEAR}(?:-(0[1-9]|1[0-2]))?\s{{0,3}}\Z")

_CLOCK = (
    r"(?:(上午|下午|晚上|凌晨|早上|中午|午前|午後|오전|오후|am|pm|AM|PM)\s?)?"
    r"([01]?\d|2[0-4])(?::|\s?[时時点點시h]\s?)([0-5]\d)(?!\d)(?:\s?[分분])?(?:(?::"
    r"|\s)?([0-5]\d)(?!\d)(?:\.\d{1,9})?(?:秒|초)?)?"
    r"(?:\s{0,2}([aApP]\.?\s?[mM](?![^\W\d_])\.?|[μπ]\.μ\.|[صم](?![^\W\d_])))?"
)
_ZONE = (
    r"(?:\s{0,2}\(?(?:((?:UTC|GMT)\s?[+-]\d{1,2}(?::?\d\d)?|[+-]\d\d:?\d\d(?!\d)|Z(?![^\W_])|(?:UTC|GMT|EST|EDT"
    r"|CDT|MST|MDT|PST|PDT"
    r"|CET|CEST|MEZ|MESZ|EET|EEST|JST|KST|MSK|МСК|мск)(?![^\W_])|北京时间)))?"
)
_AFTER = lazy_pattern(_CLOCK + _ZONE)
_GAP_LIST = (
    "at|um|à|a|alle|ore|kl|klo|o|godz|в|στις|ώρα|the|on|la|las|às|as|ás|le|den|om|saat|pukul|lúc|jam|t|og|mon|tue"
    "|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|г|года|р|год|ч|uhr"
)
_GAP_WORDS = frozenset(_GAP_LIST.split("|"))
_BEFORE = lazy_pattern(_CLOCK + _ZONE + r"[\s,/|·•-]{1,4}(?:(?:on|am|del|le|el)\s{1,2})?(?:[^\W\d_]{2,10},?\s)?\Z")
_ZONES = {
    "Z": "Z", "UTC": "Z", "GMT": "Z", "EST": "-05:00", "EDT": "-04:00", "CDT": "-05:00", "MST": "-07:00",
    "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00", "CET": "+01:00", "MEZ": "+01:00", "CEST": "+02:00",
    "MESZ": "+02:00", "EET": "+02:00", "EEST": "+03:00", "JST": "+09:00", "KST": "+09:00", "MSK": "+03:00",
    "МСК": "+03:00", "北京时间": "+08:00",
}  # fmt: skip


def may_hold_date(text: str) -> bool:
    """A cheap first look: whether the start of a text holds a year of four digits, an era, Chinese numerals."""
    pattern = _FOUR_DIGITS if text.isascii() else _MAY_HOLD_DATE
    return pattern.search(text, 0, LONGEST) is not None


def dates_in(text: str) -> list[When]:
    """All dates of the first `LONGEST` characters of a text, in order, each with the time that stands beside it."""
    if not may_hold_date(text):
        return []
    line = text[:LONGEST].translate(_PLAIN_SIGNS)
    found: list[When] = []
    taken = -1
    for when in sorted(_days(line), key=lambda w: (w.start, -w.end)):
        if when.start >= taken:
            found.append(_with_clock(line, when))
            taken = when.end
    return found


def short_dates_in(text: str) -> list[When]:
    """Numeric dates with a year of two digits (`8/5/23`), for places where a date must stand."""
    if not _MAY_BE_SHORT.search(text, 0, LONGEST):
        return []
    line = text[:LONGEST].translate(_PLAIN_SIGNS)
    found: list[When] = []
    for match in _SHORT.finditer(line):
        first, sign, second, year = match.groups()
        when = _numeric(first, second, f"20{year}" if int(year) < 40 else f"19{year}", sign, match.span())
        if when:
            found.append(_with_clock(line, when))
    return found


def machine_date(value: str) -> When | None:
    """The date of a machine's string: an attribute, a meta element, JSON-LD; also `20220510`, `2022-05`, `2022`."""
    found = dates_in(value)
    if found:
        return found[0]
    if match := _COMPACT.search(value[:60]):
        year, month, day, hour, minute, second = match.groups()
        stamp = _day(year, month, day)
        clock = ":".join(part for part in (hour, minute, second) if part)
        return When(stamp, *match.span(), clock=clock if minute else "") if stamp else None
    if match := _MACHINE_MONTH.match(value[:60]):
        return When("-".join(part for part in match.groups() if part), *match.span())
    return None


_URL_DAY = lazy_pattern(rf"[/_-]{_YEAR}[/_-](0?[1-9]|1[0-2])[/_-](0?[1-9]|[12]\d|3[01])(?=[/_.-]|\Z)")
_URL_COMPACT = lazy_pattern(rf"[/_-]{_YEAR}(0[1-9]|1[0-2])([0-2]\d|3[01])(?=[/_.-]|t\d|\Z)")
_URL_SPLIT = lazy_pattern(rf"/{_YEAR}[-/]?(0[1-9]|1[0-2])/([0-2]\d|3[01])(?=[/_.-]|\Z)")
_URL_NAMED = lazy_pattern(rf"/{_YEAR}/([a-z]{{3}})/(\d{{1,2}})/")
_URL_MONTH = lazy_pattern(rf"/{_YEAR}/(0[1-9]|1[0-2])(?=/)")


def url_date(url: str) -> When | None:
    """The date that an address holds in its path: `/2022/05/10/`, `/20220510/`, `/2022/may/10/`, `/2022/05/`."""
    path = url[:500]
    for pattern in (_URL_DAY, _URL_SPLIT, _URL_COMPACT):
        if (match := pattern.search(path)) and (stamp := _day(*match.groups())):
            return When(stamp, match.start() + 1, match.end())
    if (
        (match := _URL_NAMED.search(path))
        and (month := month_of(match[2]))
        and (stamp := _day(match[1], month, match[3]))
    ):
        return When(stamp, match.start() + 1, match.end())
    if match := _URL_MONTH.search(path):
        return When(f"{match[1]}-{match[2]}", match.start() + 1, match.end())
    return None


def _days(line: str) -> Iterator[When]:
    """Every reading of every form, overlapping ones too."""
    for match in _YMD.finditer(line):
        yield from _maybe(_day(*match.groups()), match.span())
    for match in _DMY.finditer(line):
        first, sign, second, year = match.groups()
        if when := _numeric(first, second, year, sign, match.span()):
            yield when
    yield from _named_days(line)
    if not line.isascii():
        yield from _other_scripts(line)


def _named_days(line: str) -> Iterator[When]:
    for match in _DAY_MONTH.finditer(line):
        day, name, year = match.groups()
        yield from _maybe(_day(year, month_of(name) or month_of(name.split()[0]), day), match.span())
    for match in _MONTH_DAY.finditer(line):
        name, day, year = match.groups()
        yield from _maybe(_day(year, month_of(name), day), match.span())
    for match in _YEAR_MONTH_DAY.finditer(line):
        year, name, day = match.groups()
        yield from _maybe(_day(year, month_of(name), day), match.span())
    for match in _MONTH_YEAR.finditer(line):
        if month := month_of(match[1]):
            yield When(f"{match[2]}-{month:02}", *match.span())
    for match in _C_STYLE.finditer(line):
        name, day, clock, zone, year = match.groups()
        for when in _maybe(_day(year, month_of(name), day), match.span()):
            yield replace(when, clock=clock, offset=_offset(zone or ""))


def _other_scripts(line: str) -> Iterator[When]:
    for match in _YM.finditer(line):
        if 1 <= int(match[2]) <= 12:
            yield When(f"{match[1]}-{int(match[2]):02}", *match.span())
    for match in _VIETNAMESE.finditer(line):
        day, month, year = match.groups()
        yield from _maybe(_day(year, month, day), match.span())
    for match in _ERA.finditer(line):
        era, count, month, day, *short = match.groups()
        if era:
            year = _ERA_START[era] + (1 if count == "元" else int(count))
            yield from _maybe(_day(year, month, day), match.span())
        else:
            start = {"R": 2018, "H": 1988}[short[0]]
            yield from _maybe(_day(start + int(short[1]), short[2], short[3]), match.span())
    for match in _MINGUO.finditer(line):
        year = _number(match[1]) if "十" in match[1] else int("".join(str(_NUMERAL[c]) for c in match[1]))
        yield from _maybe(_day(1911 + year, _number(match[2]), _number(match[3])), match.span())
    for match in _MINGUO_SHORT.finditer(line):
        yield from _maybe(_day(1911 + int(match[1]), match[3], match[4]), (match.start(1), match.end()))
    for match in _NUMERALS.finditer(line):
        if when := _from_numerals(match):
            yield when


def _maybe(stamp: str, span: tuple[int, int]) -> Iterator[When]:
    if stamp:
        yield When(stamp, *span)


def _day(year: str | int, month: str | int | None, day: str | int) -> str:
    """ISO day, or "" where there is no such day."""
    y, m, d = int(year), int(month or 0), int(day)
    if not (1 <= m <= 12 and 1 <= d <= _days_of(y, m) and 1900 <= y <= 2099):
        return ""
    return f"{y:04}-{m:02}-{d:02}"


def _days_of(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _numeric(first: str, second: str, year: str, sign: str, span: tuple[int, int]) -> When | None:
    """A date of three numbers, the year last: with dots the day is first; else both orders, where both exist."""
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    if sign == "." or not month_first:
        return When(day_first, *span) if day_first else None
    if not day_first or day_first == month_first:
        return When(month_first, *span)
    return When(day_first, *span, other=month_first)


def _from_numerals(match: re.Match[str]) -> When | None:
    year = int("".join(str(_NUMERAL[c]) for c in match[1]))
    month, day = _number(match[2] or ""), _number(match[3] or "")
    if not 1900 <= year <= 2099 or not month or month > 12:
        return None
    stamp = _day(year, month, day) if day else f"{year}-{month:02}"
    return When(stamp, *match.span()) if stamp else None


def _number(text: str) -> int:
    """A Chinese numeral below 100.

    >>> [_number(n) for n in ("九", "十", "十二", "二十", "三十一", "")]
    [9, 10, 12, 20, 31, 0]
    """
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _NUMERAL.get(text, 0)
    return _NUMERAL.get(tens, 1) * 10 + _NUMERAL.get(ones, 0)


# -- times beside a date -----------------------------------------------------------------------------------------------


def _with_clock(line: str, when: When) -> When:
    """The date with the time that stands after it, or directly before."""
    if when.clock or len(when.day) < 10:
        return when
    if match := _clock_after(line, when.end):
        clock, offset = _read_clock(match)
        return replace(when, end=match.end(), clock=clock, offset=offset) if clock else when
    piece = line[max(0, when.start - 40) : when.start]
    if match := _BEFORE.search(piece):
        clock, offset = _read_clock(match)
        start = when.start - len(piece) + match.start()
        return replace(when, start=start, clock=clock, offset=offset) if clock else when
    return when


def _clock_after(line: str, end: int) -> re.Match[str] | None:
    """A time within a few signs, weekdays and words such as "at" after position `end`."""
    position = end
    if line[end : end + 1] == "T":
        return _AFTER.match(line, end + 1)
    for _ in range(6):
        while position < len(line) and position - end < 24 and not line[position].isalnum():
            position += 1
        if match := _AFTER.match(line, position):
            return match
        word = re.match(r"[^\W\d_]{1,12}", line[position : position + 12])
        if word is None or not (word[0].lower() in _GAP_WORDS or _is_weekday(word[0])):
            return None
        position += word.end()
    return None


def _is_weekday(word: str) -> bool:
    """Whether a word is a weekday in Chinese, Japanese or Korean ((火), 星期二, 화요일)."""
    return len(word) <= 4 and (word[0] in "月火水木金土日星周週礼禮월화수목금토일" or word.endswith(("曜", "曜日")))


def _read_clock(match: re.Match[str]) -> tuple[str, str]:
    """`HH:MM[:SS]` and the offset of a matched time; "" where the hour does not exist."""
    before, hours, minutes, seconds, after, zone = match.groups()
    hour = int(hours)
    mark = (before or after or "").lower().replace(".", "").replace(" ", "")
    if mark in ("pm", "下午", "晚上", "午後", "오후", "μμ", "م") and hour < 12:
        hour += 12
    elif mark in ("am", "上午", "凌晨", "早上", "午前", "오전", "πμ", "ص") and hour == 12:
        hour = 0
    if hour > 23:
        return "", ""
    return f"{hour:02}:{minutes}" + (f":{seconds}" if seconds else ""), _offset(zone or "")


def _offset(zone: str) -> str:
    """`Z` or `±HH:MM` of a zone as it is written; "" for none, or one that is not unambiguous (CST, BST)."""
    if not zone:
        return ""
    if named := _ZONES.get(zone.upper()):
        return named
    match = re.fullmatch(r"(?:UTC|GMT)?\s?([+-])(\d{1,2}):?(\d\d)?", zone)
    if match is None or int(match[2]) > 14:
        return ""
    return f"{match[1]}{int(match[2]):02}:{match[3] or '00'}"
