"""Runs in this process and in workers: what is written, counted and said."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from artextract import Settings, extract_files
from artextract.batch.cores import usable_cores
from artextract.batch.frames import Message
from artextract.batch.log import LogSink
from artextract.batch.outcome import Outcome, Tally
from artextract.batch.output import FileSink, harmless
from artextract.batch.stream import ReaderLeftError, send
from artextract.batch.task import Order, answer, extraction, order_of
from artextract.cli.console import counts, safe
from artextract.errors import InputError, NotTextError, OutputError
from artextract.inputs.found import Input

PAGE = (
    "The harbour froze over in the night, and the ferries stayed where they were until the wind turned on Friday.\n\n"
    "Nobody in the town could remember a winter like it, said the harbour master, who has kept the log for years.\n"
)
DOCUMENT = Input("page.txt", ("page.txt",))


@pytest.fixture
def page(tmp_path: Path) -> str:
    path = tmp_path / "page.txt"
    path.write_text(PAGE)
    return str(path)


def test_an_order_survives_its_way_to_a_child() -> None:
    settings = Settings(keep=("comment", "byline"), fields=("text",), rules="[parts]\n", max_depth=7)
    order = Order(settings, "markdown", url="https://example.org/é", rows=True, counts=True)
    assert order_of(json.loads(json.dumps(order.setup()))) == order


def test_a_record_says_what_became_of_its_page(page: str) -> None:
    order = Order(Settings(), "jsonl", counts=True)
    reply = answer(Message({"path": page}), order)
    assert reply.header["status"] == "article"
    assert reply.header["counts"]["chars"] == len(json.loads(reply.body)["text"])
    assert extraction(json.loads(json.dumps(order.setup())))(Message({"path": page})).body == reply.body


def test_bytes_that_were_sent_are_used_instead_of_the_file() -> None:
    reply = answer(Message({"path": "-", "sent": True}, PAGE.encode()), Order(Settings(), "jsonl"))
    assert json.loads(reply.body)["input"]["path"] == "-"


@pytest.mark.parametrize("form", ["text", "markdown", "json", "jsonl", "explain"])
def test_an_empty_input_has_a_record_in_every_format(tmp_path: Path, form: str) -> None:
    (tmp_path / "empty.txt").write_text(" \n")
    reply = answer(Message({"path": str(tmp_path / "empty.txt")}), Order(Settings(), form))  # type: ignore[arg-type]
    assert reply.header["status"] == "empty"
    assert (b'"text":' in reply.body) == (form in ("json", "jsonl"))


def test_results_of_files_come_in_order_and_errors_do_not_stop_them(tmp_path: Path, page: str) -> None:
    (tmp_path / "image").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "z.txt").write_text(PAGE)
    (tmp_path / "folder" / "gone.txt").symlink_to("nowhere")
    paths: list[str | Path] = [page, "missing.txt", tmp_path / "image", tmp_path / "folder"]
    results = list(extract_files(paths))
    assert [Path(result.path).name for result in results] == ["page.txt", "missing.txt", "image", "gone.txt", "z.txt"]
    assert [type(result.error) for result in results] == [type(None), InputError, NotTextError, InputError, type(None)]
    assert all((result.article is None) != (result.error is None) for result in results)
    assert results[0].article is not None and "harbour" in results[0].article.text


def test_one_path_is_a_list_of_one(page: str) -> None:
    assert len(list(extract_files(page))) == 1


def test_settings_count_for_files(page: str) -> None:
    (result,) = extract_files([page], Settings(max_input_bytes=10))
    assert result.error is not None and "--max-input-bytes" in str(result.error)


def test_a_file_keeps_its_old_content_until_the_end(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("old")
    sink = FileSink(str(path))
    sink.start()
    sink.write(DOCUMENT, b"one\n")
    assert path.read_text() == "old"
    sink.finish()
    assert path.read_text() == "one\n"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.jsonl"]


def test_an_early_end_keeps_whole_records_of_a_log_only(tmp_path: Path) -> None:
    sinks: list[tuple[FileSink | LogSink, list[str]]] = [
        (LogSink(str(tmp_path / "out"), b"", resume=False), ["out.part"]),
        (FileSink(str(tmp_path / "out")), []),
    ]
    for sink, left in sinks:
        sink.start()
        sink.write(DOCUMENT, b"one\n")
        assert sink.abandon() == (str(tmp_path / "out.part") if left else None)
        assert [entry.name for entry in tmp_path.iterdir()] == left
        for name in left:
            (tmp_path / name).unlink()


def test_a_link_stays_a_link_to_what_is_written(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("target")
    sink = FileSink(str(tmp_path / "link"))
    sink.start()
    sink.write(DOCUMENT, b"one\n")
    sink.finish()
    assert (tmp_path / "target").read_text() == "one\n"
    assert (tmp_path / "link").is_symlink()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_and_a_reader_that_left_are_told_apart() -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    with pytest.raises(OutputError, match="no space left"):
        send(full, b"record", "out")
    os.close(full)
    reader, writer = os.pipe()
    os.close(reader)
    with pytest.raises(ReaderLeftError):
        send(writer, b"record", "out")
    os.close(writer)


def test_counts_add_up_and_are_said_in_one_line() -> None:
    tally = Tally()
    removed = {"navigation": {"blocks": 2, "chars": 30}}
    tally.add(Outcome("a", None, "article", counts={"chars": 100, "warnings": ["too-deep"], "removed": removed}))
    tally.add(Outcome("b", None, "article", counts={"chars": 1, "warnings": [], "removed": removed}))
    tally.add(Outcome("c", None, "empty"))
    tally.add(Outcome("d", None, "failed", code="timeout"))
    tally.skipped["hidden"] += 3
    summary = tally.summary()
    assert summary["inputs"] == summary["articles"] + summary["empty"] + summary["failed"] == 4
    assert summary["removed"] == {"navigation": {"blocks": 4, "chars": 60}}
    assert (summary["reasons"], summary["warnings"], summary["kept_chars"]) == ({"timeout": 1}, {"too-deep": 1}, 101)
    assert counts(tally) == "2 articles, 1 without an article, 1 failed, 3 skipped (hidden 3)"


def test_quotas_of_containers_count(tmp_path: Path) -> None:
    most = usable_cores(tmp_path / "none", tmp_path / "none")
    assert most >= 1
    own = tmp_path / "own"
    own.write_text("0::/a/b\n")
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "cpu.max").write_text("max 100000\n")
    assert usable_cores(tmp_path, own) == most
    (tmp_path / "a" / "cpu.max").write_text("50000 100000\n")
    assert usable_cores(tmp_path, own) == 1
    old = tmp_path / "old"
    (old / "cpu" / "job").mkdir(parents=True)
    (old / "cpu" / "job" / "cpu.cfs_quota_us").write_text("20000\n")
    (old / "cpu" / "job" / "cpu.cfs_period_us").write_text("100000\n")
    own.write_text("4:cpu,cpuacct:/job\n")
    assert usable_cores(old, own) == 1


@pytest.mark.parametrize("text", ["plain", "长治 é", "a\x1b[31mb", "\u202e", "\x9b", "\udce9", "\U000e0001", "a\nb"])
def test_what_is_said_is_one_harmless_line(text: str) -> None:
    assert safe(text).isprintable()
    safe(text).encode()


def test_records_for_a_terminal_keep_their_lines_and_letters() -> None:
    assert harmless("a\tb\n长é\x1b\x9b".encode()).decode() == "a\tb\n长é\\u001b\\u009b"
