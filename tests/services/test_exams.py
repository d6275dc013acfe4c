"""Rehearsals: starting, saving, handing in, the clock, and what they leave behind."""

import random
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine

from tests import bank_factory as factory
from tests.databases import on_both_databases
from tests.student import Student, load, retire, void
from tracker.core import exam
from tracker.core.exam import SittingClosed
from tracker.core.question import BadResponse, right_response
from tracker.services import exam_closing, exams, folding
from tracker.services.bank_facts import NoBank
from tracker.services.exams import NothingForAPaper, Saved, UnknownPaper
from tracker.store import attempts, history, sittings
from tracker.store.engine import reading, writing
from tracker.store.sittings import Paper, Response

pytestmark = on_both_databases

MINUTES = timedelta(minutes=90)


class Candidate(Student):
    """A student who sits papers, one transaction for each verb."""

    def begin(self, kind: str = exams.REHEARSAL, extra_time: float = 1.0, slug: str = factory.SLUG) -> Paper:
        with writing(self.engine) as session:
            paper = exams.start(
                session, self.learner, slug, kind=kind, extra_time=extra_time, now=self.now, rng=self.rng
            )
            session.commit()
        return paper

    def save(self, paper: Paper, position: int, positions: Sequence[int | None], seconds: int = 20) -> Response:
        with writing(self.engine) as session:
            try:
                given = Saved(tuple(positions), seconds)
                return exams.save(session, self.learner, paper.id, position, given, now=self.now)
            finally:
                session.commit()

    def flag(self, paper: Paper, position: int) -> Response:
        with writing(self.engine) as session:
            turned = exams.turn_flag(session, self.learner, paper.id, position, now=self.now)
            session.commit()
        return turned

    def hand_in(self, paper: Paper) -> Paper:
        with writing(self.engine) as session:
            closed = exams.hand_in(session, self.learner, paper.id, now=self.now)
            session.commit()
        return closed

    def responses(self, paper: Paper) -> list[Response]:
        with reading(self.engine) as session:
            return sittings.responses(session, self.user_id, paper.id)

    def stored(self, paper: Paper) -> Paper:
        with reading(self.engine) as session:
            found = sittings.paper(session, self.user_id, paper.id)
        assert found is not None
        return found

    def solve(self, paper: Paper, wrong: int = 0, leave: int = 0) -> None:
        """Answer all but the last `leave` questions, the first `wrong` ones wrongly."""
        with reading(self.engine) as session:
            items = sittings.items(session, self.user_id, paper.id)
        responses = self.responses(paper)
        for response in responses[: len(responses) - leave]:
            item = items[response.position].item
            key = right_response(item, response.shuffle_seed)
            others = [at for at in range(len(item.options)) if at not in key]
            self.later(seconds=20)
            self.save(paper, response.position, (*key[1:], others[0]) if response.position <= wrong else key)


@pytest.fixture
def mika(database: Engine) -> Candidate:
    return Candidate(database)


def made_attempts(student: Student) -> list[attempts.Attempt]:
    with reading(student.engine) as session:
        return list(attempts.to_fold(session, student.user_id))


# --- starting --------------------------------------------------------------------------------------------------


def test_a_paper_holds_the_whole_small_bank_in_equal_shares_with_its_deadline(mika: Candidate) -> None:
    paper = mika.begin()
    assert (paper.exam_code, paper.kind, paper.deadline_at) == ("DEM-C01", "rehearsal", mika.now + MINUTES)
    found = mika.responses(paper)
    assert [each.position for each in found] == list(range(1, 25))
    assert sum("-d1-" in each.item_id for each in found) == 12
    assert all(each.first_sight and not each.answer and not each.flagged for each in found)


def test_the_open_paper_goes_on_and_one_at_a_time(mika: Candidate) -> None:
    paper = mika.begin()
    mika.later(minutes=30)
    assert mika.begin(extra_time=2.0) == paper


def test_extra_time_and_no_limit(mika: Candidate) -> None:
    assert mika.begin(extra_time=1.5).deadline_at == mika.now + 1.5 * MINUTES
    mika.hand_in(mika.begin())
    load(mika.engine, factory.bank([factory.single(number) for number in range(24, 60)]))
    assert mika.begin(extra_time=exam.UNTIMED).deadline_at is None


def test_a_second_paper_shares_at_most_half_with_the_first(mika: Candidate) -> None:
    first = {each.item_id for each in mika.responses(mika.hand_in(mika.begin()))}
    with pytest.raises(NothingForAPaper):
        mika.begin()
    more = [*factory.good_items(), *(factory.single(number, number % 4) for number in range(100, 110))]
    load(mika.engine, factory.bank(more))
    second = mika.responses(mika.begin())
    shared = [each for each in second if each.item_id in first]
    assert len(shared) == 10 and len(second) == 20


