"""What a paper says."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.exam import Change, Marked, one_paper, report

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def marked(position: int, correct: bool = True, **changes: Any) -> Marked:
    values: dict[str, Any] = {
        "position": position,
        "item_id": f"item-{position}",
        "domain": "D1",
        "task": "1.1",
        "concept": "c",
        "answered": True,
        "correct": correct,
        "flagged": False,
        "first_sight": True,
        "seconds": 60,
        "trail": (),
        "right": (0,),
    }
    return Marked(**{**values, **changes})


def trail(*answers: tuple[int | None, ...]) -> tuple[Change, ...]:
    return tuple(Change(START + timedelta(seconds=at), answer) for at, answer in enumerate(answers))


def test_right_answers_by_domain_and_task_against_our_target() -> None:
    questions = [
        *(marked(at, at < 3) for at in range(4)),
        *(marked(at, at == 4, domain="D2", task="2.1") for at in range(4, 8)),
        *(marked(at, False, domain="D2", task="2.2", answered=False) for at in range(8, 10)),
    ]
    found = report(questions, {"D1": 40, "D2": 60, "D3": 0}, 0.72)
    assert (found.questions, found.right, found.answered, found.target) == (10, 4, 8, 8)
    assert (found.share, found.reached, found.first_sights) == (0.4, False, 10)
    first, second = found.domains
    assert (first.domain, first.weight, first.right, first.target, first.missing) == ("D1", 0.4, 3, 3, 0)
    assert (second.questions, second.right, second.target, second.missing) == (6, 1, 5, 4)
    assert [(task.task, task.right, task.answered, task.questions, task.wrong) for task in found.tasks] == [
        ("2.1", 1, 4, 4, 3),
        ("1.1", 3, 4, 4, 1),
        ("2.2", 0, 0, 2, 0),
    ]


def test_a_target_that_is_a_whole_number_asks_for_no_more() -> None:
    found = report([marked(at) for at in range(25)], {"D1": 1}, 0.72)
    assert found.target == 18
    assert found.reached


def test_void_questions_are_left_out_and_an_empty_paper_reaches_nothing() -> None:
    found = report([marked(1), marked(2, False, void=True)], {"D1": 1}, 0.7)
    assert (found.questions, found.right) == (1, 1)
    empty = report([], {"D1": 1}, 0.7)
    assert (empty.questions, empty.share, empty.reached, empty.domains) == (0, 0.0, False, ())


@pytest.mark.parametrize(
    ("answers", "changed"),
    [
        ([], None),
        ([(0,)], None),
        ([(1,), (0,)], "to right"),
        ([(0,), (1,)], "to wrong"),
        ([(1,), (2,)], "between wrong"),
        ([(0,), (1,), (0,)], "to right"),
        ([(1,), (), (0,)], "to right"),
    ],
)
def test_which_way_an_answer_was_changed(answers: list[tuple[int, ...]], changed: str | None) -> None:
    assert marked(1, trail=trail(*answers)).changed == changed


def test_an_incomplete_choice_is_no_change_of_an_answer() -> None:
    begun = marked(1, right=(0, 2), trail=trail((0,), (0, 1), (0, 2)))
    assert begun.changed == "to right"
    assert marked(1, right=(0, 2), trail=trail((0,), (0, 2))).changed is None
    assert marked(1, right=(0, 1), trail=trail((0, None), (0, 1))).changed is None


def test_one_paper_of_65_leaves_the_range_that_wilson_gives() -> None:
    low, high = one_paper(44, 65)
    # share .6769, z 1.2816: middle (.6769 + .01263) / 1.02527, reach 1.2816 sqrt(.003365 + .0000972) / 1.02527
    assert (low, high) == (pytest.approx(0.5990, abs=0.0005), pytest.approx(0.7463, abs=0.0005))
    assert one_paper(0, 0) == (0.0, 1.0)


@given(st.integers(1, 200), st.data())
def test_the_range_holds_the_share_and_narrows_with_more_questions(questions: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, questions))
    low, high = one_paper(right, questions)
    share = right / questions
    assert 0 <= low <= share + 1e-12 and share - 1e-12 <= high <= 1
    wider_low, wider_high = one_paper(10 * right, 10 * questions)
    assert wider_high - wider_low < high - low
