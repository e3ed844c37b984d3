"""artextract: the article of a saved page, once, with its metadata, and a reason for every line.

>>> from artextract import extract
>>> extract("<h1>Note</h1><p>The harbour froze over in the night, and the ferries stayed where they were.</p>").text
'The harbour froze over in the night, and the ferries stayed where they were.'

Names are imported when they are first used, so that `artextract --help` need not load the extraction.
"""

from __future__ import annotations

from importlib import import_module

from artextract.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from artextract.article import Article
    from artextract.batch.files import Result, extract_files
    from artextract.errors import ArtextractError
    from artextract.model import Block, Document, Verdict
    from artextract.pipeline import extract
    from artextract.settings import Settings

_HOMES = {
    "ArtextractError": "errors",
    "Article": "article",
    "Block": "model",
    "Document": "model",
    "Result": "batch.files",
    "Settings": "settings",
    "Verdict": "model",
    "extract": "pipeline",
    "extract_files": "batch.files",
}
"""Public name -> the module that defines it."""

__all__ = [
    "ArtextractError",
    "Article",
    "Block",
    "Document",
    "Result",
    "Settings",
    "Verdict",
    "__version__",
    "extract",
    "extract_files",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'artextract' has no attribute {name!r}")
    value: object = getattr(import_module(f"artextract.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
