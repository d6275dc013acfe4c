"""Living with a roadmap: accept a plan, mark its steps, tick their parts, and take either back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from tracker.core.roadmap import Inputs, Mark, Plan, Progress, placed_steps, plan
from tracker.core.roadmap.overview import STATES, MarkState
from tracker.services import targets as target_verbs
from tracker.store import bank, plans, study_log, targets
from tracker.store.catalogue_file import shipped_catalogue
from tracker.store.plans import PlanVersion


class UnknownStep(LookupError):
    """The learner's plan holds no such step, or the step no such part."""


class UnknownState(ValueError):
    """A step cannot be marked so."""


class ChangedMeanwhile(Exception):
    """Another tab marked the step after this form was shown; carries its mark as it stands."""

    def __init__(self, stands: Mark) -> None:
        super().__init__("changed meanwhile")
        self.stands = stands


def progress_of(session: Session, user_id: UUID) -> Progress:
    """What of the catalogue the learner has done, skipped and logged so far."""
    marks = plans.marks(session, user_id)
    return Progress(
        done=frozenset(step for step, mark in marks.items() if mark.state == "done"),
        skipped=frozenset(step for step, mark in marks.items() if mark.state == "skipped"),
        logged_minutes=study_log.minutes_by_step(session, user_id),
    )


def accept(session: Session, user_id: UUID, inputs: Inputs, *, today: date, now: datetime) -> int:
    """Keep the plan of these answers as a new version and aim at its certifications; the version's number.

    What was marked and ticked stays. A certification that the bank does not know becomes no target.
    Raises BadInputs.
    """
    catalogue = shipped_catalogue()
    made = plan(catalogue, inputs, progress_of(session, user_id), today, plans.exams(session))
    before = plans.current(session, user_id)
    version = PlanVersion(
        version=plans.newest_version(session, user_id) + 1,
        made_at=now,
        study_day=today,
        reason="accepted",
        based_on=before.version if before else None,
        inputs=inputs,
        catalogue_revision=catalogue.revision,
    )
    plans.add(session, user_id, version, placed_steps(made))
    plans.save_marks(session, user_id, _known(made, plans.marks(session, user_id)))
    _aim(session, user_id, inputs, today)
    return version.version


def _known(made: Plan, marks: Mapping[str, Mark]) -> dict[str, Mark]:
    """Marks to set: steps that the ratings settle become known, and known ones they no longer settle open."""
    found: dict[str, Mark] = {}
    for each in made.steps:
        mark = marks.get(each.step_id, Mark())
        wanted: MarkState = "known" if each.known else "open"
        if mark.state in ("open", "known") and mark.state != wanted:
            found[each.step_id] = Mark(wanted, None, mark.revision + 1)
    return found


def _aim(session: Session, user_id: UUID, inputs: Inputs, today: date) -> None:
    for wanted in inputs.targets:
        slug, day = wanted.certification, wanted.exam_day
        past = day is not None and day < today
        if past or bank.certification(session, slug) is None:
            continue
        known = targets.target(session, user_id, slug)
        aimed = known is not None and known.state != "dropped"
        if known is not None and aimed and day in (None, known.exam_day):
            continue
        revision = known.revision if known else 0
        target_verbs.choose(session, user_id, slug, exam_day=day, revision=revision, today=today)


def mark(session: Session, user_id: UUID, step_id: str, state: str, revision: int, *, today: date) -> Mark:
    """Say how far a step is (open, doing, done, skipped); the mark before, which `undo` sets back.

    Saying twice what already stands changes nothing. Raises UnknownStep, UnknownState, ChangedMeanwhile.
    """
    if state not in STATES or state == "known":
        raise UnknownState(state)
    before = _stands(session, user_id, step_id, revision, state)
    if before.state != state:
        _set(session, user_id, step_id, before, state, today if state == "done" else None)
    return before


def undo(session: Session, user_id: UUID, step_id: str, earlier: Mark, *, today: date) -> None:
    """Set a step's earlier mark back; `earlier.revision` is that of the mark to be undone.

    Raises UnknownStep, UnknownState, ChangedMeanwhile.
    """
    if earlier.state not in STATES:
        raise UnknownState(earlier.state)
    stands = _stands(session, user_id, step_id, earlier.revision, earlier.state)
    done_day = min(earlier.done_day or today, today) if earlier.state == "done" else None
    if stands.state != earlier.state:
        _set(session, user_id, step_id, stands, earlier.state, done_day)


def _stands(session: Session, user_id: UUID, step_id: str, revision: int, state: str) -> Mark:
    """The mark as it stands, if the form knew it or asks for nothing else."""
    if not plans.current_step(session, user_id, step_id):
        raise UnknownStep(step_id)
    stands = plans.marks(session, user_id).get(step_id, Mark())
    if stands.revision != revision and stands.state != state:
        raise ChangedMeanwhile(stands)
    return stands


def _set(
    session: Session, user_id: UUID, step_id: str, stands: Mark, state: MarkState | str, done_day: date | None
) -> None:
    known: MarkState = next(each for each in STATES if each == state)
    new = replace(stands, state=known, done_day=done_day, revision=stands.revision + 1)
    plans.save_marks(session, user_id, {step_id: new})


def tick_parts(
    session: Session, user_id: UUID, step_id: str, ticked: set[str], shown: set[str], *, today: date
) -> frozenset[str]:
    """Tick a step's parts as in a form that was shown with the ticks `shown`; the ticks before.

    Only what the learner changed there is changed here, so two tabs never undo each other's ticks.
    Raises UnknownStep.
    """
    step = shipped_catalogue().by_id().get(step_id)
    if step is None or not plans.current_step(session, user_id, step_id):
        raise UnknownStep(step_id)
    if not ticked | shown <= {part.id for part in step.parts}:
        raise UnknownStep(step_id)
    before = plans.ticks(session, user_id).get(step_id, frozenset())
    plans.tick(session, user_id, step_id, sorted(ticked - shown), today)
    plans.untick(session, user_id, step_id, sorted(shown - ticked))
    return before
