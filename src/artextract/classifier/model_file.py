"""The model's data file: one JSON line, then tables of words and arrays of little-endian int32. Nothing in it can run.

The JSON line holds: `format`, `model` (its id), `quality` (knots), `tables`: for `words`, `near`, `far` (word ->
hundredths of log-odds) and `types` (page feature -> weights) the length of the words in bytes, their number and that of
the weights of each; and `forest`: its feature names and the lengths of its five arrays. Tables follow in that order,
each as its words (UTF-8, joined by NUL) and its weights, then the arrays. As JSON the 20,000 words alone took a tenth
of a run over one small file.
"""

from __future__ import annotations

import hashlib
import json
import sys
from array import array
from functools import cache
from pathlib import Path
from typing import Any

from artextract.classifier.features import function_words
from artextract.classifier.forest import Forest, int32
from artextract.classifier.weights import Weights
from artextract.records import record

FORMAT = 3
DATA = Path(__file__).parent.parent / "data"


@record(frozen=True, slots=True)
class Model:
    """A trained model: weights of words, and trees."""

    name: str
    weights: Weights
    forest: Forest
    quality: tuple[tuple[int, int], ...] = ()  # expected F1 -> reached F1, in thousandths, by rising expected F1
    digest: str = ""  # the first 16 hexadecimal digits of the SHA-256 of its file


@cache
def shipped(name: str) -> Model | None:
    """The model `name` of the package (`html`, `text`), None where the package has none. Read once per process."""
    path = DATA / f"model.{name}.bin"
    return parse(path.read_bytes()) if path.exists() else None


def model_for(media_type: str) -> Model | None:
    """The shipped model that judges documents of a media type."""
    return shipped("html" if media_type == "text/html" else "text")


_TABLES = ("words", "near", "far", "types")


def parse(data: bytes) -> Model:
    """A model from the bytes of its file."""
    line, _, rest = data.partition(b"\n")
    head = json.loads(line)
    if head["format"] != FORMAT:
        raise ValueError(f"model format {head['format']} is not {FORMAT}")
    tables, at = _tables(head["tables"], rest)
    parts = []
    for length in head["forest"]["lengths"]:
        parts.append(int32(rest[at : at + 4 * length]))
        at += 4 * length
    forest = Forest(tuple(head["forest"]["names"]), *parts)
    types = {feature: tuple(row) for feature, row in tables["types"].items()}
    weights = Weights(tables["words"], tables["near"], tables["far"], function_words(), types)
    quality = tuple((int(expected), int(reached)) for expected, reached in head["quality"])
    digest = hashlib.sha256(data).hexdigest()[:16]
    return Model(head["model"], weights, forest, quality, digest)


def _tables(sizes: dict[str, list[int]], data: bytes) -> tuple[dict[str, dict[str, Any]], int]:
    """The tables at the beginning of `data`, and where they end."""
    at = 0
    tables: dict[str, dict[str, Any]] = {}
    for name in _TABLES:
        length, count, width = sizes[name]
        words = data[at : at + length].decode().split("\0") if count else []
        at += length
        values = int32(data[at : at + 4 * count * width]).tolist()
        at += 4 * count * width
        rows = values if name != "types" else zip(*[iter(values)] * width, strict=True)
        tables[name] = dict(zip(words, rows, strict=True))
    return tables, at


def serialise(model: Model) -> bytes:
    """The bytes of a model's file: the same model gives the same bytes."""
    weights = model.weights
    given: dict[str, dict[str, Any]] = {
        "words": weights.words,
        "near": weights.near,
        "far": weights.far,
        "types": weights.types,
    }
    body = b""
    sizes: dict[str, list[int]] = {}
    for name in _TABLES:
        table = sorted(given[name].items())
        words = "\0".join(word for word, _ in table).encode()
        rows = [row if name == "types" else (row,) for _, row in table]
        sizes[name] = [len(words), len(table), len(rows[0]) if rows else 1]
        body += words + _little(array("i", [value for row in rows for value in row]))
    trees = model.forest
    parts = (trees.feature, trees.threshold, trees.right, trees.roots, trees.value)
    forest = {"names": trees.names, "lengths": [len(part) for part in parts]}
    body += b"".join(_little(part) for part in parts)
    head = {"format": FORMAT, "model": model.name, "tables": sizes, "forest": forest, "quality": model.quality}
    return json.dumps(head, ensure_ascii=False, sort_keys=True).encode() + b"\n" + body


def _little(values: array[int]) -> bytes:
    if sys.byteorder == "big":
        values = array("i", values)
        values.byteswap()
    return values.tobytes()
