"""Rules live up to their examples, are found by what their matches begin with or hold, and a user's own are proved."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from artextract.errors import SettingsError
from artextract.patterns import ambiguous_loop, branches, exact_lines, fold, fold_pattern, needles, starts, tidy
from artextract.rules import (
    LANGUAGES,
    MAX_CHARS,
    Rule,
    RuleSet,
    all_rules,
    check,
    parse_rules,
    read_rules,
    rule,
    rules_for,
    stage_rules,
    study,
    suffix,
)
from artextract.settings import DEFAULT, Settings

LEXICON = [r for r in all_rules() if r.where != "stage"]
BUILDER = Path(__file__).parents[2] / "tools/build_lexicon.py"

WEATHER = """
[[rule]]
id = "my.weather"
label = "other"
certainty = "certain"
pattern = 'weather in {name}: .{1,40}'
reason = "A weather line that the site puts on every page."
hits = ["Weather in Oslo: 3 °C", "WEATHER IN ROME: 21 °C"]
misses = ["The weather in Oslo was fine.", "Weather permitting, we sail."]
"""


@pytest.mark.parametrize("found", LEXICON, ids=lambda r: r.id)
def test_a_rule_lives_up_to_its_examples(found: Rule) -> None:
    assert check(found) == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_rule_is_found_by_each_of_its_hits(tag: str) -> None:
    """What is told of a pattern without running it never hides a match."""
    rules = _rules_of(tag)
    for found in (r for r in LEXICON if r.id.startswith(f"{tag}.")):
        for text in found.hits:
            assert found.id in _found(rules, found, text), (found.id, text)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_prose_that_a_rule_must_leave_alone_falls_to_no_certain_rule_either(tag: str) -> None:
    rules = _rules_of(tag)
    for text in (text for r in LEXICON if r.id.startswith(f"{tag}.") for text in r.misses):
        line = tidy(fold(text))
        matched = rules.lines.match(line, text, rules.lines.holding(line))
        assert not [m.id for m in matched if m.certain], text


def test_every_language_has_rules_for_what_every_site_has() -> None:
    ids = {r.id for r in LEXICON}
    slugs = (
        "share",
        "byline",
        "dateline",
        "source",
        "related-head",
        "breadcrumb",
        "copyright",
        "comment-head",
        "login",
    )
    assert [f"{tag}.{slug}" for tag in LANGUAGES[1:] for slug in slugs if f"{tag}.{slug}" not in ids] == []


def test_ids_are_unique_and_say_their_language() -> None:
    ids = [r.id for r in all_rules()]
    assert len(ids) == len(set(ids))
    assert {r.id.partition(".")[0] for r in LEXICON} == set(LANGUAGES)


@pytest.mark.parametrize("found", stage_rules().values(), ids=lambda r: r.id)
def test_a_rule_of_a_stage_is_whole(found: Rule) -> None:
    assert check(found) == []


def test_reasons_are_sentences() -> None:
    assert [r.id for r in all_rules() if not (r.reason[:1].isupper() and r.reason.endswith("."))] == []


def test_generated_files_are_current() -> None:
    builder = _builder()
    stale = [path.name for path, text in builder.files().items() if path.read_text("utf-8") != text]
    assert stale == [], "run tools/build_lexicon.py"


def test_a_rule_is_known_by_its_id() -> None:
    found = rule("zh.icp-licence")
    assert found is not None and found.label == "legal" and "ministry" in found.reason
    assert rule("repeat.exact") == stage_rules()["repeat.exact"]
    assert rule("zh.no-such-rule") is None


def test_languages_over_a_tenth_are_loaded() -> None:
    rules = rules_for((("zh-Hant", 0.6), ("ja", 0.3), ("ru", 0.05)), DEFAULT)
    loaded = {rule_id.partition(".")[0] for rule_id in rules.rank}
    assert loaded == {"zh", "ja", "en", "any"}


def test_english_and_signs_are_always_loaded() -> None:
    rules = rules_for((), DEFAULT)
    assert {rule_id.partition(".")[0] for rule_id in rules.rank} == {"en", "any"}


def test_certain_rules_count_before_likely_ones() -> None:
    rules = rules_for((("de", 1.0),), DEFAULT)
    certain = {r.id for r in LEXICON if r.certainty == "certain"}
    order = [rule_id in certain for rule_id in rules.rank]
    assert order == sorted(order, reverse=True)


def test_a_rule_can_be_switched_off() -> None:
    rules = rules_for((("en", 1.0),), Settings(disable=("en.share",)))
    assert "en.share" not in rules.rank
    assert "en.share" not in {m.id for m in rules.lines.match("share", "Share")}


def test_own_rules_come_first() -> None:
    rules = rules_for((("en", 1.0),), Settings(rules=WEATHER))
    matched = rules.lines.match("weather in oslo: 3 °c", "Weather in Oslo: 3 °C")
    assert rules.ordered(matched)[0].id == "my.weather"
    assert next(iter(rules.rank)) == "my.weather"


def test_own_rules_are_parsed() -> None:
    (found,) = parse_rules(WEATHER)
    assert (found.id, found.label, found.certainty, found.where, found.max_chars) == (
        "my.weather",
        "other",
        "certain",
        "line",
        120,
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Weather in Oslo: 3 °C", "Rain in Oslo", "line 3: rule 'my.weather': does not match its hit 'Rain in Oslo'"),
        ("Weather permitting, we sail.", "Weather in Rome: hot", "matches its miss 'Weather in Rome: hot'"),
        ('label = "other"', 'label = "body"', "the label 'body' is none of advertisement, "),
        ('label = "other"', 'label = "weather"', "the label 'weather' is none of "),
        ('"certain"', '"sure"', "certainty is 'certain' or 'likely'"),
        ('id = "my.weather"', 'id = "Weather"', "the id must look like 'my.weather'"),
        ("{name}", "{nmae}", "no part is named 'nmae'"),
        ("{name}", "(?P<x", "the pattern is not valid"),
        ("{name}", "(a+)+", "could take for ever"),
        ("{name}: .{1,40}'", "{name}: .{1,40}|'", "matches an empty line"),
        ('reason = "', 'raeson = "', "unknown key 'raeson'"),
        ('reason = "A weather line that the site puts on every page."', "", "'reason' is missing"),
        ('"Weather in Oslo: 3 °C", ', "", "two hits"),
        ("[[rule]]", "[[rules]]", "[parts] and [[rule]] tables only"),
        ("[[rule]]", "[[rule]", "not valid TOML"),
        ("[[rule]]", "[[rule]]\nmax_chars = 100000", "max_chars is 1 to 600"),
        ('hits = ["', 'hits = [7, "', "lists of texts"),
        ("pattern = 'weather", "pattern = 7 #'weather", "its pattern or a field is not valid"),
    ],
)
def test_what_is_wrong_with_own_rules_is_said(old: str, new: str, said: str) -> None:
    assert old in WEATHER
    with pytest.raises(SettingsError) as caught:
        parse_rules(WEATHER.replace(old, new, 1))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_own_rules_with_one_id_twice_are_refused() -> None:
    with pytest.raises(SettingsError, match="occurs twice"):
        parse_rules(WEATHER + WEATHER)


def test_own_rules_may_name_parts_and_use_the_common_ones() -> None:
    text = WEATHER.replace("{name}: ", "{town} on {date}: ").replace("in Oslo:", "in Oslo on 2022-05-10:")
    text = text.replace("IN ROME:", "IN ROME ON 10 MAY 2022:")
    (found,) = parse_rules("[parts]\ntown = 'oslo|rome'\n" + text)
    assert check(found) == []


def test_folding() -> None:
    assert fold("ΣΧΌΛΙΑ") == fold("σχόλια") == "σχολια"
    assert fold("責任編輯：") == fold("责任编辑:")
    assert fold("Élysée – «L’été»") == "elysee - <l'ete>"
    assert fold("٢٠٢٢") == "2022"
    assert fold("Ｃｏｐｙｒｉｇｈｔ　（ｃ）２０２２") == "copyright (c)2022"


def test_patterns_are_folded_but_for_their_escapes() -> None:
    assert fold_pattern(r"\S\D（[Ää]）") == r"\S\D\([aa]\)"


def test_ornaments_are_taken_off() -> None:
    assert [tidy(text) for text in ("[ 打印 ]", "* home *", "(12", "a (b)", "...", "«", "read more…")] == [
        "打印",
        "home",
        "12",
        "a (b)",
        "...",
        "«",
        "read more",
    ]


def test_alternatives_of_a_pattern() -> None:
    assert branches(r"a|(?:b|[|)]c|\|d)") == ["a", "b", "[|)]c", r"\|d"]
    assert branches("(?:a|b)c(?:d|e)") == ["(?:a|b)c(?:d|e)"]


def test_what_can_be_told_of_a_pattern() -> None:
    assert exact_lines("top(?: of page)?s?") == ("top", "top of page", "top of pages", "tops")
    assert exact_lines(r"page \d") == ()
    assert starts(r"\d{1,5} views") == ("0 vi", "00 v", "000 ", "0000")
    assert starts(".{1,9}x") == ()
    assert needles(".{0,9}@.{0,9}") == ("@",)
    assert needles("[abc]{1,9}") == ()


@pytest.mark.parametrize("pattern", ["(a+)+", r"(\w+ ?)*", "(?:a|b+)*", "(?:x ?,? ?)+", "(a*)*b", "(?:(?:ab?)+)+c"])
def test_a_pattern_that_could_take_for_ever_is_told(pattern: str) -> None:
    assert ambiguous_loop(pattern)


@pytest.mark.parametrize("pattern", [r"(?:, \w+)*", "(?:[a-z]{1,9} ){0,20}", r"(?:\d{1,3}\.)*", "(?:a+b)?", "x{2,90}"])
def test_a_pattern_that_takes_one_way_only_is_let_through(pattern: str) -> None:
    assert not ambiguous_loop(pattern)


def test_where_a_credit_at_the_end_begins() -> None:
    assert suffix("it rained.(张三)") == 10
    assert suffix("the plan (a draft)") is None
    assert suffix("see example.com") is None
    assert suffix("he left. jane doe reporting") == 8


def test_a_studied_rule_keeps_its_limits() -> None:
    (found,) = read_rules(WEATHER, {"name": r"\w{1,20}"})
    matcher = study(found)
    assert matcher.certain and matcher.max_chars == 120 and matcher.exact == ()
    assert [form.starts for form in matcher.forms] == [("weat",)]


def test_numbered_groups_and_flags_are_not_taken_apart() -> None:
    text = WEATHER.replace("weather in {name}: .{1,40}", r"(?P<w>w)eather (in|at) \w{1,9}: .{1,9}|(?P=w)eather .{1,9}")
    text = text.replace("Weather permitting, we sail.", "Fine weather.")
    (found,) = parse_rules(text)
    assert [form.pattern for form in study(found).forms] == [found.pattern]
    assert branches("(?s:a|b)|c") == ["(?s:a|b)|c"]


def test_no_rule_looks_at_longer_lines_than_the_stage() -> None:
    assert [r.id for r in LEXICON if r.max_chars > MAX_CHARS] == []


def _rules_of(tag: str) -> RuleSet:
    return rules_for(((tag, 1.0),), DEFAULT)


def _found(rules: RuleSet, found: Rule, text: str) -> set[str]:
    folded = fold(text)
    if found.where != "block-end":
        line = tidy(folded)
        return {m.id for m in rules.lines.match(line, text, rules.lines.inside([line]).get(0, ()))}
    start = suffix(folded) or 0
    bare = folded[start:].strip()
    return {m.id for m in rules.ends.match(bare, text[start:], rules.ends.holding(bare))}


def _builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_lexicon", BUILDER)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
