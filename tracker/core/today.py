"""What to do today: a few rows that fit the day's minutes, and what kind of day it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tracker.core.practice import RUN_LENGTH, SMART_REVIEW, WARM_UP, minutes_left, questions_in
from tracker.core.queue import WARM_UP_LENGTH, Outlook
from tracker.core.roadmap import Overview, Part, StepView
from tracker.core.roadmap.catalogue import Lane
from tracker.core.trend import QUIET_DAYS

SIDE_SHARE = 0.25
"""Of a day's minutes beside the reviews, what the side lane may take: as in the plan's weeks."""
LEAST_STEP = 10
"""Minutes below which a step is not worth opening. Ours."""
ROUNDING = 5
"""Minutes of a step are offered in multiples of it."""
MOST_REVIEWS = 2
"""Review rows of one day."""
FEWEST_QUESTIONS = 3
"""Questions of the shortest run."""
EXAM_NEAR = timedelta(days=14)
"""Before an exam this near, one run a day is not all. Ours."""
MORE_QUESTIONS = 5
"""Questions offered to somebody who is done and wants more."""

Mood = Literal["new", "back", "clear", "usual"]
Errand = Literal["plan", "target", "how", "month"]
ERRAND_MINUTES: dict[Errand, int] = {"plan": 4, "target": 2, "how": 5, "month": 3}
"""Making a plan, choosing a certification, reading how reviews work, looking at the first month."""


@dataclass(frozen=True, slots=True)
class Review:
    """A certification that can be reviewed today.

    answered: its answers so far on this study day; open_left: questions still to answer in its open run,
    None without one; missing: first sights to its first estimate, 0 once there is one; gain: share of its
    exam that is still expected to be lost, 0..1.
    """

    certification: str
    exam_day: date | None
    outlook: Outlook
    answered: int
    open_left: int | None
    missing: int
    gain: float


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """So many questions of a certification; `resume`: they are the rest of its open run."""

    review: Review
    questions: int
    mode: str = SMART_REVIEW
    resume: bool = False

    @property
    def minutes(self) -> int:
        """About how long they take."""
        return minutes_left(self.questions)


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of the roadmap with its first part that is still to do, and the minutes it gets today."""

    view: StepView
    part: Part | None
    minutes: int


@dataclass(frozen=True, slots=True)
class ErrandRow:
    """Something to settle once."""

    errand: Errand

    @property
    def minutes(self) -> int:
        """About how long it takes."""
        return ERRAND_MINUTES[self.errand]


Row = ReviewRow | StepRow | ErrandRow


@dataclass(frozen=True, slots=True)
class Scene:
    """What a learner has to choose from on the study day `today`: reviews by certification, the roadmap,
    answers left under the cap."""

    today: date
    reviews: Sequence[Review]
    overview: Overview | None
    cap_left: int


@dataclass(frozen=True, slots=True)
class Aim:
    """A certification aimed at: the learner's own exam day, and whether anything of it was answered yet."""

    certification: str
    exam_day: date | None
    begun: bool


def in_turn(aims: Sequence[Aim], overview: Overview | None) -> list[str]:
    """The certifications to practise now.

    On the road only the next one that is not settled, unless another was begun or has the learner's own day;
    one that is not on the road always, since it was chosen by hand; none that is settled or skipped.
    """
    steps = {view.step.certification: view for view in overview.of_kind("certification")} if overview else {}
    open_steps = [
        slug for slug, view in steps.items() if not view.settled and view.mark.state != "skipped" and slug is not None
    ]
    own = {aim.certification for aim in aims}
    following = next((slug for slug in open_steps if slug in own), None)
    found = []
    for aim in aims:
        slug = aim.certification
        chosen = slug not in steps or slug == following or aim.begun or aim.exam_day is not None
        if chosen and (slug not in steps or slug in open_steps):
            found.append(slug)
    return found


def minutes_of(rows: Iterable[Row]) -> int:
    """Minutes of these rows together."""
    return sum(row.minutes for row in rows)


def mood(last_active: date | None, rows: Sequence[Row], today: date) -> Mood:
    """What kind of day it is; `last_active`: the latest day on which anything was done, None if never."""
    if last_active is None:
        return "new"
    if (today - last_active).days > QUIET_DAYS:
        return "back"
    return "usual" if rows else "clear"


def usual_rows(scene: Scene, minutes: int) -> tuple[Row, ...]:
    """The rows of a day with so many minutes left (0 or less: a day of rest, or done).

    Reviews come first, the nearest exam in front, one run a day for each certification and another while
    `_another_run` has a reason; then the roadmap's main and side lane share what is left; then what is still
    to settle.
    """
    rows: list[Row] = []
    cap_left = scene.cap_left
    for review in _by_urgency(scene):
        row = _review_row(review, cap_left)
        wanted = row is not None and (row.resume or review.answered < RUN_LENGTH or _another_run(review, scene.today))
        if row is not None and wanted and len(rows) < MOST_REVIEWS:
            rows.append(row)
            cap_left -= row.questions
    return (*rows, *_step_rows(scene.overview, minutes - minutes_of(rows)), *_unsettled(scene))


