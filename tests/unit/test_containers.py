"""What comes out of archives, WARC, JSON Lines, MHTML and Parquet: good, damaged and hostile."""

from __future__ import annotations

import bz2
import gzip
import importlib.util
import io
import json
import lzma
import os
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from artextract import Settings, extract_files
from artextract.batch.files import Result
from artextract.errors import InputError, TooLargeError
from artextract.inputs import streams
from artextract.inputs.container import slug
from artextract.inputs.found import Content, Held, Input, Unreadable
from artextract.inputs.http import decoded
from artextract.inputs.kinds import kind_of
from artextract.inputs.opening import content
from artextract.inputs.suffixes import suffix_of
from artextract.settings import DEFAULT

here = Path(__file__).parent
spec = importlib.util.spec_from_file_location("containers", here / "containers.py")
assert spec is not None and spec.loader is not None
containers = importlib.util.module_from_spec(spec)
spec.loader.exec_module(containers)
HTML, TEXT = containers.HTML, containers.TEXT
met, named, zipped, tarred = containers.met, containers.named, containers.zipped, containers.tarred
warc_record, http, per_record = containers.warc_record, containers.http, containers.per_record


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def write(name: str, data: bytes) -> Path:
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return write


Put = Callable[[str, bytes], Path]


def results(path: Path, settings: Settings = DEFAULT) -> list[Result]:
    return list(extract_files(path, settings))


# --- Archives ---------------------------------------------------------------------------------------------------------


def test_members_of_a_zip_come_sorted_and_what_is_no_page_is_counted(put: Put) -> None:
    path = put("x.zip", zipped({"b.html": HTML, "a.txt": TEXT, "c.png": b"x", ".git/a.txt": TEXT, "__MACOSX/a.txt": TEXT,
                                "d.html": HTML, "d_files/frame.html": HTML, "noise": bytes(range(256)), "plain": TEXT}))  # fmt: skip
    assert named(met(path)) == {
        "000001-.git/a.txt": "hidden",
        "000002-__MACOSX/a.txt": "hidden",
        "000003-a.txt": "held",
        "000004-b.html": "held",
        "000005-c.png": "another suffix",
        "000006-d.html": "held",
        "000007-d_files/frame.html": "assets of a page",
        "000008-noise": "no text",
        "000009-plain": "held",
    }


def test_a_member_goes_into_a_folder_of_its_container_whatever_its_name(put: Put) -> None:
    path = put("x.zip", zipped({"../../etc/a.html": HTML, "/root.html": HTML, "d/in.zip": zipped({"é/1.html": HTML})}))
    names = [thing.input.name for thing in met(path) if isinstance(thing, Held)]
    assert names == [
        ("x.zip.d", "000001-etc-a.html"),
        ("x.zip.d", "000002-root.html"),
        ("x.zip.d", "000003-d-in.zip.d", "000001-é-1.html"),
    ]
    assert [r.member for r in results(path)][2] == "000003-d/in.zip!/000001-é/1.html"


def test_filters_of_a_run_are_for_the_members_of_an_archive(put: Put) -> None:
    path = put("x.zip", zipped({"news/a.html": HTML, "news/b.asp": HTML, "old/c.html": HTML}))
    found = named(met(path, include=("*.html", "*.asp"), exclude=("old",)))
    assert list(found.values()) == ["held", "held", "excluded"]


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_tar_files_of_all_kinds_give_their_names(put: Put, form: int) -> None:
    long = "deep/" * 18 + "a.html" if form == tarfile.USTAR_FORMAT else "d" * 180 + "/a.html"
    path = put("x.tar", tarred({long: HTML, "b.txt": TEXT}, form))
    assert list(named(met(path))) == [f"000001-{long}", "000002-b.txt"]


@pytest.mark.parametrize(
    ("name", "compress"),
    [("x.tar.gz", gzip.compress), ("x.tgz", gzip.compress), ("x.tar.bz2", bz2.compress), ("x.txz", lzma.compress)],
)
def test_compressed_tar_files_are_streamed(put: Put, name: str, compress: Callable[[bytes], bytes]) -> None:
    assert list(named(met(put(name, compress(tarred({"a.html": HTML, "b.txt": TEXT}))))).values()) == ["held", "held"]


