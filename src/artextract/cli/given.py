"""From parsed options to what a run needs: Settings, BatchSettings, and the checks that come before any work."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import click

from artextract.batch.names import MANIFEST, SUFFIXES, same_root
from artextract.cli.options import from_command_line
from artextract.errors import ArtextractError, InputError, OutputError
from artextract.inputs.found import STDIN
from artextract.inputs.listing import listed
from artextract.inputs.opened import Pipe, container_kind, only_here, pipe
from artextract.inputs.wording import reason, shown
from artextract.model import LABELS
from artextract.records import record
from artextract.settings import BatchSettings, Format, Settings

SUFFIX_FORMATS: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "jsonl",
    ".explain": "explain",
}
RECORD_KEYS = ("html", "text", "url", "id")
"""What --jsonl-field can name."""

PARQUET = ".parquet"
"""A suffix of -o: the records of jsonl as the rows of one file."""

STREAMED = ("jsonl", "explain")
LEAST_MEMORY = 100_000_000
"""Bytes of address space below which a worker cannot even start."""


class UsageError(ArtextractError):
    """The command line cannot be meant like this; the message says what to do."""


@record(frozen=True, slots=True)
class Given:
    """What the user wants. `total` is how many documents there are, where that is known before the run."""

    paths: tuple[str, ...]
    settings: Settings
    batch: BatchSettings
    many: bool
    total: int | None
    quiet: bool
    verbose: bool
    color: str
    only_report: bool = False  # the report is all that is wanted of a batch


def given(ctx: click.Context) -> Given:
    """Check and collect. Raises UsageError (or an ArtextractError that says what is wrong with a setting)."""
    values = ctx.params
    paths = _paths(values)
    settings = _settings(values)
    batch = _batch(ctx)
    folders = any(os.path.isdir(path) for path in paths)
    several = folders or len(paths) > 1 or values["files_from"] is not None
    many = several or container_kind(paths[0], settings) is not None
    total = None if folders or many > several else min(len(paths), batch.limit or len(paths))
    only_report = many and batch.report is not None and not (batch.output or batch.output_dir or values["format"])
    found = Given(paths, settings, batch, many, total, values["quiet"], values["verbose"], values["color"], only_report)
    _check(found)
    return found


def looked_into(found: Given) -> tuple[Given, Pipe | None]:
    """What the user wants once the head of a pipe was read, if that is the only input: it may be a container, too."""
    if found.many or found.batch.dry_run or not only_here(found.paths[0]):
        return found, None
    try:
        source = pipe(found.paths[0], found.settings)
    except InputError:
        return found, None  # it will be reported as any input's
    if source.kind is not None:
        found = replace(found, many=True, total=None)
        _check(found)
    return found, source


def _paths(values: Mapping[str, Any]) -> tuple[str, ...]:
    paths = list(values["inputs"])
    files_from = values["files_from"]
    if values["nul"] and files_from is None:
        raise UsageError("-0 is for --files-from; add that or leave it out")
    if files_from is not None:
        if files_from == STDIN and STDIN in paths:
            raise UsageError("- cannot be an input and the list of --files-from at once")
        try:
            paths += listed(files_from, values["nul"])
        except ArtextractError as error:
            raise UsageError(f"{shown(files_from)}: {error}") from None
    elif not paths:
        paths = [STDIN]
    if any(not path for path in paths):
        raise UsageError("an input's name is empty; give a file, a directory or -")
    if paths.count(STDIN) > 1:
        raise UsageError("- is given twice; standard input can be read once only")
    return tuple(paths)


def _settings(values: Mapping[str, Any]) -> Settings:
    return Settings(
        input_type=values["input_type"],
        encoding=_encoding(values["encoding"]),
        fix_mojibake=_fix_mojibake(values["fix_mojibake"]),
        favor=values["favor"],
        keep=_known(values["keep"], LABELS, "--keep", "labels"),
        fields=_fields(values["fields"]),
        title=values["title"],
        links=not values["no_links"],
        images=not values["no_images"],
        front_matter=not values["no_front_matter"],
        blocks=values["blocks"] or values["max_block_chars"] is not None,
        max_block_chars=values["max_block_chars"],
        rules=_rules(values["rules_file"]),
        disable=_known_rules(values["disable"], values["rules_file"]),
        keep_lines=_patterns(values["keep_line"], "--keep-line"),
        drop_lines=_patterns(values["drop_line"], "--drop-line"),
        keep_elements=_selectors(values["keep_element"], "--keep-element"),
        drop_elements=_selectors(values["drop_element"], "--drop-element"),
        max_input_bytes=values["max_input_bytes"],
        jsonl_fields=_record_fields(values["jsonl_field"]),
        keep_fields=values["keep_fields"],
    )


def _record_fields(words: tuple[str, ...]) -> tuple[str, ...]:
    for word in words:
        key, equals, name = word.partition("=")
        if not (equals and name and key in RECORD_KEYS):
            raise UsageError(f"--jsonl-field {word}: give KEY=NAME, where KEY is {', '.join(RECORD_KEYS)}")
    return words


def _encoding(label: str | None) -> str | None:
    if label is not None:
        from artextract.encoding_labels import forced_encoding

        forced_encoding(label)  # raises for what is no label
    return label


def _fix_mojibake(wanted: bool) -> bool:
    if wanted:
        from artextract.mojibake_mending import mended

        mended("")  # raises where ftfy is missing
    return wanted


def _known(words: tuple[str, ...], known: Iterable[str], option: str, kind: str) -> tuple[str, ...]:
    unknown = [word for word in words if word not in known]
    if unknown:
        raise UsageError(f"{option} {unknown[0]}: the {kind} are {', '.join(known)}")
    return words


def _fields(words: tuple[str, ...]) -> tuple[str, ...]:
    if not words:
        return ()
    from artextract.writers.json import KEYS

    return _known(words, KEYS, "--fields", "keys")


def _rules(path: str | None) -> str:
    """The text of a rules file, proved by its examples."""
    if path is None:
        return ""
    from artextract.rules import parse_rules

    text = rules_text(path)
    parse_rules(text)
    return text


def rules_text(path: str) -> str:
    """The text of a rules file. Raises UsageError if it cannot be read."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError as error:
        raise UsageError(f"--rules-file {shown(path)}: {reason(error)}; check the name") from None
    except UnicodeDecodeError:
        raise UsageError(f"--rules-file {shown(path)}: not UTF-8; save it as UTF-8") from None


