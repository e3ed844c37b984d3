"""The body as Markdown: CommonMark, with GFM tables, strikethrough, task boxes and footnotes, and dollar formulas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import unquote

from artextract.article import Article
from artextract.lazy import lazy_pattern
from artextract.metadata.titles import RULE, named_otherwise
from artextract.model import Block, Mark
from artextract.settings import Settings
from artextract.writers.escape import escape_line, escape_text, longest_run
from artextract.writers.front_matter import front_matter
from artextract.writers.inline import Context, image, inline
from artextract.writers.kept import Kept, clean, glue, join_ranges
from artextract.writers.layout import LEADING_NUMBER, Level, Placed, after_marker
from artextract.writers.links import Addresses, base_of
from artextract.writers.marks import marks_by_range
from artextract.writers.notes import Notes
from artextract.writers.tables import table
from artextract.writers.text import task_box, tex_of

_INFO = lazy_pattern(r"[^\w+#.\-]+")
_FOLD = lazy_pattern(r"[\W_]+")
_TRAILING_HASHES = lazy_pattern(r"(?:(?<=\s)|\A)#+\Z")
_PLAIN = frozenset(("paragraph", "list_item", "term", "caption"))  # kinds of which the lines are one paragraph
_ORDINAL_MAX = 999_999_999


def write(article: Article, settings: Settings) -> str:
    """The Markdown as a file: front matter and body, or the title as first heading and body."""
    body = body_markdown(article, headline=False)
    title = clean(article.metadata.title or "")
    parts = [front_matter(article.metadata)] if settings.front_matter else []
    if title and body and (settings.title or not settings.front_matter):
        parts.append(f"# {_heading_text(escape_text(title))}\n\n")
    return "".join(parts) + (body + "\n" if body else "")


def body_markdown(article: Article, headline: bool = True) -> str:
    """The kept blocks of `article` as Markdown, its title not repeated; without a line feed at the end.

    A page's headline that its head does not know as the page's title stands in it all the same, unless `headline` is
    false: whoever reads the title beside the body would miss where the page differs from itself.
    """
    page, source, settings = article.document.reading.page, article.document.source, article.settings
    context = Context(
        notes=Notes(article.placed),
        addresses=Addresses(base_of(page.base_url, source.url, article.metadata.url)),
        links=settings.links,
        images=settings.images,
    )
    sheet = _Sheet(context)
    own = _own_headline(article) if headline else None
    titles = {_fold(title) for title in (article.metadata.title, article.metadata.original_title) if title}
    for item in article.placed:
        if own is not None and item.kept.block.index > own.index:
            sheet.add(Placed(Kept(own, ((0, len(own.text)),)), (), None))
            own = None
        if sheet.empty and item.kept.block.kind == "heading" and _fold(item.kept.block.text) in titles:
            continue
        sheet.add(item)
    return "\n".join(sheet.lines)


def _own_headline(article: Article) -> Block | None:
    """The heading that is the article's title where the page's head calls the page something else."""
    document = article.document
    for ruling, *_ in article.rulings:
        verdict = ruling.verdict
        if verdict is not None and verdict.rule == RULE:
            block = document.blocks[verdict.block]
            if block.kind == "heading" and named_otherwise(document, block.text):
                return block
    return None


def _fold(text: str) -> str:
    return _FOLD.sub("", text).casefold()


class _Sheet:
    """The lines so far. Lists, quotes and notes are opened and closed by comparing a block's levels with the last's."""

    def __init__(self, context: Context) -> None:
        self.lines: list[str] = []
        self._context = context
        self._levels: tuple[Level, ...] = ()  # of the block before, with the markers as they were written
        self._plain = False  # the block before was a paragraph, which needs no empty line before a list
        self._called = False  # the block before was the first line of an admonition
        self._rule: Placed | None = None  # a separator that waits for something to separate

    @property
    def empty(self) -> bool:
        return not self.lines

    def add(self, item: Placed) -> None:
        """Render one block."""
        if item.kept.block.kind == "separator" and not item.kept.block.text.strip():
            self._rule = item if self.lines else None
            return
        content = block_lines(item.kept, self._context)
        if not content:
            return
        if self._rule is not None and item.note is None:
            rule = self._rule
            self._put(["___" if rule.levels else "---"], rule.levels, plain=False)
        self._rule = None
        levels = self._all_levels(item)
        title = self._title_of(item, levels)
        if title is not None:
            content = [f"{_call_out(title)} {' '.join(line.strip() for line in content)}"]
            levels = (*levels[:-1], title._replace(container=None))
        self._put(content, levels, item.kept.block.kind in _PLAIN)
        self._called = title is not None

    def _title_of(self, item: Placed, levels: tuple[Level, ...]) -> Level | None:
        """The admonition that begins with this block as its title."""
        level = levels[-1] if levels else None
        if level is None or level.kind != "admonition" or level.container is None:
            return None
        if any(level.key == before.key for before in self._levels):
            return None
        return level if level.container.attribute("title") == " ".join(item.kept.block.text.split()) else None

    def _all_levels(self, item: Placed) -> tuple[Level, ...]:
        """The levels of a block with its note as the outermost one."""
        if item.note is None:
            return item.levels
        label = self._context.notes.of_note(item.note)
        return (Level("note", item.note.number, marker=f"[^{label}]:", container=item.note), *item.levels)

    def _put(self, content: Sequence[str], levels: tuple[Level, ...], plain: bool) -> None:
        if not levels and not self._levels:
            self.lines += ["", *content] if self.lines else content
            self._plain = plain
            return
        shared = _shared(self._levels, levels)
        written = self._with_markers(levels, shared)
        if self.lines and not (self._tight(written, shared) and (plain or not self._called)):
            self.lines.append("".join(map(_indent, written[:shared])).rstrip())
        first = self._open(levels, written, shared, plain)
        self.lines.append(first + content[0])
        inner = "".join(map(_indent, written))
        self.lines += [inner + line if line else inner.rstrip() for line in content[1:]]
        self._levels, self._plain = written, plain

    def _open(self, levels: Sequence[Level], written: Sequence[Level], shared: int, plain: bool) -> str:
        """What stands before a block's first line, with the levels that it opens."""
        first = "".join(map(_indent, written[:shared]))
        for i in range(shared, len(levels)):
            first += _opening(levels[i], written[i])
            own = _own_marker(levels[i])
            alone = not plain or i + 1 < len(levels)  # what comes next would not be a block of its own behind text
            if own and (alone or levels[i].kind == "admonition"):
                self.lines.append(first + own.rstrip())
                first = "".join(map(_indent, written[: i + 1]))
                self.lines += [first.rstrip()] if alone else []
            else:
                first += own
        return first

    def _with_markers(self, levels: tuple[Level, ...], shared: int) -> tuple[Level, ...]:
        """`levels` with the markers that Markdown needs: a list beside another one gets other bullets (5.3)."""
        if len(levels) == shared:
            return self._levels[:shared]
        level = levels[shared]
        before = self._levels[shared] if len(self._levels) > shared else None
        head = self._levels[:shared]
        if level.kind == "item":
            level = level._replace(marker=_list_marker(level, before))
        rest = (
            deep._replace(marker=_list_marker(deep, None)) if deep.kind == "item" else deep
            for deep in levels[shared + 1 :]
        )
        return (*head, level, *rest)

    def _tight(self, levels: tuple[Level, ...], shared: int) -> bool:
        """Whether the block follows the last one without an empty line: the next item of a list, or a list in one."""
        if not self._plain:
            return False
        if len(levels) == shared:
            return self._called
        if levels[shared].kind != "item":
            return False
        level = levels[shared]
        if len(self._levels) > shared:
            before = self._levels[shared]
            lists = all(level.kind == "item" for level in self._levels[shared:])
            return lists and before.list_key == level.list_key
        inside = shared > 0 and self._levels[-1].kind == "item"
        number = LEADING_NUMBER.match(level.marker)
        return inside and (number is None or int(number[1]) == 1)  # only 1 may interrupt a paragraph (5.3)


