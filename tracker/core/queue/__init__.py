"""Smart Review: which concept and which item next, and why."""

from tracker.core.queue.choice import REST_DAYS, choose, exhausted_domains
from tracker.core.queue.values import Candidate, Choice, Exhausted, ItemView, Kind, Reason

__all__ = [
    "REST_DAYS",
    "Candidate",
    "Choice",
    "Exhausted",
    "ItemView",
    "Kind",
    "Reason",
    "choose",
    "exhausted_domains",
]
