"""What a question's form sends."""

import pytest
from werkzeug.datastructures import MultiDict

from tracker.web.choices import partial_positions, position, sent_positions


@pytest.mark.parametrize(("value", "found"), [("0", 0), ("12", 12), ("123", -1), ("x", -1), ("-1", -1), ("²", -1)])
def test_a_position_is_a_small_number(value: str, found: int) -> None:
    assert position(value) == found


def test_checked_options_and_selects() -> None:
    checked: MultiDict[str, str] = MultiDict([("choice", "2"), ("choice", "0"), ("choice", "")])
    assert sent_positions(checked) == partial_positions(checked) == (2, 0)
    chosen: MultiDict[str, str] = MultiDict([("line-1", "0"), ("line-0", "3"), ("line-2", "")])
    assert sent_positions(chosen) == (3, 0)
    assert partial_positions(chosen) == (3, 0, None)
    assert sent_positions(MultiDict()) == partial_positions(MultiDict()) == ()
