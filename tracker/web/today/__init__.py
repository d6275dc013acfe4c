"""The page of a day."""

from tracker.web.today.views import bp

__all__ = ["bp"]
