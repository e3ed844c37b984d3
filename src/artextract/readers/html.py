"""HTML -> blocks and facts.

The markup is parsed (`html_parse`), walked once in document order (`html_walk`), and its head is read (`head`).
"""

from __future__ import annotations

from artextract.model import Reading, Source
from artextract.readers.head import facts_of
from artextract.readers.html_elements import STARTS, PageWalker, actions_of
from artextract.readers.html_notes import notes_of
from artextract.readers.html_parse import parse
from artextract.readers.html_tables import roles_of_tables
from artextract.settings import DEFAULT, Settings


def read(source: Source, settings: Settings = DEFAULT) -> Reading:
    """The blocks of a page in document order, the facts of its markup, and notes of what had to be repaired.

    Every non-space character of the page's text nodes outside head, script, style and template is in the `text` or the
    `marker` of exactly one block, but for the characters of `artextract.invisible`. Never raises for any text.
    """
    root, notes = parse(source.text, settings)
    walker = PageWalker(source.text, settings)
    walker.tables = roles_of_tables(root)
    if (notes_found := notes_of(root, source.text)) is not None:
        walker.actions = actions_of(notes_found)
    walker.walk(root, STARTS)
    facts, page = facts_of(root, source)
    return Reading(tuple(walker.blocks), facts, page, (*notes, *walker.notes))
