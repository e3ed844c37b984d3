"""Requests to guarded children, replies in the order of the requests.

One thread, one `select`: it sends a request to whichever child is free, kills the child whose clock ran out, replaces
the one that died, and gives back outcomes in order. A slow document holds back at most a window of finished ones.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from artextract.batch.faults import CannotStartError, Fault, Settled, crash, fault_of, late
from artextract.batch.frames import Message
from artextract.batch.guard import Child, Plan
from artextract.records import record

T = TypeVar("T")

WINDOW_ITEMS = 1_000
WINDOW_BYTES = 32_000_000
"""How much may wait behind a slow document before no new request is sent: outcomes, and bytes of their bodies."""

STOP_SECONDS = 1.5
"""How long running requests may go on after a stop was asked for."""

KILLED = (-signal.SIGKILL, -signal.SIGTERM, -signal.SIGHUP)
"""Ends that come from outside at least as often as from a page: an operator, the system short of memory."""

FAILED_STARTS = 3
"""Children in a row that cannot start before the run gives up."""


Outcome = Message | Fault | Settled


@record(slots=True, eq=False)
class Place(Generic[T]):
    """One item's place in the order."""

    tag: T
    request: Message | None
    outcome: Outcome | None = None
    retried: bool = False


@record(slots=True, eq=False)
class Seat(Generic[T]):
    """A slot for a child, and the place it works for."""

    child: Child
    place: Place[T] | None = None