def test_links_and_devices_of_a_tar_file_are_no_documents(put: Put) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
            header = tarfile.TarInfo("a.html")
            header.type, header.linkname = kind, "/etc/passwd"
            archive.addfile(header)
    assert list(named(met(put("x.tar", out.getvalue()))).values()) == ["a link", "a link", "no file", "no file"]


def test_a_damaged_member_of_a_zip_costs_itself(put: Put) -> None:
    raw = bytearray(zipped({"a.html": HTML * 20, "b.html": HTML}))
    raw[60] ^= 0xFF
    found = named(met(put("x.zip", bytes(raw))))
    assert "damaged in its archive" in found["000001-a.html"]
    assert found["000002-b.html"] == "held"


def test_a_zip_without_its_directory_is_one_failure(put: Put) -> None:
    (only,) = met(put("x.zip", zipped({"a.html": HTML})[:-30]))
    assert isinstance(only, Unreadable)
    assert "directory is missing or damaged" in only.message
    assert only.code == "damaged"


def test_an_encrypted_member_says_so(put: Put) -> None:
    raw = bytearray(zipped({"a.html": HTML}))
    raw[6] |= 1  # the local header's flags
    raw[raw.index(b"PK\x01\x02") + 8] |= 1  # the directory's
    assert "encrypted" in named(met(put("x.zip", bytes(raw))))["000001-a.html"]


def test_a_damaged_header_of_a_tar_file_costs_its_member(put: Put) -> None:
    raw = bytearray(tarred({"a.txt": TEXT, "b.txt": TEXT, "c.txt": TEXT}, tarfile.USTAR_FORMAT))
    at = raw.index(b"b.txt")
    raw[at + 150] ^= 0xFF
    found = named(met(put("x.tar", bytes(raw))))
    assert found["000001-a.txt"] == "held"
    assert "tar header is damaged" in found[""]
    assert found["000002-c.txt"] == "held"


