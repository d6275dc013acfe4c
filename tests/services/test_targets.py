from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests import bank_factory as factory
from tests.bank_factory import SLUG
from tests.databases import START
from tests.store.test_learners import MIKA, account
from tracker.services import bank
from tracker.services import targets as verbs
from tracker.services.accounts import StaleForm
from tracker.store import learners, targets
from tracker.store.engine import writing
from tracker.store.targets import Target

TODAY = date(2026, 11, 20)


@pytest.fixture
def session(database: Engine) -> Iterator[Session]:
    with writing(database) as session:
        learners.add_account(session, "mika@example.org", account(MIKA, "Mika"))
        yield session


def choose(session: Session, day: date | None = None, revision: int = 0, slug: str = SLUG) -> Target:
    verbs.choose(session, MIKA, slug, exam_day=day, revision=revision, today=TODAY)
    found = targets.target(session, MIKA, slug)
    assert found is not None
    return found


def test_a_first_choice_names_the_exam_version_of_today(session: Session) -> None:
    assert choose(session) == Target(SLUG, "DEM-C01", "en", None, 1.0, "planned", 1)


@pytest.mark.parametrize("days", [0, 1, 5 * 365])
def test_a_day_from_today_to_five_years_ahead_is_kept(session: Session, days: int) -> None:
    assert choose(session, TODAY + timedelta(days=days)).exam_day == TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("day", "refusal"),
    [
        (TODAY - timedelta(days=1), verbs.ExamDayPast),
        (TODAY + timedelta(days=5 * 365 + 1), verbs.ExamDayFar),
        (date.max, verbs.ExamDayFar),
        (date.min, verbs.ExamDayPast),
    ],
)
def test_a_day_outside_is_refused(session: Session, day: date, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        choose(session, day)
    assert targets.targets(session, MIKA) == []


def test_a_certification_that_is_not_in_the_bank_is_unknown(session: Session) -> None:
    with pytest.raises(verbs.UnknownCertification):
        choose(session, slug="nothing")
    with pytest.raises(verbs.UnknownCertification):
        verbs.drop(session, MIKA, SLUG)


def test_a_form_of_an_earlier_revision_changes_nothing(session: Session) -> None:
    choose(session, TODAY)
    with pytest.raises(StaleForm):
        choose(session, None, revision=0)
    assert choose(session, None, revision=1).revision == 2


def test_a_dropped_certification_may_be_chosen_again_from_any_page(session: Session) -> None:
    choose(session)
    verbs.drop(session, MIKA, SLUG)
    assert targets.targets(session, MIKA) == []
    assert (choose(session, TODAY).state, choose(session, TODAY, revision=3).revision) == ("planned", 4)


SUCCESSOR = date(2027, 3, 1)


def with_a_successor(session: Session) -> None:
    """The first version ends before SUCCESSOR, and a second one follows."""
    documents = factory.documents()
    first, second = factory.version(english_until="2027-02-01"), factory.version(code="DEM-C02")
    documents[factory.CERTIFICATION]["exam_versions"] = [first, second]
    bank.load(session, factory.parse_bank(documents), now=START)


def test_without_a_day_the_aim_moves_to_the_successor_once_its_version_has_ended(session: Session) -> None:
    with_a_successor(session)
    assert choose(session).exam_code == "DEM-C01"
    verbs.renew(session, MIKA, today=TODAY)
    assert targets.target(session, MIKA, SLUG) == Target(SLUG, "DEM-C01", "en", None, 1.0, "planned", 1)
    verbs.renew(session, MIKA, today=SUCCESSOR)
    moved = targets.target(session, MIKA, SLUG)
    assert moved == Target(SLUG, "DEM-C02", "en", None, 1.0, "planned", 2)
    verbs.renew(session, MIKA, today=SUCCESSOR)
    assert targets.target(session, MIKA, SLUG) == moved


def test_with_a_day_the_version_stays(session: Session) -> None:
    with_a_successor(session)
    choose(session, date(2027, 1, 20))
    verbs.renew(session, MIKA, today=SUCCESSOR)
    kept = targets.target(session, MIKA, SLUG)
    assert kept is not None and kept.exam_code == "DEM-C01"
