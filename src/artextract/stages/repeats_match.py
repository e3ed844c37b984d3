"""Find what occurs twice in one string, in linear time: seeds, maximal matches, chains of matches in order.

The string is a document folded to its letters and digits (`repeats_stream`), so that white space, line breaks, quotes
and the width of punctuation make no difference. The way is that of genome aligners (seed, extend, chain: Li, minimap2,
2018): short keys at chosen positions are looked up in a table, every hit is extended to both sides as far as the
characters agree, and hits that lie in order are joined to chains.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

WIDE = "\u2e80"
"""From here on characters are counted as wide (Han, kana, Hangul): one says as much as two or three letters."""

NARROW_KEY, WIDE_KEY = 24, 12  # characters in a key, about four words
MOST_PLACES = 6  # a key that occurs more often is no body's: rows of a listing, refrains, signatures
REACH = 600  # characters behind a match in which such a key goes on with it
MOST_MATCHES = 20_000  # beyond, only the longest are chained
LOOK_BACK = 32  # predecessors tried for each match, at least
PAIRS = 50_000  # of a match and a predecessor, looked at in a document of few matches
MOST_OVERLAP = 40  # characters that end one match and begin the next
SMALLER_GAP_COST, LARGER_GAP_COST, GAP_OPENING, SHORT_GAP = 1.0, 0.05, 20.0, 30
"""What a chain pays for a gap: a sum to open one of more than `SHORT_GAP` characters, little for each character if it
is an insertion in one copy, much if both copies have something there that the other has not."""


class Match(NamedTuple):
    """`stream[first:first+length]` equals `stream[second:second+length]`; the two do not overlap."""

    first: int
    second: int
    length: int

    @property
    def first_end(self) -> int:
        return self.first + self.length

    @property
    def second_end(self) -> int:
        return self.second + self.length


Chain = tuple[Match, ...]
"""Matches in order on both sides, none overlapping another, the first run ending before the second begins."""


def chains(stream: str, anchors: Sequence[int], kept: bytes | None = None) -> list[Chain]:
    """The chains of what occurs twice in `stream`, the ones that match most first.

    `anchors` are the positions at which keys begin. With `kept`, a byte for each character, what is kept nowhere (all
    its bytes 0) is passed over.
    """
    shared = _shared_places(stream, anchors, kept)
    found = _matches(stream, [places for places in shared if len(places) <= MOST_PLACES])
    found += _matches_behind(stream, found, [places for places in shared if len(places) > MOST_PLACES])
    if kept is not None:
        found = [m for m in found if _any_kept(kept, m)]
    if len(found) > MOST_MATCHES:
        found = sorted(found, key=lambda m: (-m.length, m.second, m.first))[:MOST_MATCHES]
    return _chained(sorted(found, key=lambda m: (m.second, m.first)))


def _any_kept(kept: bytes, match: Match) -> bool:
    first, second, length = match
    return kept.find(1, first, first + length) >= 0 or kept.find(1, second, second + length) >= 0


def _shared_places(stream: str, anchors: Sequence[int], kept: bytes | None) -> list[list[int]]:
    """The positions of each key that occurs more than once, in the order of the keys' second ones."""
    keys = [stream[a : a + NARROW_KEY] if stream[a] < WIDE else stream[a : a + WIDE_KEY] for a in anchors]
    seen: set[str] = set()
    twice: dict[str, list[int]] = {}
    for key in keys:
        if key in seen:
            twice[key] = []
        else:
            seen.add(key)
    if not twice:
        return []
    for key, anchor in zip(keys, anchors, strict=True):
        places = twice.get(key)
        if places is not None:
            places.append(anchor)
    shared = list(twice.values())
    return shared if kept is None else [places for places in shared if any(kept[p] for p in places)]


def _matches(stream: str, shared: list[list[int]]) -> list[Match]:
    """Extend every pair of places with equal keys; pairs on a diagonal that is already covered are skipped."""
    pairs = sorted((b, a) for places in shared for i, b in enumerate(places) for a in places[:i])
    covered: dict[int, int] = {}  # distance of the two sides -> where its last match ends, on the second side
    found: list[Match] = []
    for second, first in pairs:
        distance = second - first
        floor = covered.get(distance, 0)
        if second < floor:
            continue
        back = _common_suffix(stream, first, second, min(first, second - floor, distance - 1))
        start = first - back
        length = min(back + _common_prefix(stream, first, second), distance)
        covered[distance] = start + distance + length
        if length >= WIDE_KEY:
            found.append(Match(start, start + distance, length))
    return found


