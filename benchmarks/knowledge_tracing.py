"""How well the next answer is predicted, on a file of students' answers, beside simpler ways.

    python benchmarks/knowledge_tracing.py DATA.csv[.gz] [--seed 1] [--json] [--shuffle-labels] [--limit-users N]

The file has columns user, item, skill, correct (0 or 1), in the order in which each learner answered; several
skills of an item are joined by `~`. Optional: timestamp (seconds), split ("test" marks the learners held out;
without it a fifth of the learners is drawn). What is known of items comes from the other learners alone; each
held-out answer is predicted before it is shown, by the very code that the app runs.

The models without other learners' answers ("alone") show what a single learner on a laptop gets. --shuffle-labels
deals right and wrong out anew: then an AUC other than about .50 is a fault of the program. --limit-users draws some
of the learners for a quick look. A file that cannot be measured on ends with a message and exit code 2.
"""

import sys
from pathlib import Path

if not __package__:
    # started as a program; benchmarks/http.py would hide the standard library's http
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

import argparse
import random
import time
from collections.abc import Sequence
from typing import Any, Protocol

import click

from benchmarks import answers, metrics
from benchmarks.answers import BadAnswers, Given, Student
from benchmarks.milepost import Milepost
from benchmarks.rivals import Elo, GlobalMean, PercentPerSkill

DIGITS = {"auc": 4, "log_loss": 4, "brier": 4, "ece": 4, "per_second": 0}


class Model(Protocol):
    """Something that predicts one learner's answers, one after the other."""

    def begin(self) -> None: ...
    def predict(self, given: Given) -> float: ...
    def update(self, given: Given) -> None: ...


def models(training: Sequence[Student], held_out: Sequence[Student]) -> dict[str, Model]:
    """Every model, made from the training learners; "alone" without them. Of the held-out only their items count."""
    students = [*training, *held_out]
    return {
        "milepost": Milepost(training, students),
        "elo": Elo(training),
        "percent_per_skill": PercentPerSkill(training),
        "global_mean": GlobalMean(training),
        "milepost_alone": Milepost([], students),
        "elo_alone": Elo([]),
        "percent_per_skill_alone": PercentPerSkill([]),
    }


def measured(model: Model, held_out: Sequence[Student], label: str) -> dict[str, float]:
    """The figures of one model over all answers of the held-out learners."""
    chances, right, seconds = [], [], 0.0
    with click.progressbar(held_out, label=label, file=sys.stderr) as students:
        for student in students:
            began = time.process_time()
            model.begin()
            for given in student.answers:
                chances.append(model.predict(given))
                model.update(given)
            seconds += time.process_time() - began
            right += [given.correct for given in student.answers]
    return metrics.of_predictions(chances, right, seconds)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--shuffle-labels", action="store_true")
    parser.add_argument("--limit-users", type=int)
    chosen = parser.parse_args(arguments)
    rng = random.Random(chosen.seed)
    try:
        students = answers.limited(answers.read(chosen.file), chosen.limit_users, rng)
        training, held_out = answers.divided(students, rng)
    except BadAnswers as error:
        parser.exit(2, f"{error}\n")
    if chosen.shuffle_labels:
        training, held_out = answers.shuffled(training, rng), answers.shuffled(held_out, rng)
    figures: dict[str, dict[str, Any]] = {
        name: measured(model, held_out, name) for name, model in models(training, held_out).items()
    }
    metrics.report(f"{sum(len(s.answers) for s in held_out):,} answers", figures, DIGITS, as_json=chosen.json)


if __name__ == "__main__":
    main()
