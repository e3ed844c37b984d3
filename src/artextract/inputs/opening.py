"""The bytes of one input: read up to the limit, and decompressed up to the limit."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from typing import Any

from artextract.errors import InputError, TooLargeError
from artextract.inputs.found import STDIN
from artextract.inputs.suffixes import CONTAINERS, plain, suffix_of
from artextract.inputs.wording import reason
from artextract.model import Note
from artextract.records import record
from artextract.settings import Settings

CHUNK = 1 << 20
HEAD = 8_192
FIRST_PIECE = 512


@record(frozen=True, slots=True)
class Opened:
    """What an input holds: its bytes, decompressed; its name as evidence of the type; warnings."""

    data: bytes
    name: str
    notes: tuple[Note, ...] = ()


def opened(path: str, settings: Settings) -> Opened:
    """The bytes of a file, or of standard input for `-`.

    Raises InputError where it cannot be read, TooLargeError where more comes out than `settings.max_input_bytes`.
    """
    name = "" if path == STDIN else os.path.basename(path)
    suffix = suffix_of(name)
    if suffix in CONTAINERS and settings.input_type == "auto":
        raise InputError(f"{CONTAINERS[suffix]} is not read yet; give --from text to read it as text")
    return decompressed(raw_bytes(path, settings.max_input_bytes), name, settings.max_input_bytes)


def raw_bytes(path: str, limit: int) -> bytes:
    """The bytes as they lie there, at most `limit` of them. Raises InputError and TooLargeError."""
    try:
        if path == STDIN:
            return _read(0, limit)
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0))
        try:
            return _read(descriptor, limit)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise InputError(f"{reason(error)}; {_advice(error)}") from None
    except ValueError:  # a NUL in the name
        raise InputError("no file can have this name; check it") from None


def _read(descriptor: int, limit: int) -> bytes:
    status = os.fstat(descriptor)
    if stat.S_ISDIR(status.st_mode):
        raise InputError("a folder, where a file was expected; name it as an input to search it")
    if stat.S_ISREG(status.st_mode) and status.st_size > limit:
        raise _too_large(limit, status.st_size)
    parts: list[bytes] = []
    missing = limit + 1
    while missing > 0 and (part := os.read(descriptor, min(missing, CHUNK))):
        parts.append(part)
        missing -= len(part)
    if missing <= 0:
        raise _too_large(limit)
    return b"".join(parts)


def _too_large(limit: int, size: int | None = None) -> TooLargeError:
    found = f"{size:,} bytes are more than" if size is not None else "more bytes than"
    return TooLargeError(f"{found} the limit of {limit:,}; raise --max-input-bytes")


def _advice(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "check the name"
    if isinstance(error, PermissionError):
        return "check its permissions"
    return "check the file"


def special(mode: int) -> str | None:
    """What is wrong with a thing in a directory that is no regular file."""
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISFIFO(mode):
        return "a named pipe, not a file; name it as an input to read it"
    if stat.S_ISSOCK(mode):
        return "a socket, not a file; remove it"
    return "a device, not a file; name it as an input to read it"


# --- Compression ----------------------------------------------------------------------------------------------------


@record(frozen=True, slots=True)
class _Codec:
    """A compression: what its data begins with, and how a decompressor for one stream of it is made."""

    name: str
    magic: bytes
    start: Callable[[], Any]
    errors: Callable[[], tuple[type[Exception], ...]]


def _gzip() -> Any:
    import zlib

    return zlib.decompressobj(wbits=31)


def _gzip_errors() -> tuple[type[Exception], ...]:
    import zlib

    return (zlib.error,)


def _bzip2() -> Any:
    import bz2

    return bz2.BZ2Decompressor()


def _xz() -> Any:
    import lzma

    return lzma.LZMADecompressor(memlimit=200_000_000)  # its dictionary may be 4 GB on paper


def _xz_errors() -> tuple[type[Exception], ...]:
    import lzma

    return (lzma.LZMAError, EOFError)


CODECS = (
    _Codec("gzip", b"\x1f\x8b\x08", _gzip, _gzip_errors),
    _Codec("bzip2", b"BZh", _bzip2, lambda: (OSError, EOFError)),
    _Codec("xz", b"\xfd7zXZ\x00", _xz, _xz_errors),
)


def decompressed(raw: bytes, name: str, limit: int) -> Opened:
    """What is inside compressed bytes, or the bytes themselves. Content decides, not the suffix.

    Streams in a row are joined; what follows the last one and is no stream is left out, with a warning. Data that is
    cut off gives what is there, with a warning; data that is damaged raises InputError.
    """
    codec = _codec(raw)
    if codec is None:
        return Opened(raw, plain(name))
    data, notes = _inflated(raw, codec, limit)
    return Opened(data, plain(name), notes)


def _codec(raw: bytes) -> _Codec | None:
    codec = next((codec for codec in CODECS if raw.startswith(codec.magic)), None)
    if codec is not None and codec.name == "bzip2" and raw[4:10] not in (b"1AY&SY", b"\x17rE8P\x90"):
        return None  # a text that begins with "BZh"
    return codec


def _inflated(raw: bytes, codec: _Codec, limit: int) -> tuple[bytes, tuple[Note, ...]]:
    out = bytearray()
    at = 0
    while at < len(raw):
        try:
            at, ended = _one_stream(codec.start(), raw, at, out, limit)
        except codec.errors() as error:
            raise InputError(f"its {codec.name} data is damaged ({error}); get the file again") from None
        if not ended:
            note = Note("compressed-cut", f"the {codec.name} data is cut off; what it held up to there was read")
            return bytes(out), (note,)
        if at < len(raw) and not raw.startswith(codec.magic, at):
            if raw.count(b"\0", at) == len(raw) - at:  # padding, as tapes and some tools leave it
                break
            note = Note("compressed-trailing", f"{len(raw) - at:,} bytes after the {codec.name} data were left out")
            return bytes(out), (note,)
    return bytes(out), ()


def _one_stream(stream: Any, raw: bytes, at: int, out: bytearray, limit: int) -> tuple[int, bool]:
    """Decompress the stream at `at` onto `out`: where it ends, and whether that is its own end or the data's.

    The stream is fed by growing pieces, since it hands back what follows its end: a file of a million tiny streams
    would else be copied a million times.
    """
    size = FIRST_PIECE
    while True:
        tail = getattr(stream, "unconsumed_tail", b"")
        piece = tail
        if not tail and getattr(stream, "needs_input", True):
            piece = raw[at : at + size]
            at, size = at + len(piece), min(2 * size, CHUNK)
        part = stream.decompress(piece, min(limit + 1 - len(out), CHUNK))
        out += part
        if len(out) > limit:
            raise _too_large(limit)
        if stream.eof:
            return at - len(stream.unused_data), True
        if not piece and not part:
            return at, False


def looks_like_text(path: str) -> bool:
    """Whether a file without a suffix begins as text or HTML does. Raises OSError."""
    from artextract.sniff import binary_type, control_share

    with open(path, "rb") as file:
        head = file.read(HEAD)
    if (codec := _codec(head)) is not None:
        head = _first_part(head, codec)
    if not head.strip() or binary_type(head) is not None:
        return False
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or control_share(head) <= 0.02


def _first_part(head: bytes, codec: _Codec) -> bytes:
    try:
        part: bytes = codec.start().decompress(head, HEAD)
    except codec.errors():
        return b""
    return part
