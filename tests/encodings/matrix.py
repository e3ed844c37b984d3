"""The cases: encoding x language x declaration x HTML or dump x length x damage, made from `texts/`.

Everything is drawn from a seed that is made of the case's own name, so that a case stays what it is when others are
added. A case passes when the decoded text is the text that was encoded; where bytes were damaged, everything but the
damaged place (see `Expected`) must be right, and the loss must have been counted.
"""

from __future__ import annotations

import codecs
import itertools
import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from artextract.decode import decode
from artextract.errors import ArtextractError
from artextract.settings import DEFAULT

TEXTS = Path(__file__).parent / "texts"

WESTERN = ("en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "fi")
CENTRAL = ("pl", "cs", "hu", "hr", "ro")

CODECS: dict[str, tuple[str, ...]] = {
    "utf-8": tuple(sorted(path.stem for path in TEXTS.glob("*.txt"))),
    "utf-8-sig": ("en", "pl", "ru", "ar", "zh-Hans", "ja", "ko"),
    "utf-16": ("en", "de", "el", "ru", "ar", "th", "zh-Hans", "zh-Hant", "ja", "ko"),
    "utf-16-le": ("en", "de", "el", "ru", "ar", "th", "zh-Hans", "zh-Hant", "ja", "ko"),
    "utf-16-be": ("en", "de", "el", "ru", "ar", "th", "zh-Hans", "zh-Hant", "ja", "ko"),
    "gb2312": ("zh-Hans",),
    "gbk": ("zh-Hans", "zh-Hant"),
    "gb18030": ("zh-Hans", "zh-Hant"),
    "big5": ("zh-Hant",),
    "big5hkscs": ("zh-Hant",),
    "shift_jis": ("ja",),
    "cp932": ("ja",),
    "euc_jp": ("ja",),
    "iso2022_jp": ("ja",),
    "euc_kr": ("ko",),
    "cp949": ("ko",),
    "cp1250": CENTRAL,
    "iso8859_2": CENTRAL,
    "cp1251": ("ru", "uk", "bg"),
    "koi8_r": ("ru", "bg"),
    "koi8_u": ("uk", "ru"),
    "iso8859_5": ("ru", "uk", "bg"),
    "cp866": ("ru", "bg"),
    "mac_cyrillic": ("ru", "uk"),
    "cp1252": WESTERN,
    "iso8859_1": WESTERN,
    "iso8859_15": ("fr", "de", "fi"),
    "mac_roman": ("fr", "de", "es"),
    "cp1253": ("el",),
    "iso8859_7": ("el",),
    "cp1254": ("tr",),
    "iso8859_9": ("tr",),
    "cp1255": ("he",),
    "iso8859_8": ("he",),
    "cp1256": ("ar", "fa"),
    "iso8859_6": ("ar",),
    "cp1257": ("lt", "lv", "et"),
    "iso8859_13": ("lt", "lv"),
    "cp1258": ("vi",),
    "cp874": ("th",),
}
"""Python's codec -> the languages that are written in it."""

LABELS = {
    "utf-8-sig": "utf-8",
    "big5hkscs": "big5-hkscs",
    "cp932": "windows-31j",
    "cp949": "windows-949",
    "mac_roman": "macintosh",
    "mac_cyrillic": "x-mac-cyrillic",
    "iso2022_jp": "iso-2022-jp",
    "cp874": "windows-874",
}
"""What a page calls a codec, where it is no label of the standard."""

LENGTHS = (200, 1_000, 10_000)
SHAPES = ("dump", "html", "html-late")
DECLARED = ("no", "right", "wrong")
DAMAGES = ("none", "bad-byte", "extra-byte", "cut", "nul", "bom-inside", "late")
WRONG = ("utf-8", "iso-8859-1", "gb2312", "windows-1251", "windows-1252", "euc-kr", "shift_jis", "iso-8859-2", "big5")

_PLAIN = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "»": '"', "«": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "…": "...",
        "€": "EUR", "£": "GBP", "׳": "'", "\u200c": " ", "−": "-",
    }
)  # fmt: skip
_RELATED = str.maketrans("șțȘȚیکǵ‌", "şţŞŢيكg ")
_VIETNAMESE_TONES = "\u0300\u0301\u0303\u0309\u0323"


@dataclass(frozen=True)
class Case:
    """One made input; `name` is what a failure is called by."""

    codec: str
    language: str
    shape: str
    declared: str
    length: int
    damage: str

    @property
    def name(self) -> str:
        return f"{self.codec}/{self.language}/{self.shape}/{self.declared}/{self.length}/{self.damage}"


def cases() -> Iterator[Case]:
    """All of them, some 10,000, in a fixed order."""
    for codec, languages in CODECS.items():
        for language, shape, declared, length, damage in itertools.product(
            languages, SHAPES, DECLARED, LENGTHS, DAMAGES
        ):
            if (shape == "dump" and declared != "no") or (shape == "html-late" and declared == "no"):
                continue  # a dump cannot declare anything
            yield Case(codec, language, shape, declared, length, damage)


def sample(count: int) -> list[Case]:
    """`count` of the cases, the same ones every time."""
    return random.Random("artextract").sample(list(cases()), count)


@cache
def _language_text(language: str) -> str:
    return (TEXTS / f"{language}.txt").read_text(encoding="utf-8").strip()


def _encodable(text: str, codec: str) -> str:
    """The text as someone who types in that encoding would write it."""
    if codec == "cp1258":
        text = "".join(_vietnamese(char) for char in text)
    return "".join(char if _fits(char, codec) else _substitute(char, codec) for char in text)


