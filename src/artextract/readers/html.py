"""HTML -> blocks and facts.

The markup is parsed (`html_parse`), walked once in document order (`html_walk`), and its head is read (`head`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from artextract.model import Block, Reading, Source
from artextract.readers.head import facts_of
from artextract.readers.html_elements import STARTS, PageWalker, actions_of
from artextract.readers.html_embedded import (
    SHORT_PAGE,
    PageText,
    has_markup,
    linked_texts,
    paragraphs,
    state_texts,
)
from artextract.readers.html_notes import notes_of
from artextract.readers.html_parse import parse, parse_with_quotes_mended
from artextract.readers.html_tables import roles_of_tables
from artextract.settings import DEFAULT, Settings


def read(source: Source, settings: Settings = DEFAULT) -> Reading:
    """The blocks of a page in document order, the facts of its markup, and notes of what had to be repaired.

    Every non-space character of the page's text nodes outside head, script, style and template is in the `text` or the
    `marker` of exactly one block, but for the characters of `artextract.invisible`. Never raises for any text.
    """
    root, notes = parse(source.text, settings)
    walker = _walked(root, source, settings)
    if walker.swallowed and (mended := parse_with_quotes_mended(source.text, settings)) is not None:
        root, notes = mended
        walker = _walked(root, source, settings)
    facts, page = facts_of(root, source)
    reading = Reading(_with_embedded(walker, settings), facts, page, (*notes, *walker.notes))
    return _with_selected(reading, root, walker, settings)


def _with_selected(reading: Reading, root: etree._Element, walker: PageWalker, settings: Settings) -> Reading:
    """The reading with the elements that the user names."""
    if not (settings.keep_elements or settings.drop_elements):
        return reading
    from artextract.readers.html_selected import selected

    return replace(
        reading,
        kept_elements=selected(root, walker.elements, settings.keep_elements, "--keep-element"),
        dropped_elements=selected(root, walker.elements, settings.drop_elements, "--drop-element"),
    )


def _walked(root: etree._Element, source: Source, settings: Settings, containers: int = 0) -> PageWalker:
    walker = PageWalker(source.text, settings)
    walker.container_number = containers
    walker.tables = roles_of_tables(root)
    if (notes := notes_of(root, source.text)) is not None:
        walker.actions = actions_of(notes)
    walker.walk(root, STARTS)
    return walker


def _with_embedded(walker: PageWalker, settings: Settings) -> tuple[Block, ...]:
    """The blocks, and those of texts that only JSON-LD or the state of a script holds, each where its script stands."""
    if not walker.linked_data and sum([len(block.text) for block in walker.blocks]) > 2 * SHORT_PAGE:
        return tuple(walker.blocks)
    page = PageText(walker.blocks)
    found = [(at, node, linked_texts(data)) for node, data, at in walker.linked_data]
    if len(page) < SHORT_PAGE:
        found.extend((at, node, state_texts(node.text or "")) for node, at in walker.scripts)
        found.sort(key=lambda entry: entry[0])
    blocks: list[Block] = []
    done = 0
    for at, node, texts in found:
        blocks.extend(walker.blocks[done:at])
        done = at
        blocks.extend(_embedded([text for text in texts if not page.holds(text)], walker, node, settings))
    if len(blocks) == done:
        return tuple(walker.blocks)
    blocks.extend(walker.blocks[done:])
    return tuple(replace(block, index=index) for index, block in enumerate(blocks[: settings.max_blocks]))


def _embedded(texts: list[str], walker: PageWalker, node: etree._Element, settings: Settings) -> Iterator[Block]:
    place, element = walker.place_of(node), walker.element_of(node)
    for text in texts:
        if has_markup(text):
            root, _ = parse(text, settings)
            for block in _walked(root, Source("", "text/html", text), settings, walker.container_number).blocks:
                yield replace(block, place=place, element=element, origin="embedded")
        else:
            for paragraph in paragraphs(text):
                yield Block(0, "paragraph", paragraph, place, element=element, origin="embedded")