def _known_rules(ids: tuple[str, ...], rules_file: str | None) -> tuple[str, ...]:
    """Ids of rules that exist (a user's own file may bring more, which are not looked up)."""
    if ids and rules_file is None:
        from artextract.rules import rule

        if unknown := next((rule_id for rule_id in ids if rule(rule_id) is None), None):
            raise UsageError(f"--disable {unknown}: there is no such rule; --rules lists all")
    return ids


def _patterns(patterns: Sequence[str], option: str) -> tuple[str, ...]:
    if patterns:
        from artextract.stages.wishes import line_patterns

        line_patterns(tuple(patterns), option)  # raises for one that is not valid
    return tuple(patterns)


def _selectors(selectors: Sequence[str], option: str) -> tuple[str, ...]:
    if selectors:
        from artextract.readers.html_selected import xpath

        for selector in selectors:
            xpath(selector, option)  # raises for one that is not valid
    return tuple(selectors)


def _batch(ctx: click.Context) -> BatchSettings:
    values = ctx.params
    output = values["output"] if values["output"] != STDIN else None
    return BatchSettings(
        format=_format(ctx, output),
        output=output,
        output_dir=values["output_dir"],
        url=values["url"],
        jobs=values["jobs"],
        timeout=values["timeout"],
        max_memory=values["max_memory"],
        include=tuple(values["include"]),
        exclude=tuple(values["exclude"]),
        max_depth=values["max_depth"],
        follow=values["follow"],
        limit=values["limit"],
        errors=values["errors"],
        summary=values["summary"],
        report=values["report"],
        report_against=values["report_against"],
        fail_fast=values["fail_fast"],
        strict=values["strict"],
        overwrite=values["overwrite"],
        dry_run=values["dry_run"],
        resume=values["resume"] or values["retry_failed"],
        retry_failed=values["retry_failed"],
        duplicates=values["duplicates"],
        similarity=values["similarity"],
        site_boilerplate=values["site_boilerplate"],
        site_profile=values["site_profile"],
    )


def _format(ctx: click.Context, output: str | None) -> Format:
    """What -f says, or the suffix of -o; a typed -o wins over a format that is not typed."""
    named: Format | None = ctx.params["format"]
    suffix = os.path.splitext(output)[1].lower() if output is not None else ""
    if suffix in (".gz", ".bz2", ".xz", ".zst"):
        raise UsageError(f"-o {shown(output or '')}: output is not compressed; write it to a pipe into a compressor")
    inferred = SUFFIX_FORMATS.get(suffix)
    if named is None or (from_command_line(ctx, "output") and inferred and not from_command_line(ctx, "format")):
        return inferred or named or "text"
    return named


def _check(found: Given) -> None:
    batch = found.batch
    if batch.output is not None and batch.output_dir is not None:
        raise UsageError("-o and -d exclude each other; give one of them")
    if (
        found.many
        and batch.output_dir is None
        and batch.format not in STREAMED
        and not (batch.dry_run or found.only_report)
    ):
        raise UsageError(f"more than one document as {batch.format}; give -d DIR for one file each, or -f jsonl")
    if found.many and batch.url is not None:
        raise UsageError("--url is the address of one page; leave it out for several")
    if batch.max_memory is not None and batch.max_memory < LEAST_MEMORY:
        raise UsageError("--max-memory is too little for a worker to start; give 100M or more")
    if batch.resume:
        _check_resume(batch)
    _check_profile(found)
    if batch.output is not None:
        _check_file(found, batch.output)
    if batch.output_dir is not None:
        _check_folder(found, batch.output_dir)
    _check_report(found)
    _check_distinct(batch)


