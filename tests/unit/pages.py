"""Pages read without being judged: all of them is body, so that a test sees what reader and writer make of markup."""

from __future__ import annotations

from artextract.article import Article
from artextract.model import Block, Document, Metadata, Reading, Source
from artextract.readers import reader_for
from artextract.settings import DEFAULT

MEDIA_TYPES = {"html": "text/html", "text": "text/plain", "markdown": "text/markdown"}


def reading(markup: str, kind: str = "html", url: str | None = None) -> Reading:
    source = Source("page", MEDIA_TYPES[kind], markup, url=url)
    return reader_for(source.media_type)(source, DEFAULT)


def blocks(markup: str, kind: str = "html") -> tuple[Block, ...]:
    return reading(markup, kind).blocks


def whole(markup: str, kind: str = "html", url: str | None = None) -> Article:
    """All of a page as an article."""
    source = Source("page", MEDIA_TYPES[kind], markup, url=url)
    return Article(Document(source, reader_for(source.media_type)(source, DEFAULT)), Metadata())


def markdown(markup: str, kind: str = "html", url: str | None = None) -> str:
    return whole(markup, kind, url).markdown


def text(markup: str, kind: str = "html") -> str:
    return whole(markup, kind).text
