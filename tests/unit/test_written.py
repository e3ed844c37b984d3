"""Markdown with front matter is an article already: nothing of it is dropped, and it names its own metadata."""

from __future__ import annotations

from artextract import Settings, extract
from artextract.writers import writer_for

PAGE = """---
title: "The lock: a \\"history\\""
authors: ["Ada Lund", "B. Roe"]
date: "2021-03-04"
date_raw: "4 March 2021"
site_name: "Harbour Notes"
url: "https://example.org/lock"
tags: ["locks", "oak"]
---

Share this page

# Ada Lund

By hand. Share this page

Share this page

![The gate](https://example.org/gate.jpg)
"""
MARKDOWN = Settings(input_type="markdown")


def test_all_of_it_is_body() -> None:
    found = extract(PAGE, MARKDOWN)
    assert found.text == "Share this page\n\nAda Lund\n\nBy hand. Share this page\n\nShare this page"
    assert found.markdown.endswith("![The gate](https://example.org/gate.jpg)")
    assert found.to_dict()["removed"] == {"other": {"blocks": 1, "chars": 0}}


def test_its_metadata_are_those_of_the_front_matter() -> None:
    found = extract(PAGE, MARKDOWN)
    made = found.metadata
    assert (made.title, made.authors) == ('The lock: a "history"', ("Ada Lund", "B. Roe"))
    assert (made.date, made.date_raw, made.site_name) == ("2021-03-04", "4 March 2021", "Harbour Notes")
    assert (made.url, made.tags) == ("https://example.org/lock", ("locks", "oak"))
    assert writer_for("markdown")(found, MARKDOWN).startswith(PAGE[:40])


def test_the_title_as_first_heading_is_not_text() -> None:
    found = extract(
        "---\ntitle: The lock\n---\n\n# The lock\n\nIt was built of oak.\n\n## The lock\n\nIt held.", MARKDOWN
    )
    assert found.text == "It was built of oak.\n\nThe lock\n\nIt held."


def test_markdown_without_front_matter_is_judged_like_a_dump() -> None:
    found = extract(
        "# The lock\n\nShare this page\n\n" + "It was built of oak and held for a hundred years. " * 9, MARKDOWN
    )
    assert found.title == "The lock"
    assert "Share" not in found.text
