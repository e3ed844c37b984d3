"""One document, from its bytes to the article."""

from __future__ import annotations

from artextract.article import Article
from artextract.decode import decode
from artextract.language import languages_of
from artextract.metadata import choose
from artextract.model import Document, SiteProfile, Source
from artextract.readers import reader_for
from artextract.settings import DEFAULT, Settings
from artextract.stages import stages_of


def extract(
    data: bytes | str,
    settings: Settings = DEFAULT,
    name: str | None = None,
    url: str | None = None,
    profile: SiteProfile | None = None,
) -> Article:
    """The article of one saved page: a pure function of its arguments.

    `data` are the bytes as saved (or text that was decoded elsewhere), `name` a file name (its suffix is evidence of
    the type), `url` the page's address. Raises an `ArtextractError` for what is not text, too large, or empty.
    """
    return extract_source(decode(data, settings, name=name, url=url), settings, profile)


def extract_source(source: Source, settings: Settings = DEFAULT, profile: SiteProfile | None = None) -> Article:
    """The article of a source that was decoded with all that its container says of it."""
    reading = reader_for(source.media_type)(source, settings)
    document = Document(source, reading, languages=languages_of(reading), profile=profile)
    for stage in stages_of(document):
        verdicts = stage(document, settings)
        if settings.disable:
            verdicts = (verdict for verdict in verdicts if verdict.rule not in settings.disable)
        document = document.judged(verdicts)
    return Article(document, choose(document, settings), settings)
