"""The file of --config: TOML with the names of the options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from artextract.errors import SettingsError
from artextract.inputs.wording import reason

NOT_IN_A_FILE = frozenset(("config", "help", "version", "schema", "rules", "check", "completion", "man"))


def defaults_of(path: str, parameters: Sequence[click.Parameter]) -> dict[str, Any]:
    """What the file says, by parameter. Raises SettingsError for what is no TOML, no option, or of the wrong type."""
    options = {_key(option): option for option in parameters if isinstance(option, click.Option)}
    found: dict[str, Any] = {}
    text = _text(path)
    for key, value in _table(path, text).items():
        where = f"{path}, line {_line_of(text, key)}"
        option = options.get(key.replace("_", "-"))
        if option is None or option.name is None or key in NOT_IN_A_FILE:
            raise SettingsError(f"--config {where}: {key!r} is no option of a file; {_hint(key, options)}")
        found[option.name] = _value(where, key, value, option)
    return found


def _hint(key: str, options: Mapping[str, click.Option]) -> str:
    """The name that was perhaps meant."""
    from difflib import get_close_matches

    near = get_close_matches(key.replace("_", "-"), options.keys() - NOT_IN_A_FILE, n=1)
    return f"did you mean {near[0]!r}" if near else "names are as in --help, without --"


def _line_of(text: str, key: str) -> int:
    """The line of the file on which a key (or its table) stands."""
    spelled = (key, f'"{key}"', f"'{key}'")
    for number, line in enumerate(text.splitlines(), 1):
        if line.partition("=")[0].strip().strip("[]").strip() in spelled:
            return number
    return 1


def _key(option: click.Option) -> str:
    """The long name without its dashes (`-0` is called `nul`)."""
    name = max(option.opts, key=len)
    return name.lstrip("-") if name.startswith("--") else str(option.name)


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except OSError as error:
        raise SettingsError(f"--config {path}: {reason(error)}; check the name") from None
    except UnicodeDecodeError:
        raise SettingsError(f"--config {path}: not UTF-8; save it as UTF-8") from None


def _table(path: str, text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"--config {path}: not valid TOML: {error}; mend that line") from None


def _value(where: str, key: str, value: Any, option: click.Option) -> Any:
    if option.is_flag:
        if not isinstance(value, bool):
            raise SettingsError(f"--config {where}: {key} must be true or false")
        return value
    if option.multiple:
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(one, str) for one in values):
            raise SettingsError(f"--config {where}: {key} must be a text or a list of texts")
        return values
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise SettingsError(f"--config {where}: {key} must be a single value")
    return value
