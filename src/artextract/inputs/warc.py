"""WARC 0.17 to 1.1 (ISO 28500), plain, compressed as a whole, or each record a gzip member.

The libraries end silently at the first damage; here a broken record costs itself: it is one failure, and reading goes
on at the next gzip member or the next `WARC/1.`. What is no page (requests, redirects, pictures) is counted by reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from artextract.inputs.codecs import GZIP, Codec
from artextract.inputs.container import Container, Members
from artextract.inputs.found import Content, Met
from artextract.inputs.http import codings_of, head_of, headers_of
from artextract.inputs.streams import PIECE, Inflated, Readable, Window
from artextract.inputs.warc_feed import RECORD, Feed, GzipFeed
from artextract.lazy import lazy_pattern
from artextract.records import record

HEADER_LIMIT = 65_536
"""Bytes of a record's header."""

LONGEST_NAME = 2_000
"""Characters of an address as a member's name."""

TEXT_TYPES = frozenset(
    ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown", "application/xhtml")
)
UNKNOWN_TYPES = frozenset(
    ("", "unk", "no-type", "application/octet-stream", "application/x-unknown", "unknown/unknown")
)
"""Media types that say nothing: the content decides."""


@record(frozen=True, slots=True)
class Record:
    """A whole record: its header (names in lower case) and its block, or None where that is over the limit."""

    headers: dict[str, str]
    block: bytes | None
    length: int


@record(frozen=True, slots=True)
class Broken:
    """A record that is not whole, or bytes that are none. `headers` are what could be read of it."""

    message: str
    headers: dict[str, str]


def warc_members(window: Window, codec: Codec | None, container: Container) -> Members:
    """The pages of a WARC file; a member's ordinal counts all records."""
    stream: Readable = window if codec is None or codec is GZIP else Inflated(window, codec, container.budget)
    feed = GzipFeed(window, container.budget) if codec is GZIP else Feed(stream)
    for ordinal, one in enumerate(records(feed, container.limit), 1):
        uri = _uri(one.headers)
        if isinstance(one, Broken):
            yield container.failed(ordinal, uri, f"a broken record: {one.message}; the others were read", "damaged")
        else:
            yield _member(one, ordinal, uri, container)
    if isinstance(stream, Inflated) and stream.problem is not None:
        yield container.broken(stream.problem)


# --- Records --------------------------------------------------------------------------------------------------------


def records(feed: Feed, limit: int) -> Iterator[Record | Broken]:
    """All records, whole and broken, in order."""
    told = False  # the damage ahead was said of a record already
    while True:
        _skip_blank(feed)
        if feed.fill(1):
            record = _record(feed, limit)
            told = isinstance(record, Broken) and feed.damage is not None
            yield record
        elif feed.border:
            feed.cross()
        elif feed.damage is not None:
            if not told:
                yield Broken(feed.damage, {})
            told = False
            if not feed.recover():
                return
        else:
            return


def _skip_blank(feed: Feed) -> None:
    while ahead := feed.at(0, 4096):
        blank = len(ahead) - len(ahead.lstrip(b"\r\n \t\0"))
        feed.skip(blank)
        if blank < len(ahead):
            return


def _record(feed: Feed, limit: int) -> Record | Broken:
    """The record at hand, which is taken, whatever it is."""
    if feed.at(0, len(RECORD)) != RECORD:
        _to_next(feed, 1)
        return Broken("bytes that are no record stand before the next one", {})
    end, start = _header_end(feed)
    if end < 0:
        damage = feed.damage
        _to_next(feed, len(RECORD))
        return Broken(damage or "its header has no end", {})
    headers = headers_of(feed.at(0, end).replace(b"\r\n", b"\n").split(b"\n")[1:])
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 19):
        _to_next(feed, start)
        return Broken(f"its Content-Length is {length[:40]!r}" if length else "it has no Content-Length", headers)
    return _block(feed, start, int(length), limit, headers)


