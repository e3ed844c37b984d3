"""Bytes to text: the order of the evidence, what is refused, what is said about the rest."""

from __future__ import annotations

import difflib
import gzip
import hashlib
import io
import random
import sys
import zipfile

import pytest

from artextract.decode import decode
from artextract.encoding_declared import declared_encoding
from artextract.encoding_decoders import decode_as
from artextract.encoding_labels import LABELS, REFUSED, encoding_of
from artextract.encoding_voter import PROPOSALS
from artextract.errors import EmptyInputError, NotTextError, SettingsError, TooLargeError, UnknownEncodingError
from artextract.model import Source
from artextract.settings import DEFAULT, Settings

GERMAN = (
    "Die Mühle am Fluß drehte sich nicht mehr, und über dem Städtchen lag früher Schnee. Größere Öfen gab es keine."
)
RUSSIAN = "Старая мельница у реки давно не работала, и над городом лежал первый снег. Больших печей здесь не было."
CHINESE = "河边的老磨坊已经停了很多年，小镇的屋顶上落着今年的第一场雪。孩子们在桥上等着看日出，老人说春天不远了。"
TRADITIONAL = "河邊的老磨坊已經停了很多年，小鎮的屋頂上落著今年的第一場雪。孩子們在橋上等著看日出，老人說春天不遠了。"
JAPANESE = "川のほとりの古い水車はもう長いあいだ止まったままで、町の屋根には今年はじめての雪がつもっていた。"
POLISH = "Stary młyn nad rzeką już dawno nie działał, a na dachach miasteczka leżał pierwszy śnieg. Większych pieców nie było."
GREEK = "Ο παλιός μύλος δίπλα στο ποτάμι είχε σταματήσει από καιρό, και πάνω στην πόλη έπεφτε το πρώτο χιόνι."
KOREAN = "강가의 오래된 물레방아는 멈춘 지 오래되었고, 마을 지붕 위에는 올해 첫눈이 내려앉아 있었다."


def read(data: bytes | str, **keywords: str | None) -> Source:
    return decode(data, DEFAULT, **keywords)


def page(text: str, declared: str = "", before: str = "") -> str:
    meta = f'<meta charset="{declared}">' if declared else ""
    return f"<!DOCTYPE html><html><head>{before}{meta}<title>t</title></head><body><p>{text}</p></body></html>"


def codes(source: Source) -> list[str]:
    return [note.code for note in source.notes]


