"""The signed instant at which a question was shown."""

from flask import Flask

from tests.databases import START
from tracker.web.shown import shown_at, signed


def test_it_comes_back_for_its_question_and_no_other(app: Flask) -> None:
    with app.app_context():
        text = signed("one", START)
        assert shown_at("one", text) == START
        assert shown_at("two", text) is None


def test_what_we_did_not_sign_is_nothing(app: Flask) -> None:
    with app.app_context():
        text = signed("one", START)
        assert [shown_at("one", bad) for bad in ("", "x", text[:-1], text + "x", '["one", "1"]')] == [None] * 5
