"""What of a body tells whether another one repeats it: its letters folded, their shingles, a MinHash sketch of those.

Tokens are the characters of scripts that write no spaces between words (Han, kana, Thai, Lao, Khmer, Burmese, Tibetan)
and the runs of letters and digits of all others; a shingle is five tokens in a row. The sketch is one-permutation
MinHash (Li, Owen, Zhang 2012): the shingles' hashes fall into bins, of each bin the smallest counts, and an empty bin
borrows from the next one that is not (Shrivastava and Li 2014). Four bins in a row make a band; two texts whose
shingles have a Jaccard index of 0.8 agree in at least one of 24 bands but for 3 cases in a million, at 0.7 for 2 in a
thousand. Whoever agrees in one is then compared shingle by shingle.
"""

from __future__ import annotations

import base64
import hashlib
import re
import struct
import unicodedata
import zlib
from collections.abc import Iterable
from functools import lru_cache

from artextract.records import record

SHINGLE = 5
BANDS = 24
ROWS = 4
_BINS = BANDS * ROWS
_FORM = struct.Struct(f"<16s{BANDS}q")
_MIX = 0x9E3779B1  # 2**32 divided by the golden ratio: spreads neighbouring checksums
_MASK = 0xFFFFFFFF

_SPACELESS = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u0f00-\u0fff"  # Tibetan
    "\u1000-\u109f"  # Burmese
    "\u1780-\u17ff"  # Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)


@record(frozen=True, slots=True)
class Sketch:
    """A body's hash (equal for equal tokens) and the keys of its bands."""

    exact: bytes
    bands: tuple[int, ...]

    def text(self) -> str:
        """As ASCII, for JSON."""
        return base64.b64encode(_FORM.pack(self.exact, *self.bands)).decode("ascii")


def sketch_from(text: str) -> Sketch:
    """The sketch that `Sketch.text` wrote. Raises ValueError."""
    try:
        exact, *bands = _FORM.unpack(base64.b64decode(text, validate=True))
    except struct.error as error:
        raise ValueError(str(error)) from None
    return Sketch(exact, tuple(bands))


def tokens_of(text: str) -> list[str]:
    """The tokens of a text, folded.

    >>> tokens_of("Ｔhe harbour's 5月 STRASSE – straße")
    ['the', 'harbour', 's', '5', '月', 'strasse', 'strasse']
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return _token_pattern().findall(text.casefold())


@lru_cache(maxsize=1)
def _token_pattern() -> re.Pattern[str]:
    """Compiled at its first use: a single input never needs it."""
    return re.compile(f"[{_SPACELESS}]|[^\\W_{_SPACELESS}]+")


def shingles(tokens: list[str]) -> set[str]:
    """The runs of five tokens; a shorter text is one shingle."""
    if len(tokens) < SHINGLE:
        return {" ".join(tokens)} if tokens else set()
    return set(map(" ".join, zip(*(tokens[at:] for at in range(SHINGLE)), strict=False)))


def jaccard(one: set[str], other: set[str]) -> float:
    """The share of the shingles of two texts that both have.

    >>> jaccard({"a", "b", "c"}, {"b", "c", "d"})
    0.5
    """
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


def sketch_of(tokens: list[str]) -> Sketch:
    """The sketch of a body that has at least one token."""
    exact = hashlib.blake2b(" ".join(tokens).encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return Sketch(exact, tuple(_bands(_minima(shingles(tokens)))))


def _minima(found: Iterable[str]) -> list[int]:
    """For each bin the smallest hash in it, empty bins filled by borrowing."""
    crc = zlib.crc32
    hashes = [crc(s.encode("utf-8", "surrogatepass")) * _MIX & _MASK for s in found]
    hashes.sort(reverse=True)
    smallest = {value * _BINS >> 32: value for value in hashes}  # the last one in wins: the smallest
    return [_filled(smallest, at) for at in range(_BINS)]


def _filled(smallest: dict[int, int], at: int) -> int:
    """The value of a bin; an empty one takes the next one's, mixed with how far that is."""
    far = 0
    while (at + far) % _BINS not in smallest:
        far += 1
    return smallest[(at + far) % _BINS] + far * 0x1_0000_0001


def _bands(minima: list[int]) -> Iterable[int]:
    for band in range(BANDS):
        rows = struct.pack(f"<{ROWS + 1}Q", band, *minima[band * ROWS : (band + 1) * ROWS])
        yield int.from_bytes(hashlib.blake2b(rows, digest_size=8).digest(), "little", signed=True)


def packed(tokens: list[str]) -> bytes:
    """Tokens as they lie on the disk until a later document is compared with them."""
    return zlib.compress(" ".join(tokens).encode("utf-8", "surrogatepass"), 1)


def unpacked(data: bytes) -> list[str]:
    """The tokens that `packed` got; none where the data is damaged."""
    try:
        return zlib.decompress(data).decode("utf-8", "surrogatepass").split(" ")
    except (zlib.error, UnicodeDecodeError):
        return []
