"""Repeated bodies: a page that holds its article twice gives it once.

A page holds its body again as a print or mobile version, as a teaser before the full text, as the copy of a script
beside the static one, or because a crawler appended what it extracted. What repeats is found in the letters alone
(`repeats_stream`, `repeats_match`), so copies may differ in white space, line breaks, quotes and punctuation, may lack
or add a line, break off half-way, or stand on one line. Few repeats are copies of a body, though: menus, refrains,
quotations, cards and terms of use repeat too. So a chain of matches counts only if it covers most of the copy in order
*and* is much of what the page keeps (`_is_copy`); the one exception is a lead that stands right before its text.

All text is compared, kept or not: a copy that other stages dropped in part is still known as one, and where they
dropped a paragraph in the copy that stays but not in the other, it is kept after all (`repeat.restored`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from artextract.model import Block, Document, Verdict
from artextract.settings import Settings
from artextract.stages.repeats_match import Chain, Match, chains
from artextract.stages.repeats_stream import Range, Ranges, Stream, letters, may_repeat, offsets, stream_of

MOST_CHAINS = 200  # the longest are looked at

# Lengths below are in letters; a wide character counts as 2.5 of them (`Stream.weight`).
LEAST_REPEAT = 60  # a sentence
SHORT_REPEAT = 300  # a short paragraph: could be a stanza or a card
LONG_REPEAT = 500
LEAD_BEFORE, LEAD_BETWEEN = 100, 250  # kept text before a lead (a title), and between it and its text
GLUED = 60  # a credit or a caption that clings to a copy
SUBSTITUTION_SPACING = 500  # a copy that was edited differs here and there, but not more often
SCRAP = 15  # too little for a span of its own
SLACK = 12  # characters by which a match may run into a sentence that is not in the other copy
MOST_GAP, MOST_LINES = 5_000, 100  # characters and lines of a gap in which short lines are looked up

Floor = tuple[float, float, float]
"""Of a copy: its share of what stays, the part of it that repeats, its size. It has to reach all three of one row."""

PROSE_FLOORS: tuple[Floor, ...] = (
    (0.60, 0.80, LEAST_REPEAT),
    (0.50, 0.75, SHORT_REPEAT),
    (0.25, 0.90, SHORT_REPEAT),
    (0.15, 0.95, LONG_REPEAT),
)
LINE_FLOORS: tuple[Floor, ...] = ((0.95, 0.95, LEAST_REPEAT), (0.60, 0.90, SHORT_REPEAT), (0.30, 0.95, 2 * LONG_REPEAT))
EDGE_FLOORS: tuple[Floor, ...] = ((0.30, 0.95, SHORT_REPEAT),)  # the first or last text of a page
PROSE_EDGE_FLOORS: tuple[Floor, ...] = (
    (0.25, 0.60, SHORT_REPEAT),
    (0.05, 0.95, SHORT_REPEAT),
    (0.00, 0.95, 2 * SHORT_REPEAT),
)
TOP_EDGE_FLOORS: tuple[Floor, ...] = ((0.35, 0.95, 2 * LEAST_REPEAT),)  # of a body that begins at the top
BREAK_FLOOR: Floor = (0.30, 0.80, LEAST_REPEAT)  # a run that breaks off within a paragraph
SERIES_FLOORS: tuple[Floor, ...] = ((0.50, 0.95, LEAST_REPEAT),)  # three copies or more

ROLES = frozenset({"title", "byline", "dateline", "credit"})
"""Labels of text that belongs to an article without being kept: in a dropped copy they become `duplicate`."""

_SENTENCE_END = re.compile(r"[.!?。！？…؟।][\"'”’»」』)\]）]?$")
_QUOTE_CUE = re.compile(
    r"(?:\b(?:wrote|said|says|schrieb|a écrit|escribió|escreveu|ha scritto|napisał\w?|написал\w?|έγραψε)\W{0,6}$)"
    r"|(?:写道|寫道|说道)\W{0,6}$"
    r"|\b(?:originally posted by|quote|zitat|cita|citation|цитата)\b[^\n]{0,30}$"
    r"|(?:发表于|發表於|引用|回复|回覆)[^\n]{0,30}$",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"[a-zà-ÿα-ωа-я,.;:)\]，。；：）」』、]")
_QUOTE_END = re.compile(r"^(?:click to expand|点击展开)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Page:
    """The document as this stage sees it. `kept` are the positions of the stream that are body so far."""

    stream: Stream
    kept: Ranges
    verdicts: tuple[Verdict | None, ...]  # for each block of the stream the last one on the whole of it
    gone: Ranges  # what this stage has dropped so far

    def label(self, i: int) -> str:
        verdict = self.verdicts[i]
        return "body" if verdict is None else verdict.label

    def keeps(self, i: int) -> bool:
        return self.kept.count(*self.stream.range_of(i)) > 0

    def belongs(self, i: int) -> bool:
        """Whether a block is part of the article: kept, or its title, byline, credit."""
        return self.keeps(i) or self.label(i) in ROLES


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two runs of a chain: its range, the matched parts, and kept letters in it that match nothing."""

    start: int
    end: int
    matched: Ranges
    extra: int


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two runs that repeat each other. `both` letters are kept on both sides, `either` on one at least."""

    first: _Side
    second: _Side
    both: int
    either: int
    copies: int
    substitutions: int  # places where each run has kept text that the other one lacks

    def coverage(self, side: _Side) -> float:
        """The share of a run's text that the other one repeats."""
        return self.either / max(1, self.either + side.extra)


