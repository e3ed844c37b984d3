"""How much a text looks like something that people write: what a wrong encoding never gets right for long.

A wrong reading puts symbols inside words, capitals after small letters, Greek beside Latin, rare ideographs in a row.
Each of those costs; so does a letter that is foreign or rare in the language that fits best. The costs are per
character that is not ASCII, roughly in nats: a right reading costs below 0.3, a wrong one above 0.6. The orders of
letters and of frequent characters are common knowledge about the languages; nothing here is fitted to any pages.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections import Counter
from types import MappingProxyType

from artextract.lazy import lazy_pattern
from artextract.records import record

LANGUAGES: dict[str, tuple[str, str]] = {
    # language: (its letters beyond ASCII, most frequent first; letters that occur in loan words and names)
    "de": ("äüöß", "éèàáêçñ"),
    "fr": ("éàèêçôùîœâû", "ïëüÿæñ"),
    "es": ("óáíéñú", "üç"),
    "pt": ("ãçáéíóõêâúà", "ôü"),
    "it": ("àèòùéì", "î"),
    "ca": ("àéèíóòúç", "ïüñ·"),
    "nl": ("éëïèö", "üàçêóáíúâ"),
    "sv": ("äåö", "éüàáøæè"),
    "da": ("øæå", "éöäüôèáà"),
    "fi": ("äöå", "šžéü"),
    "is": ("áíðóþéæúöý", "ä"),
    "et": ("äõüöšž", "é"),
    "lv": ("āīēšūļņžģčķ", "ŗōö"),
    "lt": ("ėšįųžąūčę", "éö"),
    "pl": ("łąęóżśćńź", "éüöäčáè"),
    "cs": ("íáěéšřčžýůúňťďó", "öüäôľ"),
    "sk": ("áíéčšžýúľťňôďóä", "ŕĺěřöü"),
    "hu": ("áéöóüőíűú", "ä"),
    "hr": ("čšžćđ", "éöü"),
    "ro": ("ăîâșțşţ", "éöü"),
    "tr": ("ıüşğöçi̇", "âîû"),
    "sq": ("ëç", "é"),
    "cy": ("ŵŷâêîôû", "áéïöẁẃ"),
    "eo": ("ĉĝĥĵŝŭ", "é"),
    "mt": ("ħżċġ", "àèìòù"),
    "vi": ("\u0300\u0301\u0323đưôơâ\u0309ê\u0303ăàáóúíéèùãìòýõ", "ñ"),
    "ru": ("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", "іїєґ"),
    "uk": ("оанивіетрсклудмпзяьбгчйхцжїюшєщфґ", "ыэъё"),
    "bg": ("аоиетнрсвлкдпмзъгбяучжцхшщйюфь", "ыэ"),
    "sr": ("аоиенрсјтуквдмлпзгбшчцжћљњђфџх", "ѓќѕёъ"),
    "be": ("анiiортысекілвдцуямпзбьгжўхчшюйэфё", "'"),
    "el": ("αοιετσνηυρπκμςλωδγχθφβάέήίόύώξζψ", "ϊϋΐΰ"),
    "he": ("יוהלאמתברשנםדעפקחכטסןגצזךףץ", "װױײ׳״"),
    "ar": ("اليمونرتبعدهسفكأقحةجىشصطخضذإثزغءئظؤآ", "،؛؟ًٌٍَُِّْـ"),
    "fa": ("اینرمدهوبشتسکلیگزفخپقجعحچصطآذضژظثغئيك", "ءأؤ،؛؟ًَُِّ\u200c\u200d"),
    "ur": ("ایکرنومےسہتلبدجپگقعشہٹفزخحچڑںھصطآڈضئظذثغژ", "ءؤأ،؛؟"),
    "th": ("านรอกเง่้มยลวดทสตัีิแะหคจปขบใไพโชืุูำ์ณผศ็ถซธญษฐฟภฝึฉๆฮ", "ฆฬฒฎฏฌฯฃฅ๐๑๒๓๔๕๖๗๘๙๊๋ฤ"),
}

FREQUENT_HAN = frozenset(
    # simplified
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能"
    "好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进"
    "把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使"
    "教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件"
    "安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望"
    "直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近"
    "留红治决周保达办运武半候七必城父强步完革深区即求品士转量空众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党未持取"
    "设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单导据供客站网联系责任编辑版权所有关注新闻"
    # traditional, where they differ
    "這個來國說們為時會過後對沒於發當與學無開還經頭動兩長樣現將點種聲話兒問機給幾業間東氣關並內進電場師書張難數車應義統"
    "題務記邊戰覺請愛讓認論術結連遠資隊帶條變聯權該領傳紅決達辦運歷雙際單導議黨語滿寫識極錢廣產親區處總報員體實從樂聽"
    "見門馬風飛裡麼嗎臺灣萬華歲買賣號選舉歡網絡訊視頻專門專業"
    # Japanese
    "日会発対党業選開実円関戦経調当約題強気総県続進設改数権産点報済書帯際査勝売組団側増係感変両価確挙勢減広応演電歳争談"
    "検沢裁状営職証供構聞費転難補車優収断違術護態鮮備害視条独警宮輸訪楽着乗店述残線率農質試族銀労衛張映限親監環験審葉伝"
    "働形景欧担準賞訴造株頭技毎医復仕姿味閣韓渡失移衆個写評課守若脳影含福蔵望松撃核観察整段横融型深答夜製票況申様財港識"
)
"""Ideographs that run through any page: half of all ideographs of running text or more."""

FREQUENT_HANGUL = frozenset(
    "이다는의에을가고한를하사지기은로도자인어리대아그해서시있나정일과들수보라부전것여스장제게주적상으만원구소경유안동신무오조공"
    "성비할우관계면생국학세미연화년회모었습니했까없내문방말실위러치단개당선물되음와르마저거더속간결등때진명중였려산교람호점통"
    "현드트발식행업영난두월민본요된에"
)

_FOREIGN_LETTER = 1.8  # a letter that the language does not have
_LOAN_LETTER = 1.0
_RARE_HAN, _KNOWN_HAN = 1.5, 0.4
_BROKEN = 3.2  # U+FFFD, a C1 control, a private or unassigned character
_ODD_SYMBOL = 0.7

_GOOD_SYMBOLS = frozenset(
    "\xa0\xad“”„‘’‚‹›«»–—―…·•©®™°€£§№¿¡‰†→←↑↓■□●○◆◇★☆▲△▼▽►◄※\u200b\u200c\u200d\u200e\u200f\ufeff\u2028"
)


@record(frozen=True, slots=True)
class Likeness:
    """`cost` of a text over its `chars` characters that are not ASCII."""

    cost: float
    chars: int

    @property
    def mean(self) -> float:
        return self.cost / max(self.chars, 1)


# --- Classes of characters ------------------------------------------------------------------------------------------


class Classes(dict[int, str]):
    """Code point -> one letter for its class, filled as characters come up (one instance for one input)."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _class_of(code)
        return found


