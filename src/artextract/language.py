"""Which languages a text is in: by its scripts, its function words and a few letters that only one language has.

The data are our own short lists; nothing is downloaded, and a page costs a fraction of a millisecond, because a large
one is judged by windows spread over it. Answers are BCP 47 tags, as short as is certain: `en`, `ja`, `zh-Hans`.
"""

from __future__ import annotations

from collections.abc import Iterable

from artextract.lazy import lazy_pattern
from artextract.model import Reading

WINDOW = 400  # characters that are judged together
WINDOWS = 9  # judged windows of one text at most

_ASCII_OTHER = bytes(c for c in range(256) if not chr(c).isascii() or not chr(c).isalpha())
_KANA = lazy_pattern("[\u3041-\u3096\u30a1-\u30fa\u30fc]")
_WORD = lazy_pattern(r"[^\W\d_]{1,20}")

# UTF-16 rows (the upper byte of a code unit) that tell a script; row 0x30 holds kana and punctuation, see `_scripts`.
_ROWS: dict[str, Iterable[int]] = {
    "latin": (0x01, 0x02, 0x1E),
    "greek": (0x03, 0x1F),
    "cyrillic": (0x04,),
    "armenian-hebrew": (0x05,),
    "arabic": (0x06, 0x07, 0xFB, 0xFC, 0xFD, 0xFE),
    "devanagari-bengali": (0x09,),
    "thai": (0x0E,),
    "georgian": (0x10,),
    "hangul": (0x11, *range(0xAC, 0xD8)),
    "kana": (0x30,),
    "han": (*range(0x34, 0x4E), *range(0x4E, 0xA0), 0xF9, 0xFA),
}
_SCRIPTS = tuple(_ROWS)
_ROW_CLASS = bytes(next((i + 1 for i, script in enumerate(_SCRIPTS) if row in _ROWS[script]), 0) for row in range(256))

# Pairs of characters, simplified then traditional, that occur in almost every paragraph of modern Chinese.
_PAIRS = (
    "这這国國会會发發经經对對时時来來为為们們个個说說过過学學开開关關问問题題现現实實进進业業种種动動长長样樣"
    "还還应應总總机機车車东東场場员員报報间間见見给給产產电電话話义義务務军軍让讓无無万萬与與从從书書买買"
    "乱亂亚亞亿億仅僅价價众眾优優传傳伤傷体體余餘侧側债債倾傾储儲儿兒党黨兰蘭兴興养養写寫农農决決况況净淨"
    "准準减減几幾击擊则則刚剛创創别別办辦劳勞势勢华華协協单單卖賣卫衛历歷压壓县縣参參双雙变變号號听聽启啟"
    "响響团團围圍园園图圖圣聖块塊坏壞处處备備复復够夠头頭夺奪妇婦妈媽孙孫宁寧宝寶审審宪憲层層属屬岁歲岛島"
    "帅帥师師带帶帮幫广廣庆慶库庫张張弹彈归歸当當录錄忆憶忧憂怀懷态態总總恶惡戏戲战戰户戶扩擴扫掃扬揚护護"
    "担擔择擇损損换換据據摄攝数數断斷旧舊显顯晋晉术術权權条條极極构構标標树樹桥橋检檢楼樓欢歡残殘毕畢气氣"
    "汉漢汇匯济濟测測浏瀏润潤渐漸湾灣满滿灭滅灵靈炼煉热熱爱愛独獨环環疗療皱皺盘盤监監码碼确確礼禮离離积積"
    "称稱稳穩竞競笔筆签簽简簡类類紧緊红紅级級纪紀约約纯純纳納纸紙线線练練组組细細终終织織结結绝絕统統继繼"
    "绩績续續维維综綜绿綠网網罗羅职職联聯肃肅胜勝脑腦艺藝节節药藥获獲营營虽雖补補装裝规規视視览覽觉覺认認"
    "讨討议議记記讲講许許论論设設访訪证證评評识識诉訴词詞译譯试試诗詩该該详詳语語误誤请請诸諸读讀课課调調"
    "谁誰谈談谢謝财財责責败敗账賬货貨质質贫貧购購贵貴贸貿费費资資赛賽赞贊输輸边邊达達运運近近远遠违違连連"
    "迟遲适適选選递遞邮郵释釋针針钟鐘钢鋼钱錢铁鐵银銀销銷错錯键鍵门門闭閉闻聞阅閱队隊阳陽阴陰阵陣阶階际際"
    "陆陸险險随隨难難雾霧静靜页頁项項顺順须須顾顧预預领領频頻颜顏风風飞飛饭飯馆館马馬驱驅验驗鱼魚鸟鳥龙龍"
)
_HANS = frozenset(_PAIRS[0::2]) - frozenset(_PAIRS[1::2])
_HANT = frozenset(_PAIRS[1::2]) - frozenset(_PAIRS[0::2])

