"""A run of the command: where records go, what is said, how it ends."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from artextract.batch.names import BODIES, MANIFEST, SUFFIXES
from artextract.batch.outcome import Tally
from artextract.batch.output import FileSink, FolderSink, NoSink, Sink, StreamSink
from artextract.batch.run import BATCH_TIMEOUT, Guarded, Work, run
from artextract.batch.signals import Stop
from artextract.batch.stream import send
from artextract.batch.task import Order
from artextract.cli.console import Console, safe, say
from artextract.cli.exits import FAILED, NO_ARTICLE, OK
from artextract.cli.given import PARQUET, Given, is_special
from artextract.cli.memory import Memory, lasting
from artextract.cli.reporting import Report
from artextract.errors import OutputError
from artextract.inputs.found import Held, Input, Met, Skipped, Unreadable
from artextract.inputs.opened import Opener, Pipe, documents, only_here
from artextract.inputs.walk import Filters, Identity, find
from artextract.inputs.wording import reason, shown
from artextract.records import record

if TYPE_CHECKING:
    from artextract.batch.drawer import Profiles


@record(frozen=True, slots=True)
class Scene:
    """What a run plays among."""

    stop: Stop
    console: Console
    sink: Sink
    order: Order
    profiles: Profiles | None
    pipe: Pipe | None


@contextlib.contextmanager
def _profiles(wanted: Given, stop: Stop) -> Iterator[Profiles | None]:
    """The site profiles that the user gave or wants to be learnt."""
    batch = wanted.batch
    if batch.site_profile is None and (batch.site_boilerplate == "off" or not wanted.many):
        yield None
        return
    from artextract.cli.profiles import profiles_for

    guarded = _guarded(wanted) or Guarded(1, None, None)
    profiles = profiles_for(batch, lambda: _listed(wanted), _order(wanted), guarded, stop)
    try:
        yield profiles
    finally:
        profiles.close()


def process(wanted: Given, stop: Stop, closed: frozenset[int], pipe: Pipe | None = None) -> int:
    """Process all inputs; the exit code. Raises OutputError and ReaderLeftError."""
    console = Console(wanted.quiet, wanted.verbose, wanted.many, wanted.total)
    sink = _sink(wanted, closed)
    with _profiles(wanted, stop) as profiles:
        order = replace(_order(wanted), profiles=profiles.path) if profiles is not None else _order(wanted)
        return _process(wanted, Scene(stop, console, sink, order, profiles, pipe))


def _process(wanted: Given, scene: Scene) -> int:
    batch, stop, console, sink, order = wanted.batch, scene.stop, scene.console, scene.sink, scene.order
    memory = Memory(wanted, order, sink)
    report = Report(batch) if batch.report is not None else None
    try:
        sink.start()
        memory.start()
        with _failures(batch.errors) as failures:
            work = Work(
                order=order,
                sink=sink,
                reporter=console,
                stop=stop,
                failures=failures,
                limit=batch.limit,
                fail_fast=batch.fail_fast,
                observe=report.observe if report is not None else lambda _outcome: None,
                journal=memory.journal,
                originals=memory.originals,
                profiles=scene.profiles,
                drop=batch.duplicates == "drop",
            )
            tally, end = run(documents(_found(wanted), _opener(wanted, stop, scene.pipe)), work, _guarded(wanted))
        if end == "complete" and (wanted.many or not tally.failed):
            memory.commit()
            sink.finish()
            memory.close()
            left = None
        else:
            memory.close()
            left = sink.abandon()
    except BaseException as error:
        with contextlib.suppress(OutputError):
            memory.close()
        left = sink.abandon()
        console.clear()
        if isinstance(error, OutputError) and left:
            raise OutputError(f"{error}, in {left}") from None
        raise
    console.redone(memory.redone)
    console.finished(tally)
    code = _exit_code(wanted, tally, stop)
    _early_end(end, left, stop)
    _write_summary(batch.summary, tally, code)
    if report is not None:
        report.write()
    if tally.inputs == 0 and not stop():
        say("nothing to read; -v tells what was skipped")
    return code


def _early_end(end: str, left: str | None, stop: Stop) -> None:
    where = f"; what is finished is in {left}" if left else "; what is finished is whole"
    if end == "stopped":
        say(f"{'interrupted' if stop.exit_code == 130 else 'terminated'}{where}")
    elif end == "failed-fast":
        say(f"stopped at the first failure{where}")


def _exit_code(wanted: Given, tally: Tally, stop: Stop) -> int:
    if stop():
        return stop.exit_code
    if tally.failed:
        return FAILED
    if tally.articles == 0 or (wanted.batch.strict and tally.empty):
        return NO_ARTICLE
    return OK


def _guarded(wanted: Given) -> Guarded | None:
    """Workers for a batch, and for a single input that has limits."""
    batch = wanted.batch
    if not (wanted.many or batch.timeout or batch.max_memory):
        return None
    if batch.jobs == 0:
        from artextract.batch.cores import usable_cores

        jobs = usable_cores()
    else:
        jobs = batch.jobs
    timeout = batch.timeout if batch.timeout is not None else BATCH_TIMEOUT if wanted.many else None
    return Guarded(jobs, timeout or None, batch.max_memory)


def _rows(wanted: Given) -> bool:
    """Whether the ledger is written as JSON Lines: by the suffix of -o."""
    output = wanted.batch.output or ""
    return wanted.batch.format == "explain" and output.lower().endswith((".jsonl", ".ndjson"))


def _order(wanted: Given) -> Order:
    return Order(
        settings=wanted.settings,
        format=wanted.batch.format,
        url=wanted.batch.url,
        rows=_rows(wanted),
        width=_width(wanted),
        color=_colored(wanted),
        counts=wanted.batch.summary is not None or lasting(wanted),
        report=None if wanted.batch.report is None else "batch" if wanted.many else "single",
        identity=lasting(wanted),
        sketch=wanted.many and wanted.batch.duplicates != "ignore",
    )


def _width(wanted: Given) -> int:
    """Columns of the terminal that the output goes to; 0 where it goes elsewhere."""
    batch = wanted.batch
    if batch.format != "explain" or batch.output or batch.output_dir:
        return 0
    if not (wanted.color == "always" or os.isatty(1)):
        return 0
    with contextlib.suppress(ValueError):
        return max(0, int(os.environ.get("COLUMNS", ""))) or 80
    with contextlib.suppress(OSError):
        return os.get_terminal_size(1).columns or 80
    return 80


def _colored(wanted: Given) -> bool:
    """Whether a ledger is in colour (nothing else ever is): on a terminal that can, or where the user insists."""
    if not _width(wanted) or wanted.color == "never":
        return False
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return wanted.color == "always" or not plain


def _found(wanted: Given) -> Iterator[Input | Unreadable | Skipped]:
    batch = wanted.batch
    filters = Filters(batch.include, batch.exclude, batch.max_depth, batch.follow, _outputs(wanted))
    suffix = SUFFIXES[batch.format] if batch.output_dir is not None else ""
    return find(wanted.paths, filters, suffix)


def _opener(wanted: Given, stop: Stop, pipe: Pipe | None) -> Opener:
    """How containers are opened; a filter of a directory's files is one of an archive's members where that is named."""
    batch = wanted.batch
    named = len(wanted.paths) == 1 and not os.path.isdir(wanted.paths[0])
    return Opener(wanted.settings, batch.include if named else (), batch.exclude, stop.impatient, pipe)


def _outputs(wanted: Given) -> frozenset[Identity]:
    """The run's own files and folders, as far as they exist."""
    batch = wanted.batch
    output = os.path.realpath(batch.output) if batch.output else None
    found: set[Identity] = set()
    own = [output and output + suffix for suffix in ("", ".part", MANIFEST, BODIES)]
    for path in (*own, batch.output_dir, batch.errors, batch.summary, batch.report):
        with contextlib.suppress(OSError):
            if path is not None:
                status = os.stat(path)
                found.add((status.st_dev, status.st_ino))
    return frozenset(found)


