"""Make the small WARC files in tests/fixtures/containers with two libraries other than our own reader.

    pip install warcio fastwarc brotli
    python tools/make_containers.py

The pages are written here; the records are written by warcio (gzip per record, HTTP bodies chunked and compressed, a
conversion, a revisit) and by fastwarc (plain). Run it again only to change what they hold: record ids are fixed.
"""

from __future__ import annotations

import gzip
import io
import uuid
from pathlib import Path

import brotli
from fastwarc.warc import WarcHeaderMap, WarcRecord, WarcRecordType
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HERE = Path(__file__).parents[1] / "tests" / "fixtures" / "containers"
DATE = "2022-05-10T14:03:00Z"
TEXT = (
    "The lighthouse keeper counted eleven ships on Tuesday, and by the evening only nine of them had come back in.",
    "She wrote both numbers into her book, closed the shutters, and lit the lamp an hour before it was due.",
)
PAGE = "<!doctype html><title>Eleven ships</title><nav><a href=/>Home</a></nav><article>{}</article>"


def page(n: int) -> bytes:
    return PAGE.format("".join(f"<p>{text} ({n})</p>" for text in TEXT)).encode()


def chunked(body: bytes) -> bytes:
    parts = [body[at : at + 100] for at in range(0, len(body), 100)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def _id(n: int) -> str:
    return f"<urn:uuid:{uuid.UUID(int=n)}>"


def by_warcio() -> None:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    records = [
        ("response", ("Content-Encoding", "gzip"), chunked(gzip.compress(page(1), mtime=0))),
        ("response", ("Content-Encoding", "br"), brotli.compress(page(2))),
        ("revisit", None, b""),
        ("response", None, page(3)),
        ("conversion", None, "\n\n".join(TEXT).encode()),
    ]
    for n, (kind, coding, body) in enumerate(records, 1):
        http = None
        if kind != "conversion":
            headers = [("Content-Type", "text/html; charset=utf-8")]
            headers += [coding] if coding else []
            headers += [("Transfer-Encoding", "chunked")] if coding and coding[1] == "gzip" else []
            http = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
        record = writer.create_warc_record(
            f"https://example.org/ships/{n}",
            kind,
            payload=io.BytesIO(body),
            http_headers=http,
            warc_content_type="text/plain" if kind == "conversion" else None,
            warc_headers_dict={"WARC-Record-ID": _id(n), "WARC-Date": DATE},
        )
        writer.write_record(record)
    (HERE / "warcio.warc.gz").write_bytes(out.getvalue())


def by_fastwarc() -> None:
    out = io.BytesIO()
    for n, (kind, body) in enumerate(
        [
            (WarcRecordType.response, page(1)),
            (WarcRecordType.request, b"GET / HTTP/1.1\r\n\r\n"),
            (WarcRecordType.resource, page(2)),
        ],
        1,
    ):
        record = WarcRecord()
        record.init_headers(kind, _id(n)[5:-1].encode())
        headers: WarcHeaderMap = record.headers
        headers["WARC-Target-URI"] = f"https://example.org/ships/{n}"
        headers["WARC-Date"] = DATE
        if kind == WarcRecordType.resource:
            headers["Content-Type"] = "text/html"
            record.set_bytes_content(body)
        else:
            name = "response" if kind == WarcRecordType.response else "request"
            headers["Content-Type"] = f"application/http; msgtype={name}"
            start = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" if name == "response" else b""
            record.set_bytes_content(start + body)
        record.write(out)
    (HERE / "fastwarc.warc").write_bytes(out.getvalue())


if __name__ == "__main__":
    HERE.mkdir(parents=True, exist_ok=True)
    by_warcio()
    by_fastwarc()
