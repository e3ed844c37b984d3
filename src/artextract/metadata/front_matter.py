"""What front matter says of its document counts before anything that lines of the text could say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from artextract.metadata.when import machine_date
from artextract.model import Document, Fact, Metadata
from artextract.readers.text_front_matter import RULE

_MANY = ("authors", "editors", "categories", "tags")
_ONE = ("title", "original_title", "site_name", "source_name", "url", "image", "description", "language")
_DATES = ("date", "date_modified")


def stated(document: Document, field: str) -> list[Fact]:
    """The facts of the front matter for one field, in its order."""
    return [fact for fact in document.reading.facts if fact.rule == RULE and fact.field == field]


def preferred(metadata: Metadata, document: Document) -> Metadata:
    """`metadata` with the fields that the front matter states; the others stay as they are."""
    if not any(fact.rule == RULE for fact in document.reading.facts):
        return metadata
    values: dict[str, Any] = {}
    chosen: list[Fact] = []
    for field in (*_ONE, *_MANY, *_DATES):
        facts = stated(document, field)
        value = _value(field, facts)
        if value:
            values[field] = value
            chosen += facts if field in _MANY else facts[:1]
    if "date" in values:
        values["date_raw"] = next((f.value for f in stated(document, "date_raw")), stated(document, "date")[0].value)
    kept = [fact for fact in metadata.chosen if fact.field not in values]
    return replace(metadata, **values, chosen=(*chosen, *kept))


def _value(field: str, facts: list[Fact]) -> str | tuple[str, ...] | None:
    if not facts:
        return None
    if field in _MANY:
        return tuple(dict.fromkeys(fact.value for fact in facts))
    if field not in _DATES:
        return facts[0].value
    when = machine_date(facts[0].value)
    return when.iso if when is not None else None
