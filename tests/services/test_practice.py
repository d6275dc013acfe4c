"""The practice verbs, on SQLite and on PostgreSQL."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

from tests import bank_factory as factory
from tests.databases import START, on_both_databases
from tests.student import SECOND_SLUG, Student, load, retire, two_certifications, void
from tracker.core.learning import LearnerState
from tracker.core.practice import RUN_IDLE, RUN_LENGTH, SECOND_ROUND, WARM_UP
from tracker.core.question import BadResponse
from tracker.core.queue import WARM_UP_LENGTH, Choice
from tracker.services import bank_facts, folding, practice, questions, standings
from tracker.services.bank_facts import NoBank
from tracker.services.practice import (
    AnsweredDifferently,
    CapReached,
    NoConfidence,
    NothingToAsk,
    TooLateToUndo,
    UnknownQuestion,
)
from tracker.store import bank, cards
from tracker.store.attempts import Attempt
from tracker.store.engine import reading, writing
from tracker.store.runs import Run
from tracker.store.tables import (
    AbilityRow,
    AttemptRow,
    CardRow,
    IssuedRow,
    PracticeRunRow,
    RetractionRow,
    SnapshotRow,
)

pytestmark = on_both_databases

CLOSE = 1e-9


@pytest.fixture
def mika(database: Engine) -> Student:
    return Student(database)


def close(one: LearnerState, other: LearnerState) -> bool:
    return folding.distance(one, other) <= CLOSE


def derived(student: Student) -> dict[str, Any]:
    """Cards and abilities, row by row, without what is kept for Undo."""
    rows = [*student.rows(CardRow), *student.rows(AbilityRow)]
    for row in rows:
        del row["before"]
    return {row.get("concept") or row["component"]: row for row in rows}


def do(engine: Engine, change: Callable[..., None], *arguments: Any) -> None:
    with writing(engine) as session:
        change(session, *arguments)
        session.commit()


# --- start -----------------------------------------------------------------------------------------------------


def test_a_start_makes_a_run_with_one_question(mika: Student) -> None:
    run = mika.start()
    assert mika.run(run) == run
    assert (run.certification, run.mode, run.length, run.started_at) == (factory.SLUG, "review", RUN_LENGTH, START)
    [issued] = mika.rows(IssuedRow)
    assert issued["run_id"] == run.id
    assert issued["issued_at"] == START
    assert issued["reason"]["kind"] == "new"


def test_a_second_start_goes_on_with_the_open_run(mika: Student) -> None:
    run = mika.start()
    mika.answer(run)
    mika.later(hours=1)
    assert mika.start() == run
    assert len(mika.rows(IssuedRow)) == 2


@pytest.mark.parametrize(("questions", "length"), [(3, 3), (12, 12), (0, 12), (-4, 12), (99, 12)])
def test_a_run_is_as_long_as_the_learner_has_time_for(mika: Student, questions: int, length: int) -> None:
    assert mika.start(questions=questions).length == length


def test_a_warm_up_asks_four_concepts_that_were_known_before(mika: Student) -> None:
    first = mika.start()
    answered = [mika.answer(first).concept for _ in range(6)]
    mika.stop(first)
    mika.later(days=9)
    run = mika.start(mode=WARM_UP)
    assert (run.mode, run.length) == (WARM_UP, WARM_UP_LENGTH)
    warmed = [mika.answer(run).concept for _ in range(WARM_UP_LENGTH)]
    assert len(set(warmed)) == WARM_UP_LENGTH and set(warmed) <= set(answered)
    assert mika.run(run).ended_at is not None


def test_a_warm_up_and_a_review_are_open_side_by_side(mika: Student) -> None:
    review = mika.start()
    warm_up = mika.start(mode=WARM_UP)
    assert warm_up.id != review.id
    assert mika.start() == review and mika.start(mode=WARM_UP) == warm_up


def test_a_start_without_a_bank_is_refused(mika: Student) -> None:
    with pytest.raises(NoBank):
        mika.start("gcp-pmle")


def test_a_run_idle_for_six_hours_is_ended_and_a_new_one_begins(mika: Student) -> None:
    first = mika.start()
    mika.later(minutes=1)
    mika.answer(first)
    mika.later(microseconds=RUN_IDLE.total_seconds() * 1e6 - 1)
    assert mika.start().id == first.id
    mika.later(microseconds=1)
    second = mika.start()
    assert second.id != first.id
    assert mika.run(first).ended_at == mika.now
    assert mika.run(second).ended_at is None
    assert mika.question(second).id != mika.question(first).id


def test_an_answer_to_the_question_of_an_ended_run_counts_and_opens_nothing(mika: Student) -> None:
    run = mika.start()
    mika.stop(run)
    mika.answer(run)
    assert len(mika.rows(AttemptRow)) == 1
    assert len(mika.rows(IssuedRow)) == 1
    assert mika.run(run).ended_at == START


def test_the_cap_shortens_a_run_and_then_refuses_one(mika: Student) -> None:
    mika.change(cap=3)
    run = mika.start()
    assert run.length == 3
    for _ in range(3):
        mika.later(minutes=1)
        mika.answer(run)
    assert mika.run(run).ended_at is not None
    assert mika.pending(run) is None
    with pytest.raises(CapReached):
        mika.start()
    assert len(mika.rows(PracticeRunRow)) == 1
    assert mika.start(over_cap=True).length == practice.MORE_THAN_THE_CAP


def test_the_cap_is_free_again_on_the_next_study_day(database: Engine) -> None:
    mika = Student(database, timezone="Europe/Vienna")
    mika.change(cap=1)
    mika.answer(mika.start())
    mika.now = datetime(2026, 11, 21, 2, 59, tzinfo=UTC)
    with pytest.raises(CapReached):
        mika.start()
    mika.now = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
    assert mika.start().study_day == date(2026, 11, 21)


def test_a_retracted_answer_gives_its_place_under_the_cap_back(mika: Student) -> None:
    mika.change(cap=1)
    run = mika.start()
    mika.undo(mika.answer(run))
    assert mika.start() == run


def test_nothing_is_left_when_every_item_was_seen_this_week(database: Engine) -> None:
    load(database, factory.bank([factory.single(0), factory.single(1)]))
    mika = Student(database)
    run = mika.start()
    mika.answer(run)
    mika.later(minutes=1)
    mika.answer(run)
    assert mika.run(run).ended_at == mika.now
    with pytest.raises(NothingToAsk) as nothing:
        mika.start()
    assert nothing.value.exhausted.items == 2
    assert nothing.value.exhausted.until == date(2026, 11, 27)
    assert len(mika.rows(PracticeRunRow)) == 1
    mika.now = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)
    assert mika.start().study_day == date(2026, 11, 27)


def test_a_second_round_asks_what_should_rest_but_nothing_of_today(database: Engine) -> None:
    load(database, factory.bank([factory.single(0), factory.single(1)]))
    mika = Student(database)
    run = mika.start()
    for _ in range(2):
        mika.later(minutes=1)
        mika.answer(run)
    with pytest.raises(NothingToAsk):
        mika.start(mode=SECOND_ROUND)
    mika.later(days=1)
    with pytest.raises(NothingToAsk):
        mika.start()
    second = mika.start(mode=SECOND_ROUND)
    assert second.mode == "review-again"
    mika.answer(second)
    assert mika.start() == second
    mika.answer(second)
    assert len(mika.rows(AttemptRow)) == 4
    assert not any(row["first_sight"] for row in mika.rows(AttemptRow)[2:])


def test_a_second_round_gives_way_to_what_has_rested(mika: Student) -> None:
    run = mika.start(mode=SECOND_ROUND)
    assert mika.question(run).reason["unseen"]


# --- answer ----------------------------------------------------------------------------------------------------


def test_an_answer_is_kept_with_all_that_it_rests_on(mika: Student) -> None:
    run = mika.start()
    issued = mika.question(run)
    mika.later(seconds=40)
    attempt = mika.answer(run, right=True, confidence="sure")
    [row] = mika.rows(AttemptRow)
    assert row == {"user_id": mika.user_id, **vars(attempt)}
    assert (attempt.id, attempt.item_id, attempt.item_version) == (issued.id, issued.item_id, issued.item_version)
    assert (attempt.correct, attempt.confidence, attempt.first_sight) == (True, "sure", True)
    assert (attempt.seconds, attempt.answered_at, attempt.study_day) == (30, mika.now, date(2026, 11, 20))
    assert 0.2 < attempt.predicted < 0.95
    assert attempt.certification == factory.SLUG
    state = mika.state()
    assert set(state.cards) == {attempt.concept}
    assert set(state.abilities) == {"all", f"{factory.SLUG}/{attempt.domain}", f"concept/{attempt.concept}"}
    assert mika.question(run).id != issued.id


def test_a_wrong_answer_is_marked_wrong(mika: Student) -> None:
    run = mika.start()
    assert not mika.answer(run, right=False).correct
    assert mika.state().abilities["all"].mean < 0


def test_the_same_answer_again_changes_nothing(mika: Student) -> None:
    run = mika.start()
    issued = mika.question(run)
    positions = mika.positions(issued, right=True)
    first = mika.send(run.id, issued.id, positions)
    tables = (AttemptRow, CardRow, AbilityRow, IssuedRow, PracticeRunRow, SnapshotRow)
    before = [mika.rows(table) for table in tables]
    mika.later(minutes=5)
    assert mika.send(run.id, issued.id, positions) == first
    # the first confidence counts, and a resent form may have lost it
    assert mika.send(run.id, issued.id, positions, confidence=None) == first
    assert [mika.rows(table) for table in tables] == before


def test_another_answer_to_the_same_question_is_refused(mika: Student) -> None:
    run = mika.start()
    issued = mika.question(run)
    first = mika.send(run.id, issued.id, mika.positions(issued, right=True))
    with pytest.raises(AnsweredDifferently):
        mika.send(run.id, issued.id, mika.positions(issued, right=False))
    assert mika.rows(AttemptRow) == [{"user_id": mika.user_id, **vars(first)}]


def test_the_same_answer_after_its_undo_is_still_the_first_one(mika: Student) -> None:
    run = mika.start()
    attempt = mika.answer(run)
    mika.undo(attempt)
    assert mika.send(run.id, attempt.id, attempt.response) == attempt
    assert mika.state() == LearnerState()


@pytest.mark.parametrize("positions", [(), (9,), (-1,), (0, 1, 2)])
def test_a_response_that_does_not_fit_is_refused(mika: Student, positions: tuple[int, ...]) -> None:
    run = mika.start()
    with pytest.raises(BadResponse):
        mika.send(run.id, mika.question(run).id, positions)
    assert mika.rows(AttemptRow) == []


@pytest.mark.parametrize("confidence", [None, "", "certain"])
def test_confidence_has_to_be_said(mika: Student, confidence: str | None) -> None:
    run = mika.start()
    issued = mika.question(run)
    with pytest.raises(NoConfidence):
        mika.send(run.id, issued.id, mika.positions(issued, right=True), confidence)
    assert mika.rows(AttemptRow) == []


def test_the_ids_of_another_learner_are_unknown(database: Engine, mika: Student) -> None:
    noor = Student(database, "Noor", seed=2)
    hers, his = noor.start(), mika.start()
    issued = noor.question(hers)
    positions = noor.positions(issued, right=True)
    for run_id, issued_id in (
        (hers.id, issued.id),
        (his.id, issued.id),
        (hers.id, mika.question(his).id),
        (his.id, UUID(int=7)),
    ):
        with pytest.raises(UnknownQuestion):
            mika.send(run_id, issued_id, positions)
    attempt = noor.answer(hers)
    for run_id in (hers.id, his.id):
        with pytest.raises(UnknownQuestion):
            mika.undo(attempt, run_id)
    with pytest.raises(UnknownQuestion):
        mika.stop(hers)
    assert noor.run(hers).ended_at is None
    assert mika.rows(AttemptRow) == mika.rows(RetractionRow) == []
    assert len(noor.rows(AttemptRow)) == 1


def test_a_question_of_another_run_of_the_same_learner_is_unknown(mika: Student) -> None:
    first = mika.start()
    issued = mika.question(first)
    mika.stop(first)
    second = mika.start()
    with pytest.raises(UnknownQuestion):
        mika.send(second.id, issued.id, mika.positions(issued, right=True))


def test_a_run_ends_at_its_length(mika: Student) -> None:
    run = mika.start()
    for number in range(RUN_LENGTH):
        assert mika.run(run).ended_at is None, number
        mika.later(minutes=1)
        mika.answer(run, right=number % 3 > 0)
    assert mika.run(run).ended_at == mika.now
    assert mika.pending(run) is None
    assert len(mika.rows(IssuedRow)) == RUN_LENGTH


def test_a_stopped_run_stays_stopped_and_its_answers_count(mika: Student) -> None:
    run = mika.start()
    mika.answer(run)
    mika.later(minutes=1)
    mika.stop(run)
    stopped_at = mika.now
    mika.later(minutes=1)
    mika.stop(run)
    assert mika.run(run).ended_at == stopped_at
    assert len(mika.state().cards) == 1
    assert mika.start().id != run.id


@pytest.mark.parametrize("everything", [False, True])
def test_an_item_retired_after_it_was_issued_can_still_be_answered(
    database: Engine, mika: Student, everything: bool
) -> None:
    run = mika.start()
    issued = mika.question(run)
    gone = [item.id for item in factory.bank().items] if everything else [issued.item_id]
    do(database, retire, gone)
    attempt = mika.answer(run)
    assert attempt.item_id == issued.item_id
    assert close(mika.state(), mika.rebuilt())
    assert mika.state().abilities["all"].answers == 1
    if everything:
        assert mika.run(run).ended_at is not None
        mika.undo(attempt)
        assert mika.state() == LearnerState()
    else:
        assert mika.question(run).item_id != issued.item_id


def test_an_answer_to_a_version_found_void_is_kept_but_not_folded(database: Engine, mika: Student) -> None:
    run = mika.start()
    first = mika.answer(run)
    before = derived(mika)
    issued = mika.question(run)
    do(database, void, issued.item_id, issued.item_version)
    mika.answer(run)
    assert len(mika.rows(AttemptRow)) == 2
    assert derived(mika) == before
    assert close(mika.state(), mika.rebuilt())
    assert mika.state().cards.keys() == {first.concept}


def test_undo_of_an_answer_to_a_void_version_leaves_the_earlier_ones(database: Engine) -> None:
    load(database, factory.bank([factory.single(number) for number in range(3)]))
    mika = Student(database)
    run = mika.start()
    mika.answer(run)
    before = derived(mika)
    issued = mika.question(run)
    do(database, void, issued.item_id, issued.item_version)
    attempt = mika.answer(run)
    assert set(before) == {"all", f"{factory.SLUG}/D1", "concept/concept-0", "concept-0"}
    mika.undo(attempt)
    assert derived(mika) == before


def test_undo_of_an_answer_found_void_afterwards_takes_it_out_once(database: Engine, mika: Student) -> None:
    run = mika.start()
    mika.answer(run)
    before = derived(mika)
    attempt = mika.answer(run)
    do(database, void, attempt.item_id, attempt.item_version)
    mika.undo(attempt)
    assert derived(mika) == before
    assert close(mika.state(), mika.rebuilt())


def test_answers_follow_each_other_when_the_clock_steps_back(mika: Student) -> None:
    run = mika.start()
    answered = []
    for step in (0, -1, -3600, -86_400, 5, 0, 0, 0):
        mika.now = START + timedelta(seconds=step)
        answered.append(mika.answer(run, right=step >= 0))
    instants = [attempt.answered_at for attempt in answered]
    assert all(one < two for one, two in pairwise(instants))
    assert [row["id"] for row in mika.rows(AttemptRow)] == [attempt.id for attempt in answered]
    assert {attempt.study_day for attempt in answered} == {date(2026, 11, 20)}
    assert close(mika.state(), mika.rebuilt())
    mika.undo(answered[-1])
    with pytest.raises(TooLateToUndo):
        mika.undo(answered[-2])


def test_answers_in_two_runs_follow_each_other_while_the_clock_stands_still(database: Engine) -> None:
    load(database, two_certifications())
    mika = Student(database)
    both = mika.start(), mika.start(SECOND_SLUG)
    answered = [mika.answer(both[number % 2], right=number % 3 > 0) for number in range(8)]
    assert all(one.answered_at < two.answered_at for one, two in pairwise(answered))
    assert close(mika.state(), mika.rebuilt())
    before = len(mika.rows(RetractionRow))
    mika.undo(answered[-1])
    assert len(mika.rows(RetractionRow)) == before + 1


def test_the_study_day_begins_at_four_in_the_morning_where_the_learner_is(database: Engine) -> None:
    mika = Student(database, timezone="Europe/Vienna")
    mika.now = datetime(2026, 11, 21, 2, 59, tzinfo=UTC)
    run = mika.start()
    assert run.study_day == date(2026, 11, 20)
    late = mika.answer(run)
    mika.now = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
    early = mika.answer(run)
    assert (late.study_day, early.study_day) == (date(2026, 11, 20), date(2026, 11, 21))
    assert {row["reviewed_on"] for row in mika.rows(CardRow)} == {late.study_day, early.study_day}


def test_a_repeat_of_an_item_is_no_first_sight_even_after_an_undo(database: Engine) -> None:
    load(database, factory.bank([factory.single(0)]))
    mika = Student(database)
    mika.undo(mika.answer(mika.start()))
    mika.later(days=8)
    assert not mika.answer(mika.start()).first_sight


def test_two_certifications_share_concepts_and_general_ability_only(database: Engine) -> None:
    load(database, two_certifications())
    mika = Student(database)
    first, second = mika.start(), mika.start(SECOND_SLUG)
    for number in range(RUN_LENGTH):
        mika.later(seconds=30)
        mika.answer((first, second)[number % 2], right=number % 3 > 0)
        assert close(mika.state(), mika.rebuilt())
    state = mika.state()
    assert state.abilities["all"].answers == RUN_LENGTH
    for slug in (factory.SLUG, SECOND_SLUG):
        own = [belief.answers for name, belief in state.abilities.items() if name.startswith(f"{slug}/")]
        assert sum(own) == RUN_LENGTH / 2
    assert all(row["item_id"] for row in mika.rows(AttemptRow))
    assert mika.run(first).ended_at is None
    assert mika.run(second).ended_at is None


def test_a_load_between_question_and_answer_does_not_move_what_was_asked(database: Engine, mika: Student) -> None:
    run = mika.start()
    issued = mika.question(run)
    raws = factory.good_items()
    for raw in raws:
        if raw["id"] == issued.item_id:
            raw |= {"stem": f"{raw['stem']} Changed.", "concept": "concept-7", "difficulty": "hard"}
    load(database, factory.bank(raws))
    attempt = mika.answer(run)
    assert attempt.item_version == 1
    assert close(mika.state(), mika.rebuilt())
    assert mika.state().cards.keys() == {attempt.concept}
    mika.undo(attempt)
    assert mika.state() == LearnerState()


def test_a_load_after_the_answer_does_not_move_what_was_learnt(database: Engine, mika: Student) -> None:
    run = mika.start()
    mika.answer(run)
    before = derived(mika)
    attempt = mika.answer(run)
    raws = factory.good_items()
    for raw in raws:
        if raw["id"] == attempt.item_id:
            raw |= {"concept": "concept-7", "difficulty": "hard"}
    load(database, factory.bank(raws))
    assert close(mika.state(), mika.rebuilt())
    mika.undo(attempt)
    assert derived(mika) == before


def test_a_new_version_that_is_harder_to_guess_leaves_the_past_alone(database: Engine, mika: Student) -> None:
    run = mika.start()
    attempt = mika.answer(run)
    raws = factory.good_items()
    at = next(at for at, raw in enumerate(raws) if raw["id"] == attempt.item_id)
    raws[at] = factory.single(at) if raws[at]["kind"] == "multiple" else factory.multiple(at)
    load(database, factory.bank(raws))
    assert close(mika.state(), mika.rebuilt())


# --- undo ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answered_before", [0, 1, 7])
def test_undo_puts_back_exactly_what_was_there(mika: Student, answered_before: int) -> None:
    run = mika.start()
    for number in range(answered_before):
        mika.later(minutes=1)
        mika.answer(run, right=number % 2 == 0)
    before, snapshots = derived(mika), mika.rows(SnapshotRow)
    mika.later(days=2)
    attempt = mika.answer(run, right=False)
    assert derived(mika) != before
    issued = mika.rows(IssuedRow)
    mika.later(seconds=5)
    mika.undo(attempt)
    assert derived(mika) == before
    assert mika.rows(SnapshotRow) == snapshots
    assert mika.rows(IssuedRow) == issued
    assert len(mika.rows(AttemptRow)) == answered_before + 1
    [retraction] = mika.rows(RetractionRow)
    assert (retraction["attempt_id"], retraction["at"]) == (attempt.id, mika.now)


def test_undo_works_once(mika: Student) -> None:
    run = mika.start()
    mika.answer(run)
    attempt = mika.answer(run)
    mika.undo(attempt)
    before = derived(mika)
    with pytest.raises(TooLateToUndo):
        mika.undo(attempt)
    assert derived(mika) == before
    assert len(mika.rows(RetractionRow)) == 1


def test_an_older_answer_cannot_be_undone(mika: Student) -> None:
    run = mika.start()
    older = mika.answer(run)
    newest = mika.answer(run)
    before = derived(mika)
    with pytest.raises(TooLateToUndo):
        mika.undo(older)
    mika.undo(newest)
    with pytest.raises(TooLateToUndo):
        mika.undo(older)
    assert derived(mika) != before
    assert len(mika.rows(RetractionRow)) == 1


def test_undo_in_another_run_is_unknown(database: Engine) -> None:
    load(database, two_certifications())
    mika = Student(database)
    first, second = mika.start(), mika.start(SECOND_SLUG)
    attempt = mika.answer(first)
    with pytest.raises(UnknownQuestion):
        mika.undo(attempt, second.id)


def test_undo_of_the_last_answer_opens_the_run_again(mika: Student) -> None:
    mika.change(cap=2)
    run = mika.start()
    mika.answer(run)
    last = mika.answer(run)
    assert mika.run(run).ended_at is not None
    mika.later(minutes=1)
    mika.undo(last)
    assert mika.run(run).ended_at is None
    assert mika.question(run).item_id != last.item_id
    mika.answer(run)
    assert mika.run(run).ended_at is not None


def test_undo_beside_a_new_run_leaves_the_old_one_ended(mika: Student) -> None:
    run = mika.start()
    for _ in range(RUN_LENGTH):
        last = mika.answer(run)
    new = mika.start()
    mika.undo(last)
    assert mika.run(run).ended_at is not None
    assert mika.pending(run) is None
    assert mika.run(new).ended_at is None
    assert close(mika.state(), mika.rebuilt())


def test_undo_when_nothing_else_is_left_ends_the_run(database: Engine) -> None:
    load(database, factory.bank([factory.single(0)]))
    mika = Student(database)
    run = mika.start()
    mika.undo(mika.answer(run))
    assert mika.run(run).ended_at is not None
    assert mika.pending(run) is None


def test_undo_after_a_rebuild_rebuilds(database: Engine, mika: Student) -> None:
    run = mika.start()
    for number in range(5):
        before = derived(mika)
        last = mika.answer(run, right=number % 2 == 0)
    do(database, lambda session: cards.replace_all(session, mika.user_id, mika.rebuilt()))
    mika.undo(last)
    assert derived(mika).keys() == before.keys()
    assert close(mika.state(), mika.rebuilt())


def test_undo_on_the_next_day_does_not_touch_the_record_of_yesterday(mika: Student) -> None:
    mika.change(cap=100)
    for _ in range(2):
        run = mika.start()
        for _ in range(RUN_LENGTH if mika.rows(SnapshotRow) == [] else 4):
            if mika.run(run).ended_at is None:
                mika.later(minutes=1)
                last = mika.answer(run)
    [yesterday] = mika.rows(SnapshotRow)
    mika.later(days=1)
    mika.undo(last)
    assert mika.rows(SnapshotRow)[0] == yesterday


# --- the fold and the queue ------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_folding_from_nothing_gives_what_is_stored(database: Engine, seed: int) -> None:
    """A random walk of answers, undos, stops and pauses in two certifications."""
    load(database, two_certifications())
    walk = random.Random(seed)
    mika = Student(database, timezone="Pacific/Auckland", seed=seed)
    mika.change(cap=1_000)
    undone = 0
    last: Attempt | None = None
    for _ in range(60):
        mika.later(hours=walk.choice([-1, 0, 0.01, 0.1, 3, 30, 200]))
        try:
            run: Run | None = mika.start(walk.choice([factory.SLUG, SECOND_SLUG]))
        except NothingToAsk:
            run = None
        step = walk.random()
        if last is not None and step < 0.3:
            mika.undo(last)
            undone, last = undone + 1, None
        elif run is not None and step < 0.35:
            mika.stop(run)
        elif run is not None:
            last = mika.answer(run, walk.random() < 0.6, walk.choice(["guess", "think", "sure"]))
        assert close(mika.state(), mika.rebuilt())
    assert undone >= 5
    assert len(mika.rows(AttemptRow)) >= 20
    assert len(mika.state().cards) >= 5


def test_the_queue_never_issues_a_reserved_item(database: Engine) -> None:
    reserved = range(0, 24, 2)
    raws = factory.good_items()
    for number in reserved:
        raws[number]["reserved"] = True
    load(database, factory.bank(raws))
    kept = {raws[number]["id"] for number in reserved}
    mika = Student(database)
    mika.change(cap=100)
    for _ in range(3):
        try:
            run = mika.start()
        except NothingToAsk:
            break
        while mika.run(run).ended_at is None:
            mika.answer(run)
    asked = {row["item_id"] for row in mika.rows(IssuedRow)}
    assert asked == {raw["id"] for raw in raws} - kept


def test_no_third_question_in_a_row_from_one_domain(mika: Student) -> None:
    run = mika.start()
    domains = [mika.answer(run, right=number % 4 == 0).domain for number in range(RUN_LENGTH)]
    assert all(len(set(domains[at : at + 3])) == 2 for at in range(RUN_LENGTH - 2)), domains


def test_the_same_seed_gives_the_same_queue(database: Engine) -> None:
    queues = []
    for name, seed in (("Mika", 5), ("Noor", 5), ("Wren", 6)):
        student = Student(database, name, seed=seed)
        run = student.start()
        asked = []
        for number in range(RUN_LENGTH):
            issued = student.question(run)
            asked.append((issued.item_id, issued.shuffle_seed))
            student.answer(run, right=number % 2 == 0)
        queues.append(asked)
    assert queues[0] == queues[1]
    assert queues[0] != queues[2]


def test_the_run_keeps_the_seed_that_its_choices_come_from(database: Engine, mika: Student) -> None:
    run = mika.start()
    mika.answer(run)
    with reading(database) as session:
        known = bank_facts.read(session, mika.learner, factory.SLUG)
        state = cards.state(session, mika.user_id)
        standing = standings.read(session, mika.learner, known, state)
        choice = questions.choose(mika.run(run), known, standing, run.study_day, list(standing.candidates.values()))
    assert isinstance(choice, Choice)
    assert choice.item_id == mika.question(run).item_id


def test_an_item_of_another_exam_version_is_not_asked(database: Engine, mika: Student) -> None:
    version = factory.version
    raws = [factory.single(0), factory.single(1, added_in="DEM-C02"), factory.single(2, removed_in="DEM-C02")]
    documents = factory.documents(raws)
    documents[factory.CERTIFICATION] = factory.certification(exam_versions=[version(), version(code="DEM-C02")])
    load(database, factory.parse_bank(documents))
    run = mika.start()
    while mika.run(run).ended_at is None:
        mika.answer(run)
    # without a target the newest version counts
    assert {row["item_id"] for row in mika.rows(IssuedRow)} == {raws[0]["id"], raws[1]["id"]}
    with reading(database) as session:
        assert bank.open_item_counts(session) == {factory.SLUG: 3}