def _shared(before: Sequence[Level], levels: Sequence[Level]) -> int:
    """How many of the outer levels two blocks have in common."""
    count = 0
    for one, other in zip(before, levels, strict=False):
        if one.key != other.key or one.kind != other.kind:
            break
        count += 1
    return count


def _list_marker(level: Level, before: Level | None) -> str:
    """The marker as Markdown knows it; `before` is the item, quote … that ended where this one begins."""
    number = LEADING_NUMBER.match(level.marker)
    sibling = before is not None and before.kind == "item"
    if number is None:
        if before is not None and sibling and before.marker in ("-", "*"):
            same = before.list_key == level.list_key
            return before.marker if same else "*" if before.marker == "-" else "-"
        return "-"
    delimiter = number[2]
    if before is not None and sibling and (last := LEADING_NUMBER.match(before.marker)):
        same = before.list_key == level.list_key
        delimiter = last[2] if same else ")" if last[2] == "." else "."
    return f"{min(int(number[1]), _ORDINAL_MAX)}{delimiter}"


def _opening(level: Level, written: Level) -> str:
    """What stands before the first line inside of a level."""
    return f"{written.marker} " if level.kind in ("item", "note") else "> "


def _own_marker(level: Level) -> str:
    """Behind a marker: an item's task box, a number that Markdown does not know, a call-out's title."""
    if level.kind == "admonition" and level.container is not None:
        title = " ".join(clean(level.container.attribute("title") or "").split())
        return f"{_call_out(level)} {escape_text(title)}".rstrip()
    if level.kind != "item":
        return ""
    known = level.marker == "-" or LEADING_NUMBER.match(level.marker)
    return task_box(level) + ("" if known else escape_text(clean(level.marker)) + after_marker(level.marker))


