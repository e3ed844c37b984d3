"""The kept blocks with their places, for `blocks` in the JSON; packed into chunks where a size is asked for."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from artextract.article import Article
from artextract.model import Block, Place
from artextract.places import Places
from artextract.sentences import sentences
from artextract.writers.kept import Kept, clean, join_ranges, kept_blocks


class Piece(NamedTuple):
    """Text of one kept block: the whole, or some of its sentences. `place` is exact or None."""

    block: Block
    text: str
    headings: tuple[str, ...]
    place: Place | None


def block_records(article: Article) -> list[dict[str, Any]]:
    """One object for each kept block that holds text, in the order of the input; or one for each chunk.

    `chars` are offsets in the decoded input, None where they are not known; where `exact`, the input between them, with
    tags taken out, references decoded and white space folded, holds `text`.
    """
    document, settings = article.document, article.settings
    kept = kept_blocks(document.blocks, article.rulings, settings)
    places = Places(document.source, document.blocks)
    size = settings.max_block_chars
    if not size:
        return [_record([piece], places) for piece in _pieces(kept, places, None)]
    return [_record(pieces, places) for pieces in _packed(_pieces(kept, places, size), size)]


def _pieces(kept: Sequence[Kept], places: Places, size: int | None) -> Iterator[Piece]:
    """The texts in order, each under its path of headings; cut at the ends of sentences if longer than `size`.

    A heading stands under itself where chunks are made, so that it goes with what it is the heading of.
    """
    above: list[Block] = []
    for item in kept:
        block = item.block
        if block.kind == "heading":
            above = [heading for heading in above if heading.level < block.level]
        path = (*above, block) if size and block.kind == "heading" else above
        headings = tuple(" ".join(clean(heading.text).split()) for heading in path)
        yield from _cut(item, headings, places, size)
        if block.kind == "heading":
            above = [*above, block]


def _cut(item: Kept, headings: tuple[str, ...], places: Places, size: int | None) -> Iterator[Piece]:
    block, ranges = item
    text = block.text
    if len(ranges) > 1:
        joined = join_ranges(text, ranges, [text[start:end] for start, end in ranges])
        first, last = places.of(block.index, *ranges[0]), places.of(block.index, *ranges[-1])
        place = places.between(first, last, joined) if first is not None and last is not None else None
        yield Piece(block, clean(joined).strip(), headings, place)
        return
    start, end = ranges[0]
    for low, high in _parts(block, start, end, size):
        if shown := clean(text[low:high]).strip("\n" if block.kind == "code" else None):
            yield Piece(block, shown, headings, places.of(block.index, low, high))


def _parts(block: Block, start: int, end: int, size: int | None) -> Iterator[tuple[int, int]]:
    """Runs of whole sentences (of rows and lines in tables and code) of at most `size` characters, if they can be."""
    if size is None or end - start <= size:
        yield start, end
        return
    text = block.text[start:end]
    units = _lines(text) if block.kind in ("table", "code") else sentences(text)
    first = last = -1
    for low, high in units:
        if first >= 0 and high - first > size:
            yield start + first, start + last
            first = -1
        first = low if first < 0 else first
        last = high
    if first >= 0:
        yield start + first, start + last


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, at + len(line)
        at += len(line) + 1


def _packed(pieces: Iterator[Piece], size: int) -> Iterator[list[Piece]]:
    """Neighbours under one path of headings, up to `size` characters together."""
    chunk: list[Piece] = []
    length = 0
    for piece in pieces:
        gap = len(_between(chunk[-1], piece)) if chunk else 0
        if chunk and (piece.headings != chunk[0].headings or length + gap + len(piece.text) > size):
            yield chunk
            chunk, length, gap = [], 0, 0
        chunk.append(piece)
        length += gap + len(piece.text)
    if chunk:
        yield chunk


def _between(first: Piece, second: Piece) -> str:
    if first.block is second.block:
        return " "
    return "\n" if first.block.kind == second.block.kind == "list_item" else "\n\n"


def _record(pieces: Sequence[Piece], places: Places) -> dict[str, Any]:
    block, text, headings, place = pieces[0]
    for before, piece in itertools.pairwise(pieces):
        text += _between(before, piece) + piece.text
    last = pieces[-1]
    if len(pieces) > 1:
        both = place is not None and last.place is not None
        place = places.between(place, last.place, text) if both else None  # type: ignore[arg-type]
    kinds = {piece.block.kind for piece in pieces}
    lines = (block.place.first_line, last.block.place.last_line)
    return {
        "kind": block.kind if len(kinds) == 1 else "mixed",
        "text": text,
        "level": block.level or None,
        "headings": list(headings),
        "lines": list(lines if place is None else (place.first_line, place.last_line)),
        "chars": None if place is None else [place.start, place.end],
        "exact": place is not None and place.exact,
        "path": None if block.element is None else clean(block.element.path),
        "block": block.index,
    }
