"""One run: from the found inputs to their records, in order, every end counted."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Literal, Protocol

from artextract.batch.child import answered
from artextract.batch.faults import Fault, fault_of
from artextract.batch.frames import Message
from artextract.batch.outcome import Outcome, Tally, outcome_of
from artextract.batch.output import Sink
from artextract.batch.signals import Stop
from artextract.batch.task import TASK, Order, answer
from artextract.inputs.found import Held, Input, Met, Skipped, Unreadable
from artextract.records import record

Tag = Input | Unreadable
Item = tuple[Tag, Message | Fault]
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
    between: bytes = b""  # what separates the records of a stream


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
    outcomes = _in_workers(items, work, guarded) if guarded is not None else _here(items, work.order)
    written = 0
    for tag, reply in outcomes:
        outcome = outcome_of(tag.shown, tag.member, reply)
        tally.add(outcome)
        work.observe(outcome)
        if outcome.status == "failed":
            work.reporter.failed(outcome)
            work.failures(f"{json.dumps(outcome.failure(), ensure_ascii=False)}\n".encode("utf-8", "replace"))
            if work.fail_fast:
                outcomes.close()
                return tally, "failed-fast"
        elif outcome.status == "skipped":
            work.reporter.skipped(Skipped(tag.path, outcome.message, tag.member))
        elif isinstance(tag, Input):
            if outcome.status == "empty":
                work.reporter.empty(outcome)
            work.sink.write(tag, work.between + outcome.record if written else outcome.record)
            written += 1
        work.reporter.progress(tally)
    return tally, "stopped" if work.stop() else "complete"


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
        tag = thing.input if isinstance(thing, Held) else thing
        yield tag, _request(thing, work)
        if work.limit is not None and next(taken) >= work.limit:
            return


def _request(thing: Input | Held | Unreadable, work: Work) -> Message | Fault:
    if isinstance(thing, Unreadable):
        return Fault(thing.code, thing.message)
    document = thing.input if isinstance(thing, Held) else thing
    refusal = work.sink.refusal(document)
    if refusal is not None:
        return Fault("output-exists", refusal)
    header = {"path": document.path, "member": document.member}
    if isinstance(thing, Held):
        return Message({**header, "content": thing.content.header()}, thing.content.data)
    return Message(header)


def _here(items: Iterator[Item], order: Order) -> Generator[tuple[Tag, Message | Fault], None, None]:
    """Answer in this process (one input, no limits to enforce)."""
    for tag, request in items:
        if isinstance(request, Message):
            reply, _ = answered(lambda message: answer(message, order), request)
            yield tag, fault_of(reply, None) or reply
        else:
            yield tag, request


def _in_workers(
    items: Iterator[Item], work: Work, guarded: Guarded
) -> Generator[tuple[Tag, Message | Fault], None, None]:
    from artextract.batch.guard import Plan
    from artextract.batch.window import Crew

    crew: Crew[Tag] = Crew(
        Plan(TASK, work.order.setup(), guarded.timeout, guarded.max_memory), guarded.jobs, stopping=work.stop
    )
    work.stop.abrupt = crew.kill
    with work.stop.patient() as wake:
        crew.watch(wake)
        yield from crew.outcomes(items)