def _indent(level: Level) -> str:
    """What stands before every further line."""
    if level.kind == "item":
        return " " * (len(level.marker) + 1)
    return "    " if level.kind == "note" else "> "


def _call_out(level: Level) -> str:
    """How the first line of an admonition begins: `[!note]`."""
    kind = (level.container.attribute("type") if level.container is not None else None) or "note"
    return f"[!{_INFO.sub('-', kind).strip('-').lower() or 'note'}]"


def block_lines(kept: Kept, context: Context) -> list[str]:
    """The lines of one block, without what its levels put before them; none where it has nothing to show."""
    block = kept.block
    match block.kind:
        case "heading":
            text = _heading_text(_inline(_without_permalink(kept), context))
            return [f"{'#' * min(max(block.level, 1), 6)} {text}"] if text else []
        case "code":
            return _code(block, kept.ranges)
        case "formula":
            return _formula(block, kept.ranges)
        case "table":
            return table(kept, context)
        case "image":
            return _paragraph(kept, context) if block.text else _image(block, context)
        case "term":
            bold = Mark(0, len(block.text), "strong")
            return _paragraph(Kept(replace(block, marks=(bold, *block.marks)), kept.ranges), context)
        case _:
            return _paragraph(kept, context)


def _inline(kept: Kept, context: Context) -> str:
    block, ranges = kept
    if len(ranges) > 1:
        block = _joined(block, ranges)
        ranges = ((0, len(block.text)),)
    return inline(block, *ranges[0], block.marks, context)