FUNCTION_WORDS = {
    "en": "the of and to in is was for that on with as are by it from this be at have has not or an which you we they",
    "de": "der die und das den von ist mit dem des ein eine nicht auf für im sich auch als werden wird bei sind oder",
    "fr": "le la les des et du une est dans pour que qui sur pas au aux avec par plus ce cette sont vous nous ou où",
    "es": "el la los las de y que en un una por con para del se es no su al más como lo pero sus este esta también",
    "pt": "o os a as de e que em um uma do da dos das não para com por no na se mais foi ao seu sua são também",
    "it": "il di che e la un una per in del della non con sono gli le da al dei nel alla anche più come questo ha",
    "nl": "de het een van en in is dat op te voor met zijn niet aan er ook als bij door naar uit worden wordt deze",
    "sv": "och att det som en på är av för med den till inte har om ett var jag sig från kan så också eller men",
    "da": "og at det som en på er af for med den til ikke har om et var jeg sig fra kan så også eller men der",
    "no": "og å det som en på er av for med den til ikke har om et var jeg seg fra kan så også eller men være",
    "fi": "ja on ei se että oli ovat mutta myös kun hän joka tai sen kuin ole vain sekä jos niin mukaan mitä",
    "pl": "w i na z się do nie jest to że o jak po co za od przez dla są był oraz ale tym może jego tego które",
    "cs": "a v se na je že to s z do o i ve by jako po ale pro od které jsou byl při také nebo jeho však bude",
    "sk": "a v sa na je že to s z do o aj vo by ako po ale pre od ktoré sú bol pri tiež alebo jeho však bude",
    "hu": "a az és hogy nem is egy ez meg van volt csak már mint de el még kell vagy lesz azt ezt pedig után",
    "ro": "și în de la a cu pe nu care este din o mai că un să pentru sunt ca au fost prin după între acest lui",
    "tr": "ve bir bu için ile de da olarak çok daha olan gibi sonra kadar en ne var değil ama her ise göre ancak",
    "vi": "và của là có được cho không trong những các một với người này đã để khi từ về như cũng tại ra đến",
    "id": "yang dan di untuk dengan ini dari dalam pada tidak akan itu adalah oleh juga ke tersebut telah saya atau",
    "ca": "el la els les de i que en un una per amb del al és no més com aquest aquesta també però ha són seva",
    "hr": "i u je na se da za su od s a o kao koji ne ali iz bi što po ili sam biti također više nije bio",
    "lt": "ir į kad yra su iš tai kaip už bet buvo dėl apie jau tik ne nuo arba taip po prie jų bus savo",
    "et": "ja on ei et see ka kui oli mis aga või ning oma ta selle kes välja siis veel üle pärast nagu",
}
_LATIN_HINTS = {
    "ß": "de", "ñ": "es", "¿": "es", "ã": "pt", "õ": "pt", "œ": "fr", "ê": "fr", "ł": "pl", "ą": "pl", "ę": "pl",
    "ř": "cs", "ů": "cs", "ě": "cs", "ľ": "sk", "ő": "hu", "ű": "hu", "ț": "ro", "ș": "ro", "ı": "tr", "ğ": "tr",
    "ş": "tr", "ơ": "vi", "ư": "vi", "đ": "vi", "æ": "da",
}  # fmt: skip
_CYRILLIC = {
    "ru": "и в не на что с по как это он из от за для его но к о же у мы был при также",
    "uk": "і в не на що з та до у як це він від за для його але й про є ми був при також",
    "bg": "и в не на че с по как това той от за да се е са но към ще ни беше при също",
    "sr": "и у не на да с по како је он од за се су али ће био при такође",
}
_CYRILLIC_HINTS = {"ы": "ru", "э": "ru", "ё": "ru", "і": "uk", "ї": "uk", "є": "uk", "ј": "sr", "љ": "sr", "ћ": "sr"}


def _by_word(lists: dict[str, str]) -> dict[str, tuple[tuple[str, ...], float]]:
    """Each function word with its languages, and its weight: a word of one language says more than one of six."""
    found: dict[str, tuple[str, ...]] = {}
    for language, words in lists.items():
        for word in words.split():
            found[word] = (*found.get(word, ()), language)
    return {word: (languages, 1 / len(languages)) for word, languages in found.items()}


_LATIN_WORDS = _by_word(FUNCTION_WORDS)
_CYRILLIC_WORDS = _by_word(_CYRILLIC)


