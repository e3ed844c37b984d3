"""Cross-validation by domain, and training of the shipped model.

    python tools/crossval.py --track html --out preds.json        # out-of-fold texts for score.py --predictions
    python tools/crossval.py --track text --save model.npz ...

Folds are by domain over all training sets together; all renderings of a page are in one fold. Word weights are fitted
outside of each fold, trees on features made with those: every figure that this tool reports is of pages that neither has
seen. Decisions are the tool's own, with the lexicon's certain verdicts; the stages after the classifier are not in it.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
import time
import zlib
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import lightgbm as lgb
import numpy as np

import words
from artextract.classifier.decision import expected_f1, nearer_the_lead, page_cut
from artextract.classifier.features import View, shared_columns, view_of
from artextract.classifier.markup import Tree, markup_columns
from artextract.classifier.pagetype import page_features, type_scores
from dataset import BENCH, FOLDS, Page, pages

sys.path.insert(0, str(BENCH))
from scoring import token_f1, word_f1

TREES = {
    "objective": "cross_entropy",
    "learning_rate": 0.06,
    "num_leaves": 47,
    "min_data_in_leaf": 120,
    "min_sum_hessian_in_leaf": 5.0,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "max_bin": 63,
    "verbose": -1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": 7,
}
SEEDS = (7, 8)  # of the halves of the forest: their mean is worth 0.001 F1 over one half alone
ROUNDS = 250
TRACKS = {"html": ("html",), "text": ("chrome", "lynx", "noise")}


def view_for(page: Page, weights: words.Weights) -> View:
    """The page's view; of a foreign copy without weights of words, of half of them without function words, type."""
    if page.foreign:
        weights = replace(weights, words={})
        if zlib.crc32(f"{page.id}/{page.set}".encode()) % 2:
            weights = replace(weights, function_words=frozenset(), types={})
    return view_of(page.document, weights)


def columns_of_page(page: Page, weights: words.Weights, html: bool) -> tuple[list[str], np.ndarray]:
    view = view_for(page, weights)
    columns = shared_columns(view)
    if html:
        columns.update(markup_columns(view, Tree(view), columns))
    columns.update(type_scores(view, columns))
    return list(columns), np.array(list(columns.values()), dtype=np.int32).T.reshape(len(view.units), len(columns))


def page_features_of(page: Page, html: bool) -> list[str]:
    view = view_of(page.document, words.Weights())
    columns = shared_columns(view)
    if html:
        columns.update(markup_columns(view, Tree(view), columns))
    return page_features(view, columns)


def row_weights(page: Page) -> np.ndarray:
    """Tokens to the power 0.6; pages count about alike, whatever their length; sets that are rare count double."""
    n = np.array(page.labels.lengths, dtype=float)
    w = n**0.6
    scale = 1.0 / max(1.0, (w.sum() / 400) ** 0.5)
    return w * scale * (2.0 if page.set != "wcxb-dev" else 1.0)


def trees(x: np.ndarray, y: np.ndarray, w: np.ndarray, rounds: int) -> list[lgb.Booster]:
    """The halves of the forest."""
    return [
        lgb.train(TREES | {"seed": seed}, lgb.Dataset(x, y, weight=w, free_raw_data=True), num_boost_round=rounds)
        for seed in SEEDS
    ]


def predicted(halves: list[lgb.Booster], x: np.ndarray) -> np.ndarray:
    """Thousandths of probability, from the mean of the halves' log-odds."""
    odds = np.mean([half.predict(x, raw_score=True) for half in halves], axis=0)
    return np.round(1000 / (1 + np.exp(-odds))).astype(np.int32)


def in_foreign_sample(page: Page) -> bool:
    """One page in five is met a second time as if its language were unknown, so that the trees learn to do without."""
    return zlib.crc32(f"{page.set}/{page.id}".encode()) % 5 == 0


