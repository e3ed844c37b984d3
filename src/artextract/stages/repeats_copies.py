"""Which of the runs that repeat each other are copies of a body, and which copy stays.

Few repeats are copies: menus, refrains, quotations, cards and terms of use repeat too. A copy repeats in order over
most of its length *and* is much of what the page keeps. The floors below were set on pages whose body is there once
(what repeats in them is in their gold as often as it is in them) and on pages that hold it twice. Lengths are in
letters; a wide character counts as 2.5 of them (`Stream.weight`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from artextract.lazy import lazy_pattern
from artextract.model import Block, Verdict
from artextract.records import record
from artextract.stages.repeats_match import Chain
from artextract.stages.repeats_stream import Ranges, Stream

LEAST_REPEAT = 60  # a sentence
SHORT_REPEAT = 300  # a short paragraph: could be a stanza or a card
LONG_REPEAT = 500
LEAD_BEFORE, LEAD_BETWEEN = 100, 250  # kept text before a lead (a title), and between it and its text
EDGE = 60  # a line before or behind a copy that is the first or last text of a page
SUBSTITUTION_SPACING = 500  # a copy that was edited differs here and there, but not more often

Floor = tuple[float, float, float]
"""Of a copy: its share of what stays, the part of it that repeats, its size. It has to reach all three of one row."""

PROSE_FLOORS: tuple[Floor, ...] = (
    (0.60, 0.80, LEAST_REPEAT),
    (0.50, 0.75, SHORT_REPEAT),
    (0.25, 0.90, SHORT_REPEAT),
    (0.15, 0.95, LONG_REPEAT),
)
LINE_FLOORS: tuple[Floor, ...] = ((0.95, 0.95, LEAST_REPEAT), (0.60, 0.90, SHORT_REPEAT), (0.30, 0.95, 2 * LONG_REPEAT))
EDGE_FLOORS: tuple[Floor, ...] = (
    (0.30, 0.95, SHORT_REPEAT),
    (0.80, 0.95, 2 * LEAST_REPEAT),
)  # the first or last text of a page
PROSE_EDGE_FLOORS: tuple[Floor, ...] = (
    (0.25, 0.60, SHORT_REPEAT),
    (0.05, 0.95, SHORT_REPEAT),
    (0.00, 0.95, 2 * SHORT_REPEAT),
)
TOP_EDGE_FLOORS: tuple[Floor, ...] = ((0.35, 0.95, 2 * LEAST_REPEAT),)  # of a body that begins at the top
BREAK_FLOOR: Floor = (0.30, 0.80, LEAST_REPEAT)  # a run that breaks off within a paragraph
SERIES_FLOORS: tuple[Floor, ...] = ((0.50, 0.95, LEAST_REPEAT),)  # three copies or more
LESS_COVERED = 0.35  # the part that repeats of the run of which less does
NEAR = 2_000  # between a copy and a piece of it in a chain of its own

ROLES = frozenset({"title", "byline", "dateline", "credit"})
"""Labels of text that belongs to an article without being kept: in a dropped copy they become `duplicate`."""

SENTENCE_END = lazy_pattern(r"[.!?。！？…؟।][\"'”’»」』)\]）]?$")
_WITHIN = lazy_pattern(r"[a-zà-ÿα-ωа-я,.;:)\]，。；：）」』、]")
_QUOTE_CUE = lazy_pattern(
    r"(?:\b(?:wrote|said|says|schrieb|a écrit|escribió|escreveu|ha scritto|napisał\w?|написал\w?|έγραψε)\W{0,6}$)"
    r"|(?:写道|寫道|说道)\W{0,6}$"
    r"|\b(?:originally posted by|quote|zitat|cita|citation|цитата)\b[^\n]{0,30}$"
    r"|(?:发表于|發表於|引用|回复|回覆)[^\n]{0,30}$",
    re.IGNORECASE,
)
_QUOTE_END = lazy_pattern(r"click to expand|点击展开", re.IGNORECASE)


@record(frozen=True, slots=True)
class Page:
    """The document as this stage sees it.

    `kept` and `gone` have a byte for each position of the stream: 1 where it is body so far, 1 where this stage dropped
    it. `verdicts` has for each block of the stream the last verdict on the whole of it. `size` is the number of kept
    letters; up to `top` there is at most a title (`LEAD_BEFORE`).
    """

    stream: Stream
    kept: bytes
    gone: bytes
    verdicts: tuple[Verdict | None, ...]
    size: int
    top: int

    def count(self, start: int, end: int) -> int:
        """How many letters of [start, end) are kept."""
        return self.kept.count(1, start, end) if start < end else 0

    def weigh(self, start: int, end: int) -> float:
        """The same as a length in letters."""
        return self.count(start, end) * self.stream.weight

    def label(self, i: int) -> str:
        verdict = self.verdicts[i]
        return "body" if verdict is None else verdict.label

    def keeps(self, i: int) -> bool:
        return self.kept.find(1, *self.stream.range_of(i)) >= 0

    def belongs(self, i: int) -> bool:
        """Whether a block is part of the article: kept, or its title, byline, credit."""
        return self.keeps(i) or self.label(i) in ROLES


def page_of(stream: Stream, kept: bytes, gone: bytes, verdicts: Iterable[Verdict | None]) -> Page:
    """The page with its figures."""
    position, left = -1, int(LEAD_BEFORE / stream.weight)
    while left >= 0:
        position = kept.find(1, position + 1)
        left = left - 1 if position >= 0 else -1
    return Page(stream, kept, gone, tuple(verdicts), kept.count(1), position if position >= 0 else len(kept))


@record(frozen=True, slots=True)
class Side:
    """One of the two runs of a chain: its range, its matched parts, and how many letters of it are kept.

    `kept` counts those within the matches, `extra` the others.
    """

    start: int
    end: int
    matched: Ranges
    kept: int
    extra: int


@record(frozen=True, slots=True)
class Pair:
    """Two runs that repeat each other. `both` letters are kept on both sides, `either` on one at least."""

    chain: Chain
    first: Side
    second: Side
    both: int
    either: int

    def coverage(self, side: Side) -> float:
        """The share of a run's text that the other one repeats."""
        return self.either / max(1, self.either + side.extra)


