"""Learner models: simulated people, each with another law of learning and forgetting."""

from benchmarks.learners.activation import PowerLaw
from benchmarks.learners.careless import Careless
from benchmarks.learners.exponential import Exponential
from benchmarks.learners.fsrs_like import FsrsLike
from benchmarks.learners.memoriser import Memoriser
from benchmarks.learners.misconceptions import Misconceptions
from benchmarks.learners.transfer import Transfer

SHIPPED = (FsrsLike, Exponential, PowerLaw, Transfer, Memoriser, Careless, Misconceptions)

__all__ = ["SHIPPED", *(each.__name__ for each in SHIPPED)]
