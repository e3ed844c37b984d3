"""Where the head ends: what cannot stand in it is the body, whether or not the page writes the tags."""

from __future__ import annotations

import pytest
from pages import blocks, reading


@pytest.mark.parametrize("tag", ["article", "main", "section", "header", "figure", "my-page", "div", "p", "h1"])
@pytest.mark.parametrize("before", ["<title>Boats</title>", "<html><head><title>Boats</title>", "<meta charset=utf-8>"])
def test_the_body_begins_at_the_first_element_that_no_head_can_hold(before: str, tag: str) -> None:
    found = blocks(f"{before}<{tag}>One.</{tag}><p>Two.</p>three<main>Four.</main>")
    assert [block.text for block in found] == ["One.", "Two.", "three", "Four."]


def test_the_title_is_read_wherever_it_stands() -> None:
    found = reading(
        "<head><my-sprite>x</my-sprite><title>Boats</title><meta name=author content='Ada Lund'><p>One.</p>"
    )
    assert [block.text for block in found.blocks] == ["x", "One."]
    assert {fact.value for fact in found.facts} >= {"Boats", "Ada Lund"}


def test_an_element_without_text_leaves_the_head_as_it_is() -> None:
    found = blocks("<head><my-sprite></my-sprite><title>Boats</title></head><body><p>One.</p></body>")
    assert [block.text for block in found] == ["One."]
