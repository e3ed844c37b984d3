"""Code listings: the text with its white space, its language, and what stands beside it (line numbers, buttons)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from artextract.readers.html_words import ClassNames

Node = etree._Element

_HEAVY = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "form", "blockquote", "article", "section", "img")
_LINES = frozenset(("div", "li", "tr", "p", "pre"))
_GUTTER_NAMES = frozenset(
    {"lineno", "linenos", "linenum", "linenumber", "line-number", "line-numbers", "line-numbers-rows", "gutter"}
    | {"ln", "lnt", "blob-num", "hljs-ln-numbers", "hljs-ln-n", "rouge-gutter", "codemirror-linenumber"}
    | {"react-code-line-number", "ace_gutter"}
)
_LANGUAGE = re.compile(r"(?:^|\s)(?:language|lang|highlight-source|highlight)[-_]([A-Za-z0-9+#.-]{1,30})(?=\s|$)")
_LANGUAGE_ATTRIBUTES = ("data-lang", "data-language", "data-code-language", "data-codelang")
_NO_LANGUAGE = frozenset(
    {"none", "text", "plaintext", "plain", "txt", "nohighlight", "source", "default", "line", "lines"}
)


@dataclass(frozen=True, slots=True)
class Listing:
    """A code listing: its lines in `text`, gutters and buttons in `marker`."""

    text: str
    marker: str
    language: str


def unwrapped_pre(node: Node) -> bool:
    """True for a `<pre>` that holds a page's structure rather than code: headings, paragraphs, lists."""
    return next(node.iter(*_HEAVY), None) is not None


def listing_of(node: Node, class_names: Callable[[Node], ClassNames]) -> Listing:
    """Reads the whole subtree of a `<pre>`."""
    text: list[str] = []
    marker: list[str] = []
    beside: Node | None = None
    walk = etree.iterwalk(node, events=("start", "end"))
    for event, child in walk:
        if event == "start":
            tag = child.tag
            if tag in ("script", "style", "template"):
                walk.skip_subtree()
                continue
            if beside is None and child is not node and _is_beside(child, class_names(child)):
                beside = child
            if tag == "br" or (tag in _LINES and child is not node and text and not text[-1].endswith("\n")):
                text.append("\n")
            if child.text:
                (text if beside is None else marker).append(child.text)
        else:
            if child is beside:
                beside = None
            if child.tail and child is not node:
                (text if beside is None else marker).append(child.tail)
    return Listing("".join(text).strip("\n").rstrip(), " ".join(" ".join(marker).split()), language_of(node))


def _is_beside(node: Node, names: ClassNames) -> bool:
    """Line numbers and buttons stand beside the code."""
    return node.tag == "button" or not names.names.isdisjoint(_GUTTER_NAMES)


def language_of(node: Node) -> str:
    """The language that the listing, its `<code>` or the elements around it name; "" if none does."""
    code = node.find(".//code")
    around: list[Node] = [node] if code is None else [code, node]
    parent = node.getparent()
    for _ in range(3):
        if parent is None or parent.tag in ("body", "article", "main"):
            break
        around.append(parent)
        parent = parent.getparent()
    for element in around:
        if language := _own_language(element):
            return language
    return ""


def _own_language(element: Node) -> str:
    for attribute in _LANGUAGE_ATTRIBUTES:
        if value := element.get(attribute):
            return _accepted(value)
    match = _LANGUAGE.search((element.get("class") or "")[:2_000])
    return _accepted(match[1]) if match else ""


def _accepted(name: str) -> str:
    name = name.strip().lower()[:30]
    return "" if name in _NO_LANGUAGE or not name else name
