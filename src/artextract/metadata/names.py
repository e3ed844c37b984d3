"""Names of people and groups, read out of what pages write where an author should be.

"By Dr. Jane Roe and John Doe "
"| Updated May 3, 2024" holds two names and much else. Words that introduce a name, dates,
roles, degrees, counts and invitations are cut off; what is left must look like a name, or there is none.
"""

from __future__ import annotations

import re

from artextract.lazy import lazy_pattern
from artextract.metadata.months import month_of
from artextract.metadata.values import LONGEST_NAME, cleaned, folded
from artextract.metadata.when import dates_in
from artextract.scripts import CJK_RE

MOST = 12  # names of one text

# Words that stand before a name, per language. Those that are also ordinary words need a colon or a capital after them.
_BY = (
    r"(?:(?:texto|textos|reportagem|reportaje|texte|testo|tekst) (?:de|di|do|da)|(?:words|story"
    r"|stories|text|articles?|blog|view all posts|all posts|posts?|review|guest post|presented"
    r"|contributed|created|curated"
    r"|submitted|authored|started|asked|added|reported|written|posted|published)(?: (?:and|&) [a-z]{3,12})? by"
    r"|by|from the desk of|(?:geschrieben |verfasst |text |ein beitrag |eine analyse )?von"
    r"|(?:écrit |rédigé |publié |posté |proposé |propos recueillis )?par|(?:escrito |publicado "
    r"|redactado |enviado )?por|przez|автором|από τ?(?:ον|ην)?|بواسطة"
    r"|(?:scritto |pubblicato |articolo )?(?:da|di)|a cura di|(?:geschreven |gepost )?door|skrevet av|skriven av"
    r"|af|av"
    r"|записал[аи]?|беседовал[аи]?|подготовил[аи]?|написал[аи]?|napisał[ay]?|opracował[ay]?|opr\."
    r"|του|της|γράφει (?:ο|η)|كتبت?|بقلم|إعداد|yazan|oleh)"
)
_LABEL = (
    r"(?:by|written by|authors?|about the authors?|byline|writer|autor(?:in|es|a|zy|i)?|auteurs?|rédaction|autore"
    r"|text|texte|texto|testo|tekst"
    r"|redacción|redação|автор(?:ы)?|текст|συντάκτης|συντάκτρια|κείμενο|الكاتب|تقرير|yazar|penulis|tác giả)"
)
_INTRODUCTION = lazy_pattern(rf"(?:{_BY}\s?[:：]?\s|{_LABEL}\s?[:：|]\s?|about the authors?\s)\s{{0,3}}", re.IGNORECASE)
_GLUED_BY = lazy_pattern(r"By(?=[A-Z][a-z])")
_INNER_BY = lazy_pattern(r".{0,60}?(?<![^\W_])(?:[Ww]ritten |[Pp]osted |[Pp]ublished )?(?:[Bb]y|BY) (?=[A-Z])")
_CUT = lazy_pattern(
    r"\s?(?:[|•·◦●■▪…»>\n\t]|[—–]|/{2})|\s-\s|\s\(?@|,?\s(?:read more|read bio|see more|follow\b|share\b"
    r"|\d{1,4} min\b|min read|\d{1,4} comments?)",
    re.I,
)
_CUT_PROSE = lazy_pattern(
    r",?\s(?:[Uu]pdated|[Pp]ublished|[Pp]osted|[Ll]ast|[Oo]n (?=[A-Z0-9])|in (?=[A-Z])|at (?=\d)|is an?\b"
    r"|has been|was\b|writes\b|for (?=the |[A-Z])"
    r"|[Rr]eviewed|[Ff]act|[Ee]dited|[Mm]edically|[Pp]hoto|\d)|(?<![Pp]rof)(?<=[a-z]{3})\. "
)
_BRACKET = lazy_pattern(r"\s?\(([^()]{1,60})\)")
_ROLE = lazy_pattern(
    r"\b(?:editor|writer|reporter|contributor|correspondent|columnist|journalist|blogger|producer|analyst|manager"
    r"|director|founder"
    r"|co-founder|ceo|cto|coo|president|professor|expert|specialist|consultant|nutritionist|dietitian|gardener"
    r"|educator|engineer|developer"
    r"|attorney|lawyer|advisor|adviser|coach|trainer|therapist|physician|author|strategist|researcher|scientist"
    r"|officer|head of|vp|lead"
    r"|photographer|marketer|associated press|reuters|afp|news service|redakteur|redakteurin|rédacteur|rédactrice"
    r"|journaliste|redactora?"
    r"|periodista|giornalista|jornalista|корреспондент|обозреватель|dziennikarz)s?\b",
    re.IGNORECASE,
)
_DEGREE = lazy_pattern(
    r"(?:[A-Z][A-Za-z]?\.?){1,4}[A-Z]?(?:-[A-Z]{1,2})?|[A-Z]{2,8}|Jr\.?|Sr\.?|I{2,3}|Ph\. ?D\.?|PsyD|PharmD"
    r"|Esq\.?|MSc|BSc"
)
_SPLIT = lazy_pattern(
    r"\s?[;；、，]\s?|,\s{0,3}(?:(?:and|und|et|y|e|och|og|i|и|και)\s)?|\s(?:and|und|et|y|og|och|и|oraz|και)\s"
    r"|\s(?:with)\s(?=[A-Z])"
)
_AMPERSAND = lazy_pattern(r"\s&\s|\s/\s")
_ORGANISATION = lazy_pattern(
    r"\b(?:team|staff|editors|magazine|institute|university|department|company|inc|llc|ltd|gmbh|association"
    r"|society|group|press|agency"
    r"|foundation|ministry|office|center|centre|college|school|bank|network|media|research|committee|council"
    r"|bureau|board|studio|club"
    r"|services?|partners|solutions|organi[sz]ation)\b",
    re.IGNORECASE,
)
_NOBODY = (
    "author|authors|the author|about the author|about the authors|by|read more|share|follow|view all|see all"
    "|view profile|profile|home|menu|search|"
    "login|log in|sign in|subscribe|comments|comment|reply|none|null|undefined|unknown|n/a|nan|name|website|email"
    "|linkedin|facebook|"
    "twitter|instagram|youtube|photo|image|getty images|shutterstock|more|updated|published|posted|member|guest"
    "|moderator|"
    "original poster|thread starter|junior member|senior member|active member|new member|well known member"
    "|registered|verified|"
    "sponsored|advertisement|our process|learn more|edit profile|user profile|all posts|more posts|posts|articles"
    "|more articles|"
    "article|print|date|time|written|contributor|contributors|editorial standards|fact checked|last"
    "|editor in chief|insights author|"
    "rédaction|la rédaction|redaktion|die redaktion|redacción|redação|redazione|редакция|redakcja"
    "|publié|publicado|pubblicato|veröffentlicht"
    "|inscrit|messages|membre|membro|mitglied|użytkownik|участник|μέλος|عضو|عضو جديد|신규회원|정회원|회원|posté|enviado"
    "|新手上路|注册会员|中级会员|高级会员|金牌会员|论坛元老|版主|楼主|会员|註冊會員|樓主|會員"
    "|作者|记者|记者署名|編輯|编辑|佚名|匿名|未知|本站|原创|转载|网络|管理员|来源|本报记者|综合"
)
_NO_NAME = frozenset(folded(word) for word in _NOBODY.split("|"))
_BAD = lazy_pattern(
    r"https?:|www\.|[{}<>\[\]=\\^~©®™?!]|@\w{1,30}\.|\b(?:cookies?|privacy|minutes?|min read|comments?|updated"
    r"|published|subscribe"
    r"|sign up|click|read|share|views?|likes?|replies|ago|learn|terms|policy|newsletter|copyright|process)\b"
    r"|\A[a-z]{1,20}(?:\.[a-z]{1,20}){2,6}\Z",
    re.IGNORECASE,
)
_PARTICLES = (
    "de da di del della der den van von bin ibn al el la le du dos das do e y ter ten zu zur und of the and for"
)
_SMALL = frozenset(_PARTICLES.split())


