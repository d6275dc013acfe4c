"""Reliability: what was predicted before each answer beside what came, in bands, as in a reliability diagram
(Murphy and Winkler 1977)."""

from collections.abc import Sequence
from dataclasses import dataclass

LEAST_ANSWERS = 500
"""Answers from which predictions are judged: with fewer, bands differ by luck. Product rule."""
LEAST_IN_BAND = 20
"""Answers below which a band is joined with its neighbour."""
EDGES = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Where bands of predicted chance part, 0..1; the first and the last are open."""
CLOSE = 0.03
"""A mean prediction this near to the share right counts as on the mark."""


@dataclass(frozen=True)
class Band:
    """Answers whose predicted chance lay in low..high: how many, how many were right, and the sum of the chances."""

    low: float
    high: float
    answers: int
    right: int
    expected: float

    @property
    def share(self) -> float:
        """Share right, 0..1."""
        return self.right / self.answers

    @property
    def predicted(self) -> float:
        """Mean of the predicted chances, 0..1."""
        return self.expected / self.answers

    def joined(self, other: "Band") -> "Band":
        """This band and the next higher one as one."""
        return Band(
            self.low,
            other.high,
            self.answers + other.answers,
            self.right + other.right,
            self.expected + other.expected,
        )


@dataclass(frozen=True)
class Reliability:
    """Bands from low to high, none of them thin."""

    bands: tuple[Band, ...]

    @property
    def whole(self) -> Band:
        """All answers as one band."""
        found = self.bands[0]
        for band in self.bands[1:]:
            found = found.joined(band)
        return found

    @property
    def bias(self) -> float:
        """Mean predicted chance minus share right; 0 where it is within `CLOSE`."""
        apart = self.whole.predicted - self.whole.share
        return 0.0 if abs(apart) <= CLOSE else apart

    @property
    def error(self) -> float:
        """Expected calibration error: the mean distance of predicted and right over all answers, 0..1."""
        apart = sum(abs(band.expected - band.right) for band in self.bands)
        return apart / self.whole.answers


def reliability(bands: Sequence[Band]) -> Reliability | None:
    """The reliability of all predictions, thin bands joined; None below `LEAST_ANSWERS`.

    bands: from low to high, empty ones allowed.
    """
    if sum(band.answers for band in bands) < LEAST_ANSWERS:
        return None
    found: list[Band] = []
    for band in bands:
        if found and found[-1].answers < LEAST_IN_BAND:
            found[-1] = found[-1].joined(band)
        else:
            found.append(band)
    if len(found) > 1 and found[-1].answers < LEAST_IN_BAND:
        thin = found.pop()
        found[-1] = found[-1].joined(thin)
    return Reliability(tuple(found))
