"""Class names as words and flags; computed once for each class attribute of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import cast

from lxml import etree

from artextract.lazy import lazy_pattern

_CASE_CHANGE = lazy_pattern(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_TO_SPACES = {code: " " for code in range(128) if not chr(code).isalpha()}
_DIGITS = lazy_pattern(r"\d+")
LONGEST = 2_000  # characters of an attribute that are looked at

HIDDEN = 1  # for screen readers only
MATH = 2  # a formula: KaTeX, MathJax, MediaWiki
PERMALINK = 4  # the sign that links a heading to itself
ICON = 8  # the name of an icon in an icon font
CALLOUT = 16  # an admonition
CALLOUT_TITLE = 32
CODE_FRAME = 64  # the frame of a code listing
LISTING = 128  # a listing without `<pre>`
SIDENOTE = 256  # a note that stands in the middle of the text
BACK = 512  # leads from a footnote back to its reference
EDIT = 1024  # a control of the site's software beside a heading

_HIDING_STYLE = lazy_pattern(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.I)


def name_set(names: str) -> frozenset[str]:
    """The names in a line of names."""
    return frozenset(names.split())


def _flags() -> dict[str, int]:
    named = {
        HIDDEN: "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only screenreader-only "
        "u-visually-hidden element-invisible assistive-text screenreadertext is-visually-hidden u-sr-only "
        "cm-gutters codemirror-gutters crayon-plain",
        MATH: "katex katex-display mathjax mathjax_display mathjax_preview mathjax_svg mathjax_svg_display "
        "mathjax_chtml mathjax_chtml_display mjx-chtml mwe-math-element",
        PERMALINK: "headerlink anchor anchorlink anchor-link anchorjs-link header-anchor heading-anchor heading-link "
        "hash-link permalink direct-link",
        ICON: "material-icons material-icons-outlined material-icons-round material-symbols-outlined "
        "material-symbols-rounded",
        CALLOUT: "admonition callout markdown-alert theme-admonition admonitionblock custom-block",
        CALLOUT_TITLE: "admonition-title admonition-heading admonitionheading markdown-alert-title callout-title "
        "callout-header custom-block-title",
        CODE_FRAME: "highlight highlighter-rouge code-block codeblock code-wrapper code-toolbar codehilite "
        "code-snippet prism-code sourcecode code-example codehilite-wrapper code-container codeblockcontainer",
        SIDENOTE: "sidenote marginnote footnotecontent footnote-content ltx_note_outer inline-footnote-content "
        "footnote footnote-text",
        BACK: "mw-cite-backlink footnote-backref data-footnote-backref reversefootnote footnote-backlink footnote-back "
        "footnote-return",
        EDIT: "mw-editsection editsection",
        LISTING: "codemirror-code view-lines ace_text-layer cm-content",
    }
    return {name: flag for flag, names in named.items() for name in names.split()}


_FLAGS = _flags()


class ClassTable(dict[str, tuple[int, tuple[str, ...], str]]):
    """What the class attributes of one page say, worked out when each is first asked for.

    Its values are flags, words (see `words_of`) and signature (see `signature_of`).
    """

    __slots__ = ("_names", "odd")

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[str, tuple[int, tuple[str, ...], str]] = {}
        self.odd = False  # an attribute holds markup

    def __missing__(self, value: str) -> tuple[int, tuple[str, ...], str]:
        found = self[value] = self._read(value)
        return found

    def _read(self, value: str) -> tuple[int, tuple[str, ...], str]:
        flags = 0
        words: list[str] = []
        signature: list[str] = []
        known = self._names
        self.odd = self.odd or "<" in value
        for name in value[:LONGEST].split():
            entry = known.get(name)
            if entry is None:
                entry = known[name] = (_flags_of_name(name), words_of(name), _DIGITS.sub("#", name))
            flags |= entry[0]
            words += entry[1]
            signature.append(entry[2])
        return flags, tuple(words), _joined(signature)


def flags_of(value: str) -> int:
    """What the names of a class attribute say, as flags."""
    flags = 0
    for name in value[:LONGEST].split():
        flags |= _flags_of_name(name)
    return flags


def _flags_of_name(name: str) -> int:
    """What a class name says; of a CSS module's (`codeBlockTitle_Ktv7`) what stands before the hash."""
    flags = _FLAGS.get(name.lower(), 0)
    if flags or "_" not in name or name.islower():
        return flags
    return _FLAGS.get(name.partition("_")[0].lower(), 0)


def names_of(node: etree._Element) -> frozenset[str]:
    """The lower-cased class names of an element."""
    value = node.get("class")
    return frozenset(value[:LONGEST].lower().split()) if value else frozenset()


@lru_cache(maxsize=4096)
def words_of(value: str) -> tuple[str, ...]:
    """The lower-cased words of a class or id, split at hyphens, underscores, digits and case changes.

    >>> words_of("site-header navBar HTMLBody col_2")
    ('site', 'header', 'nav', 'bar', 'html', 'body', 'col')
    """
    value = value[:LONGEST]
    if not value.islower():
        value = _CASE_CHANGE.sub(" ", value).lower()
    return tuple(value.translate(_TO_SPACES).split())


def _joined(names: list[str]) -> str:
    if len(names) > 1:
        names = sorted(set(names))[:8]
    return "." + ".".join(names) if names else ""


def signature_of(value: str) -> str:
    """The class names sorted, at most eight, digits as `#`: what siblings alike have in common.

    >>> signature_of("post wide post-123")
    '.post.post-#.wide'
    """
    return _joined(_DIGITS.sub("#", value[:LONGEST]).split())


def text_of(node: etree._Element) -> str:
    """All text below an element, as it is, but for scripts and style sheets.

    >>> text_of(etree.fromstring("<p>one <b>two</b> <script>three</script></p>"))
    'one two '
    """
    if next(node.iter("script", "style", "template"), None) is None:
        return "".join(cast("Iterator[str]", node.itertext()))
    found: list[str] = []
    walk = etree.iterwalk(node, events=("start", "end"))
    for event, child in walk:
        if event == "start" and child.tag in ("script", "style", "template"):
            walk.skip_subtree()
        elif child is node and event == "end":
            break
        else:
            found.append((child.text if event == "start" else child.tail) or "")
    return "".join(found)


def is_hidden(node: etree._Element, flags: int) -> bool:
    """True if the markup itself says that nobody sees the element (style sheets are not read)."""
    if flags & HIDDEN or node.get("hidden") is not None or node.get("aria-hidden") == "true":
        return True
    if node.tag in ("noscript", "title"):
        return True
    return hides(node.get("style"))


def hides(style: str | None) -> bool:
    """True if a style attribute takes the element from the page."""
    return style is not None and _HIDING_STYLE.search(style[:LONGEST]) is not None
