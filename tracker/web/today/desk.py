"""What the page of a day rests on: targets in turn, the road, what is done, the week, the exam that comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.core.practice import SMART_REVIEW, is_idle
from tracker.core.queue import outlook
from tracker.core.readiness import Missing, Readiness
from tracker.core.roadmap import Overview, Part, StepView
from tracker.core.roadmap.study_week import StudyCalendar, study_calendar
from tracker.core.streak import LONGEST, Streak, streak
from tracker.core.today import Aim, Review, Scene, in_turn
from tracker.services.standings import current as current_standing
from tracker.store import attempts, cards, plans, runs, study_log, targets
from tracker.store.study_log import Logged, Practised
from tracker.store.targets import Target
from tracker.web import progress, roadmap
from tracker.web.practice import questions_left
from tracker.web.progress import Gauge
from tracker.web.request import db, learner, now, today
from tracker.web.roadmap import Shown


@dataclass(frozen=True)
class NextExam:
    """The exam that comes next: its day (the learner's own if `fixed`), None while there is none."""

    target: Target
    gauge: Gauge | None
    day: date | None
    fixed: bool


@dataclass(frozen=True)
class Done:
    """What was done today: practice, entries of the log, steps and parts ticked."""

    practised: list[Practised]
    logged: list[Logged]
    steps: list[StepView]
    parts: list[tuple[StepView, Part]]

    @property
    def minutes(self) -> int:
        return sum(each.minutes for each in self.practised) + sum(each.entry.minutes for each in self.logged)

    def __bool__(self) -> bool:
        return bool(self.practised or self.logged or self.steps or self.parts)


def road_of_learner() -> Shown | None:
    version = plans.current(db(), learner().user_id)
    return roadmap.shown(version) if version else None


def done_on(day: date, whole: Overview | None) -> Done:
    user_id = learner().user_id
    views = [view for phase in whole.phases for view in phase.steps] if whole else []
    ticked = set(plans.ticked_on(db(), user_id, day))
    return Done(
        practised=study_log.practised(db(), user_id, first=day, last=day),
        logged=study_log.entries(db(), user_id, first=day, last=day),
        steps=[view for view in views if view.mark.state == "done" and view.mark.done_day == day],
        parts=[
            (view, part)
            for view in views
            for part in view.step.parts
            if view.mark.state != "done" and (view.step.id, part.id) in ticked
        ],
    )


def review_of(gauge: Gauge, done: Done) -> Review:
    """What Smart Review has today for this certification."""
    slug, user_id = gauge.bank.slug, learner().user_id
    open_run = runs.open_run(db(), user_id, slug, SMART_REVIEW)
    if open_run is not None:
        touched = runs.last_touched(db(), user_id, open_run.id) or open_run.started_at
        open_run = None if is_idle(touched, now()) else open_run
    known = current_standing(db(), learner(), gauge.bank, attempts.stamp(db(), user_id))
    offered = list(known.candidates.values())
    return Review(
        certification=slug,
        exam_day=gauge.target.exam_day,
        outlook=outlook(offered, gauge.state, exam_day=gauge.target.exam_day, today=today()),
        answered=sum(each.answers for each in done.practised if each.certification == slug),
        open_left=questions_left(open_run) if open_run else None,
        missing=gauge.value.first_sights_needed if isinstance(gauge.value, Missing) else 0,
        gain=gauge.value.still_lost if isinstance(gauge.value, Readiness) else 1.0,
    )


def next_exam(mine: Sequence[Target], gauges: Mapping[str, Gauge], whole: Overview | None) -> NextExam | None:
    """The one of these targets whose exam comes first; one without a day comes last."""
    views = {view.step.certification: view for view in whole.of_kind("certification")} if whole else {}
    found = []
    for target in mine:
        view = views.get(target.certification)
        planned = view.exam.day if view and view.exam else None
        day = target.exam_day or planned
        day = day if day is not None and day >= today() else None
        found.append(NextExam(target, gauges.get(target.certification), day, target.exam_day is not None))
    return min(found, key=lambda each: (each.day or date.max, each.gauge is None), default=None)


def calendar(shown: Shown | None) -> StudyCalendar:
    """The days for studying: the plan's, vacations taken out, or the learner's own without a plan."""
    if shown is not None:
        inputs = shown.version.inputs
        whole = study_calendar(inputs)
        before = frozenset(inputs.start - timedelta(days=back) for back in range(1, inputs.start.weekday() + 1))
        return replace(whole, days_off=whole.days_off | before)
    days = learner().study_days
    return StudyCalendar(days, frozenset(), learner().minutes_per_study_day * len(days))


def this_week(days: StudyCalendar) -> Streak:
    monday = today() - timedelta(days=today().weekday())
    minutes = study_log.minutes_by_day(db(), learner().user_id, monday - timedelta(weeks=LONGEST))
    return streak(minutes, days.is_study_day, days.minutes_a_day, today())


def last_active() -> date | None:
    """The latest day on which anything was answered, logged or ticked."""
    user_id = learner().user_id
    answered = attempts.latest(db(), user_id)
    days = (
        answered.study_day if answered else None,
        study_log.last_day(db(), user_id),
        plans.last_day(db(), user_id),
    )
    return max((day for day in days if day is not None), default=None)


@dataclass(frozen=True)
class Desk:
    """All that the page rests on: the targets in turn with their gauges, the road, and what is done."""

    aimed: list[Target]
    gauges: dict[str, Gauge]
    shown: Shown | None
    done: Done
    scene: Scene

    @property
    def overview(self) -> Overview | None:
        return self.shown.overview if self.shown else None


def desk() -> Desk:
    user_id, shown = learner().user_id, road_of_learner()
    whole = shown.overview if shown else None
    state, mine = cards.state(db(), user_id), targets.targets(db(), user_id)
    found = {each.bank.slug: each for target in mine if (each := progress.gauge(target, state, today()))}
    begun = {slug for slug, each in found.items() if each.answers}
    turn = in_turn([Aim(each.certification, each.exam_day, each.certification in begun) for each in mine], whole)
    gauges = {slug: each for slug, each in found.items() if slug in turn}
    done = done_on(today(), whole)
    cap_left = learner().settings["cap"] - attempts.answered_on(db(), user_id, today())
    reviews = [review_of(each, done) for each in gauges.values()]
    aimed = [each for each in mine if each.certification in turn]
    return Desk(aimed, gauges, shown, done, Scene(today(), reviews, whole, cap_left))
