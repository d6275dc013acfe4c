"""Choosing what to practise, as a learner meets it."""

import re

import pytest

from tests.bank_factory import SLUG
from tests.cast import Person
from tests.conftest import Clock


@pytest.fixture(autouse=True)
def aiming(mika: Person) -> None:
    mika.aim()


def drill(person: Person, scope: str) -> str:
    sent = person.client.post(f"/practice/start/{SLUG}", data={"mode": "drill", "scope": scope})
    assert sent.status_code == 303, sent.text
    return sent.headers["Location"]


def test_the_page_offers_pools_domains_and_tasks_with_their_size(mika: Person) -> None:
    assert f'href="/drills/{SLUG}"' in mika.client.get("/practice/").text
    page = mika.client.get(f"/drills/{SLUG}").text
    assert "Unseen" in page and "24 questions, 12 at a time, about 13 min." in page
    assert "Sure but wrong" in page and page.count("None now.") == 4
    assert 'value="domain:D1"' in page and 'value="task:2.2"' in page
    assert "6 questions, about 6 min" in page


def test_a_drill_says_what_it_is_about(mika: Person) -> None:
    page = mika.client.get(drill(mika, "task:1.2")).text
    assert '<h1 class="mp-h-quiet">Drill: 1.2 Task' in page
    assert "You asked for this drill." in page
    assert "Question 1 of 6, Drill: 1.2 Task" in page
    run = drill(mika, "concept:concept-3")
    assert "Drill: Concept 3" in mika.client.get(run).text


def test_a_missed_question_is_in_its_pool(mika: Person) -> None:
    run = mika.start()
    sent = None
    for _ in range(3):
        sent = mika.answer(run, confidence="sure")
    page = mika.client.get(f"/drills/{SLUG}").text
    missed = re.search(r"Sure but wrong</strong>.*?(\d+) questions?", page, re.DOTALL)
    assert sent is not None and missed
    assert "Sure but wrong questions" in mika.client.get(drill(mika, "pool:sure-but-wrong")).text


def test_an_empty_pool_says_so(mika: Person) -> None:
    sent = mika.client.post(f"/practice/start/{SLUG}", data={"mode": "drill", "scope": "pool:missed"})
    assert sent.status_code == 200
    assert "Nothing to ask here now" in sent.text and "Ask them again anyway" not in sent.text


@pytest.mark.parametrize("scope", ["", "nonsense", "pool:nobody", "exam:1"])
def test_what_is_no_scope_is_not_found(mika: Person, scope: str) -> None:
    sent = mika.client.post(f"/practice/start/{SLUG}", data={"mode": "drill", "scope": scope})
    assert sent.status_code == 404


def test_a_question_is_flagged_before_and_after_its_answer(mika: Person, clock: Clock) -> None:
    run = mika.start()
    question = mika.question(run)
    path = question.action.replace("/practice/", "/drills/flags/").replace("/questions/", "/")
    assert f'action="{path}"' in question.html and "Flag this question" in question.html
    assert mika.client.post(path).headers["Location"] == run
    assert 'aria-pressed="true"' in mika.client.get(run).text
    feedback = mika.answer(run).headers["Location"]
    assert "Flagged" in mika.client.get(feedback).text
    assert mika.client.post(path).headers["Location"] == feedback
    assert "Flag this question" in mika.client.get(feedback).text


def test_the_page_of_a_concept_leads_to_its_drill(mika: Person) -> None:
    page = mika.client.get("/concepts/concept-0").text
    assert "Practise it for DEM-C01" in page and 'value="concept:concept-0"' in page


def test_a_certification_without_questions_has_no_drills(mika: Person) -> None:
    assert mika.client.get("/drills/aws-nobody").status_code == 404


def test_a_domain_that_was_met_whole_says_so(mika: Person, clock: Clock) -> None:
    assert "all met" not in mika.client.get(f"/drills/{SLUG}").text
    run = drill(mika, "domain:D1")
    for _ in range(12):
        clock.forward(seconds=40)
        mika.answer(run)
    page = mika.client.get(f"/drills/{SLUG}").text
    assert page.count("12 questions, all met. Again so soon trains the answers") == 1


def test_a_drill_left_open_is_offered_again_until_it_is_idle(mika: Person, clock: Clock) -> None:
    run = drill(mika, "domain:D1")
    page = mika.client.get("/practice/").text
    assert "Drill: D1 Domain 1" in page and f'href="{run}"' in page
    clock.forward(hours=7)
    assert "Drill: D1 Domain 1" not in mika.client.get("/practice/").text


def test_after_a_drill_one_can_choose_again(mika: Person, clock: Clock) -> None:
    run = drill(mika, "concept:concept-0")
    for _ in range(3):
        clock.forward(seconds=40)
        mika.answer(run)
    page = mika.client.get(f"{run}/summary").text
    assert "Start Smart Review" in page and f'href="/drills/{SLUG}"' in page


def test_a_newcomer_is_offered_the_diagnostic_and_nobody_else(mika: Person) -> None:
    assert "Start the diagnostic" in mika.client.get(f"/drills/{SLUG}").text
    sent = mika.client.post(f"/practice/start/{SLUG}", data={"mode": "diagnostic"})
    page = mika.client.get(sent.headers["Location"]).text
    assert "Question 1 of 20, Diagnostic" in page
    assert "Diagnostic" in mika.client.get("/practice/").text
    mika.answer(sent.headers["Location"])
    assert "Start the diagnostic" not in mika.client.get(f"/drills/{SLUG}").text
