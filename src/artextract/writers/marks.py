"""Which marks belong to which range of a block's text."""

from __future__ import annotations

from collections.abc import Sequence

from artextract.model import Mark


def marks_by_range(marks: Sequence[Mark], ranges: Sequence[tuple[int, int]]) -> list[list[Mark]]:
    """For each of the ranges (in order, apart) the marks that touch it, in order of their start; linear.

    A mark over several ranges is given to each of them; an empty mark (an image) to the one that it stands in or at.
    """
    if not marks:
        return [[] for _ in ranges]
    ordered = sorted(marks, key=lambda mark: mark.start)
    found: list[list[Mark]] = []
    reach: list[Mark] = []  # those that begin before the range and may reach into it
    at = 0
    for start, end in ranges:
        reach = [mark for mark in reach if mark.end > start]
        here = list(reach)
        while at < len(ordered) and ordered[at].start <= end:
            mark = ordered[at]
            at += 1
            if mark.end > start or mark.start == mark.end >= start:
                here.append(mark)
        found.append([mark for mark in here if mark.start < end or mark.start == mark.end])
        reach = [mark for mark in here if mark.end > end]
    return found
