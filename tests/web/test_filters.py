"""How values look on a page."""

from datetime import date

import pytest
from flask import Flask

from tests.cast import Person
from tracker.web import filters


def test_shares_become_whole_percent() -> None:
    assert filters.percent(0.634) == 63


@pytest.mark.parametrize(("share", "words"), [(0.001, "under 1 %"), (0.5, "50 %"), (0.999, "over 99 %")])
def test_no_chance_is_called_certain(share: float, words: str) -> None:
    assert filters.chance(share) == words


def test_days_are_written_out() -> None:
    day = date(2026, 11, 3)
    assert (filters.day(day), filters.weekday(day), filters.short_day(day)) == (
        "3 November 2026",
        "Tuesday 3 November",
        "3 Nov",
    )


def test_counts_agree_with_their_nouns() -> None:
    assert [filters.plural(count, "day") for count in (0, 1, 2)] == ["0 days", "1 day", "2 days"]


def test_the_question_is_set_off_and_text_is_escaped() -> None:
    shown = filters.stem("A <b> firm trains.\n\nIt pays well. Which service\nfits?")
    assert shown == 'A &lt;b&gt; firm trains.<br><br>It pays well. <span class="mp-ask">Which service fits?</span>'
    assert filters.stem("Just a statement.") == "Just a statement."


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Embeddings", "embeddings"),
        ("AWS services", "AWS services"),
        ("Amazon Bedrock", "Amazon Bedrock"),
        ("Retrieval Augmented (RAG)", "Retrieval Augmented (RAG)"),
    ],
)
def test_names_inside_a_sentence(name: str, inside: str) -> None:
    assert filters.lower_first(name) == inside


@pytest.mark.parametrize(("lowest", "axis"), [(0.63, 40), (0.41, 40), (0.39, 30), (0.07, 0)])
def test_the_axis_reaches_below_what_it_shows(lowest: float, axis: int) -> None:
    assert filters.axis_low(lowest) == axis


def test_a_static_address_names_the_files_content(app: Flask) -> None:
    with app.test_request_context():
        assert "?v=" in filters.asset("css/tokens.css")


def test_the_theme_is_set_on_the_server(mika: Person) -> None:
    mika.client.post(
        "/settings/save", data={"name": "Mika", "timezone": "UTC", "theme": "dark", "keys": "y", "revision": 1}
    )
    page = mika.client.get("/settings/").text
    assert 'data-bs-theme="dark"' in page
    assert "data-keys" in page


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140 Safari/537 Edg/140", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605 Version/18 Safari/605", "Safari on macOS"),
        ("curl/8.0", "curl/8.0"),
        ("", "Unknown browser"),
    ],
)
def test_a_browser_is_named_in_few_words(agent: str, words: str) -> None:
    assert filters.browser(agent) == words
