"""The encoding that an HTML page states: `<meta charset>`, `<meta http-equiv content>`, the XML declaration.

Browsers look at the first 1,024 bytes only (HTML Standard, 13.2.3.2 "prescan a byte stream"); one page in nine declares
later, after scripts and styles, so the whole head is looked at here.
"""

from __future__ import annotations

import re

from artextract.encoding_decoders import WIDE
from artextract.encoding_labels import REFUSED, encoding_of
from artextract.lazy import lazy_pattern

_PRESCAN = 1 << 20  # bytes; a head is hardly ever longer
_XML = lazy_pattern(rb"\s{0,64}<\?xml\s[^>]{0,200}?encoding\s{0,8}=\s{0,8}[\"']([A-Za-z0-9_.:-]{1,40})[\"']")
_OPENING = lazy_pattern(rb"<(?:!--|(script|style|textarea|title)[\s>/]|meta[\s/])", re.I)
_META = lazy_pattern(rb"<meta[\s/]([^>]{0,2000})", re.I)
_CHARSET = lazy_pattern(rb"charset\s{0,8}=\s{0,8}[\"']?\s{0,8}([A-Za-z0-9_.:-]{1,40})", re.I)


def declared_encoding(data: bytes) -> str | None:
    """The first usable encoding that the page declares, by the WHATWG table.

    A UTF-16 or UTF-32 label in an ASCII declaration is false by its own reading and means nothing; labels that are
    unknown or refused are passed over.
    """
    xml = _XML.match(data[3:] if data.startswith(b"\xef\xbb\xbf") else data)
    if xml is not None and (name := _usable(xml[1])):
        return name
    return next((name for label in _meta_labels(data[:_PRESCAN]) if (name := _usable(label))), None)


def _meta_labels(data: bytes) -> list[bytes]:
    """The labels of all meta elements, comments and the insides of scripts, styles and titles left out."""
    head = data.lower()
    labels: list[bytes] = []
    unclosed: set[bytes] = set()
    at = 0
    while len(labels) < 4 and (opening := _OPENING.search(head, at)) is not None:
        at = opening.end()
        if opening[1] is not None or opening.group() == b"<!--":
            closing = b"</" + opening[1] if opening[1] else b"-->"
            at = _after(head, closing, at, unclosed)
        elif (meta := _META.match(head, opening.start())) is not None:
            at = meta.end()
            if (charset := _CHARSET.search(meta[1])) is not None:
                labels.append(charset[1])
    return labels


def _after(head: bytes, closing: bytes, at: int, unclosed: set[bytes]) -> int:
    """The offset after the next `closing`, or just `at` where there is none: an unclosed comment hides nothing.

    `unclosed` remembers what was not found, so that a page of open comments is not searched once for each of them.
    """
    found = -1 if closing in unclosed else head.find(closing, at)
    if found < 0:
        unclosed.add(closing)
        return at
    return found + len(closing)


def label_in(content_type: str | None) -> str | None:
    """The usable encoding of a Content-Type header or of a bare label.

    >>> label_in("text/html; charset=GB2312"), label_in("koi8-r"), label_in("text/html")
    ('gb18030', 'koi8-r', None)
    """
    raw = (content_type or "")[:400].encode("ascii", "replace")
    found = _CHARSET.search(raw)
    return _usable(found[1] if found else raw)


def _usable(label: bytes) -> str | None:
    name = encoding_of(label.decode("ascii", "replace"))
    return None if name is None or name in REFUSED or name in WIDE else name
