"""Rehearsals as a learner meets them: the list, the sitting without script, saving by script, and the report."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from werkzeug.test import TestResponse

from tests import bank_factory as factory
from tests.bank_factory import SLUG
from tests.cast import Person
from tests.conftest import Clock
from tests.student import load
from tracker.core.question import right_response
from tracker.store import sittings
from tracker.store.engine import reading

SAVE = {"X-Milepost-Save": "1"}


@dataclass
class Room:
    """A person in the middle of a paper."""

    person: Person
    path: str

    @property
    def client(self) -> FlaskClient:
        return self.person.client

    def page(self, position: int) -> str:
        found = self.client.get(f"{self.path}/{position}")
        assert found.status_code == 200, found.headers.get("Location")
        return found.text

    def send(self, position: int, headers: dict[str, str] | None = None, **data: Any) -> TestResponse:
        shown_at = re.search(r'name="shown_at" value="([^"]+)"', self.page(position))
        assert shown_at
        sent = {"shown_at": shown_at[1], **data}
        return self.client.post(f"{self.path}/{position}", data=sent, headers=headers or {})

    def keys(self) -> dict[int, tuple[int, ...]]:
        """The right response to each question."""
        with reading(self.person.engine) as session:
            [paper] = sittings.history(session, self.person.user_id, SLUG)[:1]
            items = sittings.items(session, self.person.user_id, paper.id)
            found = sittings.responses(session, self.person.user_id, paper.id)
        return {each.position: right_response(items[each.position].item, each.shuffle_seed) for each in found}


def begin(person: Person, **data: str) -> Room:
    sent = person.client.post(f"/exams/start/{SLUG}", data=data)
    assert sent.status_code == 303, sent.text
    assert sent.headers["Location"].endswith("/1")
    return Room(person, sent.headers["Location"].rsplit("/", 1)[0])


@pytest.fixture
def room(mika: Person) -> Room:
    mika.aim(exam_day="2027-01-30")
    return begin(mika)


def solve(room: Room, clock: Clock, wrong: int = 0, seconds: int = 30) -> None:
    for position, key in room.keys().items():
        others = [at for at in range(4) if at not in key]
        clock.forward(seconds=0)
        page = room.page(position)
        shown_at = re.search(r'name="shown_at" value="([^"]+)"', page)
        assert shown_at
        clock.forward(seconds=seconds)
        choice = (*key[1:], others[0]) if position <= wrong else key
        sent = room.client.post(
            f"{room.path}/{position}", data={"choice": [*map(str, choice)], "shown_at": shown_at[1], "go": "next"}
        )
        assert sent.status_code == 303


# --- the list --------------------------------------------------------------------------------------------------


def test_without_a_target_the_list_leads_to_the_choice(mika: Person) -> None:
    assert mika.client.get("/exams/").headers["Location"] == "/certifications/"


def test_the_list_says_what_a_paper_is_and_offers_its_times(mika: Person) -> None:
    mika.aim()
    page = mika.client.get("/exams/").text
    assert "65 questions in 90 minutes" in page and "Our target is 70 % right" in page
    assert "24 questions you have not met will come first" in page
    assert "Double time, 180 minutes" in page and "No time limit" in page
    assert "No paper yet" in page
    assert "final rehearsal" not in page
    assert 'href="/exams/"' in mika.client.get("/practice/").text


def test_an_exam_without_minutes_asks_for_no_time(mika: Person, engine: Engine) -> None:
    documents = factory.documents()
    documents[factory.CERTIFICATION]["exam_versions"][0].pop("minutes")
    load(engine, factory.parse_bank(documents))
    mika.aim()
    page = mika.client.get("/exams/").text
    assert "65 questions. Our target" in page and "<select" not in page
    assert "No time limit" in begin(mika).page(1)


def test_a_running_paper_is_shown_with_its_time_and_a_finished_one_with_its_score(room: Room, clock: Clock) -> None:
    clock.forward(minutes=30)
    page = room.client.get("/exams/").text
    assert "<strong>1 h</strong> left" in page and "Start a paper" not in page
    assert f'href="{room.path}/1"' in page
    room.client.post(f"{room.path}/hand-in")
    page = room.client.get("/exams/").text
    assert "0 of 24" in page and "17 answers short" in page


def test_a_certification_that_nobody_knows_is_not_found(mika: Person) -> None:
    assert mika.client.post("/exams/start/aws-nobody").status_code == 404


def test_a_second_paper_of_the_same_questions_is_refused_in_words(room: Room) -> None:
    room.client.post(f"{room.path}/hand-in")
    sent = room.client.post(f"/exams/start/{SLUG}", follow_redirects=True)
    assert "All questions there are were on your last paper" in sent.text


# --- the sitting -----------------------------------------------------------------------------------------------


def test_the_question_says_where_it_is_and_how_much_time_is_left(room: Room, clock: Clock) -> None:
    clock.forward(minutes=11, seconds=18)
    page = room.page(7)
    assert "Question 7 of 24" in page and ">1:18:42<" in page
    assert "<span data-unanswered>24</span> unanswered" in page and "Nothing to save yet" in page
    assert 'aria-current="step">7<' in page
    # the key and its reasons are not in the page
    assert "misconception" not in page and "Correct" not in page


def test_each_button_saves_and_leads_where_it_says(room: Room) -> None:
    assert room.send(5, choice="1", go="next").headers["Location"] == f"{room.path}/6"
    assert room.send(5, choice="1", go="back").headers["Location"] == f"{room.path}/4"
    assert room.send(5, choice="1", go="17").headers["Location"] == f"{room.path}/17"
    assert room.send(5, choice="1", go="99").headers["Location"] == f"{room.path}/24"
    assert room.send(5, choice="1", go="hand-in").headers["Location"] == f"{room.path}/hand-in"
    assert room.send(24, choice="1", go="next").headers["Location"] == f"{room.path}/hand-in"
    assert room.send(5, choice="1", go="nonsense").headers["Location"] == f"{room.path}/5"
    page = room.page(5)
    assert re.search(r'value="1" checked', page) and "Saved 19:00" in page
    assert "<span data-answered>2</span> answered" in page


def test_a_flag_is_shown_on_the_question_and_in_the_palette(room: Room) -> None:
    assert room.send(3, choice="2", go="flag").headers["Location"] == f"{room.path}/3"
    page = room.page(3)
    assert 'aria-pressed="true"' in page and "Flagged" in page and ", answered</span>, flagged" in page
    assert "1 flagged" in page


def test_too_many_choices_come_back_with_the_message_and_what_was_chosen(room: Room) -> None:
    position = next(position for position, key in room.keys().items() if len(key) == 2)
    sent = room.send(position, choice=["0", "1", "2"], go="next")
    assert sent.status_code == 422
    assert "Choose at most 2." in sent.text and sent.text.count(" checked") == 3
    assert room.send(position, choice="9").status_code == 422


def test_script_saves_without_leaving_the_page(room: Room, clock: Clock) -> None:
    clock.forward(seconds=40)
    saved = room.send(2, SAVE, choice="3", go="stay")
    assert saved.status_code == 200 and saved.json["answered"] is True
    refused = room.send(2, SAVE, choice="9", go="stay")
    assert (refused.status_code, refused.json) == (
        422,
        {"problem": "This question has no such option. Choose again."},
    )
    # the seconds between two saves are counted once
    again = {"shown_at": saved.json["shown_at"], "choice": "3", "go": "stay"}
    clock.forward(seconds=15)
    room.client.post(f"{room.path}/2", data=again, headers=SAVE)
    with reading(room.person.engine) as session:
        [paper] = sittings.open_papers(session, room.person.user_id)
        response = sittings.response(session, room.person.user_id, paper.id, 2)
    assert response is not None and response.seconds == 15


def test_the_time_can_be_hidden_and_shown_again(room: Room) -> None:
    sent = room.client.post(f"{room.path}/timer", data={"position": "4"})
    assert sent.headers["Location"] == f"{room.path}/4"
    page = room.page(4)
    assert "Time hidden" in page and "1:30:00" not in page and "Show time" in page
    room.client.post(f"{room.path}/timer", data={"position": "4"})
    assert "1:30:00" in room.page(4)


def test_the_pace_is_told_once_there_is_one(room: Room, clock: Clock) -> None:
    assert "a question so far" not in room.page(1)
    clock.forward(minutes=5)
    room.send(1, choice="0")
    room.send(2, choice="0")
    assert "2:30 a question so far, 3:52 for each one left." in room.page(3)


def test_an_unknown_question_is_not_found(room: Room) -> None:
    for position in ("0", "25"):
        assert room.client.get(f"{room.path}/{position}").status_code == 404
        assert room.client.post(f"{room.path}/{position}", data={"choice": "0"}).status_code == 404


# --- the end ---------------------------------------------------------------------------------------------------


def test_the_hand_in_page_counts_and_links_what_is_open(room: Room) -> None:
    position = next(position for position, key in room.keys().items() if len(key) == 2)
    room.send(position, choice="0", go="flag")
    page = room.client.get(f"{room.path}/hand-in").text
    assert "1 of 24 answered" in page and "1 h 30 left" in page
    assert "Begun but not complete" in page
    assert f'href="{room.path}/{position}">{position}</a>' in page
    assert page.count(f'href="{room.path}/') == 23 + 1 + 1 + 1 + 1


def test_after_the_deadline_pages_lead_to_the_report_and_answers_come_too_late(room: Room, clock: Clock) -> None:
    room.send(next(position for position, key in room.keys().items() if len(key) == 1), choice="0")
    page = room.page(2)
    shown_at = re.search(r'name="shown_at" value="([^"]+)"', page)
    assert shown_at
    clock.forward(minutes=91)
    for path in ("1", "hand-in"):
        assert room.client.get(f"{room.path}/{path}").headers["Location"] == f"{room.path}/report"
    report = room.client.get(f"{room.path}/report").text
    assert "The time ended this paper." in report
    late = {"choice": "0", "shown_at": shown_at[1]}
    by_script = room.client.post(f"{room.path}/2", data=late, headers=SAVE)
    assert (by_script.status_code, by_script.json) == (409, {"report": f"{room.path}/report"})
    sent = room.client.post(f"{room.path}/2", data=late, follow_redirects=True)
    assert "The paper is closed. What was saved before its end counts." in sent.text
    # closed by then, and the same as before
    assert "23 questions had no complete answer" in report and "23 questions had no complete answer" in sent.text


def test_the_report_is_not_there_before_the_end(room: Room) -> None:
    for path in ("report", "report/3"):
        assert room.client.get(f"{room.path}/{path}").headers["Location"] == f"{room.path}/1"


def test_the_report_tells_score_domains_pacing_and_questions(room: Room, clock: Clock) -> None:
    solve(room, clock, wrong=8)
    room.send(3, choice=list(map(str, room.keys()[3])), go="flag")
    sent = room.client.post(f"{room.path}/hand-in")
    assert sent.headers["Location"] == f"{room.path}/report"
    page = room.client.get(f"{room.path}/report").text
    assert "17 of 24. Our target of 17 is reached." in page
    assert "71 days until the exam" in page
    assert "One paper of 24 questions alone leaves <strong>58 to 81 %</strong>" in page
    assert "With all your other answers it is" in page
    assert "24 questions, all unseen" in page and "12 of 90 min" in page
    assert "1 <small>1 to right, 0 to wrong</small>" in page
    assert '<a href="' + room.path + '/report?show=wrong#r4" aria-current=true>Wrong <span>7</span></a>' in page
    assert page.count('<span class="mp-res">') == 7
    everything = room.client.get(f"{room.path}/report?show=all").text
    assert everything.count('<span class="mp-res-good">') == 17
    assert room.client.get(f"{room.path}/report?show=changed").text.count(">Question 3</a>") == 1
    assert "a paper, 17 of 24 right." in room.client.get("/progress/").text
    assert "Drill it" in page and 'value="task:' in page


def test_each_question_of_the_report_has_its_reasons(room: Room, clock: Clock) -> None:
    solve(room, clock, wrong=2)
    room.client.post(f"{room.path}/hand-in")
    wrong, right = (room.client.get(f"{room.path}/report/{position}").text for position in (1, 3))
    assert "You chose" in wrong and "Your answer" in wrong and "Right, the answer is" in right
    assert "Report this question" in wrong and "Question 2" in wrong
    assert "Back to the report" in room.client.get(f"{room.path}/report/24").text
    assert room.client.get(f"{room.path}/report/25").status_code == 404


def test_a_question_without_an_answer_shows_the_right_one(room: Room) -> None:
    room.client.post(f"{room.path}/hand-in")
    page = room.client.get(f"{room.path}/report/1").text
    assert "You gave no complete answer." in page and "Correct answer" in page and "Report this question" not in page


def test_a_question_of_a_paper_can_be_reported_and_leads_back(room: Room, clock: Clock) -> None:
    solve(room, clock)
    room.client.post(f"{room.path}/hand-in")
    page = room.client.get(f"{room.path}/report/2").text
    form = re.search(r'href="(/reports/answers/[^"]+)"', page)
    assert form
    sent = room.client.post(form[1], data={"reason": "unclear", "note": "Which one?"})
    assert sent.headers["Location"].split("#")[0].endswith(f"{room.path}/report/2")
    assert "You reported this question" in room.client.get(f"{room.path}/report/2").text


def test_a_later_paper_is_set_beside_the_one_before(room: Room, clock: Clock, engine: Engine) -> None:
    room.client.post(f"{room.path}/hand-in")
    more = [*factory.good_items(), *(factory.single(number, number % 4) for number in range(100, 124))]
    load(engine, factory.bank(more))
    clock.forward(days=1)
    second = begin(room.person)
    solve(second, clock)
    second.client.post(f"{second.path}/hand-in")
    assert "+100.0 points against your paper of 20 November 2026." in second.client.get(f"{second.path}/report").text


def test_a_page_of_the_paper_and_its_report_ask_few_questions_of_the_database(
    room: Room, clock: Clock, engine: Engine
) -> None:
    seen: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, statement, *_: seen.append(statement))
    room.page(5)
    selects = [statement for statement in seen if statement.lstrip().startswith("SELECT")]
    assert len(selects) <= 8, selects


def test_the_paper_of_somebody_else_is_not_found(room: Room, noor: Person) -> None:
    for path in ("1", "hand-in", "report", "report/1"):
        assert noor.client.get(f"{room.path}/{path}").status_code == 404


def test_an_open_paper_is_named_on_today_and_practise(room: Room, clock: Clock) -> None:
    clock.forward(minutes=30)
    for path in ("/today/", "/practice/"):
        page = room.client.get(path).text
        assert "A paper for DEM-C01 is open, 1 h left." in page and f'href="{room.path}/1"' in page
    clock.forward(hours=2)
    for path in ("/today/", "/practice/"):
        assert "A paper for DEM-C01 is open" not in room.client.get(path).text


def test_a_blank_paper_names_no_task_as_weak(room: Room) -> None:
    room.client.post(f"{room.path}/hand-in")
    page = room.client.get(f"{room.path}/report").text
    assert "Drill it" not in page and "Start Smart Review" in page
    # nothing was looked at, so nothing counts as met
    assert "24 questions, all unseen" in page
    assert "24 questions you have not met" in room.client.get("/exams/").text


def test_a_refused_start_still_closes_the_paper_whose_time_is_over(room: Room, clock: Clock) -> None:
    clock.forward(hours=3)
    sent = room.client.post(f"/exams/start/{SLUG}", follow_redirects=True)
    assert "All questions there are were on your last paper" in sent.text
    with reading(room.person.engine) as session:
        assert sittings.open_papers(session, room.person.user_id) == []
