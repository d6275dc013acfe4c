"""The planner's form: what a learner says of themselves in an address, and the answers it comes to."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, get_args

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import DateField, FloatField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.core.roadmap import (
    FEWEST_HOURS,
    MOST_HOURS,
    BadInput,
    Inputs,
    Target,
    bad_inputs,
    default_targets,
)
from tracker.core.roadmap.catalogue import Skill
from tracker.store.catalogue_file import shipped_catalogue

BACKGROUNDS = {
    "switcher": "Something else: I am changing into software",
    "developer": "Software developer",
    "data": "Data analyst, data engineer or scientist",
}
LEVELS = {
    "starting": "Starting: no machine learning yet",
    "course": "I took a course",
    "built": "I trained and judged models of my own",
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SKILLS: Mapping[Skill, str] = {
    "python": "Python",
    "maths": "Statistics and linear algebra",
    "ml": "Machine learning",
    "data": "SQL and data work",
    "cloud": "Cloud",
    "mlops": "Deployment and operations",
}
RATINGS = {"": "As usual for my background", "0": "New to me", "1": "Seen it", "2": "Used it", "3": "At ease with it"}
MOST_HOURS_A_DAY = 16
"""Hours of a study day that somebody can mean; more is a slip in the days or the hours."""
HOURS_WRONG = f"Enter a number from {FEWEST_HOURS} to {MOST_HOURS}."
NOT_CHOSEN = "Choose this certification too, or clear its day."


class Boxes(SelectMultipleField):
    """A group of checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PlannerForm(FlaskForm):  # type: ignore[misc]
    """The questions every learner is asked; `form_class` adds those about each certification and skill."""

    class Meta:
        csrf = False

    # the stubs do not know the message of an invalid choice yet
    background = RadioField(  # type: ignore[call-arg]
        "Background",
        [InputRequired("Choose where you come from.")],
        choices=BACKGROUNDS,
        invalid_choice_message="Choose where you come from.",
    )
    level = RadioField(  # type: ignore[call-arg]
        "Level",
        [InputRequired("Choose how far you are.")],
        choices=LEVELS,
        invalid_choice_message="Choose how far you are.",
    )
    hours = FloatField("Hours a week", [InputRequired(HOURS_WRONG)], default=8)
    start = DateField("Start (empty: today)", [Optional()])
    day = Boxes(
        "Study days",
        choices={str(day): name for day, name in enumerate(WEEKDAYS)},
        coerce=int,
        default=[0, 1, 2, 3, 4],
    )
    cert = Boxes("Certifications")
    chosen = HiddenField()


@cache
def form_class() -> type[PlannerForm]:
    """The whole form, with the certifications of the catalogue."""
    fields: dict[str, Any] = {f"exam-{slug}": DateField("Exam day", [Optional()]) for slug in certifications()}
    fields |= {f"rating-{skill}": SelectField(name, choices=RATINGS, default="") for skill, name in SKILLS.items()}
    return type("WholePlannerForm", (PlannerForm,), fields)


@cache
def certifications() -> dict[str, str]:
    """What the catalogue offers, by slug: its name, which is the step's title without the verb."""
    steps = shipped_catalogue().steps
    return {
        step.certification: step.title.split(" ", 1)[1].removeprefix("the ") for step in steps if step.certification
    }


def new_form(answers: MultiDict[str, str] | None = None) -> PlannerForm:
    """The form with these answers, or with the usual ones."""
    form = form_class()(formdata=answers)
    form.cert.choices = dict(certifications())
    return form


def asked_form() -> PlannerForm | None:
    """The form as the address or the sent form fills it in; None if neither says anything."""
    form = new_form(request.values)
    return form if any(field.name in request.values for field in form) else None


def read(form: PlannerForm, today: date, done: frozenset[str] = frozenset()) -> Inputs | None:
    """The answers in a form, its certifications filled in if left open; None if something stands at its fields.

    `done`: ids of steps done or skipped, whose exam may lie in the past.
    """
    valid = form.validate()
    if form.hours.errors:
        form.hours.errors = [HOURS_WRONG]
    if form.day.errors or form.cert.errors:
        choose_again(form)
    if not valid:
        return None
    if not form.cert.data and not form.chosen.data:
        form.cert.data = [target.certification for target in default_targets(form.background.data)]
    form.chosen.data = "1"
    inputs = inputs_in(form, today)
    for problem in bad_inputs(inputs, shipped_catalogue(), today, done):
        show(form, inputs, problem)
    if not form.errors and inputs.hours_a_week > MOST_HOURS_A_DAY * len(inputs.study_days):
        form.hours.errors = [
            f"That is over {MOST_HOURS_A_DAY} hours on a study day. Choose more days or fewer hours."
        ]
    for slug in certifications():
        if form[f"exam-{slug}"].data and slug not in (form.cert.data or ()):
            form[f"exam-{slug}"].errors = [NOT_CHOSEN]
    return None if form.errors else inputs


def choose_again(form: PlannerForm) -> None:
    for field, words in ((form.day, "days of the week"), (form.cert, "certifications of the list")):
        if field.errors:
            field.errors = [f"Choose from the {words}."]


def inputs_in(form: PlannerForm, today: date) -> Inputs:
    chosen = [slug for slug in certifications() if slug in (form.cert.data or ())]
    return Inputs(
        background=form.background.data,
        level=form.level.data,
        hours_a_week=form.hours.data or 0,
        start=form.start.data or today,
        targets=tuple(Target(slug, form[f"exam-{slug}"].data) for slug in chosen),
        study_days=frozenset(form.day.data or ()),
        ratings={skill: int(given) for skill in get_args(Skill) if (given := form[f"rating-{skill}"].data)},
    )


def show(form: PlannerForm, inputs: Inputs, problem: BadInput) -> None:
    """Put a problem at the field it is about."""
    name, words = problem.field, f"This day {problem.message}."
    if name == "hours_a_week":
        form.hours.errors = [HOURS_WRONG]
    elif name == "study_days":
        form.day.errors = ["Choose at least one study day."]
    elif name == "start":
        form.start.errors = [words]
    elif name.startswith("targets[") and name.endswith("].exam_day"):
        at = int(name.removeprefix("targets[").removesuffix("].exam_day"))
        form[f"exam-{inputs.targets[at].certification}"].errors = [words]
    else:
        form.cert.errors = [f"This cannot be planned with: {problem.message}."]


def query_of(inputs: Inputs) -> dict[str, list[str]]:
    """The address's answers that come to these inputs."""
    chosen = [each.certification for each in inputs.targets]
    days = {f"exam-{each.certification}": [str(each.exam_day)] for each in inputs.targets if each.exam_day}
    return {
        "background": [inputs.background],
        "level": [inputs.level],
        "hours": [f"{inputs.hours_a_week:g}"],
        "start": [inputs.start.isoformat()],
        "day": [str(day) for day in sorted(inputs.study_days)],
        "cert": chosen,
        "chosen": ["1"],
        **days,
        **{f"rating-{skill}": [str(rating)] for skill, rating in inputs.ratings.items()},
    }


def code_names(codes: Mapping[str, str]) -> dict[str, str]:
    """A short name for each certification: its exam's code where the bank has it."""
    return {slug: codes.get(slug) or slug.rsplit("-", 1)[-1].upper() for slug in certifications()}
