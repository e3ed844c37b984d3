"""The bytes of one input: read up to the limit, and decompressed up to the limit."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from typing import Any

from artextract.errors import InputError, TooLargeError
from artextract.inputs.codecs import CHUNK, HEAD, Codec, codec_of, first_part
from artextract.inputs.found import STDIN, Content
from artextract.inputs.suffixes import SAVED, plain, suffix_of
from artextract.inputs.wording import reason
from artextract.model import Note
from artextract.records import record
from artextract.settings import Settings

FIRST_PIECE = 512
NOTHING_SAID = Content(b"")


@record(frozen=True, slots=True)
class Opened:
    """What an input holds: its bytes, decompressed; its name as evidence of the type; warnings; what its container
    says of it."""

    data: bytes
    name: str
    notes: tuple[Note, ...] = ()
    said: Content = NOTHING_SAID


def opened(path: str, settings: Settings) -> Opened:
    """The bytes of a file, or of standard input for `-`.

    Raises InputError where it cannot be read, TooLargeError where more comes out than `settings.max_input_bytes`.
    """
    name = "" if path == STDIN else os.path.basename(path)
    return content(Content(raw_bytes(path, settings.max_input_bytes), name=name), settings)


def content(held: Content, settings: Settings) -> Opened:
    """What a file or a member of a container holds, opened: codings and compression taken off, mails taken apart.

    Raises InputError where it is damaged, TooLargeError where more comes out than `settings.max_input_bytes`.
    """
    limit = settings.max_input_bytes
    data = held.data
    notes: tuple[Note, ...] = ()
    if held.codings:
        from artextract.inputs.http import decoded

        data, notes = decoded(held.data, held.codings, limit)
    if held.role or held.transport or held.media_type:  # its container says what it is
        return Opened(data, held.name, notes, held)
    opened = decompressed(data, held.name, limit)
    if _is_mail(opened.data[:HEAD], opened.name, settings):
        from artextract.inputs.mail import page

        opened = page(opened, limit)
    return replace(opened, notes=(*notes, *opened.notes))


def _is_mail(head: bytes, name: str, settings: Settings) -> bool:
    """Whether this is MHTML or a mail: by its suffix, or because it begins with headers."""
    if settings.input_type not in ("auto", "mhtml"):
        return False
    if settings.input_type == "auto" and suffix_of(name) not in SAVED and b":" not in head.partition(b"\n")[0]:
        return False  # the common case, without a further import
    from artextract.inputs.kinds import kind_of

    return kind_of(head, name, settings.input_type) == "mail"


def raw_bytes(path: str, limit: int) -> bytes:
    """The bytes as they lie there, at most `limit` of them. Raises InputError and TooLargeError."""
    try:
        if path == STDIN:
            return read_all(0, limit)
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0))
        try:
            return read_all(descriptor, limit)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise InputError(f"{reason(error)}; {_advice(error)}") from None
    except ValueError:  # a NUL in the name
        raise InputError("no file can have this name; check it") from None


def read_all(descriptor: int, limit: int, head: bytes = b"") -> bytes:
    """The rest of a file after `head`, which was read before, with it. Raises InputError, TooLargeError, OSError."""
    status = os.fstat(descriptor)
    if stat.S_ISDIR(status.st_mode):
        raise InputError("a folder, where a file was expected; name it as an input to search it")
    if stat.S_ISREG(status.st_mode) and status.st_size > limit:
        raise _too_large(limit, status.st_size)
    parts = [head]
    missing = limit + 1 - len(head)
    while missing > 0 and (part := os.read(descriptor, min(missing, CHUNK))):
        parts.append(part)
        missing -= len(part)
    if missing <= 0:
        raise _too_large(limit)
    return b"".join(parts)


def _too_large(limit: int, size: int | None = None) -> TooLargeError:
    found = f"{size:,} bytes are more than" if size is not None else "more bytes than"
    return TooLargeError(f"{found} the limit of {limit:,}; raise --max-input-bytes")


def _advice(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "check the name"
    if isinstance(error, PermissionError):
        return "check its permissions"
    return "check the file"


def special(mode: int) -> str | None:
    """What is wrong with a thing in a directory that is no regular file."""
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISFIFO(mode):
        return "a named pipe, not a file; name it as an input to read it"
    if stat.S_ISSOCK(mode):
        return "a socket, not a file; remove it"
    return "a device, not a file; name it as an input to read it"


# --- Compression ----------------------------------------------------------------------------------------------------


def decompressed(raw: bytes, name: str, limit: int) -> Opened:
    """What is inside compressed bytes, or the bytes themselves. Content decides, not the suffix.

    Streams in a row are joined; what follows the last one and is no stream is left out, with a warning. Data that is
    cut off gives what is there, with a warning; data that is damaged raises InputError.
    """
    codec = codec_of(raw[:HEAD], name)
    if codec is None:
        return Opened(raw, plain(name))
    data, notes = inflated(raw, codec, limit)
    return Opened(data, plain(name), notes)


def inflated(raw: bytes, codec: Codec, limit: int) -> tuple[bytes, tuple[Note, ...]]:
    """What the streams of one compression hold, with warnings. Raises InputError for damage, TooLargeError."""
    out = bytearray()
    at = 0
    while at < len(raw):
        try:
            at, ended = _one_stream(codec.start(), raw, at, out, limit)
        except codec.errors() as error:
            raise InputError(f"its {codec.name} data is damaged ({error}); get the file again") from None
        if not ended:
            note = Note("compressed-cut", f"the {codec.name} data is cut off; what it held up to there was read")
            return bytes(out), (note,)
        if at < len(raw) and not (codec.magic and raw.startswith(codec.magic, at)):
            if raw.count(b"\0", at) == len(raw) - at:  # padding, as tapes and some tools leave it
                break
            note = Note("compressed-trailing", f"{len(raw) - at:,} bytes after the {codec.name} data were left out")
            return bytes(out), (note,)
    return bytes(out), ()


def _one_stream(stream: Any, raw: bytes, at: int, out: bytearray, limit: int) -> tuple[int, bool]:
    """Decompress the stream at `at` onto `out`: where it ends, and whether that is its own end or the data's.

    The stream is fed by growing pieces, since it hands back what follows its end: a file of a million tiny streams
    would else be copied a million times.
    """
    size = FIRST_PIECE
    while True:
        tail = getattr(stream, "unconsumed_tail", b"")
        piece = tail
        if not tail and getattr(stream, "needs_input", True):
            piece = raw[at : at + size]
            at, size = at + len(piece), min(2 * size, CHUNK)
        part = stream.decompress(piece, min(limit + 1 - len(out), CHUNK))
        out += part
        if len(out) > limit:
            raise _too_large(limit)
        if stream.eof:
            return at - len(stream.unused_data), True
        if not piece and not part:
            return at, False


def looks_like_text(path: str) -> bool:
    """Whether a file without a suffix begins as text or HTML does. Raises OSError."""
    from artextract.sniff import binary_type, control_share

    with open(path, "rb") as file:
        head = file.read(HEAD)
    if (codec := codec_of(head)) is not None:
        head = first_part(head, codec)
    if not head.strip() or binary_type(head) is not None:
        return False
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or control_share(head) <= 0.02
