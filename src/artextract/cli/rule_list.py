"""The rules, for --rules: each with its reason and examples, so that nobody has to read the data files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from artextract.cli.console import safe
from artextract.errors import SettingsError

if TYPE_CHECKING:
    from artextract.rules import Rule


def rule_list(rule_id: str) -> str:
    """All rules, one line each; or one rule at length. Raises SettingsError for an id that no rule has."""
    from artextract.rules import all_rules, rule

    if not rule_id:
        return "".join(f"{r.id}\t{r.label}\t{r.certainty}\t{r.where}\t{safe(r.reason)}\n" for r in all_rules())
    found = rule(rule_id)
    if found is None:
        raise SettingsError(f"--rules {rule_id}: there is no such rule; --rules lists all")
    return _at_length(found)


def proved(own: str | None) -> str:
    """Every rule held against its examples, and those of the file `own`; how many there are.

    Raises SettingsError that names the first rule that does not live up to them.
    """
    from artextract.rules import all_rules, check, parse_rules

    rules = [found for found in all_rules() if found.where != "stage"]
    for found in rules:
        if problems := check(found):
            raise SettingsError(f"rule {found.id}: {problems[0]}; report it")
    text = f"{len(rules)} rules: each matches all its hits and none of its misses\n"
    if own is not None:
        from artextract.cli.given import rules_text

        text += f"{safe(own)}: {len(parse_rules(rules_text(own)))} rules, all proved\n"
    return text


def _at_length(found: Rule) -> str:
    lines = [
        found.id,
        f"  label      {found.label}",
        f"  certainty  {found.certainty}",
        f"  where      {found.where}",
        f"  reason     {found.reason}",
    ]
    if found.pattern:
        lines += [f"  pattern    {found.pattern}", f"  longest    {found.max_chars} characters"]
    lines += [f"  hits       {text}" for text in found.hits]
    lines += [f"  misses     {text}" for text in found.misses]
    return "".join(f"{safe(line)}\n" for line in lines)
