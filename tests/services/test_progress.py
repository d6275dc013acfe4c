"""The day's snapshot: written when a run ends or is left open, once there is enough evidence; Undo takes it back."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from tests import bank_factory as factory
from tests.databases import on_both_databases
from tests.student import Student
from tracker.core.learning import LearnerState
from tracker.core.practice import RUN_LENGTH
from tracker.core.readiness import DOMAIN_FIRST_SIGHTS, FIRST_SIGHTS, Missing, Readiness
from tracker.services import bank_facts, progress
from tracker.services.bank_facts import CertificationBank
from tracker.store import attempts, history
from tracker.store.attempts import Attempt
from tracker.store.engine import reading
from tracker.store.history import Snapshot

pytestmark = on_both_databases

TODAY = date(2026, 11, 20)


@pytest.fixture
def mika(database: Engine) -> Student:
    student = Student(database)
    student.change(cap=1_000)
    return student


def bank(student: Student) -> CertificationBank:
    with reading(student.engine) as session:
        return bank_facts.read(session, student.learner, factory.SLUG)


def snapshots(student: Student) -> list[Snapshot]:
    with reading(student.engine) as session:
        return history.snapshots(session, student.user_id, factory.SLUG)


def answer(student: Student, answers: int, *, stop: bool = True) -> Attempt:
    """So many answers in runs of their own, the last one stopped."""
    for number in range(answers):
        student.later(minutes=1)
        run = student.start()
        last = student.answer(run, right=number % 4 > 0)
    if stop:
        student.stop(run)
    return last


def test_below_the_minimum_evidence_nothing_is_recorded(mika: Student) -> None:
    answer(mika, FIRST_SIGHTS - 1)
    assert snapshots(mika) == []
    counted = progress.evidence(bank(mika), mika.state())
    assert sum(domain.first_sights for domain in counted) == FIRST_SIGHTS - 1
    value = progress.readiness(bank(mika), mika.state(), counted, TODAY)
    assert isinstance(value, Missing)
    assert value.first_sights_needed == 1


def test_the_snapshot_says_what_readiness_said(mika: Student) -> None:
    answer(mika, FIRST_SIGHTS)
    [snapshot] = snapshots(mika)
    known, state = bank(mika), mika.state()
    value = progress.readiness(known, state, progress.evidence(known, state), TODAY)
    assert isinstance(value, Readiness)
    assert (snapshot.low, snapshot.mid, snapshot.high, snapshot.chance) == (
        value.low,
        value.mid,
        value.high,
        value.chance,
    )
    assert snapshot.low < snapshot.mid < snapshot.high
    assert (snapshot.study_day, snapshot.line, snapshot.model) == (TODAY, 0.7, progress.MODEL)
    assert snapshot.answers == FIRST_SIGHTS
    assert {domain: part["expected"] for domain, part in snapshot.domains.items()} == value.domains
    assert sum(part["first_sights"] for part in snapshot.domains.values()) == FIRST_SIGHTS
    assert min(part["first_sights"] for part in snapshot.domains.values()) >= DOMAIN_FIRST_SIGHTS


def test_a_day_has_one_snapshot_and_the_next_day_another(mika: Student) -> None:
    answer(mika, FIRST_SIGHTS)
    [first] = snapshots(mika)
    answer(mika, 1)
    [second] = snapshots(mika)
    assert second.answers == first.answers + 1
    assert second.mid != first.mid
    mika.later(days=1)
    answer(mika, 1)
    assert [snapshot.study_day for snapshot in snapshots(mika)] == [TODAY, date(2026, 11, 21)]
    assert snapshots(mika)[0] == second


def test_a_run_is_recorded_when_its_last_question_is_answered(mika: Student) -> None:
    answer(mika, RUN_LENGTH)
    run = mika.start()
    for _ in range(RUN_LENGTH):
        assert snapshots(mika) == []
        mika.later(minutes=1)
        mika.answer(run)
    assert mika.run(run).ended_at is not None
    [snapshot] = snapshots(mika)
    assert snapshot.answers == 2 * RUN_LENGTH >= FIRST_SIGHTS


def test_a_run_left_open_is_recorded_for_its_day_by_the_next_start(mika: Student) -> None:
    answer(mika, FIRST_SIGHTS, stop=False)
    known, state = bank(mika), mika.state()
    with reading(mika.engine) as session:
        expected = progress.snapshot(session, mika.user_id, known, state, TODAY)
    assert snapshots(mika) == []
    mika.later(days=3)
    mika.start()
    assert snapshots(mika) == [expected]
    answer(mika, 1)
    assert snapshots(mika)[0] == expected
    assert [each.study_day for each in snapshots(mika)] == [TODAY, date(2026, 11, 23)]


def test_a_run_that_goes_on_after_the_day_has_begun_anew_is_recorded_for_both(mika: Student) -> None:
    answer(mika, FIRST_SIGHTS)
    mika.later(hours=9)
    run = mika.start()
    first = mika.answer(run, right=False)
    mika.later(hours=2)
    second = mika.answer(run, right=False)
    assert (first.study_day, second.study_day) == (TODAY, date(2026, 11, 21))
    [evening] = snapshots(mika)
    assert (evening.study_day, evening.answers) == (TODAY, FIRST_SIGHTS + 1)
    mika.stop(run)
    assert [(each.study_day, each.answers) for each in snapshots(mika)] == [
        (TODAY, FIRST_SIGHTS + 1),
        (date(2026, 11, 21), FIRST_SIGHTS + 2),
    ]


def test_a_run_given_up_for_idleness_is_recorded_the_same_day(mika: Student) -> None:
    answer(mika, FIRST_SIGHTS, stop=False)
    mika.later(hours=7)
    mika.start()
    assert [(each.study_day, each.answers) for each in snapshots(mika)] == [(TODAY, FIRST_SIGHTS)]


def test_stopping_a_run_without_an_answer_today_records_nothing_for_today(mika: Student) -> None:
    answer(mika, FIRST_SIGHTS)
    mika.later(days=2)
    mika.stop(mika.start())
    assert [each.study_day for each in snapshots(mika)] == [TODAY]


def test_undo_below_the_minimum_takes_the_snapshot_back(mika: Student) -> None:
    last = answer(mika, FIRST_SIGHTS)
    assert len(snapshots(mika)) == 1
    mika.undo(last)
    assert snapshots(mika) == []


def test_undo_above_it_puts_the_figures_back(mika: Student) -> None:
    answer(mika, FIRST_SIGHTS)
    before = snapshots(mika)
    mika.undo(answer(mika, 1))
    assert snapshots(mika) == before


def test_a_fall_is_explained_and_a_rise_is_not(mika: Student) -> None:
    answer(mika, FIRST_SIGHTS)
    mika.later(days=30)
    run = mika.start()
    mika.answer(run, right=False)
    mika.stop(run)
    risen, fallen = snapshots(mika)
    assert set(risen.causes) == {"basis"}
    assert risen.causes["basis"]["day"] == TODAY.isoformat()
    assert fallen.mid < risen.mid
    assert fallen.causes["since"] == TODAY.isoformat()
    # without an exam to come the month counts, and it counts for more than one wrong answer
    assert fallen.causes["dip"][0]["kind"] == "forgetting"
    wrong = [cause for cause in fallen.causes["dip"] if cause["wrong"]]
    assert {cause["kind"] for cause in wrong} <= {"answers"}
    points = sum(cause["points"] for cause in fallen.causes["dip"])
    domains = {domain: part["expected"] for domain, part in fallen.domains.items()}
    moved = sum(0.5 * (domains[domain] - risen.domains[domain]["expected"]) for domain in domains)
    assert points == pytest.approx(moved, abs=0.003)


def test_a_fall_since_another_model_is_not_explained(mika: Student, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "MODEL", "older")
    answer(mika, FIRST_SIGHTS)
    monkeypatch.undo()
    mika.later(days=30)
    answer(mika, 1)
    assert [set(snapshot.causes) for snapshot in snapshots(mika)] == [{"basis"}, {"basis"}]


def test_evidence_from_abilities_is_that_of_the_attempts(mika: Student) -> None:
    """The hot path counts in the abilities what the progress page counts in the attempts."""
    answer(mika, 24)
    mika.later(days=8)
    mika.undo(answer(mika, RUN_LENGTH))
    with reading(mika.engine) as session:
        tallies = attempts.tallies(session, mika.user_id, factory.SLUG)
    counted = progress.evidence(bank(mika), mika.state())
    assert {domain.domain for domain in counted} == {"D1", "D2"}
    assert sum(domain.repeats for domain in counted) == RUN_LENGTH - 1
    for domain in counted:
        assert (domain.first_sights, domain.first_sight_right) == tallies[domain.domain, True]
        assert domain.repeats == tallies[domain.domain, False][0]


def test_no_answers_are_no_evidence(mika: Student) -> None:
    counted = progress.evidence(bank(mika), LearnerState())
    assert [(domain.domain, domain.weight, domain.first_sights) for domain in counted] == [
        ("D1", 0.5, 0),
        ("D2", 0.5, 0),
    ]


def test_an_exam_day_in_the_past_counts_as_none(mika: Student) -> None:
    answer(mika, FIRST_SIGHTS)
    known, state = bank(mika), mika.state()
    counted = progress.evidence(known, state)
    past, to_come = (replace(known, exam_day=day) for day in (date(2026, 11, 19), date(2027, 2, 1)))
    now = progress.readiness(known, state, counted, TODAY)
    assert progress.readiness(past, state, counted, TODAY) == now
    assert progress.readiness(to_come, state, counted, TODAY) != now
