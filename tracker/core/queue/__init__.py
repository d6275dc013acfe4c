"""Smart Review: which concept and which item next, and why."""

from tracker.core.queue.choice import REST_DAYS, choose, exhausted_domains
from tracker.core.queue.outlook import Outlook, outlook
from tracker.core.queue.values import Candidate, Choice, Exhausted, ItemView, Kind, Reason
from tracker.core.queue.warm_up import WARM_UP_LENGTH, warm_up

__all__ = [
    "REST_DAYS",
    "WARM_UP_LENGTH",
    "Candidate",
    "Choice",
    "Exhausted",
    "ItemView",
    "Kind",
    "Outlook",
    "Reason",
    "choose",
    "exhausted_domains",
    "outlook",
    "warm_up",
]
