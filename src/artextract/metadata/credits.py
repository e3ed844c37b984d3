"""Credit lines: who wrote, who edited, where it comes from: "label: value" pairs, and other fixed forms.

Chinese, Japanese and Korean pages name people after a label (责任编辑：, 文/, 記者), or before one (홍길동 기자);
others with a word and a colon. A line may hold several credits, so labels are found first and a value ends where the
next begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from artextract.lazy import lazy_pattern
from artextract.metadata.names import as_name, names_in
from artextract.records import record
from artextract.scripts import CJK_RE

Role = Literal["authors", "editors", "source_name", "original_title", "other"]

LONGEST = 300  # characters of one line that are looked at

_LABELS: dict[Role, str] = {
    "authors": (
        "作者|本文作者|作者署名|撰文|撰稿|撰稿人|文字|采写|采访|供稿人|署名|本报记者|本报通讯员|记者|特约记者"
        "|见习记者|实习记者|实习生|通讯员|特约通讯员|評論員|评论员"
        "|質問者|投稿者|作成者|トピ主|文責|記者|本報記者|採訪|採訪撰文|撰文者|執筆|執筆者|取材|取材・文|筆者|著者|ライター|寄稿|글|글쓴이|작성자"
        "|필자|취재|기자"
        "|author|authors|written by|words by|texte|texto|testo|autor|autorin|autores|auteur|auteurs"
        "|autore|autori|autorzy|автор"
        "|авторы|текст|συντάκτης|συντάκτρια|γράφει|بقلم|الكاتب"
    ),
    "editors": (
        "责任编辑|責任編輯|责编|責編|编辑|編輯|本文编辑|值班编辑|网络编辑|新媒体编辑|执行编辑|文字编辑|主编|主編"
        "|副主编|执行主编|编审|編審|編集|編集者|編集担当|편집|편집자|에디터"
        "|editor|editors|edited by|redakteur|redakteurin|redaktion|rédacteur en chef|editado por|edición"
        "|a cura di|редактор|redaktor|opracowanie|επιμέλεια|تحرير|المحرر"
    ),
    "source_name": (
        "来源|來源|稿源|发布机构|發布機關|发布单位|發布單位|文章来源|信息来源|新闻来源|稿件来源|消息来源|资料来源|转自|转载自|转载来源|出处|出處|来自"
        "|出典|提供|配信|提供元|출처|제공"
        "|source|quelle|fuente|fonte|źródło|źrodło|источник|πηγή|المصدر|bron|källa|kilde"
    ),
    "original_title": "原标题|原標題|原文标题|原题|原題|原题目|原文標題|原新闻标题|原タイトル|원제|original title"
    "|originaltitel|titre original|título original|titolo originale",
    "other": (
        "发布时间|发表时间|发布日期|更新时间|更新日期|时间|日期|時間|日時|发布于|发表于|发布|更新|公開日|更新日"
        "|摄影|攝影|摄|图片|图|图片来源|圖片來源|图源|写真|撮影|사진|校对|校對|审核|審核|审校|终审|三审|二审|一审"
        "|初审|复审"
        "|监制|監製|监审|策划|制作|设计|美编|视频|配音|翻译|译者|编译|字体|字号|字號|大小|浏览|浏览次数|浏览量"
        "|阅读|阅读量|阅读次数|点击|点击数|点击量|访问量|人气|评论|分享|分享到|打印|关键词|关键字|标签|栏目|分类"
        "|专题|频道|电话|邮箱"
        "|입력|수정|등록|승인|이메일|date|published|updated|photo|photos|foto|фото|tags|category|views|comments"
    ),
}
_ROLE_OF: dict[str, Role] = {label: role for role, labels in _LABELS.items() for label in labels.split("|")}
_ROLE_OF["文"] = "authors"
_BY_LENGTH = sorted((label for label in _ROLE_OF if label not in "文图摄"), key=len, reverse=True)
_CJK_LABELS = "|".join(label for label in _BY_LENGTH if max(label) >= "\u2e80")
_OTHER_LABELS = "|".join(re.escape(label) for label in _BY_LENGTH if max(label) < "\u2e80")
_LABEL = lazy_pattern(
    rf"({_CJK_LABELS}|(?<![\u4e00-\u9fff])[文图摄])\s?[:：/／丨|｜＝=\t]|(?<![^\W_])({_OTHER_LABELS})\s?[:：]",
    re.IGNORECASE,
)
_HAS_MARK = lazy_pattern(r"[:：/／丨｜＝=\t]")
_ENDS = lazy_pattern(r"\s?[|｜\]】)）\t\n;；。>»]|\s{2,}|\s[-–—]\s|，|,\s?(?=\d)")


@record(frozen=True, slots=True)
class Credit:
    """A role, the names or the value given to it, the words of the line it was read from."""

    role: Role
    values: tuple[str, ...]
    raw: str


def credits_in(line: str) -> list[Credit]:
    """The labelled credits of a short line, in order.

    >>> [(c.role, c.values) for c in credits_in("来源：长治日报 作者：张三 李四 责任编辑：王五")]
    [('source_name', ('长治日报',)), ('authors', ('张三', '李四')), ('editors', ('王五',))]
    """
    text = line[:LONGEST]
    if posted := _POSTED.match(text):
        return [Credit("authors", (posted[1],), posted[0])]
    if not _HAS_MARK.search(text):
        return []
    labels = list(_LABEL.finditer(text))
    found: list[Credit] = []
    for number, match in enumerate(labels[:20]):
        if match[0].endswith(("=", "＝")) and (match[1] or match[2]) in ("기자", "記者"):
            continue  # "홍길동 기자 = …" opens a Korean agency's text
        end = labels[number + 1].start() if number + 1 < len(labels) else len(text)
        label = match[1] or match[2]
        role = _ROLE_OF.get(label) or _ROLE_OF.get(label.lower(), "other")
        value = text[match.end() : end].strip()
        if values := _values(role, value):
            found.append(Credit(role, values, text[match.start() : match.end()] + value))
    return found


def _values(role: Role, value: str) -> tuple[str, ...]:
    if role == "other":
        return ()
    if role == "original_title":
        value = value[:200].strip()
        if value.endswith(("）", ")")) and value.count("（") + value.count("(") < value.count("）") + value.count(")"):
            value = value[:-1].rstrip()
        return (value,) if value else ()
    value = value.lstrip("[【(（「《<").strip()
    for cut in _ENDS.finditer(value, 1):
        if (
            cut[0].strip() not in (")", "）")
            or value.count("(", 0, cut.start()) + value.count("（", 0, cut.start()) == 0
        ):
            value = value[: cut.start()]
            break
    return _outlet(value) if role == "source_name" else _people(value)


_NO_OUTLET = lazy_pattern(r"https?:|本站|原创|网络|互联网|未知|转载|\d{4}")


def _outlet(value: str) -> tuple[str, ...]:
    """The name of a source: up to the first space where it is Chinese or Japanese."""
    if CJK_RE.match(value):
        value = value.split()[0] if value.split() else ""
    value = value.strip(" :：,，.。[]【】()（）《》「」\"'“”")
    return (value,) if 1 < len(value) <= 40 and not _NO_OUTLET.search(value) and not value.isdigit() else ()


def _people(value: str) -> tuple[str, ...]:
    """Names after a label: in Chinese several short words are several names, else the first words are one."""
    value = _ROLE_WORDS.sub(" ", value).strip()
    if stop := _STOPS.search(value, 1):
        value = value[: stop.start()].strip()
    if not CJK_RE.search(value):
        return names_in(value, loose=True)
    words = re.split(r"[\s、，,/／·]+" if not value[:1].isascii() else r"[、，,/／]+", value)
    if "(" in value or "（" in value:
        words = [value]
    found: list[str] = []
    for word in words[:8]:
        if found and not _short_name(word):
            break
        name = as_name(word, loose=True)
        if name is None:
            break
        found.append(name)
    return tuple(dict.fromkeys(found))


_ROLE_WORDS = lazy_pattern(
    r"(?:本报|本网|本刊|特约|见习|实习)?(?:记者|記者|通讯员|实习生)|(?:摄影报道|报道|报导|報導|整理|编译|综合"
    r"|기자|특파원|さん|氏)\Z"
)


_STOPS = lazy_pattern(
    r"阅读|閱讀|浏览|瀏覽|我来说两句|评论|評論|发表|點擊|点击|字号|分享|打印|来源|编辑|时间|摄影|收藏|举报|关注"
    r"|责编|\s\d"
)


def _short_name(word: str) -> bool:
    return 2 <= len(word) <= 4 and all(CJK_RE.match(c) for c in word) and word[0] in SURNAMES


# -- names without a colon ---------------------------------------------------------------------------------------------

SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏"
    "钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文庞龐樊兰蘭殷施陶洪翟安颜顏倪严嚴牛温溫芦季俞章鲁魯"
    "葛伍韦韋申尤毕畢聂聶丛焦向柳邢路岳齐齊沿梅莫庄莊辛管祝左涂谷祁时時舒耿牟卜詹关關苗凌费費纪紀靳盛童欧歐甄项項曲成游阳陽裴席卫衛查屈鲍鮑位覃霍翁隋植甘景薄单單包司柏"
    "宁寧柯阮桂闵閔解强柴华華车車冉房边邊辜吉饶饒刁瞿戚丘古米池滕晋晉苑邬鄔臧畅暢宫宮来嵺苟全褚廉简簡娄婁盖符奚木穆党燕郎邸冀谈談姬屠连連郜晏栾欒郁商蒙计計喻揭窦竇迟遲宇敖糜鄢冷卓花仇艾蓝藍都巩鞏稽井练練仲乐樂虞卞封竺冼原官衣楚佟栗匡宗应應台巫鞠僧桑荆荊谌银揣隆明初佘阴陰兴"
)  # fmt: skip
_NAME = "[\u4e00-\u9fff]{2,4}"
_REPORTER = lazy_pattern(
    rf"(?:记者|記者|通讯员|通訊員|实习生|实习记者|评论员"
    rf"|撰稿人)[\s:：]{{0,2}}({_NAME}(?:[\s、，,]{{1,2}}{_NAME}){{0,6}})(?=[\s)）】\]，,。、/／:：发自报報摄攝文图圖]|\Z)"
)
_SIGNED = lazy_pattern(
    r"(?:\A|[。！？”」』…!?.])\s?[(（]\s?(?:(?:本报|本网|特约|见习)?(?:记者|記者|通讯员|作者|文)[\s:：/]{0,2})?"
    rf"({_NAME}(?:[\s、，,]{{1,2}}{_NAME}){{0,4}})(?:\s[\u4e00-\u9fff]{{2,6}})?\s?[)）]\s?\Z"
)
_SIGNED_JAPANESE = lazy_pattern(
    r"[(（]\s?(?:記者|取材|執筆|文)[・:：/]\s?([\u3040-\u9fff々ヶ]{2,8})(?:[、・].{0,10})?[)）]\s?\Z"
)
_JAPANESE_REPORTER = lazy_pattern(r"(?:記者|文|執筆)[ \u3000・]([\u3040-\u9fff々ヶ]{2,8})")
_WECHAT = lazy_pattern(r"原创\s{1,3}(\S{1,16})\s{1,3}(\S{2,20})\s{1,3}20\d\d[-年]")
_WIRE = lazy_pattern(
    r"(?:记者|記者)([\u4e00-\u9fff]{2,3})(?:[\u4e00-\u9fff]{2,6}?)(?:[〇一二三四五六七八九十\d]{1,3}日)[專专综綜]?[合]?[電电]"
)
"""記者 NAME, a place, a day, 電: the opening of a Chinese agency's report."""
_POSTED = lazy_pattern(r"由\s?([^\s，。：:]{2,16}?)\s?(?:张贴|發表|发表|发布|發布|撰写)")
_KOREAN = lazy_pattern(r"(?<![가-힣])([가-힣]{2,4})\s?(?:인턴)?(?:기자|특파원|논설위원|선임기자)(?![가-힣])")
_NO_REPORTER = frozenset("从在了对于向就是也和及表示获悉看到采访来到发现注意到日前近日今天昨日报報导導讯訊电電")


