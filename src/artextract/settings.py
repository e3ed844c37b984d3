"""Settings: what can change the result of one document, and what cannot.

One field is one option of the command line and one line of documentation. `Settings.digest` is the fingerprint of a
run: two runs with the same digest, version and input give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Literal

from artextract.records import frozen_record

Favor = Literal["balanced", "precision", "recall"]
InputType = Literal["auto", "text", "markdown", "html", "mhtml", "warc", "jsonl"]


@frozen_record(frozen=True, slots=True)
class Settings:
    """All that the result of one document depends on besides its bytes, name, address and site profile."""

    input_type: InputType = "auto"  # --from
    encoding: str | None = None  # --encoding: a WHATWG label that overrides all evidence
    fix_mojibake: bool = False  # --fix-mojibake: text that was misread before it was saved is read back
    favor: Favor = "balanced"  # --favor: which errors to prefer
    keep: tuple[str, ...] = ()  # --keep: labels that are kept beside body
    fields: tuple[str, ...] = ()  # --fields: only these keys in JSON; () = all
    title: bool = False  # --title: the title before the text
    links: bool = True  # --no-links: Markdown without link targets
    images: bool = True  # --no-images: Markdown without images
    front_matter: bool = True  # --no-front-matter
    blocks: bool = False  # --blocks: the kept blocks with their places in JSON
    max_block_chars: int | None = None  # --max-block-chars: neighbours packed up to so many characters
    rules: str = ""  # --rules-file: the TOML text of rules of the user's own
    disable: tuple[str, ...] = ()  # --disable: ids of rules that are switched off
    keep_lines: tuple[str, ...] = ()  # --keep-line: patterns of lines that are kept, whatever the rules say
    drop_lines: tuple[str, ...] = ()  # --drop-line
    keep_elements: tuple[str, ...] = ()  # --keep-element: XPath or CSS selectors of HTML elements
    drop_elements: tuple[str, ...] = ()  # --drop-element
    max_input_bytes: int = 50_000_000  # --max-input-bytes: larger inputs fail
    jsonl_fields: tuple[str, ...] = ()  # --jsonl-field: "html=NAME", "text=NAME", "url=NAME", "id=NAME" of records
    keep_fields: tuple[str, ...] = ()  # --keep-fields: names of a record's fields that its result carries along
    max_blocks: int = 200_000  # blocks beyond are merged into the last one, with a note
    max_depth: int = 2_048  # elements nested deeper are flattened, with a note

    @property
    def digest(self) -> str:
        """The first 16 hexadecimal digits of the SHA-256 of all fields."""
        canonical = json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()[:16]


DEFAULT = Settings()

SiteBoilerplate = Literal["off", "auto", "on"]
Duplicates = Literal["mark", "drop", "ignore"]
Format = Literal["text", "markdown", "json", "jsonl", "explain"]


@frozen_record(frozen=True, slots=True)
class BatchSettings:
    """What a run over many inputs depends on, and what no single document's result does.

    Sizes are bytes, times seconds; None is no limit, except for `timeout`, where None is the default (60 s for a batch,
    none for a single input) and 0 no limit. `jobs` 0 is one worker per core that this process may use.
    """

    format: Format = "text"  # --format
    output: str | None = None  # --output: one file
    output_dir: str | None = None  # --output-dir: one file per document
    url: str | None = None  # --url: the address of the one page
    jobs: int = 0  # --jobs
    timeout: float | None = None  # --timeout
    max_memory: int | None = None  # --max-memory
    include: tuple[str, ...] = ()  # --include
    exclude: tuple[str, ...] = ()  # --exclude
    max_depth: int | None = None  # --max-depth: 1 is the files directly in the directory
    follow: bool = False  # --follow: links to directories
    limit: int | None = None  # --limit: the first N documents only
    errors: str | None = None  # --errors: failures as JSON Lines
    summary: str | None = None  # --summary: counts as JSON
    report: str | None = None  # --report: a page to look at
    report_against: str | None = None  # --report-against: an earlier report or run to compare with
    fail_fast: bool = False  # --fail-fast
    strict: bool = False  # --strict: an input without an article counts
    resume: bool = False  # --resume: go on from what earlier runs finished
    retry_failed: bool = False  # --retry-failed: and try again what failed
    duplicates: Duplicates = "mark"  # --duplicates
    site_boilerplate: SiteBoilerplate = "off"  # --site-boilerplate
    site_profile: str | None = None  # --site-profile: a file of profiles, given or (where they are learnt) written
    similarity: float = 0.8  # --similarity: Jaccard index of shingles from which a document is a near-duplicate
    overwrite: bool = False  # --overwrite
    dry_run: bool = False  # --dry-run
