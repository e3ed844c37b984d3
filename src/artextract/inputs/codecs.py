"""Compressions: what their data begins with, and how one stream of it is opened, within limits.

gzip, bzip2 and xz come with Python; zstd and Brotli need an extra each, imported when such data is met.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from artextract.errors import InputError
from artextract.records import record

CHUNK = 1 << 20
HEAD = 8_192
XZ_MEMORY = 200_000_000
"""Bytes for the dictionary of xz data; it may be 4 GB on paper."""


@record(frozen=True, slots=True)
class Codec:
    """A compression. `magic` is empty where its data has no mark and only the suffix tells (Brotli).

    `start` makes a decompressor of one stream, like those of `bz2` and `zlib`: `decompress(data, max_length)`, `eof`,
    `unused_data`, and `needs_input` or `unconsumed_tail`.
    """

    name: str
    suffix: str
    magic: bytes
    start: Callable[[], Any]
    errors: Callable[[], tuple[type[Exception], ...]]


def _gzip() -> Any:
    import zlib

    return zlib.decompressobj(wbits=31)


def _zlib_errors() -> tuple[type[Exception], ...]:
    import zlib

    return (zlib.error,)


def _bzip2() -> Any:
    import bz2

    return bz2.BZ2Decompressor()


def _xz() -> Any:
    import lzma

    return lzma.LZMADecompressor(memlimit=XZ_MEMORY)


def _xz_errors() -> tuple[type[Exception], ...]:
    import lzma

    return (lzma.LZMAError, EOFError)


def _zstd_module() -> Any:
    for name in ("compression.zstd", "backports.zstd"):  # with Python from 3.14 on; the same for older ones
        try:
            return import_module(name)
        except ImportError:
            continue
    raise InputError("its zstd data cannot be opened here; pip install 'artextract[zstd]'")


def _zstd() -> Any:
    module = _zstd_module()
    limit = {module.DecompressionParameter.window_log_max: 27}  # 128 MB, what the zstd command allows
    return module.ZstdDecompressor(options=limit)


def _zstd_errors() -> tuple[type[Exception], ...]:
    return (_zstd_module().ZstdError, EOFError)


def _brotli_module() -> Any:
    try:
        return import_module("brotli")
    except ImportError:
        raise InputError("its Brotli data cannot be opened here; pip install 'artextract[brotli]'") from None


class _Brotli:
    """`brotli.Decompressor` with the face of `bz2.BZ2Decompressor`."""

    def __init__(self) -> None:
        self._stream = _brotli_module().Decompressor()
        self.unused_data = b""

    @property
    def eof(self) -> bool:
        return bool(self._stream.is_finished())

    @property
    def needs_input(self) -> bool:
        return bool(self._stream.can_accept_more_data())

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        if max_length < 0:
            return bytes(self._stream.process(data))
        return bytes(self._stream.process(data, output_buffer_limit=max(1, max_length)))


def _brotli_errors() -> tuple[type[Exception], ...]:
    return (_brotli_module().error,)


GZIP = Codec("gzip", ".gz", b"\x1f\x8b\x08", _gzip, _zlib_errors)
BROTLI = Codec("Brotli", ".br", b"", _Brotli, _brotli_errors)
ZSTD = Codec("zstd", ".zst", b"\x28\xb5\x2f\xfd", _zstd, _zstd_errors)

CODECS = (
    GZIP,
    Codec("bzip2", ".bz2", b"BZh", _bzip2, lambda: (OSError, EOFError)),
    Codec("xz", ".xz", b"\xfd7zXZ\x00", _xz, _xz_errors),
    ZSTD,
)


def codec_of(head: bytes, name: str = "") -> Codec | None:
    """The compression of data that begins like this; for Brotli the file's name tells."""
    codec = next((codec for codec in CODECS if head.startswith(codec.magic)), None)
    if codec is None and name.lower().endswith(BROTLI.suffix) and not _is_plain(head):
        return BROTLI
    if codec is not None and codec.name == "bzip2" and head[4:10] not in (b"1AY&SY", b"\x17rE8P\x90"):
        return None  # a text that begins with "BZh"
    return codec


def _is_plain(head: bytes) -> bool:
    """Whether this is text that was named like Brotli data. (No Brotli data begins with tags or ASCII words only.)"""
    from artextract.sniff import has_controls

    return not head.strip() or (head.isascii() and not has_controls(head))


def first_part(head: bytes, codec: Codec) -> bytes:
    """What the head of compressed data opens to, up to `HEAD` bytes; nothing where it is damaged."""
    try:
        stream = codec.start()
    except InputError:  # its extra is missing, as will be said when it is read
        return b""
    try:
        part: bytes = stream.decompress(head, HEAD)
    except codec.errors():
        return b""
    return part
