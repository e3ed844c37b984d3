"""The classifier's parts: trees, cut, spans, features, the data file, evidence."""

from __future__ import annotations

import random
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artextract import Settings, extract
from artextract.classifier import forest as forest_module
from artextract.classifier.charclass import class_strings
from artextract.classifier.decision import choose_cut, expected_f1
from artextract.classifier.evidence import contributions, phrase
from artextract.classifier.features import View, best_span, plain_windowed, shared_columns, shifted, view_of, windowed
from artextract.classifier.forest import Forest, permille
from artextract.classifier.markup import Tree, markup_columns
from artextract.classifier.model_file import Model, model_for, parse, serialise
from artextract.classifier.weights import Weights
from artextract.model import Document

PAGE = """<html><head><title>Two herons</title></head><body><nav><ul><li><a href="/">Home</a></li>
<li><a href="/b">Birds</a></li></ul></nav><main class="post"><h1>Two herons</h1>
<p>They stood in the reeds from first light, and neither of them moved while the boat went by.</p>
<p>When the sun came over the mill, the older one took a single step, and the water closed behind its leg.</p></main>
<footer>© 2020 Somebody</footer></body></html>"""


def grown(seed: int, trees: int = 5, columns: int = 4) -> Forest:
    """A random forest: every node's left child is the next node."""
    rng = random.Random(seed)
    feature, threshold, right, roots, value = array("i"), array("i"), array("i"), array("i"), array("i")

    def grow(depth: int) -> int:
        at = len(feature)
        for part in (feature, threshold, right, value):
            part.append(0)
        if depth == 0 or rng.random() < 0.3:
            feature[at] = -1
            threshold[at] = value[at] = rng.randint(-9000, 9000)
            return at
        feature[at], threshold[at] = rng.randrange(columns), rng.randint(-5, 5)
        left = grow(depth - 1)
        right[at] = grow(depth - 1)
        value[at] = (value[left] + value[right[at]]) // 2
        return at

    for _ in range(trees):
        roots.append(grow(4))
    return Forest(tuple(f"f{i}" for i in range(columns)), feature, threshold, right, roots, value)


rows_of_four = st.lists(st.lists(st.integers(-8, 8), min_size=4, max_size=4), min_size=1, max_size=20)


@given(st.integers(0, 10_000), rows_of_four)
def test_compiled_and_plain_sums_are_equal(seed: int, rows: list[list[int]]) -> None:
    forest = grown(seed)
    columns = [list(column) for column in zip(*rows, strict=True)]
    assert forest.sums(columns) == [forest.sum_of_row(row) for row in rows]


@pytest.mark.skipif(forest_module._compiled_sums is None, reason="built without a compiler")
def test_the_compiled_loop_refuses_arrays_that_do_not_fit() -> None:
    forest = grown(1, columns=4)
    with pytest.raises(ValueError):
        forest.sums([[1, 2, 3]])  # one column where the trees ask for four


@given(st.integers(0, 10_000), rows_of_four)
def test_contributions_add_up_to_the_sum(seed: int, rows: list[list[int]]) -> None:
    forest = grown(seed)
    base = sum(forest.value[root] for root in forest.roots)
    for row in rows:
        assert base + sum(weight for weight, _ in contributions(forest, tuple(row))) == forest.sum_of_row(row)


def test_permille_is_a_rounded_logistic_function() -> None:
    values = [permille(x) for x in range(-100_000, 100_001, 500)]
    assert values == sorted(values)
    assert (values[0], permille(0), values[-1]) == (0, 500, 1000)
    assert permille(21_972) == 900  # log(9)


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(1, 300)), min_size=1, max_size=30))
def test_no_cut_has_a_higher_expected_f1(blocks: list[tuple[int, int]]) -> None:
    probabilities, lengths = [p for p, _ in blocks], [n for _, n in blocks]
    chosen = expected_f1(probabilities, lengths, choose_cut(probabilities, lengths))
    assert all(chosen >= expected_f1(probabilities, lengths, cut) - 1e-12 for cut in range(0, 1001, 7))


