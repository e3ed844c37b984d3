"""The task of a worker: read one file, extract, render. Also what a single input runs in the process itself."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any

from artextract.article import Article
from artextract.batch.drawer import Drawer
from artextract.batch.frames import Message
from artextract.errors import (
    ArtextractError,
    EmptyInputError,
    InputError,
    NotTextError,
    TooLargeError,
    UnknownEncodingError,
)
from artextract.inputs.opening import Opened, decompressed, opened
from artextract.inputs.suffixes import plain
from artextract.inputs.wording import shown
from artextract.model import Document, Metadata, Reading, SiteProfile, Source
from artextract.pipeline import extract
from artextract.records import record
from artextract.settings import Format, Settings

TASK = "artextract.batch.task:extraction"

CODES: tuple[tuple[type[ArtextractError], str], ...] = (
    (NotTextError, "not-text"),
    (TooLargeError, "too-large"),
    (InputError, "unreadable"),
    (UnknownEncodingError, "encoding"),
    (ArtextractError, "error"),
)
"""The code of a failure in the errors file and the summary; the first class that fits counts."""


def code_of(error: ArtextractError) -> str:
    """The code of a failure."""
    return next(code for kind, code in CODES if isinstance(error, kind))


@record(frozen=True, slots=True)
class Order:
    """What to make of each document.

    `rows` is the ledger as JSON Lines, `width` its form for a terminal of so many columns (0: the plain form), in
    colour where `color`; `counts` asks for each document's figures, for the summary, `identity` for the input's size
    and hash, `sketch` for what tells duplicates.
    """

    settings: Settings
    format: Format
    url: str | None = None
    rows: bool = False
    width: int = 0
    color: bool = False
    counts: bool = False
    identity: bool = False
    sketch: bool = False
    profiles: str = ""  # the file that requests' profiles lie in

    def setup(self) -> dict[str, Any]:
        """As JSON, for a child."""
        return asdict(self)


def order_of(setup: Mapping[str, Any]) -> Order:
    """The order that `Order.setup` gave, after its way through JSON."""
    fields: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in setup["settings"].items()
    }
    return Order(**{**setup, "settings": Settings(**fields)})


def extraction(setup: Mapping[str, Any]) -> Callable[[Message], Message]:
    """The function that answers requests: {"path", "member"} and, with "sent", the bytes as their body."""
    return extraction_by(order_of(setup))


def extraction_by(order: Order) -> Callable[[Message], Message]:
    """The same for an order at hand."""
    drawer = Drawer(order.profiles)
    return lambda request: answer(request, order, drawer.profile(request.header.get("profile")))


def answer(request: Message, order: Order, profile: SiteProfile | None = None) -> Message:
    """The record of one document, or why there is none. `status` is `article`, `empty` or `failed`."""
    path, member = request.header["path"], request.header.get("member")
    try:
        found = _bytes_of(request, path, order.settings)
        article, why = article_of(found, shown(path), order, profile)
    except ArtextractError as error:
        return Message({"status": "failed", "code": code_of(error), "message": str(error)})
    record = rendered(article, order, shown(path), member)
    header: dict[str, Any] = {"status": "article" if article.text else "empty", "message": why}
    if order.counts:
        header["counts"] = _counts(article)
    if order.identity and not request.header.get("sent"):
        header["identity"] = _identity(article.document.source, path)
    body = _utf8(record)
    if not (order.sketch and article.text):
        return Message(header, body)
    header["sketch"], folded = _sketched(article)
    return Message({**header, "record": len(body)}, body + folded)


def _identity(source: Source, path: str) -> tuple[int, str] | None:
    """Size and hash of the file, where its bytes are what was decoded; None where they were compressed."""
    try:
        return (source.bytes, source.sha256) if os.stat(path).st_size == source.bytes else None
    except OSError:
        return None


def _sketched(article: Article) -> tuple[str, bytes]:
    """What tells duplicates: the sketch of the body, and the body folded; nothing for one without letters."""
    from artextract.batch.sketch import packed, sketch_of, tokens_of

    tokens = tokens_of(article.text)
    return (sketch_of(tokens).text(), packed(tokens)) if tokens else ("", b"")


def _bytes_of(request: Message, path: str, settings: Settings) -> Opened:
    if request.header.get("sent"):
        return decompressed(request.body, "", settings.max_input_bytes)
    return opened(path, settings)


def article_of(found: Opened, path: str, order: Order, profile: SiteProfile | None = None) -> tuple[Article, str]:
    """The article of what an input holds, with the warnings of its opening; and why it holds nothing, or ""."""
    try:
        article = extract(found.data, order.settings, name=plain(path), url=order.url, profile=profile)
    except EmptyInputError as error:
        return _without_content(found, order), str(error)
    if not found.notes:
        return article, ""
    source = article.document.source
    source = replace(source, notes=(*found.notes, *source.notes))
    return replace(article, document=replace(article.document, source=source)), ""


def _without_content(found: Opened, order: Order) -> Article:
    """The article of an empty input: no block, no fact. It has a record, as every input that did not fail has."""
    source = Source(
        name=found.name,
        media_type="text/plain",
        text="",
        encoding_from="default",
        bytes=len(found.data),
        sha256=hashlib.sha256(found.data).hexdigest(),
        url=order.url,
        notes=found.notes,
    )
    return Article(Document(source, Reading(())), Metadata(), order.settings)


def rendered(article: Article, order: Order, path: str, member: str | None) -> str:
    """The record in the format that was asked for; it ends with a line feed, or is empty."""
    match order.format:
        case "json":
            from artextract.writers import json

            return json.write(article, order.settings, path, member)
        case "jsonl":
            from artextract.writers import json

            return json.write_line(article, order.settings, path, member)
        case "explain" if order.rows:
            from artextract.writers import explain

            return explain.ledger_lines(article, path, member)
        case "explain" if order.width:
            from artextract.writers import terminal

            return terminal.write(article, order.width, order.color)
        case _:
            from artextract.writers import writer_for

            return writer_for(order.format)(article, order.settings)


def _counts(article: Article) -> dict[str, Any]:
    from artextract.writers.json import removed

    codes = [note.code for note in article.notes]
    return {"removed": removed(article), "chars": len(article.text), "warnings": codes}


def _utf8(text: str) -> bytes:
    """UTF-8, whatever the locale; a lone surrogate becomes U+FFFD."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()