@pytest.mark.parametrize("compress", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_a_cut_tar_file_gives_what_is_whole_and_one_failure(put: Put, compress: Callable[[bytes], bytes]) -> None:
    noise = os.urandom(2_000_000)
    raw = compress(tarred({"a.txt": TEXT, "b": noise}, tarfile.USTAR_FORMAT))
    things = met(put("x.tar", raw[: len(raw) * 2 // 3]))
    failed = [thing for thing in things if isinstance(thing, Unreadable)]
    assert isinstance(things[0], Held)
    assert 1 <= len(failed) <= 2
    assert "cut off" in failed[-1].message


def test_limits_hold_for_each_member(put: Put) -> None:
    members = {"a.txt": TEXT, "b.txt": "x" * 5_000, "c.txt": TEXT}
    for path in (
        put("x.zip", zipped(members)),
        put("x.tar", tarred(members)),
        put("x.tgz", gzip.compress(tarred(members))),
    ):
        found = list(met(path, Settings(max_input_bytes=1_000)))
        assert [isinstance(thing, Held) for thing in found] == [True, False, True]
        assert isinstance(found[1], Unreadable) and found[1].code == "too-large"


def test_a_bomb_is_stopped_by_its_ratio(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "FREE_BYTES", 1_000_000)
    zeros = b"\n" * 900_000
    for path in (
        put("x.zip", zipped({f"{n}.txt": zeros for n in range(9)})),
        put("x.tar.bz2", bz2.compress(tarred({f"{n}.txt": zeros for n in range(9)}))),
        put("x.warc.gz", gzip.compress(warc_record("resource", "a", zeros, "text/plain") * 9)),
        put("n.zip", zipped({f"{n}.zip": zipped({"a.txt": zeros, "b.txt": zeros}) for n in range(9)})),
    ):
        last = met(path)[-1]
        assert isinstance(last, Unreadable)
        assert "as bombs do" in last.message


def test_containers_nest_only_so_deep(put: Put) -> None:
    data = zipped({"a.txt": TEXT})
    for _ in range(6):
        data = zipped({"in.zip": data})
    (only,) = met(put("x.zip", data))
    assert isinstance(only, Unreadable)
    assert "containers deep" in only.message


def test_a_member_that_lies_about_its_size_is_cut_at_the_limit(put: Put) -> None:
    raw = bytearray(zipped({"a.txt": "x" * 100_000}))
    at = raw.index(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (10).to_bytes(4, "little")
    things = met(put("x.zip", bytes(raw)), Settings(max_input_bytes=1_000))
    assert len(things) == 1
    assert not isinstance(things[0], Held) or len(things[0].content.data) <= 1_000


def test_office_documents_are_not_opened_as_archives(put: Put) -> None:
    (only,) = results(put("x.docx", zipped({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})))
    assert "Word document" in str(only.error)


# --- WARC -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["pages.warc", "pages.warc.gz"])
def test_a_warc_gives_its_pages_with_address_and_moment(put: Put, name: str) -> None:
    found = results(put(name, containers.samples()[name]))
    assert [r.member for r in found] == [f"00000{n + 1}-https://example.org/{n}" for n in (1, 2, 3)]
    for result in found:
        assert result.article is not None
        source = result.article.document.source
        assert source.url == f"https://example.org/{result.member[-1:] if result.member else ''}"
        assert source.retrieved == "2022-05-10T14:03:00Z"
        assert result.article.metadata.date is None
        assert result.article.text.startswith("The harbour froze")


def test_a_warc_compressed_as_a_whole_is_read_too(put: Put) -> None:
    whole = b"".join(containers.warc_records())
    for name, compress in (("x.warc.gz", gzip.compress), ("x.warc.xz", lzma.compress)):
        assert list(named(met(put(name, compress(whole)))).values()).count("held") == 3


def test_what_is_no_page_is_counted_by_reason(put: Put) -> None:
    records = [
        warc_record("request", "https://e.org/", b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
        warc_record("revisit", "https://e.org/", http(b"")),
        warc_record("metadata", "https://e.org/", b"x: y", "application/warc-fields"),
        warc_record("response", "https://e.org/", http(b"", status="301 Moved")),
        warc_record("response", "https://e.org/", http(b"<p>gone", status="404 Not Found")),
        warc_record("response", "https://e.org/", http(b"\x89PNG", media_type="image/png")),
        warc_record("response", "https://e.org/", http(b" \r\n")),
        warc_record("response", "dns:e.org", b"20220510\r\n", "text/dns"),
        warc_record("odd", "https://e.org/", b"x"),
    ]
    assert list(named(met(put("x.warc", b"".join(records)))).values()) == [
        "a request record",
        "a revisit record",
        "a metadata record",
        "redirect",
        "HTTP error",
        "another media type",
        "empty body",
        "another media type",
        "a record of another type",
    ]


def _chunked(body: bytes) -> bytes:
    return (
        b"".join(b"%x;a=b\r\n%s\r\n" % (len(body[i : i + 7]), body[i : i + 7]) for i in range(0, len(body), 7))
        + b"0\r\n\r\n"
    )


def _raw_deflate(body: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(body) + stream.flush()


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        (["Transfer-Encoding: chunked"], _chunked),
        (["Content-Encoding: gzip"], gzip.compress),
        (["Content-Encoding: x-gzip", "Transfer-Encoding: chunked"], lambda body: _chunked(gzip.compress(body))),
        (["Content-Encoding: deflate"], zlib.compress),
        (["Content-Encoding: deflate"], _raw_deflate),
        (["Content-Encoding: gzip", "Transfer-Encoding: chunked"], bytes),  # stored decoded under old headers
        (["Content-Encoding: identity"], bytes),
    ],
)
def test_bodies_are_decoded(put: Put, headers: list[str], code: Callable[[bytes], bytes]) -> None:
    record = warc_record("response", "https://e.org/", http(code(HTML.encode()), *headers))
    (only,) = results(put("x.warc", record))
    assert only.article is not None
    assert only.article.document.source.bytes == len(HTML.encode())


def test_brotli_and_zstd_bodies_and_files_by_their_extras(put: Put) -> None:
    brotli = pytest.importorskip("brotli")
    zstd = pytest.importorskip("backports.zstd" if sys.version_info < (3, 14) else "compression.zstd")
    body = HTML.encode()
    for coding, compress in (("br", brotli.compress), ("zstd", zstd.compress)):
        assert decoded(compress(body), (coding,), 10_000)[0] == body
        with pytest.raises(TooLargeError):
            decoded(compress(body * 90), (coding,), 10_000)
    assert content(Content(brotli.compress(body), name="x.html.br"), Settings()).data == body
    assert content(Content(zstd.compress(body), name="x.html.zst"), Settings()).data == body
    assert list(named(met(put("x.tar.zst", zstd.compress(tarred({"a.txt": TEXT}))))).values()) == ["held"]
    assert list(named(met(put("x.jsonl.br", brotli.compress(containers.lines({"text": TEXT}))))).values()) == ["held"]


def test_a_missing_extra_is_named(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("brotli", "backports.zstd", "compression.zstd", "pyarrow"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(InputError, match=r"pip install 'artextract\[zstd\]'"):
        content(Content(b"\x28\xb5\x2f\xfd....", name="x.html.zst"), Settings())
    with pytest.raises(InputError, match=r"pip install 'artextract\[brotli\]'"):
        content(Content(b"\x1b\x00\x01", name="x.html.br"), Settings())
    assert "artextract[zstd]" in named(met(put("x.tar.zst", b"\x28\xb5\x2f\xfd....")))[""]
    assert "artextract[parquet]" in named(met(put("x.parquet", b"PAR1\x00\x00\x00\x00PAR1")))[""]


def test_the_charset_of_the_header_goes_before_that_of_the_page(put: Put) -> None:
    page = HTML.replace("<title>", '<meta charset="utf-8"><title>').replace("Friday", "Freitag, für Bücher und Grüße")
    body = page.encode("iso-8859-15")
    record = warc_record("response", "https://e.org/", http(body, media_type="text/html; charset=ISO-8859-15"))
    (only,) = results(put("x.warc", record))
    assert only.article is not None
    assert "für Bücher und Grüße" in only.article.text
    assert only.article.document.source.encoding_from == "transport"


def test_types_that_say_nothing_are_told_by_content(put: Put) -> None:
    records = [
        warc_record("response", "https://e.org/1", http(HTML.encode(), media_type="application/octet-stream")),
        warc_record("response", "https://e.org/2", http(b"\x89PNG\r\n\x1a\n" + bytes(40), media_type="")),
    ]
    found = results(put("x.warc", b"".join(records)))
    assert [r.member for r in found] == ["000001-https://e.org/1"]  # the picture is counted, not failed


@pytest.mark.parametrize("length", ["9", "99999", "100000000000000", "-5", "abc", "", "9" * 4_000])
def test_a_wrong_content_length_costs_its_record(put: Put, length: str) -> None:
    records = containers.warc_records()
    head, _, rest = records[1].partition(b"Content-Length: ")
    records[1] = head + f"Content-Length: {length}".encode() + rest[rest.index(b"\r\n") :]
    for name, raw in (
        ("x.warc", b"".join(records)),
        ("x.warc.gz", per_record(records)),
        ("w.gz", gzip.compress(b"".join(records))),
    ):
        found = met(put(name, raw))
        assert [type(thing).__name__ for thing in found] == ["Skipped", "Unreadable", "Held", "Held"], name
        assert "Content-Length" in named(found)["000002-https://example.org/1"]


def test_a_record_right_behind_a_broken_one_is_read(put: Put) -> None:
    header = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 49000000\r\n\r\n"
    kinds = [type(thing).__name__ for thing in met(put("x.warc", header * 3 + containers.warc_records()[1]))]
    assert kinds == ["Unreadable"] * 3 + ["Held"]


def test_a_page_about_warc_is_whole(put: Put) -> None:
    page = TEXT.encode() + b"\r\n\r\n" + containers.warc_records()[2]
    raw = warc_record("resource", "a", page, "text/plain") + containers.warc_records()[1]
    found = met(put("x.warc", raw))
    assert [type(thing).__name__ for thing in found] == ["Held", "Held"]
    assert isinstance(found[0], Held) and found[0].content.data == page


def test_garbage_between_records_is_one_failure(put: Put) -> None:
    records = containers.warc_records()
    for name, raw in (
        ("x.warc", b"".join([*records[:2], b"junk \x00\xff\r\n" * 99, *records[2:]])),
        ("x.warc.gz", b"".join([per_record(records[:2]), b"\x1f\x8b junk" * 99, per_record(records[2:])])),
    ):
        kinds = [type(thing).__name__ for thing in met(put(name, raw))]
        assert kinds == ["Skipped", "Held", "Unreadable", "Held", "Held"], name


def test_a_damaged_gzip_member_costs_its_record(put: Put) -> None:
    members = [bytearray(gzip.compress(record, mtime=0)) for record in containers.warc_records()]
    for at in range(12, len(members[1]), 7):
        broken = [bytes(member) for member in members]
        broken[1] = broken[1][:at] + bytes([broken[1][at] ^ 0x55]) + broken[1][at + 1 :]
        kinds = [type(thing).__name__ for thing in met(put("x.warc.gz", b"".join(broken)))]
        assert kinds.count("Unreadable") == 1, (
            at
        )  # a flip at the very end may leave the record whole, and garbage after it
        assert kinds[0] == "Skipped" and kinds[-2:] == ["Held", "Held"] and len(kinds) <= 5, at


def test_a_cut_end_is_one_failure(put: Put) -> None:
    plain, zipped_ = b"".join(containers.warc_records()), per_record(containers.warc_records())
    for name, raw in (("x.warc", plain[:-100]), ("x.warc.gz", zipped_[:-20]), ("x.warc.gz", zipped_[:-150])):
        kinds = [type(thing).__name__ for thing in met(put(name, raw))]
        assert kinds == ["Skipped", "Held", "Held", "Unreadable"], name


def test_tiny_and_empty_gzip_members_are_read(put: Put) -> None:
    records = containers.warc_records()
    empty = gzip.compress(b"", mtime=0)
    scattered = b"".join(
        gzip.compress(records[1][at : at + 50], mtime=0) + empty * 20 for at in range(0, len(records[1]), 50)
    )
    raw = per_record(records[:1]) + empty * 2_000 + scattered + bytes(700) + per_record(records[2:])
    assert list(named(met(put("x.warc.gz", raw))).values()) == ["a warcinfo record", "held", "held", "held"]
    lines = gzip.compress(b"", mtime=0) * 2_000 + gzip.compress(containers.lines({"text": TEXT})) + bytes(70_000)
    assert list(named(met(put("x.jsonl.gz", lines))).values()) == ["held"]


def test_a_record_over_the_limit_is_passed_over(put: Put) -> None:
    film = warc_record("response", "a", http(b"x" * 300_000, media_type="video/mp4"))
    big = warc_record("resource", "b", b"y" * 300_000, "text/plain")
    rest = containers.warc_records()[1]
    for raw in (film + big + rest, per_record([film, big, rest])):
        found = met(put("x.warc", raw), Settings(max_input_bytes=2_000))
        assert [getattr(thing, "code", "") for thing in found] == ["too-large", "too-large", ""]


# --- JSON Lines and Parquet -------------------------------------------------------------------------------------------


def test_records_give_text_html_address_and_id(put: Put) -> None:
    raw = containers.lines(
        {"id": 7, "text": TEXT, "url": "https://example.org/a"},
        {"raw_html": HTML, "text": "ignored"},
        {"content": HTML},
        {"text": "", "html": None},
    )
    found = results(put("x.jsonl", raw))
    assert [r.member for r in found] == ["000001-7", "000002", "000003", "000004"]
    articles = [r.article for r in found if r.article is not None]
    assert [a.document.source.media_type for a in articles] == ["text/plain", "text/html", "text/html", "text/plain"]
    assert articles[0].document.source.url == "https://example.org/a"
    assert articles[1].text == articles[2].text
    assert articles[3].text == ""


def test_fields_are_named_and_kept(put: Put) -> None:
    raw = containers.lines(
        {"page": {"body": HTML}, "link": "https://example.org/a", "key": "k", "tags": ["x"], "text": "no"}
    )
    settings = Settings(jsonl_fields=("html=page.body", "url=link", "id=key"), keep_fields=("tags", "absent"))
    (only,) = results(put("x.jsonl", raw), settings)
    assert only.article is not None
    told = only.article.to_dict()["input"]
    assert (only.member, told["url"], told["fields"]) == (
        "000001-k",
        "https://example.org/a",
        {"tags": ["x"], "absent": None},
    )


def test_lines_that_are_no_records_cost_themselves(put: Put) -> None:
    lines = [
        b"[" * 100_000,
        b"{bad",
        b"1",
        b'{"x": 1}',
        b'{"text": 5}',
        b'{"n": ' + b"9" * 5_000 + b"}",
        b"\xff\xfe",
        b"x" * 9_000,
    ]
    raw = b"\n".join([*lines, b"", json.dumps({"text": TEXT}).encode()])
    found = met(put("x.jsonl", raw), Settings(max_input_bytes=200_000))
    assert [type(thing).__name__ for thing in found] == ["Unreadable"] * 8 + ["Held"]
    (big,) = met(put("y.jsonl", b'{"text": "' + b"x" * 9_000 + b'"}'), Settings(max_input_bytes=500))
    assert isinstance(big, Unreadable) and big.code == "too-large"


def test_a_lone_surrogate_and_bad_bytes_of_a_line_are_replaced_and_counted(put: Put) -> None:
    raw = b'{"text": "caf\\ud800 \\ud83d\\ude00 na\xefve, and more words to make a line of it."}\n'
    (only,) = results(put("x.jsonl", raw))
    assert only.article is not None
    source = only.article.document.source
    assert source.text.startswith("caf\ufffd 😀 na\ufffdve")
    assert source.replaced == 1


def test_our_own_lines_are_input_again(put: Put, tmp_path: Path) -> None:
    (first,) = extract_files(put("page.html", HTML.encode()))
    assert first.article is not None
    path = put("x.jsonl", (json.dumps(first.article.to_dict()) + "\n").encode())
    (again,) = results(path)
    assert again.article is not None
    assert again.article.text == first.article.text


def test_rows_of_parquet_are_records(put: Put, tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "x.parquet"
    table = arrow.table({"html": [HTML, None], "text": ["", TEXT], "url": ["https://example.org/", None], "n": [1, 2]})
    parquet.write_table(table, path)
    found = results(path, Settings(keep_fields=("n",)))
    assert [r.article.to_dict()["input"]["fields"] for r in found if r.article] == [{"n": 1}, {"n": 2}]
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2 :] = bytes(len(raw) - len(raw) // 2)
    (only,) = met(put("y.parquet", bytes(raw)))
    assert isinstance(only, Unreadable)


def test_records_go_into_a_parquet_file_and_come_back(put: Put, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    from artextract.batch.parquet import ParquetSink, columns
    from artextract.writers.json import write_line

    out = tmp_path / "out.parquet"
    settings = Settings(keep_fields=("n",))
    records = put("in.jsonl", containers.lines({"html": HTML, "url": "https://example.org/", "n": 1}, {"text": TEXT}))
    articles = [r.article for r in results(records, settings) if r.article]
    sink = ParquetSink(str(out), columns(settings))
    sink.start()
    for article in articles:
        sink.write(Input("in.jsonl", ("in.jsonl",)), write_line(article, settings, "in.jsonl", None).encode())
    assert not out.exists()
    sink.finish()
    rows = parquet.read_table(out).to_pylist()
    assert [row["text"] for row in rows] == [article.text for article in articles]
    assert rows[0]["input"]["fields"] == '{"n": 1}'
    again = [r.article for r in results(out) if r.article]
    assert [article.text for article in again] == [article.text for article in articles]
    assert again[0].document.source.url == "https://example.org/"


# --- MHTML ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16"])
def test_the_page_of_an_mhtml_file_in_base64(put: Put, charset: str) -> None:
    import base64

    body = HTML.replace("Friday", "星期五，港口主任说")
    raw = containers.mhtml("@", "base64", "utf-8").replace(b"@", base64.encodebytes(body.encode(charset)), 1)
    raw = raw.replace(b"charset=utf-8", f"charset={charset}".encode())
    (only,) = results(put("x.mhtml", raw))
    assert only.article is not None
    assert "星期五，港口主任说" in only.article.text
    source = only.article.document.source
    assert (source.url, source.retrieved) == ("https://example.org/page", "2022-05-10T14:03:00+02:00")


def test_quoted_printable_and_pictures_by_their_part(put: Put) -> None:
    import quopri

    body = HTML.replace("</p>", "</p><p><img src='cid:pic@1'> and more of the text here</p>")
    raw = containers.mhtml("@", "quoted-printable").replace(
        b"\r\n\r\n@", b"\r\n\r\n" + quopri.encodestring(body.encode()), 1
    )
    (only,) = results(put("saved", raw))
    assert only.article is not None
    assert "src='https://example.org/ice.png'" in only.article.document.source.text


def test_a_mail_gives_its_html_part_or_its_text(put: Put) -> None:
    text = f"From: a@example.org\nTo: b@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain\n\n{TEXT}"
    both = (
        'From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary="B"\n\n'
        f"--B\nContent-Type: text/plain\n\nplain\n--B\nContent-Type: text/html\n\n{HTML}\n--B--\n"
    )
    for raw, kind in ((text, "text/plain"), (both, "text/html")):
        (only,) = results(put("x.eml", raw.encode()))
        assert only.article is not None
        assert only.article.document.source.media_type == kind
        assert only.article.text.startswith("The harbour froze")


def test_mails_without_a_page_and_cut_ones(put: Put) -> None:
    attached = (
        b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="B"\n\n--B\nContent-Type: image/png\n\nx\n--B--\n'
    )
    (only,) = results(put("x.eml", attached))
    assert "no page among the parts" in str(only.error)
    (cut,) = results(put("x.mhtml", containers.mhtml()[:-200]))
    assert cut.article is not None
    (only,) = results(put("x.eml", b"MIME-Version: 1.0\nContent-Type: text/html; a*0=" + b"y;" * 20_000 + b"\n\n<p>"))
    assert "Content-Type of more than" in str(only.error)
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3_000))
    (only,) = results(put("x.eml", b"MIME-Version: 1.0\n" + deep))
    assert only.error is not None


# --- What is what -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"WARC/1.0\r\n", "x.txt", "warc"),
        (b'{"text": "a"}\n{"text": "b"}\n', "x.txt", "jsonl"),
        (b'{\n  "text": "a"\n}\n', "x.json", None),
        (b'{"text": "' + b"x" * 8_182, "x", "jsonl"),
        (b'{"text": "' + b"x" * 8_182, "x.txt", None),
        (b"From: a\nSubject: b\n\nA text about mails.\n", "x.txt", None),
        (b"MIME-Version: 1.0\nContent-Type: text/html\n\n<p>", "x", "mail"),
        (b"<html>", "x.html", None),
        (b"<html>", "x.mhtml", "mail"),
        (b"", "x.jsonl", None),
        (b"PAR1 is a name", "x.txt", None),
    ],
)
def test_content_tells_before_the_suffix(head: bytes, name: str, kind: str | None) -> None:
    assert kind_of(head, name) == kind


def test_a_forced_type_is_that_of_what_lies_in_archives() -> None:
    assert kind_of(b"WARC/1.0\r\n", "x", "text") is None
    assert kind_of(b"what ever", "x", "warc") == "warc"
    assert kind_of(zipped({"a.txt": TEXT}), "x", "html") == "zip"


def test_slugs_are_harmless() -> None:
    assert slug("a/../../b\x00\n c") == "a-..-..-b-c"
    assert slug("https://example.org/?q=1&x=2") == "example.org-q-1-x-2"
    assert slug("....") == slug("///") == ""
    assert len(slug("x" * 999)) <= 80
    assert suffix_of("a.warc.gz") == ".warc"


def test_a_zip_of_many_members_forgets_them(put: Put) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n in range(2_000):
            archive.writestr(f"{n}.txt", TEXT)
    assert sum(isinstance(thing, Held) for thing in met(put("x.zip", out.getvalue()))) == 2_000


@pytest.mark.parametrize(("name", "ships"), [("warcio.warc.gz", [1, 2, 4, 5]), ("fastwarc.warc", [1, 3])])
def test_files_that_other_libraries_wrote(name: str, ships: list[int]) -> None:
    if name.startswith("warcio"):
        pytest.importorskip("brotli")
    found = results(here.parent / "fixtures" / "containers" / name)
    assert [r.article.document.source.url for r in found if r.article] == [
        f"https://example.org/ships/{n}" for n in ships
    ]
    assert all(r.article and r.article.text.startswith("The lighthouse keeper") for r in found)
    assert {r.article.document.source.retrieved for r in found if r.article} == {"2022-05-10T14:03:00Z"}
