"""Patterns that are compiled when first used: each of them can be, and what is on the way of every start is not."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import artextract
from artextract.lazy import lazy_pattern

MODULES = [found.name for found in pkgutil.walk_packages(artextract.__path__, "artextract.")]


@pytest.mark.parametrize("name", [name for name in MODULES if not name.endswith("__main__")])
def test_every_pattern_compiles(name: str) -> None:
    for value in vars(importlib.import_module(name)).values():
        if type(value) is type(lazy_pattern("")):
            assert re.compile(value.pattern, value.flags).flags == value.flags


def test_behaves_as_a_pattern() -> None:
    lazy, compiled = lazy_pattern("(A)b", re.IGNORECASE), re.compile("(A)b", re.IGNORECASE)
    assert lazy.sub("-", "abAB") == compiled.sub("-", "abAB") == "--"
    assert (lazy.flags, lazy.groups, lazy.pattern) == (compiled.flags, compiled.groups, compiled.pattern)
    with pytest.raises(re.error):
        lazy_pattern("(").search("")
