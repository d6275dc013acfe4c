"""The operator's list of reported questions, and what each decision does to everybody."""

import re
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import Engine

from tests.cast import Person, sign_up
from tests.web.forms import PAYLOADS, Shape
from tests.web.world import make_operator
from tracker.services import folding
from tracker.store import bank, cards, item_reports, learners
from tracker.store.attempts import Attempt, latest
from tracker.store.engine import reading
from tracker.store.item_reports import ItemReport
from tracker.web import operator

NOTE = "The guide says the opposite."


@pytest.fixture
def olga(app: Flask) -> Person:
    """The operator."""
    person = sign_up(app, "Olga")
    make_operator(person)
    return person


@dataclass(frozen=True)
class Case:
    """A learner's report, with the addresses that decide about it."""

    person: Person
    feedback: str
    report: ItemReport

    @property
    def path(self) -> str:
        return f"/operator/reports/{self.person.user_id}/{self.report.id}"

    @property
    def item(self) -> str:
        return f"/operator/items/{self.report.item_id}"

    @property
    def version(self) -> str:
        return f"{self.item}/versions/{self.report.item_version}"

    @property
    def attempt(self) -> Attempt:
        with reading(self.person.engine) as session:
            found = latest(session, self.person.user_id)
        assert found is not None
        return found

    def page(self) -> str:
        return self.person.client.get(self.feedback).text


def reported(person: Person, note: str = NOTE) -> Case:
    person.aim()
    feedback = person.answer(person.start()).headers["Location"]
    sent = person.client.post(f"/reports/answers/{feedback.rsplit('/', 1)[1]}", data={"reason": "key", "note": note})
    assert sent.status_code == 303
    with reading(person.engine) as session:
        [report] = item_reports.of_learner(session, person.user_id, 2)
    return Case(person, feedback, report)


@pytest.fixture
def case(mika: Person) -> Case:
    return reported(mika)


def listed(person: Person) -> str:
    page = person.client.get("/operator/reports")
    assert page.status_code == 200
    return page.text


def decide(person: Person, path: str, decision: str) -> str:
    sent = person.client.post(f"{path}/decide", data={"decision": decision}, follow_redirects=True)
    assert sent.status_code == 200, sent.status_code
    return sent.text


def test_the_list_has_everything_to_judge_a_report(olga: Person, case: Case) -> None:
    page = listed(olga)
    with reading(olga.engine) as session:
        stored = bank.stored_item(session, case.report.item_id, 1)
    assert stored is not None
    assert "1 report to answer" in page and NOTE in page and "The answer marked right is wrong" in page
    for option in stored.item.options:
        assert option.text in page and option.why in page
    assert page.count("Marked right") == len(stored.item.keys)
    assert re.search(r"[01] of 1 right at first sight, 1 answer in all", page)
    assert page.count("chosen by 1") == len(case.attempt.response)
    assert case.person.name not in page and case.person.email not in page


def test_the_newest_report_comes_first_and_reports_of_one_question_stand_together(
    app: Flask, olga: Person, case: Case, clock: object
) -> None:
    clock.forward(minutes=1)  # type: ignore[attr-defined] # an untyped clock
    newer = reported(sign_up(app, "Zoe"), "A newer doubt.")
    page = listed(olga)
    assert "2 reports to answer" in page
    assert page.index("A newer doubt.") < page.index(NOTE)
    same = newer.report.item_id == case.report.item_id
    assert len(re.findall(r'id="case-\d+"', page)) == (1 if same else 2)


def test_an_answer_reaches_the_learner_and_can_be_taken_back(olga: Person, case: Case) -> None:
    sent = olga.client.post(f"{case.path}/answer", data={"answer": "You are right."})
    assert sent.headers["Location"] == "/operator/reports"
    for page in (case.page(), case.person.client.get("/settings/").text):
        assert "Answered on" in page and "You are right." in page
    page = listed(olga)
    assert "Every report is answered" in page and "You are right." in page
    assert olga.client.post(f"{case.path}/reopen").status_code == 303
    assert "1 report to answer" in listed(olga)
    assert "You are right." not in case.page()


@pytest.mark.parametrize(("answer", "message"), [("", "Write what"), ("a" * 2_001, "2,000 can be kept")])
def test_an_answer_that_cannot_be_kept_is_typed_still(olga: Person, case: Case, answer: str, message: str) -> None:
    sent = olga.client.post(f"{case.path}/answer", data={"answer": answer})
    assert sent.status_code == 422
    assert message in sent.text and f">\n{answer}</textarea>" in sent.text
    assert "Answered on" not in case.page()


def test_the_first_of_two_answers_stands(olga: Person, case: Case) -> None:
    olga.client.post(f"{case.path}/answer", data={"answer": "The first."})
    sent = olga.client.post(f"{case.path}/answer", data={"answer": "The second."}, follow_redirects=True)
    assert "The first answer stands" in sent.text
    assert "The first." in case.page()


def test_an_answer_stays_when_the_learner_reported_again(olga: Person, case: Case) -> None:
    olga.client.post(f"{case.path}/answer", data={"answer": "The first."})
    again = {"reason": "unclear", "note": "Still."}
    case.person.client.post(f"/reports/answers/{case.attempt.id}", data=again)
    sent = olga.client.post(f"{case.path}/reopen", follow_redirects=True)
    assert "so this answer stays" in sent.text