_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x00A5, 0x00A6, "z"),
    (0x00AA, 0x00AB, "q"),
    (0x00B2, 0x00B4, "q"),
    (0x00B9, 0x00BA, "q"),
    (0x00BC, 0x00BF, "z"),
    (0x00D7, 0x00D8, "z"),
    (0x00F7, 0x00F8, "z"),
    (0x00B5, 0x00B6, "q"),
    (0x00BA, 0x00BB, "q"),
    (0x0300, 0x0370, "v"),
    (0x0590, 0x05D0, "m"),
    (0x05D0, 0x0600, "h"),
    (0x0600, 0x0700, "r"),
    (0x0E00, 0x0E80, "t"),
    (0x1100, 0x1200, "o"),
    (0x3000, 0x3040, "p"),
    (0x3040, 0x30A0, "k"),
    (0x30A0, 0x3100, "K"),
    (0x3400, 0x4DC0, "H"),
    (0x4E00, 0xA000, "H"),
    (0xAC00, 0xD7A4, "o"),
    (0xF900, 0xFB00, "H"),
    (0xFB50, 0xFE00, "r"),
    (0xFE30, 0xFE50, "p"),
    (0xFE70, 0xFF00, "r"),
    (0xFF01, 0xFF61, "p"),
    (0xFF61, 0xFFA0, "w"),
    (0x20000, 0x32000, "H"),
)


