"""Code listings: the text with its white space, its language, and what stands beside it (line numbers, buttons)."""

from __future__ import annotations

from lxml import etree

from artextract.lazy import lazy_pattern
from artextract.readers.html_words import LONGEST, name_set, names_of, text_of
from artextract.records import record

Node = etree._Element

_HEAVY = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "form", "blockquote", "article", "section", "img")
_BLOCKS = frozenset(("div", "li", "tr", "p", "pre", "table", "ol"))
_LINE_NAMES = frozenset(("line", "code-line", "token-line", "view-line", "cm-line", "ace_line", "codemirror-line"))
_GUTTER_NAMES = frozenset(
    {"lineno", "linenos", "linenum", "linenumber", "line-number", "line-numbers", "line-numbers-rows", "gutter"}
    | {"ln", "lnt", "blob-num", "hljs-ln-numbers", "hljs-ln-n", "rouge-gutter", "codemirror-linenumber", "lineno-cell"}
    | {"react-code-line-number", "ace_gutter", "codemirror-gutter-wrapper", "crayon-nums", "line-no", "linenodiv"}
    | {"hover-info", "tooltip"}
)
_BESIDE_WORDS = ("copy", "clipboard", "toolbar", "code-header", "code__header", "codeheader", "line-numbers-rows")
_LANGUAGE = lazy_pattern(
    r"(?:^|\s)(?:language[-_]|lang[-_]|highlight-source-|highlight-|brush:\s?)([A-Za-z0-9+#.-]{1,30})(?=[\s;]|$)"
)
_KNOWN = name_set(
    "abap ada apex applescript asm assembly awk bash basic bat c c++ c# clojure cmake cmd cobol coffeescript "
    "console cpp crystal csharp css csv cuda cypher d dart delphi diff docker dockerfile elixir elm erlang f# "
    "fish fortran fsharp gdb glsl go golang gradle graphql groovy haskell hcl html http ini java javascript jinja "
    "js json json5 jsonc jsx julia kotlin latex lean less lisp llvm lua makefile markdown mathematica matlab md "
    "mermaid nasm nginx nim nix objc objective-c ocaml pascal perl php plsql powershell ps1 proto protobuf puppet "
    "py python qml r racket rb regex rst ruby rust sas sass scala scheme scss sh shell shellsession solidity "
    "sparql sql stata svelte swift systemverilog tcl terraform tex toml ts tsx typescript vb vba vbnet verilog "
    "vhdl vim vue wasm xml yaml yml zig zsh"
)
_LANGUAGE_ATTRIBUTES = ("data-lang", "data-language", "data-code-language", "data-codelang", "language")
_NO_LANGUAGE = frozenset(
    {"none", "text", "plaintext", "plain", "txt", "nohighlight", "source", "default", "line", "lines", "hljs", "code"}
    | {"language", "highlight", "notranslate", "wrap", "numberlines", "copy", "auto", "undefined", "unknown"}
)


@record(frozen=True, slots=True)
class Listing:
    """A code listing: its lines in `text`, gutters and buttons in `marker`; `last` is the last node read."""

    text: str
    marker: str
    language: str
    last: Node | None = None


@record(frozen=True, slots=True)
class Rest:
    """A listing and what its frame says besides."""

    listing: Listing
    text: str


def unwrapped_pre(node: Node) -> bool:
    """True for a `<pre>` that holds a page's structure rather than code: headings, paragraphs, lists."""
    return next(node.iter(*_HEAVY), None) is not None


def is_listing(code: Node) -> bool:
    """True for a `<code>` without `<pre>` that is a listing: it holds blocks, or says so."""
    if any(child.tag in ("pre", "table", "div", "ol") for child in code):
        return True
    return "block" in names_of(code)


