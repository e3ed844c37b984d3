"""One call of the command, from its arguments to its exit code."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from artextract.batch.signals import Stop, Stopped
from artextract.batch.stream import ReaderLeftError, send
from artextract.cli.answers import asked, complete
from artextract.cli.console import say, write
from artextract.cli.exits import FAILED, OK, UNWRITABLE, USAGE
from artextract.cli.options import SHORT_HELP, Answer, parse
from artextract.errors import ArtextractError, OutputError, SettingsError


def main(arguments: Sequence[str]) -> int:
    """Run the command; its exit code. Nothing is raised, whatever happens."""
    stop = Stop()
    stop.install()
    closed = _plug_standard_streams()
    try:
        return _command(arguments, stop, closed)
    except Stopped:
        return stop.exit_code
    except ReaderLeftError:
        return OK
    except OutputError as error:
        say(str(error))
        return UNWRITABLE
    except SettingsError as error:
        return _usage(str(error))
    except ArtextractError as error:
        say(str(error))
        return FAILED
    except Exception as error:
        from artextract.batch.child import describe

        say(f"internal error ({describe(error)}); report it")
        return FAILED
    finally:
        stop.settled()


def _plug_standard_streams() -> frozenset[int]:
    """Open what came closed, so that no file of ours gets a standard descriptor; which ones those are."""
    closed = []
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            closed.append(descriptor)
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number: this one
    return frozenset(closed)


def _command(arguments: Sequence[str], stop: Stop, closed: frozenset[int]) -> int:
    try:
        if "_ARTEXTRACT_COMPLETE" in os.environ:
            raise Answer(complete(os.environ["_ARTEXTRACT_COMPLETE"]))
        ctx = parse(arguments)
        if (text := asked(ctx)) is not None:
            raise Answer(text)
        if not ctx.params["inputs"] and ctx.params["files_from"] is None and (os.isatty(0) or 0 in closed):
            write(SHORT_HELP)
            return USAGE
        from artextract.cli.given import given, looked_into

        wanted, pipe = looked_into(given(ctx))
    except Answer as answer:
        if 1 in closed:
            raise OutputError("cannot write standard output: it is closed; open it") from None
        send(1, answer.text.encode("utf-8", "replace"), "standard output")
        return OK
    except ArtextractError as error:
        return _usage(str(error))
    except click.UsageError as error:
        return _usage(error.format_message())
    from artextract.cli.running import list_inputs, process

    return list_inputs(wanted, closed) if wanted.batch.dry_run else process(wanted, stop, closed, pipe)


def _usage(message: str) -> int:
    line = " ".join(message.split()).rstrip(".")
    say(f"{line}; see artextract --help" if "; " not in line else line)
    return USAGE
