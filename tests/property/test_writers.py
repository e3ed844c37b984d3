"""Laws of the writers over made-up documents: agreement, the round trip through a Markdown parser, clean output."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from artextract.article import Article
from artextract.model import Block, Cell, Container, Document, Mark, Metadata, Place, Reading, Source, Verdict
from artextract.settings import Settings
from artextract.writers.explain import ledger_records
from artextract.writers.kept import clean
from artextract.writers.notes import Notes
from artextract.writers.text import block_text

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

FRAGMENTS = (
    *"\\`*_{}[]()#+-.!|<>~$&:=^'\"@/?,;%",
    *("**", "__", "~~", "~~~", "```", "``", "---", "***", "===", "$$", "[^1]", "[^1]:", "](", "![", "<br>", "</p>"),
    *("&amp;", "&#42;", "&lt", "1.", "12)", "# ", "- ", "+ ", "> ", "* ", "[x] ", "[ ] ", "|---|", "--|--", ":-", "<a"),
    *(
        "http://e.org",
        "<http://e.org>",
        "<!--",
        "-->",
        "<?",
        "snake_case",
        "a*b",
        "$5",
        "word",
        "two words",
        "长治",
        "。",
    ),
    *("é", "”", "（一）", "א", "€", "x", "1", "\u00a0", "😀", "<div>", "::", "a|b", "\\|", "\\\\"),
)
line = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=8).flatmap(
    lambda parts: st.sampled_from(("", " ")).map(lambda glue: " ".join(glue.join(parts).split()))
)
text = st.lists(line, min_size=1, max_size=3).map("\n".join).filter(str.strip)
KINDS = ("paragraph", "paragraph", "heading", "list_item", "caption", "code", "table", "term")
MARKS = ("strong", "emphasis", "code", "strike", "highlight", "superscript", "subscript", "link")


@st.composite
def marks(draw: st.DrawFn, size: int) -> tuple[Mark, ...]:
    found = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, size))
        end = draw(st.integers(start, size))
        kind = draw(st.sampled_from(MARKS))
        target = (
            draw(st.sampled_from(("/a", "https://e.org/(x", "b c|d", "?a=1&lt;=2", "#x"))) if kind == "link" else ""
        )
        found.append(Mark(start, end, kind, target))
    return tuple(sorted(found, key=lambda mark: (mark.start, -mark.end)))


def table_of(rows: list[list[str]]) -> tuple[str, tuple[Cell, ...]]:
    cells, at, whole = [], 0, "\n".join("\t".join(row) for row in rows)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            cells.append(Cell(r, c, at, at + len(cell)))
            at += len(cell) + 1
    return whole, tuple(cells)


@st.composite
def containers(draw: st.DrawFn) -> tuple[Container, ...]:
    """A path in one fixed forest, so that neighbours often share some of it."""
    path: list[Container] = []
    at = "0"
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(("list", "list", "quote", "admonition", "details")))
        number = draw(st.integers(1, 2))
        at += f"{('list', 'quote', 'admonition', 'details').index(kind)}{number}"
        ordered = (("ordered", "1"),) if number == 2 else ()
        path.append(Container(kind, int(at), attributes=ordered if kind == "list" else ()))
        if kind == "list":
            item = draw(st.integers(1, 3))
            at += f"9{item}"
            path.append(Container("item", int(at), item * item if ordered else None))
    return tuple(path)


@st.composite
def blocks(draw: st.DrawFn, index: int, with_containers: bool = True) -> Block:
    kind = draw(st.sampled_from(KINDS))
    content, cells = draw(text), ()
    if kind == "table":
        size = draw(st.integers(1, 3))
        rows = draw(st.lists(st.lists(line, min_size=size, max_size=size), min_size=1, max_size=3))
        content, cells = table_of(rows)
    own = draw(marks(len(content))) if kind != "code" else ()
    around = draw(containers()) if with_containers else ()
    marker = draw(st.sampled_from(("", "•", "1.", "3)", "（一）"))) if kind == "list_item" else ""
    indent = draw(st.sampled_from((0, 0, 2, 4)))
    level = draw(st.integers(1, 6)) if kind == "heading" else 0
    place = Place(index + 1, index + 1)
    return Block(index, kind, content, place, marker, level, marks=own, containers=around, cells=cells, indent=indent)


@st.composite
def articles(draw: st.DrawFn, judged: bool = False) -> Article:
    made = tuple(draw(blocks(i)) for i in range(draw(st.integers(1, 6))))
    verdicts = []
    for block in made if judged else ():
        label = draw(st.sampled_from(("body", "share", "comment")))
        span = draw(st.none() | st.tuples(st.integers(0, len(block.text)), st.integers(0, len(block.text))).map(sorted))
        verdicts.append(Verdict(block.index, label, "t.rule", span=tuple(span) if span else None))
    document = Document(Source("a.html", "text/html", ""), Reading(made), tuple(verdicts))
    return Article(document, Metadata(), Settings(keep=("comment",)))


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []

    def handle_data(self, data: str) -> None:
        self.out.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.out.append(" " if tag in ("br", "td", "th", "tr") else "")


def html_text(source: str) -> str:
    parser = _Text()
    parser.feed(source)
    parser.close()
    return "".join(parser.out)


def plain_text(markdown: str) -> str:
    """What a reader of the rendered Markdown reads, blocks and cells separated by line feeds."""
    out: list[str] = []
    for token in PARSER.parse(markdown):
        if token.type in ("fence", "code_block"):
            out.append(token.content)
        elif token.type == "html_block":
            out.append(html_text(token.content))
        elif token.type == "inline":
            out.append("".join(_plain(child) for child in token.children or ()))
    return "\n".join(out)


def _plain(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "html_inline":
        return "\n" if token.content == "<br>" else ""
    return token.content if token.type in ("text", "code_inline") else ""


def fold(value: str) -> str:
    return " ".join(value.split())


def read_text(article: Article) -> str:
    """The text output without list markers."""
    notes = Notes(article.placed)
    return fold("\n".join(clean(block_text(item.kept, notes)) for item in article.placed))


def without_own_markers(value: str) -> str:
    """Markers that Markdown does not know and call-out lines stand as text."""
    return fold(value.replace("（一）", "").replace("[!note]", ""))


@settings(max_examples=150, deadline=None)
@given(articles())
def test_markdown_read_as_text_is_the_text_output(article: Article) -> None:
    found, expected = without_own_markers(plain_text(article.markdown)), without_own_markers(read_text(article))
    assert found == expected, article.markdown


@settings(max_examples=100, deadline=None)
@given(articles(judged=True))
def test_markdown_text_and_explain_agree_on_what_is_kept(article: Article) -> None:
    kept = [r["text"] for r in ledger_records(article) if r["kept"]]
    characters = re.sub(r"\s", "", "".join(kept))
    assert re.sub(r"\s", "", read_text(article)) == characters
    assert without_own_markers(plain_text(article.markdown)) == without_own_markers(read_text(article))
