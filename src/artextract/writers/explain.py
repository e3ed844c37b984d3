"""The ledger: every block of the input in order, kept or dropped, by which rule and why.

Two forms for programs: tab-separated columns under a head of `#` lines (`ledger`), and JSON Lines (`ledger_lines`).
The form for a terminal is in `artextract.writers.terminal`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from artextract.article import Article
from artextract.model import Block, Fact, Ruling, Verdict
from artextract.settings import Settings
from artextract.writers.kept import clean, is_kept

FIELDS: tuple[str, ...] = (
    "title",
    "original_title",
    "authors",
    "editors",
    "date",
    "date_modified",
    "site_name",
    "source_name",
    "url",
    "image",
    "description",
    "categories",
    "tags",
)


class Entry(NamedTuple):
    """One row: a block, or the part `span` of its text where verdicts differ within it.

    `chars` are offsets in the decoded input (of the whole block) where they are exact.
    """

    block: Block
    start: int
    end: int
    verdict: Verdict | None
    kept: bool
    partial: bool

    @property
    def label(self) -> str:
        return "body" if self.verdict is None else self.verdict.label

    @property
    def text(self) -> str:
        """The characters judged; of a block without text its marker."""
        return self.block.text[self.start : self.end] or self.block.marker

    @property
    def lines(self) -> tuple[int, int]:
        return self.block.place.first_line, self.block.place.last_line


def entries(article: Article) -> Iterator[Entry]:
    """All rows, in the order of the input."""
    for block, rulings in zip(article.document.blocks, article.rulings, strict=True):
        for ruling in rulings:
            yield _entry(block, ruling, article.settings, len(rulings) > 1)


def _entry(block: Block, ruling: Ruling, settings: Settings, partial: bool) -> Entry:
    return Entry(block, ruling.start, ruling.end, ruling.verdict, is_kept(ruling.label, settings), partial)


def evidence(article: Article, verdict: Verdict | None) -> str:
    """Why a verdict was given, in words: which block it repeats, and the rule's reason; "" for no verdict."""
    if verdict is None:
        return ""
    words = [reason(verdict.rule, article.settings)]
    if verdict.copy_of is not None and 0 <= verdict.copy_of < len(article.document.blocks):
        first = article.document.blocks[verdict.copy_of].place.first_line
        words.insert(0, f"repeats block {verdict.copy_of} (line {first})")
    profile = article.document.profile
    if profile is not None and verdict.rule == "site.repeated":
        words.insert(0, f"on {verdict.score:.0%} of {profile.pages} pages of {profile.site or 'the site'}")
    return "; ".join(word for word in words if word)


def reason(rule_id: str, settings: Settings) -> str:
    """The reason that a rule gives for itself; "" for a rule that is not known."""
    from artextract.rules import parse_rules, rule

    own = parse_rules(settings.rules) if settings.rules else ()
    found = next((r for r in own if r.id == rule_id), None) or rule(rule_id)
    return found.reason if found is not None else ""


def write(article: Article, settings: Settings) -> str:
    """The plain ledger."""
    return ledger(article)


def ledger(article: Article) -> str:
    """Head lines that begin with `#`, a line that names the columns, then one line a row, columns separated by tabs.

    Stable and safe for pipes: a tab, line feed or control character of the input is written as an escape.
    """
    reasons = Reasons(article)
    out = [*head(article), "\t".join(("lines", "kept", "label", "rule", "score", "evidence", "text"))]
    for entry in entries(article):
        verdict = entry.verdict
        columns = (
            lines_of(entry),
            "kept" if entry.kept else "dropped",
            entry.label,
            verdict.rule if verdict is not None else "-",
            f"{verdict.score:.2f}" if verdict is not None else "-",
            reasons.of(verdict) or "-",
            entry.text,
        )
        out.append("\t".join(map(visible, columns)))
    return "\n".join(out) + "\n"


def lines_of(entry: Entry) -> str:
    """`12` or `12-14`; a part of a block with its characters, `12-14[0:17]`."""
    first, last = entry.lines
    where = str(first) if first == last else f"{first}-{last}"
    return f"{where}[{entry.start}:{entry.end}]" if entry.partial else where


