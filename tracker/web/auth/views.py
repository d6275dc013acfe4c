"""Sign up, sign in, sign out, and the link that sets a new password."""

from math import ceil
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tracker.services import accounts, reset_links
from tracker.services.hashing import hash_password
from tracker.store import learners
from tracker.store.engine import reading
from tracker.web.auth.access import load_user
from tracker.web.auth.forms import ResetForm, SignInForm, SignUpForm, text
from tracker.web.onboarding import plan_waiting
from tracker.web.request import db, engine, now, own_path, rng, user
from tracker.web.security import log_event

bp = Blueprint("auth", __name__)

WRONG = "The address or the password is not right. Check both and try again."
BLOCKED = "Too many attempts. Wait 15 minutes and try again; other accounts are not affected."


@bp.route("/sign-up", methods=["GET", "POST"])
def sign_up() -> str | tuple[str, int] | Response:
    if current_app.config["SIGNUP"] != "open":
        return render_template("auth/closed.html"), 403
    form = SignUpForm()
    if not form.validate_on_submit():
        return render_template("auth/sign_up.html", form=form), 422 if form.is_submitted() else 200
    account = accounts.NewAccount(text(form.email), text(form.name), text(form.password), form.timezone.data)
    password_hash = hash_password(account.password)
    try:
        user_id = accounts.sign_up(db(), account, password_hash, now=now(), rng=rng())
    except accounts.AddressTaken:
        form.email.errors = ["An account with this address exists. Sign in instead."]
        return render_template("auth/sign_up.html", form=form), 422
    open_login(user_id, account.email)
    log_event("sign_up", user_id)
    return to_where_they_were()


def to_where_they_were() -> Response:
    """On to the page that wanted a login, or today's; a plan that was to be kept is kept first."""
    wanted = own_path(request.args.get("next"))
    return plan_waiting(wanted) or redirect(wanted or url_for("today.index"), 303)


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> str | tuple[str, int] | tuple[str, int, dict[str, str]] | Response:
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("auth/sign_in.html", form=form, problem=None), 422 if form.is_submitted() else 200
    email, address = text(form.email), request.remote_addr
    try:
        with reading(engine()) as reader:
            accounts.check_throttle(reader, email, address, now())
            stored = accounts.stored_password(reader, email)
        user_id = accounts.opened_by(stored, text(form.password))
    except accounts.TooManyFailures as blocked:
        log_event("sign_in_blocked", None)
        wait = {"Retry-After": str(ceil((blocked.until - now()).total_seconds()))}
        return render_template("auth/sign_in.html", form=form, problem=BLOCKED), 429, wait
    except accounts.WrongPassword:
        accounts.note_failure(db(), email, address, now())
        db().commit()
        log_event("sign_in_failed", None)
        return render_template("auth/sign_in.html", form=form, problem=WRONG), 422
    open_login(user_id, email)
    log_event("sign_in", user_id)
    return to_where_they_were()


def open_login(user_id: UUID, email: str) -> None:
    """Give this browser a login of its own in place of the one it had, new cookie contents included, and commit."""
    if current_user.is_authenticated:
        learners.drop_logins(db(), user().learner.user_id, only=user().login.secret_sha256)
    browser = accounts.Browser(request.user_agent.string, request.remote_addr)
    signed_in = accounts.sign_in(db(), user_id, browser, email=email, now=now())
    db().commit()
    session.clear()
    session.permanent = True
    login_user(load_user(f"{user_id.hex}.{signed_in.secret}"))


@bp.post("/sign-out")
def sign_out() -> Response:
    learners.drop_logins(db(), user().learner.user_id, only=user().login.secret_sha256)
    db().commit()
    log_event("sign_out", user().learner.user_id)
    logout_user()
    session.clear()
    flash("You are signed out. Everything is saved.", "good")
    return redirect(url_for("guide.landing"), 303)


@bp.route("/reset/<token>", methods=["GET", "POST"])
def reset(token: str) -> str | tuple[str, int] | Response:
    with reading(engine()) as reader:
        user_id = reset_owner(reader, token)
        personal = accounts.personal_words(reader, user_id) if user_id else []
    if user_id is None:
        return render_template("auth/reset_over.html"), 410
    form = ResetForm()
    form.personal = personal
    if not form.validate_on_submit():
        return render_template("auth/reset.html", form=form), 422 if form.is_submitted() else 200
    password_hash = hash_password(text(form.password))
    learners.lock(db(), user_id)
    # the link may have been used while the password was hashed
    if reset_owner(db(), token) is None:
        return render_template("auth/reset_over.html"), 410
    accounts.change_password(db(), user_id, password_hash, keep=None, now=now())
    db().commit()
    log_event("password_reset", user_id)
    if current_user.is_authenticated:
        logout_user()
    flash("Your new password is set. Sign in with it.", "good")
    return redirect(url_for("auth.sign_in"), 303)


def reset_owner(session: Session, token: str) -> UUID | None:
    return reset_links.owner(session, token, current_app.config["SECRET_KEY"], now=now())
