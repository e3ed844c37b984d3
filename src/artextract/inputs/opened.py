"""Containers are opened here: from what a walk found to documents, one at a time, whatever their container holds."""

from __future__ import annotations

import contextlib
import io
import os
import stat
from collections.abc import Callable, Iterable, Iterator

from artextract.errors import ArtextractError, InputError, code_of
from artextract.inputs.codecs import CHUNK, HEAD, codec_of, first_part
from artextract.inputs.container import MAX_NESTING, Container, Members
from artextract.inputs.found import STDIN, Content, Found, Held, Input, Met, Unreadable
from artextract.inputs.kinds import CALLED, Kind, kind_of, named_kind
from artextract.inputs.opening import read_all
from artextract.inputs.streams import Budget, BytesStream, FileStream, Inflated, Readable, Window
from artextract.inputs.suffixes import plain
from artextract.inputs.wording import reason
from artextract.records import record
from artextract.settings import DEFAULT, Settings

FORMS: tuple[Kind, ...] = ("zip", "parquet")
"""Kinds that must be read from a file that can be sought in."""


@record(frozen=True, slots=True)
class Opener:
    """How containers are opened. `waiting` surrounds reads that may wait for ever (pipes)."""

    settings: Settings = DEFAULT
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    waiting: Callable[[], contextlib.AbstractContextManager[None]] = contextlib.nullcontext
    pipe: Pipe | None = None  # the only input, if that is a pipe whose head was read


def documents(found: Iterable[Found], opener: Opener) -> Iterator[Met]:
    """All documents: files as they are, the members of containers, standard input with its bytes."""
    for thing in found:
        if not isinstance(thing, Input):
            yield thing
        elif only_here(thing.path):
            yield from _piped(thing, opener)
        else:
            yield from _filed(thing, opener)


def only_here(path: str) -> bool:
    """Whether only this process can read it: standard input, and descriptors that were handed to it."""
    return path in (STDIN, "/dev/stdin") or path.startswith(("/dev/fd/", "/proc/self/fd/"))


def container_kind(path: str, settings: Settings) -> Kind | None:
    """The kind of container of many documents that a regular file is; None for a page, or what cannot be read."""
    kind = None
    with contextlib.suppress(OSError, ValueError):
        if stat.S_ISREG(os.stat(path).st_mode):
            descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            try:
                kind = _look(descriptor, os.path.basename(path), settings)
            finally:
                os.close(descriptor)
    return None if kind == "mail" else kind


def _look(descriptor: int, name: str, settings: Settings) -> Kind | None:
    """The kind of a file, which is left at its start."""
    head = _head(descriptor, name)
    tail = b""
    if head.startswith(b"PK") and (size := os.fstat(descriptor).st_size) > len(head):
        os.lseek(descriptor, max(0, size - HEAD), os.SEEK_SET)
        tail = os.read(descriptor, HEAD)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return _kind(head, name, settings, tail)


def _kind(head: bytes, name: str, settings: Settings, tail: bytes = b"") -> Kind | None:
    codec = codec_of(head, name)
    if codec is None:
        return kind_of(head, name, settings.input_type, tail)
    inner = first_part(head, codec)
    if not inner:  # its extra is missing, or the data is damaged from the start
        return named_kind(plain(name), settings.input_type)
    return kind_of(inner, plain(name), settings.input_type)


def _head(descriptor: int, name: str) -> bytes:
    """The first bytes; of compressed data so many that something comes out of them, a block of bzip2 at most."""
    head = _read_up_to(descriptor, b"", HEAD)
    codec = codec_of(head, name)
    if codec is not None and len(head) == HEAD and not first_part(head, codec):
        head = _read_up_to(descriptor, head, CHUNK)
    return head


def _read_up_to(descriptor: int, head: bytes, size: int) -> bytes:
    while len(head) < size and (part := os.read(descriptor, size - len(head))):
        head += part
    return head


def _filed(thing: Input, opener: Opener) -> Iterator[Met]:
    kind = container_kind(thing.path, opener.settings)
    if kind is None:
        yield thing
        return
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


@record(frozen=True, slots=True)
class Pipe:
    """A pipe that was looked into: its head, which is read, and the kind of container that begins with it."""

    descriptor: int
    head: bytes
    kind: Kind | None


def pipe(path: str, settings: Settings) -> Pipe:
    """Open what `only_here` is true for, and wait for its first bytes. Raises InputError."""
    try:
        descriptor = 0 if path == STDIN else os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        head = _head(descriptor, "")
    except OSError as error:
        raise InputError(f"{reason(error)}; check the file") from None
    kind = _kind(head, "", settings)
    return Pipe(descriptor, head, None if kind == "mail" else kind)


def _piped(thing: Input, opener: Opener) -> Iterator[Met]:
    """What comes through a pipe: its head tells what it is, then it is read on from there."""
    try:
        with opener.waiting():
            source = opener.pipe if opener.pipe is not None else pipe(thing.path, opener.settings)
            data = b""
            if source.kind is None:
                data = read_all(source.descriptor, opener.settings.max_input_bytes, source.head)
    except ArtextractError as error:
        yield Unreadable(thing.path, str(error), code=code_of(error))
        return
    if source.kind is None:
        yield Held(thing, Content(data))
        return
    container = _container(thing, opener, "")
    stream = _Waiting(FileStream(source.descriptor, container.budget, source.head), opener)
    yield from _guarded(_members(stream, container, source.kind), container)


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
