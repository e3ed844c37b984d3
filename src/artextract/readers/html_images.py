"""Images: the address that a browser would load in the end, and the addresses of embedded players and posts."""

from __future__ import annotations

from lxml import etree

Node = etree._Element

_LAZY = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-original-src",
    "data-actualsrc",
    "data-url",
    "data-hi-res-src",
    "data-full-src",
    "data-image",
    "data-echo",
    "data-orig-file",
    "data-large-file",
    "file",
    "zoomfile",
)
_LAZY_SETS = ("srcset", "data-srcset", "data-lazy-srcset", "data-original-set")
_PLACEHOLDERS = ("placeholder", "blank.gif", "spacer", "transparent", "pixel.gif", "1x1", "loading", "lazy", "grey.gif")
_MOST_CANDIDATES = 50


def image_of(node: Node) -> tuple[str, str] | None:
    """The address and the alternative text of an `<img>`; None if it has no address (or only the data themselves)."""
    source = (node.get("src") or "").strip()
    if not source or source.startswith("data:") or _is_placeholder(source):
        source = _lazy(node) or ("" if source.startswith("data:") else source)
    if not source:
        return None
    return source, " ".join((node.get("alt") or "")[:2_000].split())


def _is_placeholder(source: str) -> bool:
    name = source[-60:].lower()
    return any(word in name for word in _PLACEHOLDERS)


def _lazy(node: Node) -> str:
    """The address in one of the attributes that scripts load images from, in a set, or in a picture's sources."""
    for attribute in _LAZY:
        value = node.get(attribute)
        if value and _is_address(value):
            return value.strip()
    for attribute in _LAZY_SETS:
        if value := node.get(attribute):
            return largest(value)
    parent = node.getparent()
    if parent is not None and parent.tag == "picture":
        for sibling in parent:
            value = sibling.get("srcset") or sibling.get("data-srcset")
            if sibling.tag == "source" and value:
                return largest(value)
    return ""


def _is_address(value: str) -> bool:
    value = value.strip()
    return not value.startswith(("data:", "{", "[")) and ("/" in value or "." in value) and " " not in value


def largest(value: str) -> str:
    """The largest candidate of a `srcset`.

    >>> largest("a.jpg 480w, b.jpg 800w, c.jpg 100w")
    'b.jpg'
    """
    best, most = "", -1.0
    for candidate in value[:20_000].split(", ")[:_MOST_CANDIDATES]:
        parts = candidate.strip(" \t\r\n,").split()
        if not parts or parts[0].startswith("data:"):
            continue
        size = _size(parts[1]) if len(parts) > 1 else 0.0
        if size > most:
            best, most = parts[0], size
    return best


def _size(descriptor: str) -> float:
    try:
        return float(descriptor[:-1][:9])
    except ValueError:
        return 0.0


_PLAYERS = ("youtube", "youtu.be", "vimeo", "twitter.com", "x.com", "bilibili", "dailymotion", "soundcloud", "spotify")


def embedded_address(node: Node) -> str:
    """The address that an embedded player or post stands for; "" for frames that are no content."""
    source = (node.get("src") or node.get("data-src") or "").strip()
    if not source and node.tag in ("video", "audio"):
        source = next((s.get("src") or "" for s in node if s.tag == "source"), "").strip()
    if not source or source.startswith(("data:", "about:", "javascript:")):
        return ""
    if node.tag in ("iframe", "embed") and not any(player in source[:200] for player in _PLAYERS):
        return ""
    return source
