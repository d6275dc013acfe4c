"""The gates' word lists are usable as they stand."""

import re

from tracker.core.item_quality import lists


def test_every_pattern_is_a_regular_expression_that_matches_no_empty_text() -> None:
    for name in dir(lists):
        values = getattr(lists, name)
        if name.isupper() and isinstance(values, tuple):
            for value in values:
                pattern = getattr(value, "pattern", value)
                assert not re.search(pattern, "")


def test_absolute_words_are_written_small() -> None:
    assert {word.lower() for word in lists.ABSOLUTE_WORDS} == lists.ABSOLUTE_WORDS
