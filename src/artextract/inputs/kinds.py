"""What holds documents, told by its first bytes, then by its name."""

from __future__ import annotations

from typing import Literal

from artextract.inputs.codecs import HEAD
from artextract.inputs.suffixes import PAGES, suffix_of
from artextract.settings import InputType
from artextract.sniff import binary_type

Kind = Literal["zip", "tar", "warc", "jsonl", "mail", "parquet"]
"""Kinds of containers. A `mail` (MHTML, .eml) is one document; the others hold any number."""

CALLED: dict[Kind, str] = {
    "zip": "ZIP",
    "tar": "tar",
    "warc": "WARC",
    "jsonl": "JSON Lines",
    "mail": "MHTML",
    "parquet": "Parquet",
}
"""What a message calls them."""

_BY_SUFFIX: dict[str, Kind] = {
    ".zip": "zip",
    ".tar": "tar",
    ".warc": "warc",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".mht": "mail",
    ".mhtml": "mail",
    ".eml": "mail",
    ".parquet": "parquet",
}

_FORCED: dict[InputType, Kind] = {"mhtml": "mail", "warc": "warc", "jsonl": "jsonl"}

TEXT_KEYS = ("html", "raw_html", "text", "content")
"""Fields of a JSON Lines record that hold a document, by the names that are found by themselves."""

TAR_HEADER = 512


def kind_of(head: bytes, name: str, forced: InputType = "auto", tail: bytes = b"") -> Kind | None:
    """The kind of what begins with `head` (decompressed, `HEAD` bytes of it) and is called `name`; None: one page.

    Archives are binary and opened whatever `forced` says: that is the type of what they hold. `tail` are the last
    bytes, for what is a ZIP file only by its shell (office documents).
    """
    archive = _archive(head, tail)
    if archive is not None:
        return archive
    if forced != "auto":
        return _FORCED.get(forced)
    if not head:
        return None
    return _by_content(head, name) or named_kind(name)


def named_kind(name: str, forced: InputType = "auto") -> Kind | None:
    """The kind that a name or the user tells, where the content cannot."""
    return _BY_SUFFIX.get(suffix_of(name)) if forced == "auto" else _FORCED.get(forced)


def _archive(head: bytes, tail: bytes) -> Kind | None:
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return "zip" if binary_type(head + tail) == "a ZIP archive" else None
    if head[257:262] == b"ustar":
        return "tar"
    return "parquet" if head.startswith(b"PAR1") and binary_type(head) is not None else None


def _by_content(head: bytes, name: str) -> Kind | None:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if start.startswith((b"WARC/0.", b"WARC/1.", b"WARC/2.")):
        return "warc"
    if start.startswith(b"{"):
        return "jsonl" if _begins_as_records(start, suffix_of(name) in PAGES) else None
    return "mail" if _begins_as_mail(start) else None


def _begins_as_records(start: bytes, whole: bool) -> bool:
    """Whether the first line is an object with a field that holds a document; `whole`: it must be seen to its end."""
    import json

    line, feed, _ = start.partition(b"\n")
    if not feed and len(start) >= HEAD - 8:  # the line goes on
        return not whole and any(f'"{key}":'.encode() in line.replace(b'" :', b'":') for key in TEXT_KEYS)
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and any(isinstance(record.get(key), str) for key in TEXT_KEYS)


def _begins_as_mail(start: bytes) -> bool:
    """Whether these are headers of a MIME message, among them its version and its type."""
    found: set[bytes] = set()
    for line in start.replace(b"\r\n", b"\n").split(b"\n"):
        if not line:
            break
        if line[:1] in (b" ", b"\t"):
            continue
        name, colon, _ = line.partition(b":")
        if not colon or not name.replace(b"-", b"").isalnum():
            return bool(found) and name.startswith(b"From ")
        found.add(name.lower())
    return {b"mime-version", b"content-type"} <= found
