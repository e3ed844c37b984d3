"""Bytes to a `Source`: text, always, with the evidence of how it was decided, the media type, and warnings."""

from __future__ import annotations

import hashlib

from artextract.encoding_plain import Decoded, common_case
from artextract.errors import EmptyInputError, NotTextError, TooLargeError
from artextract.model import Note, Source
from artextract.settings import Settings
from artextract.sniff import binary_type, media_type_of


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
        decoded = _forced(raw, settings.encoding)
    else:
        decoded = common_case(raw) or _decided(raw, transport)
    if settings.fix_mojibake:
        from artextract.mojibake_mending import mended

        text, notes = mended(decoded.text)
        decoded = decoded._replace(text=text, notes=(*decoded.notes, *notes))
    if _is_blank(decoded.text):
        raise EmptyInputError(_EMPTY)
    return Source(
        name=name or "",
        media_type=media_type_of(decoded.text, settings.input_type, name, media_type),
        text=decoded.text,
        encoding=decoded.encoding,
        encoding_from=decoded.evidence,
        replaced=max(0, decoded.replaced),
        bytes=len(raw),
        sha256=hashlib.sha256(raw).hexdigest(),
        url=url,
        retrieved=retrieved,
        notes=tuple(_notes(decoded)),
    )


def _forced(raw: bytes, label: str) -> Decoded:
    from artextract.encoding_decision import forced
    from artextract.encoding_labels import forced_encoding

    return forced(raw, forced_encoding(label))


def _decided(raw: bytes, transport: str | None) -> Decoded:
    from artextract.encoding_decision import decide

    return decide(raw, transport)


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
    if decoded.replaced > 0:
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
