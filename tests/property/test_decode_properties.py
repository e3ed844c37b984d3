"""Decoding as laws over any bytes and any text."""

from __future__ import annotations

import codecs
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from artextract.decode import decode
from artextract.encoding_decoders import decode_as, python_codec
from artextract.encoding_labels import LABELS, REFUSED
from artextract.errors import ArtextractError
from artextract.model import Source
from artextract.settings import DEFAULT, Settings

UNTIMED = settings(deadline=None, max_examples=200)

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"], exclude_characters="\ufeff\ufffd"), min_size=1
)
PROSE = TEXT.map(lambda text: f"A line of prose before it.\n{text}\nAnd one behind it.")
PIECES = st.lists(
    st.one_of(
        st.binary(max_size=40),
        st.sampled_from(
            [
                b"<html>",
                b"<meta charset=gbk>",
                b"<meta charset='utf-8",
                b"<!--",
                b"<script>",
                b"\x1b$B",
                b"\x1b(B",
                b"\xef\xbb\xbf",
                b"\xff\xfe",
                b"\0",
                b"\xa1",
                "磨坊".encode(),
                "磨坊".encode("gbk"),
                "磨坊".encode("utf-16-le"),
                "é".encode("cp1252"),
                b" plain text ",
                b"\r\n",
            ]
        ),
    ),
    max_size=30,
).map(b"".join)


def outcome(data: bytes | str, chosen: Settings = DEFAULT) -> Source | type[ArtextractError]:
    try:
        return decode(data, chosen)
    except ArtextractError as error:
        return type(error)


@UNTIMED
@given(st.one_of(st.binary(max_size=2_000), PIECES))
def test_any_bytes_decode_or_are_refused_and_always_alike(data: bytes) -> None:
    found = outcome(data)
    assert found == outcome(bytearray(data))
    if isinstance(found, Source):
        assert found.text.encode()  # no lone surrogates
        assert 0 <= found.replaced <= found.text.count("\ufffd")
        assert found.bytes == len(data)


@UNTIMED
@given(PIECES, st.sampled_from(sorted(set(LABELS.values()) - REFUSED)))
def test_any_bytes_decode_in_any_forced_encoding(data: bytes, label: str) -> None:
    found = outcome(b"text " + data, Settings(encoding=label))
    assert isinstance(found, Source)
    assert found.encoding == label
    assert 0 <= found.replaced <= found.text.count("\ufffd")


@UNTIMED
@given(PROSE)
def test_utf8_comes_back_as_it_was(text: str) -> None:
    source = decode(text.encode(), DEFAULT)
    assert (source.text, source.encoding, source.replaced) == (text, "utf-8", 0)
    assert source.text == decode(text, DEFAULT).text


@UNTIMED
@given(PROSE, st.sampled_from(["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]))
def test_a_mark_is_enough(text: str, codec: str) -> None:
    source = decode("\ufeff".encode(codec) + text.encode(codec), DEFAULT)
    assert (source.text, source.encoding_from) == (text, "bom")


@UNTIMED
@given(PROSE, st.sampled_from(["gb18030", "euc-kr", "shift_jis", "windows-1251", "koi8-r", "iso-8859-2", "macintosh"]))
def test_a_forced_encoding_reads_what_python_wrote(text: str, name: str) -> None:
    data = text.encode(python_codec(name), "ignore")
    assert decode_as(data, name) == (data.decode(python_codec(name)), 0)


@UNTIMED
@given(st.text(max_size=200))
def test_any_str_is_taken(text: str) -> None:
    found = outcome("x" + text)
    assert isinstance(found, Source) or "\0" in text or found.__name__ == "NotTextError"


@UNTIMED
@given(st.integers(0, 10_000), st.sampled_from(["big5", "gb18030", "euc-jp", "euc-kr", "shift_jis"]))
def test_a_bad_byte_leaves_other_lines_alone(seed: int, name: str) -> None:
    rng = random.Random(seed)
    lines = ["磨坊雪橋".encode(python_codec(name), "ignore") * rng.randint(1, 6) for _ in range(6)]
    at = rng.randrange(len(lines[2]))
    damaged = [*lines[:2], lines[2][:at] + b"\xff" + lines[2][at:], *lines[3:]]
    got = decode_as(b"\n".join(damaged), name)[0].split("\n")
    whole = [codecs.decode(line, python_codec(name)) for line in lines]
    assert got[:2] + got[3:] == whole[:2] + whole[3:]
