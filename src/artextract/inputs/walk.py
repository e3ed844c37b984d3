"""From arguments to documents: directories are walked in sorted order, one listing in memory at a time."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import field

from artextract.inputs.found import STDIN, Found, Input, Skipped, Unreadable
from artextract.inputs.globs import matches, names_suffix
from artextract.inputs.opening import looks_like_text, special
from artextract.inputs.suffixes import CONTAINERS, TAKEN, plain, suffix_of
from artextract.inputs.wording import reason
from artextract.records import record

Identity = tuple[int, int]  # device and inode


@record(frozen=True, slots=True)
class Filters:
    """Which files of a directory are taken. `outputs` are the run's own files and folders: never taken."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    max_depth: int | None = None
    follow: bool = False
    outputs: frozenset[Identity] = frozenset()


_ALL = Filters()


def find(paths: Iterable[str], filters: Filters = _ALL, suffix: str = "") -> Iterator[Found]:
    """Everything that the arguments lead to. A file that is named is always tried; a directory is searched.

    `suffix` is what an output's name adds to the input's; it only matters for `Input.crowded`.
    """
    if suffix:
        paths = list(paths)
    crowd = _crowded_roots(paths, suffix) if suffix else frozenset()
    for path in paths:
        if path == STDIN:
            yield Input(STDIN, ("stdin",))
        elif os.path.isdir(path):
            yield from _search(path, filters, suffix, crowd)
        else:
            name = base_name(path)
            yield Input(path, (name,), crowded=(0,) if folded(name + suffix) in crowd else ())


def _crowded_roots(paths: Iterable[str], suffix: str) -> frozenset[str]:
    return _repeated(folded(base_name(path) + ("" if os.path.isdir(path) else suffix)) for path in paths)


def _repeated(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name for name, times in Counter(names).items() if times > 1)


def base_name(path: str) -> str:
    """The name under which a root is mirrored.

    >>> base_name("corpus/news/"), base_name("/")
    ('news', 'root')
    """
    if path == STDIN:
        return "stdin"
    name = os.path.basename(os.path.normpath(path))
    if name in ("", ".", ".."):
        name = os.path.basename(os.path.abspath(path))
    return name or "root"


@record(frozen=True, slots=True)
class _Folder:
    """A directory that is being walked: where it is and its name in the mirrored tree."""

    path: str
    name: tuple[str, ...]
    crowded: tuple[int, ...] = ()

    def below(self, name: str) -> tuple[str, ...]:
        """The path of an entry below the root, as its parts."""
        return (*self.name[1:], name)


@record(frozen=True, slots=True)
class _Listing:
    """What a directory holds beside the entry in hand: `pages` without suffix, folded names that occur twice."""

    folder: _Folder
    pages: frozenset[str]
    crowd: frozenset[str]

    def crowded(self, name: str) -> tuple[int, ...]:
        """The crowded positions of an entry whose output has this name."""
        here = (len(self.folder.name),) if folded(name) in self.crowd else ()
        return (*self.folder.crowded, *here)


@record(frozen=True, slots=True)
class _Walk:
    filters: Filters
    suffix: str
    seen: set[Identity] = field(default_factory=set)  # directories, where links are followed


def _search(root: str, filters: Filters, suffix: str, crowd: frozenset[str]) -> Iterator[Found]:
    """The documents below a directory. A stack of listings, no recursion: trees may be deep."""
    walk = _Walk(filters, suffix)
    name = base_name(root)
    stack = [_list(_Folder(root, (name,), (0,) if folded(name) in crowd else ()), walk)]
    while stack:
        found = next(stack[-1], None)
        if found is None:
            stack.pop()
        elif isinstance(found, _Folder):
            stack.append(_list(found, walk))
        else:
            yield found


def _list(folder: _Folder, walk: _Walk) -> Iterator[Found | _Folder]:
    try:
        if walk.filters.follow and not _first_visit(folder.path, walk):
            yield Skipped(folder.path, "visited before")
            return
        with os.scandir(folder.path) as entries:
            ordered = sorted(entries, key=lambda entry: os.fsencode(entry.name), reverse=True)
    except OSError as error:
        yield Unreadable(folder.path, f"cannot list the folder: {reason(error)}; check its permissions")
        return
    listing = _Listing(folder, _pages(ordered), _crowd(ordered, walk.suffix))
    while ordered:  # from its end, so that a listing of a million shrinks as it is worked off
        yield _entry(ordered.pop(), listing, walk)


