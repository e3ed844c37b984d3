"""Records as a Parquet file (`-o FILE.parquet`), by the extra pyarrow: one row a document, the columns of the JSON."""

from __future__ import annotations

import contextlib
import json
import os
from importlib import import_module
from typing import Any

from artextract.batch.output import PART
from artextract.batch.stream import unwritable
from artextract.errors import OutputError
from artextract.inputs.found import Input
from artextract.inputs.wording import shown
from artextract.settings import Settings

ROWS = 1_000
ROWS_BYTES = 16_000_000
"""A row group is written when it has so many rows, or their JSON so many bytes."""

TEXTS = ("authors", "editors", "categories", "tags")
INTEGERS = ("char_count", "word_count")
NUMBERS = ("quality", "similarity")
PLACES = ("duplicate_of",)
OTHERS = ("producer", "removed", "warnings", "blocks")
"""Columns that hold JSON: their shape differs from record to record."""


def parquet_module() -> Any:
    """pyarrow with its Parquet writer. Raises OutputError where it is not installed."""
    try:
        import_module("pyarrow.parquet")
        return import_module("pyarrow")
    except ImportError:
        raise OutputError("Parquet cannot be written here; pip install 'artextract[parquet]'") from None


def columns(settings: Settings) -> tuple[str, ...]:
    """The keys of the records under these settings."""
    from artextract.writers.json import KEYS

    wanted = [key for key in KEYS if key in settings.fields or not settings.fields]
    return (*wanted, "blocks") if settings.blocks else tuple(wanted)


class ParquetSink:
    """One file, written as `FILE.part` and renamed at the end; a run that ends early leaves nothing."""

    def __init__(self, path: str, keys: tuple[str, ...]) -> None:
        self.path = os.path.realpath(path)
        self._name = shown(path)
        self._part = self.path + PART
        self._keys = keys
        self._rows: list[dict[str, Any]] = []
        self._size = 0
        self._writer: Any = None

    def start(self) -> None:
        arrow = parquet_module()
        self._schema = arrow.schema([(key, _type(key, arrow)) for key in self._keys])
        try:
            self._writer = arrow.parquet.ParquetWriter(self._part, self._schema, compression="zstd")
        except OSError as error:
            raise unwritable(self._name, error) from None

    def refusal(self, document: Input) -> str | None:
        return None

    def write(self, document: Input, record: bytes) -> int:
        self._rows.append(_row(json.loads(record)))
        self._size += len(record)
        if len(self._rows) >= ROWS or self._size >= ROWS_BYTES:
            self._flush()
        return len(record)

    def _flush(self) -> None:
        arrow = parquet_module()
        try:
            self._writer.write_table(arrow.Table.from_pylist(self._rows, schema=self._schema))
        except OSError as error:
            raise unwritable(self._name, error) from None
        self._rows, self._size = [], 0

    def finish(self) -> None:
        """Write the last rows and rename the file to its own name."""
        try:
            if self._rows:
                self._flush()
            self._writer.close()
            os.replace(self._part, self.path)
        except OSError as error:
            raise unwritable(self._name, error) from None

    def abandon(self) -> str | None:
        if self._writer is not None:
            with contextlib.suppress(OSError):
                self._writer.close()
            with contextlib.suppress(OSError):
                os.unlink(self._part)
        return None


def _type(key: str, arrow: Any) -> Any:
    if key in TEXTS:
        return arrow.list_(arrow.string())
    if key in INTEGERS:
        return arrow.int64()
    if key in NUMBERS:
        return arrow.float64()
    if key in PLACES:
        return arrow.struct([("path", arrow.string()), ("member", arrow.string())])
    if key == "input":
        texts = ("path", "member", "media_type", "sha256", "encoding", "encoding_from", "url", "retrieved", "fields")
        counts = [("bytes", arrow.int64()), ("replaced", arrow.int64())]
        return arrow.struct([*((text, arrow.string()) for text in texts), *counts])
    return arrow.string()


def _row(record: dict[str, Any]) -> dict[str, Any]:
    row = {key: json.dumps(value, ensure_ascii=False) if key in OTHERS else value for key, value in record.items()}
    if record.get("input", {}).get("fields") is not None:
        row["input"] = {**record["input"], "fields": json.dumps(record["input"]["fields"], ensure_ascii=False)}
    return row
