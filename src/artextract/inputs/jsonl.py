"""JSON Lines: one record a line, a document in one of its fields. Our own JSON Lines are input like any other."""

from __future__ import annotations

import json
from dataclasses import field
from typing import Any

from artextract.inputs.container import Container, Members
from artextract.inputs.found import Content, Met
from artextract.inputs.streams import Readable, Window
from artextract.records import record
from artextract.settings import Settings

NAMES: dict[str, tuple[str, ...]] = {
    "html": ("html", "raw_html"),
    "text": ("text", "content"),
    "url": ("url", "input.url"),
    "id": ("id",),
}
"""The names that are found by themselves, by what they hold; the first that is there counts."""

LONGEST_NAME = 200


@record(frozen=True, slots=True)
class Fields:
    """Which fields of a record hold what, and which go along. Names with dots look inside objects."""

    names: dict[str, tuple[str, ...]] = field(default_factory=lambda: dict(NAMES))
    kept: tuple[str, ...] = ()


def fields_of(settings: Settings) -> Fields:
    """The fields that the user names; the others are found by themselves."""
    given: dict[str, tuple[str, ...]] = {}
    for word in settings.jsonl_fields:
        key, _, name = word.partition("=")
        given[key] = (*given.get(key, ()), name)
    chosen = {**NAMES, **given}
    if "html" in given and "text" not in given:
        chosen["text"] = ()  # the user says where the document is
    elif "text" in given and "html" not in given:
        chosen["html"] = ()
    return Fields(chosen, settings.keep_fields)


def jsonl_members(stream: Readable, container: Container) -> Members:
    """The documents of a stream of JSON Lines; a member's ordinal is the number of its line."""
    window = Window(stream)
    wanted = fields_of(container.settings)
    ordinal = 0
    while True:
        line, whole = window.line(container.limit)
        if not line:
            return
        ordinal += 1
        if not whole:
            yield container.too_large(ordinal, "")
        elif line.strip():
            yield _line(line.removeprefix(b"\xef\xbb\xbf") if ordinal == 1 else line, ordinal, container, wanted)


def _line(line: bytes, ordinal: int, container: Container, wanted: Fields) -> Met:
    replaced = 0
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        text = line.decode("utf-8", "replace")
        replaced = max(1, text.count("\ufffd") - line.count("\ufffd".encode()))
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        said = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        cut = "" if line.endswith(b"\n") else " (the last line; cut off?)"
        return container.failed(ordinal, "", f"not a line of JSON{cut}: {said}; repair it", "damaged")
    return record_member(record, ordinal, container, wanted, replaced)


def record_member(record: Any, ordinal: int, container: Container, wanted: Fields, replaced: int = 0) -> Met:
    """The document that a record holds."""
    if not isinstance(record, dict):
        return container.failed(ordinal, "", "not a record but another value; leave it out", "no-document")
    found = {key: _first(record, names) for key, names in wanted.names.items()}
    name = _label(found["id"]) or _label(found["url"])
    role, text = _document(found)
    if role is None:
        named = "html, raw_html, text or content" if wanted.names["html"] and wanted.names["text"] else "the given name"
        message = f"no field of text called {named}; name it with --jsonl-field text=NAME or html=NAME"
        return container.failed(ordinal, name, message, "no-document")
    data = _utf8(text)
    if len(data) > container.limit:
        return container.too_large(ordinal, name, len(data))
    return container.held(
        ordinal,
        name,
        Content(
            data,
            url=_text(found["url"]),
            retrieved=_text(_first(record, ("input.retrieved",))),
            media_type="text/html" if role == "html" else "text/plain",
            role=role if role == "html" or _is_plain(record, wanted) else "str",
            replaced=replaced,
            carried=_carried(record, wanted.kept),
        ),
    )


def _document(found: dict[str, Any]) -> tuple[str | None, str]:
    """The field that holds the document: HTML rather than text, what has content rather than what is empty."""
    there = [(role, found[role]) for role in ("html", "text") if isinstance(found[role], str)]
    full = [(role, text) for role, text in there if text and not text.isspace()]
    return full[0] if full else there[0] if there else (None, "")


def _is_plain(record: dict[str, Any], wanted: Fields) -> bool:
    """Whether its text is text: a field called `content` holds HTML as often."""
    return wanted.names["text"] != NAMES["text"] or isinstance(record.get("text"), str)


def _first(record: dict[str, Any], names: tuple[str, ...]) -> Any:
    """The first field that is there and is not null."""
    for name in names:
        value = record.get(name)
        if value is None and "." in name:
            value = record
            for part in name.split("."):
                value = value.get(part) if isinstance(value, dict) else None
        if value is not None:
            return value
    return None


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _label(value: Any) -> str:
    """An id or address as a member's name, on one line."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(_utf8(str(value)[:LONGEST_NAME]).decode().split())


def _carried(record: dict[str, Any], names: tuple[str, ...]) -> str:
    if not names:
        return ""
    return json.dumps({name: _first(record, (name,)) for name in names}, ensure_ascii=True, default=str)


def _utf8(text: str) -> bytes:
    """UTF-8; surrogate pairs are joined, lone surrogates become U+FFFD."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()