class Crew(Generic[T]):
    """Up to `jobs` guarded children.

    `outcomes` takes (tag, request) pairs, or (tag, fault or settled) for what need not be asked, and yields
    (tag, reply, fault or settled) in the same order. `stopping` is asked between steps: once it says True, nothing new
    is taken, what runs may finish within `STOP_SECONDS`, and the rest is killed.
    """

    def __init__(self, plan: Plan, jobs: int, stopping: Callable[[], bool] = lambda: False) -> None:
        self.plan = plan
        self.jobs = jobs
        self.stopping = stopping
        self._seats: list[Seat[T]] = []
        self._order: deque[Place[T]] = deque()
        self._again: deque[Place[T]] = deque()  # to be asked once more, of a fresh child
        self._waiting_bytes = 0
        self._failed_starts = 0
        self._selector = selectors.DefaultSelector()

    def watch(self, descriptor: int) -> None:
        """Wake up when this descriptor is readable, too (a signal's)."""
        self._selector.register(descriptor, selectors.EVENT_READ, None)

    def outcomes(self, items: Iterator[tuple[T, Outcome]]) -> Iterator[tuple[T, Outcome]]:
        """See the class. Children are ended when the iterator is exhausted or closed."""
        try:
            yield from self._run(items)
        finally:
            self.close()

    def kill(self) -> None:
        """Send every child its death, and do not wait (for a signal handler)."""
        for seat in list(self._seats):
            seat.child.kill()

    def close(self) -> None:
        """Kill all children and wait for them; no process is left behind."""
        for seat in self._seats:
            seat.child.end()
        self._seats.clear()

    def _run(self, items: Iterator[tuple[T, Outcome]]) -> Iterator[tuple[T, Outcome]]:
        exhausted = False
        while not self.stopping():
            while not exhausted and not self.stopping() and self._has_room():
                exhausted = not self._take(items)
            yield from self._finished()
            if exhausted and not self._order:
                return
            self._step(self._next_deadline())
        yield from self._last(time.monotonic() + STOP_SECONDS)

    def _last(self, end: float) -> Iterator[tuple[T, Outcome]]:
        """What finishes before `end`, as far as it is next in order."""
        yield from self._finished()
        while any(seat.place for seat in self._seats) and time.monotonic() < end:
            self._step(min(end, self._next_deadline()))
            yield from self._finished()

    def _has_room(self) -> bool:
        """Whether one more item can be taken: room in the window, and a child that is free or can be started."""
        if len(self._order) >= WINDOW_ITEMS or self._waiting_bytes >= WINDOW_BYTES:
            return False
        busy = sum(seat.place is not None for seat in self._seats)
        return busy + len(self._again) < self.jobs

    def _take(self, items: Iterator[tuple[T, Outcome]]) -> bool:
        """Take one item and set it to work; False at the end."""
        item = next(items, None)
        if item is None:
            return False
        tag, request = item
        if not isinstance(request, Message):
            self._order.append(Place(tag, None, request))
        else:
            place = Place(tag, request)
            self._order.append(place)
            self._assign(place, next((seat for seat in self._seats if seat.place is None), None))
        return True

    def _assign(self, place: Place[T], seat: Seat[T] | None) -> None:
        """Give a place's request to a free child, or to a fresh one."""
        seat = seat or self._new_seat()
        seat.place = place
        assert place.request is not None
        seat.child.send(place.request)

    def _new_seat(self) -> Seat[T]:
        seat: Seat[T] = Seat(Child(self.plan))
        self._seats.append(seat)
        self._selector.register(seat.child.descriptor, selectors.EVENT_READ, seat)
        return seat

    def _finished(self) -> Iterator[tuple[T, Outcome]]:
        while self._order and (outcome := self._order[0].outcome) is not None:
            place = self._order.popleft()
            if isinstance(outcome, Message):
                self._waiting_bytes -= len(outcome.body)
            yield place.tag, outcome

    def _next_deadline(self) -> float:
        return min((seat.child.deadline for seat in self._seats if seat.place or not seat.child.ready), default=0.0)

    def _step(self, until: float) -> None:
        """Wait for something to happen, at most until a moment of the monotonic clock, and deal with it."""
        wait = None if until == float("inf") else max(0.0, until - time.monotonic())
        for key, _ in self._selector.select(wait):
            if key.data is None:
                os.read(key.fd, 64)  # a signal's wake-up; `stopping` knows the rest
            else:
                self._hear(key.data)
        now = time.monotonic()
        for seat in [s for s in self._seats if s.place and s.child.deadline <= now]:
            self._too_late(seat)
        while self._again and not self.stopping():
            self._assign(self._again.popleft(), None)

    def _hear(self, seat: Seat[T]) -> None:
        """A child has something to say, or is gone."""
        try:
            reply = seat.child.receive()
        except EOFError:
            self._gone(seat)
            return
        except CannotStartError as error:
            self._not_started(seat, str(error))
            return
        if reply is None:
            return
        self._failed_starts = 0
        self._settle(seat, fault_of(reply, self.plan.max_memory) or reply)
        if "fault" in reply.header and reply.header["fault"] != "recursion":
            self._dismiss(seat)  # it says itself that it is no good any more, or may not be
        elif seat.child.worn:
            self._dismiss(seat)

    def _settle(self, seat: Seat[T], outcome: Outcome) -> None:
        place, seat.place = seat.place, None
        assert place is not None
        place.outcome, place.request = outcome, None
        if isinstance(outcome, Message):
            self._waiting_bytes += len(outcome.body)

    def _gone(self, seat: Seat[T]) -> None:
        """The pipe ended: the request crashed the child, unless the child was never ready or had idled."""
        ready, others = seat.child.ready, seat.child.done
        status = self._dismiss(seat, by_itself=True)
        if not ready:
            self._start_failed(seat, f"exit {status}")
        elif seat.place is not None and (others or status in KILLED) and not seat.place.retried:
            seat.place.retried = True  # an earlier page or a stranger may have ended it: a fresh child tells
            self._again.append(seat.place)
        elif seat.place is not None:
            self._settle(seat, crash(status))

    def _too_late(self, seat: Seat[T]) -> None:
        ready = seat.child.ready
        self._dismiss(seat)
        if ready:
            self._settle(seat, late(self.plan.timeout))
        else:
            self._start_failed(seat, "no answer")

    def _not_started(self, seat: Seat[T], why: str) -> None:
        self._dismiss(seat)
        self._start_failed(seat, why)

    def _start_failed(self, seat: Seat[T], why: str) -> None:
        self._failed_starts += 1
        if self._failed_starts >= FAILED_STARTS:
            raise CannotStartError(f"no worker can start ({why}); check the installation, or give --max-memory more")
        if seat.place is not None:
            self._again.append(seat.place)

    def _dismiss(self, seat: Seat[T], by_itself: bool = False) -> int:
        with contextlib.suppress(KeyError):
            self._selector.unregister(seat.child.descriptor)
        self._seats.remove(seat)
        return seat.child.buried() if by_itself else seat.child.end()
