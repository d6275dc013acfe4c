"""The state machine of a sitting."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests import bank_factory as factory
from tracker.core.exam import (
    EXTRA_TIMES,
    GRACE,
    UNTIMED,
    Change,
    Phase,
    Sitting,
    SittingClosed,
    closing,
    deadline,
    is_complete,
    read_partial,
    with_change,
)
from tracker.core.question import BadResponse

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
END = START + timedelta(minutes=90)
SECOND = timedelta(seconds=1)
TIMED, UNLIMITED = Sitting(START, END), Sitting(START, None)


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        (START, Phase.OPEN),
        (END - SECOND, Phase.OPEN),
        (END, Phase.GRACE),
        (END + SECOND, Phase.GRACE),
        (END + GRACE - SECOND, Phase.GRACE),
        (END + GRACE, Phase.OVER),
        (END + timedelta(days=9), Phase.OVER),
    ],
)
def test_the_phase_around_the_deadline(now: datetime, phase: Phase) -> None:
    assert TIMED.phase(now) is phase
    assert TIMED.takes_answers(now) == (phase in (Phase.OPEN, Phase.GRACE))
    assert replace(TIMED, closed_at=START).phase(now) is Phase.CLOSED
    assert UNLIMITED.phase(now) is Phase.OPEN


def test_the_time_left_is_never_negative() -> None:
    assert TIMED.left(END - SECOND) == SECOND
    assert TIMED.left(END + SECOND) == timedelta()
    assert UNLIMITED.left(END) is None
    assert (TIMED.ends_at, UNLIMITED.ends_at) == (END, None)
    assert replace(TIMED, closed_at=START + SECOND).ends_at == START + SECOND


def test_extra_time_lengthens_the_exam_and_without_a_limit_there_is_no_deadline() -> None:
    found = [deadline(START, 90, factor) for factor in EXTRA_TIMES]
    assert found == [START + timedelta(minutes=minutes) for minutes in (90, 112.5, 135, 180)]
    assert deadline(START, 90, UNTIMED) is None
    assert deadline(START, None, 1.0) is None


def test_a_paper_handed_in_late_closes_at_its_deadline() -> None:
    assert closing(TIMED, END - SECOND) == (END - SECOND, "hand_in")
    assert closing(TIMED, END + SECOND) == (END, "deadline")
    assert closing(TIMED, END + timedelta(days=3)) == (END, "deadline")
    assert closing(UNLIMITED, END + timedelta(days=3)) == (END + timedelta(days=3), "hand_in")
    with pytest.raises(SittingClosed):
        closing(replace(TIMED, closed_at=END), END)


def test_5000_random_steps_make_no_illegal_transition() -> None:
    rng = random.Random(5)
    allowed = {
        Phase.OPEN: {Phase.OPEN, Phase.GRACE, Phase.OVER, Phase.CLOSED},
        Phase.GRACE: {Phase.GRACE, Phase.OVER, Phase.CLOSED},
        Phase.OVER: {Phase.OVER, Phase.CLOSED},
        Phase.CLOSED: {Phase.CLOSED},
    }
    seen = set()
    sitting, now = TIMED, START
    for _ in range(5000):
        before = sitting.phase(now)
        now += timedelta(seconds=rng.choice((0, 1, 20, 600, 2400)))
        if rng.random() < 0.15:
            try:
                at, by = closing(sitting, now)
            except SittingClosed:
                assert sitting.phase(now) is Phase.CLOSED
            else:
                assert START <= at <= now and (by == "deadline") == (now >= END)
                assert sitting.deadline_at is None or at <= sitting.deadline_at
                sitting = replace(sitting, closed_at=at)
        after = sitting.phase(now)
        seen.add((before, after))
        assert after in allowed[before], (before, after)
        if after is Phase.CLOSED and rng.random() < 0.3:
            sitting, now = TIMED, START
    assert {before for before, _ in seen} == set(Phase)


SINGLE, MULTIPLE = factory.item(factory.single(1)), factory.item(factory.multiple(1))
ORDERING, MATCHING = factory.item(factory.ordering(1)), factory.item(factory.matching(1))


def test_choices_may_be_incomplete_while_the_paper_is_open() -> None:
    assert read_partial(SINGLE, ()) == ()
    assert read_partial(SINGLE, (3,)) == (3,)
    assert read_partial(MULTIPLE, (4, 1)) == (1, 4)
    assert read_partial(MULTIPLE, (4,)) == (4,)
    assert read_partial(ORDERING, (2, None, 0, None)) == (2, None, 0, None)
    assert read_partial(ORDERING, (None, None, None, None)) == ()
    assert read_partial(MATCHING, (1, 1)) == (1, 1, None)


@pytest.mark.parametrize(
    ("item", "positions", "message"),
    [
        (SINGLE, (4,), "no such option"),
        (SINGLE, (-1,), "no such option"),
        (SINGLE, (0, 1), "at most 1"),
        (MULTIPLE, (0, 1, 2), "at most 2"),
        (ORDERING, (1, 1, None, None), "a place of its own"),
        (MATCHING, (0, 1, 2, 0), "fewer lines"),
    ],
)
def test_what_could_not_become_an_answer_is_refused(item: object, positions: tuple[int, ...], message: str) -> None:
    with pytest.raises(BadResponse, match=message):
        read_partial(item, positions)  # type: ignore[arg-type]


def test_an_answer_is_complete_when_each_part_has_one() -> None:
    assert is_complete(SINGLE, (0,)) and not is_complete(SINGLE, ())
    assert is_complete(MULTIPLE, (0, 3)) and not is_complete(MULTIPLE, (0,))
    assert is_complete(ORDERING, (0, 1, 2, 3)) and not is_complete(ORDERING, (0, None, 2, 3))


def test_the_trail_keeps_changes_and_leaves_repetitions_out() -> None:
    one, again = Change(START, (1,)), Change(START + SECOND, (1,))
    back = Change(START + 2 * SECOND, ())
    trail = with_change(with_change(with_change((), Change(START, ())), one), again)
    assert trail == (one,)
    assert with_change(trail, back) == (one, back)
    assert Change.from_json(back.to_json()) == back
    assert Change.from_json([START.isoformat(), [0, None]]) == Change(START, (0, None))