def languages_of(reading: Reading) -> tuple[tuple[str, float], ...]:
    """The languages of a reading's blocks with their share of the letters, largest first; empty for no letters."""
    return languages_of_text("\n".join([block.text for block in reading.blocks if block.origin == "page"]))


def languages_of_text(text: str) -> tuple[tuple[str, float], ...]:
    """The languages of a text with their share of the letters judged, largest first."""
    letters: dict[str, float] = {}
    for window in _windows(text):
        for language, count in _judge(window).items():
            letters[language] = letters.get(language, 0) + count
    total = sum(letters.values())
    unknown = letters.pop("", 0.0)
    if not total or not letters:
        return ()
    known = total - unknown
    return tuple((language, n / known) for language, n in sorted(letters.items(), key=lambda item: (-item[1], item[0])))


def main_language(text: str) -> str | None:
    """The language of most of a text, None where it is not clear."""
    languages = languages_of_text(text)
    return languages[0][0] if languages and languages[0][1] >= 0.5 else None


def _windows(text: str) -> list[str]:
    """The whole text in windows, or windows spread evenly over it."""
    if len(text) <= WINDOW * WINDOWS:
        return [text[start : start + WINDOW] for start in range(0, len(text), WINDOW)]
    step = (len(text) - WINDOW) / (WINDOWS - 1)
    return [text[int(i * step) : int(i * step) + WINDOW] for i in range(WINDOWS)]


def _scripts(text: str) -> dict[str, int]:
    """Letters of each script."""
    ascii_letters = len(text.encode("ascii", "ignore").translate(None, _ASCII_OTHER))
    counts = {"latin": ascii_letters} if ascii_letters else {}
    if text.isascii():
        return counts
    rows = text.encode("utf-16-le", "surrogatepass")[1::2].translate(_ROW_CLASS)
    for index, script in enumerate(_SCRIPTS):
        if count := rows.count(index + 1):
            counts[script] = counts.get(script, 0) + count
    if "kana" in counts:
        counts["kana"] = len(_KANA.findall(text))
    return counts


def _judge(text: str) -> dict[str, float]:
    """Letters of each language in one window; the key "" counts those of which the language is not clear."""
    scripts = _scripts(text)
    found: dict[str, float] = {}
    han, kana = scripts.pop("han", 0), scripts.pop("kana", 0)
    if kana * 12 > han + kana:
        found["ja"] = han + kana
    elif han:
        found[_chinese(text)] = han
    most = max(scripts.values(), default=0) + han + kana
    for script, count in scripts.items():
        if count * 20 < most:
            continue  # a few foreign letters are names or figures
        language = _language_of_script(script, text)
        # A CJK character is about a word, a Latin letter a fifth of one.
        found[language] = found.get(language, 0) + count * (2.0 if script == "hangul" else 0.4)
    return found


def _chinese(text: str) -> str:
    characters = set(text)
    hans, hant = len(characters & _HANS), len(characters & _HANT)
    if hans > hant * 2:
        return "zh-Hans"
    return "zh-Hant" if hant > hans * 2 else "zh"


def _language_of_script(script: str, text: str) -> str:
    if script == "latin":
        return _by_function_words(text, _LATIN_WORDS, _LATIN_HINTS)
    if script == "cyrillic":
        return _by_function_words(text, _CYRILLIC_WORDS, _CYRILLIC_HINTS)
    if script == "arabic":
        return "fa" if any(c in text for c in "پچژگ") else "ar"
    if script == "armenian-hebrew":
        return "he" if any("\u0590" <= c <= "\u05ff" for c in text) else "hy"
    if script == "devanagari-bengali":
        return "hi" if any("\u0900" <= c <= "\u097f" for c in text) else "bn"
    return {"greek": "el", "thai": "th", "georgian": "ka", "hangul": "ko"}[script]


def _by_function_words(text: str, lexicon: dict[str, tuple[tuple[str, ...], float]], hints: dict[str, str]) -> str:
    """The language whose function words and own letters are most frequent; "" where too few are found."""
    lowered = text.lower()
    scores: dict[str, float] = {}
    for word in _WORD.findall(lowered):
        entry = lexicon.get(word)
        if entry:
            for language in entry[0]:
                scores[language] = scores.get(language, 0) + entry[1]
    if not text.isascii():
        for letter in set(lowered) & hints.keys():
            language = hints[letter]
            scores[language] = scores.get(language, 0) + min(lowered.count(letter), 4) * 0.5
    if not scores:
        return ""
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    best = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    return best[0] if best[1] >= 1.5 and best[1] > second * 1.2 else ""
