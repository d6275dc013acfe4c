import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.core.readiness.examples import BANK, DAY, EXAM, WEIGHTS, answered
from tracker.core.learning import ItemFacts, LearnerState
from tracker.core.readiness import Basis, Cause, DomainEvidence, basis, content, expected_score, explain

QUESTIONS = 65


def seen(state: LearnerState, day: date, exam_day: date | None, items: list[ItemFacts] = BANK) -> Basis:
    """The basis of the figure on `day`."""
    horizon = exam_day if exam_day is not None and exam_day > day else day
    shares = expected_score(state, "mla", WEIGHTS, items, questions=QUESTIONS, line=0.5, day=horizon).domains
    evidence = []
    for domain, weight in WEIGHTS.items():
        belief = state.belief(f"mla/{domain}", day)
        evidence.append(DomainEvidence(domain, weight, belief.first_sights, belief.first_sight_right, 0, 0))
    return basis(shares, evidence, "mla", content(items), day=day, exam_day=exam_day)


def why(before: Basis, now: Basis, state: LearnerState, items: list[ItemFacts] = BANK) -> tuple[Cause, ...]:
    causes = explain(before, now, state, "mla", WEIGHTS, content(items), questions=QUESTIONS)
    moved = sum(weight * (now.domains[d].share - before.domains[d].share) for d, weight in WEIGHTS.items())
    assert sum(cause.points for cause in causes) == pytest.approx(moved, abs=0.005)
    return causes


@pytest.fixture
def state() -> LearnerState:
    return answered(answered(LearnerState(), "d1", 12, 0.8), "d2", 12, 0.7)


def test_nothing_new_has_no_causes(state: LearnerState) -> None:
    assert why(seen(state, DAY, EXAM), seen(state, DAY, EXAM), state) == ()


def test_days_without_an_exam_are_forgetting(state: LearnerState) -> None:
    later = DAY + timedelta(days=20)
    causes = why(seen(state, DAY, None), seen(state, later, None), state)
    assert causes[0].kind == "forgetting"
    assert causes[0].points < -0.01
    assert all(abs(cause.points) < 0.005 for cause in causes[1:])


def test_with_an_exam_to_come_forgetting_is_in_the_figure_already(state: LearnerState) -> None:
    later = DAY + timedelta(days=20)
    assert not [c for c in why(seen(state, DAY, EXAM), seen(state, later, EXAM), state) if c.kind == "forgetting"]


def test_wrong_answers_are_named_by_domain(state: LearnerState) -> None:
    after = answered(state, "d3", 6, 0.0)
    causes = why(seen(state, DAY, EXAM), seen(after, DAY, EXAM), after)
    worst = causes[0]
    assert (worst.kind, worst.domain, worst.answers, worst.wrong) == ("answers", "d3", 6, 6)
    assert {cause.kind for cause in causes} == {"answers"}
    # the general ability falls with it, in domains without an answer too
    assert all(cause.points < 0 for cause in causes)


def test_an_exam_moved_away_costs_what_will_be_forgotten_until_then(state: LearnerState) -> None:
    [cause] = why(seen(state, DAY, EXAM), seen(state, DAY, EXAM + timedelta(days=200)), state)[:1]
    assert (cause.kind, cause.domain) == ("exam_moved", None)
    assert cause.points < -0.01


def test_harder_items_are_named_by_domain(state: LearnerState) -> None:
    harder = [
        replace(item, difficulty=replace(item.difficulty, mean=item.difficulty.mean + 1))
        if item.domain == "d2"
        else item
        for item in BANK
    ]
    causes = why(seen(state, DAY, EXAM), seen(state, DAY, EXAM, harder), state, harder)
    assert [(cause.kind, cause.domain) for cause in causes] == [("new_items", "d2")]
    assert causes[0].points < -0.02


def test_several_causes_stand_side_by_side_the_largest_fall_first(state: LearnerState) -> None:
    later = DAY + timedelta(days=30)
    after = answered(state, "d1", 3, 0.0, later)
    causes = why(seen(state, DAY, None), seen(after, later, None), after)
    assert {"forgetting", "answers"} <= {cause.kind for cause in causes}
    assert [cause.points for cause in causes] == sorted(cause.points for cause in causes)


def test_a_domain_that_came_since_is_passed_over(state: LearnerState) -> None:
    before = seen(state, DAY, EXAM)
    without = replace(before, domains={d: each for d, each in before.domains.items() if d != "d4"})
    assert why_without(without, seen(state, DAY, EXAM), state) == ()


def why_without(before: Basis, now: Basis, state: LearnerState) -> tuple[Cause, ...]:
    return explain(before, now, state, "mla", WEIGHTS, content(BANK), questions=QUESTIONS)


@pytest.mark.parametrize("exam_day", [EXAM, None])
def test_a_basis_survives_json(state: LearnerState, exam_day: date | None) -> None:
    kept = seen(state, DAY, exam_day)
    assert Basis.from_json(json.loads(json.dumps(kept.to_json()))) == kept
    assert json.loads(json.dumps(Cause("answers", -0.1, "d1", 3, 2).to_json()))["wrong"] == 2
