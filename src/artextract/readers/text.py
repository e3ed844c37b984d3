"""The reader of plain text: dumps of web pages, mails, books, our own text output; and of Markdown.

Lines -> drafts (text_blocks) -> lists (text_lists) -> headings (text_headings) -> blocks. The layout of the whole dump
(text_layout) says whether lines were wrapped. Linear in the text; long texts are read in segments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from artextract.invisible import without_invisible
from artextract.model import Block, Fact, Note, Place, Reading, Source
from artextract.readers.text_blocks import drafts_of
from artextract.readers.text_drafts import Draft, Dump, fold
from artextract.readers.text_headings import mark_headings
from artextract.readers.text_layout import Layout, measure
from artextract.readers.text_lines import LINE_END_RE, LineSplitter, segments
from artextract.readers.text_lists import settle_items
from artextract.settings import Settings

MAX_DETAILS = 1_000_000  # cells and marks of a document; later tables and paragraphs have none
MARKDOWN_SEGMENT = 1_000_000  # a fence or list that stands across such a border is cut there


def read(source: Source, settings: Settings) -> Reading:
    """The blocks of a text, in order, with exact places.

    Raises nothing; a text without a visible character has no blocks. Blocks beyond `settings.max_blocks` are merged
    into the last one, with the note `too-many-blocks`.
    """
    facts: list[Fact] = []
    drafts = _markdown(source.text, facts) if source.media_type == "text/markdown" else _drafts(source.text)
    blocks, rest = _limited(drafts, settings.max_blocks)
    if not rest:
        return Reading(tuple(blocks), tuple(facts))
    last = blocks[-1].place
    merged = _merge(source.text, blocks.pop())
    note = Note("too-many-blocks", f"more than {settings.max_blocks} blocks: the rest is one block", last)
    return Reading((*blocks, merged), tuple(facts), notes=(note,))


def _drafts(text: str) -> Iterator[Draft]:
    splitter = LineSplitter(text)
    dump: Dump | None = None
    for begin, end in segments(text):
        lines = splitter.lines(begin, end)
        if dump is None:
            dump = Dump(text, measure(lines) if lines else Layout())
        drafts = drafts_of(lines, dump)
        settle_items(drafts, dump)
        mark_headings(drafts, dump)
        yield from drafts


def _markdown(text: str, facts: list[Fact]) -> Iterator[Draft]:
    """Drafts of a Markdown document; what its front matter says is added to `facts` first."""
    from artextract.readers.text_markdown import markdown_drafts

    splitter = LineSplitter(text, tab=4)
    dump = Dump(text, Layout())
    for begin, end in segments(text, MARKDOWN_SEGMENT):
        drafts, found = markdown_drafts(splitter.lines(begin, end), dump)
        facts += found
        yield from drafts


def _limited(drafts: Iterable[Draft], limit: int) -> tuple[list[Block], bool]:
    """At most `limit` blocks, and whether there were more."""
    blocks: list[Block] = []
    details = 0
    for draft in drafts:
        details += len(draft.cells) + len(draft.marks)
        if details > MAX_DETAILS:
            draft.cells, draft.marks = (), ()
        if len(blocks) >= max(limit, 1):
            return blocks, True
        blocks.append(_block(len(blocks), draft))
    return blocks, False


def _block(index: int, draft: Draft) -> Block:
    first, last = draft.lines[0], draft.lines[-1]
    return Block(  # by position: it is half of what a short line costs
        index,
        draft.kind,
        draft.text,
        Place(first.number, last.number, first.start, last.end, True),
        draft.marker,
        draft.level,
        draft.link_chars,
        None,
        draft.marks,
        draft.containers,
        draft.cells,
        draft.language,
        first.blank,
        first.indent,
    )


def _merge(text: str, last: Block) -> Block:
    """The last block with all that follows it, as one paragraph."""
    start = last.place.start
    visible = without_invisible(text[start:]).rstrip()
    end = start + len(text[start:].rstrip())
    number = last.place.first_line + len(LINE_END_RE.findall(text, start, end))
    place = Place(last.place.first_line, number, start, end, True)
    return Block(last.index, "paragraph", fold(visible), place, blank_before=last.blank_before, indent=last.indent)
