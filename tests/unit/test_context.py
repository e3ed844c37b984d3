"""The stage that judges by what stands around: pictures, separators, notes."""

from __future__ import annotations

from typing import Any

from artextract.model import Block, Container, Document, Element, Mark, Place, Reading, Source, Verdict
from artextract.settings import Settings
from artextract.stages.context import judge


def judged(*rows: tuple[str, str, str, dict[str, Any]]) -> list[tuple[int, str, str]]:
    """Block, label and rule of the stage's verdicts on (kind, text, label before, other fields) rows."""
    blocks = tuple(Block(i, kind, text, Place(1, 1), **more) for i, (kind, text, _, more) in enumerate(rows))  # type: ignore[arg-type]
    before = tuple(Verdict(i, label, "t.x") for i, (_, _, label, _) in enumerate(rows) if label not in ("", "body"))
    document = Document(Source("", "text/html", ""), Reading(blocks), before)
    return [(v.block, v.label, v.rule) for v in judge(document, Settings())]


def row(kind: str, text: str = "", label: str = "body", **more: Any) -> tuple[str, str, str, dict[str, Any]]:
    return kind, text, label, more


FIGURE = (Container("figure", 5),)


def test_a_picture_stays_between_kept_texts_whatever_becomes_of_its_caption() -> None:
    text, caption = row("paragraph", "Ice."), row("caption", "A ship", "credit", containers=FIGURE)
    assert judged(text, row("image"), text) == []
    assert judged(text, row("image", containers=FIGURE), caption, text) == []
    assert judged(text, row("image"), row("paragraph", "Share", "share")) == [(1, "other", "context.between-dropped")]
    assert judged(text, caption, row("image"), text) == [(2, "other", "context.between-dropped")]


def test_the_lead_picture_stays_but_not_the_author_s() -> None:
    title, text = row("heading", "Ice", "title"), row("paragraph", "Ice is thick.")
    portrait = Element("img", parent=Element("div", ("author", "box")))
    assert judged(title, row("image"), text) == []
    assert judged(title, row("separator"), text) == [(1, "other", "context.between-dropped")]
    assert judged(title, row("image", element=portrait), text) == [(1, "other", "context.between-dropped")]


def test_a_figure_may_be_the_last_thing_of_a_text_unless_it_is_a_link() -> None:
    text, after = row("paragraph", "Ice."), row("paragraph", "Share", "share")
    link = (Mark(0, 0, "image", "/a.png"), Mark(0, 0, "link", "/other"))
    assert judged(text, row("image", containers=FIGURE), after) == []
    assert judged(text, row("image", containers=FIGURE, marks=link), after) == [(1, "other", "context.between-dropped")]


def test_a_table_in_the_middle_of_text_stays_where_nothing_is_sure_against_it() -> None:
    def verdicts(kind: str, score: float, after: str = "body") -> list[tuple[int, str]]:
        blocks = tuple(Block(i, k, "Ice.", Place(1, 1)) for i, k in enumerate(("paragraph", kind, "paragraph")))  # type: ignore[arg-type]
        before = (Verdict(1, "other", "model.html-1", score), Verdict(2, after, "t.x"))
        document = Document(Source("", "text/html", ""), Reading(blocks), before)
        return [(v.block, v.rule) for v in judge(document, Settings())]

    assert verdicts("table", 0.3) == [(1, "context.island")]
    assert verdicts("paragraph", 0.3) == verdicts("table", 0.1) == verdicts("table", 0.3, "share") == []


def test_notes_follow_the_text_that_refers_to_them() -> None:
    notes = [(Container("footnote", n, attributes=(("id", f"fn{n}"),)),) for n in (1, 2)]
    rows = (
        row("paragraph", "Ice1 is.", marks=(Mark(3, 4, "footnote", "fn1"),)),
        row("paragraph", "Ad2", "advertisement", marks=(Mark(2, 3, "footnote", "fn2"),)),
        row("heading", "Notes"),
        row("paragraph", "Thick.", "other", containers=notes[0]),
        row("paragraph", "Thin.", "other", containers=notes[1]),
    )
    assert judged(*rows) == [(3, "body", "context.note"), (2, "other", "context.notes-heading")]
