"""What is found, in which order, and what comes out of a file."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artextract.errors import InputError, TooLargeError
from artextract.inputs.found import Input, Skipped, Unreadable
from artextract.inputs.globs import matches
from artextract.inputs.listing import listed
from artextract.inputs.opening import decompressed, opened, raw_bytes
from artextract.inputs.walk import Filters, find
from artextract.settings import Settings

LIMIT = 1_000_000
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
}


def tree(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<p>A page.")


def taken(root: Path, **filters: object) -> list[str]:
    found = find([str(root)], Filters(**filters))  # type: ignore[arg-type]
    return [os.path.relpath(thing.path, root) for thing in found if isinstance(thing, Input)]


def skipped(root: Path, **filters: object) -> dict[str, str]:
    found = find([str(root)], Filters(**filters))  # type: ignore[arg-type]
    return {os.path.relpath(thing.path, root): thing.reason for thing in found if isinstance(thing, Skipped)}


def test_the_order_is_by_bytes_and_does_not_depend_on_the_disk(tmp_path: Path) -> None:
    tree(tmp_path, "b.html", "a/z.txt", "a.html", "B.html", "ä.html", "a-b.html")
    assert taken(tmp_path) == ["B.html", "a/z.txt", "a-b.html", "a.html", "b.html", "ä.html"]


@pytest.mark.parametrize("suffix", ["txt", "text", "md", "html", "htm", "xhtml", "shtml", "HTML", "html.gz", "txt.xz"])
def test_pages_are_taken_by_their_suffix(tmp_path: Path, suffix: str) -> None:
    tree(tmp_path, f"page.{suffix}")
    assert taken(tmp_path) == [f"page.{suffix}"]


def test_include_that_names_a_suffix_takes_it(tmp_path: Path) -> None:
    tree(tmp_path, "a.asp", "b.html", "c.png")
    assert taken(tmp_path, include=("*.asp",)) == ["a.asp"]
    assert taken(tmp_path, include=("*",)) == ["b.html"]


def test_exclude_prunes_folders(tmp_path: Path) -> None:
    tree(tmp_path, "a/b/c.html", "a/d.html", "e.html")
    assert taken(tmp_path, exclude=("b",)) == ["a/d.html", "e.html"]
    assert taken(tmp_path, exclude=("a/*.html",)) == ["a/b/c.html", "e.html"]


def test_links_to_files_are_taken_and_links_to_folders_followed_once_and_on_demand(tmp_path: Path) -> None:
    tree(tmp_path, "a/page.html")
    (tmp_path / "b").symlink_to("a")
    (tmp_path / "a" / "up").symlink_to("..")
    (tmp_path / "link.html").symlink_to("a/page.html")
    assert taken(tmp_path) == ["a/page.html", "link.html"]
    assert skipped(tmp_path) == {"a/up": "link to a folder", "b": "link to a folder"}
    assert taken(tmp_path, follow=True) == ["a/page.html", "link.html"]
    assert skipped(tmp_path, follow=True) == {"a/up": "visited before", "b": "visited before"}


def test_a_link_to_itself_is_a_failure_that_costs_nothing_else(tmp_path: Path) -> None:
    tree(tmp_path, "a.html")
    (tmp_path / "loop.html").symlink_to("loop.html")
    found = list(find([str(tmp_path)]))
    assert [type(thing) for thing in found] == [Input, Unreadable]


def test_a_folder_that_is_deep_is_walked_without_recursion(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(200):
        folder = folder / "d"
    tree(folder, "page.html")
    assert len(taken(tmp_path)) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_listed_is_a_failure(tmp_path: Path) -> None:
    tree(tmp_path, "closed/a.html", "b.html")
    (tmp_path / "closed").chmod(0)
    found = list(find([str(tmp_path)]))
    (tmp_path / "closed").chmod(0o700)
    assert [type(thing) for thing in found] == [Input, Unreadable]


def test_files_without_a_suffix_are_taken_by_their_content(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("A page.")
    (tmp_path / "utf16").write_bytes("\ufeffA page.".encode("utf-16-le"))
    (tmp_path / "packed.gz").write_bytes(gzip.compress(b"A page."))
    (tmp_path / "noise").write_bytes(bytes(range(32)) * 100)
    (tmp_path / "pdf").write_bytes(b"%PDF-1.4 and more")
    (tmp_path / "empty").touch()
    assert taken(tmp_path) == ["packed.gz", "text", "utf16"]


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("*.html", ["a.html", "x/a.html"], ["a.htm", "a.html/b"]),
        ("x/*.html", ["x/a.html"], ["a.html", "x/y/a.html", "z/x/a.html"]),
        ("**/x/*", ["x/a", "y/x/a", "z/y/x/a"], ["x", "x/y/a"]),
        ("x/**", ["x/a", "x/y/a"], ["y/a"]),
        ("/a.html", ["a.html"], ["x/a.html"]),
        ("[ab].txt", ["a.txt", "x/b.txt"], ["c.txt"]),
        ("x/**/a", ["x/a", "x/y/a", "x/y/z/a"], ["a", "x/b"]),
    ],
)
def test_globs(pattern: str, yes: list[str], no: list[str]) -> None:
    assert [path for path in [*yes, *no] if matches(path.split("/"), pattern)] == yes


def test_a_hostile_glob_is_no_trap() -> None:
    assert not matches(["a" * 200] * 50, "/".join(["**"] * 40 + ["*a*a*a*a*b"]))


@pytest.mark.parametrize("name", list(COMPRESS))
@given(data=st.binary(max_size=5000), split=st.integers(0, 5000))
def test_compressed_data_comes_back_whole_from_any_members(name: str, data: bytes, split: int) -> None:
    raw = COMPRESS[name](data[:split]) + COMPRESS[name](data[split:])
    assert decompressed(raw, "page.html.gz", LIMIT).data == data
    assert decompressed(raw, "page.html.gz", LIMIT).name == "page.html"


@pytest.mark.parametrize("name", list(COMPRESS))
def test_a_bomb_stops_at_the_limit(name: str) -> None:
    bomb = COMPRESS[name](bytes(LIMIT + 1))
    with pytest.raises(TooLargeError, match="--max-input-bytes"):
        decompressed(bomb, "", LIMIT)
    assert len(decompressed(COMPRESS[name](bytes(LIMIT)), "", LIMIT).data) == LIMIT


@pytest.mark.parametrize("name", list(COMPRESS))
def test_cut_data_gives_what_is_there_and_damaged_data_fails(name: str) -> None:
    data = os.urandom(500_000)
    raw = COMPRESS[name](data)
    cut = decompressed(raw[:-20], "", LIMIT)
    assert data.startswith(cut.data)
    assert [note.code for note in cut.notes] == ["compressed-cut"]
    broken = raw[:1000] + bytes(200) + raw[1200:]
    with pytest.raises(InputError, match="damaged"):
        decompressed(broken, "", LIMIT)


def test_a_thousand_members_and_garbage_after_them() -> None:
    found = decompressed(gzip.compress(b"ab") * 1000 + b"garbage", "", LIMIT)
    assert found.data == b"ab" * 1000
    assert [note.code for note in found.notes] == ["compressed-trailing"]
    assert decompressed(gzip.compress(b"ab") + bytes(512), "", LIMIT).notes == ()


@given(st.binary(max_size=300))
def test_no_bytes_make_the_opening_fail_otherwise(data: bytes) -> None:
    for magic in (b"", b"\x1f\x8b\x08", b"BZh91AY&SY", b"\xfd7zXZ\x00"):
        try:
            decompressed(magic + data, "", 1000)
        except (InputError, TooLargeError) as error:
            assert "; " in str(error)


def test_a_text_that_begins_like_an_archive_is_text() -> None:
    assert decompressed(b"BZh is a street in Lyon.", "", LIMIT).data == b"BZh is a street in Lyon."


def test_limits_and_errors_of_reading(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(b"x" * 100)
    assert raw_bytes(str(path), 100) == b"x" * 100
    with pytest.raises(TooLargeError, match="100 bytes are more than the limit of 99"):
        raw_bytes(str(path), 99)
    with pytest.raises(TooLargeError):
        raw_bytes("/dev/zero", 1000)
    for name in (str(tmp_path / "missing"), str(tmp_path), "a\0b", "x" * 5000):
        with pytest.raises(InputError, match="; "):
            raw_bytes(name, 100)


def test_a_mail_is_taken_apart_unless_another_type_is_forced(tmp_path: Path) -> None:
    path = tmp_path / "page.mhtml"
    path.write_text("text")
    assert opened(str(path), Settings()).said.media_type == "text/plain"
    assert opened(str(path), Settings(input_type="text")).data == b"text"


def test_lists_of_names(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_bytes(b"a.txt\r\n\nb c.txt\ncaf\xe9\nlast")
    assert list(listed(str(path), nul=False)) == ["a.txt", "b c.txt", os.fsdecode(b"caf\xe9"), "last"]
    path.write_bytes(b"a\nb\0c\0")
    assert list(listed(str(path), nul=True)) == ["a\nb", "c"]


def test_the_memory_limit_of_xz_holds() -> None:
    hungry = lzma.compress(b"page", preset=9 | lzma.PRESET_EXTREME)
    assert decompressed(hungry, "", LIMIT).data == b"page"
    header = bytearray(lzma.compress(b"page"))  # the block's header begins at 12; its dictionary size is its fifth byte
    length = (header[12] + 1) * 4
    header[12 + 4] = 40  # 4 GiB - 1
    header[12 + length - 4 : 12 + length] = zlib.crc32(header[12 : 12 + length - 4]).to_bytes(4, "little")
    with pytest.raises(InputError, match=r"[Mm]emory"):
        decompressed(bytes(header), "", LIMIT)


def test_raw_deflate_is_not_taken_for_gzip() -> None:
    assert decompressed(zlib.compress(b"page"), "", LIMIT).data == zlib.compress(b"page")
