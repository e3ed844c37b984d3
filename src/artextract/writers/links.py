"""Addresses of links and images: absolute where a base is known, and of harmless schemes only."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from artextract.lazy import lazy_pattern

LINK_SCHEMES = frozenset(("http", "https", "mailto", "ftp", "tel"))
IMAGE_SCHEMES = frozenset(("http", "https"))

_SCHEME = lazy_pattern(r"([A-Za-z][A-Za-z0-9+.\-]{0,40}):")
_DROPPED = lazy_pattern(r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ud800-\udfff]")
_ORIGIN = lazy_pattern(r"https?://[^/?#\\\s]{1,1000}(?=[/?#]|\Z)")
_SIMPLE = lazy_pattern(r"(?:https?://[0-9A-Za-z]|/(?!/))[\w!#$%*+,\-./:;=?@~]*", re.ASCII)
_ENTITY_START = lazy_pattern(r"&(?=#?[A-Za-z0-9]{1,32};)")
_MAX = 8_000  # characters; longer addresses are data, not places


class Addresses:
    """The addresses of one page: safe, absolute where a base is known, and written as Markdown destinations.

    Pages repeat their addresses and most need no care, so that each is looked at once.
    """

    def __init__(self, base: str | None) -> None:
        self._base = base
        self._origin = ""
        if base is not None and (match := _ORIGIN.match(base)):
            self._origin = match[0]
        self._links: dict[str, str] = {}
        self._images: dict[str, str] = {}

    def link(self, target: str) -> str:
        """The destination of a link; "" where there is none to show."""
        return self._found(target, self._links, LINK_SCHEMES)

    def image(self, target: str) -> str:
        """The destination of an image; "" where there is none to show (`data:` is no address)."""
        return self._found(target, self._images, IMAGE_SCHEMES)

    def _found(self, target: str, known: dict[str, str], schemes: frozenset[str]) -> str:
        found = known.get(target)
        if found is None:
            found = known[target] = self._simple(target) or destination(absolute(target, self._base, schemes))
        return found

    def _simple(self, target: str) -> str:
        """The same for the addresses that most links have, quickly; "" for all others."""
        if len(target) > _MAX or not _SIMPLE.fullmatch(target):
            return ""
        if target[0] != "/":
            return target
        return self._origin + target if self._origin and "/." not in target else ""


def base_of(page_base: str | None, *page_urls: str | None) -> str | None:
    """What relative addresses are relative to: `<base href>` as written, on the first page address that is known."""
    page = next((url for url in page_urls if url and safe(url, IMAGE_SCHEMES) and _SCHEME.match(url)), None)
    if page_base and safe(page_base, IMAGE_SCHEMES):
        return resolve(page_base, page)
    return page


def resolve(address: str, base: str | None) -> str:
    """`address` made absolute; as it is without a base, or where it cannot be parsed."""
    if not base or not base.startswith(("http:", "https:")):
        return address
    try:
        return urljoin(base, address)
    except ValueError:  # a broken IPv6 host and the like
        return address


def safe(address: str, schemes: frozenset[str]) -> str:
    """`address` as a browser reads it, or "" where its scheme is not one of `schemes` (relative ones are fine).

    Browsers drop tabs and line feeds anywhere in an address and controls and spaces before it, so that
    `java\\nscript:` runs: the test is made on what is left. (WHATWG URL Standard, "basic URL parser".)

    >>> safe("java\\tscript:alert(1)", LINK_SCHEMES), safe(" /a b ", LINK_SCHEMES), safe("data:x", IMAGE_SCHEMES)
    ('', '/a%20b', '')
    """
    if len(address) > _MAX:
        return ""
    inside = re.sub(r"[\t\n\r]", "", address).strip(" ")
    bare = _DROPPED.sub("", inside)
    scheme = _SCHEME.match(bare)
    if scheme is not None and scheme[1].lower() not in schemes:
        return ""
    if not bare or (scheme is None and bare.partition("/")[0].rstrip().endswith(":")):
        return ""
    return _DROPPED.sub("", inside.replace(" ", "%20"))


def absolute(address: str, base: str | None, schemes: frozenset[str]) -> str:
    """`address` safe and made absolute, or "" where it may not be shown.

    >>> absolute("../b", "https://e.org/a/", LINK_SCHEMES), absolute("javascript:x", "https://e.org/", LINK_SCHEMES)
    ('https://e.org/b', '')
    """
    bare = safe(address, schemes)
    return safe(resolve(bare, base), schemes) if bare else ""


def destination(address: str) -> str:
    """`address` written so that it ends where it ends as a Markdown link destination.

    >>> destination("/wiki/A_(b)"), destination("/a)"), destination("/?a=1&lt;=2")
    ('/wiki/A_(b)', '/a\\\\)', '/?a=1&amp;lt;=2')
    """
    written = address.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E")
    written = _ENTITY_START.sub("&amp;", written)
    return (
        written
        if ("(" not in written and ")" not in written) or _balanced(written)
        else written.replace("(", "\\(").replace(")", "\\)")
    )


def _balanced(text: str) -> bool:
    depth = deepest = 0
    for character in text:
        if character == "(":
            depth += 1
            deepest = max(deepest, depth)
        elif character == ")":
            depth -= 1
            if depth < 0:
                return False
    return depth == 0 and deepest < 20