def test_a_certification_without_a_bank_has_no_papers(mika: Candidate) -> None:
    with pytest.raises(NoBank):
        mika.begin(slug="aws-none")


def test_the_reserve_is_asked_in_the_final_rehearsal_only(mika: Candidate) -> None:
    raws = factory.good_items()
    for raw in raws[:6]:
        raw["reserved"] = True
    load(mika.engine, factory.bank(raws))
    reserve = {raw["id"] for raw in raws[:6]}
    asked = {each.item_id for each in mika.responses(mika.hand_in(mika.begin()))}
    assert not asked & reserve and len(asked) == 18
    assert reserve <= {each.item_id for each in mika.responses(mika.begin(kind=exams.FINAL))}


def test_what_was_met_in_practice_is_no_first_sight(mika: Candidate) -> None:
    met = mika.answer(mika.start()).item_id
    found = {each.item_id: each.first_sight for each in mika.responses(mika.begin())}
    assert found.pop(met) is False
    assert all(found.values())


# --- answering -------------------------------------------------------------------------------------------------


def test_every_save_is_kept_with_its_trail_and_time(mika: Candidate) -> None:
    paper = mika.begin()
    for choice in ((1,), (2,), (2,), ()):
        mika.later(seconds=5)
        mika.save(paper, 3, choice, seconds=5)
    response = mika.responses(paper)[2]
    assert [change.answer for change in response.trail] == [(1,), (2,), ()]
    assert (response.answer, response.seconds) == ((), 20)


def test_a_flag_is_turned_on_and_off(mika: Candidate) -> None:
    paper = mika.begin()
    assert mika.flag(paper, 5).flagged
    assert [each.position for each in mika.responses(paper) if each.flagged] == [5]
    assert not mika.flag(paper, 5).flagged


def test_an_option_that_is_not_there_changes_nothing(mika: Candidate) -> None:
    paper = mika.begin()
    mika.save(paper, 1, (0,))
    before = mika.responses(paper)
    with pytest.raises(BadResponse):
        mika.save(paper, 1, (9,))
    assert mika.responses(paper) == before


def test_a_question_that_is_not_there_and_anothers_paper_are_unknown(mika: Candidate, database: Engine) -> None:
    paper, noor = mika.begin(), Candidate(database, "Noor", seed=2)
    for who, position in ((mika, 25), (mika, 0), (noor, 1)):
        with pytest.raises(UnknownPaper):
            who.save(paper, position, (0,))
    with pytest.raises(UnknownPaper):
        noor.hand_in(paper)
    with pytest.raises(UnknownPaper):
        mika.hand_in(Paper(**{**vars(paper), "id": UUID(int=5)}))


# --- the deadline ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "counts"), [(-1, True), (0, True), (1, True), (29, True), (30, False), (86_400, False)]
)
def test_an_answer_around_the_deadline(mika: Candidate, after: int, counts: bool) -> None:
    paper = mika.begin()
    assert paper.deadline_at is not None
    mika.now = paper.deadline_at + timedelta(seconds=after)
    if counts:
        assert mika.save(paper, 1, (0,)).answer == (0,)
        assert mika.stored(paper).closed_at is None
        return
    with pytest.raises(SittingClosed):
        mika.save(paper, 1, (0,))
    closed = mika.stored(paper)
    assert (closed.closed_at, closed.closed_by) == (paper.deadline_at, "deadline")
    assert mika.responses(paper)[0].answer == ()


def test_handing_in_late_closes_at_the_deadline_and_twice_is_once(mika: Candidate) -> None:
    paper = mika.begin()
    mika.save(paper, 1, (0,))
    mika.later(days=2)
    closed = mika.hand_in(paper)
    assert (closed.closed_at, closed.closed_by) == (paper.deadline_at, "deadline")
    mika.later(hours=1)
    assert mika.hand_in(paper) == mika.stored(paper) == closed
    with pytest.raises(SittingClosed):
        mika.flag(paper, 1)


def test_a_paper_whose_time_is_over_is_closed_by_the_next_start(mika: Candidate) -> None:
    paper = mika.begin()
    load(mika.engine, factory.bank([*factory.good_items(), factory.single(100, 1)]))
    mika.later(days=1)
    assert mika.begin().id != paper.id
    assert mika.stored(paper).closed_by == "deadline"


def test_the_sweep_closes_what_is_over_and_nothing_else(mika: Candidate, database: Engine) -> None:
    paper, noor = mika.begin(), Candidate(database, "Noor", seed=2)
    mika.save(paper, 1, (0,))
    noor.later(minutes=60)
    other = noor.begin()
    at = mika.now + MINUTES + exam.GRACE + timedelta(seconds=1)
    with reading(database) as session:
        left = sittings.left_by_everybody(session, at - exam.GRACE)
    assert left == [(mika.user_id, paper.id)]
    with writing(database) as session:
        assert exams.sweep(session, mika.user_id, paper.id, now=at)
        assert not exams.sweep(session, mika.user_id, paper.id, now=at)
        assert not exams.sweep(session, noor.user_id, other.id, now=at)
        session.commit()
    assert mika.stored(paper).closed_by == "deadline"
    assert len(made_attempts(mika)) == 1
    assert noor.stored(other).closed_at is None


