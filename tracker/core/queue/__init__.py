"""Smart Review: which concept and which item next, and why."""

from tracker.core.queue.candidates import DOMAINS_BACK, candidates, last_visits, recent_needed
from tracker.core.queue.choice import AGAIN_REST_DAYS, REST_DAYS, choose, exhausted_domains
from tracker.core.queue.values import Candidate, Choice, Exhausted, ItemView, Kind, Reason

__all__ = [
    "AGAIN_REST_DAYS",
    "DOMAINS_BACK",
    "REST_DAYS",
    "Candidate",
    "Choice",
    "Exhausted",
    "ItemView",
    "Kind",
    "Reason",
    "candidates",
    "choose",
    "exhausted_domains",
    "last_visits",
    "recent_needed",
]
