"""The report in a real browser: Chromium, driven by Playwright (`make test-browser`). Skipped where either is missing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from artextract import Settings, extract
from artextract.report.against import load
from artextract.report.collect import Collector, said_of
from artextract.report.page import page

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")

ROOT = Path(__file__).parents[2]
ATTACKS = (
    "</script><script>window.pwned = 1</script>",
    "<img src=x onerror='window.pwned = 1'>",
    "<svg onload=window.pwned=1><a xlink:href=javascript:window.pwned=1>x</a></svg>",
    "\"><iframe srcdoc='<script>parent.pwned = 1</script>'></iframe>",
    "' onmouseover='window.pwned = 1' x='",
    "<!--<script>window.pwned = 1//--></script>",
    "]]><script>window.pwned = 1</script>",
    "</style><style>*{display:none}</style>",
    "</title><base href='https://attacker.example/'>",
    "[click](javascript:window.pwned=1) ![x](https://attacker.example/p.png)",
    "\u2028window.pwned = 1\u2029 ${window.pwned = 1} {{constructor.constructor('window.pwned = 1')()}} $title $data",
    "\x00\x1b[31m\u202eevil \ufeff\ud800 &lt;script&gt; &#x3c;script>window.pwned = 1&#x3c;/script>",
    "__proto__ constructor hasOwnProperty toString",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        found = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


class Shown:
    """A report that is open, and what the browser complained of or asked for meanwhile."""

    def __init__(self, browser: Any, path: Path, **context: Any) -> None:
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.context = browser.new_context(**context)
        self.page = self.context.new_page()
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog {dialog.message}"))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.url = path.as_uri()
        self.page.goto(self.url)
        self.page.wait_for_selector("html[data-ready]", timeout=30_000, state="attached")

    def quiet(self) -> None:
        """No complaint, no request but for the file."""
        assert self.complaints == []
        assert [url for url in self.requests if not url.startswith(self.url)] == []
        assert self.page.evaluate("() => window.pwned") is None


def said(text: str, name: str, settings: Settings | None = None, single: bool = False) -> dict[str, Any]:
    return said_of(extract(text, settings or Settings(), name=name), name, None, single, 0.01)


def report(path: Path, documents: list[tuple[str, str]], settings: Settings | None = None) -> Path:
    """A report of documents (name, text)."""
    collector = Collector()
    for name, text in documents:
        collector.add(name, None, "article", said=said(text, name, settings, len(documents) == 1))
    path.write_text(page(collector), "utf-8")
    return path


def harbour(directory: Path) -> Path:
    text = (ROOT / "examples" / "harbour-news.txt").read_text("utf-8")
    return report(directory / "one.html", [("harbour.txt", text)])


def test_one_document(browser: Any, tmp_path: Path) -> None:
    shown = Shown(browser, harbour(tmp_path))
    here = shown.page
    assert here.locator("#batch").is_hidden()
    assert here.locator("#input .row").count() > 30
    assert "The carpenters used oak" in here.locator("#output").inner_text()
    assert "Photo: Lewis Harte" not in here.locator("#output").inner_text()
    here.locator(".row", has_text="Share this").click()
    why = here.locator(".why").inner_text()
    assert "share" in why and "score" in why and "evidence" in why
    shown.quiet()


def test_filters_search_and_jumps(browser: Any, tmp_path: Path) -> None:
    shown = Shown(browser, harbour(tmp_path))
    here = shown.page
    everything = here.locator("#input .row:visible").count()
    here.locator("input[value=duplicate]").check()
    few = here.locator("#input .row:visible").count()
    assert 0 < few < everything
    assert set(here.locator("#input .row:visible .label").all_inner_texts()) == {"duplicate"}
    here.locator("#reset").click()
    assert here.locator("#input .row:visible").count() == everything
    here.locator("#search").fill("carpenters")
    assert here.locator("#input mark").count() >= 1
    assert here.locator("#input .row:visible").count() < everything
    here.keyboard.press("Escape")
    here.keyboard.press("n")
    first = here.locator(".row[aria-selected=true] .at").inner_text()
    here.keyboard.press("n")
    second = here.locator(".row[aria-selected=true] .at").inner_text()
    assert int(second.split("–")[0]) > int(first.split("–")[0])
    here.keyboard.press("p")
    assert here.locator(".row[aria-selected=true] .at").inner_text() == first
    here.keyboard.press("j")
    assert here.evaluate("() => document.activeElement.classList.contains('row')")
    here.locator("#facts summary").click()
    here.locator("#facts button[data-line]").first.click()
    line = here.locator("#facts button[data-line]").first.get_attribute("data-line")
    assert here.locator(".row[aria-selected=true] .at").inner_text() == line
    shown.quiet()


def test_the_panes_scroll_together(browser: Any, tmp_path: Path) -> None:
    paragraphs = [
        f"Paragraph {n} of the log says what the harbour master saw from his window that day." for n in range(80)
    ]
    path = report(tmp_path / "long.html", [("long.txt", "\n\n".join(paragraphs))])
    shown = Shown(browser, path, viewport={"width": 1200, "height": 700})
    here = shown.page
    here.locator("#input").hover()
    here.mouse.wheel(0, 900)
    here.wait_for_function("() => document.getElementById('output').scrollTop > 100")
    shown.quiet()


def test_nothing_of_an_attack_runs(browser: Any, tmp_path: Path) -> None:
    documents = []
    collector = Collector()
    for number, attack in enumerate(ATTACKS):
        prose = "The harbour froze over in the night, and the ferries stayed where they were until Friday morning. "
        text = f"{attack}\n\n{prose * 3}{attack}\n\nBy {attack}\n\n{prose}\n"
        markup = (
            f'<html><head><title>{attack}</title><meta name=author content="{attack.replace(chr(34), "")}"></head><body>'
            f"<article><h1>{attack.replace('<', '&lt;')}</h1><p>{prose * 3}<a href='javascript:window.pwned=1'>"
            f"{attack.replace('<', '&lt;')}</a></p><pre>{attack.replace('<', '&lt;')}</pre>"
            f"<img alt=\"{attack.replace(chr(34), '').replace('<', '&lt;')}\" src='x.png'></article></body></html>"
        )
        for name, data in ((f"{number} {attack}.txt", text), (f"{number} {attack}.html", markup)):
            documents.append(name)
            collector.add(name, attack, "article", said=said(data, name), repeats=attack)
        collector.add(f"failed {attack}", None, "failed", reason=f"error: {attack}")
    path = tmp_path / "attack.html"
    path.write_text(page(collector), "utf-8", "replace")
    shown = Shown(browser, path)
    here = shown.page
    assert here.locator("#rows tbody tr").count() > 20
    for order in range(len(ATTACKS) * 3):
        here.evaluate("order => { location.hash = `document-${order}` }", order)
        here.wait_for_timeout(20)
        if here.locator("#document").is_visible():
            here.locator(".row").first.click()
            assert here.locator("#document script, #document img, #document iframe, #document a").count() == 0
    here.evaluate("() => { location.hash = '' }")
    assert here.locator("#batch").is_visible()
    shown.quiet()


def test_a_policy_stands_behind(browser: Any, tmp_path: Path) -> None:
    """Were there a hole, the browser would still run nothing: a script that is put in is refused."""
    path = harbour(tmp_path)
    path.write_text(path.read_text("utf-8").replace("</body>", "<script>window.pwned = 1</script></body>"), "utf-8")
    shown = Shown(browser, path)
    assert shown.page.evaluate("() => window.pwned") is None
    assert any("Content Security Policy" in text for text in shown.complaints)


def test_ten_thousand_documents(browser: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "examples" / "harbour-news.txt").read_text("utf-8")
    given = said(text, "harbour.txt")
    collector = Collector()
    for number in range(10_000):
        name = f"pages/{number % 37}/page-{number}.html"
        if number % 97 == 0:
            collector.add(name, None, "failed", reason="not-text: binary data")
        else:
            collector.add(name, None, "article", said={**given, "quality": (number * 7919 % 1000) / 1000})
    path = tmp_path / "many.html"
    path.write_text(page(collector), "utf-8")
    assert path.stat().st_size < 20_000_000
    shown = Shown(browser, path)
    here = shown.page
    spent = int(here.locator("html").get_attribute("data-ready"))
    with capsys.disabled():
        print(f"\n10,000 documents: {path.stat().st_size / 1e6:.1f} MB, ready {spent / 1000:.2f} s after the start")
    assert "10,000" in here.locator(".banner").inner_text()
    statuses = here.locator("#rows tbody tr td:nth-child(2)")
    assert statuses.first.inner_text().startswith("failed")
    here.locator("#choose-status").select_option("article")
    qualities = [float(text) for text in here.locator("#rows tbody tr td:nth-child(3)").all_inner_texts()]
    assert qualities == sorted(qualities) and len(qualities) == 100
    here.locator("button[data-sort=quality]").click()
    here.locator("button[data-sort=quality]").click()
    assert float(here.locator("#rows tbody tr td:nth-child(3)").first.inner_text()) > 0.99
    here.locator("#find-document").fill("page-4242.html")
    assert here.locator("#rows tbody tr").count() == 1
    here.locator("#find-document").fill("")
    here.locator("#choose-status").select_option("view")
    here.locator("#rows tbody button").first.click()
    assert here.locator("#input .row").count() > 30
    here.locator("#all").click()
    assert here.locator("#batch").is_visible()
    shown.quiet()


def test_only_what_changed(browser: Any, tmp_path: Path) -> None:
    text = (ROOT / "examples" / "harbour-news.txt").read_text("utf-8")
    before = load(str(harbour(tmp_path)))
    collector = Collector()
    collector.add("harbour.txt", None, "article", said=said(text, "harbour.txt", Settings(keep=("byline",)), True))
    path = tmp_path / "after.html"
    path.write_text(page(collector, before, "one.html"), "utf-8")
    shown = Shown(browser, path)
    shown.page.locator("#only-changed").click()
    rows = shown.page.locator("#input .row:visible")
    assert rows.count() == 1 and "Miriam Oakes" in rows.first.inner_text()
    rows.first.click()
    assert "dropped, byline" in shown.page.locator(".why").inner_text()
    shown.quiet()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough(browser: Any, tmp_path: Path, scheme: str) -> None:
    """Every text of a row has at least 4.5 : 1 against the page (WCAG 2.2, 1.4.3)."""
    shown = Shown(browser, harbour(tmp_path), color_scheme=scheme)
    ratios = shown.page.evaluate(
        """() => {
        const luminance = (color) => {
          const [r, g, b] = color.match(/[\\d.]+/g).map(Number).map((v) => v / 255)
            .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const back = luminance(getComputedStyle(document.body).backgroundColor);
        return [...document.querySelectorAll('.row .at, .row .sign, .row .label, .row .text, .quiet, .labels label')]
          .map((node) => luminance(getComputedStyle(node).color))
          .map((front) => (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05));
      }"""
    )
    assert ratios and min(ratios) >= 4.5


def test_right_to_left_and_narrow(browser: Any, tmp_path: Path) -> None:
    text = (ROOT / "tests" / "fixtures" / "ar-news" / "input.html").read_text("utf-8")
    shown = Shown(browser, report(tmp_path / "ar.html", [("ar.html", text)]), viewport={"width": 400, "height": 800})
    here = shown.page
    assert here.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    directions = here.locator("#output .out > *").evaluate_all(
        "nodes => nodes.map((n) => getComputedStyle(n).direction)"
    )
    assert set(directions) == {"rtl"}
    shown.quiet()
