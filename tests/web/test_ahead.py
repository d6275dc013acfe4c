"""What lies ahead, on the pages that tell it."""

import re

import pytest

from tests.bank_factory import SLUG
from tests.cast import Person
from tests.conftest import Clock


def with_evidence(person: Person, clock: Clock, exam_day: str, seconds: int = 60) -> None:
    """Answer everything twelve at a time on two days, each question after so many seconds."""
    person.aim(SLUG, exam_day)
    for _ in range(2):
        run = person.start()
        for _ in range(12):
            question = person.question(run)
            clock.forward(seconds=seconds)
            sent = {"choice": list(range(question.wanted)), "confidence": "think", "shown_at": question.shown_at}
            assert person.client.post(question.action, data=sent).status_code == 303
        clock.forward(days=1)


def forecast(page: str) -> list[int]:
    """Minutes of the pace, and the percent figures of both forecasts: low, high, low, high, chances."""
    found = re.search(r"Keep this pace, about (.*?) to reach our target", page, re.DOTALL)
    assert found
    return [int(figure) for figure in re.findall(r"\d+", found[1])]


def test_today_and_progress_tell_the_same_forecast_and_where_an_hour_gains_most(mika: Person, clock: Clock) -> None:
    with_evidence(mika, clock, "2027-01-09")
    today, progress = (mika.client.get(path).text for path in ("/today/", "/progress/"))
    told = forecast(progress)
    assert forecast(today) == told
    minutes, low, high, more, low_more, high_more, chance_more, chance = told
    # 24 questions of a minute, over the three days since the first
    assert (minutes, more) == (8, 20)
    assert low < high and low_more > low and high_more >= high and chance_more >= chance
    most = re.search(r"Most per hour.*?>(D\d) [^<]*, (\+\d+\.\d) points<", today, re.DOTALL)
    assert most
    gains = re.findall(r'data-th="An hour adds">([+−]\d+\.\d) points', progress)
    assert most[2] in gains and float(most[2]) == max(float(gain) for gain in gains)


def test_without_an_exam_day_there_is_no_forecast(mika: Person, clock: Clock) -> None:
    with_evidence(mika, clock, "")
    for path in ("/today/", "/progress/"):
        page = mika.client.get(path).text
        assert "Keep this pace" not in page
    assert "An hour adds" in mika.client.get("/progress/").text


def test_below_the_minimum_evidence_nothing_is_foretold(mika: Person) -> None:
    mika.aim(SLUG, "2027-01-09")
    mika.answer(mika.start())
    for path in ("/today/", "/progress/"):
        page = mika.client.get(path).text
        assert "Keep this pace" not in page and "An hour adds" not in page and "Most per hour" not in page


@pytest.mark.parametrize(("seconds", "minutes"), [(60, 8), (600, 80)])
def test_the_pace_is_the_learners_own(mika: Person, clock: Clock, seconds: int, minutes: int) -> None:
    with_evidence(mika, clock, "2027-01-09", seconds)
    assert forecast(mika.client.get("/progress/").text)[0] == minutes
