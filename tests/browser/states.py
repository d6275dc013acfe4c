"""Every page of the product in every state: how to get there, with learners who already did their part.

A state is a function that leads a fresh window to it. What lies behind (days of answers) is made beforehand by
the cast over the same database, without a browser.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from uuid import UUID

from flask import Flask
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage, Site
from tests.cast import PASSWORD, Person, sign_up
from tests.conftest import Clock
from tracker import create_app
from tracker.core.accounts import OPERATOR
from tracker.core.question import right_response
from tracker.services import reset_links
from tracker.store import bank, item_reports, learners, runs, sittings
from tracker.store.engine import reading, writing
from tracker.store.item_reports import ItemReport

SLUG = "aws-aif"
RUN = 12
DAYS_AGO = (9, 8, 2, 1)
"""When the steady learner practised: two days, a break, two days; and today."""


def response(person: Person, run: str, action: str, right: bool) -> list[int]:
    """A response to the shown question that is marked as wished."""
    run_id, issued_id = UUID(run.rsplit("/", 1)[-1]), UUID(action.rsplit("/", 1)[-1])
    with reading(person.engine) as session:
        issued = runs.issued(session, person.user_id, run_id, issued_id)
        assert issued is not None
        stored = bank.stored_item(session, issued.item_id, issued.item_version)
    assert stored is not None
    key = list(right_response(stored.item, issued.shuffle_seed))
    if right:
        return key
    if stored.item.kind in ("ordering", "matching"):
        return key[::-1]
    others = [place for place in range(len(stored.item.options)) if place not in key]
    return [others[0], *key[1:]]


def answer(person: Person, run: str, right: bool) -> str:
    """Answer the question that waits, as wished; the address of its feedback."""
    given = response(person, run, person.question(run).action, right)
    sent = person.answer(run, given, "sure" if right else "think")
    assert sent.status_code == 303, sent.text
    return sent.headers["Location"]


def practise(person: Person, clock: Clock, answers: int, every_wrong: int = 3, slug: str = SLUG) -> str:
    """Some answers, each third of them wrong; the address of the last feedback."""
    run = shown = ""
    for number in range(answers):
        if number % RUN == 0:
            run = person.start(slug)
        clock.forward(seconds=40)
        shown = answer(person, run, right=number % every_wrong != 0)
    return shown


def begin_paper(person: Person, clock: Clock, answers: int) -> str:
    """Start a paper and answer its first questions, two of three right; the address of the paper."""
    first = person.client.post(f"/exams/start/{SLUG}").headers["Location"]
    paper, sitting_id = first.rsplit("/", 1)[0], UUID(first.split("/")[2])
    with reading(person.engine) as session:
        items = sittings.items(session, person.user_id, sitting_id)
        questions = sittings.responses(session, person.user_id, sitting_id)[:answers]
    for each in questions:
        item = items[each.position].item
        key = right_response(item, each.shuffle_seed)
        given = key if each.position % 3 or item.kind in ("ordering", "matching") else (0,)
        shown_at = re.search(r'name="shown_at" value="([^"]+)"', person.client.get(f"{paper}/{each.position}").text)
        assert shown_at
        clock.forward(seconds=30 + each.position % 7 * 15)
        field = {f"line-{line}": place for line, place in enumerate(given)}
        chosen = field if item.kind in ("ordering", "matching") else {"choice": list(given)}
        go = "flag" if each.position % 10 == 4 else "next"
        sent = person.client.post(f"{paper}/{each.position}", data={"shown_at": shown_at[1], "go": go, **chosen})
        assert sent.status_code == 303, sent.text
    return paper


@dataclass(frozen=True)
class Stage:
    """A site with its cast in place, and a way to open windows on it."""

    site: Site
    open_page: OpenPage

    def visitor(self, address: str) -> Page:
        page = self.open_page(self.site)
        page.goto(address)
        return page

    def seen_by(self, person: Person, address: str) -> Page:
        """A window signed in as this person."""
        page = self.open_page(self.site)
        cookie = person.client.get_cookie("milepost")
        assert cookie is not None
        page.context.add_cookies([{"name": "milepost", "value": cookie.value, "url": self.site.address}])
        page.goto(address)
        return page


class Cast:
    """The learners behind the states, each made when a state first asks for them."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.app: Flask = create_app({**site.settings, "WTF_CSRF_ENABLED": False})
        self.today = site.clock.now

    def person(self, name: str, slug: str = "", exam_day: str = "") -> Person:
        self.site.clock.now = self.today
        made = sign_up(self.app, name, "Europe/Vienna")
        if slug:
            made.aim(slug, exam_day)
        return made

    @cached_property
    def newcomer(self) -> Person:
        return self.person("Newcomer")

    @cached_property
    def beginner(self) -> Person:
        """Chose a certification with its day, gave five answers, is at the sixth question."""
        person = self.person("Beginner", SLUG, "2027-01-09")
        practise(person, self.site.clock, 5)
        return person

    @cached_property
    def steady(self) -> Person:
        """Five days of practice with a break, the last of them today."""
        clock = self.site.clock
        clock.now = self.today - timedelta(days=DAYS_AGO[0])
        person = sign_up(self.app, "Steady", "Europe/Vienna")
        person.aim(SLUG, "2027-01-09")
        for number, days in enumerate((*DAYS_AGO, 0)):
            clock.now = self.today - timedelta(days=days)
            practise(person, clock, RUN, every_wrong=2 + number // 2)
        return person

    @cached_property
    def one_day(self) -> Person:
        """Reached the day's limit on the first day: readiness with a line of one point."""
        person = self.person("Oneday", SLUG)
        practise(person, self.site.clock, 40, every_wrong=4)
        return person

    @cached_property
    def thorough(self) -> Person:
        """Was asked all there is within a week."""
        clock = self.site.clock
        clock.now = self.today - timedelta(days=3)
        person = sign_up(self.app, "Thorough", "Europe/Vienna")
        person.aim(SLUG)
        while "/practice/" in (run := person.client.post(f"/practice/start/{SLUG}").headers.get("Location", "")):
            if run.endswith("/practice/"):
                clock.forward(days=1)
                continue
            clock.forward(seconds=40)
            answer(person, run, right=True)
        clock.now = self.today
        return person

    @cached_property
    def busy(self) -> Person:
        """Has a plan, some weeks of practice, and a day half done."""
        clock = self.site.clock
        clock.now = self.today - timedelta(days=28)
        person = sign_up(self.app, "Busy", "Europe/Vienna")
        assert person.client.post(f"/plan/accept?{ANSWERS}").status_code == 303
        for number, days in enumerate((27, 26, 24, 22, 20, 13, 10, 8, 6, 3, 1)):
            clock.now = self.today - timedelta(days=days)
            practise(person, clock, 8, every_wrong=2 + number // 3)
        steps = "/roadmap/steps"
        person.client.post(f"{steps}/python-core/mark", data={"state": "done", "revision": 0})
        clock.now = self.today
        person.client.post(f"{steps}/statistics/mark", data={"state": "doing", "revision": 0})
        person.client.post(f"{steps}/statistics/tick", data={"part": ["describe", "probability"]})
        person.client.post("/study-log/", data=LOG_ENTRY)
        return person

    @cached_property
    def returning(self) -> Person:
        """Practised and planned, then did nothing for eight days."""
        clock = self.site.clock
        clock.now = self.today - timedelta(days=9)
        person = sign_up(self.app, "Mika", "Europe/Vienna")
        assert person.client.post(f"/plan/accept?{ANSWERS}").status_code == 303
        practise(person, clock, RUN)
        clock.now = self.today
        return person

    @cached_property
    def candidate(self) -> tuple[Person, str]:
        """In the middle of a paper; the address of it."""
        person = self.person("Candidate", SLUG, "2027-01-09")
        return person, begin_paper(person, self.site.clock, 12)

    @cached_property
    def rehearsed(self) -> tuple[Person, str]:
        """Handed a paper in; the address of it."""
        person = self.person("Rehearsed", SLUG, "2027-01-09")
        paper = begin_paper(person, self.site.clock, 60)
        assert person.client.post(f"{paper}/hand-in").status_code == 303
        return person, paper

    def feedback(self, right: bool) -> tuple[Person, str]:
        person = self.person(f"Feedback{right}", SLUG)
        run = person.start(SLUG)
        return person, answer(person, run, right)


LOG_ENTRY = {"study_day": "2026-11-20", "minutes": "25", "activity": "course", "certification": SLUG, "note": ""}
ANSWERS = (
    "background=switcher&level=course&hours=6&day=0&day=2&day=4&cert=aws-aif&cert=aws-mla&exam-aws-aif=2027-03-20"
)

State = Callable[[Stage, Cast], Page]
STATES: dict[str, State] = {}


def state(made: State) -> State:
    STATES[made.__name__.replace("_", "-")] = made
    return made


def filled(page: Page, **fields: str) -> Page:
    for name, text in fields.items():
        page.fill(f"#{name}", text)
    return page


def sent(page: Page, button: str = "main button[type=submit]") -> Page:
    """After the press of a button, with the next page there."""
    with page.expect_navigation():
        page.click(button)
    return page


@state
def landing(stage: Stage, cast: Cast) -> Page:
    return stage.visitor("/")


@state
def computed(stage: Stage, cast: Cast) -> Page:
    return stage.visitor("/how-it-is-computed")


@state
def sign_up_form(stage: Stage, cast: Cast) -> Page:
    return stage.visitor("/sign-up")


@state
def sign_up_errors(stage: Stage, cast: Cast) -> Page:
    return sent(filled(stage.visitor("/sign-up"), email="mika", password="short"))


@state
def sign_up_closed(stage: Stage, cast: Cast) -> Page:
    stage.site.app.config["SIGNUP"] = "closed"
    page = stage.visitor("/sign-up")
    stage.site.app.config["SIGNUP"] = "open"
    return page


@state
def sign_in_form(stage: Stage, cast: Cast) -> Page:
    return stage.visitor("/practice/")


@state
def sign_in_error(stage: Stage, cast: Cast) -> Page:
    return sent(filled(stage.visitor("/sign-in"), email="nobody@example.org", password=PASSWORD))


@state
def reset(stage: Stage, cast: Cast) -> Page:
    with reading(cast.newcomer.engine) as session:
        key, now = stage.site.settings["SECRET_KEY"], stage.site.clock()
        token = reset_links.token_for(session, cast.newcomer.email, key, now=now)
    return stage.visitor(f"/reset/{token}")


@state
def reset_over(stage: Stage, cast: Cast) -> Page:
    return stage.visitor("/reset/not-a-link")


@state
def certifications_empty(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(cast.newcomer, "/certifications/")


@state
def certifications_error(stage: Stage, cast: Cast) -> Page:
    page = stage.seen_by(cast.newcomer, "/certifications/")
    return sent(filled(page, **{f"day-{SLUG}": "2020-01-01"}), "text=Study for AIF-C01")


@state
def certifications_chosen(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(cast.beginner, "/certifications/")


@state
def practice(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(cast.beginner, "/practice/")


@state
def practice_first(stage: Stage, cast: Cast) -> Page:
    page = stage.seen_by(cast.person("Fresh"), "/certifications/")
    return sent(page, "text=Study for AIF-C01")


@state
def practice_limit(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(cast.one_day, "/practice/")


@state
def question(stage: Stage, cast: Cast) -> Page:
    return sent(stage.seen_by(cast.beginner, "/practice/"), "main button")


@state
def question_chosen(stage: Stage, cast: Cast) -> Page:
    page = question(stage, cast)
    page.keyboard.press("2")
    page.keyboard.press("s")
    return page


@state
def question_error(stage: Stage, cast: Cast) -> Page:
    return sent(question(stage, cast), "text=Check answer")


@state
def question_unsure(stage: Stage, cast: Cast) -> Page:
    page = question(stage, cast)
    page.keyboard.press("2")
    return sent(page, "text=Check answer")


@state
def question_keys(stage: Stage, cast: Cast) -> Page:
    page = question(stage, cast)
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open]")
    return page


@state
def feedback_right(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(*cast.feedback(right=True))


@state
def feedback_wrong(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(*cast.feedback(right=False))


@state
def feedback_undone(stage: Stage, cast: Cast) -> Page:
    person = cast.person("Undoer", SLUG)
    address = answer(person, person.start(SLUG), right=False)
    person.client.post(f"{address}/undo")
    return stage.seen_by(person, address)


def reported(cast: Cast, name: str, reason: str, note: str) -> tuple[Person, str, ItemReport]:
    """Somebody who answered and reported a question; the feedback's address, and the report."""
    person = cast.person(name, SLUG)
    address = answer(person, person.start(SLUG), right=False)
    sent = person.client.post(f"/reports/answers/{address.rsplit('/', 1)[1]}", data={"reason": reason, "note": note})
    assert sent.status_code == 303, sent.text
    with reading(person.engine) as session:
        [report] = item_reports.of_learner(session, person.user_id, 2)
    return person, address, report


def reporting(stage: Stage, cast: Cast, name: str) -> Page:
    """Somebody new at the form that reports the question just answered."""
    person = cast.person(name, SLUG)
    page = stage.seen_by(person, answer(person, person.start(SLUG), right=False))
    return sent(page, "text=Report this question")


@state
def report_form(stage: Stage, cast: Cast) -> Page:
    page = reporting(stage, cast, "Doubting")
    page.click("summary")
    return page


@state
def report_error(stage: Stage, cast: Cast) -> Page:
    page = reporting(stage, cast, "Wordless")
    page.check("text=Something else")
    return sent(page, "text=Send report")


@state
def report_without_a_reason(stage: Stage, cast: Cast) -> Page:
    return sent(reporting(stage, cast, "Reasonless"), "text=Send report")


@state
def report_sent(stage: Stage, cast: Cast) -> Page:
    page = reporting(stage, cast, "Sender")
    page.check("text=More than one answer is right")
    page.fill("#note", "Option B fits as well:\nthe stem does not say how often the data changes.")
    return sent(page, "text=Send report")


@state
def report_in_two_tabs(stage: Stage, cast: Cast) -> Page:
    person, address, _ = reported(cast, "Reporter", "unclear", "Which region?")
    path = f"/reports/answers/{address.rsplit('/', 1)[1]}"
    page = stage.seen_by(person, path)
    stage.site.clock.forward(seconds=5)
    other = {"reason": "key", "note": "It should be B.", "stood": page.input_value("#stood")}
    assert person.client.post(path, data=other).status_code == 303
    page.fill("#note", "Which region is meant?")
    sent(page, "text=Save report")
    page.wait_for_selector(".mp-note-warn")
    return page


@state
def report_withdrawn(stage: Stage, cast: Cast) -> Page:
    person, address, _ = reported(cast, "Withdrawer", "outdated", "")
    return sent(stage.seen_by(person, address), "text=Withdraw")


def operator(cast: Cast, name: str) -> Person:
    person = cast.person(name)
    with writing(person.engine) as session:
        learners.change(session, person.user_id, role=OPERATOR)
        session.commit()
    return person


def judged(cast: Cast, name: str) -> tuple[Person, str]:
    """Somebody whose report was answered, and whose question turned out to have a wrong key."""
    person, address, report = reported(cast, name, "key", "The guide says the opposite.")
    client = operator(cast, f"Judge{name}").client
    answer_to = f"/operator/reports/{person.user_id}/{report.id}/answer"
    item = f"/operator/items/{report.item_id}"
    for path, data in (
        (answer_to, {"answer": "You are right, thank you. The key was wrong, so this answer no longer counts."}),
        (f"{item}/decide", {"decision": "review"}),
        (f"{item}/versions/{report.item_version}/decide", {"decision": "void"}),
    ):
        assert client.post(path, data=data).status_code == 303
    return person, address


@state
def report_answered(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(*judged(cast, "Finder"))


@state
def settings_with_reports(stage: Stage, cast: Cast) -> Page:
    person, _ = judged(cast, "Lister")
    answer(person, person.start(SLUG), right=True)
    address = answer(person, person.start(SLUG), right=True)
    data = {"reason": "unclear", "note": "Which region is meant?"}
    person.client.post(f"/reports/answers/{address.rsplit('/', 1)[1]}", data=data)
    return stage.seen_by(person, "/settings/#reports")


@state
def operators_list(stage: Stage, cast: Cast) -> Page:
    judged(cast, "Judged")
    reported(cast, "Doubter", "several", "Option B fits as well:\nthe stem does not say how often the data changes.")
    return stage.seen_by(operator(cast, "Olga"), "/operator/reports")


@state
def operators_list_error(stage: Stage, cast: Cast) -> Page:
    reported(cast, "Waiter", "other", "A typing mistake in the third option.")
    return sent(stage.seen_by(operator(cast, "Oskar"), "/operator/reports"), "text=Send answer >> nth=0")


@state
def question_after_undo(stage: Stage, cast: Cast) -> Page:
    person = cast.person("Regretter", SLUG)
    page = stage.seen_by(person, answer(person, person.start(SLUG), right=False))
    return sent(page, "text=Undo this answer")


@state
def summary(stage: Stage, cast: Cast) -> Page:
    person = cast.person("Finisher", SLUG)
    address = practise(person, stage.site.clock, RUN)
    return stage.seen_by(person, address.split("/answers/")[0] + "/summary")


@state
def summary_so_far(stage: Stage, cast: Cast) -> Page:
    run = cast.beginner.start(SLUG)
    return stage.seen_by(cast.beginner, f"{run}/summary")


@state
def summary_stopped(stage: Stage, cast: Cast) -> Page:
    person = cast.person("Stopper", SLUG)
    return sent(stage.seen_by(person, person.start(SLUG)), "text=Stop here")


@state
def nothing_left(stage: Stage, cast: Cast) -> Page:
    return sent(stage.seen_by(cast.thorough, "/practice/"), "main button")


@state
def progress_empty(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(cast.person("Undecided", SLUG), "/progress/")


@state
def progress_without_evidence(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(cast.beginner, "/progress/")


@state
def progress_one_day(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(cast.one_day, "/progress/")


@state
def progress(stage: Stage, cast: Cast) -> Page:
    page = stage.seen_by(cast.steady, "/progress/")
    page.click("summary")
    return page


@state
def concept_asked(stage: Stage, cast: Cast) -> Page:
    page = stage.seen_by(cast.steady, "/progress/")
    return sent(page, ".mp-concept:has(.mp-ball-1, .mp-ball-2) >> nth=0")


@state
def concept_never_asked(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(cast.newcomer, "/concepts/learning-paradigms?back=/practice/")


def logged(cast: Cast, person: Person) -> None:
    """Two days of study elsewhere in the log of a person who has none yet."""
    cast.site.clock.now = cast.today
    if "mp-row-min" in person.client.get("/study-log/?activity=reading").text:
        return
    days = [cast.today.date() - timedelta(days=back) for back in (0, 3)]
    notes = ["Blue/green and **canary** deployments\n\n- traffic shifts\n- rollback", ""]
    for day, note in zip(days, notes, strict=True):
        entry = {"study_day": day.isoformat(), "minutes": "25", "activity": "reading", "note": note}
        assert person.client.post("/study-log/", data=entry | {"certification": ""}).status_code == 303


@state
def study_log_empty(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(cast.newcomer, "/study-log/")


@state
def study_log_with_entries(stage: Stage, cast: Cast) -> Page:
    logged(cast, cast.steady)
    return stage.seen_by(cast.steady, "/study-log/")


@state
def study_log_with_an_error(stage: Stage, cast: Cast) -> Page:
    return sent(filled(stage.seen_by(cast.newcomer, "/study-log/"), minutes="2000"), "text=Log it")


@state
def study_log_deleted(stage: Stage, cast: Cast) -> Page:
    logged(cast, cast.steady)
    return sent(stage.seen_by(cast.steady, "/study-log/?activity=reading"), "button:has-text('Delete') >> nth=0")


@state
def study_log_entry(stage: Stage, cast: Cast) -> Page:
    logged(cast, cast.steady)
    page = stage.seen_by(cast.steady, "/study-log/?activity=reading")
    page.click("a:has-text('Edit') >> nth=0")
    return page


def planned(cast: Cast, name: str) -> Person:
    """Somebody with an accepted plan."""
    person = cast.person(name)
    sent = person.client.post(f"/plan/accept?{ANSWERS}")
    assert sent.status_code == 303, sent.text
    return person


@state
def planner_empty(stage: Stage, cast: Cast) -> Page:
    return stage.visitor("/plan")


@state
def planner_preview(stage: Stage, cast: Cast) -> Page:
    page = stage.visitor(f"/plan?{ANSWERS}")
    page.click("summary >> nth=0")
    return page


@state
def planner_error(stage: Stage, cast: Cast) -> Page:
    return stage.visitor("/plan?level=course&hours=700&cert=aws-aif&exam-aws-aif=2020-01-01&exam-aws-mla=2027-06-01")


@state
def roadmap_empty(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(cast.newcomer, "/roadmap/")


@state
def roadmap_first(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(planned(cast, "Planner"), "/roadmap/")


@state
def roadmap_done(stage: Stage, cast: Cast) -> Page:
    person = planned(cast, "Doer")
    steps = "/roadmap/steps"
    person.client.post(f"{steps}/sql/mark", data={"state": "skipped", "revision": 0})
    person.client.post(f"{steps}/python-core/mark", data={"state": "done", "revision": 0})
    person.client.post(f"{steps}/statistics/mark", data={"state": "doing", "revision": 0})
    person.client.post(f"{steps}/statistics/tick", data={"part": ["describe", "probability"]})
    return sent(stage.seen_by(person, "/roadmap/"), "#step-linear-algebra .mp-tick")


@state
def roadmap_undone(stage: Stage, cast: Cast) -> Page:
    page = stage.seen_by(planned(cast, "Stepper"), "/roadmap/")
    sent(page, "#step-python-core .mp-tick")
    return sent(page, ".mp-told button")


def logged_about(cast: Cast, name: str) -> Person:
    """Somebody with a plan who logged time on a step, and on a concept."""
    person = planned(cast, name)
    person.client.post("/roadmap/steps/statistics/mark", data={"state": "doing", "revision": 0})
    entry = {"study_day": cast.today.date().isoformat(), "activity": "course", "certification": "", "note": ""}
    for about, minutes in (("step:statistics", "360"), ("concept:learning-paradigms", "20")):
        sent = person.client.post("/study-log/", data=entry | {"about": about, "minutes": minutes})
        assert sent.status_code == 303, sent.text
    return person


@state
def study_log_about(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(logged_about(cast, "Logger"), "/study-log/?about=step:statistics")


@state
def study_log_about_error(stage: Stage, cast: Cast) -> Page:
    person = logged_about(cast, "Replanner")
    page = stage.seen_by(person, "/study-log/?about=step:cert-aws-mla")
    person.client.post("/plan/accept?background=switcher&level=course&hours=6&day=0&cert=aws-aif")
    sent(page, "text=Log it")
    page.wait_for_selector("#about-error")
    return page


@state
def study_log_two_tabs(stage: Stage, cast: Cast) -> Page:
    person = logged_about(cast, "Twotabs")
    page = stage.seen_by(person, "/study-log/")
    sent(page, "a:has-text('Edit') >> nth=0")
    entry = {"study_day": cast.today.date().isoformat(), "minutes": "30", "activity": "reading", "note": "a\n\nb"}
    other = entry | {"certification": SLUG, "about": "step:statistics", "revision": "1"}
    assert person.client.post(page.url.removeprefix(stage.site.address), data=other).status_code == 303
    sent(page, "text=Save")
    page.wait_for_selector(".mp-note-warn")
    return page


@state
def roadmap_logged(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(logged_about(cast, "Timer"), "/roadmap/")


@state
def today_new(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(cast.newcomer, "/today/")


@state
def today_first(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(planned(cast, "Firsttimer"), "/today/")


@state
def today_usual(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(cast.busy, "/today/")


@state
def today_at_rest(stage: Stage, cast: Cast) -> Page:
    person = cast.person("Resting")
    person.client.post(f"/plan/accept?{ANSWERS.replace('day=4', 'day=5')}")
    practise(person, cast.site.clock, 3)
    return stage.seen_by(person, "/today/")


@state
def today_short(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(cast.busy, "/today/?minutes=15")


@state
def today_entry_deleted(stage: Stage, cast: Cast) -> Page:
    person = planned(cast, "Deleter")
    person.client.post("/study-log/", data=LOG_ENTRY | {"study_day": cast.today.date().isoformat()})
    return sent(stage.seen_by(person, "/today/"), "button:has-text('Undo')")


@state
def today_without_evidence(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(cast.beginner, "/today/")


@state
def today_clear(stage: Stage, cast: Cast) -> Page:
    person = planned(cast, "Content")
    practise(person, cast.site.clock, RUN)
    person.client.post("/study-log/", data=LOG_ENTRY | {"minutes": "120"})
    return stage.seen_by(person, "/today/")


@state
def today_seen_everything(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(cast.thorough, "/today/")


@state
def today_after_a_break(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(cast.returning, "/today/")


@state
def today_warming_up(stage: Stage, cast: Cast) -> Page:
    return sent(stage.seen_by(cast.returning, "/today/"), "text=Warm up >> visible=true >> nth=-1")


@state
def settings(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(cast.steady, "/settings/")


@state
def settings_errors(stage: Stage, cast: Cast) -> Page:
    return sent(stage.seen_by(cast.newcomer, "/settings/"), "text=Change password")


@state
def not_found(stage: Stage, cast: Cast) -> Page:
    return stage.visitor("/no-such-page")


@state
def not_found_signed_in(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(cast.newcomer, "/concepts/no-such-concept")


@state
def drills(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(cast.steady, f"/drills/{SLUG}")


@state
def drill_question(stage: Stage, cast: Cast) -> Page:
    return sent(stage.seen_by(cast.person("Driller", SLUG), f"/drills/{SLUG}"), "[aria-labelledby=parts] button")


@state
def rehearsals_empty(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(cast.steady, "/exams/")


@state
def rehearsals(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(cast.rehearsed[0], "/exams/")


@state
def paper_question(stage: Stage, cast: Cast) -> Page:
    person, paper = cast.candidate
    stage.site.clock.now = cast.today + timedelta(minutes=20)
    return stage.seen_by(person, f"{paper}/13")


@state
def paper_hand_in(stage: Stage, cast: Cast) -> Page:
    person, paper = cast.candidate
    stage.site.clock.now = cast.today + timedelta(minutes=20)
    return stage.seen_by(person, f"{paper}/hand-in")


@state
def paper_report(stage: Stage, cast: Cast) -> Page:
    person, paper = cast.rehearsed
    return stage.seen_by(person, f"{paper}/report")


@state
def paper_review(stage: Stage, cast: Cast) -> Page:
    person, paper = cast.rehearsed
    return stage.seen_by(person, f"{paper}/report/3")


@state
def progress_after_silence(stage: Stage, cast: Cast) -> Page:
    clock = stage.site.clock
    clock.now = cast.today - timedelta(days=6)
    person = sign_up(cast.app, "Silent", "Europe/Vienna")
    person.aim(SLUG)
    practise(person, clock, 2 * RUN)
    clock.now = cast.today
    return stage.seen_by(person, "/progress/")


@state
def confidence(stage: Stage, cast: Cast) -> Page:
    return stage.seen_by(cast.steady, "/progress/confidence")
