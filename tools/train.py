"""Train the shipped models: `python tools/train.py --track html` writes src/artextract/data/model.html.bin.

The same recipe as `crossval.py`, whose out-of-fold features it needs (trees must not learn from words that were fitted to
their own pages) and whose probabilities calibrate `quality`, then word weights and trees on all pages. In the pinned
environment (tools/requirements.txt) on one thread the same bench gives the same bytes.
"""

from __future__ import annotations

import argparse
from array import array
from dataclasses import replace
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np

import crossval
import words
from artextract.classifier.forest import SCALE, Forest
from artextract.classifier.model_file import Model, serialise
from dataset import FOLDS

DATA = Path(__file__).resolve().parents[1] / "src" / "artextract" / "data"


def forest_of(halves: list[lgb.Booster], names: list[str]) -> Forest:
    """LightGBM models as one forest of integer arrays, which gives the mean of their log-odds.

    Features are integers, so a threshold is as good as its floor.
    """
    scale = SCALE / len(halves)
    feature, threshold, right, roots, value = array("i"), array("i"), array("i"), array("i"), array("i")

    def add(node: dict[str, Any]) -> None:
        at = len(feature)
        feature.append(-1), threshold.append(0), right.append(0)
        value.append(round(scale * node.get("leaf_value", node.get("internal_value", 0.0))))
        if "leaf_value" in node:
            threshold[at] = round(scale * node["leaf_value"])
            return
        if node["decision_type"] != "<=":
            raise ValueError(node["decision_type"])
        feature[at] = node["split_feature"]
        threshold[at] = int(np.floor(node["threshold"]))
        add(node["left_child"])
        right[at] = len(feature)
        add(node["right_child"])

    for half in halves:
        for tree in half.dump_model()["tree_info"]:
            roots.append(len(feature))
            add(tree["tree_structure"])
    return Forest(tuple(names), feature, threshold, right, roots, value)


def train(experiment: crossval.Experiment, rounds: int) -> Model:
    """The final model, from all usable pages."""
    html = experiment.html
    own = [i for i, p in enumerate(experiment.pages) if not p.foreign]
    types = words.fit_types([experiment.page_features[i] for i in own], [experiment.pages[i].kind for i in own])
    weights = words.fit((experiment.pages[i] for i in own), html)
    weights = replace(weights, types=types)
    halves = crossval.trees(*experiment.training_rows(list(range(len(experiment.pages)))), rounds)
    name = f"model.{'html' if html else 'text'}-1"
    return Model(name, weights, forest_of(halves, experiment.names), experiment.quality_table())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--track", choices=["html", "text"], required=True)
    parser.add_argument("--rounds", type=int, default=crossval.ROUNDS)
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--out", type=Path, default=None, help="also write out-of-fold texts")
    parser.add_argument("--cache", type=Path, help="keep the read pages here, and take them from here")
    args = parser.parse_args()
    html = args.track == "html"
    experiment = crossval.Experiment(crossval.cached_pages(args.track, args.limit, args.cache), html)
    experiment.run(args.rounds)
    if args.out:
        experiment.save(args.out)
    data = serialise(train(experiment, args.rounds))
    path = DATA / f"model.{args.track}.bin"
    path.write_bytes(data)
    print(f"{path}: {len(data)} bytes; {FOLDS} folds")


if __name__ == "__main__":
    main()
