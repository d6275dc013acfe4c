"""The study log through a browser without script."""

import csv
import io
import re
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from tests.bank_factory import SLUG
from tests.cast import Person
from tests.databases import START
from tests.web.world import ANSWERS
from tracker.core.study_log import Entry
from tracker.store import study_log
from tracker.store.engine import writing

FIELDS = {
    "study_day": "2026-11-20",
    "minutes": "25",
    "activity": "reading",
    "certification": "",
    "about": "",
    "note": "Canary *and* linear",
}


def log(person: Person, **changes: Any) -> str:
    """Log an entry; the address of its edit page."""
    sent = person.client.post("/study-log/", data=FIELDS | changes)
    assert sent.status_code == 303, sent.text
    found = re.findall(r'href="(/study-log/[0-9a-f-]{36})"', person.client.get("/study-log/").text)
    return found[0]


def test_an_entry_is_shown_with_its_totals_and_its_note_in_markdown(mika: Person) -> None:
    log(mika)
    log(mika, minutes="65", study_day="2026-11-18")
    page = mika.client.get("/study-log/").text
    assert "Canary <em>and</em> linear" in page
    assert "1 h 30" in page


def test_practice_appears_by_itself(mika: Person) -> None:
    mika.aim()
    run = mika.start()
    mika.answer(run)
    mika.answer(run)
    page = mika.client.get("/study-log/").text
    assert "Practice for" in page
    assert " of 2 right" in page


def test_an_edit_changes_the_entry(mika: Person) -> None:
    address = log(mika)
    sent = mika.client.post(address, data=FIELDS | {"minutes": "40", "revision": "1"})
    assert sent.status_code == 303
    assert 'value="40"' in mika.client.get(address).text


def test_two_tabs_overwrite_nothing_silently(mika: Person) -> None:
    address = log(mika)
    mika.client.post(address, data=FIELDS | {"minutes": "40", "note": "first tab", "revision": "1"})
    second = mika.client.post(address, data=FIELDS | {"minutes": "50", "note": "second tab", "revision": "1"})
    assert second.status_code == 409
    assert "first tab" in second.text and "second tab" in second.text
    assert "first tab" in mika.client.get(address).text
    again = mika.client.post(address, data=FIELDS | {"minutes": "50", "note": "second tab", "revision": "2"})
    assert again.status_code == 303


def test_a_deleted_entry_comes_back_with_undo(mika: Person) -> None:
    address = log(mika)
    sent = mika.client.post(f"{address}/delete")
    page = mika.client.get(sent.headers["Location"]).text
    assert "Entry deleted." in page and "Canary" not in page
    mika.client.post(f"{address}/restore")
    assert "Canary" in mika.client.get("/study-log/").text


def test_a_day_filled_meanwhile_refuses_the_undo_with_a_reason(mika: Person) -> None:
    address = log(mika, minutes="60")
    mika.client.post(f"{address}/delete")
    log(mika, minutes="1440")
    sent = mika.client.post(f"{address}/restore", follow_redirects=True)
    assert "could not be brought back" in sent.text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"study_day": "2026-11-21"}, "still to come"),
        ({"study_day": "yesterday"}, "Not a valid date"),
        ({"study_day": ""}, "Enter the day"),
        ({"minutes": "0"}, "at least one minute"),
        ({"minutes": "1441"}, "A day has 24 hours"),
        ({"minutes": "many"}, "Not a valid integer"),
        ({"activity": "sleeping"}, "Not a valid choice"),
        ({"certification": "no-such"}, "Not a valid choice"),
        ({"about": "step:sklearn"}, "Choose a step of your plan"),
        ({"about": "concept:concept-0"}, "Choose a step of your plan"),
        ({"about": "step:"}, "Choose a step of your plan"),
        ({"about": "<script>\x00" * 1000}, "Choose a step of your plan"),
        ({"note": "n" * 10_001}, "10,000 can be kept"),
        ({"note": "n" * 1_000_000}, "10,000 can be kept"),
    ],
)
def test_bad_input_has_a_message_at_its_field_and_loses_nothing(
    mika: Person, changes: dict[str, str], message: str
) -> None:
    sent = mika.client.post("/study-log/", data=FIELDS | {"note": "keep me"} | changes)
    assert sent.status_code == 422
    assert message in sent.text
    assert (changes.get("note") or "keep me") in sent.text


@pytest.fixture
def planned(mika: Person) -> Person:
    """Mika with a plan and a certification of the bank as target."""
    mika.aim()
    accept(mika)
    return mika


def accept(person: Person, **changes: Any) -> None:
    assert person.client.post("/plan/accept", data=ANSWERS | changes).status_code == 303


def mark(person: Person, step_id: str, state: str) -> None:
    sent = person.client.post(f"/roadmap/steps/{step_id}/mark", data={"state": state, "revision": "0"})
    assert sent.status_code == 303


