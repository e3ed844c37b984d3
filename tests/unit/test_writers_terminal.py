"""The ledger for a terminal."""

from __future__ import annotations

import re

from rich.cells import cell_len

from artextract.article import Article
from artextract.model import Block, Document, Fact, Metadata, Note, Place, Reading, Source, Verdict
from artextract.writers.terminal import fitted, write

TEXTS = (
    "The ice is thick in the harbour and nobody sails, " * 8,
    "长治市职业教育大会召开,会议深入学习贯彻重要论述," * 8,
    "hostile \x1b]0;owned\x07 \u202eevil\u2069 \x9b31m text\twith\nbreaks",
    "Share this",
)


def ledger(width: int, color: bool) -> str:
    blocks = tuple(Block(i, "paragraph", text, Place(i + 1, i + 2)) for i, text in enumerate(TEXTS))
    verdicts = (Verdict(3, "share", "t.unknown\x1b[2J", 0.8), Verdict(1, "credit", "t.b", span=(0, 5)))
    won = Fact("title", "Ice", "meta.title", Place(1, 1), 0.9)
    lost = Fact("title", "Ice | \x1bSite", "meta.og", Place(2, 2), 0.5)
    metadata = Metadata(title="Ice", authors=("A", "B"), chosen=(won,), facts=(won, lost))
    reading = Reading(blocks, notes=(Note("too-deep", "flattened\x1b[1m"),))
    article = Article(Document(Source("a\x1b.txt", "text/plain", ""), reading, verdicts), metadata)
    return write(article, width, color)


def test_every_line_fits_and_columns_are_aligned_whatever_the_script() -> None:
    for width in (60, 100, 140):
        lines = ledger(width, color=False).splitlines()
        assert max(map(cell_len, lines)) <= width
        margins = {cell_len(line[: line.index(" │ ")]) for line in lines if " │ " in line}
        assert len(margins) == 1


def test_no_escape_sequence_of_the_input_gets_through() -> None:
    plain, colored = ledger(100, color=False), ledger(100, color=True)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", plain)
    ours = re.compile(r"\x1b\[[0-9;]*m")
    assert ours.search(colored)
    assert ours.sub("", colored) == plain
    assert "hostile \\x1b]0;owned\\x07" in plain and "\\u202eevil" in plain


def test_what_was_kept_and_why_is_said_without_colour() -> None:
    plain = ledger(100, color=False)
    assert re.search(r"^ +1-2 ✓ body +The ice is thick", plain, re.M)
    assert re.search(r"^ +4-5 ✗ share +Share this +│ t\.unknown", plain, re.M)
    assert re.search(r"^ *2-3\[0:5\] ✗ credit +长治市职业 +│ t\.b 1\.00$", plain, re.M)
    assert "title          Ice  ← meta.title 0.90, line 1" in plain
    assert "✗ Ice | \\x1bSite  ← meta.og 0.50, line 2" in plain
    assert re.search(r"^✗ dropped  credit 1 \(5 characters\) · share 1 \(9 characters\)$", plain, re.M)


def test_text_is_broken_by_columns_not_characters() -> None:
    assert fitted("abc def", 10, 2) == ["abc def"]
    assert fitted("", 10, 2) == [""]
    assert fitted("长治市职", 4, 5) == ["长治", "市职"]
    assert fitted("abcdefgh", 3, 2) == ["abc", "de…"]
