"""The forms around the account."""

from typing import Any
from zoneinfo import available_timezones

from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import EmailField, PasswordField, SelectField, StringField
from wtforms.validators import DataRequired, Email, Length, ValidationError
from wtforms.widgets import Select

from tracker.core.accounts import normal_email
from tracker.core.days import ZONE_AREAS
from tracker.core.passwords import MAXIMUM, refusal

LONGEST_EMAIL = 254

ZONES = sorted(zone for zone in available_timezones() if zone == "UTC" or zone.partition("/")[0] in ZONE_AREAS)


def text(field: StringField) -> str:
    """What was typed into a field that a valid form always fills."""
    return field.data or ""


def no_control_characters(_form: Any, field: Any) -> None:
    """Refuse text with characters that no keyboard types: NUL, newlines in a name."""
    if any(ord(character) < 32 or ord(character) == 127 for character in field.data or ""):
        raise ValidationError("This contains a character that cannot be stored. Type it again by hand.")


def not_too_long_an_address(_form: Any, field: Any) -> None:
    """Refuse an address that no longer fits once its characters are made plain (one may become eighteen)."""
    if len(normal_email(field.data or "")) > LONGEST_EMAIL:
        raise ValidationError("This address is too long.")


def refused_passwords(form: Any, field: Any) -> None:
    """Say why a new password is refused, knowing the name and address typed beside it."""
    personal = [getattr(form, name).data or "" for name in ("name", "email") if hasattr(form, name)]
    reason = refusal(field.data or "", [*personal, *getattr(form, "personal", ())])
    if reason:
        raise ValidationError(reason)


class TextSelect(Select):
    """A list whose options are their own values, written once: hundreds of zones would be said twice."""

    @classmethod
    def render_option(cls, choice: Any, **kwargs: Any) -> Markup:  # type: ignore[override]
        return Markup("<option{}>{}</option>").format(Markup(" selected") if choice.selected else "", choice.value)


def zone_field(label: str = "Time zone") -> SelectField:
    """A list of time zones; the browser's own is chosen by script."""
    return SelectField(
        label,
        widget=TextSelect(),
        choices={zone: zone for zone in ZONES},
        default="UTC",
        description="Your study day begins at 04:00 there.",
        render_kw={"data-guess": "zone", "autocomplete": "off"},
    )


def new_password_field(label: str = "Password") -> PasswordField:
    return PasswordField(
        label,
        [
            DataRequired("Choose a password."),
            Length(max=MAXIMUM, message=f"Use at most {MAXIMUM} characters."),
            refused_passwords,
        ],
        description="At least 15 characters. A sentence you can remember is best; spaces are fine.",
        render_kw={"autocomplete": "new-password"},
    )


def email_field() -> EmailField:
    return EmailField(
        "E-mail",
        [
            DataRequired("Enter your e-mail address."),
            not_too_long_an_address,
            no_control_characters,
            Email("This does not look like an e-mail address: it needs a name, an @ and a domain."),
        ],
        render_kw={"autocomplete": "username"},
    )


def name_field() -> StringField:
    return StringField(
        "Name",
        [
            DataRequired("Enter the name we should use."),
            Length(max=80, message="Use at most 80 characters."),
            no_control_characters,
        ],
        description="Only you see it.",
        render_kw={"autocomplete": "given-name", "maxlength": 80},
    )


class SignUpForm(FlaskForm):  # type: ignore[misc]
    name = name_field()
    email = email_field()
    password = new_password_field()
    timezone = zone_field()


class SignInForm(FlaskForm):  # type: ignore[misc]
    email = EmailField(
        "E-mail",
        [DataRequired("Enter your e-mail address."), not_too_long_an_address, no_control_characters],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        "Password", [DataRequired("Enter your password.")], render_kw={"autocomplete": "current-password"}
    )


class ResetForm(FlaskForm):  # type: ignore[misc]
    password = new_password_field("New password")
