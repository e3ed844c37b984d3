"""The options of the command line: what each is called, takes and means, in the groups in which help shows them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from artextract.errors import ArtextractError
from artextract.version import __version__

EXAMPLES = """\
artextract page.html                             the article as text
artextract dump.txt -f json                      with its metadata
curl -s https://example.org/ | artextract        from a pipe
artextract page.html -o page.md                  Markdown, by the suffix
artextract corpus/ -f jsonl -o corpus.jsonl      a directory, one line each
artextract corpus/ -f markdown -d out/           a directory, one file each
artextract page.html -f explain                  where every line went, and why
artextract corpus/ --report report.html          the same to look at, in a browser
"""

SHORT_HELP = f"""\
artextract: no input; give files, directories or - for standard input

{"".join(f"  {line}" + chr(10) for line in EXAMPLES.splitlines())}
artextract --help tells all options
"""


if TYPE_CHECKING:
    _Type = click.ParamType[Any]
else:
    _Type = click.ParamType

UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12, "ki": 2**10, "mi": 2**20, "gi": 2**30, "ti": 2**40}


class Size(_Type):
    """A number of bytes: `20M`, `1.5G`, `500k` (thousands), `64MiB` (1024s), or plain digits."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        text = str(value).strip().lower().removesuffix("b")
        number = text.rstrip("kmgti")
        with_unit = UNITS.get(text[len(number) :])
        try:
            size = float(number) * with_unit if with_unit is not None else -1.0
        except ValueError:
            size = -1.0
        if not 1 <= size < 2**63:
            self.fail(f"{value!r} is no size such as 20M or 500k", param, ctx)
        return int(size)


class Seconds(_Type):
    """A time of at least 0 seconds; 0 is no limit."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            seconds = float(value)
        except (TypeError, ValueError):
            seconds = -1.0
        if not (math.isfinite(seconds) and 0 <= seconds <= 1e7):
            self.fail(f"{value!r} is no time in seconds", param, ctx)
        return seconds


class Words(_Type):
    """Values separated by commas."""

    name = "words"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        return tuple(word.strip() for word in str(value).split(",") if word.strip())

    def split_envvar_value(self, rv: str) -> Sequence[str]:
        return [rv]


class Pattern(_Type):
    """A glob; the environment holds several one a line."""

    name = "pattern"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return str(value)

    def split_envvar_value(self, rv: str) -> Sequence[str]:
        return rv.splitlines()


class Answer(Exception):
    """An option that is answered at once, with this text on standard output."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def _joined(_ctx: click.Context, _param: click.Parameter, value: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for words in value for word in words))


