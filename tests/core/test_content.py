from datetime import date

import pytest

from tracker.core.ability import ItemDifficulty
from tracker.core.content import ConceptItems, content
from tracker.core.learning import ItemFacts, LearnerState
from tracker.core.readiness import DomainEvidence, estimate

DAY = date(2026, 3, 1)


def item(
    number: int, concept: str, mean: float, options: int = 4, domain: str = "D1", slug: str = "mla"
) -> ItemFacts:
    return ItemFacts(f"i{number}", slug, domain, concept, ItemDifficulty(mean, 0.4), options)


def test_a_concept_is_summed_up_in_each_of_its_domains() -> None:
    found = content(
        [item(1, "a", 0.0), item(2, "a", 1.0, options=1), item(3, "b", 0.5), item(4, "a", 2.0, domain="D2")]
    )
    assert set(found) == {("mla", "D1"), ("mla", "D2")}
    one, other = found["mla", "D1"]
    # the mean difficulty, and as its spread what lies between the items plus what is unknown of each
    assert one == ConceptItems("a", 2, 0.5, pytest.approx(0.25 + 0.4), pytest.approx(0.125))
    assert other == ConceptItems("b", 1, 0.5, pytest.approx(0.4), 0.25)
    assert found["mla", "D2"] == [ConceptItems("a", 1, 2.0, pytest.approx(0.4), 0.25)]


def test_nothing_to_ask_has_no_content() -> None:
    assert content([]) == {}


def test_the_content_stands_for_the_items() -> None:
    items = [item(number, f"c{number % 7}", number / 10 - 1, domain=f"D{number % 2 + 1}") for number in range(30)]
    items += [item(99, "c1", 5.0, slug="other")]
    evidence = [DomainEvidence(domain, 0.5, 20, 15, 0, 0) for domain in ("D1", "D2")]

    def readiness(known: object) -> object:
        return estimate(
            LearnerState(),
            "mla",
            evidence,
            known,
            questions=65,
            line=0.7,
            today=DAY,
            exam_day=None,  # type: ignore[arg-type]
        )

    assert readiness(content(items)) == readiness(items)
