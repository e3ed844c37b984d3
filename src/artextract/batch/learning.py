"""Learning which lines a site repeats, from a sample of its pages.

The sample are the pages whose names have the smallest hashes, so that the order of the inputs does not matter. A page
whose body repeats that of another one of the sample has no vote of its own: an article that stands on two pages of a
site is a duplicate, not furniture.
"""

from __future__ import annotations

import hashlib
import heapq
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from artextract.batch.frames import Message
from artextract.batch.sketch import sketch_from
from artextract.inputs.found import Input
from artextract.model import SiteProfile

TASK = "artextract.batch.learning:learning"

SAMPLE = 60
"""Pages of a site that are read, at most."""

FEWEST = 5
"""Documents of a site from which on `auto` learns; `on` needs three that differ."""

LEAST_PAGES = 3
LEAST_SHARE = 0.2
"""A line is in the profile when at least so many pages, and such a share of them, have it."""

SAME_BANDS = 4
"""Two bodies that agree in so many bands have one vote."""


def site_of(document: Input) -> str:
    """The site that a document belongs to: the folder that it lies in."""
    return os.path.dirname(document.path).replace(os.sep, "/")


class Sampling:
    """The sample of each site, gathered in one pass over the names."""

    def __init__(self, fewest: int) -> None:
        self._fewest = fewest
        self._sites: dict[str, list[tuple[int, str]]] = {}
        self._sizes: Counter[str] = Counter()

    def add(self, document: Input) -> None:
        """Take note of a document."""
        site = site_of(document)
        self._sizes[site] += 1
        name = os.fsencode("/".join(document.name))
        rank = -int.from_bytes(hashlib.blake2b(name, digest_size=8).digest(), "big")
        kept = self._sites.setdefault(site, [])
        if len(kept) < SAMPLE:
            heapq.heappush(kept, (rank, document.path))
        else:
            heapq.heappushpop(kept, (rank, document.path))

    def requests(self) -> Iterator[tuple[str, Message]]:
        """A request for each page of the samples, site by site."""
        for site in sorted(site for site, size in self._sizes.items() if size >= self._fewest):
            for _, path in sorted(self._sites[site]):
                yield site, Message({"path": path, "site": site})


def learning(setup: Mapping[str, Any]) -> Callable[[Message], Message]:
    """A worker's function: the hashes of a page's lines and the sketch of its body."""
    from artextract.batch.task import article_of, order_of
    from artextract.errors import ArtextractError
    from artextract.inputs.opening import opened
    from artextract.inputs.wording import shown

    order = order_of(setup)

    def answer(request: Message) -> Message:
        path = request.header["path"]
        try:
            article, _ = article_of(opened(path, order.settings), shown(path), order)
        except ArtextractError:
            return Message({"lines": [], "sketch": ""})
        return Message(page_votes(article, request.header["site"]))

    return answer


def page_votes(article: Any, site: str) -> dict[str, Any]:
    """The hashes of a page's lines, and the sketch of its body."""
    from artextract.batch.sketch import sketch_of, tokens_of
    from artextract.site import hashes_of

    tokens = tokens_of(article.text)
    return {
        "lines": sorted(hashes_of(article.document.blocks, site)),
        "sketch": sketch_of(tokens).text() if tokens else "",
    }


class Votes:
    """The lines of one site, each with the number of pages that have it."""

    def __init__(self, site: str) -> None:
        self.site = site
        self._pages = 0
        self._lines: Counter[str] = Counter()
        self._bodies: list[frozenset[int]] = []

    def add(self, lines: Iterable[str], sketch: str) -> None:
        """Count one page, unless its body is one that has voted, or it has none."""
        if not sketch:
            return
        bands = frozenset(sketch_from(sketch).bands)
        if any(len(bands & body) >= SAME_BANDS for body in self._bodies):
            return
        self._bodies.append(bands)
        self._pages += 1
        self._lines.update(lines)

    def profile(self) -> SiteProfile | None:
        """The profile; None where too few pages differ, or nothing repeats."""
        if self._pages < LEAST_PAGES:
            return None
        enough = max(LEAST_PAGES, LEAST_SHARE * self._pages)
        lines = sorted((line, times / self._pages) for line, times in self._lines.items() if times >= enough)
        return SiteProfile(self.site, self._pages, tuple(lines)) if lines else None


def profiles_of(replies: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[SiteProfile]:
    """The profiles that the replies of workers, site by site, add up to."""
    votes: Votes | None = None
    for site, found in replies:
        if votes is None or votes.site != site:
            yield from _closed(votes)
            votes = Votes(site)
        votes.add(found["lines"], found["sketch"])
    yield from _closed(votes)


def _closed(votes: Votes | None) -> Iterator[SiteProfile]:
    if votes is not None and (profile := votes.profile()) is not None:
        yield profile
