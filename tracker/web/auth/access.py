"""Who may see what: a login for every page but those listed here."""

from urllib.parse import urlencode

from flask import Flask, abort, current_app, flash, redirect, request, url_for
from flask_login import LoginManager, current_user
from werkzeug.wrappers import Response

from tracker.core.accounts import login_alive, secret_digest
from tracker.services.accounts import note_seen
from tracker.store import learners
from tracker.web.onboarding import KEEP
from tracker.web.request import SAFE_METHODS, close_db, db, now
from tracker.web.user import User, parse_cookie_id

PUBLIC = frozenset(
    {
        "static",
        "bootstrap.static",
        "icons.sprite",
        "guide.landing",
        "guide.computed",
        "onboarding.plan",
        "auth.sign_up",
        "auth.sign_in",
        "auth.reset",
    }
)
"""Endpoints that want no login."""

FORM_PAGES = {
    "item_reports": "settings.index",
    "operator": "operator.index",
    "roadmap": "roadmap.index",
    "settings": "settings.index",
    "study_log": "study_log.index",
    "targets": "targets.choose",
}
"""The page that holds a blueprint's forms; Smart Review's first page for the others."""


ACCEPT = "onboarding.accept"
"""Sent by visitors too: they come back to their plan with an account."""
MOST_ANSWERS, LONGEST_ANSWER = 60, 40
"""Of a planner's form, so much fits into an address."""


def register(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(load_user)
    manager.unauthorized_handler(unauthorized)
    app.before_request(refuse_nul)
    app.before_request(want_login)
    app.teardown_appcontext(close_db)


def load_user(cookie_id: str) -> User | None:
    """The user of this cookie while its login lives. A writing request locks the learner's rows first."""
    parsed = parse_cookie_id(cookie_id)
    if parsed is None:
        return None
    user_id, secret = parsed
    writes = request.method not in SAFE_METHODS
    if writes:
        learners.lock(db(), user_id)
    found = learners.signed_in(db(), user_id, secret_digest(secret))
    if found is None:
        return None
    learner, login = found
    if not login_alive(login.last_seen_at, login.expires_at, now()):
        return None
    if writes:
        # committed together with what the view does
        note_seen(db(), user_id, login, now())
    return User(learner, login, secret)


def refuse_nul() -> None:
    """No address of ours holds a NUL, and PostgreSQL refuses it in a query."""
    if "\0" in request.path:
        abort(404)


def want_login() -> Response | None:
    if request.endpoint is None or request.endpoint in PUBLIC or current_user.is_authenticated:
        return None
    return unauthorized()


def unauthorized() -> Response:
    """Off to the sign-in page, and afterwards back to where the learner was, with what was chosen there."""
    if request.endpoint == ACCEPT and current_app.config["SIGNUP"] == "open":
        flash("Make an account to keep this plan. Your answers come along.", "warn")
        return redirect(url_for("auth.sign_up", next=way_back()), 303)
    flash("Sign in to go on." + (" What you had chosen is kept." if keeps_choice() else ""), "warn")
    return redirect(url_for("auth.sign_in", next=way_back()), 303)


def keeps_choice() -> bool:
    """Whether the way back fills in again what was chosen."""
    return request.endpoint in ("practice.answer", ACCEPT)


def sent_answers() -> list[tuple[str, str]]:
    """The planner's answers in the form that was sent."""
    sent = [(name, text) for name, text in request.form.items(multi=True) if name != "csrf_token"]
    return [(name[:LONGEST_ANSWER], text[:LONGEST_ANSWER]) for name, text in sent[:MOST_ANSWERS]]


def way_back() -> str:
    """The page to return to: the one asked for, or that of the form sent, filled in again for a question or plan."""
    if request.method in SAFE_METHODS or request.endpoint in PUBLIC:
        return request.full_path.rstrip("?")
    if request.endpoint == "item_reports.send":
        return request.path
    if request.endpoint == ACCEPT:
        return url_for("onboarding.plan") + "?" + urlencode([*sent_answers(), (KEEP, "1")])
    if keeps_choice():
        asked = request.view_args or {}
        return url_for(
            "practice.show",
            run_id=asked["run_id"],
            question=asked["issued_id"],
            choice=request.form.getlist("choice")[:8],
            confidence=request.form.get("confidence", "")[:10] or None,
        )
    return url_for(FORM_PAGES.get(request.blueprint or "", "practice.index"))
