"""MathML -> TeX, for formulas that carry no TeX of their own: presentation MathML, and MathJax's CHTML made of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from lxml import etree

from artextract.readers.html_words import name_set, text_of

Node = etree._Element

_DEEPEST = 60  # below it, only text

_SYMBOLS = {
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon", "ϵ": r"\epsilon",
    "ζ": r"\zeta", "η": r"\eta", "θ": r"\theta", "ϑ": r"\vartheta", "ι": r"\iota", "κ": r"\kappa", "λ": r"\lambda",
    "μ": r"\mu", "ν": r"\nu", "ξ": r"\xi", "π": r"\pi", "ρ": r"\rho", "σ": r"\sigma", "ς": r"\varsigma",
    "τ": r"\tau", "υ": r"\upsilon", "φ": r"\varphi", "ϕ": r"\phi", "χ": r"\chi", "ψ": r"\psi", "ω": r"\omega",
    "Γ": r"\Gamma", "Δ": r"\Delta", "Θ": r"\Theta", "Λ": r"\Lambda", "Ξ": r"\Xi", "Π": r"\Pi", "Σ": r"\Sigma",
    "Φ": r"\Phi", "Ψ": r"\Psi", "Ω": r"\Omega", "∑": r"\sum", "∏": r"\prod", "∐": r"\coprod", "∫": r"\int",
    "∬": r"\iint", "∭": r"\iiint", "∮": r"\oint", "⋃": r"\bigcup", "⋂": r"\bigcap", "±": r"\pm", "∓": r"\mp",
    "×": r"\times", "÷": r"\div", "⋅": r"\cdot", "·": r"\cdot", "∗": "*", "∘": r"\circ", "≤": r"\leq",
    "≥": r"\geq", "≠": r"\neq", "≈": r"\approx", "≡": r"\equiv", "∼": r"\sim", "≃": r"\simeq", "≅": r"\cong",
    "∝": r"\propto", "≪": r"\ll", "≫": r"\gg", "∈": r"\in", "∉": r"\notin", "∋": r"\ni", "⊂": r"\subset",
    "⊆": r"\subseteq", "⊃": r"\supset", "⊇": r"\supseteq", "∪": r"\cup", "∩": r"\cap", "∅": r"\emptyset",
    "∀": r"\forall", "∃": r"\exists", "¬": r"\neg", "∧": r"\land", "∨": r"\lor", "⊕": r"\oplus", "⊗": r"\otimes",
    "→": r"\to", "←": r"\leftarrow", "↔": r"\leftrightarrow", "⇒": r"\Rightarrow", "⇐": r"\Leftarrow",
    "⇔": r"\Leftrightarrow", "↦": r"\mapsto", "⟶": r"\longrightarrow", "↑": r"\uparrow", "↓": r"\downarrow",
    "∞": r"\infty", "∂": r"\partial", "∇": r"\nabla", "ℏ": r"\hbar", "ℓ": r"\ell", "ℜ": r"\Re", "ℑ": r"\Im",
    "…": r"\dots", "⋯": r"\cdots", "⋮": r"\vdots", "⋱": r"\ddots", "′": "'", "″": "''", "−": "-", "⟨": r"\langle",
    "⟩": r"\rangle", "⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil", "‖": r"\|", "∥": r"\parallel",
    "∣": r"\mid", "⊥": r"\perp", "∠": r"\angle", "△": r"\triangle", "□": r"\square", "⊢": r"\vdash", "⊨": r"\models",
    "ℝ": r"\mathbb{R}", "ℕ": r"\mathbb{N}", "ℤ": r"\mathbb{Z}", "ℚ": r"\mathbb{Q}", "ℂ": r"\mathbb{C}",
    "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "{": r"\{", "}": r"\}", "_": r"\_",
    "\u2061": "", "\u2062": "", "\u2063": "", "\u2064": "", "\u00a0": "~",
}  # fmt: skip
_FENCES = {"(": r"\left(", ")": r"\right)", "[": r"\left[", "]": r"\right]"}
_FUNCTIONS = name_set(
    "sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan log ln exp lim max min sup inf det dim ker gcd arg "
    "deg Pr limsup liminf"
)
_ACCENTS = {
    "^": r"\hat", "ˆ": r"\hat", "¯": r"\bar", "‾": r"\overline", "→": r"\vec", "⃗": r"\vec", "~": r"\tilde",
    "˜": r"\tilde", "˙": r"\dot", ".": r"\dot", "¨": r"\ddot", "_": r"\bar", "⏞": r"\overbrace", "ˇ": r"\check",
}  # fmt: skip
_UNDER_ACCENTS = {"_": r"\underline", "̲": r"\underline", "⏟": r"\underbrace"}
_BIG = frozenset((r"\sum", r"\prod", r"\coprod", r"\int", r"\iint", r"\iiint", r"\oint", r"\bigcup", r"\bigcap"))
_LIMITS = frozenset((r"\lim", r"\max", r"\min", r"\sup", r"\inf", r"\limsup", r"\liminf"))


def tex_of(math: Node) -> str:
    """The TeX of a `<math>` element or of MathJax's `<mjx-math>`; "" if it holds nothing."""
    return _row(math, 0).strip()


