"""Choosing a certification and its exam day."""

import pytest
from flask import Flask

from tests.bank_factory import SLUG
from tests.cast import Person
from tests.web.forms import problems
from tests.web.world import everything
from tracker.store import targets
from tracker.store.engine import reading
from tracker.store.targets import Target

SAVE, DROP = f"/certifications/{SLUG}", f"/certifications/{SLUG}/drop"


def stored(person: Person) -> Target | None:
    with reading(person.engine) as session:
        return targets.target(session, person.user_id, SLUG)


def exam_day(person: Person) -> str:
    target = stored(person)
    return target.exam_day.isoformat() if target and target.exam_day else ""


def test_choosing_a_certification_leads_to_today(mika: Person) -> None:
    sent = mika.client.post(SAVE, data={"exam_day": "2027-03-01", "revision": "0"})
    assert (sent.status_code, sent.headers["Location"]) == (303, "/today/")
    assert exam_day(mika) == "2027-03-01"


def test_today_is_still_to_come_and_yesterday_is_over(mika: Person) -> None:
    # 18:00 UTC is 19:00 in Vienna
    mika.aim(exam_day="2026-11-20")
    page = mika.client.post(SAVE, data={"exam_day": "2026-11-19", "revision": "1"})
    assert page.status_code == 422
    assert "This day is over" in problems(page.text)["exam_day"]
    assert 'value="2026-11-19"' in page.text
    assert exam_day(mika) == "2026-11-20"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("2031-11-20", "more than five years"),
        ("9999-12-31", "more than five years"),
        ("0001-01-01", "over"),
        ("tomorrow", "Not a valid date"),
        ("2027-02-29", "Not a valid date"),
        ("2027-13-01", "Not a valid date"),
        ("2027-03-01\0", "Not a valid date"),
        ("<script>alert(1)</script>", "Not a valid date"),
        ("1" * 5000, "Not a valid date"),
    ],
)
def test_a_bad_day_is_refused_with_a_message_and_kept(mika: Person, value: str, message: str) -> None:
    before = everything(mika.engine)
    page = mika.client.post(SAVE, data={"exam_day": value, "revision": "0"})
    assert page.status_code == 422
    assert message in problems(page.text)["exam_day"]
    assert "<script>alert" not in page.text
    assert everything(mika.engine) == before


def test_the_furthest_day_works_on_every_page(mika: Person) -> None:
    mika.aim(exam_day="2031-11-19")
    run = mika.start()
    feedback = mika.answer(run).headers["Location"]
    for page in ("/practice/", "/progress/", feedback, f"{run}/summary", "/certifications/"):
        assert mika.client.get(page).status_code == 200, page


@pytest.mark.parametrize("revision", ["one", "1.5", "9" * 5000, "{}"])
def test_a_revision_that_is_no_number_is_refused_with_a_message(mika: Person, revision: str) -> None:
    mika.aim(exam_day="2027-03-01")
    page = mika.client.post(SAVE, data={"exam_day": "2027-04-01", "revision": revision})
    assert page.status_code == 422
    assert "too old" in problems(page.text)[""]
    assert 'name="revision" type="hidden" value="1"' in page.text
    assert exam_day(mika) == "2027-03-01"


def test_a_second_tab_overwrites_nothing_and_shows_both_days(mika: Person) -> None:
    mika.aim(exam_day="2027-03-01")
    page = mika.client.post(SAVE, data={"exam_day": "2027-04-01", "revision": "0"})
    assert page.status_code == 409
    assert "2027-03-01" in problems(page.text)["exam_day"]
    assert 'value="2027-04-01"' in page.text
    assert exam_day(mika) == "2027-03-01"
    assert mika.client.post(SAVE, data={"exam_day": "2027-04-01", "revision": "1"}).status_code == 303
    assert exam_day(mika) == "2027-04-01"


def test_extra_fields_change_nothing(mika: Person, noor: Person) -> None:
    extra = {"user_id": noor.user_id.hex, "state": "passed", "extra_time": "9", "exam_code": "X", "role": "operator"}
    mika.client.post(SAVE, data={"revision": "0"} | extra)
    target = stored(mika)
    assert target is not None
    assert (target.state, target.extra_time, target.exam_code) == ("planned", 1.0, "DEM-C01")
    assert stored(noor) is None


def test_a_dropped_certification_is_gone_and_may_be_chosen_again(mika: Person) -> None:
    mika.aim()
    assert mika.client.post(DROP).headers["Location"] == "/certifications/"
    assert mika.client.get("/practice/").headers["Location"] == "/certifications/"
    mika.aim(exam_day="2027-03-01")
    assert mika.client.get("/practice/").status_code == 200


def test_an_unknown_certification_is_not_found(mika: Person) -> None:
    for path in ("/certifications/nothing", "/certifications/nothing/drop", "/certifications/" + "x" * 3000, DROP):
        assert mika.client.post(path, data={"revision": "0"}).status_code == 404


def test_a_body_of_a_megabyte_is_413(app: Flask, mika: Person) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    for path in (SAVE, DROP, "/settings/save", "/settings/password", "/settings/delete"):
        assert mika.client.post(path, data={"exam_day": "1" * 1_048_576}).status_code == 413