def names_in(text: str, *, prose: bool = True, loose: bool = False) -> tuple[str, ...]:
    """The names of an author's text, in order.

    `prose`: it was written for readers, so that "in", "on", "for" end a name (an attribute holds names only). `loose`:
    one word is enough, as a user's name is.

    >>> names_in("By Dr. Jane Roe and John Doe | Updated May 3, 2024")
    ('Dr. Jane Roe', 'John Doe')
    >>> names_in("Center for Drug Evaluation and Research", prose=False)
    ('Center for Drug Evaluation and Research',)
    >>> names_in("https://www.facebook.com/jane"), names_in("5 min read")
    ((), ())
    """
    line = cleaned(text, 400)
    if "://" in line[:12]:
        return ()
    value = _essence(line, prose)
    found = [name for part in _parts(value)[:MOST] if (name := as_name(part, loose=loose))]
    return tuple(dict.fromkeys(found))


def _essence(value: str, prose: bool) -> str:
    """What stands between the words before the names and whatever comes after them."""
    value = introduced(value)
    if prose:
        value = _GLUED.sub(" | ", value)
        if second := _SECOND_BY.search(value, 3):
            value = value[: second.start()]
        if inner := _INNER_BY.match(value):
            value = value[inner.end() :]
        if found := dates_in(value):
            value = value[: found[0].start].strip(" |•·-–—,") or value[found[0].end :].lstrip(" |•·-–—,")
        value = _DANGLING_BY.sub("", value)
        if cut := _CUT_PROSE.search(value, 2):
            value = value[: cut.start()]
    if cut := _CUT.search(value, 1):
        value = value[: cut.start()]
    return _BRACKET.sub(_kept_bracket, value).strip(" ,;:-–—|•·.\"'“”")


