"""The study log: what was done, when, and what it was about."""

from tracker.web.study_log.views import bp

__all__ = ["bp"]
