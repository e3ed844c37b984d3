"""artextract: the article of a saved page, once, with its metadata, and a reason for every line.

>>> from artextract import extract
>>> extract("Short note\\n\\nThe harbour froze over in the night, and the ferries stayed where they were.").text
'The harbour froze over in the night, and the ferries stayed where they were.'
"""

from __future__ import annotations

from artextract.article import Article
from artextract.batch.files import Result, extract_files
from artextract.errors import ArtextractError
from artextract.model import Block, Document, Verdict
from artextract.pipeline import extract
from artextract.settings import Settings
from artextract.version import __version__

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
