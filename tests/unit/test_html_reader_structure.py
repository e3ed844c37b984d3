"""Lists, quotes, call-outs, terms, details, verse, ruby, headings: what structure becomes in text and Markdown."""

from __future__ import annotations

import pytest
from pages import blocks, markdown, text


def test_lists_nest_and_keep_their_numbers() -> None:
    page = "<ul><li>one<li>two<ol start=3><li>three<li value=9>nine</ol></ul><ol reversed><li>b<li>a</ol>"
    assert text(page) == "- one\n- two\n  3. three\n  9. nine\n\n2. b\n1. a"
    assert markdown(page) == "- one\n- two\n\n  3. three\n  9. nine\n\n2. b\n1. a"


def test_a_list_in_a_list_without_an_item() -> None:
    assert text("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>").split() == ["-", "a", "-", "b", "-", "c"]


@pytest.mark.parametrize("wrap", ["{} done", "<label>{}done</label>", "<p>{}done</p>"])
def test_task_boxes(wrap: str) -> None:
    box = "<input type=checkbox {}>"
    page = f"<ul><li>{wrap.format(box.format('checked'))}<li>{wrap.format(box.format('disabled'))}</ul>"
    assert markdown(page) == "- [x] done\n- [ ] done"


def test_blocks_in_items() -> None:
    page = "<ol><li>Quote: <blockquote>said</blockquote><li>Code:<pre>a\n b</pre><li><p>One.</p><p>Two.</p></ol>"
    assert markdown(page) == ("1. Quote:\n\n   > said\n\n2. Code:\n\n   ```\n   a\n    b\n   ```\n\n3. One.\n\n   Two.")


def test_terms_and_what_they_mean() -> None:
    page = "<dl><div><dt>Mast<dd>Stands.<dd>Carries sail.</div><dt>Keel<dd><p>Below.</p></dl>"
    assert [block.kind for block in blocks(page)] == ["term", "paragraph", "paragraph", "term", "paragraph"]
    assert markdown(page) == "**Mast**\n\nStands.\n\nCarries sail.\n\n**Keel**\n\nBelow."


def test_quotes_nest_and_keep_who_said_it() -> None:
    page = "<blockquote><p>Ice.</p><blockquote>Cold ice.</blockquote><footer>— <cite>Ada</cite></footer></blockquote>"
    assert markdown(page) == "> Ice.\n>\n> > Cold ice.\n>\n> — Ada"


CALL_OUTS = {
    "sphinx": "<div class='admonition warning'><p class='admonition-title'>Mind</p><p>Ice.</p></div>",
    "github": "<div class='markdown-alert markdown-alert-warning'><p class='markdown-alert-title'><svg></svg>Mind</p>"
    "<p>Ice.</p></div>",
    "docusaurus": "<div class='theme-admonition theme-admonition-warning'><div class='admonitionHeading_Gvgb'>Mind</div>"
    "<div class='admonitionContent_BuS1'><p>Ice.</p></div></div>",
    "obsidian": "<div class=callout data-callout=warning><div class=callout-title><div>Mind</div></div><p>Ice.</p></div>",
    "vitepress": "<div class='custom-block warning'><p class='custom-block-title'>Mind</p><p>Ice.</p></div>",
}


@pytest.mark.parametrize("name", CALL_OUTS)
def test_call_outs(name: str) -> None:
    assert markdown(CALL_OUTS[name]) == "> [!warning] Mind\n> Ice."
    assert text(CALL_OUTS[name]) == "Mind\n\nIce."


def test_details_are_opened() -> None:
    assert text("<details><summary>More</summary><p>Ice.</p></details>") == "More\n\nIce."


def test_verse_and_addresses_keep_their_lines() -> None:
    page = "<p>One<br>two<br><br>three</p><address>1 Quay<br>Harbour</address>"
    assert markdown(page) == "One  \ntwo\n\nthree\n\n1 Quay  \nHarbour"


def test_ruby_raised_lowered_and_struck() -> None:
    page = "<p><ruby>雪<rp>(</rp><rt>ゆき</rt><rp>)</rp></ruby> H<sub>2</sub>O x<sup>2</sup> <del>no</del> <ins>yes</ins></p>"
    assert text(page) == "雪 H2O x2 no yes"
    assert markdown(page) == "<ruby>雪<rt>ゆき</rt></ruby> H<sub>2</sub>O x<sup>2</sup> ~~no~~ yes"


@pytest.mark.parametrize(
    "heading",
    [
        "<h2 id=b><a href='#b'>Boats &amp; ice</a></h2>",
        "<h2>Boats &amp; ice <a class=headerlink href='#b' title=Permalink>¶</a></h2>",
        "<h2><a class=anchor href='#b'><svg></svg></a>Boats &amp; ice</h2>",
        "<h2><a href='https://example.org/p/#boats-ice'>Boats &amp; ice</a></h2>",
    ],
)
def test_headings_lose_the_links_to_themselves(heading: str) -> None:
    assert markdown(heading) == "## Boats & ice"


def test_headings_keep_links_that_lead_elsewhere() -> None:
    assert markdown("<h2><a href='/boats#top'>Boats</a></h2>") == "## [Boats](/boats#top)"
    assert markdown("<h2>On <a href='#x'>boats</a></h2>") == "## On [boats](#x)"