def _fits(char: str, codec: str) -> bool:
    try:
        char.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def _substitute(char: str, codec: str) -> str:
    for other in (char.translate(_RELATED), char.translate(_PLAIN), unicodedata.normalize("NFD", char)[0]):
        if all(_fits(c, codec) for c in other):
            return other
    return "?"


def _vietnamese(char: str) -> str:
    """windows-1258 writes the tone after the vowel."""
    parts = unicodedata.normalize("NFD", char)
    tone = next((mark for mark in parts if mark in _VIETNAMESE_TONES), "")
    base = unicodedata.normalize("NFC", parts.replace(tone, "")) if tone else char
    return char if _fits(char, "cp1258") else base + tone


def payload(case: Case) -> str:
    """`case.length` characters of running text from a place drawn by the case's name."""
    text = _encodable(_language_text(case.language), case.codec)
    paragraphs = text.split("\n\n")
    start = random.Random(case.name).randrange(len(paragraphs))
    ordered = "\n\n".join((*paragraphs[start:], *paragraphs[:start]))
    return ("\n\n".join([ordered] * (case.length // len(ordered) + 1)))[: case.length]


def label(case: Case) -> str | None:
    """What the page declares."""
    right = LABELS.get(case.codec, case.codec.replace("_", "-").replace("iso8859", "iso-8859"))
    if case.declared == "right":
        return right
    if case.declared == "wrong":
        return random.Random(case.name).choice([wrong for wrong in WRONG if wrong != right])
    return None


def page(case: Case, text: str) -> str:
    """The whole text of the input around the payload."""
    if case.shape == "dump":
        return f"Home | News | Contact\n\n{text}\n\nCopyright 2026. All rights reserved.\n"
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={label(case)}">\n' if label(case) else ""
    late = "<script>var a = [" + "1, " * 600 + "0];</script>\n" if case.shape == "html-late" else ""
    body = "</p>\n<p>".join(text.split("\n\n"))
    return (
        f'<html>\n<head>\n{late}{meta}<link rel="stylesheet" href="/s.css">\n<title>News</title>\n</head>\n<body>\n'
        f'<div class="nav"><a href="/">Home</a> | <a href="/n">News</a></div>\n<div id="main">\n<p>{body}</p>\n</div>\n'
        "<div>Copyright 2026. All rights reserved.</div>\n</body>\n</html>\n"
    )


@dataclass(frozen=True)
class Expected:
    """The text before and after the damaged place, which may hold up to `slack` characters."""

    before: str
    after: str
    slack: int

    def met_by(self, text: str) -> bool:
        spare = len(text) - len(self.before) - len(self.after)
        return text.startswith(self.before) and text.endswith(self.after) and 0 <= spare <= self.slack


def made(case: Case) -> tuple[bytes, Expected]:
    """The bytes of a case and what must come out."""
    text = page(case, payload(case))
    if case.damage == "late":
        filler = "All of this line is plain and says nothing. " * 5_000
        text = text.replace("<body>\n", f"<body>\n<p>{filler}</p>\n") if "<body>" in text else f"{filler}\n\n{text}"
    whole = Expected(text, "", 0)
    if case.damage in ("none", "late"):
        return text.encode(case.codec), whole
    return _damaged(case, text)


def _damaged(case: Case, text: str) -> tuple[bytes, Expected]:
    if case.damage == "cut":
        text = text[: text.rindex(payload(case)[-20:]) + 20] if case.shape == "dump" else text.split("</p>\n</div>")[0]
        return text.encode(case.codec)[:-1], Expected(text[:-1], "", 1)
    at = _damage_place(case, text)
    head, char, tail = _encoded_parts(case.codec, text, at)
    lost = Expected(text[: at - 1], text[at + 2 :], 6)
    match case.damage:
        case "bad-byte":  # the first byte of a character is another one
            return head + b"\xff" + char[1:] + tail, lost
        case "extra-byte":  # a byte that belongs to nothing, inside a character where there are several
            return head + char[:1] + b"\xff" + char[1:] + tail, lost
        case "nul":
            return head + b"\0" * (1 if _unit(case.codec) == "-" else 2) + char + tail, Expected(
                text[:at], text[at:], 1
            )
        case _:
            mark = "\ufeff".encode(_unit(case.codec)) if _unit(case.codec) != "-" else b"\xef\xbb\xbf"
            return head + mark + char + tail, Expected(text[:at], text[at:], 3)


def _unit(codec: str) -> str:
    return {"utf-16": "utf-16-le"}.get(codec, codec) if codec.startswith("utf-16") else "-"


def _encoded_parts(codec: str, text: str, at: int) -> tuple[bytes, bytes, bytes]:
    """The bytes before, of and after the character at `at`."""
    encoder = codecs.getincrementalencoder(codec)()
    return encoder.encode(text[:at]), encoder.encode(text[at]), encoder.encode(text[at + 1 :], True)


def _damage_place(case: Case, text: str) -> int:
    """The offset of a character (not ASCII, if there are such) in the middle of the payload."""
    inside = payload(case)
    start = text.index(inside[:15])
    middle = start + len(inside) // 2
    return next((i for i in range(middle, start + len(inside) - 10) if ord(text[i]) > 0x7F), middle)


def passes(case: Case) -> bool:
    """Whether the input of a case decodes to what was encoded."""
    data, expected = made(case)
    try:
        source = decode(data, DEFAULT, name="page.html" if case.shape != "dump" else "page.txt")
    except ArtextractError:
        return False
    return expected.met_by(source.text)
