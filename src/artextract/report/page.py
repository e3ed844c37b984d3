"""The page: a shell, the data, one script and one style sheet in one file."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template

from artextract.report.against import Before, Key, compared
from artextract.report.charts import counts, histogram
from artextract.report.collect import Collector, Figures, Row
from artextract.version import __version__

MARK = "<!-- artextract report -->"
"""Stands in the head of every report: how one is told from any other file."""

_SHELL = Template("""\
<!doctype html>
$mark
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="$policy">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>$title</title>
<style>$style</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<noscript><p class="banner">The figures below need no script; tables and documents do. Nothing on this page asks the
network for anything.</p></noscript>
<header id="top"><h1>artextract <small>report</small></h1><nav id="crumbs" aria-label="Where you are"></nav></header>
<main id="main" tabindex="-1">
<section id="batch"$batch_hidden>$figures<div id="table"></div></section>
<section id="document" hidden></section>
</main>
<p id="said" class="unseen" role="status"></p>
$run
<script>$script</script>
$views
</body>
</html>
""")


def is_report(path: str) -> bool:
    """Whether a file is a report."""
    try:
        with Path(path).open("rb") as file:
            return MARK.encode() in file.read(200)
    except OSError:
        return False


def page(collector: Collector, before: Mapping[Key, Before] | None = None, against: str = "") -> str:
    """The whole file; compared with `before`, of which `against` is the name, where that is given."""
    here = Path(__file__).parent
    style = (here / "report.css").read_text("utf-8")
    script = (here / "report.js").read_text("utf-8")
    rows = collector.rows()
    if before is not None:
        rows = [compared(row, before) for row in rows]
    single = len(rows) == 1 and rows[0].view is not None
    return _SHELL.substitute(
        mark=MARK,
        policy=_policy(style, script),
        title=escape(_title(rows)),
        style=style,
        script=script,
        batch_hidden=" hidden" if single else "",
        figures="" if single else figures(collector.figures, collector.sampled, rows),
        run=_run(rows, against),
        views="".join(data_block(f"view-{row.order}", row.view) for row in rows if row.view is not None),
    )


def _title(rows: Sequence[Row]) -> str:
    if len(rows) == 1:
        return f"{rows[0].path} — artextract"
    return "Report — artextract"


def _policy(style: str, script: str) -> str:
    """Nothing is loaded, nothing runs but our script, no markup is made from text."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def data_block(identity: str, text: str) -> str:
    """JSON as a data block of HTML: no `<` of the data can end it, and no reader takes part of it for a line end."""
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f'<script type="application/json" id="{identity}">{_whole(text)}</script>\n'


def _whole(text: str) -> str:
    """Without lone surrogates, which no encoder takes."""
    return text.encode("utf-8", "replace").decode()


def _run(rows: Sequence[Row], against: str) -> str:
    """The table's data: before the script, the views behind it, so that the table need not wait for them."""
    table = [[*row[:-1], int(row.view is not None)] for row in rows]
    run = {"version": __version__, "against": against, "columns": Row._fields, "rows": table}
    return data_block("run", json.dumps(run, ensure_ascii=False, separators=(",", ":")))


def figures(found: Figures, sampled: bool, rows: Sequence[Row]) -> str:
    """What can be said of all documents, as HTML that needs no script."""
    statuses = found.statuses
    tiles = [
        ("documents", found.documents),
        ("with an article", statuses["article"]),
        ("without", statuses["empty"]),
        ("failed", statuses["failed"]),
        ("repeat another", sum(found.repeats.values())),
    ]
    shown = "".join(f"<div><dt>{name}</dt><dd>{count:,}</dd></div>" for name, count in tiles)
    charts = [
        histogram("Quality (expected F1)", _QUALITY, found.quality),
        histogram("Size of the input", _SIZES, found.sizes),
        histogram("Time", _TIMES, found.times),
    ]
    lists = [
        counts("Failures by reason", found.reasons),
        counts("Dropped, by label", found.removed, "characters"),
        counts("Repeats, by the first document", found.repeats, "later copies"),
        counts("Languages", found.languages),
        counts("Encodings", found.encodings),
        counts("Warnings", found.warnings),
    ]
    return (
        f'<dl class="tiles">{shown}</dl>{_sample(found, sampled, rows)}'
        f'<div class="charts">{"".join(charts)}</div><div class="lists">{"".join(lists)}</div>'
    )


def _sample(found: Figures, sampled: bool, rows: Sequence[Row]) -> str:
    views = sum(row.view is not None for row in rows)
    able = found.documents - found.statuses["failed"]
    if views >= able and len(rows) >= found.documents:
        return ""
    words = f"The figures are of all {found.documents:,} documents. Full views: {views:,} of them"
    words += f" ({_why_not_all(found, sampled)})"
    if len(rows) < found.documents:
        words += f"; the table has {len(rows):,} (failures, the lowest quality, and others drawn at random)"
    return f'<p class="banner">{words}.</p>'


def _why_not_all(found: Figures, sampled: bool) -> str:
    if sampled:
        return "the lowest quality, and others drawn at random"
    if sum(found.sizes.values()) < found.documents - found.statuses["failed"]:
        return "the others were finished by an earlier run"
    return "the page has room for no more"


_QUALITY = ("<.1", ".1", ".2", ".3", ".4", ".5", ".6", ".7", ".8", "≥.9")
_SIZES = ("<1k", "1k", "3k", "10k", "30k", "100k", "300k", "1M", "≥3M")
_TIMES = ("<3ms", "3ms", "10ms", "30ms", ".1s", ".3s", "1s", "3s", "≥10s")