def reporters_in(line: str) -> tuple[str, ...]:
    """Names beside a reporter's word and no colon: 本报记者 张三 李四, 홍길동 기자.

    >>> reporters_in("光明日报记者 王建宏 张文攀"), reporters_in("记者从市政府获悉"), reporters_in("서울=홍길동 기자")
    (('王建宏', '张文攀'), (), ('홍길동',))
    """
    text = line[:LONGEST]
    if whole := _JAPANESE_REPORTER.fullmatch(text.strip()):
        return (whole[1],)
    found: list[str] = []
    for match in _REPORTER.finditer(text):
        words = re.split(r"[\s、，,]+", match[1])
        for word in words:
            if word in ("通讯员", "通訊員", "实习生", "特约记者"):
                continue
            if not _is_person(word):
                break
            found.append(word)
    if (
        not found
        and (wire := _WIRE.search(text))
        and (person := next(filter(_is_person, (wire[1], wire[1][:2])), None))
    ):
        found.append(person)
    if "기자" in text or "특파원" in text or "논설위원" in text:
        found.extend(match[1] for match in _KOREAN.finditer(text))
    return tuple(dict.fromkeys(found))


_AGENCIES = (
    # San Telmo, 6 mar (Agencia Austral).- · CITY, State, May 3 (Agency) -
    lazy_pattern(
        r"[^.()\n]{2,50}?,? (?:\d{1,2} [^\W\d_]{3,10}\.?"
        r"|[A-Z][a-z]{2,8}\.? \d{1,2}) ?\(([A-Z][^()\d]{1,40})\)\s?[.,]?\s?[-–—]"
    ),
    lazy_pattern(r"[A-Z][A-Z .'-]{2,30}(?:, [A-Z][A-Za-z. ]{2,20})? \(([A-Z][\w ]{1,24})\)\s?[-–—]\s"),
    lazy_pattern(r"\(([A-Z][\w. ]{1,24})\)\s?[-–—]\s?[A-ZÀ-Ý][A-ZÀ-Ý' -]{2,40}"),  # (AGL) - ROMA, 3 DIC -
    lazy_pattern(  # МОСКВА, 9 окт – Агентство, Имя Фамилия.
        r"[А-ЯЁA-Z][А-ЯЁA-Z\s-]{2,30}, \d{1,2} [а-яёa-z]{3,10}\.? ?[–—-] ([^\d.,–—]{2,30}?)"
        r"(?:, ([А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё-]+))?\. "
    ),
    lazy_pattern(r"[(（\[【][^=()（）\s]{1,12}=([가-힣A-Za-z]{2,12})[)）\]】]"),  # (서울=통신) 홍길동 기자 =
    lazy_pattern(r"[【(（]?([\u4e00-\u9fff]{2,5}社)(?:记者|記者|[\u4e00-\u9fff]{2,8}\d{1,2}月)"),
)
"""How agencies open their reports: the place, the day, the agency, perhaps the reporter."""


