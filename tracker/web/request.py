"""What one request works with: its instant, its one session, its learner."""

import random
from datetime import date, datetime
from typing import cast
from urllib.parse import urlsplit

from flask import current_app, g, request
from flask_login import current_user
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tracker.core.days import study_day
from tracker.store.engine import reading, writing
from tracker.store.learners import Learner
from tracker.web.user import User

LARGEST_FORM = 4 * 1024 * 1024
"""Bytes of a form with a note: one that is far too long must come back with its message, not vanish."""
WITH_NOTES = frozenset({"item_reports", "operator", "study_log"})
"""Blueprints whose forms have a note."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def allow_long_notes() -> None:
    """Let forms with a note be read whole. Goes before anything that reads the form, its token among it."""
    if request.blueprint in WITH_NOTES:
        request.max_content_length = LARGEST_FORM
        request.max_form_memory_size = LARGEST_FORM


def engine() -> Engine:
    return cast(Engine, current_app.extensions["engine"])


def now() -> datetime:
    """The instant of this request: the clock is read once."""
    if "now" not in g:
        g.now = current_app.config["CLOCK"]()
    return cast(datetime, g.now)


def rng() -> random.Random:
    return cast(random.Random, current_app.config["RNG"])


def db() -> Session:
    """The request's session: read-only for safe methods, a writer otherwise."""
    if "db" not in g:
        g.db = reading(engine()) if request.method in SAFE_METHODS else writing(engine())
    return cast(Session, g.db)


def close_db(_error: BaseException | None = None) -> None:
    session: Session | None = g.pop("db", None)
    if session is not None:
        session.close()


def user() -> User:
    """The signed-in user; only for views that want a login."""
    return cast(User, current_user._get_current_object())


def learner() -> Learner:
    return user().learner


def today() -> date:
    """The learner's study day at the instant of this request."""
    return study_day(now(), learner().timezone, learner().day_starts)


def today_of_visit() -> date:
    """The study day of who asks; a visitor's zone is not known, so theirs is the day in UTC."""
    return today() if current_user.is_authenticated else study_day(now(), "UTC")


def own_path(target: str | None) -> str | None:
    """`target` when it is a path on this server, else None."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return None
    if any(ord(character) < 32 or character == "\\" for character in target):
        return None
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else None
