"""The signed-in user as Flask-Login knows it."""

from uuid import UUID

from flask_login import UserMixin

from tracker.store.learners import Learner, Login


class User(UserMixin):  # type: ignore[misc]
    """A learner together with the login that this browser holds."""

    def __init__(self, learner: Learner, login: Login, secret: str) -> None:
        self.learner = learner
        self.login = login
        self.secret = secret

    def get_id(self) -> str:
        return f"{self.learner.user_id.hex}.{self.secret}"


def parse_cookie_id(value: str) -> tuple[UUID, str] | None:
    """The user id and the secret that a cookie names; None when it is not of our form."""
    user_id, _, secret = value.partition(".")
    try:
        return UUID(hex=user_id), secret
    except ValueError:
        return None
