"""Articles as JSON: one object per document, every key always there, in the order of the interface."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from artextract.article import Article
from artextract.lazy import lazy_pattern
from artextract.model import Metadata
from artextract.scripts import HAN, KANA
from artextract.settings import Settings
from artextract.version import __version__
from artextract.writers.kept import clean, is_kept

SCHEMA = "artextract/1"

_IDEOGRAPH = lazy_pattern(f"[{HAN}{KANA}]")
_WORD = lazy_pattern(r"[^\W_]+")
_LINE_ENDS = "\x85\u2028\u2029"  # what some programs take for the end of a line

_METADATA = (
    "title",
    "original_title",
    "authors",
    "editors",
    "date",
    "date_modified",
    "date_raw",
    "site_name",
    "source_name",
    "url",
    "image",
    "description",
    "language",
    "categories",
    "tags",
)
"""The metadata keys of the object, in its order; front matter has the same."""

_KEYS: dict[str, Callable[[Article, str | None, str | None], Any]] = {
    "schema": lambda article, path, member: SCHEMA,
    "producer": lambda article, path, member: _producer(article),
    "input": lambda article, path, member: _input(article, path, member),
    "text": lambda article, path, member: article.text,
    "markdown": lambda article, path, member: article.markdown,
    "char_count": lambda article, path, member: len(article.text),
    "word_count": lambda article, path, member: word_count(article.text),
    "quality": lambda article, path, member: article.quality,
    "duplicate_of": lambda article, path, member: None,
    "similarity": lambda article, path, member: None,
    "removed": lambda article, path, member: removed(article),
    "warnings": lambda article, path, member: [{"code": n.code, "text": clean(n.text)} for n in article.notes],
}

KEYS: tuple[str, ...] = ("schema", "producer", "input", *_METADATA, *list(_KEYS)[3:])
"""All keys, in order."""


def to_dict(article: Article, path: str | None = None, member: str | None = None) -> dict[str, Any]:
    """The JSON object of `article`: all keys, unknown ones None or []; or those of `Settings.fields` only.

    `blocks` comes last, and only where `Settings.blocks` asks for it.

    `path` is the input's path as reached from the argument (default: the name that `extract` was given), `member` its
    ordinal and name inside a container.
    """
    wanted = set(article.settings.fields) or set(KEYS)
    metadata = metadata_values(article.metadata)
    record = {
        key: metadata[key] if key in metadata else _KEYS[key](article, path, member) for key in KEYS if key in wanted
    }
    if article.settings.blocks:
        from artextract.writers.blocks import block_records

        record["blocks"] = block_records(article)
    return record


def metadata_values(metadata: Metadata) -> dict[str, Any]:
    """The metadata keys in order: text, lists of text, None for what is not known."""
    return {key: _value(getattr(metadata, key)) for key in _METADATA}


def _value(value: str | tuple[str, ...] | None) -> str | list[str] | None:
    if isinstance(value, tuple):
        return [text for text in map(clean, value) if text]
    return clean(value) or None if value else None


def _producer(article: Article) -> dict[str, str | None]:
    from artextract.classifier.model_file import model_for

    profile = article.document.profile
    model = model_for(article.document.source.media_type)
    return {
        "version": __version__,
        "model": None if model is None else model.digest,
        "settings": article.settings.digest,
        "profile": None if profile is None else profile.digest,
    }


def _input(article: Article, path: str | None, member: str | None) -> dict[str, Any]:
    """Where the document came from; `fields` only where --keep-fields carries some along."""
    source = article.document.source
    carried = {"fields": json.loads(source.carried)} if source.carried else {}
    return {
        "path": clean(path if path is not None else source.name) or None,
        "member": clean(member) if member else None,
        "media_type": source.media_type,
        "bytes": source.bytes,
        "sha256": source.sha256 or None,
        "encoding": source.encoding,
        "encoding_from": source.encoding_from,
        "replaced": source.replaced,
        "url": _value(source.url),
        "retrieved": _value(source.retrieved),
        **carried,
    }


def removed(article: Article) -> dict[str, dict[str, int]]:
    """For each label that was dropped, in how many blocks it occurs and how many characters (not spaces) it has."""
    found: dict[str, dict[str, int]] = {}
    for block, rulings in zip(article.document.blocks, article.rulings, strict=True):
        labels = set()
        for ruling in rulings:
            verdict = ruling.verdict
            if verdict is None or is_kept(verdict.label, article.settings):
                continue
            label = verdict.label
            counts = found.setdefault(label, {"blocks": 0, "chars": 0})
            counts["blocks"] += label not in labels
            counts["chars"] += len("".join(block.text[ruling.start : ruling.end].split()))
            labels.add(label)
    return dict(sorted(found.items()))


def word_count(text: str) -> int:
    """Han and kana characters one each, elsewhere runs of letters and digits.

    >>> word_count("长治 2022, well-known")
    5
    """
    if text.isascii():
        return len(_WORD.findall(text))
    spaced, ideographs = _IDEOGRAPH.subn(" ", text)
    return ideographs + len(_WORD.findall(spaced))


def schema_text() -> str:
    """The JSON Schema of the object, as it stands in the package."""
    return (Path(__file__).parents[1] / "data" / "schema.json").read_text("utf-8")


def dumps(record: dict[str, Any]) -> str:
    """`record` indented over several lines, with a line feed at the end."""
    return _one_line_end(json.dumps(record, ensure_ascii=False, indent=2))


def dumps_line(record: dict[str, Any]) -> str:
    """`record` on one line, with a line feed at the end; no program sees a second line end in it."""
    return _one_line_end(json.dumps(record, ensure_ascii=False, separators=(",", ":")))


def _one_line_end(text: str) -> str:
    for character in _LINE_ENDS:
        if character in text:
            text = text.replace(character, f"\\u{ord(character):04x}")
    return text + "\n"


def write(article: Article, settings: Settings, path: str | None = None, member: str | None = None) -> str:
    """The article's object, indented."""
    return dumps(to_dict(article, path, member))


def write_line(article: Article, settings: Settings, path: str | None = None, member: str | None = None) -> str:
    """The article's object on one line."""
    return dumps_line(to_dict(article, path, member))