def rows_within(scene: Scene, minutes: int) -> tuple[Row, ...]:
    """The best part of the day in so many minutes: the review with most to gain, cut to fit, then steps.

    An open run is not cut: it goes on where it stands and ends when the learner stops.
    """
    most = min(scene.cap_left, max(FEWEST_QUESTIONS, questions_in(minutes)))
    for review in _by_gain(scene.reviews):
        row = _review_row(review, most)
        if row is not None:
            return (row, *_step_rows(scene.overview, minutes - row.minutes))
    return _step_rows(scene.overview, max(minutes, LEAST_STEP)) or _unsettled(scene)


def first_rows(scene: Scene) -> tuple[Row, ...]:
    """The first half hour of somebody who has done nothing yet."""
    reviews = [row for review in _by_urgency(scene) if (row := _review_row(review, scene.cap_left))]
    checked: tuple[Row, ...] = (ErrandRow("month"),) if scene.overview else ()
    return (*reviews[:1], *_unsettled(scene), ErrandRow("how"), *checked)


def warm_up_row(scene: Scene) -> ReviewRow | None:
    """A few questions on what is held best, to begin again after a break; None where nothing is known yet."""
    known = max(scene.reviews, key=lambda each: each.outlook.known, default=None)
    if known is None or not known.outlook.known:
        return None
    return ReviewRow(known, min(WARM_UP_LENGTH, known.outlook.known), WARM_UP)


def next_review(scene: Scene) -> date | None:
    """The first day after today on which there is something to review, None if there is nothing."""
    days = []
    for review in scene.reviews:
        # what is left of today may be asked tomorrow
        waiting = review.outlook.due if review.outlook.all_seen else review.outlook.askable
        days.append(scene.today + timedelta(days=1) if waiting else review.outlook.next_day)
    return min((day for day in days if day is not None), default=None)


def more_row(scene: Scene) -> ReviewRow | None:
    """A few new questions where most is to gain, for whoever is done and wants more."""
    for review in _by_gain(scene.reviews):
        questions = min(MORE_QUESTIONS, review.outlook.items - review.outlook.seen, scene.cap_left)
        if questions > 0:
            return ReviewRow(review, questions)
    return None


def next_step(overview: Overview, lane: Lane) -> StepView | None:
    """The lane's step to go on with: one in progress, else the first open one whose needs are met."""
    views = sorted(
        (view for phase in overview.phases for view in phase.steps if view.placed.lane == lane),
        key=lambda view: view.placed.position,
    )
    doing = (view for view in views if view.mark.state == "doing")
    ready = (view for view in views if view.mark.state == "open" and _needs_met(view, overview))
    return next(doing, None) or next(ready, None)


def _by_urgency(scene: Scene) -> list[Review]:
    """Open runs first, then the nearest exam that is still to come, then what gains most."""

    def urgency(review: Review) -> tuple[bool, date, float, str]:
        day = review.exam_day if review.exam_day and review.exam_day >= scene.today else date.max
        return review.open_left is None, day, -review.gain, review.certification

    return sorted(scene.reviews, key=urgency)


def _by_gain(reviews: Sequence[Review]) -> list[Review]:
    return sorted(reviews, key=lambda each: (-each.gain, each.certification))


def _unsettled(scene: Scene) -> tuple[ErrandRow, ...]:
    errands: list[Errand] = []
    if scene.overview is None:
        errands.append("plan")
    if not scene.reviews:
        errands.append("target")
    return tuple(ErrandRow(errand) for errand in errands)


def _another_run(review: Review, today: date) -> bool:
    """Whether a second run on one day is asked for: no estimate yet, much about to fade, or an exam near."""
    near = review.exam_day is not None and today < review.exam_day <= today + EXAM_NEAR
    return review.missing > 0 or near or review.outlook.due >= RUN_LENGTH


def _review_row(review: Review, most: int) -> ReviewRow | None:
    if review.open_left is not None:
        return ReviewRow(review, review.open_left, resume=True)
    # a repeat is worth asking when it fades, not to fill half an hour
    wanted = review.outlook.due if review.outlook.all_seen else review.outlook.askable
    questions = min(RUN_LENGTH, wanted, most)
    return None if questions < 1 else ReviewRow(review, questions)


def _step_rows(overview: Overview | None, minutes: int) -> tuple[StepRow, ...]:
    if overview is None or minutes < LEAST_STEP:
        return ()
    main, side = next_step(overview, "main"), next_step(overview, "side")
    if main is None or side is None:
        return tuple(_step_row(view, minutes) for view in (main, side) if view is not None)
    of_side = int(minutes * SIDE_SHARE)
    if of_side < LEAST_STEP:
        return (_step_row(main, minutes),)
    return _step_row(main, minutes - of_side), _step_row(side, of_side)


def _step_row(view: StepView, minutes: int) -> StepRow:
    parts = [part for part in view.step.parts if part.id not in view.ticked]
    of_part = view.left // max(1, len(parts))
    fitting = min(minutes, of_part) // ROUNDING * ROUNDING
    return StepRow(view, parts[0] if parts else None, max(fitting, LEAST_STEP))


def _needs_met(view: StepView, overview: Overview) -> bool:
    needs = (overview.step(need) for need in view.step.needs)
    return all(need is None or need.settled or need.mark.state == "skipped" for need in needs)
