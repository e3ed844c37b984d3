"""Features that only HTML has: elements around a block, their words, groups of blocks alike, subtrees."""

from __future__ import annotations

from collections import defaultdict

from artextract.classifier.features import Column, Columns, View, best_span, shifted, windowed
from artextract.model import Block, Element

TAGS = (
    "main",
    "article",
    "nav",
    "footer",
    "header",
    "aside",
    "form",
    "section",
    "table",
    "ul",
    "button",
    "a",
    "dialog",
)
FAR = 30  # ancestors that are looked at
TYPES = (
    ("article", ("article", "newsarticle", "blogposting", "reportagenewsarticle", "techarticle", "scholarlyarticle")),
    ("product", ("product", "productgroup", "offer", "aggregateoffer", "book", "softwareapplication")),
    ("forum", ("discussionforumposting", "qapage", "question", "socialmediaposting", "forum")),
    ("collection", ("collectionpage", "itemlist", "searchresultspage", "blog", "category")),
    ("business", ("localbusiness", "service", "profilepage", "aboutpage", "contactpage", "faqpage", "event")),
)


def markup_columns(view: View, shared: Columns) -> Columns:
    """All HTML features of a view's units."""
    chain = _Chains(view)
    columns = element_columns(view, chain)
    columns.update(group_columns(view, shared, columns))
    columns.update(subtree_columns(view, shared, chain))
    columns.update(type_columns(view))
    for name in ("near-odds", "far-odds"):
        for by in (-2, -1, 1, 2):
            columns[f"{name}@{by:+d}"] = shifted(columns[name], by)
        columns[f"{name}~5"] = windowed(columns[name], 5)
    return columns


class _Chains:
    """What is known of each element of a page, computed once per element and shared by the blocks below it."""

    def __init__(self, view: View) -> None:
        self.near_weights, self.far_weights = view.weights.near, view.weights.far
        self.own: dict[Element, tuple[int, int]] = {}
        self.far: dict[Element, int] = {}
        self.tags: dict[Element, tuple[int, ...]] = {}

    def own_odds(self, element: Element) -> tuple[int, int]:
        """Log-odds of an element's own tag and words, as a near and as a far ancestor."""
        found = self.own.get(element)
        if found is None:
            words = (element.tag, *element.words)
            near, far = self.near_weights.get, self.far_weights.get
            found = self.own[element] = (
                sum([near(w, 0) for w in words[:24]]),
                sum([far(w, 0) for w in words[:24]]),
            )
        return found

    def fill(self, element: Element) -> None:
        """Far odds and nearest tags of an element from those of its parent, outermost first (no recursion)."""
        missing = []
        at: Element | None = element
        while at is not None and at not in self.far:
            missing.append(at)
            at = at.parent
        for e in reversed(missing):
            parent = e.parent
            above = self.far[parent] if parent is not None else 0
            self.far[e] = max(-3000, min(3000, above + self.own_odds(e)[1]))
            tags = self.tags[parent] if parent is not None else (99,) * len(TAGS)
            self.tags[e] = tuple([0 if tag == e.tag else min(99, t + 1) for tag, t in zip(TAGS, tags, strict=True)])


def element_columns(view: View, chain: _Chains) -> Columns:
    """Odds of the words of the elements, distances to landmark tags, depth, hidden."""
    near: Column = []
    far: Column = []
    tags: list[tuple[int, ...]] = []
    depth: Column = []
    hidden: Column = []
    siblings: Column = []
    none = (99,) * len(TAGS)
    counts = _sibling_counts(view)
    for block in view.units:
        element = block.element
        if element is None:
            tags.append(none)
            for column in (near, far, depth, hidden, siblings):
                column.append(0)
            continue
        chain.fill(element)
        parent = element.parent
        grandparent = parent.parent if parent is not None else None
        odds = chain.own_odds(element)[0]
        odds += chain.own_odds(parent)[0] if parent is not None else 0
        odds += chain.own_odds(grandparent)[0] if grandparent is not None else 0
        near.append(max(-2000, min(2000, odds)))
        above = grandparent.parent if grandparent is not None else None
        far.append(chain.far[above] if above is not None else 0)
        tags.append(chain.tags[element])
        depth.append(min(60, element.depth))
        hidden.append(int(element.hidden))
        siblings.append(_siblings(element, counts))
    columns = {"near-odds": near, "far-odds": far, "depth": depth, "hidden": hidden, "siblings": siblings}
    for i, tag in enumerate(TAGS):
        columns[f"to-{tag}"] = [t[i] for t in tags]
    return columns


def _sibling_counts(view: View) -> dict[tuple[Element, str], int]:
    """How many children of one signature each element has, of those above blocks."""
    seen: set[Element] = set()
    counts: dict[tuple[Element, str], int] = defaultdict(int)
    for block in view.units:
        at = block.element
        while at is not None and at not in seen:
            seen.add(at)
            if at.parent is not None:
                counts[at.parent, at.signature] += 1
            at = at.parent
    return counts


def _siblings(element: Element, counts: dict[tuple[Element, str], int]) -> int:
    """The most siblings alike of the element and its next three ancestors: how much it is one of a series."""
    most = 0
    at: Element | None = element
    for _ in range(4):
        if at is None or at.parent is None:
            break
        most = max(most, counts[at.parent, at.signature])
        at = at.parent
    return min(99, most)


