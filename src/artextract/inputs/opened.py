"""Containers are opened here: from what a walk found to documents, one at a time, whatever their container holds."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator

from artextract.errors import ArtextractError, InputError, code_of
from artextract.inputs.codecs import CHUNK, HEAD, codec_of, first_part
from artextract.inputs.found import STDIN, Content, Found, Held, Input, Met, Unreadable
from artextract.inputs.kinds import Kind, kind_of, named_kind
from artextract.inputs.opening import read_all
from artextract.inputs.suffixes import plain
from artextract.inputs.wording import reason
from artextract.records import record
from artextract.settings import DEFAULT, Settings


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
    else:
        from artextract.inputs.reading import members_of_file

        yield from members_of_file(thing, opener, kind)


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
    from artextract.inputs.reading import members_of_pipe

    yield from members_of_pipe(thing, opener, source.kind, source.descriptor, source.head)
