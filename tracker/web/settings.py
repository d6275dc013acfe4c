"""The learner's own settings, password, logins, and the end of the account."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask_login import logout_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, IntegerField, PasswordField, SelectField
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import HiddenInput

from tracker.services import accounts
from tracker.services.hashing import hash_password, password_fits
from tracker.store import learners
from tracker.store.engine import reading
from tracker.web.auth.forms import name_field, new_password_field, zone_field
from tracker.web.request import db, engine, learner, now, user
from tracker.web.security import log_event

bp = Blueprint("settings", __name__, url_prefix="/settings")

THEMES = {"auto": "Like my device", "light": "Light", "dark": "Dark"}


class SettingsForm(FlaskForm):  # type: ignore[misc]
    name = name_field()
    timezone = zone_field()
    theme = SelectField("Theme", choices=THEMES)
    keys = BooleanField()
    revision = IntegerField(validators=[InputRequired()], widget=HiddenInput())


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
    logins = learners.logins(db(), learner().user_id)
    return render_template("settings/index.html", email=email, logins=logins, **shown), status


@bp.get("/")
def index() -> tuple[str, int]:
    return page()


@bp.post("/save")
def save() -> Response | tuple[str, int]:
    form = SettingsForm()
    if not form.validate():
        return page(422, form=form)
    try:
        accounts.change_settings(
            db(),
            learner(),
            form.revision.data,
            name=form.name.data,
            timezone=form.timezone.data,
            theme=form.theme.data,
            keys=form.keys.data,
        )
    except accounts.StaleForm:
        form.name.errors = [f"Another tab changed this to “{learner().name}”. Save again to keep yours."]
        form.revision.raw_data = [str(learner().revision)]
        return page(409, form=form)
    db().commit()
    flash("Settings saved.", "good")
    return redirect(url_for("settings.index"), 303)


def current_password_fits(password: str) -> bool:
    """Check the password on a connection of its own, so that no lock is held while it is hashed."""
    with reading(engine()) as reader:
        stored = learners.password_of(reader, learner().user_id)
    return stored is not None and password_fits(password, stored[0])


@bp.post("/password")
def password() -> Response | tuple[str, int]:
    form = PasswordForm()
    form.personal = (learner().name,)
    fits = form.validate()
    if not current_password_fits(form.current.data or ""):
        form.current.errors = [*form.current.errors, "This is not your current password."]
        fits = False
    if not fits:
        return page(422, password_form=form)
    accounts.change_password(
        db(),
        learner().user_id,
        hash_password(form.password.data),
        keep=user().login.secret_sha256,
        now=now(),
    )
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
    fits = form.validate()
    if fits and not current_password_fits(form.current_password.data):
        form.current_password.errors = ["This is not your password."]
        fits = False
    if not fits:
        return page(422, delete_form=form)
    user_id = learner().user_id
    learners.delete_account(db(), user_id)
    db().commit()
    log_event("account_deleted", user_id)
    logout_user()
    session.clear()
    flash("Your account and everything in it are deleted.", "good")
    return redirect(url_for("guide.landing"), 303)
