"""What is answered without reading any input: the schema, the rules, completion scripts, the manual page."""

from __future__ import annotations

import click

from artextract.errors import SettingsError


def asked(ctx: click.Context) -> str | None:
    """The text that was asked for; None where a run is wanted. Raises SettingsError, or UsageError of click."""
    values = ctx.params
    if values["check"] and values["rules"] is None:
        raise click.UsageError("--check is for --rules; add that or leave it out", ctx)
    if values["schema"]:
        from pathlib import Path

        return (Path(__file__).parents[1] / "data" / "schema.json").read_text("utf-8")
    if values["rules"] is not None:
        from artextract.cli.rule_list import proved, rule_list

        return proved(values["rules_file"]) if values["check"] else rule_list(values["rules"])
    if values["completion"]:
        return _script(values["completion"])
    if values["man"]:
        from artextract.cli.manual import manual

        return manual()
    return None


def _script(shell: str) -> str:
    """The script that asks this command for completions (click's own protocol)."""
    from click.shell_completion import get_completion_class

    from artextract.cli.options import COMMAND

    kind = get_completion_class(shell)
    if kind is None:
        raise SettingsError(f"--completion {shell}: not known; give bash, zsh or fish")
    found = kind(COMMAND, {}, "artextract", "_ARTEXTRACT_COMPLETE")
    return str(found.source_template % found.source_vars()) + "\n"


def complete(instruction: str) -> str:
    """What a completion script is answered: `bash_complete` with the words in COMP_WORDS."""
    from click.shell_completion import get_completion_class

    from artextract.cli.options import COMMAND

    shell, _, what = instruction.partition("_")
    kind = get_completion_class(shell)
    if kind is None or what not in ("complete", "source"):
        return ""
    if what == "source":
        return _script(shell)
    return kind(COMMAND, {}, "artextract", "_ARTEXTRACT_COMPLETE").complete() + "\n"