def _check_file(found: Given, output: str) -> None:
    if os.path.isdir(output):
        raise UsageError(f"-o {shown(output)} is a folder; give a file, or the folder to -d")
    if any(path != STDIN and _same(path, output) for path in found.paths):
        raise UsageError(f"-o {shown(output)} is an input, too; write elsewhere")
    if output.lower().endswith(PARQUET):
        _check_parquet(found, output)
    if not os.path.isfile(output) or found.batch.overwrite or found.batch.dry_run:
        return
    if not found.batch.resume:
        ways = "--overwrite replaces it" + (", --resume adds what it lacks" if found.batch.format in STREAMED else "")
        raise UsageError(f"-o {shown(output)} exists; {ways}")
    if not os.path.exists(os.path.realpath(output) + MANIFEST):
        raise UsageError(f"-o {shown(output)} has no manifest to go on from; --overwrite replaces it")


def _check_resume(batch: BatchSettings) -> None:
    option = "--retry-failed" if batch.retry_failed else "--resume"
    if batch.output is None and batch.output_dir is None:
        raise UsageError(f"{option} needs to know where; give -d DIR, or -f jsonl with -o FILE")
    if batch.overwrite:
        raise UsageError(f"{option} and --overwrite exclude each other; give one of them")
    if batch.output is not None and (batch.format not in STREAMED or is_special(batch.output)):
        raise UsageError(f"{option} needs a file that can grow; give -d DIR, or -f jsonl with -o FILE")


def _check_profile(found: Given) -> None:
    batch = found.batch
    if batch.site_boilerplate == "on" and STDIN in found.paths:
        raise UsageError("--site-boilerplate on reads inputs twice, standard input cannot; save it to a file first")
    if batch.site_boilerplate != "off" or batch.site_profile is None:
        return
    from artextract.site import profiles_from

    try:
        with open(batch.site_profile, encoding="utf-8") as file:
            profiles_from(file.read())
    except OSError as error:
        raise UsageError(f"--site-profile {shown(batch.site_profile)}: {reason(error)}; check the name") from None
    except (ArtextractError, UnicodeDecodeError) as error:
        said = error if isinstance(error, ArtextractError) else "not UTF-8; learn it again with --site-boilerplate"
        raise UsageError(f"--site-profile {shown(batch.site_profile)}: {said}") from None


def is_special(path: str) -> bool:
    """Whether a path leads to a pipe or a device, which cannot be replaced by renaming."""
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _check_report(found: Given) -> None:
    """A report replaces an earlier report at once, and anything else only with --overwrite."""
    report = found.batch.report
    if found.batch.report_against is not None and report is None:
        raise UsageError("--report-against is for --report FILE.html; add that or leave it out")
    if report is None:
        return
    if os.path.isdir(report):
        raise UsageError(f"--report {shown(report)} is a folder; give a file")
    if not os.path.isdir(os.path.dirname(os.path.realpath(report))):
        raise UsageError(f"--report {shown(report)}: its folder does not exist; make it")
    if any(path != STDIN and _same(path, report) for path in found.paths):
        raise UsageError(f"--report {shown(report)} is an input, too; write elsewhere")
    if os.path.isfile(report) and not found.batch.overwrite:
        from artextract.report.page import is_report

        if not is_report(report):
            raise UsageError(f"--report {shown(report)} exists and is no report; --overwrite replaces it")


def _check_parquet(found: Given, output: str) -> None:
    if found.batch.format != "jsonl":
        raise UsageError(f"-o {shown(output)} holds JSON records, not {found.batch.format}; leave out -f")
    from artextract.batch.parquet import parquet_module

    try:
        parquet_module()
    except OutputError as error:
        raise UsageError(str(error)) from None


def _check_folder(found: Given, folder: str) -> None:
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise UsageError(f"-d {shown(folder)} is no folder; give another name")
    if twice := same_root(found.paths, SUFFIXES[found.batch.format]):
        first, second = map(shown, twice)
        raise UsageError(f"{first} and {second} would go to one name in -d; run them one by one, into two folders")
    inside = os.path.realpath(folder)
    for path in found.paths:
        if path != STDIN and os.path.isdir(path) and _within(os.path.realpath(path), inside):
            raise UsageError(f"the input {shown(path)} lies in -d {shown(folder)}; write elsewhere")


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _same(path: str, other: str) -> bool:
    try:
        return os.path.isfile(path) and os.path.samefile(path, other)
    except OSError:
        return False


def _check_distinct(batch: BatchSettings) -> None:
    named = {"-o": batch.output, "--errors": batch.errors, "--summary": batch.summary, "--report": batch.report}
    seen: dict[str, str] = {}
    for option, path in named.items():
        if path is None:
            continue
        first = seen.setdefault(os.path.realpath(path), option)
        if first != option:
            raise UsageError(f"{first} and {option} are one file; give them two")
