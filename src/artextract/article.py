"""What `extract` gives back: the judged document, its metadata, and renderings made when they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from artextract.model import Document, Metadata, Note
from artextract.settings import DEFAULT, Settings


@dataclass(frozen=True)
class Article:
    """One page's article. Its renderings are computed once, when they are first read."""

    document: Document
    metadata: Metadata
    settings: Settings = DEFAULT

    @cached_property
    def text(self) -> str:
        """The kept characters, blocks separated by an empty line; empty when the page holds no article."""
        from artextract.writers.text import body_text

        return body_text(self)

    @cached_property
    def markdown(self) -> str:
        """The body as Markdown (CommonMark and tables), without front matter."""
        from artextract.writers.markdown import body_markdown

        return body_markdown(self)

    @property
    def title(self) -> str | None:
        return self.metadata.title

    @property
    def notes(self) -> tuple[Note, ...]:
        """All warnings, in the order in which they came up."""
        document = self.document
        return (*document.source.notes, *document.reading.notes, *document.notes)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of this article, all keys, in the order of the schema."""
        from artextract.writers.json import to_dict

        return to_dict(self)

    def explain(self) -> str:
        """The ledger: every block of the input, kept or dropped, by which rule and why."""
        from artextract.writers.explain import ledger

        return ledger(self)
