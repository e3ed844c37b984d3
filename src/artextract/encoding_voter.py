"""A second voice where our own detector has no good answer: chardet, for code pages that we have no model for.

DOS code pages, the Macintosh's for other alphabets, the rarer parts of ISO 8859. chardet only proposes; its reading
must also cost less by our measure (`encoding_plausibility`) than the best of ours. Measured on our own texts in 20 such
code pages (126 inputs): 5 right without it, 92 with it; on the made cases of tests/encodings nothing changes.
"""

from __future__ import annotations

from types import MappingProxyType

from artextract.encoding_detector import Evidence, Guess, first_foreign, guess

PROPOSALS = MappingProxyType(
    {
        **{name: name for name in ("cp437", "cp720", "cp737", "cp775", "cp850", "cp852", "cp857", "cp858", "cp860")},
        **{name: name for name in ("cp861", "cp862", "cp863", "cp865", "cp869", "cp1125")},
        "ibm855": "cp855",
        "iso8859-3": "iso-8859-3",
        "iso8859-4": "iso-8859-4",
        "iso8859-10": "iso-8859-10",
        "iso8859-14": "iso-8859-14",
        "iso8859-16": "iso-8859-16",
        "kz1048": "kz1048",
        "koi8-t": "koi8-t",
        "ptcp154": "ptcp154",
        "maclatin2": "mac-latin2",
        "macgreek": "mac-greek",
        "maciceland": "mac-iceland",
        "macturkish": "mac-turkish",
    }
)
"""chardet's name in small letters -> our name: single-byte supersets of ASCII only, so that no proposal reaches a codec
that a browser refuses for safety (HZ, ISO-2022-KR, UTF-7)."""

_DOUBTFUL = 0.25  # mean cost of our best reading from which on another voice is heard
_GOOD = 0.45  # mean cost that a proposed reading may have
_MARGIN = 3.0  # what it must cost less than ours (nats) where ours is text, besides the rarity of what has no model
_HEARD = 1 << 14  # bytes that chardet is given, from the first that is not ASCII


def second_opinion(evidence: Evidence) -> Guess | None:
    """What chardet proposes, if our own best reading is doubtful and the proposed one is clearly better; else None."""
    best = evidence.best
    first = first_foreign(evidence.data)
    if best.mean < _DOUBTFUL:
        return None
    import chardet

    start = max(0, first - 64)
    name = PROPOSALS.get(str(chardet.detect(evidence.data[start : start + _HEARD])["encoding"]).lower())
    if name is None:
        return None
    found = guess(evidence.words, name)
    margin = _MARGIN if evidence.certain else 0.0
    return found if found.mean < _GOOD and found.cost + margin < best.cost else None
