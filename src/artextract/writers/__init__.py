"""Writers: Article -> text. They only render what the verdicts kept."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from artextract.article import Article
    from artextract.settings import Settings

    Writer = Callable[[Article, Settings], str]

WRITERS: dict[str, str] = {
    "text": "artextract.writers.text:write",
    "markdown": "artextract.writers.markdown:write",
    "json": "artextract.writers.json:write",
    "jsonl": "artextract.writers.json:write_line",
    "explain": "artextract.writers.explain:write",
}
"""Format -> the module and function that writes it; what it returns ends with a line feed unless it is empty."""


def writer_for(name: str) -> Writer:
    """The writer of a format, imported now. Raises `KeyError` for a format that does not exist."""
    module, function = WRITERS[name].split(":")
    writer: Writer = getattr(import_module(module), function)
    return writer
