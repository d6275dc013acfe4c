"""What was predicted beside what came."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.reliability import EDGES, LEAST_ANSWERS, LEAST_IN_BAND, Band, reliability

LOW, HIGH = (0.0, *EDGES), (*EDGES, 1.0)


def bands(*counts: tuple[int, int, float]) -> list[Band]:
    return [Band(low, high, *count) for low, high, count in zip(LOW, HIGH, counts, strict=False)]


def test_below_500_answers_nothing_is_judged() -> None:
    assert reliability(bands((250, 100, 80.0), (249, 120, 110.0))) is None
    assert reliability([]) is None


def test_two_bands_with_their_shares_and_the_error_between() -> None:
    found = reliability(bands((200, 60, 50.0), (300, 120, 135.0)))
    assert found is not None
    low, high = found.bands
    assert (low.share, low.predicted) == (0.3, 0.25)
    assert (high.share, high.predicted) == (0.4, 0.45)
    assert found.error == pytest.approx((10 + 15) / 500)
    assert (found.whole.answers, found.whole.right) == (500, 180)
    # 185 expected of 500 and 180 right: a hundredth apart
    assert found.bias == 0


@pytest.mark.parametrize(("expected", "sign"), [(400.0, 1), (300.0, -1)])
def test_a_lean_to_one_side_is_told_with_its_sign(expected: float, sign: int) -> None:
    found = reliability(bands((500, 350, expected)))
    assert found is not None and found.bias * sign == pytest.approx(0.1)


def test_thin_bands_are_joined_with_their_neighbour() -> None:
    found = reliability(bands((3, 1, 1.0), (10, 5, 4.5), (480, 300, 260.0), (7, 7, 5.0)))
    assert found is not None
    assert [(band.low, band.high, band.answers) for band in found.bands] == [(0.0, 0.7, 500)]


@given(st.lists(st.integers(0, 400), min_size=7, max_size=7))
def test_joining_loses_no_answer_and_leaves_no_thin_band(counts: list[int]) -> None:
    given_bands = bands(*((count, count // 2, count * 0.6) for count in counts))
    found = reliability(given_bands)
    assert (found is None) == (sum(counts) < LEAST_ANSWERS)
    if found is not None:
        assert found.whole.answers == sum(counts)
        assert found.whole.expected == pytest.approx(0.6 * sum(counts))
        assert all(band.answers >= LEAST_IN_BAND for band in found.bands)
        assert [band.high for band in found.bands[:-1]] == [band.low for band in found.bands[1:]]
