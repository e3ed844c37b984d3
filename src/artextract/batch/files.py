"""The batch as a generator, for Python: one result for each input, in order, in this process."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from artextract.article import Article
from artextract.batch.child import describe
from artextract.batch.task import Order, article_of
from artextract.errors import ArtextractError, InputError
from artextract.inputs.found import Skipped, Unreadable
from artextract.inputs.opening import opened
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

    Directories are searched as by the command. Everything runs in this process, so that nothing but `max_input_bytes`
    limits a document; for time and memory limits, and many cores, use the command.
    """
    given = [paths] if isinstance(paths, str | os.PathLike) else paths
    for found in find(os.fspath(path) for path in given):
        if isinstance(found, Unreadable):
            yield Result(found.shown, None, None, InputError(found.message))
        elif not isinstance(found, Skipped):
            yield _result(found.path, found.member, settings)


def _result(path: str, member: str | None, settings: Settings) -> Result:
    try:
        article, _ = article_of(opened(path, settings), shown(path), Order(settings, "text"))
    except ArtextractError as error:
        return Result(shown(path), member, None, error)
    except (MemoryError, RecursionError) as error:
        return Result(shown(path), member, None, ArtextractError(f"too much for this process ({describe(error)})"))
    return Result(shown(path), member, article, None)