@dataclass(frozen=True, slots=True)
class _Copy:
    """A run that is dropped, and the one that stays in its place. `shift` pairs lead from one to the other."""

    dropped: _Side
    stays: _Side
    links: tuple[tuple[int, int, int], ...]  # start of a match in the dropped run, in the other, its length

    def counterpart(self, position: int) -> int:
        """Where the other run has what stands at `position`, or next before it."""
        near = self.links[0]
        for link in self.links:
            if link[0] > position:
                break
            near = link
        return near[1] + max(0, min(position - near[0], near[2] - 1))


def judge(document: Document, settings: Settings) -> Iterable[Verdict]:
    """Verdicts `duplicate` on runs that repeat another run of the same document.

    `copy_of` is the block that holds what the judged one repeats. Rules: `repeat.exact` (the same letters),
    `repeat.near` (but for a few), `repeat.partial` (a span of a block), `repeat.lead` (a standfirst that is the
    beginning of the text below it), `repeat.frame` (title and closing lines around a copy), `repeat.restored` (body:
    another stage dropped it in the copy that stays).
    """
    labels = frozenset(("body", *settings.keep))
    latest = document.latest()
    pairs = zip(document.blocks, latest, strict=True)
    texts = [b.text for b, v in pairs if (v is None and b.origin == "page") or (v is not None and v.label in labels)]
    return _repeats(document, labels) if may_repeat("\n".join(texts)) else ()


def _repeats(document: Document, labels: frozenset[str]) -> list[Verdict]:
    page = _page_of(document, labels)
    stream = page.stream
    candidates = [_outside_tables(stream, c) for c in chains(stream.text, stream.anchors)]
    candidates = [c for c in candidates if _length(c) * stream.weight >= LEAST_REPEAT][:MOST_CHAINS]
    found: list[Verdict] = []
    for chain in candidates:
        chain = tuple(_without(page.gone, _filled(stream, chain)))
        if not chain:
            continue
        pair = _pair(page, chain, candidates)
        if pair.both * stream.weight < SCRAP:
            continue
        copy = _copy_in(page, pair, chain)
        if copy is None:
            continue
        verdicts = list(_verdicts(page, copy))
        found += verdicts
        page = _after(page, verdicts)
    return found


