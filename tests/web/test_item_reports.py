"""Reporting a question through a browser without script, and what the learner sees of it."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Person
from tests.conftest import Clock
from tests.web.forms import PAYLOADS, Shape
from tracker.store import item_reports
from tracker.store.engine import reading
from tracker.store.item_reports import ItemReport

SAID = {"reason": "several", "note": "Option B fits as well.\nIt says so."}


@pytest.fixture
def feedback(mika: Person) -> str:
    """The address of Mika's feedback to a first answer."""
    mika.aim()
    return mika.answer(mika.start()).headers["Location"]


def form_of(feedback: str) -> str:
    return f"/reports/answers/{feedback.rsplit('/', 1)[1]}"


def kept(person: Person) -> list[ItemReport]:
    with reading(person.engine) as session:
        return item_reports.of_learner(session, person.user_id, 20)


def text(page: str) -> str:
    return " ".join(Shape(page).text.split())


def test_the_strip_says_what_the_question_rests_on(mika: Person, feedback: str) -> None:
    page = mika.client.get(feedback).text
    strip = text(page.split('class="mp-plain mp-strip"', 1)[1].split("</ul>", 1)[0])
    for words in ("Milepost, original", "Source: Guide", "Source not checked yet", "Not under review"):
        assert words in strip
    assert f'href="{form_of(feedback)}">Report this question' in page


def test_a_report_is_sent_and_stands_with_its_question_and_in_the_settings(mika: Person, feedback: str) -> None:
    sent = mika.client.post(form_of(feedback), data=SAID)
    assert (sent.status_code, sent.headers["Location"]) == (303, feedback)
    shown, listed = mika.client.get(feedback).text, mika.client.get("/settings/").text
    assert "Thank you, your report is sent." in shown
    for page in (shown, listed):
        assert "Option B fits as well.\nIt says so." in page and "It waits for an answer." in text(page)
    assert "more than one answer is right" in shown and "More than one answer is right" in listed
    assert "Change your report" in shown


def test_sending_twice_makes_one(mika: Person, feedback: str) -> None:
    for _ in range(2):
        assert mika.client.post(form_of(feedback), data=SAID).status_code == 303
    assert len(kept(mika)) == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reason": ""}, "Choose what is wrong"),
        ({"reason": "nonsense"}, "Choose what is wrong"),
        ({"reason": "other", "note": "  "}, "Say in a few words"),
        ({"note": "n" * 2_001}, "2,000 can be kept"),
        ({"note": "n" * 1_000_000}, "2,000 can be kept"),
        ({"note": "\x00" + "é" * 2_001}, "2,000 can be kept"),
    ],
)
def test_bad_input_has_a_message_at_its_field_and_loses_nothing(
    mika: Person, feedback: str, changes: dict[str, Any], message: str
) -> None:
    sent = mika.client.post(form_of(feedback), data=SAID | changes)
    assert sent.status_code == 422
    assert message in sent.text
    assert (SAID | changes)["note"].strip("\x00") in sent.text
    assert kept(mika) == []


def test_a_wrong_note_keeps_the_chosen_reason(mika: Person, feedback: str) -> None:
    sent = mika.client.post(form_of(feedback), data={"reason": "outdated", "note": "n" * 2_001})
    assert re.search(r'<input checked [^>]*value="outdated"', sent.text)
    assert 'aria-invalid="true"' in sent.text


def test_a_field_of_ones_own_changes_nothing(mika: Person, feedback: str, noor: Person) -> None:
    extra = {"user_id": str(noor.user_id), "answer": "Yes.", "answered_at": "2026-11-20", "item_id": "other"}
    mika.client.post(form_of(feedback), data=SAID | extra)
    [report] = kept(mika)
    assert (report.answer, report.answered_at, report.item_id.startswith("demo-")) == (None, None, True)
    assert kept(noor) == []


def test_an_open_report_is_changed_in_its_form(mika: Person, feedback: str, clock: Clock) -> None:
    mika.client.post(form_of(feedback), data=SAID)
    page = mika.client.get(form_of(feedback)).text
    stood = re.search(r'name="stood"[^>]*value="([^"]+)"', page)
    assert stood and "Change your report" in page and "Option B fits as well." in page
    clock.forward(minutes=1)
    changed = {"reason": "key", "note": "It should be B.", "stood": stood[1].replace("&#43;", "+")}
    assert mika.client.post(form_of(feedback), data=changed).status_code == 303
    assert [(each.reason, each.note) for each in kept(mika)] == [("key", "It should be B.")]


