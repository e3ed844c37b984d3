"""Paths and the errors of the operating system, as records and messages give them."""

from __future__ import annotations

import os


def shown(path: str) -> str:
    r"""A path as text: `/` separators, bytes that are no UTF-8 as `\xNN`, whatever the locale.

    >>> shown("caf\udce9/a.html")
    'caf\\xe9/a.html'
    """
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return text.replace(os.sep, "/") if os.sep != "/" else text


def reason(error: OSError) -> str:
    """What the operating system says, in lower case and without the path."""
    said = error.strerror or type(error).__name__
    return said[:1].lower() + said[1:]