def _page_of(document: Document, labels: frozenset[str]) -> _Page:
    latest = document.latest()
    places = [i for i, v in enumerate(latest) if _takes_part(document.blocks[i], v)]
    stream = stream_of([document.blocks[i] for i in places])
    rulings = document.rulings()
    kept: list[Range] = []
    for n, i in enumerate(places):
        start, end = stream.range_of(n)
        whole = len(rulings[i]) == 1
        for ruling in rulings[i]:
            if ruling.label in labels:
                text = document.blocks[i].text
                before = 0 if whole else len(letters(text[: ruling.start]))
                length = end - start if whole else len(letters(text[ruling.start : ruling.end]))
                kept.append((start + before, start + before + length))
    return _Page(stream, Ranges(kept), tuple(latest[i] for i in places), Ranges(()))


def _takes_part(block: Block, verdict: Verdict | None) -> bool:
    """Whether a block is compared: all text of the page, and embedded text that stands in for a missing body."""
    if block.origin == "embedded":
        return verdict is not None and verdict.label == "body"
    return verdict is None or verdict.label != "unused"


def _outside_tables(stream: Stream, chain: Chain) -> Chain:
    """The chain without matches of rows or lines of one and the same table or listing of code."""

    def inside(first: int, second: int) -> bool:
        i = stream.at(first)
        return stream.blocks[i].kind in ("table", "code") and i == stream.at(second)

    return tuple(m for m in chain if not inside(m.first, m.second))


def _length(chain: Chain) -> int:
    return sum(m.length for m in chain)


# --- what the evidence is


def _filled(stream: Stream, chain: Chain) -> Chain:
    """The chain with short lines that its two gaps between matches have in common, in order."""
    filled = list(chain[:1])
    for match in chain[1:]:
        before = filled[-1]
        gap = ((before.first_end, match.first), (before.second_end, match.second))
        if all(0 < end - start <= MOST_GAP for start, end in gap):
            filled += _common_lines(stream, *gap)
        filled.append(match)
    return tuple(filled)


def _without(gone: Ranges, chain: Chain) -> Iterator[Match]:
    """The parts of the matches that are dropped on neither side: of what is gone nothing else can be the copy."""
    for m in chain:
        for first, end in gone.gaps(m.first, m.first_end):
            distance = m.second - m.first
            for second, stop in gone.gaps(first + distance, end + distance):
                yield Match(second - distance, second, stop - second)


def _common_lines(stream: Stream, first: Range, second: Range) -> Iterator[Match]:
    """Lines of one gap that the other holds too, in order."""
    lines = _lines(stream, *first), _lines(stream, *second)
    swapped = len(lines[0]) < len(lines[1])  # look up the lines of the side that has more of them
    position, end = first if swapped else second
    for start, stop in lines[swapped][:MOST_LINES]:
        place = stream.text.find(stream.text[start:stop], position, end) if stop - start > 1 else -1
        if place >= 0:
            position = place + stop - start
            yield Match(place, start, stop - start) if swapped else Match(start, place, stop - start)


def _lines(stream: Stream, start: int, end: int) -> list[Range]:
    """[start, end) cut where blocks begin."""
    cuts = [max(start, stream.starts[i]) for i in stream.around(start, end)]
    return [(a, b) for a, b in pairwise([*cuts, end]) if a < b]


def _pair(page: _Page, chain: Chain, candidates: list[Chain]) -> _Pair:
    kept = page.kept
    both = either = 0
    for m in chain:
        a, b = kept.count(m.first, m.first_end), kept.count(m.second, m.second_end)
        both += min(a, b)
        either += max(a, b)
    first = _side(kept, [(m.first, m.first_end) for m in chain])
    second = _side(kept, [(m.second, m.second_end) for m in chain])
    return _Pair(first, second, both, either, 2 + _other_copies(chain, candidates), _substitutions(kept, chain))


def _substitutions(kept: Ranges, chain: Chain) -> int:
    return sum(
        kept.count(a.first_end, b.first) > 0 and kept.count(a.second_end, b.second) > 0 for a, b in pairwise(chain)
    )


def _side(kept: Ranges, matched: list[Range]) -> _Side:
    start, end = matched[0][0], matched[-1][1]
    extra = kept.count(start, end) - sum(kept.count(*m) for m in matched)
    return _Side(start, end, Ranges(matched), extra)


