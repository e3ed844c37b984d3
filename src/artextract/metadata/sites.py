"""The site, the outlet it credits, its sections and tags, the page's address, picture and description."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from artextract.lazy import lazy_pattern
from artextract.metadata.surroundings import Surroundings
from artextract.metadata.values import cleaned, folded
from artextract.model import Block, Document, Fact
from artextract.scripts import CJK_RE

_CRUMB_SIGN = lazy_pattern(r"\s?(?:>{1,2}|»|›|→|＞|::)\s?|\s/\s|(?<=[\u4e00-\u9fff])\s?[-—]+>?\s?(?=[\u4e00-\u9fff])")
_CRUMB_INTRO = lazy_pattern(
    r"(?:(?:您?(?:现在|目前|当前|所在)?的?(?:位置|在)|当前位置|所在位置|當前位置|現在位置|您的位置|现在位置"
    r"|你的位置|位置|現在地|you are here|sie sind hier|vous êtes ici"
    r"|estás aquí|você está aqui|sei qui|вы здесь|jesteś tutaj|breadcrumb)\s?[:：]?\s?)",
    re.IGNORECASE,
)
_HOME_WORDS = (
    "home|homepage|首页|主页|首頁|ホーム|トップ|홈|start|startseite|accueil|inicio|início|página inicial|portada"
    "|strona główna|główna|главная|αρχική|الرئيسية|hem|hjem|forside|anasayfa|trang chủ|front page|正文|全文|本文"
    "|内容|详情"
)
_HOME = frozenset(folded(word) for word in _HOME_WORDS.split("|"))
_RIGHTS = lazy_pattern(
    r"(?:本网站由|本站由)?([\u4e00-\u9fffA-Za-z·]{2,20}?)(?:网站)?版权所有"
    r"|版权所有\s?[:：©]?\s?([\u4e00-\u9fffA-Za-z·]{2,20})"
    r"|(?:©|\(c\)|copyright)[\s©(c)]{0,6}(?:(?:19|20)\d\d(?:\s?[-–—,]\s?(?:(?:19"
    r"|20)?\d\d))?[\s,.]{0,3})?(?:by\s)?([^\W\d_][^|©\n.,;:]{1,50})",
    re.IGNORECASE,
)
_RIGHTS_SIGN = lazy_pattern(r"©|\([cC]\)|[Cc]opyright|COPYRIGHT|版权|版權")
_RIGHTS_TAIL = lazy_pattern(
    r"\s?(?:all rights reserved|alle rechte|tous droits|todos los derechos|todos os direitos|tutti i diritti"
    r"|все права|wszelkie prawa|inc\b|llc\b|ltd\b"
    r"|gmbh\b|(?:19|20)\d\d|\bpowered\b|\bprivacy\b|\bterms\b|\ba division\b|\bis a\b).{0,80}\Z",
    re.IGNORECASE,
)
LAST = 40


def breadcrumb_of(text: str) -> list[str]:
    """The parts of a breadcrumb line, without its introduction; [] for any other line.

    >>> breadcrumb_of("黄河新闻网 > 长治频道 >  今日头条")
    ['黄河新闻网', '长治频道', '今日头条']
    >>> breadcrumb_of("当前位置：首页 > 新闻 > 正文")
    ['首页', '新闻', '正文']
    """
    line = cleaned(text, 300)
    intro = _CRUMB_INTRO.match(line)
    if intro:
        line = line[intro.end() :]
    parts = [part.strip(" |·") for part in _CRUMB_SIGN.split(line)]
    parts = [part for part in parts if part]
    if len(parts) < 2 or any(len(part) > 80 for part in parts[:-1]) or len(parts) > 9:
        return []
    return parts


def breadcrumb_blocks(around: Surroundings) -> Iterator[tuple[Block, list[str]]]:
    """Blocks that are breadcrumbs: by the lexicon's word, or near the title with two signs or an introduction."""
    near = set(around.near)
    for block in around.short:
        labelled = around.labels[block.index] == "breadcrumb"
        if labelled or (block.index in near and (">" in block.text or _CRUMB_INTRO.match(block.text))):
            parts = breadcrumb_of(block.text)
            if parts:
                yield block, parts


