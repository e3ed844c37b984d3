"""Features that only HTML has: elements around a block, their words, groups of blocks alike, subtrees."""

from __future__ import annotations

from collections.abc import Sequence

from artextract.classifier.features import Column, Columns, View, best_span, shifted, windowed
from artextract.model import Element

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
LEAD_REACH = 25  # units below the title in which the lead is looked for
LEAD_MASS = 60
TYPES = (
    ("article", ("article", "newsarticle", "blogposting", "reportagenewsarticle", "techarticle", "scholarlyarticle")),
    ("product", ("product", "productgroup", "offer", "aggregateoffer", "book", "softwareapplication")),
    ("forum", ("discussionforumposting", "qapage", "question", "socialmediaposting", "forum")),
    ("collection", ("collectionpage", "itemlist", "searchresultspage", "blog", "category")),
    ("business", ("localbusiness", "service", "profilepage", "aboutpage", "contactpage", "faqpage", "event")),
)


class Tree:
    """The elements above a view's units as lists, parents before children, so that sums run bottom-up in one pass.

    `parent[i]` is the place of the parent (-1 for the root), `of_unit[u]` the place of a unit's element (-1 for
    none).
    """

    def __init__(self, view: View) -> None:
        self.elements: list[Element] = []
        self.parent: list[int] = []
        places: dict[Element, int] = {}
        self.of_unit = [self._place(block.element, places) for block in view.units]
        self._above = [self.of_unit]
        self._groups: list[int] | None = None

    def _place(self, element: Element | None, places: dict[Element, int]) -> int:
        missing: list[Element] = []
        while element is not None and element not in places:
            missing.append(element)
            element = element.parent
        at = places[element] if element is not None else -1
        for e in reversed(missing):
            self.elements.append(e)
            self.parent.append(at)
            at = places[e] = len(self.elements) - 1
        return at

    def totals(self, values: Sequence[int]) -> Column:
        """For each element the sum of the values of all units below it."""
        sums = [0] * len(self.elements)
        for at, value in zip(self.of_unit, values, strict=True):
            if at >= 0:
                sums[at] += value
        parent = self.parent
        for i in range(len(sums) - 1, 0, -1):
            above = parent[i]
            if above >= 0:
                sums[above] += sums[i]
        return sums

    def above(self, levels: int) -> list[int]:
        """For each unit the place of the element `levels` above its own, or of the highest one."""
        while len(self._above) <= levels:
            parent = [up if up >= 0 else at for at, up in enumerate(self.parent)]
            parent.append(-1)  # the last place is that of -1: no element
            self._above.append([parent[at] for at in self._above[-1]])
        return self._above[levels]

    def groups(self) -> list[int]:
        """For each unit the number of its group: units whose elements have the same signatures up to the root."""
        if self._groups is not None:
            return self._groups
        keys: dict[tuple[int, str], int] = {}
        group: list[int] = []
        for element, above in zip(self.elements, self.parent, strict=True):
            key = (group[above] if above >= 0 else -1, element.signature)
            group.append(keys.setdefault(key, len(keys)))
        self._groups = [group[at] if at >= 0 else -1 for at in self.of_unit]
        return self._groups


def markup_columns(view: View, tree: Tree, shared: Columns) -> Columns:
    """All HTML features of a view's units."""
    columns = element_columns(view, tree)
    columns.update(group_columns(view, tree, shared))
    columns.update(subtree_columns(view, tree, shared))
    columns.update(type_columns(view, tree))
    for name in ("near-odds", "far-odds"):
        for by in (-2, -1, 1, 2):
            columns[f"{name}@{by:+d}"] = shifted(columns[name], by)
        columns[f"{name}~5"] = windowed(columns[name], 5)
    return columns


def element_columns(view: View, tree: Tree) -> Columns:
    """Odds of the words of the elements, distances to landmark tags, depth, hidden, siblings alike."""
    elements, parent, of_unit = tree.elements, tree.parent, tree.of_unit
    near_get, far_get = view.weights.near.get, view.weights.far.get
    odds: dict[tuple[str, ...], tuple[int, int]] = {}
    near, own_far = [], []
    for e in elements:
        key = (e.tag, *e.words[:23])
        both = odds.get(key)
        if both is None:
            both = odds[key] = (sum([near_get(w, 0) for w in key]), sum([far_get(w, 0) for w in key]))
        near.append(both[0])
        own_far.append(both[1])
    far: Column = []
    for own, above in zip(own_far, parent, strict=True):
        far.append(max(-3000, min(3000, own + (far[above] if above >= 0 else 0))))
    ups = [tree.above(0), *_ancestors(tree)]
    columns: Columns = {
        "near-odds": [
            max(-2000, min(2000, sum([near[at] for at in ats if at >= 0]))) for ats in zip(*ups[:3], strict=True)
        ],
        "far-odds": [far[at] if at >= 0 else 0 for at in ups[3]],
        "depth": [min(60, elements[at].depth) if at >= 0 else 0 for at in of_unit],
        "hidden": [int(elements[at].hidden) if at >= 0 else 0 for at in of_unit],
        "siblings": _siblings(tree),
    }
    columns.update(_tag_columns(tree))
    return columns


