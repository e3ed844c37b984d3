"""What stands around a block decides where nothing else can: pictures and separators, notes, the heading over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from artextract.model import Block, Document, Verdict
from artextract.settings import Settings

_ABOVE = frozenset(("title", "byline", "dateline"))  # labels of what stands between the title and the text
_PORTRAITS = frozenset(("avatar", "author", "byline", "bio", "logo", "icon", "gravatar", "profile", "sponsor"))
_HOPELESS = 0.05  # probability of being text; legal small print behind asterisks has less, notes of articles more
_PLACES = 4  # how far up the elements' words are looked at


def judge(document: Document, settings: Settings) -> Iterator[Verdict]:
    """Pictures and separators stay where text stays on both sides; notes stay where the text refers to them."""
    latest = document.latest()
    yield from _around(document.blocks, latest)
    if any(block.containers for block in document.blocks):
        yield from _notes(document.blocks, latest)


def _around(blocks: tuple[Block, ...], latest: list[Verdict | None]) -> Iterator[Verdict]:
    before = _nearest(blocks, latest, range(len(blocks)))
    after = _nearest(blocks, latest, range(len(blocks) - 1, -1, -1))
    for block, left, right in zip(blocks, before, after, strict=True):
        if block.text or block.origin != "page":
            continue
        lead = left in _ABOVE and block.kind == "image" and not _is_portrait(block)
        if not (right == "body" and (left == "body" or lead)):
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


def _is_portrait(block: Block) -> bool:
    """Whether a picture is of the author or of the site, by the words of the elements around it."""
    if block.element is None:
        return False
    around = zip(block.element.ancestors(), range(_PLACES), strict=False)
    return any(not _PORTRAITS.isdisjoint(element.words) for element, _ in around)


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
    heading: Block | None = None
    for block, verdict, note in zip(blocks, latest, notes, strict=True):
        if note in wanted and verdict is not None and _may_return(verdict):
            yield Verdict(block.index, "body", "context.note")
        if note and heading is not None and kept[heading.index]:
            yield Verdict(heading.index, "other", "context.notes-heading")
        if block.text:
            heading = block if block.kind == "heading" and not note else None


def _may_return(verdict: Verdict) -> bool:
    """Whether what was dropped may be text after all: nothing is sure of the contrary."""
    hopeless = verdict.rule.startswith("model.") and verdict.score < _HOPELESS
    return verdict.label not in ("body", "duplicate") and not verdict.certain and not hopeless


def _note(block: Block) -> str:
    """The id of the note that a block belongs to."""
    note = next((c for c in block.containers if c.kind == "footnote"), None) if block.containers else None
    return (note.attribute("id") or "") if note is not None else ""