def test_a_withdrawn_report_is_not_listed(olga: Person, case: Case) -> None:
    case.person.client.post(f"/reports/{case.report.id}/withdraw")
    assert NOTE not in listed(olga)
    assert olga.client.post(f"{case.path}/answer", data={"answer": "Thank you."}).status_code == 404


def test_under_review_is_seen_by_everybody_until_it_ends(olga: Person, case: Case) -> None:
    assert "Everybody sees" in decide(olga, case.item, "review")
    assert "Under review since 20 November 2026" in case.page()
    assert "Under review since" in listed(olga).split("Your decisions")[1]
    decide(olga, case.item, "end-review")
    assert "Not under review" in case.page()


def test_a_retired_question_says_so_and_can_be_asked_again(olga: Person, case: Case) -> None:
    decide(olga, case.item, "retire")
    assert "Asked no more since 20 November 2026" in case.page()
    assert 'value="bring-back"' in listed(olga)
    decide(olga, case.item, "bring-back")
    assert "Asked no more" not in case.page()


def differs(engine: Engine, person: Person) -> bool:
    with reading(engine) as session:
        learner = learners.learner(session, person.user_id)
        assert learner is not None
        stored = cards.state(session, person.user_id)
        return folding.distance(folding.rebuilt(session, learner), stored) > 1e-9


def test_a_void_version_brings_everybody_who_answered_it_up_to_date(
    app: Flask, olga: Person, case: Case, engine: Engine
) -> None:
    zoe = reported(sign_up(app, "Zoe"))
    both = zoe.report.item_id == case.report.item_id
    before = answers(engine, case.person)
    page = decide(olga, case.version, "void")
    assert f"Learners brought up to date: {2 if both else 1}." in page
    assert answers(engine, case.person) == before - 1 == 0
    assert not differs(engine, case.person) and not differs(engine, zoe.person)
    assert "answer marked right here was wrong" in case.page() and "Key was wrong" in case.page()
    decide(olga, case.version, "unvoid")
    assert answers(engine, case.person) == before
    assert not differs(engine, case.person)
    assert "Key was wrong" not in case.page()


def answers(engine: Engine, person: Person) -> int:
    """How many answers the learner's general ability rests on."""
    with reading(engine) as session:
        belief = cards.state(session, person.user_id).abilities.get("all")
    return belief.answers if belief else 0


def test_more_learners_than_fit_into_a_request_are_left_to_the_command(
    olga: Person, case: Case, monkeypatch: pytest.MonkeyPatch, engine: Engine
) -> None:
    monkeypatch.setattr(operator, "REBUILT_AT_ONCE", 0)
    assert "1 learners are not up to date yet: run `milepost rebuild`." in decide(olga, case.version, "void")
    assert differs(engine, case.person)


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("items/nobody/decide", {"decision": "retire"}, 404),
        ("items/demo-d1-000/decide", {"decision": "burn"}, 400),
        ("items/demo-d1-000/decide", {}, 400),
        ("items/demo-d1-000/versions/2/decide", {"decision": "void"}, 404),
        ("items/demo-d1-000/versions/1/decide", {"decision": "retire"}, 400),
        ("items/demo-d1-000/versions/99999999999999999999/decide", {"decision": "void"}, 404),
        ("items/demo-d1-000/versions/-1/decide", {"decision": "void"}, 404),
    ],
)
def test_what_is_not_there_or_not_offered_is_told(olga: Person, path: str, data: dict[str, str], status: int) -> None:
    assert olga.client.post(f"/operator/{path}", data=data).status_code == status


def test_for_a_learner_there_are_no_such_pages(mika: Person, case: Case) -> None:
    assert mika.client.get("/operator/reports").status_code == 404
    for path in (f"{case.path}/answer", f"{case.path}/reopen", f"{case.item}/decide", f"{case.version}/decide"):
        assert mika.client.post(path, data={"answer": "Yes.", "decision": "void"}).status_code == 404
    assert "/operator/" not in mika.client.get("/settings/").text
    assert "Not under review" in case.page()


def test_the_operator_finds_the_list_in_the_settings(olga: Person) -> None:
    assert 'href="/operator/reports"' in olga.client.get("/settings/").text


def test_what_learners_and_operators_type_is_text(app: Flask, olga: Person, case: Case) -> None:
    expected = Shape(listed(olga)).tags
    for payload in PAYLOADS:
        data = {"reason": "key", "note": payload, "stood": case.report.at.isoformat()}
        assert case.person.client.post(f"/reports/answers/{case.attempt.id}", data=data).status_code == 303
        assert Shape(listed(olga)).tags == expected, payload
    olga.client.post(f"{case.path}/answer", data={"answer": "harmless"})
    # the messages of what went before are gone with the first look
    listed(olga), case.page()
    calm, shown = Shape(listed(olga)).tags, Shape(case.page()).tags
    for payload in PAYLOADS:
        olga.client.post(f"{case.path}/reopen")
        olga.client.post(f"{case.path}/answer", data={"answer": payload})
        listed(olga)
        assert Shape(listed(olga)).tags == calm, payload
        assert Shape(case.page()).tags == shown, payload
