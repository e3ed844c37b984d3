"""Which bullets and numbers make lists, and which item holds which block.

A bullet makes an item by itself. A number, a letter or a decorative sign (`■`) does so only beside a sibling: an item
with the same frame, the next value, and about the same indent, with nothing between them but what belongs to the first.
So a paragraph that begins with "1." and a section numbered `一、` stay what they are.
"""

from __future__ import annotations

from artextract.model import Container
from artextract.readers.text_drafts import Draft, Dump, join
from artextract.records import record

MAX_NESTING = 50
MAX_SKIPPED = 20  # numbers that may be missing between two items on neighbouring lines


def settle_items(drafts: list[Draft], dump: Dump) -> None:
    """Turn items that are none into paragraphs, and put the others and what they hold into containers."""
    if "list_item" not in {draft.kind for draft in drafts}:
        return
    for draft in _without_sibling(drafts, dump):
        sign = draft.start.sign if draft.start is not None else ""
        draft.kind, draft.marker, draft.start = "paragraph", draft.marker[len(sign) :].lstrip(), None
        draft.text = join(draft.lines, draft.lines[0].text, dump.layout)
    _contain(drafts, dump)


def _without_sibling(drafts: list[Draft], dump: Dump) -> list[Draft]:
    """The weak items that stand alone."""
    lonely: dict[int, Draft] = {}
    above: list[Draft] = []  # the item each next one may be a sibling or a child of, outermost first
    for draft in drafts:
        if draft.start is None:
            while above and not _belongs(draft, above[-1], dump):
                above.pop()
            continue
        if draft.start.weak:
            lonely[id(draft)] = draft
        while above and not _encloses(above[-1], draft):
            above.pop()
        if above and _are_level(above[-1], draft):
            if _follows(above[-1], draft):
                lonely.pop(id(above[-1]), None)
                lonely.pop(id(draft), None)
            above[-1] = draft
        elif len(above) < MAX_NESTING:
            above.append(draft)
    return list(lonely.values())


def _encloses(item: Draft, other: Draft) -> bool:
    """Whether `other`, an item, may be a sibling of `item` or stand inside of it."""
    return item.quotes == other.quotes and (_are_level(item, other) or other.indent > item.indent + 1)


def _are_level(item: Draft, other: Draft) -> bool:
    apart = abs(item.indent - other.indent)
    return apart <= 1 or (apart <= 3 and item.column == other.column)


def _follows(item: Draft, other: Draft) -> bool:
    """Whether `other` is the next item of the same list."""
    a, b = item.start, other.start
    if a is None or b is None:
        return False
    if a.value is None or b.value is None:
        return a.value is None and b.value is None and (a.family == b.family or not (a.weak or b.weak))
    if a.family != b.family or b.value <= a.value:
        return False
    return b.value == a.value + 1 or (not other.blank and b.value <= a.value + MAX_SKIPPED)


def _belongs(draft: Draft, item: Draft, dump: Dump) -> bool:
    """Whether a block that is no item stands inside of `item`: indented as its text is, not as a Chinese paragraph."""
    line = draft.lines[0]
    if draft.quotes != item.quotes or (draft.kind == "separator" and line.blank):
        return False
    return draft.indent >= item.column - 1 and dump.text[max(line.start - 1, 0)] != "\u3000"


@record(slots=True, eq=False)
class _Level:
    item: Draft
    list_: Container
    containers: tuple[Container, ...]  # with the list and the item


def _contain(drafts: list[Draft], dump: Dump) -> None:
    levels: list[_Level] = []
    for draft in drafts:
        if draft.start is None:
            while levels and not _belongs(draft, levels[-1].item, dump):
                levels.pop()
            if levels:
                draft.containers = (*draft.containers, *levels[-1].containers)
            continue
        while levels and not _encloses(levels[-1].item, draft):
            levels.pop()
        _open_item(levels, draft, dump)


def _open_item(levels: list[_Level], draft: Draft, dump: Dump) -> None:
    """Put `draft` into the list of the deepest level, or into a new one below it."""
    start = draft.start
    ordinal = start.value if start is not None else None
    outer: tuple[Container, ...] = ()
    list_: Container | None = None
    if levels and (_are_level(levels[-1].item, draft) or len(levels) >= MAX_NESTING):
        level = levels.pop()
        if _follows(level.item, draft):
            list_ = level.list_
    if levels:
        outer = levels[-1].containers
    if list_ is None:
        list_ = Container("list", next(dump.numbers), attributes=(("ordered", "1"),) if ordinal is not None else ())
    item = Container("item", next(dump.numbers), ordinal)
    own = (*outer, list_, item)
    levels.append(_Level(draft, list_, own))
    draft.containers = (*draft.containers, *own)
