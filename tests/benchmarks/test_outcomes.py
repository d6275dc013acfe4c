import pytest

from benchmarks.outcomes import MILEPOST, Setting, summary
from benchmarks.simulation import Course


def course(score: float, answers: int) -> Course:
    return Course(score, answers, 100.0, 50.0 if score > 0.5 else None)


def setting(own: list[float], item: list[float], lap: list[float], answers: int = 100) -> Setting:
    courses = {MILEPOST: own, "random": item, "round robin": lap, "lowest recall, items": item, "fsrs, items": lap}
    return Setting(
        "Model",
        10,
        20,
        10,
        {name: [course(score, answers) for score in each] for name, each in courses.items()},
    )


def test_differences_are_paired() -> None:
    found = setting([0.5, 0.7], [0.4, 0.5], [0.5, 0.7]).against("random")
    assert (found.mean, found.se, found.better) == pytest.approx((15.0, 5.0, 1.0))


def test_equal_scores_are_half_better() -> None:
    assert setting([0.5, 0.7], [0.4, 0.5], [0.5, 0.7]).against("round robin").better == 0.5


def test_the_summary_takes_the_best_item_level_rival_and_the_worst_certain_cell() -> None:
    good = setting([0.70, 0.72], [0.60, 0.62], [0.65, 0.67])
    bad = setting([0.60, 0.62], [0.65, 0.67], [0.62, 0.64], answers=900)
    found = summary([good, bad])
    assert found["best_item_level"] == pytest.approx((5 - 5) / 2)
    assert found["best_item_level_lowest"] == pytest.approx(-5)
    assert found["random"] == pytest.approx((10 - 5) / 2)
    # only the first has fewer than twenty answers a concept
    assert found["random_scarce"] == pytest.approx(10)
    assert found["worst"] == pytest.approx(-5)
    assert "Model 10 min 20 days" in found["worst_where"]


def test_an_uncertain_difference_is_not_the_worst() -> None:
    assert summary([setting([0.5, 0.7], [0.7, 0.6], [0.3, 0.95])])["worst"] is None


def test_the_median_to_the_pass_line_counts_those_who_never_get_there() -> None:
    found = setting([0.6, 0.7], [0.4, 0.3], [0.4, 0.6])
    assert found.minutes_to_pass(MILEPOST) == 50.0
    assert found.minutes_to_pass("random") is None
    assert found.minutes_used(MILEPOST) == pytest.approx(0.5)
