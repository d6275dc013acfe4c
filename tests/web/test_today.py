"""Today through a browser without script."""

import re
from typing import Any

import pytest
from flask import Flask

from tests.bank_factory import SLUG
from tests.cast import Person, sign_up
from tests.conftest import Clock

# the clock stands on Friday 20 November 2026
ANSWERS: dict[str, Any] = {
    "background": "developer",
    "level": "course",
    "hours": "6",
    "day": ["0", "2", "4"],
    "cert": "aws-aif",
    "exam-aws-aif": "2027-03-20",
}
ENTRY = {"study_day": "2026-11-20", "minutes": "25", "activity": "reading", "certification": "", "note": ""}


def today(person: Person, query: str = "") -> str:
    page = person.client.get(f"/today/{query}")
    assert page.status_code == 200, page.status_code
    return page.text


def plan(person: Person, **changes: Any) -> None:
    assert person.client.post("/plan/accept", data=ANSWERS | changes).status_code == 303


def answer(person: Person, clock: Clock, questions: int, run: str = "") -> str:
    run = run or person.start()
    for _ in range(questions):
        clock.forward(seconds=60)
        assert person.answer(run).status_code == 303
    return run


def rows(page: str) -> list[str]:
    return [" ".join(title.split()) for title in re.findall(r'<p class="mp-row-title">(.*?)</p>', page, re.DOTALL)]


def send_form(person: Person, page: str, button: str) -> str:
    """Press a button of the page; the page it leads to."""
    forms = re.findall(r"<form method=\"post\".*?</form>", page, re.DOTALL)
    form = next(form for form in forms if button in re.sub("<[^>]+>", "", form))
    action = re.search(r'action="([^"]+)"', form)
    assert action
    data: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form):
        data.setdefault(name, []).append(value)
    sent = person.client.post(action[1], data=data)
    assert sent.status_code == 303, sent.status_code
    assert sent.headers["Location"].startswith("/today/"), sent.headers["Location"]
    return person.client.get(sent.headers["Location"]).text


def test_somebody_new_is_told_what_to_do_first(mika: Person) -> None:
    page = today(mika)
    assert "Welcome, Mika. Here is your first half hour." in page
    assert rows(page) == ["Make your plan", "Choose a certification", "Read how reviews work"]
    assert page.count("btn-primary") == 1
    mika.aim()
    assert rows(today(mika))[0] == "Answer your first 8 questions on DEM-C01"


def test_a_plan_kept_is_checked_in_the_first_half_hour(mika: Person) -> None:
    plan(mika)
    page = today(mika)
    assert "Check your first month" in page and "It begins with:" in page


def test_before_the_first_estimate_the_card_counts_and_names_no_figure(mika: Person, clock: Clock) -> None:
    mika.aim()
    answer(mika, clock, 3)
    page = today(mika)
    assert "3 of 20 answers to your first estimate" in page
    assert "We show no number before there is evidence for one." in page
    assert "mp-range-words" not in page


def test_with_evidence_the_card_shows_range_chance_and_what_it_rests_on(mika: Person, clock: Clock) -> None:
    mika.aim(SLUG, "2027-01-09")
    for _ in range(2):
        answer(mika, clock, 12)
        clock.forward(days=1)
    page = today(mika)
    assert re.search(r"\d+ to \d+&nbsp;%", page) and "24 first-sight answers" in page
    assert "<b>48</b><span>days</span>" in page
    assert "Most per hour" in page and "Readiness for DEM-C01" in page


def test_the_day_shows_its_minutes_its_review_and_its_steps(mika: Person, clock: Clock) -> None:
    mika.aim()
    plan(mika)
    answer(mika, clock, 3)
    page = today(mika)
    assert "<h1>Friday 20 November</h1>" in page
    assert "120 minutes planned. 1 done, about" in page
    shown = rows(page)
    assert shown[0] == "Answered 3 questions for DEM-C01"
    assert shown[1] == "Go on with your review for DEM-C01"
    assert len(shown) == 4
    assert page.count("btn-primary") == 1


def test_a_sub_step_is_ticked_and_taken_back_on_the_spot(mika: Person, clock: Clock) -> None:
    mika.aim()
    plan(mika)
    answer(mika, clock, 12)
    before = rows(today(mika))
    title = before[1]
    page = send_form(mika, today(mika), f"Tick it: {title}")
    assert title in rows(page)[:2] and "Ticked in" in page
    assert "1 of " in mika.client.get("/roadmap/?phase=foundations").text
    page = send_form(mika, page, f"Undo: {title}")
    assert rows(page) == before


def test_a_step_with_every_part_ticked_is_marked_done_and_reopened(mika: Person) -> None:
    plan(mika)
    parts = ["describe", "probability", "distributions", "inference", "correlation"]
    mika.client.post("/roadmap/steps/statistics/tick", data={"part": parts})
    mika.client.post("/roadmap/steps/statistics/mark", data={"state": "doing", "revision": "0"})
    title = "Work through statistics and probability"
    page = today(mika)
    assert "Every sub-step is ticked." in page and title in rows(page)
    page = send_form(mika, page, f"Tick it: {title}")
    assert "Step done." in page
    page = send_form(mika, page, f"Undo: {title}")
    assert "Step done." not in page


