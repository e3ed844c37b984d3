"""Images: lazy sources, sets, pictures, copies; what shows nothing; links around them; players."""

from __future__ import annotations

import pytest
from pages import blocks, markdown


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        ("<img src=/boat.jpg alt=x>", "/boat.jpg"),
        ("<img src='data:image/gif;base64,R0lGOD' data-src=/boat.jpg>", "/boat.jpg"),
        ("<img src=/img/placeholder.gif data-original=/boat.jpg>", "/boat.jpg"),
        ("<img data-lazy-src=/boat.jpg>", "/boat.jpg"),
        ("<img srcset='/small.jpg 320w, /boat.jpg 1280w, /tiny.jpg 80w'>", "/boat.jpg"),
        ("<img srcset='/w_3,h_2/boat.jpg 2x,/other.jpg 1x'>", "/w_3,h_2/boat.jpg"),
        ("<picture><source srcset='/boat.webp'><img src=/boat-old.jpg></picture>", "/boat.webp"),
    ],
)
def test_the_address_is_what_a_browser_would_load(markup: str, address: str) -> None:
    (block,) = blocks(f"<p>{markup}</p>")
    assert (block.kind, [mark.target for mark in block.marks]) == ("image", [address])


@pytest.mark.parametrize(
    "markup",
    [
        "<img src='data:image/png;base64,iVBORw0KGgo='>",
        "<img src=/static/spacer.gif>",
        "<img src=https://cdn.example.org/lazy-placeholder.png?v=3>",
        "<img src=https://count.example.org/hit width=1 height=1>",
        "<img alt='no address'>",
    ],
)
def test_what_shows_nothing_is_no_image(markup: str) -> None:
    assert markdown(f"<p>Before.</p>{markup}<p>After.</p>") == "Before.\n\nAfter."


def test_words_that_stand_ins_have_in_their_names_do_not_make_one() -> None:
    assert markdown("<p><img src=/unloading-pixels.jpg>") == "![](/unloading-pixels.jpg)"


def test_the_copy_for_browsers_without_scripts_takes_the_place_of_the_small_one() -> None:
    small = "<img src=/max/60/1*boat.png?q=20 alt=Boat>"
    assert markdown(f"<figure>{small}<noscript><img src=/max/3688/1*boat.png alt=Boat></noscript></figure>") == (
        "![Boat](/max/3688/1*boat.png)"
    )


def test_a_picture_and_its_thumbnail_side_by_side_are_one() -> None:
    assert markdown("<p><img src=/boat-150x150.jpg><img src=/boat-1024x768.jpg></p>").count("![") == 1


def test_alternative_text_and_caption() -> None:
    page = "<figure><img src=/boat.jpg alt='The [old]  boat'><figcaption>On the <b>lake</b></figcaption></figure>"
    assert markdown(page) == "![The \\[old\\] boat](/boat.jpg)\n\nOn the **lake**"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<a href=/a><img src=/i.png alt=I> text</a>", "[![I](/i.png) text](/a)"),
        ("<a href=/a>text <img src=/i.png></a> end", "[text](/a) [![](/i.png)](/a) end"),
        ("<a href=/a>one</a><a href=/b><img src=/i.png></a>", "[one](/a)[![](/i.png)](/b)"),
        ("<a href=/a>one</a><img src=/i.png>", "[one](/a)![](/i.png)"),
        ("<img src=/i.png><a href=/a>one</a>", "![](/i.png) [one](/a)"),
        ("a <a href=/b><img src=/i.png></a><a href=/c>one</a>", "a [![](/i.png)](/b) [one](/c)"),
        ("one <a href='javascript:void(0)'><img src=/i.png></a>", "one![](/i.png)"),
    ],
)
def test_an_image_stands_in_its_own_link_and_in_no_other(markup: str, expected: str) -> None:
    assert markdown(f"<p>{markup}</p>") == expected


def test_players_and_posts_lead_to_their_pages() -> None:
    page = (
        "<p>Seen.</p><iframe src='https://www.youtube.com/embed/abcdefghijk?rel=0' title='The lock'></iframe>"
        "<iframe src='https://ads.example.org/frame'>No frames.</iframe><video src=/lock.mp4></video>"
    )
    assert "![The lock](https://www.youtube.com/watch?v=abcdefghijk)" in markdown(page)
    assert "ads.example.org" not in markdown(page)
    assert "(/lock.mp4)" in markdown(page)
