"""Settings: what can change the result of one document, and what cannot.

One field is one option of the command line and one line of documentation. `Settings.digest` is the fingerprint of a
run: two runs with the same digest, version and input give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Literal

Favor = Literal["balanced", "precision", "recall"]
InputType = Literal["auto", "text", "markdown", "html", "mhtml", "warc", "jsonl"]


@dataclass(frozen=True, slots=True)
class Settings:
    """All that the result of one document depends on besides its bytes, name, address and site profile."""

    input_type: InputType = "auto"  # --from
    encoding: str | None = None  # --encoding: a WHATWG label that overrides all evidence
    favor: Favor = "balanced"  # --favor: which errors to prefer
    keep: tuple[str, ...] = ()  # --keep: labels that are kept beside body
    fields: tuple[str, ...] = ()  # --fields: only these keys in JSON; () = all
    title: bool = False  # --title: the title before the text
    links: bool = True  # --no-links: Markdown without link targets
    images: bool = True  # --no-images: Markdown without images
    front_matter: bool = True  # --no-front-matter
    rules: str = ""  # --rules-file: the TOML text of rules of the user's own
    disable: tuple[str, ...] = ()  # --disable: ids of rules that are switched off
    max_input_bytes: int = 50_000_000  # --max-input-bytes: larger inputs fail
    max_blocks: int = 200_000  # blocks beyond are merged into the last one, with a note
    max_depth: int = 2_048  # elements nested deeper are flattened, with a note

    @property
    def digest(self) -> str:
        """The first 16 hexadecimal digits of the SHA-256 of all fields."""
        canonical = json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()[:16]


DEFAULT = Settings()
