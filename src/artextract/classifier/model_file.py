"""The model's data file: one JSON line, then arrays of little-endian int32. Nothing in it can run.

The JSON line holds: `format`, `model` (its id), `words`, `near`, `far` (word -> hundredths of log-odds), `types` (page
feature -> weights), `quality` (knots), and `forests`: for each pass its feature names and the lengths of its five
arrays, which follow in that order.
"""

from __future__ import annotations

import hashlib
import json
import sys
from array import array
from functools import cache
from pathlib import Path

from artextract.classifier.features import function_words
from artextract.classifier.forest import Forest, int32
from artextract.classifier.weights import Weights
from artextract.records import record

FORMAT = 1
DATA = Path(__file__).parent.parent / "data"


@record(frozen=True, slots=True)
class Model:
    """A trained model: word weights and one forest for each pass."""

    name: str
    weights: Weights
    forests: tuple[Forest, ...]
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


def parse(data: bytes) -> Model:
    """A model from the bytes of its file."""
    line, _, arrays = data.partition(b"\n")
    head = json.loads(line)
    if head["format"] != FORMAT:
        raise ValueError(f"model format {head['format']} is not {FORMAT}")
    forests = []
    at = 0
    for forest in head["forests"]:
        parts = []
        for length in forest["lengths"]:
            parts.append(int32(arrays[at : at + 4 * length]))
            at += 4 * length
        forests.append(Forest(tuple(forest["names"]), *parts))
    types = {feature: tuple(row) for feature, row in head["types"].items()}
    weights = Weights(head["words"], head["near"], head["far"], function_words(), types)
    quality = tuple((int(expected), int(reached)) for expected, reached in head["quality"])
    digest = hashlib.sha256(data).hexdigest()[:16]
    return Model(head["model"], weights, tuple(forests), quality, digest)


def serialise(model: Model) -> bytes:
    """The bytes of a model's file: the same model gives the same bytes."""
    arrays = b""
    forests = []
    for forest in model.forests:
        parts = (forest.feature, forest.threshold, forest.right, forest.roots, forest.value)
        forests.append({"names": forest.names, "lengths": [len(part) for part in parts]})
        arrays += b"".join(_little(part) for part in parts)
    weights = model.weights
    head = {
        "format": FORMAT,
        "model": model.name,
        "words": weights.words,
        "near": weights.near,
        "far": weights.far,
        "types": weights.types,
        "forests": forests,
        "quality": model.quality,
    }
    return json.dumps(head, ensure_ascii=False, sort_keys=True).encode() + b"\n" + arrays


def _little(values: array[int]) -> bytes:
    if sys.byteorder == "big":
        values = array("i", values)
        values.byteswap()
    return values.tobytes()
