"""Word weights: logistic regression over words of blocks and of their elements, as integer log-odds."""

from __future__ import annotations

import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from artextract.classifier.features import function_words, words_of
from artextract.classifier.pagetype import PAGE_TYPES
from artextract.classifier.weights import Weights
from artextract.model import Block
from artextract.scripts import CJK_RE
from dataset import Page

MIN_DOMAINS = 6  # a word must occur on pages of so many domains
SHORT = 60  # words of a block that count for its word odds


def units_of(page: Page) -> list[Block]:
    return [b for b in page.document.blocks if b.text and b.origin == "page"]


def word_features(block: Block) -> list[str]:
    return words_of(block.text, CJK_RE.search(block.text) is not None)


def near_features(block: Block) -> list[str]:
    """Words of the element, its parent and its grandparent, with repeats."""
    words: list[str] = []
    for i, e in enumerate(block.element.ancestors() if block.element else ()):
        if i > 2:
            break
        words.extend((e.tag, *e.words)[:24])
    return words


def far_features(block: Block) -> list[str]:
    """Words of all elements above the grandparent."""
    words: list[str] = []
    for i, e in enumerate(block.element.ancestors() if block.element else ()):
        if i > 2:
            words.extend((e.tag, *e.words)[:24])
    return words


Key = tuple[tuple[str, int], ...]
_keys: dict[tuple[int, bool], tuple[Block, Key]] = {}  # of this process: the same blocks are met in every fold


def _text_key(block: Block) -> Key:
    return _cached(block, False, lambda: word_features(block)[:SHORT])


def _element_key(block: Block) -> Key:
    return _cached(
        block, True, lambda: [f"n {w}" for w in near_features(block)] + [f"f {w}" for w in far_features(block)]
    )


def _cached(block: Block, element: bool, features: Callable[[], list[str]]) -> Key:
    found = _keys.get((id(block), element))
    if found is None:
        counts = Counter(map(sys.intern, features()))
        found = _keys[id(block), element] = (block, tuple(sorted(counts.items())))
    return found[1]


def fit(pages: Iterable[Page], html: bool, c: float = 0.1) -> Weights:
    """Weights from labelled pages. Elements' words are fitted together, near and far apart; words by themselves."""
    pages = [p for p in pages if p.labels.usable]
    words = _regress(pages, _text_key, c)
    near: dict[str, int] = {}
    far: dict[str, int] = {}
    if html:
        both = _regress(pages, _element_key, c)
        near = {k[2:]: v for k, v in both.items() if k.startswith("n ")}
        far = {k[2:]: v for k, v in both.items() if k.startswith("f ")}
    return Weights(words, near, far, function_words())


def fit_types(features: list[list[str]], kinds: list[str], c: float = 0.05) -> dict[str, tuple[int, ...]]:
    """Weights of page features for each page type: multinomial logistic regression, as hundredths of log-odds."""
    seen = Counter(feature for page in features for feature in page)
    vocabulary = {f: i for i, f in enumerate(sorted(f for f, n in seen.items() if n >= 4))}
    indices = [vocabulary[f] for page in features for f in page if f in vocabulary]
    indptr = np.cumsum([0, *(sum(f in vocabulary for f in page) for page in features)])
    matrix = csr_matrix((np.ones(len(indices)), indices, indptr), shape=(len(features), len(vocabulary)))
    model = LogisticRegression(C=c, max_iter=80, tol=1e-3)
    model.fit(matrix, kinds)
    rows = np.zeros((len(PAGE_TYPES), len(vocabulary)))
    bias = np.full(len(PAGE_TYPES), -20.0)
    for name, coefficients, intercept in zip(model.classes_, model.coef_, model.intercept_, strict=True):
        rows[PAGE_TYPES.index(name)] = coefficients
        bias[PAGE_TYPES.index(name)] = intercept
    weights = {f: tuple(round(100 * x) for x in rows[:, i]) for f, i in vocabulary.items()}
    kept = {f: w for f, w in weights.items() if max(map(abs, w)) >= 5}
    return {"": tuple(round(100 * x) for x in bias), **kept}


def _regress(pages: list[Page], features: Callable[[Block], Key], c: float) -> dict[str, int]:
    domains: dict[str, set[str]] = defaultdict(set)
    rows: dict[tuple[tuple[str, int], ...], list[float]] = {}
    for page in pages:
        blocks = units_of(page)
        total = sum(page.labels.lengths) or 1
        for block, n, hit in zip(blocks, page.labels.lengths, page.labels.matched, strict=True):
            if not n:
                continue
            key = features(block)
            for word, _ in key:
                if len(domains[word]) < MIN_DOMAINS:
                    domains[word].add(page.domain)
            weight = n**0.5 * (2000 / (2000 + total))
            sums = rows.setdefault(key, [0.0, 0.0])
            sums[0] += weight * hit / n
            sums[1] += weight * (1 - hit / n)
    vocabulary = {w: i for i, w in enumerate(sorted(w for w, d in domains.items() if len(d) >= MIN_DOMAINS))}
    data, indices, indptr, labels, sample = [], [], [0], [], []
    for key, sums in rows.items():
        row = [(vocabulary[w], min(n, 3)) for w, n in key if w in vocabulary]
        for label, weight in ((1, sums[0]), (0, sums[1])):
            if weight > 0.05:
                indices.extend(i for i, _ in row)
                data.extend(n for _, n in row)
                indptr.append(len(indices))
                labels.append(label)
                sample.append(weight)
    matrix = csr_matrix((data, indices, indptr), shape=(len(labels), len(vocabulary)), dtype=np.float64)
    scale = np.array(sample)
    model = LogisticRegression(solver="lbfgs", C=c, max_iter=60, tol=1e-3)
    warnings.simplefilter("ignore", ConvergenceWarning)  # a fit that is nearly done is good enough
    model.fit(matrix, labels, sample_weight=scale / scale.mean())
    return {w: int(v) for w, i in vocabulary.items() if (v := round(100 * model.coef_[0][i])) and abs(v) >= 4}
