"""Containers for tests, written byte by byte: a page in each kind, and how to damage it."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from artextract.inputs.found import Held, Input, Met, Skipped, Unreadable
from artextract.inputs.opened import Opener, documents
from artextract.settings import DEFAULT, Settings

TEXT = (
    "The harbour froze over in the night, and the ferries stayed where they were until the wind turned on Friday.\n\n"
    "Nobody in the town could remember a winter like it, said the harbour master, who has kept the log for years.\n"
)
HTML = f"<html><head><title>Harbour</title></head><body><p>{TEXT}</p></body></html>"


def met(path: Path, settings: Settings = DEFAULT, **filters: tuple[str, ...]) -> list[Met]:
    """All that a file holds, as a run meets it."""
    return list(documents([Input(str(path), (path.name,))], Opener(settings, **filters)))


def named(things: list[Met]) -> dict[str, str]:
    """Member -> `held`, or the reason, or the message."""
    found = {}
    for thing in things:
        if isinstance(thing, Held):
            found[thing.input.member or ""] = "held"
        elif isinstance(thing, Skipped):
            found[thing.member or ""] = thing.reason
        elif isinstance(thing, Unreadable):
            found[thing.member or ""] = thing.message
        else:
            found[""] = "file"
    return found


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: Mapping[str, str | bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, data in members.items():
            raw = data.encode() if isinstance(data, str) else data
            header = tarfile.TarInfo(name)
            header.size = len(raw)
            archive.addfile(header, io.BytesIO(raw))
    return out.getvalue()


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def warc_record(
    kind: str, uri: str, block: bytes, media_type: str = "application/http; msgtype=response", version: str = "1.0"
) -> bytes:
    header = (
        f"WARC/{version}\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2022-05-10T14:03:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
        f"Content-Type: {media_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return header.encode() + block + b"\r\n\r\n"


def http(body: bytes, *headers: str, status: str = "200 OK", media_type: str = "text/html; charset=utf-8") -> bytes:
    lines = (f"HTTP/1.1 {status}", f"Content-Type: {media_type}", *headers, "", "")
    return "\r\n".join(lines).encode() + body


def warc_records() -> list[bytes]:
    """Four records: a warcinfo and three pages."""
    return [
        warc_record("warcinfo", "", b"software: tests\r\n", "application/warc-fields"),
        warc_record("response", "https://example.org/1", http(HTML.encode())),
        warc_record("resource", "https://example.org/2", HTML.encode(), "text/html", "1.1"),
        warc_record("conversion", "https://example.org/3", TEXT.encode(), "text/plain"),
    ]


def per_record(records: list[bytes]) -> bytes:
    return b"".join(gzip.compress(record, mtime=0) for record in records)


def mhtml(body: str = HTML, encoding: str = "8bit", charset: str = "utf-8") -> bytes:
    return (
        (
            "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://example.org/page\r\nSubject: Harbour\r\n"
            "Date: Tue, 10 May 2022 14:03:00 +0200\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----B"\r\n\r\n\r\n------B\r\n'
            f"Content-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n"
            "Content-Location: https://example.org/page\r\n\r\n"
        ).encode()
        + body.encode(charset)
        + (
            b"\r\n------B\r\nContent-Type: image/png\r\nContent-ID: <pic@1>\r\nContent-Transfer-Encoding: base64\r\n"
            b"Content-Location: https://example.org/ice.png\r\n\r\niVBORw0KGgo=\r\n------B--\r\n"
        )
    )


def samples() -> dict[str, bytes]:
    """One good container of each kind, by file name."""
    pages = {"b.html": HTML, "a.txt": TEXT, "n/c.html": HTML}
    return {
        "pages.zip": zipped(pages),
        "pages.tar": tarred(pages),
        "pages.tar.gz": gzip.compress(tarred(pages), mtime=0),
        "pages.warc": b"".join(warc_records()),
        "pages.warc.gz": per_record(warc_records()),
        "pages.jsonl": lines({"text": TEXT}, {"html": HTML, "url": "https://example.org/"}, {"content": TEXT}),
        "page.mhtml": mhtml(),
        "nested.zip": zipped({"in.tar": tarred(pages), "in.warc.gz": per_record(warc_records())}),
    }