class TestOrderOfTheEvidence:
    @pytest.mark.parametrize(
        ("data", "encoding", "evidence"),
        [
            (GERMAN.encode(), "utf-8", "utf8"),
            (b"plain ascii", "utf-8", "utf8"),
            (GERMAN.encode("utf-8-sig"), "utf-8", "bom"),
            (GERMAN.encode("utf-16"), "utf-16le", "bom"),
            (b"\xfe\xff" + GERMAN.encode("utf-16-be"), "utf-16be", "bom"),
            (GERMAN.encode("utf-32"), "utf-32le", "bom"),
            (b"\x84\x31\x95\x33" + CHINESE.encode("gb18030"), "gb18030", "bom"),
            (GERMAN.encode("utf-16-le"), "utf-16le", "structure"),
            (GERMAN.encode("utf-16-be"), "utf-16be", "structure"),
            ((CHINESE + "\n").encode("utf-16-le"), "utf-16le", "structure"),
            (RUSSIAN.encode("utf-16-be"), "utf-16be", "structure"),
            (GERMAN.encode("utf-32-be"), "utf-32be", "structure"),
            (JAPANESE.encode("iso2022_jp"), "iso-2022-jp", "structure"),
            (page(CHINESE, "gb2312").encode("gbk"), "gb18030", "declared"),
            (page(GERMAN, "latin1").encode("cp1252"), "windows-1252", "declared"),
            (CHINESE.encode("gbk"), "gb18030", "detected"),
            (TRADITIONAL.encode("big5"), "big5", "detected"),
            (TRADITIONAL.encode("gbk"), "gb18030", "detected"),
            (JAPANESE.encode("cp932"), "shift_jis", "detected"),
            (JAPANESE.encode("euc_jp"), "euc-jp", "detected"),
            (KOREAN.encode("cp949"), "euc-kr", "detected"),
            (RUSSIAN.encode("cp1251"), "windows-1251", "detected"),
            (RUSSIAN.encode("koi8_r"), "koi8-r", "detected"),
            (RUSSIAN.encode("cp866"), "ibm866", "detected"),
            (GERMAN.encode("cp1252"), "windows-1252", "detected"),
            (b"just one caf\xe9", "windows-1252", "default"),
        ],
    )
    def test_each_step(self, data: bytes, encoding: str, evidence: str) -> None:
        source = read(data)
        assert (source.encoding, source.encoding_from, source.replaced) == (encoding, evidence, 0)

    def test_a_forced_label_overrides_everything(self) -> None:
        source = decode(GERMAN.encode("utf-8-sig"), Settings(encoding="UTF8"))
        assert (source.text, source.encoding_from) == (GERMAN, "forced")
        assert (
            decode(page(GERMAN, "utf-8").encode("koi8_r", "replace"), Settings(encoding="koi8-r")).encoding == "koi8-r"
        )

    def test_utf8_comes_before_a_declaration_that_was_left_from_before(self) -> None:
        assert read(page(CHINESE, "gb2312").encode()).encoding == "utf-8"

    def test_the_transport_comes_before_the_declaration(self) -> None:
        data = page("caf\xe9 au lait, d\xe9j\xe0", "windows-1251").encode("cp1252")
        source = read(data, transport="text/html; charset=ISO-8859-1")
        assert (source.encoding, source.encoding_from) == ("windows-1252", "transport")

    @pytest.mark.parametrize("label", ["iso-8859-1", "windows-1251", "shift_jis", "big5", "euc-kr", "utf-8"])
    def test_a_label_that_the_bytes_contradict_is_not_believed(self, label: str) -> None:
        source = read(page(CHINESE * 2, label).encode("gbk"))
        assert (source.encoding, source.encoding_from) == ("gb18030", "detected")
        assert CHINESE in source.text

    @pytest.mark.parametrize("shift", ["", "1", "14", "x1y"])
    def test_a_line_without_blanks_is_not_cut_inside_a_character(self, shift: str) -> None:
        text = shift + (CHINESE + "7").replace("，", "") * 30
        source = read(text.encode("gbk"))
        assert (source.encoding, source.text) == ("gb18030", text)

    def test_a_guess_is_said_in_a_warning(self) -> None:
        assert codes(read(b"just one caf\xe9")) == ["default-encoding"]
        assert codes(read(GERMAN.encode("cp1252"))) == []


class TestDeclarations:
    @pytest.mark.parametrize(
        "head",
        [
            '<meta charset="gb2312">',
            "<META CHARSET=GBK>",
            '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">',
            "<meta content='text/html;charset = gb2312' http-equiv=content-type />",
            '<script>var s = "<meta charset=utf-8>";</script><meta charset="gb2312">',
            "<!-- <meta charset=koi8-r> --><meta charset=gb2312>",
            '<meta charset="no-such-thing"><meta charset="gb2312">',
            '<meta charset="utf-16"><meta charset="gb2312">',
            '<meta charset="x-user-defined"><meta charset="gb2312">',
            "<style>" + "p { color: red }\n" * 8_000 + "</style><meta charset=gb2312>",
        ],
    )
    def test_found_wherever_it_stands_in_the_head(self, head: str) -> None:
        assert declared_encoding(f"<html><head>{head}</head><body>".encode()) == "gb18030"

    def test_the_xml_declaration(self) -> None:
        assert declared_encoding(b'<?xml version="1.0" encoding="windows-1251"?><html>') == "windows-1251"

    @pytest.mark.parametrize("label", ["utf-16", "utf-16le", "x-user-defined", "iso-2022-kr", "rot13", "zlib", "idna"])
    def test_what_cannot_be_true_means_nothing(self, label: str) -> None:
        assert declared_encoding(f"<meta charset={label}>".encode()) is None

    def test_a_dump_that_mentions_one_declares_nothing(self) -> None:
        data = f"In old pages you find <meta charset=koi8-r> at the top.\n{GERMAN}".encode("cp1252")
        assert read(data).encoding == "windows-1252"

    def test_open_comments_and_scripts_hide_nothing(self) -> None:
        assert declared_encoding(b"<!-- <script> <meta charset=gbk>") == "gb18030"


