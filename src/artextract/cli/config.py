"""The file of --config: TOML with the names of the options."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from artextract.errors import SettingsError
from artextract.inputs.wording import reason

NOT_IN_A_FILE = frozenset(("config", "help", "version", "schema", "rules"))


def defaults_of(path: str, parameters: Sequence[click.Parameter]) -> dict[str, Any]:
    """What the file says, by parameter. Raises SettingsError for what is no TOML, no option, or of the wrong type."""
    options = {_key(option): option for option in parameters if isinstance(option, click.Option)}
    found: dict[str, Any] = {}
    for key, value in _table(path).items():
        option = options.get(key.replace("_", "-"))
        if option is None or option.name is None or key in NOT_IN_A_FILE:
            raise SettingsError(f"--config {path}: {key!r} is no option of a file; names are as in --help, without --")
        found[option.name] = _value(path, key, value, option)
    return found


def _key(option: click.Option) -> str:
    """The long name without its dashes (`-0` is called `nul`)."""
    name = max(option.opts, key=len)
    return name.lstrip("-") if name.startswith("--") else str(option.name)


def _table(path: str) -> dict[str, Any]:
    import tomllib

    try:
        with open(path, "rb") as file:
            return tomllib.load(file)
    except OSError as error:
        raise SettingsError(f"--config {path}: {reason(error)}; check the name") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"--config {path}: not valid TOML: {error}") from None


def _value(path: str, key: str, value: Any, option: click.Option) -> Any:
    if option.is_flag:
        if not isinstance(value, bool):
            raise SettingsError(f"--config {path}: {key} must be true or false")
        return value
    if option.multiple:
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(one, str) for one in values):
            raise SettingsError(f"--config {path}: {key} must be a text or a list of texts")
        return values
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise SettingsError(f"--config {path}: {key} must be a single value")
    return value
