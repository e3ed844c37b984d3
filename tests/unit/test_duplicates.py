"""Documents that repeat earlier ones: exact, near, in scripts with and without spaces; and what is said in records."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

import pytest

from artextract.batch.duplicates import Bodies, Originals
from artextract.batch.entry import Copy, Spilled
from artextract.batch.marking import marked
from artextract.batch.sketch import jaccard, packed, shingles, sketch_from, sketch_of, tokens_of, unpacked

WORDS = [
    a + b for a in ("har", "fer", "win", "mor", "log", "ste") for b in ("bour", "ry", "ter", "ning", "book", "amer")
]
SIGNS = [chr(0x4E00 + 37 * n) for n in range(400)]


@pytest.fixture
def originals() -> Iterator[Originals]:
    bodies = Bodies(None)
    bodies.start(0)
    found = Originals(bodies)
    yield found
    found.close()


def judge(originals: Originals, name: str, text: str) -> Copy | None:
    tokens = tokens_of(text)
    body = packed(tokens)
    spilled = Spilled(sketch_of(tokens).text(), originals.bodies.append(body), len(body))
    return originals.judge((name, None), spilled)


def paragraphs(chance: random.Random, script: str, number: int = 20) -> list[str]:
    if script == "latin":
        return [" ".join(chance.choices(WORDS, k=40)) + "." for _ in range(number)]
    return ["".join(chance.choices(SIGNS, k=60)) + "。" for _ in range(number)]


@pytest.mark.parametrize("script", ["latin", "han"])
def test_an_edited_text_in_another_order_is_a_near_duplicate_and_another_text_is_none(
    originals: Originals, script: str
) -> None:
    chance = random.Random(script)
    text = paragraphs(chance, script)
    assert judge(originals, "first", "\n\n".join(text)) is None
    edited = [*text[1:], *paragraphs(chance, script, 1)]
    edited = [*edited[11:], *edited[:11]]
    copy = judge(originals, "second", "\n\n".join(edited))
    assert copy is not None and copy.of == ("first", None) and 0.8 <= copy.similarity < 1
    assert judge(originals, "third", "\n\n".join(paragraphs(chance, script))) is None


def test_letters_count_and_not_their_case_width_or_punctuation(originals: Originals) -> None:
    assert judge(originals, "a", "The harbour froze over in the night, 5 ferries stayed.") is None
    copy = judge(originals, "b", "THE HARBOUR froze over in the night … ５ ferries stayed!")
    assert copy == Copy(("a", None), 1.0)


def test_the_first_in_order_is_the_original_of_all(originals: Originals) -> None:
    text = " ".join(WORDS)
    assert judge(originals, "a", text) is None
    assert [judge(originals, name, text) for name in "bcd"] == [Copy(("a", None), 1.0)] * 3


def test_a_claim_is_never_below_the_threshold() -> None:
    chance = random.Random(7)
    bodies = Bodies(None)
    bodies.start(0)
    originals = Originals(bodies, 0.8)
    base = paragraphs(chance, "latin")
    for edits in range(12):
        text = "\n".join([*paragraphs(chance, "latin", edits), *base[edits:]])
        own = shingles(tokens_of(text))
        truth = jaccard(shingles(tokens_of("\n".join(base))), own)
        copy = judge(originals, str(edits), text)
        assert (copy is not None and copy.of == ("0", None)) == (edits > 0 and truth >= 0.8)
    originals.close()


@pytest.mark.parametrize("text", ["one", "a b c d", "สวัสดีครับ", "长治", "\udcff broken", "word " * 500])
def test_sketches_and_bodies_survive_their_way_to_the_disk(text: str) -> None:
    tokens = tokens_of(text)
    assert unpacked(packed(tokens)) == tokens
    sketch = sketch_of(tokens)
    assert sketch_from(sketch.text()) == sketch
    with pytest.raises(ValueError):
        sketch_from(sketch.text()[:-8])


@pytest.mark.parametrize("indent", [None, 2])
def test_a_record_is_marked_and_unmarked_in_its_keys_only(indent: int | None) -> None:
    article = {"text": 'it says "duplicate_of":null,"similarity":null here', "duplicate_of": None, "similarity": None}
    separators = (",", ":") if indent is None else None
    record = json.dumps({**article, "removed": {}}, indent=indent, separators=separators).encode()
    copy = Copy(('a "quoted" 长治.html', "000001-x"), 0.93)
    changed = marked(record, None, copy)
    assert json.loads(changed) == {
        **article,
        "duplicate_of": {"path": copy.of[0], "member": copy.of[1]},
        "similarity": 0.93,
        "removed": {},
    }
    assert marked(changed, copy, None) == record
