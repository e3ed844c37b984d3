"""Elements that the user names: XPath, or CSS where the package `cssselect` is installed (`artextract[css]`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from lxml import etree

from artextract.errors import SettingsError
from artextract.model import Element

_PATHS = ("/", "(", "./", "id(")


def selected(
    root: etree._Element, elements: Mapping[etree._Element, Element | None], selectors: Iterable[str], option: str
) -> frozenset[int]:
    """The numbers of the block elements that selectors find and that hold blocks.

    What holds no block, and inline elements (a `<span>` within a paragraph), are passed over: a verdict is on blocks.
    Raises SettingsError for a selector that is not valid.
    """
    found: set[int] = set()
    for selector in selectors:
        try:
            nodes = xpath(selector, option)(root)
        except etree.XPathError as error:
            raise SettingsError(f"{option} {selector!r}: {error}; mend it") from None
        if not isinstance(nodes, list):
            raise SettingsError(f"{option} {selector!r}: gives no elements; give a path such as //div[@id='x']")
        for node in nodes:
            if not isinstance(node, etree._Element):
                continue
            element = elements.get(node)
            if element is not None and element.tag == node.tag:
                found.add(element.number)
    return frozenset(found)


@lru_cache(maxsize=64)
def xpath(selector: str, option: str) -> etree.XPath:
    """A selector compiled. Raises SettingsError for one that is not valid, or CSS without its package."""
    try:
        if selector.lstrip().startswith(_PATHS):
            return etree.XPath(selector, regexp=False)
        from lxml.cssselect import CSSSelector
    except etree.XPathSyntaxError as error:
        raise SettingsError(f"{option} {selector!r}: no valid XPath ({error}); mend it") from None
    except ImportError:
        hint = "pip install 'artextract[css]', or give an XPath such as //div[@id='x']"
        raise SettingsError(f"{option} {selector!r}: CSS selectors need the package cssselect; {hint}") from None
    try:
        return CSSSelector(selector)
    except (SyntaxError, etree.XPathError, ValueError) as error:
        raise SettingsError(f"{option} {selector!r}: no valid CSS selector ({error}); mend it") from None
