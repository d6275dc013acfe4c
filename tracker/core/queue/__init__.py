"""Smart Review: which concept and which item next, and why."""

from tracker.core.queue.candidates import DOMAINS_BACK, candidates, last_visits, recent_needed
from tracker.core.queue.choice import AGAIN_REST_DAYS, REST_DAYS, choose, exhausted_domains
from tracker.core.queue.outlook import Outlook, outlook
from tracker.core.queue.values import Candidate, Choice, Exhausted, ItemView, Kind, Reason
from tracker.core.queue.warm_up import WARM_UP_LENGTH, warm_up

__all__ = [
    "AGAIN_REST_DAYS",
    "DOMAINS_BACK",
    "REST_DAYS",
    "WARM_UP_LENGTH",
    "Candidate",
    "Choice",
    "Exhausted",
    "ItemView",
    "Kind",
    "Outlook",
    "Reason",
    "candidates",
    "choose",
    "exhausted_domains",
    "last_visits",
    "outlook",
    "recent_needed",
    "warm_up",
]