@record(frozen=True, slots=True)
class Copy:
    """A run that is dropped, and the one that stays in its place."""

    dropped: Side
    stays: Side
    links: tuple[tuple[int, int, int], ...]  # of each match: start in the dropped run, start in the other, length
    first_goes: bool  # whether the dropped run is the one that stands before the other

    def counterpart(self, position: int) -> int:
        """Where the other run has what stands at `position`, or next before it."""
        near = self.links[0]
        for link in self.links:
            if link[0] > position:
                break
            near = link
        return near[1] + max(0, min(position - near[0], near[2] - 1))


def pair_of(page: Page, chain: Chain) -> Pair:
    """The evidence that a chain gives."""
    counts = [(page.count(m.first, m.first_end), page.count(m.second, m.second_end)) for m in chain]
    first = _side(page, [(m.first, m.first_end) for m in chain], sum(a for a, _ in counts))
    second = _side(page, [(m.second, m.second_end) for m in chain], sum(b for _, b in counts))
    return Pair(chain, first, second, sum(map(min, counts)), sum(map(max, counts)))


def _side(page: Page, matched: list[tuple[int, int]], kept: int) -> Side:
    start, end = matched[0][0], matched[-1][1]
    return Side(start, end, Ranges(matched), kept, page.count(start, end) - kept)


def copy_in(page: Page, pair: Pair, others: list[Chain], known: Sequence[Copy] = ()) -> Copy | None:
    """Which of the two runs is a copy to be dropped, if any.

    `others` are all chains of the document, `known` the copies found so far.
    """
    for copy in known:
        if _continues(page, pair, copy):
            return _copy(pair, copy.first_goes)
    first_goes = _second_stays(page, pair)
    if not _is_copy(page, pair, first_goes, others):
        if not _is_lead(page, pair, others):
            return None
        first_goes = True
    added = not first_goes and _at_edge(page.stream, pair.second)
    return None if _is_quotation(page, pair, added) else _copy(pair, first_goes)


def _copy(pair: Pair, first_goes: bool) -> Copy:
    if first_goes:
        return Copy(pair.first, pair.second, tuple((m.first, m.second, m.length) for m in pair.chain), True)
    return Copy(pair.second, pair.first, tuple((m.second, m.first, m.length) for m in pair.chain), False)


def _continues(page: Page, pair: Pair, copy: Copy) -> bool:
    """Whether the runs lie near those of a copy, on the same side of both: a piece that the chain did not reach."""
    dropped, stays = (pair.first, pair.second) if copy.first_goes else (pair.second, pair.first)
    size = pair.either * page.stream.weight
    if size < LEAST_REPEAT or pair.coverage(dropped) < 0.8:
        return False
    before = copy.dropped.start - dropped.end, copy.stays.start - stays.end
    after = dropped.start - copy.dropped.end, stays.start - copy.stays.end
    near = NEAR / page.stream.weight
    return any(0 <= gap[0] <= near and 0 <= gap[1] <= 2 * near for gap in (before, after))


