"""HTML, Markdown or plain text: by content first, then by what a container claims, then by the name."""

from __future__ import annotations

import pytest

from artextract.markup import looks_like_html
from artextract.sniff import media_type_of

PROSE = "The mill by the river had not turned for years, and the first snow lay on the roofs of the town.\n"

HTML = {
    "document": f"<!DOCTYPE html>\n<html><body><p>{PROSE}</p></body></html>",
    "upper case": f"<HTML><HEAD><TITLE>x</TITLE></HEAD><BODY>{PROSE}</BODY></HTML>",
    "mark and blank lines": f"\ufeff\n\n  <html><body>{PROSE}</body></html>",
    "comments": f"<!-- saved from url=(0022)https://example.org/ -->\n<!-- a --><html><body>{PROSE}</body></html>",
    "xhtml": f'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">\n<html>{PROSE}</html>',
    "php left over": f"<?php echo 1; ?>\n<html><body>{PROSE}</body></html>",
    "headers before": f"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n<html><body><p>{PROSE}</p></body></html>",
    "warning before": f"Warning: connect() failed in x.php on line 3\n<!DOCTYPE html><html><p>{PROSE}</p></html>",
    "fragment": f"<p>{PROSE}</p>\n<p>{PROSE}</p>",
    "one tag closed at the end": "<div class='a'>" + PROSE * 40 + "</div>\n",
    "only a title and breaks": f"<title>x</title>\n<h1>y</h1>\n{PROSE * 5}<p>\n{PROSE * 5}<p>\n",
    "script of 100 kB first": "<script>" + "var a = 1 < 2;\n" * 8_000 + f"</script><html><body>{PROSE}</body></html>",
    "document with a long script": "<html><head><script>"
    + "x" * 120_000
    + f"</script></head><body>{PROSE}</body></html>",
    "text first, tags all through": "Hello<br>\n" + f"<p>{PROSE.strip()}</p>\n" * 12,
    "cut off": f"<div id=main><h1>x</h1><p>{PROSE}</p><p>{PROSE}",
}

TEXT = {
    "prose": PROSE,
    "a heart": f"I <3 this town. {PROSE}",
    "less than": "if a < b and c > d then stop",
    "an element mentioned": f"Use the <div> element for blocks and the <span> element for words. {PROSE * 3}",
    "title begins with a tag": f"<table>: the table element\n{PROSE * 10}Put <td> in <tr>.\n{PROSE * 10}",
    "a listing": f"{PROSE * 20}\nExample:\n\n<html>\n<body>\n<p>Hi</p>\n</body>\n</html>\n\n{PROSE * 30}",
    "generics": "List<String> names = new ArrayList<String>();\nMap<K, V> map;\n" * 30,
    "mail addresses": "From: Jane <jane@example.org>\nTo: Joe <joe@example.org>\n\n" + PROSE,
    "pager": "<< Previous | Next >>\n" + PROSE,
    "placeholders": "<your name here>\n<date>\n" + PROSE,
    "json": '{"html": "<div><p>x</p></div>", "n": [1, 2]}' * 200,
    "comment only": "<!-- nothing\n" + PROSE,
}


class TestHtmlOrNot:
    @pytest.mark.parametrize("name", HTML)
    def test_html(self, name: str) -> None:
        assert looks_like_html(HTML[name]) is True

    @pytest.mark.parametrize("name", TEXT)
    def test_text(self, name: str) -> None:
        assert not looks_like_html(TEXT[name])


class TestMediaType:
    @pytest.mark.parametrize(
        ("text", "forced", "name", "claimed", "expected"),
        [
            (PROSE, "auto", None, None, "text/plain"),
            (PROSE, "auto", "a.html", None, "text/html"),
            (PROSE, "auto", "a.HTM.gz", None, "text/html"),
            (PROSE, "auto", "dir.html/a", None, "text/plain"),
            (PROSE, "auto", "a.md", None, "text/markdown"),
            (PROSE, "auto", "a.txt", "text/html; charset=utf-8", "text/html"),
            (PROSE, "auto", None, "application/xhtml+xml", "text/html"),
            (HTML["document"], "auto", "a.txt", "text/plain", "text/html"),
            (HTML["document"], "auto", "a.md", None, "text/html"),
            ("<p align=center><img src=logo.png></p>\n\n# Title\n", "auto", "README.md", None, "text/markdown"),
            (HTML["document"], "text", "a.html", None, "text/plain"),
            (PROSE, "html", "a.txt", None, "text/html"),
            (PROSE, "markdown", None, None, "text/markdown"),
            (HTML["document"], "mhtml", "a.mht", None, "text/html"),
        ],
    )
    def test_the_order(self, text: str, forced: str, name: str | None, claimed: str | None, expected: str) -> None:
        assert media_type_of(text, forced, name, claimed) == expected
