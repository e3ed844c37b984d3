"""When the page was published, and when it was changed: candidates from markup, address and dated lines."""

from __future__ import annotations

import re
from functools import cache

from artextract.lazy import lazy_pattern
from artextract.metadata.ballot import Candidate
from artextract.metadata.surroundings import Surroundings
from artextract.metadata.values import cleaned
from artextract.metadata.when import Order, When, dates_in, machine_date, short_dates_in, url_date
from artextract.model import Document, Fact
from artextract.records import record

_DIGIT = lazy_pattern(r"\d|[〇一二三四五六七八九]年")
SCANNED = 90  # short blocks from the top that are read for dates
LAST = 25  # … and from the end
_LABEL = 30  # characters of a line that is nothing but the label of the date below it

_UPDATED = lazy_pattern(
    r"updat|modif|revis|last (?:edit|review)|aktualis|geändert|bearbeitet|mis(?:e)? à jour|modifié|actualiz"
    r"|actualis|aggiorn|atualiz"
    r"|обновл|измен|aktualiz|zmieni|更新|修改|最終|수정|업데이트|ενημ[εέ]ρ|τροποπ|تحديث|تعديل|bijgewerkt|gewijzigd"
    r"|uppdater|oppdater|opdater"
    r"|güncelle|diperbarui|cập nhật",
    re.IGNORECASE,
)
_PUBLISHED = lazy_pattern(
    r"publi|posted|first (?:appeared|published)|created|written|asked|started|submitted|veröffentlicht|erstellt"
    r"|erschienen|stand:|publié|posté|mis en ligne"
    r"|paru|publicad|creado|pubblicat|criado|опубл|размещ|создан|дата|opublikowan|dodan|发布|发表|發佈|發表|刊登"
    r"|刊发|时间|時間|日期|公開|掲載|投稿|配信|作成"
    r"|입력|등록|게시|작성|승인|δημοσ|ανάρτ|نشر|gepubliceerd|geplaatst|publicera|publiser|yayın|diterbitkan|đăng"
    r"|thread starter|start date|enviad[oa]|envoyé|gesendet|verfasst am|inviato|wysłan|отправлен|написано|質問日時",
    re.IGNORECASE,
)
_OTHER_DAY = lazy_pattern(
    r"©|\(c\)|copyright|since|founded|establish|joined|member since|registered|born|died|expires|valid|deadline"
    r"|event|starts?:|ends?:|until|due|from:|to:"
    r"|last (?:post|activity|seen|visit|reply)|effective|version|release|seit|gegründet|depuis|desde|版权|注册"
    r"|加入|有效|截止|备案|许可证|註冊|登録日|가입|регистрац|inscri[tp]|registad|registrad|registriert|iscritto"
    r"|dołączył|μέλος από|تاريخ التسجيل",
    re.IGNORECASE,
)


@record(frozen=True, slots=True)
class Dated:
    """A date and the fact it was read from; `evidence` are the names that speak for or against it."""

    when: When
    fact: Fact
    evidence: frozenset[str]


def dated_facts(document: Document) -> list[Dated]:
    """The dates that the markup and the page's address state."""
    found: list[Dated] = []
    for fact in document.reading.facts:
        if fact.field == "date":
            when = machine_date(fact.value)
            if when and not when.other:
                kind = "modified" if fact.rule.startswith("class") and _UPDATED.search(fact.value) else fact.rule
                found.append(Dated(when, fact, frozenset({kind})))
        elif fact.field == "url" and (when := url_date(fact.value)):
            stated = Fact("date", fact.value, "url.path", fact.place, fact.score)
            found.append(Dated(when, stated, frozenset({"url.day" if len(when.day) == 10 else "url.month"})))
    return found