def _other_copies(chain: Chain, candidates: list[Chain]) -> int:
    """How many further copies of the same text there are: other chains over at least half of either run."""
    half = _length(chain) / 2
    first = Ranges((m.first, m.first_end) for m in chain)
    second = Ranges((m.second, m.second_end) for m in chain)
    counts = [0, 0]
    for other in candidates:
        if other[0] == chain[0] or _length(other) < half:
            continue
        for n, run in enumerate((first, second)):
            a = sum(run.count(m.first, m.first_end) for m in other)
            b = sum(run.count(m.second, m.second_end) for m in other)
            counts[n] += max(a, b) >= half
    return max(counts)


def _copy_in(page: _Page, pair: _Pair, chain: Chain) -> _Copy | None:
    """Which of the two runs is a copy to be dropped, if any."""
    if _is_quotation(page, pair):
        return None
    forwards = tuple((m.first, m.second, m.length) for m in chain)
    backwards = tuple((m.second, m.first, m.length) for m in chain)
    if _second_stays(page, pair):
        if _is_copy(page, pair, pair.first, pair.second):
            return _Copy(pair.first, pair.second, forwards)
    elif _is_copy(page, pair, pair.second, pair.first):
        return _Copy(pair.second, pair.first, backwards)
    return _Copy(pair.first, pair.second, forwards) if _is_lead(page, pair) else None


def _is_copy(page: _Page, pair: _Pair, dropped: _Side, stays: _Side) -> bool:
    """Whether `dropped` is a second copy of the body: most of it repeats, and it is much of what is kept.

    Its share compares the repeated text with all that stays. On pages whose body is there once, what repeats reaches a
    quarter of it rarely, and then mostly as quotations and cards, which cover little of a run in order.
    """
    size = pair.either * page.stream.weight
    share = pair.either / max(1, page.kept.size - (pair.copies - 1) * pair.both)
    coverage = pair.coverage(dropped)
    series = pair.copies > 2
    if pair.substitutions > (0 if series else size / SUBSTITUTION_SPACING) or pair.coverage(stays) < 0.35:
        return False  # terms for several countries, rows of a listing: the same but for a word or a sum
    floors = SERIES_FLOORS if series else _floors(page, dropped, stays)
    return any(share >= f[0] and coverage >= f[1] and size >= f[2] for f in floors)


def _floors(page: _Page, dropped: _Side, stays: _Side) -> tuple[Floor, ...]:
    """What the evidence for a copy has to reach."""
    prose = _is_prose(page, dropped)
    floors = PROSE_FLOORS if prose else LINE_FLOORS
    if _at_edge(page.stream, dropped) or _at_edge(page.stream, stays):
        floors += EDGE_FLOORS
        top = page.kept.count(0, min(dropped.start, stays.start)) * page.stream.weight <= LEAD_BEFORE
        if prose or top:
            floors += PROSE_EDGE_FLOORS
        if prose and top:
            floors += TOP_EDGE_FLOORS
    if prose and _breaks_off(page.stream, dropped, stays):
        floors += (BREAK_FLOOR,)
    return floors


def _at_edge(stream: Stream, side: _Side) -> bool:
    """Whether a run is the first or the last text of the page: what a crawler extracted and added."""
    margin = GLUED / stream.weight
    return side.start <= margin or side.end >= len(stream.text) - margin


def _is_lead(page: _Page, pair: _Pair) -> bool:
    """Whether the first run is a standfirst or teaser: whole blocks at the top, whose text begins right below."""
    kept, stream = page.kept, page.stream
    blocks = stream.around(pair.first.start, pair.first.end)
    start, end = stream.range_of(blocks[0])[0], stream.range_of(blocks[-1])[1]
    between = kept.count(end, pair.second.start) * stream.weight
    return (
        end <= pair.second.start
        and pair.copies == 2
        and pair.both * stream.weight >= LEAST_REPEAT
        and pair.both >= 0.85 * kept.count(start, end)
        and kept.count(0, start) * stream.weight <= LEAD_BEFORE
        and between <= LEAD_BETWEEN
        and pair.coverage(pair.second) >= 0.8
        and _is_prose(page, pair.first)
    )


