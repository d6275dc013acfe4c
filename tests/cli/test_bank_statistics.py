"""`milepost bank stats`, over a database with answers of many learners."""

from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, insert

from tests import bank_factory as factory
from tests.databases import START
from tests.student import Student
from tracker.cli import main
from tracker.core.question import shown_order
from tracker.store.engine import writing
from tracker.store.tables import AttemptRow

ASKED, OTHER = factory.bank().items[:2]


@pytest.fixture(autouse=True)
def at_this_database(monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("INSTANCE", str(tmp_path / "instance"))


def stats(*words: str) -> Result:
    return CliRunner().invoke(main, ["bank", "stats", *words])


def answered(engine: Engine, learners: int, good_ones_miss: bool) -> None:
    """Learners who answer two questions for the first time; every second one is good at the other question."""
    rows = []
    for number in range(learners):
        student = Student(engine, f"Learner{number}")
        good = number % 2 == 0
        for item, right in ((ASKED, good != good_ones_miss), (OTHER, good)):
            wanted = item.options.index(item.keys[0] if right else item.distractors[0])
            [position] = [shown.position for shown in shown_order(item, number) if shown.index == wanted]
            rows.append(
                {
                    "user_id": student.user_id,
                    "id": UUID(int=len(rows)),
                    "item_id": item.id,
                    "item_version": 1,
                    "certification": factory.SLUG,
                    "domain": item.domain,
                    "concept": item.concept,
                    "mode": "review",
                    "shuffle_seed": number,
                    "response": [position],
                    "correct": right,
                    "confidence": "sure",
                    "seconds": 30,
                    "predicted": 0.5,
                    "first_sight": True,
                    "answered_at": START,
                    "study_day": START.date(),
                }
            )
    with writing(engine) as session:
        session.execute(insert(AttemptRow), rows)
        session.commit()


def line(output: str, item: str) -> list[str]:
    [found] = [each.split() for each in output.splitlines() if each.startswith(item)]
    return found


def test_a_question_that_good_learners_miss_is_listed_for_repair(database: Engine) -> None:
    answered(database, 30, good_ones_miss=True)
    told = stats(factory.SLUG)
    assert told.exit_code == 0
    assert "aws-demo: 24 questions, 2 of them answered, 60 answers" in told.output
    # its key is the first option in the file, and the wrong ones took the second
    assert line(told.output, ASKED.id) == [ASKED.id, "30", "30", "15", "(50%)", "-1.00", "15*", "15", "0", "0"]
    assert f"To repair, for better learners miss them more often: {ASKED.id}, {OTHER.id}" in told.output


def test_a_question_that_good_learners_pass_needs_no_repair(database: Engine) -> None:
    answered(database, 30, good_ones_miss=False)
    told = stats(factory.SLUG)
    assert line(told.output, ASKED.id)[5] == "+1.00"
    assert "Nothing to repair among the 2 questions that 30 or more learners met first." in told.output


def test_a_few_learners_are_too_few_for_a_discrimination(database: Engine) -> None:
    answered(database, 4, good_ones_miss=True)
    told = stats()
    assert line(told.output, ASKED.id)[3:7] == ["2", "(50%)", "too", "few"]
    assert "To repair" not in told.output


def test_without_answers_only_the_head_is_printed() -> None:
    assert stats().output == "aws-demo: 24 questions, 0 of them answered, 0 answers\n"


def test_an_unknown_certification_is_told_without_a_traceback() -> None:
    told = stats("aws-none")
    assert told.exit_code == 1
    assert 'Error: no certification "aws-none"; there are aws-demo' in told.output
