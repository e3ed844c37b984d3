"""Repeated bodies: a page that holds its article twice gives it once.

A page holds its body again as a print or mobile version, as a teaser before the full text, as the copy of a script
beside the static one, or because a crawler appended what it extracted. What repeats is found in the letters alone
(`repeats_stream`, `repeats_match`), so copies may differ in white space, line breaks, quotes and punctuation, may lack
or add a line, break off half-way, or stand on one line; which repeats are copies of a body is decided in
`repeats_copies`; this module says it in verdicts.

All text is compared, kept or not: a copy that other stages dropped in part is still known as one, and where they
dropped a paragraph in the copy that stays but not in the other, it is kept after all (`repeat.restored`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from artextract.lazy import lazy_pattern
from artextract.model import Block, Document, Verdict
from artextract.settings import Settings
from artextract.stages.repeats_copies import (
    LEAD_BEFORE,
    LEAST_REPEAT,
    ROLES,
    SENTENCE_END,
    SHORT_REPEAT,
    Copy,
    Page,
    copy_in,
    page_of,
    pair_of,
)
from artextract.stages.repeats_match import Chain, Match, chains
from artextract.stages.repeats_stream import Range, Ranges, Stream, letters, offsets, repeated_size, stream_of

MOST_CHAINS = 200  # the longest are looked at
MOST_GAP, MOST_LINES = 5_000, 100  # characters and lines of a gap in which short lines are looked up

# In letters; a wide character counts as 2.5 of them (`Stream.weight`).
GLUED = 60  # a credit or a caption that clings to a copy
SCRAP = 15  # too little for a span of its own

SLACK = 12  # characters by which a match may run into a sentence that is not in the other copy
FRAME = 8  # lines before and behind a copy that may be part of it, and twice as many around the one that stays

_BREAK = lazy_pattern(r"[.!?。！？…؟।][\"'”’»」』)\]）]?\s{0,3}|\n")


def judge(document: Document, settings: Settings) -> Iterable[Verdict]:
    """Verdicts `duplicate` on runs that repeat another run of the same document.

    `copy_of` is the block that holds what the judged one repeats. Rules: `repeat.exact` (the same letters),
    `repeat.near` (but for a few), `repeat.partial` (a span of a block), `repeat.frame` (title and closing lines around
    a copy), `repeat.restored` (body: another stage dropped it in the copy that stays).
    """
    labels = frozenset(("body", *settings.keep))
    if not _is_worth_a_look(document, labels):
        return ()
    return [v for v in _repeats(document, labels) if v.rule not in settings.disable]


def _is_worth_a_look(document: Document, labels: frozenset[str]) -> bool:
    """Whether what is kept repeats, and enough of it, or at the top, or much is dropped that could be its copy."""
    kept, dropped = [], 0
    for block, verdict in zip(document.blocks, document.latest(), strict=True):
        if verdict is None or verdict.label in labels:
            if _takes_part(block, verdict):
                kept.append(block.text)
        elif len(block.text) >= LEAST_REPEAT:
            dropped += len(block.text)
    text = "\n".join(kept)
    size, before = repeated_size(text)
    return size > 0 and (
        size >= SHORT_REPEAT or size >= 0.2 * len(text) or before <= 2 * LEAD_BEFORE or dropped >= 0.4 * len(text)
    )


def _takes_part(block: Block, verdict: Verdict | None) -> bool:
    """Whether a block is compared: all text of the page, and embedded text that stands in for a missing body."""
    if block.origin == "embedded":
        return verdict is not None and verdict.certain and verdict.label == "body"
    return verdict is None or verdict.label != "unused"


def _repeats(document: Document, labels: frozenset[str]) -> list[Verdict]:
    page = _page_of(document, labels)
    stream = page.stream
    found = [_outside_tables(stream, c) for c in chains(stream.text, stream.anchors, page.kept)]
    candidates = [c for c in found if sum(m.length for m in c) * stream.weight >= LEAST_REPEAT][:MOST_CHAINS]
    verdicts: list[Verdict] = []
    copies: list[Copy] = []
    for candidate in candidates:
        chain = _left_of(page.gone, candidate)
        if not _may_drop(page, chain):
            continue
        copy = copy_in(page, pair_of(page, _filled(stream, chain)), candidates, copies)
        if copy is not None:
            copies.append(copy)
            new = [*_on_run(page, copy), *_on_frame(page, copy), *_restored(page, copy)]
            verdicts += new
            page = _after(page, new)
    return verdicts


def _page_of(document: Document, labels: frozenset[str]) -> Page:
    latest, blocks = document.latest(), document.blocks
    places = [i for i, v in enumerate(latest) if _takes_part(blocks[i], v)]
    stream = stream_of([blocks[i] for i in places])
    kept = bytearray(len(stream.text))
    rulings = document.rulings() if any(v.span is not None for v in document.verdicts) else None
    for n, i in enumerate(places):
        if rulings is None or len(rulings[i]) == 1:
            verdict = latest[i] if rulings is None else rulings[i][0].verdict
            spans = [stream.range_of(n)] if verdict is None or verdict.label in labels else []
        else:
            spans = [stream.positions(n, (r.start, r.end)) for r in rulings[i] if r.label in labels]
        for start, end in spans:
            kept[start:end] = b"\1" * (end - start)
    return page_of(stream, bytes(kept), bytes(len(kept)), [latest[i] for i in places])


def _outside_tables(stream: Stream, chain: Chain) -> Chain:
    """The chain without matches of rows or lines of one and the same table or listing of code."""

    def inside(first: int, second: int) -> bool:
        i = stream.at(first)
        return stream.blocks[i].kind in ("table", "code") and i == stream.at(second)

    return tuple(m for m in chain if not inside(m.first, m.second))


def _left_of(gone: bytes, chain: Chain) -> Chain:
    """The parts of the matches that are dropped on neither side: of what is gone nothing else can be the copy."""
    if gone.find(1, chain[0].first, chain[-1].second_end) < 0:
        return chain
    return tuple(part for m in chain for part in _left_of_match(gone, m))


def _left_of_match(gone: bytes, match: Match) -> Iterator[Match]:
    distance, length = match.second - match.first, match.length
    first, second = gone[match.first : match.first_end], gone[match.second : match.second_end]
    both = (int.from_bytes(first) | int.from_bytes(second)).to_bytes(length)
    start = both.find(0)
    while start >= 0:
        end = both.find(1, start)
        end = length if end < 0 else end
        yield Match(match.first + start, match.first + start + distance, end - start)
        start = both.find(0, end)


def _may_drop(page: Page, chain: Chain) -> bool:
    """Whether both sides of a chain are kept somewhere: else there is nothing to drop."""
    weight = page.stream.weight
    return (
        sum(min(page.count(m.first, m.first_end), page.count(m.second, m.second_end)) for m in chain) * weight >= SCRAP
    )


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


def _after(page: Page, verdicts: list[Verdict]) -> Page:
    """The page as it stands after `verdicts`."""
    stream = page.stream
    number = {b.index: i for i, b in enumerate(stream.blocks)}
    latest, kept, gone = list(page.verdicts), bytearray(page.kept), bytearray(page.gone)
    for verdict in verdicts:
        i = number[verdict.block]
        if verdict.span is None:
            latest[i] = verdict
        start, end = stream.range_of(i) if verdict.span is None else stream.positions(i, verdict.span)
        drop = verdict.label == "duplicate"
        kept[start:end] = (b"\0" if drop else b"\1") * (end - start)
        gone[start:end] = (b"\1" if drop else b"\0") * (end - start)
    return page_of(stream, bytes(kept), bytes(gone), latest)


def _on_run(page: Page, copy: Copy) -> Iterator[Verdict]:
    """The verdicts on the blocks of the dropped run."""
    for i in page.stream.around(copy.dropped.start, copy.dropped.end):
        start, end = page.stream.range_of(i)
        if start < end and page.belongs(i):
            other = page.stream.at(copy.counterpart(max(start, copy.dropped.start)))
            yield from _on_block(page.stream, copy.dropped.matched, i, page.stream.blocks[other].index)


def _on_block(stream: Stream, matched: Ranges, i: int, other: int) -> Iterator[Verdict]:
    block = stream.blocks[i]
    start, end = stream.range_of(i)
    count = matched.count(start, end)
    if count == end - start:
        yield Verdict(block.index, "duplicate", "repeat.exact", copy_of=other)
        return
    own = list(_own_parts(stream, matched, i))
    if not own:
        score = 0.5 + 0.5 * count / (end - start)
        yield Verdict(block.index, "duplicate", "repeat.near", score, copy_of=other)
    else:
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
    place = offsets(text)
    for first, last in matched.gaps(start, end):
        begin, finish = place[first - start], place[last - start - 1] + 1
        left = 0 if first == start else _sentence_start(text, begin)
        right = len(text) if last == end else _sentence_end(text, finish)
        size = (last - first) * stream.weight
        whole = left is not None and right is not None and _is_sentence(text[:right])
        if size > GLUED or (size >= SCRAP and whole):
            yield begin if left is None else left, finish if right is None else right


def _is_sentence(text: str) -> bool:
    return SENTENCE_END.search(text[-6:].rstrip()) is not None


def _sentence_start(text: str, offset: int) -> int | None:
    """Where the sentence at `offset` begins, if that is at most `SLACK` characters before it."""
    breaks = [m.end() for m in _BREAK.finditer(text, max(0, offset - SLACK), offset)]
    return breaks[-1] if breaks else 0 if offset <= SLACK else None


def _sentence_end(text: str, offset: int) -> int | None:
    """Where the sentence before `offset` ends, if that is at most `SLACK` characters behind it."""
    found = _BREAK.search(text, max(0, offset - 1), offset + SLACK)
    return found.end() if found else len(text) if len(text) - offset <= SLACK else None


def _between(parts: list[Range], length: int) -> Iterator[Range]:
    """What is left of [0, length) without `parts`, which are in order."""
    position = 0
    for start, end in [*parts, (length, length)]:
        if position < start:
            yield position, start
        position = max(position, end)


def _on_frame(page: Page, copy: Copy) -> Iterator[Verdict]:
    """Lines next to the dropped run that stand next to the other one as well: the title, closing credits."""
    gone = page.stream.around(copy.dropped.start, copy.dropped.end)
    stay = page.stream.around(copy.stays.start, copy.stays.end)
    before = _by_letters(page, range(stay[0] - 1, stay[0] - 1 - 2 * FRAME, -1), gone)
    after = _by_letters(page, range(stay[-1] + 1, stay[-1] + 1 + 2 * FRAME), gone)
    yield from _equal_lines(page, range(gone[0] - 1, gone[0] - 1 - FRAME, -1), before)
    yield from _equal_lines(page, range(gone[-1] + 1, gone[-1] + 1 + FRAME), after)


def _by_letters(page: Page, numbers: range, gone: range) -> dict[str, int]:
    """The blocks of `numbers` that are part of the article and not about to be dropped, by their letters."""
    found: dict[str, int] = {}
    for i in numbers:
        near = gone[0] - FRAME <= i <= gone[-1] + FRAME
        if 0 <= i < len(page.stream.blocks) and not near and page.belongs(i):
            found.setdefault(page.stream.text[slice(*page.stream.range_of(i))], i)
    return found


def _equal_lines(page: Page, numbers: range, lines: dict[str, int]) -> Iterator[Verdict]:
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


def _restored(page: Page, copy: Copy) -> Iterator[Verdict]:
    """Blocks of the run that stays which other stages dropped although they kept the same text in the other run."""
    for i in page.stream.around(copy.stays.start, copy.stays.end):
        start, end = page.stream.range_of(i)
        verdict = page.verdicts[i]
        if verdict is None or verdict.certain or verdict.label in ROLES or page.keeps(i):
            continue
        size = end - start
        if size * page.stream.weight >= SCRAP and _kept_in_copy(page, copy, start, end) >= 0.9 * size:
            yield Verdict(page.stream.blocks[i].index, "body", "repeat.restored")


def _kept_in_copy(page: Page, copy: Copy, start: int, end: int) -> int:
    """How many letters of [start, end), in the run that stays, are kept in the dropped one."""
    total = 0
    for dropped, stays, length in copy.links:
        low, high = max(start, stays), min(end, stays + length)
        total += page.count(dropped + low - stays, dropped + high - stays)
    return total
