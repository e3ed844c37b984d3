"""The types that everything else speaks of. This module imports nothing of ours.

bytes -> Source -> Reading (blocks, facts) -> verdicts -> Article -> text

Readers make blocks, stages only judge blocks, writers only render them. Nobody edits or deletes a block after the
reader made it, so every character of the input keeps its place, its label and the rule that decided it.
"""

from __future__ import annotations

import hashlib
import heapq
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from typing import Literal

from artextract.records import frozen_record

Kind = Literal["heading", "paragraph", "list_item", "table", "code", "formula", "image", "caption", "separator", "term"]
"""What a block is typographically; set once, by the reader. A `term` is the `<dt>` of a definition list."""

Label = Literal[
    "body",
    "title",
    "byline",
    "dateline",
    "navigation",
    "breadcrumb",
    "share",
    "related",
    "credit",
    "legal",
    "advertisement",
    "comment",
    "pager",
    "other",
    "duplicate",
    "unused",
]
"""The role that a range of characters plays; decided by stages. No verdict means `body`."""

LABELS: tuple[str, ...] = Label.__args__  # type: ignore[attr-defined]

Origin = Literal["page", "embedded"]

MarkKind = Literal[
    "strong",
    "emphasis",
    "code",
    "strike",
    "highlight",
    "superscript",
    "subscript",
    "link",
    "image",
    "footnote",
    "formula",
    "break",
    "ruby",
]

ContainerKind = Literal["list", "item", "quote", "figure", "footnote", "admonition", "details", "table", "row", "cell"]


@frozen_record(frozen=True, slots=True)
class Source:
    """One input, decoded.

    `text` has the line ends of the input; `bytes` and `sha256` are of what was decoded. `encoding_from` is one of
    `forced`, `bom`, `structure`, `utf8`, `transport`, `declared`, `detected`, `default` (and `str` input: `forced`).
    """

    name: str
    media_type: str
    text: str
    encoding: str = "utf-8"
    encoding_from: str = "forced"
    replaced: int = 0
    bytes: int = 0
    sha256: str = ""
    url: str | None = None
    retrieved: str | None = None
    notes: tuple[Note, ...] = ()
    carried: str = ""  # a JSON object: fields of the container's record that the user wants along


@frozen_record(frozen=True, slots=True)
class Place:
    """Where something stands in the decoded text.

    Lines count from 1; `start` and `end` are code point offsets in `Source.text`, half-open, whole and true only where
    `exact` (a text dump's always are; for HTML they span the lines of the element until someone asks for more).
    """

    first_line: int
    last_line: int
    start: int = 0
    end: int = 0
    exact: bool = False


@frozen_record(frozen=True, slots=True)
class Note:
    """A warning: a limit that bit, bytes that were replaced, a repair. `code` is in the JSON Schema."""

    code: str
    text: str
    place: Place | None = None


