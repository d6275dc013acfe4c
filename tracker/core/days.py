"""The study day: which day of a learner's calendar an instant belongs to."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
DAY_STARTS = timedelta(hours=4)
"""Local time at which a study day starts, unless the learner chose another."""
ZONE_AREAS = frozenset(
    {
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    }
)
"""What the IANA name of a zone that a learner can choose begins with, beside UTC itself."""


def study_day(instant: datetime, timezone: str, day_starts: timedelta = DAY_STARTS) -> date:
    """The study day that `instant` (aware) falls on in `timezone` (an IANA name).

    A study day D runs from its start (`day_starts` after local midnight of D) to the start of the next one.
    It is the latest day that has started, so it never goes back while time goes on, not even when the
    clocks do.

    Raises ValueError if `instant` is naive, the zone unknown, or `day_starts` outside 0..24 h.
    """
    if instant.utcoffset() is None:
        raise ValueError("the instant must be aware")
    zone = _zone(timezone)
    guess = (instant.astimezone(zone).replace(tzinfo=None) - day_starts).date()
    # the wall clock alone errs around a change of the clocks, by one day at the most
    day = guess + ONE_DAY
    while _start(day, zone, day_starts) > instant:
        day -= ONE_DAY
    return day


def next_study_day_start(day: date, timezone: str, day_starts: timedelta = DAY_STARTS) -> datetime:
    """The instant (UTC) at which the study day after `day` starts.

    A local time that occurs twice means its first occurrence; one that the clocks skip is read with the
    offset before the change (PEP 495, fold=0).

    Raises ValueError if the zone is unknown or `day_starts` outside 0..24 h.
    """
    return _start(day + ONE_DAY, _zone(timezone), day_starts)


def _start(day: date, zone: ZoneInfo, day_starts: timedelta) -> datetime:
    if not timedelta(0) <= day_starts < ONE_DAY:
        raise ValueError("a study day starts between 0 and 24 hours after midnight")
    wall = datetime.combine(day, time(0)) + day_starts
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        # a directory of the zone database ("America") comes back as an OSError
        raise ValueError(f"unknown time zone {name!r}") from error
