"""Formulas: their TeX, from annotations, attributes, scripts and delimiters, and the visible copy beside it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from artextract.lazy import lazy_pattern
from artextract.model import Mark
from artextract.readers.html_mathml import tex_of
from artextract.readers.html_words import names_of, text_of
from artextract.records import record

Node = etree._Element

LONGEST_VISIBLE = 20_000  # characters; what holds more is no formula
_ATTRIBUTES = ("data-math", "data-tex", "data-latex", "data-equation", "data-formula", "alttext")


@record(frozen=True, slots=True)
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
    if annotation is not None and len(annotation) == 0 and (tex := (annotation.text or "").strip()):
        visible = _text_without(node, annotation)
        return Formula(tex, visible, _is_display(node), tex) if len(visible) < LONGEST_VISIBLE else None
    visible = _text_without(node, None)
    if len(visible) >= LONGEST_VISIBLE:
        return None
    if _script_follows(node):
        return Formula("", visible, False, "")
    tex = _from_attributes(node) or _from_mathml(node)
    return Formula(tex, visible, _is_display(node), "") if tex else None


def _annotation(node: Node) -> Node | None:
    for annotation in node.iter("annotation"):
        if "tex" in (annotation.get("encoding") or "").lower():
            return annotation
    return None


def _script_follows(node: Node) -> bool:
    """True if MathJax 2 put its output before the script that holds the TeX."""
    sibling = node.getnext()
    for _ in range(2):
        if sibling is None:
            return False
        if sibling.tag == "script":
            return (sibling.get("type") or "").startswith("math/tex")
        sibling = sibling.getnext()
    return False


def _from_attributes(node: Node) -> str:
    for element in (node, next(node.iter("math"), None)):
        if element is not None:
            for attribute in _ATTRIBUTES:
                if value := element.get(attribute):
                    return value.strip()
    image = next(node.iter("img"), None)
    if image is not None and not text_of(node).strip():
        return (image.get("alt") or "").strip()
    return ""


def _from_mathml(node: Node) -> str:
    for tag in ("math", "mjx-math"):  # MathJax puts MathML for screen readers behind its drawing
        if (math := next(node.iter(tag), None)) is not None:
            return tex_of(math)
    return ""


def _is_display(node: Node) -> bool:
    """True for a formula that stands alone."""
    for element in (node, node.getparent(), next(node.iter("math", "mjx-container"), None)):
        if element is None:
            continue
        if element.get("display") in ("block", "true"):
            return True
        names = (element.get("class") or "")[:500].lower()
        if "inline" not in names and ("katex-display" in names or "math-block" in names or "jax_display" in names):
            return True
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


_COMMAND = lazy_pattern(r"\\[a-zA-Z]{2,}|[\^_]\{|[\^_][a-zA-Z0-9]|\\[{}]")


_IMAGE_NAMES = frozenset(("latex", "tex", "mwe-math-fallback-image-inline", "mwe-math-fallback-image-display"))
_DRAWN = lazy_pattern(r"latex\.php\?(?:[^#]{0,200}&)?latex=|//latex\.codecogs\.com/|/math/render/(?:svg|png)/")


def image_formula(node: Node, source: str, alt: str) -> Formula | None:
    """The formula of an image with TeX as its alternative text: it reads so, or a program that draws TeX made it."""
    if not alt or len(alt) > 5_000:
        return None
    drawn = not names_of(node).isdisjoint(_IMAGE_NAMES) or _DRAWN.search(source[:400]) is not None
    if not drawn and ("\\" not in alt or not _COMMAND.search(alt) or " the " in alt):
        return None
    tex = alt.strip().removeprefix("$").removesuffix("$").strip("$ ")
    return Formula(tex, "", False, "") if tex else None


# -- TeX between delimiters in the page's text ------------------------------------------------------------------------

_CLOSERS = {"\\(": "\\)", "\\[": "\\]", "$$": "$$", "$": "$"}
_OPENER = lazy_pattern(r"\\[(\[]|\$\$?")
_LONGEST = {"\\(": 2_000, "\\[": 8_000, "$$": 8_000, "$": 600}
_NAME = lazy_pattern(r"[A-Za-z][0-9]?'?\Z")


def marked_formulas(text: str, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """The marks, and one more for each formula that the page's text holds between TeX delimiters."""
    code = [mark for mark in marks if mark.kind in ("code", "formula")]
    found = [
        Mark(start, end, "formula", tex)
        for start, end, tex in _delimited(text)
        if not any(mark.start < end and start < mark.end for mark in code[:50])
    ]
    if not found:
        return marks
    return tuple(sorted((*marks, *found), key=lambda mark: (mark.start, -mark.end)))


def _delimited(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and TeX of what stands between delimiters."""
    position = 0
    while (match := _OPENER.search(text, position)) is not None:
        opener, start, inner = match[0], match.start(), match.end()
        closer = _CLOSERS[opener]
        end = text.find(closer, inner, inner + _LONGEST[opener])
        position = inner
        if end < 0 or (start and text[start - 1] == "\\"):
            continue
        tex = text[inner:end]
        if _is_tex(opener, tex, text[end + 1 : end + 2]):
            position = end + len(closer)
            yield start, position, tex.strip()


def _is_tex(opener: str, tex: str, after: str) -> bool:
    if not tex.strip():
        return False
    if opener == "$":  # prices have it too
        if tex[0].isspace() or tex[-1].isspace() or tex[-1] == "\\" or after.isdigit() or "\n" in tex:
            return False
        return bool(_COMMAND.search(tex) or _NAME.match(tex)) or ("=" in tex and " " not in tex)
    return True
