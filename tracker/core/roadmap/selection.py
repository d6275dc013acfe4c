"""Which steps a learner's plan holds, what is left of each, and in which order they come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from typing import Literal

from tracker.core.roadmap.catalogue import CERTIFICATION, Catalogue, Kind, Lane, Step
from tracker.core.roadmap.inputs import Inputs, ratings

State = Literal["open", "known", "done", "skipped"]

LEFT_AT = (100, 60, 25, 0)
"""Percent of a step's hours left at a rating of 0 to 3. Ours."""
CERTIFICATION_LEFT_AT = (100, 90, 80, 75)
"""The same for a certification: an exam asks for its own preparation, whatever one knows. Ours."""
LEAST_LEFT = 20
"""Percent of an open step's minutes that stay, however much was logged, until it is ticked. Ours."""


@dataclass(frozen=True)
class Progress:
    """What happened so far: ids of steps done and skipped, minutes logged by step id."""

    done: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    logged_minutes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SelectedStep:
    """A step of this learner's plan; `minutes` still to do, 0 unless its state is open."""

    id: str
    phase: str
    kind: Kind
    lane: Lane
    needs: tuple[str, ...]
    minutes: int
    optional: bool
    state: State


def hours_left(step: Step, rating: int) -> int:
    """Hours that a learner of this rating (0..3) in the step's skill needs for it.

    Rounded up; a certification's to the nearest hour. A step without a skill keeps its hours.
    """
    if step.skill is None:
        return step.hours
    if step.kind == "certification":
        return (step.hours * CERTIFICATION_LEFT_AT[rating] + 50) // 100
    return -(-step.hours * LEFT_AT[rating] // 100)


def full_minutes(step: Step, known: Mapping[str, int]) -> int:
    """Minutes of the whole step for a learner with these ratings by skill, whatever they did of it so far."""
    return 60 * hours_left(step, known[step.skill] if step.skill else 0)


def minutes_left(full: int, logged: int) -> int:
    """Minutes still to do of an open step of `full` minutes with `logged` ones: at least `LEAST_LEFT` percent."""
    return max(-(-full * LEAST_LEFT // 100), full - max(0, logged))


def select(catalogue: Catalogue, inputs: Inputs, progress: Progress) -> tuple[SelectedStep, ...]:
    """The steps of the plan in order: by phase, then needs, then as in the file.

    In it are all required steps; a certification only as a target (which is then required) or an extra;
    an optional step only as an extra; whatever these need; and every step already done. A required step
    leaves when one that `stands_for` it was chosen as an extra or is done. The inputs must be free of faults
    (see `bad_inputs`).
    """
    steps = catalogue.by_id()
    targets = {CERTIFICATION + target.certification for target in inputs.targets}
    chosen = targets | inputs.extras
    swaps = {step.id: step.stands_for for step in catalogue.steps if step.id in inputs.extras | progress.done}
    replaced = {other for other in swaps.values() if other is not None}
    required = {step.id for step in catalogue.steps if not step.optional and step.kind != "certification"}
    required = (required - replaced) | targets | {each for each, other in swaps.items() if other}
    wanted = _with_needs(required | chosen, steps) | progress.done
    known = ratings(inputs)
    selected = [
        _selected(step, known, progress, optional=step.id not in required, wanted=wanted)
        for step in catalogue.steps
        if step.id in wanted
    ]
    return _ordered(selected, [phase.id for phase in catalogue.phases])


def to_front(steps: Sequence[SelectedStep], step_id: str) -> tuple[SelectedStep, ...]:
    """The same steps with one and everything it needs in front of the rest, otherwise in their order."""
    by_id = {step.id: step for step in steps}
    ahead = _with_needs({step_id}, by_id)
    return (*(step for step in steps if step.id in ahead), *(step for step in steps if step.id not in ahead))


def _selected(
    step: Step, known: Mapping[str, int], progress: Progress, *, optional: bool, wanted: set[str]
) -> SelectedStep:
    full = full_minutes(step, known)
    state: State = "open" if full else "known"
    if step.id in progress.done:
        state = "done"
    elif step.id in progress.skipped:
        state = "skipped"
    minutes = minutes_left(full, progress.logged_minutes.get(step.id, 0)) if state == "open" else 0
    needs = tuple(need for need in dict.fromkeys(step.needs) if need in wanted)
    return SelectedStep(step.id, step.phase, step.kind, step.lane, needs, minutes, optional, state)


def _with_needs(ids: Iterable[str], steps: Mapping[str, Step] | Mapping[str, SelectedStep]) -> set[str]:
    found: set[str] = set()
    waiting = list(ids)
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += steps[each].needs
    return found


def _ordered(steps: Sequence[SelectedStep], phases: Sequence[str]) -> tuple[SelectedStep, ...]:
    """Of the steps whose needs have been placed, always the one of the earliest phase, then place in the file."""
    missing = {step.id: len(step.needs) for step in steps}
    needed_by: dict[str, list[int]] = {step.id: [] for step in steps}
    for at, step in enumerate(steps):
        for need in step.needs:
            needed_by[need].append(at)
    ready = [(phases.index(step.phase), at) for at, step in enumerate(steps) if not step.needs]
    heapify(ready)
    placed: list[SelectedStep] = []
    while ready:
        step = steps[heappop(ready)[1]]
        placed.append(step)
        for at in needed_by[step.id]:
            missing[steps[at].id] -= 1
            if missing[steps[at].id] == 0:
                heappush(ready, (phases.index(steps[at].phase), at))
    return tuple(placed)
