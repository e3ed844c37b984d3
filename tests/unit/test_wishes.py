"""What the user asks for by hand: lines and elements, kept or dropped."""

from __future__ import annotations

import pytest

from artextract import Article, Settings, extract
from artextract.errors import SettingsError
from artextract.stages.wishes import line_patterns

PROSE = (
    "The harbour froze over in the night, and the ferries stayed where they were until the wind turned on Friday.",
    "Nobody in the town could remember a winter like it, said the harbour master, who has kept the log for years.",
    "Ice as thick as a hand lay between the piers, and children walked to school across it for a whole week.",
)
DUMP = f"Share this: Facebook X Email\n\n{PROSE[0]}\n\n{PROSE[1]}\n\n{PROSE[2]}\n\nAll rights reserved.\n"
PAGE = f"""<html><head><title>Ice</title></head><body><nav id="menu"><a href="/">Home</a> <a href="/n">News</a></nav>
<article><p>{PROSE[0]}</p><div class="promo box"><p>{PROSE[1]}</p><ul><li>{PROSE[2]}</li></ul></div><p>{PROSE[2]}</p>
</article></body></html>"""


def rules_of(article: Article, words: str) -> list[str]:
    found = [b.index for b in article.document.blocks if words in b.text]
    return [r.verdict.rule if r.verdict else "-" for index in found for r in article.rulings[index]]


def test_lines_of_a_dump() -> None:
    article = extract(DUMP, Settings(drop_lines=("harbour master",), keep_lines=("^Share this",)), name="page.txt")
    assert PROSE[0] in article.text and PROSE[1] not in article.text
    assert "Share this: Facebook X Email" in article.text
    assert rules_of(article, "harbour master") == ["wish.drop-line"]
    assert rules_of(article, "Share this") == ["wish.keep-line"]
    assert "wish.drop-line" in article.explain() and "The user wants it dropped" in article.explain()


def test_to_keep_counts_more() -> None:
    article = extract(DUMP, Settings(drop_lines=("harbour",), keep_lines=("Nobody",)), name="page.txt")
    assert PROSE[1] in article.text and PROSE[0] not in article.text


def test_one_line_of_a_block() -> None:
    article = extract(
        f"<article><p>{PROSE[0]}</p><p>{PROSE[1]}<br>Buy our book<br>{PROSE[2]}</p></article>",
        Settings(drop_lines=("^Buy",)),
        name="page.html",
    )
    assert "Buy our book" not in article.text and PROSE[1] in article.text and PROSE[2] in article.text


@pytest.mark.parametrize("selector", ["//div[@class='promo box']", "//article/div", ".promo", "div.box"])
def test_elements_are_dropped(selector: str) -> None:
    if not selector.startswith("/"):
        pytest.importorskip("cssselect")
    article = extract(PAGE, Settings(drop_elements=(selector,)), name="page.html")
    assert PROSE[1] not in article.text and PROSE[0] in article.text
    assert rules_of(article, "Nobody in the town") == ["wish.drop-element"]


def test_elements_are_kept() -> None:
    article = extract(PAGE, Settings(keep_elements=("//nav",)), name="page.html")
    assert "Home" in article.text and rules_of(article, "Home") == ["wish.keep-element"]
    assert "Home" not in extract(PAGE, name="page.html").text


@pytest.mark.parametrize("pattern", ["(a+)+$", "(x|xx)*(", "a.*b.*c.*d.*e", "", "x*", "(?:a ?,? ?)+"])
def test_patterns_that_are_refused(pattern: str) -> None:
    with pytest.raises(SettingsError, match="--drop-line"):
        line_patterns((pattern,), "--drop-line")


@pytest.mark.parametrize("selector", ["//div[", "/count(", "count(//div)", "//div/@class/.."])
def test_selectors_that_are_refused_or_find_nothing(selector: str) -> None:
    if selector == "//div/@class/..":
        assert extract(PAGE, Settings(drop_elements=(selector,)), name="page.html").text
        return
    with pytest.raises(SettingsError, match="--drop-element"):
        extract(PAGE, Settings(drop_elements=(selector,)), name="page.html")


def test_every_rule_can_be_switched_off() -> None:
    article = extract(DUMP, Settings(disable=("model.text-1", "en.rights-reserved")), name="page.txt")
    assert not any(verdict.rule == "model.text-1" for verdict in article.document.verdicts)
