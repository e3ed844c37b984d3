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
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from artextract.batch.entry import key_of
from artextract.batch.frames import Message
from artextract.batch.sketch import sketch_from
from artextract.inputs.found import Held, Input, Met
from artextract.model import SiteProfile

if TYPE_CHECKING:
    from artextract.article import Article

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


def site_of(thing: Input | Held) -> str:
    """The site that a document belongs to: its address's host, else the folder or the container that it lies in."""
    if isinstance(thing, Held):
        host = urlsplit(thing.content.url or "").hostname
        return host or f"{thing.input.path}!/{os.path.dirname(thing.content.name)}"
    return os.path.dirname(thing.path).replace(os.sep, "/")


class Sampling:
    """The sample of each site: gathered in one pass over the names, read in another."""

    def __init__(self, fewest: int) -> None:
        self._fewest = fewest
        self._sites: dict[str, list[tuple[int, bytes]]] = {}
        self._sizes: Counter[str] = Counter()

    def add(self, thing: Input | Held) -> None:
        """Take note of a document."""
        site = site_of(thing)
        self._sizes[site] += 1
        document = thing.input if isinstance(thing, Held) else thing
        name = os.fsencode("/".join(document.name))
        rank = -int.from_bytes(hashlib.blake2b(name, digest_size=8).digest(), "big")
        kept = self._sites.setdefault(site, [])
        entry = (rank, key_of(document.path, document.member))
        if len(kept) < SAMPLE:
            heapq.heappush(kept, entry)
        else:
            heapq.heappushpop(kept, entry)

    def expected(self) -> dict[str, int]:
        """The sites to learn, with how many pages will be asked for."""
        return {site: len(kept) for site, kept in self._sites.items() if self._sizes[site] >= self._fewest}

    def requests(self, found: Iterable[Met]) -> Iterator[tuple[str, Message]]:
        """A request for each page of the samples, out of all that there is."""
        sites = self.expected()
        chosen = {key for site in sites for _, key in self._sites[site]}
        for thing in found:
            if not isinstance(thing, Input | Held):
                continue
            document = thing.input if isinstance(thing, Held) else thing
            if key_of(document.path, document.member) in chosen:
                yield (site := site_of(thing)), _request(thing, document, site)


def _request(thing: Input | Held, document: Input, site: str) -> Message:
    header = {"path": document.path, "member": document.member, "site": site}
    if isinstance(thing, Held):
        return Message({**header, "content": thing.content.header()}, thing.content.data)
    return Message(header)


def learning(setup: Mapping[str, Any]) -> Callable[[Message], Message]:
    """A worker's function: the hashes of a page's lines and the sketch of its body."""
    from artextract.batch.task import article_of, content_of, order_of
    from artextract.errors import ArtextractError
    from artextract.inputs.opening import content, opened
    from artextract.inputs.wording import shown

    order = order_of(setup)

    def answer(request: Message) -> Message:
        path, said = request.header["path"], content_of(request)
        try:
            found = opened(path, order.settings) if said is None else content(said, order.settings)
            article, _ = article_of(found, shown(path), order)
        except ArtextractError:
            return Message({"lines": [], "sketch": ""})
        return Message(page_votes(article, request.header["site"]))

    return answer


def page_votes(article: Article, site: str) -> dict[str, Any]:
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


def profiles_of(
    replies: Iterable[tuple[str, Mapping[str, Any] | None]], expected: Mapping[str, int]
) -> Iterator[SiteProfile]:
    """The profiles that the replies of workers (None: a failure) add up to; each site's is made with its last reply."""
    left = dict(expected)
    open_votes: dict[str, Votes] = {}
    for site, found in replies:
        votes = open_votes.setdefault(site, Votes(site))
        if found is not None:
            votes.add(found["lines"], found["sketch"])
        left[site] -= 1
        if not left[site] and (profile := open_votes.pop(site).profile()) is not None:
            yield profile
    for votes in open_votes.values():  # pages have vanished
        if (profile := votes.profile()) is not None:
            yield profile