@pytest.mark.parametrize("stood", ["", "yesterday", "2026-11-20T17:00:00+00:00", "\x00"])
def test_a_form_from_before_another_report_overwrites_nothing(mika: Person, feedback: str, stood: str) -> None:
    mika.client.post(form_of(feedback), data=SAID)
    other = {"reason": "key", "note": "It should be B.", "stood": stood}
    sent = mika.client.post(form_of(feedback), data=other)
    assert sent.status_code == 409
    assert "Option B fits as well." in sent.text and "It should be B." in sent.text
    assert [each.note for each in kept(mika)] == [SAID["note"]]
    stands = re.search(r'name="stood"[^>]*value="([^"]+)"', sent.text)
    assert stands
    again = other | {"stood": stands[1].replace("&#43;", "+")}
    assert mika.client.post(form_of(feedback), data=again).status_code == 303
    assert [each.note for each in kept(mika)] == ["It should be B."]


@pytest.mark.parametrize("from_settings", [False, True])
def test_a_report_is_withdrawn_and_comes_back_with_undo(mika: Person, feedback: str, from_settings: bool) -> None:
    mika.client.post(form_of(feedback), data=SAID)
    [report] = kept(mika)
    page = "/settings/" if from_settings else feedback
    back = re.search(r'name="back" value="([^"]+)"', mika.client.get(page).text)
    assert back and back[1] == page
    sent = mika.client.post(f"/reports/{report.id}/withdraw", data={"back": back[1]})
    assert sent.headers["Location"] == f"{page}?withdrawn={report.id}"
    shown = mika.client.get(sent.headers["Location"]).text
    assert "Your report is withdrawn." in shown and "Option B fits" not in shown
    assert f'action="/reports/{report.id}/restore"' in shown
    sent = mika.client.post(f"/reports/{report.id}/restore", data={"back": back[1]})
    assert sent.headers["Location"] == page
    assert "Option B fits" in mika.client.get(page).text


def test_undo_does_not_bring_back_a_second_report(mika: Person, feedback: str) -> None:
    mika.client.post(form_of(feedback), data=SAID)
    [report] = kept(mika)
    mika.client.post(f"/reports/{report.id}/withdraw")
    mika.client.post(form_of(feedback), data={"reason": "unclear"})
    sent = mika.client.post(f"/reports/{report.id}/restore", follow_redirects=True)
    assert "That one stands." in sent.text
    assert [each.reason for each in kept(mika)] == ["unclear"]


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "/settings/?a=b#c", "x", ""])
def test_the_way_back_is_our_own(mika: Person, feedback: str, back: str) -> None:
    mika.client.post(form_of(feedback), data=SAID)
    sent = mika.client.post(f"/reports/{kept(mika)[0].id}/withdraw", data={"back": back})
    assert sent.headers["Location"].startswith("/settings/?withdrawn=")


@pytest.mark.parametrize("withdrawn", ["", "x", "../../settings/delete", "%00"])
def test_only_an_id_is_offered_to_undo(mika: Person, withdrawn: str) -> None:
    assert "report is withdrawn" not in mika.client.get(f"/settings/?withdrawn={withdrawn}").text


def test_what_is_typed_is_text_wherever_it_is_shown(mika: Person, feedback: str) -> None:
    mika.client.post(form_of(feedback), data={"reason": "unclear", "note": "harmless"})
    pages = (feedback, "/settings/", form_of(feedback))
    mika.client.get(feedback)
    expected = {page: Shape(mika.client.get(page).text).tags for page in pages}
    for payload in PAYLOADS:
        [report] = kept(mika)
        note = {"reason": "unclear", "note": payload, "stood": report.at.isoformat()}
        assert mika.client.post(form_of(feedback), data=note).status_code == 303
        mika.client.get("/today/")
        for page in pages:
            assert Shape(mika.client.get(page).text).tags == expected[page], (page, payload)


def test_a_form_sent_without_a_login_leads_back_to_itself(mika: Person, feedback: str, client: FlaskClient) -> None:
    sent = client.post(form_of(feedback), data=SAID)
    assert sent.headers["Location"] == f"/sign-in?next={form_of(feedback)}"


def test_another_learners_answer_and_report_are_not_there(mika: Person, noor: Person, feedback: str) -> None:
    mika.client.post(form_of(feedback), data=SAID)
    report = kept(mika)[0].id
    assert noor.client.get(form_of(feedback)).status_code == 404
    for path in (form_of(feedback), f"/reports/{report}/withdraw", f"/reports/{report}/restore"):
        assert noor.client.post(path, data=SAID).status_code == 404
    assert "Option B fits" not in noor.client.get("/settings/").text
    assert [each.withdrawn_at for each in kept(mika)] == [None]


def test_the_key_of_an_unanswered_question_cannot_be_read_by_reporting_it(app: Flask, mika: Person) -> None:
    mika.aim()
    question = mika.question(mika.start())
    assert mika.client.get(form_of(question.action)).status_code == 404
