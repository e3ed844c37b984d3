"""Bytes to text, always, with the evidence of how it was decided.

The order is the one that measured best on made cases and real pages: what the user says; a byte order mark; UTF-16 by
its zeros and ISO-2022-JP by its escapes; UTF-8 with a few bad places at most; what the transport says; what the page
declares, as far as the bytes decode; a detector; windows-1252 at last. UTF-8 comes before the declaration because pages
that were saved again as UTF-8 keep their old one, and hardly any other bytes are valid UTF-8.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from artextract.encoding_decoders import REPLACEMENT, WIDE, decode_as
from artextract.encoding_labels import forced_encoding
from artextract.errors import EmptyInputError, NotTextError, TooLargeError
from artextract.model import Note, Source
from artextract.settings import Settings
from artextract.sniff import binary_type, control_share, looks_like_html, media_type_of


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the name of its encoding, the evidence for it, U+FFFD for undecodable bytes, warnings."""

    text: str
    encoding: str
    evidence: str
    replaced: int = 0
    notes: tuple[Note, ...] = ()


def decode(
    data: bytes | str,
    settings: Settings,
    name: str | None = None,
    url: str | None = None,
    transport: str | None = None,
    media_type: str | None = None,
    retrieved: str | None = None,
) -> Source:
    """One input, decoded.

    `transport` is the Content-Type header or charset label that a container gives, `media_type` its media type; a `str`
    counts as decoded (`encoding_from` "forced"). Line ends stay as they are. Raises `TooLargeError`, `EmptyInputError`,
    `NotTextError` (naming the type) and, for `settings.encoding`, `UnknownEncodingError`; nothing else for any bytes.
    """
    raw = _utf8(data) if isinstance(data, str) else bytes(data)
    _check(raw, settings)
    if isinstance(data, str):
        decoded = Decoded(raw.decode(), "utf-8", "forced")
    elif settings.encoding is not None:
        decoded = _forced(raw, forced_encoding(settings.encoding))
    else:
        decoded = decide(raw, transport)
    return Source(
        name=name or "",
        media_type=media_type_of(decoded.text, settings.input_type, name, media_type),
        text=decoded.text,
        encoding=decoded.encoding,
        encoding_from=decoded.evidence,
        replaced=decoded.replaced,
        bytes=len(raw),
        sha256=hashlib.sha256(raw).hexdigest(),
        url=url,
        retrieved=retrieved,
        notes=(*decoded.notes, *_notes(decoded)),
    )


def _utf8(text: str) -> bytes:
    """The UTF-8 bytes of a string; surrogate pairs are joined, lone surrogates become U+FFFD."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


def _check(raw: bytes, settings: Settings) -> None:
    if len(raw) > settings.max_input_bytes:
        raise TooLargeError(
            f"{len(raw):,} bytes are more than the limit of {settings.max_input_bytes:,}; raise --max-input-bytes"
        )
    if not raw or raw.isspace():
        raise EmptyInputError("the input is empty; give a file that holds text")
    kind = binary_type(raw)
    if kind is not None:
        raise NotTextError(f"not text but {kind}; convert it to text or HTML first")


def _notes(decoded: Decoded) -> list[Note]:
    notes = []
    if decoded.replaced:
        notes.append(
            Note("replaced-bytes", f"{decoded.replaced:,} undecodable places as {decoded.encoding} became U+FFFD")
        )
    if decoded.evidence == "default":
        notes.append(Note("default-encoding", "nothing tells the encoding; read as windows-1252, give --encoding"))
    return notes


def _forced(raw: bytes, encoding: str) -> Decoded:
    text, replaced = _read(raw.removeprefix(_MARK_OF.get(encoding, b"")), encoding)
    return Decoded(text, encoding, "forced", replaced)


_MARK_OF = {"utf-8": b"\xef\xbb\xbf", "utf-16le": b"\xff\xfe", "utf-16be": b"\xfe\xff", "gb18030": b"\x84\x31\x95\x33"}


def decide(raw: bytes, transport: str | None = None) -> Decoded:
    """The text of bytes whose encoding nobody forced."""
    found = _by_mark(raw) or _by_structure(raw)
    if found is not None:
        return found
    if control_share(raw) > 0.02:
        raise NotTextError("not text but binary data of an unknown type; give text or HTML")
    return _by_utf8(raw) or _by_label(raw, transport) or _by_detection(raw)


def _read(raw: bytes, encoding: str) -> tuple[str, int]:
    if encoding not in WIDE:
        return decode_as(raw, encoding)
    from artextract.encoding_wide import decode_wide

    return decode_wide(raw, encoding)


def _by_mark(raw: bytes) -> Decoded | None:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe\0\0", "utf-32le"),
        (b"\0\0\xfe\xff", "utf-32be"),
        (b"\xff\xfe", "utf-16le"),
        (b"\xfe\xff", "utf-16be"),
        (b"\x84\x31\x95\x33", "gb18030"),
    ):
        if raw.startswith(mark):
            text, replaced = _read(raw[len(mark) :], encoding)
            return Decoded(text, encoding, "bom", replaced)
    return None


def _by_structure(raw: bytes) -> Decoded | None:
    """UTF-16 and UTF-32 by their zeros, ISO-2022-JP by its escapes."""
    if b"\0" in raw:
        from artextract.encoding_wide import wide_encoding

        encoding = wide_encoding(raw)
        if encoding is not None:
            text, replaced = _read(raw, encoding)
            return Decoded(text, encoding, "structure", replaced)
    if b"\x1b$" in raw:
        text, replaced = decode_as(raw, "iso-2022-jp")
        if replaced * 20 <= len(text):
            return Decoded(text, "iso-2022-jp", "structure", replaced)
    return None


def _by_utf8(raw: bytes) -> Decoded | None:
    """UTF-8 with no bad places, or so few that no other encoding explains the bytes better."""
    try:
        return Decoded(raw.decode(), "utf-8", "utf8")
    except UnicodeDecodeError:
        pass
    text, replaced = decode_as(raw, "utf-8")
    good = len(text) - len(text.encode("ascii", "ignore")) - text.count(REPLACEMENT) - text.count("\ufeff")
    if good < max(replaced, 3) and (good == 0 or not _believable(raw, "utf-8")):
        return None
    return Decoded(text, "utf-8", "utf8", replaced)


def _believable(raw: bytes, label: str) -> bool:
    from artextract.encoding_detector import believable

    return believable(raw, label)


def _by_label(raw: bytes, transport: str | None) -> Decoded | None:
    """What the transport says, else what the page declares, if the bytes do not speak against it."""
    from artextract.encoding_declared import declared_encoding, label_in

    html = looks_like_html(raw[: 1 << 20].decode("latin-1"))
    for encoding, evidence in (
        (label_in(transport), "transport"),
        (declared_encoding(raw) if html else None, "declared"),
    ):
        if encoding is not None and _believable(raw, encoding):
            text, replaced = decode_as(raw, encoding)
            return Decoded(text, encoding, evidence, replaced)
    return None


def _by_detection(raw: bytes) -> Decoded:
    from artextract.encoding_detector import detect

    encoding = detect(raw)
    text, replaced = decode_as(raw, encoding or "windows-1252")
    return Decoded(text, encoding or "windows-1252", "detected" if encoding else "default", replaced)