def _ancestors(tree: Tree) -> list[list[int]]:
    """For each unit its parent, grandparent and great-grandparent, -1 where there is none."""
    parent = tree.parent
    found = []
    current = tree.of_unit
    for _ in range(3):
        current = [parent[at] if at >= 0 else -1 for at in current]
        found.append(current)
    return found


def _tag_columns(tree: Tree) -> Columns:
    """Levels up to the nearest element of each landmark tag, 99 for none."""
    numbers = {tag: i for i, tag in enumerate(TAGS)}
    nearest: list[tuple[int, ...]] = []  # depth in our tree of the nearest element of each tag; shared where unchanged
    depth: list[int] = []
    none = (-1,) * len(TAGS)
    for element, above in zip(tree.elements, tree.parent, strict=True):
        level = depth[above] + 1 if above >= 0 else 0
        inherited = nearest[above] if above >= 0 else none
        number = numbers.get(element.tag)
        if number is not None:
            inherited = (*inherited[:number], level, *inherited[number + 1 :])
        depth.append(level)
        nearest.append(inherited)
    known: dict[tuple[int, int], list[int]] = {}  # most units share their row with their neighbours
    rows = [[99] * len(TAGS) if at < 0 else _levels_up(nearest[at], depth[at], known) for at in tree.of_unit]
    return {f"to-{tag}": list(column) for tag, column in zip(TAGS, zip(*rows, strict=True), strict=True)}


def _levels_up(nearest: tuple[int, ...], depth: int, known: dict[tuple[int, int], list[int]]) -> list[int]:
    key = id(nearest), depth  # the tuples live as long as the walk over the units
    found = known.get(key)
    if found is None:
        found = known[key] = [min(99, depth - d) if d >= 0 else 99 for d in nearest]
    return found


def _siblings(tree: Tree) -> Column:
    """The most siblings alike of the element and its next three ancestors: how much it is one of a series."""
    counts: dict[tuple[int, str], int] = {}
    keys = [(above, e.signature) for e, above in zip(tree.elements, tree.parent, strict=True)]
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    own = [counts[key] if key[0] >= 0 else 0 for key in keys]
    ups = [tree.of_unit, *_ancestors(tree)]
    return [min(99, max([own[at] for at in ats if at >= 0], default=0)) for ats in zip(*ups, strict=True)]