class TestLabels:
    def test_the_table_is_that_of_the_standard(self) -> None:
        assert len(LABELS) == 228  # WHATWG Encoding Standard, 4.2
        assert len(set(LABELS.values())) == 39  # its 40 encodings; GBK goes under gb18030, whose decoder it has

    @pytest.mark.parametrize(
        ("label", "encoding"),
        [
            ("gb2312", "gb18030"),
            ("GBK", "gb18030"),
            ("ks_c_5601-1987", "euc-kr"),
            ("x-sjis", "shift_jis"),
            ("us-ascii", "windows-1252"),
            ("iso-8859-9", "windows-1254"),
            ("tis-620", "windows-874"),
            ("\tlatin1\n", "windows-1252"),
            ("unicode", "utf-16le"),
            ("logical", "iso-8859-8-i"),
            ("utf_8", None),
            ("cp437", None),
            ("", None),
        ],
    )
    def test_labels_mean_what_browsers_mean(self, label: str, encoding: str | None) -> None:
        assert encoding_of(label) == encoding

    @pytest.mark.parametrize("label", ["nonsense", "rot13", "\x1b[31m", "x-user-defined", "hz-gb-2312", "utf-7"])
    def test_unknown_and_refused_labels_fail_in_one_plain_line(self, label: str) -> None:
        with pytest.raises(UnknownEncodingError) as caught:
            decode(b"text", Settings(encoding=label))
        assert str(caught.value).isprintable()

    @pytest.mark.parametrize("name", sorted(set(LABELS.values()) - REFUSED))
    def test_every_encoding_decodes_any_bytes(self, name: str) -> None:
        data = bytes(range(0x20, 0x100)) * 3
        source = decode(b"text " + data, Settings(encoding=name))
        assert source.encoding == name
        assert source.replaced == source.text.count("\ufffd")


class TestDecodersAsBrowsersHaveThem:
    @pytest.mark.parametrize(
        ("label", "data", "text"),
        [
            ("iso-8859-1", b"\x80\x93x\x94 \x81", "€“x” \x81"),
            ("gb2312", "镕囧".encode("gbk"), "镕囧"),
            ("gbk", b"\x80", "€"),
            ("gbk", "𠮷".encode("gb18030"), "𠮷"),
            ("big5", "啫嘅".encode("big5hkscs"), "啫嘅"),
            ("shift_jis", "①㈱髙".encode("cp932"), "①㈱髙"),
            ("euc-jp", b"\xad\xa1\xad\xea", "①㈱"),
            ("iso-2022-jp", b"\x1b$B-!\x1b(B", "①"),
            ("iso-2022-jp", b"\x1b(I1\x1b(Ba", "ｱa"),
            ("euc-kr", "똠방각하".encode("cp949"), "똠방각하"),
            ("koi8-u", b"\xae\xbe", "ўЎ"),
            ("windows-874", b"\xa1\x80", "ก€"),
            ("windows-1255", b"\xe0\xca", "א\u05ba"),
            ("x-mac-cyrillic", b"\x80\xff", "А€"),
        ],
    )
    def test_where_python_differs(self, label: str, data: bytes, text: str) -> None:
        source = decode(data, Settings(encoding=label))
        assert (source.text, source.replaced) == (text, 0)


