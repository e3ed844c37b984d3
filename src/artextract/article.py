"""What `extract` gives back: the judged document, its metadata, and renderings made when they are asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from artextract.model import Document, Metadata, Note, Ruling
from artextract.records import frozen_record
from artextract.settings import DEFAULT, Settings

if TYPE_CHECKING:
    from artextract.writers.layout import Placed


@frozen_record(frozen=True)
class Article:
    """One page's article. Its renderings are computed once, when they are first read."""

    document: Document
    metadata: Metadata
    settings: Settings = DEFAULT

    @cached_property
    def rulings(self) -> list[tuple[Ruling, ...]]:
        """For each block of the document the ranges of its text with the verdict that counts."""
        return self.document.rulings()

    @cached_property
    def placed(self) -> list[Placed]:
        """The kept blocks with their kept ranges and the lists, quotes and notes around them, notes last."""
        from artextract.writers.kept import kept_blocks
        from artextract.writers.layout import place

        return place(kept_blocks(self.document.blocks, self.rulings, self.settings))

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

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """All warnings: of decoding, of reading, of the article as a whole."""
        from artextract.warnings import warnings_of

        document = self.document
        return (*document.source.notes, *document.reading.notes, *warnings_of(document, self.rulings))

    @cached_property
    def quality(self) -> float | None:
        """The expected F1 of this extraction, 0 to 1; None where no model judged the page."""
        from artextract.classifier.quality import quality

        return quality(self.document, self.rulings)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of this article, all keys, in the order of the schema."""
        from artextract.writers.json import to_dict

        return to_dict(self)

    def explain(self) -> str:
        """The ledger: every block of the input, kept or dropped, by which rule and why."""
        from artextract.writers.explain import ledger

        return ledger(self)
