"""A sitting of a paper: a state machine over instants. Nothing runs in the background; the clock is an argument."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from tracker.core.bank import Item
from tracker.core.question import BadResponse, wanted

GRACE = timedelta(seconds=30)
"""After the deadline: what was sent in time may still arrive. Ours."""
EXTRA_TIMES = (1.0, 1.25, 1.5, 2.0)
"""Factors on the time that exam vendors grant on request."""
UNTIMED = 0.0
"""The factor of a sitting without a deadline."""


class SittingClosed(Exception):
    """The paper is handed in, or its time is over: nothing can be changed."""


class Phase(Enum):
    """open: answers count; grace: the time is over, what is on its way still counts; over: nothing counts any more,
    but nobody has closed it yet; closed: handed in, or closed by the deadline."""

    OPEN = "open"
    GRACE = "grace"
    OVER = "over"
    CLOSED = "closed"


@dataclass(frozen=True)
class Sitting:
    """When a sitting began, ends (None: untimed) and was closed (None: not yet)."""

    started_at: datetime
    deadline_at: datetime | None
    closed_at: datetime | None = None

    def phase(self, now: datetime) -> Phase:
        """Where the sitting stands."""
        if self.closed_at is not None:
            return Phase.CLOSED
        if self.deadline_at is None or now < self.deadline_at:
            return Phase.OPEN
        return Phase.GRACE if now < self.deadline_at + GRACE else Phase.OVER

    def takes_answers(self, now: datetime) -> bool:
        """Whether an answer that arrives now counts."""
        return self.phase(now) in (Phase.OPEN, Phase.GRACE)

    def left(self, now: datetime) -> timedelta | None:
        """The time left, never negative; None when untimed."""
        return None if self.deadline_at is None else max(timedelta(), self.deadline_at - now)

    @property
    def ends_at(self) -> datetime | None:
        """The instant at which it was closed, or will be at the latest."""
        return self.closed_at or self.deadline_at


def deadline(started_at: datetime, minutes: int | None, extra_time: float) -> datetime | None:
    """The end of a sitting begun at `started_at`; None for an untimed one.

    minutes: those of the exam, None if it has no limit; extra_time: one of EXTRA_TIMES, or UNTIMED.
    """
    if minutes is None or extra_time == UNTIMED:
        return None
    return started_at + timedelta(minutes=minutes) * extra_time


def closing(sitting: Sitting, now: datetime) -> tuple[datetime, str]:
    """The instant at which a sitting closes, and what closes it: "hand_in" or "deadline".

    Raises SittingClosed when it is closed already.
    """
    phase = sitting.phase(now)
    if phase is Phase.CLOSED:
        raise SittingClosed
    if sitting.deadline_at is not None and phase in (Phase.GRACE, Phase.OVER):
        return sitting.deadline_at, "deadline"
    return now, "hand_in"


@dataclass(frozen=True)
class Change:
    """What a question was answered with at an instant; an empty answer took it back."""

    at: datetime
    answer: tuple[int | None, ...]

    def to_json(self) -> list[Any]:
        """A list of plain values, as stored with the response."""
        return [self.at.isoformat(), list(self.answer)]

    @classmethod
    def from_json(cls, kept: Sequence[Any]) -> "Change":
        """The change that `to_json` wrote."""
        return cls(datetime.fromisoformat(kept[0]), tuple(kept[1]))


def read_partial(item: Item, positions: Sequence[int | None]) -> tuple[int | None, ...]:
    """A choice that may still be incomplete, in its one form; empty when nothing is chosen.

    single, multiple: the chosen positions, ascending; ordering, matching: one place for each line, None where nothing
    is chosen yet. Raises BadResponse where it could not become an answer.
    """
    shown = len(item.pairs or item.options)
    given = [position for position in positions if position is not None]
    if any(not 0 <= position < shown for position in given):
        raise BadResponse("This question has no such option. Choose again.")
    if item.kind in ("single", "multiple"):
        if len(set(given)) > wanted(item):
            raise BadResponse(f"Choose at most {wanted(item)}.")
        return tuple(sorted(set(given)))
    if len(positions) > shown:
        raise BadResponse("This question has fewer lines.")
    if item.kind == "ordering" and len(set(given)) != len(given):
        raise BadResponse("Each line needs a place of its own.")
    return (*positions, *[None] * (shown - len(positions))) if given else ()


def is_complete(item: Item, answer: Sequence[int | None]) -> bool:
    """Whether every part of the question has its answer."""
    return len(answer) == wanted(item) and None not in answer


def with_change(trail: Sequence[Change], change: Change) -> tuple[Change, ...]:
    """The trail of a response after one more save; one that changes nothing leaves it alone."""
    latest = trail[-1].answer if trail else ()
    return tuple(trail) if latest == change.answer else (*trail, change)
