import math

import pytest

from benchmarks import metrics

CHANCES = [0.1, 0.4, 0.4, 0.8]
RIGHT = [False, False, True, True]


def test_auc_counts_pairs_in_order_and_ties_as_half() -> None:
    # pairs (wrong, right): .1<.4, .1<.8, .4=.4, .4<.8
    assert metrics.auc(CHANCES, RIGHT) == pytest.approx(3.5 / 4)
    assert metrics.auc([0.5, 0.5, 0.5], [True, False, True]) == 0.5
    assert metrics.auc([0.9, 0.1], [False, True]) == 0
    assert metrics.auc([0.3, 0.7], [True, True]) == 0.5


def test_losses_by_hand() -> None:
    assert metrics.log_loss([0.25, 0.5], [True, False]) == pytest.approx((math.log(4) + math.log(2)) / 2)
    assert metrics.brier([0.25, 0.5], [True, False]) == pytest.approx((0.5625 + 0.25) / 2)
    assert math.isfinite(metrics.log_loss([0.0], [True]))


def test_calibration_error_weighs_bins_by_their_size() -> None:
    # bin .1: gap .1; bin .4: .8 expected, 1 right; bin .8: .8 expected, 1 right
    assert metrics.ece(CHANCES, RIGHT) == pytest.approx((0.1 + 0.2 + 0.2) / 4)
    assert metrics.ece([1.0, 1.0], [True, True]) == 0


def test_the_table_shows_what_is_asked() -> None:
    text = metrics.table(
        "title", {"one": {"auc": 0.71234, "per_second": 12345.6, "other": 1}}, {"auc": 3, "per_second": 0}
    )
    assert text.splitlines()[1].split() == ["one", "0.712", "12,346"]
