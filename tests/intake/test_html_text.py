"""HTML becomes text a person would read, and never reaches out."""

import re
import sys

from hypothesis import given
from hypothesis import strategies as st

from foiadesk.intake.html_text import html_to_text
from tests.shared_data import shared


def test_structure_survives() -> None:
    page = (
        "<html><head><title>never shown</title><style>p{}</style></head><body>"
        "<h1>Dear  Requester,</h1><p>We received&nbsp;your <b>request</b><br>on May 4.</p>"
        "<ul><li>one<li>two<ol start=3><li>deep<li>deeper</ol></ul>"
        "<table><tr><td>Number<td>2026-ICFO-1</tr><tr><td>Status<td>open</table>"
        "<blockquote>You wrote:<br>please</blockquote><pre>  kept\n    as is</pre>"
        "<script>alert('never')</script>Bye<hr>footer"
    )
    assert html_to_text(page) == (
        "Dear Requester,\n\nWe received your request\non May 4.\n\n• one\n• two\n  3. deep\n  4. deeper\n\n"
        "Number\t2026-ICFO-1\nStatus\topen\n\n> You wrote:\n> please\n\n  kept\n    as is\n\nBye\n\n"
        "--------------------\n\nfooter"
    )


def test_a_link_shows_where_it_leads() -> None:
    assert html_to_text('<a href="https://pay.example/now">click here</a>') == "click here <https://pay.example/now>"
    assert html_to_text('<a href="https://ice.example/">ice.example</a>') == "ice.example"
    assert html_to_text('<a href="mailto:a@b.example">a@b.example</a>') == "a@b.example"
    assert html_to_text('<a href="javascript:alert(1)">x</a><a href="data:text/html,y">y</a>') == "xy"


def test_text_is_never_swallowed_by_what_was_left_open() -> None:
    for opened in ("<head>", "<title>", "<head><title>", "<object>", "<select>", "<svg>", "<noscript>", "<a href=x>"):
        assert "the decision" in html_to_text(f"<html>{opened}<p>the decision"), opened


def test_broken_markup() -> None:
    assert html_to_text("a < b && c > d") == "a < b && c > d"
    assert "x" in html_to_text("<![if gte mso 9]>x<![endif]>")
    assert "x" in html_to_text("<!ELEMENT br EMPTY>x<![ x")
    assert html_to_text("</p></ul></blockquote></td>x</pre>") == "x"


def test_the_page_of_219_leaks_is_plain_text() -> None:
    text = html_to_text(shared("hostile/leak.html").read_text("utf-8"))
    assert "CLICKME" in text
    assert not re.search(r"<\s*(img|script|link|iframe|object|embed|style|svg|video|base|meta)\b", text, re.IGNORECASE)
    assert "leaking.via" not in text


@given(st.text(alphabet=st.sampled_from(list("<>/!?-[]=\"'& \nabpulitrdhe#;x0")), max_size=300))
def test_any_markup_gives_text(markup: str) -> None:
    assert isinstance(html_to_text(markup), str)


def test_deep_nesting_stays_in_bounds() -> None:
    deep = sys.getrecursionlimit() * 5
    assert html_to_text("<div>" * deep + "x") == "x"
    assert html_to_text("<blockquote>" * deep + "x").endswith("> x")
    assert html_to_text("<ul><li>" * deep + "x").endswith("x")
    assert len(html_to_text("<ul><li>" * deep + "x")) < deep * 200
