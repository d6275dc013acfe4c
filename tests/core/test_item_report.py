"""What may be said of a question, and answered to it."""

import pytest

from tracker.core.item_report import LONGEST_NOTE, REASONS, Said, problems, problems_of_answer


def fields(said: Said) -> list[str]:
    return [problem.field for problem in problems(said)]


@pytest.mark.parametrize("reason", [reason for reason in REASONS if reason != "other"])
def test_a_reason_is_enough(reason: str) -> None:
    assert fields(Said(reason, "")) == []


@pytest.mark.parametrize("reason", ["", "nonsense", "Key"])
def test_a_reason_has_to_be_chosen(reason: str) -> None:
    assert fields(Said(reason, "a note")) == ["reason"]


def test_something_else_has_to_be_said() -> None:
    assert fields(Said("other", "")) == ["note"]
    assert fields(Said("other", "A typing mistake.")) == []


def test_a_note_has_a_limit_and_the_message_both_numbers() -> None:
    assert fields(Said("unclear", "n" * LONGEST_NOTE)) == []
    [problem] = problems(Said("unclear", "n" * (LONGEST_NOTE + 1)))
    assert (problem.field, "2,001" in problem.message, "2,000" in problem.message) == ("note", True, True)


def test_everything_wrong_is_told_at_once() -> None:
    assert fields(Said("", "n" * 3_000)) == ["reason", "note"]


def test_an_answer_has_words_but_not_too_many() -> None:
    assert [problem.field for problem in problems_of_answer("")] == ["answer"]
    assert problems_of_answer("a" * LONGEST_NOTE) == []
    assert "2,001" in problems_of_answer("a" * (LONGEST_NOTE + 1))[0].message
