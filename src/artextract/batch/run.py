"""One run: from the found inputs to their records, in order, every end counted."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, Protocol

from artextract.batch.child import answered
from artextract.batch.entry import Entry, Spilled, Stamp
from artextract.batch.faults import Fault, Settled, fault_of
from artextract.batch.frames import Message
from artextract.batch.identity import Identity, identity, identity_of
from artextract.batch.marking import marked
from artextract.batch.outcome import Outcome, Tally, known_outcome, outcome_of
from artextract.batch.output import Sink
from artextract.batch.signals import Stop
from artextract.batch.task import TASK, Order, extraction_by
from artextract.inputs.found import Content, Held, Input, Met, Skipped, Unreadable
from artextract.records import record

if TYPE_CHECKING:
    from artextract.batch.drawer import Profiles, Where
    from artextract.batch.duplicates import Originals
    from artextract.batch.journal import Journal
    from artextract.batch.manifest import Known

Reply = Message | Fault | Settled
OUTPUT_EXISTS = "output-exists"


@record(frozen=True, slots=True)
class Job:
    """One input in hand: `identity` where it is known here already; where its site's profile lies, and its digest."""

    thing: Input | Unreadable
    identity: Identity | None = None
    where: Where | None = None
    digest: str | None = None


Item = tuple[Job, Reply]
End = Literal["complete", "stopped", "failed-fast"]

BATCH_TIMEOUT = 60.0
"""Seconds for one document of a batch, unless --timeout says otherwise."""


class Reporter(Protocol):
    """Who is told what happens while it happens."""

    def failed(self, outcome: Outcome) -> None:
        """An input failed."""

    def empty(self, outcome: Outcome) -> None:
        """An input holds no article."""

    def skipped(self, found: Skipped) -> None:
        """Something in a directory was not taken."""

    def progress(self, tally: Tally) -> None:
        """One more input is done."""


@record(frozen=True, slots=True)
class Work:
    """What a run does with each input, and how it may end. `failures` takes the errors file's lines."""

    order: Order
    sink: Sink
    reporter: Reporter
    stop: Stop
    failures: Callable[[bytes], None]
    limit: int | None = None
    fail_fast: bool = False
    observe: Callable[[Outcome], None] = lambda _outcome: None  # sees every outcome, in order
    journal: Journal | None = None
    originals: Originals | None = None  # None: duplicates are not looked for
    drop: bool = False  # duplicates get no record
    profiles: Profiles | None = None  # of sites


@record(frozen=True, slots=True)
class Guarded:
    """How workers are run; without it everything happens in this process, unlimited."""

    jobs: int
    timeout: float | None
    max_memory: int | None


def run(found: Iterable[Met], work: Work, guarded: Guarded | None) -> tuple[Tally, End]:
    """Process all inputs. Raises OutputError, ReaderLeftError, CannotStartError; the sink is left to the caller."""
    tally = Tally()
    items = _items(found, work, tally)
    replies = _in_workers(items, work, guarded) if guarded is not None else _here(items, work.order)
    for job, reply in replies:
        outcome = _outcome(job, reply, work)
        tally.add(outcome)
        work.observe(outcome)
        if outcome.status == "failed":
            work.reporter.failed(outcome)
            work.failures(f"{json.dumps(outcome.failure(), ensure_ascii=False)}\n".encode("utf-8", "replace"))
        elif outcome.status == "skipped":
            work.reporter.skipped(Skipped(job.thing.path, outcome.message, job.thing.member))
        elif outcome.status == "empty":
            work.reporter.empty(outcome)
        work.reporter.progress(tally)
        if outcome.status == "failed" and work.fail_fast:
            replies.close()
            return tally, "failed-fast"
    return tally, "stopped" if work.stop() else "complete"


def _outcome(job: Job, reply: Reply, work: Work) -> Outcome:
    """What became of one input, once its record is where it belongs."""
    if isinstance(job.thing, Unreadable):
        assert isinstance(reply, Fault)
        return outcome_of(job.thing.shown, job.thing.member, reply)
    if isinstance(reply, Settled):
        return _again(job, reply.outcome, work)
    outcome = outcome_of(job.thing.shown, job.thing.member, reply)
    if outcome.status == "skipped":
        return outcome
    spilled, copy = None, None
    if work.originals is not None and outcome.sketch:
        spilled = Spilled(outcome.sketch, work.originals.bodies.append(outcome.body), len(outcome.body))
        copy = work.originals.judge((outcome.path, outcome.member), spilled)
    return _recorded(job, replace(outcome, copy=copy), spilled, work)


