"""The site, the outlet it credits, its sections and tags, the page's address, picture and description."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from artextract.lazy import lazy_pattern
from artextract.metadata.credits import agency_of, wechat_head
from artextract.metadata.surroundings import Surroundings
from artextract.metadata.values import cleaned, folded
from artextract.model import Block, Document, Fact
from artextract.scripts import CJK_RE

_CRUMB_SIGN = lazy_pattern(r"\s?(?:>{1,2}|»|›|→|＞|::)\s?|\s/\s|(?<=[\u4e00-\u9fff])\s?[-—]+>?\s?(?=[\u4e00-\u9fff])")
_CRUMB_SIGN_BESIDE_QUOTES = lazy_pattern(r"\s?(?:>{1,2}|›|→|＞|::)\s?|\s[/»]\s")
_SPACED_CRUMB = lazy_pattern(r"(?:首页|首頁|主页) (?:\S{2,8} ){1,4}(?:正文|全文|内容|內容)")
_CRUMB_INTRO = lazy_pattern(
    r"(?:(?:您?(?:现在|目前|当前|所在)?的?(?:位置|在)|当前位置|所在位置|當前位置|現在位置|您的位置|现在位置"
    r"|你的位置|位置|現在地|you are here|sie sind hier|vous êtes ici"
    r"|est[áa]s? (?:aquí|en)|você está (?:aqui|em)|sei qui|вы здесь|jesteś tutaj|breadcrumb)\s?[:：]?\s?)",
    re.IGNORECASE,
)
_HOME_WORDS = (
    "home|homepage|board index|forum index|首页|主页|首頁|主頁|討論區首頁|论坛首页|論壇首頁|ホームページ|ホーム|トップ"
    "|홈"
    "|start"
    "|startseite|accueil|inicio|início|página inicial|portada"
    "|strona główna|główna|главная|главная страница|αρχική|الرئيسية|hem|hjem|forside|anasayfa"
    "|trang chủ|front page|正文|全文|本文"
    "|内容|详情"
)
_HOME = frozenset(folded(word) for word in _HOME_WORDS.split("|"))
_RIGHTS = lazy_pattern(
    r"(?:本网站由|本站由)?([\u4e00-\u9fffA-Za-z·]{2,20}?)(?:网站)?版权所有"
    r"|版权所有\s?[:：©]?\s?([\u4e00-\u9fffA-Za-z·]{2,20})"
    r"|(?:©|\(c\)|copyright)(?:\s|©|\(c\)|copyright){0,6}(?:(?:19|20)\d\d(?:\s?[-–—,]\s?(?:(?:19"
    r"|20)?\d\d))?[\s,.]{0,3})?(?:by\s)?([^\W\d_][^|©\n.,;:]{1,50})",
    re.IGNORECASE,
)
_COMPANY = lazy_pattern(r"(?<=..)(?:股份)?有限公司\Z|(?<=新聞)社\Z")
_RIGHTS_SIGN = lazy_pattern(r"©|\([cC]\)|[Cc]opyright|COPYRIGHT|版权|版權")
_RIGHTS_TAIL = lazy_pattern(
    r"\s?(?:版權|版权|著作權|不得轉載|不得转载|未經|未经|無断|禁止?轉載|無斷|무단|저작권|재배포|all rights reserved"
    r"|alle rechte"
    r"|tous droits|todos los derechos|todos os direitos|tutti i diritti"
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
    if spaced := _SPACED_CRUMB.fullmatch(line):
        return spaced[0].split()
    intro = _CRUMB_INTRO.match(line)
    if intro:
        line = line[intro.end() :]
    sign = _CRUMB_SIGN if "«" not in line else _CRUMB_SIGN_BESIDE_QUOTES
    parts = [part.strip(" |·") for part in sign.split(line)]
    parts = [part for part in parts if part]
    if len(parts) < 2 or any(len(part) > 80 for part in parts[:-1]) or len(parts) > 9:
        return []
    return parts


def breadcrumb_blocks(around: Surroundings) -> Iterator[tuple[Block, list[str]]]:
    """Blocks that are breadcrumbs: by the lexicon's word, or near the title with two signs or an introduction."""
    near = set(around.near)
    for block in around.short:
        labelled = around.labels[block.index] == "breadcrumb"
        if labelled or (
            block.index in near
            and (">" in block.text or _SPACED_CRUMB.match(block.text[:60]) or _CRUMB_INTRO.match(block.text))
        ):
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
    r"|ニュース|뉴스|일보|신문|论坛|論壇|포럼|掲示板|フォーラム)\Z|\A(?:.{0,30}\s)?(?:forum|fórum|foro|форум|φόρουμ|منتديات|منتدى)(?:\s.{0,30})?\Z",
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
            name = _COMPANY.sub("", name)
            if 1 < len(name) <= 50 and folded(name) not in ("all", "thissite", "本站", "本网站", "网站"):
                yield Fact("site_name", name, "text.rights", block.place, 0.4, cleaned(block.text, 200))


