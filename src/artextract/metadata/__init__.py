"""Metadata: candidates from the markup and from labelled blocks, and one choice per field."""

from __future__ import annotations

import re

from artextract.language import main_language
from artextract.model import Document, Fact, Metadata
from artextract.settings import Settings

_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)")


def choose(document: Document, settings: Settings) -> Metadata:
    """One value per field, or none; all candidates stand in `facts`."""
    facts = document.reading.facts
    body = [b for b, r in zip(document.blocks, document.rulings(), strict=True) if any(x.label == "body" for x in r)]
    title = _first(facts, "title") or next((b.text for b in document.blocks if b.kind == "heading"), None)
    if title is None:
        title = next((b.text for b in document.blocks if b.text), None)
    date = _first(facts, "date")
    if date is None:
        date = next((m[0] for b in document.blocks[:40] if (m := _DAY.search(b.text[:300]))), None)
    match = _DAY.search(date or "")
    return Metadata(
        title=title and title[:300],
        authors=tuple(dict.fromkeys(f.value for f in facts if f.field == "authors")),
        date=f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else None,
        date_raw=date if match else None,
        site_name=_first(facts, "site_name"),
        url=_first(facts, "url") or document.source.url,
        image=_first(facts, "image"),
        description=_first(facts, "description"),
        language=main_language("\n".join(b.text for b in body)),
        facts=facts,
    )


def _first(facts: tuple[Fact, ...], field: str) -> str | None:
    return next((fact.value for fact in facts if fact.field == field), None)
