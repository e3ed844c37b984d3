"""Members of ZIP and tar archives: streamed one by one, never unpacked to disk.

A ZIP has a directory, so its members come in the sorted order of their names; a tar file is a stream, so its members
come as they stand in it.
"""

from __future__ import annotations

import io
import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

from artextract.errors import InputError
from artextract.inputs.codecs import CHUNK, HEAD, codec_of, first_part
from artextract.inputs.container import Container, Members
from artextract.inputs.found import Content, Skipped, Unreadable
from artextract.inputs.globs import matches
from artextract.inputs.kinds import kind_of
from artextract.inputs.streams import Readable, Window
from artextract.inputs.suffixes import TAKEN, plain, suffix_of
from artextract.records import record
from artextract.sniff import binary_type, control_share

ZIP_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    RuntimeError,  # a password is needed; NotImplementedError is one, too
    ValueError,
    OverflowError,
    struct.error,
)
"""What zipfile raises for archives that are damaged, or use what it does not know."""


def untaken(name: str, container: Container) -> str | None:
    """Why a member is not taken, by its name; as in a directory."""
    parts = tuple(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))
    if not parts:
        return "no name"
    if any(part.startswith(".") or part == "__MACOSX" for part in parts):
        return "hidden"
    ways = [parts[: at + 1] for at in range(len(parts))]
    if any(matches(way, pattern) for pattern in container.exclude for way in ways):
        return "excluded"
    if container.include:
        return None if any(matches(parts, pattern) for pattern in container.include) else "not included"
    suffix = suffix_of(parts[-1])
    return "another suffix" if suffix and suffix not in TAKEN else None


def member(container: Container, ordinal: int, name: str, data: bytes) -> Members:
    """What a member of an archive is: a document, or a container of its own."""
    base = name.replace("\\", "/").rpartition("/")[2]
    codec = codec_of(data[:HEAD], base)
    head = data[:HEAD] if codec is None else first_part(data[:CHUNK], codec)
    kind = kind_of(head, plain(base), container.settings.input_type, data[-HEAD:] if codec is None else b"")
    if kind is not None and kind != "mail":
        from artextract.inputs.reading import members_of_bytes

        yield from members_of_bytes(data, container.inner(ordinal, name), kind)
    elif not suffix_of(base) and not _is_text(head):
        yield container.skipped(ordinal, name, "no text")
    else:
        yield container.held(ordinal, name, Content(data, name=base))


def _is_text(head: bytes) -> bool:
    return bool(head.strip()) and binary_type(head) is None and control_share(head) <= 0.02


# --- ZIP ------------------------------------------------------------------------------------------------------------


def zip_members(file: io.BufferedIOBase, container: Container) -> Members:
    """The members of a ZIP archive in a seekable file."""
    try:
        archive = zipfile.ZipFile(file)
    except ZIP_DAMAGE as error:
        yield container.broken(f"its ZIP directory is missing or damaged ({error}); get the file again")
        return
    entries = sorted(archive.infolist(), key=lambda entry: entry.filename)
    archive.NameToInfo.clear()  # it may hold 200,000 names twice
    archive.filelist.clear()
    pages = _pages(entry.filename for entry in entries)
    ordinal = 0
    for at, entry in enumerate(entries):
        entries[at] = _DONE  # its memory goes with it
        if entry.is_dir():
            continue
        ordinal += 1
        yield from _zip_member(archive, entry, ordinal, container, pages)


_DONE = zipfile.ZipInfo()


def _pages(names: Iterator[str]) -> frozenset[str]:
    """The names, without suffix, beside which a browser may have saved a folder of assets."""
    found = (plain(name).rpartition(".") for name in names)
    return frozenset(f"{stem}_files" for stem, _, suffix in found if suffix.lower() in ("html", "htm"))


def _is_asset(name: str, pages: frozenset[str]) -> bool:
    at = name.find("_files/")
    while at >= 0:
        if name[: at + 6] in pages:
            return True
        at = name.find("_files/", at + 1)
    return False


def _zip_member(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, ordinal: int, container: Container, pages: frozenset[str]
) -> Members:
    name = _zip_name(entry)
    reason = "assets of a page" if _is_asset(entry.filename, pages) else untaken(name, container)
    if stat.S_ISLNK(entry.external_attr >> 16):
        reason = "a link"
    if reason is not None:
        yield container.skipped(ordinal, name, reason)
        return
    if entry.file_size > container.limit:
        yield container.too_large(ordinal, name, entry.file_size)
        return
    data = _unzipped(archive, entry, ordinal, name, container)
    if isinstance(data, bytes):
        yield from member(container, ordinal, name, data)
    else:
        yield data


def _zip_name(entry: zipfile.ZipInfo) -> str:
    """The name; those that are UTF-8 without saying so are read as that."""
    if entry.flag_bits & 0x800 or entry.filename.isascii():
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _unzipped(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, ordinal: int, name: str, container: Container
) -> bytes | Unreadable:
    parts: list[bytes] = []
    missing = container.limit + 1
    try:
        with archive.open(entry) as stream:
            while missing > 0 and (part := stream.read(min(CHUNK, missing))):
                container.budget.spend(len(part))
                parts.append(part)
                missing -= len(part)
    except ZIP_DAMAGE as error:
        if entry.flag_bits & 0x1:
            return container.failed(ordinal, name, "is encrypted; unpack it with its password", "damaged")
        return container.failed(ordinal, name, f"damaged in its archive ({error}); get the file again", "damaged")
    if missing <= 0:
        return container.too_large(ordinal, name)
    return b"".join(parts)