def _class_of(code: int) -> str:
    """The class letter of a code point.

    a/A ASCII letters, l/L Latin, c/C Cyrillic, g/G Greek (small, capital), h Hebrew, r Arabic, t Thai, v accents of
    Latin letters, m other marks, H Han, k hiragana, K katakana, w half-width katakana, o hangul, p punctuation of East
    Asia, q usual symbols, z usual beside digits, s unusual symbols, x broken, 0 digits, a blank for the rest of ASCII.
    """
    if code < 0x80:
        char = chr(code)
        return ("A" if char.isupper() else "a") if char.isalpha() else "0" if char.isdigit() else " "
    if code < 0xA0 or code == 0xFFFD or 0xE000 <= code < 0xF900:
        return "x"
    found = next((letter for low, high, letter in _RANGES if low <= code < high), "")
    return found or _class_by_category(chr(code), code)


def _class_by_category(char: str, code: int) -> str:
    category = unicodedata.category(char)
    if category in ("Ll", "Lu", "Lt", "Lo", "Lm"):
        small = "c" if 0x400 <= code < 0x530 else "g" if 0x370 <= code < 0x400 or 0x1F00 <= code < 0x2000 else "l"
        return small.upper() if category in ("Lu", "Lt") else small
    if category in ("Cn", "Co", "Cs"):
        return "x"
    return "q" if char in _GOOD_SYMBOLS else "m" if category[0] == "M" else "s"


# --- Costs ----------------------------------------------------------------------------------------------------------

_LETTERS = "aAlLvcCgGhrt"
_SCRIPTS = ("aAlLv", "cC", "gG", "h", "r", "t")


def _pair_costs() -> dict[str, float]:
    """Two neighbouring classes -> what their meeting costs."""
    costs = {a + b: 0.9 for a in "alcg" for b in "LCG"} | {a + "A": 0.9 for a in "lcg"}
    costs |= {a + b: 0.9 for one in _SCRIPTS for other in _SCRIPTS if one != other for a in one for b in other}
    for ideograph in "Hko":  # glued to Latin letters
        costs |= {ideograph + a: 0.8 for a in "aAlLcCgG"} | {a + ideograph: 0.8 for a in "aAlLcCgG"}
    costs |= dict.fromkeys(("oH", "Ho", "ok", "ko", "oK", "Ko"), 0.6)
    costs |= dict.fromkeys(("Hw", "wH", "kw", "wk"), 0.8)
    costs |= {a + "s": 0.8 for a in _LETTERS} | {"s" + a: 0.8 for a in _LETTERS}
    costs |= {a + "z": 0.8 for a in _LETTERS} | {"z" + a: 1.2 for a in _LETTERS}
    costs |= {a + a: 0.1 for a in "LCG"} | {a + "0": 0.5 for a in "lLcCgG"} | {"0" + a: 0.5 for a in "lLcCgG"}
    return costs | {a + "m": 0.8 for a in " 0cCgGszkKHpqxow"} | {a + "v": 0.8 for a in " 0v"}  # a mark on nothing


_PAIRS = MappingProxyType(_pair_costs())
_SIGN_IN_WORD = lazy_pattern(
    r"(?<=[^\W\d_A-Z])[–‘“”„«»…¿¡©®°€£§±‚‹›](?=[^\W\d_A-Z])"
    r"|(?<=[À-ßŃŞĐ])[§©®°±¡¿€£‚„†‰»«ªº²³¹µ]"
    r"|(?<=[^\W\d_A-Zm])[²³¹№]|(?<![^\W_])’(?=[^\W\d_])"
)
"""Signs between small letters, signs after an accented capital (UTF-8 misread), figures set high that are no m², a sign
for numbers behind a letter, an apostrophe before a word."""
_ACCENTED_RUN = lazy_pattern(r"[lL]{3,}")

_CLASS_COST = {"x": _BROKEN, "s": _ODD_SYMBOL, "w": 0.6, "k": 0.05, "K": 0.15, "p": 0.05, "q": 0.05, "z": 0.4, "m": 0.1}


def likeness(text: str, classes: Classes | None = None) -> Likeness:
    """What a text costs: its unusual neighbours, its symbols, its letters in the language that fits best."""
    foreign = {char: count for char, count in Counter(text).items() if char > "\x7f"}
    classes = Classes() if classes is None else classes
    cost = _shape_cost(text.translate(classes)) + 0.9 * len(_SIGN_IN_WORD.findall(text))
    groups: dict[str, dict[str, int]] = {}
    for char, count in foreign.items():
        letter = classes[ord(char)]
        cost += _CLASS_COST.get(letter, 0.0) * count
        groups.setdefault(_GROUP.get(letter, ""), {})[char] = count
    cost += sum(character_cost(char) * count for char, count in groups.pop("east", {}).items())
    groups.pop("", None)
    return Likeness(cost + _letters_cost(groups), sum(foreign.values()))