def test_a_logged_entry_is_undone_and_brought_back_on_the_spot(mika: Person) -> None:
    plan(mika)
    mika.client.post("/study-log/", data=ENTRY)
    page = today(mika)
    assert "Reading" in rows(page)[0] and "25 minutes logged." in page and "25 of 120" in page
    page = send_form(mika, page, "Undo: Reading")
    assert "Entry deleted." in page and "25 minutes logged." not in page
    page = send_form(mika, page, "Undo")
    assert "25 minutes logged." in page


def test_a_run_from_today_is_as_long_as_its_row_says(mika: Person, clock: Clock) -> None:
    mika.aim()
    page = today(mika, "?minutes=5")
    assert "Your best 5 minutes" in page
    form = re.search(r'name="questions" value="(\d+)"', page)
    assert form and form[1] == "4"
    sent = mika.client.post(f"/practice/start/{SLUG}", data={"mode": "review", "questions": form[1]})
    assert "1 of 4" in mika.client.get(sent.headers["Location"]).text


@pytest.mark.parametrize("minutes", ["0", "-3", "1e3", "99999", "x", "", "5;", "٣٣٣٣"])
def test_minutes_that_make_no_sense_show_the_whole_day(mika: Person, clock: Clock, minutes: str) -> None:
    mika.aim()
    answer(mika, clock, 1)
    assert "<h1>Friday 20 November</h1>" in today(mika, f"?minutes={minutes}")


@pytest.mark.parametrize("sent", [{"mode": "all", "questions": "x"}, {"mode": "", "questions": "9" * 400}])
def test_a_start_with_odd_wishes_is_a_whole_review(mika: Person, sent: dict[str, str]) -> None:
    mika.aim()
    run = mika.client.post(f"/practice/start/{SLUG}", data=sent).headers["Location"]
    assert "1 of 12" in mika.client.get(run).text


def test_on_a_day_of_rest_nothing_is_asked_for(mika: Person, clock: Clock) -> None:
    mika.aim()
    plan(mika, day=["0", "2"])
    answer(mika, clock, 12)
    page = today(mika)
    assert "A rest day in your plan." in page and "mp-day-rest" in page
    assert rows(page) == ["Answered 12 questions for DEM-C01"]


def test_when_the_day_is_done_the_next_review_is_named_and_more_is_offered(mika: Person, clock: Clock) -> None:
    mika.aim()
    plan(mika)
    answer(mika, clock, 12)
    mika.client.post("/study-log/", data=ENTRY | {"minutes": "120"})
    page = today(mika)
    assert re.search(r"<h1>Done for today\. The next review is (tomorrow|on \w+ \d+ \w+) at 04:00\.</h1>", page)
    assert "Try 5 new questions" in page and "btn-primary" not in page


def test_after_four_silent_days_somebody_is_welcomed_and_warms_up(mika: Person, clock: Clock) -> None:
    mika.aim()
    plan(mika)
    answer(mika, clock, 12)
    clock.forward(days=7)
    page = today(mika)
    assert "Welcome back, Mika." in page
    assert rows(page) == ["Warm up with 4 easy questions"]
    assert "Leave the plan as it is" in page and "Plan again from today" in page
    assert "start=2026-11-27" in page
    assert not re.search(r"\b7 days\b|\bmissed\b", page)
    assert "Welcome back" not in today(mika, "?as=usual")
    sent = mika.client.post(f"/practice/start/{SLUG}", data={"mode": "warm-up", "questions": "4"})
    question = mika.client.get(sent.headers["Location"]).text
    assert "1 of 4" in question and "A warm-up on something you held well" in question
    answer(mika, clock, 1, sent.headers["Location"])
    assert "Welcome back" not in today(mika)


def test_after_a_break_without_anything_known_the_usual_first_row_stands(mika: Person, clock: Clock) -> None:
    plan(mika)
    mika.client.post("/study-log/", data=ENTRY)
    clock.forward(days=6)
    page = today(mika)
    assert "Welcome back, Mika." in page and "Warm up" not in page


def test_somebody_who_met_every_question_is_told_so(mika: Person, clock: Clock) -> None:
    mika.aim()
    while "/practice/" in (run := mika.client.post(f"/practice/start/{SLUG}").headers.get("Location", "")):
        if run.endswith("/practice/"):
            clock.forward(days=1)
            continue
        answer(mika, clock, 1, run)
    assert re.search(r"You have met all \d+ open questions for DEM-C01", today(mika))


def test_a_certification_without_questions_says_so(mika: Person, clock: Clock) -> None:
    plan(mika, cert="aws-mla", **{"exam-aws-aif": ""})
    mika.client.post("/study-log/", data=ENTRY)
    assert "Choose a certification" in today(mika)


def test_each_sees_only_their_own_day(app: Flask, mika: Person, clock: Clock) -> None:
    mika.aim()
    plan(mika)
    answer(mika, clock, 12)
    noor = sign_up(app, "Noor")
    assert "Welcome, Noor." in today(noor) and "DEM-C01" not in today(noor)


def test_the_study_day_ends_at_four(mika: Person, clock: Clock) -> None:
    mika.aim()
    answer(mika, clock, 2)
    # Mika lives an hour east of UTC: it is 03:02 there
    clock.forward(hours=8)
    assert "<h1>Friday 20 November</h1>" in today(mika) and "Answered 2 questions" in today(mika)
    clock.forward(hours=2)
    assert "<h1>Saturday 21 November</h1>" in today(mika) and "Answered 2 questions" not in today(mika)
