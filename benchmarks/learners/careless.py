"""Knows more than the answers show."""

from collections.abc import Mapping

from benchmarks.learners.fsrs_like import FsrsLike


class Careless(FsrsLike):
    """One right answer in five to eight slips, and slips say nothing about what is known; forgets slowly."""

    slip = 0.16
    known_at_start = 0.45

    def begin(self, known: Mapping[str, bool]) -> None:
        super().begin(known)
        self.slip = self.rng.uniform(0.12, 0.2)
        self.scale *= 2
