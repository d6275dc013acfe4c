"""Writing the study log, as verbs."""

import random
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine

from tests.cast import Person
from tests.databases import START
from tracker.core.roadmap import Inputs
from tracker.core.study_log import Entry
from tracker.services import roadmap
from tracker.services import study_log as verbs
from tracker.store import study_log
from tracker.store.engine import writing

TODAY = START.date()
ENTRY = Entry(TODAY, 25, "course", None, None, None, "first")
INPUTS = Inputs("developer", "course", 8, TODAY)
RNG = random.Random(1)


def test_an_entry_lives_through_edit_delete_and_restore(mika: Person, engine: Engine) -> None:
    with writing(engine) as session:
        entry_id = verbs.add(session, mika.user_id, ENTRY, today=TODAY, now=START, rng=RNG)
        verbs.edit(session, mika.user_id, entry_id, replace(ENTRY, minutes=40), 1, today=TODAY)
        verbs.delete(session, mika.user_id, entry_id, now=START)
        assert study_log.entries(session, mika.user_id) == []
        verbs.restore(session, mika.user_id, entry_id, today=TODAY)
        [kept] = study_log.entries(session, mika.user_id)
    assert (kept.entry.minutes, kept.revision) == (40, 4)


def test_an_edit_of_an_older_revision_tells_what_stands(mika: Person, engine: Engine) -> None:
    with writing(engine) as session:
        entry_id = verbs.add(session, mika.user_id, ENTRY, today=TODAY, now=START, rng=RNG)
        verbs.edit(session, mika.user_id, entry_id, replace(ENTRY, note="second"), 1, today=TODAY)
        with pytest.raises(verbs.ChangedMeanwhile) as raised:
            verbs.edit(session, mika.user_id, entry_id, replace(ENTRY, note="third"), 1, today=TODAY)
    assert raised.value.stands.entry.note == "second"


def test_a_bad_entry_is_not_written(mika: Person, engine: Engine) -> None:
    with writing(engine) as session:
        late = replace(ENTRY, study_day=TODAY + timedelta(days=1), minutes=0)
        with pytest.raises(verbs.BadEntry) as raised:
            verbs.add(session, mika.user_id, late, today=TODAY, now=START, rng=RNG)
        assert [problem.field for problem in raised.value.problems] == ["study_day", "minutes"]
        assert study_log.entries(session, mika.user_id) == []


def test_an_edit_does_not_count_its_own_minutes_twice(mika: Person, engine: Engine) -> None:
    with writing(engine) as session:
        entry_id = verbs.add(session, mika.user_id, replace(ENTRY, minutes=1000), today=TODAY, now=START, rng=RNG)
        verbs.edit(session, mika.user_id, entry_id, replace(ENTRY, minutes=1440), 1, today=TODAY)


def test_an_entry_is_about_a_step_of_the_plan_or_an_aimed_concept(mika: Person, noor: Person, engine: Engine) -> None:
    mika.aim()
    with writing(engine) as session:
        roadmap.accept(session, mika.user_id, INPUTS, today=TODAY, now=START)
        for entry in (replace(ENTRY, step_id="sklearn"), replace(ENTRY, concept="concept-0")):
            verbs.add(session, mika.user_id, entry, today=TODAY, now=START, rng=RNG)
            with pytest.raises(verbs.BadEntry) as raised:
                verbs.add(session, noor.user_id, entry, today=TODAY, now=START, rng=RNG)
            assert [problem.field for problem in raised.value.problems] == ["about"]
        for entry in (replace(ENTRY, step_id="cert-gcp-pmle"), replace(ENTRY, concept="no-such")):
            with pytest.raises(verbs.BadEntry):
                verbs.add(session, mika.user_id, entry, today=TODAY, now=START, rng=RNG)
        assert len(study_log.entries(session, mika.user_id)) == 2
        assert study_log.entries(session, noor.user_id) == []


def test_an_entry_keeps_what_it_is_about_when_that_is_offered_no_more(mika: Person, engine: Engine) -> None:
    gone = replace(ENTRY, step_id="no-longer-there")
    with writing(engine) as session:
        study_log.add(session, mika.user_id, UUID(int=1), gone, START)
        verbs.edit(session, mika.user_id, UUID(int=1), replace(gone, minutes=30), 1, today=TODAY)
        verbs.delete(session, mika.user_id, UUID(int=1), now=START)
        verbs.restore(session, mika.user_id, UUID(int=1), today=TODAY)
        [kept] = study_log.entries(session, mika.user_id)
        assert (kept.entry.step_id, kept.entry.minutes) == ("no-longer-there", 30)
        with pytest.raises(verbs.BadEntry):
            verbs.edit(session, mika.user_id, UUID(int=1), replace(gone, step_id="another"), 4, today=TODAY)


def test_an_entry_of_somebody_else_is_unknown(mika: Person, noor: Person, engine: Engine) -> None:
    with writing(engine) as session:
        entry_id = verbs.add(session, mika.user_id, ENTRY, today=TODAY, now=START, rng=RNG)
        with pytest.raises(verbs.UnknownEntry):
            verbs.delete(session, noor.user_id, entry_id, now=START)
