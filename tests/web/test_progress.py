"""Readiness as a learner sees it."""

import random
from dataclasses import replace
from datetime import timedelta

from flask import Flask
from sqlalchemy import Engine

from tests.bank_factory import SLUG
from tests.cast import Person
from tests.conftest import Clock
from tracker.core.identifiers import uuid7
from tracker.store import attempts, history
from tracker.store.engine import reading, writing


def study(person: Person, clock: Clock, answers: int) -> None:
    """So many answers, twelve a day."""
    left = answers
    while left:
        run = person.start()
        for _ in range(min(12, left)):
            clock.forward(seconds=40)
            assert person.answer(run).status_code == 303
        left -= min(12, left)
        person.client.post(f"{run}/stop")
        if left:
            clock.forward(days=1)


def test_without_a_target_progress_leads_to_the_choice(mika: Person) -> None:
    assert mika.client.get("/progress/").headers["Location"] == "/certifications/"


def test_below_the_minimum_there_is_no_number_but_what_is_missing(mika: Person, clock: Clock) -> None:
    mika.aim()
    study(mika, clock, 7)
    page = mika.client.get("/progress/").text
    assert "Not enough answers to estimate." in page
    assert "7 at first sight so far, at least 13 still to do" in page
    assert "mp-range-words" not in page
    assert "Still to answer" in page


def test_with_the_evidence_there_is_a_range_a_chance_and_a_line(mika: Person, clock: Clock) -> None:
    mika.aim(exam_day="2027-01-30")
    study(mika, clock, 24)
    page = mika.client.get("/progress/").text
    assert "24 first-sight answers" in page
    assert "chance of our target" in page
    assert "30 January 2027, 70 days" in page
    assert "first estimate" in page or "since" in page
    assert "How this is computed" in page


def test_each_day_leaves_one_snapshot(mika: Person, clock: Clock, engine: Engine) -> None:
    mika.aim()
    study(mika, clock, 24)
    with reading(engine) as session:
        days = [each.study_day.isoformat() for each in history.snapshots(session, mika.user_id, SLUG)]
    assert days == ["2026-11-21"]


def test_undo_below_the_minimum_takes_the_days_snapshot_back(mika: Person, clock: Clock, engine: Engine) -> None:
    mika.aim()
    study(mika, clock, 19)
    run = mika.start()
    last = mika.answer(run).headers["Location"]
    mika.client.post(f"{run}/stop")
    with reading(engine) as session:
        assert history.snapshots(session, mika.user_id, SLUG)
    mika.client.post(f"{last}/undo")
    with reading(engine) as session:
        assert not history.snapshots(session, mika.user_id, SLUG)


def test_repeats_stand_apart_from_first_sights(mika: Person, clock: Clock) -> None:
    mika.aim()
    study(mika, clock, 24)
    clock.forward(days=10)
    study(mika, clock, 3)
    page = mika.client.get("/progress/").text
    assert "24 first-sight answers" in page
    repeats = page.split('data-th="Repeats">')[1:]
    assert sum(int(cell.split(" of ")[1].split("<")[0]) for cell in repeats) == 3


def test_every_concept_has_its_ball_and_page(mika: Person, clock: Clock) -> None:
    mika.aim()
    study(mika, clock, 1)
    page = mika.client.get("/progress/").text
    assert page.count('class="mp-concept"') == 8
    assert 'href="/concepts/concept-0"' in page
    assert 'aria-label="never asked"' in page


def test_an_unknown_certification_in_the_address_shows_the_first(mika: Person, app: Flask) -> None:
    mika.aim()
    assert mika.client.get("/progress/?cert=nobody").status_code == 200


def test_the_line_shows_a_run_that_is_still_open(mika: Person, clock: Clock, engine: Engine) -> None:
    mika.aim()
    study(mika, clock, 20)
    run = mika.start()
    for _ in range(3):
        clock.forward(seconds=40)
        mika.answer(run)
    with reading(engine) as session:
        [recorded] = history.snapshots(session, mika.user_id, SLUG)
    assert recorded.answers == 20
    numbers = mika.client.get("/progress/").text.split("<tbody>")[1].split("</tbody>")[0]
    assert numbers.count("<tr>") == 1 and '<td class="mp-num">23</td>' in numbers


def test_silent_days_go_on_dashed_and_their_fall_is_explained(mika: Person, clock: Clock) -> None:
    mika.aim()
    study(mika, clock, 24)
    assert "Dashed" not in mika.client.get("/progress/").text
    clock.forward(days=2)
    assert "Dashed: what we expect after 21 November 2026" in mika.client.get("/today/").text
    clock.forward(days=10)
    page = mika.client.get("/progress/").text
    assert "Dashed: what we expect after 21 November 2026, without an answer since." in page
    assert page.count('class="c-line-silent"') == 1
    assert "Down " in page and "days without practice let recall fade" in page
    assert '<td class="mp-num">expected</td>' in page


def test_without_evidence_silence_draws_nothing(mika: Person, clock: Clock) -> None:
    mika.aim()
    study(mika, clock, 5)
    clock.forward(days=9)
    assert "The line begins with the first estimate." in mika.client.get("/progress/").text


def test_from_500_answers_on_predictions_stand_beside_what_came(mika: Person, clock: Clock, engine: Engine) -> None:
    mika.aim()
    study(mika, clock, 1)
    assert "Were our predictions right?" not in mika.client.get("/progress/").text
    with writing(engine) as session:
        [one] = attempts.to_fold(session, mika.user_id)
        rng = random.Random(1)
        for number in range(499):
            at = one.answered_at + timedelta(seconds=number + 1)
            chance, right = 0.45 + 0.5 * (number % 2), number % 10 < 6
            again = replace(
                one, id=uuid7(at, rng), answered_at=at, predicted=chance, correct=right, first_sight=False
            )
            attempts.add(session, mika.user_id, again)
        session.commit()
    page = mika.client.get("/progress/").text
    assert "Before each of your 500 answers" in page
    assert "So far we expect a little too much of you." in page
    assert '<th scope="row">below 50 %</th>' in page and " % or more</th>" in page


def test_confidence_begins_empty_and_tells_counts_before_percentages(mika: Person, clock: Clock) -> None:
    mika.aim()
    assert "Nothing said yet" in mika.client.get("/progress/confidence").text
    study(mika, clock, 5)
    page = mika.client.get("/progress/confidence").text
    assert "A picture is forming" in page and "too few to tell" in page
    assert "of 5</td>" in page and "Repeats" not in page


def test_being_sure_is_set_beside_what_came(mika: Person, clock: Clock) -> None:
    mika.aim()
    for _ in range(2):
        run = mika.start()
        for _ in range(12):
            clock.forward(seconds=40)
            mika.answer(run, confidence="sure")
        clock.forward(days=1)
    page = mika.client.get("/progress/confidence").text
    assert "When you say you are sure you are right" in page
    assert 'value="pool:sure-but-wrong"' in page
    assert 'href="/progress/confidence"' in mika.client.get("/progress/").text