def _sink(wanted: Given, closed: frozenset[int]) -> Sink:
    batch = wanted.batch
    if wanted.only_report:
        return NoSink()
    if batch.output_dir is not None:
        return FolderSink(batch.output_dir, SUFFIXES[batch.format], batch.overwrite or batch.resume)
    if batch.output is None:
        _need_stdout(closed)
        return StreamSink(1, "standard output", os.isatty(1) and not _colored(wanted), _between(wanted))
    if is_special(batch.output):
        return StreamSink(_opened(batch.output), shown(batch.output), between=_between(wanted))
    if batch.output.lower().endswith(PARQUET):
        from artextract.batch.parquet import ParquetSink, columns

        return ParquetSink(batch.output, columns(wanted.settings))
    if lasting(wanted):
        from artextract.batch.log import LogSink

        return LogSink(batch.output, _between(wanted), batch.resume)
    return FileSink(batch.output)


def _between(wanted: Given) -> bytes:
    """What stands between two records."""
    return b"\n" if wanted.many and wanted.batch.format == "explain" and not _rows(wanted) else b""


def _need_stdout(closed: frozenset[int]) -> None:
    if 1 in closed:
        raise OutputError("cannot write standard output: it is closed; open it, or give -o FILE")


def _opened(path: str) -> int:
    try:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    except OSError as error:
        raise OutputError(f"cannot write {shown(path)}: {reason(error)}; give another name") from None