class Experiment:
    """The pages of one track with their out-of-fold features, probabilities and decisions."""

    def __init__(self, all_pages: list[Page], html: bool) -> None:
        self.html = html
        own = [p for p in all_pages if p.labels.lengths]
        self.pages = [*own, *(replace(p, foreign=True) for p in own if in_foreign_sample(p))]
        self.folds = [p.fold for p in self.pages]
        self.names: list[str] = []
        self.weights: list[words.Weights] = []
        self.page_features: list[list[str]] = []

    def targets(self, i: int) -> np.ndarray:
        labels = self.pages[i].labels
        return np.array(labels.matched) / np.maximum(1, labels.lengths)

    def row_weights(self, i: int) -> np.ndarray:
        return row_weights(self.pages[i])

    def fit_words(self) -> None:
        every = [page_features_of(page, self.html) for page in self.pages]
        for k in range(FOLDS):
            inside = [i for i, f in enumerate(self.folds) if f != k and not self.pages[i].foreign]
            weights = words.fit((self.pages[i] for i in inside), self.html)
            types = words.fit_types([every[i] for i in inside], [self.pages[i].kind for i in inside])
            self.weights.append(replace(weights, types=types))
        self.page_features = every

    def build(self) -> None:
        self.x = []
        for page, f in zip(self.pages, self.folds, strict=True):
            self.names, x = columns_of_page(page, self.weights[f], self.html)
            self.x.append(x)

    def training_rows(self, places: list[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Features, targets and weights of the usable ones among these pages."""
        usable = [i for i in places if self.pages[i].labels.usable]
        return (
            np.concatenate([self.x[i] for i in usable]),
            np.concatenate([self.targets(i) for i in usable]),
            np.concatenate([self.row_weights(i) for i in usable]),
        )

    def out_of_fold(self, rounds: int) -> list[list[int]]:
        """Thousandths of probability for each page's units, from trees that did not see its domain."""
        found: list[list[int]] = [[] for _ in self.pages]
        for k in range(FOLDS):
            test = [i for i, f in enumerate(self.folds) if f == k]
            if not test:
                continue
            halves = trees(*self.training_rows([i for i, f in enumerate(self.folds) if f != k]), rounds)
            p = predicted(halves, np.concatenate([self.x[i] for i in test]))
            at = 0
            for i in test:
                found[i] = self.as_judged(i, p[at : at + len(self.x[i])].tolist())
                at += len(self.x[i])
        return found

    def as_judged(self, i: int, p: list[int]) -> list[int]:
        """Probabilities as the stage has them: none where a certain rule has spoken, less away from an article's lead."""
        page = self.pages[i]
        settled = {v.block for v in page.document.verdicts if v.certain and v.span is None}
        if self.html:
            p = nearer_the_lead(p, {name: self.x[i][:, at].tolist() for name, at in self.decisive.items()})
        return [0 if b.index in settled else q for b, q in zip(words.units_of(page), p, strict=True)]

    @property
    def decisive(self) -> dict[str, int]:
        """Columns that the decision looks at: name -> place."""
        return {n: i for i, n in enumerate(self.names) if n == "lead-level" or n.startswith("is-")}

    def run(self, rounds: int = ROUNDS) -> None:
        start = time.time()
        self.fit_words()
        print(f"words {time.time() - start:.0f}s", flush=True)
        self.build()
        print(
            f"features {time.time() - start:.0f}s, {len(self.names)} columns, {sum(map(len, self.x))} rows", flush=True
        )
        self.p = self.out_of_fold(rounds)
        self.report()
        print(f"{time.time() - start:.0f}s")

    def texts(self, cut=None) -> list[str]:  # type: ignore[no-untyped-def]
        return ["\n\n".join(kept_texts(page, p, self.html, cut)) for page, p in zip(self.pages, self.p, strict=True)]

    def quality_table(self) -> list[tuple[int, int]]:
        """Expected F1 -> reached F1 (thousandths, out of fold): a monotone table of knots."""
        from sklearn.isotonic import IsotonicRegression

        expected, reached = [], []
        for page, p, text in zip(self.pages, self.p, self.texts(), strict=True):
            if page.foreign or not page.labels.usable:
                continue
            expected.append(
                expected_f1(
                    p, page.labels.lengths, page_cut(p, page.labels.lengths, self.html, not page.document.verdicts)
                )
            )
            reached.append(token_f1(text, page.gold)[2])
        model = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(expected, reached)
        knots = np.linspace(0, 1, 21)
        return [(round(1000 * x), round(1000 * y)) for x, y in zip(knots, model.predict(knots), strict=True)]

    def save(self, path: Path) -> None:
        """Out-of-fold texts in the form that `score.py --predictions` reads."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for page, text in zip(self.pages, self.texts(), strict=True):
            if page.foreign:
                continue
            found[page.set if page.track == "html" else f"{page.set}/{page.track}"][page.id] = text
        path.write_text(json.dumps(found), encoding="utf-8")

    def report(self) -> None:
        for name, cut in (("0.30", 300), ("0.40", 400), ("0.50", 500), ("expected F1", None)):
            scores: dict[tuple[str, str], list[float]] = defaultdict(list)
            for page, text in zip(self.pages, self.texts(cut), strict=True):
                metric = word_f1 if page.set == "wcxb-dev" else token_f1
                f1 = metric(text, page.gold)[2]
                if page.foreign:
                    scores[page.set, f"{page.track} as a foreign language"].append(f1)
                    continue
                scores[page.set, page.track].append(f1)
                if page.set == "wcxb-dev" and cut is None:
                    scores["  " + page.kind, page.track].append(f1)
            line = "  ".join(f"{s}/{t} {np.mean(v):.4f}" for (s, t), v in sorted(scores.items()))
            print(f"cut {name}: {line}", flush=True)


def kept_texts(page: Page, p: list[int], html: bool, cut: int | None) -> list[str]:
    """The texts of the blocks from the threshold on, each of the long ones once."""
    threshold = cut if cut is not None else page_cut(p, page.labels.lengths, html, not page.document.verdicts)
    seen: set[str] = set()
    texts = []
    for block, q in zip(words.units_of(page), p, strict=True):
        if q >= threshold and not (len(block.text) > 60 and block.text in seen):
            seen.add(block.text)
            texts.append(block.text)
    return texts


def cached_pages(track: str, limit: int, cache: Path | None) -> list[Page]:
    """The pages of a track, from the cache file where it exists."""
    if cache and cache.exists():
        found: list[Page] = pickle.loads(cache.read_bytes())
        return found
    found = pages(TRACKS[track], limit=limit)
    if cache:
        cache.write_bytes(pickle.dumps(found))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--track", choices=["html", "text"], required=True)
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--cache", type=Path, help="keep the read pages here, and take them from here")
    args = parser.parse_args()
    experiment = Experiment(cached_pages(args.track, args.limit, args.cache), args.track == "html")
    experiment.run(args.rounds)
    if args.out:
        experiment.save(args.out)


if __name__ == "__main__":
    main()