@frozen_record(frozen=True, slots=True, eq=False)
class Element:
    """An HTML element around blocks, shared by all blocks below it; `parent` leads to the root.

    `words` are the lower-cased words of its class, id, role and itemprop values, split at hyphens, underscores and case
    changes. `number` counts elements in document order, so that (`number`) names an element within its page.
    """

    tag: str
    words: tuple[str, ...] = ()
    parent: Element | None = None
    number: int = 0
    signature: str = ""  # tag and sorted classes, as `div.card.wide`: what siblings alike have in common
    hidden: bool = False
    depth: int = 0

    def ancestors(self) -> Iterator[Element]:
        """This element, then its parent, up to the root."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent

    @property
    def path(self) -> str:
        """The signatures from the root down, as `body > div.page > p`."""
        return " > ".join(reversed([e.signature or e.tag for e in self.ancestors()]))


@frozen_record(frozen=True, slots=True)
class Mark:
    """Inline markup over `text[start:end]` of its block. A `break` or an `image` is empty (start == end).

    `target` is a link's or image's address as the page writes it, the footnote's id, the TeX of a formula; `title` an
    image's alternative text or a link's title.
    """

    start: int
    end: int
    kind: MarkKind
    target: str = ""
    title: str = ""


@frozen_record(frozen=True, slots=True)
class Container:
    """Something that holds blocks: a list, one of its items, a quote, a figure ...

    Two neighbouring blocks are in the same container where `number` is equal. `ordinal` is the number of an item in an
    ordered list. `attributes` are pairs such as ("ordered", "1"), ("checked", "1"), ("title", "Note"), ("id", "fn1").
    """

    kind: ContainerKind
    number: int
    ordinal: int | None = None
    attributes: tuple[tuple[str, str], ...] = ()

    def attribute(self, name: str) -> str | None:
        return next((value for key, value in self.attributes if key == name), None)


@frozen_record(frozen=True, slots=True)
class Cell:
    """A cell of a table block: `text[start:end]`; `column` and `row` count from 0 after spans are spread."""

    row: int
    column: int
    start: int
    end: int
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


@frozen_record(frozen=True, slots=True)
class Block:
    """The unit that is judged: a paragraph, a heading, a list item, a whole data table, a code listing ...

    `text` holds the characters that are text; `marker` those that stand for structure (a bullet, a number, the line
    under a heading, a fence, the pipes of a drawn table). A list item's marker starts with its own bullet or number.
    A table's text has its cells joined by tabs and its rows by line feeds, with `cells` telling them apart; code keeps
    its white space; everywhere else runs of white space are one space and `<br>` inside a block is a line feed.
    """

    index: int
    kind: Kind
    text: str
    place: Place
    marker: str = ""
    level: int = 0  # of a heading: 1 to 6
    link_chars: int = 0  # non-space characters of `text` inside links
    element: Element | None = None  # the innermost block element, HTML only
    marks: tuple[Mark, ...] = ()
    containers: tuple[Container, ...] = ()  # outermost first
    cells: tuple[Cell, ...] = ()
    language: str = ""  # of code
    blank_before: int = 0  # empty lines above it (text dumps)
    indent: int = 0  # columns before its first character (text dumps)
    origin: Origin = "page"

    @property
    def hints(self) -> tuple[str, ...]:
        """Tag, class and id words of the block's element and its ancestors, nearest first."""
        if self.element is None:
            return ()
        return tuple(word for e in self.element.ancestors() for word in (e.tag, *e.words))


@frozen_record(frozen=True, slots=True)
class Fact:
    """One candidate value for one metadata field: what a rule read at a place. `score` is 0 to 1, the rule's trust."""

    field: str
    value: str
    rule: str
    place: Place | None = None
    score: float = 0.0
    raw: str = ""


@frozen_record(frozen=True, slots=True)
class Page:
    """What a page says of itself as a whole."""

    language: str | None = None  # <html lang>, content-language
    base_url: str | None = None  # <base href>, as written
    types: tuple[str, ...] = ()  # JSON-LD and microdata types, og:type
    scripted: bool = False  # holds scripts that could have built its body


@frozen_record(frozen=True, slots=True)
class Reading:
    """What a reader found: all blocks in document order, the facts of the markup, and notes."""

    blocks: tuple[Block, ...]
    facts: tuple[Fact, ...] = ()
    page: Page = Page()
    notes: tuple[Note, ...] = ()
    kept_elements: frozenset[int] = frozenset()  # numbers of the elements that the user wants kept
    dropped_elements: frozenset[int] = frozenset()


@frozen_record(frozen=True, slots=True)
class Verdict:
    """A judgement of one block, or of the characters `span` of its text.

    The last verdict on a character counts. `rule` is the id of a rule of the lexicon or of a stage
    (`structure.link-density`); `copy_of` the index of the block that a duplicate repeats; `certain` verdicts are not
    overturned by later stages that weigh (the classifier, the context).
    """

    block: int
    label: str
    rule: str
    score: float = 1.0
    span: tuple[int, int] | None = None
    copy_of: int | None = None
    certain: bool = False