@given(st.lists(st.integers(-20, 20), max_size=30))
def test_best_span_is_the_best(values: list[int]) -> None:
    start, end = best_span(values)
    sums = [sum(values[i:j]) for i in range(len(values)) for j in range(i + 1, len(values) + 1)]
    assert sum(values[start:end]) == max([0, *sums])


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=12), st.integers(-15, 15), st.integers(1, 5))
def test_neighbours_and_windows(column: list[int], by: int, radius: int) -> None:
    n = len(column)
    assert shifted(column, by) == [column[i + by] if 0 <= i + by < n else -1 for i in range(n)]
    parts = [column[max(0, i - radius) : i + radius + 1] for i in range(n)]
    assert windowed(column, radius) == plain_windowed(column, radius) == [sum(part) // len(part) for part in parts]


def test_windows_over_values_that_are_too_large_for_the_compiled_loop() -> None:
    assert windowed([2**70, 0, 2**63], 1) == [2**69, (2**70 + 2**63) // 3, 2**62]


@given(st.lists(st.text(st.characters(blacklist_characters="\n")), max_size=5))
def test_class_strings_keep_the_length(texts: list[str]) -> None:
    assert [len(c) for c in class_strings(texts)] == [len(t) for t in texts]


def document_of(page: str, name: str) -> Document:
    return extract(page, name=name).document


def test_features_are_whole_columns_of_integers_in_one_order() -> None:
    tables = []
    for _ in range(2):
        view = view_of(document_of(PAGE, "a.html"), Weights())
        columns = shared_columns(view)
        columns.update(markup_columns(view, Tree(view), columns))
        tables.append(columns)
    assert tables[0] == tables[1]
    assert list(tables[0]) == list(tables[1])
    for name, column in tables[0].items():
        assert len(column) == len(view.units), name
        assert all(type(value) is int and abs(value) < 2**31 for value in column), name


@pytest.mark.parametrize("media_type", ["text/html", "text/plain"])
def test_the_shipped_models_name_the_features_that_are_made(media_type: str) -> None:
    from artextract.stages.classifier import columns_of

    model = model_for(media_type)
    assert model is not None
    html = media_type == "text/html"
    view = view_of(
        document_of(PAGE if html else "One line.\n\nAnother one.", "a.html" if html else "a.txt"), model.weights
    )
    assert set(model.forest.names) == set(columns_of(view, html))


def test_a_model_file_survives_a_round_trip() -> None:
    weights = Weights({"cookies": -120}, {"nav": -90}, {"main": 40}, types={"h forum": (1, 2, 3, 4, 5, 6, 7)})
    model = Model("model.test-1", weights, grown(3), ((0, 0), (1000, 950)))
    again = parse(serialise(model))
    assert again.forest == model.forest
    assert (again.name, again.quality) == (model.name, model.quality)
    assert (again.weights.words, again.weights.types) == (weights.words, weights.types)
    assert serialise(again) == serialise(model)


def test_verdicts_have_scores_and_evidence() -> None:
    article = extract(PAGE, name="a.html")
    scored = [v for v in article.document.verdicts if v.rule == "model.html-1"]
    assert {v.label for v in scored} >= {"body"}
    assert all(0 <= v.score <= 1 for v in scored)
    assert "They stood in the reeds" in article.text
    assert "Home" not in article.text
    assert " + " not in article.explain().splitlines()[0]


def test_favor_moves_the_cut() -> None:
    lengths = [
        len(extract(PAGE, Settings(favor=favor), name="a.html").text) for favor in ("precision", "balanced", "recall")
    ]
    assert lengths == sorted(lengths)


def test_every_feature_has_words() -> None:
    view = view_of(document_of(PAGE, "a.html"), Weights())
    columns = shared_columns(view)
    columns.update(markup_columns(view, Tree(view), columns))
    for name in columns:
        assert " " in phrase(name) or phrase(name) in ("length", "commas", "colons", "prices", "indentation"), name


def test_a_copy_on_one_line_is_found_and_the_others_are_judged_without_it() -> None:
    from artextract.stages.classifier import crammed_copy

    items = [f"Rowing boat number {i} with two oars of ash, for lakes and quiet rivers" for i in range(12)]
    page = "\n\n".join(["Home", "Boats", *items, "Imprint"])

    def view(text: str) -> View:
        return view_of(document_of(text, "a.txt"), Weights())

    assert crammed_copy(view(page)) is None
    assert crammed_copy(view(f"{page}\n\n{' '.join(items)}")) == 15
    assert crammed_copy(view(f"{page}\n\n{' '.join(items).translate(str.maketrans('aeiou', 'uoiea'))}")) is None
