"""The batch as a generator, for Python: one result for each input, in order, in this process."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from artextract.article import Article
from artextract.batch.child import describe
from artextract.batch.task import Order, article_of
from artextract.errors import ArtextractError, InputError, NotTextError
from artextract.inputs.found import Held, Input, Skipped, Unreadable
from artextract.inputs.opened import Opener, documents
from artextract.inputs.opening import content, opened
from artextract.inputs.walk import find
from artextract.inputs.wording import shown
from artextract.records import record
from artextract.settings import DEFAULT, Settings


@record(frozen=True, slots=True)
class Result:
    """What became of one input: an article (whose `text` may be empty), or the error that says why there is none.

    `path` is the input's as reached from the argument, `/` separators, undecodable bytes as `\\xNN`; `member` its name
    inside a container.
    """

    path: str
    member: str | None
    article: Article | None
    error: ArtextractError | None


def extract_files(
    paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str], settings: Settings = DEFAULT
) -> Iterator[Result]:
    """Results for files and directories (`-` is standard input), in order; one bad input is a result with its error.

    Directories are searched and containers opened as by the command. Everything runs in this process,
    so that nothing but `max_input_bytes` limits a document;
    for time and memory limits, and many cores, use the command.
    """
    given = [paths] if isinstance(paths, str | os.PathLike) else paths
    for met in documents(find(os.fspath(path) for path in given), Opener(settings)):
        if isinstance(met, Unreadable):
            yield Result(met.shown, met.member, None, InputError(met.message))
        elif not isinstance(met, Skipped) and (result := _result(met, settings)) is not None:
            yield result


def _result(met: Input | Held, settings: Settings) -> Result | None:
    """What became of one document; None for a record of a container that proved to hold no text."""
    document = met.input if isinstance(met, Held) else met
    path, member = document.path, document.member
    lenient = isinstance(met, Held) and met.content.lenient
    try:
        found = content(met.content, settings) if isinstance(met, Held) else opened(path, settings)
        article, why = article_of(found, shown(path), Order(settings, "text"))
        if why and lenient:
            return None
    except ArtextractError as error:
        if lenient and isinstance(error, NotTextError):
            return None
        return Result(shown(path), member, None, error)
    except (MemoryError, RecursionError) as error:
        return Result(shown(path), member, None, ArtextractError(f"too much for this process ({describe(error)})"))
    return Result(shown(path), member, article, None)
