"""Which files of a directory are documents, by their names."""

from __future__ import annotations

PAGES = frozenset((".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".shtml"))
"""Suffixes of files that are one document."""

CONTAINERS = {
    ".mht": "MHTML",
    ".mhtml": "MHTML",
    ".eml": "mail",
    ".warc": "WARC",
    ".jsonl": "JSON Lines",
    ".zip": "ZIP",
    ".tar": "tar",
}
"""Suffixes of files that hold documents, and what they are called. None of them is read yet."""

COMPRESSIONS = (".gz", ".bz2", ".xz")
"""Suffixes of compressed files that are opened; the suffix below decides."""


def plain(name: str) -> str:
    """A file name without the suffix of its compression.

    >>> plain("page.html.gz"), plain(".gz")
    ('page.html', '.gz')
    """
    for suffix in COMPRESSIONS:
        if name.lower().endswith(suffix) and len(name) > len(suffix):
            return name[: -len(suffix)]
    return name


def suffix_of(name: str) -> str:
    """The lower-case suffix below the compression's, "" for none.

    >>> suffix_of("Page.HTML.gz"), suffix_of("README"), suffix_of("4f3a.xz")
    ('.html', '', '')
    """
    stem, dot, suffix = plain(name).rpartition(".")
    return f".{suffix.lower()}" if dot and stem and suffix else ""
