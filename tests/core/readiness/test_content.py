from dataclasses import replace

import pytest

from tests.core.readiness.examples import BANK, DAY, WEIGHTS, answered
from tracker.core.ability import ItemDifficulty
from tracker.core.learning import LearnerState
from tracker.core.readiness import ConceptItems, content, expected_score


def test_a_concept_is_summed_up() -> None:
    one, two = BANK[0], replace(BANK[1], options=2, difficulty=ItemDifficulty(0.8, 0.2, 1.5))
    [(place, [held])] = content([one, two]).items()
    assert place == ("mla", "d1")
    # difficulties -1.2 and 0.8, a unit either side of their mean; variances 0.4 and 0.2; floors 1/4 and 1/2
    assert held == ConceptItems("d1-0", 2, pytest.approx(-0.2), pytest.approx(1.3), 0.375, 1.25)


def test_items_without_a_concept_stand_for_themselves() -> None:
    loose = [replace(item, concept="") for item in BANK[:3]]
    assert [(held.concept, held.items) for held in content(loose)["mla", "d1"]] == [("", 1)] * 3


def test_a_score_is_the_same_from_items_and_from_their_content() -> None:
    state = answered(LearnerState(), "d1", 20, 0.6)
    ones, others = (
        expected_score(state, "mla", WEIGHTS, given, questions=65, line=0.7, day=DAY)
        for given in (BANK, content(BANK))
    )
    assert ones == others