def crumb_facts(around: Surroundings, title: str | None) -> Iterator[Fact]:
    """The site and the sections that breadcrumbs of the text name."""
    key = folded(title or "")
    for block, parts in breadcrumb_blocks(around):
        own = [
            p
            for p in parts
            if folded(p) not in _HOME
            and folded(p) != key
            and not (key and key.startswith(folded(p[:-3])) and len(p) > 15)
        ]
        if not own:
            continue
        first_is_site = (
            folded(parts[0]) not in _HOME
            and (len(parts) > 2 or _looks_like_site(parts[0]))
            and _looks_like_site(parts[0])
        )
        if first_is_site:
            yield Fact("site_name", parts[0], "text.breadcrumb", block.place, 0.6, block.text)
        for part in own[1:] if first_is_site else own:
            yield Fact("categories", part, "text.breadcrumb", block.place, 0.6, block.text)
        return


_SITE_END = lazy_pattern(
    r"(?:网|网站|報|报|在线|新闻|日报|晚报|時報|时报|新聞|社|台|频道网|\.(?:com|net|org|cn|de|fr|jp|kr|ru)"
    r"|ニュース|뉴스|일보|신문)\Z",
    re.IGNORECASE,
)


def _looks_like_site(name: str) -> bool:
    return _SITE_END.search(name) is not None or (
        bool(name) and not CJK_RE.search(name) and " " not in name and "." in name
    )


def rights_facts(around: Surroundings) -> Iterator[Fact]:
    """Who a copyright line says the site belongs to."""
    for block in around.short[-LAST:]:
        if around.labels[block.index] != "legal" and not _RIGHTS_SIGN.search(block.text):
            continue
        if match := _RIGHTS.search(block.text):
            name = next(g for g in match.groups() if g)
            name = _RIGHTS_TAIL.sub("", name).strip(" ,.;:|-–—·“”\"'")
            if 1 < len(name) <= 50 and folded(name) not in ("all", "thissite", "本站", "本网站", "网站"):
                yield Fact("site_name", name, "text.rights", block.place, 0.4, cleaned(block.text, 200))


def outlet_facts(around: Surroundings) -> Iterator[Fact]:
    """The outlet that a credit line names, and an original title."""
    for index, lines in around.credits.items():
        place = around.blocks[index].place
        for line, credits in lines:
            for credit in credits:
                if credit.role in ("source_name", "original_title"):
                    yield Fact(credit.role, credit.values[0], "text.credit", place, 0.8, cleaned(credit.raw, 200))
            if line[:1] in "(viaVmMsSqQ" and (match := _VIA.fullmatch(line[:80])):
                yield Fact("source_name", match[1].strip(), "text.via", place, 0.6, line)


_VIA = lazy_pattern(r"(?:\()?(?:via|mit material von|source:|quelle:)\s([A-Z][\w .&-]{1,38}?)(?:\))?", re.IGNORECASE)


def host_name(document: Document, url: str | None) -> str:
    try:
        return (urlsplit(url or document.source.url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def tail_of_titles(document: Document, title: str | None) -> str | None:
    """What `<title>` has beside the page's own title, if it is one short piece at its end or start."""
    if not title:
        return None
    for fact in document.reading.facts:
        if fact.rule == "title" and title in fact.value and fact.value != title:
            rest = fact.value.replace(title, "", 1).strip(" |-–—·•:»_｜")
            return rest if 1 < len(rest) <= 40 and not re.search(r"\s[|–—-]\s|_", rest) else None
    return None


SITE_ORDER = (
    "meta.og-site-name",
    "jsonld.publisher",
    "jsonld.website",
    "text.breadcrumb",
    "meta.application-name",
    "jsonld.page.publisher",
    "microdata.publisher",
    "title.tail",
    "meta.publisher",
    "text.rights",
    "meta.copyright",
)


def first_by_rule(facts: Iterable[Fact], order: tuple[str, ...]) -> Fact | None:
    """The first fact of the first rule of `order` that has one."""
    by_rule: dict[str, Fact] = {}
    for fact in facts:
        by_rule.setdefault(fact.rule, fact)
    return next((by_rule[rule] for rule in order if rule in by_rule), None)
