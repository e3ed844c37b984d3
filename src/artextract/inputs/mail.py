"""MHTML (RFC 2557) and saved mails: the page among the parts, its charset, address and date, the names of its pictures.

The message is taken apart by the standard library's email package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message
from email.utils import parsedate_to_datetime

from artextract.errors import EmptyInputError, InputError, TooLargeError
from artextract.inputs.found import Content
from artextract.inputs.opening import Opened
from artextract.model import Note

MAX_MULTIPARTS = 50
"""Parts that hold parts; the parser tries the boundary of each on every line below it."""

MAX_PARTS = 20_000

_LONG_HEADER = re.compile(rb"^content-(?:type|disposition):(?:[^\n]|\n[ \t]){16384}", re.IGNORECASE | re.MULTILINE)
"""Headers whose parameters the email package would take apart in quadratic time."""

PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown")

_CID = re.compile(rb"cid:([^\"'\s<>()\\]{1,300})", re.IGNORECASE)


def page(opened: Opened, limit: int) -> Opened:
    """The page of an MHTML file, or the text of a mail. Raises InputError where there is none."""
    message = _parsed(opened.data)
    parts = _flat(message)
    part = _root(message, parts)
    if part is None:
        raise InputError("no page among the parts of this MHTML file or mail; it holds pictures or attachments only")
    data, notes = _body(part)
    if len(data) > limit:
        raise TooLargeError(f"{len(data):,} bytes are more than the limit of {limit:,}; raise --max-input-bytes")
    if part.get_content_type() != "text/plain":
        data = _with_names(data, parts)
    said = Content(
        b"",
        name="",
        url=_address(part, message),
        retrieved=_date(message),
        transport=_content_type(part),
        media_type=part.get_content_type(),
    )
    return replace(opened, data=data, name="", notes=(*opened.notes, *notes), said=said)


def _parsed(data: bytes) -> Message:
    data = data.lstrip(b"\xef\xbb\xbf\r\n")
    if not data.strip():
        raise EmptyInputError("the input is empty; give a file that holds text")
    if data.lower().count(b"multipart/") > MAX_MULTIPARTS:
        raise InputError(f"more than {MAX_MULTIPARTS} parts that hold parts; take it apart first")
    if _LONG_HEADER.search(data):
        raise InputError("a Content-Type of more than 16,384 bytes; leave it out")
    try:
        return message_from_bytes(data, policy=policy.compat32)
    except (MessageError, ValueError, LookupError, RecursionError, TypeError, AttributeError, IndexError) as error:
        raise InputError(f"the MIME message is damaged ({type(error).__name__}); save the page again") from None


def _flat(message: Message) -> list[Message]:
    """All parts that hold no parts, in order."""
    found: list[Message] = []
    waiting = [message]
    while waiting and len(found) < MAX_PARTS:
        part = waiting.pop()
        payload = part.get_payload()
        if part.is_multipart() and isinstance(payload, list):
            waiting += [one for one in reversed(payload) if isinstance(one, Message)]
        else:
            found.append(part)
    return found


def _root(message: Message, parts: list[Message]) -> Message | None:
    """The part that is the page: the one that `start` names, else the first HTML part, else the first text."""
    pages = [part for part in parts if part.get_content_type() in PAGE_TYPES and not _attached(part)]
    start = _param(message, "start").strip("<> ")
    if start:
        for part in pages:
            if _id(part) == start:
                return part
    return min(pages, key=lambda part: part.get_content_type() not in PAGE_TYPES[:2], default=None)


def _attached(part: Message) -> bool:
    return _header(part, "Content-Disposition").lower().startswith("attachment")


def _header(part: Message, name: str) -> str:
    """A header as text on one line; "" where there is none."""
    return " ".join(str(part.get(name) or "").split())


def _param(part: Message, name: str) -> str:
    try:
        value = part.get_param(name)
    except (ValueError, LookupError, AttributeError, IndexError):
        return ""
    return value if isinstance(value, str) else ""


def _id(part: Message) -> str:
    return _header(part, "Content-ID").strip("<> ")


def _content_type(part: Message) -> str:
    """The Content-Type header as the transport's word on the charset."""
    charset = _param(part, "charset").strip("\"' ")
    kind = part.get_content_type()
    return f"{kind}; charset={charset}" if charset and charset.isascii() and len(charset) < 64 else kind


def _body(part: Message) -> tuple[bytes, list[Note]]:
    """The decoded bytes of a part: quoted-printable and base64 are taken off."""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError, AssertionError) as error:
        raise InputError(f"the page's part is damaged ({type(error).__name__}); save the page again") from None
    data = payload if isinstance(payload, bytes) else b""
    cut = any(type(defect).__name__ == "CloseBoundaryNotFoundDefect" for defect in part.defects)
    return data, [
        Note("compressed-cut", "the MIME message is cut off; what it held up to there was read")
    ] if cut else []


def _address(part: Message, message: Message) -> str | None:
    """The page's address: its part's location, else what the browser noted for the whole."""
    candidates = (
        _header(part, "Content-Location"),
        _header(message, "Snapshot-Content-Location"),
        _header(message, "Content-Location"),
        _header(part, "Content-Base"),
    )
    return next(
        (found for text in candidates if (found := text.replace(" ", "")).startswith(("http:", "https:"))), None
    )


def _date(message: Message) -> str | None:
    """When it was saved or sent, as ISO 8601."""
    try:
        return parsedate_to_datetime(_header(message, "Date")).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _with_names(data: bytes, parts: list[Message]) -> bytes:
    """The page with pictures by their address or file name in place of `cid:` and a part's id."""
    if b"cid:" not in data and b"CID:" not in data:
        return data
    names = dict(_names(parts))
    return _CID.sub(lambda found: names.get(found[1].decode("latin-1"), found[0]), data)


def _names(parts: list[Message]) -> Iterator[tuple[str, bytes]]:
    for part in parts:
        name = _header(part, "Content-Location") or part.get_filename("") or ""
        if isinstance(name, str) and name and not name.startswith("cid:") and not set(name) & set("\"'<>() "):
            yield _id(part), name.encode("utf-8", "replace")
