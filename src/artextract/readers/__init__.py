"""Readers: Source -> Reading. One entry per media type; each is imported when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from artextract.model import Reading, Source
from artextract.settings import Settings

Reader = Callable[[Source, Settings], Reading]

READERS: dict[str, str] = {
    "text/plain": "artextract.readers.text",
    "text/markdown": "artextract.readers.text",
    "text/html": "artextract.readers.html",
}
"""Media type -> the module whose `read(source, settings)` reads it."""


def reader_for(media_type: str) -> Reader:
    """The reader of a media type, imported now (HTML needs lxml, text does not)."""
    reader: Reader = import_module(READERS[media_type]).read
    return reader