class Reasons:
    """Evidence, put in words once for each rule and copy, or for each block that the classifier judged."""

    def __init__(self, article: Article) -> None:
        from artextract.classifier.evidence import Evidence

        self._article = article
        self._found: dict[tuple[str, int | None, float], str] = {}
        self._weighed = Evidence(article.document)

    def of(self, verdict: Verdict | None) -> str:
        if verdict is None:
            return ""
        if verdict.rule.startswith("model."):
            return self._weighed.get(verdict.block)
        key = (verdict.rule, verdict.copy_of, verdict.score)
        if key not in self._found:
            self._found[key] = evidence(self._article, verdict)
        return self._found[key]


def head(article: Article) -> list[str]:
    """What was read and which facts were chosen, where from, and which lost; lines that begin with `#`."""
    source, document = article.document.source, article.document
    lines = [f"# input: {source.name or '-'}; {source.media_type}; {source.encoding} ({source.encoding_from})"]
    shares = ", ".join(f"{tag} {share:.0%}" for tag, share in document.languages)
    lines += [f"# languages: {shares}"] if shares else []
    for name in FIELDS:
        lines += _field(article, name)
    lines += [f"# warning: {note.code}: {note.text}" for note in article.notes]
    dropped = sum(1 for entry in entries(article) if not entry.kept)
    lines.append(f"# blocks: {len(document.blocks)}; rows dropped: {dropped}; characters kept: {len(article.text)}")
    return [visible(line) for line in lines]


def _field(article: Article, name: str) -> list[str]:
    """One metadata field: its value, where it was read, and the candidates that lost."""
    metadata = article.metadata
    value = getattr(metadata, name)
    chosen = [fact for fact in metadata.chosen if fact.field == name]
    lost = [fact for fact in metadata.facts if fact.field == name and fact not in chosen]
    if not value and not lost:
        return []
    shown = " / ".join(value) if isinstance(value, tuple) else value
    read = "; ".join(origin(fact) for fact in chosen)
    lines = [f"# {name}: {shown or '(none)'}" + (f"  [{read}]" if read else "")]
    return lines + [f"#   not: {fact.value}  [{origin(fact)}]" for fact in lost[:8]]


def origin(fact: Fact) -> str:
    """Which rule read a fact, how much it is trusted and on which line."""
    where = f", line {fact.place.first_line}" if fact.place is not None else ""
    return f"{fact.rule} {fact.score:.2f}{where}"


def ledger_records(article: Article, path: str | None = None, member: str | None = None) -> Iterator[dict[str, Any]]:
    """One object for each row: where it stands, whether it was kept, its label, rule, score, evidence and text.

    `chars` are offsets in the decoded input, or None where they are not exact; `span` the part of the block's text,
    or None for the whole.
    """
    reasons = Reasons(article)
    name = path if path is not None else article.document.source.name
    for entry in entries(article):
        place, verdict = entry.block.place, entry.verdict
        yield {
            "path": clean(name) or None,
            "member": clean(member) if member else None,
            "block": entry.block.index,
            "kind": entry.block.kind,
            "lines": list(entry.lines),
            "chars": [place.start, place.end] if place.exact else None,
            "span": [entry.start, entry.end] if entry.partial else None,
            "kept": entry.kept,
            "label": entry.label,
            "rule": verdict.rule if verdict is not None else None,
            "score": round(verdict.score, 4) if verdict is not None else None,
            "evidence": reasons.of(verdict) or None,
            "text": clean(entry.text),
        }


def ledger_lines(article: Article, path: str | None = None, member: str | None = None) -> str:
    """The rows as JSON Lines."""
    from artextract.writers.json import dumps_line

    return "".join(map(dumps_line, ledger_records(article, path, member)))


_ESCAPES = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0), 0xAD)}
_ESCAPES |= {code: f"\\u{code:04x}" for code in (0x61C, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x2028, 0x202F))}
_ESCAPES |= {code: f"\\u{code:04x}" for code in (*range(0x2060, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC))}
_ESCAPES |= {0x09: "\\t", 0x0A: "\\n", 0x0D: "\\r"}


def visible(text: str) -> str:
    r"""`text` on one line, with escapes for what a terminal would act on or not show.

    >>> visible("a\tb\x1b[1m\u202e")
    'a\\tb\\x1b[1m\\u202e'
    """
    if text.isascii() and text.isprintable():
        return text
    return _lone(text.translate(_ESCAPES))


def _lone(text: str) -> str:
    """Lone surrogates as escapes: no encoder takes them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode()
    return text
