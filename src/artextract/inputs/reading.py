"""The members of one container, by its kind: from a file, a pipe, or the bytes of a container around it."""

from __future__ import annotations

import io
import os

from artextract.errors import ArtextractError, code_of
from artextract.inputs.codecs import HEAD, codec_of
from artextract.inputs.container import MAX_NESTING, Container, Members
from artextract.inputs.found import Input, Unreadable
from artextract.inputs.kinds import CALLED, Kind
from artextract.inputs.opened import Opener
from artextract.inputs.streams import Budget, BytesStream, FileStream, Inflated, Readable, Window
from artextract.inputs.wording import reason
from artextract.records import record

FORMS: tuple[Kind, ...] = ("zip", "parquet")
"""Kinds that must be read from a file that can be sought in."""


def members_of_file(thing: Input, opener: Opener, kind: Kind) -> Members:
    """The members of a container on disk."""
    try:
        descriptor = os.open(thing.path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError as error:
        yield Unreadable(thing.path, f"{reason(error)}; check the file")
        return
    with open(descriptor, "rb", buffering=0) as file:
        container = _container(thing, opener, os.path.basename(thing.path))
        if kind in FORMS and codec_of(_peek(file), container.name) is None:
            container.budget.consumed = os.fstat(descriptor).st_size
            yield from _guarded(_sought(io.BufferedReader(file), container, kind), container)
        else:
            stream = FileStream(descriptor, container.budget)
            yield from _guarded(_members(stream, container, kind), container)


def _peek(file: io.FileIO) -> bytes:
    head = file.read(HEAD) or b""
    file.seek(0)
    return head


def _container(thing: Input, opener: Opener, name: str) -> Container:
    return Container(thing, opener.settings, Budget(), name, 0, opener.exclude, opener.include)


def members_of_pipe(thing: Input, opener: Opener, kind: Kind, descriptor: int, head: bytes) -> Members:
    """The members of a container that comes through a pipe, whose first bytes were read."""
    container = _container(thing, opener, "")
    stream = _Waiting(FileStream(descriptor, container.budget, head), opener)
    yield from _guarded(_members(stream, container, kind), container)


@record(slots=True)
class _Waiting:
    """A pipe that may have nothing to give for a while."""

    stream: FileStream
    opener: Opener

    def read(self, size: int, /) -> bytes:
        with self.opener.waiting():
            return self.stream.read(size)


def _guarded(members: Members, container: Container) -> Members:
    """The members; what ends the container for good is one failure."""
    try:
        yield from members
    except ArtextractError as error:
        yield container.broken(str(error), code_of(error))
    except OSError as error:
        yield container.broken(f"{reason(error)}; check the file", "unreadable")


def _members(source: Readable, container: Container, kind: Kind) -> Members:
    """The members of a container that is read from the front, opened if it is compressed."""
    window = Window(source)
    codec = codec_of(window.ahead(HEAD), container.name)
    if kind == "warc":
        from artextract.inputs.warc import warc_members

        yield from warc_members(window, codec, container)
        return
    stream: Readable = window if codec is None else Inflated(window, codec, container.budget)
    if kind == "tar":
        from artextract.inputs.archives import tar_members

        yield from tar_members(stream, container)
    elif kind == "jsonl":
        from artextract.inputs.jsonl import jsonl_members

        yield from jsonl_members(stream, container)
    else:
        from artextract.inputs.archives import spooled

        yield from _sought(io.BytesIO(spooled(stream, container.limit)), container, kind)
    if isinstance(stream, Inflated) and stream.problem is not None:
        yield container.broken(stream.problem)


def _sought(file: io.BufferedIOBase, container: Container, kind: Kind) -> Members:
    """The members of a container that is read here and there."""
    if kind == "zip":
        from artextract.inputs.archives import zip_members

        yield from zip_members(file, container)
    else:
        from artextract.inputs.parquet import parquet_members

        yield from parquet_members(file, container)


def members_of_bytes(data: bytes, container: Container, kind: Kind) -> Members:
    """The members of a container that lies in another one. Its damage is its own; a bomb ends the outermost."""
    if container.depth > MAX_NESTING:
        yield container.broken(f"a {CALLED[kind]} file more than {MAX_NESTING} containers deep; unpack it yourself")
    elif kind in FORMS and codec_of(data[:HEAD], container.name) is None:
        yield from _sought(io.BytesIO(data), container, kind)
    else:
        yield from _members(BytesStream(data), container, kind)
