"""The task of a worker: read one file, extract, render. Also what a single input runs in the process itself."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any, Literal

from artextract.article import Article
from artextract.batch.drawer import Drawer
from artextract.batch.frames import Message
from artextract.decode import decode
from artextract.errors import ArtextractError, EmptyInputError, NotTextError, code_of
from artextract.inputs.found import Content
from artextract.inputs.opening import Opened, content, opened
from artextract.inputs.suffixes import plain
from artextract.inputs.wording import shown
from artextract.model import Document, Metadata, Note, Reading, SiteProfile, Source
from artextract.pipeline import extract_source
from artextract.records import record
from artextract.settings import Format, Settings

TASK = "artextract.batch.task:extraction"


@record(frozen=True, slots=True)
class Order:
    """What to make of each document.

    `rows` is the ledger as JSON Lines, `width` its form for a terminal of so many columns (0: the plain form), in
    colour where `color`; `counts` asks for each document's figures, for the summary; `report` for its view in a report,
    of one document (`single`) or of a batch; `identity` for the input's size and hash; `sketch` for what tells
    duplicates. `profiles` is the file in which the profiles of requests lie.
    """

    settings: Settings
    format: Format
    url: str | None = None
    rows: bool = False
    width: int = 0
    color: bool = False
    counts: bool = False
    report: Literal["single", "batch"] | None = None
    identity: bool = False
    sketch: bool = False
    profiles: str = ""

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
    """The function that answers requests: {"path", "member"} and, with "content", the bytes as their body.

    "profile" is where the profile of the page's site lies.
    """
    return extraction_by(order_of(setup))


def extraction_by(order: Order) -> Callable[[Message], Message]:
    """The same for an order at hand."""
    drawer = Drawer(order.profiles)
    return lambda request: answer(request, order, drawer.profile(request.header.get("profile")))


def answer(request: Message, order: Order, profile: SiteProfile | None = None) -> Message:
    """The record of one document, or why there is none. `status` is `article`, `empty`, `failed` or `skipped`."""
    path, member = request.header["path"], request.header.get("member")
    began = time.perf_counter()
    said = content_of(request)
    try:
        found = opened(path, order.settings) if said is None else content(said, order.settings)
        article, why = article_of(found, shown(path), order, profile)
    except ArtextractError as error:
        if said is not None and said.lenient and isinstance(error, NotTextError):
            return Message({"status": "skipped", "message": "no text"})
        return Message({"status": "failed", "code": code_of(error), "message": str(error)})
    if why and said is not None and said.lenient:
        return Message({"status": "skipped", "message": "empty body"})
    record = rendered(article, order, shown(path), member)
    header: dict[str, Any] = {"status": "article" if article.text else "empty", "message": why}
    if order.counts:
        header["counts"] = _counts(article)
    if order.report:
        from artextract.report.collect import said_of

        seconds = time.perf_counter() - began
        header["report"] = said_of(article, shown(path), member, order.report == "single", seconds)
    if order.identity and said is None:
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


def content_of(request: Message) -> Content | None:
    """What was sent along with a request; None where the path is all there is."""
    header: Mapping[str, Any] | None = request.header.get("content")
    if header is None:
        return None
    values: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in header.items()}
    return Content(request.body, **values)


def article_of(found: Opened, path: str, order: Order, profile: SiteProfile | None = None) -> tuple[Article, str]:
    """The article of what an input holds, with the warnings of its opening; and why it holds nothing, or ""."""
    try:
        source = _source(found, path, order)
    except EmptyInputError as error:
        return _without_content(found, order), str(error)
    return extract_source(source, order.settings, profile), ""


def _source(found: Opened, path: str, order: Order) -> Source:
    """What was found, decoded with all that its container says of it."""
    said, settings = found.said, order.settings
    data: bytes | str = found.data
    if said.role and settings.encoding is None:
        data = found.data.decode("utf-8", "replace")  # it is UTF-8, made from text
    if said.role in ("text", "html") and settings.input_type not in ("text", "markdown", "html"):
        settings = replace(settings, input_type=said.role)  # type: ignore[arg-type]
    source = decode(
        data,
        settings,
        name=said.name or plain(path),
        url=order.url or said.url,
        transport=said.transport,
        media_type=said.media_type,
        retrieved=said.retrieved,
    )
    notes = (*found.notes, *_replaced(said), *source.notes)
    return replace(source, notes=notes, replaced=source.replaced + said.replaced, carried=said.carried)


def _replaced(said: Content) -> tuple[Note, ...]:
    if not said.replaced:
        return ()
    return (Note("replaced-bytes", f"{said.replaced:,} undecodable places of the container's UTF-8 became U+FFFD"),)


def _without_content(found: Opened, order: Order) -> Article:
    """The article of an empty input: no block, no fact. It has a record, as every input that did not fail has."""
    source = Source(
        name=found.name,
        media_type="text/plain",
        text="",
        encoding_from="default",
        bytes=len(found.data),
        sha256=hashlib.sha256(found.data).hexdigest(),
        url=order.url or found.said.url,
        retrieved=found.said.retrieved,
        notes=found.notes,
        carried=found.said.carried,
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