def _is_copy(page: Page, pair: Pair, first_goes: bool, others: list[Chain]) -> bool:
    """Whether one run is a second copy of the body: of which run most repeats makes no difference."""
    dropped, stays = (pair.first, pair.second) if first_goes else (pair.second, pair.first)
    size = pair.either * page.stream.weight
    less, coverage = sorted((pair.coverage(dropped), pair.coverage(stays)))
    if coverage < 0.6 or size < LEAST_REPEAT or less < LESS_COVERED:
        return False
    copies = _copies(pair.chain, others)
    spacing = SUBSTITUTION_SPACING if size < 4 * LONG_REPEAT else SUBSTITUTION_SPACING / 4
    if _substitutions(page, pair.chain) > (0 if copies > 2 else size / spacing):
        return False  # terms for several countries, rows of a listing: the same but for a word or a sum
    share = pair.either / max(1, page.size - (copies - 1) * pair.both)
    floors = SERIES_FLOORS if copies > 2 else _floors(page, dropped, stays)
    return any(share >= f[0] and coverage >= f[1] and size >= f[2] for f in floors)


def _floors(page: Page, dropped: Side, stays: Side) -> tuple[Floor, ...]:
    """What the evidence for a copy has to reach."""
    prose = _is_prose(page.stream, dropped)
    floors = PROSE_FLOORS if prose else LINE_FLOORS
    if _at_edge(page.stream, dropped) or _at_edge(page.stream, stays):
        floors += EDGE_FLOORS
        top = min(dropped.start, stays.start) <= page.top
        if prose or top:
            floors += PROSE_EDGE_FLOORS
        if prose and top:
            floors += TOP_EDGE_FLOORS
    if prose and _breaks_off(page.stream, dropped, stays):
        floors += (BREAK_FLOOR,)
    return floors


def _at_edge(stream: Stream, side: Side) -> bool:
    """Whether a run is the first or the last text of the page: what a crawler extracted and added."""
    margin = EDGE / stream.weight
    return side.start <= margin or side.end >= len(stream.text) - margin


def _copies(chain: Chain, others: list[Chain]) -> int:
    """How many copies of the same text there are: two, and those of other chains over at least half of either run."""
    length = sum(m.length for m in chain)
    most = 0
    for ranges in ([(m.first, m.first_end) for m in chain], [(m.second, m.second_end) for m in chain]):
        run = Ranges(ranges)
        most = max(most, sum(_overlap(run, other) * 2 >= length for other in others if other[0] != chain[0]))
    return 2 + most


def _overlap(run: Ranges, chain: Chain) -> int:
    """How many positions of a run belong to the first or to the second run of a chain, whichever is more."""
    start, end = run.ranges[0][0], run.ranges[-1][1]
    first = second = 0
    if chain[0].first < end and chain[-1].first_end > start:
        first = sum(run.count(m.first, m.first_end) for m in chain)
    if chain[0].second < end and chain[-1].second_end > start:
        second = sum(run.count(m.second, m.second_end) for m in chain)
    return max(first, second)


def _substitutions(page: Page, chain: Chain) -> int:
    """Places between matches where each run has kept text that the other one lacks."""
    gaps = [(a.first_end, b.first, a.second_end, b.second) for a, b in pairwise(chain)]
    return sum(page.count(a, b) > 0 and page.count(c, d) > 0 for a, b, c, d in gaps)


def _is_lead(page: Page, pair: Pair, others: list[Chain]) -> bool:
    """Whether the first run is a standfirst or teaser: whole blocks at the top, whose text begins right below."""
    stream, first, second = page.stream, pair.first, pair.second
    blocks = stream.around(first.start, first.end)
    start, end = stream.starts[blocks[0]], stream.starts[blocks[-1] + 1]
    return (
        start <= page.top
        and end <= second.start
        and pair.both * stream.weight >= LEAST_REPEAT
        and pair.both >= 0.85 * page.count(start, end)
        and page.weigh(end, second.start) <= LEAD_BETWEEN
        and pair.coverage(second) >= 0.8
        and _is_prose(stream, first)
        and _copies(pair.chain, others) == 2
    )


def _is_prose(stream: Stream, side: Side) -> bool:
    """Whether most of a run's letters stand in sentences or long lines, not in rows, verses or menu entries."""
    sizes = [(i, side.matched.count(*stream.range_of(i))) for i in stream.around(side.start, side.end)]
    return 2 * sum(size for i, size in sizes if is_prose_block(stream, i)) >= sum(size for _, size in sizes)