def _matches_behind(stream: str, found: list[Match], often: list[list[int]]) -> list[Match]:
    """Matches at keys that occur often, where they go on behind a match: the equal parts of two copies of a listing.

    Each of their places is compared to one other place only, the next one behind the first side of that match.
    """
    if not found:
        return []
    order = sorted(found, key=lambda m: m.second_end)
    ends = {(m.second - m.first, m.second_end) for m in found}  # two matches on a diagonal that end together are one
    more: list[Match] = []
    position, last = 0, None
    for second, places in sorted((place, group) for group in often for place in group):
        while position < len(order) and order[position].second_end <= second:
            last = order[position] if last is None or order[position].second_end > last.second_end else last
            position += 1
        if last is None or not last.second_end <= second <= last.second_end + REACH:
            continue
        next_ = bisect_left(places, last.first_end)
        first = places[next_]
        if first < second and first <= last.first_end + 2 * REACH:
            match = Match(first, second, _common_prefix(stream, first, second))
            if (second - first, match.second_end) not in ends:
                ends.add((second - first, match.second_end))
                more.append(match)
                last = match
    return more


def _common_prefix(stream: str, first: int, second: int) -> int:
    """How many characters agree from both positions on."""
    done, step, most = 0, 64, min(len(stream) - second, second - first)
    while done < most:
        step = min(step, most - done)
        if stream[first + done : first + done + step] == stream[second + done : second + done + step]:
            done += step
            step *= 2
        elif step == 1:
            break
        else:
            most = done + step - 1
            step = max(1, step // 2)
    return done


def _common_suffix(stream: str, first: int, second: int, most: int) -> int:
    """How many characters, at most `most`, agree before both positions."""
    done, step = 0, 16
    while done < most:
        step = min(step, most - done)
        a, b = first - done, second - done
        if stream[a - step : a] == stream[b - step : b]:
            done += step
            step *= 2
        elif step == 1:
            break
        else:
            most = done + step - 1
            step = max(1, step // 2)
    return done


def _chained(matches: list[Match]) -> list[Chain]:
    """Join matches (sorted by their second side) to the chains of highest score; each match is in one chain."""
    look_back = max(LOOK_BACK, PAIRS // max(1, len(matches)))
    scores: list[float] = []
    previous: list[int] = []
    begins: list[int] = []  # where the second run of the chain up to a match begins: the first run ends before
    for i, (first, second, length) in enumerate(matches):
        best, from_, end = 0.0, -1, first + length
        for j in range(max(0, i - look_back), i):
            if scores[j] > best and end <= begins[j]:
                before = matches[j]
                gain = scores[j] - _gap_cost(first - before[0] - before[2], second - before[1] - before[2], length)
                if gain > best:
                    best, from_ = gain, j
        scores.append(length + best)
        previous.append(from_)
        begins.append(second if from_ < 0 else begins[from_])
    return _traced(matches, scores, previous)


def _gap_cost(left: int, right: int, length: int) -> float:
    """What it costs to go on over gaps on both sides; more than any score where the next match is not in order."""
    if left > right:
        left, right = right, left
    if left < 0:
        if left < -MOST_OVERLAP or -2 * left > length:
            return float("inf")
        return -left + _gap_cost(0, right - left, length)
    opening = GAP_OPENING if right > SHORT_GAP else 0.0
    return opening + SMALLER_GAP_COST * left + LARGER_GAP_COST * right


def _traced(matches: list[Match], scores: list[float], previous: list[int]) -> list[Chain]:
    used = [False] * len(matches)
    found: list[Chain] = []
    for end in sorted(range(len(matches)), key=lambda i: (-scores[i], i)):
        chain: list[Match] = []
        i = end
        while i >= 0 and not used[i]:
            used[i] = True
            chain.append(matches[i])
            i = previous[i]
        if chain:
            found.append(_without_overlaps(chain[::-1]))
    return sorted(found, key=lambda c: (-sum(m.length for m in c), c[0].second))


def _without_overlaps(matches: list[Match]) -> Chain:
    """The matches, each begun behind the end of the one before it."""
    chain = matches[:1]
    for match in matches[1:]:
        overlap = max(0, chain[-1].first_end - match.first, chain[-1].second_end - match.second)
        chain.append(Match(match.first + overlap, match.second + overlap, match.length - overlap))
    return tuple(chain)