def _recorded(job: Job, outcome: Outcome, spilled: Spilled | None, work: Work) -> Outcome:
    """Write the record of a new outcome, and its line."""
    assert isinstance(job.thing, Input)
    recorded = outcome.status != "failed" and not (work.drop and outcome.copy is not None)
    length = 0
    if recorded:
        record = marked(outcome.record, None, outcome.copy) if outcome.copy is not None else outcome.record
        length = work.sink.write(job.thing, record)
    if work.journal is not None:
        identity = job.identity or outcome.identity or identity_of(job.thing.path)
        if identity is not None and outcome.code != OUTPUT_EXISTS:
            if not recorded:
                work.journal.sink.discard(job.thing)
            work.journal.add(_entry(job.thing, outcome, identity, _stamp(job, work.journal), spilled, recorded, length))
    return outcome


def _entry(
    thing: Input,
    outcome: Outcome,
    identity: Identity,
    stamp: Stamp,
    spilled: Spilled | None,
    recorded: bool,
    length: int,
) -> Entry:
    return Entry(
        thing.path,
        thing.member,
        identity,
        stamp,
        outcome.status,
        outcome.code,
        outcome.message,
        outcome.counts,
        recorded,
        length,
        outcome.copy,
        spilled,
    )


def _again(job: Job, known: Known, work: Work) -> Outcome:
    """What an earlier run made of an input counts; only what it repeats may be another one now."""
    entry, thing = known.entry, job.thing
    assert isinstance(thing, Input)
    copy = entry.copy
    if work.originals is not None and entry.spilled is not None:
        copy = work.originals.judge((thing.shown, thing.member), entry.spilled)
    outcome = known_outcome(thing.shown, replace(entry, copy=copy))
    assert work.journal is not None
    if copy == entry.copy:
        work.journal.reuse(thing, known)
        return outcome
    unmarked = marked(work.journal.sink.read(thing, known), entry.copy, None)
    return _recorded(replace(job, identity=entry.identity), replace(outcome, record=unmarked), entry.spilled, work)


def _items(found: Iterable[Met], work: Work, tally: Tally) -> Iterator[Item]:
    """A request for each input, a fault for what cannot be read or written; skipped things are counted."""
    taken = itertools.count(1)
    for thing in found:
        if work.stop():  # a container may hold gigabytes of what is skipped
            return
        if isinstance(thing, Skipped):
            tally.skipped[thing.reason] += 1
            work.reporter.skipped(thing)
            continue
        job = _job(thing, work)
        yield job, _request(thing, job, work)
        if work.limit is not None and next(taken) >= work.limit:
            return


def _job(thing: Input | Held | Unreadable, work: Work) -> Job:
    """What is to be remembered of an input: its bytes' hash where they are at hand, the profile of its site."""
    if isinstance(thing, Unreadable):
        return Job(thing)
    document = thing.input if isinstance(thing, Held) else thing
    known = _held_identity(thing.content) if isinstance(thing, Held) and work.journal is not None else None
    if work.profiles is None:
        return Job(document, known)
    from artextract.batch.learning import site_of

    return Job(document, known, *work.profiles.of(site_of(thing)))


def _held_identity(content: Content) -> Identity:
    """The identity of bytes at hand with all that is said of them."""
    said = json.dumps(content.header(), sort_keys=True).encode("ascii")
    return replace(identity(said + content.data), size=len(content.data))


def _request(thing: Input | Held | Unreadable, job: Job, work: Work) -> Reply:
    if isinstance(thing, Unreadable):
        return Fault(thing.code, thing.message)
    document = thing.input if isinstance(thing, Held) else thing
    known = work.journal.known(document, _stamp(job, work.journal), job.identity) if work.journal is not None else None
    if known is not None:
        return Settled(known)
    refusal = work.sink.refusal(document)
    if refusal is not None:
        return Fault(OUTPUT_EXISTS, refusal)
    header = {"path": document.path, "member": document.member, "profile": job.where}
    if isinstance(thing, Held):
        return Message({**header, "content": thing.content.header()}, thing.content.data)
    return Message(header)


def _stamp(job: Job, journal: Journal) -> Stamp:
    return replace(journal.stamp, profile=job.digest)


def _here(items: Iterator[Item], order: Order) -> Generator[Item, None, None]:
    """Answer in this process (one input, no limits to enforce)."""
    task = extraction_by(order)
    for job, request in items:
        if isinstance(request, Message):
            reply, _ = answered(task, request)
            yield job, fault_of(reply, None) or reply
        else:
            yield job, request


def _in_workers(items: Iterator[Item], work: Work, guarded: Guarded) -> Generator[Item, None, None]:
    from artextract.batch.guard import Plan
    from artextract.batch.window import Crew

    crew: Crew[Job] = Crew(
        Plan(TASK, work.order.setup(), guarded.timeout, guarded.max_memory), guarded.jobs, stopping=work.stop
    )
    work.stop.abrupt = crew.kill
    with work.stop.patient() as wake:
        crew.watch(wake)
        yield from crew.outcomes(items)
