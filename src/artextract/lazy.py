"""Patterns that are compiled when they are first used.

`re` takes up to some milliseconds for a pattern with classes of foreign letters, and a run over one small file needs
few of the patterns that the modules on its way hold: a start would cost ten times the work.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


def lazy_pattern(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, but the work is done at the first use, and so is the complaint about a bad pattern.

    >>> word = lazy_pattern(r"[a-z]+")
    >>> word.findall("one 2 three"), word.pattern
    (['one', 'three'], '[a-z]+')
    """
    return cast("re.Pattern[AnyStr]", _Lazy(pattern, flags))


class _Lazy:
    """Stands for a compiled pattern, whose methods it takes over as its own when one of them is first asked for."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._given = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._given)
        for taken in ("search", "match", "fullmatch", "findall", "finditer", "sub", "split"):
            setattr(self, taken, getattr(compiled, taken))
        return getattr(compiled, name)