def agency_of(text: str) -> Credit | None:
    """The agency that a report's first words name, as its source; `values` are the reporters they name.

    >>> agency_of("SAN TELMO, 6 mar (Agencia Austral).- Un grupo …").raw
    'Agencia Austral'
    """
    start = text[:120].lstrip()
    for pattern in _AGENCIES:
        if match := pattern.match(start):
            people = match[2] if pattern.groups > 1 else None
            return Credit("source_name", (people,) if people else (), match[1].strip())
    return None


def _is_person(word: str) -> bool:
    """Whether two to four characters can be a Chinese name: a surname first, no word of a sentence in it."""
    return 2 <= len(word) <= 4 and word[0] in SURNAMES and not any(c in _NO_REPORTER for c in word[1:])


def signature_of(text: str) -> tuple[str, ...]:
    """The names in brackets at the very end of a paragraph: …发言。(张瀚予).

    >>> signature_of("部分代表发言。(张瀚予)"), signature_of("（常书香 马丹阳 ）"), signature_of("详见附件（下）")
    (('张瀚予',), ('常书香', '马丹阳'), ())
    """
    match = _SIGNED.search(text[-60:])
    if match is None:
        return signed_japanese(text)
    words = re.split(r"[\s、，,]+", match[1])
    people = [word for word in words if _is_person(word)]
    return tuple(people) if people and len(people) >= len(words) - 1 and _is_person(words[0]) else ()