# --- tar ------------------------------------------------------------------------------------------------------------

BLOCK = 512
_EMPTY_HEADERS: tuple[type[Exception], ...] = tuple(
    getattr(tarfile, name) for name in ("EOFHeaderError", "EmptyHeaderError")
)  # not in the stubs
NAMES_LIMIT = 1_000_000
"""Bytes of a header that only names what follows."""

LINKS = frozenset((tarfile.LNKTYPE, tarfile.SYMTYPE))
FILES = frozenset((tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE))
NAMERS = frozenset((tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE))


@record(slots=True)
class _Said:
    """What headers before a member say of it."""

    name: str | None = None
    size: int | None = None


def tar_members(stream: Readable, container: Container) -> Members:
    """The members of a tar stream. Headers are parsed by tarfile; its own reader ends silently at the first damage."""
    window = Window(stream)
    said = _Said()
    ordinal = 0
    while True:
        block = window.ahead(BLOCK)
        if len(block) < BLOCK:
            yield from _cut_tar(stream, container)
            return
        try:
            header = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        except _EMPTY_HEADERS:
            if window.ahead(2 * BLOCK).strip(b"\0") == b"":
                return
            window.skip(BLOCK)
            continue
        except (tarfile.HeaderError, ValueError, OverflowError) as error:
            yield container.broken(f"a tar header is damaged ({error}); what is whole before and after it was read")
            _next_header(window)
            said = _Said()
            continue
        window.skip(BLOCK)
        if header.type in NAMERS:
            said = _said(header, window, said)
            continue
        if header.size < 0:
            header.size = 0
        name, size = said.name or header.name, header.size if said.size is None else said.size
        said = _Said()
        if header.isdir() or header.type == tarfile.XGLTYPE:
            window.skip(_padded(size) if header.type == tarfile.XGLTYPE else 0)
            continue
        ordinal += 1
        yield from _tar_member(window, _Entry(header.type, _printable(name), size), ordinal, container)


def _cut_tar(stream: Readable, container: Container) -> Members:
    """An archive ends with empty blocks; without them it was cut, if not its compression says so already."""
    if getattr(stream, "problem", None) is None:
        yield container.broken("the tar archive is cut off; what it held up to there was read")


@record(frozen=True, slots=True)
class _Entry:
    type: bytes
    name: str
    size: int


def _padded(size: int) -> int:
    return -(-size // BLOCK) * BLOCK


def _printable(name: str) -> str:
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _said(header: tarfile.TarInfo, window: Window, said: _Said) -> _Said:
    """What a header that names the next member says."""
    size = max(0, header.size)
    content = window.take(min(size, NAMES_LIMIT))
    window.skip(_padded(size) - len(content))
    if header.type == tarfile.GNUTYPE_LONGNAME:
        return _Said(content.rstrip(b"\0").decode("utf-8", "surrogateescape"), said.size)
    if header.type == tarfile.GNUTYPE_LONGLINK:
        return said
    values = dict(_pax(content))
    length = values.get(b"size", b"")
    return _Said(
        values[b"path"].decode("utf-8", "surrogateescape") if b"path" in values else said.name,
        int(length) if length.isdigit() and len(length) < 19 else said.size,
    )


def _pax(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The records of a pax header: `LENGTH KEY=VALUE` and a line feed each (POSIX.1-2001, pax)."""
    at = 0
    while at < len(content):
        digits = content[at : at + 20].partition(b" ")[0]
        if not digits.isdigit() or not len(digits) < int(digits) <= len(content) - at:
            return
        record = content[at + len(digits) + 1 : at + int(digits) - 1]
        key, _, value = record.partition(b"=")
        yield key, value
        at += int(digits)


def _next_header(window: Window) -> None:
    """Go on to the next block that is a header, or the end."""
    window.skip(BLOCK)
    while len(block := window.ahead(BLOCK)) == BLOCK:
        if block[257:262] == b"ustar":
            try:
                tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
                return
            except (tarfile.HeaderError, ValueError, OverflowError):
                pass
        window.skip(BLOCK)
    window.skip(BLOCK)


def _tar_member(window: Window, entry: _Entry, ordinal: int, container: Container) -> Members:
    reason = "a link" if entry.type in LINKS else None if entry.type in FILES else "no file"
    reason = reason or untaken(entry.name, container)
    if reason is not None or entry.size > container.limit:
        stored = 0 if entry.type in LINKS else _padded(entry.size)
        yield _passed(entry, ordinal, container, reason)
        window.skip(stored)  # a cut end is seen at the next header
        return
    data = window.take(entry.size)
    window.skip(_padded(entry.size) - entry.size)
    if len(data) < entry.size:
        yield container.failed(ordinal, entry.name, "cut off with its archive; get the file again", "damaged")
    else:
        yield from member(container, ordinal, entry.name, data)


def _passed(entry: _Entry, ordinal: int, container: Container, reason: str | None) -> Skipped | Unreadable:
    if reason is not None:
        return container.skipped(ordinal, entry.name, reason)
    return container.too_large(ordinal, entry.name, entry.size)


def spooled(stream: Readable, limit: int) -> bytes:
    """All that a stream holds. Raises InputError over the limit."""
    parts: list[bytes] = []
    size = 0
    while part := stream.read(CHUNK):
        parts.append(part)
        size += len(part)
        if size > limit:
            raise InputError(f"a ZIP archive over {limit:,} bytes that is no file of its own; save it to a file")
    return b"".join(parts)
