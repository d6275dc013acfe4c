"""What a simulated learner scores on exam day under each way to choose questions, on the same learners.

    python benchmarks/exam_day.py [--learner FILE:CLASS] [--learners 40] [--seed 1] [--minutes 10 20] [--days 21 42]
                                  [--cert SLUG | --bank 108x36x4] [--json]

Points are percent of the exam, on fresh items weighted by the blueprint. Every policy gets the same learners and the
same minutes a day until the exam: Milepost (the code the app runs) and the rivals of `policies.py`. Without
--learner the shipped models of `learners/` take part. A learner model is CLASS(seed, concepts, items, weights) with
answer(item_id, day) -> (correct, seconds) and exam(day) -> expected score 0..1; concepts are dictionaries with slug,
domain and needs, items with id, concept, domain, level, difficulty, options and reserved.
"""

import sys
from pathlib import Path

# benchmarks/http.py would hide the standard library's http
sys.path[0] = str(Path(__file__).resolve().parent.parent)

import argparse
import importlib.util
import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import product
from typing import Any

from benchmarks.learners import SHIPPED
from benchmarks.outcomes import MILEPOST, Setting, as_json, print_table
from benchmarks.policies import RIVALS
from benchmarks.simulation import FIRST_DAY, Course, Policy, World, study
from benchmarks.smart_review import SmartReview
from benchmarks.worlds import UnknownWorld, generated, shipped

MOST = {"learners": 100_000, "minutes": 24 * 60, "days": 3650}


class Refused(ValueError):
    """The arguments make no sense; the message says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = _parser().parse_args(arguments)
    try:
        _check(chosen)
        world = generated(chosen.bank, chosen.seed) if chosen.bank else shipped(chosen.cert)
        models = [plug_in(chosen.learner)] if chosen.learner else list(SHIPPED)
        found = _measured(world, models, chosen)
    except (Refused, UnknownWorld) as error:
        print(f"exam_day.py: {error}", file=sys.stderr)
        return 2
    if chosen.json:
        print(json.dumps(as_json(world.name, found), indent=2))
    else:
        print_table(world.name, found)
    return 0


def _measured(world: World, models: Sequence[Any], chosen: argparse.Namespace) -> list[Setting]:
    settings = list(product(models, chosen.minutes, chosen.days))
    found = []
    for number, (model, minutes, days) in enumerate(settings, 1):
        progress = Progress(f"{number}/{len(settings)} {model.__name__} {minutes} min {days} days", chosen.learners)
        found.append(measure(world, model, minutes, days, chosen.learners, chosen.seed, progress))
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learner", metavar="FILE:CLASS", help="a learner model in place of the shipped ones")
    parser.add_argument("--learners", type=int, default=40, help="of each model")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=int, nargs="+", default=[10, 20], help="of study a day")
    parser.add_argument("--days", type=int, nargs="+", default=[21, 42], help="until the exam")
    bank = parser.add_mutually_exclusive_group()
    bank.add_argument("--cert", metavar="SLUG", help="a certification of the shipped bank")
    bank.add_argument("--bank", metavar="ITEMSxCONCEPTSxDOMAINS", help="a generated bank instead")
    parser.add_argument("--json", action="store_true")
    return parser


def _check(chosen: argparse.Namespace) -> None:
    for name, most in MOST.items():
        values = getattr(chosen, name)
        for value in values if isinstance(values, list) else [values]:
            if not 1 <= value <= most:
                raise Refused(f"--{name} is a whole number from 1 to {most}, not {value}")
    if chosen.learners < 2:
        raise Refused("--learners is at least 2: one learner has no standard error")


def plug_in(place: str) -> Any:
    """The class of a file, given as FILE:CLASS. Raises Refused."""
    file, colon, name = place.rpartition(":")
    path = Path(file)
    if not colon or not name:
        raise Refused(f"--learner is FILE:CLASS, not {place}")
    if not path.is_file():
        raise Refused(f"no file {file}")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise Refused(f"{file} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    # dataclasses and pickles look their module up by name
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise Refused(f"{file} cannot be imported: {type(error).__name__}: {error}") from error
    found = getattr(module, name, None)
    if not isinstance(found, type) or not all(callable(getattr(found, verb, None)) for verb in ("answer", "exam")):
        raise Refused(f"{file} has no class {name} with answer and exam")
    return found


class Progress:
    """A bar on stderr, where that is a terminal; else one line for each setting."""

    def __init__(self, name: str, total: int) -> None:
        self.name, self.total = name, total
        self.live = sys.stderr.isatty()
        if not self.live:
            print(name, file=sys.stderr)

    def show(self, done: int) -> None:
        if self.live:
            bar = "#" * (20 * done // self.total)
            print(
                f"\r[{bar:<20}] {self.name:<50}", end="\n" if done == self.total else "", file=sys.stderr, flush=True
            )


def measure(
    world: World,
    model: Callable[..., Any],
    minutes: int,
    days: int,
    learners: int,
    seed: int,
    progress: Progress | None = None,
) -> Setting:
    """The courses of the same learners under every policy."""
    exam_day = FIRST_DAY + timedelta(days=days)
    policies: dict[str, Callable[[World, int], Policy]] = {
        MILEPOST: lambda world, seed: SmartReview(world, exam_day, seed),
        **RIVALS,
    }
    courses: dict[str, list[Course]] = {name: [] for name in policies}
    for number in range(learners):
        own = 1_000_003 * seed + number
        for name, policy in policies.items():
            learner = model(
                own, [dict(row) for row in world.concepts], [dict(row) for row in world.items], dict(world.weights)
            )
            course = study(learner, policy(world, own), world.pass_line, minutes, days)
            if not 0 <= course.score <= 1:
                raise Refused(f"exam of {model.__name__} gave {course.score}, not a share from 0 to 1")
            courses[name].append(course)
        if progress:
            progress.show(number + 1)
    return Setting(getattr(model, "__name__", "learner"), minutes, days, len(world.open_items), courses)


if __name__ == "__main__":
    sys.exit(main())
