"""YAML front matter that no title can break out of."""

from __future__ import annotations

import json

from artextract.lazy import lazy_pattern
from artextract.model import Metadata
from artextract.writers.json import metadata_values

# What YAML does not allow, or takes for a line end, inside of double quotes (YAML 1.2.2, 5.1 and 5.4; 1.1 as well).
_ESCAPED = lazy_pattern("[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def front_matter(metadata: Metadata) -> str:
    """The known metadata between two lines of dashes, every text in double quotes; "" when nothing is known."""
    known = {key: value for key, value in metadata_values(metadata).items() if value}
    if not known:
        return ""
    lines = [f"{key}: {_yaml(value)}" for key, value in known.items()]
    return "\n".join(["---", *lines, "---", "", ""])


def _yaml(value: str | list[str]) -> str:
    """A text or a list of texts; JSON's strings are YAML's double-quoted ones but for a few characters.

    >>> _yaml('a: "b"\\n---'), _yaml(["x", "y"])
    ('"a: \\\\"b\\\\"\\\\n---"', '["x", "y"]')
    """
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))
