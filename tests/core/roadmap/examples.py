"""A small catalogue as a document, learners of the worked examples, and inputs drawn at random."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tracker.core.roadmap import (
    Background,
    Catalogue,
    Inputs,
    Level,
    Progress,
    Target,
    Vacation,
    default_targets,
    parse_catalogue,
)
from tracker.store.catalogue_file import shipped_catalogue

TODAY = date(2026, 11, 24)
START = date(2026, 11, 30)
WEEKDAYS = frozenset(range(5))


def step(step_id: str, phase: str = "first", **changes: Any) -> dict[str, Any]:
    """A required step of 10 hours without a skill, in the main lane."""
    parts = [{"id": f"part-{at}", "title": f"Do part {at}"} for at in range(3)]
    texts = {"title": "Do it", "why": "Because it is its turn."}
    return {
        "id": step_id,
        "phase": phase,
        **texts,
        "hours": 10,
        "kind": "learn",
        "lane": "main",
        "parts": parts,
    } | changes


def document() -> dict[str, Any]:
    """Two phases; a certification, an optional step, one that stands for another, and a side lane."""
    return {
        "revision": 1,
        "phases": [{"id": each, "title": each, "why": "Because."} for each in ("first", "second")],
        "steps": [
            step("base", skill="python"),
            step("cert-demo", skill="cloud", kind="certification", needs=["base"]),
            step("build", "second", kind="project", needs=["base"]),
            step("watch", "second", kind="project", needs=["build"], optional=True),
            step("other", "second", kind="project", needs=["base"], optional=True, stands_for="build"),
            step("drill", "second", kind="job", lane="side", needs=["base"]),
        ],
        "retired": [{"id": "old", "became": "base"}, {"id": "older"}],
    }


def small() -> Catalogue:
    return parse_catalogue(document())


def learner(
    background: Background = "switcher", level: Level = "starting", hours: float = 8, **changes: Any
) -> Inputs:
    """A learner of the worked examples, five study days a week."""
    usual: dict[str, Any] = {"targets": default_targets(background), "study_days": WEEKDAYS}
    return Inputs(background, level, hours, START, **{**usual, **changes})


def week_of(day: date) -> int:
    """The week of a plan that begins on START, counted from 1."""
    return (day - START).days // 7 + 1


SLUGS = sorted(each.certification for each in shipped_catalogue().steps if each.certification)
STEPS = sorted(each.id for each in shipped_catalogue().steps)
OPTIONAL = sorted(each.id for each in shipped_catalogue().steps if each.optional)
EXAM_DAYS = st.none() | st.integers(10, 700).map(lambda days: TODAY + timedelta(days=days))
TARGETS = st.lists(
    st.builds(Target, st.sampled_from(SLUGS), EXAM_DAYS), unique_by=lambda each: each.certification, max_size=4
).map(tuple)
VACATIONS = st.lists(
    st.tuples(st.integers(0, 500), st.integers(0, 40)).map(
        lambda drawn: Vacation(START + timedelta(days=drawn[0]), START + timedelta(days=sum(drawn)))
    ),
    max_size=3,
).map(tuple)
SKILLS = st.sampled_from(["python", "maths", "ml", "data", "cloud", "mlops"])
INPUTS = st.builds(
    Inputs,
    background=st.sampled_from(["switcher", "developer", "data"]),
    level=st.sampled_from(["starting", "course", "built"]),
    hours_a_week=st.integers(2, 120).map(lambda halves: halves / 2),
    start=st.integers(-30, 300).map(lambda days: TODAY + timedelta(days=days)),
    targets=TARGETS,
    study_days=st.frozensets(st.integers(0, 6), min_size=1),
    ratings=st.dictionaries(SKILLS, st.integers(0, 3)),
    vacations=VACATIONS,
    extras=st.frozensets(st.sampled_from(OPTIONAL), max_size=3),
)
PROGRESS = st.builds(
    Progress,
    done=st.frozensets(st.sampled_from(STEPS), max_size=12),
    skipped=st.frozensets(st.sampled_from(STEPS), max_size=3),
    logged_minutes=st.dictionaries(st.sampled_from(STEPS), st.integers(0, 4_000), max_size=5),
)
