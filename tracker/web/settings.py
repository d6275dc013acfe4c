"""The learner's own settings, password, logins, and the end of the account."""

from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_login import logout_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, IntegerField, PasswordField, SelectField
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import HiddenInput

from tracker.core.accounts import login_alive
from tracker.core.item_report import REASONS
from tracker.services import accounts
from tracker.services.hashing import hash_password, password_fits
from tracker.store import learners
from tracker.store.engine import reading
from tracker.web.auth.forms import name_field, new_password_field, text, zone_field
from tracker.web.item_reports import just_withdrawn, own_reports
from tracker.web.request import db, engine, learner, now, user
from tracker.web.security import log_event

bp = Blueprint("settings", __name__, url_prefix="/settings")

THEMES = {"auto": "Like my device", "light": "Light", "dark": "Dark"}


class SettingsForm(FlaskForm):  # type: ignore[misc]
    name = name_field()
    timezone = zone_field()
    theme = SelectField("Theme", choices=THEMES)
    keys = BooleanField()
    revision = IntegerField(validators=[InputRequired("This page was too old. Save again.")], widget=HiddenInput())


class PasswordForm(FlaskForm):  # type: ignore[misc]
    current = PasswordField(
        "Current password",
        [DataRequired("Enter your current password.")],
        render_kw={"autocomplete": "current-password"},
    )
    password = new_password_field("New password")


class DeleteForm(FlaskForm):  # type: ignore[misc]
    current_password = PasswordField(
        "Your password",
        [DataRequired("Enter your password to delete the account.")],
        render_kw={"autocomplete": "current-password"},
    )


def filled_settings() -> SettingsForm:
    me = learner()
    form = SettingsForm(
        formdata=None,
        name=me.name,
        timezone=me.timezone,
        theme=me.settings["theme"],
        keys=me.settings["keys"],
        revision=me.revision,
    )
    del form.timezone.render_kw["data-guess"]
    return form


def page(status: int = 200, **forms: Any) -> tuple[str, int]:
    shown = {
        "form": forms.get("form") or filled_settings(),
        "password_form": forms.get("password_form") or PasswordForm(formdata=None),
        "delete_form": forms.get("delete_form") or DeleteForm(formdata=None),
    }
    email = learners.email_of(db(), learner().user_id)
    logins = [
        login
        for login in learners.logins(db(), learner().user_id)
        if login_alive(login.last_seen_at, login.expires_at, now())
    ]
    reported = {"own_reports": own_reports(), "reasons": REASONS, "withdrawn": just_withdrawn()}
    return render_template("settings/index.html", email=email, logins=logins, **reported, **shown), status


@bp.get("/")
def index() -> tuple[str, int]:
    return page()


@bp.post("/save")
def save() -> Response | tuple[str, int]:
    form = SettingsForm()
    if not form.validate():
        if form.revision.errors:
            form.revision.raw_data = [str(learner().revision)]
        return page(422, form=form)
    try:
        accounts.change_settings(
            db(),
            learner(),
            form.revision.data or 0,
            name=text(form.name),
            timezone=form.timezone.data,
            theme=form.theme.data,
            keys=form.keys.data,
        )
    except accounts.StaleForm:
        show_other_tab(form)
        return page(409, form=form)
    db().commit()
    flash("Settings saved.", "good")
    return redirect(url_for("settings.index"), 303)


def show_other_tab(form: SettingsForm) -> None:
    """Say at each field what another tab made of it; saving again keeps what is typed here."""
    me = learner()
    theirs = {
        "name": (me.name, me.name),
        "timezone": (me.timezone, me.timezone),
        "theme": (me.settings["theme"], THEMES[me.settings["theme"]]),
        "keys": (me.settings["keys"], "on" if me.settings["keys"] else "off"),
    }
    form.revision.errors = [
        "Another tab saved these settings after this page was opened. Nothing is overwritten yet."
    ]
    form.revision.raw_data = [str(me.revision)]
    for name, (value, shown) in theirs.items():
        if form[name].data != value:
            form[name].errors = [f"Another tab changed this to “{shown}”. Save again to keep yours."]


def opened(password: str) -> tuple[str, datetime] | None:
    """The stored password if this one fits it. Ends the transaction first: nobody waits while it is hashed."""
    db().commit()
    with reading(engine()) as reader:
        email = learners.email_of(reader, learner().user_id) or ""
        accounts.check_throttle(reader, email, request.remote_addr, now())
        stored = learners.password_of(reader, learner().user_id)
    if stored is not None and password_fits(password, stored[0]):
        return stored
    accounts.note_failure(db(), email, request.remote_addr, now())
    db().commit()
    log_event("password_wrong", learner().user_id)
    return None


def still(stored: tuple[str, datetime]) -> bool:
    """Whether the password is the one that was checked, with the learner's rows locked again."""
    learners.lock(db(), learner().user_id)
    return learners.password_of(db(), learner().user_id) == stored


@bp.post("/password")
def password() -> Response | tuple[str, int]:
    form = PasswordForm()
    form.personal = accounts.personal_words(db(), learner().user_id)
    valid = form.validate()
    stored = opened(text(form.current)) if form.current.data else None
    new_hash = hash_password(text(form.password)) if valid and stored else None
    if form.current.data and (stored is None or not still(stored)):
        form.current.errors = ["This is not your current password."]
        new_hash = None
    if new_hash is None:
        return page(422, password_form=form)
    accounts.change_password(db(), learner().user_id, new_hash, keep=user().login.secret_sha256, now=now())
    db().commit()
    log_event("password_changed", learner().user_id)
    flash("Your password is changed. Every other browser is signed out.", "good")
    return redirect(url_for("settings.index"), 303)


@bp.post("/sign-out-elsewhere")
def sign_out_elsewhere() -> Response:
    learners.drop_logins(db(), learner().user_id, but=user().login.secret_sha256)
    db().commit()
    log_event("signed_out_elsewhere", learner().user_id)
    flash("Every other browser is signed out.", "good")
    return redirect(url_for("settings.index"), 303)


@bp.post("/delete")
def delete() -> Response | tuple[str, int]:
    form = DeleteForm()
    if not form.validate():
        return page(422, delete_form=form)
    stored = opened(text(form.current_password))
    if stored is None or not still(stored):
        form.current_password.errors = ["This is not your password."]
        return page(422, delete_form=form)
    user_id = learner().user_id
    learners.delete_account(db(), user_id)
    db().commit()
    log_event("account_deleted", user_id)
    logout_user()
    session.clear()
    flash("Your account and everything in it are deleted.", "good")
    return redirect(url_for("guide.landing"), 303)