def _tex(node: Node, depth: int) -> str:
    if depth > _DEEPEST:
        return _letters(text_of(node))
    name = _name(node)
    if name in ("mi", "mn", "mo", "mtext", "ms"):
        return _token(name, text_of(node))
    if name in ("mphantom", "annotation", "annotation-xml", "mspace", "none", "mprescripts", "script", "style"):
        return ""
    build = _BUILDERS.get(name)
    if build is not None:
        return build(_parts(node, name), depth + 1)
    if name == "mtable":
        return _table(node, depth)
    if name == "mfenced":
        inner = f" {node.get('separators') or ','} ".join(_tex(child, depth + 1) for child in node)
        return rf"\left{_delimiter(node.get('open'), '(')} {inner} \right{_delimiter(node.get('close'), ')')}"
    return _row(node, depth)


def _name(node: Node) -> str:
    return node.tag.rpartition(":")[2].removeprefix("mjx-")


def _row(node: Node, depth: int) -> str:
    children = [child for child in node if isinstance(child.tag, str)]
    if _name(node) == "semantics":
        children = children[:1]
    pieces = [_letters((node.text or "").strip()), *(_tex(child, depth + 1) for child in children)]
    return " ".join(filter(None, pieces))


def _letters(text: str) -> str:
    """Symbols as commands, mathematical letters as plain ones."""
    if text.isascii() and text.isalnum():
        return text
    pieces: list[str] = []
    for char in text:
        if (symbol := _SYMBOLS.get(char)) is None:
            plain = unicodedata.normalize("NFKC", char)
            symbol = _SYMBOLS.get(plain, plain)
        pieces.append(symbol + " " if symbol.startswith("\\") and symbol[-1:].isalpha() else symbol)
    return "".join(pieces).strip()


def _token(name: str, text: str) -> str:
    text = text.strip() if name != "mtext" else " ".join(text.split())
    if name in ("mtext", "ms"):
        return rf"\text{{{text}}}" if text else ""
    if name == "mi" and text in _FUNCTIONS:
        return "\\" + text
    if name == "mo" and text in _FENCES:
        return _FENCES[text]
    return _letters(text)


def _parts(node: Node, name: str) -> list[Node]:
    """The arguments of a construction; in CHTML they hide in boxes."""
    if not node.tag.startswith("mjx-"):
        return [child for child in node if isinstance(child.tag, str)]
    names = _BOXES.get(name)
    if names is None:
        return list(node)
    if name in ("msub", "msup", "msubsup"):
        scripts = next((child for child in node if child.tag == "mjx-script"), None)
        inner = [] if scripts is None else [child for child in scripts if child.tag != "mjx-spacer"]
        return [*[child for child in node if child.tag != "mjx-script"][:1], *reversed(inner)]
    return [found for box in names if (found := next(node.iter(box), None)) is not None]


