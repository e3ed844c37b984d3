"""Two-byte text after a lost or foreign byte: find where characters begin again.

In Big5, EUC, GBK and Shift_JIS one byte too many or too few shifts all that follows, up to the next blank, tag or line
end, and most of the shifted pairs are characters too: rare ones. So the run is read in the way that costs least, where
rare characters cost more than frequent ones and a byte that is given up costs most (dynamic programming over the run).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from artextract.encoding_plausibility import unit_cost
from artextract.records import record

REPLACEMENT = "\ufffd"

LONGEST_RUN = 8_192  # bytes; longer ones are left as they are

_GIVEN_UP, _ALSO_GIVEN_UP = 2.0, 0.5  # the first of some bytes, each that follows
_CUT = 1.6  # the last byte of the run: half a character
_MARK = b"\xef\xbb\xbf"
_MARK_COST = 1.0


@record(slots=True)
class _Path:
    """The cheapest reading up to an offset: its cost, its last character and where that began."""

    cost: float
    char: str = ""
    start: int = 0


def realigned(run: bytes, codec: str, mend: Callable[[bytes], str]) -> str:
    """The likeliest text of a run without blanks; U+FFFD for each byte that is given up.

    `mend` knows characters that the codec lacks. Four decodings a byte: linear.
    """
    paths: list[_Path | None] = [_Path(0.0), *[None] * len(run)]
    for at in range(len(run)):
        here = paths[at]
        if here is None:
            continue
        _offer(paths, at, 1, REPLACEMENT, here.cost + _giving_up(here, at + 1 == len(run)))
        for length, char, cost in _units(run[at : at + 4], codec, mend):
            _offer(paths, at, length, char, here.cost + cost)
    return _walked_back(paths)


def _giving_up(path: _Path, last: bool) -> float:
    return _ALSO_GIVEN_UP if path.char == REPLACEMENT else _CUT if last else _GIVEN_UP


def _offer(paths: list[_Path | None], at: int, length: int, char: str, cost: float) -> None:
    """Take a character at `at` as the way to its end, if none costs less."""
    known = paths[at + length]
    if known is None or cost <= known.cost:
        paths[at + length] = _Path(cost, char, at)


def _units(head: bytes, codec: str, mend: Callable[[bytes], str]) -> Iterator[tuple[int, str, float]]:
    """The characters that could begin here: (bytes, character, cost)."""
    if head.startswith(_MARK):
        yield 3, "\ufeff", _MARK_COST
    for length in range(1, len(head) + 1):
        char = _decoded(head[:length], codec) or mend(head[:length])
        if len(char) == 1:
            yield length, char, unit_cost(char)


def _decoded(unit: bytes, codec: str) -> str:
    try:
        char = unit.decode(codec)
    except UnicodeDecodeError:
        return ""
    return "" if "\uf8f0" <= char <= "\uf8f3" else char  # where Python's cp932 puts bytes that mean nothing


def _walked_back(paths: list[_Path | None]) -> str:
    chars: list[str] = []
    at = len(paths) - 1
    while at and (path := paths[at]) is not None:
        chars.append(path.char)
        at = path.start
    return "".join(reversed(chars))
