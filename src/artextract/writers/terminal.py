"""The ledger for a terminal: line numbers, a sign and a colour for each label, reasons in the margin, a legend.

Nothing of the input reaches the terminal raw (`explain.visible`), and no colour stands without a sign or a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import StringIO

from rich.cells import cell_len, get_character_cell_size
from rich.console import Console
from rich.text import Text

from artextract.article import Article
from artextract.model import Fact
from artextract.writers.explain import FIELDS, Entry, Reasons, entries, lines_of, origin, visible
from artextract.writers.json import removed

STYLES = {
    "body": "green",
    "title": "bold cyan",
    "byline": "cyan",
    "dateline": "cyan",
    "credit": "blue",
    "navigation": "yellow",
    "breadcrumb": "yellow",
    "pager": "yellow",
    "related": "yellow",
    "share": "magenta",
    "advertisement": "magenta",
    "comment": "bright_blue",
    "legal": "bright_black",
    "other": "bright_black",
    "duplicate": "red",
    "unused": "bright_black",
}
"""Label -> the style of its name."""

_LABEL = max(map(len, STYLES)) + 1
_TEXT_LINES = 2  # of a row; more of a block's text is cut off with an ellipsis
_WHY_LINES = 3
_LOST = 3  # candidates of a field that are shown though they lost
_MIN_WIDTH, _MAX_WIDTH = 60, 200


def write(article: Article, width: int = 100, color: bool = True) -> str:
    """The ledger in `width` columns, with escape sequences for colour where `color`."""
    width = min(max(width, _MIN_WIDTH), _MAX_WIDTH)
    out = StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    for line in _lines(article, width):
        console.print(line, no_wrap=True, overflow="ignore", crop=False)
    return out.getvalue()


def _lines(article: Article, width: int) -> Iterator[Text]:
    source = article.document.source
    yield Text(
        visible(f"{source.name or '-'} · {source.media_type} · {source.encoding} ({source.encoding_from})"), "bold"
    )
    for name in FIELDS:
        yield from _field(article, name, width)
    for note in article.notes:
        yield Text.assemble(("! ", "bold red"), (visible(f"{note.code}: {note.text}"), "red"))
    yield Text()
    yield from _rows(article, width)
    yield Text()
    yield from _summary(article, width)


def _field(article: Article, name: str, width: int) -> Iterator[Text]:
    """A metadata field: what was chosen and where it was read, then what lost."""
    metadata = article.metadata
    value = getattr(metadata, name)
    chosen = [fact for fact in metadata.chosen if fact.field == name]
    lost = [fact for fact in metadata.facts if fact.field == name and fact not in chosen and fact.value != value]
    if not value:
        return
    shown = " / ".join(value) if isinstance(value, tuple) else value
    yield _fact(f"{name:<14} ", shown, chosen, "bold", width)
    for fact in lost[:_LOST]:
        yield _fact(f"{'':<12} ✗ ", fact.value, [fact], "dim", width)


def _fact(lead: str, value: str, facts: Sequence[Fact], style: str, width: int) -> Text:
    where = "; ".join(map(origin, facts))
    room = max(width - cell_len(lead) - (cell_len(where) + 4 if where else 0), 20)
    line = Text.assemble((lead, "dim"), (fitted(visible(value), room, 1)[0], style))
    if where:
        line.append(f"  ← {visible(where)}", "dim")
    return line


def _rows(article: Article, width: int) -> Iterator[Text]:
    reasons = Reasons(article)
    rows = list(entries(article))
    number = max((len(lines_of(row)) for row in rows), default=1)
    margin = max(width * 3 // 10, 26)
    room = width - number - _LABEL - margin - 6
    told: set[str] = set()  # a reason stands in the margin once
    for row in rows:
        why = reasons.of(row.verdict)
        margin_lines = _why(row, "" if why in told else why, margin)
        told.add(why)
        text = fitted(visible(row.text), room, _TEXT_LINES)
        for i in range(max(len(text), len(margin_lines))):
            line = Text.assemble(
                (f"{lines_of(row) if i == 0 else '':>{number}} ", "dim"),
                *(_sign(row) if i == 0 else ((" " * (_LABEL + 2), ""),)),
                (_padded(text[i] if i < len(text) else "", room), "" if row.kept else "dim"),
            )
            if i < len(margin_lines):
                line.append(" │ " + margin_lines[i], "dim")
            yield line


def _sign(row: Entry) -> tuple[tuple[str, str], ...]:
    """The sign for kept or dropped, and the label."""
    style = STYLES.get(row.label, "")
    return ("✓ " if row.kept else "✗ ", "bold green" if row.kept else "bold red"), (f"{row.label:<{_LABEL}}", style)


def _why(row: Entry, evidence: str, width: int) -> list[str]:
    """The margin: the rule with its score, then its evidence."""
    if row.verdict is None:
        return []
    rule = fitted(visible(f"{row.verdict.rule} {row.verdict.score:.2f}"), width - 3, 1)
    return rule + (fitted(visible(evidence), width - 3, _WHY_LINES - 1) if evidence else [])


def _summary(article: Article, width: int) -> Iterator[Text]:
    """What was kept and dropped, label by label: at once the legend of the colours."""
    kept = sum(1 for row in entries(article) if row.kept)
    yield Text.assemble(("✓ kept", "bold green"), f"     {kept:,} rows, {len(article.text):,} characters of text")
    counts = removed(article)
    if not counts:
        return
    line = Text.assemble(("✗ dropped", "bold red"), "  ")
    for i, (label, count) in enumerate(counts.items()):
        part = Text.assemble((label, STYLES.get(label, "")), f" {count['blocks']:,} ({count['chars']:,} characters)")
        if i and line.cell_len + part.cell_len + 3 > width:
            yield line
            line = Text(" " * 11)
        elif i:
            line.append(" · ", "dim")
        line.append_text(part)
    yield line


def fitted(text: str, width: int, lines: int) -> list[str]:
    """`text` broken into at most `lines` lines of at most `width` columns, at spaces where it has some.

    >>> fitted("the ice is thick", 7, 2), fitted("长治市职业教育", 5, 2)
    (['the ice', 'is thi…'], ['长治', '市职…'])
    """
    found: list[str] = []
    at = 0
    while at < len(text) and len(found) < lines:
        end = _reach(text, at, width)
        if end < len(text) and len(found) + 1 == lines:
            found.append(text[at : _reach(text, at, width - 1)].rstrip() + "…")
            return found
        space = text.rfind(" ", at + 1, end + 1) if end < len(text) else -1
        if space > at and text[end - 1 : end + 1].isascii():
            end = space
        found.append(text[at:end].rstrip())
        at = end
        while at < len(text) and text[at] == " ":
            at += 1
    return found or [""]


def _reach(text: str, at: int, width: int) -> int:
    """The index behind the last character from `at` on that fits into `width` columns; at least one fits."""
    used = 0
    end = at
    while end < len(text):
        used += get_character_cell_size(text[end])
        if used > width and end > at:
            return end
        end += 1
    return end


def _padded(text: str, width: int) -> str:
    return text + " " * max(width - cell_len(text), 0)