def _help(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        raise Answer(ctx.get_help() + "\n")


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        raise Answer(f"artextract {__version__}\n")


def _later(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value and value != ():
        raise click.UsageError(f"{param.opts[0]} is not available yet; leave it out", ctx)


def _without_later(*later: str) -> Any:
    """A callback that refuses values which the interface names but this version does not have."""

    def check(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
        if value in later:
            raise click.UsageError(f"{param.opts[0]} {value} is not available yet; leave it out", ctx)
        return value

    return check


def _config(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None:
        from artextract.cli.config import defaults_of

        try:
            ctx.default_map = defaults_of(value, ctx.command.params)
        except ArtextractError as error:
            raise click.UsageError(str(error), ctx) from None
    return value


def _option(*names: str, **attributes: Any) -> click.Option:
    return click.Option(names, **attributes)


def _flag(*names: str, **attributes: Any) -> click.Option:
    return click.Option(names, is_flag=True, **attributes)


FORMATS = ("text", "markdown", "json", "jsonl", "explain")
WISHES = (
    ("--keep-line", "REGEX", "Keep lines that hold this, whatever the rules say."),
    ("--drop-line", "REGEX", "Drop lines that hold this."),
    ("--keep-element", "SELECTOR", "Keep what is in these HTML elements (XPath; CSS with artextract[css])."),
    ("--drop-element", "SELECTOR", "Drop what is in them (//aside, //div[@id='x'], .promo)."),
)

GROUPS: tuple[tuple[str, tuple[click.Option, ...]], ...] = (
    (
        "What comes out",
        (
            _option(
                "-f",
                "--format",
                type=click.Choice(FORMATS),
                help="Default text, or what the suffix of -o says (.txt .md .json .jsonl .explain .parquet).",
            ),
            _flag("--title", help="The title before the text."),
            _option(
                "--fields",
                type=Words(),
                multiple=True,
                callback=_joined,
                metavar="KEY,…",
                help="Only these keys in JSON.",
            ),
            _flag(
                "--blocks", help="In JSON also the kept blocks: kind, text, headings above, lines, characters, path."
            ),
            _option(
                "--max-block-chars",
                type=click.IntRange(min=1),
                metavar="N",
                help="Blocks packed into chunks of up to N characters; no sentence is cut. Implies --blocks.",
            ),
            _flag("--no-links", help="Markdown without the targets of links."),
            _flag("--no-images", help="Markdown without images."),
            _flag("--no-front-matter", help="Markdown without its YAML block of metadata."),
        ),
    ),
    (
        "Where it goes",
        (
            _option(
                "-o",
                "--output",
                metavar="FILE",
                help="One file, written as FILE.part and renamed at the end; for several documents jsonl or explain.",
            ),
            _option(
                "-d", "--output-dir", metavar="DIR", help="One file per document, in folders like those of the input."
            ),
            _option("--report", metavar="FILE.html", help="A page to look at: input and output side by side, and why."),
            _option(
                "--report-against", metavar="FILE", help="In it, what changed since an earlier report or run (.jsonl)."
            ),
            _flag("--overwrite", help="Replace files that exist."),
            _flag("-n", "--dry-run", help="Only list what would be read, and where it would go."),
        ),
    ),
    (
        "What is read",
        (
            _option(
                "--from",
                "input_type",
                type=click.Choice(("auto", "text", "markdown", "html", "mhtml", "warc", "jsonl")),
                default="auto",
                metavar="TYPE",
                help="auto (default: the content decides, then the suffix), text, markdown, html, mhtml, warc, jsonl.",
            ),
            _option("-e", "--encoding", metavar="LABEL", help="Force an encoding, as browsers call it (gb2312 …)."),
            _flag("--fix-mojibake", help="Read back text that was misread before (needs ftfy: artextract[mojibake])."),
            _option("--url", metavar="URL", help="The page's address: resolves links, tells site and date."),
            _option(
                "--jsonl-field",
                type=Words(),
                multiple=True,
                callback=_joined,
                metavar="KEY=NAME,…",
                help="Which field of a record is its html, text, url, id; common names are found by themselves.",
            ),
            _option(
                "--keep-fields",
                type=Words(),
                multiple=True,
                callback=_joined,
                metavar="NAME,…",
                help="Fields of a record that the JSON of its article carries along.",
            ),
            _option(
                "--include",
                type=Pattern(),
                multiple=True,
                metavar="GLOB",
                help="Of a directory only files that match (*.html, news/**).",
            ),
            _option("--exclude", type=Pattern(), multiple=True, metavar="GLOB", help="No files or folders that match."),
            _option("--max-depth", type=click.IntRange(min=1), metavar="N", help="1: only files directly in it."),
            _flag("--follow", help="Follow links to folders."),
            _option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the first N documents."),
            _option("--files-from", metavar="FILE", help="Read the names of inputs from FILE (- is standard input)."),
            _flag("-0", "nul", help="They end in NUL characters, not in line feeds."),
        ),
    ),
    (
        "How it is judged",
        (
            _option(
                "--favor",
                type=click.Choice(("balanced", "precision", "recall")),
                default="balanced",
                metavar="WHICH",
                help="balanced (default); precision: rather too little; recall: rather too much.",
            ),
            _option(
                "--keep",
                type=Words(),
                multiple=True,
                callback=_joined,
                metavar="LABEL,…",
                help="Keep these too: comment, byline, related, credit …",
            ),
            _option("--rules-file", metavar="FILE", help="Rules of your own (TOML); their examples are checked first."),
            _option(
                "--disable",
                type=Words(),
                multiple=True,
                callback=_joined,
                metavar="RULE,…",
                help="Switch rules off; --rules lists them.",
            ),
            *(_option(name, type=Pattern(), multiple=True, metavar=what, help=words) for name, what, words in WISHES),
            _option(
                "--site-boilerplate",
                type=click.Choice(("off", "auto", "on")),
                default="off",
                metavar="WHEN",
                help="Learn the lines that a site (a folder) repeats: off (default), auto (from five pages on), on.",
            ),
            _option("--site-profile", metavar="FILE", help="Use what was learnt; with auto or on, write it there."),
        ),
    ),
    (
        "Many inputs, and limits for each",
        (
            _option(
                "-j",
                "--jobs",
                type=click.IntRange(0, 256),
                default=0,
                metavar="N",
                help="Worker processes; 0 (default): one per core. The output does not depend on it.",
            ),
            _option("--timeout", type=Seconds(), metavar="SECONDS", help="Default 60 in a batch; 0: none."),
            _option("--max-input-bytes", type=Size(), default=50_000_000, metavar="N", help="Default 50M."),
            _option("--max-memory", type=Size(), metavar="N", help="Such as 500M; default none."),
            _flag("--resume", help="Go on from what earlier runs into the same -d, or -o with jsonl, have finished."),
            _flag("--retry-failed", help="The same, and try again what failed."),
            _option(
                "--duplicates",
                type=click.Choice(("mark", "drop", "ignore")),
                default="mark",
                metavar="WHAT",
                help="Documents that repeat an earlier one: mark (default), drop or ignore them.",
            ),
            _option(
                "--similarity",
                type=click.FloatRange(0.6, 1.0),
                default=0.8,
                metavar="SHARE",
                help="Shingles in common from which on they do (default 0.8; 1: exact ones only).",
            ),
            _option("--errors", metavar="FILE", help="Failures as JSON Lines."),
            _option("--summary", metavar="FILE", help="Counts by outcome, reason and label as JSON."),
            _flag("--fail-fast", help="Stop at the first failure."),
            _flag("--strict", help="Exit 1 if any input lacks an article."),
        ),
    ),
    (
        "Other",
        (
            _option(
                "--config",
                metavar="FILE",
                is_eager=True,
                callback=_config,
                help="Options from a TOML file; ARTEXTRACT_* in the environment wins over it, flags over both.",
            ),
            _flag("-q", "--quiet", help="Nothing on standard error but failures."),
            _flag("-v", "--verbose", help="Say also what was skipped and what holds no article."),
            _option(
                "--color",
                type=click.Choice(("auto", "always", "never")),
                default="auto",
                metavar="WHEN",
                help="auto (default), always or never.",
            ),
            _flag("--schema", help="Print the JSON Schema of the output.", allow_from_autoenv=False),
            _option(
                "--rules",
                is_flag=False,
                flag_value="",
                metavar="[ID]",
                allow_from_autoenv=False,
                help="Print the rules, or one, with reasons and examples.",
            ),
            _flag(
                "--check",
                allow_from_autoenv=False,
                help="With --rules: prove all rules, and those of --rules-file, by their examples.",
            ),
            _option(
                "--completion",
                type=click.Choice(("bash", "zsh", "fish")),
                metavar="SHELL",
                allow_from_autoenv=False,
                help="Print the completion script for bash, zsh or fish.",
            ),
            _flag("--man", help="Print the manual page (| man -l -).", allow_from_autoenv=False),
            _flag(
                "-V",
                "--version",
                is_eager=True,
                expose_value=False,
                callback=_version,
                allow_from_autoenv=False,
                help="Print the version.",
            ),
            _flag(
                "-h",
                "--help",
                is_eager=True,
                expose_value=False,
                callback=_help,
                allow_from_autoenv=False,
                help="Print this.",
            ),
        ),
    ),
)


EXITS = (
    "0 articles and no failure, 1 no article, 2 wrong usage, 3 an input failed (the others are done), "
    "4 the output cannot be written, 130 and 143 interrupted."
)


class Command(click.Command):
    """The command with its help grouped by task, examples first."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.format_usage(ctx, formatter)
        self.format_help_text(ctx, formatter)
        formatter.write("\nExamples:\n")
        formatter.write("".join(f"  {line}\n" for line in EXAMPLES.splitlines()))
        for title, options in GROUPS:
            records = [record for option in options if (record := option.get_help_record(ctx)) is not None]
            with formatter.section(title):
                formatter.write_dl(records, col_max=28)
        formatter.write_paragraph()
        formatter.write_text(f"Exit: {EXITS}")


COMMAND = Command(
    "artextract",
    params=[
        click.Argument(["inputs"], nargs=-1, metavar="[INPUT]..."),
        *(option for _, options in GROUPS for option in options),
    ],
    help="The article of saved pages: text dumps and HTML in, the body once and its metadata out. INPUT are files, "
    "directories, - for standard input; archives (ZIP, tar), MHTML, mails, WARC, JSON Lines and what is compressed "
    "(.gz .bz2 .xz .zst .br) are opened.",
    add_help_option=False,
    context_settings={"auto_envvar_prefix": "ARTEXTRACT", "max_content_width": 100},
)


def parse(arguments: Sequence[str]) -> click.Context:
    """The parsed command line, with where each value came from. Raises click.UsageError and Answer."""
    return COMMAND.make_context("artextract", [*arguments])


def from_command_line(ctx: click.Context, name: str) -> bool:
    """Whether the user typed this option."""
    return ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
