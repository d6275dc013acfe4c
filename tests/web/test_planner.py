"""What the planner reads from an address."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from tests.web.world import ANSWERS
from tracker.core.roadmap import Inputs, Target
from tracker.web import planner

TODAY = date(2026, 11, 20)


def read(app: Flask, **changes: Any) -> tuple[Inputs | None, dict[str, list[str]]]:
    """The inputs, and the messages by field."""
    with app.test_request_context():
        form = planner.new_form(MultiDict({**ANSWERS, **changes}))
        return planner.read(form, TODAY), form.errors


def test_answers_become_inputs_with_the_usual_certifications(app: Flask) -> None:
    inputs, _ = read(app)
    assert inputs == Inputs("developer", "course", 8, TODAY, (Target("aws-mla"),), frozenset({0, 2, 5}))
    chosen, _ = read(app, chosen="1")
    assert chosen is not None and chosen.targets == ()


def test_inputs_come_back_from_the_address_they_make(app: Flask) -> None:
    given, _ = read(app, cert=["aws-aif", "gcp-pmle"], **{"exam-gcp-pmle": "2027-09-01", "rating-ml": "0"})
    assert given is not None and given.ratings == {"ml": 0}
    with app.test_request_context():
        again = planner.read(planner.new_form(MultiDict(planner.query_of(given))), TODAY)
    assert again == given


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"background": "x"}, "background", "Choose where you come from."),
        ({"background": []}, "background", "Choose where"),
        ({"hours": "nan"}, "hours", "from 1 to 60"),
        ({"hours": "many"}, "hours", "from 1 to 60"),
        ({"hours": "1e400"}, "hours", "from 1 to 60"),
        ({"day": []}, "day", "at least one"),
        ({"day": "9"}, "day", "Choose from"),
        ({"day": "x"}, "day", "Choose from"),
        ({"cert": "nothing"}, "cert", "Choose from"),
        ({"start": "9999-12-31"}, "start", "more than a year ahead"),
        ({"start": "soon"}, "start", "valid date"),
        ({"rating-ml": "7"}, "rating-ml", "valid choice"),
        ({"cert": "aws-aif", "exam-aws-aif": "2020-01-01"}, "exam-aws-aif", "has passed"),
        ({"cert": "aws-aif", "exam-aws-aif": "9999-01-01"}, "exam-aws-aif", "five years"),
        ({"cert": "aws-aif", "exam-aws-mla": "2027-01-01"}, "exam-aws-mla", "Choose this certification"),
    ],
)
def test_a_bad_answer_has_its_message_at_its_field(app: Flask, changes: Any, field: str, message: str) -> None:
    inputs, errors = read(app, **changes)
    assert inputs is None
    assert list(errors) == [field] and message in errors[field][0]


def test_every_certification_has_a_short_name() -> None:
    names = planner.code_names({"aws-aif": "AIF-C01"})
    assert (names["aws-aif"], names["gcp-pmle"]) == ("AIF-C01", "PMLE")
