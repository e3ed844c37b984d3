"""Class names as words and flags, computed once for each class attribute of a page."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_A-Za-z]+")
_DIGITS = re.compile(r"\d+")
LONGEST = 2_000  # characters of an attribute that are looked at

NONE = 0
HIDDEN = 1  # for screen readers only
MATH = 2  # a formula: KaTeX, MathJax, MediaWiki
PERMALINK = 4  # the sign that links a heading to itself
ICON = 8  # the name of an icon in an icon font
GUTTER = 16  # line numbers
CALLOUT = 32  # may be an admonition
CODE = 64  # may be a code listing or its frame
NOTE = 128  # may be a footnote

_FLAGS: dict[str, int] = {
    "sr-only": HIDDEN,
    "visually-hidden": HIDDEN,
    "visuallyhidden": HIDDEN,
    "screen-reader-text": HIDDEN,
    "screen-reader-only": HIDDEN,
    "screenreader-only": HIDDEN,
    "u-visually-hidden": HIDDEN,
    "element-invisible": HIDDEN,
    "assistive-text": HIDDEN,
    "katex": MATH,
    "katex-display": MATH,
    "mathjax": MATH,
    "mathjax_display": MATH,
    "mathjax_preview": MATH,
    "mathjax_svg": MATH,
    "mathjax_svg_display": MATH,
    "mathjax_chtml": MATH,
    "mjx-chtml": MATH,
    "mwe-math-element": MATH,
    "math": MATH,
    "headerlink": PERMALINK,
    "anchor": PERMALINK,
    "anchorlink": PERMALINK,
    "anchor-link": PERMALINK,
    "anchorjs-link": PERMALINK,
    "header-anchor": PERMALINK,
    "heading-anchor": PERMALINK,
    "heading-link": PERMALINK,
    "hash-link": PERMALINK,
    "permalink": PERMALINK,
    "direct-link": PERMALINK,
    "material-icons": ICON,
    "material-icons-outlined": ICON,
    "material-symbols-outlined": ICON,
    "material-symbols-rounded": ICON,
}


class ClassNames:
    """What a class attribute says: its `words`, the `signature` of its names, and the flags above."""

    __slots__ = ("flags", "names", "signature", "words")

    def __init__(self, value: str) -> None:
        names = value[:LONGEST].split()
        self.names = frozenset(name.lower() for name in names)
        self.words = words_of(value)
        self.signature = "".join(f".{name}" for name in sorted({_DIGITS.sub("#", name) for name in names})[:8])
        flags = 0
        for name in self.names:
            flags |= _FLAGS.get(name, 0)
        self.flags = flags


def words_of(value: str) -> tuple[str, ...]:
    """The lower-cased words of a class or id, split at hyphens, underscores, digits and case changes.

    >>> words_of("site-header navBar HTMLBody col_2")
    ('site', 'header', 'nav', 'bar', 'html', 'body', 'col')
    """
    return tuple(word.lower() for word in _WORD.findall(value[:LONGEST]))


EMPTY = ClassNames("")
