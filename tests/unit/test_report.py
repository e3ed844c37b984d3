"""The report without a browser: what is remembered, what is escaped, what is compared."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from artextract import Settings, extract
from artextract.errors import SettingsError
from artextract.report.against import load
from artextract.report.collect import FULL, MOST_ROWS, Collector, said_of
from artextract.report.page import data_block, page
from artextract.report.view import view
from artextract.writers.json import write_line

TEXT = (Path(__file__).parents[2] / "examples" / "harbour-news.txt").read_text("utf-8")
GIVEN: dict[str, Any] = {
    "title": "T",
    "language": "en",
    "encoding": "utf-8",
    "bytes": 2_000,
    "chars": 900,
    "quality": 0.5,
    "seconds": 0.02,
    "removed": {"navigation": 40},
    "warnings": [],
    "view": '{"rows":[]}',
}


def said(name: str = "harbour.txt", settings: Settings | None = None) -> dict[str, Any]:
    return said_of(extract(TEXT, settings or Settings(), name=name), name, None, True, 0.5)


def views_of(text: str) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="application/json" id="view-\d+">([^<]*)</script>', text)
    return [json.loads(one) for one in found]


def test_a_view_holds_every_character_of_the_input() -> None:
    found = json.loads(view(extract(TEXT, name="harbour.txt"), "harbour.txt", None))
    shown = "".join(row[12] + row[13] for row in found["rows"])
    assert sorted("".join(TEXT.split())) == sorted("".join(shown.split()))
    assert found["cut"] == [0, 0]
    kept = [row for row in found["rows"] if row[5]]
    assert {found["names"][row[6]] for row in kept} == {"body"}
    assert [item[0] for item in found["output"]] == [row[0] for row in kept]
    title = next(fact for fact in found["facts"] if fact[0] == "title")
    assert title[1].startswith("Old ferry pier") and title[2][0][3] == 9


def test_a_view_has_a_size() -> None:
    article = extract("\n\n".join(f"{n} {TEXT[200:900]}" for n in range(400)), name="long.txt")
    text = view(article, "long.txt", None, most=100_000)
    found = json.loads(text)
    assert len(text) < 130_000 and found["cut"][0] > 0


def test_the_page_stands_alone() -> None:
    collector = Collector()
    collector.add("harbour.txt", None, "article", said=said())
    text = page(collector)
    assert not re.search(
        r"(?:src|href)\s*=\s*[\"']?(?:https?:)?//|@import|url\(", text.split('<script type="application')[0]
    )
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None and "default-src 'none'" in policy[1] and "unsafe" not in policy[1]
    assert re.findall(r"\son[a-z]+=", text.split("<script")[0]) == []


def test_nothing_of_the_data_ends_its_block() -> None:
    block = data_block("x", json.dumps({"a": "</script><!-- \u2028\ud800 & >"}))
    assert block.count("<") == 2 and block.count("</script>") == 1
    assert json.loads(re.sub(r"<[^>]*>", "", block))["a"].startswith("</script>")


def test_figures_need_no_script() -> None:
    collector = Collector()
    for number in range(5):
        collector.add(f"{number}.txt", None, "article", said=GIVEN, repeats="0.txt" if number in (1, 2) else "")
    collector.add("bad <b>.pdf", None, "failed", reason="not-text: a PDF <i>")
    text = page(collector).split("<script")[0]
    assert "<dt>failed</dt><dd>1</dd>" in text and "<dt>repeat another</dt><dd>2</dd>" in text
    assert text.count("<svg") >= 3 and "not-text" in text and "<b>" not in text and "navigation" in text


def test_a_sample_beyond_two_hundred() -> None:
    collector = Collector()
    for number in range(FULL * 4):
        collector.add(f"{number}.txt", None, "article", said={**GIVEN, "quality": number / 1000})
    rows = collector.rows()
    seen = [row.order for row in rows if row.view is not None]
    assert len(rows) == FULL * 4 and len(seen) == FULL
    assert set(range(100)) <= set(seen) and max(seen) > 500
    assert "Full views: 200 of them" in page(collector)


def test_memory_and_size_are_bounded() -> None:
    collector = Collector()
    for number in range(MOST_ROWS * 2 + 10):
        collector.add(
            f"some/folder/{number}.html",
            None,
            "failed" if number % 1000 == 0 else "article",
            reason="x: y",
            said=None if number % 1000 == 0 else {**GIVEN, "view": "{}" + " " * 100},
        )
    rows = collector.rows()
    assert len(rows) == MOST_ROWS and collector.figures.documents == MOST_ROWS * 2 + 10
    assert sum(row.status == "failed" for row in rows) == 41
    assert len(page(collector).encode()) < 20_000_000


def test_views_beyond_the_room_are_left_out() -> None:
    collector = Collector()
    for number in range(60):
        collector.add(
            f"{number}.txt", None, "article", said={**GIVEN, "view": json.dumps({"rows": [], "x": "y" * 400_000})}
        )
    text = page(collector)
    assert len(text.encode()) < 20_000_000 and 0 < len(views_of(text)) < 60
    assert "the page has room for no more" in text


def changed(before: str, tmp_path: Path, settings: Settings) -> list[tuple[str, str]]:
    path = tmp_path / "before"
    path.write_text(before, "utf-8")
    collector = Collector()
    collector.add("harbour.txt", None, "article", said=said(settings=settings))
    found = views_of(page(collector, load(str(path)), "before"))[0]
    return [(row[12], row[14]) for row in found["rows"] if len(row) > 14]


@pytest.mark.parametrize("kind", ["report", "jsonl", "ledger"])
def test_only_what_changed(tmp_path: Path, kind: str) -> None:
    article = extract(TEXT, name="harbour.txt")
    if kind == "report":
        collector = Collector()
        collector.add("harbour.txt", None, "article", said=said())
        before = page(collector)
    elif kind == "jsonl":
        before = write_line(article, Settings())
    else:
        from artextract.writers.explain import ledger_lines

        before = ledger_lines(article)
    assert changed(before, tmp_path, Settings()) == []
    found = changed(before, tmp_path, Settings(keep=("byline",)))
    assert [text for text, _ in found] == ["By Miriam Oakes and Tom Varley"]
    assert found[0][1] in ("dropped, byline", "not kept")


def test_what_is_no_run_cannot_be_compared_with(tmp_path: Path) -> None:
    path = tmp_path / "other.txt"
    path.write_text("nothing of ours", "utf-8")
    for name in (str(path), str(tmp_path / "missing")):
        with pytest.raises(SettingsError, match="--report-against"):
            load(name)


def test_what_an_earlier_run_finished_is_counted_only() -> None:
    collector = Collector()
    collector.add("new.txt", None, "article", said=GIVEN)
    collector.add("old.txt", None, "article")
    text = page(collector)
    assert "<dt>with an article</dt><dd>2</dd>" in text and "finished by an earlier run" in text
    assert sum(collector.figures.languages.values()) == 1


def spans(markup: str) -> list[Any]:
    found = json.loads(view(extract(f"<article>{markup}</article>", name="x.html"), "x.html", None))
    return [item for entry in found["output"] for item in entry[7]]


def test_the_output_has_its_marks() -> None:
    prose = "The harbour froze over in the night, and the ferries stayed where they were until the morning of Friday."
    found = spans(f"<p>{prose} <b>Nobody <a href='/x'>went</a></b> out<img src='ice.png' alt='Ice'>.</p><p>{prose}</p>")
    assert ["Nobody ", "strong"] in found and ["went", "strong link", "/x"] in found
    assert ["Ice", "image", "ice.png"] in found
    assert found[0] == [prose + " "]


def test_a_table_of_many_links_takes_linear_time() -> None:
    """Twenty thousand cells, each with a link; cells times marks would be 400 million looks."""
    rows = "".join(
        f"<tr><td><a href='/{n}'>row {n}</a></td><td>is {n} and <b>more</b></td></tr>" for n in range(10_000)
    )
    prose = "The harbour froze over in the night, and the ferries stayed where they were until the morning of Friday."
    found = json.loads(
        view(
            extract(
                f"<article><p>{prose}</p><table>{rows}</table><p>{prose}</p></article>",
                Settings(keep_elements=("//table",)),
                name="x.html",
            ),
            "x.html",
            None,
        )
    )
    tables = [entry for entry in found["output"] if entry[1] == "table"]
    assert sum(len(row) for table in tables for row in table[7]) == 20_000
