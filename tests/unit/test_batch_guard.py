"""Workers that can be killed: whatever a request does, it alone fails, in its place, with the true reason."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from artextract.batch.faults import CannotStartError, Fault
from artextract.batch.frames import Inbox, Message
from artextract.batch.guard import Plan
from artextract.batch.window import Crew

TASK = "poison:start"
Outcome = tuple[Any, Message | Fault]


@pytest.fixture(autouse=True)
def tasks_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))


def outcomes(
    *requests: dict[str, Any] | Fault, jobs: int = 2, timeout: float | None = 30.0, **plan: Any
) -> list[Message | Fault]:
    """What a crew answers to requests, in order."""
    items = ((n, r if isinstance(r, Fault) else Message(r)) for n, r in enumerate(requests))
    crew: Crew[int] = Crew(Plan(TASK, timeout=timeout, **plan), jobs)
    found = list(crew.outcomes(items))
    assert [tag for tag, _ in found] == list(range(len(requests)))
    return [outcome for _, outcome in found]


def codes(found: list[Message | Fault]) -> list[str]:
    return [outcome.code if isinstance(outcome, Fault) else "well" for outcome in found]


def test_replies_come_in_the_order_of_the_requests() -> None:
    delays = [0.3, 0.0, 0.1, 0.0, 0.0]
    found = outcomes(*({"do": "sleep", "seconds": s, "n": n} for n, s in enumerate(delays)), jobs=3)
    assert codes(found) == ["well"] * 5


def test_a_fault_that_came_before_keeps_its_place() -> None:
    early = Fault("unreadable", "gone; look elsewhere")
    assert outcomes({"do": "well"}, early, {"do": "well"})[1] is early


@pytest.mark.parametrize(
    ("deed", "code", "said"),
    [
        ("exit", "crash", "made its worker exit (0)"),
        ("segfault", "crash", "SIGSEGV"),
        ("abort", "crash", "SIGABRT"),
        ("kill", "crash", "SIGKILL"),
        ("sys-exit", "internal", "SystemExit"),
        ("recursion", "recursion", "nested too deeply"),
        ("exception", "internal", "KeyError"),
    ],
)
def test_a_poison_fails_alone(deed: str, code: str, said: str) -> None:
    found = outcomes({"do": "well"}, {"do": "well"}, {"do": deed}, {"do": "well"}, {"do": "well"})
    assert codes(found) == ["well", "well", code, "well", "well"]
    assert isinstance(found[2], Fault) and said in found[2].message


@pytest.mark.parametrize("deed", ["loop", "native-loop"])
def test_a_loop_is_killed_at_its_deadline(deed: str) -> None:
    start = time.monotonic()
    found = outcomes({"do": "well"}, {"do": deed}, {"do": "well"}, timeout=1.0)
    assert codes(found) == ["well", "timeout", "well"]
    assert time.monotonic() - start < 25  # far from for ever


def test_memory_is_limited_and_the_reason_named() -> None:
    found = outcomes({"do": "memory"}, {"do": "well"}, max_memory=1_000_000_000)
    assert codes(found) == ["memory", "well"]
    assert isinstance(found[0], Fault) and "--max-memory" in found[0].message


def test_a_crash_after_other_requests_is_tried_again_in_a_fresh_child(tmp_path: Path) -> None:
    flag = tmp_path / "crash"
    flag.touch()
    well, crashed = outcomes({"do": "well"}, {"do": "crash-once", "flag": str(flag)}, jobs=1)
    assert isinstance(well, Message) and isinstance(crashed, Message)
    assert crashed.header["pid"] != well.header["pid"]
    assert crashed.header["nth"] == 1


def test_a_fresh_child_that_crashes_is_the_fault_of_its_request(tmp_path: Path) -> None:
    flag = tmp_path / "crash"
    flag.touch()
    found = outcomes({"do": "crash-once", "flag": str(flag)}, {"do": "crash-once", "flag": str(flag)}, jobs=1)
    assert codes(found) == ["crash", "well"]


def test_children_are_replaced_after_their_share() -> None:
    found = outcomes(*({"do": "well"} for _ in range(7)), jobs=1, requests_per_child=3)
    pids = [outcome.header["pid"] for outcome in found if isinstance(outcome, Message)]
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 3, 1]


def test_what_a_library_prints_does_not_break_the_replies() -> None:
    assert codes(outcomes({"do": "chatter"}, {"do": "well"})) == ["well", "well"]


def test_large_bodies_go_both_ways() -> None:
    body = os.urandom(1 << 20)
    crew: Crew[str] = Crew(Plan(TASK), 1)
    ((_, reply),) = crew.outcomes(iter([("a", Message({"do": "well", "times": 5}, body))]))
    assert isinstance(reply, Message) and reply.body == body * 5


def test_a_task_that_cannot_start_ends_the_run_with_its_reason() -> None:
    with pytest.raises(CannotStartError, match="no such setup"):
        outcomes({"do": "well"}, setup={"refuse": True})


def test_a_slow_request_holds_back_a_bounded_window_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("artextract.batch.window.WINDOW_ITEMS", 5)
    taken = 0

    def items() -> Iterator[tuple[int, Message]]:
        nonlocal taken
        yield 0, Message({"do": "sleep", "seconds": 1.0})
        for n in range(1, 50):
            taken = n
            yield n, Message({"do": "well"})

    crew: Crew[int] = Crew(Plan(TASK), 2)
    found = crew.outcomes(items())
    assert next(found)[0] == 0
    assert taken <= 5
    assert len(list(found)) == 49


def test_closing_early_leaves_no_child() -> None:
    crew: Crew[int] = Crew(Plan(TASK), 2)
    found = crew.outcomes((n, Message({"do": "well"})) for n in range(100))
    _, first = next(found)
    found.close()  # type: ignore[attr-defined]
    assert isinstance(first, Message)
    with pytest.raises(ProcessLookupError):
        os.kill(first.header["pid"], 0)


def test_a_stop_lets_running_requests_finish_and_takes_no_new_ones() -> None:
    stopping = False
    crew: Crew[int] = Crew(Plan(TASK), 1, stopping=lambda: stopping)
    requests: list[dict[str, Any]] = [{"do": "well"}, {"do": "sleep", "seconds": 0.4}, {"do": "well"}]
    found = crew.outcomes((n, Message(r)) for n, r in enumerate(requests))
    assert next(found)[0] == 0
    stopping = True
    assert [tag for tag, _ in found] in ([1], [])  # it may not have been handed out yet


def test_a_stop_kills_what_does_not_finish() -> None:
    crew: Crew[int] = Crew(Plan(TASK), 2, stopping=lambda: started)
    started = False

    def items() -> Iterator[tuple[int, Message]]:
        nonlocal started
        yield 0, Message({"do": "native-loop"})
        started = True
        yield 1, Message({"do": "native-loop"})

    begin = time.monotonic()
    assert list(crew.outcomes(items())) == []
    assert time.monotonic() - begin < 20


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a parent's death is signalled on Linux only")
def test_a_child_does_not_outlive_its_guard(tmp_path: Path) -> None:
    script = tmp_path / "guard.py"
    script.write_text(
        "import os, sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from artextract.batch.frames import Message\n"
        "from artextract.batch.guard import Child, Plan\n"
        "child = Child(Plan('poison:start'))\n"
        "while not child.ready:\n"
        "    child.receive()\n"
        "child.send(Message({'do': 'native-loop'}))\n"
        "print(child._process.pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    guard = subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert guard.stdout is not None
    pid = int(guard.stdout.readline())
    guard.send_signal(signal.SIGKILL)
    guard.wait()
    guard.stdout.close()
    assert guard.stdin is not None
    guard.stdin.close()
    assert _ends(pid)


def _ends(pid: int) -> bool:
    for _ in range(200):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_messages_survive_any_cut_of_the_stream() -> None:
    messages = [Message({"n": n, "name": "caf\udce9"}, bytes([n]) * n) for n in range(5)]
    stream = b"".join(message.packed() for message in messages)
    for size in (1, 7, 100, len(stream)):
        inbox = Inbox()
        chunks = (stream[at : at + size] for at in range(0, len(stream), size))
        assert [message for chunk in chunks for message in inbox.take(chunk)] == messages