def _joined(block: Block, ranges: Sequence[tuple[int, int]]) -> Block:
    """The block as if it held its kept ranges only: what stands at their seams decides how marks are written."""
    parts = [block.text[s:e] for s, e in ranges]
    text = join_ranges(block.text, ranges, parts)
    reach: dict[int, tuple[Mark, int, int]] = {}
    at = 0
    for i, ((start, end), here) in enumerate(zip(ranges, marks_by_range(block.marks, ranges), strict=True)):
        if i:
            at += len(glue(block.text, ranges[i - 1][1], start))
        for mark in here:
            low, high = at + max(0, mark.start - start), at + min(end, mark.end) - start
            first = reach.get(id(mark), (mark, low, high))[1]
            reach[id(mark)] = (mark, first, max(low, high))
        at += end - start
    marks = tuple(replace(mark, start=low, end=high) for mark, low, high in reach.values())
    return replace(block, text=text, marks=marks)


def _paragraph(kept: Kept, context: Context) -> list[str]:
    """Lines of text; a line feed of the text is a hard break (two spaces, 6.7)."""
    text = _inline(kept, context)
    if "\n" not in text:
        return [escape_line(text.strip())] if text and not text.isspace() else []
    lines = [escape_line(line) for line in (part.strip() for part in text.split("\n")) if line]
    return [f"{line}  " for line in lines[:-1]] + lines[-1:]


def _without_permalink(kept: Kept) -> Kept:
    """A heading that as a whole links to itself, without the link."""
    block = kept.block
    others = tuple(m for m in block.marks if not (m.kind == "link" and _is_permalink(m, block.text)))
    return kept if len(others) == len(block.marks) else Kept(replace(block, marks=others), kept.ranges)


def _is_permalink(link: Mark, text: str) -> bool:
    """Whether a link over all of a heading leads to a place of the same page, or to one with the heading's name."""
    before, hash_sign, fragment = link.target.partition("#")
    if not hash_sign or text[: link.start].strip() or text[link.end :].strip():
        return False
    return not before or (bool(fragment) and _fold(unquote(fragment)) == _fold(text))


def _heading_text(text: str) -> str:
    """Inline Markdown on one line, with hashes at its end escaped, which would be taken off (4.2)."""
    line = " ".join(text.split())
    match = _TRAILING_HASHES.search(line)
    return line if match is None else f"{line[: match.start()]}\\{line[match.start() :]}"


def _image(block: Block, context: Context) -> list[str]:
    """A picture, inside of the link around it unless that leads to the picture itself (to enlarge it)."""
    pictures = [written for mark in block.marks if mark.kind == "image" and (written := image(mark, context))]
    link = next((mark for mark in block.marks if mark.kind == "link"), None)
    address = context.addresses.link(link.target) if link is not None and context.links else ""
    if link is not None and address and not any(_file(mark.target) == _file(link.target) for mark in block.marks[:1]):
        return [f"[{picture}]({address})" for picture in pictures]
    return pictures


def _file(address: str) -> str:
    """The name of the file at an address."""
    return address.partition("?")[0].rpartition("/")[2]


def _code(block: Block, ranges: Sequence[tuple[int, int]]) -> list[str]:
    """A fence longer than any inside (4.5); of tildes where that is shorter."""
    text = clean(join_ranges(block.text, ranges, [block.text[s:e] for s, e in ranges])).strip("\n").rstrip()
    if not text:
        return []
    ticks, tildes = longest_run(text, "`"), longest_run(text, "~")
    fence = "~" * max(3, tildes + 1) if ticks >= 3 and tildes < ticks else "`" * max(3, ticks + 1)
    return [fence + _INFO.sub("", block.language)[:40], *text.split("\n"), fence]


def _formula(block: Block, ranges: Sequence[tuple[int, int]]) -> list[str]:
    mark = next((m for m in block.marks if m.kind == "formula"), None)
    tex = (
        tex_of(block, mark)
        if mark is not None
        else join_ranges(block.text, ranges, [block.text[s:e] for s, e in ranges])
    )
    lines = [line for line in clean(tex).strip().split("\n") if line.strip()]
    return ["$$", *lines, "$$"] if lines else []
