"""Distributions as inline SVG, and counts as lists with bars: readable without a script and by a screen reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

_WIDTH, _HEIGHT, _FOOT, _HEAD = 420, 140, 22, 18


def histogram(title: str, labels: Sequence[str], counts: Counter[int]) -> str:
    """A chart of one bar for each label; `counts` by the label's position."""
    values = [counts.get(position, 0) for position in range(len(labels))]
    total, top = sum(values), max([*values, 1])
    step = _WIDTH / len(labels)
    bars = []
    for position, (label, value) in enumerate(zip(labels, values, strict=True)):
        height = round((_HEIGHT - _FOOT - _HEAD) * value / top, 1)
        x, y = round(position * step + 2, 1), round(_HEIGHT - _FOOT - height, 1)
        middle = round(position * step + step / 2, 1)
        bars.append(
            f'<g><title>{escape(label)}: {value}</title><rect x="{x}" y="{y}" width="{round(step - 4, 1)}" '
            f'height="{height}" rx="2"/><text class="n" x="{middle}" y="{y - 4}">{value or ""}</text>'
            f'<text x="{middle}" y="{_HEIGHT - _FOOT + 15}">{escape(label)}</text></g>'
        )
    words = ", ".join(f"{label}: {value}" for label, value in zip(labels, values, strict=True) if value)
    return (
        f'<figure class="chart"><figcaption>{escape(title)} <small>({total:,} documents)</small></figcaption>'
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(f"{title}. {words}")}">'
        f'<line x1="0" x2="{_WIDTH}" y1="{_HEIGHT - _FOOT}" y2="{_HEIGHT - _FOOT}"/>{"".join(bars)}</svg></figure>'
    )


def counts(title: str, found: Counter[str], unit: str = "", most: int = 12) -> str:
    """The largest counts as a table with bars; "" where nothing was counted."""
    if not found:
        return ""
    largest = found.most_common(most)
    top = largest[0][1] or 1
    rows = "".join(
        f'<tr><th scope="row"><bdi>{escape(name)}</bdi></th><td class="n">{count:,}</td>'
        f'<td class="bar">{_bar(count / top)}</td></tr>'
        for name, count in largest
    )
    more = len(found) - len(largest)
    foot = f"<p class=quiet>and {more:,} more</p>" if more else ""
    heading = escape(title) + (f" <small>({escape(unit)})</small>" if unit else "")
    return f'<section class="counts"><h3>{heading}</h3><table><tbody>{rows}</tbody></table>{foot}</section>'


def _bar(share: float) -> str:
    width = round(max(share, 0.005) * 100, 1)
    shape = f'<rect width="{width}" height="8"/>'
    return f'<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">{shape}</svg>'
