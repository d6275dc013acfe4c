from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.days import next_study_day_start, study_day

FOUR = timedelta(hours=4)
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Santiago"]
STARTS = [timedelta(0), timedelta(hours=2, minutes=30), FOUR, timedelta(hours=23, minutes=59)]


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (utc(2026, 1, 15, 2, 59, 59), date(2026, 1, 14)),
        (utc(2026, 1, 15, 3, 0), date(2026, 1, 15)),
        (utc(2026, 1, 16, 2, 59), date(2026, 1, 15)),
        (utc(2026, 7, 15, 1, 59), date(2026, 7, 14)),
        (utc(2026, 7, 15, 2, 0), date(2026, 7, 15)),
    ],
)
def test_a_study_day_starts_at_four_in_berlin(instant: datetime, day: date) -> None:
    assert study_day(instant, "Europe/Berlin", FOUR) == day


def test_next_start_follows_the_clock_through_the_change() -> None:
    assert next_study_day_start(date(2026, 3, 28), "Europe/Berlin", FOUR) == utc(2026, 3, 29, 2, 0)
    assert next_study_day_start(date(2026, 3, 27), "Europe/Berlin", FOUR) == utc(2026, 3, 28, 3, 0)


def test_a_start_that_occurs_twice_means_the_first_one() -> None:
    half_past_two = timedelta(hours=2, minutes=30)
    start = next_study_day_start(date(2026, 10, 24), "Europe/Berlin", half_past_two)
    assert start == utc(2026, 10, 25, 0, 30)
    # 02:10 for the second time: the wall clock is before the start, the day is not
    assert study_day(utc(2026, 10, 25, 1, 10), "Europe/Berlin", half_past_two) == date(2026, 10, 25)


def test_a_start_that_the_clocks_skip_uses_the_offset_before() -> None:
    half_past_two = timedelta(hours=2, minutes=30)
    assert next_study_day_start(date(2026, 3, 28), "Europe/Berlin", half_past_two) == utc(2026, 3, 29, 1, 30)
    # 03:15 summer time is after 02:30 on the wall, but 02:30 has not come yet
    assert study_day(utc(2026, 3, 29, 1, 15), "Europe/Berlin", half_past_two) == date(2026, 3, 28)
    assert study_day(utc(2026, 3, 29, 1, 30), "Europe/Berlin", half_past_two) == date(2026, 3, 29)


def test_samoa_left_a_day_out() -> None:
    before, after = utc(2011, 12, 30, 13, 59), utc(2011, 12, 30, 14, 0)
    assert study_day(before, "Pacific/Apia", FOUR) == date(2011, 12, 29)
    assert study_day(after, "Pacific/Apia", FOUR) == date(2011, 12, 31)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "America", "", "../etc/passwd", "Europe/Berlin\0"])
def test_unknown_zones_are_value_errors(zone: str) -> None:
    with pytest.raises(ValueError, match="unknown time zone"):
        study_day(utc(2026, 1, 1), zone, FOUR)
    with pytest.raises(ValueError, match="unknown time zone"):
        next_study_day_start(date(2026, 1, 1), zone, FOUR)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        study_day(datetime(2026, 1, 1), "UTC", FOUR)  # noqa: DTZ001 - naive on purpose


@pytest.mark.parametrize("starts", [timedelta(hours=-1), timedelta(hours=24)])
def test_a_day_starts_within_its_day(starts: timedelta) -> None:
    with pytest.raises(ValueError, match="between 0 and 24"):
        study_day(utc(2026, 1, 1), "UTC", starts)


@given(
    instant=st.datetimes(datetime(2000, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
    zone=st.sampled_from(ZONES),
    starts=st.sampled_from(STARTS),
)
def test_an_instant_lies_between_the_starts_of_its_day_and_the_next(
    instant: datetime, zone: str, starts: timedelta
) -> None:
    day = study_day(instant, zone, starts)
    assert next_study_day_start(day - timedelta(days=1), zone, starts) <= instant
    assert instant < next_study_day_start(day, zone, starts)


@given(
    instant=st.datetimes(datetime(2000, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
    minutes=st.integers(0, 3000),
    zone=st.sampled_from(ZONES),
    starts=st.sampled_from(STARTS),
)
def test_days_never_go_back(instant: datetime, minutes: int, zone: str, starts: timedelta) -> None:
    later = instant + timedelta(minutes=minutes)
    assert study_day(instant, zone, starts) <= study_day(later, zone, starts)