def _is_prose(page: _Page, side: _Side) -> bool:
    """Whether most of a run's letters stand in sentences or long lines, not in rows, verses or menu entries."""
    stream = page.stream
    prose = total = 0
    for i in stream.around(side.start, side.end):
        size = side.matched.count(*stream.range_of(i))
        total += size
        if _is_prose_block(stream, i):
            prose += size
    return prose >= total / 2


def _is_prose_block(stream: Stream, i: int) -> bool:
    block = stream.blocks[i]
    if block.kind in ("table", "code"):
        return False
    start, end = stream.range_of(i)
    lines = block.text.count("\n") + 1
    return (end - start) * stream.weight >= LEAST_REPEAT * lines or _SENTENCE_END.search(block.text[-3:]) is not None


def _breaks_off(stream: Stream, dropped: _Side, stays: _Side) -> bool:
    """Whether the dropped run ends where its block ends, but in the middle of a block of the other one."""
    ends = dropped.end == stream.range_of(stream.at(dropped.end - 1))[1]
    return ends and stays.end < stream.range_of(stream.at(stays.end - 1))[1]


def _is_quotation(page: _Page, pair: _Pair) -> bool:
    """Whether one run quotes the other: it stands in a quote, or a line before it says that someone wrote it."""
    stream = page.stream
    quoted = [_is_quoted(stream, side) for side in (pair.first, pair.second)]
    if quoted[0] != quoted[1]:
        return True
    return pair.either < 0.8 * (page.kept.size - pair.both) and (quoted[0] or _has_quote_cue(stream, pair.second))


def _is_quoted(stream: Stream, side: _Side) -> bool:
    blocks = [stream.blocks[i] for i in stream.around(side.start, side.end)]
    return 2 * sum(map(_in_quote, blocks)) > len(blocks)


def _in_quote(block: Block) -> bool:
    return any(c.kind == "quote" for c in block.containers) or block.text.startswith(">") or ">" in block.marker[:2]


def _has_quote_cue(stream: Stream, side: _Side) -> bool:
    first, last = stream.at(side.start), stream.at(side.end - 1)
    if any(_is_quote_cue(b.text) for b in stream.blocks[max(0, first - 2) : first]):
        return True
    return any(_QUOTE_END.search(b.text[:20]) for b in stream.blocks[last : last + 2])


def _is_quote_cue(text: str) -> bool:
    return len(text) < 80 and _QUOTE_CUE.search(text) is not None and _SENTENCE_END.search(text[-3:]) is None


def _second_stays(page: _Page, pair: _Pair) -> bool:
    """Whether the second run is the better copy: longer, in whole and more paragraphs, or after title and dateline."""
    first, second = pair.first, pair.second
    kept = [sum(page.kept.count(*r) for r in side.matched.ranges) for side in (first, second)]
    if min(kept) < 0.7 * max(kept):
        return kept[1] > kept[0]
    own = [first.extra + _beyond(page, first, second), second.extra + _beyond(page, second, first)]
    if abs(own[0] - own[1]) > max(20 / page.stream.weight, 0.03 * pair.either):
        return own[1] > own[0]
    torn = [_is_torn(page.stream, side) for side in (first, second)]
    if torn[0] != torn[1]:
        return torn[0]
    blocks = [len(page.stream.around(s.start, s.end)) for s in (first, second)]
    if max(blocks) >= 3 and max(blocks) >= 2 * min(blocks):
        return blocks[1] > blocks[0]
    return _metadata_before(page, second.start) > _metadata_before(page, first.start)


def _is_torn(stream: Stream, side: _Side) -> bool:
    """Whether many blocks of a run begin within a sentence, as where every link stands on a line of its own."""
    blocks = stream.around(side.start, side.end)
    return 5 * sum(_WITHIN.match(stream.blocks[i].text) is not None for i in blocks) > len(blocks)


