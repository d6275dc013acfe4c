"""How well the score of a paper is foretold, on a file of students' answers, beside simpler ways.

    python benchmarks/readiness.py DATA.csv[.gz] [--seed 1] [--json] [--limit-users N]

The file, and who is held out, as for knowledge_tracing.py. Of each held-out learner with at least 60 answers over
at least 3 skills the first 30 answers are history and the next 30 are the paper, taken at once; then the first 60
are history, and so on. Known of the paper are its questions, not its answers; as the learners were told each
answer, practice goes on while the paper is taken. Printed: mean absolute error of the median, coverage and mean
width of the 80 % range, Brier score of the chance to reach the median score of all papers, and the number of
papers. The minimum evidence that the app asks for before it shows a figure is not asked for here: every paper
counts.

Milepost's range is the app's own, raw. The rivals' ranges are normal: percent so far with the luck of the paper and
of the history; Elo with the luck of the paper alone, as it does not know how sure it is. "alone" as in
knowledge_tracing.py.
"""

import sys
from pathlib import Path

if not __package__:
    # started as a program; benchmarks/http.py would hide the standard library's http
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

import argparse
import math
import random
import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import click

from benchmarks import answers, metrics
from benchmarks.answers import BadAnswers, Given, Student
from benchmarks.milepost import CERTIFICATION, Milepost
from benchmarks.rivals import Elo
from tracker.core.ability import Belief, practice_gain
from tracker.core.learning import LearnerState
from tracker.core.readiness import expected_score

ANSWERS, SKILLS, HISTORY, QUESTIONS = 60, 3, 30, 30
DIGITS = {"mae": 4, "coverage80": 3, "width80": 3, "brier_pass": 4, "papers": 0}
NORMAL_80 = statistics.NormalDist().inv_cdf(0.9)


@dataclass(frozen=True)
class Paper:
    """What came before and the answers to foretell."""

    history: tuple[Given, ...]
    questions: tuple[Given, ...]

    @property
    def score(self) -> float:
        return sum(given.correct for given in self.questions) / len(self.questions)


@dataclass(frozen=True)
class Forecast:
    """A range with its median, and the chance to pass, all 0..1."""

    low: float
    mid: float
    high: float
    chance: float


Teller = Callable[[Paper, float], Forecast]
"""Foretells a paper; the second value is the line to pass."""


def papers_of(students: Sequence[Student]) -> list[Paper]:
    """The papers of learners with answers and skills enough: after the first 30 answers, and again after each
    further 30."""
    found = []
    for student in students:
        skills = {skill for given in student.answers for skill in given.skills}
        if len(student.answers) >= ANSWERS and len(skills) >= SKILLS:
            for start in range(HISTORY, len(student.answers) - QUESTIONS + 1, QUESTIONS):
                paper = student.answers[start : start + QUESTIONS]
                found.append(Paper(student.answers[:start], paper))
    return found


def normal(mean: float, sd: float, line: float) -> Forecast:
    """A normal forecast, kept within 0..1; the line is reached from half a question below it."""
    low, high = (min(1.0, max(0.0, mean + side * NORMAL_80 * sd)) for side in (-1, 1))
    reached = 0.5 * math.erfc((line - 0.5 / QUESTIONS - mean) / (sd * math.sqrt(2)))
    return Forecast(low, mean, high, reached)


def percent(paper: Paper, line: float) -> Forecast:
    """The share of right answers so far, with one right and one wrong answer before the first."""
    size = len(paper.history) + 2
    share = (sum(given.correct for given in paper.history) + 1) / size
    return normal(share, math.sqrt(share * (1 - share) * (1 / QUESTIONS + 1 / size)), line)


def elo(model: Elo) -> Teller:
    """Elo's chance on each question of the paper, with the ratings at its beginning."""

    def told(paper: Paper, line: float) -> Forecast:
        model.begin()
        for given in paper.history:
            model.update(given)
        chances = [model.predict(given) for given in paper.questions]
        luck = math.sqrt(sum(chance * (1 - chance) for chance in chances)) / QUESTIONS
        return normal(sum(chances) / QUESTIONS, luck, line)

    return told