def _first_visit(path: str, walk: _Walk) -> bool:
    status = os.stat(path)
    identity = (status.st_dev, status.st_ino)
    if identity in walk.seen:
        return False
    walk.seen.add(identity)
    return True


def _entry(entry: os.DirEntry[str], listing: _Listing, walk: _Walk) -> Found | _Folder:
    if entry.name.startswith("."):
        return Skipped(entry.path, "hidden")
    if _is_output(entry, walk.filters.outputs):
        return Skipped(entry.path, "the output itself")
    if entry.name.endswith(".manifest.jsonl"):
        return Skipped(entry.path, "the manifest of an output")
    below = listing.folder.below(entry.name)
    if any(matches(below, pattern) for pattern in walk.filters.exclude):
        return Skipped(entry.path, "excluded")
    if _is_folder(entry):
        return _subfolder(entry, listing, walk.filters)
    return _untaken(entry, below, walk.filters) or _file(entry, listing, walk.suffix)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_output(entry: os.DirEntry[str], outputs: frozenset[Identity]) -> bool:
    if not any(entry.inode() == inode for _, inode in outputs):
        return False
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    return (status.st_dev, status.st_ino) in outputs


def _subfolder(entry: os.DirEntry[str], listing: _Listing, filters: Filters) -> Found | _Folder:
    page = entry.name.removesuffix("_files")
    if page != entry.name and page in listing.pages:
        return Skipped(entry.path, "assets of a page")
    if entry.is_symlink() and not filters.follow:
        return Skipped(entry.path, "link to a folder")
    folder = listing.folder
    if filters.max_depth is not None and len(folder.name) >= filters.max_depth:
        return Skipped(entry.path, "too deep")
    return _Folder(entry.path, (*folder.name, entry.name), listing.crowded(entry.name))


def _untaken(entry: os.DirEntry[str], below: tuple[str, ...], filters: Filters) -> Skipped | None:
    """Why a file is not taken, by its name."""
    chosen = [pattern for pattern in filters.include if matches(below, pattern)]
    if filters.include and not chosen:
        return Skipped(entry.path, "not included")
    suffix = suffix_of(entry.name)
    if not suffix or suffix in TAKEN or any(names_suffix(pattern, suffix) for pattern in chosen):
        return None
    return Skipped(entry.path, "another suffix")


def _file(entry: os.DirEntry[str], listing: _Listing, suffix: str) -> Found:
    problem = _problem(entry)
    if not suffix_of(entry.name):
        if problem is not None:
            return Skipped(entry.path, "no file")
        try:
            if not looks_like_text(entry.path):
                return Skipped(entry.path, "no text")
        except OSError as error:
            problem = f"{reason(error)}; check its permissions"
    if problem is not None:
        return Unreadable(entry.path, problem)
    output = f"{entry.name}.d" if suffix_of(entry.name) in CONTAINERS else f"{entry.name}{suffix}"
    return Input(entry.path, (*listing.folder.name, entry.name), crowded=listing.crowded(output))


def _problem(entry: os.DirEntry[str]) -> str | None:
    """What is wrong with an entry that is neither a regular file nor a link to one."""
    try:
        return special(entry.stat().st_mode)
    except FileNotFoundError:
        return "a link that leads nowhere; remove it or restore its target"
    except OSError as error:
        return f"{reason(error)}; remove it or repair it"


def _pages(entries: Iterable[os.DirEntry[str]]) -> frozenset[str]:
    """The names, without suffix, of what a browser may have saved assets for."""
    found = (plain(entry.name).rpartition(".") for entry in entries)
    return frozenset(stem for stem, _, suffix in found if suffix in ("html", "htm"))


def _crowd(entries: Iterable[os.DirEntry[str]], suffix: str) -> frozenset[str]:
    """The folded output names of a folder that occur more than once.

    All entries count, taken or not: a name must not depend on the filters of a run. Folders count as they are, files
    with the suffix of their output; without a suffix there is no output folder to care for.
    """
    if not suffix:
        return frozenset()
    return _repeated(name for entry in entries for name in _output_names(entry, suffix))


def _output_names(entry: os.DirEntry[str], suffix: str) -> Iterator[str]:
    """What may stand in the output folder for an entry: a container's members go to a folder of their own."""
    if _is_folder(entry):
        yield folded(entry.name)
        return
    yield folded(f"{entry.name}{suffix}")
    if suffix_of(entry.name) in CONTAINERS:
        yield folded(f"{entry.name}.d")


def folded(name: str) -> str:
    """What a case-folding file system makes of a name (its own rules differ in rare letters; this merges more)."""
    return name.lower() if name.isascii() else unicodedata.normalize("NFC", name).casefold()
