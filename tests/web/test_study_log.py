"""The study log through a browser without script."""

import csv
import io
import re
from typing import Any

import pytest

from tests.cast import Person

FIELDS = {
    "study_day": "2026-11-20",
    "minutes": "25",
    "activity": "reading",
    "certification": "",
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