def wechat_head(line: str) -> tuple[str, str] | None:
    """The writer and the account of a post on WeChat: 原创  小麦穗  东门里的事  2022-09-20."""
    match = _WECHAT.match(line[:LONGEST].strip())
    return (match[1], match[2]) if match else None


def signed_japanese(text: str) -> tuple[str, ...]:
    """The name behind 記者・ in brackets at the end: （記者・浦野大地、写真も）."""
    match = _SIGNED_JAPANESE.search(text[-40:])
    return (match[1],) if match else ()


_BRACKETED = lazy_pattern(rf"[(（\[【]\s?({_NAME})\s?[)）\]】]")


def bracketed_name(line: str) -> str | None:
    """A person's name in brackets inside a line: 2004年7月16日08:19 [ 黄宇 ] 来源：…"""
    return next((m[1] for m in _BRACKETED.finditer(line[:LONGEST]) if _is_person(m[1]) and len(m[1]) <= 3), None)


def lone_name(line: str) -> str | None:
    """A line that is nothing but a Chinese person's name."""
    word = line.strip(" []【】()（）□■◎●")
    return word if _is_person(word) and len(word) <= 3 else None


def each_line(text: str) -> Iterator[str]:
    """The lines of a block (`<br>` inside it), cut."""
    for line in text[: LONGEST * 3].split("\n"):
        if line.strip():
            yield line.strip()