def _beyond(page: _Page, side: _Side, other: _Side) -> int:
    """Kept letters with which the text goes on behind a run: the other copy may have broken off there."""
    stream = page.stream
    last = stream.at(side.end - 1)
    limit = other.start if other.start >= side.end else len(stream.text)
    while last + 2 < len(stream.starts) and stream.starts[last + 2] <= limit and page.keeps(last + 1):
        last += 1
    return page.kept.count(side.end, min(limit, stream.starts[last + 1]))


def _metadata_before(page: _Page, start: int) -> int:
    first = page.stream.at(start)
    return sum(page.label(i) in ("title", "byline", "dateline") for i in range(max(0, first - 8), first))


# --- what is said of it


def _after(page: _Page, verdicts: list[Verdict]) -> _Page:
    """The page as it stands after `verdicts`."""
    stream = page.stream
    number = {b.index: i for i, b in enumerate(stream.blocks)}
    latest = list(page.verdicts)
    dropped: list[Range] = []
    restored: list[Range] = []
    for verdict in verdicts:
        i = number[verdict.block]
        start, end = stream.range_of(i)
        if verdict.span is None:
            latest[i] = verdict
        else:
            text = stream.blocks[i].text
            before = start + len(letters(text[: verdict.span[0]]))
            start, end = before, before + len(letters(text[verdict.span[0] : verdict.span[1]]))
        (restored if verdict.label == "body" else dropped).append((start, end))
    kept = Ranges([*page.kept.without(Ranges(dropped)).ranges, *restored])
    return replace(page, kept=kept, verdicts=tuple(latest), gone=Ranges([*page.gone.ranges, *dropped]))


def _verdicts(page: _Page, copy: _Copy) -> Iterator[Verdict]:
    stream = page.stream
    blocks = stream.around(copy.dropped.start, copy.dropped.end)
    for i in blocks:
        yield from _on_block(page, copy, i)
    yield from _on_frame(page, copy)
    yield from _restored(page, copy)


def _on_block(page: _Page, copy: _Copy, i: int) -> Iterator[Verdict]:
    """The verdicts on one block of the dropped run."""
    stream, block = page.stream, page.stream.blocks[i]
    start, end = stream.range_of(i)
    if start == end or not page.belongs(i):
        return
    matched = copy.dropped.matched.count(start, end)
    other = stream.blocks[stream.at(copy.counterpart(max(start, copy.dropped.start)))].index
    if matched == end - start:
        yield Verdict(block.index, "duplicate", "repeat.exact", copy_of=other)
        return
    own = list(_own_parts(stream, copy.dropped.matched, i))
    if not own:
        score = 0.5 + 0.5 * matched / (end - start)
        yield Verdict(block.index, "duplicate", "repeat.near", score, copy_of=other)
        return
    for span in _between(own, len(block.text)):
        if len(letters(block.text[slice(*span)])) * stream.weight >= SCRAP:
            yield Verdict(block.index, "duplicate", "repeat.partial", 1.0, span, copy_of=other)


def _own_parts(stream: Stream, matched: Ranges, i: int) -> Iterator[Range]:
    """The characters of a block in the dropped run that the other run lacks: what has to be kept.

    Short ends that cling to the copy (a credit, a caption) and words that were changed are not worth keeping; sentences
    and all that is longer are. Where a match begins or ends by chance within a sentence, the whole sentence is kept.
    """
    start, end = stream.range_of(i)
    text = stream.blocks[i].text
    place = [*offsets(text), len(text)]
    for first, last in matched.gaps(start, end):
        left = _sentence_start(text, place[first - start]) if first > start else 0
        right = _sentence_end(text, place[last - start - 1] + 1) if last < end else len(text)
        size = (last - first) * stream.weight
        if size > GLUED or (size >= SCRAP and left is not None and right is not None and _is_sentence(text[:right])):
            yield (
                place[first - start] if left is None else left,
                place[last - start - 1] + 1 if right is None else right,
            )