_WORD = lazy_pattern(r"[^\s|·•>»/]{1,40}")


def masthead_facts(around: Surroundings, title: str | None) -> Iterator[Fact]:
    """The site's name as the first line of a dump: above a menu or breadcrumb that begins with the word for home."""
    if around.document.reading.facts:
        return
    key = folded(title or "")
    for block in around.short[:3]:
        name = block.text.strip()
        if (around.title and block.index >= around.title[0]) or _starts_at_home(name) or folded(name) in _HOME:
            return
        follows = around.blocks[block.index + 1 : block.index + 4]
        if _is_masthead(name, key) and any(_starts_at_home(b.text) for b in follows):
            yield Fact("site_name", _without_portal(name), "text.masthead", block.place, 0.5, name)
            return


_SKIP = lazy_pattern(r"skip|jump to|menu|log ?in|sign |search|toggle", re.IGNORECASE)
_NEWSPAPER_PAGE = lazy_pattern(r"第\s?[A-Z]?\d{1,3}\s?版")


def _is_masthead(name: str, title: str) -> bool:
    """Whether a line is a name: short, one piece, no sentence, no word for home, not the title."""
    return (
        1 < len(name) <= 40
        and name[0].isalpha()
        and "\n" not in name
        and folded(name) not in _HOME
        and folded(name) != title
        and not _SKIP.match(name)
        and not re.search(r"[|·•>»:：.!?。！？]|\s{2,}|\d{3}", name)
        and len(name.split()) <= 6
    )


def _starts_at_home(text: str) -> bool:
    """Whether a line is a breadcrumb, a page of a newspaper, or a menu of four words that begins with home."""
    line = text[:120].strip()
    if _CRUMB_INTRO.match(line) or _NEWSPAPER_PAGE.match(line):
        return True
    words = [word.group() for word in itertools.islice(_WORD.finditer(line), 4)]
    return len(words) > (1 if len(breadcrumb_of(line)) > 1 else 3) and (
        folded(words[0]) in _HOME or folded(" ".join(words[:2])) in _HOME
    )


def _without_portal(name: str) -> str:
    return re.sub(r"(?<=..)(?:门户网站|門戶網站|官方网站|官网)\Z", "", name)


def outlet_facts(around: Surroundings) -> Iterator[Fact]:
    """The outlet that a credit line names, and an original title."""
    for index, lines in around.credits.items():
        place = around.blocks[index].place
        for line, credits in lines:
            if wechat := wechat_head(line):
                yield Fact("site_name", wechat[1], "text.masthead", place, 0.7, line)
            for credit in credits:
                if credit.role in ("source_name", "original_title"):
                    yield Fact(credit.role, credit.values[0], "text.credit", place, 0.8, cleaned(credit.raw, 200))
            if first := _FIRST_PUBLISHED.search(line[:120]):
                yield Fact("source_name", (first[1] or first[2]).strip(), "text.via", place, 0.6, line)
            if line[:1] in "(viaVmMsSqQ" and (match := _VIA.fullmatch(line[:80])):
                yield Fact("source_name", match[1].strip(), "text.via", place, 0.6, line)


def agency_facts(around: Surroundings) -> Iterator[Fact]:
    """The agency that the first words of the body credit."""
    for block in [b for b in around.blocks if len(b.text) > 40 and b.origin == "page"][:2]:
        if agency := agency_of(block.text):
            yield Fact("source_name", agency.raw, "text.agency", block.place, 0.6, cleaned(block.text, 80))
            return


_FIRST_PUBLISHED = lazy_pattern(
    r"(?:first|originally) (?:published|appeared|posted) (?:in|on|at"
    r"|by) (?:the )?([A-Z][\w'’ .&-]{2,40}?)(?:\.|,| on | in |\Z)"
    r"|zuerst erschienen (?:in|bei|auf) (?:der |dem )?([A-ZÄÖÜ][\w .&-]{2,40}?)(?:\.|,|\Z)"
)
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
            return _other_piece(fact.value, title)
    return None


_PIECES = lazy_pattern(r"\s{1,3}(?:[|·•–—»›:~-]|::|\|\||>|--)\s{1,3}|\s?[_｜|]\s?")


def _other_piece(value: str, title: str) -> str | None:
    """The outermost piece on the side where the title is not, if it is short."""
    before, _, after = value.partition(title)
    pieces = [p.strip(" |-–—·•:_｜") for p in _PIECES.split(after if after.strip() else before)]
    pieces = [p for p in pieces if p]
    if not pieces:
        return None
    piece = pieces[-1] if after.strip() else pieces[0]
    return piece if 1 < len(piece) <= 40 else None


SITE_ORDER = (
    "meta.og-site-name",
    "jsonld.publisher",
    "jsonld.website",
    "text.breadcrumb",
    "meta.application-name",
    "jsonld.page.publisher",
    "microdata.publisher",
    "title.tail",
    "link.home",
    "text.masthead",
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
