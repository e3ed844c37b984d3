"""Which files of a directory are documents, by their names."""

from __future__ import annotations

PAGES = frozenset((".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".shtml"))
"""Suffixes of files that are one document."""

SAVED = frozenset((".mht", ".mhtml", ".eml"))
"""Suffixes of saved pages and mails: one document among its pictures and styles."""

CONTAINERS = frozenset((".warc", ".jsonl", ".zip", ".tar"))
"""Suffixes of files that hold many documents."""

TAKEN = PAGES | SAVED | CONTAINERS
"""Suffixes of the files that are taken from a directory, each also compressed."""

COMPRESSIONS = (".gz", ".bz2", ".xz", ".zst", ".br")
"""Suffixes of compressed files that are opened; the suffix below decides."""

SHORT_FORMS = {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar", ".tzst": ".tar"}
"""Suffixes that stand for two."""


def plain(name: str) -> str:
    """A file name without the suffix of its compression.

    >>> plain("page.html.gz"), plain(".gz"), plain("pages.tgz")
    ('page.html', '.gz', 'pages.tar')
    """
    lower = name.lower()
    for suffix in COMPRESSIONS:
        if lower.endswith(suffix) and len(name) > len(suffix):
            return name[: -len(suffix)]
    for short, long in SHORT_FORMS.items():
        if lower.endswith(short) and len(name) > len(short):
            return name[: -len(short)] + long
    return name


def suffix_of(name: str) -> str:
    """The lower-case suffix below the compression's, "" for none.

    >>> suffix_of("Page.HTML.gz"), suffix_of("README"), suffix_of("4f3a.xz"), suffix_of("pages.tgz")
    ('.html', '', '', '.tar')
    """
    stem, dot, suffix = plain(name).rpartition(".")
    return f".{suffix.lower()}" if dot and stem and suffix else ""
