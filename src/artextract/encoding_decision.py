"""Which encoding an input is in, and its text: the order of the evidence.

A byte order mark; UTF-16 by its zeros and ISO-2022-JP by its escapes; UTF-8 with a few bad places at most; what the
transport says; what the page declares, as far as the bytes do not speak against it; our detector, and chardet where
ours is in doubt; windows-1252 at last. UTF-8 comes before the declaration because pages that were saved again as UTF-8
keep their old one, and hardly any other bytes are valid UTF-8.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from artextract.encoding_decoders import REPLACEMENT, WIDE, decode_as
from artextract.encoding_plain import NO_TEXT, Decoded, plain_utf8
from artextract.errors import NotTextError
from artextract.markup import looks_like_html
from artextract.model import Note
from artextract.sniff import control_share, has_controls

if TYPE_CHECKING:
    from artextract.encoding_detector import Evidence
    from artextract.encoding_mixed import Mixed


_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32le"),
    (b"\0\0\xfe\xff", "utf-32be"),
    (b"\xff\xfe", "utf-16le"),
    (b"\xfe\xff", "utf-16be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
"""Byte order marks, the longer ones first."""


def forced(raw: bytes, encoding: str) -> Decoded:
    """The text of bytes in the encoding that the user named, without its byte order mark."""
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
    found = _by_structure(body) or plain_utf8(body)
    if found is not None:
        return found._replace(evidence="bom") if encoding == found.encoding else found
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
        raise NotTextError(NO_TEXT)
    return Decoded(text, encoding, evidence, replaced)


def _by_structure(raw: bytes) -> Decoded | None:
    """UTF-16 and UTF-32 by their zeros, ISO-2022-JP by its escapes."""
    if b"\0" in raw:
        from artextract.encoding_wide import wide_encoding

        encoding = wide_encoding(raw)
        if encoding is not None:
            return _wide(raw, encoding, "structure")
    if b"\x1b$" in raw:
        head, damaged = decode_as(raw[:_HEAD], "iso-2022-jp")
        if damaged * 20 <= len(head):
            text, replaced = decode_as(raw, "iso-2022-jp")
            return Decoded(text, "iso-2022-jp", "structure", replaced)
    return None


_HEAD = 1 << 16  # bytes in which escapes must be what they seem
_CONTROLS = 0.02  # share of control characters that no legacy text reaches


def _by_bytes(raw: bytes, marked: str, transport: str | None) -> Decoded:
    """What is not valid UTF-8 all through: damaged UTF-8, what a label says, what the bytes look like."""
    if control_share(raw) > _CONTROLS:
        raise NotTextError(NO_TEXT)
    from artextract.encoding_detector import Evidence

    evidence = Evidence(raw)
    decoded = _by_damaged_utf8(raw, evidence, marked) or _by_label(raw, evidence, transport) or _by_look(raw, evidence)
    return decoded if decoded.notes else _mixed(raw, decoded) or decoded


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
    """What the detectors say where one of them is certain, else windows-1252; noise is refused."""
    from artextract.encoding_voter import second_opinion

    best = evidence.best
    if (other := second_opinion(evidence)) is not None:
        text, replaced = decode_as(raw, other.encoding)
        return Decoded(text, other.encoding, "detected", replaced)
    if not evidence.certain and (halves := _by_halves(raw)) is not None:
        return halves
    if not evidence.certain and best.chars >= _ENOUGH_NOISE and has_controls(raw):
        raise NotTextError(NO_TEXT)
    encoding = best.encoding if evidence.certain else "windows-1252"
    text, replaced = decode_as(raw, encoding)
    return Decoded(text, encoding, "detected" if evidence.certain else "default", replaced)


def _by_halves(raw: bytes) -> Decoded | None:
    """UTF-8 and another encoding in parts so equal that neither explains the whole."""
    from artextract.encoding_mixed import mixed_utf8

    mixed = mixed_utf8(raw)
    if mixed is None or mixed.replaced * 20 > len(mixed.text):
        return None
    return Decoded(mixed.text, "utf-8", "utf8", mixed.replaced, (_mixed_note(mixed, "utf-8"),))


_ENOUGH_NOISE = 20  # characters that no encoding makes text of


def _mixed(raw: bytes, decoded: Decoded) -> Decoded | None:
    """The same with the parts decoded on their own that are certainly in another encoding."""
    if decoded.encoding == "utf-8" and decoded.replaced < _FEW:
        return None
    from artextract.encoding_mixed import mixed_legacy, mixed_utf8

    mixed = mixed_utf8(raw) if decoded.encoding == "utf-8" else mixed_legacy(raw, decoded.encoding)
    if mixed is None:
        return None
    note = _mixed_note(mixed, decoded.encoding)
    return decoded._replace(text=mixed.text, replaced=mixed.replaced, notes=(note,))


def _mixed_note(mixed: Mixed, main: str) -> Note:
    parts = f"{mixed.parts:,} parts are" if mixed.parts > 1 else "one part is"
    return Note("mixed-encodings", f"{parts} in {mixed.other}, the rest in {main}: each was decoded on its own")


_FEW = 4  # undecodable places that are damage, not another encoding
