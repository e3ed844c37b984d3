"""Images: the address that a browser would load in the end, and the addresses of embedded players and posts."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from artextract.lazy import lazy_pattern

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
_STAND_IN = lazy_pattern(
    r"(?:^|/)(?:[\w.]{0,20}[-_])?(?:placeholder|blank|spacer|transparent|trans|pixel|clear|1x1|loading|loader|lazy|lazyload|gr[ae]y)"
    r"(?:[-_]?\d{0,4}){0,2}\.(?:gif|png|svg)$",
    re.I,
)  # a file that stands where a script would put the picture
_CANDIDATE = lazy_pattern(r"([^\s,]\S*+)(?:(?<!,)\s++([\d.]{1,9}[wxh])?[^,]*+)?+")
_MOST_CANDIDATES = 50
_ONE = ("0", "1", "1px")


def image_of(node: Node) -> tuple[str, str] | None:
    """The address and the alternative text of an `<img>`.

    None if it has no address (or only the data themselves), and for what shows nothing: a stand-in of which the page
    does not say what for, a pixel that counts visits.
    """
    source = (node.get("src") or "").strip()
    if better := _in_picture(node):
        source = better
    elif not source or source.startswith("data:") or _is_placeholder(source):
        source = _lazy(node) or ("" if source.startswith("data:") or _is_stand_in(source) else source)
    if not source or _is_pixel(node):
        return None
    return source, " ".join((node.get("alt") or "")[:2_000].split())


def _in_picture(node: Node) -> str:
    """The largest candidate of a picture's first source: what a browser of today loads.

    The parser does not know that `<source>` is empty, and nests what follows in it.
    """
    parent = node.getparent()
    for _ in range(10):
        if parent is None or parent.tag not in ("picture", "source"):
            return ""
        if parent.tag == "picture":
            for source in parent.iter("source"):
                if value := source.get("srcset") or source.get("data-srcset"):
                    return largest(value)
            return ""
        parent = parent.getparent()
    return ""


def _is_placeholder(source: str) -> bool:
    name = source[-60:].lower()
    return any(word in name for word in _PLACEHOLDERS)


def _is_stand_in(source: str) -> bool:
    return _STAND_IN.search(source.partition("?")[0][-80:]) is not None


def _is_pixel(node: Node) -> bool:
    return node.get("width") in _ONE and node.get("height") in _ONE


def _lazy(node: Node) -> str:
    """The address in one of the attributes that scripts load images from, in a set, or in a picture's sources."""
    for attribute in _LAZY:
        value = node.get(attribute)
        if value and _is_address(value):
            return value.strip()
    for attribute in _LAZY_SETS:
        if value := node.get(attribute):
            return largest(value)
    return ""


def _is_address(value: str) -> bool:
    value = value.strip()
    return not value.startswith(("data:", "{", "[")) and ("/" in value or "." in value) and " " not in value


def largest(value: str) -> str:
    """The largest candidate of a `srcset`; an address may hold commas, but not at its end (HTML Standard, 4.8.4.2.2).

    >>> largest("a.jpg 480w, b.jpg 800w, c.jpg 100w"), largest("a,w_2/b.jpg 2x,c.jpg 1x"), largest("a.jpg, b.jpg 2x")
    ('b.jpg', 'a,w_2/b.jpg', 'b.jpg')
    """
    best, most = "", -1.0
    for match in islice(_CANDIDATE.finditer(value[:20_000]), _MOST_CANDIDATES):
        address, descriptor = match[1].rstrip(","), "" if match[1].endswith(",") else match[2] or ""
        size = _size(descriptor)
        if size > most and address and not address.startswith("data:"):
            best, most = address, size
    return best


def _size(descriptor: str) -> float:
    try:
        return float(descriptor[:-1][:9])
    except ValueError:
        return 0.0


_PLAYERS = ("youtube", "youtu.be", "vimeo", "twitter.com", "x.com", "bilibili", "dailymotion", "soundcloud", "spotify")
_YOUTUBE = lazy_pattern(r"^(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{6,20})")
_TWEET = lazy_pattern(r"^(?:https?:)?//platform\.twitter\.com/embed/Tweet\.html\?(?:[^#]{0,500}&)?id=(\d{5,25})")


def embedded_address(node: Node) -> str:
    """The address that an embedded player or post stands for; "" for frames that are no content."""
    source = (node.get("src") or node.get("data-src") or "").strip()
    if not source and node.tag in ("video", "audio"):
        source = next((s.get("src") or "" for s in node if s.tag == "source"), "").strip()
    if not source or source.startswith(("data:", "about:", "javascript:", "blob:")):
        return ""
    if node.tag in ("iframe", "embed") and not any(player in source[:200] for player in _PLAYERS):
        return ""
    return readable_address(source)


def readable_address(source: str) -> str:
    """The page of a video or post instead of its player.

    >>> readable_address("https://www.youtube.com/embed/dQw4w9WgXcQ?rel=0")
    'https://www.youtube.com/watch?v=dQw4w9WgXcQ'
    """
    if match := _YOUTUBE.match(source):
        return f"https://www.youtube.com/watch?v={match[1]}"
    if match := _TWEET.match(source):
        return f"https://x.com/i/status/{match[1]}"
    return source


_SIZE_WORDS = lazy_pattern(
    r"\d{2,5}x\d{2,5}|@[23]x|(?<=[-_.])(?:large|medium|small|thumb|thumbnail|scaled|full|original|tiny|mini|lqip|\d{2,4}[wpx])"
    r"(?=[-_.]|$)",
    re.I,
)


def stem_of(source: str) -> str:
    """The name of a picture without what tells its sizes and formats apart; "" if it says too little.

    >>> stem_of("https://x.org/a/photo-one-1280x720.jpg?w=3") == stem_of("/b/photo-one.webp")
    True
    """
    name = source.split("?", 1)[0].rstrip("/").rpartition("/")[2][-200:].lower()
    name = name.rpartition(".")[0] or name
    stem = _SIZE_WORDS.sub("", name).strip("-_. ")
    return stem if len(stem) > 3 else ""
