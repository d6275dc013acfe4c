"""Files of students' answers: how they are read, checked and split."""

import csv
import gzip
import io
import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

COLUMNS = ("user", "item", "skill", "correct")
HELD_OUT = 0.2
"""Share of the learners who are held out where the file has no column `split`."""
FIRST_DAY = date(2020, 1, 1)
# any day will do: only days between answers count


class BadAnswers(ValueError):
    """The file cannot be measured on; the message says what is wrong and where."""


@dataclass(frozen=True)
class Given:
    """One answer of the file. `day` is the same for all answers where the file has no timestamps."""

    item: str
    skills: tuple[str, ...]
    correct: bool
    day: date


@dataclass(frozen=True)
class Student:
    """One learner of the file with all answers in order; `split` is the publisher's, "" without one."""

    name: str
    answers: tuple[Given, ...]
    split: str = ""


def read(path: Path) -> list[Student]:
    """The learners of a CSV file, gzipped if its name ends so. Raises BadAnswers."""
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    except (OSError, EOFError, ValueError) as error:
        raise BadAnswers(f"{path} cannot be read: {error}") from error
    rows = csv.DictReader(io.StringIO(text))
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise BadAnswers(f"{path} has no column {', '.join(missing)}; it needs {', '.join(COLUMNS)}")
    students = _students(rows)
    if not students:
        raise BadAnswers(f"{path} holds no answers")
    if len(students) < 2:
        raise BadAnswers(f"{path} holds the answers of one learner; nobody is left to compare with")
    return students


def _students(rows: Iterator[Mapping[str, str | None]]) -> list[Student]:
    answers: dict[str, list[Given]] = {}
    splits: dict[str, str] = {}
    seconds: dict[str, float] = {}
    timed: bool | None = None
    for number, row in enumerate(rows, start=2):
        user, item, skill = (_text(row, name, number) for name in ("user", "item", "skill"))
        at = _seconds(row, number)
        if timed is not None and timed != (at is not None):
            raise BadAnswers(f"line {number}: either every answer has a timestamp or none")
        timed = at is not None
        if at is not None and at < seconds.get(user, -math.inf):
            raise BadAnswers(f"line {number}: learner {user}'s timestamps run backwards; sort the file by time")
        seconds[user] = at or 0.0
        split = row.get("split") or ""
        if splits.setdefault(user, split) != split:
            raise BadAnswers(f"line {number}: learner {user} is in both {splits[user]!r} and {split!r}")
        skills = tuple(dict.fromkeys(part for part in skill.split("~") if part))
        day = FIRST_DAY + timedelta(days=int(seconds[user] // 86_400))
        answers.setdefault(user, []).append(Given(item, skills, _correct(row, number), day))
    return [Student(user, tuple(given), splits[user]) for user, given in answers.items()]


def _text(row: Mapping[str, str | None], name: str, number: int) -> str:
    value = (row.get(name) or "").strip()
    if not value.strip("~") or value.lower() == "nan":
        raise BadAnswers(f"line {number}: column {name} is empty")
    return value


def _correct(row: Mapping[str, str | None], number: int) -> bool:
    value = (row.get("correct") or "").strip()
    if value not in ("0", "1", "0.0", "1.0"):
        raise BadAnswers(f"line {number}: correct is {value!r}, not 0 or 1")
    return value[0] == "1"


def _seconds(row: Mapping[str, str | None], number: int) -> float | None:
    value = (row.get("timestamp") or "").strip()
    if not value:
        return None
    try:
        seconds = float(value)
        FIRST_DAY + timedelta(days=int(seconds // 86_400))
    except (ValueError, OverflowError) as error:
        raise BadAnswers(f"line {number}: timestamp {value!r} is not a number of seconds") from error
    return seconds


def limited(students: list[Student], count: int | None, rng: random.Random) -> list[Student]:
    """`count` of the learners, drawn by `rng`; all of them without a count."""
    if count is None or count >= len(students):
        return students
    if count < 2:
        raise BadAnswers("at least two learners are needed")
    return rng.sample(students, count)


def shuffled(students: list[Student], rng: random.Random) -> list[Student]:
    """The same answers with right and wrong dealt out anew: nothing is left to predict."""
    marks = [given.correct for student in students for given in student.answers]
    rng.shuffle(marks)
    dealt = iter(marks)
    return [
        replace(student, answers=tuple(replace(given, correct=next(dealt)) for given in student.answers))
        for student in students
    ]


def divided(students: list[Student], rng: random.Random) -> tuple[list[Student], list[Student]]:
    """Learners to learn from and learners held out: the publisher's split, or 80/20 drawn by `rng`."""
    if any(student.split for student in students):
        parts = [[s for s in students if (s.split == "test") is held_out] for held_out in (False, True)]
        if not all(parts):
            raise BadAnswers("the column split names no learners for training or none for test")
        return parts[0], parts[1]
    drawn = students[:]
    rng.shuffle(drawn)
    held_out = max(1, round(HELD_OUT * len(drawn)))
    return drawn[held_out:], drawn[:held_out]
