"""Train the shipped models: `python tools/train.py --track html` writes src/artextract/data/model.html.bin.

The same recipe as `crossval.py`, whose out-of-fold features and probabilities it needs (trees of the second pass must
not learn from probabilities that were fitted to their own pages), then word weights and trees on all pages. In the
pinned environment (tools/requirements.txt) on one thread the same bench gives the same bytes.
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


def forest_of(booster: lgb.Booster, names: list[str]) -> Forest:
    """A LightGBM model as integer arrays: features are integers, so a threshold is as good as its floor."""
    feature, threshold, right, roots, value = array("i"), array("i"), array("i"), array("i"), array("i")

    def add(node: dict[str, Any]) -> None:
        at = len(feature)
        feature.append(-1), threshold.append(0), right.append(0)
        value.append(round(SCALE * node.get("leaf_value", node.get("internal_value", 0.0))))
        if "leaf_value" in node:
            threshold[at] = round(SCALE * node["leaf_value"])
            return
        if node["decision_type"] != "<=":
            raise ValueError(node["decision_type"])
        feature[at] = node["split_feature"]
        threshold[at] = int(np.floor(node["threshold"]))
        add(node["left_child"])
        right[at] = len(feature)
        add(node["right_child"])

    for tree in booster.dump_model()["tree_info"]:
        roots.append(len(feature))
        add(tree["tree_structure"])
    return Forest(tuple(names), feature, threshold, right, roots, value)


def train(experiment: crossval.Experiment, rounds: int) -> Model:
    """The final model, from all usable pages."""
    html = experiment.html
    usable = [i for i, p in enumerate(experiment.pages) if p.labels.usable]
    own = [i for i, p in enumerate(experiment.pages) if not p.foreign]
    types = words.fit_types([experiment.page_features[i] for i in own], [experiment.pages[i].kind for i in own])
    weights = words.fit((experiment.pages[i] for i in own), html)
    weights = replace(weights, types=types)
    y = np.concatenate([experiment.targets(i) for i in usable])
    w = np.concatenate([experiment.row_weights(i) for i in usable])
    first = crossval.trees(np.concatenate([experiment.x[i] for i in usable]), y, w, crossval.FIRST, rounds)
    forests = [forest_of(first, experiment.names)]
    if experiment.second_x:
        x = np.concatenate([experiment.second_x[i] for i in usable])
        second = crossval.trees(x, y, w, crossval.SECOND, crossval.second_rounds(rounds))
        forests.append(forest_of(second, experiment.names + experiment.second_names))
    name = f"model.{'html' if html else 'text'}-1"
    return Model(name, weights, tuple(forests), experiment.quality_table())


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
