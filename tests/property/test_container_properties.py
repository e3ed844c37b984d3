"""Containers that are cut and flipped anywhere: every member or failure is accounted for, and nothing else is raised."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artextract import Settings
from artextract.errors import ArtextractError
from artextract.inputs.container import slug
from artextract.inputs.found import Content, Held, Input, Skipped, Unreadable
from artextract.inputs.http import decoded, head_of
from artextract.inputs.opened import Opener, documents
from artextract.inputs.opening import content

spec = importlib.util.spec_from_file_location("containers", Path(__file__).parents[1] / "unit" / "containers.py")
assert spec is not None and spec.loader is not None
containers = importlib.util.module_from_spec(spec)
spec.loader.exec_module(containers)

SAMPLES: dict[str, bytes] = containers.samples()
LIMITS = Settings(max_input_bytes=100_000)

damage = st.tuples(
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), max_size=6),  # flips
    st.floats(0.05, 1),  # cut
    st.binary(max_size=40),  # put in
    st.floats(0, 1),
)


def damaged(raw: bytes, how: tuple[list[tuple[float, int]], float, bytes, float]) -> bytes:
    flips, cut, junk, where = how
    data = bytearray(raw)
    for at, mask in flips:
        data[int(at * len(data))] ^= mask
    data = data[: max(1, int(cut * len(data)))]
    at = int(where * len(data))
    return bytes(data[:at] + junk + data[at:])


def survives(path: Path) -> None:
    """Each thing is a document, a failure with its reason, or skipped; a document opens or says why not."""
    for thing in documents([Input(str(path), (path.name,))], Opener(LIMITS)):
        if isinstance(thing, Held):
            assert not any(part in ("", ".", "..") or "/" in part for part in thing.input.name)
            try:
                content(thing.content, LIMITS)
            except ArtextractError as error:
                assert str(error)
        elif isinstance(thing, Unreadable):
            assert thing.message and "\n" not in thing.message
        else:
            assert isinstance(thing, Input | Skipped)


@pytest.mark.parametrize("name", sorted(SAMPLES))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(how=damage)
def test_damage_anywhere_costs_members_and_never_the_run(tmp_path: Path, name: str, how: tuple) -> None:  # type: ignore[type-arg]
    path = tmp_path / name
    path.write_bytes(damaged(SAMPLES[name], how))
    survives(path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(SAMPLES)), st.binary(max_size=300))
def test_any_bytes_under_any_suffix(tmp_path: Path, name: str, raw: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    survives(path)


@settings(max_examples=100, deadline=None)
@given(how=damage)
def test_a_damaged_mail_opens_or_says_why(how: tuple) -> None:  # type: ignore[type-arg]
    try:
        content(Content(damaged(SAMPLES["page.mhtml"], how), name="x.mhtml"), LIMITS)
    except ArtextractError as error:
        assert str(error)


@given(st.binary(max_size=200), st.lists(st.sampled_from(["chunked", "gzip", "deflate", "x-gzip", "?"]), max_size=5))
def test_bodies_of_any_bytes(body: bytes, codings: list[str]) -> None:
    head_of(b"HTTP/1.1 " + body)
    try:
        decoded(body, tuple(codings), 10_000)
    except ArtextractError as error:
        assert str(error)


@given(st.text(max_size=300))
def test_a_slug_is_one_part_of_a_path(name: str) -> None:
    found = slug(name)
    assert "/" not in found and "\0" not in found and found not in (".", "..") and len(found) <= 80
