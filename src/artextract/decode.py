"""Bytes to text, always, with the evidence of how it was decided.

The order is the one that measured best on made cases and real pages: what the user says; a byte order mark; UTF-16 by
its zeros and ISO-2022-JP by its escapes; UTF-8 with a few bad places at most; what the transport says; what the page
declares, as far as the bytes decode; a detector; windows-1252 at last. UTF-8 comes before the declaration because pages
that were saved again as UTF-8 keep their old one, and hardly any other bytes are valid UTF-8.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from artextract.encoding_decoders import REPLACEMENT, WIDE, decode_as
from artextract.encoding_labels import forced_encoding
from artextract.errors import EmptyInputError, NotTextError, TooLargeError
from artextract.model import Note, Source
from artextract.settings import Settings
from artextract.sniff import binary_type, control_share, has_controls, looks_like_html, media_type_of

if TYPE_CHECKING:
    from artextract.encoding_detector import Evidence


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
    if _is_blank(decoded.text):
        raise EmptyInputError(_EMPTY)
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
        notes=tuple(_notes(decoded)),
    )


def _utf8(text: str) -> bytes:
    """The UTF-8 bytes of a string; surrogate pairs are joined, lone surrogates become U+FFFD."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


_EMPTY = "the input is empty; give a file that holds text"


def _is_blank(text: str) -> bool:
    """Whether there is nothing but white space, zeros and byte order marks."""
    blank = "\ufeff\0 \t\r\n\f\v"
    return not text[:1024].strip(blank) and not text.strip(blank)


def _check(raw: bytes, settings: Settings) -> None:
    if len(raw) > settings.max_input_bytes:
        raise TooLargeError(
            f"{len(raw):,} bytes are more than the limit of {settings.max_input_bytes:,}; raise --max-input-bytes"
        )
    if not raw or raw.isspace():
        raise EmptyInputError(_EMPTY)
    kind = binary_type(raw)
    if kind is not None:
        raise NotTextError(f"not text but {kind}; convert it to text or HTML first")


def _notes(decoded: Decoded) -> list[Note]:
    notes = list(decoded.notes)
    if decoded.replaced:
        places = f"{decoded.replaced:,} undecodable places" if decoded.replaced > 1 else "one undecodable place"
        notes.append(Note("replaced-bytes", f"{places} of {decoded.encoding} became U+FFFD"))
    if decoded.evidence == "default":
        notes.append(
            Note("default-encoding", "nothing tells the encoding: read as windows-1252; --encoding overrides it")
        )
    if not decoded.text.isascii():
        from artextract.mojibake import mojibake_note

        note = mojibake_note(decoded.text)
        notes += [note] if note else []
    return notes