_BOXES: dict[str, tuple[str, ...]] = {
    "mfrac": ("mjx-num", "mjx-den"),
    "msqrt": ("mjx-box",),
    "msub": (),
    "msup": (),
    "msubsup": (),
    "munder": ("mjx-base", "mjx-under"),
    "mover": ("mjx-base", "mjx-over"),
    "munderover": ("mjx-base", "mjx-under", "mjx-over"),
}


def _all(parts: list[Node], depth: int) -> list[str]:
    return [_tex(part, depth) for part in parts] + ["", "", ""]


def _fraction(parts: list[Node], depth: int) -> str:
    above, below, *_ = _all(parts, depth)
    return rf"\frac{{{above}}}{{{below}}}"


def _root(parts: list[Node], depth: int) -> str:
    return rf"\sqrt{{{' '.join(filter(None, _all(parts, depth)))}}}"


def _root_of_degree(parts: list[Node], depth: int) -> str:
    inner, degree, *_ = _all(parts, depth)
    return rf"\sqrt[{degree}]{{{inner}}}"


def _base(base: str) -> str:
    """Braces around a base of several tokens."""
    single = len(base) <= 1 or (base.startswith("\\") and base[1:].isalpha()) or base.startswith((r"\left", r"\right"))
    return base if single or base.startswith(r"\text{") else f"{{{base}}}"


def _sub(parts: list[Node], depth: int) -> str:
    base, script, *_ = _all(parts, depth)
    return f"{_base(base)}_{{{script}}}"


def _sup(parts: list[Node], depth: int) -> str:
    base, script, *_ = _all(parts, depth)
    return f"{_base(base)}{script}" if script in ("'", "''") else f"{_base(base)}^{{{script}}}"


def _subsup(parts: list[Node], depth: int) -> str:
    base, sub, sup, *_ = _all(parts, depth)
    return f"{_base(base)}_{{{sub}}}^{{{sup}}}"


def _under(parts: list[Node], depth: int) -> str:
    base, under, *_ = _all(parts, depth)
    if base in _BIG or base in _LIMITS:
        return f"{base}_{{{under}}}"
    if accent := _UNDER_ACCENTS.get(under):
        return f"{accent}{{{base}}}"
    return rf"\underset{{{under}}}{{{base}}}"


def _over(parts: list[Node], depth: int) -> str:
    base, over, *_ = _all(parts, depth)
    if base in _BIG or base in _LIMITS:
        return f"{base}^{{{over}}}"
    sign = text_of(parts[1]).strip() if len(parts) > 1 else ""
    if accent := _ACCENTS.get(sign):
        return f"{accent}{{{base}}}"
    return rf"\overset{{{over}}}{{{base}}}"


def _under_over(parts: list[Node], depth: int) -> str:
    base, under, over, *_ = _all(parts, depth)
    return f"{base}_{{{under}}}^{{{over}}}"


def _delimiter(value: str | None, default: str) -> str:
    value = default if value is None else value.strip()
    return _SYMBOLS.get(value, value) or "."


def _table(node: Node, depth: int) -> str:
    rows = [
        " & ".join(_row(cell, depth + 2) for cell in row if _name(cell) == "mtd")
        for row in node
        if _name(row) in ("mtr", "mlabeledtr")
    ]
    return r"\begin{matrix} " + r" \\ ".join(rows) + r" \end{matrix}"


_BUILDERS: dict[str, Callable[[list[Node], int], str]] = {
    "mfrac": _fraction,
    "msqrt": _root,
    "mroot": _root_of_degree,
    "msub": _sub,
    "msup": _sup,
    "msubsup": _subsup,
    "munder": _under,
    "mover": _over,
    "munderover": _under_over,
}
