"""From answers to a kept plan, through a browser without script."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import PASSWORD, Person
from tests.web.world import ANSWERS, everything
from tracker.store import plans
from tracker.store.engine import reading

QUERY = "/plan?background=switcher&level=starting&hours=8&day=0&day=1&day=2&day=3&day=4&cert=aws-aif&cert=aws-mla"


def hidden(page: str) -> dict[str, list[str]]:
    """What the button that keeps the plan sends."""
    form = page.split('action="/plan/accept"', 1)[1].split("</form>", 1)[0]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(value)
    return found


def test_a_visitor_sees_the_whole_plan_and_nothing_is_written(client: FlaskClient, app: Flask) -> None:
    before = everything(app.extensions["engine"])
    page = client.get(QUERY)
    assert page.status_code == 200
    assert "9 to 12 months" in page.text and "about 8 hours a week" in page.text
    assert "Month by month" in page.text and "Pass AWS Certified AI Practitioner" in page.text
    assert page.text.count("btn-primary") == 1
    assert everything(app.extensions["engine"]) == before


def test_fewer_hours_say_both_spans(client: FlaskClient) -> None:
    page = client.get(QUERY.replace("hours=8", "hours=5")).text
    assert "5 hours a week take you to" in page and "9 to 12 months" in page and "yours is longer" in page


def test_an_exam_that_comes_too_soon_is_told(client: FlaskClient) -> None:
    assert "comes too soon" in client.get(QUERY + "&exam-aws-mla=2026-12-20").text


@pytest.mark.parametrize("day", ["2026-11-20", "2026-11-21"])
def test_an_exam_today_or_tomorrow_still_gives_a_plan(client: FlaskClient, day: str) -> None:
    page = client.get(f"{QUERY}&exam-aws-mla={day}")
    assert page.status_code == 200
    assert "comes too soon" in page.text and "Month by month" in page.text


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("background=switcher", "Choose how far you are."),
        ("background=data&level=built&hours=8&day=1&cert=aws-aif&exam-aws-aif=2026-11-19", "This day has passed."),
        (
            "background=data&level=built&hours=8&day=1&cert=aws-aif&exam-aws-aif=2099-01-01",
            "more than five years ahead",
        ),
        ("background=data&level=built&hours=24&day=1", "over 16 hours on a study day"),
        ("background=data&level=built&day=9", "Choose from the days of the week."),
        ("background=data&level=built&day=1&hours=nan", "from 1 to 60"),
        ("background=data&level=built&day=1&hours=1e308", "from 1 to 60"),
        ("background=data&level=built&day=1&cert=aws-none", "Choose from the certifications of the list."),
        ("background=data&background=developer&level=&day=1", "Choose how far you are."),
        ("background=%3Cscript%3E&level=starting", "Choose where you come from."),
        ("hours=-1&background=data&level=built&day=1", "from 1 to 60"),
        ("start=0000-00-00&day=1&background=data&level=built", "Not a valid date"),
        ("exam-aws-aif=%00&cert=%00", "Choose from the"),
    ],
)
def test_a_bad_address_says_what_is_wrong(client: FlaskClient, query: str, message: str) -> None:
    page = client.get(f"/plan?{query}")
    assert page.status_code == 422
    assert message in page.text and "<script>" not in page.text


def test_typed_values_stay_beside_the_message(client: FlaskClient) -> None:
    page = client.get(QUERY.replace("hours=8", "hours=700") + "&exam-aws-aif=2020-01-01").text
    assert 'value="700"' in page and 'value="2020-01-01"' in page and "This day has passed." in page
    assert re.search(r'<input checked[^>]*value="switcher"', page)


def test_a_visitor_comes_back_to_the_plan_with_an_account(client: FlaskClient) -> None:
    sent = client.post("/plan/accept", data=hidden(client.get(QUERY).text))
    way = urlsplit(sent.headers["Location"])
    assert (sent.status_code, way.path) == (303, "/sign-up")
    [back] = parse_qs(way.query)["next"]
    assert back.startswith("/plan?") and "cert=aws-mla" in back
    assert f"next={way.query.split('=', 1)[1]}" in client.get(sent.headers["Location"]).text
    new = {"name": "Mika", "email": "m@example.org", "password": PASSWORD, "timezone": "UTC"}
    returned = client.post(sent.headers["Location"], data=new)
    assert returned.headers["Location"] == "/roadmap/"
    assert "Your plan is kept" in client.get("/roadmap/").text


def test_a_plan_is_kept_by_signing_in_as_well(client: FlaskClient, mika: Person) -> None:
    sent = client.post("/plan/accept", data=hidden(client.get(QUERY).text))
    account = {"email": mika.email, "password": PASSWORD}
    query = urlsplit(sent.headers["Location"]).query
    assert client.post(f"/sign-in?{query}", data=account).headers["Location"] == "/roadmap/"
    with reading(mika.engine) as session:
        assert plans.current(session, mika.user_id) is not None


def test_an_address_never_replaces_a_plan(client: FlaskClient, mika: Person) -> None:
    assert mika.client.post("/plan/accept", data=ANSWERS).status_code == 303
    back = f"{QUERY}&keep=1"
    sent = client.post("/sign-in", query_string={"next": back}, data={"email": mika.email, "password": PASSWORD})
    assert sent.headers["Location"] == back
    with reading(mika.engine) as session:
        version = plans.current(session, mika.user_id)
    assert version is not None and version.version == 1


def test_only_what_a_visitor_wanted_to_keep_is_kept(client: FlaskClient, mika: Person) -> None:
    account = {"email": mika.email, "password": PASSWORD}
    for back in (QUERY, "/plan?keep=1&hours=700", "/study-log/?keep=1"):
        sent = client.post("/sign-in", query_string={"next": back}, data=account)
        assert sent.headers["Location"] == back
    with reading(mika.engine) as session:
        assert plans.current(session, mika.user_id) is None


def test_without_open_sign_up_a_visitor_signs_in(client: FlaskClient, app: Flask) -> None:
    app.config["SIGNUP"] = "closed"
    sent = client.post("/plan/accept", data=ANSWERS)
    assert urlsplit(sent.headers["Location"]).path == "/sign-in" and "developer" in sent.headers["Location"]


def test_a_long_form_of_a_visitor_does_not_become_a_long_address(client: FlaskClient) -> None:
    sent = client.post("/plan/accept", data={f"_external{at}": "x" * 900 for at in range(150)})
    assert sent.status_code == 303 and len(sent.headers["Location"]) < 8_000


def test_bad_answers_are_not_kept(mika: Person) -> None:
    page = mika.client.post("/plan/accept", data=ANSWERS | {"hours": "0"})
    assert page.status_code == 422 and "from 1 to 60" in page.text
    with reading(mika.engine) as session:
        assert plans.current(session, mika.user_id) is None


def test_the_form_begins_with_the_answers_of_the_plan(mika: Person) -> None:
    mika.client.post("/plan/accept", data=ANSWERS | {"hours": "7.5"})
    assert 'value="7.5"' in mika.client.get("/plan").text
    mika.client.post("/plan/accept", data=ANSWERS | {"hours": "9"})
    with reading(mika.engine) as session:
        version = plans.current(session, mika.user_id)
    assert version is not None and (version.version, version.inputs.hours_a_week) == (2, 9)