# --- closing ---------------------------------------------------------------------------------------------------


def test_closing_makes_an_attempt_of_each_complete_answer_and_keeps_the_score(mika: Candidate) -> None:
    paper = mika.begin()
    mika.solve(paper, wrong=4, leave=3)
    closed = mika.hand_in(paper)
    assert closed.score is not None
    assert {name: closed.score[name] for name in ("questions", "right", "target")} == {
        "questions": 24,
        "right": 17,
        "target": 17,
    }
    found = made_attempts(mika)
    assert [each.id for each in found] == [each.attempt_id for each in mika.responses(paper)[:21]]
    assert {each.mode for each in found} == {exam_closing.MODE}
    assert [each.correct for each in found] == [False] * 4 + [True] * 17
    assert all(each.first_sight and each.confidence is None and each.sitting_id == paper.id for each in found)
    assert all(0 < each.predicted < 1 for each in found)


def test_a_begun_answer_counts_as_wrong_and_makes_no_attempt(mika: Candidate) -> None:
    paper = mika.begin()
    with reading(mika.engine) as session:
        items = sittings.items(session, mika.user_id, paper.id)
    position = next(position for position, stored in items.items() if stored.item.kind == "multiple")
    mika.save(paper, position, (0,))
    closed = mika.hand_in(paper)
    assert closed.score is not None and closed.score["right"] == 0
    assert made_attempts(mika) == []


def test_what_a_paper_taught_is_what_a_rebuild_gives(mika: Candidate) -> None:
    mika.answer(mika.start())
    mika.later(hours=1)
    paper = mika.begin()
    mika.solve(paper, wrong=6)
    mika.hand_in(paper)
    assert folding.distance(mika.state(), mika.rebuilt()) <= folding.TOLERANCE
    assert mika.state().abilities["all"].answers == 25


def test_a_paper_is_recorded_in_the_line_of_its_day(mika: Candidate) -> None:
    paper = mika.begin()
    mika.solve(paper)
    mika.hand_in(paper)
    with reading(mika.engine) as session:
        [snapshot] = history.snapshots(session, mika.user_id, factory.SLUG)
    assert (snapshot.study_day, snapshot.answers) == (paper.study_day, 24)


def test_a_version_whose_key_was_wrong_is_left_out_of_score_and_memory(mika: Candidate) -> None:
    paper = mika.begin()
    mika.solve(paper)
    with writing(mika.engine) as session:
        void(session, mika.responses(paper)[0].item_id, 1)
        session.commit()
    closed = mika.hand_in(paper)
    assert closed.score is not None and (closed.score["questions"], closed.score["right"]) == (23, 23)
    assert mika.state().abilities["all"].answers == 23
    assert folding.distance(mika.state(), mika.rebuilt()) <= folding.TOLERANCE


def test_an_item_retired_during_the_sitting_stays_on_the_paper(mika: Candidate) -> None:
    paper = mika.begin()
    with writing(mika.engine) as session:
        retire(session, [mika.responses(paper)[0].item_id])
        session.commit()
    mika.solve(paper)
    closed = mika.hand_in(paper)
    assert closed.score is not None and closed.score["right"] == 24


def test_an_empty_paper_leaves_no_trace_but_its_score(mika: Candidate) -> None:
    closed = mika.hand_in(mika.begin())
    assert closed.score is not None and closed.score["right"] == 0
    assert made_attempts(mika) == []
    with reading(mika.engine) as session:
        assert history.snapshots(session, mika.user_id, factory.SLUG) == []


def test_300_random_steps_leave_every_acknowledged_answer_in_place(mika: Candidate) -> None:
    rng = random.Random(11)
    paper = mika.begin()
    kept: dict[int, tuple[int | None, ...]] = {}
    for _ in range(300):
        mika.later(seconds=rng.choice((0, 1, 5, 60)))
        position, step = rng.randint(1, 24), rng.random()
        is_open = paper.sitting.takes_answers(mika.now) and mika.stored(paper).closed_at is None
        try:
            if step < 0.7:
                kept[position] = mika.save(paper, position, (rng.randrange(4),)).answer
            elif step < 0.98:
                mika.flag(paper, position)
            else:
                assert mika.hand_in(paper).closed_at is not None
        except SittingClosed:
            assert not is_open
        else:
            assert is_open or step >= 0.98
        assert {each.position: each.answer for each in mika.responses(paper) if each.answer} == kept
    assert mika.stored(paper).closed_at is not None
    assert len(made_attempts(mika)) <= len(kept)