_GROUP = {"H": "east", "o": "east"} | {a: script for script in _SCRIPTS for a in script}


def _shape_cost(shape: str) -> float:
    """The cost of neighbours, by their classes."""
    pairs = Counter(map("".join, itertools.pairwise(shape)))
    cost = sum(_PAIRS.get(pair, 0.0) * count for pair, count in pairs.items())
    runs = (len(match.group()) for match in _ACCENTED_RUN.finditer(shape))
    return cost + sum(0.25 * (length - 2) + 0.6 * max(length - 4, 0) for length in runs)


def class_cost(char: str) -> float:
    """The least that a character costs wherever it stands."""
    return _CLASS_COST.get(_class_of(ord(char)), 0.0) if char > "\x7f" else 0.0


def character_cost(char: str) -> float:
    """The cost of an ideograph or syllable: none for frequent ones, little for those of the standards' first levels."""
    if char in FREQUENT_HAN or char in FREQUENT_HANGUL:
        return 0.0
    if "\uac00" <= char <= "\ud7a3":
        return _KNOWN_HAN if _first_byte(char, "euc_kr") else _RARE_HAN
    if 0xB0 <= _first_byte(char, "gb2312") <= 0xD7 or 0xA4 <= _first_byte(char, "big5") <= 0xC6:
        return _KNOWN_HAN
    return _KNOWN_HAN if 0xB0 <= _first_byte(char, "euc_jp") <= 0xCF else _RARE_HAN


def _first_byte(char: str, codec: str) -> int:
    """The first of the two bytes of a character in one of the national standards, 0 where it has none there."""
    encoded = char.encode(codec, "ignore")
    return encoded[0] if len(encoded) == 2 else 0


def _letters_cost(groups: dict[str, dict[str, int]]) -> float:
    """The cost of letters by script: the commonest script in its best language, the others as foreign letters."""
    cost, most = 0.0, max(groups, key=lambda script: sum(groups[script].values()), default="")
    for script, counts in groups.items():
        if script == most:
            cost += min(_language_cost(counts, language) for language in _LANGUAGES_OF[script])
        else:
            cost += _FOREIGN_LETTER * sum(counts.values())
    return cost


def _language_cost(counts: dict[str, int], language: str) -> float:
    usual, loans = LANGUAGES[language]
    return sum(_letter_cost(char.lower(), usual, loans) * count for char, count in counts.items())


def _letter_cost(letter: str, usual: str, loans: str) -> float:
    rank = usual.find(letter)
    if rank < 0:
        return _LOAN_LETTER if letter in loans else _FOREIGN_LETTER
    return rank * min(0.1, 0.8 / len(usual))


_LANGUAGES_OF = {
    script: tuple(name for name, (usual, _) in LANGUAGES.items() if _GROUP[_class_of(ord(usual[0]))] == script)
    for script in _SCRIPTS
}


def unit_cost(char: str) -> float:
    """What one character costs in East Asian text, whatever stands beside it."""
    if char < "\x7f":
        return 0.0
    letter = _class_of(ord(char))
    if letter in "Ho":
        return character_cost(char)
    if letter == "q":
        return 0.1 if char in "“”‘’…—·" else 0.4
    return 0.6 if "\uff02" <= char <= "\uff5e" and char not in "，．：；？（）" else _CLASS_COST.get(letter, 0.6)


def commonness(char: str) -> float:
    """How much a character is one that texts are made of: 1 for ASCII, letters, frequent ideographs, 0 for the rest."""
    if char < "\x7f":
        return 1.0 if char >= " " or char in "\t\n\r\x0c" else 0.0
    if "\u4e00" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3":
        return 1.0 - character_cost(char) / _RARE_HAN
    return 1.0 if "\xa0" <= char < "\u0e80" or _common_elsewhere(char) else 0.0


def _common_elsewhere(char: str) -> bool:
    """Other living scripts, Vietnamese vowels, kana, full-width forms, usual punctuation."""
    return (
        "\u0e80" <= char < "\u2000"
        or "\u2010" <= char <= "\u203b"
        or "\u3000" <= char < "\u3100"
        or "\uff01" <= char < "\uffa0"
    )


def is_broken(char: str) -> bool:
    """Whether no text holds this character: U+FFFD, C1 controls, private and unassigned places."""
    return char > "\x7f" and _class_of(ord(char)) == "x"
