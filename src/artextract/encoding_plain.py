"""The common case, apart from all others so that it costs nothing to load: UTF-8 without a bad place."""

from __future__ import annotations

from typing import NamedTuple

from artextract.errors import NotTextError
from artextract.model import Note
from artextract.sniff import control_share

NO_TEXT = "not text but binary data of an unknown type; give text or HTML"

_CONTROLS = 0.1  # share of control characters: records parted by them are text still
_MARK = b"\xef\xbb\xbf"


class Decoded(NamedTuple):
    """Text, the name of its encoding, the evidence for it, U+FFFD for undecodable bytes, warnings."""

    text: str
    encoding: str
    evidence: str
    replaced: int = 0
    notes: tuple[Note, ...] = ()


def common_case(raw: bytes) -> Decoded | None:
    """UTF-8 that shows no sign of anything else: no zeros (UTF-16), no escapes of ISO-2022-JP."""
    if b"\0" in raw or b"\x1b$" in raw:
        return None
    return plain_utf8(raw[3:], "bom") if raw.startswith(_MARK) else plain_utf8(raw)


def plain_utf8(raw: bytes, evidence: str = "utf8") -> Decoded | None:
    """UTF-8 without a bad place, or None; raises `NotTextError` where it is mostly control characters."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return None
    if control_share(raw) > _CONTROLS:
        raise NotTextError(NO_TEXT)
    return Decoded(text, "utf-8", evidence)