def dated_lines(around: Surroundings) -> list[Dated]:
    """The dates of short lines, near the title, labelled, or in the first and last part of the page."""
    short = [b.index for b in around.short]
    indices = {*around.near, *around.far, *short[:SCANNED], *short[-LAST:]}
    order = cache(lambda: page_order(around.document))
    found: list[Dated] = []
    first = True
    for index in sorted(indices):
        text = around.blocks[index].text
        dates = (dates_in(text) or _short_dates(around, index, text)) if _DIGIT.search(text) else []
        for number, when in enumerate(dates[:3]):
            read = when.read_as(order()) if when.other else when
            if read is None:
                continue
            names = _line_evidence(around, index, text, read, number, len(dates) == 1)
            if first and number == 0:
                names.add("text.first")
            found.append(_line(around, index, text, read, names))
        first = first and not dates
    return found


def _short_dates(around: Surroundings, index: int, text: str) -> list[When]:
    """Dates with a year of two digits, in lines that are labelled as dates by the page or by the lexicon."""
    found = short_dates_in(text)
    if found and (around.labels[index] in ("dateline", "byline") or _PUBLISHED.search(text)):
        return found
    return []


def _line(around: Surroundings, index: int, text: str, when: When, names: set[str]) -> Dated:
    raw = cleaned(text[when.start : when.end], 80)
    field = "date_modified" if "text.updated" in names else "date"
    rule = "text.updated" if field == "date_modified" else "text.dateline"
    return Dated(when, Fact(field, when.iso, rule, around.blocks[index].place, 0.5, raw), frozenset(names))


def _line_evidence(around: Surroundings, index: int, text: str, when: When, number: int, alone: bool) -> set[str]:
    distance = around.distance(index)
    names = {_place_name(distance) if around.title else "text.no-title"}
    before, after = text[max(0, when.start - 40) : when.start], text[when.end : when.end + 12]
    if not before.strip() and index:
        before = around.blocks[index - 1].text if len(around.blocks[index - 1].text) <= _LABEL else before
    if _UPDATED.search(before) or (_UPDATED.match(after.lstrip()) and not text[: when.start].strip() and alone):
        names.add("text.updated")
    elif _PUBLISHED.search(before):
        names.add("text.published")
    if _OTHER_DAY.search(before) or _OTHER_DAY.search(text[:60]):
        names.add("text.other-day")
    rest = len(text) - (when.end - when.start)
    names.add("text.alone" if rest <= 8 else "text.with-little" if rest <= 50 else "text.within")
    if number:
        names.add("text.second")
    label = around.labels[index]
    if label != "body":
        names.add(f"text.label-{label}")
    return names


def _place_name(distance: int) -> str:
    if distance < 0:
        return "text.before-3" if distance >= -3 else "text.before"
    for limit in (1, 2, 3, 5, 8, 12, 25):
        if distance <= limit:
            return f"text.after-{limit}"
    return "text.after"


_MDY_TAGS = frozenset({"en-us", "en_us", "es-us", "en-ph", "fil"})
_MDY_HOST = lazy_pattern(r"\.(?:gov|mil|us)(?:/|:|\Z)")
_DMY_HOST = lazy_pattern(r"\.(?:uk|au|nz|ie|in|za|de|fr|it|es|pt|br|ru|pl|gr|nl|be|at|ch|se|no|dk|eu)(?:/|:|\Z)")


def page_order(document: Document) -> Order | None:
    """Whether this page writes its days first, by its locale, its other dates, its language, its country; else None."""
    tags = [document.reading.page.language or ""]
    tags += [f.value for f in document.reading.facts if f.field == "language"]
    lowered = [t.lower().replace("_", "-") for t in tags if t]
    if by_dates := _order_of_dates(document):
        return by_dates
    regional = [t for t in lowered if "-" in t and not t.startswith("zh")]
    if any(t in _MDY_TAGS for t in regional):
        return "mdy"
    main = document.languages[0][0] if document.languages else ""
    if regional or (main and not main.startswith(("en", "zh", "ja", "ko"))):
        return "dmy"
    hosts = (
        " ".join(f.value[:200] for f in document.reading.facts if f.field == "url") + " " + (document.source.url or "")
    )
    if _DMY_HOST.search(hosts):
        return "dmy"
    return "mdy" if _MDY_HOST.search(hosts) else None


