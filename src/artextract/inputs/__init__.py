"""Where documents come from: paths, standard input, directories, lists; compressed files are opened here.

`find` turns the user's arguments into a stream of `Input` (a document to read), `Unreadable` (one that is there but
cannot be read) and `Skipped` (one that was not asked for); `opened` gives the bytes of an Input. Containers with many
documents (archives, WARC, JSON Lines) will be further sources of the same stream, with `member` set.
"""

from __future__ import annotations

from artextract.inputs.found import Found, Input, Skipped, Unreadable
from artextract.inputs.opening import Opened, opened
from artextract.inputs.walk import Filters, find

__all__ = ["Filters", "Found", "Input", "Opened", "Skipped", "Unreadable", "find", "opened"]
