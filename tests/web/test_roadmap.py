"""The roadmap through a browser without script."""

import re
from uuid import UUID

import pytest

from tests.cast import Person
from tests.databases import START
from tests.web.world import ANSWERS, everything
from tracker.core.study_log import Entry
from tracker.store import study_log
from tracker.store.engine import writing

STEP = "/roadmap/steps/sklearn"


@pytest.fixture
def planned(mika: Person) -> Person:
    assert mika.client.post("/plan/accept", data=ANSWERS).status_code == 303
    return mika


def follow(person: Person, path: str, **data: object) -> str:
    """Send a form and read the page it leads to."""
    sent = person.client.post(path, data=data)
    assert sent.status_code == 303, sent.status_code
    return person.client.get(sent.headers["Location"]).text


def row(page: str, step_id: str = "sklearn") -> str:
    return page.split(f'id="step-{step_id}"', 1)[1].split('<li class="mp-mile', 1)[0]


def undo_form(page: str) -> tuple[str, dict[str, list[str]]]:
    """Where the Undo beside the news goes, and what it sends."""
    told = page.split("mp-told", 1)[1].split("</form>", 1)[0]
    action = re.search(r'action="([^"]+)"', told)
    assert action
    data: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', told):
        data.setdefault(name, []).append(value)
    return action[1], data


def test_without_a_plan_the_way_to_one_is_shown(mika: Person) -> None:
    page = mika.client.get("/roadmap/?step=sklearn&was=done").text
    assert "No plan yet" in page and 'href="/plan"' in page


def test_a_phase_shows_its_steps_and_the_others_their_progress(planned: Person) -> None:
    page = planned.client.get("/roadmap/?phase=modelling").text
    assert "Train and judge models with scikit-learn" in page and "0 of 6" in page
    assert "Query data with SQL" not in page
    known = planned.client.get("/roadmap/?phase=foundations").text
    assert "Known, going by your answers." in row(known, "python-core")
    assert "MLA exam" in planned.client.get("/roadmap/?phase=production").text


def test_a_step_is_done_and_undone(planned: Person) -> None:
    page = follow(planned, f"{STEP}/mark", state="done", revision=0)
    assert "is done." in page and "Done on 20 November 2026" in row(page)
    action, data = undo_form(page)
    page = follow(planned, action, **data)
    assert "is still to do." in page and 'aria-pressed="false"' in row(page)


def test_a_skipped_step_comes_back_and_a_started_one_is_in_progress(planned: Person) -> None:
    page = follow(planned, f"{STEP}/mark", state="skipped", revision=0)
    assert "Bring back" in row(page) and "1 skipped" in page
    page = follow(planned, f"{STEP}/mark", state="doing", revision=1)
    assert "In progress" in row(page)
    action, data = undo_form(page)
    assert "Bring back" in row(follow(planned, action, **data))


def test_sub_steps_are_ticked_and_the_ticks_taken_back(planned: Person) -> None:
    page = follow(planned, f"{STEP}/tick", part=["split", "tune"])
    assert "2 of 6 sub-steps ticked" in page and row(page).count(" checked") == 2
    action, data = undo_form(page)
    page = follow(planned, action, **data)
    assert row(page).count(" checked") == 0


def test_a_second_tab_overwrites_nothing_and_is_told(planned: Person) -> None:
    follow(planned, f"{STEP}/mark", state="done", revision=0)
    before = everything(planned.engine)["step_state"]
    for revision in ("0", "7", "one", "9" * 5000):
        page = planned.client.post(f"{STEP}/mark", data={"state": "skipped", "revision": revision})
        assert page.status_code == 409
        assert "Another tab changed this step meanwhile: it is done" in page.text
    undone = planned.client.post(f"{STEP}/undo", data={"state": "open", "revision": "0"})
    assert undone.status_code == 409
    assert everything(planned.engine)["step_state"] == before


def test_a_double_click_is_one_change(planned: Person) -> None:
    for _ in range(2):
        page = follow(planned, f"{STEP}/mark", state="done", revision=0)
    assert "is done." in page and "Another tab" not in page


def test_steps_of_nobody_and_states_that_are_none(planned: Person, noor: Person) -> None:
    for path in ("/roadmap/steps/nothing", "/roadmap/steps/cert-gcp-pmle", "/roadmap/steps/" + "x" * 500):
        for verb in ("mark", "undo", "tick"):
            assert planned.client.post(f"{path}/{verb}", data={"state": "open"}).status_code == 404
    assert noor.client.post(f"{STEP}/mark", data={"state": "done", "revision": "0"}).status_code == 404
    for state in ("known", "", "<script>"):
        assert planned.client.post(f"{STEP}/mark", data={"state": state, "revision": "0"}).status_code == 400
    assert planned.client.post(f"{STEP}/undo", data={"state": "gone"}).status_code == 400
    assert planned.client.post(f"{STEP}/tick", data={"part": "<script>"}).status_code == 404


def test_an_address_edited_by_hand_shows_the_roadmap(planned: Person) -> None:
    for query in (
        "step=nothing&was=done",
        "step=sklearn&was=%3Cb%3E&on=x",
        "step=sklearn&did=ticks&before=%00",
        "phase=x",
    ):
        assert planned.client.get(f"/roadmap/?{query}").status_code == 200


def test_an_exam_day_of_ones_own_is_shown(planned: Person) -> None:
    planned.client.post("/plan/accept", data=ANSWERS | {"cert": "aws-mla", "exam-aws-mla": "2028-03-01"})
    assert "1 March 2028" in planned.client.get("/roadmap/").text
    assert "Your own day." in planned.client.get("/roadmap/?phase=production").text


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (270, "12 h planned, 4 h 30 logged, about 7 h 30 left, by"),
        (690, "12 h planned, 11 h 30 logged, about 2 h 24 left, by"),
    ],
)
def test_logged_minutes_shorten_an_open_step(planned: Person, minutes: int, words: str) -> None:
    assert "12 h, by" in row(planned.client.get("/roadmap/?phase=modelling").text)
    entry = Entry(START.date(), minutes, "course", None, "sklearn", None, "")
    with writing(planned.engine) as session:
        study_log.add(session, planned.user_id, UUID(int=1), entry, START)
        session.commit()
    assert words in row(planned.client.get("/roadmap/?phase=modelling").text)
    # a new plan leaves out what was logged, and does not subtract it again
    planned.client.post("/plan/accept", data=ANSWERS)
    assert words in row(planned.client.get("/roadmap/?phase=modelling").text)