def _is_sentence(text: str) -> bool:
    return _SENTENCE_END.search(text.rstrip()[-3:]) is not None


def _sentence_start(text: str, offset: int) -> int | None:
    """Where the sentence at `offset` begins, if that is at most `SLACK` characters before it."""
    breaks = [m.end() for m in _BREAK.finditer(text, max(0, offset - SLACK), offset)]
    return breaks[-1] if breaks else 0 if offset <= SLACK else None


def _sentence_end(text: str, offset: int) -> int | None:
    """Where the sentence before `offset` ends, if that is at most `SLACK` characters behind it."""
    found = _BREAK.search(text, max(0, offset - 1), offset + SLACK)
    return found.end() if found else len(text) if len(text) - offset <= SLACK else None


_BREAK = re.compile(r"[.!?。！？…؟।][\"'”’»」』)\]）]?\s{0,3}|\n")


def _between(parts: list[Range], length: int) -> Iterator[Range]:
    """What is left of [0, length) without `parts`, which are in order."""
    position = 0
    for start, end in [*parts, (length, length)]:
        if position < start:
            yield position, start
        position = max(position, end)


def _on_frame(page: _Page, copy: _Copy) -> Iterator[Verdict]:
    """Lines next to the dropped run that stand next to the other one as well: the title, closing credits."""
    stream = page.stream
    gone = stream.around(copy.dropped.start, copy.dropped.end)
    stay = stream.around(copy.stays.start, copy.stays.end)
    before = _by_letters(page, range(stay[0] - 1, stay[0] - 17, -1), gone)
    after = _by_letters(page, range(stay[-1] + 1, stay[-1] + 17), gone)
    yield from _equal_lines(page, range(gone[0] - 1, gone[0] - 9, -1), before)
    yield from _equal_lines(page, range(gone[-1] + 1, gone[-1] + 9), after)


def _by_letters(page: _Page, numbers: range, gone: range) -> dict[str, int]:
    """The blocks of `numbers` that are part of the article and not about to be dropped, by their letters."""
    found: dict[str, int] = {}
    for i in numbers:
        if 0 <= i < len(page.stream.blocks) and page.belongs(i) and not gone[0] - 9 < i < gone[-1] + 9:
            start, end = page.stream.range_of(i)
            found.setdefault(page.stream.text[start:end], i)
    return found


def _equal_lines(page: _Page, numbers: range, lines: dict[str, int]) -> Iterator[Verdict]:
    """Verdicts on the blocks, in that order, that equal one of `lines`, up to the first kept one that does not."""
    stream = page.stream
    for i in numbers:
        if not 0 <= i < len(stream.blocks):
            return
        start, end = stream.range_of(i)
        same = lines.get(stream.text[start:end]) if end > start else None
        if same is not None and page.belongs(i):
            yield Verdict(stream.blocks[i].index, "duplicate", "repeat.frame", copy_of=stream.blocks[same].index)
        elif page.keeps(i):
            return


def _restored(page: _Page, copy: _Copy) -> Iterator[Verdict]:
    """Blocks of the run that stays which other stages dropped although they kept the same text in the other run."""
    stream, kept = page.stream, page.kept
    for i in stream.around(copy.stays.start, copy.stays.end):
        start, end = stream.range_of(i)
        verdict = page.verdicts[i]
        if verdict is None or verdict.certain or verdict.label in ROLES or page.keeps(i):
            continue
        if (end - start) * stream.weight >= SCRAP and _kept_in_copy(kept, copy, start, end) >= 0.9 * (end - start):
            yield Verdict(stream.blocks[i].index, "body", "repeat.restored")


def _kept_in_copy(kept: Ranges, copy: _Copy, start: int, end: int) -> int:
    """How many letters of [start, end), in the run that stays, are kept in the dropped one."""
    total = 0
    for dropped, stays, length in copy.links:
        low, high = max(start, stays), min(end, stays + length)
        if low < high:
            total += kept.count(dropped + low - stays, dropped + high - stays)
    return total