def _header_end(feed: Feed) -> tuple[int, int]:
    """Where the header ends and the block starts; -1 where it has no end before the next record."""
    other = feed.find(b"\n" + RECORD, len(RECORD), HEADER_LIMIT)
    room = other + 1 if other >= 0 else HEADER_LIMIT
    ends = [(at, at + len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (at := feed.find(mark, 0, room)) >= 0]
    return min(ends, default=(-1, -1))


def _block(feed: Feed, start: int, length: int, limit: int, headers: dict[str, str]) -> Record | Broken:
    if length > limit:
        return _large_block(feed, start, length, headers)
    end = start + length
    have = feed.fill(end)
    if have < end:
        damage = feed.damage
        _to_next(feed, start)
        return Broken(damage or f"its Content-Length is {length:,}, but {have - start:,} bytes follow", headers)
    if not _ends_well(feed.at(end, 16)):
        _to_next(feed, start)
        return Broken(f"its Content-Length of {length:,} is wrong", headers)
    if feed.torn and not feed.at(end, 16).strip(b"\r\n"):
        feed.skip(feed.fill(end + 16))
        return Broken(feed.damage or "", headers)  # its checksum is wrong, or missing
    block = feed.at(start, length)
    feed.skip(end)
    return Record(headers, block, length)


def _ends_well(after: bytes) -> bool:
    """Whether a record can end before these bytes: its own two line ends, or nothing, or another record."""
    rest = after.lstrip(b"\r\n")
    return (
        after.startswith(b"\r\n\r\n")
        or not rest
        or rest.startswith(RECORD)
        or (len(rest) < len(RECORD) and RECORD.startswith(rest))
    )


def _large_block(feed: Feed, start: int, length: int, headers: dict[str, str]) -> Record | Broken:
    """Pass over a block that cannot be held. Its length is not trusted: the next record may begin before its end."""
    feed.skip(start)
    passed = 0
    while passed < length:
        have = feed.fill(min(PIECE, length - passed))
        found = feed.find(b"\r\n\r\n" + RECORD, 0, have + 16) if have else -1
        if found >= 0 and found < have:
            feed.skip(found)
            passed += found
            break
        if not have:
            break
        feed.skip(have)
        passed += have
    if passed < length:
        return Broken(feed.damage or f"its Content-Length is {length:,}, but {passed:,} bytes follow", headers)
    return Record(headers, None, length)


def _to_next(feed: Feed, start: int) -> None:
    """Pass over everything up to the next line that begins a record, or to an end."""
    feed.skip(min(start - 1, feed.fill(start)))  # the line feed before it may be the one that was read last
    while have := feed.fill(PIECE):
        found = feed.find(b"\n" + RECORD, 0, have)
        if found >= 0:
            feed.skip(found + 1)
            return
        if have < PIECE:
            feed.skip(have)
            return
        feed.skip(have - len(RECORD))


# --- What a record is ------------------------------------------------------------------------------------------------


def _uri(headers: dict[str, str]) -> str:
    uri = headers.get("warc-target-uri", "").strip("<> ")  # WARC/1.0 was read to want brackets
    return "".join(c if c.isprintable() and c != " " else "%20" for c in uri[:LONGEST_NAME])


def _member(record: Record, ordinal: int, uri: str, container: Container) -> Met:
    headers = record.headers
    kind = headers.get("warc-type", "").lower()
    reason = _refused(kind, headers)
    if reason is not None:
        return container.skipped(ordinal, uri, reason)
    if record.block is None:
        known = headers.get("warc-identified-payload-type", "").partition(";")[0].strip().lower()
        if known and known not in TEXT_TYPES | UNKNOWN_TYPES:
            return container.skipped(ordinal, uri, "another media type")
        return container.too_large(ordinal, uri, record.length)
    if kind == "response" and _essence(headers.get("content-type", "")) in ("application/http", ""):
        return _response(record.block, headers, ordinal, uri, container)
    return _resource(record.block, headers, ordinal, uri, container)


def _refused(kind: str, headers: dict[str, str]) -> str | None:
    if kind not in ("response", "resource", "conversion"):
        known = kind in ("warcinfo", "request", "metadata", "revisit", "continuation")
        return f"a {kind} record" if known else "a record of another type"
    if headers.get("warc-segment-number", "1") != "1":
        return "a continuation record"
    return None


def _essence(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def _response(block: bytes, headers: dict[str, str], ordinal: int, uri: str, container: Container) -> Met:
    head = head_of(block)
    if head is None:
        return container.failed(ordinal, uri, "its HTTP header is missing or damaged; leave it out", "damaged")
    reason = _unwanted(head.status)
    if reason is None and not block[head.body :].strip():
        reason = "empty body"
    if reason is not None:
        return container.skipped(ordinal, uri, reason)
    return _page(block[head.body :], head.headers.get("content-type", ""), headers, codings_of(head.headers)).met(
        ordinal, uri, container
    )


def _unwanted(status: int) -> str | None:
    if 300 <= status < 400:
        return "redirect" if status != 304 else "not modified"
    if status >= 400:
        return "HTTP error"
    return None if status >= 200 else "HTTP status"


def _resource(block: bytes, headers: dict[str, str], ordinal: int, uri: str, container: Container) -> Met:
    if not block.strip():
        return container.skipped(ordinal, uri, "empty body")
    return _page(block, headers.get("content-type", ""), headers, ()).met(ordinal, uri, container)


@record(frozen=True, slots=True)
class _Page:
    content: Content
    media_type: str

    def met(self, ordinal: int, uri: str, container: Container) -> Met:
        if self.media_type not in TEXT_TYPES | UNKNOWN_TYPES:
            return container.skipped(ordinal, uri, "another media type")
        return container.held(ordinal, uri, self.content)


def _page(body: bytes, content_type: str, headers: dict[str, str], codings: tuple[str, ...]) -> _Page:
    media_type = _essence(content_type)
    if media_type in UNKNOWN_TYPES:
        media_type = _essence(headers.get("warc-identified-payload-type", ""))
    said = media_type if media_type in TEXT_TYPES else ""
    content = Content(
        body,
        url=_uri(headers) or None,
        retrieved=_moment(headers.get("warc-date", "")),
        transport=content_type or "application/octet-stream",
        media_type=said or None,
        codings=codings,
        lenient=True,
    )
    return _Page(content, media_type)


_MOMENT = lazy_pattern(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?Z?)?)?)?")


def _moment(value: str) -> str | None:
    """A WARC-Date, which is ISO 8601 in UTC; None for anything else."""
    return value if _MOMENT.fullmatch(value) else None