_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32le"),
    (b"\0\0\xfe\xff", "utf-32be"),
    (b"\xff\xfe", "utf-16le"),
    (b"\xfe\xff", "utf-16be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
"""Byte order marks, the longer ones first."""


def _forced(raw: bytes, encoding: str) -> Decoded:
    mark = next((mark for mark, name in _MARKS if name == encoding and raw.startswith(mark)), b"")
    text, replaced = _read(raw[len(mark) :], encoding)
    return Decoded(text, encoding, "forced", replaced)


def _read(raw: bytes, encoding: str) -> tuple[str, int]:
    if encoding not in WIDE:
        return decode_as(raw, encoding)
    from artextract.encoding_wide import decode_wide

    return decode_wide(raw, encoding)


def decide(raw: bytes, transport: str | None = None) -> Decoded:
    """The text of bytes whose encoding nobody forced; raises `NotTextError` for bytes that are no text."""
    mark, encoding = next(((mark, name) for mark, name in _MARKS if raw.startswith(mark)), (b"", ""))
    body = raw[len(mark) :]
    if encoding == "gb18030":
        text, replaced = decode_as(body, encoding)
        return Decoded(text, encoding, "bom", replaced)
    if encoding in WIDE and not _is_utf8(body):
        return _wide(body, encoding, "bom")
    found = _by_structure(body) or _by_utf8(body)
    if found is not None:
        return replace(found, evidence="bom") if encoding == found.encoding else found
    return _by_bytes(body, encoding, transport)


def _is_utf8(raw: bytes) -> bool:
    """Whether bytes behind a mark of UTF-16 are plain 8-bit text (some tool put the mark before the wrong file)."""
    if b"\0" in raw or len(raw) < 16:
        return False
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _wide(raw: bytes, encoding: str, evidence: str) -> Decoded:
    from artextract.encoding_wide import decode_wide, is_noise

    text, replaced = decode_wide(raw, encoding)
    if is_noise(text):
        raise NotTextError(_NO_TEXT)
    return Decoded(text, encoding, evidence, replaced)


_NO_TEXT = "not text but binary data of an unknown type; give text or HTML"


def _by_structure(raw: bytes) -> Decoded | None:
    """UTF-16 and UTF-32 by their zeros, ISO-2022-JP by its escapes."""
    if b"\0" in raw:
        from artextract.encoding_wide import wide_encoding

        encoding = wide_encoding(raw)
        if encoding is not None:
            return _wide(raw, encoding, "structure")
    if b"\x1b$" in raw:
        text, replaced = decode_as(raw, "iso-2022-jp")
        if replaced * 20 <= len(text):
            return Decoded(text, "iso-2022-jp", "structure", replaced)
    return None


def _by_utf8(raw: bytes) -> Decoded | None:
    """UTF-8 without a bad place."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return None
    if control_share(raw) > _CONTROLS_IN_UTF8:
        raise NotTextError(_NO_TEXT)
    return Decoded(text, "utf-8", "utf8")


_CONTROLS_IN_UTF8 = 0.1  # records parted by control characters are text still
_CONTROLS = 0.02


def _by_bytes(raw: bytes, marked: str, transport: str | None) -> Decoded:
    """What is not valid UTF-8 all through: damaged UTF-8, what a label says, what the bytes look like."""
    if control_share(raw) > _CONTROLS:
        raise NotTextError(_NO_TEXT)
    from artextract.encoding_detector import Evidence

    evidence = Evidence(raw)
    decoded = _by_damaged_utf8(raw, evidence, marked) or _by_label(raw, evidence, transport) or _by_look(raw, evidence)
    return _mixed(raw, decoded) or decoded


def _by_damaged_utf8(raw: bytes, evidence: Evidence, marked: str) -> Decoded | None:
    """UTF-8 with few bad places: more is good than bad, or no other encoding explains the bytes better."""
    text, replaced = decode_as(raw, "utf-8")
    good = len(text) - len(text.encode("ascii", "ignore")) - text.count(REPLACEMENT) - text.count("\ufeff")
    believed = good >= max(replaced, 3)
    if not believed and replaced <= 20 + 2 * good and (good or marked == "utf-8"):
        believed = evidence.believable("utf-8", bonus=3.0 if marked == "utf-8" else 0.0)
    return Decoded(text, "utf-8", "bom" if marked == "utf-8" else "utf8", replaced) if believed else None


def _by_label(raw: bytes, evidence: Evidence, transport: str | None) -> Decoded | None:
    """What the transport says, else what the page declares, if the bytes do not speak against it."""
    from artextract.encoding_declared import declared_encoding, label_in

    html = looks_like_html(raw[:_PRESCAN].decode("latin-1"))
    for encoding, source in (
        (label_in(transport), "transport"),
        (declared_encoding(raw[:_PRESCAN]) if html else None, "declared"),
    ):
        if encoding is not None and evidence.believable(encoding):
            text, replaced = decode_as(raw, encoding)
            return Decoded(text, encoding, source, replaced)
    return None


_PRESCAN = 1 << 20  # bytes in which a declaration is looked for


def _by_look(raw: bytes, evidence: Evidence) -> Decoded:
    """What the detector says where it is certain, else windows-1252; noise is refused."""
    best = evidence.best
    if not evidence.certain and best.chars >= _ENOUGH_NOISE and has_controls(raw):
        raise NotTextError(_NO_TEXT)
    encoding = best.encoding if evidence.certain else "windows-1252"
    text, replaced = decode_as(raw, encoding)
    return Decoded(text, encoding, "detected" if evidence.certain else "default", replaced)


_ENOUGH_NOISE = 20  # characters that no encoding makes text of


def _mixed(raw: bytes, decoded: Decoded) -> Decoded | None:
    """The same with the parts decoded on their own that are certainly in another encoding."""
    if decoded.encoding == "utf-8" and decoded.replaced < _FEW:
        return None
    from artextract.encoding_mixed import mixed_legacy, mixed_utf8

    mixed = mixed_utf8(raw) if decoded.encoding == "utf-8" else mixed_legacy(raw, decoded.encoding)
    if mixed is None:
        return None
    parts = f"{mixed.parts:,} parts are" if mixed.parts > 1 else "one part is"
    note = Note(
        "mixed-encodings", f"{parts} in {mixed.other}, the rest in {decoded.encoding}: each was decoded on its own"
    )
    return replace(decoded, text=mixed.text, replaced=mixed.replaced, notes=(*decoded.notes, note))


_FEW = 4  # undecodable places that are damage, not another encoding