class _Reader:
    """Collects a listing's text. Numbers that may be line numbers are kept apart until the end."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.marker: list[str] = []
        self.at_start = True  # of a line
        self.numbers: list[int] = []  # indexes of pieces that may be line numbers
        self.expected = -1

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.at_start = text.endswith("\n")

    def newline(self) -> None:
        if not self.at_start:
            self.add("\n")

    def number(self, text: str) -> bool:
        """Takes a number at the start of a line if it is the next one."""
        value = int(text)
        if self.expected >= 0 and value != self.expected:
            return False
        self.expected = value + 1
        self.numbers.append(len(self.pieces))
        self.pieces.append(text)
        return True

    def finish(self) -> tuple[str, str]:
        """Text and marker."""
        lines = "".join(self.pieces).strip("\n").count("\n") + 1
        if len(self.numbers) >= 2 and len(self.numbers) * 10 >= lines * 8:
            for index in self.numbers:
                self.marker.append(self.pieces[index])
                self.pieces[index] = ""
        return "".join(self.pieces).strip("\n").rstrip(), " ".join(" ".join(self.marker).split())


def listing_of(node: Node, by_element: bool = False) -> Listing:
    """Reads the whole subtree of a listing. `by_element`: each block or line element is a line."""
    reader = _Reader()
    beside: Node | None = None
    last = node
    lines = by_element or _lines_lack_feeds(node)
    walk = etree.iterwalk(node, events=("start", "end"))
    for event, child in walk:
        if event == "start":
            last = child
            if child.tag in ("script", "style", "template"):
                walk.skip_subtree()
                continue
            if beside is None and child is not node and _is_beside(child):
                beside = child
            if beside is None:
                _start_line(reader, child, node, lines)
            text = child.text
        else:
            if child is beside:
                beside = None
            if child is node:
                break
            text = child.tail
        if not text:
            continue
        if beside is not None:
            reader.marker.append(text)
        elif not (event == "start" and reader.at_start and _is_number(child, text) and reader.number(text)):
            reader.add(text)
    text, marker = reader.finish()
    if node.tag == "code":
        text = text.lstrip()  # white space counts in `<pre>` only
    return Listing(text, marker, language_of(node), last)


def _start_line(reader: _Reader, child: Node, node: Node, lines: bool) -> None:
    tag = child.tag
    if tag == "br":
        reader.add("\n")
    elif child is not node and (tag in _BLOCKS or (lines and _is_line(child))):
        reader.newline()


def _is_line(node: Node) -> bool:
    return node.get("data-line") is not None or not names_of(node).isdisjoint(_LINE_NAMES)


def _lines_lack_feeds(node: Node) -> bool:
    """True if each line is an element and no line feeds stand between them."""
    lines = [child for child in node.iter("span", "div") if _is_line(child)][:3]
    return len(lines) > 1 and not any("\n" in (line.tail or "") or "\n" in text_of(line) for line in lines)


def _is_number(child: Node, text: str) -> bool:
    return len(child) == 0 and text.strip().isdecimal() and len(text) < 12


def _is_beside(node: Node) -> bool:
    """Line numbers and buttons stand beside the code."""
    if node.tag == "button":
        return True
    style = node.get("style")
    if style and "user-select" in style[:LONGEST] and "none" in style[:LONGEST]:
        return True
    value = node.get("class")
    if not value:
        return False
    names = names_of(node)
    if not names.isdisjoint(_GUTTER_NAMES):
        return True
    lowered = value[:LONGEST].lower()
    return any(word in lowered for word in _BESIDE_WORDS) and len(text_of(node)) < 80


def framed_listing(frame: Node) -> Rest | None:
    """The one listing in a frame that says little else (its language, a file name, buttons); else None."""
    listings = list(frame.iter("pre"))
    if len(listings) != 1:
        return None
    around: list[str] = []
    walk = etree.iterwalk(frame, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            if node is listings[0] or node.tag in ("script", "style", "template"):
                walk.skip_subtree()
            elif node.text:
                around.append(node.text)
        elif node is not frame and node.tail:
            around.append(node.tail)
    text = " ".join("".join(around).split())
    if len(text) > 60:
        return None
    return Rest(listing_of(listings[0]), text)


def language_of(node: Node) -> str:
    """The language that the listing, its `<code>` or the elements around it name; "" if none does."""
    around = [inner for inner, _ in zip(node.iter("code", "pre"), range(6), strict=False)]
    if node not in around:
        around.append(node)
    parent = node.getparent()
    for _ in range(4):
        if parent is None or parent.tag in ("body", "article", "main", "section"):
            break
        around.append(parent)
        parent = parent.getparent()
    named = next((language for element in around if (language := _own_language(element))), "")
    return named or next((language for element in around[:3] if (language := _known_language(element))), "")


def _known_language(element: Node) -> str:
    """A language that is itself a class name (`<pre class="python">`), or in the attribute for human ones."""
    names = (element.get("class") or "")[:LONGEST].lower().split()
    if element.tag in ("pre", "code") and (lang := element.get("lang")):
        names.append(lang[:30].lower())
    return next((name for name in names if name in _KNOWN), "")


def _own_language(element: Node) -> str:
    for attribute in _LANGUAGE_ATTRIBUTES:
        if (value := element.get(attribute)) and (language := _accepted(value)):
            return language
    value = (element.get("class") or "")[:LONGEST]
    return next((language for match in _LANGUAGE.finditer(value) if (language := _accepted(match[1]))), "")


def _accepted(name: str) -> str:
    name = name.strip().lower()[:30]
    return "" if name in _NO_LANGUAGE or not name else name
