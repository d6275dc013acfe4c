"""Smart Review through a browser without script."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from tests.bank_factory import SLUG
from tests.cast import Person, Question
from tests.conftest import Clock
from tracker.store.engine import writing
from tracker.store.tables import LearnerRow


def answered_run(person: Person, count: int) -> str:
    """A new run with so many answers; its address."""
    run = person.start()
    for _ in range(count):
        assert person.answer(run).status_code == 303
    return run


def test_without_a_target_practice_leads_to_the_choice(mika: Person) -> None:
    assert mika.client.get("/practice/").headers["Location"] == "/certifications/"


def test_an_answer_shows_its_reasons_and_the_next_question(mika: Person) -> None:
    mika.aim()
    run = mika.start()
    first = mika.question(run)
    sent = mika.answer(run)
    feedback = mika.client.get(sent.headers["Location"]).text
    assert "When it comes back" in feedback
    assert feedback.count('<li class="mp-reason') in (4, 5)
    assert mika.question(run).action != first.action


def test_the_key_is_in_no_page_before_the_answer(mika: Person) -> None:
    mika.aim()
    html = mika.question(mika.start()).html
    assert "correct" not in html.lower().replace("check answer", "")
    assert "mp-reason" not in html


def test_start_again_goes_on_with_the_open_run(mika: Person) -> None:
    mika.aim()
    run = mika.start()
    assert mika.start() == run
    assert "Go on with your review" in mika.client.get("/practice/").text


def test_reading_a_question_again_shows_the_same_one(mika: Person) -> None:
    mika.aim()
    run = mika.start()
    assert mika.question(run).action == mika.question(run).action


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"confidence": "sure"}, "Choose"),
        ({"choice": ["0", "1", "2"], "confidence": "sure"}, "Choose"),
        ({"choice": ["9"], "confidence": "sure"}, "no such option"),
        ({"choice": ["-1"], "confidence": "sure"}, "no such option"),
        ({"choice": ["banana"], "confidence": "sure"}, "no such option"),
        ({"choice": ["99999999999999999999"], "confidence": "sure"}, "no such option"),
    ],
)
def test_a_choice_that_does_not_fit_comes_back_with_a_message(
    mika: Person, fields: dict[str, Any], message: str
) -> None:
    mika.aim()
    run = mika.start()
    sent = mika.client.post(mika.question(run).action, data=fields)
    assert sent.status_code == 422
    assert message in sent.text
    assert re.search(r'value="sure"\s+checked', sent.text)


def test_a_missing_confidence_keeps_the_choice(mika: Person) -> None:
    mika.aim()
    run = mika.start()
    question = mika.question(run)
    sent = mika.client.post(question.action, data={"choice": list(range(question.wanted))})
    assert sent.status_code == 422
    assert "how sure you are" in sent.text
    assert re.search(r'value="0"\s+checked', sent.text)


def test_the_same_answer_twice_counts_once_another_answer_is_refused(mika: Person) -> None:
    mika.aim()
    run = mika.start()
    question = mika.question(run)
    fields = {"choice": list(range(question.wanted)), "confidence": "think"}
    first = mika.client.post(question.action, data=fields)
    second = mika.client.post(question.action, data=fields)
    assert first.headers["Location"] == second.headers["Location"]
    other = mika.client.post(
        question.action, data={"choice": [position + 1 for position in range(question.wanted)], "confidence": "think"}
    )
    assert other.status_code == 409
    assert "The first answer counts; here it is." in other.text and "Next question" in other.text
    assert "1 of 12" in mika.client.get(first.headers["Location"]).text


def test_undo_takes_back_the_last_answer_only(mika: Person) -> None:
    mika.aim()
    run = mika.start()
    first = mika.answer(run).headers["Location"]
    last = mika.answer(run).headers["Location"]
    late = mika.client.post(f"{first}/undo", follow_redirects=True)
    assert "Only the last answer can be undone" in late.text
    undone = mika.client.post(f"{last}/undo", follow_redirects=True)
    assert "Undone" in undone.text
    assert "2 of 12" in undone.text
    assert "does not count" in mika.client.get(last).text


def test_a_run_ends_with_its_twelfth_answer_and_a_summary(mika: Person) -> None:
    mika.aim()
    run = answered_run(mika, 12)
    ended = mika.client.get(run)
    assert ended.headers["Location"] == f"{run}/summary"
    summary = mika.client.get(f"{run}/summary").text
    assert "of 12 right" in summary
    assert "What comes back when" in summary
    assert "expected" in summary


def test_stopping_early_keeps_the_answers(mika: Person) -> None:
    mika.aim()
    run = answered_run(mika, 3)
    stopped = mika.client.post(f"{run}/stop", follow_redirects=True)
    assert "of 3 right" in stopped.text
    assert "3 answers today" in mika.client.get("/practice/").text


def test_stopping_before_the_first_answer_counts_nothing(mika: Person) -> None:
    mika.aim()
    stopped = mika.client.post(f"{mika.start()}/stop", follow_redirects=True)
    assert "Stopped before the first answer" in stopped.text


def test_the_seconds_come_from_our_own_signature(mika: Person, clock: Clock) -> None:
    mika.aim()
    run = mika.start()
    question = mika.question(run)
    clock.forward(seconds=90)
    fields = {"choice": list(range(question.wanted)), "confidence": "think", "shown_at": question.shown_at}
    mika.client.post(question.action, data=fields)
    forged = mika.question(run)
    fields = {"choice": list(range(forged.wanted)), "confidence": "think", "shown_at": question.shown_at}
    mika.client.post(forged.action, data=fields)
    mika.client.post(f"{run}/stop")
    assert "2 minutes" in mika.client.get(f"{run}/summary").text


def test_a_seen_bank_says_so_instead_of_repeating(mika: Person) -> None:
    mika.aim()
    answered_run(mika, 12)
    answered_run(mika, 12)
    nothing = mika.client.post("/practice/start/aws-demo")
    assert nothing.status_code == 200
    assert "You have seen everything for now" in nothing.text
    assert "Friday 27 November" in nothing.text
    assert 'value="review-again"' in nothing.text
    # all was seen today: there is no second round to offer
    again = mika.client.post("/practice/start/aws-demo", data={"mode": "review-again"})
    assert "You have seen everything for now" in again.text
    assert 'value="review-again"' not in again.text


def test_a_second_round_begins_on_another_day(mika: Person, clock: Clock) -> None:
    mika.aim()
    answered_run(mika, 12)
    answered_run(mika, 12)
    clock.forward(days=1)
    assert mika.client.post("/practice/start/aws-demo").status_code == 200
    assert mika.client.post("/practice/start/aws-demo", data={"mode": "review-again"}).status_code == 303


def test_a_certification_without_a_bank_is_not_there(mika: Person) -> None:
    assert mika.client.post("/practice/start/nobody").status_code == 404


def test_why_this_question_is_told(mika: Person) -> None:
    mika.aim()
    html = mika.question(mika.start()).html
    assert "Why this question now:" in html
    assert "makes up 50&nbsp;% of the exam" in html


def test_another_learners_run_is_not_there(mika: Person, noor: Person) -> None:
    mika.aim()
    run = mika.start()
    question = mika.question(run)
    feedback = mika.answer(run).headers["Location"]
    for address in (run, feedback, f"{run}/summary"):
        assert noor.client.get(address).status_code == 404
    for address in (question.action, f"{feedback}/undo", f"{run}/stop"):
        assert noor.client.post(address, data={"choice": [0], "confidence": "sure"}).status_code == 404


def test_an_expired_login_keeps_the_choice(mika: Person, clock: Clock, app: Flask, client: FlaskClient) -> None:
    mika.aim()
    run = mika.start()
    question = mika.question(run)
    clock.forward(days=15)
    fields = {"choice": list(range(question.wanted)), "confidence": "sure"}
    sent = mika.client.post(question.action, data=fields)
    assert sent.headers["Location"].startswith("/sign-in?next=")
    back = mika.client.post(
        sent.headers["Location"], data={"email": mika.email, "password": "eleven quiet otters paint"}
    )
    page = mika.client.get(back.headers["Location"])
    assert Question.read(page.text).action == question.action
    assert re.search(r'value="0"\s+checked', page.text)
    assert re.search(r'value="sure"\s+checked', page.text)


def test_a_kept_choice_is_not_carried_to_the_next_question(mika: Person) -> None:
    mika.aim()
    run = mika.start()
    old = mika.question(run).action.rsplit("/", 1)[1]
    mika.answer(run)
    page = mika.client.get(f"{run}?question={old}&choice=0&confidence=sure").text
    assert " checked" not in page


def test_who_reached_the_limit_is_told_when_their_own_day_begins(mika: Person) -> None:
    mika.aim()
    with writing(mika.engine) as session:
        session.execute(
            update(LearnerRow)
            .where(LearnerRow.user_id == mika.user_id)
            .values(settings={"cap": 1}, day_starts_min=330)
        )
        session.commit()
    mika.answer(mika.start())
    mika.client.post("/practice/start/" + SLUG)
    assert "The next study day begins at 05:30." in mika.client.get("/practice/").text
