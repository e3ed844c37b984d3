"""What stands around a block decides where nothing else can: pictures and separators, notes, the heading over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from artextract.model import Block, Document, Verdict
from artextract.settings import Settings

_ABOVE = frozenset(("title", "byline", "dateline"))  # labels of what stands between the title and the text
_PORTRAITS = frozenset(("avatar", "author", "byline", "bio", "logo", "icon", "gravatar", "profile", "sponsor"))
_HOPELESS = 0.05  # probability of being text; legal small print behind asterisks has less, notes of articles more
_DOUBTFUL = 0.15  # the same, in the middle of text
_ISLANDS = frozenset(("table", "code", "formula", "heading"))
_PLACES = 4  # how far up the elements' words are looked at


def judge(document: Document, settings: Settings) -> Iterator[Verdict]:
    """Pictures and separators stay where text stays on both sides; notes stay where the text refers to them."""
    latest = document.latest()
    yield from _around(document.blocks, latest)
    yield from _islands(document.blocks, latest)
    if any(block.containers for block in document.blocks):
        yield from _notes(document.blocks, latest)


def _around(blocks: tuple[Block, ...], latest: list[Verdict | None]) -> Iterator[Verdict]:
    before = _nearest(blocks, latest, range(len(blocks)))
    after = _nearest(blocks, latest, range(len(blocks) - 1, -1, -1))
    for block, left, right in zip(blocks, before, after, strict=True):
        if block.text or block.origin != "page":
            continue
        lead = left in _ABOVE and block.kind == "image" and not _is_portrait(block)
        if not (right == "body" and (left == "body" or lead)) and not (left == "body" and _is_figure(block)):
            yield Verdict(block.index, "other", "context.between-dropped")


def _nearest(blocks: tuple[Block, ...], latest: list[Verdict | None], order: Iterable[int]) -> list[str]:
    """For each block the label of the nearest one with text in the direction that `order` comes from.

    A figure's own caption does not count for its picture: captions are dropped or kept by other reasons.
    """
    found = [""] * len(blocks)
    label = outside = ""
    figure = 0
    for i in order:
        block = blocks[i]
        inside = next((c.number for c in block.containers if c.kind == "figure"), 0) if block.containers else 0
        if inside != figure:
            figure, outside = inside, label
        found[i] = outside if inside else label
        if block.text and block.origin == "page":
            verdict = latest[i]
            label = "body" if verdict is None else verdict.label
    return found


def _islands(blocks: tuple[Block, ...], latest: list[Verdict | None]) -> Iterator[Verdict]:
    """A table, a listing, a formula or a heading that was dropped in the middle of kept text, but for good reason.

    What weighs blocks one by one knows prose best; what a text holds besides it stands or falls with the text.
    """
    texts = [block for block in blocks if block.text and block.origin == "page"]
    kept = [(v := latest[block.index]) is None or v.label == "body" for block in texts]
    for i in range(1, len(texts) - 1):
        verdict = latest[texts[i].index]
        if kept[i] or not (kept[i - 1] and kept[i + 1]) or texts[i].kind not in _ISLANDS or verdict is None:
            continue
        if verdict.rule.startswith("model.") and verdict.score >= _DOUBTFUL:
            yield Verdict(texts[i].index, "body", "context.island")


def _is_portrait(block: Block) -> bool:
    """Whether a picture is of the author or of the site, by the words of the elements around it."""
    if block.element is None:
        return False
    around = zip(block.element.ancestors(), range(_PLACES), strict=False)
    return any(not _PORTRAITS.isdisjoint(element.words) for element, _ in around)


def _is_figure(block: Block) -> bool:
    """Whether a picture is a figure of the text: it may be the last thing in it. Pictures of other pages are links."""
    linked = any(mark.kind == "link" for mark in block.marks)
    return block.kind == "image" and not linked and any(c.kind == "figure" for c in block.containers)


def _notes(blocks: tuple[Block, ...], latest: list[Verdict | None]) -> Iterator[Verdict]:
    """A note belongs to the text that refers to it; the heading over the notes goes, since they stand at the end."""
    notes = [_note(block) for block in blocks]
    if not any(notes):
        return
    kept = [verdict is None or verdict.label == "body" for verdict in latest]
    wanted = {
        mark.target
        for block, stays, note in zip(blocks, kept, notes, strict=True)
        if stays and not note
        for mark in block.marks
        if mark.kind == "footnote"
    }
    hopeful = {n for n, v in zip(notes, latest, strict=True) if n in wanted and (v is None or not _is_hopeless(v))}
    heading: Block | None = None
    for block, verdict, note in zip(blocks, latest, notes, strict=True):
        if note in hopeful and verdict is not None and _may_return(verdict):
            yield Verdict(block.index, "body", "context.note")
        if note and heading is not None and kept[heading.index]:
            yield Verdict(heading.index, "other", "context.notes-heading")
        if block.text:
            heading = block if block.kind == "heading" and not note else None


def _is_hopeless(verdict: Verdict) -> bool:
    return verdict.rule.startswith("model.") and verdict.score < _HOPELESS


def _may_return(verdict: Verdict) -> bool:
    """Whether what was dropped may be text after all."""
    return verdict.label not in ("body", "duplicate") and not verdict.certain


def _note(block: Block) -> str:
    """The id of the note that a block belongs to."""
    note = next((c for c in block.containers if c.kind == "footnote"), None) if block.containers else None
    return (note.attribute("id") or "") if note is not None else ""