_GLUED = lazy_pattern(
    r"(?<=[a-z])(?=(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d|Updated|Published|Posted)"
)
_DANGLING_BY = lazy_pattern(
    r"\s?(?:(?:[Ww]ritten |[Pp]osted |[Pp]ublished )?(?:[Bb]y|BY):?|\s(?:[Oo]n|[Ii]n|[Aa]t|am|em|im"
    r"|le|la|el|il|op|den|στις|,))\Z"
)
_SECOND_BY = lazy_pattern(
    r"[.,;|•·–—-]?\s{1,3}(?:(?:[Mm]edically |[Cc]linically |[Ll]egally )?[Rr]eviewed|[Ee]dited"
    r"|[Ff]act.?[Cc]hecked|[Pp]hoto(?:s|graphy|graphs)?"
    r"|[Ii]llustrat\w{2,5}|[Tt]ranslated|[Vv]ideo|[Rr]esearched|[Vv]erified)(?: by| von| par)?[ :]"
)


def _kept_bracket(match: re.Match[str]) -> str:
    """Brackets with initials or figures go, those with a second name stay."""
    inner = match[1]
    return "" if (inner.isupper() and len(inner) <= 4) or any(c.isdigit() or c == "/" for c in inner) else match[0]


def introduced(value: str) -> str:
    """A text without the words that introduce a name, as long as something is left."""
    for _ in range(2):
        match = _INTRODUCTION.match(value) or _GLUED_BY.match(value)
        if match is None or match.end() >= len(value):
            break
        value = value[match.end() :].lstrip(" :：|-")
    return value


_CJK_BREAK = lazy_pattern(r"\s?[;；、，,|/／・＆&]\s?|\s{1,9}(?=[\u3040-\u9fff\uac00-\ud7af]{2,4}(?:\s|\Z))")


def _parts(value: str) -> list[str]:
    """A list of names taken apart, without degrees and roles; an organisation keeps its "and"."""
    if CJK_RE.search(value) and not value[:1].isascii():
        return _CJK_BREAK.split(value)
    if _ORGANISATION.search(value) and "," not in value and ";" not in value:
        return [value]
    found: list[str] = []
    for part in _SPLIT.split(value):
        part = part.strip()
        if found and (_DEGREE.fullmatch(part) or _ROLE.search(part)):
            continue
        halves = _AMPERSAND.split(part)
        found.extend(halves if all(" " in half for half in halves) else [part])
    return [_without_role(part) for part in found if part]


_ADJECTIVE = lazy_pattern(
    r"(?:senior|junior|staff|contributing|managing|associate|executive|chief|freelance|news|digital|deputy|lead"
    r"|head|content|guest|co|vp|the|a|an"
    r"|tech|technology|political|sports|business|science|health|assistant|special|master|certified|licensed)",
    re.IGNORECASE,
)


def _without_role(part: str) -> str:
    """ "Jane Roe Senior Autos Reporter" is Jane Roe."""
    words = part.split()
    role = next((n for n, word in enumerate(words) if n >= 2 and _ROLE.fullmatch(word.strip(",.:&"))), None)
    if role is None:
        return part
    adjective = next((n for n in range(2, role) if _ADJECTIVE.fullmatch(words[n])), role)
    return " ".join(words[: min(adjective, role)]).rstrip(" ,&-–")


_WEEKDAYS = frozenset(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])


def _is_calendar(word: str) -> bool:
    """Whether a word is a month, or a weekday, and so no name on its own (May and June are taken for months)."""
    lowered = word.lower().rstrip(".")
    return (
        month_of(lowered) is not None or lowered in _WEEKDAYS or (lowered.endswith("day") and lowered[:3] in _WEEKDAYS)
    )


def as_name(value: str, *, loose: bool = False) -> str | None:
    """`value` if it may be a name, tidied; None otherwise."""
    name = introduced(value.strip(" ,;:：-–—|•·\"'“”[]【】/"))
    if not name or len(name) > LONGEST_NAME or _BAD.search(name):
        return None
    key = folded(name)
    if len(key) < 2 or key in _NO_NAME or key.isdigit():
        return None
    if CJK_RE.search(name):
        return name if len(key) <= 16 else None
    words = name.split()
    if len(words) == 1:
        return name if (loose or not name.islower()) and not _is_calendar(name) else None
    if len(words) == 2 and words[1].isdigit() and _is_calendar(words[0]):
        return None
    capitals = sum(not w[:1].islower() for w in words)
    small = sum(w.lower() in _SMALL for w in words)
    return (
        name
        if len(words) <= 8 and (capitals + small) * 2 > len(words) and capitals
        else (name if loose and len(words) < 4 else None)
    )
