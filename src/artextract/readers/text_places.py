"""Where a part of a block stands: exact offsets for a range of the text of a block of a text dump.

A block knows where it begins and ends. Where a part of it was judged (a credit at the end of a paragraph), explain
wants the part's own offsets. They are found by walking along the block and the source together, only when somebody
asks.
"""

from __future__ import annotations

from artextract.model import Block, Place
from artextract.readers.text_lines import LINE_END_RE


def part_place(text: str, block: Block, start: int, end: int) -> Place:
    """The place of `block.text[start:end]` in `text`, the decoded text that the block was read from.

    Space at the edges of the range is left out; a range without a visible character has the block's place. A marker's
    characters stand before an item's text and behind or between those of headings and tables, which decides from which
    side the two are compared.
    """
    wanted = [at for at in range(start, end) if not block.text[at].isspace()]
    if not wanted or not block.place.exact:
        return block.place
    offsets = _offsets(text, block)
    if wanted[0] not in offsets or wanted[-1] not in offsets:
        return block.place
    first, last = offsets[wanted[0]], offsets[wanted[-1]]
    before = len(LINE_END_RE.findall(text, block.place.start, first))
    inside = len(LINE_END_RE.findall(text, first, last))
    line = block.place.first_line + before
    return Place(line, line + inside, first, last + 1, True)


def _offsets(text: str, block: Block) -> dict[int, int]:
    """Offset in the block's text -> offset in the source, for its visible characters."""
    shown = [at for at, character in enumerate(block.text) if not character.isspace()]
    source = range(block.place.start, block.place.end)
    if block.kind in ("heading", "table", "code"):
        return _align(text, block.text, shown, source)
    return _align(text, block.text, shown[::-1], source[::-1])


def _align(text: str, shown_text: str, shown: list[int], source: range) -> dict[int, int]:
    found: dict[int, int] = {}
    ahead = iter(source)
    for at in shown:
        character = shown_text[at]
        place = next((offset for offset in ahead if text[offset] == character), None)
        if place is None:
            break
        found[at] = place
    return found
