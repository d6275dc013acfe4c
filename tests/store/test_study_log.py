"""Entries of the study log, and the practice beside them."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import Engine, update

from tests.bank_factory import SLUG
from tests.cast import Person
from tests.databases import START
from tracker.core.study_log import Entry
from tracker.store import study_log
from tracker.store.engine import reading, writing
from tracker.store.tables import AttemptRow

ENTRY = Entry(date(2026, 11, 20), 25, "course", None, "sklearn", None, "")


def test_filters_narrow_the_list_newest_day_first(mika: Person, engine: Engine) -> None:
    kinds = [
        ENTRY,
        replace(ENTRY, study_day=date(2026, 11, 18), activity="reading"),
        replace(ENTRY, study_day=date(2026, 10, 2), certification=SLUG),
    ]
    with writing(engine) as session:
        for number, entry in enumerate(kinds):
            study_log.add(session, mika.user_id, UUID(int=number + 1), entry, START)

        def days(**chosen: object) -> list[int]:
            found = study_log.entries(session, mika.user_id, **chosen)  # type: ignore[arg-type] # passed on
            return [each.entry.study_day.day for each in found]

        assert days() == [20, 18, 2]
        assert days(first=date(2026, 11, 1), last=date(2026, 11, 19)) == [18]
        assert days(activity="reading") == [18]
        assert days(certification=SLUG) == [2]


def test_minutes_by_day_and_step_leave_out_what_was_deleted(mika: Person, engine: Engine) -> None:
    with writing(engine) as session:
        for number in (1, 2, 3):
            study_log.add(session, mika.user_id, UUID(int=number), ENTRY, START)
        study_log.change(session, mika.user_id, UUID(int=3), deleted_at=START)
        assert study_log.minutes_of_day(session, mika.user_id, ENTRY.study_day) == 50
        assert study_log.minutes_of_day(session, mika.user_id, ENTRY.study_day, but=UUID(int=1)) == 25
        assert study_log.minutes_by_step(session, mika.user_id) == {"sklearn": 50}


def test_minutes_of_each_day_add_entries_and_practice(mika: Person, engine: Engine) -> None:
    mika.aim()
    mika.answer(mika.start())
    earlier = replace(ENTRY, study_day=date(2026, 11, 18))
    with writing(engine) as session:
        for number, entry in enumerate((ENTRY, ENTRY, earlier, replace(ENTRY, study_day=date(2026, 11, 1)))):
            study_log.add(session, mika.user_id, UUID(int=number + 1), entry, START)
        study_log.change(session, mika.user_id, UUID(int=2), deleted_at=START)
        found = study_log.minutes_by_day(session, mika.user_id, date(2026, 11, 18))
        assert found == {date(2026, 11, 20): 26, date(2026, 11, 18): 25}
        assert study_log.last_day(session, mika.user_id) == date(2026, 11, 20)


def test_without_an_entry_there_is_no_last_day(mika: Person, engine: Engine) -> None:
    with reading(engine) as session:
        assert study_log.last_day(session, mika.user_id) is None
        assert study_log.minutes_by_day(session, mika.user_id, date(2026, 1, 1)) == {}


def test_a_certifications_step_has_its_practice_and_entries_without_a_step(mika: Person, engine: Engine) -> None:
    mika.aim()
    run = mika.start()
    mika.answer(run)
    entries = [
        replace(ENTRY, step_id=None, certification=SLUG),
        replace(ENTRY, step_id=f"cert-{SLUG}"),
        replace(ENTRY, certification=SLUG),
        replace(ENTRY, step_id=None),
    ]
    with writing(engine) as session:
        for number, entry in enumerate(entries):
            study_log.add(session, mika.user_id, UUID(int=number + 1), entry, START)
        session.execute(update(AttemptRow).where(AttemptRow.user_id == mika.user_id).values(seconds=180))
        assert study_log.minutes_by_step(session, mika.user_id) == {f"cert-{SLUG}": 25 + 25 + 3, "sklearn": 25}


def test_practice_is_counted_by_day_without_what_was_undone(mika: Person, engine: Engine) -> None:
    mika.aim()
    run = mika.start()
    mika.answer(run)
    last = mika.answer(run).headers["Location"]
    mika.client.post(f"{last}/undo")
    with reading(engine) as session:
        [day] = study_log.practised(session, mika.user_id)
    assert (day.study_day, day.certification, day.answers, day.minutes) == (date(2026, 11, 20), SLUG, 1, 1)