@contextlib.contextmanager
def _failures(path: str | None) -> Iterator[Callable[[bytes], None]]:
    """Where the lines of the errors file go."""
    if path is None:
        yield lambda _line: None
        return
    descriptor = _opened(path)
    try:
        yield lambda line: send(descriptor, line, shown(path))
    finally:
        os.close(descriptor)


def _write_summary(path: str | None, tally: Tally, code: int) -> None:
    if path is None:
        return
    import json

    descriptor = _opened(path)
    try:
        text = json.dumps({**tally.summary(), "exit": code}, ensure_ascii=False, indent=2)
        send(descriptor, f"{text}\n".encode(), shown(path))
    finally:
        os.close(descriptor)


# --- A dry run ------------------------------------------------------------------------------------------------------


def list_inputs(wanted: Given, closed: frozenset[int]) -> int:
    """List the documents, each with where its record would go, without reading or writing any."""
    _need_stdout(closed)
    console = Console(wanted.quiet, wanted.verbose, wanted.many)
    tally = Tally()
    taken = 0
    for met in _listed(wanted):
        thing = met.input if isinstance(met, Held) else met
        if isinstance(thing, Skipped):
            tally.skipped[thing.reason] += 1
            console.skipped(thing)
        elif isinstance(thing, Unreadable):
            tally.failed += 1
            say(f"{thing.shown}{f'!/{thing.member}' if thing.member else ''}: {thing.message}")
        else:
            taken += 1
            member = f"!/{thing.member}" if thing.member else ""
            send(1, f"{safe(thing.shown + member)}{_destination(wanted, thing)}\n".encode(), "standard output")
            if wanted.batch.limit is not None and taken >= wanted.batch.limit:
                break
    return FAILED if tally.failed else OK if taken else NO_ARTICLE


def _listed(wanted: Given) -> Iterator[Met]:
    """All documents; pipes are not read."""
    opener = _opener(wanted, Stop(), None)
    for thing in _found(wanted):
        if isinstance(thing, Input) and only_here(thing.path):
            yield thing
        else:
            yield from documents([thing], opener)


def _destination(wanted: Given, document: Input) -> str:
    from artextract.batch.names import output_name

    if wanted.batch.output_dir is None:
        return ""
    parts = output_name(document, SUFFIXES[wanted.batch.format])
    return f"\t{safe(shown(os.path.join(wanted.batch.output_dir, *parts)))}"