def offered(page: str) -> dict[str, list[str]]:
    """The values that the form offers, by group; those outside of any under no name."""
    field = page.split('id="about"', 1)[1].split("</select>", 1)[0]
    groups = re.split(r'<optgroup label="([^"]+)">', field)
    found = zip(["", *groups[1::2]], groups[::2], strict=True)
    return {label: re.findall(r'value="([^"]*)"', options) for label, options in found}


def chosen(page: str) -> list[str]:
    field = page.split('id="about"', 1)[1].split("</select>", 1)[0]
    return re.findall(r'<option selected value="([^"]*)"', field)


def test_without_a_plan_and_a_target_nothing_is_offered(mika: Person) -> None:
    assert offered(mika.client.get("/study-log/").text) == {"": [""]}


def test_open_steps_are_offered_first_then_the_others_then_concepts(planned: Person) -> None:
    mark(planned, "features", "doing")
    mark(planned, "sklearn", "done")
    groups = offered(planned.client.get("/study-log/").text)
    assert list(groups) == ["", "Steps still to do", "Other steps of your plan", "Concepts"]
    assert groups["Steps still to do"][0] == "step:features"
    assert {"step:sklearn", "step:python-core"} <= set(groups["Other steps of your plan"])
    assert groups["Concepts"] == [f"concept:concept-{number}" for number in range(8)]


def test_an_entry_about_a_step_links_to_it_and_shortens_it(planned: Person) -> None:
    road = planned.client.get("/roadmap/?phase=modelling").text
    link = re.search(r'href="(/study-log/\?about=step:sklearn)">Log time', road)
    assert link
    assert chosen(planned.client.get(link[1]).text) == ["step:sklearn"]
    sent = planned.client.post(link[1], data=FIELDS | {"about": "step:sklearn", "minutes": "60"})
    assert sent.headers["Location"] == "/study-log/"
    page = planned.client.get("/study-log/").text
    assert 'href="/roadmap/?phase=modelling#step-sklearn">Train and judge models with scikit-learn</a>' in page
    road = planned.client.get("/roadmap/?phase=modelling").text
    assert 'id="step-sklearn"' in road and "12 h planned, 1 h logged, about 11 h left" in road


def test_time_is_logged_from_open_steps_only(planned: Person) -> None:
    for step_id, state in (("sklearn", "done"), ("features", "skipped"), ("deep", "doing")):
        mark(planned, step_id, state)
    road = planned.client.get("/roadmap/?phase=modelling").text
    assert "about=step:sklearn" not in road and "about=step:features" not in road
    assert "about=step:deep" in road


def test_an_entry_about_a_concept_links_to_its_page(planned: Person) -> None:
    log(planned, about="concept:concept-3")
    page = planned.client.get("/study-log/").text
    assert 'href="/concepts/concept-3"' in page


def test_an_edit_keeps_or_changes_what_the_entry_is_about(planned: Person) -> None:
    address = log(planned, about="step:sklearn")
    assert chosen(planned.client.get(address).text) == ["step:sklearn"]
    edit = FIELDS | {"about": "concept:concept-1", "revision": "1"}
    assert planned.client.post(address, data=edit).status_code == 303
    assert chosen(planned.client.get(address).text) == ["concept:concept-1"]
    assert planned.client.post(address, data=edit | {"about": "", "revision": "2"}).status_code == 303
    assert chosen(planned.client.get(address).text) == [""]


def test_an_edit_keeps_what_is_offered_no_more(planned: Person) -> None:
    accept(planned, cert="gcp-pmle")
    address = log(planned, about="step:cert-gcp-pmle", note="before")
    accept(planned)
    page = planned.client.get(address).text
    assert chosen(page) == ["step:cert-gcp-pmle"] == offered(page)["As it was"]
    edit = FIELDS | {"about": "step:cert-gcp-pmle", "note": "after", "revision": "1"}
    assert planned.client.post(address, data=edit).status_code == 303
    page = planned.client.get("/study-log/").text
    assert "after" in page and "#step-cert-gcp-pmle" not in page
    assert "step:cert-gcp-pmle" not in str(offered(page))
    assert planned.client.post("/study-log/", data=edit).status_code == 422


def test_a_concept_stays_when_its_certification_is_dropped(planned: Person) -> None:
    address = log(planned, about="concept:concept-2")
    assert planned.client.post(f"/certifications/{SLUG}/drop").status_code == 303
    page = planned.client.get(address).text
    assert chosen(page) == ["concept:concept-2"] and "Concepts" not in offered(page)
    assert 'href="/concepts/concept-2"' in planned.client.get("/study-log/").text


def test_what_is_known_no_more_is_shown_by_its_id(mika: Person) -> None:
    with writing(mika.engine) as session:
        for number, ids in enumerate([("step-of-old", None), (None, "concept-of-old")], 1):
            study_log.add(
                session, mika.user_id, UUID(int=number), Entry(START.date(), 5, "other", None, *ids, ""), START
            )
        session.commit()
    page = mika.client.get("/study-log/").text
    assert "step-of-old</p>" in page and "concept-of-old</p>" in page