class TestDamage:
    @pytest.mark.parametrize(
        ("text", "codec"),
        [
            (GERMAN, "utf-8"),
            (CHINESE, "utf-8"),
            (CHINESE, "gbk"),
            (TRADITIONAL, "big5"),
            (JAPANESE, "euc_jp"),
            (JAPANESE, "cp932"),
            (JAPANESE, "iso2022_jp"),
            (KOREAN, "euc_kr"),
        ],
    )
    def test_one_bad_byte_costs_one_character(self, text: str, codec: str) -> None:
        middle = len(text[: len(text) // 2].encode(codec)) // 2 * 2
        data = text.encode(codec)
        source = read(data[:middle] + b"\xff" + data[middle:])
        assert source.text[:10] == text[:10] and source.text[-15:] == text[-15:]
        assert 1 <= source.replaced <= 3
        assert codes(source) == ["replaced-bytes"]

    @pytest.mark.parametrize("codec", ["utf-8", "gbk", "utf-16"])
    def test_a_cut_last_character(self, codec: str) -> None:
        source = read(CHINESE.encode(codec)[:-1])
        assert source.text == CHINESE[:-1] + "\ufffd"
        assert source.replaced == 1

    @pytest.mark.parametrize("codec", ["utf-8", "gbk", "cp1252", "big5"])
    def test_a_zero_in_the_middle_is_a_character_like_others(self, codec: str) -> None:
        text = {"cp1252": GERMAN, "big5": TRADITIONAL}.get(codec, CHINESE)
        text = text[:20] + "\0" + text[20:]
        assert read(text.encode(codec)).text == text

    @pytest.mark.parametrize("codec", ["gbk", "big5", "euc_jp", "cp1252"])
    def test_a_mark_in_the_middle_of_legacy_text(self, codec: str) -> None:
        text = {"gbk": CHINESE, "big5": TRADITIONAL, "euc_jp": JAPANESE, "cp1252": GERMAN}[codec]
        source = read(text[:20].encode(codec) + b"\xef\xbb\xbf" + text[20:].encode(codec))
        assert source.text == text[:20] + "\ufeff" + text[20:]

    @pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
    @pytest.mark.parametrize("text", [GERMAN, CHINESE + "\n" + CHINESE, RUSSIAN])
    def test_utf16_goes_on_after_a_byte_too_many(self, text: str, order: str) -> None:
        text = "first line\n" + text + "\nlast line"
        at = 2 * (len(text) // 2)
        source = read(text.encode(order)[: at + 1] + b"\xff" + text.encode(order)[at + 1 :])
        assert source.text.startswith(text[: at // 2 - 2])
        assert source.text.endswith(text[at // 2 + 3 :])

    def test_a_mark_before_the_wrong_file(self) -> None:
        assert read(b"\xff\xfe" + GERMAN.encode()).text == GERMAN
        assert read(b"\xef\xbb\xbf" + CHINESE.encode("gbk")).text == CHINESE

    def test_genuine_replacement_characters_are_not_counted(self) -> None:
        assert read("a \ufffd b".encode()).replaced == 0
        assert read("\ufeffa \ufffd b".encode("utf-16-le")).replaced == 0
        assert read("a \ufffd ü".encode() + b"\xff").replaced == 1
        assert read(b"\xff\xfe" + "\ufdff\ufdff".encode("utf-16-le") + b"x").replaced == 1  # FD FF only across two

    def test_foreign_letters_late_in_a_large_file(self) -> None:
        text = "All of this line is plain.\n" * 200_000 + RUSSIAN
        source = read(text.encode("cp1251"))
        assert (source.encoding, source.text) == ("windows-1251", text)


class TestTwoEncodings:
    def test_a_utf8_page_with_a_tail_in_gbk(self) -> None:
        source = read(f"<p>{CHINESE}</p>".encode() + f"<p>{CHINESE[:20]}</p>".encode("gbk"))
        assert source.text == f"<p>{CHINESE}</p><p>{CHINESE[:20]}</p>"
        assert (source.encoding, source.replaced, codes(source)) == ("utf-8", 0, ["mixed-encodings"])

    def test_a_gbk_page_with_an_include_in_utf8(self) -> None:
        source = read(f"<p>{CHINESE * 3}</p>".encode("gbk") + f"<p>{CHINESE[:20]}</p>".encode())
        assert source.text == f"<p>{CHINESE * 3}</p><p>{CHINESE[:20]}</p>"
        assert (source.encoding, codes(source)) == ("gb18030", ["mixed-encodings"])

    def test_a_latin_comment_in_a_utf8_page(self) -> None:
        source = read(f"<p>{CHINESE}</p>\n".encode() + GERMAN.encode("cp1252"))
        assert source.text == f"<p>{CHINESE}</p>\n{GERMAN}"

    def test_what_is_not_certain_becomes_replacement_characters(self) -> None:
        source = read(f"<p>{CHINESE}</p>\n".encode() + b"\xd0\xd5\xc6 \xff\xfe\xfd")
        assert source.text.startswith(f"<p>{CHINESE}</p>\n")
        assert source.replaced == 6
        assert codes(source) == ["replaced-bytes"]


class TestMojibake:
    @pytest.mark.parametrize(
        ("text", "codec"),
        [
            (GERMAN, "cp1252"),
            (CHINESE, "gb18030"),
            (RUSSIAN, "cp1251"),
            (JAPANESE, "cp932"),
            (GERMAN, "mac_roman"),
        ],
    )
    def test_utf8_that_was_misread_is_recognised(self, text: str, codec: str) -> None:
        misread = text.encode().decode(codec, "ignore")
        (note,) = read(misread).notes
        assert note.code == "mojibake"
        assert note.place is not None and repr(misread[note.place.start : note.place.end]) in note.text

    def test_misread_twice(self) -> None:
        misread = GERMAN.encode().decode("cp1252").encode().decode("cp1252", "replace")
        assert codes(read(misread)) == ["mojibake"]

    def test_gbk_that_was_misread(self) -> None:
        assert codes(read(CHINESE.encode("gbk").decode("latin-1"))) == ["mojibake"]

    def test_characters_that_were_lost(self) -> None:
        assert codes(read("首页 锟斤拷锟斤拷 新闻")) == ["mojibake"]

    @pytest.mark.parametrize(
        "text",
        [
            GERMAN,
            RUSSIAN,
            CHINESE + "贵州茅台镇的涓涓细流",
            "SÃO PAULO, ÃO, Â, «CAFÉ», „groß“, „Spaß“, „Übermaß“ – Ä“",
            "Température : 21° à l’ombre, « déjà » 3 € — où ça ?",
        ],
    )
    def test_sound_text_is_not_suspected(self, text: str) -> None:
        assert codes(read(text)) == []


class TestMendedMojibake:
    FIX = Settings(fix_mojibake=True)

    @pytest.mark.parametrize(
        ("text", "codec"),
        [(GERMAN, "cp1252"), (RUSSIAN, "cp1251"), (GERMAN, "mac_roman"), (GERMAN, "latin-1")],
    )
    def test_it_is_read_back(self, text: str, codec: str) -> None:
        misread = "A line of plain words.\n" + text.encode().decode(codec)
        source = decode(misread, self.FIX)
        assert source.text == "A line of plain words.\n" + text
        assert {note.code for note in source.notes} == {"mojibake-mended"}
        place = source.notes[0].place
        assert place is not None and place.first_line == 2

    def test_twice_misread(self) -> None:
        twice = GERMAN.encode().decode("latin-1").encode().decode("latin-1")
        assert decode(twice, self.FIX).text == GERMAN

    @pytest.mark.parametrize(("text", "codec"), [(CHINESE, "gb18030"), (JAPANESE, "cp932")])
    def test_east_asian_misreadings_as_far_as_the_bytes_survived(self, text: str, codec: str) -> None:
        source = decode(text.encode().decode(codec, "replace"), self.FIX)
        assert difflib.SequenceMatcher(None, source.text, text).ratio() > 0.8, source.text

    def test_sound_text_beside_it_stays(self) -> None:
        source = decode("“Übermaß” – l’été.\n" + GERMAN.encode().decode("cp1252") + "\n贵州茅台镇", self.FIX)
        assert source.text == f"“Übermaß” – l’été.\n{GERMAN}\n贵州茅台镇"

    @pytest.mark.parametrize("text", [GERMAN, RUSSIAN, CHINESE, JAPANESE, "SÃO PAULO &amp; “x”, ﬁne…"])
    def test_sound_text_is_left_alone(self, text: str) -> None:
        source = decode(text, self.FIX)
        assert (source.text, source.notes) == (text, ())

    def test_many_places_are_counted(self) -> None:
        source = decode("Ã¼ber Ã¤lteres\n" * 50, self.FIX)
        assert source.text == "über älteres\n" * 50
        assert source.notes[-1].text == "and 30 more lines"

    def test_without_ftfy_it_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "ftfy", None)
        with pytest.raises(SettingsError, match="mojibake"):
            decode("plain", self.FIX)


class TestSecondVoice:
    @pytest.mark.parametrize(
        ("codec", "text"),
        [("cp852", POLISH), ("cp737", GREEK), ("cp850", GERMAN * 4)],
    )
    def test_code_pages_that_our_detector_has_no_model_for(self, codec: str, text: str) -> None:
        source = read(text.encode(codec))
        assert (source.text, source.encoding_from) == (text, "detected")

    def test_it_is_not_asked_where_ours_is_sure(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "chardet", None)
        assert read(RUSSIAN.encode("koi8_r")).encoding == "koi8-r"
        assert read(CHINESE.encode("gbk")).encoding == "gb18030"

    def test_only_supersets_of_ascii_can_be_proposed(self) -> None:
        ascii_text = bytes(range(32, 127)).decode()
        for name in PROPOSALS.values():
            assert decode_as(ascii_text.encode(), name) == (ascii_text, 0)


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as members:
        for name in names:
            members.writestr(name, "x" * 40)
    return out.getvalue()


class TestWhatIsNotText:
    @pytest.mark.parametrize(
        ("data", "kind"),
        [
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
            (b"\n\n%PDF-1.4\n", "PDF"),
            (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x01" * 40, "JPEG"),
            (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG"),
            (b"GIF89a\x10\x00\x10\x00\x80\x00\x00", "GIF"),
            (b"RIFF\x24\x00\x00\x00WEBPVP8 \x00\x00", "WebP"),
            (archive("word/document.xml"), "docx"),
            (archive("xl/workbook.xml"), "xlsx"),
            (archive("a.txt"), "ZIP"),
            (gzip.compress(b"text", mtime=0), "gzip"),
            (b"Rar!\x1a\x07\x01\x00", "RAR"),
            (b"7z\xbc\xaf\x27\x1c\x00\x04", "7z"),
            (b"BZh91AY&SY\x00\x01", "bzip2"),
            (b"\xfd7zXZ\x00\x00", "xz"),
            (b"\x7fELF\x02\x01\x01\x00", "ELF"),
            (b"MZ\x90\x00\x03\x00\x00\x00", "Windows program"),
            (b"ID3\x04\x00\x00\x00\x00\x00\x00", "MP3"),
            (b"\xff\xfb\x90\x64\x00\x00", "MP3"),
            (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", "MP4"),
            (b"SQLite format 3\x00\x10\x00", "SQLite"),
            (b"wOF2\x00\x01\x00\x00", "WOFF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "Office"),
            (b"{\\rtf1\\ansi hello}", "RTF"),
        ],
    )
    def test_its_type_is_named(self, data: bytes, kind: str) -> None:
        with pytest.raises(NotTextError, match=kind):
            read(data)

    @pytest.mark.parametrize("mark", [b"", b"\xff\xfe", b"\xfe\xff"])
    @pytest.mark.parametrize("size", [300, 5_000, 100_000])
    def test_random_bytes(self, size: int, mark: bytes) -> None:
        for seed in range(5):
            with pytest.raises(NotTextError, match="binary"):
                read(mark + random.Random(seed).randbytes(size))

    @pytest.mark.parametrize(
        "text",
        [
            "PK means penalty kick.",
            "BM is short for British Museum.",
            "MZ was Mark Zbikowski.",
            "GIF89a is a file format.",
            "RIFF, WAVE and AVI are chunks.",
            "ID3 tags hold the title.",
            "%PDF is not how this line should be read, as there is no dash.",
            "A man page: N\bNA\bAM\bME\bE and \x1b[1mbold\x1b[0m",
            "first\x01second\x02third, and a long rest of the line that is quite ordinary text",
            "the end of a DOS file\r\n\x1a",
        ],
    )
    def test_text_that_begins_like_a_format_is_text(self, text: str) -> None:
        assert read(text.encode()).text == text

    def test_zeros_after_a_cut_file_are_no_binary(self) -> None:
        assert read(GERMAN.encode("cp1252") + bytes(4_096)).text == GERMAN + "\0" * 4_096

    @pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe\n\x00", bytes(100), ""])
    def test_nothing(self, data: bytes | str) -> None:
        with pytest.raises(EmptyInputError):
            read(data)

    def test_too_much(self) -> None:
        assert decode(b"12345", Settings(max_input_bytes=5)).bytes == 5
        with pytest.raises(TooLargeError, match="max-input-bytes"):
            decode(b"123456", Settings(max_input_bytes=5))


class TestTheSource:
    def test_bytes_and_digest_are_of_what_was_decoded(self) -> None:
        data = page(GERMAN, "latin1").encode("cp1252")
        source = read(data, name="a.htm", url="https://example.org/a", retrieved="2020-01-02T03:04:05Z")
        assert (source.bytes, source.sha256) == (len(data), hashlib.sha256(data).hexdigest())
        assert (source.name, source.url, source.retrieved) == (
            "a.htm",
            "https://example.org/a",
            "2020-01-02T03:04:05Z",
        )

    def test_text_given_as_str(self) -> None:
        source = read("Grüße \ud83d\ude00 und \udc80 Ende")
        assert source.text == "Grüße 😀 und \ufffd Ende"
        assert (source.encoding, source.encoding_from) == ("utf-8", "forced")
        assert source.sha256 == hashlib.sha256(source.text.encode()).hexdigest()

    def test_line_ends_stay_as_they_are(self) -> None:
        assert read(b"a\r\nb\rc\n\x85").text.startswith("a\r\nb\rc\n")

    def test_the_same_twice(self) -> None:
        data = page(RUSSIAN).encode("koi8_r")
        assert read(data) == read(data)
