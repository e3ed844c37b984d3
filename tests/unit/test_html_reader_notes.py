"""Footnotes in the notations that pages use: one mark, one note, no label and no link back in its text."""

from __future__ import annotations

import pytest
from pages import blocks, markdown

PROSE = "<p>The lock was built of oak.{}</p><p>It held for a hundred years.</p>"

NOTATIONS = {
    "link and list": (
        "<sup id=r1><a href='#n1'>1</a></sup>",
        "<ol><li id=n1>Felled in the hills. <a href='#r1'>↩</a></li></ol>",
    ),
    "word": (
        "<a href='#_ftn1' name='_ftnref1'>[1]</a>",
        "<div id=ftn1><p><a href='#_ftnref1' name='_ftn1'>[1]</a> Felled in the hills.</p></div>",
    ),
    "wikipedia": (
        "<sup id='cite_ref-1' class=reference><a href='#cite_note-1'>[1]</a></sup>",
        "<ol class=references><li id='cite_note-1'><span class='mw-cite-backlink'><a href='#cite_ref-1'>^</a></span> "
        "<span class='reference-text'>Felled in the hills.</span></li></ol>",
    ),
    "github": (
        "<sup><a href='#user-content-fn-1' id='user-content-fnref-1' data-footnote-ref>1</a></sup>",
        "<section class=footnotes><ol><li id='user-content-fn-1'><p>Felled in the hills. "
        "<a href='#user-content-fnref-1' class='data-footnote-backref' aria-label='Back'>↩</a></p></li></ol></section>",
    ),
    "paragraph with its number": (
        "<a href='#fn1' id=ref1><sup>1</sup></a>",
        "<p id=fn1>1. Felled in the hills. <a href='#ref1'>back</a></p>",
    ),
    "raised without links": ("<sup>1</sup>", "<hr><p><sup>1</sup> Felled in the hills.</p>"),
    "bold without links": ("<sup>1</sup>", "<hr><p><strong>1</strong> Felled in the hills.</p>"),
    "named anchors after breaks": (
        "<a href='#note1'>[1]</a>",
        "<p>Notes<br><a name='note1'>[1]</a> Felled in the hills.</p>",
    ),
    "side note": ("<label for=s1></label><span class=sidenote>Felled in the hills.</span>", ""),
    "heading with the number": (
        "<a href='#FOOT1' id=DOCF1>(1)</a>",
        "<h4>Footnotes</h4><h5><a id=FOOT1 href='#DOCF1'>(1)</a></h5><p>Felled in the hills.</p>",
    ),
}


@pytest.mark.parametrize("name", NOTATIONS)
def test_a_note_is_called_once_and_stands_at_the_end(name: str) -> None:
    reference, note = NOTATIONS[name]
    written = markdown(f"<html><body><article>{PROSE.format(reference)}{note}</article>")
    assert "built of oak.[^1]" in written
    assert written.endswith("\n\n[^1]: Felled in the hills.")


def test_the_label_of_a_note_is_its_marker() -> None:
    reference, note = NOTATIONS["raised without links"]
    last = blocks(f"<html><body>{PROSE.format(reference)}{note}")[-1]
    assert (last.marker, last.text) == ("1", "Felled in the hills.")
    assert [c.kind for c in last.containers] == ["footnote"]


def test_a_note_of_several_blocks() -> None:
    note = (
        "<ol class=footnotes><li id=n1><p>Felled in the hills.</p><ul><li>by hand</li></ul><pre>x = 1</pre></li></ol>"
    )
    reference = NOTATIONS["link and list"][0]
    assert markdown(f"<html><body>{PROSE.format(reference)}{note}").endswith(
        "[^1]: Felled in the hills.\n\n    - by hand\n\n    ```\n    x = 1\n    ```"
    )


def test_references_to_equations_and_sections_are_no_notes() -> None:
    page = "<p>By <a href='#eq1'>1</a> and <a href='#s2'>Section 2</a>.</p><div id=eq1>E = mc</div><h2 id=s2>Two</h2>"
    assert "[^" not in markdown(page)