def group_columns(view: View, shared: Columns, own: Columns) -> Columns:
    """Blocks that share the path of tags and classes are one group: its size, text, links, spread and mean scores."""
    members: dict[tuple[str, ...], list[int]] = defaultdict(list)
    keys: dict[Element, tuple[str, ...]] = {}
    for i, block in enumerate(view.units):
        element = block.element
        if element is None:
            members[()].append(i)
            continue
        key = keys.get(element)
        if key is None:
            at: Element | None = element
            path: list[str] = []
            while at is not None and len(path) < FAR:
                path.append(at.signature)
                at = at.parent
            key = keys[element] = tuple(path)
        members[key].append(i)
    n = len(view.units)
    total = sum(view.mass) or 1
    names = ("group-size", "group-share", "group-mean", "group-links", "group-function", "group-spread", "group-odds")
    columns: Columns = {name: [0] * n for name in names}
    for places in members.values():
        size = len(places)
        mass = sum([view.mass[i] for i in places])
        figures = (
            min(200, size),
            1000 * mass // total,
            min(3000, mass // size),
            sum([shared["link-share"][i] for i in places]) // size,
            sum([shared["function-share"][i] for i in places]) // size,
            1000 * (places[-1] - places[0]) // n,
            sum([shared["word-odds"][i] for i in places]) // size,
        )
        for name, figure in zip(names, figures, strict=True):
            column = columns[name]
            for i in places:
                column[i] = figure
    return columns


def subtree_columns(view: View, shared: Columns, chain: _Chains) -> Columns:
    """Text, links and blocks below each of the nearest ancestors; whether the block is in the best subtrees."""
    totals: dict[Element, list[int]] = {}  # mass, linked mass, blocks, prose score
    for block, mass, link, function in zip(
        view.units, view.mass, shared["link-share"], shared["function-share"], strict=True
    ):
        free = mass * (1000 - min(1000, link)) // 1000
        score = free * (300 + function) // 400 - 40
        at = block.element
        linked = mass - free
        while at is not None:
            sums = totals.get(at)
            if sums is None:
                totals[at] = [mass, linked, 1, score]
            else:
                sums[0] += mass
                sums[1] += linked
                sums[2] += 1
                sums[3] += score
            at = at.parent
    total = sum(view.mass) or 1
    columns: Columns = {}
    for up in (1, 2, 3, 5):
        rows = [_above(block, up, totals) for block in view.units]
        columns[f"up{up}-share"] = [1000 * r[0] // total for r in rows]
        columns[f"up{up}-links"] = [1000 * r[1] // (r[0] or 1) for r in rows]
        columns[f"up{up}-blocks"] = [min(500, r[2]) for r in rows]
        columns[f"up{up}-score"] = [max(-500, min(3000, r[3] // r[2])) for r in rows]
    columns.update(_ancestry_columns(view, shared, totals, total))
    return columns


_NOTHING = [0, 0, 1, 0]


def _above(block: Block, up: int, totals: dict[Element, list[int]]) -> list[int]:
    """The sums of the ancestor `up` levels above a block, or of its highest one."""
    at = block.element
    if at is None:
        return _NOTHING
    for _ in range(up):
        if at.parent is None:
            break
        at = at.parent
    return totals[at]


def _ancestry_columns(view: View, shared: Columns, totals: dict[Element, list[int]], total: int) -> Columns:
    """Relation to the lowest common ancestor of the best span: inside or not, how deep, its share of the text."""
    values = [m * (1000 - min(1000, s)) // 1000 - 60 for m, s in zip(view.mass, shared["link-share"], strict=True)]
    start, end = best_span(values)
    anchor = _common_ancestor([b.element for b in view.units[start:end] if b.element is not None])
    inside: Column = []
    levels: Column = []
    path = {e: i for i, e in enumerate(anchor.ancestors())} if anchor is not None else {}
    known: dict[Element, int] = {}
    for block in view.units:
        at = block.element
        trail = []
        while at is not None and at not in path and at not in known:
            trail.append(at)
            at = at.parent
        level = 99 if at is None else known.get(at, path.get(at, 99))
        for number in trail:
            known[number] = level
        levels.append(min(level, 99))
        inside.append(int(level == 0))
    share = 1000 * totals[anchor][0] // total if anchor is not None else 0
    n = len(view.units)
    return {"anchor-inside": inside, "anchor-level": levels, "anchor-share": [share] * n}


def _common_ancestor(elements: list[Element]) -> Element | None:
    """The lowest element above most of `elements`: the deepest that holds at least three quarters of them."""
    counts: dict[Element, int] = defaultdict(int)
    for element in elements:
        for e in element.ancestors():
            counts[e] += 1
    best: Element | None = None
    for element in elements:
        for e in element.ancestors():
            if 4 * counts[e] >= 3 * len(elements):
                if best is None or e.depth > best.depth:
                    best = e
                break
    return best


def type_columns(view: View) -> Columns:
    """What the page calls itself: JSON-LD, microdata and og types."""
    said = {t.lower().rsplit("/", 1)[-1] for t in view.document.reading.page.types}
    n = len(view.units)
    columns = {f"type-{name}": [int(bool(said.intersection(names)))] * n for name, names in TYPES}
    columns["article-tags"] = [min(20, _article_tags(view))] * n
    return columns


def _article_tags(view: View) -> int:
    """How many <article> elements hold blocks: one is an article, many are a list."""
    found: set[Element] = set()
    seen: set[Element] = set()
    for block in view.units:
        at = block.element
        while at is not None and at not in seen:
            seen.add(at)
            if at.tag == "article":
                found.add(at)
            at = at.parent
    return len(found)