_TELLING = lazy_pattern(
    r"(?<![\d/.-])(?:(?:1[3-9]|2\d|3[01])([/-])(?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])([/-])(?:1[3-9]|2\d"
    r"|3[01]))[/-](?:19|20)\d\d(?!\d)"
)


def _order_of_dates(document: Document) -> Order | None:
    """The order of numeric dates on the page of which only one reading exists; None where there is none, or both."""
    seen: set[Order] = set()
    for block in document.blocks[:400]:
        if len(block.text) <= 300 and (match := _TELLING.search(block.text)):
            seen.add("dmy" if match[1] else "mdy")
    return seen.pop() if len(seen) == 1 else None


def candidates(around: Surroundings, lines: list[Dated]) -> list[Candidate]:
    """Each day that anything states, with all that speaks for or against it as the day of publication."""
    document = around.document
    stated = dated_facts(document)
    modified = {
        w.day[:10] for f in document.reading.facts if f.field == "date_modified" and (w := machine_date(f.value))
    }
    modified |= {d.when.day for d in lines if "text.updated" in d.evidence}
    by_day: dict[str, Candidate] = {}
    for dated in (*stated, *lines):
        candidate = by_day.setdefault(dated.when.day, Candidate(dated.when.day))
        candidate.facts.append(dated.fact)
        candidate.evidence |= dated.evidence
    _compare(by_day, stated, lines, modified)
    page = _page_evidence(document, lines, len(by_day))
    for candidate in by_day.values():
        candidate.evidence |= page
    return list(by_day.values())


_PUBLISHED_RULES = ("meta.published-time", "jsonld.date-published", "microdata.date-published", "meta.date")


def _compare(by_day: dict[str, Candidate], stated: list[Dated], lines: list[Dated], modified: set[str]) -> None:
    """What can be said of a day only beside the others."""
    in_markup = {d.when.day for d in stated if not d.fact.rule.startswith("url")}
    in_lines = {d.when.day for d in lines}
    published = {d.when.day for d in stated if d.fact.rule in _PUBLISHED_RULES} - modified
    months = {d.when.day for d in stated if len(d.when.day) == 7}
    days = sorted(d for d in by_day if len(d) == 10)
    for day, candidate in by_day.items():
        names = candidate.evidence
        if day in in_markup and day in in_lines:
            names.add("agree.markup-and-text")
        elif day in in_lines and in_markup:
            names.add("agree.text-against-markup")
        elif day in in_markup and in_lines:
            names.add("agree.markup-against-text")
        if day[:7] in months and len(day) == 10:
            names.add("agree.url-month")
        if published and day not in published and (day in modified or "text.updated" in names):
            names.add("modified-beside-published")
        elif day in published and modified and day < min(modified):
            names.add("published-before-modified")
        if day in modified:
            names.add("is-modified")
        elif modified and day > max(modified):
            names.add("after-modified")
        if len(day) < 10:
            names.add("coarse")
        elif len(days) > 1:
            names.add("earliest" if day == days[0] else "latest" if day == days[-1] else "between")


def _page_evidence(document: Document, lines: list[Dated], count: int) -> set[str]:
    """What kind of page it is: the same for all candidates, so it decides whether the page has a date at all."""
    types = {t.lower() for t in document.reading.page.types}
    names: set[str] = set()
    if types & {"article", "newsarticle", "blogposting", "techarticle", "reportagenewsarticle"}:
        names.add("page.article")
    if types & {"discussionforumposting", "qapage", "question"}:
        names.add("page.forum")
    if types & {"product", "itemlist", "collectionpage", "product.group", "offer", "aggregateoffer"}:
        names.add("page.shop")
    if not document.reading.facts:
        names.add("page.dump")
    days = len({d.when.day for d in lines})
    names.add(f"page.days-{0 if not days else 1 if days == 1 else 2 if days < 4 else 4 if days < 9 else 9}")
    return names
