"""A page's blocks as metadata sees them: short lines, where the body begins, what stands near the title.

Computed once for a document and handed to every field. Only short blocks can be bylines, datelines or credits; of long
ones only the end is looked at, where an agency or an author signs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from artextract.lazy import lazy_pattern
from artextract.metadata.credits import Credit, credits_in, each_line
from artextract.model import Block, Document
from artextract.records import record
from artextract.scripts import CJK_RE

SHORT = 200  # characters of a block that may be a byline, a dateline or a credit
LONG = 140  # weight from which a paragraph is prose (a CJK letter weighs 2.5)
BEFORE, AFTER = 4, 12  # blocks around the title that belong to it
LAST = 30  # short blocks at the end of the page that are read for credits

_CREDIT_WORD = lazy_pattern(
    r"(?:作者|编辑|編輯|编|来源|來源|记者|記者|稿源|原标题|原標題|執筆|編集|글|출처)\s?[:：/＝=]|张贴|기자"
)


def weight(text: str) -> float:
    """How much a text says, in Latin letters: a Chinese or Japanese character is worth two and a half.

    >>> weight("abc"), weight("长治")
    (3, 5.0)
    """
    return len(text) if text.isascii() else len(text) + 1.5 * len(CJK_RE.findall(text))


@record(frozen=True)
class Surroundings:
    """A document's blocks around its title. `title` are the indices of blocks that hold it, () where none does."""

    document: Document
    title: tuple[int, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.document.blocks

    @cached_property
    def labels(self) -> list[str]:
        """The label of each block by the last verdict on the whole of it, "body" where nothing judged it."""
        return ["body" if v is None else v.label for v in self.document.latest()]

    def is_copy(self, index: int) -> bool:
        """Whether it is an embedded block or a repeat of an earlier one."""
        return self.blocks[index].origin != "page" or self.labels[index] in ("duplicate", "unused")

    @cached_property
    def short(self) -> tuple[Block, ...]:
        """The page's short blocks, in order."""
        return tuple([b for b in self.blocks if 0 < len(b.text) <= SHORT and b.origin == "page"])

    @cached_property
    def anchors(self) -> tuple[int, ...]:
        """The title's blocks; without any, the first main heading, else what stands above the first prose."""
        if self.title:
            return self.title
        heading = next((b.index for b in self.short if b.kind == "heading" and b.level == 1), None)
        if heading is not None:
            return (heading,)
        prose = (b.index for b in self.blocks if weight(b.text[:400]) >= LONG and self.labels[b.index] == "body")
        return (max(0, next(prose, 0) - 6),)

    @cached_property
    def near(self) -> tuple[int, ...]:
        """Short blocks around the title, those after it first: where byline and dateline stand."""
        found: dict[int, None] = {}
        for index in self.anchors[:3]:
            found.update(dict.fromkeys(self._after(index)))
        first = self.anchors[0]
        before = range(first - 1, max(-1, first - BEFORE - 1), -1)
        found.update(dict.fromkeys(i for i in before if self._is_short(i)))
        return tuple(found)

    def _after(self, index: int) -> Iterator[int]:
        """Short blocks after the title, until the third paragraph of prose."""
        prose = 0
        for i in range(index + 1, min(len(self.blocks), index + 1 + AFTER)):
            if self._is_short(i):
                yield i
            elif weight(self.blocks[i].text[:400]) >= LONG:
                prose += 1
                if prose == 3:
                    return

    def _is_short(self, index: int) -> bool:
        block = self.blocks[index]
        return 0 < len(block.text) <= SHORT and block.origin == "page"

    def distance(self, index: int) -> int:
        """Blocks from the nearest anchor before it; negative before the first one."""
        before = [t for t in self.anchors if t <= index]
        return index - (before[-1] if before else self.anchors[0])

    @cached_property
    def far(self) -> tuple[int, ...]:
        """Other short blocks that the lexicon or a word calls byline, credit or dateline, and those at the end."""
        near = set(self.near)
        late = {b.index for b in self.short[-LAST:]}
        found = [b.index for b in self.short if b.index not in near and (b.index in late or self._is_credit(b))]
        return tuple(found[: LAST * 4])

    def _is_credit(self, block: Block) -> bool:
        if self.labels[block.index] in ("byline", "credit", "dateline"):
            return True
        return not block.text.isascii() and _CREDIT_WORD.search(block.text) is not None

    @cached_property
    def credits(self) -> dict[int, list[tuple[str, list[Credit]]]]:
        """The lines of each near or far block, each with the credits that it holds."""
        return {i: [(x, credits_in(x)) for x in each_line(self.blocks[i].text)] for i in (*self.near, *self.far)}

    @cached_property
    def _sayings(self) -> Counter[str]:
        return Counter([b.text.strip().lower() for b in self.short if len(b.text) < 60])

    def times(self, text: str) -> int:
        """How many short blocks say just this, in any case."""
        return self._sayings[text.lower()]
