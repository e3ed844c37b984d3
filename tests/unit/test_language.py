"""Languages are told by script, function words and own letters; Chinese by its characters."""

from __future__ import annotations

import pytest

from artextract.language import languages_of, languages_of_text, main_language
from artextract.model import Block, Place, Reading

TEXTS = {
    "en": "The council met on Tuesday to decide whether the old bridge should be repaired or replaced by a new one.",
    "de": "Der Stadtrat hat am Dienstag beraten, ob die alte Brücke saniert oder durch eine neue ersetzt werden soll.",
    "fr": "Le conseil s'est réuni mardi pour décider si le vieux pont sera réparé ou s'il est remplacé par un autre.",
    "es": "El consejo se reunió el martes para decidir si el viejo puente debe ser reparado o si es mejor uno nuevo.",
    "pt": "O conselho reuniu-se na terça-feira para decidir se a velha ponte não deve ser reparada ou se vão fazer uma.",
    "it": "Il consiglio si è riunito martedì per decidere se il vecchio ponte deve essere riparato o se ne serve un altro.",
    "nl": "De raad kwam dinsdag bijeen om te beslissen of de oude brug wordt hersteld of dat er een nieuwe voor komt.",
    "sv": "Rådet möttes på tisdagen för att besluta om den gamla bron ska lagas eller om det är bättre med en ny.",
    "pl": "Rada zebrała się we wtorek, aby zdecydować, czy stary most zostanie naprawiony, czy też będzie nowy, jak się mówi.",
    "cs": "Rada se sešla v úterý, aby rozhodla, zda bude starý most opraven, nebo zda se postaví nový, který by byl lepší.",
    "tr": "Meclis salı günü eski köprünün onarılması için toplandı ve yeni bir köprü daha iyi olur mu diye konuştu.",
    "vi": "Hội đồng đã họp vào thứ ba để quyết định sửa cây cầu cũ hay là xây một cây cầu mới cho người dân của thành phố.",
    "id": "Dewan bertemu pada hari Selasa untuk memutuskan apakah jembatan lama itu akan diperbaiki dan dari mana uangnya.",
    "ru": "Совет собрался во вторник, чтобы решить, будет ли старый мост отремонтирован или его заменят на новый.",
    "uk": "Рада зібралася у вівторок, щоб вирішити, чи буде старий міст відремонтовано, чи його замінять на новий.",
    "el": "Το συμβούλιο συνεδρίασε την Τρίτη για να αποφασίσει αν η παλιά γέφυρα θα επισκευαστεί ή θα αντικατασταθεί.",
    "ar": "اجتمع المجلس يوم الثلاثاء ليقرر ما إذا كان الجسر القديم سيتم إصلاحه أو استبداله بجسر جديد.",
    "he": "המועצה התכנסה ביום שלישי כדי להחליט אם הגשר הישן יתוקן או יוחלף בגשר חדש.",
    "ja": "市議会は火曜日に開かれ、古い橋を修理するか、それとも新しい橋に架け替えるかを話し合った。",
    "ko": "시의회는 화요일에 모여 오래된 다리를 고칠지 새 다리로 바꿀지를 논의했다.",
    "th": "สภาประชุมกันเมื่อวันอังคารเพื่อตัดสินว่าจะซ่อมสะพานเก่าหรือสร้างใหม่",
    "zh-Hans": "市议会星期二开会讨论是否修复这座旧桥，或者为居民建造一座新的桥梁，会议进行了两个小时。",
    "zh-Hant": "市議會星期二開會討論是否修復這座舊橋，或者為居民建造一座新的橋樑，會議進行了兩個小時。",
}


@pytest.mark.parametrize("language", TEXTS)
def test_main_language(language: str) -> None:
    assert main_language(TEXTS[language] * 3) == language


def test_one_short_sentence_is_enough_for_most() -> None:
    right = sum(main_language(text) == language for language, text in TEXTS.items())
    assert right >= len(TEXTS) - 1


def test_shares_of_a_mixed_page() -> None:
    shares = dict(languages_of_text(TEXTS["en"] * 30 + "\n" + TEXTS["de"] * 30))
    assert set(shares) == {"en", "de"}
    assert abs(shares["en"] - 0.5) < 0.15
    assert abs(sum(shares.values()) - 1) < 1e-9


def test_a_chinese_page_with_english_menus_is_chinese() -> None:
    menus = "Home News Contact About us Search Login " * 4
    assert languages_of_text(menus + TEXTS["zh-Hans"] * 5)[0][0] == "zh-Hans"


def test_few_words_are_no_language() -> None:
    assert main_language("12:30 – 45 %") is None
    assert main_language("") is None
    assert languages_of_text("XB-200 Turbo") == ()


def test_japanese_names_in_kanji_do_not_make_chinese() -> None:
    assert main_language("東京都知事の小池氏は会見で新しい計画を発表した。") == "ja"


def test_embedded_blocks_do_not_count() -> None:
    place = Place(1, 1)
    blocks = (
        Block(0, "paragraph", TEXTS["de"], place),
        Block(1, "paragraph", TEXTS["en"] * 9, place, origin="embedded"),
    )
    assert languages_of(Reading(blocks))[0][0] == "de"


def test_a_long_text_is_judged_by_windows() -> None:
    text = TEXTS["fr"] * 3000 + TEXTS["en"] * 300
    assert languages_of_text(text)[0][0] == "fr"


def test_lone_surrogates_are_harmless() -> None:
    assert main_language("\ud800 " + TEXTS["en"] * 2) == "en"
