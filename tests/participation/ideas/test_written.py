"""How what a resident wrote is shown: paragraphs, links that are safe to follow, and everything else as plain words."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participation.ideas.written import LONGEST_SHOWN, as_html

PIECES = [
    "<",
    ">",
    '"',
    "'",
    "&",
    "\n",
    "\r\n",
    " ",
    "https://",
    "HTTP://",
    "javascript:",
    "a.be",
    "/x",
    ")",
    ".",
    "onx=",
]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        (" \n \n ", ""),
        ("Un banc.", "<p>Un banc.</p>"),
        ("Un.\nDeux.", "<p>Un.<br>Deux.</p>"),
        ("Un.\r\n\r\nDeux.\r\rTrois.", "<p>Un.</p><p>Deux.</p><p>Trois.</p>"),
        ("Un.\n \n\n\nDeux.", "<p>Un.</p><p>Deux.</p>"),
        ("1 < 2 & 3 > 2", "<p>1 &lt; 2 &amp; 3 &gt; 2</p>"),
        ("<b>Gras</b>", "<p>&lt;b&gt;Gras&lt;/b&gt;</p>"),
        ('L\'été "chaud"', "<p>L&#x27;été &quot;chaud&quot;</p>"),
    ],
)
def test_a_text_is_paragraphs_of_plain_words(text: str, html: str) -> None:
    assert as_html(text) == html


@pytest.mark.parametrize(
    ("text", "address", "after"),
    [
        ("Voir https://auneval.example/x.", "https://auneval.example/x", "."),
        ("(HTTP://auneval.example/x)", "HTTP://auneval.example/x", ")"),
        ("« https://auneval.example/?a=1&b=2 » !", "https://auneval.example/?a=1&b=2", " » !"),
        ('https://auneval.example/"onmouseover=x', "https://auneval.example/", '"onmouseover=x'),
        ("https://auneval.example/<script>x</script>", "https://auneval.example/", "<script>x</script>"),
        ("https://javascript:x", "https://javascript:x", ""),
    ],
)
def test_an_address_of_the_web_is_a_link_that_ends_with_it(text: str, address: str, after: str) -> None:
    page = BeautifulSoup(as_html(text), "html.parser")
    (link,) = page.find_all("a")
    assert link.attrs == {"href": address, "rel": ["nofollow", "ugc", "noopener"]}
    assert page.get_text().endswith(f"{address}{after}")


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JAVASCRIPT://x",
        "data:text/html,x",
        "ftp://x.be",
        "//x.be",
        "www.x.be",
        "https://",
        "http://.",
    ],
)
def test_what_is_no_address_of_the_web_stays_words(text: str) -> None:
    assert as_html(text) == f"<p>{text}</p>"


def test_a_long_address_is_shown_shortened_and_followed_whole() -> None:
    address = f"https://auneval.example/{'a' * 100}"
    link = BeautifulSoup(as_html(address), "html.parser").find("a")
    assert link
    assert link["href"] == address
    assert link.get_text() == f"{address[:LONGEST_SHOWN]}…"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30).map("".join))
def test_whatever_is_written_there_are_only_paragraphs_breaks_and_links_to_the_web(text: str) -> None:
    page = BeautifulSoup(as_html(text), "html.parser")
    assert {element.name for element in page.find_all(True)} <= {"p", "br", "a"}
    for link in page.find_all("a"):
        assert set(link.attrs) == {"href", "rel"}
        assert str(link["href"]).lower().startswith(("http://", "https://"))
