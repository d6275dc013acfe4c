import random
from pathlib import Path

import pytest

from benchmarks import answers
from benchmarks.answers import FIRST_DAY, BadAnswers, Given, Student
from tests.benchmarks.files import HEADER, simulated, written


def student(name: str, split: str = "", marks: tuple[bool, ...] = (True,)) -> Student:
    return Student(name, tuple(Given("i", ("s",), mark, FIRST_DAY) for mark in marks), split)


def test_answers_are_read_in_order_with_days_and_skills(tmp_path: Path) -> None:
    lines = [HEADER, "b,i1,s~t~s,1,0", "a,i2,s,0.0,5", "b,i2,s,0,172800"]
    first, second = answers.read(written(tmp_path, lines, "answers.csv.gz"))
    assert (first.name, second.name) == ("b", "a")
    assert [(given.item, given.skills, given.correct) for given in first.answers] == [
        ("i1", ("s", "t"), True),
        ("i2", ("s",), False),
    ]
    assert (first.answers[1].day - first.answers[0].day).days == 2


def test_without_timestamps_everything_happens_on_one_day(tmp_path: Path) -> None:
    lines = ["user,item,skill,correct", "a,i,s,1", "b,i,s,0"]
    assert {given.day for each in answers.read(written(tmp_path, lines)) for given in each.answers} == {FIRST_DAY}


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([], "has no column user, item, skill, correct"),
        (["user,item,correct", "a,i,1"], "has no column skill"),
        ([HEADER], "holds no answers"),
        ([HEADER, "a,i,s,1,0", "a,j,s,0,1"], "one learner"),
        ([HEADER, "a,i,s,1,0", "b,i,s,nan,1"], "line 3: correct is 'nan', not 0 or 1"),
        ([HEADER, "a,i,s,1,0", "b,i,s,2,1"], "line 3: correct is '2', not 0 or 1"),
        ([HEADER, "a,i,s,1,0", "b,i,s,,1"], "line 3: correct is '', not 0 or 1"),
        ([HEADER, "a,i,NaN,1,0", "b,i,s,1,1"], "line 2: column skill is empty"),
        ([HEADER, "a,i,s,1,0", ",i,s,1,1"], "line 3: column user is empty"),
        ([HEADER, "a,i,s,1,0", "b,i"], "line 3: column skill is empty"),
        ([HEADER, "a,i,s,1,9", "b,i,s,1,1", "a,i,s,1,8"], "line 4: learner a's timestamps run backwards"),
        ([HEADER, "a,i,s,1,nan", "b,i,s,1,1"], "line 2: timestamp 'nan' is not a number of seconds"),
        ([HEADER, "a,i,s,1,noon", "b,i,s,1,1"], "line 2: timestamp 'noon' is not a number of seconds"),
        ([HEADER, "a,i,s,1,", "b,i,s,1,1"], "line 3: either every answer has a timestamp or none"),
        ([f"{HEADER},split", "a,i,s,1,0,train", "a,i,s,1,0,test"], "line 3: learner a is in both 'train' and 'test'"),
    ],
)
def test_a_bad_file_is_refused_with_the_place(tmp_path: Path, lines: list[str], message: str) -> None:
    with pytest.raises(BadAnswers) as refused:
        answers.read(written(tmp_path, lines))
    assert message in str(refused.value)


def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    torn = tmp_path / "torn.csv.gz"
    torn.write_bytes(written(tmp_path, simulated(), "whole.csv.gz").read_bytes()[:100])
    for path in (tmp_path / "missing.csv", torn):
        with pytest.raises(BadAnswers, match="cannot be read"):
            answers.read(path)


def test_the_publishers_split_is_kept() -> None:
    students = [student("a", "train"), student("b", "test"), student("c", "train")]
    training, held_out = answers.divided(students, random.Random(1))
    assert ([each.name for each in training], [each.name for each in held_out]) == (["a", "c"], ["b"])
    with pytest.raises(BadAnswers, match="none for test"):
        answers.divided([student("a", "train"), student("b", "train")], random.Random(1))


def test_a_fifth_of_the_learners_is_held_out_the_same_for_the_same_seed() -> None:
    students = [student(str(number)) for number in range(50)]
    training, held_out = answers.divided(students, random.Random(3))
    assert (len(training), len(held_out)) == (40, 10)
    assert {each.name for each in training} | {each.name for each in held_out} == {str(n) for n in range(50)}
    assert answers.divided(students, random.Random(3)) == (training, held_out)
    assert answers.divided(students, random.Random(4)) != (training, held_out)


def test_shuffled_labels_keep_their_number_and_their_places() -> None:
    students = [student("a", marks=(True, False) * 20), student("b", marks=(False,) * 60)]
    dealt = answers.shuffled(students, random.Random(1))
    assert sum(given.correct for each in dealt for given in each.answers) == 20
    assert [len(each.answers) for each in dealt] == [40, 60]
    assert any(given.correct for given in dealt[1].answers)


def test_learners_are_drawn_for_a_quick_look() -> None:
    students = [student(str(number)) for number in range(9)]
    assert len(answers.limited(students, 4, random.Random(1))) == 4
    assert answers.limited(students, None, random.Random(1)) == students
    with pytest.raises(BadAnswers, match="at least two"):
        answers.limited(students, 1, random.Random(1))
