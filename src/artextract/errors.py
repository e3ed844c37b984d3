"""The errors a caller may meet. Each message is one line and says what to do next."""

from __future__ import annotations


class ArtextractError(Exception):
    """Anything that this library raises on purpose."""


class NotTextError(ArtextractError):
    """The input is no text: a PDF, an image, an archive, random bytes. The message names the type."""


class EmptyInputError(ArtextractError):
    """The input holds nothing (no bytes, or only white space)."""


class TooLargeError(ArtextractError):
    """The input is larger than `Settings.max_input_bytes`."""


class UnknownEncodingError(ArtextractError):
    """The forced encoding is not in the WHATWG table of labels."""


class SettingsError(ArtextractError):
    """A setting, a rules file or a profile is not valid."""


class InputError(ArtextractError):
    """An input cannot be read: it is missing, a directory loop, a device, unreadable."""


class OutputError(ArtextractError):
    """The output cannot be written: the disk is full, permission is missing."""


CODES: tuple[tuple[type[ArtextractError], str], ...] = (
    (NotTextError, "not-text"),
    (TooLargeError, "too-large"),
    (InputError, "unreadable"),
    (UnknownEncodingError, "encoding"),
    (ArtextractError, "error"),
)
"""The code of a failure in the errors file and the summary; the first class that fits counts."""


def code_of(error: ArtextractError) -> str:
    """The code of a failure."""
    return next(code for kind, code in CODES if isinstance(error, kind))
