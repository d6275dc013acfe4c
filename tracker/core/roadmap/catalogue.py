"""The catalogue of steps as strict values, and how a loaded document becomes one."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError

from tracker.core.bank.values import Count, List, Name, Reason, Slug, Value

Skill = Literal["python", "maths", "ml", "data", "cloud", "mlops"]
Kind = Literal["learn", "certification", "project", "kaggle", "job"]
Lane = Literal["main", "side"]

CERTIFICATION = "cert-"
"""What the id of a certification step begins with; the certification's slug follows."""
_FILE = "ml_engineer.yaml"
_WORDING = {"missing": "is missing", "extra_forbidden": "unknown key"}
_Covered = Annotated[str, StringConstraints(pattern=r"^SEED-[0-9]{3}$")]


class Phase(Value):
    """A stretch of the path. `why` says why it comes where it comes."""

    id: Slug
    title: Name
    why: Reason


class Part(Value):
    """A sub-step to tick; its id is unique within its step."""

    id: Slug
    title: Name


class Step(Value):
    """Something to learn, pass, build or prepare. `hours` are those of a learner rated 0 in `skill`.

    `needs` are the ids that come first. `stands_for`: the required step whose place this optional one takes
    when a learner chooses or has done it. `covers` are numbers of the source's facts.
    """

    id: Slug
    phase: Slug
    title: Name
    why: Reason
    hours: Count
    kind: Kind
    lane: Lane
    parts: Annotated[tuple[Part, ...], List, Field(min_length=3, max_length=6)]
    skill: Skill | None = None
    needs: Annotated[tuple[Slug, ...], List] = ()
    optional: bool = False
    stands_for: Slug | None = None
    covers: Annotated[tuple[_Covered, ...], List] = ()

    @property
    def certification(self) -> str | None:
        """The slug of the certification it prepares for, None for another kind of step."""
        return self.id.removeprefix(CERTIFICATION) if self.kind == "certification" else None


class Retired(Value):
    """An id that is never used again; a learner's state moves to `became`, if there is one."""

    id: Slug
    became: Slug | None = None


class Catalogue(Value):
    """Every phase and step, in file order, which is also the order of learning where nothing else decides."""

    revision: Count
    phases: Annotated[tuple[Phase, ...], List, Field(min_length=1)]
    steps: Annotated[tuple[Step, ...], List, Field(min_length=1)]
    retired: Annotated[tuple[Retired, ...], List] = ()

    def by_id(self) -> dict[str, Step]:
        """The steps by their id, in file order."""
        return {step.id: step for step in self.steps}


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: the file, the step, phase or retired id (None: the whole file), the field, what is wrong."""

    file: str
    message: str
    step: str | None = None
    field: str | None = None

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.step, self.field, self.message) if part)


class CatalogueError(Exception):
    """The catalogue cannot be used. `problems` holds every fault found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def parse_catalogue(document: object, file: str = _FILE) -> Catalogue:
    """The catalogue in a loaded YAML document; `file` is only named in messages.

    Raises CatalogueError with every problem: of shape first, and once all shapes are right, of meaning
    (unknown phases and needs, doubled ids, circles, required steps that need optional ones).
    """
    try:
        catalogue = Catalogue.model_validate(document)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False, include_context=False)
        found = [_shape_problem(file, document, each["loc"], each["type"], each["msg"]) for each in faults]
        raise CatalogueError(found) from error
    problems = [Problem(file, message, step, field) for step, field, message in _faults(catalogue)]
    if problems:
        raise CatalogueError(problems)
    return catalogue


def _shape_problem(file: str, document: object, location: tuple[int | str, ...], kind: str, said: str) -> Problem:
    message = _WORDING.get(kind, said.removeprefix("Value error, "))
    if len(location) < 2 or not isinstance(location[1], int) or not isinstance(document, dict):
        return Problem(file, message, field=_path(location) or None)
    group, at = str(location[0]), location[1]
    entry = document[group][at]
    named = entry.get("id") if isinstance(entry, dict) else None
    label = named[:80] if isinstance(named, str) and named else f"{group}[{at}]"
    return Problem(file, message, label, _path(location[2:]) or None)


def _path(location: tuple[int | str, ...]) -> str:
    return "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in location).removeprefix(".")


def _faults(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    steps = catalogue.by_id()
    phases = [phase.id for phase in catalogue.phases]
    used = Counter([step.id for step in catalogue.steps] + [retired.id for retired in catalogue.retired])
    for doubled in (each for counted in (Counter(phases), used) for each, times in counted.items() if times > 1):
        yield doubled, "id", "is used twice"
    for step in catalogue.steps:
        yield from ((step.id, field, message) for field, message in _step_faults(step, steps, phases))
    for retired in catalogue.retired:
        if retired.became is not None and retired.became not in steps:
            yield retired.id, "became", f'unknown step "{retired.became}"'
    for circle in _circles(catalogue.steps):
        yield circle[0], "needs", f"a circle: {' -> '.join(circle)}"


def _step_faults(step: Step, steps: dict[str, Step], phases: list[str]) -> Iterator[tuple[str, str]]:
    if step.phase not in phases:
        yield "phase", f'unknown phase "{step.phase}"'
    if (step.kind == "certification") != step.id.startswith(CERTIFICATION):
        yield "id", f'begins with "{CERTIFICATION}" if, and only if, the step is a certification'
    for part in (each for each, times in Counter(part.id for part in step.parts).items() if times > 1):
        yield "parts", f'the id "{part}" is used twice'
    for need in step.needs:
        if need == step.id:
            yield "needs", "names the step itself"
        elif need not in steps:
            yield "needs", f'unknown step "{need}"'
        else:
            yield from _need_faults(step, steps[need], phases)
    if step.stands_for is not None:
        yield from _swap_faults(step, steps.get(step.stands_for))


def _need_faults(step: Step, need: Step, phases: list[str]) -> Iterator[tuple[str, str]]:
    if {step.phase, need.phase} <= set(phases) and phases.index(need.phase) > phases.index(step.phase):
        yield "needs", f'"{need.id}" belongs to a later phase'
    always = not step.optional and step.kind != "certification"
    if always and (need.optional or need.kind == "certification"):
        yield "needs", f'"{need.id}" is not in every plan, this step is'


def _swap_faults(step: Step, replaced: Step | None) -> Iterator[tuple[str, str]]:
    if replaced is None:
        yield "stands_for", f'unknown step "{step.stands_for}"'
    elif not step.optional or replaced.optional:
        yield "stands_for", "only an optional step can stand for a required one"


def _circles(steps: tuple[Step, ...]) -> Iterator[tuple[str, ...]]:
    """Circles as ids, each step needing the next, the first one again at the end."""
    needs = {step.id: [need for need in step.needs if need != step.id] for step in steps}
    while True:
        try:
            TopologicalSorter(needs).prepare()
        except CycleError as error:
            # graphlib names each step before the one that needs it
            circle: tuple[str, ...] = tuple(reversed(error.args[1]))
            yield circle
            # cut here, and look for the next one
            needs[circle[0]].remove(circle[1])
        else:
            return
