"""Calibration: what all learners' answers say of items, and of the very next answer."""

from tracker.core.calibration.calibrate import LEARNERS, calibrate, steps
from tracker.core.calibration.values import Calibration, History, Learners

__all__ = ["LEARNERS", "Calibration", "History", "Learners", "calibrate", "steps"]
