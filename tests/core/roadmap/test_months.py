from datetime import date, timedelta

from tests.core.roadmap.examples import START, TODAY, learner
from tracker.core.roadmap import Exam, Milestone, Plan, Progress, Share, Target, Vacation, plan
from tracker.core.roadmap.months import milestones
from tracker.core.roadmap.selection import SelectedStep
from tracker.store.catalogue_file import shipped_catalogue

EXAMS = {"aws-aif": Exam(price_usd=100), "aws-mla": Exam(price_usd=150)}


def planned(progress: Progress | None = None, **changes: object) -> Plan:
    return plan(shipped_catalogue(), learner(**changes), progress or Progress(), TODAY, EXAMS)


def test_months_are_calendar_months_without_a_gap() -> None:
    months = planned().months
    assert [each.first_day for each in months[:3]] == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]
    assert (months[-1].first_day, len(months)) == (date(2027, 11, 1), 13)


def test_a_month_has_its_steps_and_minutes() -> None:
    november, december = planned().months[:2]
    assert (november.minutes, november.steps) == (86, (("python-core", 86),))
    assert [step for step, _ in december.steps] == ["python-core", "pandas-numpy", "coding", "statistics"]
    assert december.minutes == sum(minutes for _, minutes in december.steps)


def test_a_month_off_is_there_and_empty() -> None:
    january = planned(vacations=(Vacation(date(2027, 1, 1), date(2027, 1, 31)),)).months[2]
    assert (january.first_day, january.minutes, january.steps) == (date(2027, 1, 1), 0, ())


def test_milestones_are_ends_of_phases_certifications_projects_and_readiness() -> None:
    made = planned()
    reached = {each.id: each for each in made.milestones}
    assert set(reached) == {
        *("foundations", "modelling", "production", "specialisation", "job", "job-ready"),
        *("cert-aws-aif", "cert-aws-mla", "project-pipeline", "deploy-pipeline", "project-rag"),
    }
    assert reached["cert-aws-mla"] == Milestone("certification", "cert-aws-mla", made.step("cert-aws-mla").last_day)
    assert reached["project-rag"] == Milestone("project", "project-rag", made.step("project-rag").last_day)
    # the side lane's last competition ends after the main lane has left the phase
    assert reached["modelling"] == Milestone("phase", "modelling", made.step("kaggle-nn").last_day)
    assert reached["job-ready"] == Milestone("job-ready", "job-ready", date(2027, 11, 14))
    assert [each.day for each in made.milestones] == sorted(each.day for each in made.milestones)
    assert [each for month in made.months for each in month.milestones] == list(made.milestones)


def test_a_phase_ends_with_whichever_of_its_steps_ends_last() -> None:
    steps = [SelectedStep(each, "first", "learn", "main", (), 60, False, "open") for each in ("a", "b")]
    days = {"a": START + timedelta(days=9), "b": START}
    shares = {each: [Share(day, each, 60)] for each, day in days.items()}
    assert milestones(steps, shares, None) == (Milestone("phase", "first", days["a"]),)


def test_what_is_reached_already_is_no_milestone() -> None:
    foundations = [step.id for step in shipped_catalogue().steps if step.phase == "foundations"]
    reached = {each.id for each in planned(Progress(done=frozenset(foundations))).milestones}
    assert not reached & {"foundations", "cert-aws-aif"}
    assert "modelling" in reached


def test_optional_steps_do_not_count_for_readiness() -> None:
    required = frozenset(step.id for step in shipped_catalogue().steps if not step.optional)
    made = planned(Progress(done=required - {"project-rag"}), extras=frozenset({"cert-aws-aip"}))
    assert made.step("project-rag").last_day < made.step("cert-aws-aip").last_day
    assert made.feasibility.finish_day == made.step("cert-aws-aip").last_day
    assert made.feasibility.job_ready == date(2026, 12, 20)
    assert (made.feasibility.weeks, len(made.weeks)) == (3, 11)


def test_an_exam_and_its_fee_stand_in_its_month() -> None:
    made = planned()
    placed = {each.certification: each for each in made.exams}
    by_month = {month.first_day: month for month in made.months}
    day = placed["aws-mla"].exam_day
    assert day is not None
    assert by_month[day.replace(day=1)].exams == (placed["aws-mla"],)
    assert by_month[day.replace(day=1)].fees_usd == 150
    assert sum(month.fees_usd for month in made.months) == 250


def test_months_go_on_to_an_exam_long_after_the_work() -> None:
    far = START + timedelta(days=900)
    made = planned(targets=(Target("aws-mla", far),))
    assert made.months[-1].first_day == far.replace(day=1)
    assert made.months[-1].exams == made.exams
    assert made.months[-2].minutes == 0
