"""Where sentences end, for texts that have to be cut: careful, so that no cut falls inside a sentence.

Not a tokenizer: two sentences may stay one. A full stop ends a sentence only if a space and no small letter follow, and
the word before is no initial (`J.`), no short title (`Dr.`, `St.`) and none of a few abbreviations; the full stops of
scripts without spaces, of Arabic and of the scripts of India end one always.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

_ABBREVIATIONS = (
    " al approx art bd bzw ca cap cf chap col cols cp ed eds esp etc evtl fig figs ggf inkl nr nos op par pp prof resp "
    "sec seq sog str tab usw vgl viz vol vols vs zzgl "
)


@cache
def _ends() -> re.Pattern[str]:
    """Marks that may end a sentence, with the quotes and brackets that close behind them."""
    return re.compile(r"""\n|[。！？｡।॥؟۔][。！？]*["'”’»」』）】》)\]]*|(?<![.!?…])[.!?…]++["'”’»)\]]*+(?=\s)""")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of the sentences of `text`, in order, without the white space between them.

    >>> text = "Dr. Ito left at 5 p.m. on Monday. Nobody saw it! 港は静か。霧。"
    >>> [text[start:end] for start, end in sentences(text)]
    ['Dr. Ito left at 5 p.m. on Monday.', 'Nobody saw it!', '港は静か。', '霧。']
    """
    start = 0
    for match in _ends().finditer(text):
        if _is_end(text, match):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _is_end(text: str, match: re.Match[str]) -> bool:
    mark = match[0][0]
    if mark not in ".!?…":
        return True
    after = text[match.end() : match.end() + 20].lstrip()[:1]  # a longer gap is no sentence's
    if after.islower():
        return False
    return mark != "." or match[0].startswith("..") or not _is_abbreviation(text, match.start())


def _is_abbreviation(text: str, stop: int) -> bool:
    """Whether the word that ends at the full stop is one that wants a full stop for itself."""
    words = text[max(stop - 24, 0) : stop].split()
    word = words[-1].lstrip("\"'“‘«([") if words and not text[stop - 1].isspace() else ""
    if not word or "." in word:
        return "." in word
    if word.isdigit():
        return len(word) <= 2  # the German 3. Oktober, an item's number
    return word.isalpha() and (
        len(word) == 1 or (len(word) <= 3 and word[0].isupper()) or word.lower() in _ABBREVIATIONS
    )
