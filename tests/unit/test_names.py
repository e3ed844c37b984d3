"""Output names: they mirror the input, none leaves DIR, none is merged with another, each from its path alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artextract.batch.names import LONGEST, output_name, same_root
from artextract.batch.output import FolderSink
from artextract.errors import OutputError
from artextract.inputs.found import Input
from artextract.inputs.walk import base_name, find, folded

PART = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=300).filter(
    lambda name: name not in (".", "..")
)


def names_in(folder: Path, suffix: str = ".json") -> dict[str, str]:
    """Path below the folder's parent -> output name, for a walk of the folder."""
    found = [thing for thing in find([str(folder)], suffix=suffix) if isinstance(thing, Input)]
    return {
        os.path.relpath(thing.path, folder.parent).replace(os.sep, "/"): "/".join(output_name(thing, suffix))
        for thing in found
    }


def test_a_name_is_the_input_s_with_the_suffix_of_the_format() -> None:
    assert output_name(Input("x/in/a.html", ("in", "a.html")), ".json") == ("in", "a.html.json")


@given(st.lists(PART, min_size=1, max_size=5), st.sampled_from([".txt", ".json", ".explain"]))
def test_any_name_fits_a_file_system_and_stays_below_the_folder(parts: list[str], suffix: str) -> None:
    made = output_name(Input("/".join(parts), tuple(parts)), suffix)
    assert len(made) == len(parts)
    assert all(len(os.fsencode(part)) <= LONGEST and "/" not in part and part not in ("", ".", "..") for part in made)
    assert made[-1].endswith(suffix)


@given(st.lists(PART, min_size=2, max_size=6, unique=True))
def test_different_long_names_stay_different(names: list[str]) -> None:
    long = [name[:40] + "x" * 300 + name for name in names]
    assert len({output_name(Input(name, (name,)), ".json") for name in long}) == len(names)


@pytest.mark.parametrize("part", ["", ".", "..", "a/b", "a\0b"])
def test_what_is_no_name_is_refused(part: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        output_name(Input("x", ("in", part)), ".json")


def test_names_that_differ_in_case_or_unicode_form_get_a_hash_of_their_path(tmp_path: Path) -> None:
    root = tmp_path / "in"
    for name in ("A.html", "a.html", "b.html", "Sub/x.html", "sub/x.html", "e\u0301.html", "\u00e9.html"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("<p>page")
    names = names_in(root)
    assert names["in/b.html"] == "in/b.html.json"
    assert names["in/A.html"].startswith("in/A.html~")
    assert len({folded(name) for name in names.values()}) == len(names) == 7
    (root / "b.txt").write_text("one more")
    (root / "A.html").unlink()
    (root / "A.html").write_text("<p>page")
    assert names_in(root)["in/A.html"] == names["in/A.html"]


def test_a_page_and_a_folder_called_like_its_output_do_not_collide(tmp_path: Path) -> None:
    root = tmp_path / "in"
    (root / "a.html.json").mkdir(parents=True)
    (root / "a.html.json" / "b.txt").write_text("page")
    (root / "a.html").write_text("<p>page")
    names = names_in(root)
    sink = FolderSink(str(tmp_path / "out"), ".json", overwrite=False)
    sink.start()
    for thing in find([str(root)], suffix=".json"):
        assert isinstance(thing, Input)
        sink.write(thing, b"{}")
    assert len(names) == len([path for path in (tmp_path / "out").rglob("*") if path.is_file()]) == 2


def test_two_roots_of_one_name_are_told(tmp_path: Path) -> None:
    (tmp_path / "x" / "in").mkdir(parents=True)
    (tmp_path / "y" / "in").mkdir(parents=True)
    one, two = str(tmp_path / "x" / "in"), str(tmp_path / "y" / "in") + "/"
    assert same_root([one, two], ".json") == (one, two)
    assert same_root([one, "in.html", "in"], ".json") is None
    assert same_root(["a/page.html", "b/page.html"], ".json") == ("a/page.html", "b/page.html")


def test_roots_that_differ_in_case_get_hashes() -> None:
    found = [output_name(thing, ".txt")[0] for thing in find(["A.txt", "a.txt"], suffix=".txt") if type(thing) is Input]
    assert len({folded(name) for name in found}) == 2


@pytest.mark.parametrize(
    ("path", "name"), [("a/b/", "b"), ("a/b/.", "b"), ("a/../c", "c"), ("/", "root"), ("-", "stdin"), ("a//b", "b")]
)
def test_base_names(path: str, name: str) -> None:
    assert base_name(path) == name


def test_the_base_name_of_here_is_the_folder_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "corpus").mkdir()
    monkeypatch.chdir(tmp_path / "corpus")
    assert base_name(".") == "corpus"


def test_a_link_in_the_output_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "in").symlink_to(tmp_path / "elsewhere")
    sink = FolderSink(str(tmp_path / "out"), ".txt", overwrite=True)
    sink.start()
    with pytest.raises(OutputError):
        sink.write(Input("in/a.txt", ("in", "a.txt")), b"text")
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_record_replaces_a_link_and_not_its_target(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("precious")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt.txt").symlink_to(tmp_path / "target")
    sink = FolderSink(str(tmp_path / "out"), ".txt", overwrite=True)
    sink.start()
    sink.write(Input("a.txt", ("a.txt",)), b"text")
    assert (tmp_path / "target").read_text() == "precious"
    assert (tmp_path / "out" / "a.txt.txt").read_text() == "text"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [".artextract", "a.txt.txt"]
