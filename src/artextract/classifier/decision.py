"""From probabilities of blocks to the decision of the page: keep what maximises its expected F1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

PLAIN_MEAN, PLAIN_LEAST = 650, 120
"""Thousandths: the mean and the least probability of a text without furniture."""

NO_BODY = 8
"""Tokens: a page that is expected to hold fewer of body, among more that is none, has no article. Pages whose gold has
fewer are left out of training for the same reason (tools/labels.py). Out of fold six of eight such pages of wcxb-dev
have an empty gold text, and the other two lose 0.04 F1 together."""
NO_BODY_SHARE = 400  # thousandths of the page's tokens: a short text that is all body is one

AWAY, SURELY = 500, 25
"""On a page that its type model calls an article, SURELY hundredths of log-odds before any other type, probabilities
outside of the element that holds the lead are taken times AWAY, in thousandths: training pages have few short articles
among long news rolls. Out of fold: magic-dev .883 -> .907, zh-dev .849 -> .853, wcxb-dev .8861 -> .8849; with 400 and
no margin wcxb-dev falls to .8815, with 300 its articles lose .012."""

NEVER = 1001  # a threshold that no probability reaches


def page_cut(probabilities: Sequence[int], lengths: Sequence[int], html: bool, wordless: bool = False) -> int:
    """The page's threshold in thousandths; 0 for a text without furniture, NEVER for a page without an article.

    A page has lines that surely are no body; a text that was extracted or typed has none, and losing its weakest line
    would help nobody (law 6). `wordless`: no rule of the lexicon has a word for any line; of 3,285 dumps of the
    training sets 14 are such texts, and 97 % of their tokens are body.
    """
    if wordless and not html:
        return 0
    total = sum(lengths)
    expected = sum([p * n for p, n in zip(probabilities, lengths, strict=True)])
    if not html and probabilities and expected >= PLAIN_MEAN * total and min(probabilities) >= PLAIN_LEAST:
        return 0
    if expected < 1000 * NO_BODY and expected < NO_BODY_SHARE * total:
        return NEVER
    return choose_cut(probabilities, lengths)


def nearer_the_lead(probabilities: Sequence[int], columns: Mapping[str, Sequence[int]]) -> list[int]:
    """The probabilities of a page's units, less for what stands away from the lead of an article (AWAY)."""
    levels = columns["lead-level"]
    others = max(column[0] for name, column in columns.items() if name.startswith("is-") and name != "is-article")
    if columns["is-article"][0] < 0 or others > -SURELY or max(levels) < 0:
        return list(probabilities)
    return [p * AWAY // 1000 if level > 0 else p for p, level in zip(probabilities, levels, strict=True)]


def choose_cut(probabilities: Sequence[int], lengths: Sequence[int]) -> int:
    """The threshold, in thousandths, at which keeping all blocks from it on gives the largest expected F1.

    `probabilities` are calibrated thousandths, `lengths` tokens. With blocks sorted by probability, keeping the first k
    has an expected F1 of about 2·Σp·n over kept / (Σn over kept + Σp·n over all): the plug-in form of Lipton, Elkan and
    Naryanaswamy (2014). Returns 1001 (nothing) for a page without blocks.
    """
    order = sorted(zip(probabilities, lengths, strict=True), reverse=True)
    relevant = sum(p * n for p, n in order)
    kept = hit = 0
    best, cut = -1.0, 1001
    for i, (p, n) in enumerate(order):
        kept += n
        hit += p * n
        if i + 1 < len(order) and order[i + 1][0] == p:
            continue
        score = 2 * hit / (1000 * kept + relevant) if kept else 0.0
        if score > best:
            best, cut = score, p
    return cut


def expected_f1(probabilities: Sequence[int], lengths: Sequence[int], cut: int) -> float:
    """The expected F1 of keeping all blocks with at least `cut` thousandths."""
    relevant = sum(p * n for p, n in zip(probabilities, lengths, strict=True))
    kept = sum(n for p, n in zip(probabilities, lengths, strict=True) if p >= cut)
    hit = sum(p * n for p, n in zip(probabilities, lengths, strict=True) if p >= cut)
    return 2 * hit / (1000 * kept + relevant) if kept else 0.0
