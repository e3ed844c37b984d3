"""Code and formulas: languages, gutters and buttons, white space, fences; TeX from all that carries it."""

from __future__ import annotations

import pytest
from pages import blocks, markdown

LISTINGS = {
    "highlight.js": "<pre><code class='hljs language-ruby'>a\n  b</code></pre>",
    "prism": "<pre class=language-ruby><code class=language-ruby><span class=token>a</span>\n  b</code></pre>",
    "pygments": "<div class='highlight-ruby notranslate'><div class=highlight><pre><span></span>a\n  b\n</pre></div></div>",
    "rouge": "<div class='language-ruby highlighter-rouge'><div class=highlight><pre class=highlight><code>a\n  b\n</code>"
    "</pre></div></div>",
    "rouge with numbers": "<div class='language-ruby highlighter-rouge'><code><table class=rouge-table><tr>"
    "<td class='gutter gl'><pre class=lineno>1\n2\n</pre><td class=code><pre>a\n  b\n</pre></table></code></div>",
    "chroma": "<div class=highlight><pre class=chroma><code class=language-ruby data-lang=ruby><span class=line>"
    "<span class=ln>1</span><span class=cl>a\n</span></span><span class=line><span class=ln>2</span>"
    "<span class=cl>  b\n</span></span></code></pre></div>",
    "shiki": "<pre class=shiki data-language=ruby><code><span class=line>a</span>\n<span class=line>  b</span></code></pre>",
    "rehype-pretty": "<figure data-rehype-pretty-code-figure><pre data-language=ruby><code><span data-line>a</span>"
    "<span data-line>  b</span></code></pre></figure>",
    "docusaurus": "<div class='language-ruby codeBlockContainer_Ckt0 theme-code-block'><div><pre class=prism-code><code>"
    "<span class=token-line>a<br></span><span class=token-line>  b<br></span></code></pre><div><button>Copy</button></div>"
    "</div></div>",
    "github": "<div class='highlight highlight-source-ruby'><pre>a\n  b</pre><div class=zeroclipboard-container>"
    "<clipboard-copy><svg></svg></clipboard-copy></div></div>",
    "syntaxhighlighter": "<pre class='brush: ruby; gutter: false'>a\n  b</pre>",
    "prettify": "<pre class='prettyprint lang-ruby'><ol><li>a</li><li>  b</li></ol></pre>",
    "lang attribute": "<pre lang=ruby><code>a\n  b</code></pre>",
}


@pytest.mark.parametrize("name", LISTINGS)
def test_listings_of_the_common_highlighters(name: str) -> None:
    assert markdown(f"<p>Before.</p>{LISTINGS[name]}<p>After.</p>") == ("Before.\n\n```ruby\na\n  b\n```\n\nAfter.")


def test_codemirror_has_its_lines_in_elements() -> None:
    page = "<div class=cm-content><div class=cm-line>a</div><div class=cm-line>  b</div></div>"
    assert markdown(page) == "```\na\n  b\n```"


def test_a_language_of_people_is_none_of_programs() -> None:
    assert markdown("<pre lang=en>a</pre>") == "```\na\n```"


def test_white_space_is_exact_and_fences_are_longer_than_what_they_hold() -> None:
    assert markdown("<pre>\ta\n\n\n  b ```\n</pre>") == "~~~\n\ta\n\n\n  b ```\n~~~"
    assert markdown("<pre>``` ~~~~</pre>") == "````\n``` ~~~~\n````"
    assert markdown("<p><code>a ` b</code> and <code>``</code></p>") == "``a ` b`` and ``` `` ```"


def test_numbers_that_are_no_line_numbers_stay() -> None:
    assert blocks("<pre>7  first\n1  second</pre>")[0].text == "7  first\n1  second"


FORMULAS = {
    "katex": "<span class=katex><span class=katex-mathml><math><semantics><mi>x</mi><annotation encoding='application/x-tex'>"
    "x^2</annotation></semantics></math></span><span class=katex-html aria-hidden=true>x2</span></span>",
    "mathjax 2": "<span class=MathJax_Preview>x2</span><script type='math/tex'>x^2</script>",
    "mathjax 3": "<mjx-container><mjx-math>x2</mjx-math><mjx-assistive-mml><math><msup><mi>x</mi><mn>2</mn></msup></math>"
    "</mjx-assistive-mml></mjx-container>",
    "mathml": "<math><msup><mi>x</mi><mn>2</mn></msup></math>",
    "mathml with text": "<math alttext='x^2'><msup><mi>x</mi><mn>2</mn></msup></math>",
    "wordpress": "<img src='https://s0.wp.com/latex.php?latex=x%5E2' alt='x^2' class=latex>",
    "delimiters": "\\(x^2\\)",
}


@pytest.mark.parametrize("name", FORMULAS)
def test_formulas_are_tex(name: str) -> None:
    assert markdown(f"<p>So {FORMULAS[name]} is.</p>").replace("{2}", "2") == "So $x^2$ is."


def test_formulas_that_stand_alone() -> None:
    page = "<p>So</p><math display=block><mfrac><mi>a</mi><mi>b</mi></mfrac></math>"
    assert markdown(page) == "So\n\n$$\n\\frac{a}{b}\n$$"


def test_prices_are_no_formulas() -> None:
    assert markdown("<p>From $5 to $6, or A$7.</p>") == "From $5 to $6, or A$7."