def group_columns(view: View, tree: Tree, shared: Columns) -> Columns:
    """Blocks that share the path of tags and classes are one group: its size, text, links, spread and mean scores."""
    members: dict[int, list[int]] = {}
    for i, group in enumerate(tree.groups()):
        members.setdefault(group, []).append(i)
    n = len(view.units)
    total = sum(view.mass) or 1
    names = ("group-size", "group-share", "group-mean", "group-links", "group-function", "group-spread", "group-odds")
    rows: list[tuple[int, ...]] = [()] * n
    links, functions, odds = shared["link-share"], shared["function-share"], shared["word-odds"]
    for places in members.values():
        size = len(places)
        mass = sum([view.mass[i] for i in places])
        figures = (
            min(200, size),
            1000 * mass // total,
            min(3000, mass // size),
            sum([links[i] for i in places]) // size,
            sum([functions[i] for i in places]) // size,
            1000 * (places[-1] - places[0]) // n,
            sum([odds[i] for i in places]) // size,
        )
        for i in places:
            rows[i] = figures
    return {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


def subtree_columns(view: View, tree: Tree, shared: Columns) -> Columns:
    """Text, links and blocks below each of the nearest ancestors; whether the block is in the best subtrees."""
    free = [m * (1000 - s) // 1000 if s < 1000 else 0 for m, s in zip(view.mass, shared["link-share"], strict=True)]
    score = [f * (300 + s) // 400 - 40 for f, s in zip(free, shared["function-share"], strict=True)]
    mass_of = [*tree.totals(view.mass), 0]
    free_of = [*tree.totals(free), 0]
    blocks_of = [*tree.totals([1] * len(free)), 1]
    score_of = [*tree.totals(score), 0]
    total = sum(view.mass) or 1
    share = [1000 * m // total for m in mass_of]
    links = [1000 * (m - f) // (m or 1) for m, f in zip(mass_of, free_of, strict=True)]
    mean = [max(-500, min(3000, s // b)) for s, b in zip(score_of, blocks_of, strict=True)]
    blocks = [min(500, b) for b in blocks_of]
    columns: Columns = {}
    for up in (1, 2, 3, 5):
        ats = tree.above(up)  # -1 is the extra last place: no element
        columns[f"up{up}-share"] = [share[at] for at in ats]
        columns[f"up{up}-links"] = [links[at] for at in ats]
        columns[f"up{up}-blocks"] = [blocks[at] for at in ats]
        columns[f"up{up}-score"] = [mean[at] for at in ats]
    start, end = best_span([f - 60 for f in free])
    anchor = _common_ancestor(tree, start, end)
    levels = _levels(tree, anchor)
    n = len(levels)
    columns["anchor-inside"] = [int(level == 0) for level in levels]
    columns["anchor-level"] = levels
    columns["anchor-share"] = [share[anchor] if anchor >= 0 else 0] * n
    title = view.title
    columns["title-level"] = _levels(tree, tree.of_unit[title]) if title >= 0 else [-1] * n
    columns.update(_lead_columns(view, tree, shared["link-share"], share))
    return columns


def _lead_columns(view: View, tree: Tree, links: Column, share: Column) -> Columns:
    """Relation to the lead, the first prose below the title: in the same element, of the same group, how far from it.

    A short article among long lists of teasers is told from them by this and little else.
    """
    n = len(view.units)
    lead = lead_of(view, links)
    if lead < 0 or tree.of_unit[lead] < 0:
        return {name: [-1] * n for name in ("lead-level", "lead-group", "lead-share", "lead-gap")} | {
            "lead-distance": [999] * n
        }
    own = tree.of_unit[lead]
    holder = tree.parent[own] if tree.parent[own] >= 0 else own
    groups = tree.groups()
    return {
        "lead-level": _levels(tree, holder),
        "lead-group": [int(group == groups[lead]) for group in groups],
        "lead-share": [share[holder]] * n,
        "lead-gap": [lead - view.title] * n,
        "lead-distance": [max(-200, min(200, i - lead)) for i in range(n)],
    }


def lead_of(view: View, links: Column) -> int:
    """The place of the first unit of prose within LEAD_REACH of the title, -1 for none."""
    if view.title < 0:
        return -1
    for i in range(view.title + 1, min(len(view.units), view.title + LEAD_REACH)):
        if view.mass[i] >= LEAD_MASS and links[i] < 300 and view.units[i].kind != "heading":
            return i
    return -1


def _levels(tree: Tree, anchor: int) -> Column:
    """For each unit how far above the element `anchor` the paths part: 0 inside of it, 99 where nothing is shared."""
    path: dict[int, int] = {}
    at = anchor
    while at >= 0:
        path[at] = len(path)
        at = tree.parent[at]
    levels: Column = []
    for i, above in enumerate(tree.parent):
        level = path.get(i)
        levels.append(min(99, level) if level is not None else levels[above] if above >= 0 else 99)
    return [levels[at] if at >= 0 else 99 for at in tree.of_unit]


def _common_ancestor(tree: Tree, start: int, end: int) -> int:
    """The place of the deepest element that holds at least three quarters of the units [start, end), -1 for none."""
    span = tree.of_unit[start:end]
    counts = [0] * len(tree.elements)
    for at in span:
        if at >= 0:
            counts[at] += 1
    for i in range(len(counts) - 1, 0, -1):
        if tree.parent[i] >= 0:
            counts[tree.parent[i]] += counts[i]
    wanted = [i for i, count in enumerate(counts) if span and 4 * count >= 3 * len(span)]
    return wanted[-1] if wanted else -1


def type_columns(view: View, tree: Tree) -> Columns:
    """What the page calls itself: JSON-LD, microdata and og types."""
    said = {t.lower().rsplit("/", 1)[-1] for t in view.document.reading.page.types}
    n = len(view.units)
    columns = {f"type-{name}": [int(bool(said.intersection(names)))] * n for name, names in TYPES}
    columns["article-tags"] = [min(20, sum(e.tag == "article" for e in tree.elements))] * n
    return columns
