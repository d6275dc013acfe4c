"""How sure the learner said to be, and what came."""

import pytest

from tracker.core.confidence import confidence


def test_what_was_never_said_counts_as_nothing() -> None:
    found = confidence({"sure": (4, 3)})
    assert [(each.confidence, each.answers, each.right) for each in found.said] == [
        ("guess", 0, 0),
        ("think", 0, 0),
        ("sure", 4, 3),
    ]
    assert [each.share for each in found.said] == [0.0, 0.0, 0.75]
    assert (found.answers, found.verdict, found.said[2].told) == (4, None, False)


@pytest.mark.parametrize(
    ("sure", "guess", "verdict"),
    [
        ((19, 19), (0, 0), None),
        ((20, 14), (0, 0), "too sure"),
        ((20, 17), (0, 0), "borne out"),
        ((40, 38), (20, 17), "too modest"),
        ((40, 38), (19, 19), "borne out"),
        ((40, 20), (20, 20), "too sure"),
    ],
)
def test_the_verdict(sure: tuple[int, int], guess: tuple[int, int], verdict: str | None) -> None:
    assert confidence({"sure": sure, "guess": guess, "think": (9, 5)}).verdict == verdict
