"""How well a concept is held, in the four steps of the concept ball."""

from datetime import date

from tracker.core.memory import Memory, retrievability

SOLID_DAYS = 14
"""Stability (days) from which a concept counts as solid: two weeks without a reminder."""
FRAGILE_BELOW = 0.75
"""Chance of recall under which a concept counts as fragile."""


def hold(memory: Memory | None, day: date) -> int:
    """0 never asked, 1 fragile, 2 holding, 3 solid, on the study day `day`."""
    if memory is None:
        return 0
    recall = retrievability(memory, day)
    if recall < FRAGILE_BELOW or memory.stability < 1.5:
        return 1
    return 3 if memory.stability >= SOLID_DAYS and recall >= 0.85 else 2
