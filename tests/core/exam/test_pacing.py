"""Where the time of a paper went."""

from datetime import timedelta

from tests.core.exam.test_report import marked, trail
from tracker.core.exam import Pace, pace, pacing


def test_thirds_of_65_questions_hold_22_21_and_22() -> None:
    found = pacing([marked(at, at % 2 == 0, seconds=60) for at in range(1, 66)], 7800)
    assert [(third.first, third.last, third.questions) for third in found.thirds] == [
        (1, 22, 22),
        (23, 43, 21),
        (44, 65, 22),
    ]
    assert [third.seconds for third in found.thirds] == [1320, 1260, 1320]
    assert [third.right for third in found.thirds] == [11, 10, 11]
    assert (found.seconds, found.median, found.even) == (3900, 60, 2600)


def test_slow_questions_take_twice_the_median_and_untouched_ones_do_not_lower_it() -> None:
    times = [60, 50, 70, 0, 0, 120, 300, 119]
    found = pacing([marked(at, seconds=value) for at, value in enumerate(times, 1)], None)
    # of the six that were looked at: 50, 60, 70, 119, 120, 300
    assert found.median == round((70 + 119) / 2)
    assert found.slow == (7,)
    assert found.slowest is not None and found.slowest.position == 7
    assert found.even is None


def test_changes_are_counted_by_their_direction() -> None:
    questions = [
        marked(1, trail=trail((1,), (0,))),
        marked(2, trail=trail((0,), (1,))),
        marked(3, trail=trail((2,), (1,))),
        marked(4, trail=trail((0,))),
    ]
    found = pacing(questions, None)
    assert (found.to_right, found.to_wrong, found.between_wrong, found.changed) == (1, 1, 1, 3)


def test_a_paper_without_questions_or_time_says_nothing() -> None:
    empty = pacing([], 60)
    assert (empty.thirds, empty.seconds, empty.slowest) == ((), 0, None)
    untouched = pacing([marked(1, seconds=0), marked(2, seconds=0)], 60)
    assert (len(untouched.thirds), untouched.median, untouched.slow, untouched.slowest) == (2, 0, (), None)


def test_the_pace_of_an_open_paper() -> None:
    minute = timedelta(minutes=1)
    assert pace(22, 43, 51 * minute, 79 * minute) == Pace(139, 110)
    assert pace(0, 65, minute, minute) is None
    assert pace(65, 0, minute, minute) is None
    assert pace(3, 5, minute, None) is None