def is_prose_block(stream: Stream, i: int) -> bool:
    """Whether a block is a sentence or a long line."""
    block = stream.blocks[i]
    if block.kind in ("table", "code"):
        return False
    start, end = stream.range_of(i)
    lines = block.text.count("\n") + 1
    return (end - start) * stream.weight >= LEAST_REPEAT * lines or SENTENCE_END.search(block.text[-3:]) is not None


def _breaks_off(stream: Stream, dropped: Side, stays: Side) -> bool:
    """Whether the dropped run ends where its block ends, but in the middle of a block of the other one."""
    ends = dropped.end == stream.starts[stream.at(dropped.end - 1) + 1]
    return ends and stays.end < stream.starts[stream.at(stays.end - 1) + 1]


def _is_quotation(page: Page, pair: Pair, added: bool) -> bool:
    """Whether one run quotes the other: it stands in a quote, or a line before it says that someone wrote it.

    Such a line proves nothing where the second run was added at the end of the page, or where little else is there.
    """
    stream = page.stream
    quoted = [_is_quoted(stream, side) for side in (pair.first, pair.second)]
    if quoted[0] != quoted[1]:
        return True
    much = added or pair.either >= 0.8 * (page.size - pair.both)
    return not much and (quoted[0] or _has_quote_cue(stream, pair.second))


def _is_quoted(stream: Stream, side: Side) -> bool:
    blocks = [stream.blocks[i] for i in stream.around(side.start, side.end)]
    return 2 * sum(map(_in_quote, blocks)) > len(blocks)


def _in_quote(block: Block) -> bool:
    return any(c.kind == "quote" for c in block.containers) or block.text.startswith(">") or ">" in block.marker[:2]


def _has_quote_cue(stream: Stream, side: Side) -> bool:
    first, last = stream.at(side.start), stream.at(side.end - 1)
    if any(_is_quote_cue(b.text) for b in stream.blocks[max(0, first - 2) : first]):
        return True
    return any(_QUOTE_END.match(b.text[:20]) for b in stream.blocks[last : last + 2])


def _is_quote_cue(text: str) -> bool:
    return len(text) < 80 and _QUOTE_CUE.search(text) is not None and SENTENCE_END.search(text[-3:]) is None


def _second_stays(page: Page, pair: Pair) -> bool:
    """Whether the second run is the better copy: longer, in whole and more paragraphs, or after title and dateline.

    Where nothing tells them apart, the one that stands within the page is its own, and the one at its edge was added.
    """
    first, second, stream = pair.first, pair.second, page.stream
    if min(first.kept, second.kept) < 0.7 * max(first.kept, second.kept):
        return second.kept > first.kept
    own = [first.extra + _beyond(page, first, second), second.extra + _beyond(page, second, first)]
    if abs(own[0] - own[1]) > max(20 / stream.weight, 0.03 * pair.either):
        return own[1] > own[0]
    torn = [_is_torn(stream, side) for side in (first, second)]
    if torn[0] != torn[1]:
        return torn[0]
    blocks = [len(stream.around(s.start, s.end)) for s in (first, second)]
    if max(blocks) >= 3 and max(blocks) >= 2 * min(blocks):
        return blocks[1] > blocks[0]
    metadata = [_metadata_before(page, s.start) for s in (first, second)]
    if metadata[0] != metadata[1]:
        return metadata[1] > metadata[0]
    return _at_edge(page.stream, first) and not _at_edge(page.stream, second)


def _beyond(page: Page, side: Side, other: Side) -> int:
    """Kept letters of the prose that goes on behind a run, where the other copy may have broken off.

    A single line between paragraphs (a heading) does not end it, and what is longer than the run proves no more.
    """
    stream = page.stream
    last = stream.at(side.end - 1)
    total, lines = page.count(side.end, stream.starts[last + 1]), 0
    for i in range(last + 1, len(stream.blocks)):
        start, end = stream.range_of(i)
        if lines > 1 or total > side.end - side.start + LONG_REPEAT or not page.keeps(i) or start <= other.start < end:
            break
        prose = is_prose_block(stream, i)
        total += page.count(start, end) if prose else 0
        lines = 0 if prose else lines + 1
    return total


def _is_torn(stream: Stream, side: Side) -> bool:
    """Whether many blocks of a run begin within a sentence, as where every link stands on a line of its own."""
    blocks = stream.around(side.start, side.end)
    return 5 * sum(_WITHIN.match(stream.blocks[i].text) is not None for i in blocks) > len(blocks)


def _metadata_before(page: Page, start: int) -> int:
    first = page.stream.at(start)
    return sum(page.label(i) in ("title", "byline", "dateline") for i in range(max(0, first - 8), first))