@frozen_record(frozen=True, slots=True)
class SiteProfile:
    """Lines that repeat across a site: hashes of folded lines with the share of the site's pages that have them."""

    site: str = ""
    pages: int = 0
    lines: tuple[tuple[str, float], ...] = ()

    @property
    def digest(self) -> str:
        """The first 16 hexadecimal digits of the SHA-256 of its lines."""
        canonical = "\n".join(f"{line}\t{share:.6f}" for line, share in sorted(self.lines))
        return hashlib.sha256(f"{self.site}\n{self.pages}\n{canonical}".encode()).hexdigest()[:16]


@frozen_record(frozen=True, slots=True)
class Ruling:
    """The final word on `text[start:end]` of one block; `verdict` is None where nothing judged it (body)."""

    start: int
    end: int
    verdict: Verdict | None

    @property
    def label(self) -> str:
        return "body" if self.verdict is None else self.verdict.label


@frozen_record(frozen=True, slots=True)
class Document:
    """A reading with the verdicts so far. Stages get it and give back more verdicts."""

    source: Source
    reading: Reading
    verdicts: tuple[Verdict, ...] = ()
    languages: tuple[tuple[str, float], ...] = ()  # (BCP 47 tag, share of the letters), largest first
    profile: SiteProfile | None = None
    notes: tuple[Note, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.reading.blocks

    def judged(self, verdicts: Iterable[Verdict]) -> Document:
        """This document with more verdicts."""
        return replace(self, verdicts=(*self.verdicts, *verdicts))

    def latest(self) -> list[Verdict | None]:
        """For each block the last verdict on the whole of it (verdicts on a part are left out)."""
        found: list[Verdict | None] = [None] * len(self.blocks)
        for verdict in self.verdicts:
            if verdict.span is None:
                found[verdict.block] = verdict
        return found

    def rulings(self) -> list[tuple[Ruling, ...]]:
        """For each block the ranges of its text, in order and without gaps, with the verdict that counts on each."""
        by_block: list[list[Verdict] | None] = [None] * len(self.blocks)
        for verdict in self.verdicts:
            before = by_block[verdict.block]
            if verdict.span is None or before is None:
                by_block[verdict.block] = [verdict]
            else:
                before.append(verdict)
        return [_ranges(len(block.text), found) for block, found in zip(self.blocks, by_block, strict=True)]


def _ranges(length: int, verdicts: list[Verdict] | None) -> tuple[Ruling, ...]:
    """Cut [0, length) where verdicts begin and end; the last one that covers a range counts."""
    if verdicts is None:
        return (Ruling(0, length, None),)
    if verdicts[-1].span is None:
        return (Ruling(0, length, verdicts[-1]),)
    spans = [(0, length) if v.span is None else (max(v.span[0], 0), min(v.span[1], length)) for v in verdicts]
    begin = sorted((start, i) for i, (start, end) in enumerate(spans) if start < end)
    edges = sorted({0, length, *(edge for start, i in begin for edge in (start, spans[i][1]))})
    reach: list[tuple[int, int]] = []  # a heap of those that have begun: the last one given first, with its end
    ranges: list[Ruling] = []
    at = 0
    for start, end in itertools.pairwise(edges):
        while at < len(begin) and begin[at][0] <= start:
            heapq.heappush(reach, (-begin[at][1], spans[begin[at][1]][1]))
            at += 1
        while reach and reach[0][1] <= start:
            heapq.heappop(reach)
        last = verdicts[-reach[0][0]] if reach else None
        if ranges and ranges[-1].verdict is last:
            ranges[-1] = Ruling(ranges[-1].start, end, last)
        else:
            ranges.append(Ruling(start, end, last))
    return tuple(ranges) or (Ruling(0, length, verdicts[-1]),)


@frozen_record(frozen=True, slots=True)
class Metadata:
    """The chosen value of each field (None or () where nothing was sure enough), and all candidates.

    `facts` holds every candidate; `chosen` those that won, so that explain can name the place and the ones that lost.
    """

    title: str | None = None
    original_title: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    date: str | None = None
    date_modified: str | None = None
    date_raw: str | None = None
    site_name: str | None = None
    source_name: str | None = None
    url: str | None = None
    image: str | None = None
    description: str | None = None
    language: str | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    chosen: tuple[Fact, ...] = field(default=(), compare=False)
    facts: tuple[Fact, ...] = field(default=(), compare=False)