def test_a_second_tab_sees_what_the_entry_is_about_now(planned: Person) -> None:
    address = log(planned, about="step:sklearn")
    planned.client.post(address, data=FIELDS | {"about": "concept:concept-1", "certification": SLUG, "revision": "1"})
    second = planned.client.post(address, data=FIELDS | {"about": "step:deep", "revision": "1"})
    assert second.status_code == 409
    told = second.text.split("mp-note-warn", 1)[1].split("</div>", 1)[0]
    assert "reading for DEM-C01" in told and "About: Concept 1" in told
    assert chosen(second.text) == ["step:deep"]


def test_another_learners_plan_offers_nothing(planned: Person, noor: Person) -> None:
    assert chosen(noor.client.get("/study-log/?about=step:sklearn").text) == []
    for about in ("step:sklearn", "concept:concept-0"):
        sent = noor.client.post("/study-log/", data=FIELDS | {"about": about, "note": "keep me"})
        assert sent.status_code == 422 and "keep me" in sent.text


@pytest.mark.parametrize("about", ["", "step:", "nothing", "step:no-such", "%00", "%3Cscript%3E", "x" * 5000])
def test_a_link_edited_by_hand_chooses_nothing(planned: Person, about: str) -> None:
    page = planned.client.get(f"/study-log/?about={about}")
    assert page.status_code == 200
    assert chosen(page.text) in ([], [""])


def test_a_note_keeps_its_lines(mika: Person) -> None:
    note = "first\r\n\r\n- one\r\n- two"
    address = log(mika, note=note)
    typed = mika.client.get(address).text.split("<textarea", 1)[1].split("</textarea>", 1)[0]
    assert typed.endswith(note)
    assert "<li>one</li>" in mika.client.get("/study-log/").text


def test_a_note_cannot_carry_html(mika: Person) -> None:
    log(mika, note="<script>alert(1)</script> [x](javascript:alert(1)) <b onclick=a>")
    page = mika.client.get("/study-log/").text
    assert "<script>alert" not in page and "javascript:" not in page.split("</form>", 1)[1].split("<textarea")[0]
    assert "onclick=a>" not in page


def test_a_filter_narrows_list_and_export(mika: Person) -> None:
    log(mika, note="perused")
    log(mika, activity="course", note="watched", study_day="2026-10-05")
    assert "perused" not in mika.client.get("/study-log/?activity=course").text.split("Entries", 1)[1]
    october = mika.client.get("/study-log/?month=2026-10").text.split("Entries", 1)[1]
    assert "watched" in october and "perused" not in october
    rows = list(csv.reader(io.StringIO(mika.client.get("/study-log/export.csv?month=2026-10").text)))
    assert [row[0] for row in rows[1:]] == ["2026-10-05"]


def test_a_filter_edited_by_hand_shows_everything(mika: Person) -> None:
    log(mika)
    assert "Canary" in mika.client.get("/study-log/?month=2026-99&activity=%27%3B--&cert=").text


def test_the_export_tells_what_an_entry_is_about(planned: Person) -> None:
    log(planned, about="step:sklearn")
    log(planned, about="concept:concept-3", study_day="2026-11-19")
    rows = list(csv.reader(io.StringIO(planned.client.get("/study-log/export.csv").text)))
    assert [row[4:6] for row in rows[1:]] == [["", "concept-3"], ["sklearn", ""]]


def test_exported_cells_are_no_formulas(mika: Person) -> None:
    log(mika, note="=HYPERLINK(1)")
    rows = list(csv.reader(io.StringIO(mika.client.get("/study-log/export.csv").text)))
    assert rows[0] == ["day", "minutes", "activity", "certification", "step", "concept", "note"]
    assert rows[1][-1] == "'=HYPERLINK(1)"


def test_another_learners_entry_is_not_there(mika: Person, noor: Person) -> None:
    address = log(mika)
    assert noor.client.get(address).status_code == 404
    assert noor.client.post(address, data=FIELDS | {"revision": "1"}).status_code == 404
    assert noor.client.post(f"{address}/delete").status_code == 404
    assert noor.client.post(f"{address}/restore").status_code == 404


def test_a_note_of_a_megabyte_comes_back_with_its_message_where_forms_carry_a_token(app: Flask, mika: Person) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    token = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', mika.client.get("/study-log/").text)
    assert token
    sent = mika.client.post("/study-log/", data=FIELDS | {"note": "n" * 1_000_000, "csrf_token": token[1]})
    assert sent.status_code == 422
    assert "10,000 can be kept" in sent.text and "n" * 1_000_000 in sent.text


def test_a_long_log_shows_its_newest_days_and_all_when_asked(mika: Person) -> None:
    for day in range(1, 17):
        log(mika, study_day=f"2026-11-{day:02d}", minutes="10", note="")
    page = mika.client.get("/study-log/").text
    assert "Show 2 earlier days" in page and page.count("mp-mo") == 14
    assert "2 h 40" in page, "totals count what is not shown"
    whole = mika.client.get("/study-log/?whole=1&activity=reading").text
    assert whole.count("mp-mo") == 16 and "earlier" not in whole
    assert len(mika.client.get("/study-log/export.csv").text.splitlines()) == 17
