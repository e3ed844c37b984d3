"""The manual page, made of the options as --help shows them, so that the two cannot differ."""

from __future__ import annotations

import click

from artextract.cli.options import COMMAND, EXAMPLES, EXITS, GROUPS
from artextract.version import __version__


def manual() -> str:
    """The page as roff (man(7))."""
    ctx = click.Context(COMMAND, info_name="artextract")
    lines = [
        f'.TH ARTEXTRACT 1 "" "artextract {__version__}" "User Commands"',
        ".SH NAME",
        r"artextract \- the article of a saved page",
        ".SH SYNOPSIS",
        r".B artextract",
        r"[\fIOPTIONS\fR] [\fIINPUT\fR]...",
        ".SH DESCRIPTION",
        _roff(COMMAND.help or ""),
        ".SH EXAMPLES",
        ".nf",
        *map(_roff, EXAMPLES.splitlines()),
        ".fi",
    ]
    for title, options in GROUPS:
        lines.append(f'.SH "{_roff(title).upper()}"')
        for option in options:
            if (record := option.get_help_record(ctx)) is not None:
                lines += [".TP", rf"\fB{_roff(record[0])}\fR", _roff(record[1])]
    lines += [".SH EXIT STATUS", _roff(EXITS), ".SH ENVIRONMENT", _roff(_ENVIRONMENT)]
    return "\n".join(lines) + "\n"


_ENVIRONMENT = (
    "ARTEXTRACT_OPTION stands for --option (ARTEXTRACT_FORMAT=json). It wins over the file of --config, and options on "
    "the command line win over both. NO_COLOR and TERM=dumb: no colour."
)


def _roff(text: str) -> str:
    """Text with what roff would act on escaped."""
    text = text.replace("\\", r"\e").replace("-", r"\-")
    return r"\&" + text if text.startswith((".", "'")) else text