def milepost(model: Milepost) -> Teller:
    """The app's readiness; questions on the same skills are one domain of the paper."""

    def told(paper: Paper, line: float) -> Forecast:
        model.begin()
        for given in paper.history:
            model.update(given)
        day = paper.questions[0].day
        named = {"~".join(given.skills): given.skills for given in paper.questions}
        items = [model.item(given, "~".join(given.skills)) for given in paper.questions]
        weights = Counter(item.domain for item in items)
        beliefs = {
            f"{CERTIFICATION}/{name}": mixed(model.state, skills, paper, weights[name])
            for name, skills in named.items()
        }
        state = LearnerState({}, {"all": model.state.belief("all", day), **beliefs})
        score = expected_score(state, CERTIFICATION, dict(weights), items, questions=QUESTIONS, line=line, day=day)
        return Forecast(score.low, score.mid, score.high, score.chance)

    return told


def mixed(state: LearnerState, skills: Sequence[str], paper: Paper, questions: int) -> Belief:
    """The belief in the mean of several skills over `questions` questions, after each of which its answer is told:
    unlike an exam it teaches, each question for those after it."""
    day, count = paper.questions[0].day, len(skills)
    beliefs = [state.belief(f"{CERTIFICATION}/{skill}", day) for skill in skills]
    return Belief(
        mean=sum(belief.mean + taught(belief.answers, questions) for belief in beliefs) / count,
        variance=sum(belief.variance for belief in beliefs) / count**2,
        updated_on=day,
        answers=sum(belief.answers for belief in beliefs),
        first_sights=0,
        first_sight_right=0,
        form=sum(belief.form for belief in beliefs) / count,
        form_variance=sum(belief.form_variance for belief in beliefs) / count**2,
    )


def taught(answers: int, questions: int) -> float:
    """Logits that a domain gains on average while so many questions on it are answered."""
    return statistics.fmean(practice_gain(answers, number) for number in range(questions))


def measured(teller: Teller, papers: Sequence[Paper], label: str) -> dict[str, float]:
    """The figures of one way to foretell."""
    line = statistics.median_high(paper.score for paper in papers)
    with click.progressbar(papers, label=label, file=sys.stderr) as bar:
        told = [(teller(paper, line), paper.score) for paper in bar]
    edge = 1e-9
    return {
        "mae": statistics.fmean(abs(forecast.mid - score) for forecast, score in told),
        "coverage80": statistics.fmean(
            forecast.low - edge <= score <= forecast.high + edge for forecast, score in told
        ),
        "width80": statistics.fmean(forecast.high - forecast.low for forecast, _ in told),
        "brier_pass": statistics.fmean((forecast.chance - (score >= line)) ** 2 for forecast, score in told),
        "papers": len(papers),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--limit-users", type=int)
    chosen = parser.parse_args(arguments)
    rng = random.Random(chosen.seed)
    try:
        students = answers.limited(answers.read(chosen.file), chosen.limit_users, rng)
        training, held_out = answers.divided(students, rng)
        papers = papers_of(held_out)
        if not papers:
            raise BadAnswers(f"no held-out learner has {ANSWERS} answers over {SKILLS} skills")
    except BadAnswers as error:
        parser.exit(2, f"{error}\n")
    tellers: dict[str, Teller] = {
        "milepost": milepost(Milepost(training, students)),
        "elo": elo(Elo(training)),
        "percent": percent,
        "milepost_alone": milepost(Milepost([], students)),
        "elo_alone": elo(Elo([])),
    }
    figures: dict[str, dict[str, Any]] = {name: measured(each, papers, name) for name, each in tellers.items()}
    metrics.report(f"papers of {QUESTIONS} answers", figures, DIGITS, as_json=chosen.json)


if __name__ == "__main__":
    main()
