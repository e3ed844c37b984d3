"""HTTP messages as WARC records hold them: the head, and the codings that are still on the body (RFC 9110, 9112)."""

from __future__ import annotations

from artextract.errors import InputError, TooLargeError
from artextract.inputs.codecs import BROTLI, CHUNK, GZIP, ZSTD, Codec
from artextract.model import Note
from artextract.records import record

MAX_CODINGS = 4
"""Codings on one body that are taken off; honest servers use one or two."""

HEAD_LIMIT = 262_144
"""Bytes of a head; browsers stop at about the same."""


@record(frozen=True, slots=True)
class Head:
    """Status and headers (names in lower case, repeated ones joined by commas), and where the body begins."""

    status: int
    headers: dict[str, str]
    body: int


def head_of(block: bytes) -> Head | None:
    """The head of a response; None where there is none."""
    if not block.startswith((b"HTTP/", b"ICY ")):
        return None
    end, body = _end_of_head(block)
    lines = block[:end].replace(b"\r\n", b"\n").split(b"\n")
    status = lines[0].split(None, 2)[1:2]
    if not status or not status[0].isdigit() or len(status[0]) > 3:
        return None
    return Head(int(status[0]), headers_of(lines[1:]), body)


def _end_of_head(block: bytes) -> tuple[int, int]:
    ends = [
        (at, at + len(mark))
        for mark in (b"\r\n\r\n", b"\n\n", b"\n\r\n")
        if (at := block.find(mark, 0, HEAD_LIMIT)) >= 0
    ]
    return min(ends, default=(min(len(block), HEAD_LIMIT), len(block)))


def headers_of(lines: list[bytes]) -> dict[str, str]:
    """Header lines as a table; folded lines are joined, lines that are no header left out."""
    found: dict[str, str] = {}
    last = ""
    for line in lines:
        if line[:1] in (b" ", b"\t"):
            if last and len(found[last]) < 16_000:
                found[last] += " " + _decoded(line)
            continue
        name, colon, value = line.partition(b":")
        if not colon:
            continue
        last = _decoded(name).lower()
        found[last] = (
            f"{found[last]}, {_decoded(value)}" if last in found and len(found[last]) < 16_000 else _decoded(value)
        )
    return found


def _decoded(value: bytes) -> str:
    text = value.strip()
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("latin-1")


def codings_of(headers: dict[str, str]) -> tuple[str, ...]:
    """The codings on a body, outermost last: content codings, then transfer codings."""
    said = f"{headers.get('content-encoding', '')},{headers.get('transfer-encoding', '')}".lower().split(",")
    return tuple(coding for word in said if (coding := word.strip()) and coding not in ("identity", "none", "utf-8"))


def decoded(data: bytes, codings: tuple[str, ...], limit: int) -> tuple[bytes, tuple[Note, ...]]:
    """A body with its codings taken off. Many archives store bodies decoded under headers that say they are not:
    what does not begin as its coding does is left as it is.

    Raises InputError for damage, TooLargeError over `limit`.
    """
    notes: list[Note] = []
    for coding in reversed(codings[-MAX_CODINGS:]):
        data, more = _without(data, coding.removeprefix("x-"), limit)
        notes += more
    return data, tuple(notes)


def _without(data: bytes, coding: str, limit: int) -> tuple[bytes, list[Note]]:
    if not data:
        return data, []
    if coding == "chunked":
        return _dechunked(data)
    if coding == "gzip":
        return _inflated(data, GZIP, limit) if data.startswith(GZIP.magic) else (data, [])
    if coding == "zstd":
        return _inflated(data, ZSTD, limit) if data.startswith(ZSTD.magic) else (data, [])
    if coding == "deflate":
        return _deflated(data, limit)
    if coding == "br":
        return _brotli(data, limit)
    return data, []


def _dechunked(data: bytes) -> tuple[bytes, list[Note]]:
    """The chunks joined: a size in hexadecimal, a line end, so many bytes, a line end; 0 ends them."""
    parts: list[bytes] = []
    at = 0
    while True:
        end = data.find(b"\n", at, at + 4096)
        size = _chunk_size(data[at:end]) if end >= 0 else None
        if size is None:
            if not parts:
                return data, []  # it was stored without its chunks
            parts.append(data[at:] if at < len(data) else b"")
            return b"".join(parts), [_cut("chunked")]
        if size == 0:
            return b"".join(parts), []
        part = data[end + 1 : end + 1 + size]
        parts.append(part)
        if len(part) < size:
            return b"".join(parts), [_cut("chunked")]
        at = end + 1 + size
        at += 2 if data.startswith(b"\r\n", at) else 1 if data.startswith(b"\n", at) else 0


def _chunk_size(line: bytes) -> int | None:
    digits = line.partition(b";")[0].strip()
    if not digits or len(digits) > 15 or digits.strip(b"0123456789abcdefABCDEF"):
        return None
    return int(digits, 16)


def _cut(coding: str) -> Note:
    return Note("compressed-cut", f"the {coding} body is cut off; what it held up to there was read")


def _inflated(data: bytes, codec: Codec, limit: int) -> tuple[bytes, list[Note]]:
    from artextract.inputs.opening import inflated

    found, notes = inflated(data, codec, limit)
    return found, list(notes)


def _deflated(data: bytes, limit: int) -> tuple[bytes, list[Note]]:
    """zlib's format, as the standard says, or bare deflate, as some servers send."""
    import zlib

    for wbits in (15, -15):
        stream = zlib.decompressobj(wbits=wbits)
        try:
            found = stream.decompress(data, limit + 1)
        except zlib.error:
            continue
        _check_size(found, limit)
        return found, [] if stream.eof else [_cut("deflate")]
    return data, []


def _brotli(data: bytes, limit: int) -> tuple[bytes, list[Note]]:
    if data.lstrip()[:1] == b"<" and data[:512].isascii():
        return data, []  # stored decoded
    stream = BROTLI.start()
    out = bytearray()
    piece = data
    try:
        while not stream.eof:
            part = stream.decompress(piece, CHUNK)
            out += part
            _check_size(out, limit)
            if not piece and not part:
                return bytes(out), [_cut("br")]
            piece = b""
    except BROTLI.errors() as error:
        if not out:
            return data, []  # stored decoded
        raise InputError(f"its br body is damaged ({error}); get the page again") from None
    return bytes(out), []


def _check_size(found: bytes | bytearray, limit: int) -> None:
    if len(found) > limit:
        raise TooLargeError(f"more bytes than the limit of {limit:,}; raise --max-input-bytes")
