"""Site profiles: how they are learnt, kept in a file, and what the stage makes of them."""

from __future__ import annotations

import random

import pytest

from artextract import Settings, extract
from artextract.batch.learning import SAMPLE, Sampling, Votes, page_votes
from artextract.errors import SettingsError
from artextract.inputs.found import Input
from artextract.model import SiteProfile
from artextract.site import hash_of, profiles_from, profiles_text

FURNITURE = "This paper is made by the people of the town for the people of the town, and all of them may write for it."


def story(number: int) -> str:
    chance = random.Random(number)
    words = [
        "harbour",
        "ferry",
        "winter",
        "master",
        "log",
        "night",
        "wind",
        "town",
        "ice",
        "boat",
        "story",
        "week",
        "friday",
        "market",
    ]
    return "\n\n".join(" ".join(chance.choices(words, k=45)).capitalize() + "." for _ in range(3))


def learnt(pages: list[str], site: str = "paper") -> SiteProfile | None:
    votes = Votes(site)
    for page in pages:
        votes.add(**page_votes(extract(page), site))
    return votes.profile()


def test_a_line_that_every_page_has_goes_and_the_rest_stays() -> None:
    pages = [f"{story(n)}\n\n{FURNITURE}" for n in range(6)]
    profile = learnt(pages)
    assert profile is not None and (profile.pages, dict(profile.lines)) == (
        6,
        {hash_of(FURNITURE.casefold(), "paper"): 1.0},
    )
    assert FURNITURE in extract(pages[0]).text
    article = extract(pages[0], profile=profile)
    assert FURNITURE not in article.text and story(0).split("\n\n")[0] in article.text
    assert article.to_dict()["producer"]["profile"] == profile.digest
    off = extract(pages[0], Settings(disable=("site.repeated",)), profile=profile)
    assert FURNITURE in off.text


def test_an_article_on_two_pages_of_a_site_is_no_furniture() -> None:
    again = f"{story(1)}\n\n{FURNITURE}"
    profile = learnt([again, again, again, again, *(f"{story(n)}\n\n{FURNITURE}" for n in range(2, 6))])
    assert profile is not None and profile.pages == 5
    assert story(1).split("\n\n")[0] in extract(again, profile=profile).text


def test_too_few_pages_teach_nothing() -> None:
    assert learnt([f"{story(n)}\n\n{FURNITURE}" for n in range(2)]) is None
    assert learnt([story(n) for n in range(6)]) is None


def test_short_lines_among_a_pages_own_are_its_structure() -> None:
    parts = [story(n).split("\n\n") for n in range(6)]
    pages = [f"{a}\n\nHow to do it\n\n{b}\n\n{c}\n\n{FURNITURE}" for a, b, c in parts]
    article = extract(pages[0], profile=learnt(pages))
    assert "How to do it" in article.text and FURNITURE not in article.text


def test_the_sample_does_not_depend_on_the_order() -> None:
    documents = [Input(f"site/{n}.txt", ("site", f"{n}.txt")) for n in range(3 * SAMPLE)]
    samples = []
    for order in (documents, documents[::-1]):
        sampling = Sampling(fewest=5)
        for document in order:
            sampling.add(document)
        samples.append({request.header["path"] for _, request in sampling.requests(order)})
    assert samples[0] == samples[1]
    assert len(samples[0]) == SAMPLE


def test_profiles_survive_their_file() -> None:
    profiles = [SiteProfile("a", 5, (("00ff", 0.4),)), SiteProfile("b 长", 7, (("11", 1.0), ("22", 0.5)))]
    assert profiles_from(profiles_text(profiles)) == profiles
    for bad in ("", "[]", "{}", profiles_text([]), profiles_text(profiles).replace('"pages"', '"p"')):
        with pytest.raises(SettingsError):
            profiles_from(bad)
