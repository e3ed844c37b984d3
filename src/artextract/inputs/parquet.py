"""Parquet files, by the extra pyarrow: a document a row, as in JSON Lines. The smallest unit that can be read is a
row group: memory is bounded by the largest one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from artextract.errors import InputError
from artextract.inputs.container import Container, Members
from artextract.inputs.jsonl import fields_of, record_member

ROWS = 16
"""Rows that are made into records at once."""


def _modules() -> tuple[Any, Any]:
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        raise InputError("Parquet cannot be opened here; pip install 'artextract[parquet]'") from None


def parquet_members(file: io.BufferedIOBase, container: Container) -> Members:
    """The documents of a Parquet file; a member's ordinal is the number of its row."""
    arrow, parquet = _modules()
    wanted = fields_of(container.settings)
    ordinal = 0
    try:
        for row in _rows(parquet, file, {name.partition(".")[0] for name in _names(wanted.names, wanted.kept)}):
            ordinal += 1
            yield record_member(row, ordinal, container, wanted)
    except (arrow.ArrowException, OSError, ValueError, EOFError) as error:
        said = " ".join(str(error).split())[:200]
        yield container.broken(f"its Parquet data is damaged ({said}); what stood before was read")


def _names(names: dict[str, tuple[str, ...]], kept: tuple[str, ...]) -> Iterator[str]:
    for found in names.values():
        yield from found
    yield from kept


def _rows(parquet: Any, file: io.BufferedIOBase, wanted: set[str]) -> Iterator[dict[str, Any]]:
    source = parquet.ParquetFile(file, pre_buffer=False)
    columns = [name for name in source.schema_arrow.names if name in wanted]
    for batch in source.iter_batches(batch_size=ROWS, columns=columns, use_threads=False):
        rows: list[dict[str, Any]] = batch.to_pylist()
        yield from rows
