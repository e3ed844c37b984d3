"""Body or boilerplate: features of blocks, and the trees that weigh them.

`features.py` is used by training and by the tool alike; a document gives the same integers in both.
"""

from __future__ import annotations

from artextract.model import Document, Source
from artextract.settings import Settings


def document_before(source: Source, settings: Settings) -> Document:
    """A source read and judged by the stages that stand before the classifier: what it is trained on."""
    from artextract.language import languages_of
    from artextract.readers import reader_for
    from artextract.stages import STAGES
    from artextract.stages.classifier import judge

    reading = reader_for(source.media_type)(source, settings)
    document = Document(source, reading, languages=languages_of(reading))
    for stage in STAGES:
        if stage is judge:
            break
        document = document.judged(stage(document, settings))
    return document
